"""Välkommen: the ways in and the files opened lately to the left, the guide to the first kallelse to the right."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSize, QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from finsam_desktop import guide_draft, prepared
from finsam_desktop.errors import UserError
from finsam_desktop.guide import FIELDS, Answers, from_prepared
from finsam_desktop.settings import data_folder
from finsam_desktop.ui import icons
from finsam_desktop.ui.dialog_service import FINSAM_FILES, OPENED_FILES
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.views.page import TallGround
from finsam_desktop.ui.views.welcome.guide_form import GuideForm
from finsam_desktop.ui.views.welcome.guide_work import Beginning, Begun, Reading
from finsam_desktop.ui.widgets.buttons import link_button, primary_button, secondary_button
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import HairLine, IconLabel, Label, Pane, empty, paint_focus_frame

if TYPE_CHECKING:
    from finsam_desktop.prepared import Prepared


_COUNT = {7: "Sju", 8: "Åtta"}


def make(shell: Shell) -> View:
    """The view of the place "welcome"."""
    return WelcomeView(shell)


class WelcomeView(View):
    """What is shown while no file is open."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._prepared: Prepared | None = None
        self.form = GuideForm(today=shell.session.today, folder=self._folder)
        self.form.place_wanted.connect(self._ask_where)
        self.form.kept.connect(self._keep)
        self._create = primary_button("Skapa kallelsen", "file-check")
        self._create.clicked.connect(self._make_all)
        self.only = secondary_button("Skapa bara förbundet")
        self.only.clicked.connect(self._make_only)
        self._start_over = link_button("Börja om")
        self._start_over.setAccessibleDescription("Tömmer fälten")
        self._start_over.clicked.connect(self._empty)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._left = self._make_left()
        self._right = self._make_right()
        self._row.addWidget(self._left)
        self._row.addWidget(self._right, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = current_theme().px
        # Never narrower than its longest word: it does not scroll sideways.
        page = self._left.widget()
        least = page.minimumSizeHint().width() if page is not None else 0
        least += self._left.verticalScrollBar().sizeHint().width()
        self._left.setFixedWidth(max(px(300), least, min(px(520), round(self.width() * 0.37))))
        self._settle()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle()

    def _settle(self) -> None:
        """Lay out both halves at once. Left to the event loop it takes several rounds, and texts that wrap are cut
        until the last of them."""
        self._row.activate()
        for area in (self._left, self._right):
            ground = area.widget()
            layout = ground.layout() if ground is not None else None
            if ground is not None and layout is not None:
                layout.activate()
                QCoreApplication.sendEvent(ground, QEvent(QEvent.Type.LayoutRequest))

    def head(self) -> Head:
        return Head(title="", hidden=True)

    def primary(self) -> QPushButton:
        return self._create

    def panes(self) -> tuple[QWidget, ...]:
        return (self._left, self._right)

    def show_target(self, target: str) -> None:
        """The ways in; what an unfinished guide held is there again, and a preset is read and offered."""
        self._fill_recent()
        kept = guide_draft.kept(data_folder())
        if kept is not None:
            self.form.show_answers(kept)
            self._say("history", "Det du skrev förra gången är kvar. Fortsätt där du var.")
        self._read_preset(prepared.beside_program(), fill=kept is None)
        self._start_over.setVisible(kept is not None)
        self.form.name.setFocus()

    def flush(self) -> None:
        """Keep what is written, for the next time."""
        self.form.flush()

    def _say(self, icon: str, text: str) -> None:
        self._told.set_look(icon, "accent")
        self._told.set_text(text)
        self._told.show()

    # -- left -----------------------------------------------------------------------------------------

    def _make_left(self) -> QScrollArea:
        px = current_theme().px
        area, inner = _scrolling(self, TallGround("side"))
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(48), px(44), px(48), px(24))
        column.setSpacing(px(4))
        mark = QHBoxLayout()
        mark.setSpacing(px(14))
        mark.addWidget(_Mark())
        mark.addWidget(Label("Finsam Desktop", "editor_title"))
        mark.addStretch(1)
        column.addLayout(mark)
        column.addSpacing(px(20))
        column.addWidget(Label("Från förra årets papper till kallelse och protokoll", "display", wrap=True))
        column.addSpacing(px(14))
        column.addWidget(
            Label(
                "Fyll i det viktigaste. Resten tas ur era egna handlingar eller fylls i när det behövs.",
                "body", "text2", wrap=True,
            )
        )  # fmt: skip
        column.addSpacing(px(30))
        column.addWidget(HairLine("line2"))
        self._new = _WayIn("circle-plus", "Nytt förbund", "Åtta fält till den första kallelsen")
        self._new.pressed.connect(self._start_form)
        self._open = _WayIn(
            "folder-open", "Öppna en fil", "Ett förbund som redan finns, eller ett mötespaket"
        )
        self._open.pressed.connect(self._open_file)
        self._example = _WayIn(
            "book-open", "Titta på exempelförbundet", "Ett helt år att prova på, i en egen kopia"
        )
        self._example.pressed.connect(self._open_example)
        for way in (self._new, self._open, self._example):
            column.addWidget(way)
            column.addWidget(HairLine("line2"))
        column.addSpacing(px(22))
        self._recent_head = Label("Senast öppnade", "label", "text2")
        column.addWidget(self._recent_head)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        column.addLayout(self._recent)
        column.addStretch(1)
        safe = QHBoxLayout()
        safe.setSpacing(px(8))
        safe.addWidget(_Glyph("lock"))
        safe.addWidget(
            Label("Allt stannar på den här datorn. Ingen inloggning, inget nät.", "meta", "text2", wrap=True),
            1,
        )
        column.addLayout(safe)
        return area

    def _fill_recent(self) -> None:
        empty(self._recent)
        files = self.shell.session.recent_files[:5]
        self._recent_head.setVisible(bool(files))
        for path in files:
            row = _RecentFile(path, _when(path, self.shell.session.today))
            row.pressed.connect(self._open_recent)
            self._recent.addWidget(row)
            row.show()  # a layout does not count a row that is yet to be shown
        self._settle()

    # -- right ----------------------------------------------------------------------------------------

    def _make_right(self) -> QScrollArea:
        px = current_theme().px
        area, holder = _scrolling(self, TallGround("base"))
        inner = Pane("base", parent=holder)
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(40), px(52), px(40), px(32))
        column.setSpacing(px(4))
        column.addWidget(Label("Nytt förbund", "editor_title"))
        column.addWidget(
            Label(
                f"{_COUNT[len(FIELDS)]} fält till den första kallelsen. Allt går att ändra senare.",
                "body", "text2", wrap=True,
            )
        )  # fmt: skip
        self._told = IconLabel("info", "", "body", "accent", wrap=True)
        self._told.hide()
        column.addSpacing(px(6))
        column.addWidget(self._told)
        column.addSpacing(px(12))
        column.addWidget(self.form)
        column.addSpacing(px(16))
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self._start_over)
        foot.addStretch(1)
        foot.addWidget(self.only)
        foot.addWidget(self._create)
        column.addLayout(foot)
        column.addStretch(1)
        inner.setMaximumWidth(px(780))
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(inner, 100)
        row.addStretch(1)
        return area

    # -- what is done ---------------------------------------------------------------------------------

    def _open_file(self) -> None:
        recent = self.shell.session.recent_files
        folder = recent[0].parent if recent else Path.home()
        self.shell.dialogs.open_file("Öppna en fil", OPENED_FILES, self._open_chosen, folder)

    def _open_chosen(self, path: Path) -> None:
        self.shell.session.open(path)

    def _open_recent(self, name: str) -> None:
        self.shell.session.open(Path(name))

    def _open_example(self) -> None:
        self.shell.open_example()

    def _start_form(self) -> None:
        self.form.name.setFocus()

    def _folder(self) -> Path:
        """Where the file is put unless the user says otherwise."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return next(
            (path for path in (Path(documents), Path.home()) if documents and path.is_dir()), Path.home()
        )

    def _ask_where(self) -> None:
        suggestion = self.form.file_path()
        self.shell.dialogs.save_file("Var filen ska ligga", FINSAM_FILES, self.form.set_file, suggestion)

    def _keep(self, answers: Answers) -> None:
        guide_draft.keep(data_folder(), answers)
        self._start_over.setVisible(answers != Answers())

    def _empty(self) -> None:
        guide_draft.forget(data_folder())
        self.form.show_answers(Answers())
        self._told.hide()
        self._start_over.hide()
        self._read_preset(prepared.beside_program(), fill=True)
        self.form.name.setFocus()

    # -- what is prepared -----------------------------------------------------------------------------

    def _read_preset(self, path: Path | None, *, fill: bool) -> None:
        """Read the preset in the background; a fault in it is told and stops nothing."""
        if path is not None and self._prepared is None:
            self.shell.jobs.run(
                Reading(path),
                label=f"Läser {path.name}",
                on_done=partial(self._show_prepared, fill),
                on_error=self._failed,
                cancel=False,
            )
        elif fill and self._prepared is not None:
            self._show_prepared(True, self._prepared)

    def _show_prepared(self, fill: bool, found: object) -> None:
        if not isValid(self):
            return
        self._prepared = found  # type: ignore[assignment]
        answers = from_prepared(self._prepared.association)  # type: ignore[union-attr]
        if fill and self.form.answers() == Answers():
            self.form.show_answers(answers)
            self._say("circle-check", f"{answers.name} är förberett. Det som redan är känt är ifyllt.")
        elif self.form.answers().name == answers.name:
            self.form.set_prepared(answers.prepared)

    # -- making ---------------------------------------------------------------------------------------

    def _make_only(self) -> None:
        self._begin(meeting=False)

    def _make_all(self) -> None:
        self._begin(meeting=True)

    def _begin(self, *, meeting: bool) -> None:
        """Make the file, and the meeting with its kallelse, in the background."""
        if not self.form.check(meeting=meeting):
            return
        answers = self.form.answers()
        files = self._prepared.files if self._prepared is not None and answers.prepared is not None else {}
        self._enable(False)
        self.shell.jobs.run(
            Beginning(answers, self.form.file_path(), dict(files), self.shell.session, meeting=meeting),
            label="Skapar förbundet",
            on_done=self._begun,
            on_error=self._failed,
            cancel=False,
        )

    def _begun(self, begun: object) -> None:
        assert isinstance(begun, Begun)
        guide_draft.forget(data_folder())
        if isValid(self):
            self.form.show_answers(Answers())
        if not begun.meeting_id:
            self.shell.session.open(begun.file)
            return
        if not self.shell.open_at(begun.file, f"first_steps/{begun.meeting_id}"):
            return
        if begun.fault is not None:
            self.shell.session.failed.emit(begun.fault)
        elif begun.notice is not None:
            self.shell.notify(
                Notice(
                    text=f"Kallelsen är skapad och öppnas i Word: {begun.notice.name}",
                    action="Öppna mapp",
                    on_action=partial(_open_outside, begun.notice.parent),
                )
            )
            _open_outside(begun.notice)

    def _failed(self, error: Exception) -> None:
        if isValid(self):
            self._enable(True)
        if not isinstance(error, UserError):
            raise error
        self.shell.notify(Notice(text=str(error), state=State.MUST_MEND, detail=error.detail))

    def _enable(self, on: bool) -> None:
        self._create.setEnabled(on)
        self.only.setEnabled(on)


def _open_outside(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _when(path: Path, today: dt.date) -> str:
    """When a file was last written: "I dag 16.20", "I går 16.20" or "15 oktober"."""
    from finsam_desktop.domain import wording

    try:
        at = dt.datetime.fromtimestamp(path.stat().st_mtime)
    except OSError:
        return ""
    days = (today - at.date()).days
    if days in (0, 1):
        return f"{('I dag', 'I går')[days]} {wording.clock(at.time())}"
    return wording.long_date(at.date())


def _scrolling(parent: QWidget, inner: QWidget) -> tuple[QScrollArea, QWidget]:
    """A scroll area with an empty page in it. Filled after: moving a full page costs a style pass per widget."""
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area, inner


class _Painted(QWidget):
    """A row that is pressed like a button and shows the focus."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def _press(self) -> None:
        self.pressed.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._press()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._press()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.underMouse():
            painter = QPainter(self)
            painter.fillRect(self.rect(), current_theme().color("accent_bg2"))
            painter.end()
        if self.hasFocus():
            paint_focus_frame(self)


class _WayIn(_Painted):
    def __init__(self, icon: str, title: str, meta: str) -> None:
        super().__init__()
        px = current_theme().px
        self.setAccessibleName(title)
        self.setAccessibleDescription(meta)
        text = QVBoxLayout()
        text.setSpacing(px(3))
        text.addWidget(Label(title, "body_strong"))
        text.addWidget(Label(meta, "meta", "text2", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(4), px(9), px(6), px(9))
        row.setSpacing(px(14))
        row.addWidget(_Glyph(icon, 20, accent=True))
        row.addLayout(text, 1)
        row.addWidget(_Glyph("chevron-right", 16))


class _RecentFile(_Painted):
    pressed = Signal(str)

    def __init__(self, path: Path, when: str) -> None:
        super().__init__()
        px = current_theme().px
        self._path = path
        self.setAccessibleName(f"{path.name}, {when}")
        self.setToolTip(str(path))
        # The name may not make the pane wider than it is; what does not fit is said by the tooltip.
        self._name = Label(path.name, "body_medium")
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        text = QVBoxLayout()
        text.setSpacing(px(1))
        text.addWidget(self._name)
        text.addWidget(Label(when, "meta", "text2", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(2), px(6), 0, px(6))
        row.setSpacing(px(10))
        row.addWidget(_Glyph("file", 16))
        row.addLayout(text, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        layout = self.layout()
        if layout is not None:
            layout.activate()
        metrics = self._name.fontMetrics()
        self._name.setText(
            metrics.elidedText(self._path.name, Qt.TextElideMode.ElideMiddle, self._name.width())
        )

    def _press(self) -> None:
        self.pressed.emit(str(self._path))


class _Glyph(QWidget):
    def __init__(self, name: str, size: int = 16, *, accent: bool = False) -> None:
        super().__init__()
        self._name, self._size, self._accent = name, size, accent

    def sizeHint(self) -> QSize:
        side = current_theme().px(self._size)
        return QSize(side, side)

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        side = theme.px(self._size)
        painter = QPainter(self)
        colour = theme.color("accent" if self._accent else "text2")
        icons.paint_icon(painter, self._name, 0, (self.height() - side) / 2, side, colour)
        painter.end()


class _Mark(_Glyph):
    def __init__(self) -> None:
        super().__init__("finsam", 40, accent=True)
        self.setAccessibleName("Finsam Desktop")
