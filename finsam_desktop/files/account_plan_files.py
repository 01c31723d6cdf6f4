"""An association's own account plan: out as a text file or a workbook, in again, and which account falls where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from finsam_desktop.domain.account_plan import (
    AccountPlan,
    PlacedAccount,
    StatementPost,
    placed,
    ranges_text,
)
from finsam_desktop.errors import UserError
from finsam_desktop.workbook_cells import write

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from finsam_desktop.sources import Workbook
    from finsam_desktop.workspace import Workspace

PLAN: Final = "Kontoplan"
ACCOUNTS: Final = "Konton"
POSTS: Final = "Poster"
HEADS: Final = ("Grupp", "Post", "Konton")
_TYPES: Final = "Namn i bokföringen"
_NO_GROUP: Final = "Ingen grupp"
_WIDTHS: Final = {"Grupp": 44, "Post": 40, "Konton": 36, "Konto": 12, "Benämning": 44}
_MOST_GROUPS: Final = 500
_ADVICE: Final = (
    "Skriv grupperna under rubrikerna Grupp, Post och Konton. "
    "En rad kan vara Personal, verksamhetens kostnader, 5000-5999."
)


def used_plan(
    own: AccountPlan | None, accounts: Sequence[tuple[str, str]] = (), plan_type: str = ""
) -> AccountPlan:
    """The association's own plan, else the one that comes with the program and fits the (number, name) accounts."""
    from finsam_desktop.sources.account_plans import plan_for, standard_plans

    if own is not None:
        return own
    if not accounts and not plan_type:
        return next(plan for plan in standard_plans() if plan.name == "Kommun-Bas")
    return plan_for(accounts, plan_type, standard_plans())


def accounts_of(path: Path) -> tuple[tuple[str, str], ...]:
    """The accounts, as (number, name), in a bookkeeping file or in the tables of a workbook.

    UserError when the file cannot be read or has no accounts.
    """
    from finsam_desktop.domain.figures import ColumnRole
    from finsam_desktop.sources import read_workbook, recognise

    book = read_workbook(path)
    found: dict[str, str] = {}
    for table in recognise(book):
        places = {column.role: column.column for column in table.columns}
        if ColumnRole.ACCOUNT not in places:
            continue
        sheet = book.sheet(table.sheet)
        for row in table.rows:
            number = str(sheet.cell(row.row, places[ColumnRole.ACCOUNT]).value or "").strip()
            if number.isascii() and number.isdecimal():
                label = places.get(ColumnRole.LABEL)
                found.setdefault(number, str(sheet.cell(row.row, label).value or "") if label else "")
    if not found:
        raise UserError(
            f"{path.name} har ingen kolumn med konton.",
            advice="Välj en SIE-fil, eller en arbetsbok med kontonummer.",
        )
    return tuple(sorted(found.items()))


def listed(plan: AccountPlan, accounts: Sequence[tuple[str, str]] = ()) -> tuple[str, ...]:
    """The groups with their accounts, a line each; with ``accounts`` where each of them falls under its group."""
    by_title: dict[str, list[PlacedAccount]] = {}
    for account in placed(plan, accounts):
        by_title.setdefault(account.title, []).append(account)
    lines = [f"Kontoplan: {plan.name}"]
    for group in plan.groups:
        lines.append(f"{group.title} ({group.post}): {ranges_text(group)}")
        lines += [
            f"    {account.number} {account.name}".rstrip() for account in by_title.get(group.title, ())
        ]
    if left := by_title.get("", []):
        lines.append(f"{_NO_GROUP}, visas för sig i rapporterna:")
        lines += [f"    {account.number} {account.name}".rstrip() for account in left]
    return tuple(lines)


def plan_bytes(plan: AccountPlan, suffix: str, accounts: Sequence[tuple[str, str]] = ()) -> bytes:
    """The plan as .toml or .xlsx, to be changed and taken in again; a workbook also shows where ``accounts`` fall.

    UserError for any other kind of file.
    """
    from finsam_desktop.sources.account_plans import plan_text

    if suffix.lower() == ".toml":
        return plan_text(plan).encode("utf-8")
    if suffix.lower() != ".xlsx":
        raise UserError(
            f"En kontoplan kan inte sparas som {suffix or 'en fil utan filnamnsslut'}.",
            advice="Välj ett namn som slutar på .xlsx (Excel) eller .toml (text).",
        )
    return _workbook(plan, accounts)


def save_plan(plan: AccountPlan, path: Path, accounts: Sequence[tuple[str, str]] = ()) -> Path:
    """Write ``plan_bytes`` to ``path``, whole or not at all; the path. UserError as there, or when it cannot be."""
    from finsam_desktop.storage.safewrite import write_file

    write_file(path, plan_bytes(plan, path.suffix, accounts))
    return path


def read_plan_file(path: Path) -> AccountPlan:
    """The plan in a .toml file or a workbook. UserError naming file and row when it cannot be understood."""
    from finsam_desktop.sources import read_workbook
    from finsam_desktop.sources.account_plans import read_plan

    if path.suffix.lower() == ".toml":
        return read_plan(path)
    return _plan_of(read_workbook(path))


def set_account_plan(workspace: Workspace, plan: AccountPlan | None) -> str:
    """Keep ``plan`` as the association's own, or go back to those of the program with None; what was done, in words."""
    before = workspace.association
    said = "Ta in kontoplan" if plan is not None else "Ta bort egen kontoplan"
    if before.account_plan == plan:
        return "Kontoplanen är redan den. Inget är ändrat."
    workspace.change(said, before, replace(before, account_plan=plan))
    if plan is None:
        return "Förbundet använder programmets kontoplaner igen."
    return f"Kontoplanen {plan.name} med {len(plan.groups)} grupper används nu i rapporterna."


def _workbook(plan: AccountPlan, accounts: Sequence[tuple[str, str]]) -> bytes:
    from openpyxl import Workbook as Book
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Book()
    sheet = book.active
    assert sheet is not None
    sheet.title = PLAN
    rows: list[Sequence[str]] = [(PLAN, plan.name), (_TYPES, ", ".join(plan.plan_types)), (), HEADS]
    rows += [(group.title, str(group.post), ranges_text(group)) for group in plan.groups]
    _fill(sheet, rows, head=4)
    posts = book.create_sheet(POSTS)
    _fill(posts, [("Post",), *((post.value,) for post in StatementPost)], head=1)
    choice = DataValidation(
        type="list", formula1=f"={POSTS}!$A$2:$A${len(StatementPost) + 1}", allow_blank=True
    )
    choice.error = "Välj i listan."
    sheet.add_data_validation(choice)
    choice.add(f"B5:B{_MOST_GROUPS}")
    if accounts:
        shown = book.create_sheet(ACCOUNTS, 1)
        lines = [
            (each.number, each.name, each.title or _NO_GROUP, str(each.post or ""))
            for each in placed(plan, accounts)
        ]
        _fill(shown, [("Konto", "Benämning", "Grupp", "Post"), *lines], head=1)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(sheet: Worksheet, rows: Sequence[Sequence[str]], *, head: int) -> None:
    from openpyxl.styles import Font

    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            write(cell, text)
            if number == head:
                cell.font = Font(bold=True)
                sheet.column_dimensions[cell.column_letter].width = _WIDTHS.get(text, 30)
    sheet.freeze_panes = sheet.cell(head + 1, 1)


def _plan_of(book: Workbook) -> AccountPlan:
    from finsam_desktop.sources.account_plans import plan_from_rows

    for sheet in book.sheets:
        texts = {
            number: [_text(sheet.cell(number, column).value) for column in (1, 2, 3)]
            for number in range(1, min(sheet.row_count, _MOST_GROUPS) + 1)
        }
        head = next(
            (n for n, row in texts.items() if [t.casefold() for t in row] == [h.casefold() for h in HEADS]), 0
        )
        if not head:
            continue
        named = {row[0].casefold(): row[1] for number, row in texts.items() if number < head}
        # A post is written once for several rows in some hands: nothing is guessed, the row is told.
        rows = [(n, title, post, accounts) for n, (title, post, accounts) in texts.items() if n > head and
                (title or post or accounts)]  # fmt: skip
        return plan_from_rows(
            rows,
            book.file_name,
            name=named.get(PLAN.casefold()) or Path(book.file_name).stem,
            plan_types=named.get(_TYPES.casefold(), "").split(","),
        )
    raise UserError(f"{book.file_name} har ingen kontoplan.", advice=_ADVICE)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
