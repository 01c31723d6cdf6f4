"""The association's account plan: its groups written in place, and where the accounts of the open file fall.

Each change is kept at once and is one step to undo. A plan of the program becomes the association's own with the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QSplitter, QVBoxLayout, QWidget

from finsam_desktop.domain.account_plan import (
    AccountGroup,
    AccountPlan,
    StatementPost,
    with_group_moved,
    without_group,
)
from finsam_desktop.files import account_plan_files
from finsam_desktop.ui.jobs import Progress
from finsam_desktop.ui.models.account_plan_model import (
    ACCOUNT_COLUMNS,
    ACCOUNTS,
    GROUP_COLUMNS,
    POST,
    TITLE,
    account_rows,
    group_rows,
    overlap_words,
    with_cell,
)
from finsam_desktop.ui.models.cells_model import CellsModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.section import Remarks
from finsam_desktop.ui.widgets.buttons import link_button, primary_button, secondary_button
from finsam_desktop.ui.widgets.edit_table import EditTable
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, Pane, PaneHead
from finsam_desktop.ui.widgets.tables import DataTable, TableDelegate
from finsam_desktop.ui.widgets.text_edits import TextField

PLAN_FILES = "Kontoplan (*.xlsx *.toml)"
OWN_NAME = "Egen kontoplan"
_AnyIndex = QModelIndex | QPersistentModelIndex
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class AccountPlanEditor(Pane):
    """Shown over Rapporter. ``done()`` when it is left, ``file_wanted()`` for bookkeeping to show accounts of.

    ``will_change()`` just before the association's own plan is made or changed.
    """

    done = Signal()
    file_wanted = Signal()
    will_change = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("base", parent=parent)
        self.shell = shell
        self._base: AccountPlan | None = None
        self._accounts: tuple[tuple[str, str], ...] = ()
        self._plan_type = ""
        self._new: AccountGroup | None = None
        self._unread = ""
        self._begins: dict[int, int] = {}
        self.fetch = secondary_button("Hämta från fil", "upload")
        self.save = secondary_button("Spara som fil", "download")
        self.leave = primary_button("Klar", "check")
        self.name = TextField()
        self.about = Label("", "body", "text2", wrap=True)
        self.back = link_button("Återgå till programmets plan", "undo-2")
        self.table = _GroupTable()
        self.remarks = Remarks("Kontroller, kontoplan")
        self.new = secondary_button("Ny grupp", "plus")
        self.up = secondary_button("Flytta upp", "arrow-up")
        self.down = secondary_button("Flytta ned", "arrow-down")
        self.drop = link_button("Ta bort gruppen", "trash-2")
        self.accounts = DataTable("Var bokföringens konton hör hemma")
        self.model = CellsModel(parent=self.accounts)
        self.choose = secondary_button("Välj fil", "folder-open")
        self._connect()
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._make_groups())
        splitter.addWidget(self._make_accounts())
        theme = current_theme()
        splitter.setSizes([theme.px(760), theme.px(440)])
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)

    def _connect(self) -> None:
        self.fetch.clicked.connect(self._choose_plan)
        self.save.clicked.connect(self._choose_place)
        self.leave.clicked.connect(self._leave)
        self.name.edited.connect(self._renamed)
        self.back.clicked.connect(self.go_back)
        self.table.cells.edited.connect(self._written)
        self.table.cells.pasted.connect(self._take)
        self.table.selectionModel().currentChanged.connect(self._chosen)
        self.table.move_wanted.connect(self.move_group)
        self.new.clicked.connect(self.add_group)
        self.up.clicked.connect(self._move_up)
        self.down.clicked.connect(self._move_down)
        self.drop.clicked.connect(self.remove_group)
        self.choose.clicked.connect(self.file_wanted)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._leave)

    # -- what the pane asks ---------------------------------------------------------------------------

    def show_plan(
        self, base: AccountPlan | None, accounts: Sequence[tuple[str, str]], plan_type: str = ""
    ) -> None:
        """Show where (number, name) accounts fall. ``base`` is the program's plan in use, None for the usual."""
        self._base, self._accounts, self._plan_type = base, tuple(accounts), plan_type
        self.refresh()

    def plan(self) -> AccountPlan:
        """The association's own plan, else the one of the program that would be used."""
        own = self.shell.session.association.account_plan
        if own is None and self._base is not None:
            return self._base
        return account_plan_files.used_plan(own, self._accounts, self._plan_type)

    def facts(self) -> tuple[str, ...]:
        """What stands beside the place's name."""
        return ("Kontoplan", self.plan().name)

    def head_widgets(self) -> tuple[QWidget, ...]:
        """Its buttons in the place's head."""
        return (self.fetch, self.save, self.leave)

    def primary(self) -> QPushButton | None:
        """The filled button."""
        return self.leave

    def panes(self) -> tuple[QWidget, ...]:
        """The panes that F6 goes between."""
        return (self.table, self.accounts if self._accounts else self.choose)

    def flush(self) -> None:
        """Take in what is being typed."""
        self.table.flush()
        self.name.flush()

    def refresh(self) -> None:
        """Show the association as it is."""
        plan, own = self.plan(), self.shell.session.association.account_plan is not None
        self.name.set_text(plan.name)
        self.about.setText(
            "Förbundets egen kontoplan. Rapporterna följer den." if own
            else "Programmets kontoplan. När du ändrar något blir den förbundets egen."
        )  # fmt: skip
        self.back.setVisible(own)
        groups = self._groups()
        self.table.cells.set_cells(GROUP_COLUMNS, group_rows(groups), _every_cell)
        self.table.stretch_column(TITLE)
        self.table.horizontalHeader().setSectionResizeMode(ACCOUNTS, QHeaderView.ResizeMode.Stretch)
        self._groups_head.set_fact("1 grupp" if len(plan.groups) == 1 else f"{len(plan.groups)} grupper")
        self._show_accounts(plan)
        self._show_remarks(groups)
        self._chosen()

    # -- building -------------------------------------------------------------------------------------

    def _make_groups(self) -> QWidget:
        theme = current_theme()
        pane = Pane("base", "right")
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        self._groups_head = PaneHead("Grupper i rapporternas ordning")
        column.addWidget(self._groups_head)
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        inner.setSpacing(theme.px(10))
        name = FormRow("Kontoplanens namn", self.name)
        name.setMaximumWidth(theme.px(360))
        inner.addWidget(name)
        line = QHBoxLayout()
        line.addWidget(self.about, 1)
        line.addWidget(self.back)
        inner.addLayout(line)
        inner.addWidget(self.table, 1)
        self.table.setItemDelegateForColumn(POST, _PostDelegate(self.table))
        inner.addWidget(self.remarks)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        for button in (self.new, self.up, self.down, self.drop):
            buttons.addWidget(button)
        buttons.addStretch(1)
        inner.addLayout(buttons)
        column.addLayout(inner, 1)
        return pane

    def _make_accounts(self) -> QWidget:
        theme = current_theme()
        pane = Pane("base")
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._accounts_head = PaneHead("Bokföringens konton")
        column.addWidget(self._accounts_head)
        self.accounts.setModel(self.model)
        column.addWidget(self.accounts, 1)
        self._no_file = QWidget()
        words = QVBoxLayout(self._no_file)
        words.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        words.setSpacing(theme.px(10))
        text = (
            "Öppna bokföringen, så visas vilken grupp varje konto hör till och vilka som inte hör till någon."
        )
        words.addWidget(Label(text, "body", "text2", wrap=True))
        words.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        column.addWidget(self._no_file, 1)
        return pane

    def _show_accounts(self, plan: AccountPlan) -> None:
        rows, self._begins, left = account_rows(plan, self._accounts) if self._accounts else ((), {}, 0)
        self.model.set_table(ACCOUNT_COLUMNS, rows)
        self.accounts.clearSpans()
        for row in self._begins.values():
            self.accounts.setSpan(row, 0, 1, len(ACCOUNT_COLUMNS))
        # A group's name goes over both columns: the numbers alone say how wide the first one is.
        head = self.accounts.horizontalHeader()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        head.resizeSection(0, current_theme().px(88))
        self.accounts.setVisible(bool(self._accounts))
        self._no_file.setVisible(not self._accounts)
        told = f"{len(self._accounts)} konton, {left} utan grupp" if left else f"{len(self._accounts)} konton"
        self._accounts_head.set_fact(told if self._accounts else "")

    def _show_remarks(self, groups: Sequence[AccountGroup]) -> None:
        remarks: list[tuple[State, str]] = []
        if self._unread:
            remarks.append((State.MUST_MEND, self._unread))
        if twice := overlap_words(groups):
            remarks.append((State.CONSIDER, twice))
        if self._new is not None:
            remarks.append((State.NOTE, f"{self._new.title} läggs in i kontoplanen när den har konton."))
        self.remarks.show_remarks(tuple(remarks))

    # -- writing --------------------------------------------------------------------------------------

    def _groups(self) -> tuple[AccountGroup, ...]:
        """The groups as they are shown: the plan's, and a new one that has no accounts yet."""
        groups = self.plan().groups
        return groups if self._new is None else (*groups, self._new)

    def _put(self, label: str, plan: AccountPlan, *, merge: str = "", tell: bool = False) -> bool:
        session = self.shell.session
        before = session.association
        if before.account_plan is None and plan.name == self.plan().name:
            plan = replace(plan, name=OWN_NAME)
        self.will_change.emit()
        done = session.change(label, before, replace(before, account_plan=plan), merge=merge, tell=tell)
        self.refresh()
        return done

    def _renamed(self, text: str) -> None:
        plan, name = self.plan(), " ".join(text.split())
        if name and name != plan.name:
            self._put("Byt namn på kontoplanen", replace(plan, name=name), merge="account-plan-name")
        elif not name:
            self.name.set_text(plan.name)

    def _written(self, row: int, column: int, text: str) -> None:
        self._take(row, column, ((text,),))

    def _take(self, first: int, left: int, rows: Sequence[Sequence[str]]) -> None:
        """Put in a block of texts from a cell on; all or nothing, as one step to undo."""
        plan, shown = self.plan(), self._groups()
        groups = list(shown)
        self._unread = ""
        try:
            for down, texts in enumerate(rows):
                for right, text in enumerate(texts):
                    row, column = first + down, left + right
                    if row < len(groups) and column <= ACCOUNTS:
                        groups[row] = with_cell(groups[row], column, text)
            self._refuse_faults(shown, groups)
        except ValueError as error:
            self._unread = str(error)
            self.refresh()
            return
        changed = [new for old, new in zip(shown, groups, strict=True) if old != new]
        label = f"Ändra {changed[0].title} i kontoplanen" if len(changed) == 1 else "Ändra kontoplanen"
        if self._new is not None:
            # It has no accounts yet: then it is no part of the plan.
            self._new = groups.pop()
            if self._new.ranges:
                label = f"Lägg till {self._new.title} i kontoplanen"
                groups.append(self._new)
                self._new = None
        if tuple(groups) != plan.groups:
            self._put(label, replace(plan, groups=tuple(groups)))
        else:
            self.refresh()

    def _refuse_faults(self, before: Sequence[AccountGroup], after: Sequence[AccountGroup]) -> None:
        for group in after[: len(self.plan().groups)]:
            if not group.ranges:
                raise ValueError(
                    f"{group.title} behöver minst ett konto. Ta bort gruppen om den inte ska finnas."
                )
        # What was double already must be possible to mend step by step.
        if (twice := overlap_words(after)) and not overlap_words(before):
            raise ValueError(f"{twice} Ändra den andra gruppen först.")

    # -- groups ---------------------------------------------------------------------------------------

    def add_group(self) -> None:
        """Begin a group last in the table and open its name; it is in the plan when it has accounts."""
        self.table.flush()
        self._unread = ""
        groups, row = self._groups(), self.table.currentIndex().row()
        if self._new is None:
            post = groups[row].post if 0 <= row < len(groups) else StatementPost.OPERATING_COSTS
            self._new = AccountGroup(title="Ny grupp", post=post, ranges=())
        self.refresh()
        index = self.table.cells.index(self.table.cells.rowCount() - 1, TITLE)
        self.table.setFocus()
        self.table.setCurrentIndex(index)
        self.table.edit(index)
        # The remark below takes room from the table when the layout is made anew.
        QTimer.singleShot(0, self._see_chosen)

    def _see_chosen(self) -> None:
        self.table.scrollTo(self.table.currentIndex())

    def remove_group(self) -> None:
        """Take the chosen group away; its accounts are then shown for themselves."""
        plan, row = self.plan(), self.table.currentIndex().row()
        self._unread = ""
        if row == len(plan.groups):
            self._new = None
            self.refresh()
        elif row >= 0:
            title = plan.groups[row].title
            self._put(f"Ta bort {title} ur kontoplanen", without_group(plan, row), tell=True)
        self._stand(min(row, self.table.cells.rowCount() - 1))

    def move_group(self, step: int) -> None:
        """Move the chosen group up (-1) or down (+1)."""
        self.table.flush()
        self._unread = ""
        plan, row = self.plan(), self.table.currentIndex().row()
        if 0 <= row < len(plan.groups) and 0 <= row + step < len(plan.groups):
            title = plan.groups[row].title
            self._put(f"Flytta {title} i kontoplanen", with_group_moved(plan, row, row + step))
            self._stand(row + step)

    def _move_up(self) -> None:
        self.move_group(-1)

    def _move_down(self) -> None:
        self.move_group(1)

    def _stand(self, row: int) -> None:
        column = max(self.table.currentIndex().column(), 0)
        self.table.setCurrentIndex(self.table.cells.index(row, column))
        self.table.setFocus()

    def _chosen(self, _now: _AnyIndex | None = None, _before: _AnyIndex | None = None) -> None:
        row, count = self.table.currentIndex().row(), len(self.plan().groups)
        self.up.setEnabled(0 < row < count)
        self.down.setEnabled(0 <= row < count - 1)
        # A plan with no group at all says nothing; the program's plan is a step away.
        self.drop.setEnabled(row == count or (row >= 0 and count > 1))
        if row in self._begins:
            top = self.model.index(self._begins[row], 0)
            self.accounts.scrollTo(top, DataTable.ScrollHint.PositionAtTop)
            self.accounts.selectRow(top.row())
        else:
            self.accounts.clearSelection()

    # -- whole plans ----------------------------------------------------------------------------------

    def go_back(self) -> None:
        """Use the program's plans again."""
        before = self.shell.session.association
        self._new, self._unread = None, ""
        self.will_change.emit()
        label = "Återgå till programmets kontoplan"
        self.shell.session.change(label, before, replace(before, account_plan=None), tell=True)
        self.refresh()
        self.table.setFocus()

    def _choose_plan(self) -> None:
        self.shell.dialogs.open_file("Välj en kontoplan", PLAN_FILES, self.open_plan)

    def open_plan(self, path: Path) -> None:
        """Take in a plan that was changed in Excel or as text."""
        self.shell.jobs.run(_Reading(path), label=f"Läser {path.name}", on_done=self._read)

    def _read(self, plan: object) -> None:
        assert isinstance(plan, AccountPlan)
        before = self.shell.session.association
        self._new, self._unread = None, ""
        self.will_change.emit()
        after = replace(before, account_plan=plan)
        self.shell.session.change("Hämta kontoplan från fil", before, after, tell=True)
        self.refresh()

    def _choose_place(self) -> None:
        self.flush()
        path = self.shell.session.path
        suggestion = (path.parent if path is not None else Path.home()) / "Kontoplan.xlsx"
        self.shell.dialogs.save_file("Spara kontoplanen", PLAN_FILES, self.save_plan, suggestion)

    def save_plan(self, path: Path) -> None:
        """Write the plan as a workbook or as text, to be changed and taken in again."""
        save = partial(account_plan_files.save_plan, self.plan(), path, self._accounts)
        if self.shell.session.guarded(save) is not None:
            self.shell.notify(Notice(text=f"Kontoplanen är sparad i {path.name}."))

    def _leave(self) -> None:
        self.flush()
        self.done.emit()


class _GroupTable(EditTable):
    """The groups. ``move_wanted(step)`` for Alt and an arrow."""

    move_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__("Kontoplanens grupper")

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _step(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _step(event):
            self.move_wanted.emit(_step(event))
            return
        super().keyPressEvent(event)


class _PostDelegate(TableDelegate):
    """A cell that is chosen among the posts of the statements."""

    def createEditor(
        self, parent: QWidget, option: object, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        field = ChoiceField(tuple((post.value, post.value) for post in StatementPost), parent=parent)
        field.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "Post"))
        field.setProperty("cell", True)
        field.setMaxVisibleItems(len(StatementPost))
        field.chosen.connect(self._commit)
        return field

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if isinstance(editor, ChoiceField):
            editor.set_value(str(index.data() or ""))

    def setModelData(
        self, editor: QWidget, model: object, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        table = self.parent()
        if isinstance(editor, ChoiceField) and isinstance(table, _GroupTable):
            table.cells.setData(index, str(editor.value() or ""))

    def _commit(self, _value: object) -> None:
        field = self.sender()
        if isinstance(field, QWidget):
            self.commitData.emit(field)
            self.closeEditor.emit(field, _PostDelegate.EndEditHint.NoHint)


class _Reading:
    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, _progress: Progress) -> object:
        return account_plan_files.read_plan_file(self._path)


def _step(event: QKeyEvent) -> int:
    alt = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.AltModifier
    return _STEPS.get(Qt.Key(event.key()), 0) if alt else 0


def _every_cell(_row: int, _column: int) -> bool:
    return True
