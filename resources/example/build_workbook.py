"""Builds the example workbooks, with real formulas and their computed values.

    python resources/example/build_workbook.py

openpyxl writes formulas without values, so LibreOffice (soffice) opens and saves each workbook once. People, places and
most figures are invented. The 2021 workbook has the known key figures of a real meeting (budget, forecast, equity and
the teams' table, one impossible percentage included); its other figures are invented so that they add up.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

KRONOR = "#,##0"
HERE = Path(__file__).parent

Amounts = tuple[int, int, int, int]


@dataclass(frozen=True)
class Year:
    """The content of one workbook. Amounts in kr: outcome, last year's outcome, budget, forecast; costs positive."""

    year: int
    association: str
    printed: date
    income: tuple[tuple[int, str, Amounts], ...]
    costs: tuple[tuple[int, str, Amounts], ...]
    assets: tuple[tuple[str, int, int], ...]
    liabilities: tuple[tuple[str, int, int], ...]
    opening_equity: tuple[int, int]
    period_result: tuple[int, int]
    team_columns: tuple[str, ...]
    teams: tuple[tuple[str | int | float, ...], ...]
    notes: tuple[str, ...]


EXAMPLE = Year(
    year=2026,
    association="Samordningsförbundet Exempelbygden",
    printed=date(2026, 9, 24),
    income=(
        (3010, "Försäkringskassan (staten)", (3829900, 3730000, 5744850, 5744850)),
        (3020, "Region Exempel", (1914950, 1865000, 2872425, 2872425)),
        (3030, "Kommunerna", (1914950, 1865000, 2872425, 2872425)),
        (3900, "Övriga intäkter", (64850, 120300, 0, 65000)),
    ),
    costs=(
        (4010, "Styrelse och administration", (1248115, 1304850, 1985200, 1905100)),
        (5010, "Arbetsmarknadstorgen", (4460240, 4512215, 7050100, 6760000)),
        (5020, "Särskilda insatser", (1012060, 980400, 1600000, 1520000)),
        (5030, "Kompetensutveckling och mötesplatser", (218035, 244960, 700000, 409800)),
        (5040, "Fyrpartssamverkan", (394615, 560075, 800100, 749900)),
        (5050, "Uppföljning och analys", (209585, 149800, 500000, 495900)),
    ),
    assets=(
        ("Kundfordringar och övriga fordringar", 185240, 239800),
        ("Förutbetalda kostnader och upplupna intäkter", 95910, 61050),
        ("Kassa och bank", 3404850, 2894150),
    ),
    liabilities=(
        ("Leverantörsskulder", 418300, 511900),
        ("Upplupna kostnader och förutbetalda intäkter", 845650, 498050),
        ("Övriga kortfristiga skulder", 230050, 175050),
    ),
    opening_equity=(2010000, 1993000),
    period_result=(182000, 17000),
    team_columns=(
        "Team",
        "Aktiva",
        "Avslutade",
        "Positiv lösning, antal",
        "Positiv lösning, andel",
        "Nya, kvinnor",
        "Nya, män",
    ),
    teams=(
        ("Ungdomstorget", 34, 54, 43, "=D{r}/C{r}", 12, 11),
        ("Vuxentorget", 45, 56, 34, "=D{r}/C{r}", 14, 15),
        ("Björkdalen", 15, 35, 27, "=D{r}/C{r}", 6, 8),
        ("Fjällsta och Norrmyra", 23, 43, 34, "=D{r}/C{r}", 9, 8),
    ),
    notes=(
        "Källa: bokföringen till och med 2026-08-31. Teamens statistik är avstämd 2026-09-10.",
        "Budgeten fastställdes 2025-11-27.",
        "Team med färre än 5 avslutade redovisas tillsammans.",
    ),
)

REAL_MEETING = Year(
    year=2021,
    association="Samordningsförbundet Umeåregionen",
    printed=date(2021, 10, 12),
    income=(
        (3010, "Försäkringskassan (staten)", (3829900, 3700000, 5744850, 5744850)),
        (3020, "Region Västerbotten", (1914950, 1850000, 2872425, 2872425)),
        (3030, "Kommunerna", (1914950, 1850000, 2872425, 2872425)),
        (3900, "Övriga intäkter", (65200, 120300, 0, 65300)),
    ),
    costs=(
        (4010, "Styrelse och administration", (1289400, 1320150, 2035200, 1985100)),
        (5010, "Arbetsmarknadstorgen", (4398250, 4402300, 6950000, 6700000)),
        (5020, "Särskilda insatser", (1005300, 990400, 1600100, 1545000)),
        (5030, "Kompetensutveckling och mötesplatser", (215950, 240900, 700000, 420900)),
        (5040, "Primärvårdssamverkan (NAFS)", (391000, 540200, 800100, 740000)),
        (5050, "Uppföljning och analys", (141100, 150000, 500000, 465000)),
        (5060, "Projekt Hälsofrämjande etablering, netto", (-15000, -30650, 50000, -15000)),
    ),
    assets=(
        ("Kundfordringar och övriga fordringar", 205300, 230400),
        ("Förutbetalda kostnader och upplupna intäkter", 88200, 64150),
        ("Kassa och bank", 3312500, 2921450),
    ),
    liabilities=(
        ("Leverantörsskulder", 398100, 520600),
        ("Upplupna kostnader och förutbetalda intäkter", 701900, 498400),
        ("Övriga kortfristiga skulder", 197000, 187000),
    ),
    opening_equity=(2010000, 1993000),
    period_result=(299000, 17000),
    team_columns=("Team", "Aktiva", "Avslutade", "Positiv lösning, andel", "Nya, kvinnor", "Nya, män"),
    teams=(
        ("Ungdomstorget", 34, 54, 0.80, "", ""),
        ("Vuxentorget", 45, 56, 0.61, 14, 15),
        ("Vännäs", 10, 25, 0.74, 1, 5),
        ("Vindeln", 5, 10, 0.50, "", ""),
        ("Robertsfors", 6, 22, 0.86, 2, 1),
        ("Nordmaling", 8, 17, 0.71, 2, 3),
        ("Bjurholm", 9, 4, 0.75, "", ""),
    ),
    notes=(
        "Budget, helårsprognos, eget kapital och teamens tabell är de som redovisades till styrelsen 2021-10-28.",
        "Övriga belopp är påhittade så att summorna stämmer.",
    ),
)

BOLD = Font(name="Calibri", size=11, bold=True)
TITLE = Font(name="Calibri", size=14, bold=True)
ABOVE = Border(top=Side(style="thin"))


def main() -> None:
    """Write both workbooks beside this script."""
    for content in (EXAMPLE, REAL_MEETING):
        name = f"Resultatrapport T2 {content.year}.xlsx"
        with tempfile.TemporaryDirectory() as folder:
            plain = Path(folder) / name
            _workbook(content).save(plain)
            _recalculate(plain, HERE)
        print(HERE / name)


def _workbook(content: Year) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    _income_statement(book.create_sheet("Resultatrapport"), content)
    _balance_sheet(book.create_sheet("Balansrapport"), content)
    _equity(book.create_sheet("Eget kapital"), content)
    _teams(book.create_sheet("Teamen"), content)
    notes = book.create_sheet("Noter")
    for line in content.notes:
        notes.append([line])
    notes.column_dimensions["A"].width = 90
    book.properties.title = f"Resultatrapport tertial 2 {content.year}"
    book.properties.creator = content.association
    book.properties.language = "sv-SE"
    for sheet in book.worksheets:
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return book


def _income_statement(sheet: Worksheet, content: Year) -> None:
    year = content.year
    _title(sheet, content, "Resultatrapport tertial 2", "Belopp i kr")
    header = ("Konto", "Benämning", f"Utfall jan–aug {year}", f"Utfall jan–aug {year - 1}", f"Budget {year}",
              f"Prognos {year}", "Avvikelse mot budget")  # fmt: skip
    _header(sheet, 6, header, first_number=3)
    row = _section(sheet, 7, "Intäkter", content.income, sign=1)
    income = row
    _sum(sheet, row, "Summa intäkter", [f"=SUM({c}8:{c}{row - 1})" for c in "CDEF"])
    first = row + 2
    row = _section(sheet, row + 1, "Kostnader", content.costs, sign=-1)
    _sum(sheet, row, "Summa kostnader", [f"=SUM({c}{first}:{c}{row - 1})" for c in "CDEF"])
    _sum(sheet, row + 1, "Resultat", [f"={c}{income}+{c}{row}" for c in "CDEF"])
    for line in range(8, row + 2):
        if sheet.cell(line, 3).value is not None:
            sheet.cell(line, 7, f"=F{line}-E{line}").number_format = KRONOR
    sheet.cell(row + 3, 1, "Ansvarig: ekonomen")
    sheet.cell(row + 4, 1, f"Utskriven {content.printed:%Y-%m-%d}")
    _widths(sheet, (10, 42, 16, 16, 16, 16, 16))


def _section(
    sheet: Worksheet, row: int, heading: str, lines: tuple[tuple[int, str, Amounts], ...], *, sign: int
) -> int:
    sheet.cell(row, 2, heading).font = BOLD
    for account, label, amounts in lines:
        row += 1
        sheet.cell(row, 1, account)
        sheet.cell(row, 2, label)
        for column, amount in enumerate(amounts, start=3):
            sheet.cell(row, column, sign * amount).number_format = KRONOR
    return row + 1


def _balance_sheet(sheet: Worksheet, content: Year) -> None:
    year = content.year
    _title(sheet, content, "Balansrapport", "Belopp i kr")
    _header(sheet, 6, ("Benämning", date(year, 8, 31), date(year - 1, 12, 31)), first_number=2)
    row = 7
    sheet.cell(row, 1, "Tillgångar").font = BOLD
    first = row + 1
    row = _balance_rows(sheet, row, content.assets)
    _sum(sheet, row, "Summa tillgångar", [f"=SUM({c}{first}:{c}{row - 1})" for c in "BC"], label_column=1)
    row += 1
    sheet.cell(row, 1, "Eget kapital och skulder").font = BOLD
    equity = (
        ("Eget kapital vid årets början", *content.opening_equity),
        ("Periodens resultat", *content.period_result),
    )
    first = row + 1
    row = _balance_rows(sheet, row, equity)
    equity_sum = row
    _sum(sheet, row, "Summa eget kapital", [f"=SUM({c}{first}:{c}{row - 1})" for c in "BC"], label_column=1)
    first = row + 1
    row = _balance_rows(sheet, row, content.liabilities)
    _sum(sheet, row, "Summa skulder", [f"=SUM({c}{first}:{c}{row - 1})" for c in "BC"], label_column=1)
    total = [f"={c}{equity_sum}+{c}{row}" for c in "BC"]
    _sum(sheet, row + 1, "Summa eget kapital och skulder", total, label_column=1)
    _widths(sheet, (46, 16, 16))


def _balance_rows(sheet: Worksheet, row: int, lines: tuple[tuple[str, int, int], ...]) -> int:
    for label, now, before in lines:
        row += 1
        sheet.cell(row, 1, label)
        sheet.cell(row, 2, now).number_format = KRONOR
        sheet.cell(row, 3, before).number_format = KRONOR
    return row + 1


def _equity(sheet: Worksheet, content: Year) -> None:
    result = 7 + len(content.income) + 2 + len(content.costs) + 2
    _title(sheet, content, f"Eget kapital vid utgången av {content.year}", "Belopp i kr")
    _header(sheet, 6, ("Benämning", f"Budget {content.year}", f"Prognos {content.year}"), first_number=2)
    sheet.cell(7, 1, "Eget kapital vid årets början")
    sheet.cell(8, 1, "Årets resultat")
    for column, source in ((2, "E"), (3, "F")):
        sheet.cell(7, column, content.opening_equity[0]).number_format = KRONOR
        sheet.cell(8, column, f"=Resultatrapport!{source}{result}").number_format = KRONOR
    _sum(sheet, 9, "Eget kapital vid årets slut", [f"={c}7+{c}8" for c in "BC"], label_column=1)
    _widths(sheet, (46, 16, 16))


def _teams(sheet: Worksheet, content: Year) -> None:
    _title(sheet, content, "Deltagare per samordningsteam", "")
    header = content.team_columns
    _header(sheet, 6, header, first_number=2)
    share = header.index("Positiv lösning, andel") + 1
    row = 6
    for team in content.teams:
        row += 1
        for column, value in enumerate(team, start=1):
            if value != "":
                sheet.cell(row, column, value.format(r=row) if isinstance(value, str) else value)
        sheet.cell(row, share).number_format = "0%"
    if "Positiv lösning, antal" in header:
        letters = "BCDEFG"[: len(header) - 1]
        sums = [f"=SUM({c}7:{c}{row})" if c != "E" else f"=D{row + 1}/C{row + 1}" for c in letters]
        _sum(sheet, row + 1, "Samtliga", sums, label_column=1)
        sheet.cell(row + 1, share).number_format = "0%"
    _widths(sheet, (28, 12, 12, 22, 22, 14, 12))


def _title(sheet: Worksheet, content: Year, title: str, unit: str) -> None:
    sheet["A1"] = content.association
    sheet["A2"] = title
    sheet["A2"].font = TITLE
    sheet["A3"] = f"Period {content.year}-01-01–{content.year}-08-31"
    sheet["A4"] = unit or None


def _header(sheet: Worksheet, row: int, titles: tuple[object, ...], *, first_number: int) -> None:
    for column, title in enumerate(titles, start=1):
        cell = sheet.cell(row, column, title)
        cell.font = BOLD
        cell.alignment = Alignment(wrap_text=True, horizontal="right" if column >= first_number else "left")
        if isinstance(title, date):
            cell.number_format = "yyyy-mm-dd"
    sheet.freeze_panes = sheet.cell(row + 1, 1)


def _sum(sheet: Worksheet, row: int, label: str, formulas: list[str], *, label_column: int = 2) -> None:
    sheet.cell(row, label_column, label).font = BOLD
    for column, formula in enumerate(formulas, start=label_column + 1):
        cell = sheet.cell(row, column, formula)
        cell.number_format, cell.font, cell.border = KRONOR, BOLD, ABOVE


def _widths(sheet: Worksheet, widths: tuple[int, ...]) -> None:
    for column, width in enumerate(widths):
        sheet.column_dimensions["ABCDEFG"[column]].width = width


def _recalculate(workbook: Path, out: Path) -> None:
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to",
                   "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(workbook)]  # fmt: skip
        subprocess.run(command, check=True, stdout=sys.stderr, timeout=120)


if __name__ == "__main__":
    main()
