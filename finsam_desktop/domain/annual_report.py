"""What a person adds to the årsredovisning's figures: texts, sick leave, notes, adjustments of the result."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from finsam_desktop.domain.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SickLeave:
    """Sick leave as a part of ordinary working time (0.042), of a group and of how many ``employees`` it has.

    ``long`` is the part of the sick leave that lasted 60 days or more.
    """

    employees: int | None = None
    total: Decimal | None = None
    long: Decimal | None = None
    women: Decimal | None = None
    men: Decimal | None = None
    women_employees: int | None = None
    men_employees: int | None = None
    before: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualNote:
    """A note (not) to the statements. ``text`` is Markdown; ``figure_id`` a figure table printed after it."""

    id: str = field(default_factory=new_id)
    heading: str
    text: str = ""
    figure_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceAdjustment:
    """A gain or loss that the balanskrav leaves out (LKBR 11 kap. 10 §): ``amount`` in kr as it changes the result."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReport:
    """The texts of the årsredovisning of ``year`` (Markdown); its figures are the tables of item ``item_id``.

    ``development`` is the overview, ``events`` what mattered during and after the year, ``management`` the judgement of
    god ekonomisk hushållning, ``expected`` the expected development, ``staff`` the personnel.
    """

    id: str = field(default_factory=new_id)
    year: int
    item_id: str = ""
    development: str = ""
    events: str = ""
    governance: str = ""
    management: str = ""
    expected: str = ""
    staff: str = ""
    sick_leave: SickLeave = SickLeave()
    adjustments: tuple[BalanceAdjustment, ...] = ()
    notes: tuple[AnnualNote, ...] = ()
