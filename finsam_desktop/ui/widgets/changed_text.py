"""One side of a comparison: words that differ are marked by line, ground and weight, not by colour alone."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from finsam_desktop.domain.word_changes import Kind, Piece, told, word_changes
from finsam_desktop.ui.theme import current_theme

NOTHING = "(tomt)"
THIN = "\u2009"


class ChangedText(QLabel):
    """A text beside another: words it has alone are underlined, words it lost are struck through.

    ``show_text`` shows it as it is; ``show_change`` shows what became of an earlier text. Links are never made.
    """

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._pieces: tuple[Piece, ...] = ()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        current_theme().changed.connect(self._draw)
        self._draw()

    def set_name(self, name: str) -> None:
        """What a screen reader says before the text."""
        self._name = name

    def show_text(self, text: str) -> None:
        """Show a text as it is."""
        self._show((Piece(kind=Kind.SAME, text=text),) if text else ())

    def show_change(self, before: str, after: str) -> None:
        """Show ``after`` with what is new marked, and what is gone of ``before`` struck through."""
        self._show(word_changes(before, after))

    def pieces(self) -> tuple[Piece, ...]:
        """What is shown, for tests."""
        return self._pieces

    def _show(self, pieces: tuple[Piece, ...]) -> None:
        self._pieces = pieces
        left = "".join(piece.text for piece in pieces if piece.kind is not Kind.REMOVED)
        self.setAccessibleName(f"{self._name}: {left or NOTHING}")
        self.setAccessibleDescription(told(pieces))
        self._draw()

    def _draw(self) -> None:
        theme = current_theme()
        self.setFont(theme.font("body"))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, theme.color("text"))
        self.setPalette(palette)
        looks = {
            Kind.SAME: "",
            Kind.ADDED: f"text-decoration: underline; font-weight: 600; color: {theme.color('ok').name()}; "
            f"background-color: {theme.color('ok_bg').name()};",
            Kind.REMOVED: f"text-decoration: line-through; color: {theme.color('err').name()}; "
            f"background-color: {theme.color('err_bg').name()};",
        }
        html, before = "", Kind.SAME
        for piece in self._pieces:
            # What is gone and what came in its place stand apart, so that they are not read as one word.
            html += THIN if (before, piece.kind) == (Kind.REMOVED, Kind.ADDED) else ""
            html += f'<span style="{looks[piece.kind]}">{_html(piece.text)}</span>'
            before = piece.kind
        if not any(piece.text for piece in self._pieces):
            html = f'<span style="color: {theme.color("text2").name()}">{NOTHING}</span>'
        self.setText(html)


def _html(text: str) -> str:
    """The text with its line breaks and runs of spaces, and no markup of its own."""
    return escape(text).replace("  ", " \u00a0").replace("\n", "<br>")
