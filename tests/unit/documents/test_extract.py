"""The extract: the § whole and unchanged, who decided there, and what it says of the adjustment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from finsam_desktop.documents import About, Document, file_name
from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.meeting import Correction, Meeting, Seal
from finsam_desktop.errors import UserError
from tests.reference import example
from tests.reference.outline import outline, text_of

EXTRACT, MINUTES = Document.PROTOKOLLSUTDRAG, Document.PROTOKOLL


def sections(docx: bytes) -> dict[str, list[str]]:
    """The lines of every § in a document, by its heading; formatting that only says where a page begins is left out."""
    found: dict[str, list[str]] = {}
    now: list[str] | None = None
    for line in outline(docx).splitlines():
        line = line.replace(" +pageBreakBefore +spacing", "")
        if line.startswith("[Ärenderubrik]"):
            now = found.setdefault(line, [])
        elif line.startswith(("[heading 1]", "== ")):
            now = None
        if now is not None:
            now.append(line)
    return found


def with_figures(meeting: Meeting) -> Meeting:
    """The meeting with a table in two items, so that the second has number 2 in the minutes."""
    for item_id in ("p06", "p08"):
        figures = example.tables()[:1]
        items = agenda.update(meeting.items, item_id, lambda item, f=figures: replace(item, figures=f))
        meeting = replace(meeting, items=items)
    return meeting


@pytest.mark.parametrize("item_id", [item.id for item in example.meeting().items])
def test_each_section_is_copied_whole_and_unchanged(item_id: str) -> None:
    whole = sections(example.docx(MINUTES))
    copied = sections(example.docx(EXTRACT, about=About(items=(item_id,))))
    assert len(copied) == 1
    for heading, lines in copied.items():
        assert lines == whole[heading]


def test_all_sections_are_copied_where_none_is_named() -> None:
    assert sections(example.docx(EXTRACT, about=About())) == sections(example.docx(MINUTES))


def test_a_table_keeps_the_number_it_has_in_the_minutes() -> None:
    meeting = with_figures(example.meeting())
    whole = sections(example.docx(MINUTES, meeting))
    copied = sections(example.docx(EXTRACT, meeting, about=About(items=("p08",))))
    (lines,) = copied.values()
    assert any("Tabell°2." in line for line in lines)
    assert lines == next(v for v in whole.values() if v[0] == lines[0])


def test_a_sub_item_brings_its_whole_section() -> None:
    assert example.docx(EXTRACT, about=About(items=("p07b",))) == example.docx(
        EXTRACT, about=About(items=("p07",))
    )


def test_those_who_decided_are_told_per_section() -> None:
    rows = example.fields(EXTRACT, about=About(items=("p06", "p07", "p08")))["deciding"]
    told = {row["paragraphs"].replace("\u00a0", " "): row["names"] for row in rows}
    assert list(told) == ["§§ 66–67", "§ 68"]
    assert "Torbjörn Ekvind (C), vice ordförande" in told["§§ 66–67"]
    assert "Torbjörn Ekvind (C), vice" not in told["§ 68"]
    assert told["§ 68"].endswith("Karin Holmvide (C), tjänstgörande ersättare för Torbjörn Ekvind")


def test_adjusted_minutes_are_certified() -> None:
    text = text_of(example.docx(EXTRACT)).replace("\u00a0", " ")
    assert "Rätt utdraget ur protokollet intygar" in text
    assert "2026-11-09 av Birgitta Almkvarn och Gunilla Åskvist" in text
    assert "Utkast" not in outline(example.docx(EXTRACT))


def test_a_draft_says_so_on_every_page() -> None:
    draft = replace(example.meeting(), adjusted_on=None, seals=())
    shown = outline(example.docx(EXTRACT, draft, about=About(items=("p09",))))
    assert shown.count("Utkast, inte justerat") == 2  # the footer of page 1 and of the others
    assert "intygar" not in shown  # and nobody certifies it
    assert "[Underskrift]" not in shown


def test_a_section_adjusted_at_once_is_certified_as_that() -> None:
    meeting = replace(example.meeting(), adjusted_on=None, seals=())
    items = agenda.update(
        meeting.items, "p09", lambda i: replace(i, decision=replace(i.decision, immediately_adjusted=True))
    )
    at_once = replace(meeting, items=items)
    shown = outline(example.docx(EXTRACT, at_once, about=About(items=("p09",))))
    assert "Rätt utdraget ur omedelbart justerad paragraf intygar" in shown
    assert "Omedelbart, 2026-10-29" in shown
    assert "Utkast" not in shown
    both = outline(example.docx(EXTRACT, at_once, about=About(items=("p08", "p09"))))
    assert "Utkast" in both  # one of them is not adjusted


def test_the_day_of_an_immediate_adjustment_is_that_of_its_seal() -> None:
    meeting = replace(example.meeting(), adjusted_on=None)
    items = agenda.update(
        meeting.items, "p09", lambda i: replace(i, decision=replace(i.decision, immediately_adjusted=True))
    )
    seal = Seal(
        sha256="a", sealed_at=datetime(2026, 10, 30, 9), items=("p09",), adjusted_on=date(2026, 10, 30)
    )
    sealed = replace(meeting, items=items, seals=(seal,))
    made = example.fields(EXTRACT, sealed, about=About(items=("p09",)))
    assert made["meeting"]["adjusted"].parts[-1].text == "2026-10-30"


def test_a_correction_stands_beside_and_the_old_text_stays() -> None:
    one = Correction(
        item_id="p09",
        corrected_on=date(2026, 11, 20),
        corrected_by="Ola Rimfors",
        old="2026/2027",
        new="2027",
    )
    front = replace(one, item_id="", old="Linden", new="Björken")
    meeting = replace(example.meeting(), corrections=(one, front))
    minutes, extract = (
        text_of(example.docx(document, meeting, about=About(items=("p09",)))).replace("\u00a0", " ")
        for document in (MINUTES, EXTRACT)
    )
    for text in (minutes, extract):
        assert "vid årsskiftet 2026/2027." in text
        assert "Rättelse 20 november 2026: ”2026/2027” har ändrats till ”2027” av Ola Rimfors." in text
    assert "”Linden” har ändrats till ”Björken”" in minutes
    assert "Linden” har ändrats" not in extract


def test_an_item_that_is_not_there_is_told() -> None:
    with pytest.raises(UserError, match="finns inte i sammanträdet"):
        example.docx(EXTRACT, about=About(items=("borta",)))


@pytest.mark.parametrize(
    ("about", "name"),
    [
        (
            About(items=("p07",), recipient="Region Exempel"),
            "2026-10-29 Protokollsutdrag § 67 Region Exempel.docx",
        ),
        (About(items=("p07", "p08")), "2026-10-29 Protokollsutdrag §§ 67–68.docx"),
        (About(items=("p07b",)), "2026-10-29 Protokollsutdrag § 67.docx"),
        (About(recipient='A/B: "C"?'), "2026-10-29 Protokollsutdrag A-B- -C--.docx"),
        (About(items=("borta",)), "2026-10-29 Protokollsutdrag.docx"),
    ],
)
def test_the_file_is_named_for_what_it_holds(about: About, name: str) -> None:
    assert file_name(EXTRACT, example.meeting(), about, meetings=example.meetings()) == name


@pytest.mark.parametrize(
    ("document", "about", "name"),
    [
        (Document.ANSLAG, About(member_id="medlem-fjallsta"), "2026-10-29 Anslag Fjällsta kommun.docx"),
        (Document.ANSLAG, About(member_id="medlem-region", items=("p09",)),
         "2026-10-29 Anslag § 69 Region Exempel.docx"),
        (Document.TJANSTESKRIVELSE, About(items=("p05b",)),
         "2026-10-29 Tjänsteskrivelse punkt 5 B Ekonomi- resultatrapport med helårsprognos samt balansrapport.docx"),
        (Document.SAMMANTRADESPLAN, About(), "Sammanträdesplan 2026.docx"),
        (Document.FORBUNDSORDNING, About(), "Förbundsordningens innehåll.docx"),
        (Document.PROFORMA, About(), "2026-10-29 Protokollsblankett.docx"),
    ],
)  # fmt: skip
def test_other_files_are_named_by_the_same_rule(document: Document, about: About, name: str) -> None:
    made = file_name(
        document, example.meeting(), about, association=example.association(), meetings=example.meetings()
    )
    assert made == name


def test_a_long_title_leaves_room_for_the_folder() -> None:
    meeting = replace(example.meeting(), items=(AgendaItem(id="a", title="Ett mycket långt ärende " * 20),))
    assert len(file_name(Document.TJANSTESKRIVELSE, meeting, About(items=("a",)))) <= 125
