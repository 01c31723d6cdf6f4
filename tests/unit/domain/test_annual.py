"""The årsredovisning's figures, held against sums made here."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain.annual import (
    annual_figures,
    balance_requirement,
    cash_flow,
    cash_flow_table,
    note_skeleton,
    operations,
    sick_leave_reason,
    sick_leave_rows,
)
from finsam_desktop.domain.annual_report import BalanceAdjustment, SickLeave
from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureTable,
    Post,
    Purpose,
    RowKind,
)
from finsam_desktop.domain.year_plan import ADMINISTRATION, MEASURES, PlanLine, YearPlan

RESULT_COLUMNS = (ColumnRole.OUTCOME, ColumnRole.BUDGET)
BALANCE_COLUMNS = (ColumnRole.OUTCOME, ColumnRole.PREVIOUS_OUTCOME)


def row(
    label: str, *amounts: int | None, kind: RowKind = RowKind.ROW, post: Post = Post.NONE, cost: bool = False
) -> FigureRow:
    cells = (FigureCell(amount=None if amount is None else Decimal(amount)) for amount in amounts)
    return FigureRow(cells=(FigureCell(text=label), *cells), kind=kind, post=post, is_cost=cost)


def table(purpose: Purpose, roles: tuple[ColumnRole, ...], *rows: FigureRow) -> FigureTable:
    columns = (FigureColumn(title=role, role=role, kind=ColumnKind.AMOUNT) for role in roles)
    label = FigureColumn(title="Post", role=ColumnRole.LABEL)
    return FigureTable(title="T", purpose=purpose, columns=(label, *columns), rows=rows)


def result(earned: int, depreciation: int = 0) -> FigureTable:
    return table(
        Purpose.INCOME_STATEMENT, RESULT_COLUMNS,
        row("Bidrag", 11000, 11500),
        row("Summa intäkter", 11000, 11500, kind=RowKind.SUM, post=Post.INCOME),
        row("Kansli", -2000, -2100, cost=True),
        row("Torgen", -7000, -7500, cost=True),
        row("Avskrivningar", -depreciation, 0, cost=True),
        row("Summa kostnader", earned - 11000, -9600, kind=RowKind.SUM, post=Post.COSTS, cost=True),
        row("Årets resultat", earned, 1900, kind=RowKind.TOTAL, post=Post.RESULT),
    )  # fmt: skip


def balance(now: dict[str, int], before: dict[str, int], earned: int, opening: int) -> FigureTable:
    def both(label: str) -> FigureRow:
        return row(label, now[label], before[label])

    assets = ("Inventarier", "Fordringar", "Kassa och bank")
    debts = ("Avsättningar för pensioner", "Långfristiga skulder", "Leverantörsskulder")
    closing = sum(now[a] for a in assets) - sum(now[d] for d in debts)
    return table(
        Purpose.BALANCE_SHEET, BALANCE_COLUMNS,
        *(both(label) for label in assets),
        row("Summa tillgångar", sum(now[a] for a in assets), sum(before[a] for a in assets), kind=RowKind.SUM,
            post=Post.TOTAL_ASSETS),
        row("Eget kapital vid årets början", opening, None, post=Post.OPENING_EQUITY),
        row("Årets resultat", earned, None, post=Post.RESULT),
        row("Eget kapital vid årets slut", closing, opening, kind=RowKind.SUM, post=Post.CLOSING_EQUITY),
        *(both(label) for label in debts),
    )  # fmt: skip


LABELS = ("Inventarier", "Fordringar", "Kassa och bank", "Avsättningar för pensioner", "Långfristiga skulder",
          "Leverantörsskulder")  # fmt: skip
AMOUNTS = st.fixed_dictionaries({label: st.integers(0, 10**8) for label in LABELS})


@given(AMOUNTS, AMOUNTS, st.integers(-(10**7), 10**7), st.integers(0, 10**6))
def test_the_cash_flow_always_explains_the_change_in_cash(
    now: dict[str, int], before: dict[str, int], earned: int, depreciation: int
) -> None:
    """A balance sheet that balances at both ends leaves nothing unexplained, whatever its amounts."""
    opening = sum(before[a] for a in LABELS[:3]) - sum(before[d] for d in LABELS[3:])
    flow = cash_flow(result(earned, depreciation), balance(now, before, earned, opening))
    assert flow is not None
    assert flow.difference == 0
    assert flow.change == now["Kassa och bank"] - before["Kassa och bank"]
    assert flow.depreciation == depreciation
    assert flow.investments == -(now["Inventarier"] - before["Inventarier"] + depreciation)


NOW = {"Inventarier": 300, "Fordringar": 500, "Kassa och bank": 2000, "Avsättningar för pensioner": 100,
       "Långfristiga skulder": 0, "Leverantörsskulder": 700}  # fmt: skip
BEFORE = {"Inventarier": 400, "Fordringar": 450, "Kassa och bank": 1500, "Avsättningar för pensioner": 50,
          "Långfristiga skulder": 0, "Leverantörsskulder": 600}  # fmt: skip


def test_the_statement_shows_the_rows_that_have_amounts() -> None:
    flow = cash_flow(result(300, 100), balance(NOW, BEFORE, 300, 1700))
    assert flow is not None
    shown = cash_flow_table(flow)
    assert [(each.cells[0].text, each.cells[1].amount) for each in shown.rows] == [
        ("Den löpande verksamheten", None),
        ("Årets resultat", 300),
        ("Av- och nedskrivningar", 100),
        ("Förändring av avsättningar", 50),
        ("Förändring av kortfristiga fordringar", -50),
        ("Förändring av kortfristiga skulder", 100),
        ("Kassaflöde från den löpande verksamheten", 500),
        ("Årets kassaflöde", 500),
        ("Likvida medel vid årets början", 1500),
        ("Likvida medel vid årets slut", 2000),
    ]
    assert len(cash_flow_table(flow, flow).columns) == 3


def test_what_is_missing_is_told() -> None:
    assert annual_figures(()).remarks[:2] == (
        "Resultaträkningen för året saknas.",
        "Balansräkningen för året saknas.",
    )
    no_cash = balance(NOW, BEFORE, 300, 1700)
    rows = (each for each in no_cash.rows if each.cells[0].text != "Kassa och bank")
    no_cash = table(Purpose.BALANCE_SHEET, BALANCE_COLUMNS, *rows)
    made = annual_figures((result(300), no_cash))
    assert made.cash_flow is None
    assert any("rad för kassa" in remark for remark in made.remarks)
    sound = balance(NOW, BEFORE, 300, 1700)
    rows = (
        row("Kassa", 2007, 1500) if each.cells[0].text == "Kassa och bank" else each for each in sound.rows
    )
    skewed = annual_figures((result(300, 100), table(Purpose.BALANCE_SHEET, BALANCE_COLUMNS, *rows)))
    assert skewed.remarks[0].startswith("Kassaflödet skiljer 7 kr")
    assert not [
        remark for remark in annual_figures((result(300, 100), sound)).remarks if "Kassaflödet" in remark
    ]


def test_operations_gather_rows_into_the_plans_areas() -> None:
    placed = (("kansli", ADMINISTRATION), ("Torgen", MEASURES), ("Avskrivningar", ADMINISTRATION))
    plan = YearPlan(year=2026, lines=tuple(PlanLine(label=label, area=area) for label, area in placed))
    made = operations(result(1900, 100), plan)
    assert [[cell.text or cell.amount for cell in each.cells] for each in made.rows] == [
        ["Bidrag", 11500, 11000, -500],
        [ADMINISTRATION, -2100, -2100, 0],
        [MEASURES, -7500, -7000, 500],
        ["Resultat", 1900, 1900, 0],
    ]


def test_the_balance_requirement_leaves_out_what_the_law_leaves_out() -> None:
    made = balance_requirement(
        Decimal(300), (BalanceAdjustment(label="Realisationsvinster", amount=Decimal(-40)),)
    )
    assert [each.cells[1].amount for each in made.rows] == [300, -40, 260, 260]


def test_sick_leave_of_ten_or_fewer_is_never_told() -> None:
    sick = SickLeave(employees=10, total=Decimal("0.042"))
    assert sick_leave_rows(sick) == ()
    assert "högst tio" in sick_leave_reason(sick)
    larger = SickLeave(
        employees=25, total=Decimal("0.042"), women=Decimal("0.05"), women_employees=11, men=Decimal("0.01"),
        men_employees=10,
    )  # fmt: skip
    assert sick_leave_rows(larger) == (("Total sjukfrånvaro", "4,2\u00a0%"), ("Kvinnor", "5,0\u00a0%"))
    assert sick_leave_reason(SickLeave(employees=11)) == "Sjukfrånvaron är inte angiven."


def test_the_notes_have_headings_to_write_under() -> None:
    assert [note.heading for note in note_skeleton()][:2] == [
        "Redovisningsprinciper",
        "Verksamhetens intäkter",
    ]
