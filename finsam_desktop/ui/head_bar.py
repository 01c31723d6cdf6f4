"""The head of a view: way back, title, state, facts, and the view's buttons to the right.

Where the width ends, the facts go first, then all buttons but the filled one move into ⋮.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QWidget

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head
from finsam_desktop.ui.widgets.buttons import Button, IconButton
from finsam_desktop.ui.widgets.surfaces import HairLine, Label, Pane, StateTag


class HeadBar(Pane):
    """Shows a `Head` and a view's widgets. `back_pressed(place)` when the user goes back."""

    back_pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", "", parent)
        theme = current_theme()
        self._head = Head(title="")
        self._widgets: tuple[QWidget, ...] = ()
        self._back = Button("", "chevron-left", "quiet")
        self._back.clicked.connect(self._go_back)
        self._slash = Label("/", "body", "text2")
        self._title = Label("", "title")
        self._title.setMinimumWidth(theme.px(60))
        self._tag = StateTag("", "pencil")
        self._facts = Label("", "meta", "text2")
        self._right = Label("", "meta", "text2")
        self._more = IconButton("ellipsis-vertical", "Fler val")
        self._more.clicked.connect(self._show_more)
        self._line = HairLine("line", parent=self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(20), 0, theme.px(16), 1)
        self._row.setSpacing(theme.px(8))
        for widget in (self._back, self._slash, self._title, self._tag, self._facts):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._row.addWidget(self._right)
        self._row.addWidget(self._more)
        self.setMinimumHeight(theme.px(50))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_head(self, head: Head, widgets: tuple[QWidget, ...]) -> None:
        """Show a head; the widgets of the view before are put away, not destroyed."""
        if widgets != self._widgets:
            for widget in self._widgets:
                self._row.removeWidget(widget)
                widget.hide()
            self._widgets = widgets
            for widget in widgets:
                self._row.insertWidget(self._row.count() - 1, widget)
        self._head = head
        self.setVisible(not head.hidden)
        self._back.setVisible(head.back is not None)
        self._slash.setVisible(head.back is not None)
        # The word before the slash has the padding of a button; the space after it is to be as wide.
        self._slash.setContentsMargins(0, 0, current_theme().px(6), 0)
        px = current_theme().px
        self._row.setContentsMargins(px(10 if head.back is not None else 20), 0, px(16), 1)
        if head.back is not None:
            self._back.setText(head.back[0])
            self._back.setAccessibleName(f"Tillbaka till {head.back[0]}")
        self._title.setText(head.title)
        self._tag.setVisible(head.tag is not None)
        if head.tag is not None:
            self._tag.set_state(*head.tag)
        self._facts.setText("  ·  ".join(head.facts))
        self._right.setText(head.fact_right)
        self._line.setVisible(not head.joined)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._line.setGeometry(0, self.height() - 1, self.width(), 1)
        self._fit()

    def _fit(self) -> None:
        """Show what the width has room for."""
        if self._head.hidden:
            return
        self._name_back(self._head.back[0] if self._head.back is not None else "")
        fixed = [w for w, shown in (
            (self._back, self._head.back), (self._slash, self._head.back), (self._title, True),
            (self._tag, self._head.tag),
        ) if shown]  # fmt: skip
        spacing = self._row.spacing()
        margins = self._row.contentsMargins()
        free = self.width() - margins.left() - margins.right()
        free -= sum(widget.sizeHint().width() + spacing for widget in fixed)
        always = [w for w in self._widgets if not _may_go(w)]
        free -= sum(widget.sizeHint().width() + spacing for widget in always)
        goes = [w for w in self._widgets if _may_go(w)]
        buttons = sum(widget.sizeHint().width() + spacing for widget in goes)
        least = min(buttons, self._more.sizeHint().width() + spacing)
        if free < least and self._head.back is not None:
            words = self._back.sizeHint().width()
            self._name_back("")
            free += words - self._back.sizeHint().width()
        facts = self._facts.sizeHint().width() + spacing if self._facts.text() else 0
        right = self._right.sizeHint().width() + spacing if self._right.text() else 0
        room_for_buttons = buttons <= free
        self._more.setVisible(bool(goes) and not room_for_buttons)
        for widget in self._widgets:
            widget.setVisible(widget in always or room_for_buttons)
        left = free - (buttons if room_for_buttons else self._more.sizeHint().width() + spacing)
        self._facts.setVisible(bool(facts) and facts <= left)
        self._right.setVisible(bool(right) and right + (facts if facts <= left else 0) <= left)

    def _name_back(self, text: str) -> None:
        """The arrow alone, where its words would push the title away."""
        if self._back.text() != text:
            self._back.setText(text)

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for widget in self._widgets:
            if isinstance(widget, QAbstractButton) and _may_go(widget):
                action = menu.addAction(widget.text() or widget.accessibleName())
                action.setEnabled(widget.isEnabled())
                action.triggered.connect(widget.click)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _go_back(self) -> None:
        if self._head.back is not None:
            self.back_pressed.emit(self._head.back[1])


def _may_go(widget: QWidget) -> bool:
    """Whether a widget may move into ⋮: every button but the filled one."""
    return isinstance(widget, QAbstractButton) and not (
        isinstance(widget, Button) and widget.kind == "primary"
    )
