"""A place to drop files on, and the same by a button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.surfaces import IconLabel


def local_files(data: QMimeData, endings: tuple[str, ...] = ()) -> tuple[Path, ...]:
    """The files of a drag that lie on this computer and have one of the endings (all, when none are given)."""
    files = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    return tuple(file for file in files if not endings or file.suffix.lower() in endings)


class DropZone(QWidget):
    """Says what may be dropped and has "Välj fil". `dropped(tuple[Path, ...])`, `choose_pressed()`.

    `endings` are lower case with the dot; none means any file.
    """

    dropped = Signal(tuple)
    choose_pressed = Signal()

    def __init__(
        self,
        text: str,
        *,
        endings: tuple[str, ...] = (),
        icon: str = "upload",
        button: str = "Välj fil",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._endings = endings
        self._dragging = False
        self._label = IconLabel(icon, text, "body", "text2")
        self._button = link_button(button)
        self._button.clicked.connect(self._choose)
        self._button.setAccessibleDescription(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(8), theme.px(8), theme.px(8))
        row.addWidget(self._label, 1)
        row.addWidget(self._button)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def set_text(self, text: str) -> None:
        self._label.set_text(text)
        self._button.setAccessibleDescription(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(160), current_theme().px(44))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData(), self._endings):
            self._dragging = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._dragging = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._dragging = False
        self.update()
        files = local_files(event.mimeData(), self._endings)
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.color("ctl"), 1, Qt.PenStyle.DashLine)
        if self._dragging:
            pen = QPen(theme.color("accent"), theme.focus_width)
        painter.setPen(pen)
        painter.setBrush(theme.color("accent_bg2" if self._dragging else "sunk"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _choose(self) -> None:
        self.choose_pressed.emit()
