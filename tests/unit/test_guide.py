"""The guide without a window: what eight answers make, what a preset gives, what is said of a slip."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop import guide, guide_draft
from finsam_desktop.domain.association import Appointment, Association, Member, MemberKind, Person, Role
from finsam_desktop.errors import UserError
from finsam_desktop.workspace import Workspace

NOW = dt.datetime(2026, 11, 22, 10, 42)
ANSWERS = guide.Answers(
    name="Samordningsförbundet  Norrbygden",
    members=("Försäkringskassan", "Arbetsförmedlingen", "Region Norr", "Norrstads kommun"),
    chair="Åsa Nyberg",
    board=("Bo Ek", "Eva Lind"),
    day=dt.date(2027, 2, 11),
    start=dt.time(9),
    end=dt.time(12),
    place="Kommunhuset",
)


def test_there_are_at_most_eight_fields() -> None:
    assert len(guide.FIELDS) <= 8
    assert len({field.id for field in guide.FIELDS}) == len(guide.FIELDS)
    assert all(field.label and field.why for field in guide.FIELDS)
    answered = {field.name for field in fields(guide.Answers)} - {"start", "end", "prepared"} | {"time"}
    assert answered == {field.id for field in guide.FIELDS}, (
        "nothing is asked that has no field, and no field is idle"
    )


def test_eight_answers_make_a_file_and_a_meeting(tmp_path: Path) -> None:
    file = tmp_path / "n.finsam"
    meeting_id = guide.begin(ANSWERS, file, user="Eva", at=NOW)
    with Workspace.open(file, user="Eva") as workspace:
        association = workspace.association
        assert association.name == "Samordningsförbundet Norrbygden"
        assert [member.kind for member in association.members] == [
            MemberKind.SOCIAL_INSURANCE_AGENCY,
            MemberKind.EMPLOYMENT_SERVICE,
            MemberKind.REGION,
            MemberKind.MUNICIPALITY,
        ]
        held = [(association.person(a.person_id).name, a.role) for a in association.appointments]  # type: ignore[union-attr]
        assert held == [
            ("Åsa Nyberg", Role.CHAIR), ("Bo Ek", Role.BOARD_MEMBER), ("Eva Lind", Role.BOARD_MEMBER)
        ]  # fmt: skip
        meeting = workspace.meeting(meeting_id)
        assert (meeting.date, meeting.start, meeting.end) == (dt.date(2027, 2, 11), dt.time(9), dt.time(12))
        assert meeting.items[0].title == "Mötets öppnande"
        path = guide.make_notice(workspace, meeting_id, NOW.date())
    assert path == tmp_path / "2027-02-11 Kallelse.docx"
    assert path.read_bytes()[:2] == b"PK"


def test_a_preset_is_built_upon_and_its_people_keep_their_facts() -> None:
    prepared = Association(
        name="Bygden",
        org_number="222000-0000",
        members=(Member(id="k", name="Ekviks kommun", kind=MemberKind.MUNICIPALITY, notice_board="ekvik.example"),),
        people=(
            Person(id="1", name="Åsa Nyberg", party="S"), Person(id="2", name="Bo Ek"), Person(id="3", name="Chef")
        ),
        appointments=(
            Appointment(person_id="1", role=Role.CHAIR, member_id="k"),
            Appointment(person_id="2", role=Role.BOARD_MEMBER),
            Appointment(person_id="3", role=Role.DIRECTOR),
        ),
    )  # fmt: skip
    known = guide.from_prepared(prepared)
    assert (known.chair, known.board, known.members) == ("Åsa Nyberg", ("Bo Ek",), ("Ekviks kommun",))
    assert guide.association_of(known) == prepared
    changed = guide.association_of(
        replace(known, board=("Eva Lind",), members=("Ekviks kommun", "Region Ek"))
    )
    assert changed.org_number == "222000-0000"
    assert [(m.name, m.notice_board) for m in changed.members] == [
        ("Ekviks kommun", "ekvik.example"),
        ("Region Ek", ""),
    ]
    names = {person.id: person.name for person in changed.people}
    assert [(names[a.person_id], a.role) for a in changed.appointments] == [
        ("Åsa Nyberg", Role.CHAIR),
        ("Chef", Role.DIRECTOR),
        ("Eva Lind", Role.BOARD_MEMBER),
    ]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (guide.Answers(), {"name", "day"}),
        (replace(ANSWERS, end=dt.time(9)), {"time"}),
        (replace(ANSWERS, day=None), {"day"}),
        (ANSWERS, set()),
    ],
)
def test_what_is_missing_is_told_by_field(answers: guide.Answers, told: set[str]) -> None:
    assert set(guide.faults(answers)) == told


def test_nothing_is_made_of_answers_that_do_not_suffice(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Skriv förbundets namn"):
        guide.begin(guide.Answers(), tmp_path / "x.finsam", user="", at=NOW)
    (tmp_path / "y.finsam").write_bytes(b"viktigt")
    with pytest.raises(UserError, match="Det finns redan en fil"):
        guide.begin(ANSWERS, tmp_path / "y.finsam", user="", at=NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["y.finsam"]
    assert (tmp_path / "y.finsam").read_bytes() == b"viktigt"


def test_a_free_name_is_proposed(tmp_path: Path) -> None:
    assert guide.free_file(tmp_path, "Samordningsförbundet Norr/bygden").name == "Norrbygden.finsam"
    (tmp_path / "Norrbygden.finsam").touch()
    assert guide.free_file(tmp_path, "Norrbygden").name == "Norrbygden 2.finsam"
    assert guide.free_file(tmp_path, "Samordningsförbundet").name == "Samordningsförbundet.finsam"
    assert guide.free_file(tmp_path, "").name == "förbund.finsam"


@given(
    st.builds(
        guide.Answers,
        name=st.text(),
        members=st.lists(st.text(), max_size=3).map(tuple),
        chair=st.text(),
        board=st.lists(st.text(), max_size=3).map(tuple),
        day=st.none() | st.dates(),
        start=st.none() | st.times(),
        place=st.text(),
        file=st.none() | st.just(Path("/hem/x.finsam")),
    )
)
def test_an_unfinished_guide_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, answers: guide.Answers
) -> None:
    data = tmp_path_factory.getbasetemp() / "utkast"
    guide_draft.keep(data, answers)
    assert guide_draft.kept(data) == (None if answers == guide.Answers() else answers)
    guide_draft.forget(data)
    assert guide_draft.kept(data) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"name": 5}', b"\xff", b'{"day": "igar"}'])
def test_a_spoilt_draft_is_no_draft(tmp_path: Path, content: bytes) -> None:
    (tmp_path / guide_draft.NAME).write_bytes(content)
    assert guide_draft.kept(tmp_path) is None


def test_a_disk_that_takes_nothing_disturbs_nobody(tmp_path: Path) -> None:
    (tmp_path / "fil").touch()
    guide_draft.keep(tmp_path / "fil", ANSWERS)
    assert guide_draft.kept(tmp_path / "fil") is None


def test_a_sign_that_is_left_out_of_the_file_name_leaves_no_gap() -> None:
    assert guide.file_stem("Samordningsförbundet Älvdalen & Öst") == "Älvdalen Öst"
