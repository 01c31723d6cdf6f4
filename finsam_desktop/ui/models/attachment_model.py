"""Every bilaga of a meeting in order, with the number that follows from its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from finsam_desktop.domain import wording
from finsam_desktop.domain.agenda import Attachment, walk
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import agenda_numbers, attachment_numbers
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.tables import TableRole

MIME_TYPE = "application/x-finsam-attachment"
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

KINDS = {
    ".docx": "Word", ".doc": "Word", ".odt": "Text", ".xlsx": "Excel", ".xls": "Excel", ".ods": "Kalkyl",
    ".pdf": "PDF", ".pptx": "PowerPoint", ".png": "Bild", ".jpg": "Bild", ".jpeg": "Bild", ".txt": "Text",
    ".msg": "Mejl", ".eml": "Mejl",
}  # fmt: skip


class AttachmentRole(IntEnum):
    """Named data of a row."""

    ROW = Qt.ItemDataRole.UserRole + 200


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentRow:
    """What is said about one bilaga. ``item`` is its item's number and title."""

    attachment_id: str
    item_id: str
    number: str
    title: str
    item: str
    kind: str
    size: str
    state: str
    missing: bool

    @property
    def spoken(self) -> str:
        parts = (
            f"Bilaga {self.number} {self.title}",
            f"ärende {self.item}",
            self.kind,
            self.size,
            self.state,
        )
        return ", ".join(part for part in parts if part)


size_text = wording.file_size


def kind_word(file_name: str) -> str:
    """What sort of file it is, in a word."""
    suffix = Path(file_name).suffix.lower()
    return KINDS.get(suffix, suffix.removeprefix(".").upper())


def facts(attachment: Attachment) -> str:
    """The line under a bilaga's title: pages, kind, size, date and whether it is public."""
    if not attachment.sha256:
        return "Filen saknas"
    pages = ""
    if attachment.pages:
        pages = "1 sida" if attachment.pages == 1 else f"{attachment.pages} sidor"
    dated = f"inkom {attachment.dated.isoformat()}" if attachment.dated else ""
    secrecy = "sekretess" if attachment.confidential else "offentlig"
    parts = (pages, kind_word(attachment.file_name), size_text(attachment.size), dated, secrecy)
    return " · ".join(part for part in parts if part)


def attachment_rows(meeting: Meeting) -> tuple[AttachmentRow, ...]:
    """A row for every bilaga, in order."""
    numbers, agenda_number = attachment_numbers(meeting), agenda_numbers(meeting)
    place = {
        one.id: f"{agenda_number[item.id]}{agenda_number[one.id] if one is not item else ''} {item.title}"
        for item in meeting.items
        for one in walk((item,))
        if one.id in agenda_number
    }
    return tuple(
        AttachmentRow(
            attachment_id=attachment.id,
            item_id=item.id,
            number=str(numbers.get(attachment.id, "")),
            title=attachment.title or attachment.file_name or "Utan namn",
            item=place.get(item.id, ""),
            kind=kind_word(attachment.file_name),
            size=size_text(attachment.size),
            state=_state(attachment),
            missing=not attachment.sha256,
        )
        for item in walk(meeting.items)
        for attachment in item.attachments
    )


def _state(attachment: Attachment) -> str:
    if not attachment.sha256:
        return "Filen saknas"
    return "Sekretess" if attachment.confidential else "Finns"


class AttachmentModel(QAbstractTableModel):
    """The rows as a table; its first columns can be dragged within the window.

    ``files_dropped(paths, item_id)``, ``moved(attachment_id, item_id, place)`` and ``renamed(attachment_id,
    title)`` say what the user wants.
    """

    files_dropped = Signal(list, str)
    moved = Signal(str, str, int)
    renamed = Signal(str, str)

    HEADINGS = ("Bilaga", "Titel", "Ärende", "Fil", "Storlek", "Läge")
    TITLE = 1
    ITEM = 2
    STATE = 5

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[AttachmentRow, ...] = ()
        self._editable = True

    def show(self, rows: tuple[AttachmentRow, ...]) -> None:
        """Show these rows; the same bilagor in the same order are only refreshed."""
        if [row.attachment_id for row in rows] != [row.attachment_id for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        changed = [i for i, (a, b) in enumerate(zip(self._rows, rows, strict=True)) if a != b]
        self._rows = rows
        for row in changed:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.HEADINGS) - 1))

    def set_editable(self, editable: bool) -> None:
        """Whether bilagor can be moved and renamed; not when their numbers are frozen."""
        self._editable = editable

    def row_at(self, index: Index) -> AttachmentRow | None:
        """The row's values, None outside the table."""
        return self._rows[index.row()] if index.isValid() else None

    def index_of(self, attachment_id: str) -> QModelIndex:
        """Where the bilaga is; an invalid index when it is not there."""
        for row, value in enumerate(self._rows):
            if value.attachment_id == attachment_id:
                return self.index(row, self.TITLE)
        return QModelIndex()

    # -- Qt's questions -------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.HEADINGS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return (row.number, row.title, row.item, row.kind, row.size, row.state)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.item if index.column() == self.ITEM else row.title
        if role == AttachmentRole.ROW:
            return row
        if role == TableRole.STRONG:
            return index.column() == 0
        if index.column() == self.STATE and row.missing:
            if role == TableRole.STATE:
                return State.MUST_MEND
            return "err" if role == TableRole.TONE else None
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row, title = self.row_at(index), str(value).strip()
        if row is None or role != Qt.ItemDataRole.EditRole or not title or title == row.title:
            return False
        self.renamed.emit(row.attachment_id, title)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        usual = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDropEnabled
        if not self._editable:
            return usual
        usual |= flag.ItemIsDragEnabled
        return usual | flag.ItemIsEditable if index.column() == self.TITLE else usual

    # -- drag and drop --------------------------------------------------------------------------------

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [MIME_TYPE, "text/uri-list"]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        data = QMimeData()
        row = self.row_at(indexes[0]) if indexes else None
        if row is not None:
            data.setData(MIME_TYPE, QByteArray(row.attachment_id.encode()))
        return data

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        return data.hasUrls() or (self._editable and data.hasFormat(MIME_TYPE))

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Files go to the item of the row they fall on; a bilaga takes the place where it is dropped."""
        target = self.row_at(parent) or (self._rows[row] if 0 <= row < len(self._rows) else None)
        if data.hasUrls():
            paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
            if paths:
                self.files_dropped.emit(paths, target.item_id if target is not None else "")
            return bool(paths)
        if not data.hasFormat(MIME_TYPE) or target is None:
            return False
        attachment_id = bytes(data.data(MIME_TYPE).data()).decode()
        if attachment_id == target.attachment_id:
            return False
        same_item = [one for one in self._rows if one.item_id == target.item_id]
        self.moved.emit(attachment_id, target.item_id, same_item.index(target))
        return True
