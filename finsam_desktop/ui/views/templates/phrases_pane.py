"""Fraser: the association's own phrases for the minutes, and those that come with the program."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from finsam_desktop.domain.association import Phrase
from finsam_desktop.domain.phrases import HOTKEYS, VARIABLES, merged
from finsam_desktop.files.phrase_files import standard_phrases
from finsam_desktop.ui.models.row_model import Row
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.register_pane import RegisterPane
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit, TextField

NOTE = (
    "Inom klammer fylls det som är känt i: "
    + ", ".join(f"{{{name}}}" for name in VARIABLES)
    + ". Andra ord inom klammer lämnas för den som skriver."
)


class PhrasesPane(RegisterPane):
    """The third tab of Mallar. A row's key is the phrase's own key, with "egen:" or "program:" before it."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, "Fraser", "Ny fras", "Ta bort frasen", parent)
        self._key, self._text = TextField(), GrowingTextEdit("", "Frasens text", min_lines=3)
        self._key_row = FormRow("Namn, det som skrivs efter #", self._key, "Ett ord utan mellanslag.")
        self._own = link_button("Gör en egen av frasen", "copy")
        self._own.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._own.clicked.connect(self._make_own)
        self._key.edited.connect(self._key_edited)
        self._text.edited.connect(self._text_edited)
        self.lay_out(self._key_row, FormRow("Text", self._text), self._own, width=640, note=NOTE)

    # -- what the register asks -----------------------------------------------------------------------

    def rows(self) -> tuple[Row, ...]:
        own = self._phrases()
        shown = merged(own, self._standard())
        keys = {id(p): f"Ctrl+Skift+{n}" for n, p in enumerate(shown[:HOTKEYS], start=1)}
        rows: list[Row] = []
        for title, kind, phrases in (
            ("Egna fraser", "egen", own),
            ("Programmets fraser", "program", shown[len(own) :]),
        ):
            if phrases:
                rows.append(Row(title=title, heading=True, time=str(len(phrases))))
            rows += [
                Row(
                    title=f"#{p.key}" if p.key else "Namn saknas",
                    key=f"{kind}:{p.key}",
                    meta=p.text,
                    time=keys.get(id(p), ""),
                )
                for p in phrases
            ]
        return tuple(rows)

    def texts(self) -> tuple[TextField, ...]:
        return (self._key,)

    def flush(self) -> None:
        super().flush()
        self._text.flush()

    def fill(self) -> bool:
        phrase, own = self._shown_phrase(), self.shown.startswith("egen:")
        if phrase is None:
            return False
        self._key.set_text(phrase.key)
        self._text.set_text(phrase.text)
        for field in (self._key, self._text):
            field.setReadOnly(not own)
        self._own.setVisible(not own)
        self._drop.setVisible(own)
        self._key_row.set_remark("")
        return True

    def primary(self) -> QPushButton | None:
        """The view's filled button: none, all is saved as it is written."""
        return None

    def panes(self) -> tuple[QWidget, ...]:
        return (self._list, self._form)

    def add(self) -> None:
        """A new phrase of one's own."""
        self.flush()
        self._add_own(Phrase(key=self._free_key("fras"), text="Ny fras."))
        self._key.setFocus()
        self._key.selectAll()

    def remove(self) -> None:
        phrase = self._shown_phrase()
        if phrase is None or not self.shown.startswith("egen:"):
            return
        before = self._shell.session.association
        kept = tuple(one for one in before.phrases if one != phrase)
        self._shell.session.change(
            f"Ta bort frasen {phrase.key}", before, replace(before, phrases=kept), tell=True
        )

    # -- changing -------------------------------------------------------------------------------------

    def _phrases(self) -> tuple[Phrase, ...]:
        return self._shell.session.association.phrases

    def _standard(self) -> tuple[Phrase, ...]:
        return self._shell.session.guarded(standard_phrases) or ()

    def _shown_phrase(self) -> Phrase | None:
        kind, _, key = self.shown.partition(":")
        phrases = self._phrases() if kind == "egen" else self._standard()
        return next((phrase for phrase in phrases if phrase.key == key), None)

    def _make_own(self) -> None:
        """The association's own phrase in place of the program's with the same name."""
        phrase = self._shown_phrase()
        if phrase is not None:
            self._add_own(phrase)

    def _add_own(self, phrase: Phrase) -> None:
        before = self._shell.session.association
        after = replace(before, phrases=(*before.phrases, phrase))
        self._shell.session.change("Lägg till fras", before, after)
        self.choose(f"egen:{phrase.key}")

    def _free_key(self, word: str) -> str:
        taken = {phrase.key.casefold() for phrase in self._phrases()}
        numbered = (word, *(f"{word}{number}" for number in range(2, len(taken) + 3)))
        return next(key for key in numbered if key not in taken)

    def _key_edited(self, text: str) -> None:
        """A name that is taken, or cannot be typed after #, is told of and not taken in."""
        phrase, key = self._shown_phrase(), text.strip().removeprefix("#")
        if phrase is None or not self.shown.startswith("egen:") or key == phrase.key:
            return
        others = {one.key.casefold() for one in self._phrases() if one != phrase}
        fault = ""
        if not key or any(sign.isspace() or sign == "#" for sign in key):
            fault = "Ett namn är ett ord, utan mellanslag."
        elif key.casefold() in others:
            fault = f"Det finns redan en egen fras som heter {key}."
        if fault:
            self._key_row.set_remark(fault, State.CONSIDER)
            return
        self.shown = f"egen:{key}"
        self._replace(phrase, replace(phrase, key=key))

    def _text_edited(self, text: str) -> None:
        phrase = self._shown_phrase()
        if phrase is not None and self.shown.startswith("egen:"):
            self._replace(phrase, replace(phrase, text=text.strip()))

    def _replace(self, old: Phrase, new: Phrase) -> None:
        before = self._shell.session.association
        phrases = tuple(new if one is old else one for one in before.phrases)
        self._shell.session.change(
            f"Ändra frasen {new.key}", before, replace(before, phrases=phrases), merge=f"phrase:{new.key}"
        )
