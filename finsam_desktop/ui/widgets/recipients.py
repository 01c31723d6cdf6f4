"""Recipients as tags in a field: type a name and Enter; Backspace takes the last away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCompleter, QLayout, QLayoutItem, QLineEdit, QSizePolicy, QWidget

from finsam_desktop.ui import icons
from finsam_desktop.ui.theme import current_theme


class FlowLayout(QLayout):
    """Widgets side by side that go on to the next line where the width ends; the last one takes what is left."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert(self, position: int, widget: QWidget) -> None:
        """Add a widget at a place in the flow."""
        self.addWidget(widget)
        self._items.insert(position, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        margins = self.contentsMargins()
        widest = max((item.minimumSize().width() for item in self._items), default=0)
        tallest = max((item.sizeHint().height() for item in self._items), default=0)
        return QSize(widest + margins.left() + margins.right(), tallest + margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        margins = self.contentsMargins()
        left, right = rect.left() + margins.left(), rect.right() - margins.right()
        x, y, line = left, rect.top() + margins.top(), 0
        for item in self._items:
            if item.isEmpty():  # hidden: it takes no place, and no gap beside it
                continue
            size = item.sizeHint()
            last = item is self._items[-1]
            wanted = item.minimumSize().width() if last else size.width()
            if x > left and x + wanted > right + 1:
                x, y, line = left, y + line + self.spacing(), 0
            width = right - x + 1 if last else size.width()
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, size.height())))
            x += width + self.spacing()
            line = max(line, size.height())
        return y + line + margins.bottom() - rect.top()


class _Tag(QWidget):
    removal_wanted = Signal(str)

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = text
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(text)
        self.setAccessibleDescription("Delete tar bort mottagaren")
        self.setToolTip(f"Ta bort {text}")
        self._apply_theme()
        current_theme().changed.connect(self._apply_theme)

    def _apply_theme(self) -> None:
        self.setFont(current_theme().font("meta_strong"))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(self.fontMetrics().horizontalAdvance(self.text) + theme.px(14 + 16), theme.px(22))

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(
            QPen(theme.color("focus" if focused else "line2"), theme.focus_width if focused else 1)
        )
        painter.setBrush(theme.color("sunk"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), 4, 4)
        painter.setFont(theme.font("label"))
        painter.setPen(theme.color("text"))
        area = self.rect().adjusted(theme.px(7), 0, -theme.px(18), 0)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text)
        side = theme.px(12)
        icons.paint_icon(
            painter,
            "x",
            self.width() - side - theme.px(5),
            (self.height() - side) / 2,
            side,
            theme.color("text2"),
        )
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.position().x() > self.width() - current_theme().px(20):
            self.removal_wanted.emit(self.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_wanted.emit(self.text)
        else:
            super().keyPressEvent(event)


class RecipientsEdit(QWidget):
    """The recipients of a decision. `edited(tuple)` gives the names when one is added or taken away."""

    edited = Signal(tuple)

    def __init__(
        self,
        recipients: tuple[str, ...] = (),
        *,
        suggestions: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._tags: list[_Tag] = []
        self._input = QLineEdit()
        self._input.setProperty("plain", "true")
        self._input.setPlaceholderText("Lägg till …")
        self._input.setMinimumWidth(theme.px(90))
        self._input.setAccessibleName("Lägg till mottagare")
        self._input.returnPressed.connect(self._take_input)
        self._input.editingFinished.connect(self._take_input)
        self._input.installEventFilter(self)
        self._known = QStringListModel(list(suggestions), self)
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._input.setCompleter(completer)
        self._flow = FlowLayout(self, theme.px(6))
        self._flow.setContentsMargins(theme.px(6), theme.px(5), theme.px(6), theme.px(5))
        self._flow.addWidget(self._input)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusProxy(self._input)
        self.set_recipients(recipients)

    def recipients(self) -> tuple[str, ...]:
        return tuple(tag.text for tag in self._tags)

    def set_recipients(self, recipients: tuple[str, ...]) -> None:
        """Show names without reporting them."""
        if recipients == self.recipients():
            return
        for tag in tuple(self._tags):
            self._drop(tag)
        for name in recipients:
            self._add(name)

    def set_suggestions(self, names: tuple[str, ...]) -> None:
        self._known.setStringList(list(names))

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._input.setAccessibleName(f"{name}, lägg till")

    def _add(self, name: str) -> None:
        tag = _Tag(name, self)
        tag.removal_wanted.connect(self._remove)
        self._tags.append(tag)
        self._flow.insert(len(self._tags) - 1, tag)
        tag.show()
        self.updateGeometry()

    def _drop(self, tag: _Tag) -> None:
        self._tags.remove(tag)
        self._flow.removeWidget(tag)
        tag.hide()
        tag.deleteLater()
        self.updateGeometry()

    def _remove(self, name: str) -> None:
        self._drop(next(tag for tag in self._tags if tag.text == name))
        self._input.setFocus()
        self.edited.emit(self.recipients())

    def _take_input(self) -> None:
        name = " ".join(self._input.text().split()).strip(",;")
        self._input.clear()
        if name and name not in self.recipients():
            self._add(name)
            self.edited.emit(self.recipients())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Backspace and not self._input.text() and self._tags:
                self._remove(self._tags[-1].text)
                return True
            if event.text() in (",", ";") and self._input.text().strip():
                self._take_input()
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        focused = self._input.hasFocus()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = theme.focus_width if focused else 1
        painter.setPen(QPen(theme.color("focus" if focused else "ctl"), width))
        painter.setBrush(theme.color("base"))
        inset = width / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(inset, inset, -inset, -inset), 4, 4)
        painter.end()
