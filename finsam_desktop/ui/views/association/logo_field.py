"""The association's logo: dropped or chosen, shown as it is, and taken away."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from finsam_desktop.files.logo_files import ENDINGS, read_logo
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.drop_zone import DropZone

_NONE = "Dra hit er logotyp, PNG eller JPEG"
_THERE = "Står i dokumentens huvud. Dra hit en annan för att byta"
_HEIGHT = 44


class LogoField(QWidget):
    """Changes ``letterhead.logo``; the picture is stored in the file."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._shown = ""
        self.picture = QLabel()
        self.picture.setAccessibleName("Logotypen som den är nu")
        self.picture.hide()
        self.zone = DropZone(_NONE, endings=ENDINGS, icon="image-up")
        self.zone.dropped.connect(self._dropped)
        self.zone.choose_pressed.connect(self._choose)
        self.remove = link_button("Ta bort logotypen")
        self.remove.clicked.connect(self._remove)
        self.remove.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().px(12))
        row.addWidget(self.picture)
        row.addWidget(self.zone, 1)
        row.addWidget(self.remove)

    def refresh(self) -> None:
        """Show the logo the association has."""
        session = self._shell.session
        logo = session.association.letterhead.logo
        if logo == self._shown:
            return
        self._shown = logo
        content = session.guarded(partial(session.workspace.file, logo)) if logo else None
        pixmap = QPixmap()
        if content is not None and pixmap.loadFromData(content):
            ratio = self.devicePixelRatioF()
            height = round(current_theme().px(_HEIGHT) * ratio)
            scaled = pixmap.scaledToHeight(height, Qt.TransformationMode.SmoothTransformation)
            widest = round(current_theme().px(4 * _HEIGHT) * ratio)
            if scaled.width() > widest:
                scaled = pixmap.scaledToWidth(widest, Qt.TransformationMode.SmoothTransformation)
            scaled.setDevicePixelRatio(ratio)
            self.picture.setPixmap(scaled)
        self.picture.setVisible(not pixmap.isNull())
        self.remove.setVisible(bool(logo))
        self.zone.set_text(_THERE if logo else _NONE)

    def take(self, path: Path) -> None:
        """Take a picture as the logo; a fault is told and nothing changes."""
        session = self._shell.session
        content = session.guarded(partial(read_logo, path))
        sha256 = (
            session.guarded(partial(session.workspace.add_file, content)) if content is not None else None
        )
        if sha256 is not None:
            self._set(sha256, "Ny logotyp")

    def _set(self, sha256: str, label: str) -> None:
        before = self._shell.session.association
        letterhead = replace(before.letterhead, logo=sha256)
        self._shell.session.change(label, before, replace(before, letterhead=letterhead), tell=True)

    def _dropped(self, files: tuple[Path, ...]) -> None:
        self.take(files[0])

    def _choose(self) -> None:
        self._shell.dialogs.open_file("Välj logotyp", "Bilder (*.png *.jpg *.jpeg)", self.take)

    def _remove(self) -> None:
        self._set("", "Ta bort logotypen")
