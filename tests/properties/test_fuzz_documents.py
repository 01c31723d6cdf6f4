"""Office files and mails from outside, damaged: templates, bilagor, registers, edited minutes and saved mails."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings

from finsam_desktop import paths
from finsam_desktop.documents.public_files import public_file
from finsam_desktop.domain.association import Appointment, Association, Member, MemberKind, Person, Role
from finsam_desktop.domain.masking import Masking
from finsam_desktop.errors import UserError
from finsam_desktop.files import people_files
from finsam_desktop.files.account_plan_files import plan_bytes, read_plan_file
from finsam_desktop.pdf import mail, readable
from finsam_desktop.pdf.recognise import Unfit, Way, recognise
from finsam_desktop.sources.account_plans import standard_plans
from finsam_desktop.word import Problem, TemplateError, check_template, commented_copy
from finsam_desktop.word.reading import read_word
from tests.fuzzing import Memory, Step, damaged, damaged_zip, grown_zip, judged, steps, tries
from tests.unit.pdf.ole_files import outlook_mail

TODAY = date(2026, 11, 22)
TEMPLATES = [
    (paths.templates() / "word" / f"{name}.docx").read_bytes()
    for name in ("kallelse", "protokoll", "anslag", "budget")
]
ASSOCIATION = Association(
    name="Samordningsförbundet Bygden",
    members=(Member(id="k", name="Bygdens kommun", kind=MemberKind.MUNICIPALITY),),
    people=(Person(id="a", name="Anna Berg"), Person(id="b", name="Bo Ek")),
    appointments=(
        Appointment(person_id="a", role=Role.CHAIR, member_id="k", until=date(9999, 12, 31)),
        Appointment(person_id="b", role=Role.DIRECTOR),
    ),
)


def _mail() -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "Åsa Öberg <asa@bygden.se>", "Bo <bo@bygden.se>, c@d.se"
    message["Subject"], message["Date"] = "Underlag till sammanträdet", "Thu, 28 Oct 2021 14:05:00 +0200"
    message.set_content("Hej.\n" * 20)
    message.add_alternative(
        "<html><body><p>Hej <b>alla</b></p><ul><li>ett</li></ul></body></html>", subtype="html"
    )
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Underlag åäö.pdf")
    outer = EmailMessage()
    outer["Subject"], outer["From"] = "VB: Underlag", "x@y.se"
    outer.set_content("Se bifogat.")
    outer.add_attachment(message)
    return outer.as_bytes()


def _checked(content: bytes, _folder: Path) -> None:
    problems = check_template(content, {"namn"})
    assert all(isinstance(problem, Problem) and problem.message for problem in problems)
    try:
        commented_copy(content, problems)
    except TemplateError as error:
        raise UserError(error.message, advice="Rätta mallen.") from error


def _edited(content: bytes, _folder: Path) -> None:
    try:
        read_word(content, "protokoll.docx")
    except TemplateError as error:
        raise UserError(error.message, advice="Spara den på nytt.") from error


def _public(name: str) -> Callable[[bytes, Path], None]:
    def made_public(content: bytes, _folder: Path) -> None:
        made = public_file(name, content, Masking(()), title="Bilaga")
        if made.content is None:
            raise UserError(made.problem, advice="Spara som pdf.")

    return made_public


def _seen(name: str) -> Callable[[bytes, Path], None]:
    """As when a bilaga becomes pages, up to where a program in a process of its own takes over."""

    def looked_at(content: bytes, _folder: Path) -> None:
        try:
            way, _ending = recognise(name, content)
        except Unfit as unfit:
            raise UserError(unfit.reason, advice=unfit.advice) from unfit
        if way in (Way.MAIL, Way.OUTLOOK):
            try:
                read = mail.read_eml(content) if way is Way.MAIL else mail.read_msg(content)
            except Exception as error:  # told as a page, see pdf/convert.py
                raise UserError("Filen är skadad och går inte att läsa.", advice="Be om den igen.") from error
            assert readable.document_of_mail(read, "Mejl", "sv-SE")

    return looked_at


def _register(content: bytes, folder: Path) -> None:
    path = folder / "register.xlsx"
    path.write_bytes(content)
    people_files.load(path, ASSOCIATION, today=TODAY)


def _plan(content: bytes, folder: Path) -> None:
    path = folder / "plan.xlsx"
    path.write_bytes(content)
    read_plan_file(path)


Damager = Callable[[bytes, list[Step]], bytes]
Kind = tuple[str, Callable[[], list[bytes]], Damager, Callable[[bytes, Path], None]]
KINDS: list[Kind] = [
    ("template.docx", lambda: TEMPLATES, damaged_zip, _checked),
    ("minutes.docx", lambda: TEMPLATES, damaged_zip, _edited),
    ("public.docx", lambda: TEMPLATES, damaged_zip, _public("a.docx")),
    ("public.xlsx", lambda: [people_files.workbook(ASSOCIATION)], damaged_zip, _public("a.xlsx")),
    ("bilaga.docx", lambda: TEMPLATES, damaged_zip, _seen("a.docx")),
    ("register.xlsx", lambda: [people_files.workbook(ASSOCIATION)], damaged_zip, _register),
    ("plan.xlsx", lambda: [plan_bytes(standard_plans()[0], ".xlsx")], damaged_zip, _plan),
    ("mail.eml", lambda: [_mail()], damaged, _seen("a.eml")),
    ("mail.msg", lambda: [outlook_mail()], damaged, _seen("a.msg")),
]  # fmt: skip
kinds = pytest.mark.parametrize("kind", KINDS, ids=[kind[0] for kind in KINDS])


def _fuzzed(kind: Kind, folder: Path, number: settings) -> list[str]:
    _name, whole, damage_of, use = kind
    seeds, told = whole(), []

    @number
    @given(steps)
    def tried(damage: list[Step]) -> None:
        content = damage_of(seeds[damage[0].odd % len(seeds)], damage)
        told.append(judged(lambda: use(content, folder), damage).told)

    with Memory():
        tried()
    return told


@kinds
def test_whole_files_are_read(kind: Kind, tmp_path: Path) -> None:
    for content in kind[1]():
        assert judged(lambda content=content: kind[3](content, tmp_path)).told == ""


@kinds
def test_damaged_files_are_read_or_refused(kind: Kind, tmp_path: Path) -> None:
    assert len(_fuzzed(kind, tmp_path, tries(6))) > 1


@pytest.mark.long
@kinds
def test_many_damaged_files(kind: Kind, tmp_path: Path) -> None:
    told = _fuzzed(kind, tmp_path, tries(500))
    assert any(told) or kind[0] == "template.docx"
    assert not all(told)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind[0].endswith("x")], ids=lambda kind: kind[0])
def test_what_unpacks_to_a_gigabyte_is_refused(kind: Kind, tmp_path: Path) -> None:
    """A part that is all zeros."""
    hostile = grown_zip(kind[1]()[0], 100)
    with Memory():
        judged(lambda: kind[3](hostile, tmp_path))


@pytest.mark.parametrize(
    "content",
    [
        b"Subject: x\n" + b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 3_000,
        b"Subject: x\n" + b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 250,
        b"From: a@b\nContent-Type: message/rfc822\n\n" * 2_000,
        b"Subject: =?utf-8?b?" + b"/" * 500_000 + b"?=\n\nx",
        b"From: " + b"(" * 50_000 + b"\n\nx",
        b"To: " + b"a@b.se, " * 50_000 + b"\n\nx",
        b"Subject: x\nContent-Type: text/html\n\n" + b"<div>" * 100_000,
        b"Subject: x\nContent-Type: text/html\n\n" + b"<" * 200_000,
    ],
    ids="endless-parts many-parts mails-in-mails long-head brackets many-receivers deep-page half-marks".split(),
)  # fmt: skip
def test_mails_that_are_meant_to_be_hard(content: bytes, tmp_path: Path) -> None:
    with Memory():
        judged(lambda: _seen("a.eml")(content, tmp_path))


def test_the_archive_of_the_mail_is_read_in_full() -> None:
    """The judge sees what is read: the mail's own words are in the document that is made of it."""
    document = readable.document_of_mail(mail.read_eml(_mail()), "Mejl", "sv-SE")
    words = " ".join(part.text for part in read_word(document).paragraphs())
    assert "VB: Underlag" in words
    assert io.BytesIO(document).read(2) == b"PK"
