"""Offentligt: what is kept from the public version of the meeting, on what ground, and what is then left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.documents import About, Document
from finsam_desktop.documents.kinds import KINDS
from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.confidentiality import MaskedWord, Secret
from finsam_desktop.domain.numbering import attachment_numbers
from finsam_desktop.domain.removals import Removal
from finsam_desktop.domain.visibility import PublicVersion, public_version
from finsam_desktop.domain.wording import join_names
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.buttons import IconButton, link_button, secondary_button
from finsam_desktop.ui.widgets.secret_fields import SecretFields
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label, SectionHead, empty
from finsam_desktop.ui.widgets.text_edits import TextField

MOST = 60
"""So much that goes is listed in the window; the rest is in the list that can be saved."""
WAIT_MS = 400
"""How long after a change the public version is made anew."""


class MaskedRow(QWidget):
    """One masked name: the words, what stands in their place, and the ground."""

    edited = Signal()
    removed = Signal(object)

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.id = ""
        self.words = TextField("", "Namn eller andra ord")
        self.words.setAccessibleName(f"Ord som maskeras {number}")
        self.instead = TextField("", "[maskerat]")
        self.instead.setAccessibleName(f"Skrivs i stället för ord {number}")
        self.secret = SecretFields(f"ord {number}")
        remove = IconButton("x", f"Ta bort ord {number}")
        remove.clicked.connect(self._remove)
        line = QHBoxLayout()
        line.setSpacing(theme.px(6))
        line.addWidget(self.words, 3)
        line.addWidget(self.instead, 2)
        line.addWidget(remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(10))
        column.setSpacing(theme.px(6))
        column.addLayout(line)
        column.addWidget(self.secret)
        self.words.edited.connect(self._report)
        self.instead.edited.connect(self._report)
        self.secret.edited.connect(self._report)

    def show_word(self, word: MaskedWord) -> None:
        """Show the word; fields being written in stay."""
        self.id = word.id
        self.words.set_text(word.words)
        self.instead.set_text(word.instead)
        self.secret.set_secret(word.secret)

    def word(self) -> MaskedWord:
        """The word as it is in the fields."""
        return MaskedWord(
            id=self.id,
            words=" ".join(self.words.text().split()),
            instead=self.instead.text().strip(),
            secret=self.secret.secret(),
        )

    def flush(self) -> None:
        """Take in what is still in the fields."""
        for field in (self.words, self.instead, self.secret):
            field.flush()

    def _report(self, _value: object = None) -> None:
        self.edited.emit()

    def _remove(self) -> None:
        self.removed.emit(self)


class GroundRow(QWidget):
    """One confidential item or attachment with its ground. ``edited(id, Secret)`` when it is changed."""

    edited = Signal(str, object)

    def __init__(self, key: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.secret = SecretFields(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, current_theme().px(10))
        column.setSpacing(current_theme().px(4))
        column.addWidget(Label(title, "body_medium", wrap=True))
        column.addWidget(self.secret)
        self.secret.edited.connect(self._report)

    def _report(self, secret: Secret) -> None:
        self.edited.emit(self.key, secret)


class PublicPane(Page):
    """The pane. ``document_wanted(Document, About)`` when a public document is to be made."""

    document_wanted = Signal(object, object)

    def __init__(self, desk: OpenMeeting, documents: Callable[[], tuple[Document, ...]]) -> None:
        super().__init__("Offentlig version", text_width=720)
        self._desk, self._documents = desk, documents
        self._version: PublicVersion | None = None
        self._masked: list[MaskedRow] = []
        self._grounds: dict[str, GroundRow] = {}
        self._offered: tuple[Document, ...] = ()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._show_removed)
        self._make_page()
        desk.changed.connect(self.refresh)
        self.refresh()

    # -- what the page uses ---------------------------------------------------------------------------

    def flush(self) -> None:
        """Take in what is still in the fields."""
        for row in self._masked:
            row.flush()
        for ground in self._grounds.values():
            ground.secret.flush()

    def refresh(self) -> None:
        """Show what the meeting holds; the list of what goes follows when the typing rests."""
        self._show_masked()
        self._show_grounds()
        locked = self._desk.session.read_only
        self.add_word.setVisible(not locked)
        if self.isVisible():
            self._wait.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_removed()

    # -- making ---------------------------------------------------------------------------------------

    def _make_page(self) -> None:
        self._intro = Label(
            "Det som är sekretess, och orden nedan, tas bort ur allt som skapas som offentlig version. "
            "Nummer på ärenden och bilagor är desamma.",
            "body", "text2", wrap=True,
        )  # fmt: skip
        self.add(self._intro)
        self.add(SectionHead("Ord som maskeras"), space_before=12)
        self._words, self._words_column = _box()
        self.add(self._words)
        self.add_word = link_button("Lägg till ord", "plus")
        self.add_word.clicked.connect(self._add_word)
        self.add(_left(self.add_word))
        self.add(SectionHead("Sekretess"), space_before=12)
        self._no_secrets = Label(
            "Inget ärende och ingen bilaga har sekretess. Du anger det i ärendet.", "body", "text2", wrap=True
        )
        self.add(self._no_secrets)
        self._secrets, self._secrets_column = _box()
        self.add(self._secrets)
        self._removed_head = SectionHead("Tas bort")
        self.add(self._removed_head, space_before=12)
        self._nothing = Label(
            "Inget tas bort. Den offentliga versionen är den fullständiga.", "body", "text2", wrap=True
        )
        self.add(self._nothing)
        self.removed = Label("", "body", wrap=True)
        self.removed.setAccessibleName("Det som tas bort")
        self.add(self.removed)
        self.left = IconLabel("triangle-alert", "", "label", "warn", wrap=True)
        self.add(self.left)
        self.save = link_button("Spara som lista", "save")
        self.save.clicked.connect(self._ask_where)
        self.add(_left(self.save))
        self.add(SectionHead("Så läses det"), space_before=12)
        self.text = Label("", "body", wrap=True)
        self.add(self.text)
        self.add(SectionHead("Skapa"), space_before=12)
        self._buttons, self._buttons_column = _box()
        self.add(self._buttons)

    def _show_masked(self) -> None:
        words = self._desk.stored.masked
        while len(self._masked) > len(words):
            _drop(self._masked.pop())
        while len(self._masked) < len(words):
            row = MaskedRow(len(self._masked) + 1)
            row.edited.connect(self._words_edited)
            row.removed.connect(self._word_removed)
            self._masked.append(row)
            self._words_column.addWidget(row)
        for row, word in zip(self._masked, words, strict=True):
            row.show_word(word)
        self._words.setVisible(bool(words))

    def _show_grounds(self) -> None:
        shown = list(self._confidential())
        if [key for key, _, _ in shown] != list(self._grounds):
            for row in self._grounds.values():
                _drop(row)
            self._grounds = {}
            for key, title, _ in shown:
                row = GroundRow(key, title)
                row.edited.connect(self._ground_edited)
                self._grounds[key] = row
                self._secrets_column.addWidget(row)
        for key, _, secret in shown:
            self._grounds[key].secret.set_secret(secret)
        self._secrets.setVisible(bool(shown))
        self._no_secrets.setVisible(not shown)

    def _confidential(self) -> Iterator[tuple[str, str, Secret]]:
        """Id, title and ground of what is confidential; what lies in a confidential item follows it."""
        meeting = self._desk.stored
        numbers, bilagor = self._desk.numbers(), attachment_numbers(meeting)

        def below(items: tuple[AgendaItem, ...], above: str) -> Iterator[tuple[str, str, Secret]]:
            for item in items:
                label = f"{above}{numbers.get(item.id, '')}"
                if item.confidential:
                    yield item.id, f"Ärende {label}  {item.title}", item.secret
                    continue
                for one in item.attachments:
                    if one.confidential:
                        yield one.id, f"Bilaga {bilagor.get(one.id, '')}  {one.title}", one.secret
                yield from below(item.sub_items, label)

        return below(meeting.items, "")

    def _show_removed(self) -> None:
        if not self.isVisible():
            return
        desk = self._desk
        version = public_version(desk.association, desk.meetings, desk.stored)
        self._version = version
        rows = version.removed
        lines = [f"{one.what}\n{one.where}{_on_ground(one)}" for one in rows[:MOST]]
        if len(rows) > MOST:
            lines.append(f"Och {len(rows) - MOST} till. Spara listan för att se alla.")
        self.removed.setText("\n\n".join(lines))
        self.removed.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        told = join_names([f"”{part}” ({count})" for part, count in version.left.items()])
        self.left.set_text(f"Delar av namn står kvar: {told}. Lägg till dem som egna ord om de ska bort.")
        self.left.setVisible(bool(told))
        self.save.setVisible(bool(rows))
        self._removed_head.set_fact(str(len(rows)) if rows else "")
        self.text.setText("\n\n".join(_changed_texts(desk.stored.items, version.meeting.items)) or "–")
        self._show_buttons()

    def _show_buttons(self) -> None:
        wanted = self._documents()
        if wanted == self._offered:
            return
        self._offered = wanted
        empty(self._buttons_column)
        for document in wanted:
            button = secondary_button(
                f"Skapa {KINDS[document].label.lower()}, offentlig version", "file-text"
            )
            button.setProperty("document", document.value)
            button.clicked.connect(self._make)
            self._buttons_column.addWidget(_left(button))

    # -- changing -------------------------------------------------------------------------------------

    def _add_word(self) -> None:
        self.flush()
        meeting = self._desk.stored
        after = replace(meeting, masked=(*meeting.masked, MaskedWord(words="")))
        if self._desk.change_stored("Lägg till ord som maskeras", after):
            self._masked[-1].words.setFocus()

    def _words_edited(self) -> None:
        meeting = self._desk.stored
        words = tuple(row.word() for row in self._masked)
        if words != meeting.masked:
            label = "Ändra ord som maskeras"
            self._desk.session.change(
                label, meeting, replace(meeting, masked=words), merge=f"{meeting.id}.masked"
            )

    def _word_removed(self, row: MaskedRow) -> None:
        meeting = self._desk.stored
        kept = tuple(word for word in meeting.masked if word.id != row.id)
        self._desk.change_stored("Ta bort ord som maskeras", replace(meeting, masked=kept))

    def _ground_edited(self, key: str, secret: Secret) -> None:
        meeting = self._desk.stored
        items = with_secret(meeting.items, key, secret)
        self._desk.session.change(
            "Ange grund för sekretess", meeting, replace(meeting, items=items), merge=f"{key}.secret"
        )

    # -- making ---------------------------------------------------------------------------------------

    def _make(self) -> None:
        self.flush()
        self.document_wanted.emit(Document(str(self.sender().property("document"))), About(public=True))

    def _ask_where(self) -> None:
        name = f"{self._desk.meeting.date.isoformat()} Borttaget ur offentlig version.csv"
        suggestion = self._desk.session.workspace.path.parent / name
        self._desk.shell.dialogs.save_file("Spara listan", "Kalkylblad (*.csv)", self._save, suggestion)

    def _save(self, path: Path) -> None:
        from finsam_desktop.documents.removal_list import save_removals

        version = self._version
        if version is None:
            return
        saved = self._desk.session.guarded(lambda: save_removals(path, version.removed))
        if saved is not None:
            self._desk.tell(f"Listan är sparad: {path.name}. Den nämner det som är sekretess.")


def with_secret(items: tuple[AgendaItem, ...], key: str, secret: Secret) -> tuple[AgendaItem, ...]:
    """The items with another ground for the item or attachment with this id."""
    if agenda.find(items, key) is not None:
        return agenda.update(items, key, lambda one: replace(one, secret=secret))

    def changed(attachment: Attachment) -> Attachment:
        return replace(attachment, secret=secret) if attachment.id == key else attachment

    owner = next((one for one in agenda.walk(items) for a in one.attachments if a.id == key), None)
    if owner is None:
        return items
    return agenda.update(
        items, owner.id, lambda one: replace(one, attachments=tuple(changed(a) for a in one.attachments))
    )


def _changed_texts(full: tuple[AgendaItem, ...], public: tuple[AgendaItem, ...]) -> Iterator[str]:
    """The texts of the items that differ, as they read in the public version."""
    before = {item.id: item for item in agenda.walk(full)}
    for number, top in enumerate(public, start=1):
        for item in agenda.walk((top,)):
            old = before.get(item.id)
            said = [
                text
                for name in ("title", "summary", "minutes_title", "minutes_text")
                if (text := str(getattr(item, name)).strip())
                and (old is None or getattr(old, name) != getattr(item, name))
            ]
            if said:
                yield f"{number}  " + "\n".join(said)


def _on_ground(removal: Removal) -> str:
    """What stands after the place: the provision, or the reason where none is needed."""
    told = removal.section or removal.reason
    return f"  ·  {told}" if told else "  ·  ingen grund vald"


def _box() -> tuple[QWidget, QVBoxLayout]:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(current_theme().px(6))
    return box, column


def _left(button: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(button)
    row.addStretch(1)
    return holder


def _drop(widget: QWidget) -> None:
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()
