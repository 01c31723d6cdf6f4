"""Background work in the status bar: what, which file, how many left, and a list of all jobs."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from finsam_desktop.ui.jobs import Job, Jobs
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import IconButton
from finsam_desktop.ui.widgets.surfaces import IconLabel, paint_focus_frame


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.share: float | None = None

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(96), current_theme().px(6))

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        height = theme.px(6)
        top = (self.height() - height) / 2
        painter.setBrush(theme.color("line2"))
        painter.drawRoundedRect(0, round(top), self.width(), height, 3, 3)
        painter.setBrush(theme.color("accent"))
        width = round(self.width() * (0.35 if self.share is None else self.share))
        painter.drawRoundedRect(0, round(top), width, height, 3, 3)
        painter.end()


class ProgressArea(QWidget):
    """The oldest job that is running; hidden when none is. Clicking it opens the list of jobs."""

    list_opened = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._jobs = jobs
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._text = IconLabel("file-cog", "")
        self._bar = _Bar()
        self._cancel = IconButton("x", "Avbryt arbetet", size=13)
        self._cancel.clicked.connect(self._cancel_first)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(4), 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._text)
        row.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._cancel)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        jobs.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the state of the oldest running job."""
        running = self._jobs.shown()
        self.setVisible(bool(running))
        if not running:
            return
        job = running[0]
        self._text.set_text(job.in_words())
        self._bar.share = job.share
        self._bar.update()
        self._cancel.setVisible(job.can_be_cancelled)
        self.setAccessibleName(f"Bakgrundsarbete: {job.in_words()}")

    def _cancel_first(self) -> None:
        running = self._jobs.shown()
        if running:
            running[0].cancel()

    def show_jobs(self) -> None:
        """Open the list of jobs that run; choosing one stops it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for job in self._jobs.shown():
            action = menu.addAction(f"Avbryt: {job.in_words()}" if job.can_be_cancelled else job.in_words())
            action.setEnabled(job.can_be_cancelled)
            action.setData(job)
        menu.triggered.connect(self._chosen)
        menu.popup(self.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
        self.list_opened.emit()

    def _chosen(self, action: object) -> None:
        job = action.data()  # type: ignore[attr-defined]
        if isinstance(job, Job):
            job.cancel()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.show_jobs()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.show_jobs()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            paint_focus_frame(self)
