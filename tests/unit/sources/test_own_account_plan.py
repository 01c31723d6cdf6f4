"""An association's own account plan is kept in its file, goes out to be changed and comes in again the same."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_desktop.cli import main
from finsam_desktop.domain.account_plan import (
    AccountGroup,
    AccountPlan,
    StatementPost,
    overlap,
    placed,
    ranges_text,
    with_group,
    with_group_moved,
    without_group,
)
from finsam_desktop.domain.association import Association
from finsam_desktop.errors import UserError
from finsam_desktop.files import account_plan_files
from finsam_desktop.sources.account_plans import plan_from_text, plan_text, standard_plans
from finsam_desktop.storage import codec
from finsam_desktop.workspace import Workspace
from tests.unit.sources import sie_files

TITLES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn"]), min_size=1, max_size=20).map(
    str.strip
)  # fmt: skip


@st.composite
def plans(draw: st.DrawFn) -> AccountPlan:
    bounds = sorted(draw(st.sets(st.integers(1000, 8999), min_size=2, max_size=16)))
    ranges = list(zip(bounds[::2], bounds[1::2], strict=False))
    groups = tuple(
        AccountGroup(
            title=draw(TITLES.filter(bool)), post=draw(st.sampled_from(StatementPost)), ranges=(each,)
        )
        for each in ranges
    )
    return AccountPlan(name=draw(TITLES.filter(bool)), groups=groups, plan_types=("EGEN",))


@given(plans())
@settings(max_examples=60, deadline=None)
def test_a_plan_survives_the_text_the_workbook_and_the_associations_file(plan: AccountPlan) -> None:
    assert plan_from_text(plan_text(plan), "plan.toml") == plan
    plan.group("3010")  # fills what is remembered for look-ups, which must not be stored
    association = Association(name="Förbundet", account_plan=plan)
    again = codec.decode(codec.encode(association), Association)
    assert again == association
    assert hash(again) == hash(association)
    assert again.account_plan is not None
    assert again.account_plan.group("3010") == plan.group("3010")


@pytest.mark.parametrize("suffix", [".toml", ".xlsx"])
def test_a_plan_goes_out_and_comes_in_again(suffix: str, tmp_path: Path) -> None:
    for plan in standard_plans():
        path = tmp_path / f"{plan.name}{suffix}"
        path.write_bytes(account_plan_files.plan_bytes(plan, suffix, [("5011", "=1+1"), ("9999", "Internt")]))
        assert account_plan_files.read_plan_file(path) == plan


def test_the_workbook_shows_where_accounts_fall_and_has_no_live_formula() -> None:
    plan = standard_plans()[1]
    accounts = [("5011", "=cmd|' /C calc'!A0"), ("9999", "Internt")]
    book = openpyxl.load_workbook(BytesIO(account_plan_files.plan_bytes(plan, ".xlsx", accounts)))
    rows = [tuple(cell.value for cell in row) for row in book["Konton"].iter_rows()]
    assert rows[1] == ("5011", "=cmd|' /C calc'!A0", "Personal", "verksamhetens kostnader")
    assert rows[2][:3] == ("9999", "Internt", "Ingen grupp")
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_groups_are_changed_moved_and_taken_away() -> None:
    plan = standard_plans()[1]
    team = AccountGroup(
        title="Team Väst", post=StatementPost.OPERATING_COSTS, ranges=((4500, 4599), (4701, 4701))
    )
    assert ranges_text(team) == "4500-4599, 4701"
    found = overlap(with_group(plan, team).groups)
    assert found is not None
    assert found[0] == 4500
    first = with_group_moved(plan, len(plan.groups) - 1, 0)
    assert (first.groups[0], overlap(first.groups)) == (plan.groups[-1], None)
    place = next(n for n, group in enumerate(plan.groups) if group.title == "Personal")
    assert without_group(plan, place).group("5011") is None
    renamed = with_group(
        plan, AccountGroup(title="Löner", post=plan.groups[place].post, ranges=((5000, 5999),)), place
    )
    assert [each.title for each in placed(renamed, [("5011", "a"), ("510", "b")])] == ["Löner", "Löner"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("Personal", "löner", "5000-5999")], "rad 2: Gruppen Personal har en post som inte finns"),
        ([("", "eget kapital", "2000")], "rad 2: Gruppen saknar title"),
        (
            [("A", "eget kapital", "tvåtusen")],
            "rad 2: Gruppen A har konton som inte går att förstå: tvåtusen",
        ),
        (
            [("A", "eget kapital", "2000-2099"), ("B", "fordringar", "2050")],
            "rad 3: Konto 2050 hör både till A",
        ),
        ([("A", "eget kapital", "")], "rad 2: Gruppen A saknar accounts"),
    ],
)
def test_a_faulty_row_of_a_workbook_is_named(rows: list[tuple[str, ...]], told: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [account_plan_files.HEADS, *rows]:
        book.active.append(list(row))
    book.save(tmp_path / "plan.xlsx")
    with pytest.raises(UserError) as caught:
        account_plan_files.read_plan_file(tmp_path / "plan.xlsx")
    assert told in caught.value.message
    assert caught.value.message.startswith("Kontoplanen plan.xlsx")


def test_a_workbook_without_a_plan_and_a_wrong_kind_of_file(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Något", 1])
    book.save(tmp_path / "annat.xlsx")
    with pytest.raises(UserError, match=r"annat\.xlsx har ingen kontoplan"):
        account_plan_files.read_plan_file(tmp_path / "annat.xlsx")
    with pytest.raises(UserError, match=r"kan inte sparas som \.docx"):
        account_plan_files.plan_bytes(standard_plans()[0], ".docx")


def run(*arguments: object) -> int:
    return main(["figures", "plan", *(str(each) for each in arguments)])


def test_the_commands(example_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sie = tmp_path / "bok.se"
    sie.write_bytes(sie_files.made("4E").encode("cp437"))
    assert run("show", example_file, "--source", sie) == 0
    assert "    3510 Bidrag Försäkringskassan" in capsys.readouterr().out
    out = tmp_path / "plan.toml"
    assert run("export", example_file, "--source", sie, "-o", out) == 0
    changed = out.read_text(encoding="utf-8").replace('title = "Personal"', 'title = "Löner och arvoden"')
    out.write_text(changed, encoding="utf-8")
    assert run("import", example_file, out) == 0
    capsys.readouterr()
    with Workspace.open(example_file, user="Eva", read_only=True) as workspace:
        plan = workspace.association.account_plan
    assert plan is not None
    assert any(group.title == "Löner och arvoden" for group in plan.groups)
    assert run("show", example_file, "--json") == 0
    assert '"own": true' in capsys.readouterr().out
    assert run("import", example_file, out) == 0
    assert "Inget är ändrat" in capsys.readouterr().out
    assert run("reset", example_file) == 0
    with Workspace.open(example_file, user="Eva", read_only=True) as workspace:
        assert workspace.association.account_plan is None
