"""Handlingar: every bilaga of the meeting in order, with its number; drop files anywhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.ui.models.attachment_model import AttachmentModel, attachment_rows
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.attachment_actions import AttachmentActions
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.meeting.pack_panel import PackPanel
from finsam_desktop.ui.widgets.buttons import secondary_button
from finsam_desktop.ui.widgets.drop_zone import DropZone, local_files
from finsam_desktop.ui.widgets.empty_state import EmptyState
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.surfaces import Label, Pane
from finsam_desktop.ui.widgets.tables import DataTable

ANY_FILES = "Alla filer (*)"


class PapersTable(DataTable):
    """The table of bilagor. Rows are dragged to another place; F2 renames, Delete removes."""

    def __init__(self, model: AttachmentModel, owner: PapersStep) -> None:
        super().__init__("Handlingar")
        self._owner = owner
        self.setModel(model)
        self.stretch_column(AttachmentModel.ITEM)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropOverwriteMode(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setWordWrap(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, alt = event.key(), event.modifiers() & Qt.KeyboardModifier.AltModifier
        if key == Qt.Key.Key_F2 and self.currentIndex().isValid():
            self.edit(self.currentIndex().siblingAtColumn(AttachmentModel.TITLE))
        elif key == Qt.Key.Key_Delete:
            self._owner.remove_current()
        elif key == Qt.Key.Key_Insert:
            self._owner.choose_files()
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._owner.move_current(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class PapersStep(Pane):
    """The step Handlingar. ``paper_chosen(id)`` when a bilaga is chosen, with "" when none is."""

    paper_chosen = Signal(str)

    def __init__(self, desk: OpenMeeting, actions: AttachmentActions, parent: QWidget | None = None) -> None:
        super().__init__("base", "", parent)
        self._desk, self._actions = desk, actions
        self._replacing = ""
        self.model = AttachmentModel(self)
        self.table = PapersTable(self.model, self)
        self.target = ChoiceField()
        self._drop = DropZone("Dra filer hit, eller till en rad i tabellen", button="Välj filer")
        self._drop.dropped.connect(self._dropped)
        self._drop.choose_pressed.connect(self.choose_files)
        self.pack = PackPanel(desk)
        self._facts = Label("", "meta", "text2")
        self._replace = secondary_button("Byt fil", "refresh-cw")
        self._open = secondary_button("Öppna en kopia", "external-link")
        self._remove = secondary_button("Ta bort", "trash-2")
        self._empty = EmptyState(
            "Inga bilagor än.",
            "Dra filer hit. De hamnar i det ärende du väljer och numreras efter dagordningen.",
            "Lägg till filer",
            icon="paperclip",
            example=False,
            margins=False,
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self._make_page()
        self._connect()
        self.setAcceptDrops(True)
        self.refresh()

    # -- what the page uses ---------------------------------------------------------------------------

    def panes(self) -> tuple[QWidget, ...]:
        return (self.table,)

    def primary(self) -> QPushButton:
        """The filled button: the step is there to make the handlingar."""
        return self.pack.make

    def show_item(self, attachment_id: str) -> None:
        """Choose a bilaga, or the first of an item."""
        index = self.model.index_of(attachment_id)
        item = self._desk.item(attachment_id)
        if not index.isValid() and item is not None and item.attachments:
            index = self.model.index_of(item.attachments[0].id)
        if index.isValid():
            self.table.setCurrentIndex(index)
            self.table.setFocus()

    def refresh(self) -> None:
        """Show what the meeting holds."""
        desk = self._desk
        chosen = self._current_id()
        self.model.set_editable(not desk.locked)
        rows = attachment_rows(desk.meeting)
        self.model.show(rows)
        index = self.model.index_of(chosen)
        if index.isValid() and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(index)
        self._stack.setCurrentIndex(0 if rows else 1)
        numbers = desk.numbers()
        choices = tuple((item.id, f"{numbers[item.id]} {item.title}") for item in desk.meeting.items)
        wanted = self.target.value() or self._usual_target()
        self.target.set_choices(choices)
        self.target.set_value(
            wanted if wanted in {c[0] for c in choices} else choices[0][0] if choices else None
        )
        missing = sum(1 for row in rows if row.missing)
        self._facts.setText(f"{missing} saknas" if missing else "")
        self._drop.setVisible(not desk.locked)
        self._tell_chosen()

    # -- what the user does ---------------------------------------------------------------------------

    def choose_files(self) -> None:
        """Ask for files to add to the item that is chosen above."""
        self._desk.shell.dialogs.open_files("Lägg till bilagor", ANY_FILES, self._dropped)

    def replace_current(self) -> None:
        """Ask for another file in the chosen bilaga."""
        self._replacing = self._current_id()
        if self._replacing:
            self._desk.shell.dialogs.open_file("Byt fil i bilagan", ANY_FILES, self._replaced)

    def remove_current(self) -> None:
        """Take the chosen bilaga away; it can be undone."""
        self._actions.remove(self._current_id())

    def open_current(self) -> None:
        """Open a copy of the chosen bilaga in the system's program."""
        self._actions.open_copy(self._current_id())

    def move_current(self, steps: int) -> None:
        """Move the chosen bilaga up or down; past the end of its item it goes to the next item with bilagor."""
        found = self._actions.find(self._current_id())
        if found is None:
            return
        item, attachment = found
        ids = [one.id for one in item.attachments]
        place = ids.index(attachment.id) + steps
        if 0 <= place < len(ids):
            self._actions.move(attachment.id, item.id, place)
        else:
            rows = attachment_rows(self._desk.meeting)
            at = next(i for i, row in enumerate(rows) if row.attachment_id == attachment.id) + steps
            if 0 <= at < len(rows):
                other = self._desk.item(rows[at].item_id)
                last = len(other.attachments) if other is not None else 0
                self._actions.move(attachment.id, rows[at].item_id, last if steps < 0 else 0)
        self.show_item(attachment.id)

    # -- making ---------------------------------------------------------------------------------------

    def _make_page(self) -> None:
        theme = current_theme()
        verbs = QHBoxLayout()
        for button in (self._open, self._replace, self._remove):
            verbs.addWidget(button)
        verbs.addStretch(1)
        verbs.addWidget(self._facts)
        row = FormRow("Nya filer blir bilagor till", self.target)
        row.setMaximumWidth(theme.px(420))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(28), theme.px(20), theme.px(28), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(row)
        column.addWidget(self._drop)
        column.addWidget(self._stack, 1)
        column.addLayout(verbs)
        column.addWidget(self.pack)

    def _usual_target(self) -> str:
        """The first item that is more than a formality."""
        items = self._desk.meeting.items
        return next((i.id for i in items if i.type not in (ItemType.NONE, ItemType.FORMALITY)), "")

    def _connect(self) -> None:
        self._desk.changed.connect(self.refresh)
        self.model.files_dropped.connect(self._files_dropped)
        self.model.moved.connect(self._actions.move)
        self.model.renamed.connect(self._actions.rename)
        self.table.opened.connect(self._opened)
        self.table.selectionModel().currentChanged.connect(self._tell_chosen)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.pack.paper_wanted.connect(self.show_item)
        self._empty.action_pressed.connect(self.choose_files)
        self._replace.clicked.connect(self.replace_current)
        self._open.clicked.connect(self.open_current)
        self._remove.clicked.connect(self.remove_current)

    def chosen_paper(self) -> str:
        """The id of the bilaga that is chosen, "" when none is."""
        return self._current_id()

    def _current_id(self) -> str:
        row = self.model.row_at(self.table.currentIndex())
        return row.attachment_id if row is not None else ""

    def _tell_chosen(self, *_indexes: object) -> None:
        row = self.model.row_at(self.table.currentIndex())
        self._open.setEnabled(row is not None and not row.missing)
        for button in (self._replace, self._remove):
            button.setEnabled(row is not None and not self._desk.locked)
        self.paper_chosen.emit(row.attachment_id if row is not None else "")

    def _opened(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is not None and row.missing:
            self.replace_current()
        else:
            self.open_current()

    def _show_menu(self, where: QPoint) -> None:
        if not self._current_id():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, slot, allowed in (
            ("Öppna en kopia", self.open_current, self._open.isEnabled()),
            ("Byt fil", self.replace_current, self._replace.isEnabled()),
            ("Byt namn", self._rename_current, self._replace.isEnabled()),
            ("Ta bort", self.remove_current, self._remove.isEnabled()),
        ):
            menu.addAction(text, slot).setEnabled(allowed)
        menu.popup(self.table.viewport().mapToGlobal(where))

    def _rename_current(self) -> None:
        self.table.edit(self.table.currentIndex().siblingAtColumn(AttachmentModel.TITLE))

    # -- files ----------------------------------------------------------------------------------------

    def _dropped(self, paths: tuple[Path, ...]) -> None:
        item_id = self.target.value()
        if isinstance(item_id, str):
            self._actions.add_files(paths, item_id)

    def _files_dropped(self, paths: list[Path], item_id: str) -> None:
        if item_id:
            self._actions.add_files(paths, item_id)
        else:
            self._dropped(tuple(paths))

    def _replaced(self, path: Path) -> None:
        self._actions.replace_file(self._replacing, path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()) and not self._desk.locked:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = local_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self._dropped(files)
