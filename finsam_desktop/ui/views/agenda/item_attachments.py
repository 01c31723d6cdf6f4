"""The bilagor of one item, in its editor."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain.accessibility import is_picture_name
from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.numbering import attachment_numbers
from finsam_desktop.ui.models.attachment_model import facts
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.attachment_actions import AttachmentActions
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.attachment_row import AttachmentRow
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.prose_line import ProseLine
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import empty

ANY_FILES = "Alla filer (*)"


class ItemAttachments(QWidget):
    """A row per bilaga, with what can be done with it, and "Lägg till fil"."""

    figures_wanted = Signal()

    def __init__(self, desk: OpenMeeting, actions: AttachmentActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._actions = desk, actions
        self._item_id = ""
        self._shown: object = None
        self._replacing = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current_theme().px(4))
        self._add = link_button("Lägg till fil", "paperclip")
        self._add.setToolTip("Du kan också dra filer hit")
        self._add.clicked.connect(self.choose_files)
        self._figures = link_button("Sätt in siffror", "table-2")
        self._figures.clicked.connect(self.figures_wanted)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self._add)
        foot.addWidget(self._figures)
        foot.addStretch(1)
        self._column.addWidget(self._foot)

    def show_item(self, item: AgendaItem) -> None:
        """Show the item's bilagor with their numbers."""
        numbers = attachment_numbers(self._desk.meeting)
        shown = (item.id, tuple((a, numbers.get(a.id)) for a in item.attachments), self._desk.locked,
                 bool(self._desk.stored.masked))  # fmt: skip
        if shown == self._shown:
            return
        self._shown = shown
        self._item_id = item.id
        self._clear()
        for place, attachment in enumerate(item.attachments):
            row = AttachmentRow(
                f"Bilaga {numbers.get(attachment.id, '')}",
                attachment.title,
                facts(attachment),
                verbs=self._verbs(attachment),
                state=State.NONE if attachment.sha256 else State.MUST_MEND,
            )
            row.setProperty("attachment", attachment.id)
            row.opened.connect(self._open)
            row.verb_chosen.connect(self._chosen)
            self._column.insertWidget(place, row)
        self._foot.setVisible(not self._desk.locked)

    def choose_files(self) -> None:
        """Ask for files to add."""
        self._desk.shell.dialogs.open_files("Lägg till bilagor", ANY_FILES, self._add_chosen)

    def _verbs(self, attachment: Attachment) -> tuple[tuple[str, str], ...]:
        has_file = bool(attachment.sha256)
        opening = (("open", "Öppna en kopia"),) if has_file else ()
        secrecy = ("public", "Gör offentlig") if attachment.confidential else ("secret", "Ange sekretess")
        looked_at = ("unreviewed", "Bilderna är inte granskade") if attachment.reviewed else (
            "reviewed", "Bilderna är granskade, inget att maskera"
        )  # fmt: skip
        masks = (looked_at,) if has_file and self._desk.stored.masked and not attachment.confidential else ()
        if self._desk.session.read_only:
            return opening
        if self._desk.locked:
            return (*opening, secrecy, *masks)
        return (
            *opening,
            ("replace", "Byt fil" if has_file else "Välj fil"),
            ("rename", "Byt namn"),
            *((("describe", "Beskriv bilden"),) if is_picture_name(attachment.file_name) else ()),
            secrecy,
            *masks,
            ("remove", "Ta bort"),
        )

    def _clear(self) -> None:
        empty(self._column, but_last=1)

    def _attachment_id(self) -> str:
        return str(self.sender().property("attachment"))

    def _open(self) -> None:
        self._actions.open_copy(self._attachment_id())

    def _chosen(self, verb: str) -> None:
        attachment_id = self._attachment_id()
        if verb == "open":
            self._actions.open_copy(attachment_id)
        elif verb == "replace":
            self._replacing = attachment_id
            self._desk.shell.dialogs.open_file("Byt fil i bilagan", ANY_FILES, self._replace_chosen)
        elif verb in ("rename", "describe"):
            self._start_writing(attachment_id, verb)
        elif verb in ("secret", "public"):
            self._actions.set_confidential(attachment_id, verb == "secret")
        elif verb in ("reviewed", "unreviewed"):
            self._actions.set_reviewed(attachment_id, verb == "reviewed")
        elif verb == "remove":
            self._actions.remove(attachment_id)

    def _add_chosen(self, paths: tuple[Path, ...]) -> None:
        self._actions.add_files(paths, self._item_id)

    def _replace_chosen(self, path: Path) -> None:
        self._actions.replace_file(self._replacing, path)

    def _start_writing(self, attachment_id: str, verb: str) -> None:
        """Put a field in the place of the row: for its title, or for what its picture shows."""
        found = self._actions.find(attachment_id)
        if found is None:
            return
        if verb == "rename":
            field = ProseLine(found[1].title)
            field.setAccessibleName("Bilagans namn")
            field.edited.connect(self._renamed)
        else:
            field = ProseLine(found[1].description, "Vad bilden visar, för den som inte ser den")
            field.setAccessibleName("Bildens beskrivning")
            field.edited.connect(self._described)
        field.setProperty("attachment", attachment_id)
        field.editingFinished.connect(self._end_rename)
        place = next(i for i in range(self._column.count()) if self._is_row(i, attachment_id))
        entry = self._column.itemAt(place)
        row = entry.widget() if entry is not None else None
        if row is not None:
            row.hide()
        self._column.insertWidget(place, field)
        field.setFocus()
        field.selectAll()

    def _is_row(self, place: int, attachment_id: str) -> bool:
        entry = self._column.itemAt(place)
        widget = entry.widget() if entry is not None else None
        return isinstance(widget, AttachmentRow) and widget.property("attachment") == attachment_id

    def _described(self, text: str) -> None:
        self._actions.describe(self._attachment_id(), text)

    def _renamed(self, title: str) -> None:
        self._actions.rename(self._attachment_id(), title)

    def _end_rename(self) -> None:
        self._shown = None
        item = self._desk.item(self._item_id)
        if item is not None:
            self.show_item(item)
