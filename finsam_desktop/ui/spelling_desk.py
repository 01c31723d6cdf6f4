"""Spelling follows the open file: its own words and names, the setting, and what is put into its list."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from finsam_desktop.ui.page_press import WITHOUT
from finsam_desktop.ui.spelling import current_speller
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.prose_line import ProseLine
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit

if TYPE_CHECKING:
    from finsam_desktop.ui.main_window import MainWindow


class SpellingDesk(QObject):
    """One for the window. ``FINSAM_WITHOUT=spelling`` keeps the dictionary from being loaded."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        speller = current_speller()
        speller.listed.connect(self._list_word)
        speller.failed.connect(self._failed)
        window.session.changed.connect(self._follow)
        window.session.closed.connect(self._closed)
        window.actions.handle("spell_word", self.spell_word)

    def start(self) -> None:
        """A file has been opened."""
        self._follow()
        is_wanted = "spelling" not in os.environ.get(WITHOUT, "")
        current_speller().set_on(self._window.settings.settings.spelling and is_wanted)

    def spell_word(self) -> None:
        """Open the menu of the unknown word where one writes, or of the next one."""
        field = QApplication.focusWidget()
        if not isinstance(field, GrowingTextEdit | ProseLine):
            self._window.notify(
                Notice(text="Ställ dig i en text, så visas förslag för ordet som är understruket.")
            )
        elif not field.open_spelling_menu():
            self._window.notify(Notice(text="Inga ord i texten är understrukna."))

    def _follow(self, _change: object = None) -> None:
        current_speller().know_association(self._window.session.association)

    def _closed(self) -> None:
        current_speller().know_association(None)
        current_speller().set_on(False)

    def _failed(self, problem: str) -> None:
        self._window.notify(Notice(text=problem, state=State.CONSIDER))

    def _list_word(self, word: str, is_in: bool) -> None:
        session = self._window.session
        if not session.is_open:
            return
        self._window.flush()
        before = session.association
        others = tuple(one for one in before.own_words if one != word)
        words = tuple(sorted((*others, word), key=str.casefold)) if is_in else others
        what = "Lägg till" if is_in else "Ta bort"
        where = "i" if is_in else "ur"
        session.change(
            f"{what} ”{word}” {where} ordlistan", before, replace(before, own_words=words), tell=True
        )
