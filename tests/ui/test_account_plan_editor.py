"""The account plan in the window: groups written in place, accounts seen where they fall, one undo step per change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from finsam_desktop.domain.account_plan import AccountGroup, AccountPlan, StatementPost
from finsam_desktop.errors import UserError
from finsam_desktop.files import account_plan_files
from finsam_desktop.sources.account_plans import standard_plans
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.models.account_plan_model import account_rows, overlap_words, read_ranges, with_cell
from finsam_desktop.ui.models.report_model import ReportModel
from finsam_desktop.ui.views.figures.account_plan_editor import OWN_NAME, AccountPlanEditor
from finsam_desktop.ui.views.figures.reports_pane import FigureReportsPane
from tests.ui.one_pane import PaneShell
from tests.ui.waiting import wait_until

BOOKS = "Bokföring 2026.se"
ACCOUNTS = (
    ("3010", "Bidrag"),
    ("5010", "Löner"),
    ("5510", "Avgifter"),
    ("1930", "Bank"),
    ("0999", "Internt"),
)
INCOME = AccountGroup(title="Intäkter", post=StatementPost.OPERATING_INCOME, ranges=((3000, 3999),))
STAFF = AccountGroup(title="Personal", post=StatementPost.OPERATING_COSTS, ranges=((5000, 5499),))
BANK = AccountGroup(title="Bank", post=StatementPost.CASH, ranges=((1900, 1999),))
PLAN = AccountPlan(name="Vår plan", groups=(INCOME, STAFF, BANK))
TITLE, POST, RANGES = 0, 1, 2


@pytest.fixture
def shell(qapp: object, example_file: Path, tmp_path: Path) -> Iterator[PaneShell]:
    made = PaneShell(example_file, tmp_path)
    association = made.session.association
    assert made.session.change("Kontoplan", association, replace(association, account_plan=PLAN))
    yield made
    made.close()


@pytest.fixture
def editor(shell: PaneShell) -> AccountPlanEditor:
    made = AccountPlanEditor(shell)  # type: ignore[arg-type]
    made.show_plan(None, ACCOUNTS)
    shell.show(made)
    return made


def own(shell: PaneShell) -> AccountPlan:
    plan = shell.session.association.account_plan
    assert plan is not None
    return plan


def stand(editor: AccountPlanEditor, row: int, column: int) -> None:
    editor.table.setFocus()
    editor.table.setCurrentIndex(editor.table.cells.index(row, column))


def write(editor: AccountPlanEditor, row: int, column: int, text: str) -> None:
    """As a person does: F2, another text, Enter."""
    stand(editor, row, column)
    QTest.keyClick(editor.table, Qt.Key.Key_F2)
    field = next(each for each in editor.table.viewport().findChildren(QLineEdit) if each.isVisible())
    field.setText(text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    # The field is gone when the event loop has turned.
    wait_until(lambda: not editor.table.is_writing())


def shown_accounts(editor: AccountPlanEditor) -> list[str]:
    model = editor.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def posts(model: ReportModel) -> list[str]:
    return [model.post(model.index(row, 0)) for row in range(model.rowCount())]


# -- rows and words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("5000-5999", ((5000, 5999),)), ("5000–5999; 7105", ((5000, 5999), (7105, 7105))), ("51", ((5100, 5199),)),
        (" 3 , 41-42 ", ((3000, 3999), (4100, 4299))), ("", ()),
    ],
)  # fmt: skip
def test_accounts_are_read_as_people_write_them(text: str, ranges: object) -> None:
    assert read_ranges(text) == ranges


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        (RANGES, "femtusen", "”femtusen” är inte konton. Skriv till exempel 5000–5999, 7105."),
        (RANGES, "3000, 5999-5000", "”5999-5000” är konton baklänges. Skriv det lägre kontot först."),
        (TITLE, "  ", "Gruppen Personal behöver ett namn."),
        (POST, "kaffe", "”kaffe” är ingen post i resultaträkningen eller balansräkningen. Välj i listan."),
    ],
)
def test_what_cannot_be_understood_is_told(column: int, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=r"\.$") as told:
        with_cell(STAFF, column, text)
    assert str(told.value) == said


def test_accounts_of_no_group_come_first_and_none_is_left_out() -> None:
    rows, begins, left = account_rows(PLAN, ACCOUNTS)
    words = [(row[0].text, row[1].text) for row in rows]
    assert words == [
        ("Ingen grupp, visas för sig i rapporterna", ""), ("0999", "Internt"), ("5510", "Avgifter"),
        ("Intäkter", ""), ("3010", "Bidrag"), ("Personal", ""), ("5010", "Löner"), ("Bank", ""), ("1930", "Bank"),
    ]  # fmt: skip
    assert (begins, left) == ({-1: 0, 0: 3, 1: 5, 2: 7}, 2)


def test_an_account_in_two_groups_is_named_with_both() -> None:
    twice = replace(BANK, ranges=((5400, 5410),))
    assert overlap_words((INCOME, STAFF, twice)) == "Konto 5400 hör både till Personal och till Bank."
    alone = replace(STAFF, ranges=((5000, 5100), (5100, 5200)))
    assert overlap_words((alone,)) == "Konto 5100 står två gånger i Personal."
    assert overlap_words(PLAN.groups) == ""


# -- writing ----------------------------------------------------------------------------------------------


def test_the_models_keep_qts_promises_while_groups_come_and_go(
    editor: AccountPlanEditor, shell: PaneShell
) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, fatal) for model in (editor.table.cells, editor.model)]
    stand(editor, 1, TITLE)
    editor.remove_group()
    editor.add_group()
    write(editor, 2, RANGES, "6000-6999")
    editor.go_back()
    editor.show_plan(None, ())
    assert testers
    assert editor.table.cells.rowCount() == len(standard_plans()[-1].groups)


@pytest.mark.parametrize(
    ("column", "text", "after"),
    [
        (TITLE, "Löner", replace(STAFF, title="Löner")),
        (RANGES, "5000-5999, 7105", replace(STAFF, ranges=((5000, 5999), (7105, 7105)))),
    ],
)
def test_a_cell_is_written_in_place_and_is_one_step_to_undo(
    editor: AccountPlanEditor, shell: PaneShell, column: int, text: str, after: AccountGroup
) -> None:
    write(editor, 1, column, text)
    assert own(shell) == replace(PLAN, groups=(INCOME, after, BANK))
    assert shell.session.undo_label == f"Ändra {after.title} i kontoplanen"
    assert shell.session.undo()
    assert own(shell) == PLAN
    assert editor.table.cells.index(1, column).data() != text


def test_a_post_is_chosen_in_its_cell(editor: AccountPlanEditor, shell: PaneShell) -> None:
    stand(editor, 1, POST)
    QTest.keyClick(editor.table, Qt.Key.Key_F2)
    choice = next(each for each in editor.table.viewport().findChildren(QComboBox) if each.isVisible())
    assert choice.currentText() == "verksamhetens kostnader"
    assert choice.count() == len(StatementPost)
    assert choice.accessibleName() == "Post: verksamhetens kostnader"
    QTest.keyClick(choice, Qt.Key.Key_Down)
    wait_until(lambda: own(shell).groups[1].post is StatementPost.DEPRECIATION)


@pytest.mark.parametrize(
    ("row", "column", "text", "said"),
    [
        (1, RANGES, "", "Personal behöver minst ett konto. Ta bort gruppen om den inte ska finnas."),
        (1, RANGES, "5999-5000", "”5999-5000” är konton baklänges. Skriv det lägre kontot först."),
        (1, RANGES, "19", "Konto 1900 hör både till Personal och till Bank. Ändra den andra gruppen först."),
        (0, TITLE, "", "Gruppen Intäkter behöver ett namn."),
    ],
)
def test_what_would_break_the_plan_is_refused_and_told(
    editor: AccountPlanEditor, shell: PaneShell, row: int, column: int, text: str, said: str
) -> None:
    before = shell.session.undo_label
    write(editor, row, column, text)
    assert own(shell) == PLAN
    assert shell.session.undo_label == before
    assert editor.remarks.texts() == (said,)
    write(editor, 0, TITLE, "Inkomster")
    assert editor.remarks.texts() == ()


def test_a_plan_that_was_double_already_is_told_of_and_mended_step_by_step(
    editor: AccountPlanEditor, shell: PaneShell
) -> None:
    association = shell.session.association
    double = replace(PLAN, groups=(INCOME, replace(STAFF, ranges=((1950, 1960), (3500, 3600))), BANK))
    assert shell.session.change("Dubbel", association, replace(association, account_plan=double))
    assert editor.remarks.texts() == ("Konto 1950 hör både till Personal och till Bank.",)
    write(editor, 2, RANGES, "1900-1949")
    assert editor.remarks.texts() == ("Konto 3500 hör både till Intäkter och till Personal.",)
    write(editor, 0, RANGES, "3000-3499")
    assert editor.remarks.texts() == ()


def test_cells_from_a_spreadsheet_are_put_in_as_one_step_or_not_at_all(
    editor: AccountPlanEditor, shell: PaneShell
) -> None:
    editor.table.cells.pasted.emit(
        1, TITLE, (("Löner", "avskrivningar", "70"), ("Kassa", "Kassa och bank", "19"))
    )
    staff, bank = own(shell).groups[1:]
    assert (staff.title, staff.post, staff.ranges) == ("Löner", StatementPost.DEPRECIATION, ((7000, 7099),))
    assert (bank.title, bank.post) == ("Kassa", StatementPost.CASH)
    assert shell.session.undo()
    assert own(shell) == PLAN
    editor.table.cells.pasted.emit(1, TITLE, (("Löner",), ("",)))
    assert own(shell) == PLAN


def test_a_new_group_is_in_the_plan_when_it_has_accounts(editor: AccountPlanEditor, shell: PaneShell) -> None:
    stand(editor, 1, TITLE)
    before = shell.session.undo_label
    QTest.mouseClick(editor.new, Qt.MouseButton.LeftButton)
    assert editor.table.is_writing()
    editor.table.flush()
    write(editor, 3, TITLE, "Avgifter")
    assert own(shell) == PLAN
    assert shell.session.undo_label == before
    assert editor.remarks.texts() == ("Avgifter läggs in i kontoplanen när den har konton.",)
    write(editor, 3, RANGES, "5500-5599")
    new = AccountGroup(title="Avgifter", post=StatementPost.OPERATING_COSTS, ranges=((5500, 5599),))
    assert own(shell) == replace(PLAN, groups=(*PLAN.groups, new))
    assert editor.remarks.texts() == ()
    assert shown_accounts(editor)[:2] == ["Ingen grupp, visas för sig i rapporterna", "0999"]
    assert "5510" in shown_accounts(editor)[2:]
    assert shell.session.undo()
    assert own(shell) == PLAN


def test_a_new_group_can_be_left_again(editor: AccountPlanEditor, shell: PaneShell) -> None:
    editor.add_group()
    editor.table.flush()
    editor.remove_group()
    assert editor.table.cells.rowCount() == 3
    assert own(shell) == PLAN


def test_a_group_that_was_begun_does_not_follow_into_another_file(
    window: MainWindow, qtbot: QtBot, example_folder: Path, tmp_path: Path
) -> None:
    window.go("figures", "rapporter/kontoplan")
    editor = window.current_view().shown_part().plan_editor
    editor.add_group()
    editor.table.flush()
    count = editor.table.cells.rowCount()
    other = tmp_path / "annat.finsam"
    other.write_bytes((example_folder / "exempelbygden.finsam").read_bytes())
    assert window.session.open(other)
    window.go("figures", "rapporter/kontoplan")
    shown = window.current_view().shown_part().plan_editor
    assert shown.isVisible()
    assert shown.table.cells.rowCount() == count - 1


def test_groups_move_with_keys_and_buttons_and_stay_chosen(
    editor: AccountPlanEditor, shell: PaneShell
) -> None:
    stand(editor, 0, TITLE)
    assert not editor.up.isEnabled()
    QTest.keyClick(editor.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [group.title for group in own(shell).groups] == ["Personal", "Intäkter", "Bank"]
    QTest.mouseClick(editor.down, Qt.MouseButton.LeftButton)
    assert [group.title for group in own(shell).groups] == ["Personal", "Bank", "Intäkter"]
    assert editor.table.currentIndex().row() == 2
    assert not editor.down.isEnabled()
    assert shell.session.undo()
    assert [group.title for group in own(shell).groups] == ["Personal", "Intäkter", "Bank"]


def test_a_group_that_is_taken_away_leaves_its_accounts_in_no_group(
    editor: AccountPlanEditor, shell: PaneShell
) -> None:
    stand(editor, 2, TITLE)
    QTest.mouseClick(editor.drop, Qt.MouseButton.LeftButton)
    assert own(shell).groups == (INCOME, STAFF)
    assert shown_accounts(editor)[:4] == ["Ingen grupp, visas för sig i rapporterna", "0999", "1930", "5510"]
    stand(editor, 0, TITLE)
    editor.remove_group()
    assert not editor.drop.isEnabled()  # the last one


def test_the_name_is_written_and_an_empty_one_is_not_taken(
    editor: AccountPlanEditor, shell: PaneShell
) -> None:
    editor.name.setText("Plan 2027")
    editor.flush()
    assert own(shell).name == "Plan 2027"
    editor.name.setText("")
    editor.flush()
    assert own(shell).name == "Plan 2027"


def test_a_group_that_is_chosen_shows_its_accounts(editor: AccountPlanEditor) -> None:
    stand(editor, 1, TITLE)
    assert editor.accounts.currentIndex().data() == "Personal"


# -- whole plans ------------------------------------------------------------------------------------------


def test_the_programs_plan_becomes_ones_own_with_the_first_change_and_one_can_go_back(
    editor: AccountPlanEditor, shell: PaneShell
) -> None:
    QTest.mouseClick(editor.back, Qt.MouseButton.LeftButton)
    assert shell.session.association.account_plan is None
    assert not editor.back.isVisible()
    plan = editor.plan()
    assert plan in standard_plans()
    write(editor, 0, TITLE, "Försäljning")
    assert own(shell).name == OWN_NAME
    assert own(shell).groups == (replace(plan.groups[0], title="Försäljning"), *plan.groups[1:])
    assert editor.back.isVisible()
    assert shell.session.undo()
    assert shell.session.undo()
    assert own(shell) == PLAN


@pytest.mark.parametrize("name", ["Plan.xlsx", "Plan.toml"])
def test_a_plan_goes_out_is_changed_and_comes_in_again(
    editor: AccountPlanEditor, shell: PaneShell, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    editor.save_plan(path)
    assert [notice.text for notice in shell.notices] == [f"Kontoplanen är sparad i {name}."]
    assert account_plan_files.read_plan_file(path) == PLAN
    changed = replace(PLAN, groups=(BANK, INCOME))
    account_plan_files.save_plan(changed, path)
    editor.open_plan(path)
    wait_until(lambda: own(shell) == changed)
    assert editor.table.cells.rowCount() == 2
    assert shell.session.undo()
    assert own(shell) == PLAN


def test_a_file_that_is_no_plan_and_a_place_that_cannot_be_written_change_nothing(
    editor: AccountPlanEditor, shell: PaneShell, tmp_path: Path
) -> None:
    told: list[object] = []
    shell.jobs.failed.connect(told.append)
    shell.session.failed.connect(told.append)
    bad = tmp_path / "fel.toml"
    bad.write_text('name = "x"\n[[group]]\ntitle = "A"\npost = "kaffe"\naccounts = ["1"]\n', encoding="utf-8")
    editor.open_plan(bad)
    wait_until(lambda: told)
    editor.save_plan(tmp_path / "plan.docx")
    words = [str(each.message) for each in told if isinstance(each, UserError)]
    assert words == [
        "Kontoplanen fel.toml, rad 2: Gruppen A har en post som inte finns.",
        "En kontoplan kan inte sparas som .docx.",
    ]
    assert own(shell) == PLAN
    assert not (tmp_path / "plan.docx").exists()
    assert shell.notices == []


# -- in the window ----------------------------------------------------------------------------------------


def test_the_plan_is_changed_from_rapporter_and_the_reports_follow(
    window: MainWindow, qtbot: QtBot, example_folder: Path
) -> None:
    window.go("figures", "rapporter")
    pane = window.current_view().shown_part()
    assert isinstance(pane, FigureReportsPane)
    empty = next(each for each in pane.findChildren(QPushButton) if each.text() == "Ändra kontoplan")
    qtbot.mouseClick(empty, Qt.MouseButton.LeftButton)
    editor = pane.plan_editor
    assert editor is not None
    assert editor.isVisible()
    assert editor.choose.isVisible()  # no bookkeeping is open yet
    assert not editor.accounts.isVisible()
    pane.open_file(example_folder / BOOKS)
    qtbot.waitUntil(lambda: pane.tables.made is not None and not window.jobs.running(), timeout=10_000)
    assert editor.isVisible()
    assert editor.accounts.isVisible()
    assert "5010" in shown_accounts(editor)
    assert window.current_view().head().facts == ("Kontoplan", "Kommun-Bas")
    nameless = [
        each for each in editor.findChildren(QPushButton) if not (each.text() or each.accessibleName())
    ]
    assert nameless == []
    assert editor.name.accessibleName() == "Kontoplanens namn"
    assert editor.table.accessibleName() == "Kontoplanens grupper"

    titles = [group.title for group in editor.plan().groups]
    write(editor, titles.index("Personal"), TITLE, "Löner och arvoden")
    assert posts(pane.tables.model).count("Löner och arvoden") == 1
    QTest.keyClick(editor.table, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    assert pane.tables.isVisible()
    assert pane.primary() is pane.make_report
    assert window.session.undo()
    assert window.session.association.account_plan is None
    assert "Personal" in posts(pane.tables.model)

    # With a file open the way in stands by the choice of plan; what is chosen there is what is changed.
    pane.settings.plan.set_value("BAS")
    qtbot.mouseClick(pane.settings.edit_plan, Qt.MouseButton.LeftButton)
    assert editor.isVisible()
    assert editor.plan().name == "BAS"
    editor.leave.click()
    assert pane.settings.plan.value() == "BAS"
    pane.edit_plan()
    write(editor, 0, TITLE, "Inkomster")
    # The reports go by the association's own plan from then on.
    assert pane.settings.plan.value() == ""
    changed = window.session.association.account_plan
    assert changed is not None
    bas = next(plan for plan in standard_plans() if plan.name == "BAS")
    assert changed.groups[1:] == bas.groups[1:]
