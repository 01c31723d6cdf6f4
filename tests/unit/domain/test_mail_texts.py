"""The texts of mails: fields, lines that go when they are empty, and who the mail goes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_desktop.domain.addressees import (
    Line,
    addressees,
    all_hidden,
    missing_sentence,
    on_line,
    usable_address,
)
from finsam_desktop.domain.association import Appointment, Association, Person, Role
from finsam_desktop.domain.mail_texts import (
    MAIL_FIELDS,
    MailKind,
    MailText,
    chosen,
    filled,
    read_text,
    unknown_fields,
    written_text,
)
from finsam_desktop.domain.meeting import Adjuster, Meeting, MeetingKind
from finsam_desktop.paths import templates
from tests.strategies import associations, meetings
from tests.strategy_values import SWEDISH

DAY = date(2026, 10, 29)


def test_a_line_without_its_value_goes_and_half_a_line_stays() -> None:
    text = MailText(
        kind="x",
        subject="Till {förbund}",
        body="Hej\n\nPlats: {plats}\nTid: {tid} {plats}\n\n\n{länk}\n\nSlut",
    )
    assert filled(text, {"tid": "9", "förbund": "A\nB"}) == ("Till A B", "Hej\n\nTid: 9\n\nSlut")


def test_a_field_is_found_however_it_is_written_and_other_words_stay() -> None:
    text = MailText(kind="x", subject="{ Förbund }", body="{okänt} {PLATS}")
    assert filled(text, {"förbund": "A", "plats": "B"}) == ("A", "{okänt} B")
    assert unknown_fields(text) == (("okänt", ""),)
    assert unknown_fields(MailText(kind="x", subject="", body="{platsen}")) == (("platsen", "plats"),)


def test_a_value_with_braces_is_not_filled_again() -> None:
    text = MailText(kind="x", subject="", body="{plats}")
    assert filled(text, {"plats": "{tid}", "tid": "9"})[1] == "{tid}"


@given(st.text(alphabet=SWEDISH + "{}:", max_size=80), st.text(alphabet=SWEDISH + "{}:", max_size=200))
def test_a_text_survives_its_file(subject: str, body: str) -> None:
    text = MailText(kind="x", subject=" ".join(subject.split()), body=body.strip("\n"))
    assert read_text("x", written_text(text)) == text


@pytest.mark.parametrize("kind", MailKind)
def test_the_programs_own_texts_use_known_fields_and_say_what_they_are_about(kind: MailKind) -> None:
    content = (templates() / "mail" / f"{kind.value}.txt").read_text(encoding="utf-8")
    text = read_text(kind.value, content)
    assert written_text(text) == content
    assert unknown_fields(text) == ()
    subject, body = filled(text, dict.fromkeys(MAIL_FIELDS, "X"))
    assert subject
    assert body.startswith("Hej\n")
    assert "vänligen" not in content.casefold()
    assert "!" not in content
    assert filled(text, {})[1].startswith("Hej")


def test_the_associations_own_text_comes_first() -> None:
    own = MailText(kind="kallelse", subject="egen", body="")
    standard = [MailText(kind=kind.value, subject="", body="") for kind in MailKind]
    assert chosen(MailKind.KALLELSE, (own,), standard) is own
    assert chosen(MailKind.TILLAGG, (own,), standard) is standard[1]


def test_people_stand_on_the_line_of_their_role() -> None:
    roles = (Role.DEPUTY, Role.CHAIR, Role.AUDITOR, Role.BOARD_MEMBER, Role.DIRECTOR, Role.SECRETARY)
    people = tuple(Person(id=role, name=role, email=f"{role}@x.se") for role in roles)
    association = Association(
        name="A",
        people=people,
        appointments=(
            *(Appointment(person_id=role, role=role) for role in roles),
            Appointment(person_id=Role.CHAIR, role=Role.BOARD_MEMBER),
            Appointment(person_id=Role.AUDITOR, role=Role.DEPUTY, until=date(2026, 10, 28)),
        ),
    )
    found = addressees(Meeting(date=DAY), association)
    assert [(one.person_id, one.line) for one in found] == [
        ("chair", Line.TO),
        ("board_member", Line.TO),
        ("deputy", Line.COPY),
        ("director", Line.COPY),
        ("secretary", Line.COPY),
    ]
    assert on_line(found, Line.TO)[0].email == "chair@x.se"
    assert {one.line for one in all_hidden(found)} == {Line.HIDDEN}
    to_sign = addressees(
        Meeting(date=DAY, adjusters=(Adjuster(person_id="board_member"),)), association, MailKind.JUSTERING
    )
    assert [(one.person_id, one.role) for one in to_sign] == [
        ("chair", "ordförande"),
        ("board_member", "justerare"),
    ]


def test_a_consultation_goes_to_the_members() -> None:
    association = Association(
        name="A",
        people=(Person(id="m", name="M", email="m@x.se"), Person(id="l", name="L")),
        appointments=(
            Appointment(person_id="m", role=Role.MEMBER_REPRESENTATIVE),
            Appointment(person_id="l", role=Role.BOARD_MEMBER),
        ),
    )
    meeting = Meeting(date=DAY, kind=MeetingKind.MEMBER_CONSULTATION)
    assert [one.person_id for one in addressees(meeting, association)] == ["m"]
    board = addressees(replace(meeting, kind=MeetingKind.ORDINARY), association)
    assert missing_sentence(board) == "E-post saknas för L."
    assert on_line(board, Line.TO) == ()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" eva@example.se ", "eva@example.se"),
        ("mailto:eva@example.se", "eva@example.se"),
        ("eva@förbund.se", "eva@xn--frbund-wxa.se"),
        ("eva", ""),
        ("eva@", ""),
        ("eva@x", ""),
        ("eva blom@x.se", ""),
        ("eva@x.se, bo@x.se", ""),
        ("evå@x.se", ""),
        ("eva@x.se\r\nBcc: y@x.se", ""),
        ("eva@" + "x" * 70 + ".se", ""),
        ("", ""),
    ],
)
def test_only_a_whole_address_is_used(text: str, address: str) -> None:
    found, fault = usable_address(text)
    assert found == address
    assert bool(fault) is not bool(address)


@settings(max_examples=settings.default.max_examples // 4)
@given(associations().flatmap(lambda a: st.tuples(st.just(a), meetings(a, items=1))))
def test_nobody_is_written_to_twice_and_every_address_is_ascii(values: tuple[Association, Meeting]) -> None:
    association, meeting = values
    for kind in MailKind:
        found = addressees(meeting, association, kind)
        assert len({one.person_id for one in found}) == len(found)
        assert all(one.email.isascii() and bool(one.email) is not bool(one.fault) for one in found)
