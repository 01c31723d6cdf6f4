"""The register as a workbook: read back exactly, harmless in Excel, and nobody removed by a missing row."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from finsam_desktop.domain.association import (
    Appointment,
    Association,
    Eligibility,
    Member,
    MemberKind,
    Person,
    Role,
)
from finsam_desktop.domain.people_import import RegisterChange
from finsam_desktop.domain.people_sheet import MEMBERS, PEOPLE
from finsam_desktop.errors import UserError
from finsam_desktop.files.people_files import load, save, workbook
from tests.board import UNTIL, association
from tests.strategies import associations

TODAY = date(2026, 10, 1)


def edited(tmp_path: Path, register: Association, edit: Callable[[Any], None]) -> Path:
    """The workbook of the register after someone has worked in it."""
    book = load_workbook(BytesIO(workbook(register)))
    edit(book)
    path = tmp_path / "register.xlsx"
    book.save(path)
    return path


def change(tmp_path: Path, edit: Callable[[Any], None], **options: Any) -> RegisterChange:
    return load(edited(tmp_path, association(), edit), association(), today=TODAY, **options)


def row_of(sheet: Any, name: str) -> int:
    return next(cell.row for cell in sheet["A"] if cell.value == name)


def test_a_register_that_nobody_touched_changes_nothing(tmp_path: Path) -> None:
    register = association()
    found = load(save(tmp_path / "r.xlsx", register), register, today=TODAY, end_missing=True)
    assert found.after == register
    assert found == RegisterChange(after=register)


def test_everything_a_register_holds_survives(tmp_path: Path) -> None:
    rich = replace(
        association(),
        members=(
            Member(
                id="m1", name="Region Alm", kind=MemberKind.REGION, share=Decimal("24.99"), notice_board="a",
                contact="b",
            ),
            Member(id="m2", name="Region Alm", kind=MemberKind.REGION),
        ),
        people=(
            Person(id="p1", name="Åsa Öst", party="S", email="å@x.se", phone="070-1"),
            Person(id="p2", name="Åsa Öst"),
            Person(id="p3", name="Utan Uppdrag"),
        ),
        appointments=(
            Appointment(
                person_id="p1", role=Role.CHAIR, member_id="m2", title="Ordf.", since=date(2023, 4, 1), until=UNTIL,
                eligibility=Eligibility.COUNCIL_DEPUTY, eligible_until=date(2026, 10, 14),
            ),
            Appointment(person_id="p2", role=Role.DEPUTY, member_id="m1", order=3),
            Appointment(person_id="p1", role=Role.AUDITOR),
        ),
    )  # fmt: skip
    path = save(tmp_path / "r.xlsx", rich)
    assert load(path, rich, today=TODAY).after == rich
    # Into an empty association the same values come, by their keys.
    empty = replace(rich, members=(), people=(), appointments=())
    taken = load(path, empty, today=TODAY).after
    assert set(taken.members) == set(rich.members)
    assert set(taken.people) == set(rich.people)
    assert sorted(taken.appointments, key=str) == sorted(rich.appointments, key=str)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], max_examples=25)
@given(register=associations())
def test_any_register_survives_the_way_out_and_in(tmp_path: Path, register: Association) -> None:
    found = load(save(tmp_path / "r.xlsx", register), register, today=TODAY, end_missing=True)
    assert found.after == register


@pytest.mark.parametrize(
    "text", ["=1+1", "+46 70", "-x", "@SUM(A1)", "\t=cmd", '=HYPERLINK("http://x")', "_x0041_"]
)
def test_user_text_is_never_a_formula(tmp_path: Path, text: str) -> None:
    register = association(people=tuple(replace(p, phone=text) for p in association().people))
    content = workbook(register)
    parts = zipfile.ZipFile(BytesIO(content))
    for name in parts.namelist():
        assert b"<f>" not in parts.read(name), name
    cell = load_workbook(BytesIO(content))[PEOPLE]["D2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert load(save(tmp_path / "r.xlsx", register), register, today=TODAY).after == register


def test_a_new_person_and_a_new_member_are_added(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book[MEMBERS].append(["Granens kommun", "kommun", 5])
        book[PEOPLE].append(
            ["Nils Ny", "C", None, None, "Ledamot", "Granens kommun", None, None, date(2026, 4, 1)]
        )

    found = change(tmp_path, edit)
    assert found.added == ("Medlemmen Granens kommun", "Nils Ny, ledamot för Granens kommun")
    new = found.after.appointments[-1]
    assert found.after.people[-1].name == "Nils Ny"
    assert new == Appointment(
        person_id=found.after.people[-1].id,
        role=Role.BOARD_MEMBER,
        member_id=found.after.members[-1].id,
        since=date(2026, 4, 1),
    )
    assert found.after.appointments[:-1] == association().appointments


def test_what_is_changed_is_told_and_nothing_else_is(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book[PEOPLE]
        row = row_of(sheet, "Finn")
        sheet[f"B{row}"] = "MP"
        sheet[f"J{row}"] = date(2026, 6, 30)
        book[MEMBERS]["C2"] = 12.5

    found = change(tmp_path, edit)
    assert found.added == found.ended == found.missing == ()
    assert found.changed == (
        "Eks kommun: andel tomt blir 12,5 procent",
        "Finn: parti tomt blir MP; till och med 2027-03-31 blir 2026-06-30",
    )
    assert found.after.person("finn") == replace(association().person("finn"), party="MP")  # type: ignore[type-var]


def test_whoever_is_missing_is_told_of_and_kept_unless_it_is_to_be_ended(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book[PEOPLE].delete_rows(row_of(book[PEOPLE], "Gun"))
        book[MEMBERS].delete_rows(row_of(book[MEMBERS], "Björks kommun"))
        book[PEOPLE][f"F{row_of(book[PEOPLE], 'Cia')}"] = "Eks kommun"
        book[PEOPLE][f"F{row_of(book[PEOPLE], 'Cia-e')}"] = "Eks kommun"

    kept = change(tmp_path, edit)
    assert kept.missing[0] == "Medlemmen Björks kommun"
    assert "Gun, ledamot för Region Alm" in kept.missing
    assert kept.ended == ()
    assert kept.after.members == association().members
    assert [a.until for a in kept.after.appointments if a.person_id == "gun"] == [UNTIL]
    ended = change(tmp_path, edit, end_missing=True)
    assert "Gun, ledamot för Region Alm" in ended.ended
    assert [a.until for a in ended.after.appointments if a.person_id == "gun"] == [TODAY]
    assert {p.id for p in ended.after.people} == {p.id for p in association().people}
    assert ended.after.members == association().members


def test_a_column_that_is_gone_leaves_its_values(tmp_path: Path) -> None:
    register = association(people=tuple(replace(p, phone="070-1") for p in association().people))
    path = edited(tmp_path, register, lambda book: book[PEOPLE].delete_cols(4))
    assert load(path, register, today=TODAY).after == register
    path = edited(tmp_path, register, lambda book: book.remove(book[MEMBERS]))
    assert load(path, register, today=TODAY).after == register


def test_rows_are_known_by_name_where_the_key_is_gone(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book[PEOPLE].delete_cols(13)
        book[MEMBERS].delete_cols(6)
        book[PEOPLE][f"D{row_of(book[PEOPLE], 'Bo')}"] = "070-2"

    found = change(tmp_path, edit)
    assert found.changed == ("Bo: telefon tomt blir 070-2",)
    assert found.missing == found.added == ()


def fault(tmp_path: Path, edit: Callable[[Any], None]) -> UserError:
    with pytest.raises(UserError) as caught:
        change(tmp_path, edit)
    return caught.value


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "words"),
    [
        (PEOPLE, "E2", "Kassör", "”Kassör” är inget uppdrag"),
        (PEOPLE, "F2", "Okända kommun", "Ingen medlem heter Okända kommun"),
        (PEOPLE, "G2", "första", "”första” är ingen plats i turordningen"),
        (PEOPLE, "G2", -1, "”-1” är ingen plats"),
        (PEOPLE, "I2", "i våras", "”i våras” är inget datum"),
        (PEOPLE, "K2", "Pensionär", "”Pensionär” är inget skäl till valbarhet"),
        (MEMBERS, "B2", "Bolag", "”Bolag” är inget slag av medlem"),
        (MEMBERS, "C2", 140, "”140” är ingen andel"),
    ],
)
def test_faults_name_sheet_and_cell(tmp_path: Path, sheet: str, cell: str, value: object, words: str) -> None:
    def edit(book: Any) -> None:
        book[sheet][cell] = value

    told = str(fault(tmp_path, edit))
    assert f"{sheet}, cell {cell}: {words}" in told


def test_several_faults_are_told_at_once(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        for row in range(2, 14):
            book[PEOPLE][f"E{row}"] = "Kassör"

    error = fault(tmp_path, edit)
    assert "12 celler behöver rättas" in error.message
    assert "cell E9" in error.advice
    assert "och 4 till" in error.advice


def test_a_name_on_two_rows_that_disagree_is_told(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book[PEOPLE]
        values = [cell.value for cell in sheet[row_of(sheet, "Anna")]]
        sheet.append([*values[:1], "KD", *values[2:4], "Revisor", *[None] * 7, values[12]])

    assert "Anna står på flera rader med olika parti" in str(fault(tmp_path, edit))


def test_a_namesake_without_a_key_is_told(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book[PEOPLE][f"A{row_of(book[PEOPLE], 'Bo')}"] = "Anna"
        book[PEOPLE].append(["Anna", None, None, None, "Revisor"])

    told = str(fault(tmp_path, edit))
    assert "Flera i registret heter Anna" in told


def test_a_workbook_that_is_something_else_is_refused(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book[PEOPLE].title = "Siffror"

    assert f"har inget blad {PEOPLE}" in str(fault(tmp_path, edit))
    (tmp_path / "x.xlsx").write_text("nej", encoding="utf-8")
    with pytest.raises(UserError):
        load(tmp_path / "x.xlsx", association(), today=TODAY)
    with pytest.raises(UserError, match="finns inte"):
        load(tmp_path / "saknas.xlsx", association(), today=TODAY)


def test_a_cell_with_an_error_is_told(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book[PEOPLE]["B2"] = "#REF!"
        book[PEOPLE]["B2"].data_type = "e"

    assert f"{PEOPLE}, cell B2: Cellen visar #REF!" in str(fault(tmp_path, edit))
