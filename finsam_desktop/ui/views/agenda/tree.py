"""The list of items: a tree view drawn by the row delegate, with the keys of visual.md."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyledItemDelegate, QTreeView, QWidget

from finsam_desktop.domain.agenda import walk
from finsam_desktop.ui.models.agenda_model import AgendaModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.rows import RowDelegate

_ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key
AnyIndex = QModelIndex | QPersistentModelIndex


class AgendaTree(QTreeView):
    """The agenda. ``chosen(item_id)`` when another item is at hand; the rest say which key was pressed."""

    chosen = Signal(str)
    opened = Signal(str)
    add_wanted = Signal()
    removal_wanted = Signal(str)
    paste_wanted = Signal()
    several_shifted = Signal(int)
    menu_wanted = Signal(QPoint)

    def __init__(self, model: AgendaModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._expanded = ""
        self.setAccessibleName("Dagordning")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setExpandsOnDoubleClick(False)
        self.setIndentation(0)
        self.setUniformRowHeights(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        delegate: QStyledItemDelegate = RowDelegate(self)
        self.setItemDelegate(delegate)
        self.setModel(model)
        model.rowsInserted.connect(self._expand)
        model.rowsMoved.connect(self._expand)
        self.doubleClicked.connect(self._open)
        current_theme().changed.connect(self.scheduleDelayedItemsLayout)

    def item_id(self) -> str:
        """The item at hand, empty when there is none."""
        return self._model.item_id(self.currentIndex())

    def item_ids(self) -> tuple[str, ...]:
        """The items that are chosen, in reading order; the one at hand when it is alone."""
        chosen = {self._model.item_id(index) for index in self.selectedIndexes()} - {""}
        return tuple(one.id for one in walk(self._model.items) if one.id in chosen)

    def choose(self, item_id: str, *others: str) -> None:
        """Make an item the one at hand, and choose others with it."""
        index = self._model.index_of(item_id)
        # Where rows were taken away Qt makes another row the current one without choosing it.
        if index.isValid() and (index != self.currentIndex() or others or not self.selectedIndexes()):
            self.setCurrentIndex(index)
        for other in others:
            row = self._model.index_of(other)
            if row.isValid():
                self.selectionModel().select(row, QItemSelectionModel.SelectionFlag.Select)
        if index.isValid():
            self.scrollTo(index)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self._expand()
        self._model.set_chosen(self._model.item_id(current))
        self.chosen.emit(self._model.item_id(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif not self._handled(Key(event.key()), event.modifiers()):
            super().keyPressEvent(event)

    def _handled(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        index = self.currentIndex()
        # Arrow keys carry the keypad flag on some systems.
        modifiers &= ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == _ALT and key in (Key.Key_Up, Key.Key_Down):
            steps = -1 if key == Key.Key_Up else 1
            if len(self.item_ids()) > 1:
                self.several_shifted.emit(steps)
            else:
                self._model.move_by(index, steps)
        elif modifiers == _ALT and key == Key.Key_Right:
            self._model.demote(index)
        elif modifiers == _ALT and key == Key.Key_Left:
            self._model.promote(index)
        elif modifiers == Qt.KeyboardModifier.NoModifier and key in (
            Key.Key_Return,
            Key.Key_Enter,
            Key.Key_F2,
        ):
            self._open(index)
        elif modifiers == Qt.KeyboardModifier.NoModifier and key == Key.Key_Insert:
            self.add_wanted.emit()
        elif modifiers == Qt.KeyboardModifier.NoModifier and key == Key.Key_Delete and index.isValid():
            self.removal_wanted.emit(self._model.item_id(index))
        else:
            return False
        if index.isValid():
            self.scrollTo(self.currentIndex())
        return True

    def _ask_menu(self, at: QPoint) -> None:
        self.menu_wanted.emit(self.viewport().mapToGlobal(at))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            # Later, since a scroll bar that goes away resizes the view in the midst of its own layout.
            QTimer.singleShot(0, self, self.scheduleDelayedItemsLayout)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._model.item_id(index))

    def _expand(self, *_where: object) -> None:
        """Show the sub-items of the item at hand only, so that the whole agenda is seen at once."""
        current = self.currentIndex()
        chosen = current.parent() if current.parent().isValid() else current
        wanted = self._model.item_id(chosen)
        if self._expanded and self._expanded != wanted:
            before = self._model.index_of(self._expanded)
            if before.isValid():
                self.setExpanded(before, False)
        self._expanded = wanted if chosen.isValid() and self._model.rowCount(chosen) else ""
        if self._expanded and not self.isExpanded(chosen):
            self.setExpanded(chosen, True)
