"""Who a mail goes to, with a tick for each: ticked people get it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from finsam_desktop.domain.addressees import LINE_NAMES, Addressee
from finsam_desktop.ui.widgets.tables import TableRole

AnyIndex = QModelIndex | QPersistentModelIndex
_TICK = 2
"""Steps of indent that leave room for the tick box."""
_TITLES = ("Får mejlet", "Namn", "Uppdrag", "E-post")


class RecipientsModel(QAbstractTableModel):
    """A row for each person. ``toggled(person_id)`` when a tick is put or taken away.

    Someone without an address has no tick: a mail cannot reach them.
    """

    toggled = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._people: tuple[Addressee, ...] = ()
        self._skipped: frozenset[str] = frozenset()

    def show(self, people: tuple[Addressee, ...], skipped: frozenset[str]) -> None:
        """Show other people, or other ticks."""
        if [one.person_id for one in people] != [one.person_id for one in self._people]:
            self.beginResetModel()
            self._people, self._skipped = people, skipped
            self.endResetModel()
            return
        if (people, skipped) != (self._people, self._skipped):
            self._people, self._skipped = people, skipped
            if people:
                self.dataChanged.emit(self.index(0, 0), self.index(len(people) - 1, len(_TITLES) - 1))

    def toggle(self, row: int) -> None:
        """Put or take away the tick of a row that has one."""
        if 0 <= row < len(self._people) and self._people[row].email:
            self.toggled.emit(self._people[row].person_id)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._people)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[section] if 0 <= section < len(_TITLES) else None
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == 0 and self._people[index.row()].email:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        person, column = self._people[index.row()], index.column()
        ticked = bool(person.email) and person.person_id not in self._skipped
        line = LINE_NAMES[person.line] if ticked else "Nej"
        texts = (line, person.name, person.role[:1].upper() + person.role[1:], person.email or person.fault)
        if role == Qt.ItemDataRole.DisplayRole:
            return texts[column]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_TITLES[column]}: {texts[column]}"
        if role == Qt.ItemDataRole.CheckStateRole and column == 0 and person.email:
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == TableRole.VERB and column == 0:
            return bool(person.email)
        if role == TableRole.INDENT:
            return _TICK if column == 0 else 0
        if role == TableRole.TONE:
            if not person.email:
                return "warn" if column == 3 else "text2"
            return "text2" if column > 1 or not ticked else None
        return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole or index.column() != 0:
            return False
        person = self._people[index.row()]
        wanted = Qt.CheckState(value) is Qt.CheckState.Checked  # type: ignore[arg-type]
        if not person.email or wanted is (person.person_id not in self._skipped):
            return False
        self.toggled.emit(person.person_id)
        return True
