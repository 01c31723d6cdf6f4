"""What the association's own förbundsordning and arbetsordning decide, as a part of Uppgifter."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.association import Fee, Majority, Role, StandingRules
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.widgets.buttons import IconButton, link_button
from finsam_desktop.ui.widgets.fields import ChoiceField, CountField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label
from finsam_desktop.ui.widgets.text_edits import TextField

FRACTIONS = ((2, 3), (3, 4), (4, 5), (1, 1))
PAID = (Role.CHAIR, Role.VICE_CHAIR, Role.BOARD_MEMBER, Role.DEPUTY)
_CHECKS = (
    ("deputies_may_speak", "Ersättare som inte tjänstgör får yttra sig"),
    ("interim_report_required", "Förbundsordningen kräver delårsrapport"),
    ("electronic_signing", "Protokollet får justeras med elektronisk underskrift"),
)


class _MajorityRow(QWidget):
    changed = Signal()
    removed = Signal(object)

    def __init__(self, majority: Majority) -> None:
        super().__init__()
        self.majority_id = majority.id
        self.matter = TextField("", "I vilka ärenden, till exempel utträde och likvidation")
        self.matter.setAccessibleName("Ärenden som kräver kvalificerad majoritet")
        self.share = ChoiceField(
            tuple((pair, f"{pair[0]}/{pair[1]}" if pair != (1, 1) else "Alla") for pair in FRACTIONS)
        )
        self.share.setAccessibleName("Hur stor majoritet")
        self.source = TextField("", "Till exempel 11 §")
        self.source.setAccessibleName("Var i förbundsordningen")
        drop = IconButton("x", "Ta bort kravet")
        drop.clicked.connect(self._remove)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(current_theme().px(8))
        line.addWidget(self.matter, 6)
        line.addWidget(self.share, 2)
        line.addWidget(self.source, 2)
        line.addWidget(drop)
        self.show_value(majority)
        self.matter.edited.connect(self._report)
        self.source.edited.connect(self._report)
        self.share.chosen.connect(self._report)

    def show_value(self, majority: Majority) -> None:
        self.majority_id = majority.id
        self.matter.set_text(majority.matter)
        self.share.set_value((majority.numerator, majority.denominator))
        self.source.set_text(majority.source)

    def value(self) -> Majority:
        pair = self.share.value()
        numerator, denominator = pair if isinstance(pair, tuple) else FRACTIONS[0]
        return Majority(
            id=self.majority_id,
            matter=self.matter.text(),
            numerator=int(numerator),
            denominator=int(denominator),
            source=self.source.text(),
        )

    def flush(self) -> None:
        self.matter.flush()
        self.source.flush()

    def _report(self, _value: object = None) -> None:
        self.changed.emit()

    def _remove(self) -> None:
        self.removed.emit(self)


class Majorities(QWidget):
    """The matters that need a qualified majority (9 § 6 finsamlagen). ``edited(tuple)``."""

    edited = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[_MajorityRow] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(current_theme().px(6))
        self.add = link_button("Lägg till krav", "plus")
        self.add.clicked.connect(self._add)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._column)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        whole.addLayout(foot)
        self.setFocusProxy(self.add)

    def show_values(self, majorities: tuple[Majority, ...]) -> None:
        """Show the requirements without reporting them."""
        while len(self.rows) > len(majorities):
            self._drop(self.rows[-1])
        for place, majority in enumerate(majorities):
            if place == len(self.rows):
                self._append(majority)
            elif self.rows[place].value() != majority:
                self.rows[place].show_value(majority)

    def flush(self) -> None:
        """Take in what is being typed."""
        for row in tuple(self.rows):
            row.flush()

    def _append(self, majority: Majority) -> None:
        row = _MajorityRow(majority)
        row.changed.connect(self._report)
        row.removed.connect(self._remove)
        self.rows.append(row)
        self._column.addWidget(row)
        if self.isVisible():
            row.show()  # a layout does not count a row that is yet to be shown
        self._fit()

    def _fit(self) -> None:
        """Stand as tall as the rows: a form row around us keeps the height it had."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setMinimumHeight(layout.sizeHint().height())

    def _add(self) -> None:
        self._append(Majority(matter=""))
        self._report()
        self.rows[-1].matter.setFocus()

    def _remove(self, row: _MajorityRow) -> None:
        self._drop(row)
        self._report()

    def _drop(self, row: _MajorityRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._fit()

    def _report(self) -> None:
        self.edited.emit(tuple(row.value() for row in self.rows))


class StandingRulesForm(QWidget):
    """The rules that the checks and papers ask for, besides the numbers that every meeting needs."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.checks = {key: QCheckBox(text) for key, text in _CHECKS}
        self.manner, self.scope = TextField(), TextField()
        self.month = ChoiceField(tuple((number, name) for number, name in enumerate(wording.MONTHS, start=1)))
        self.day = CountField(least=1, most=31)
        self.fees = {role: TextField() for role in PAID}
        self.majorities = Majorities()
        self._fee_rows = {
            role: FormRow(f"Arvode {wording.ROLES[role]}, kr", field) for role, field in self.fees.items()
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(12))
        column.addWidget(
            FormRow("Omfattning av deltagande på distans", self.scope, "Så som beslutet säger (19 a §).")
        )
        column.addWidget(FormRow("Hur protokollet justeras", self.manner, "Till exempel: av två ledamöter."))
        column.addWidget(
            FormLine(
                (FormRow("Mandattiden börjar, dag", self.day), 2),
                (FormRow("Månad", self.month, "Annars 1 april (13 §)."), 4),
            )
        )
        for box in self.checks.values():
            column.addWidget(box)
        column.addWidget(
            Label("Ärenden som kräver kvalificerad majoritet (9 § 6 finsamlagen)", "label", "text2")
        )
        self.majorities.setAccessibleName("Ärenden som kräver kvalificerad majoritet")
        column.addWidget(self.majorities)
        column.addWidget(FormLine(*((row, 1) for row in self._fee_rows.values())))
        for line in self.findChildren(FormRow):
            line.setMinimumHeight(line.sizeHint().height())
        self._connect()

    def _connect(self) -> None:
        for box in self.checks.values():
            box.toggled.connect(self._take)
        for field in (self.manner, self.scope):
            field.edited.connect(self._take)
        self.month.chosen.connect(self._take)
        self.day.changed.connect(self._take)
        self.majorities.edited.connect(self._take_majorities)
        for fee in self.fees.values():
            fee.edited.connect(self._take_fees)

    def refresh(self) -> None:
        """Show the association's rules as they are."""
        rules = self._shell.session.association.rules
        for key, box in self.checks.items():
            blocked = box.blockSignals(True)
            box.setChecked(bool(getattr(rules, key)))
            box.blockSignals(blocked)
        self.manner.set_text(rules.adjustment_manner)
        self.scope.set_text(rules.distance_scope)
        month, day = rules.mandate_starts
        self.month.set_value(month)
        self.day.set_value(day)
        self.majorities.show_values(rules.majorities)
        paid = {fee.role: fee.per_meeting for fee in rules.fees}
        for role, field in self.fees.items():
            field.set_text(wording.number(paid[role]) if role in paid else "")

    def flush(self) -> None:
        """Take in what is being typed."""
        for field in (self.manner, self.scope, *self.fees.values()):
            field.flush()
        self.majorities.flush()

    def _take(self, _value: object = None) -> None:
        rules = self._shell.session.association.rules
        month = self.month.value()
        changed = replace(
            rules,
            adjustment_manner=self.manner.text(),
            distance_scope=self.scope.text(),
            mandate_starts=(
                month if isinstance(month, int) else rules.mandate_starts[0],
                self.day.value() or rules.mandate_starts[1],
            ),
            **{key: box.isChecked() for key, box in self.checks.items()},  # type: ignore[arg-type]
        )
        self._change(changed, "association:standing")

    def _take_majorities(self, majorities: tuple[Majority, ...]) -> None:
        rules = self._shell.session.association.rules
        self._change(replace(rules, majorities=majorities), "association:majorities")

    def _take_fees(self, _text: str) -> None:
        rules, fees = self._shell.session.association.rules, []
        kept = [fee for fee in rules.fees if fee.role not in PAID]
        for role, field in self.fees.items():
            squeezed = "".join(field.text().split()).replace(",", ".").removesuffix("kr")
            self._fee_rows[role].set_remark("")
            if not squeezed:
                continue
            try:
                amount = Decimal(squeezed)
                if not (amount.is_finite() and amount >= 0):
                    raise InvalidOperation
            except InvalidOperation:
                self._fee_rows[role].set_remark("Skriv ett belopp, till exempel 1 100.", State.MUST_MEND)
                kept += [fee for fee in rules.fees if fee.role is role]
                continue
            fees.append(Fee(role=role, per_meeting=amount))
        self._change(replace(rules, fees=(*fees, *kept)), "association:fees")

    def _change(self, rules: StandingRules, merge: str) -> None:
        before = self._shell.session.association
        if rules != before.rules:
            after = replace(before, rules=rules)
            self._shell.session.change("Ändra förbundets regler", before, after, merge=merge)
