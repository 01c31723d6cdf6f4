"""A table that is written in place as in a spreadsheet: a key or Enter opens a cell, arrows and Tab go on, paste fills.

Made for numbers: what cannot be read is refused by the one who owns the table, with a word below it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyleOptionViewItem, QWidget

from finsam_desktop.ui.models.edit_cells import EditCellsModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.tables import DataTable, TableDelegate

AnyIndex = QModelIndex | QPersistentModelIndex


class _CellDelegate(TableDelegate):
    """Cells as everywhere, and a plain field to write in."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        field = QLineEdit(parent)
        field.setFont(current_theme().font("body"))
        field.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "Cell"))
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        if alignment is not None:
            field.setAlignment(Qt.AlignmentFlag(alignment))
        # The usual frame and padding of fields would leave no room for the text in a row of a table.
        field.setProperty("cell", True)
        return field

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: AnyIndex) -> None:
        if isinstance(editor, QLineEdit) and isinstance(model, EditCellsModel):
            model.setData(index, editor.text())


class EditTable(DataTable):
    """A `DataTable` over an `EditCellsModel`."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.cells = EditCellsModel(self)
        self.setModel(self.cells)
        self.setItemDelegate(_CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )

    def flush(self) -> None:
        """Take in the cell that is being written."""
        editor = self._editor()
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, _CellDelegate.EndEditHint.NoHint)

    def is_writing(self) -> bool:
        """Whether a cell is open."""
        return self.state() is QAbstractItemView.State.EditingState

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if self.is_writing():
            # Enter in the field comes here too, after the field has asked to be taken in.
            super().keyPressEvent(event)
            return
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(index)
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(str(index.data() or ""))
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.cells.is_editable(index.row(), index.column()):
                self.edit(index)
            else:
                super().keyPressEvent(event)
            return
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not event.modifiers():
            self.cells.setData(index, "")
            return
        super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: _CellDelegate.EndEditHint) -> None:
        """Enter goes to the cell below, as in a spreadsheet; Tab goes right by Qt's own hint."""
        super().closeEditor(editor, hint)
        if hint is _CellDelegate.EndEditHint.SubmitModelCache:
            below = self.currentIndex().siblingAtRow(self.currentIndex().row() + 1)
            if below.isValid():
                self.setCurrentIndex(below)

    def event(self, event: QEvent) -> bool:
        # Ctrl+V is the table's own while it has the focus.
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Paste) or event.matches(QKeySequence.StandardKey.Copy):
                event.accept()
                return True
        return super().event(event)

    def _editor(self) -> QWidget | None:
        return self.indexWidget(self.currentIndex()) or next(
            (field for field in self.viewport().findChildren(QLineEdit) if field.isVisible()), None
        )

    def _paste(self, index: QModelIndex) -> None:
        text = QGuiApplication.clipboard().text()
        rows = tuple(tuple(line.split("\t")) for line in text.rstrip("\r\n").splitlines())
        if index.isValid() and rows:
            self.cells.pasted.emit(index.row(), index.column(), rows)
