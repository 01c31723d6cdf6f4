"""Files beside the association's own that can be taken with one click."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.surfaces import Label, empty

_MOST = 5


class NearFiles(QWidget):
    """The newest files with one of ``endings`` in the association's folder. ``chosen(Path)``.

    The folder is looked in when it is shown, not at every change: it may lie on a slow network. ``found(bool)`` says
    whether there was anything.
    """

    chosen = Signal(object)
    found = Signal(bool)

    def __init__(self, shell: Shell, endings: Collection[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell, self._endings = shell, frozenset(endings)
        self._shown: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, current_theme().px(10), 0, 0)
        self._column.setSpacing(current_theme().px(2))

    def refresh(self) -> None:
        """Look in the folder again; nothing is shown when it has no such files."""
        names = self._names()
        self.found.emit(bool(names))
        if names == self._shown:
            return
        self._shown = names
        empty(self._column)
        if names:
            self._column.addWidget(Label("I förbundets mapp", "label", "text2"))
        for name in names:
            button = link_button(name, "file-text")
            button.setProperty("file", name)
            button.clicked.connect(self._pressed)
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def buttons(self) -> dict[str, QPushButton]:
        """The buttons by file name."""
        shown = (self._column.itemAt(place) for place in range(self._column.count()))
        widgets = [entry.widget() for entry in shown if entry is not None]
        return {w.property("file"): w for w in widgets if isinstance(w, QPushButton)}

    def _names(self) -> tuple[str, ...]:
        path = self._shell.session.path
        if path is None:
            return ()
        try:
            # Word and Excel leave hidden files beside what they have open: "~$Budget.xlsx".
            found = [
                (each.stat().st_mtime, each.name)
                for each in path.parent.iterdir()
                if each.suffix.lower() in self._endings and not each.name.startswith(("~$", "."))
            ]
        except OSError:
            return ()
        return tuple(name for _, name in sorted(found, key=lambda each: (-each[0], each[1]))[:_MOST])

    def _pressed(self) -> None:
        path, button = self._shell.session.path, self.sender()
        if path is not None and button is not None:
            self.chosen.emit(path.parent / str(button.property("file")))
