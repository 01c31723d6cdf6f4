"""Sök och ersätt over a meeting: every text a person has written, references whole, what is adjusted left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from random import Random

import pytest

from finsam_desktop.domain.adjusting import adjust
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.decisions import Decision, MinuteNote, Motion, Outcome, Proposal, ProposalKind
from finsam_desktop.domain.figures import FigureTable
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.replacing import Wanted, hits, replaced
from finsam_desktop.domain.text_places import at_path, text_places, with_text
from tests.filled import filled

ITEM = AgendaItem(
    id="a1",
    title="Samråd med medlemmar",
    summary="Samråd hålls i mars. Se {§:a1} och medlemssamråd.",
    proposal=Proposal(kind=ProposalKind.CLAUSES, clauses=("kalla till samråd", "meddela samtliga")),
    minutes_text="Ordföranden berättar om samrådet.",
    decision=Decision(
        outcome=Outcome.AS_PROPOSED,
        motions=(Motion(id="m", person_id="p", text="samråd hålls"),),
        notes=(MinuteNote(person_id="p", text="Samråd är bra"),),
    ),
)
MEETING = Meeting(id="m1", date=date(2026, 3, 3), place="Samrådsrummet", items=(ITEM,))


def found(words: str, **choices: bool) -> list[tuple[str, str]]:
    return [(hit.place.label, hit.found) for hit in hits(MEETING, (MEETING,), Wanted(words=words, **choices))]


def test_every_text_is_looked_in_and_named() -> None:
    assert found("samråd", match_case=True) == [
        ("Sammanfattning av ärendet", "samråd"),
        ("Förslag till beslut", "samråd"),
        ("Text i protokollet", "samråd"),
        ("Yrkande", "samråd"),
    ]
    assert len(found("samråd")) == 8
    assert found("samråd", whole_words=True, match_case=True) == [
        ("Förslag till beslut", "samråd"),
        ("Yrkande", "samråd"),
    ]
    assert found("   ") == []
    assert found("a1") == [], "an id is no word"


def test_a_space_finds_a_no_break_space() -> None:
    meeting = replace(MEETING, place="sal\u00a07")
    assert [hit.found for hit in hits(meeting, (meeting,), Wanted(words="sal 7"))] == ["sal\u00a07"]


def test_context_is_cut_at_words() -> None:
    long = replace(MEETING, items=(replace(ITEM, summary="ord " * 30 + "samråd" + " ord" * 30),))
    hit = hits(long, (long,), Wanted(words="samråd", match_case=True))[0]
    assert hit.before.startswith("…ord")
    assert hit.after.endswith("ord…")


def test_references_are_left_whole() -> None:
    assert found("§") == []
    hit = hits(MEETING, (MEETING,), Wanted(words="mars", match_case=True))
    with pytest.raises(ValueError, match="hänvisning"):
        replaced(MEETING, hit, "{§:a1}")
    title = hits(MEETING, (MEETING,), Wanted(words="Samråd med medlemmar"))
    with pytest.raises(ValueError, match="tom"):
        replaced(MEETING, title, "")


def test_what_has_changed_since_is_not_replaced() -> None:
    hit = hits(MEETING, (MEETING,), Wanted(words="mars"))
    with pytest.raises(ValueError, match="Sök igen"):
        replaced(replace(MEETING, items=()), hit, "april")


def test_what_is_adjusted_is_found_and_refused() -> None:
    at = datetime(2026, 3, 10, 12)
    sealed = adjust(
        replace(MEETING, adjusted_on=at.date()), Association(name="F"), (MEETING,), at=at, by="Ola"
    )
    every = hits(sealed, (sealed,), Wanted(words="samråd"))
    assert len(every) == 8
    assert {hit.place.label for hit in every if hit.refusal is not None} >= {"Text i protokollet", "Yrkande"}
    told = next(hit.refusal for hit in every if hit.refusal is not None)
    assert "justerat" in told.why
    assert "rättelse" in told.advice


@pytest.mark.parametrize("seed", range(8))
def test_replaced_and_replaced_back_is_the_same_and_nothing_else_changes(seed: int) -> None:
    """On a meeting with every field filled; what is left is what no word was found in."""
    meeting = replace(filled(Meeting, "ord"), seals=(), frozen_paragraphs=(), frozen_register=None)
    chance = Random(seed)
    all_hits = hits(meeting, (meeting,), Wanted(words="ord"))
    assert len(all_hits) > 40
    chosen = chance.sample(all_hits, chance.randint(1, len(all_hits)))
    new = "zq" * chance.randint(1, 3)
    after = replaced(meeting, chosen, new)
    changed = {hit.place.path for hit in chosen}
    for before, now in zip(text_places(meeting), text_places(after), strict=True):
        assert (before.text != now.text) is (before.path in changed)
        assert now.text == (before.text.replace("ord", new) if before.path in changed else before.text)
    back = replaced(after, hits(after, (after,), Wanted(words=new, match_case=True)), "ord")
    assert back == meeting


def test_a_text_is_found_and_set_by_its_path() -> None:
    meeting = filled(Meeting, "ord")
    for place in text_places(meeting):
        assert at_path(meeting, place.path) == place.text
        assert place.label != "Text", place.path
    place = next(one for one in text_places(MEETING) if one.label == "Yrkande")
    assert place.item_id == "a1"
    assert with_text(MEETING, place.path, "nytt").items[0].decision.motions[0].text == "nytt"


def test_figures_are_nobodys_to_rewrite_here() -> None:
    table = filled(FigureTable, "samråd")
    with_figures = replace(MEETING, items=(replace(ITEM, figures=(table,)),))
    wanted = Wanted(words="samråd")
    assert len(hits(with_figures, (with_figures,), wanted)) == len(hits(MEETING, (MEETING,), wanted))
