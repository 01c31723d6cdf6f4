"""What reports to make: the files, the period, the part of the association, the plans, and where they go."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from finsam_desktop.bookkeeping_reports import Books, Wanted
from finsam_desktop.domain.account_plan import AccountPlan
from finsam_desktop.domain.association import Association
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.figures.target import FigureTarget
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead
from finsam_desktop.ui.widgets.text_edits import TextField

_TERTIALS = ((1, "Tertial 1"), (2, "Tertial 2"), (3, "Helår"))
_RANGE = re.compile(r"(\d{1,4})\s*(?:[-–]\s*(\d{1,4}))?")
_SPANS = (
    ("both", "Tertialet och från årets början"),
    ("accumulated", "Från årets början"),
    ("tertial", "Bara tertialet"),
)


def read_accounts(text: str) -> tuple[tuple[int, int], ...]:
    """ "4500–4599, 5010" as ranges of four digits; ValueError when it cannot be read."""
    found = []
    for part in (each.strip() for each in text.split(",") if each.strip()):
        match = _RANGE.fullmatch(part)
        if match is None:
            raise ValueError(f"”{part}” är inte konton. Skriv till exempel 4500–4599.")
        low, high = (
            int(match.group(1).ljust(4, "0")),
            int((match.group(2) or match.group(1)).ljust(4, "9")),
        )
        if low > high:
            raise ValueError(f"”{part}” är konton baklänges. Skriv det lägre kontot först.")
        found.append((low, high))
    return tuple(found)


class ReportSettings(Page):
    """The left pane of Rapporter. ``changed()`` when other reports are wanted, ``rest_chosen(bool)`` for forecasts.

    ``plan_wanted()`` when the account plan is to be changed.
    """

    changed = Signal()
    rest_chosen = Signal(bool)
    previous_wanted = Signal()
    previous_dropped = Signal()
    plan_wanted = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("Vilka rapporter som görs", margin=16, parent=parent)
        self._plans: dict[str, AccountPlan] = {}
        self.tertial = ChoiceField(_TERTIALS)
        self.span = ChoiceField(_SPANS)
        self.part = ChoiceField()
        self.accounts = TextField(placeholder="Alla")
        self.plan = ChoiceField()
        self.edit_plan = link_button("Ändra kontoplan")
        self.edit_plan.clicked.connect(self.plan_wanted)
        self.budget = ChoiceField()
        self.rest = QCheckBox("Övriga poster enligt budget")
        self.target = FigureTarget(shell, new_item=True)
        self._previous = Label("Ingen fil", "body")
        self._choose_previous = link_button("Välj fil")
        self._choose_previous.setAccessibleName("Välj förra årets bokföring")
        self._drop_previous = link_button("Ta bort")
        self._drop_previous.setAccessibleName("Ta bort förra årets bokföring")
        self._drop_previous.hide()
        self._accounts_row = FormRow("Bara konton", self.accounts, "Till exempel 4500–4599, 5010.")
        self._budget_row = FormRow("Budget", self.budget)
        for choice in (self.tertial, self.span, self.part, self.plan, self.budget):
            choice.chosen.connect(self._chosen)
        self.accounts.edited.connect(self._chosen)
        self.rest.toggled.connect(self.rest_chosen)
        self._choose_previous.clicked.connect(self.previous_wanted)
        self._drop_previous.clicked.connect(self.previous_dropped)
        self._lay_out()

    def _lay_out(self) -> None:
        self.add(FormRow("Period", self.tertial))
        self.add(FormRow("Utfall", self.span))
        self.add(FormRow("Del av förbundet", self.part))
        self.add(self._budget_row)
        self.add(SectionHead("Prognos"), space_before=4)
        self.add(self.rest)
        self.add(
            Label(
                "Skriv prognos och kommentar i tabellen. Kostnader blir negativa.", "meta", "text2", wrap=True
            )
        )
        self.add(SectionHead("Ärende"), space_before=4)
        self.add(self.target)
        self.add(SectionHead("Konton och filer"), space_before=4)
        self.add(FormRow("Kontoplan", self.plan, "Avgör vilken post varje konto hör till."))
        change = QWidget()
        below = QHBoxLayout(change)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.edit_plan)
        below.addStretch(1)
        self.add(change)
        self.add(self._accounts_row)
        files = QWidget()
        line = QHBoxLayout(files)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._previous, 1)
        line.addWidget(self._choose_previous)
        line.addWidget(self._drop_previous)
        self.add(FormRow("Förra årets bokföring", files, "Behövs när årets fil saknar förra årets månader."))

    def show_books(self, books: Books, association: Association, *, has_fixed_budget: bool) -> None:
        """Fill the choices with what the file and the association have; what is chosen stays where it can."""
        from finsam_desktop.sources.account_plans import standard_plans
        from finsam_desktop.sources.sie.balances import latest_tertial

        sie = books.sie
        parts: list[tuple[object, str]] = [(None, "Hela förbundet")]
        for number, dimension in sie.dimensions.items():
            own = [each for each in sie.objects if each.dimension == number]
            if own:
                parts.append((number, f"En rad per {dimension.name.lower()}"))
                parts += [
                    ((number, each.code), f"{dimension.name}: {each.name or each.code}") for each in own
                ]
        _keep(self.part, tuple(parts), None)
        plans = list(standard_plans())
        if association.account_plan is not None:
            plans.insert(0, association.account_plan)
        self._plans = {plan.name: plan for plan in reversed(plans)}
        usual = "Förbundets egen" if association.account_plan is not None else "Den som filen följer"
        _keep(self.plan, (("", usual), *((plan.name, plan.name) for plan in plans)), "")
        budgets = (("file", "Ur bokföringen"), ("fixed", "Den som styrelsen har fastställt"))
        _keep(self.budget, budgets if has_fixed_budget else budgets[:1], "file")
        self._budget_row.setVisible(has_fixed_budget)
        # A workbook seldom knows more than the year so far.
        _keep(self.span, _SPANS[1:2] if sie.only_accumulated else _SPANS, "accumulated")
        if self.tertial.value() is None or self.tertial.property("file") != sie.sha256:
            self.tertial.set_value(latest_tertial(sie))
            self._usual_span()
            self.tertial.setProperty("file", sie.sha256)
        self._previous.setText(books.previous.file_name if books.previous else "Ingen fil")
        self._drop_previous.setVisible(books.previous is not None)

    def show_rest(self, rest_as_budget: bool) -> None:
        """Tick whether the posts without a forecast follow their budget."""
        blocked = self.rest.blockSignals(True)
        self.rest.setChecked(rest_as_budget)
        self.rest.blockSignals(blocked)

    def chosen_plan(self) -> AccountPlan | None:
        """The plan that is chosen by name; None for the usual one."""
        return self._plans.get(str(self.plan.value()))

    def use_usual_plan(self) -> None:
        """Choose the association's own plan or, without one, that which the file follows."""
        self.plan.set_value("")

    def wanted(self) -> Wanted | None:
        """What is chosen; None, with a remark at the field, while the accounts cannot be read."""
        from finsam_desktop.sources.sie.reports import Selection, Span

        try:
            accounts = read_accounts(self.accounts.text())
        except ValueError as error:
            self._accounts_row.set_remark(str(error), State.MUST_MEND)
            return None
        self._accounts_row.set_remark("")
        part, tertial, span = self.part.value(), self.tertial.value(), self.span.value()
        return Wanted(
            selection=Selection(
                tertial=tertial if isinstance(tertial, int) else None,
                span=Span(str(span)) if span else None,
                objects=(part,) if isinstance(part, tuple) else (),
                accounts=accounts,
            ),
            by=part if isinstance(part, int) else None,
            plan=self.chosen_plan(),
            fixed_budget=self.budget.value() == "fixed",
        )

    def flush(self) -> None:
        """Take in what is being typed."""
        self.accounts.flush()

    def _usual_span(self) -> None:
        self.span.set_value("both" if self.tertial.value() == 2 and self.span.count() > 1 else "accumulated")

    def _chosen(self, _value: object) -> None:
        if self.sender() is self.tertial:
            self._usual_span()
        self.changed.emit()


def _keep(choice: ChoiceField, choices: tuple[tuple[object, str], ...], usual: object) -> None:
    old = choice.value()
    choice.set_choices(choices)
    choice.set_value(old if old is not None and any(old == value for value, _ in choices) else usual)
