"""The places to the left: name of the association, seven places, handbook and settings at the foot."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from finsam_desktop.ui import icons
from finsam_desktop.ui.place_names import FOOT_PLACES, PLACES, Place
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.surfaces import HairLine, Label, Pane

__all__ = ["FOOT_PLACES", "PLACES", "Place", "PlaceList", "PlacesModel"]

AnyIndex = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT = 36
_WIDE, _NARROW = 184, 56


class PlacesModel(QAbstractListModel):
    """Places as rows; `Qt.UserRole` gives the `Place`."""

    def __init__(self, places: tuple[Place, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.places = places

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.places)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        place = self.places[index.row()]
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return place.name
        return place if role == Qt.ItemDataRole.UserRole else None


class _PlaceDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        theme = current_theme()
        metrics = QFontMetrics(theme.font("body_medium"))
        return QSize(theme.px(56), max(theme.px(_ROW_HEIGHT), metrics.height() + theme.px(12)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        theme = current_theme()
        place: Place = index.data(Qt.ItemDataRole.UserRole)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        rect = QRectF(option.rect).adjusted(theme.px(8), 1, -theme.px(8), -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.color("accent_bg" if selected else "accent_bg2"))
            painter.drawRoundedRect(rect, 4, 4)
        if selected:
            painter.setBrush(theme.color("accent"))
            inset = rect.height() * 0.24
            painter.drawRoundedRect(
                QRectF(rect.left(), rect.top() + inset, theme.px(3), rect.height() - 2 * inset), 1.5, 1.5
            )
        side = theme.px(18)
        icon_left = rect.left() + theme.px(12)
        colour = theme.color("accent" if selected else "text2")
        icons.paint_icon(painter, place.icon, icon_left, rect.center().y() - side / 2, side, colour)
        text_left = icon_left + side + theme.px(10)
        if rect.right() - text_left > theme.px(40):
            painter.setFont(theme.font("body_strong" if selected else "body_medium"))
            painter.setPen(theme.color("text"))
            area = QRectF(text_left, rect.top(), rect.right() - text_left - 2, rect.height())
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), place.name)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), theme.focus_width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
        painter.restore()


class _Places(QListView):
    """A list on the side's ground, as tall as its rows."""

    def __init__(self, name: str, places: tuple[Place, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setModel(PlacesModel(places, parent))
        self.setItemDelegate(_PlaceDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        current_theme().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        height = sum(self.sizeHintForRow(row) for row in range(self.model().rowCount()))
        return QSize(current_theme().px(_WIDE), height)

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), current_theme().color("side"))
        painter.end()
        super().paintEvent(event)


class PlaceList(Pane):
    """The left side of the window. `place_chosen(id)` when the user goes somewhere."""

    place_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("side", "right", parent)
        theme = current_theme()
        self._narrow = False
        self._kind = Label("Samordningsförbundet", "meta", "text2")
        self._name = Label("", "section", wrap=True)
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(theme.px(16), 0, theme.px(8), theme.px(12))
        head.setSpacing(1)
        head.addWidget(self._kind)
        head.addWidget(self._name)
        self._list = _Places("Platser", PLACES, self)
        self._foot = _Places("Hjälp och inställningar", FOOT_PLACES, self)
        line = QWidget()
        line_box = QVBoxLayout(line)
        line_box.setContentsMargins(theme.px(16), 0, theme.px(16), theme.px(8))
        line_box.addWidget(HairLine("line2"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(12), 1, theme.px(10))
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._list)
        column.addStretch(1)
        column.addWidget(line)
        column.addWidget(self._foot)
        self._list.selectionModel().currentChanged.connect(self._list_changed)
        self._list.clicked.connect(self._list_pressed)
        self._foot.clicked.connect(self._foot_pressed)
        self._foot.activated.connect(self._foot_pressed)
        self.set_narrow(False)
        theme.changed.connect(self._set_width)

    def set_association(self, name: str) -> None:
        """Show whose file is open; the kind of body stands small above the name proper."""
        short = name.removeprefix("Samordningsförbundet ").strip() or name
        self._kind.setVisible(short != name)
        self._name.setText(short)

    def current(self) -> str:
        """The id of the place the user is at."""
        for view in (self._list, self._foot):
            if view.selectionModel().hasSelection():
                return view.currentIndex().data(Qt.ItemDataRole.UserRole).id
        return ""

    def set_current(self, place_id: str) -> None:
        """Mark a place without announcing it; an unknown id marks none."""
        for view in (self._list, self._foot):
            blocked = view.selectionModel().blockSignals(True)
            view.clearSelection()
            model = view.model()
            for row in range(model.rowCount()):
                index = model.index(row, 0)
                if index.data(Qt.ItemDataRole.UserRole).id == place_id:
                    view.setCurrentIndex(index)
            view.selectionModel().blockSignals(blocked)
            view.viewport().update()

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, with the names as tooltips."""
        self._narrow = narrow
        self._head.setVisible(not narrow)
        self._set_width()

    def is_narrow(self) -> bool:
        return self._narrow

    def focus_list(self) -> None:
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _set_width(self) -> None:
        self.setFixedWidth(current_theme().px(_NARROW if self._narrow else _WIDE))

    def _list_changed(self, current: QModelIndex) -> None:
        # A click is announced when the button is let go, so that a click on the row at hand counts too.
        if current.isValid() and not QApplication.mouseButtons():
            self._list_pressed(current)

    def _list_pressed(self, index: QModelIndex) -> None:
        self._foot.clearSelection()
        self.place_chosen.emit(index.data(Qt.ItemDataRole.UserRole).id)

    def _foot_pressed(self, index: QModelIndex) -> None:
        self._list.clearSelection()
        self.place_chosen.emit(index.data(Qt.ItemDataRole.UserRole).id)
