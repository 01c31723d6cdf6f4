"""The right side of a mötespaket that came back: one change side by side, one comment, or one approval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.parcel_values import Comment
from finsam_desktop.domain.parcel_words import FieldChange
from finsam_desktop.ui.models.answer_model import DECLINED, OPEN, TAKEN
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.chair.approval import approval_words
from finsam_desktop.ui.views.minutes.comment_rows import signed
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.views.parcels.compare import SideBySide, Version
from finsam_desktop.ui.widgets.buttons import link_button, secondary_button
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label

if TYPE_CHECKING:
    from finsam_desktop.parcels.returning import ReturnedApproval

SENT, MINE, WAS = "När paketet skickades", "Hos dig nu", "Hos dig förut"
CLASH = "Du har också ändrat här sedan paketet skickades. Ta emot byter ut din text mot den som kom."
KEYS = "J tar emot, N avböjer, pilarna går mellan ändringarna."
STANDS = "Det som justerades är det som står."
WAITS = "Gå först igenom ändringarna: det som justerades är protokollet med dem."


class AnswerPage(Page):
    """What is chosen in the list, with the buttons that settle it; each gives a signal of its own."""

    take_pressed = Signal()
    decline_pressed = Signal()
    item_pressed = Signal()
    confirm_pressed = Signal()
    handled_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Ändringen", text_width=1100, parent=parent)
        theme = current_theme()
        self._place = Label("", "meta_strong", "text2", wrap=True)
        self._title = Label("", "editor_title", wrap=True)
        self._why = IconLabel("triangle-alert", "", "body", "warn", wrap=True)
        self._needs = IconLabel("info", "", "body", "text2", wrap=True)
        self.sides = SideBySide()
        self._text = Label("", "body", wrap=True)
        self.became = IconLabel("circle-check", "", "body_medium", "ok", wrap=True)
        self.take = secondary_button("Ta emot", "check")
        self.decline = secondary_button("Avböj", "x")
        self.confirm = secondary_button("Anteckna justeringen", "circle-check")
        self.handled = secondary_button("Kommentaren är hanterad", "check")
        self.go = link_button("Till ärendet", "chevron-right")
        self._keys = Label(KEYS, "meta", "text2", wrap=True)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for button in (self.take, self.decline, self.confirm, self.handled, self.go):
            row.addWidget(button)
        row.addStretch(1)
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addWidget(self._place)
        column.addWidget(self._title)
        self.add(head)
        for widget in (self._why, self.sides, self._text, self._needs, self.became, buttons, self._keys):
            self.add(widget)
        self.take.clicked.connect(self.take_pressed)
        self.decline.clicked.connect(self.decline_pressed)
        self.go.clicked.connect(self.item_pressed)
        self.confirm.clicked.connect(self.confirm_pressed)
        self.handled.clicked.connect(self.handled_pressed)

    def show_change(
        self, one: FieldChange, became: str, sender: str, needed: tuple[str, ...], *, can_write: bool
    ) -> None:
        """Show a change. ``needed`` are names of what is taken in with it."""
        self._say(one.place, one.field)
        theirs, stood = f"Från {sender}", WAS if became == TAKEN else MINE
        versions: tuple[Version, ...]
        if one.conflict:
            versions = (
                Version(name=SENT, text=one.old),
                Version(name=stood, text=one.mine, before=one.old),
                Version(name=theirs, text=one.theirs, before=one.old),
            )
        else:
            versions = (
                Version(name=stood, text=one.mine),
                Version(name=theirs, text=one.theirs, before=one.mine),
            )
        self.sides.show_versions(versions)
        self._why.set_text(one.why or CLASH)
        needs = wording.join_names(needed)
        self._needs.set_text(f"Följer med när du tar emot: {needs}.")
        self._show_became(became)
        self._shown(
            sides=True,
            why=one.conflict and became == OPEN,
            needs=bool(needed) and became == OPEN,
            take=can_write and one.acceptable and became != TAKEN,
            decline=can_write and became == OPEN,
            go=bool(one.item_id),
            keys=can_write and became == OPEN,
            became=became != OPEN,
        )

    def show_comment(self, comment: Comment, place: str, *, is_handled: bool, can_write: bool) -> None:
        """Show a comment."""
        self._say(place, signed(comment))
        self._text.setText(comment.text)
        self.handled.setText("Kommentaren är inte hanterad" if is_handled else "Kommentaren är hanterad")
        self._shown(text=True, go=bool(comment.item_id), handled=can_write)

    def show_approval(
        self, found: ReturnedApproval, *, is_noted: bool, changes_wait: bool, can_write: bool
    ) -> None:
        """Show an approval and whether it still is of what stands."""
        one = found.approval
        self._say("Justering", one.name)
        changed = wording.join_names(found.changed)
        self._text.setText(approval_words(one))
        why = f"Det som står nu är inte det som justerades: {changed}."
        self._why.set_text(f"{why} {WAITS}" if changes_wait else why)
        self.became.set_text("Justeringen är antecknad i protokollet." if is_noted else STANDS)
        self.became.set_look("circle-check", "ok")
        self._shown(
            text=True,
            why=bool(found.changed),
            became=not found.changed or is_noted,
            confirm=can_write and not found.changed and not is_noted,
        )

    def show_nothing(self, text: str) -> None:
        """Nothing is chosen, or nothing came."""
        self._say("", text)
        self._shown()

    def _say(self, place: str, title: str) -> None:
        self._place.setText(place)
        self._title.setText(title)
        self._place.setVisible(bool(place))

    def _show_became(self, became: str) -> None:
        declined = became == DECLINED
        text = (
            "Avböjd. Det som stod hos dig står kvar." if declined else "Mottagen. Går att ångra med Ctrl+Z."
        )
        self.became.set_text(text)
        self.became.set_look("x" if declined else "circle-check", "text2" if declined else "ok")

    def _shown(self, **shown: bool) -> None:
        widgets = {
            "sides": self.sides, "why": self._why, "needs": self._needs, "text": self._text, "became": self.became,
            "take": self.take, "decline": self.decline, "confirm": self.confirm, "handled": self.handled,
            "go": self.go, "keys": self._keys,
        }  # fmt: skip
        for name, widget in widgets.items():
            widget.setVisible(shown.get(name, False))
