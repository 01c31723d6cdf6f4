"""What was made, where it lies, and what to do with it: for a mötespaket that goes out or back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import secondary_button
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label

SAY_IT = "Säg lösenordet på telefon eller i ett sms, aldrig i samma mejl som filen."


class OpenFolder:
    """Shows a folder when it is called, also after the page is gone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeParcel:
    """A file that was made: where it lies, and whether it has a password."""

    path: Path
    protected: bool
    receiver: str = ""


class ParcelResult(QWidget):
    """Hidden until something is made. ``mail`` is pressed for a draft with the file attached."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.made: MadeParcel | None = None
        self._told = IconLabel("circle-check", "", "body_medium", "ok", wrap=True)
        self._next = Label("", "body", "text2", wrap=True)
        self.folder = secondary_button("Öppna mapp", "folder-open")
        self.mail = secondary_button("Mejlutkast", "mail")
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.folder)
        row.addWidget(self.mail)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        column.setSpacing(theme.px(8))
        column.addWidget(self._told)
        column.addWidget(self._next)
        column.addLayout(row)
        self.folder.clicked.connect(self._open)
        self.hide()

    def show_made(self, made: MadeParcel, *, can_mail: bool = True) -> None:
        """Show what was made."""
        self.made = made
        to = f" till {made.receiver}" if made.receiver else ""
        self._told.set_text(f"{made.path.name} är skapad i mappen {made.path.parent.name}.")
        send = f"Skicka filen{to} som bilaga i ett mejl."
        self._next.setText(f"{send} {SAY_IT}" if made.protected else send)
        self.mail.setVisible(can_mail)
        self.show()

    def _open(self) -> None:
        if self.made is not None:
            OpenFolder(self.made.path.parent)()


def unused(path: Path) -> Path:
    """The path, or one beside it with a number: a mötespaket that was made before is never written over."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free


def counted(count: int, one: str, many: str) -> str:
    """ "1 bilaga", "3 bilagor"."""
    return f"{count} {one if count == 1 else many}"


def moment(at: datetime) -> str:
    """ "2 november 2026 kl. 09.00"."""
    return f"{wording.long_date(at.date())} kl.{wording.NBSP}{wording.clock(at.time())}"
