"""The right side of a document that came back from Word: one change side by side, or what could not be placed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.documents.read_back_values import FieldChange, Remark, Tracked, Unplaced
from finsam_desktop.ui.models.read_back_model import signed
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.views.parcels.compare import SideBySide, Version
from finsam_desktop.ui.widgets.buttons import link_button, secondary_button
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label

BEFORE, WORD, NOW = "När dokumentet skapades", "I Word", "I programmet nu"
CLASH = "Texten är ändrad i programmet också. Ta in byter ut den mot texten i Word."
FREEZES = (
    "Texten skrivs av programmet. När du tar in den står din text i stället, och följer inte med längre."
)
LOOK = "Orden är desamma. Fetstil, kursiv, länk eller lista är ändrad."
KEYS = "J tar in eller godtar, N låter vara, pilarna går mellan raderna."
IS_IN = "Står i programmet. Går att ångra med Ctrl+Z."


class ReadBackPage(Page):
    """``yes_pressed()``, ``no_pressed()`` and ``item_pressed()`` of what is shown."""

    yes_pressed = Signal()
    no_pressed = Signal()
    item_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Ändringen", text_width=1100, parent=parent)
        theme = current_theme()
        self._place = Label("", "meta_strong", "text2", wrap=True)
        self._title = Label("", "editor_title", wrap=True)
        self.why = IconLabel("triangle-alert", "", "body", "warn", wrap=True)
        self._note = IconLabel("info", "", "body", "text2", wrap=True)
        self.sides = SideBySide()
        self._text = Label("", "body", wrap=True)
        self._became = IconLabel("circle-check", "", "body_medium", "ok", wrap=True)
        self.yes = secondary_button("Ta in", "check")
        self.no = secondary_button("Låt vara", "x")
        self.go = link_button("Till ärendet", "chevron-right")
        self._keys = Label(KEYS, "meta", "text2", wrap=True)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for button in (self.yes, self.no, self.go):
            row.addWidget(button)
        row.addStretch(1)
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addWidget(self._place)
        column.addWidget(self._title)
        for widget in (
            head, self.why, self.sides, self._text, self._note, self._became, buttons, self._keys,
        ):  # fmt: skip
            self.add(widget)
        self.yes.clicked.connect(self.yes_pressed)
        self.no.clicked.connect(self.no_pressed)
        self.go.clicked.connect(self.item_pressed)

    def show_change(
        self, one: FieldChange, tracked: tuple[Tracked, ...], *, left: bool, can_write: bool
    ) -> None:
        """Show a change with those who made it."""
        self._say(one.where, one.name)
        versions = [
            Version(name=BEFORE, text=one.before),
            Version(name=WORD, text=one.word, before=one.before),
        ]
        if one.conflict:
            versions.append(Version(name=NOW, text=one.now, before=one.before))
        self.sides.show_versions(tuple(versions))
        self.why.set_text(f"{one.problem} {one.advice}" if one.problem else CLASH)
        notes = [
            text for shown, text in ((one.look, LOOK), (one.freezes and one.can_be_taken, FREEZES)) if shown
        ]
        notes += [f"Spårad ändring av {signed(each.author, each.at)}." for each in tracked]
        self._note.set_text("\n".join(notes))
        self._became.set_text(IS_IN)
        self.yes.setText("Ta in")
        self.no.setText("Låt vara")
        open_ = one.can_be_taken and can_write
        self._shown(
            sides=True, why=bool(one.problem) or (one.conflict and one.can_be_taken), note=bool(notes),
            became=one.is_in, yes=open_, no=open_ and not left, go=bool(one.group.item_id), keys=open_,
        )  # fmt: skip

    def show_unplaced(self, one: Unplaced) -> None:
        """Show words that no field holds."""
        self._say(one.where, one.kind)
        self.why.set_text(f"{one.why} {one.advice}".strip())
        versions: tuple[Version, ...]
        if one.old and one.new:
            versions = (Version(name=BEFORE, text=one.old), Version(name=WORD, text=one.new, before=one.old))
        elif one.old:
            versions = (Version(name=BEFORE, text=one.old), Version(name=WORD, text="", before=one.old))
        else:
            versions = (Version(name=WORD, text=one.new, before=""),)
        self.sides.show_versions(versions)
        self._note.set_text(f"Står efter ”{one.after}”." if one.after else "")
        picture = not one.old and not one.new
        self._shown(sides=not picture, why=True, note=bool(one.after), go=bool(one.item_id))

    def show_tracked(self, one: Tracked, *, can_write: bool) -> None:
        """Show a tracked change and whether it is accepted."""
        self._say(one.where, signed(one.author, one.at))
        self.sides.show_versions(
            (
                Version(name="Före", text=one.removed),
                Version(name="Efter", text=one.added, before=one.removed),
            )
        )
        self._text.setText(
            f"Formatet är ändrat i ”{one.added}”. Orden är desamma." if one.kind == "format" else ""
        )
        self._became.set_text("Läses som godtagen." if one.accepted else "Läses utan ändringen.")
        self.yes.setText("Godta")
        self.no.setText("Godta inte")
        words = one.kind != "format" and can_write
        self._shown(
            sides=one.kind != "format", text=one.kind == "format", became=one.kind != "format",
            yes=words and not one.accepted, no=words and one.accepted, go=bool(one.item_id), keys=words,
        )  # fmt: skip

    def show_remark(self, one: Remark, *, is_kept: bool, can_write: bool) -> None:
        """Show a comment with its answers."""
        self._say(one.where, signed(one.comment.author, one.comment.at))
        lines = [f"Om ”{one.comment.quoted}”"] if one.comment.quoted else []
        lines.append(one.comment.text)
        lines += [f"{signed(reply.author, reply.at)}: {reply.text}" for reply in one.comment.replies]
        self._text.setText("\n\n".join(lines))
        self._became.set_text(
            "Finns bland sammanträdets kommentarer." if is_kept else "Markerad som löst i Word."
        )
        self.yes.setText("Spara som kommentar")
        self._shown(
            text=True,
            became=is_kept or one.comment.resolved,
            yes=can_write and not is_kept,
            go=bool(one.item_id),
        )

    def show_nothing(self, title: str, text: str = "") -> None:
        """Nothing is chosen, or nothing was found."""
        self._say("", title)
        self._text.setText(text)
        self._shown(text=bool(text))

    def _say(self, place: str, title: str) -> None:
        self._place.setText(place)
        self._title.setText(title)
        self._place.setVisible(bool(place))

    def _shown(self, **shown: bool) -> None:
        widgets = {
            "sides": self.sides, "why": self.why, "note": self._note, "text": self._text, "became": self._became,
            "yes": self.yes, "no": self.no, "go": self.go, "keys": self._keys,
        }  # fmt: skip
        for name, widget in widgets.items():
            widget.setVisible(shown.get(name, False))
