"""Phrases for the minutes: which match, how blanks are filled, which files are taken, and the command."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop import cli, demo
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Phrase
from finsam_desktop.domain.decisions import Ballot, CastBallot, Decision, Vote
from finsam_desktop.domain.meeting import Adjuster, Meeting
from finsam_desktop.domain.phrases import (
    HOTKEYS,
    VARIABLES,
    expanded,
    fill,
    matching,
    merged,
    typed_key,
    variables,
)
from finsam_desktop.errors import UserError
from finsam_desktop.files.phrase_files import load_phrases, standard_phrases
from finsam_desktop.workspace import Workspace

PHRASES = (
    Phrase(key="dagordning", text="Dagordningen godkänns."),
    Phrase(key="tillägg", text="Dagordningen godkänns med tillägg."),
    Phrase(key="övrigdag", text="Inget."),
)


@pytest.mark.parametrize(
    ("before", "typed"),
    [
        ("#", ""),
        ("Text #dag", "dag"),
        ("Text #Öv", "Öv"),
        ("(#nästa", "nästa"),
        ("A#1", None),
        ("## ", None),
        ("##", None),
        ("#dag ", None),
        ("utan", None),
        ("", None),
    ],
)
def test_a_phrase_begins_with_a_sign_at_the_start_of_a_word(before: str, typed: str | None) -> None:
    assert typed_key(before) == typed


def test_matches_stand_in_the_order_of_how_well_they_match() -> None:
    assert [p.key for p in matching(PHRASES, "DAG")] == ["dagordning", "övrigdag", "tillägg"]
    assert matching(PHRASES, "") == PHRASES
    assert matching(PHRASES, "finns inte") == ()


def test_an_own_phrase_replaces_the_one_with_the_same_key() -> None:
    own = (Phrase(key="Dagordning", text="Egen."), Phrase(key="ny", text="Ny."))
    assert [p.text for p in merged(own, PHRASES)] == ["Egen.", "Ny.", PHRASES[1].text, PHRASES[2].text]


def test_blanks_are_filled_and_the_first_unknown_is_pointed_out() -> None:
    filled = fill("{Ordförande} säger att {vad} klockan {tid}.", {"ordförande": "Eva Ek", "tid": "08.30"})
    assert filled.text == "Eva Ek säger att {vad} klockan 08.30."
    assert filled.blank is not None
    assert filled.text[slice(*filled.blank)] == "{vad}"
    assert fill("Inget att fylla i.", {}).blank is None
    assert fill("{a} och {b}", {}).blank == (0, 3), "the first of several"


@given(st.text(), st.dictionaries(st.sampled_from(VARIABLES), st.text(alphabet="abc{} ", max_size=5)))
def test_filling_never_loses_a_word_of_the_phrase(text: str, values: dict[str, str]) -> None:
    filled = fill(text, values)
    if "{" not in text:
        assert filled.text == text
    if filled.blank is not None:
        assert filled.text[slice(*filled.blank)] in text
    assert fill(text, {}).text == text


def test_variables_of_the_example() -> None:
    association = demo.association(demo.INVENTED)
    meeting = demo._meeting(demo.INVENTED, "2026-10-29")
    later = Meeting(date=date(2026, 11, 26))
    known = variables(meeting, association, (meeting, later), "p07", time(10, 40))
    assert set(known) == set(VARIABLES)
    assert known["ordförande"] == "Birgitta Almkvarn"
    assert known["tid"] == "10.40"
    assert known["datum"] == "29\u00a0oktober 2026"
    assert known["nästa sammanträde"] == "torsdagen den 26\u00a0november 2026"
    assert known["paragraf"] == "§\u00a07"
    assert known["röster"] == "4 ja, 2 nej och 1 avstår"


def test_what_is_not_known_is_left_for_the_writer() -> None:
    association = demo.association(demo.INVENTED)
    meeting = Meeting(date=date(2026, 10, 29), items=(AgendaItem(id="a", title="Ett"),))
    known = variables(meeting, association, (meeting,), "a", None)
    assert {name for name, value in known.items() if not value} == {
        "justerare", "tid", "nästa sammanträde", "föredragande", "röster",
    }  # fmt: skip
    assert fill("klockan {tid}", known).text == "klockan {tid}"


def test_adjusters_presenter_and_sub_items_paragraph() -> None:
    association = demo.association(demo.INVENTED)
    vote = Vote(ballots=(CastBallot(person_id="x", ballot=Ballot.YES),))
    sub = AgendaItem(id="s", title="A", presenter="Gästen", decision=Decision(vote=vote))
    meeting = Meeting(
        date=date(2026, 10, 29),
        first_paragraph=61,
        items=(AgendaItem(id="a", title="Ett"), AgendaItem(id="b", title="Två", sub_items=(sub,))),
        adjusters=(Adjuster(person_id="tallhed"), Adjuster(person_id="stenmyr")),
    )
    known = variables(meeting, association, (meeting,), "s", None)
    assert known["paragraf"] == "§\u00a062"
    assert known["föredragande"] == "Gästen"
    assert known["justerare"] == "Peter Tallhed och Anneli Stenmyr"
    assert known["röster"] == "1 ja och 0 nej"


def test_the_programs_own_phrases() -> None:
    phrases = standard_phrases()
    assert len(phrases) >= 20
    assert len(phrases) > HOTKEYS
    assert all(typed_key(f"#{phrase.key}") == phrase.key for phrase in phrases), "can be typed to the end"
    assert {"ordförande", "tid", "paragraf", "datum", "sekreterare", "justerare"} <= {p.key for p in phrases}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[[phrase]\n", "inte skriven som TOML"),
        ('[[phrase]]\nkey = "a"\n', "fras 1 saknar namn eller text"),
        ('[[phrase]]\nkey = "a"\ntext = "  "\n', "fras 1 saknar namn eller text"),
        ('[[phrase]]\nkey = "två ord"\ntext = "x"\n', "går inte att skriva efter #"),
        ('[[phrase]]\nkey = "a"\ntext = "x"\n[[phrase]]\nkey = "A"\ntext = "y"\n', "finns två gånger"),
        ("phrase = 3\n", "fras 1 saknar"),
    ],
)
def test_a_broken_file_is_told_of(tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "phrases.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=says):
        load_phrases(file)


def test_a_missing_file_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="går inte att läsa"):
        load_phrases(tmp_path / "phrases.toml")


def test_the_command_lists_own_phrases_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "f.finsam"
    association = demo.association(demo.INVENTED)
    own = replace(association, phrases=(Phrase(key="lokal", text="Mötet hålls i {plats}."),))
    Workspace.create(file, own, user="test").close()
    assert cli.main(["phrases", str(file), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows[0] == {
        "key": "lokal", "text": "Mötet hålls i {plats}.", "own": True, "hotkey": "Ctrl+Skift+1",
    }  # fmt: skip
    assert [row["hotkey"] for row in rows].count("") == len(rows) - 9
    assert cli.main(["phrases", str(file)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "#lokal  Mötet hålls i {plats}.  Ctrl+Skift+1  egen"


def test_the_command_says_when_the_file_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["phrases", str(tmp_path / "nej.finsam")]) == 3
    assert "nej.finsam" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("before", "change"),
    [
        ("Det säger #ordförande ", ("#ordförande ", "Anna Ek ")),
        ("#Ordförande,", ("#Ordförande,", "Anna Ek,")),
        ("#nästa-sammanträde.", ("#nästa-sammanträde.", "torsdag 3 december.")),
        ("(#ordförande)", ("#ordförande)", "Anna Ek)")),
        ("#justerare ", None),
        ("#ordförande", None),
        ("A#ordförande ", None),
        ("##ordförande ", None),
        ("#ordföranden ", None),
        ("# ordförande ", None),
    ],
)
def test_a_variable_is_expanded_when_it_is_ended(before: str, change: tuple[str, str] | None) -> None:
    values = {"ordförande": "Anna Ek", "nästa sammanträde": "torsdag 3 december", "justerare": ""}
    assert expanded(before, values) == change


@given(st.text("#ordföane ,.\u00a0x", max_size=20))
def test_nothing_but_the_name_and_its_sign_is_replaced(before: str) -> None:
    change = expanded(before, {"ordförande": "Anna Ek"})
    if change is not None:
        assert before.endswith(change[0])
        assert change[0].casefold()[:-1] == "#ordförande"
        assert change[1] == f"Anna Ek{before[-1]}"
