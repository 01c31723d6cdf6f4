"""Lists as they come from Word, mails and Excel, pasted as headings of items."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.headings import headings, items_of

PASTED = {
    "Word, numbered with tabs": (
        "1.\tMötets öppnande\n2.\tVal av justerare\n10.\tÖvriga frågor\n",
        [(0, "Mötets öppnande"), (0, "Val av justerare"), (0, "Övriga frågor")],
    ),
    "Word, letters below": (
        "7.\tRapporter\na)\tSamverkansteam\nb)\tVuxentorget\n8.\tBudget",
        [(0, "Rapporter"), (1, "Samverkansteam"), (1, "Vuxentorget"), (0, "Budget")],
    ),
    "Word, levels by number": (
        "5 Ekonomi\n5.1 Tertialrapport 2\n5.2. Budget 2027\n6 Övrigt",
        [(0, "Ekonomi"), (1, "Tertialrapport 2"), (1, "Budget 2027"), (0, "Övrigt")],
    ),
    "Word's bullets": (
        "·\tBudget\n\uf0b7\tPlan\n§\tAvtal",
        [(0, "Budget"), (0, "Plan"), (0, "§ Avtal")],
    ),
    "bullets below numbers": (
        "1. Information\n- från Arbetsförmedlingen\n• från regionen\n2. Avslut",
        [(0, "Information"), (1, "från Arbetsförmedlingen"), (1, "från regionen"), (0, "Avslut")],
    ),
    "a bullet after an empty line": ("2) Plan\n\n• Övrigt", [(0, "Plan"), (0, "Övrigt")]),
    "indented": (
        "Rapporter\n    Team\n\tTorget\nBudget",
        [(0, "Rapporter"), (1, "Team"), (1, "Torget"), (0, "Budget")],
    ),
    "all indented alike": ("   - Ett\n   - Två", [(0, "Ett"), (0, "Två")]),
    "paragraphs": ("§ 61 Öppnande\n§ 62 Justerare", [(0, "Öppnande"), (0, "Justerare")]),
    "years and figures stay": (
        "2027 års budget\n19 a § finsamlagen\n3 mars-mötet",
        [(0, "2027 års budget"), (0, "19 a § finsamlagen"), (0, "3 mars-mötet")],
    ),
    "no-break and double spaces": ("1.\u00a0Budget\u00a0 2027", [(0, "Budget 2027")]),
    "a sub-item first": ("a) Först\nb) Sedan", [(0, "Först"), (1, "Sedan")]),
    "empty lines and bare bullets": ("\n•\n\n  Ett\n\n", [(0, "Ett")]),
    "one word with a dash": ("AT-rapport\nE-möten", [(0, "AT-rapport"), (0, "E-möten")]),
}


@pytest.mark.parametrize(("text", "found"), PASTED.values(), ids=PASTED.keys())
def test_pasted_lists(text: str, found: list[tuple[int, str]]) -> None:
    assert list(headings(text)) == found


@given(st.lists(st.from_regex(r"[A-ZÅÄÖ][a-zåäö]{2,8}( [a-zåäö]{2,8}){0,3}", fullmatch=True), max_size=8))
def test_plain_lines_are_taken_word_for_word(titles: list[str]) -> None:
    assert [title for _, title in headings("\n".join(titles))] == titles


@given(st.text(max_size=120))
def test_whatever_is_pasted_no_letter_is_added_and_the_first_is_an_item(text: str) -> None:
    found = headings(text)
    assert all(title and "\n" not in title for _, title in found)
    assert not found or found[0][0] == 0
    assert len(found) <= len(text.splitlines())
    items = items_of(found)
    assert [one.title for one in walk(items)] == [title for _, title in found]
