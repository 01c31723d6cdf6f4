"""Numbers and words in texts that do not agree: T09–T13, R21 in sub-items, R95, R96."""

from __future__ import annotations

import pytest

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.decisions import Proposal, ProposalKind
from finsam_desktop.domain.meeting import MeetingKind
from finsam_desktop.domain.papers import Letter, Memo, Question, Referral
from finsam_desktop.domain.rules import Severity
from finsam_desktop.domain.rules.counts_in_texts import number_in
from finsam_desktop.domain.rules.sensitive import is_personal_number
from finsam_desktop.domain.rules.words_in_texts import slip
from tests.board import decision_item, found, meeting, proposal


def info(summary: str, **fields: object) -> AgendaItem:
    return AgendaItem(
        **{"id": "i", "title": "Läget", "type": ItemType.INFORMATION, "summary": summary, **fields}
    )  # type: ignore[arg-type]


def titles(rule: str, summary: str) -> list[str]:
    return [finding.title for finding in found(rule, meeting(info(summary)))]


# -- T09 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("Medlemsmöte 2 december", "2026-12-02 klockan 09.00–12.00 hålls årsmöte."), True),
        (("Medlemsmöte 2 december", "2026-12-03 hålls årsmöte."), False),
        (("Medlemsmöte 2 december", "Den 2 december hålls medlemsmötet."), False),
        (("Medlemsmöte", "2026-12-02 hålls årsmöte."), False),
        (("Möte 2 december", "Årsmötet var i maj. Den 2 december är det vanligt."), False),
    ],
)
def test_t09_tells_one_meeting_with_two_names(texts: tuple[str, str], told: bool) -> None:
    item = AgendaItem(id="7", title=texts[0], sub_items=(info(texts[1], title="B. Ombud"),))
    assert bool(found("T09", meeting(item))) is told


# -- T10 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("har haft 5 styrgruppsmöten 4/5;18/5;8/6;22/6; 24/8", None),
        ("har haft 6 styrgruppsmöten 4/5;18/5;8/6;22/6; 24/8", "”6 styrgruppsmöten” men 5 datum"),
        ("har haft två mötestillfällen 7/6 samt 16/8.", None),
        ("har haft tre mötestillfällen 7/6 samt 16/8.", "”tre mötestillfällen” men 2 datum"),
        ("3 möten 11/5, 15/6 och 17/8", None),
        ("Under året hölls 12 möten. Nästa är 4/5 och 6/6.", None),
        ("2 möten 4/5", None),
        ("kvartal 1/4 och 2/4 hade 3 träffar", None),
    ],
)
def test_t10_counts_the_dates(text: str, title: str | None) -> None:
    assert titles("T10", text) == ([title] if title else [])


# -- T11 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("costs", "income", "result", "severity"),
    [
        ("12 635", "11 490", "1 145", None),
        ("12 635", "11 490", "1 146", Severity.NOTE),
        ("12 635", "11 490", "1 144", Severity.NOTE),
        ("12 635", "11 490", "1 147", Severity.WARNING),
        ("12 635", "11 490", "1 415", Severity.WARNING),
    ],
)
def test_t11_tells_rounding_from_errors(
    costs: str, income: str, result: str, severity: Severity | None
) -> None:
    text = (
        f"En budget med kostnader för totalt {costs} tkr. Årets intäkter har budgeterats till {income} tkr, vilket "
        f"innebär att budgeten underbalanseras med {result} tkr."
    )
    assert [f.severity for f in found("T11", meeting(info(text)))] == ([severity] if severity else [])


@pytest.mark.parametrize(
    "text",
    [
        "Intäkterna är 12,6 mkr och kostnaderna 11,5 mkr, ett överskott på 1,1 mkr.",
        "Kostnader 12 635 tkr och intäkter 11 490 000 kr, underskott 1 146 tkr.",
        "Kostnader 100 tkr.\n\nIntäkter 90 tkr.\n\nUnderskott 5 tkr.",
        "Kostnader 100 tkr och intäkter 90 tkr.",
    ],
)
def test_t11_leaves_what_agrees_or_cannot_be_compared(text: str) -> None:
    assert titles("T11", text) == []


def test_t11_knows_a_surplus() -> None:
    text = "Intäkterna är 12,6 mkr och kostnaderna 11,5 mkr, ett överskott på 1,5 mkr."
    assert titles("T11", text) == ["12,6 − 11,5 = 1,1 mkr, men i texten står 1,5 mkr"]


# -- T12 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("29 personer 14 kvinnor och 15 män", None),
        ("29 personer, 14 kvinnor och 16 män", "Kvinnor och män är tillsammans 30, inte 29"),
        ("(6 personer 1 kvinna och 5 män)", None),
        ("tre deltagare, varav två kvinnor och en man", None),
        ("65% män och 35% kvinnor", None),
        ("92 procent män och 18 procent kvinnor", "Andelen kvinnor och män är tillsammans 110 procent"),
        ("49,6 % kvinnor och 50,3 % män", None),
    ],
)
def test_t12_adds_women_and_men(text: str, title: str | None) -> None:
    assert titles("T12", text) == ([title] if title else [])


def test_numbers_in_words() -> None:
    assert [number_in(word) for word in ("Två", "en", "ett", "tolv", "13")] == [2, 1, 1, 12, 13]


# -- T13 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("arbetsmarkandstorgen", "arbetsmarknad"),
        ("medelemssamråden", "medlemssamråd"),
        ("Samordingsförbundet", "samordningsförbund"),
        ("ansvarsfirhet", "ansvarsfrihet"),
        ("arbetsmarknadstorgen", ""),
        ("samordningsförbunden", ""),
        ("samordningsteamen", ""),
        ("samordnare", ""),
        ("verksamheten", ""),
        ("verksamhetsplaner", ""),
        ("sammanträdena", ""),
        ("sammanträffande", ""),
        ("medlemsbidragen", ""),
        ("medlemssamråden", ""),
        ("rehabiliterande", ""),
        ("årsredovisningens", ""),
        ("protokollsjustering", ""),
        ("tertialrapporter", ""),
    ],
)
def test_t13_knows_slips_from_bent_and_other_words(word: str, meant: str) -> None:
    assert slip(word) == meant


def test_t13_tells_a_slip_once_and_knows_forlag_by_its_company() -> None:
    assert titles("T13", "Arbetsmarkandstorget och arbetsmarkandstorgen.") == [
        "”Arbetsmarkandstorget” ser ut som ett skrivfel"
    ]
    assert titles("T13", "besluta enligt förlag i bilaga") == ["”förlag” ser ut som ett skrivfel"]
    assert titles("T13", "Boken gavs ut på eget förlag.") == []


def test_the_papers_of_an_item_are_read_too() -> None:
    memo = info("", memo=Memo(background="Avser punkt xx"))
    letter = info("", letter=Letter(text="utse NN"))
    referral = info(
        "", referral=Referral(questions=(Question(text="Vad är {belopp}?", answer="Det är xx."),))
    )
    assert [f.place.field for one in (memo, letter, referral) for f in found("T01", meeting(one))] == [
        "memo",
        "letter",
        "referral",
    ], "what the sender of a referral asks is not ours to mend"


# -- R21 in sub-items -------------------------------------------------------------------------------------

NONE_LAID = Proposal(kind=ProposalKind.NONE_LAID)


@pytest.mark.parametrize(
    ("a", "b", "told"),
    [
        ({"proposal": NONE_LAID}, {}, ["B"]),  # item 7 of the real notice
        ({"proposal": NONE_LAID}, {"proposal": NONE_LAID}, []),
        ({"proposal": NONE_LAID}, {"proposal": proposal()}, []),
        ({"proposal": NONE_LAID}, {"type": ItemType.INFORMATION}, []),
        ({}, {"proposal": proposal()}, []),
        ({}, {}, ["7"]),
        ({"type": ItemType.DECISION}, {"type": ItemType.DECISION}, ["7", "A", "B"]),
    ],
)
def test_r21_asks_the_silent_part(a: dict[str, object], b: dict[str, object], told: list[str]) -> None:
    subs = tuple(AgendaItem(**{"id": i, "title": i, **fields}) for i, fields in (("A", a), ("B", b)))  # type: ignore[arg-type]
    item = decision_item("7", type=ItemType.INFORMATION_DECISION, proposal=Proposal(), sub_items=subs)
    assert [f.place.item_id for f in found("R21", meeting(item))] == told


# -- R95, R96 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Anna, 811228-9874, har", True),
        ("19811228-9874", True),
        ("811288-9848", True),  # a samordningsnummer: the day plus 60
        ("811228-9873", False),  # the check digit is wrong
        ("organisationsnummer 222000-0000", False),
        ("telefon 010-000 00 00", False),
        ("dnr 2026-1234", False),
    ],
)
def test_r95_finds_a_personal_number(text: str, told: bool) -> None:
    assert bool(titles("R95", text)) is told


def test_the_check_digit_by_hand() -> None:
    # 8 1 1 2 2 8 9 8 7 doubled every other: 16 1 2 2 4 8 18 8 14 -> 7+1+2+2+4+8+9+8+5 = 46, so 4 makes 50
    assert is_personal_number("8112289874")
    assert not any(is_personal_number(f"811228987{digit}") for digit in (0, 1, 2, 3, 5, 6, 7, 8, 9))


@pytest.mark.parametrize(
    ("text", "told"), [("4 kvinnor", True), ("5 kvinnor", False), ("1 man", True), ("14 män", False)]
)
def test_r96_counts_women_and_men(text: str, told: bool) -> None:
    assert bool(titles("R96", text)) is told


def test_r96_is_one_finding_for_a_text_with_many() -> None:
    assert titles("R96", "1 deltagare, 2 deltagare, 3 deltagare och 1 man") == [
        "Färre än fem personer: ”1 deltagare”, ”2 deltagare”, ”3 deltagare” och 1 till"
    ]


@pytest.mark.parametrize("kind", list(MeetingKind))
def test_texts_are_read_at_every_kind_of_meeting(kind: MeetingKind) -> None:
    assert found("T01", meeting(info("Avser punkt xx"), kind=kind))
