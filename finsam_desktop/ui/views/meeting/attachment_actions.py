"""What can be done with bilagor, wherever they are shown: each is one named change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.ui.opened_copies import OpenedCopies
from finsam_desktop.ui.views.meeting.file_reading import FileReading
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting


class AttachmentActions(QObject):
    """Adds, replaces, renames, moves, removes and opens bilagor of one meeting."""

    def __init__(self, desk: OpenMeeting, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._copies = OpenedCopies(desk.shell)
        self._files = FileReading(desk.shell)

    def add_files(self, paths: Sequence[Path], item_id: str) -> None:
        """Make the files bilagor of the item, all or none, when they have been read."""
        if not self._desk.locked and self._desk.item(item_id) is not None and paths:
            self._files.read(paths, partial(self._add, item_id))

    def _add(self, item_id: str, added: tuple[Attachment, ...]) -> None:
        one = f"”{added[0].title}”" if len(added) == 1 else f"{len(added)} bilagor"
        done = self._put(
            f"Lägg till {one}", item_id, lambda old: replace(old, attachments=(*old.attachments, *added))
        )
        if done:
            name = self._desk.item_name(item_id)
            self._desk.tell(f"{one.capitalize() if len(added) > 1 else one} lades till i {name}.", undo=True)

    def attach_paper(self, item_id: str, title: str, path: Path, dated: date | None = None) -> None:
        """Make a paper written in the program a bilaga of the item, in place of an earlier one by that title."""
        if not self._desk.locked and self._desk.item(item_id) is not None:
            self._files.read((path,), partial(self._attach, item_id, title, dated))

    def _attach(self, item_id: str, title: str, dated: date | None, stored: tuple[Attachment, ...]) -> None:
        (file,) = stored

        def attached(item: AgendaItem) -> AgendaItem:
            old = next((a for a in item.attachments if a.title == title), Attachment(title=title))
            new = replace(
                old, file_name=file.file_name, sha256=file.sha256, size=file.size, pages=None, dated=dated
            )
            kept = tuple(new if a.id == old.id else a for a in item.attachments)
            return replace(item, attachments=kept if new in kept else (*kept, new))

        if self._put(f"Bifoga ”{title}”", item_id, attached):
            self._desk.tell(f"”{title}” är nu bilaga i {self._desk.item_name(item_id)}.", undo=True)

    def replace_file(self, attachment_id: str, path: Path) -> None:
        """Put another file in the bilaga's place when it has been read; title and number stay."""
        if not self._desk.locked and self.find(attachment_id) is not None:
            self._files.read((path,), partial(self._replace, attachment_id))

    def _replace(self, attachment_id: str, stored: tuple[Attachment, ...]) -> None:
        (new,) = stored
        found = self.find(attachment_id)
        if found is None:
            return
        item, old = found
        if new.sha256 == old.sha256:
            self._desk.tell(f"{new.file_name} är samma fil som redan ligger i bilagan.")
            return

        def changed(one: Attachment) -> Attachment:
            return replace(
                one, file_name=new.file_name, sha256=new.sha256, size=new.size, pages=None, reviewed=False
            )

        def with_file(one: AgendaItem) -> AgendaItem:
            return replace(one, attachments=_changed(one.attachments, attachment_id, changed))

        if self._put(f"Byt fil i ”{old.title}”", item.id, with_file):
            self._desk.tell(f"{new.file_name} ligger nu i ”{old.title}”.", undo=True)

    def _put(self, label: str, item_id: str, function: Callable[[AgendaItem], AgendaItem]) -> bool:
        """Change an item of the meeting as it is now, also when another meeting has been gone to meanwhile."""
        session = self._desk.session
        try:
            meeting = session.meeting(self._desk.meeting_id)
        except KeyError:
            return False
        after = replace(meeting, items=agenda.update(meeting.items, item_id, function))
        return after != meeting and session.change(label, meeting, after)

    def rename(self, attachment_id: str, title: str) -> bool:
        """Give the bilaga another title."""
        title = " ".join(title.split())
        return bool(title) and self._change(
            f"Byt namn på bilagan ”{title}”", attachment_id, lambda a: replace(a, title=title)
        )

    def set_confidential(self, attachment_id: str, confidential: bool) -> bool:
        """Say whether the bilaga is secret."""
        label = "Ange sekretess för bilagan" if confidential else "Ta bort sekretess för bilagan"
        return self._change(
            label, attachment_id, lambda a: replace(a, confidential=confidential), locked_too=True
        )

    def set_reviewed(self, attachment_id: str, reviewed: bool) -> bool:
        """Say whether somebody has looked at the bilaga's pictures and found nothing to mask."""
        label = "Bilagans bilder är granskade" if reviewed else "Bilagans bilder är inte granskade"
        return self._change(label, attachment_id, lambda a: replace(a, reviewed=reviewed), locked_too=True)

    def describe(self, attachment_id: str, text: str) -> bool:
        """Say what a picture shows; it is read out instead of the picture."""
        text = " ".join(text.split())
        return self._change("Beskriv bilden", attachment_id, lambda a: replace(a, description=text))

    def remove(self, attachment_id: str) -> bool:
        """Take the bilaga away; it can be undone."""
        found = self.find(attachment_id)
        if self._desk.locked or found is None:
            return False
        item, old = found
        done = self._desk.change_item(
            f"Ta bort ”{old.title}”",
            item.id,
            lambda one: replace(one, attachments=tuple(a for a in one.attachments if a.id != attachment_id)),
        )
        if done:
            self._desk.tell(f"”{old.title}” togs bort.", undo=True)
        return done

    def move(self, attachment_id: str, item_id: str, place: int) -> bool:
        """Move the bilaga to a place among an item's bilagor."""
        found = self.find(attachment_id)
        if self._desk.locked or found is None or self._desk.item(item_id) is None:
            return False
        item, moved = found
        items = agenda.update(
            self._desk.meeting.items,
            item.id,
            lambda one: replace(one, attachments=tuple(a for a in one.attachments if a.id != attachment_id)),
        )
        items = agenda.update(items, item_id, lambda one: _with_attachment(one, place, moved))
        return self._desk.change_fields(f"Flytta ”{moved.title}”", items=items)

    def open_copy(self, attachment_id: str) -> bool:
        """Open a copy in the system's program, if it is a document; what is changed there does not come back by
        itself."""
        found = self.find(attachment_id)
        if found is None or not found[1].sha256:
            return False
        one = found[1]
        read = partial(self._desk.session.workspace.file, one.sha256)
        return self._copies.open(one.id, one.file_name or one.title, read)

    def find(self, attachment_id: str) -> tuple[AgendaItem, Attachment] | None:
        """The bilaga and the item it belongs to, or None."""
        return next(
            (
                (item, attachment)
                for item in agenda.walk(self._desk.meeting.items)
                for attachment in item.attachments
                if attachment.id == attachment_id
            ),
            None,
        )

    def close(self) -> None:
        """Remove the copies made for reading."""
        self._copies.close()

    def _change(
        self,
        label: str,
        attachment_id: str,
        function: Callable[[Attachment], Attachment],
        *,
        locked_too: bool = False,
    ) -> bool:
        """``locked_too``: also after the adjustment, for what concerns only what is published."""
        found = self.find(attachment_id)
        if (self._desk.locked and not locked_too) or found is None:
            return False
        item, _old = found
        return self._desk.change_item(
            label,
            item.id,
            lambda one: replace(one, attachments=_changed(one.attachments, attachment_id, function)),
        )


def _with_attachment(item: AgendaItem, place: int, moved: Attachment) -> AgendaItem:
    others = item.attachments
    return replace(item, attachments=(*others[:place], moved, *others[place:]))


def _changed(
    attachments: Iterable[Attachment], attachment_id: str, function: Callable[[Attachment], Attachment]
) -> tuple[Attachment, ...]:
    return tuple(function(a) if a.id == attachment_id else a for a in attachments)
