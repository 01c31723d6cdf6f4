"""The documents of the example association against what they are expected to hold, and how they come out."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from finsam_desktop.documents import About, Document
from finsam_desktop.documents.page_numbers import pages_of
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Appointment, Person, Role
from finsam_desktop.domain.attendance import Attendance
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.decisions import Proposal, ProposalKind
from finsam_desktop.domain.meeting import Meeting
from tests.reference import example
from tests.reference.compare import assert_as_expected
from tests.reference.outline import outline, paragraphs

PAGES = {
    Document.KALLELSE: 3,
    Document.PROTOKOLL: 7,
    Document.TERTIALRAPPORT: 6,
    Document.PROTOKOLLSUTDRAG: 3,
    Document.ANSLAG: 1,
    Document.PROFORMA: 7,
    Document.TJANSTESKRIVELSE: 2,
    Document.SKRIVELSE: 1,
    Document.REMISSVAR: 2,
    Document.INSATSBESLUT: 2,
    Document.SAMRADSINBJUDAN: 1,
    Document.MINNESANTECKNINGAR: 2,
    Document.SAMMANTRADESPLAN: 1,
    Document.FORBUNDSORDNING: 2,
    Document.EKONOMI_I_KORTHET: 1,
    Document.BUDGET: 4,
    Document.ARSREDOVISNING: 6,
    Document.HANDLINGAR: 1,
}
LONG = "En mycket lång rubrik om samordningsförbundsstyrelseledamotsersättning och annat, " * 3


def empty(meeting: Meeting) -> Meeting:
    return replace(
        meeting, items=(), attendance=Attendance(), adjusters=(), public_notices=(), adjusted_on=None
    )


def crowded() -> Meeting:
    """Two hundred items: long titles, lists, sub-items, long names of presenters."""
    proposal = Proposal(
        kind=ProposalKind.CLAUSES, clauses=("godkänna " + "rapporten " * 30, "andra", "tredje")
    )
    items = tuple(
        AgendaItem(
            id=f"i{n}",
            title=LONG if n % 7 == 0 else f"Ärende {n}",
            type=ItemType.DECISION,
            summary="Text " * 40 + "\n\n- ett\n- två\n  - tre\n\n1. först\n2. sedan" if n % 3 else "",
            proposal=proposal,
            sub_items=(AgendaItem(id=f"s{n}", title=LONG, summary="Text."),) if n % 5 == 0 else (),
            presenter="Extern föredragande " * 5 if n % 4 == 0 else "",
        )
        for n in range(200)
    )
    return replace(
        example.meeting(),
        items=items,
        attendance=Attendance(),
        frozen_paragraphs=(),
        frozen_attachments=(),
    )


def twenty_more():
    people = tuple(
        Person(id=f"x{n}", name=f"Förnamn{n} Efternamnsson-Långström", party="S") for n in range(20)
    )
    seats = tuple(
        Appointment(person_id=p.id, role=Role.BOARD_MEMBER, member_id="medlem-exempelby") for p in people
    )
    known = example.association()
    return replace(
        known,
        people=known.people + people,
        appointments=known.appointments + seats,
        rules=replace(known.rules, board_size=27),
    )


def without_logo():
    known = example.association()
    return replace(known, letterhead=replace(known.letterhead, logo="", accent="#E0A030"))


CASES: dict[str, Callable[[], bytes]] = {
    **{document.value: partial(example.docx, document) for document in Document},
    "kallelse utan ärenden och logotyp": lambda: example.docx(
        Document.KALLELSE, empty(example.meeting()), of=without_logo()
    ),
    "protokoll utan ärenden": lambda: example.docx(Document.PROTOKOLL, empty(example.meeting())),
    "protokoll med 27 beslutande": lambda: example.docx(Document.PROTOKOLL, of=twenty_more()),
    "anslag för alla": lambda: example.docx(Document.ANSLAG, about=About()),
    "protokollsblankett med 200 ärenden": lambda: example.docx(
        Document.PROFORMA, crowded(), of=twenty_more()
    ),
    "minnesanteckningar utan punkter": lambda: example.docx(
        Document.MINNESANTECKNINGAR, replace(example.meetings()[0], items=(), participants=())
    ),
    "kallelse med 200 ärenden": lambda: example.docx(Document.KALLELSE, crowded()),
    "protokoll med 200 ärenden": lambda: example.docx(Document.PROTOKOLL, crowded()),
}


@pytest.mark.parametrize("document", list(Document))
def test_example_is_as_expected(document: Document) -> None:
    assert_as_expected(document.value, outline(example.docx(document)))


@pytest.mark.needs_ooxml_validator
@pytest.mark.parametrize("case", CASES)
def test_word_finds_no_fault(case: str, tmp_path: Path, ooxml_errors: Callable[[Path], list[str]]) -> None:
    path = tmp_path / "d.docx"
    path.write_bytes(CASES[case]())
    assert ooxml_errors(path) == []


def lines_by_page(pdf: Path) -> list[list[str]]:
    """Lines of every page from the top, without header and footer."""
    document = pdfium.PdfDocument(pdf)
    found = []
    for page in document:
        text_page = page.get_textpage()
        height = page.get_height()
        lines: dict[int, list[tuple[float, str]]] = {}
        for place in range(text_page.count_rects()):
            left, bottom, right, top = text_page.get_rect(place)
            if height * 0.09 < bottom and top < height * 0.92:
                text = text_page.get_text_bounded(left, bottom, right, top).strip()
                lines.setdefault(round(bottom / 4), []).append((left, text))
        found.append([" ".join(t for _, t in sorted(lines[key])) for key in sorted(lines, reverse=True)])
    document.close()
    return found


HEADINGS = ("heading ", "Ärenderubrik", "Ärendeuppgift", "Delärende", "Ärendeled", "caption", "Beslutstext")


LOOKED_AT = (*(document.value for document in Document), "protokoll med 27 beslutande")


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The documents as LibreOffice lays them out; one start of it for all, since starting takes the longest."""
    folder = tmp_path_factory.mktemp("pdf")
    files = {case: folder / f"{case}.docx" for case in LOOKED_AT}
    for case, path in files.items():
        path.write_bytes(CASES[case]())
    command = [shutil.which("soffice") or "soffice", f"-env:UserInstallation={(folder / 'profil').as_uri()}"]
    command += ["--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files.values())]
    subprocess.run(command, capture_output=True, check=True, timeout=300)
    return {case: path.with_suffix(".pdf") for case, path in files.items()}


@pytest.mark.needs_libreoffice
@pytest.mark.parametrize("case", LOOKED_AT)
def test_no_page_ends_with_a_heading(case: str, pdfs: dict[str, Path]) -> None:
    headings = {
        " ".join(text.replace("\u00a0", " ").split())
        for style, text in paragraphs(CASES[case]())
        if style.startswith(HEADINGS)
    }
    ends = [" ".join(page[-1].replace("\u00a0", " ").split()) for page in lines_by_page(pdfs[case]) if page]
    assert ends
    assert not [end for end in ends if end in headings]


@pytest.mark.needs_libreoffice
def test_number_of_pages(pdfs: dict[str, Path]) -> None:
    found = {}
    for document in Document:
        pdf = pdfium.PdfDocument(pdfs[document.value])
        found[document] = len(pdf)
        pdf.close()
    assert found == PAGES


@pytest.mark.needs_libreoffice
def test_page_numbers_measured_are_the_ones_printed(tmp_path: Path, to_pdf: Callable[[Path], Path]) -> None:
    path = tmp_path / "d.docx"
    path.write_bytes(example.docx(Document.PROTOKOLL, pages={}))
    pages = pages_of(to_pdf(path).read_bytes())
    assert sorted(pages) == [f"paragraf_{n}" for n in range(61, 76)]
    assert pages["paragraf_61"] == 3
    rows = [
        line
        for line in outline(example.docx(Document.PROTOKOLL, pages=pages)).splitlines()
        if "«Tabelltal»" in line
    ]
    assert [int(row.rsplit("|", 1)[1].split()[0]) for row in rows] == [
        pages[f"paragraf_{n}"] for n in range(61, 76)
    ]


def test_all_are_made_in_well_under_two_seconds() -> None:
    for document in Document:
        example.docx(document)
    start = time.process_time()
    for document in Document:
        example.docx(document)
    assert time.process_time() - start < 2.0


def test_the_same_values_give_the_same_bytes() -> None:
    assert example.docx(Document.PROTOKOLL) == example.docx(Document.PROTOKOLL)


def test_everything_the_secretary_wrote_is_in_the_minutes() -> None:
    meeting = example.meeting()
    text = " ".join(t for _, t in paragraphs(example.docx(Document.PROTOKOLL))).replace("\u00a0", " ")
    for item in meeting.items:
        assert (item.minutes_title or item.title) in text
        for line in item.minutes_text.splitlines():
            assert line.strip() in text
        for clause in item.decision.clauses:
            assert clause in text
        for note in item.decision.notes:
            assert note.text in text


def test_state_line_follows_the_decision_and_never_a_text() -> None:
    item = example.meeting().items[4]
    undecided = replace(item, decision=replace(item.decision, outcome=type(item.decision.outcome)("unset")))
    meeting = example.meeting()
    open_meeting = replace(meeting, items=(*meeting.items[:4], undecided, *meeting.items[5:]))
    decided = example.fields(Document.TERTIALRAPPORT)["report"]["state"]
    proposed = example.fields(Document.TERTIALRAPPORT, open_meeting)["report"]["state"]
    assert decided.replace("\u00a0", " ") == "Fastställd av styrelsen den 29 oktober 2026, § 65"
    assert (
        proposed.replace("\u00a0", " ") == "Förslag till styrelsens sammanträde den 29 oktober 2026, punkt 5"
    )
    assert meeting.date == date(2026, 10, 29)
