"""Dagordning: the items to the left, the item at hand in the middle."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from finsam_desktop.domain import agenda, wording
from finsam_desktop.domain.agenda import AgendaItem, Items
from finsam_desktop.domain.catalogue import Frame, ItemTemplate
from finsam_desktop.domain.headings import headings, items_of
from finsam_desktop.ui.dialogs.add_item import AddItemPanel
from finsam_desktop.ui.models.agenda_model import AgendaModel
from finsam_desktop.ui.models.agenda_rows import agenda_rows, end_time
from finsam_desktop.ui.next_turn import NextTurn
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.agenda.item_editor import EDITOR_WIDTH, ItemEditor
from finsam_desktop.ui.views.agenda.many import SeveralItems
from finsam_desktop.ui.views.agenda.suggestions_panel import SuggestionsFoot, SuggestionsPanel
from finsam_desktop.ui.views.agenda.tree import AgendaTree
from finsam_desktop.ui.views.meeting.attachment_actions import AttachmentActions
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.when_seen import WhenSeen
from finsam_desktop.ui.widgets.buttons import IconButton, secondary_button
from finsam_desktop.ui.widgets.empty_state import EmptyState
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, Pane


class AgendaStep(QWidget):
    """The step Dagordning. ``item_chosen(id)`` when another item is at hand."""

    item_chosen = Signal(str)
    figures_wanted = Signal(str)
    document_wanted = Signal(object, str)
    attach_wanted = Signal(object, str)
    preview_wanted = Signal(object, str)

    def __init__(
        self, desk: OpenMeeting, attachments: AttachmentActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._attachments = desk, attachments
        self.model = AgendaModel(self)
        self.tree = AgendaTree(self.model)
        self.several = SeveralItems(desk, self)
        self._editor: ItemEditor | None = None
        self._item_id = ""
        self._counted = False
        self.add_panel = AddItemPanel()
        self.suggestions = SuggestionsPanel(desk)
        self.foot = SuggestionsFoot()
        self._end = Label("", "meta", "text2")
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._make_list_pane())
        self._splitter.addWidget(self._make_editor_pane())
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([current_theme().px(360), current_theme().px(700)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._splitter)
        self._soon = NextTurn(self, self._make_rest)
        self._connect()
        self.refresh()
        if desk.meeting.items:
            self.tree.choose(desk.meeting.items[0].id)

    # -- what the page uses ---------------------------------------------------------------------------

    @property
    def editor(self) -> ItemEditor:
        """The editor of the item at hand; made in the turn after the step is shown, or when it is asked for."""
        return self._made_editor()

    @property
    def item_id(self) -> str:
        return self._item_id

    def show_item(self, item_id: str) -> None:
        """Make an item the one at hand."""
        self._seen.now()
        self.tree.choose(item_id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._seen.now()
        self._soon.start()

    def panes(self) -> tuple[QWidget, ...]:
        """The panes F6 goes between."""
        return (self.tree, self._editor_pane)

    def flush(self) -> None:
        if self._editor is not None:
            self._editor.flush()

    def refresh(self) -> None:
        """Show what the meeting holds."""
        desk, at_hand = self._desk, self._item_id
        rows = agenda_rows(desk.meeting, desk.association, desk.item_states())
        self.model.set_editable(not desk.locked)
        self.model.show(desk.meeting.items, rows)
        self._lists.setCurrentIndex(self._list_page())
        end = end_time(desk.meeting)
        self._end.setText(f"Slut {wording.clock(end)}" if end is not None else "Starttid saknas")
        self._add.setEnabled(not desk.locked)
        self._paste.setEnabled(not desk.locked)
        if self._counted:
            self._count_suggestions()
        if not desk.meeting.items:
            self._put_at_hand("")
        elif desk.item(at_hand) is None:
            self.tree.choose(self.tree.item_id() or desk.meeting.items[0].id)
            self._chose(self.tree.item_id())
            focus = QApplication.focusWidget()
            if at_hand and focus is not None and self._editor_pane.isAncestorOf(focus):
                self.tree.setFocus()  # what is typed next is not meant for this item

    # -- what the user does ---------------------------------------------------------------------------

    def open_add(self) -> None:
        """Open the search among item templates."""
        if not self._desk.locked:
            self._lists.setCurrentWidget(self.add_panel)
            self.add_panel.open(self._desk.templates(), self._shown_title, self._desk.meeting.date.month)

    def _shown_title(self, template: ItemTemplate) -> str:
        from finsam_desktop.domain.catalogue_use import shown_title

        return shown_title(template, self._desk.association, self._desk.meeting)

    def add_own(self, title: str) -> None:
        """Add an item with its own heading after the one at hand."""
        self._insert((AgendaItem(title=title or "Nytt ärende"),), "Lägg till")
        self.editor.focus_title()

    def add_template(self, template_id: str) -> None:
        """Add an item out of a template after the one at hand."""
        from finsam_desktop.domain.catalogue_use import item_from_template

        template = self._desk.template(template_id)
        if template is not None:
            desk = self._desk
            item = item_from_template(template, desk.association, desk.meeting, desk.meetings)
            self._insert((item,), "Lägg till")
            self.tree.setFocus()

    def add_sub_item(self) -> None:
        """Add a sub-item to the item at hand."""
        parent = agenda.parent_of(self._desk.meeting.items, self.item_id)
        if parent is not None:
            self.tree.choose(parent.id)
        self.editor.sub_items.add()
        self.editor.focus_title()

    def paste_headings(self) -> None:
        """Make the headings in the clipboard items, after the one at hand."""
        items = items_of(headings(QGuiApplication.clipboard().text()))
        if not items:
            self._desk.tell(
                "Urklipp har ingen text att göra ärenden av. Kopiera en lista med rubriker först."
            )
            return
        if self._insert(items, "Klistra in"):
            subs = sum(len(item.sub_items) for item in items)
            word = "ärende" if len(items) == 1 else "ärenden"
            under = f" med {subs} {'underpunkt' if subs == 1 else 'underpunkter'}" if subs else ""
            self._desk.tell(f"{len(items)} {word}{under} klistrades in.", undo=True)

    def remove_current(self) -> None:
        """Take the item at hand away, or all that are chosen."""
        self.remove(self.tree.item_id())

    def move_on(self) -> None:
        """Move what is chosen to the next meeting."""
        self.several.move_on()

    def remove(self, item_id: str) -> None:
        """Take an item away; it can be undone."""
        if self._desk.locked or self._desk.item(item_id) is None:
            return
        if item_id in self.tree.item_ids() and len(self.tree.item_ids()) > 1:
            self.several.remove()
            return
        self.flush()
        name = self._desk.item_name(item_id)
        items = agenda.remove(self._desk.meeting.items, item_id)
        if self._desk.change_fields(f"Ta bort {name}", items=items):
            self._desk.tell(f"{name.capitalize() if name.startswith('ä') else name} togs bort.", undo=True)

    def rename_current(self) -> None:
        """Put the cursor in the heading of the item at hand."""
        self.editor.focus_title()

    def move_current(self, steps: int) -> None:
        """Move the item at hand, or all that are chosen, up or down."""
        if len(self.tree.item_ids()) > 1:
            self.several.shift(steps)
            return
        self.model.move_by(self.tree.currentIndex(), steps)

    def move_up(self) -> None:
        self.move_current(-1)

    def move_down(self) -> None:
        self.move_current(1)

    # -- making ---------------------------------------------------------------------------------------

    def _make_list_pane(self) -> QWidget:
        theme = current_theme()
        pane = Pane("base", "right")
        pane.setMinimumWidth(theme.px(260))
        self._add = secondary_button("Lägg till", "plus")
        self._add.setToolTip("Lägg till ärende (Insert)")
        self._paste = IconButton("list-plus", "Klistra in rubriker som ärenden")
        self._more = IconButton("ellipsis-vertical", "Mer om dagordningen")
        head = Pane("base", "bottom")
        head.setMinimumHeight(theme.px(47))
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(12), theme.px(6), theme.px(8), theme.px(7))
        row.setSpacing(theme.px(6))
        row.addWidget(self._add)
        row.addWidget(self._paste)
        row.addStretch(1)
        row.addWidget(self._end)
        row.addWidget(self._more)
        self._empty = EmptyState(
            "Dagordningen är tom.",
            "Lägg till ärenden ur mallarna, eller klistra in en lista med rubriker (Ctrl+Alt+V).",
            "Lägg till ärende",
            icon="plus",
            example=False,
        )
        self._lists = QStackedWidget()
        for page in (self.tree, self._empty, self.add_panel, self.suggestions):
            self._lists.addWidget(page)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._lists, 1)
        column.addWidget(self.foot)
        return pane

    def _make_editor_pane(self) -> QWidget:
        self._editor_pane = Pane("base")
        self._editor_pane.setMinimumWidth(current_theme().px(EDITOR_WIDTH))
        self._editor_place = QVBoxLayout(self._editor_pane)
        self._editor_place.setContentsMargins(0, 0, 0, 0)
        return self._editor_pane

    def _make_rest(self) -> None:
        """What is made in turns of their own: the editor, then what is proposed."""
        if not self.isVisible():
            return  # begun anew when the step is seen again; the file may be closed
        if self._editor is None:
            self._made_editor()
            self._soon.start()
        elif not self._counted:
            self._count_suggestions()

    def _count_suggestions(self) -> None:
        self._counted = True
        self.foot.show_count(self.suggestions.refresh())

    def _made_editor(self) -> ItemEditor:
        if self._editor is None:
            self._editor = editor = ItemEditor(self._desk, self._attachments)
            editor.item_wanted.connect(self.tree.choose)
            editor.figures_wanted.connect(self.figures_wanted)
            editor.document_wanted.connect(self.document_wanted)
            editor.papers.attach_wanted.connect(self.attach_wanted)
            editor.papers.preview_wanted.connect(self.preview_wanted)
            editor.show_item(self._item_id)
            self._editor_place.addWidget(editor)
            editor.show()
        return self._editor

    def _connect(self) -> None:
        self._seen = WhenSeen(self, self.refresh)
        self._desk.changed.connect(self._seen.changed)
        self._desk.findings_changed.connect(self.refresh)
        self._add.clicked.connect(self.open_add)
        self._empty.action_pressed.connect(self.open_add)
        self._paste.clicked.connect(self.paste_headings)
        self._more.clicked.connect(self._show_menu)
        self.tree.chosen.connect(self._chose)
        self.tree.opened.connect(self._opened)
        self.tree.add_wanted.connect(self.open_add)
        self.tree.removal_wanted.connect(self.remove)
        self.tree.paste_wanted.connect(self.paste_headings)
        self.tree.several_shifted.connect(self.several.shift)
        self.tree.menu_wanted.connect(self.several.menu)
        self.model.edited.connect(self._reordered)
        self.model.files_dropped.connect(self._files_dropped)
        self.add_panel.template_chosen.connect(self._added_template)
        self.add_panel.own_chosen.connect(self._added_own)
        self.add_panel.closed.connect(self._show_list)
        self.foot.opened.connect(self._show_suggestions)
        self.suggestions.closed.connect(self._show_list)
        self.suggestions.accepted.connect(self._accept)

    def _list_page(self) -> int:
        """Which page of the list pane: an open panel stays open."""
        current = self._lists.currentWidget()
        if current is self.suggestions and self.suggestions.is_empty():
            current = self.tree
        if current in (self.add_panel, self.suggestions):
            return self._lists.indexOf(current)
        return 0 if self._desk.meeting.items else 1

    def _show_list(self) -> None:
        self._lists.setCurrentIndex(0 if self._desk.meeting.items else 1)
        self.tree.setFocus()

    def show_suggestions(self) -> None:
        """Put the focus on the first proposal; says so where there is none."""
        if self.suggestions.refresh():
            self._show_suggestions()
        else:
            self._desk.tell("Det finns inga förslag att ta med.")

    def _show_suggestions(self) -> None:
        self._lists.setCurrentWidget(self.suggestions)
        self.suggestions.focus_list()

    def _show_menu(self) -> None:
        self.several.menu(self._more.mapToGlobal(QPoint(0, self._more.height())))

    # -- changing -------------------------------------------------------------------------------------

    def _chose(self, item_id: str) -> None:
        if item_id:
            self._put_at_hand(item_id)
            self.item_chosen.emit(item_id)

    def _put_at_hand(self, item_id: str) -> None:
        self._item_id = item_id
        if self._editor is not None:
            self._editor.show_item(item_id)

    def _opened(self, _item_id: str) -> None:
        self.editor.focus_title()

    def _reordered(self, label: str, items: Items) -> None:
        self.flush()
        # The fields may just have changed the meeting: the order is laid on what it holds now.
        current = {item.id: item for item in agenda.walk(self._desk.meeting.items)}
        renewed = tuple(_renewed(item, current) for item in items) if "rubrik" not in label else items
        moved = self.tree.item_id()
        before = self._desk.numbers().get(moved, "")
        if self._desk.change_fields(label, items=renewed):
            self.tree.choose(moved)
            self._tell_move(label, moved, before)

    def _tell_move(self, label: str, item_id: str, before: str) -> None:
        after = self._desk.numbers().get(item_id, "")
        if label.startswith("Flytta ärende") and before != after and after.isdigit() and before.isdigit():
            self._desk.tell(
                f"Ärende {before} är nu ärende {after}. Bilagor och hänvisningar följde med.", undo=True
            )

    def _insert(self, new: tuple[AgendaItem, ...], verb: str) -> bool:
        """Put items after the one at hand, between the opening and the closing frame."""
        if self._desk.locked:
            return False
        self.flush()
        items = self._desk.meeting.items
        place = min(max(self._place_after_current(), self._opening_end()), self._closing_place())
        what = f"”{new[0].title}”" if len(new) == 1 else f"{len(new)} ärenden"
        after = (*items[:place], *new, *items[place:])
        if not self._desk.change_fields(f"{verb} {what}", items=after):
            return False
        self._show_list()
        self.tree.choose(new[0].id)
        return True

    def _place_after_current(self) -> int:
        items, current = self._desk.meeting.items, self.tree.item_id()
        parent = agenda.parent_of(items, current)
        current = parent.id if parent is not None else current
        return next((i + 1 for i, item in enumerate(items) if item.id == current), len(items))

    def _opening_end(self) -> int:
        """Where the items that open every meeting end."""
        items = self._desk.meeting.items
        place = 0
        while place < len(items):
            template = self._desk.template(items[place].template_id)
            if template is None or template.frame is not Frame.OPENING:
                break
            place += 1
        return place

    def _closing_place(self) -> int:
        """Where the items that close every meeting begin."""
        items = self._desk.meeting.items
        place = len(items)
        while place > 0:
            template = self._desk.template(items[place - 1].template_id)
            if template is None or template.frame is not Frame.CLOSING:
                break
            place -= 1
        return place

    def _added_template(self, template_id: str) -> None:
        self._show_list()
        self.add_template(template_id)

    def _added_own(self, title: str) -> None:
        self._show_list()
        self.add_own(title)

    def _accept(self, item: AgendaItem) -> None:
        closing = self._closing_place()
        items = self._desk.meeting.items
        after = (*items[:closing], item, *items[closing:])
        if self._desk.change_fields(f"Ta med ”{item.title}”", items=after):
            self._desk.tell(f"”{item.title}” är nu {self._desk.item_name(item.id)}.", undo=True)

    def _files_dropped(self, paths: list[Path], item_id: str) -> None:
        self._attachments.add_files(paths, item_id or self.item_id)

    def mark(self, item_id: str, field: str, text: str, state: State) -> None:
        """Go to an item's field and show a finding there."""
        self.tree.choose(item_id)
        self._put_at_hand(item_id)
        self.editor.clear_remarks()
        self.editor.mark(field, text, state)


def _renewed(item: AgendaItem, current: dict[str, AgendaItem]) -> AgendaItem:
    fresh = current.get(item.id, item)
    return replace(fresh, sub_items=tuple(_renewed(sub, current) for sub in item.sub_items))
