"""Which words are looked up, with the real dictionary; what an association knows itself; the child that answers."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain.association import Association, Member, MemberKind, Person
from finsam_desktop.errors import UserError
from finsam_desktop.spelling import dictionary as dictionaries
from finsam_desktop.spelling.child import serve
from finsam_desktop.spelling.dictionary import MOST, Dictionary, folder
from finsam_desktop.spelling.words import is_own, own_words, words_of


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return Dictionary()


def looked_up(text: str) -> list[str]:
    return [word for _, _, word in words_of(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Styrelsen beslutar, att gå.", ["Styrelsen", "beslutar", "att", "gå"]),
        ("FK och AF, enligt 19 a § KL 8 kap.", ["och", "enligt", "kap"]),
        ("OSL:s regler, SKR:s råd", ["regler", "råd"]),
        ("Mejla asa.oberg@exempel.se om budget2027.xlsx", ["Mejla", "om"]),
        ("se https://www.nnsfinsam.se/å och www.exempel.se/x.", ["se", "och"]),
        (
            "enligt {§:abc} och {bilaga:d3}, {{ förbund.namn }} {% if x %}ja{% endif %}",
            ["enligt", "och", "ja"],
        ),
        ("{ordförande} öppnar #avslut C:\\mapp", ["öppnar"]),
        ("skatte- och avgiftsfrågor", ["och", "avgiftsfrågor"]),
        ("EU-stöd och Umeå-regionen", ["stöd", "och", "regionen"]),
        ("1 724 tkr, 25 %, T2 2026, COVID19", ["tkr"]),
        ("rehabili\u00adterings\u00adinsats", ["rehabiliteringsinsats"]),
        ("A\u030are", ["Åre"]),
        ("å ä ö i", []),
        ("x" * 80, []),
        ("**fet** _kursiv_ | cell |", ["fet", "kursiv", "cell"]),
    ],
)
def test_only_words_are_looked_up(text: str, words: list[str]) -> None:
    assert looked_up(text) == words


@given(st.text(alphabet="aåÖ b-:.'’\u00ad{}§@#1\n𝄞", max_size=60))
def test_places_are_those_of_the_text(text: str) -> None:
    end = 0
    for start, length, word in words_of(text):
        assert start >= end
        assert length > 0
        end = start + length
        assert word.replace("'", "") in text[start:end].replace("\u00ad", "").replace("’", "").replace(
            "'", ""
        )
    assert end <= len(text)


@pytest.mark.parametrize(
    "word",
    "rehabiliteringsinsatser Försäkringskassan förbundsstyrelsen tertialrapporten medlemssamråd Årshjulet finsamlagen"
    " fyrpartssamverkan finsammedlen balanskravsresultatet delårsbokslut ägardirektiv utvärderingsplanerna".split(),
)
def test_words_of_the_associations_world_are_known(dictionary: Dictionary, word: str) -> None:
    assert dictionary.knows(word)


@pytest.mark.parametrize(
    "word", ["beslutt", "rehabliteringsinsats", "Försäkringskasan", "tertialraport", "atgärd", "förbundett"]
)
def test_misspelt_words_are_not(dictionary: Dictionary, word: str) -> None:
    assert not dictionary.knows(word)


def test_suggestions_are_few_and_right(dictionary: Dictionary) -> None:
    assert "tertialrapport" in dictionary.suggestions("tertialraport")
    assert dictionary.near("atgärd") == ("åtgärd",)
    assert "samordningsförbund" in dictionary.suggestions("samordingsförbund")
    assert len(dictionary.suggestions("beslutt")) <= MOST


def test_every_word_of_the_shipped_list_is_known_and_needed(dictionary: Dictionary, tmp_path: Path) -> None:
    for name in ("sv_SE.aff", "sv_SE.dic"):
        shutil.copy(folder() / name, tmp_path)
    bare = Dictionary(tmp_path)
    terms = [word for word, _ in dictionaries._terms(folder() / "samordning.txt")]
    assert len(terms) > 25
    assert [word for word in terms if not dictionary.knows(word)] == []
    assert [word for word in terms if bare.knows(word)] == []


def test_the_associations_own_words_and_names_are_right_in_all_their_forms() -> None:
    own = own_words(
        Association(
            name="Samordningsförbundet Blåtjärn",
            people=(Person(name="Åse-Marie Kvistbäck", party="XYP"),),
            members=(Member(name="Blåtjärns kommun", kind=MemberKind.MUNICIPALITY),),
            own_words=("lokverkstan",),
        )
    )
    for word in (
        "Kvistbäck",
        "Kvistbäcks",
        "Marie",
        "Blåtjärn",
        "lokverkstan",
        "Lokverkstan",
        "lokverkstans",
    ):
        assert is_own(word, own), word
    for word in ("kvistbäck", "Kvistback", "verkstan", "s"):
        assert not is_own(word, own), word


def test_a_missing_dictionary_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="ordlistan saknas") as told:
        Dictionary(tmp_path)
    assert told.value.advice


def test_the_child_answers_line_by_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = io.BytesIO(b'{"know": ["\\u00e5r", "beslutt"]}\n{"suggest": "tertialraport"}\n')
    said = io.BytesIO()
    assert serve(asked, said) == 0
    lines = [json.loads(line) for line in said.getvalue().splitlines()]
    assert lines[:2] == [{"ready": True}, {"known": {"år": True, "beslutt": False}}]
    assert (lines[2]["words"], lines[2]["more"]) == (["tertialrapport"], True)
    assert lines[3]["words"][0] == "tertialrapport"
    assert lines[3]["more"] is False
    monkeypatch.setattr(dictionaries, "folder", lambda: tmp_path)
    said = io.BytesIO()
    assert serve(io.BytesIO(), said) == 1
    assert "saknas" in json.loads(said.getvalue())["problem"]


def test_the_frozen_program_can_be_the_dictionarys_process() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "finsam_desktop", "--spell-child"],
        input=b'{"know": ["insats"]}\n', capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout.splitlines()[1]) == {"known": {"insats": True}}
