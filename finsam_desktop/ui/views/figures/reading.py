"""How a table is understood: its rows, the column behind each figure, the unit, and what the checks say."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.domain.figures import ColumnKind, ColumnRole, FigureTable, Post, Purpose, RowKind, Unit
from finsam_desktop.domain.figures_checks import FigureFinding, Level
from finsam_desktop.domain.wording import number
from finsam_desktop.sources import RecognisedColumn, RecognisedTable, Sheet, shown
from finsam_desktop.sources.workbook import column_letters
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.buttons import link_button, secondary_button
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.prose_line import ProseLine
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead, empty
from finsam_desktop.ui.widgets.text_edits import TextField

PURPOSES = (
    (Purpose.INCOME_STATEMENT, "Resultatrapport"),
    (Purpose.BALANCE_SHEET, "Balansrapport"),
    (Purpose.INDICATORS, "Nyckeltal för verksamheten"),
    (Purpose.OTHER, "Annan tabell"),
)
COLUMNS = (
    (ColumnRole.LABEL, "Namn på post"),
    (ColumnRole.OUTCOME, "Utfall perioden"),
    (ColumnRole.PREVIOUS_OUTCOME, "Samma period i fjol"),
    (ColumnRole.BUDGET, "Budget för året"),
    (ColumnRole.FULL_YEAR_FORECAST, "Prognos för året"),
    (ColumnRole.DEVIATION, "Avvikelse"),
)
_TOLD = 4
_MENDS = 3
_NEAR_HEADER = 6
_UNITS = ((Unit.KR, "kr"), (Unit.TKR, "tkr"), (Unit.MKR, "mkr"))
_STATES = {
    Level.ERROR: State.MUST_MEND,
    Level.WARNING: State.CONSIDER,
    Level.NOTE: State.NOTE,
    Level.OK: State.DONE,
}


class FigureReading(Page):
    """The middle pane of Siffror. ``corrected(RecognisedTable)`` when the user understands the table otherwise.

    ``header_chosen(int)`` when the table begins on another row, ``recount_wanted(FigureFinding)`` when a cell is to
    have the amount that agrees, ``restore_wanted(address)`` when it is to have the source's again.
    """

    corrected = Signal(object)
    header_chosen = Signal(int)
    recount_wanted = Signal(object)
    restore_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Tolkning", margin=16, parent=parent)
        self._table: RecognisedTable | None = None
        self._sheet: Sheet | None = None
        self._title = ProseLine()
        self._title.edited.connect(self._correct)
        self._purpose = ChoiceField(PURPOSES)
        self._unit = ChoiceField(_UNITS)
        self._columns = {role: ChoiceField() for role, _ in COLUMNS}
        for choice in (self._purpose, self._unit, *self._columns.values()):
            choice.chosen.connect(self._correct)
        self._header = ChoiceField()
        self._header.chosen.connect(self._choose_header)
        self._sums = TextField(placeholder="Inga")
        self._sums.edited.connect(self._correct_sums)
        self._sums_row = FormRow("Summarader", self._sums)
        self._remarks = Label("", "meta", "warn", wrap=True)
        self._about_file: tuple[str, ...] = ()
        self.add(FormRow("Rubrik i Word", self._title))
        self.add(FormRow("Vad tabellen visar", self._purpose))
        self.add(SectionHead("Rader"), space_before=8)
        self.add(FormLine((FormRow("Rubrikrad", self._header), 1), (self._sums_row, 1)))
        self.add(SectionHead("Kolumner i Word, i den här ordningen"), space_before=8)
        for role, name in COLUMNS:
            self.add(FormRow(name, self._columns[role]))
        self.add(FormRow("Beloppen i filen är i", self._unit, "I Word skrivs de i tkr."))
        self.add(self._remarks)
        self._checks_head = SectionHead("Kontroller")
        self.add(self._checks_head, space_before=8)
        self._findings = RowModel(parent=self)
        self._list = RowList(
            "Kontroller av tabellen", delegate=RowDelegate(number_width=18, indent=0, margin=0)
        )
        self._list.setModel(self._findings)
        self.add(self._list)
        self._mends = QWidget()
        self._mends_column = QVBoxLayout(self._mends)
        self._mends_column.setContentsMargins(0, 0, 0, 0)
        self._mends_column.setSpacing(current_theme().px(8))
        self._mends.hide()
        self._not_the_file = Label(
            "Källfilen ändras inte. Rättelsen märks i tabellen.", "meta", "text2", wrap=True
        )
        self._not_the_file.hide()
        self.add(self._mends)
        self.add(self._not_the_file)
        self._offered: dict[str, FigureFinding] = {}

    def set_file_remarks(self, remarks: tuple[str, ...]) -> None:
        """What should be known of the file that the tables come from; shown with the next table."""
        self._about_file = remarks

    def show_table(self, table: RecognisedTable, sheet: Sheet, findings: tuple[FigureFinding, ...]) -> None:
        """Show how ``table`` is understood and what the checks say of it."""
        if self._table is None or (table.sheet, table.cells) != (self._table.sheet, self._table.cells):
            self._fill_choices(table, sheet)
        self._table, self._sheet = table, sheet
        self._title.set_text(table.title)
        self._header.set_value(table.header_rows[0] if table.header_rows else table.top)
        self._sums.set_text(", ".join(str(row) for row in _sum_rows(table)))
        self._sums_row.set_remark("")
        self._purpose.set_value(table.purpose)
        self._unit.set_value(table.unit)
        for role, choice in self._columns.items():
            choice.set_value(next((c.column for c in table.columns if c.role is role), 0))
        told = self._about_file[:_TOLD]
        left = len(self._about_file) - len(told)
        lines = (*table.remarks, *told, *((f"Och {left} anmärkningar till om filen.",) if left else ()))
        self._remarks.setText("\n".join(lines))
        self._remarks.setToolTip("\n".join(self._about_file) if left else "")
        self._remarks.setVisible(bool(lines))
        self._findings.set_rows(
            tuple(Row(title=f.title, meta=f.text, leading=_STATES[f.level], key=f.address) for f in findings)
        )
        doubts = sum(f.level is not Level.OK for f in findings)
        self._checks_head.set_fact(f"{doubts} att överväga" if doubts else "Allt stämmer")
        self._list.setFixedHeight(self._list.height_of_rows() + current_theme().px(4))

    def show_changes(self, figures: FigureTable, findings: tuple[FigureFinding, ...]) -> None:
        """Offer to count again what does not agree, and to take back what has been counted again."""
        empty(self._mends_column)
        self._offered = {f.address: f for f in findings if f.expected is not None and f.address}
        for finding in list(self._offered.values())[:_MENDS]:
            assert finding.expected is not None
            again = secondary_button(f"Räkna om {finding.address} till {_exact(finding.expected)}")
            again.setProperty("address", finding.address)
            again.clicked.connect(self._recount)
            self._mends_column.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        changed = [cell for row in figures.rows for cell in row.cells if cell.override is not None]
        for cell in changed:
            assert cell.override is not None
            before = "tomt" if cell.override.before is None else _exact(cell.override.before)
            back = link_button(f"Ta tillbaka {before} i {cell.address}")
            back.setProperty("address", cell.address)
            back.clicked.connect(self._restore)
            self._mends_column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        shown = bool(self._offered or changed)
        self._mends.setVisible(shown)
        self._not_the_file.setVisible(shown)

    def _recount(self) -> None:
        button = self.sender()
        if button is not None and (finding := self._offered.get(str(button.property("address")))) is not None:
            self.recount_wanted.emit(finding)

    def _restore(self) -> None:
        button = self.sender()
        if button is not None:
            self.restore_wanted.emit(str(button.property("address")))

    def flush(self) -> None:
        """Take in what is being typed."""
        self._title.flush()
        self._sums.flush()

    def _choose_header(self, row: object) -> None:
        if isinstance(row, int) and self._table is not None:
            self.header_chosen.emit(row)

    def _correct_sums(self, text: str) -> None:
        """Take other rows as sums; a row that is none any more is an ordinary one."""
        if self._table is None:
            return
        wanted = {int(digits) for digits in re.findall(r"\d{1,7}", text)}
        known = {row.row for row in self._table.rows if row.kind is not RowKind.HEADING}
        if wanted - known:
            self._sums_row.set_remark(
                f"Rad {min(wanted - known)} är ingen rad med tal i tabellen.", State.MUST_MEND
            )
            return
        rows = tuple(
            replace(row, kind=RowKind.SUM)
            if row.row in wanted and row.kind is RowKind.ROW
            else replace(row, kind=RowKind.ROW, post=Post.NONE)
            if row.row not in wanted and row.row in _sum_rows(self._table)
            else row
            for row in self._table.rows
        )
        if rows != self._table.rows:
            self.corrected.emit(replace(self._table, rows=rows, certainty=1.0))

    def _fill_choices(self, table: RecognisedTable, sheet: Sheet) -> None:
        header = table.header_rows[-1] if table.header_rows else table.top
        choices: tuple[tuple[object, str], ...] = (
            (0, "Finns inte"),
            *(
                (column, f"{column_letters(column)}  {shown(sheet.cell(header, column))}".rstrip())
                for column in range(table.left, table.right + 1)
            ),
        )
        for choice in self._columns.values():
            choice.set_choices(choices)
        near = range(max(1, table.top - _NEAR_HEADER), min(table.top + _NEAR_HEADER, table.bottom) + 1)
        self._header.set_choices(tuple((row, f"Rad {row}{_words_of(sheet, row, table)}") for row in near))

    def _correct(self, _value: object) -> None:
        if self._table is None:
            return
        purpose, unit = self._purpose.value(), self._unit.value()
        assert isinstance(purpose, Purpose)
        assert isinstance(unit, Unit)
        changed = replace(
            self._table,
            title=self._title.text(),
            purpose=purpose,
            unit=unit,
            columns=self._chosen_columns(self._table),
            certainty=1.0,
            remarks=(),
        )
        if changed != self._table:
            self.corrected.emit(changed)

    def _chosen_columns(self, table: RecognisedTable) -> tuple[RecognisedColumn, ...]:
        """The columns as chosen; columns that the form does not name stay where they were."""
        titles = {c.column: c for c in table.columns}
        named = {role for role, _ in COLUMNS}
        chosen: list[RecognisedColumn] = []
        for role, _ in COLUMNS:
            column = self._columns[role].value()
            if not isinstance(column, int) or column == 0:
                continue
            known = titles.get(column)
            kind = ColumnKind.TEXT if role is ColumnRole.LABEL else ColumnKind.AMOUNT
            if known is not None and known.kind is not ColumnKind.TEXT and role is not ColumnRole.LABEL:
                kind = known.kind
            title = known.title if known is not None else self._heading(table, column)
            chosen.append(RecognisedColumn(column=column, title=title, role=role, kind=kind))
        taken = {column.column for column in chosen}
        rest = [c for c in table.columns if c.role not in named and c.column not in taken]
        order = {c.column: place for place, c in enumerate(table.columns)}
        return tuple(sorted((*chosen, *rest), key=lambda c: order.get(c.column, len(order))))

    def _heading(self, table: RecognisedTable, column: int) -> str:
        assert self._sheet is not None
        texts = (shown(self._sheet.cell(row, column)) for row in table.header_rows)
        return " ".join(text for text in texts if text)


def _exact(amount: Decimal) -> str:
    return number(amount, 0 if amount == amount.to_integral_value() else 2)


def _sum_rows(table: RecognisedTable) -> tuple[int, ...]:
    return tuple(row.row for row in table.rows if row.kind in (RowKind.SUM, RowKind.TOTAL))


def _words_of(sheet: Sheet, row: int, table: RecognisedTable) -> str:
    """The first words on a row, to know it by."""
    words = (shown(sheet.cell(row, column)).strip() for column in range(table.left, table.right + 1))
    found = [word for word in words if word]
    return f"  {', '.join(found[:3])}" if found else ""
