"""Revision: the year's audit, and a matrix of what each member has decided on discharge (26 § finsamlagen)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.audit import (
    AuditYear,
    Discharge,
    DischargeOutcome,
    audit_of,
    with_audit,
    with_discharge,
)
from finsam_desktop.ui.models.cells_model import KEY_ROLE, CellsModel, TableCell, TableColumn
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.fields import ChoiceField, DateField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead
from finsam_desktop.ui.widgets.tables import DataTable
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit, TextField

_COLUMNS = (
    TableColumn(title="Medlem"),
    TableColumn(title="Berättelsen lämnad"),
    TableColumn(title="Prövad"),
    TableColumn(title="Ansvarsfrihet"),
    TableColumn(title="Beslutad av"),
)
_STATES = {
    DischargeOutcome.PENDING: State.NOT_BEGUN,
    DischargeOutcome.GRANTED: State.DONE,
    DischargeOutcome.GRANTED_WITH_REMARK: State.CONSIDER,
    DischargeOutcome.REFUSED: State.MUST_MEND,
}
_YEARS_BACK = 6


class AuditPane(Page):
    """A year, its facts, the matrix, and a form for the member that is chosen in it."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("Revision", text_width=820, parent=parent)
        self._shell = shell
        self._member_id = ""
        today = shell.session.today
        self.year = ChoiceField()
        self.sent, self.received = DateField(today=today), DateField(today=today)
        self.supported = ChoiceField(((None, "Inte antecknat"), (True, "Ja"), (False, "Nej")))
        self.remark = GrowingTextEdit("", "Vad revisorerna har anmärkt på eller noterat")
        self.measures = GrowingTextEdit("", "Vad styrelsen gör med anledning av det")
        self.table = DataTable("Medlemmarnas beslut om ansvarsfrihet")
        self._model = CellsModel(_COLUMNS, parent=self.table)
        self.table.setModel(self._model)
        self.table.stretch_column(0)
        self.given, self.decided = DateField(today=today), DateField(today=today)
        self.outcome = ChoiceField(tuple(wording.DISCHARGES.items()))
        self.decided_by, self.member_remark = (
            TextField("", "Till exempel kommunfullmäktige, § 41"),
            TextField(),
        )
        self._chosen = SectionHead("Medlem")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.add(SectionHead("Årets revision"))
        self._received_row = FormRow("Revisionsberättelsen kom in", self.received)
        self.add(
            FormLine(
                (FormRow("Räkenskapsår", self.year), 2),
                (FormRow("Årsredovisningen lämnad", self.sent), 3),
                (self._received_row, 3),
                (FormRow("Tillstyrks ansvarsfrihet", self.supported), 3),
            )
        )
        self.add(FormLine((FormRow("Anmärkningar", self.remark), 1), (FormRow("Åtgärder", self.measures), 1)))
        self.add(SectionHead("Medlemmarnas prövning"), space_before=12)
        self.add(
            Label(
                "Varje medlem prövar för sig om styrelsen beviljas ansvarsfrihet. Lagen anger ingen sista dag.",
                "meta",
                "text2",
                wrap=True,
            )
        )
        self.add(self.table)
        self.add(self._chosen, space_before=12)
        self._given_row = FormRow("Berättelsen lämnad", self.given)
        self._decided_row = FormRow("Prövad", self.decided)
        self.add(
            FormLine(
                (self._given_row, 3), (self._decided_row, 3), (FormRow("Ansvarsfrihet", self.outcome), 4)
            )
        )
        self.add(
            FormLine(
                (FormRow("Beslutad av", self.decided_by), 1), (FormRow("Anmärkning", self.member_remark), 1)
            )
        )

    def _connect(self) -> None:
        self.year.chosen.connect(self._year_chosen)
        for row, field in (
            (self._received_row, self.received),
            (self._given_row, self.given),
            (self._decided_row, self.decided),
        ):
            field.setProperty("row", row)
            field.editingFinished.connect(self._show_fault)
        for changed in (
            self.sent.changed, self.received.changed, self.supported.chosen, self.remark.edited,
            self.measures.edited,
        ):  # fmt: skip
            changed.connect(self._take_year)
        for changed in (
            self.given.changed, self.decided.changed, self.outcome.chosen, self.decided_by.edited,
            self.member_remark.edited,
        ):  # fmt: skip
            changed.connect(self._take_member)
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.table.opened.connect(self._row_opened)

    # -- what the view uses ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the association as it is."""
        association, today = self._shell.session.association, self._shell.session.today
        years = {today.year - back for back in range(1, _YEARS_BACK)} | {a.year for a in association.audits}
        shown = self._year_shown()
        choices = tuple((year, str(year)) for year in sorted(years, reverse=True))
        if self.year.count() != len(choices) or self.year.itemText(0) != choices[0][1]:
            self.year.set_choices(choices)
        self.year.set_value(shown if shown in years else today.year - 1)
        audit = self._audit()
        self.sent.set_value(audit.annual_report_sent)
        self.received.set_value(audit.report_received)
        self.supported.set_value(audit.supported)
        self.remark.set_text(audit.remark)
        self.measures.set_text(audit.measures)
        self._show_matrix(association, audit)
        self._fill_member()

    def flush(self) -> None:
        """Take in what is being typed."""
        for field in (self.remark, self.measures, self.decided_by, self.member_remark):
            field.flush()

    def show_year(self, year: int) -> None:
        """Show the audit of a year."""
        self.year.set_value(year)
        self.refresh()

    def focus_matrix(self) -> None:
        """Put the focus in the matrix."""
        self.table.setFocus()

    # -- showing --------------------------------------------------------------------------------------

    def _year_shown(self) -> int:
        value = self.year.value()
        return value if isinstance(value, int) else self._shell.session.today.year - 1

    def _audit(self) -> AuditYear:
        return audit_of(self._shell.session.association.audits, self._year_shown())

    def _show_matrix(self, association: Association, audit: AuditYear) -> None:
        rows = []
        for member in association.members:
            row = audit.of(member.id) or Discharge(member_id=member.id)
            rows.append(
                (
                    TableCell(text=member.name, key=member.id),
                    TableCell(text=row.sent.isoformat() if row.sent else "–"),
                    TableCell(text=row.decided.isoformat() if row.decided else "–"),
                    TableCell(text=wording.DISCHARGES[row.outcome], state=_STATES[row.outcome]),
                    TableCell(text=row.decided_by),
                )
            )
        blocked = self.table.blockSignals(True)
        self._model.set_table(_COLUMNS, tuple(rows))
        self.table.stretch_column(0)
        self.table.fit_height()
        known = [member.id for member in association.members]
        if self._member_id not in known:
            self._member_id = known[0] if known else ""
        if self._member_id:
            self.table.selectRow(known.index(self._member_id))
        self.table.blockSignals(blocked)

    def _fill_member(self) -> None:
        association = self._shell.session.association
        member = association.member(self._member_id)
        row = self._audit().of(self._member_id) or Discharge(member_id=self._member_id)
        self._chosen.set_title(member.name if member is not None else "Inga medlemmar är inlagda")
        for field in (self.given, self.decided, self.outcome, self.decided_by, self.member_remark):
            field.setEnabled(member is not None)
        self.given.set_value(row.sent)
        self.decided.set_value(row.decided)
        self.outcome.set_value(row.outcome)
        self.decided_by.set_text(row.decided_by)
        self.member_remark.set_text(row.remark)

    def _show_fault(self) -> None:
        field = self.sender()
        row = field.property("row")
        row.set_remark(field.fault(), State.MUST_MEND)  # type: ignore[attr-defined]

    # -- changing -------------------------------------------------------------------------------------

    def _year_chosen(self, _year: object) -> None:
        self.flush()
        self.refresh()

    def _row_chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        key = str(index.siblingAtColumn(0).data(KEY_ROLE) or "")
        if key and key != self._member_id:
            self.decided_by.flush()
            self.member_remark.flush()
            self._member_id = key
            self._fill_member()

    def _row_opened(self, _index: QModelIndex) -> None:
        self.given.setFocus()

    def _take_year(self, _value: object) -> None:
        audit = self._audit()
        supported = self.supported.value()
        changed = replace(
            audit,
            annual_report_sent=self.sent.value(),
            report_received=self.received.value(),
            supported=supported if isinstance(supported, bool) else None,
            remark=self.remark.text(),
            measures=self.measures.text(),
        )
        self._change(changed, f"Ändra revisionen för {audit.year}", f"audit:{audit.year}")

    def _take_member(self, _value: object) -> None:
        outcome = self.outcome.value()
        if not self._member_id or not isinstance(outcome, DischargeOutcome):
            return
        discharge = Discharge(
            member_id=self._member_id,
            sent=self.given.value(),
            decided=self.decided.value(),
            outcome=outcome,
            decided_by=self.decided_by.text(),
            remark=self.member_remark.text(),
        )
        member = self._shell.session.association.member(self._member_id)
        name = member.name if member is not None else "medlemmen"
        audit = self._audit()
        label = f"Ändra {name}, ansvarsfrihet {audit.year}"
        self._change(with_discharge(audit, discharge), label, f"audit:{audit.year}:{self._member_id}")

    def _change(self, audit: AuditYear, label: str, merge: str) -> None:
        before = self._shell.session.association
        after = replace(before, audits=with_audit(before.audits, audit))
        if after != before:
            self._shell.session.change(label, before, after, merge=merge)
