"""Ctrl+K: a box over the window that finds items, decisions, papers, people and things to do.

Box and dim are child widgets of the window, so focus and screen readers behave; the dim eats clicks outside.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from finsam_desktop.ui import icons
from finsam_desktop.ui.finding_things import TO_DO, Hit
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.surfaces import HairLine, Label

AnyIndex = QModelIndex | QPersistentModelIndex
Search = Callable[[str], tuple[Hit, ...]]
REST_MS = 150
_SIZES_KEPT = 1000


def said(hit: Hit) -> str:
    """A hit as a screen reader says it: what it is, and why it cannot be chosen before what it would do."""
    return ", ".join(filter(None, (hit.title, hit.group if hit.reason else "", hit.reason, hit.meta,
                                   "" if hit.reason else hit.group)))  # fmt: skip


class HitsModel(QAbstractListModel):
    """Hits under the headings of their groups; a heading cannot be chosen, nor what cannot be done now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Hit | str] = []

    def set_hits(self, hits: tuple[Hit, ...]) -> None:
        self.beginResetModel()
        self._rows = []
        group = ""
        for hit in hits:
            if hit.group != group:
                group = hit.group
                self._rows.append(group)
            self._rows.append(hit)
        self.endResetModel()

    def row(self, index: AnyIndex) -> Hit | str:
        """What a row shows, a hit or a heading."""
        return self._rows[index.row()]

    def hit(self, index: AnyIndex) -> Hit | None:
        """The hit of a row, None for a heading."""
        row = self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None
        return row if isinstance(row, Hit) else None

    def place_of(self, hit: Hit) -> QModelIndex:
        """Where a hit stands; the first one when it is gone."""
        return self.index(self._rows.index(hit), 0) if hit in self._rows else self.first()

    def first(self) -> QModelIndex:
        return self.index(1, 0) if len(self._rows) > 1 else QModelIndex()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        hit = self.hit(index)
        if hit is None:
            return Qt.ItemFlag.ItemIsEnabled
        if hit.reason:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        values: dict[int, object]
        if isinstance(row, str):
            values = {
                Qt.ItemDataRole.DisplayRole: row,
                Qt.ItemDataRole.AccessibleTextRole: row,
                RowRole.TITLE: row,
                RowRole.HEADING: True,
            }
            return values.get(role)
        values = {
            Qt.ItemDataRole.DisplayRole: row.title,
            Qt.ItemDataRole.AccessibleTextRole: said(row),
            RowRole.TITLE: row.title,
            RowRole.META: row.reason or row.meta,
            RowRole.ICON: row.icon,
            RowRole.MARKS: row.marks,
            RowRole.TIME: row.key,
        }
        return values.get(role)


class _HitDelegate(RowDelegate):
    """Remembers how tall a hit is: the list asks for each of them several times for every letter that is typed."""

    def __init__(self, model: HitsModel, parent: QWidget) -> None:
        super().__init__(parent, number_width=18, indent=18, margin=18, lines=False)
        self._model = model
        self._sizes: dict[tuple[int, object], QSize] = {}
        current_theme().changed.connect(self._sizes.clear)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        view = option.widget
        hit = self._model.hit(index)
        if hit is not None and hit.reason and isinstance(view, QAbstractItemView):
            if view.currentIndex() == index:  # it is framed, not filled: it cannot be taken
                option.state |= QStyle.StateFlag.State_HasFocus
        super().paint(painter, option, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()
        key = (width, self._model.row(index))
        found = self._sizes.get(key)
        if found is None:
            if len(self._sizes) >= _SIZES_KEPT:
                self._sizes.clear()
            found = self._sizes[key] = super().sizeHint(option, index)
        return found


class CommandPalette(QWidget):
    """The overlay. `chosen(Hit)` when the user takes something; it closes itself.

    `asked(str)` comes when the writer pauses: more hits for that text may be added with `add_hits`. `announced(str)` is
    what a screen reader is told about the row at hand, since the focus stays in the field.
    """

    asked = Signal(str)
    announced = Signal(str)
    chosen = Signal(object)
    closed = Signal()

    def __init__(self, search: Search, window: QWidget) -> None:
        super().__init__(window)
        self._search = search
        self._window = window
        self._before: QWidget | None = None
        theme = current_theme()
        self._box = _Box(self)
        self._input = QLineEdit()
        self._input.setProperty("plain", "true")
        self._input.setPlaceholderText("Sök eller gör …")
        self._input.setAccessibleName("Sök eller gör")
        self._apply_font()
        theme.changed.connect(self._apply_font)
        self._input.textChanged.connect(self._refresh)
        self._input.installEventFilter(self)
        self._count = Label("", "meta", "text2")
        self._hits: tuple[Hit, ...] = ()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._ask)
        self._model = HitsModel(self)
        self._list = RowList("Träffar", delegate=_HitDelegate(self._model, self))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setModel(self._model)
        self._list.clicked.connect(self._take)
        self._nothing = Label("Inget hittades. Prova ett annat ord eller en del av ordet.", "body", "text2")
        self._nothing.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        self._build(theme.px)
        window.installEventFilter(self)
        self.hide()

    def _apply_font(self) -> None:
        self._input.setFont(current_theme().font("title"))

    def open(self, text: str = "") -> None:
        """Show the box over the window and remember where the focus was."""
        self._before = self.window().focusWidget()
        self.setGeometry(self._window.rect())
        self._place()
        self.show()
        self.raise_()
        if self._input.text() == text:
            self._refresh()
        else:
            self._input.setText(text)
        self._input.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_box(self) -> None:
        """Put the box away and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None
        self.closed.emit()

    def _build(self, px: Callable[[float], int]) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(px(44), px(12), px(16), px(12))
        head.addWidget(self._input, 1)
        head.addWidget(self._count)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(18), px(8), px(18), px(8))
        foot.setSpacing(px(5))
        keys = (
            ("↑ ↓", "välj"),
            ("Enter", "öppna"),
            ("§", "bara beslut"),
            (">", "bara kommandon"),
            ("Esc", "stäng"),
        )
        for key, word in keys:
            foot.addWidget(Label(key, "meta_strong"))
            foot.addWidget(Label(word, "meta", "text2"))
            foot.addSpacing(px(8))
        foot.addStretch(1)
        column = QVBoxLayout(self._box)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(HairLine("line2"))
        column.addWidget(self._list, 1)
        column.addWidget(self._nothing)
        column.addWidget(HairLine())
        column.addLayout(foot)

    def add_hits(self, text: str, hits: tuple[Hit, ...]) -> None:
        """More hits for a text, before the things to do; passed over when the text is another by now."""
        if self.isHidden() or text != self._input.text() or not hits:
            return
        places = [hit for hit in self._hits if hit.group not in TO_DO]
        self._show((*places, *hits, *self._hits[len(places) :]), keep=True)

    def _ask(self) -> None:
        if self.isVisible():
            self.asked.emit(self._input.text())

    def _refresh(self) -> None:
        text = self._input.text()
        self._hits = self._search(text)
        self._show(self._hits)
        if text.strip() and text.strip()[0] not in "§>":
            self._rest.start()

    def _show(self, hits: tuple[Hit, ...], *, keep: bool = False) -> None:
        text = self._input.text()
        chosen = self._model.hit(self._list.currentIndex()) if keep else None
        self._model.set_hits(hits)
        self._go_to(self._model.place_of(chosen) if chosen else self._model.first())
        number = sum(not hit.reason for hit in hits)
        self._count.setText(f"{number} {'träff' if number == 1 else 'träffar'}" if text.strip() else "")
        self._list.setVisible(bool(hits))
        self._nothing.setVisible(not hits)
        self._place()

    def _place(self) -> None:
        px = current_theme().px
        width = min(px(680), self.width() - px(32))
        top = min(px(96), max(px(16), self.height() // 10))
        # The rows need the width before they can say how tall they are.
        self._list.setFixedWidth(width - 2)
        rows = min(self._list.height_of_rows(), max(self.height() - top - px(160), px(120)))
        self._list.setFixedHeight(rows)
        self._box.setGeometry((self.width() - width) // 2, top, width, 10)
        self._box.resize(width, self._box.sizeHint().height())

    def _take(self, index: AnyIndex) -> None:
        hit = self._model.hit(index)
        if hit is not None and hit.reason:
            self._announce(hit)
        elif hit is not None:
            self.close_box()
            self.chosen.emit(hit)

    def _go_to(self, index: QModelIndex) -> None:
        """Make a row the one at hand. One that cannot be chosen is framed, so that it can be read, and not selected."""
        hit = self._model.hit(index)
        how = QItemSelectionModel.SelectionFlag.ClearAndSelect
        if hit is None or hit.reason:
            how = QItemSelectionModel.SelectionFlag.Clear
        self._list.selectionModel().setCurrentIndex(index, how)
        self._list.viewport().update()
        if hit is not None:
            self._list.scrollTo(index)
            self._announce(hit)

    def _announce(self, hit: Hit) -> None:
        if self.isVisible():
            words = said(hit)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._input, words))
            self.announced.emit(words)

    def _step(self, by: int) -> None:
        row = self._list.currentIndex().row()
        count = self._model.rowCount()
        for _ in range(count):
            row = (row + by) % count
            index = self._model.index(row, 0)
            if self._model.hit(index) is not None:
                self._go_to(index)
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
            self._place()
        if watched is self._input and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_box()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self._list.currentIndex())
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            pass  # the focus stays in the box
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._box.geometry().contains(event.position().toPoint()):
            self.close_box()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), current_theme().color("dim"))
        painter.end()


class _Box(QFrame):
    """The white box with round corners and a search glass."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("line2"))
        painter.setBrush(theme.color("base"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        side = theme.px(18)
        icons.paint_icon(painter, "search", theme.px(17), theme.px(17), side, theme.color("text2"))
        painter.end()
