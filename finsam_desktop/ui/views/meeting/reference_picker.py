"""Infoga hänvisning: choose a §, punkt or bilaga and put it where the cursor stands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSortFilterProxyModel, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.surfaces import Label

NO_FIELD = "Ställ markören i den text där hänvisningen ska stå."


def pick_reference(desk: OpenMeeting, parent: QWidget) -> ReferencePicker | None:
    """Open the list over the field that has the focus. None, and a sentence in the strip, when none can take it."""
    field = QApplication.focusWidget()
    if not isinstance(field, QTextEdit | QPlainTextEdit | QLineEdit) or field.isReadOnly():
        desk.tell(NO_FIELD)
        return None
    picker = ReferencePicker(desk, field, parent)
    picker.open()
    return picker


class ReferencePicker(QDialog):
    """The list of what can be referred to, narrowed by typing. Enter puts {§ 14} in the field."""

    def __init__(
        self, desk: OpenMeeting, field: QTextEdit | QPlainTextEdit | QLineEdit, parent: QWidget
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setWindowTitle("Infoga hänvisning")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._field = field
        self._targets = desk.references.targets()
        words = [target.words.replace("\u00a0", " ") for target in self._targets]
        lines = [f"{said}   {target.title}" for said, target in zip(words, self._targets, strict=True)]
        self._marks = [f"{{{said}}}" for said in words]
        self.search = QLineEdit()
        self.search.setAccessibleName("Sök paragraf, punkt eller bilaga")
        self.search.setPlaceholderText("Nummer eller rubrik")
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self._model = QStringListModel(lines, self)
        self._found = QSortFilterProxyModel(self)
        self._found.setSourceModel(self._model)
        self._found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.list = QListView()
        self.list.setAccessibleName("Det går att hänvisa till")
        self.list.setModel(self._found)
        self.list.activated.connect(self._choose)
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(8))
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(
            Label(
                "Hänvisningen får alltid rätt nummer, också när ordningen ändras.", "meta", "text2", wrap=True
            )
        )
        self.resize(theme.px(460), theme.px(420))
        self._narrow("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        self._found.setFilterFixedString(text.strip())
        self.list.setCurrentIndex(self._found.index(0, 0))

    def _step(self, by: int) -> None:
        row = max(0, min(self.list.currentIndex().row() + by, self._found.rowCount() - 1))
        self.list.setCurrentIndex(self._found.index(row, 0))

    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        mark = self._marks[self._found.mapToSource(index).row()]
        self.accept()
        if not isValid(self._field):
            return
        self._field.setFocus()
        if isinstance(self._field, QLineEdit):
            self._field.insert(mark)
        else:
            self._field.textCursor().insertText(mark)
