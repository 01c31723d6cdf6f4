"""The facts of the association that the papers print, and what its own rules decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.org_number import org_number_fault
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.association.logo_field import LogoField
from finsam_desktop.ui.views.association.standing_rules import StandingRulesForm
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.fields import CountField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import SectionHead
from finsam_desktop.ui.widgets.text_edits import TextField


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    """One text field: where its value is, and how a new value is put there."""

    key: str
    label: str
    help: str
    get: Callable[[Association], str]
    put: Callable[[Association, str], Association]


def _own(key: str, label: str, help: str = "") -> _Fact:
    return _Fact(
        key=key,
        label=label,
        help=help,
        get=lambda value: str(getattr(value, key)),
        put=lambda value, text: replace(value, **{key: text}),  # type: ignore[arg-type]
    )


def _letterhead(key: str, label: str, help: str = "") -> _Fact:
    return _Fact(
        key=key,
        label=label,
        help=help,
        get=lambda value: str(getattr(value.letterhead, key)),
        put=lambda value, text: replace(value, letterhead=replace(value.letterhead, **{key: text})),  # type: ignore[arg-type]
    )


_NAME = (_own("name", "Förbundets namn"), _own("org_number", "Organisationsnummer"), _own("seat", "Säte"))
_HEAD = (
    _letterhead("address", "Postadress", "Står i brevfoten."),
    _letterhead("phone", "Telefon"),
    _letterhead("email", "E-post"),
    _letterhead("website", "Webbplats"),
    _letterhead("accent", "Färg i dokumenten", "Till exempel #1D4B5E. Lämna tomt för den vanliga färgen."),
)
_MINUTES = (
    _own("minutes_kept_at", "Protokollen förvaras", "Till exempel: på förbundets kansli, Storgatan 12."),
    _own("minutes_published_at", "Protokollen finns på webbadressen"),
    _own("court", "Överklagande prövas av", "Till exempel: Förvaltningsrätten i Umeå."),
)
_RULE_COUNTS = (
    ("board_size", "Platser i styrelsen", "Styrelsen är beslutför när fler än hälften är på plats.", 99),
    ("notice_days", "Kallelse, dagar före", "Lagen anger ingen tid. Er arbetsordning gör det.", 60),
    ("absence_days", "Frånvaro anmäls, dagar före", "", 60),
    ("adjuster_count", "Antal justerare", "Utöver ordföranden.", 9),
)


class AssociationFacts(Page):
    """The first tab of Förbundet."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("Förbundets uppgifter", text_width=760, parent=parent)
        self._shell = shell
        self._fields: dict[str, tuple[_Fact, TextField]] = {}
        self._counts: dict[str, CountField] = {}
        rows = {fact.key: self._row(fact) for fact in (*_NAME, *_HEAD, *_MINUTES)}
        self.add(SectionHead("Förbundet"))
        self.add(FormLine((rows["name"], 5), (rows["org_number"], 3), (rows["seat"], 3)))
        self.add(SectionHead("Brevhuvud och brevfot"), space_before=12)
        self.add(FormLine((rows["address"], 5), (rows["phone"], 3)))
        self.add(FormLine((rows["email"], 4), (rows["website"], 4), (rows["accent"], 3)))
        self.logo = LogoField(shell)
        self.add(FormRow("Logotyp", self.logo))
        self.add(SectionHead("Protokoll och överklagande"), space_before=12)
        self.add(rows["minutes_kept_at"])
        self.add(FormLine((rows["minutes_published_at"], 4), (rows["court"], 4)))
        self.add(SectionHead("Förbundsordning och arbetsordning"), space_before=12)
        self.add(self._rules())

    def _row(self, fact: _Fact) -> FormRow:
        field = TextField()
        field.edited.connect(self._take_texts)
        self._fields[fact.key] = (fact, field)
        row = FormRow(fact.label, field, fact.help)
        if fact.key == "org_number":
            self._number_row = row
            field.editingFinished.connect(self._check_number)
        return row

    def _check_number(self) -> None:
        """Say at the field when the number cannot be right; what is written is kept all the same."""
        self._number_row.set_remark(org_number_fault(self._fields["org_number"][1].text()), State.CONSIDER)

    def _rules(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        lines: list[tuple[FormRow, int]] = []
        for key, label, help, most in _RULE_COUNTS:
            field = CountField(least=0, most=most)
            field.changed.connect(self._take_counts)
            self._counts[key] = field
            lines.append((FormRow(label, field, help), 3))
        column.addWidget(FormLine(*lines[:2]))
        column.addWidget(FormLine(*lines[2:]))
        self._distance = TextField()
        self._distance.edited.connect(self._take_texts)
        column.addWidget(
            FormRow(
                "Beslut om distansdeltagande",
                self._distance,
                "Dag och paragraf, till exempel: den 12 februari 2026, § 9.",
            )
        )
        self._contribution = TextField()
        self._contribution.edited.connect(self._take_contribution)
        self._contribution_row = FormRow(
            "Årets medlemsbidrag i kronor", self._contribution, "Eget kapital jämförs med det."
        )
        column.addWidget(self._contribution_row)
        column.addSpacing(current_theme().px(8))
        self.standing = StandingRulesForm(self._shell)
        column.addWidget(self.standing)
        return box

    def refresh(self) -> None:
        """Show the association as it is."""
        value = self._shell.session.association
        for fact, field in self._fields.values():
            field.set_text(fact.get(value))
        self.logo.refresh()
        for key, count in self._counts.items():
            count.set_value(getattr(value.rules, key))
        self._distance.set_text(value.rules.distance_decision)
        contribution = value.rules.contribution
        self._contribution.set_text("" if contribution is None else wording.number(contribution))
        self.standing.refresh()

    def flush(self) -> None:
        """Take in what is being typed."""
        for _, field in self._fields.values():
            field.flush()
        self._distance.flush()
        self._contribution.flush()
        self.standing.flush()

    def _take_texts(self, _text: str) -> None:
        before = self._shell.session.association
        after = before
        for fact, field in self._fields.values():
            if field.text() != fact.get(after):
                after = fact.put(after, field.text())
        after = replace(after, rules=replace(after.rules, distance_decision=self._distance.text()))
        self._shell.session.change("Ändra förbundets uppgifter", before, after, merge="association:facts")

    def _take_counts(self, _value: object) -> None:
        before = self._shell.session.association
        values = {key: field.value() or 0 for key, field in self._counts.items()}
        after = replace(before, rules=replace(before.rules, **values))  # type: ignore[arg-type]
        self._shell.session.change("Ändra förbundets regler", before, after)

    def _take_contribution(self, text: str) -> None:
        before = self._shell.session.association
        squeezed = "".join(text.split()).replace(",", ".").removesuffix("kr")
        try:
            amount = Decimal(squeezed) if squeezed else None
            if amount is not None and not (amount.is_finite() and amount >= 0):
                raise InvalidOperation
        except InvalidOperation:
            self._contribution_row.set_remark(
                "Skriv ett belopp i kronor, till exempel 11 490 000.", State.MUST_MEND
            )
            return
        self._contribution_row.set_remark("")
        after = replace(before, rules=replace(before.rules, contribution=amount))
        self._shell.session.change("Ändra årets medlemsbidrag", before, after)
