"""The other papers of the year: what each says, what it leaves out, and what it refuses."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, datetime

import pytest

from finsam_desktop.documents import About, Document
from finsam_desktop.documents.inquiry import statistic_block
from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import CharterPoint
from finsam_desktop.domain.decisions import Decision, Outcome, Proposal, ProposalKind
from finsam_desktop.domain.measures import QUESTIONS, Answer, SubstanceCheck
from finsam_desktop.domain.meeting import Meeting, MeetingKind, PublicNotice, Seal
from finsam_desktop.domain.papers import Letter, Memo, Question, Referral, Statistic, StatisticTable
from finsam_desktop.errors import UserError
from tests.reference import example
from tests.reference.outline import outline, paragraphs, text_of


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def one(item: AgendaItem, **more) -> Meeting:
    return Meeting(**{"id": "one", "date": date(2026, 10, 29), "items": (item,), **more})


# -- anslag -----------------------------------------------------------------------------------------


def test_every_kommun_and_region_gets_its_own_page() -> None:
    shown = paragraphs(example.docx(Document.ANSLAG, about=About()))
    boards = [text.partition("\t")[2] for _, text in shown if text.startswith("Anslagstavla")]
    assert sorted(boards) == ["Björkdalens kommun", "Exempelby kommun", "Fjällsta kommun", "Norrmyra kommun",
                              "Region Exempel"]  # fmt: skip
    assert sum(text == "Tillkännagivande av justerat protokoll" for _, text in shown) == len(boards)


def test_a_board_has_its_own_day_and_the_common_last_day() -> None:
    text = plain(text_of(example.docx(Document.ANSLAG, about=About(member_id="medlem-fjallsta"))))
    assert "Anslaget sätts upp\t2026-11-11" in text
    assert "Tas ned tidigast\t2026-12-03" in text
    assert "senast den 2 december 2026." in text
    assert "Paragrafer\t§§ 61–75" in text


def test_what_is_not_known_yet_is_a_line_to_write_on() -> None:
    draft = replace(example.meeting(), adjusted_on=None, public_notices=(), seals=())
    notice = example.fields(Document.ANSLAG, draft, about=About(member_id="medlem-region"))["notices"][0]
    assert notice["adjusted"] == notice["posted"] == notice["removed"] == "_" * 14


def test_sections_adjusted_at_once_are_announced_apart() -> None:
    seal = Seal(
        sha256="a", sealed_at=datetime(2026, 10, 29, 12), items=("p09",), adjusted_on=date(2026, 10, 29)
    )
    posted = tuple(
        PublicNotice(member_id=member.id, posted=date(2026, 10, 30), items=("p09",))
        for member in example.association().members
    )
    meeting = replace(example.meeting(), seals=(seal,), public_notices=posted)
    text = plain(
        text_of(
            example.docx(Document.ANSLAG, meeting, about=About(member_id="medlem-region", items=("p09",)))
        )
    )
    assert text.startswith("Tillkännagivande av omedelbart justerade paragrafer")
    assert "Paragrafen nedan är omedelbart justerad." in text
    assert "Paragrafer\t§ 69\n" in text
    assert "Justerat\t2026-10-29" in text
    assert "senast den 20 november 2026." in text  # three weeks from the 30th of October


@pytest.mark.parametrize(
    ("about", "of", "told"),
    [
        (About(member_id="medlem-fk"), {}, "Försäkringskassan har ingen anslagstavla"),
        (About(member_id="borta"), {}, "Medlemmen har ingen anslagstavla"),
        (About(), {"members": ()}, "ingen kommun eller region"),
    ],
)
def test_a_member_without_board_is_told(about: About, of: dict, told: str) -> None:
    with pytest.raises(UserError, match=told):
        example.docx(Document.ANSLAG, of=replace(example.association(), **of), about=about)


# -- the form for handwriting -----------------------------------------------------------------------


def test_every_proposal_has_a_page_of_its_own() -> None:
    sheets = example.fields(Document.PROFORMA, example.meeting())["sheets"]
    proposing = [s for s in sheets if s["proposal"] is not None]
    assert proposing
    assert all(sheet["new_page"] for sheet in proposing)
    after = [b for a, b in itertools.pairwise(sheets) if a["decides"]]
    assert all(sheet["new_page"] for sheet in after)
    assert [plain(s["heading"]) for s in sheets if s["part"]] == ["§ 67", "§ 67"]  # 7A and 7B
    assert {plain(s["heading"]) for s in sheets} == {f"§ {n}" for n in range(61, 76)}


def test_the_form_has_a_box_for_each_who_may_come_and_decide() -> None:
    shown = outline(example.docx(Document.PROFORMA))
    made = example.fields(Document.PROFORMA)
    assert len(made["roll"]) == 18
    assert len(made["deciders"]) == 7
    deciding = sum(sheet["decides"] for sheet in made["sheets"])
    assert shown.count("☐") == 18 + deciding * (3 * (7 + 1) + 6)


# -- memo and letter ---------------------------------------------------------------------------------


def test_memo_begins_with_the_proposal_and_ends_with_who_wrote() -> None:
    shown = paragraphs(example.docx(Document.TJANSTESKRIVELSE))
    assert [text for style, text in shown if style == "heading 1"] == [
        "Förslag till beslut", "Sammanfattning", "Bakgrund", "Bedömning", "Ekonomiska konsekvenser", "Beslutsunderlag",
        "Expedieras till",
    ]  # fmt: skip
    assert shown[-1] == ("Undertecknare", "Katrin Hagelby\nFörbundschef")
    # The memo does not count itself among the papers it rests on.
    basis = example.fields(Document.TJANSTESKRIVELSE)["memo"]["basis"]
    assert [line.parts[0] for line in basis] == ["Förslag till skrivelse till Regionstyrelsen"]


def test_a_memo_of_nothing_but_the_item_is_whole() -> None:
    bare = one(
        AgendaItem(id="a", title="Ett ärende", proposal=Proposal(kind=ProposalKind.CLAUSES, clauses=("ja",)))
    )
    text = text_of(example.docx(Document.TJANSTESKRIVELSE, bare, about=About(items=("a",))))
    assert "att\tja." in text
    assert "Bakgrund" not in text
    empty = one(AgendaItem(id="a", title="Ett ärende"))
    assert "Förslag till beslut" not in text_of(
        example.docx(Document.TJANSTESKRIVELSE, empty, about=About(items=("a",)))
    )


def test_a_memo_for_parts_tells_which_part_each_proposal_is_for() -> None:
    text = text_of(example.docx(Document.TJANSTESKRIVELSE, about=About(items=("p07",))))
    assert "A Förslag till långsiktig finansiering" in text
    assert "Inget beslutsförslag läggs." in text
    assert "B Ombud vid medlemsmötet" in text


def test_letter_has_all_senders_and_signatories() -> None:
    text = plain(text_of(example.docx(Document.SKRIVELSE)))
    assert "Regionstyrelsen beslutar" in text
    assert text.count("Samordningsförbundet Norrfjärden") == 2  # sender and title of the one who signs
    assert [style for style, _ in paragraphs(example.docx(Document.SKRIVELSE))].count("Underskrift") == 3


def test_letter_without_anything_but_a_receiver_is_from_the_association() -> None:
    letter = AgendaItem(id="a", title="Ett ärende", letter=Letter(receiver="Region Exempel"))
    made = example.fields(Document.SKRIVELSE, one(letter))
    assert made["letter"]["senders"] == "Samordningsförbundet Exempelbygden"
    assert made["letter"]["proposal"] is None
    assert made["document"]["title"] == "Ett ärende"


@pytest.mark.parametrize("document", [Document.SKRIVELSE, Document.REMISSVAR, Document.INSATSBESLUT])
def test_a_paper_that_is_not_written_is_told(document: Document) -> None:
    bare = one(AgendaItem(id="a", title="Ett ärende"))
    with pytest.raises(UserError, match="Inget ärende i sammanträdet har"):
        example.docx(document, bare)
    with pytest.raises(UserError, match="Ärendet Ett ärende har ing"):
        example.docx(document, bare, about=About(items=("a",)))
    with pytest.raises(UserError, match="Ärendet finns inte"):
        example.docx(document, bare, about=About(items=("b",)))


# -- referral ------------------------------------------------------------------------------------------


def test_referral_numbers_its_questions_and_sums_its_tables() -> None:
    docx = example.docx(Document.REMISSVAR)
    assert [text for style, text in paragraphs(docx) if style == "Delfråga"] == [
        "1\tVilken är målgruppen?",
        "2\tVilka behöver samverka, och varför?",
        "3\tVilka vinster skulle kunna uppnås?",
    ]
    sums = [line for line in outline(docx).splitlines() if "Summa" in line]
    assert [[int(n) for n in line.replace("«Tabelltal»", "").split() if n.isdigit()] for line in sums] == [
        [186, 174, 360],
        [186, 156, 342],
    ]


def test_a_table_with_its_own_sum_row_gets_no_second_one() -> None:
    rows = (Statistic(label="19 år", women=1, men=2), Statistic(label="Samtliga", women=1, men=2))
    made = statistic_block(StatisticTable(title="t", rows=rows))
    assert [row.cells for row in made.rows] == [("19 år", "1", "2", "3"), ("Samtliga", "1", "2", "3")]
    assert [row.kind for row in made.rows] == ["row", "total"]


def test_what_is_not_measured_is_a_dash_and_zero_is_zero() -> None:
    rows = (
        Statistic(label="a", women=0, men=None, total=None),
        Statistic(label="b", women=1, men=2, total=3),
    )
    made = statistic_block(StatisticTable(title="t", rows=rows))
    assert [row.cells for row in made.rows] == [
        ("a", "0", "–", "–"),
        ("b", "1", "2", "3"),
        ("Summa", "1", "–", "–"),
    ]


def test_without_a_sender_it_is_an_inquiry() -> None:
    asked = AgendaItem(id="a", title="Förstudie", referral=Referral(questions=(Question(text="Varför?"),)))
    made = example.fields(Document.REMISSVAR, one(asked))
    assert made["document"]["subtitle"] == "Utredning"


# -- measure -------------------------------------------------------------------------------------------


def november(change=lambda item: item) -> Meeting:
    meeting = example.meetings()[3]
    return replace(meeting, items=agenda.update(meeting.items, "r06", change))


def test_the_nine_questions_are_answered_in_order_with_source_and_reason() -> None:
    checks = example.fields(Document.INSATSBESLUT)["measure"]["checks"]
    assert [check["number"] for check in checks] == [str(n) for n in range(1, 10)]
    assert [check["question"] for check in checks] == [question.text for question in QUESTIONS]
    assert checks[7]["answer"] == "Inte aktuell"
    assert all(check["source"] for check in checks)


def test_an_unanswered_question_says_so_and_the_reason_for_a_departure_is_printed() -> None:
    known = example.association()
    measure = replace(
        known.measures[0], checks=(SubstanceCheck(rule="R78", answer=Answer.NO, reason="Inga mål."),)
    )
    text = text_of(example.docx(Document.INSATSBESLUT, of=replace(known, measures=(measure,))))
    assert text.count("Inte besvarad") == 8
    assert "Inga mål." in text
    assert "Motiverad avvikelse" in text
    without = replace(known, measures=(replace(measure, deviation=""),))
    assert "Motiverad avvikelse" not in text_of(example.docx(Document.INSATSBESLUT, of=without))


def test_proposed_or_decided_follows_from_the_decision() -> None:
    assert plain(example.fields(Document.INSATSBESLUT)["measure"]["state"].parts[0]) == (
        "Förslag till styrelsens sammanträde den 26 november 2026, punkt 6"
    )
    decided = november(
        lambda item: replace(
            item, decision=Decision(outcome=Outcome.OWN_WORDS, clauses=("bevilja 3 450 000 kr.",))
        )
    )
    made = example.fields(Document.INSATSBESLUT, decided)
    assert plain(made["measure"]["state"].parts[0]) == "Beslutad av styrelsen den 26 november 2026, § 81"
    assert plain(made["measure"]["decision"]["clauses"][0]) == "bevilja 3 450 000 kr."
    assert made["measure"]["proposals"] == []


def test_a_measure_that_has_left_the_register_is_told() -> None:
    with pytest.raises(UserError, match="har inget insatsbeslut"):
        example.docx(Document.INSATSBESLUT, of=replace(example.association(), measures=()))


# -- consultation --------------------------------------------------------------------------------------


def test_invitation_without_items_has_the_guide_of_the_national_council() -> None:
    consultation = replace(example.meetings()[0], items=())
    items = example.fields(Document.SAMRADSINBJUDAN, consultation)["items"]
    assert [item["heading"] for item in items] == ["1", "2", "3", "4", "5"]
    assert items[4]["title"] == "Budgetförutsättningar"


def test_notes_have_no_sections_and_no_decisions() -> None:
    text = text_of(example.docx(Document.MINNESANTECKNINGAR))
    assert "§" not in text
    assert "Beslut" not in text
    assert "Maria" not in text  # ledamöter who were not there
    assert "Erik Fältmark" in text


def test_notes_of_a_planning_day_are_called_that() -> None:
    day = replace(example.meetings()[0], kind=MeetingKind.PLANNING_DAY)
    assert example.fields(Document.MINNESANTECKNINGAR, day)["document"]["subtitle"].startswith(
        "Planeringsdag onsdagen"
    )
    assert example.fields(Document.SAMRADSINBJUDAN, day)["meeting"]["about"] == ""


@pytest.mark.parametrize(
    "document",
    [
        Document.PROTOKOLL,
        Document.PROTOKOLLSUTDRAG,
        Document.ANSLAG,
        Document.PROFORMA,
        Document.INSATSBESLUT,
    ],
)
def test_a_consultation_has_no_minutes_and_a_cancelled_meeting_none(document: Document) -> None:
    with pytest.raises(UserError, match="inte av medlemssamråd"):
        example.docx(document, example.meetings()[0])
    with pytest.raises(UserError, match="inställt"):
        example.docx(document, replace(example.meeting(), cancelled_on=date(2026, 10, 1)))


# -- plan and charter ----------------------------------------------------------------------------------


def test_the_plan_has_the_years_meetings_in_order_with_their_days() -> None:
    rows = example.fields(Document.SAMMANTRADESPLAN)["plan"]["rows"]
    assert [row["date"].text for row in rows] == ["2026-04-22", "2026-09-17", "2026-10-29", "2026-11-26"]
    assert (rows[2]["weekday"], rows[2]["time"], rows[2]["adjusted"].text) == (
        "Torsdag",
        "08.30–12.00",
        "2026-11-12",
    )
    assert rows[0]["adjusted"] == ""  # a consultation has no minutes to adjust
    assert rows[3]["notice"].text == "2026-11-19"


def test_a_cancelled_meeting_and_other_years_are_not_in_the_plan() -> None:
    cancelled = replace(example.meeting(), cancelled_on=date(2026, 10, 1))
    rows = example.fields(Document.SAMMANTRADESPLAN, cancelled)["plan"]["rows"]
    assert "2026-10-29" not in [row["date"].text for row in rows]
    other = replace(example.meeting(), id="new", date=date(2027, 2, 11))
    rows = example.fields(Document.SAMMANTRADESPLAN, other)["plan"]["rows"]
    assert [row["date"].text for row in rows] == ["2027-02-11"]


def test_the_charter_tells_what_is_left() -> None:
    made = example.fields(Document.FORBUNDSORDNING)["charter"]
    assert made["state"] == "1 av 18 punkter saknar plats i förbundsordningen."
    assert [point["number"] for point in made["points"] if point["note"] == "Kvar att ange"] == ["17"]
    known = example.association()
    full = tuple(CharterPoint(number=n, place=f"{n} §") for n in range(1, 19))
    whole = replace(known, rules=replace(known.rules, charter=full))
    assert "Alla punkter" in example.fields(Document.FORBUNDSORDNING, of=whole)["charter"]["state"]


# -- all -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", list(Document))
def test_headings_come_in_order_and_tables_have_headers(document: Document) -> None:
    levels = {"heading 1": 1, "Ärenderubrik": 1, "heading 2": 2, "Delärende": 2, "Ärendeled": 2, "Delfråga": 2,
              "heading 3": 3, "Ärendeled under delärende": 3}  # fmt: skip
    now = 0
    docx = example.docx(document)
    for style, text in paragraphs(docx):
        level = levels.get(style)
        if level is not None:
            assert level <= now + 1, text
            now = level
    lines = outline(docx).splitlines()
    heads = [lines[i + 1] for i, line in enumerate(lines) if line.startswith("<Förbundstabell")]
    assert all(line.startswith("  #") for line in heads)


def test_a_memo_holds_what_was_typed_to_the_letter() -> None:
    odd = "Kostnad: 1\u00a0724 tkr, {{ inte en tagg }} <b> & ”citat” – 50 %\n\n- *punkt*"
    item = AgendaItem(id="a", title="Ä & Ö <x>", memo=Memo(background=odd))
    text = text_of(example.docx(Document.TJANSTESKRIVELSE, one(item)))
    assert "Kostnad: 1\u00a0724\u00a0tkr, {{ inte en tagg }} <b> & ”citat” – 50\u00a0%" in text
    assert "Ä & Ö <x>" in text
