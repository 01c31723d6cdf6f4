"""Sending the item at hand to other associations, and taking in one from them, with what comes shown first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from finsam_desktop import joint_items
from finsam_desktop.joint_items import SUFFIX, JointItem
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting

KINDS = f"Ärenden från andra förbund (*{SUFFIX})"


class JointActions(QObject):
    """``taken(item_id)`` when an item has been put on the agenda."""

    taken = Signal(str)

    def __init__(self, desk: OpenMeeting, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._item_id = ""
        self._received: JointItem | None = None

    def send(self, item_id: str) -> None:
        """Ask where to put the item as a file; a sub-item goes with its whole item."""
        from finsam_desktop.domain.agenda import parent_of

        parent = parent_of(self._desk.meeting.items, item_id)
        item = parent or self._desk.item(item_id)
        if item is None:
            return
        self._item_id = item.id
        folder = self._desk.session.workspace.path.parent
        self._desk.shell.dialogs.save_file(
            "Spara ärendet för andra förbund", KINDS, self.save, folder / joint_items.file_name(item)
        )

    def save(self, path: Path) -> None:
        """Write the item that was asked about."""
        desk = self._desk
        item = desk.item(self._item_id)
        if item is None:
            return
        workspace = desk.session.workspace
        done = desk.session.guarded(lambda: joint_items.save(workspace, desk.stored, item, path, desk.today))
        if done is not None:
            desk.tell(f"Ärendet är sparat i {done.name}. Bifoga filen i ett mejl till de andra förbunden.")

    def receive(self) -> None:
        """Ask for a file from another association."""
        if not self._desk.locked:
            folder = self._desk.session.workspace.path.parent
            self._desk.shell.dialogs.open_file(
                "Ta emot ärende från annat förbund", KINDS, self.show_received, folder
            )

    def show_received(self, path: Path) -> QMessageBox | None:
        """Show what the file holds, and ask whether it is to be taken in; a file that is not right is told."""
        received = self._desk.session.guarded(lambda: joint_items.read_file(path))
        if received is None:
            return None
        self._received = received
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("Ta emot ärende")
        box.setTextFormat(Qt.TextFormat.PlainText)
        first, *rest = joint_items.described(received)
        box.setText(first)
        box.setInformativeText("\n".join(rest[:20]))
        take = box.addButton("Ta med på dagordningen", QMessageBox.ButtonRole.AcceptRole)
        take.clicked.connect(self.take)
        box.setEscapeButton(box.addButton("Avbryt", QMessageBox.ButtonRole.RejectRole))
        box.open()
        return box

    def take(self) -> None:
        """Put what was shown on the agenda, as one change."""
        desk, received = self._desk, self._received
        self._received = None
        if received is None:
            return
        workspace = desk.session.workspace
        item = desk.session.guarded(lambda: joint_items.take_in(workspace, desk.stored, received))
        if item is not None:
            desk.tell(f"”{item.title}” är nu {desk.item_name(item.id)}.", undo=True)
            self.taken.emit(item.id)
