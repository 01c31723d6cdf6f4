"""What the contexts hold: every declared field, nothing else, and what the record says."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from finsam_desktop import paths
from finsam_desktop.documents import Document, render
from finsam_desktop.documents.fields import fields, names
from finsam_desktop.documents.fields_page import page
from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.association import Appointment, Role
from finsam_desktop.domain.attendance import Attendance, Presence
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.decisions import Decision, Outcome, Proposal, ProposalKind
from finsam_desktop.domain.meeting import Meeting, MeetingForm, MeetingKind
from finsam_desktop.errors import UserError
from finsam_desktop.word import Table, WordTemplate
from tests.reference import example
from tests.reference.outline import paragraphs, text_of


def flat(value: object, at: str = "") -> set[str]:
    """The names of all values, as WordTemplate.fields() writes them."""
    if isinstance(value, dict):
        found = {at} if at.endswith(("proposal", "decision")) else set()
        return found.union(*(flat(inner, f"{at}.{name}" if at else name) for name, inner in value.items()))
    if isinstance(value, list | tuple):
        return {at}.union(*(flat(inner, f"{at}[]") for inner in value)) - {
            f"{at}[]" for v in value if isinstance(v, dict)
        }
    return {at}


def one(*items: AgendaItem, **more) -> Meeting:
    return Meeting(**{"id": "one", "date": date(2026, 10, 29), "items": items, **more})


@pytest.mark.parametrize("document", list(Document))
def test_every_field_of_a_context_is_declared(document: Document) -> None:
    assert flat(example.fields(document)) <= names(document)


@pytest.mark.parametrize("document", list(Document))
def test_every_field_the_template_reads_is_declared(document: Document) -> None:
    read = WordTemplate(paths.templates() / "word" / f"{document.value}.docx").fields()
    assert len(read) > 15
    assert read <= names(document)


def test_every_declared_field_is_in_some_context() -> None:
    """All but those that the example has no use for, each named here."""
    made = set().union(*(flat(example.fields(document)) for document in Document))
    missing = {field.name for field in fields()} - made
    of_sub_items = {name for name in missing if name.startswith("items[].sub_items[].")}
    of_proposals = {
        name for name in missing if name.startswith(("measure.decision.", "measure.proposals[]."))
    }
    assert missing - of_sub_items - of_proposals == {
        "corrections[]",
        "items[].corrections[]",
        "items[].election[]",
        "memo.figures[]",
        "referral.figures[]",
        "referral.basis[]",
        "measure.basis[]",
        "items[].after_decision[]",
        "items[].arrivals[]",
        "items[].departures[]",
        "items[].figures[]",
        "report.indicators[]",
        "report.deviation_rows[]",
        "annual.remarks[]",
        "report.contents[].title",
        "report.contents[].level",
        "report.contents[].page",
    }


def test_field_page_in_docs_is_the_current_one() -> None:
    path = Path(__file__).parents[3] / "docs" / "templates.md"
    assert path.read_text(encoding="utf-8") == page()


def test_field_page_is_written_by_its_command() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "finsam_desktop.documents.fields_page"], capture_output=True, check=True
    )
    assert run.stdout.decode("utf-8") == page()


def test_tags_in_the_field_list_are_those_of_the_templates() -> None:
    tags = {field.name: field.tag for field in fields()}
    assert tags["meeting.place"] == "{{ meeting.place }}"
    assert tags["items[].text"] == "{{p item.text }}"
    assert tags["items[].sub_items[].title"] == "{{ sub.title }}"
    assert tags["agenda"] == "{%tr for line in agenda %}"
    assert tags["items[].motions"] == "{%p for sentence in item.motions %}"
    assert tags["items[].proposal.clauses[]"] == "{{ clause }}"
    assert tags["items[].decision"] == "{%p if item.decision %}"


def test_notice_lists_every_item_but_gives_a_page_only_to_those_with_something_to_read() -> None:
    laid = Proposal(kind=ProposalKind.NONE_LAID)
    meeting = one(
        AgendaItem(id="a", title="Bara rubrik"),
        AgendaItem(id="b", title="Text", summary="Läs"),
        AgendaItem(id="c", title="Förslag", proposal=laid),
        AgendaItem(id="d", title="Underpunkt", sub_items=(AgendaItem(id="e", title="A-punkten"),)),
    )
    made = example.fields(Document.KALLELSE, meeting)
    assert [line["title"] for line in made["agenda"]] == ["Bara rubrik", "Text", "Förslag", "Underpunkt"]
    assert [item["title"] for item in made["items"]] == ["Text", "Förslag", "Underpunkt"]
    assert [item["heading"].text for item in made["items"]] == ["2", "3", "4"]
    assert made["items"][1]["proposal"]["lead"] == "Inget beslutsförslag läggs."


def test_attachments_of_sub_items_stand_in_the_agenda_and_under_their_own_letter() -> None:
    sub = AgendaItem(id="s", title="Del", attachments=(Attachment(id="b2", title="Två", pages=3),))
    meeting = one(
        AgendaItem(id="a", title="Hel", attachments=(Attachment(id="b1", title="Ett"),), sub_items=(sub,))
    )
    made = example.fields(Document.KALLELSE, meeting)
    assert made["agenda"][0]["attachments"] == "1–2"
    assert made["items"][0]["facts"] == "Bilaga\u00a01"
    assert made["items"][0]["sub_items"][0]["facts"] == "Bilaga\u00a02"
    assert [(row["number"], row["item"], row["pages"]) for row in made["attachments"]] == [
        ("1", "1", ""),
        ("2", "1A", "3"),
    ]


def test_extra_and_budget_meetings_are_called_so() -> None:
    extra = example.fields(Document.KALLELSE, one(kind=MeetingKind.EXTRA))
    assert extra["document"]["title"] == "Kallelse till extra sammanträde"
    budget = example.fields(Document.KALLELSE, one(kind=MeetingKind.BUDGET, form=MeetingForm.DISTANCE))
    assert budget["meeting"]["public"] == "Sammanträdet är offentligt när budgeten fastställs."
    assert example.fields(Document.KALLELSE)["meeting"]["public"] == ""


def test_presence_of_the_example() -> None:
    made = example.fields(Document.PROTOKOLL)
    rows = {row["name"]: row["paragraphs"] for row in made["present"]}
    assert rows["Torbjörn Ekvind (C), vice ordförande"] == "61–67, 69–75"
    assert rows["Karin Holmvide (C), tjänstgörande ersättare för Torbjörn Ekvind"] == "68"
    assert not [name for name in rows if name.startswith("Maria")]
    assert made["meeting"]["deputies"].replace("\u00a0", " ").splitlines() == [
        "Lars-Erik Stenkvarn (S) och Jonas Hedgran, ej tjänstgörande",
        "Karin Holmvide (C), ej tjänstgörande utom § 68",
    ]


def test_draft_is_marked_until_the_minutes_are_adjusted() -> None:
    draft = replace(example.meeting(), adjusted_on=None, public_notices=())
    made = example.fields(Document.PROTOKOLL, draft)
    assert made["document"]["draft_mark"].startswith("Utkast, inte justerat")
    assert all(row["posted"] == "" and row["removed"] == "" for row in made["announcement"]["boards"])
    assert "Protokollet är justerat" not in text_of(example.docx(Document.PROTOKOLL, draft))
    assert example.fields(Document.PROTOKOLL)["document"]["draft_mark"] == ""


def test_secretarys_own_words_replace_the_derived_opening() -> None:
    own = AgendaItem(id="a", title="Mötets öppnande", minutes_text="Egna ord.")
    derived = replace(own, minutes_text="")
    assert example.fields(Document.PROTOKOLL, one(own))["items"][0]["text"].text == "Egna ord."
    assert "förrättar upprop" in example.fields(Document.PROTOKOLL, one(derived))["items"][0]["text"].text


def test_opening_and_closing_are_told_even_where_no_item_is_called_so() -> None:
    from datetime import time

    meeting = one(AgendaItem(id="a", title="Budget"), AgendaItem(id="b", title="Mål"), closed_at=time(10, 0))
    items = example.fields(Document.PROTOKOLL, meeting)["items"]
    assert "förrättar upprop" in items[0]["text"].text
    assert "avslutar sammanträdet" in items[1]["text"].text


def test_noted_item_ends_with_the_sentence_and_a_list_keeps_it_apart() -> None:
    noted = Decision(outcome=Outcome.NOTED)
    line = AgendaItem(id="a", title="A", minutes_text="Chefen redovisar läget.", decision=noted)
    bullets = AgendaItem(id="b", title="B", minutes_text="Läget:\n\n- ett\n- två", decision=noted)
    items = example.fields(Document.PROTOKOLL, one(AgendaItem(id="o", title="Öppnande"), line, bullets))[
        "items"
    ]
    assert items[1]["text"].text == "Chefen redovisar läget. Styrelsen noterar informationen."
    assert items[2]["text"].text.endswith("- två\n\nStyrelsen noterar informationen.")


def test_sub_item_with_a_record_of_its_own_is_never_left_out() -> None:
    decided = Decision(outcome=Outcome.OWN_WORDS, clauses=("välja Bo",))
    subs = (AgendaItem(id="s1", title="Tyst"), AgendaItem(id="s2", title="Beslutad", decision=decided))
    top = AgendaItem(id="a", title="Val", type=ItemType.DECISION, minutes_text="Helheten.", sub_items=subs)
    told = example.fields(Document.PROTOKOLL, one(top))["items"][0]["sub_items"]
    assert [sub["title"] for sub in told] == ["Beslutad"]
    untold = example.fields(Document.PROTOKOLL, one(replace(top, minutes_text="")))["items"][0]["sub_items"]
    assert [sub["title"] for sub in untold] == ["Tyst", "Beslutad"]


def test_type_in_the_minutes_is_what_the_item_came_to_be() -> None:
    def type_of(item: AgendaItem) -> str:
        return example.fields(Document.PROTOKOLL, one(item))["items"][0]["type"]

    both = AgendaItem(id="a", title="A", type=ItemType.INFORMATION_DECISION)
    assert type_of(both) == "Information"
    assert type_of(replace(both, decision=Decision(outcome=Outcome.OWN_WORDS, clauses=("x",)))) == "Beslut"
    assert type_of(replace(both, type=ItemType.INFORMATION_DISCUSSION)) == "Information"
    assert type_of(replace(both, type=ItemType.DISCUSSION)) == "Diskussion"


def test_arrivals_and_departures_are_printed_at_their_items() -> None:
    from datetime import time

    presence = Presence(
        person_id="tallhed", from_item="p05", arrived_at=time(9, 0), to_item="p06", left_at=time(10, 0)
    )
    meeting = replace(example.meeting(), attendance=Attendance(presences=(presence,)))
    items = example.fields(Document.PROTOKOLL, meeting)["items"]
    told = {item["heading"].text: (item["arrivals"], item["departures"]) for item in items}
    assert told["§\u00a065"] == (
        ["Peter Tallhed kommer till sammanträdet klockan\u00a009.00, före behandlingen av §\u00a065."],
        [],
    )
    assert told["§\u00a066"] == (
        [],
        ["Peter Tallhed lämnar sammanträdet klockan\u00a010.00, efter §\u00a066."],
    )
    text = text_of(example.docx(Document.PROTOKOLL, meeting))
    assert "Peter Tallhed kommer till" in text
    assert "Peter Tallhed lämnar" in text


def test_report_figures_stand_in_the_report_and_other_figures_in_the_item() -> None:
    item = replace(example.meeting().items[4], report=None)
    shown = example.fields(Document.KALLELSE, one(item))["items"][0]["figures"]
    assert len(shown) == len(example.tables()) > 2
    assert all(isinstance(table, Table) for table in shown)
    assert example.fields(Document.KALLELSE)["items"][0]["figures"] == []
    captions = [
        text for style, text in paragraphs(example.docx(Document.KALLELSE, one(item))) if style == "caption"
    ]
    assert [caption.replace("\u00a0", " ")[:8] for caption in captions] == [
        f"Tabell {n}" for n in range(1, len(shown) + 1)
    ]


def test_no_figure_of_the_report_is_left_out() -> None:
    text = text_of(example.docx(Document.TERTIALRAPPORT))
    for table in example.tables():
        assert table.title in text


def test_indicators_that_no_section_names_stand_under_verksamhet() -> None:
    item = example.meeting().items[4]
    assert item.report is not None
    unnamed = tuple(replace(section, figure_id="") for section in item.report.sections)
    made = example.docx(
        Document.TERTIALRAPPORT, one(replace(item, report=replace(item.report, sections=unnamed)))
    )
    text = text_of(made)
    assert text.index("Verksamhet") < text.index("Deltagare per samordningsteam") < text.index("Ekonomi\n")


def test_meeting_without_report_says_so() -> None:
    with pytest.raises(UserError, match="har ingen tertialrapport"):
        example.docx(Document.TERTIALRAPPORT, one(AgendaItem(id="a", title="A")))


def test_report_without_figures_and_texts_is_made_all_the_same() -> None:
    item = example.meeting().items[4]
    assert item.report is not None
    bare = replace(
        item,
        figures=(),
        report=replace(
            item.report, summary="", introduction="", sections=(), goals=(), economy="", deviations=""
        ),
    )
    unplanned = replace(example.association(), plans=(), readings=())
    text = text_of(example.docx(Document.TERTIALRAPPORT, one(bare), of=unplanned))
    assert "Sammanfattning" in text
    assert "Resultatrapport" not in text
    assert "Tabell" not in text
    assert "None" not in text


def test_key_figures_of_the_example() -> None:
    figures = example.fields(Document.TERTIALRAPPORT)["report"]["key_figures"]
    shown = [tuple(text.replace("\u00a0", " ") for text in figure.values()) for figure in figures]
    assert shown == [
        ("Resultat januari–augusti", "182 tkr", "2025: −172 tkr"),
        ("Prognos för helåret", "−286 tkr", "Budget: −1 146 tkr"),
        ("Eget kapital vid årets slut", "1 724 tkr", "Rekommenderat tak: 2 074 tkr"),
        ("Avslutade deltagare", "188", "Aktiva: 117"),
    ]


def test_equity_over_the_cap_is_said() -> None:
    known = example.association()
    poor = replace(known, rules=replace(known.rules, contribution=known.rules.contribution / 2))
    rows = example.fields(Document.TERTIALRAPPORT, of=poor)["report"]["equity"].rows
    assert rows[2].cells[2].replace("\u00a0", " ") == "Överskrider taket med 575 tkr"
    assert rows[3].cells[2] == "Överskrids"
    unknown = replace(known, rules=replace(known.rules, contribution=None))
    report = example.fields(Document.TERTIALRAPPORT, of=unknown)["report"]
    assert len(report["equity"].rows) == 2
    assert report["equity_chart"] is None


def test_charts_tell_the_series_apart_without_colour_and_write_thousands_the_swedish_way() -> None:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(example.docx(Document.TERTIALRAPPORT))) as archive:
        costs, equity = (archive.read(f"word/charts/chart{n}.xml").decode() for n in (1, 2))
    assert (
        costs.count('<a:ln w="9525"><a:solidFill><a:srgbClr val="1F2529"/>') == 2
    )  # the light bars and the axis
    assert '<c:overlap val="-8"/>' in costs
    assert '<c:overlap val="100"/>' in equity
    assert "[&gt;=1000]#\u00a0##0;0" in costs


def test_note_of_a_table_is_held_to_its_last_row() -> None:
    item = replace(example.meeting().items[4], report=None)
    rows = example.docx(Document.KALLELSE, one(item))
    import io
    import zipfile

    from lxml import etree

    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(rows)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    notes = [
        p
        for p in root.iter(f"{w}p")
        if p.find(f"{w}pPr/{w}pStyle") is not None
        and p.find(f"{w}pPr/{w}pStyle").get(f"{w}val") == "Tabellnot"
    ]
    assert len(notes) > 2
    for note in notes:
        last = note.getprevious().findall(f"{w}tr")[-1]
        assert all(p.find(f"{w}pPr/{w}keepNext") is not None for p in last.iter(f"{w}p"))


def test_someone_with_two_appointments_is_named_once() -> None:
    known = example.association()
    twice = replace(
        known, appointments=(*known.appointments, Appointment(person_id="hagelby", role=Role.ECONOMIST))
    )
    others = example.fields(Document.PROTOKOLL, of=twice)["meeting"]["others"]
    assert others.count("Katrin Hagelby") == 1
    board = replace(
        known, appointments=(*known.appointments, Appointment(person_id="almkvarn", role=Role.COOPTED))
    )
    assert "Almkvarn" not in example.fields(Document.PROTOKOLL, of=board)["meeting"]["others"]


def test_first_paragraph_gets_its_own_page_only_after_a_short_list() -> None:
    short = one(*(AgendaItem(id=f"i{n}", title="Ärende") for n in range(5)))
    full = one(*(AgendaItem(id=f"i{n}", title="Ärende") for n in range(30)))
    assert example.fields(Document.PROTOKOLL, short)["new_page_after_contents"] is True
    assert example.fields(Document.PROTOKOLL, full)["new_page_after_contents"] is False


def test_first_deputy_keeps_the_plain_list_of_two_together() -> None:
    presences = tuple(Presence(person_id=person) for person in ("stenkvarn", "hedgran", "viklund"))
    meeting = replace(example.meeting(), attendance=Attendance(presences=presences))
    assert example.fields(Document.PROTOKOLL, meeting)["meeting"]["deputies"] == (
        "Lars-Erik Stenkvarn (S), Jonas Hedgran och Omar Viklund, ej tjänstgörande"
    )


def test_the_last_appeal_day_is_moved_off_holidays_in_print_too() -> None:
    """Three weeks from 4 December 2026 is Christmas Day, a Friday; the next working day is Monday the 28th."""
    one = example.meeting()
    late = tuple(replace(notice, posted=date(2026, 12, 4)) for notice in one.public_notices)
    printed = text_of(example.docx(Document.PROTOKOLL, replace(one, public_notices=late)))
    assert "senast den 2026-12-28" in printed
    assert "2026-12-29" in printed
    assert "2026-12-25" not in printed


def test_a_table_without_columns_to_print_does_not_stop_the_kallelse() -> None:
    """Regression: IndexError when every column of a table is left out in print."""
    from finsam_desktop.domain.figures import ColumnRole, FigureCell, FigureColumn, FigureRow, FigureTable

    accounts = FigureTable(
        title="Konton",
        columns=(FigureColumn(title="Konto", role=ColumnRole.ACCOUNT),),
        rows=(FigureRow(cells=(FigureCell(text="3010"),)),),
    )
    item = AgendaItem(title="Ekonomi", summary="Se tabellen.", figures=(accounts, FigureTable(title="Tom")))
    printed = text_of(example.docx(Document.KALLELSE, replace(example.meeting(), items=(item,))))
    assert "Se tabellen." in printed


def test_a_template_from_outside_that_would_never_end_is_stopped(tmp_path: Path) -> None:
    from docx import Document as WordDocument

    endless = WordDocument()
    loops = "".join(f"{{% for a{n} in range(900) %}}" for n in range(5))
    endless.add_paragraph(loops + "x" + "{% endfor %}" * 5)
    path = tmp_path / "evig.docx"
    endless.save(str(path))
    with pytest.raises(UserError, match=r"evig\.docx"):
        render(
            Document.KALLELSE, example.association(), (), example.meeting(), lambda _: b"", date(2026, 10, 1),
            template=path,
        )  # fmt: skip
