"""Välkommen: three ways in and the files opened lately to the left, the seven fields of a new association right."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
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

from finsam_desktop.ui import icons
from finsam_desktop.ui.dialog_service import FINSAM_FILES, OPENED_FILES
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.views.association_form import AssociationForm
from finsam_desktop.ui.views.page import TallGround
from finsam_desktop.ui.widgets.buttons import primary_button
from finsam_desktop.ui.widgets.surfaces import HairLine, Label, Pane, paint_focus_frame

if TYPE_CHECKING:
    from finsam_desktop.domain.association import Association


def make(shell: Shell) -> View:
    """The view of the place "welcome"."""
    return WelcomeView(shell)


class WelcomeView(View):
    """What is shown while no file is open."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.form = AssociationForm(today=shell.session.today)
        self._create = primary_button("Skapa förbundet")
        self._create.clicked.connect(self._ask_where)
        self.form.logo.choose_pressed.connect(self._choose_logo)
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
        self._left.setFixedWidth(max(px(300), min(px(520), round(self.width() * 0.37))))
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
        self._fill_recent()
        self.form.name.setFocus()

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
                "Fyll i det viktigaste om förbundet. Resten tas ur era egna handlingar eller fylls i när det behövs.",
                "body", "text2", wrap=True,
            )
        )  # fmt: skip
        column.addSpacing(px(30))
        column.addWidget(HairLine("line2"))
        self._open = _WayIn("folder-open", "Öppna en fil", "Ett förbund som redan finns")
        self._open.pressed.connect(self._open_file)
        self._example = _WayIn(
            "book-open", "Titta på exempelförbundet", "Ett helt år att prova på, i en egen kopia"
        )
        self._example.pressed.connect(self._open_example)
        self._import = _WayIn(
            "file-input",
            "Börja med förra årets siffror",
            "Fyll i förbundet, sätt sedan in en resultatrapport",
        )
        self._import.pressed.connect(self._start_form)
        for way in (self._open, self._example, self._import):
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
        while self._recent.count():
            item = self._recent.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
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
        column.addWidget(Label("Ert förbund", "editor_title"))
        column.addWidget(Label("Sju fält. Allt går att ändra senare.", "body", "text2"))
        column.addSpacing(px(20))
        column.addWidget(self.form)
        column.addSpacing(px(16))
        foot = QHBoxLayout()
        foot.addWidget(
            Label("Sedan: ledamöter, eller direkt till första kallelsen", "meta", "text2", wrap=True), 1
        )
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

    def _choose_logo(self) -> None:
        self.shell.dialogs.open_file("Välj logotyp", "Bilder (*.png *.jpg *.jpeg)", self.form.set_logo)

    def _ask_where(self) -> None:
        association = self.form.association()
        if association is None:
            return
        folder = self.shell.settings.settings.export_folder or Path.home()
        suggestion = folder / f"{_file_stem(association)}.finsam"
        self.shell.dialogs.save_file("Var ska filen ligga", FINSAM_FILES, self._create_at, suggestion)

    def _create_at(self, path: Path) -> None:
        association = self.form.association()
        if association is None or not self.shell.session.create(path, association):
            return
        logo = self.form.logo_file
        if logo is not None:
            self.shell.session.guarded(self._store_logo)

    def _store_logo(self) -> None:
        from finsam_desktop.ui.views.association_form import with_logo

        session, logo = self.shell.session, self.form.logo_file
        if logo is not None:
            before = session.association
            session.change("Lägg in logotypen", before, with_logo(before, logo, session.workspace.add_file))


def _file_stem(association: Association) -> str:
    name = association.name.removeprefix("Samordningsförbundet ").strip() or association.name
    return "".join(char if char.isalnum() or char in " -" else "" for char in name).strip() or "förbund"


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
