"""Last period's text at hand under a field: shown when asked for, taken in, or said to hold for this period too."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.surfaces import Label


class EarlierTextBar(QWidget):
    """Links under a text. ``kept(key)`` says that the text holds, ``fetched(key, text)`` gives it last period's."""

    kept = Signal(str)
    fetched = Signal(str, str)

    def __init__(self, key: str, of_what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._text = key, ""
        self.show_link = link_button("Förra periodens text", "chevron-right")
        self.show_link.setAccessibleName(f"Visa förra periodens text i {of_what}")
        self.fetch_link = link_button("Hämta in den", "corner-down-right")
        self.fetch_link.setAccessibleName(f"Hämta in förra periodens text i {of_what}")
        self.keep_link = link_button("Texten gäller", "check")
        self.keep_link.setAccessibleName(f"Texten i {of_what} gäller också den här perioden")
        self._words = Label("", "body", "text2", wrap=True)
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._words.setAccessibleName(f"Förra periodens text i {of_what}")
        self._words.hide()
        self.show_link.clicked.connect(self._toggle)
        self.fetch_link.clicked.connect(self._fetch)
        self.keep_link.clicked.connect(self._keep)
        line = QHBoxLayout()
        line.setSpacing(current_theme().px(8))
        for link in (self.keep_link, self.show_link, self.fetch_link):
            line.addWidget(link)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(4))
        column.addLayout(line)
        column.addWidget(self._words)

    def set_state(self, previous: str, text: str, *, carried: bool, read_only: bool) -> None:
        """``previous`` is last period's text, ``text`` this one's; nothing is shown where there was none."""
        self._text = previous
        same = text.strip() == previous.strip()
        self._words.setText(previous)
        self.keep_link.setVisible(carried and not read_only)
        self.show_link.setVisible(not same)
        self.fetch_link.setVisible(not text.strip() and not read_only)
        if same:
            self._words.hide()
            self.show_link.set_icon_name("chevron-right")
        self.setVisible(bool(previous.strip()) and (carried or not same))

    def _toggle(self) -> None:
        shown = self._words.isHidden()
        self._words.setVisible(shown)
        self.show_link.set_icon_name("chevron-down" if shown else "chevron-right")

    def _keep(self) -> None:
        self.kept.emit(self._key)

    def _fetch(self) -> None:
        self.fetched.emit(self._key, self._text)
