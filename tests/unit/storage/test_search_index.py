"""The index of files' text: it finds what a plain scan finds, forgets to the last byte, and mends itself."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_desktop.search.folding import folded, shown
from finsam_desktop.storage.search_index import FileText, SearchIndex, association_of

LETTERS = st.text(alphabet="abåäö\"' %*-\nÅÉ", max_size=40)


def make(path: Path) -> SearchIndex:
    return SearchIndex(path, folded, Path("/förbund/a.finsam"))


@settings(max_examples=80, deadline=None)
@given(st.lists(LETTERS, min_size=1, max_size=6), st.lists(LETTERS, min_size=1, max_size=4), st.data())
def test_it_finds_what_a_plain_scan_finds(texts: list[str], words: list[str], data: st.DataObject) -> None:
    index = SearchIndex(Path(":memory:"), folded, Path("a"))
    db = _memory()
    index._open = lambda: db  # type: ignore[method-assign]
    clean = [shown(text).strip() for text in texts]
    index.add(FileText(sha256=str(number), text=text) for number, text in enumerate(clean))
    gone = set(data.draw(st.lists(st.sampled_from(range(len(clean))))))
    index.keep_only({str(number) for number in range(len(clean)) if number not in gone})
    wanted = tuple(word for one in words if (word := folded(shown(one)).strip()))
    expected = {
        str(number)
        for number, text in enumerate(clean)
        if number not in gone and wanted and all(word in folded(text) for word in wanted)
    }
    assert set(index.find(wanted)) == expected


def _memory() -> sqlite3.Connection:
    from finsam_desktop.storage import search_index

    db = sqlite3.connect(":memory:")
    db.executescript(search_index._TABLES)
    return db


def test_a_text_is_kept_once_with_its_parts_and_reasons(tmp_path: Path) -> None:
    index = make(tmp_path / "ny" / "a.index")
    whole = FileText(sha256="a", text="sida ett\fsida två", labels=("sida 1", "sida 2"))
    index.add((whole, FileText(sha256="b"), FileText(sha256="c", problem="Skadad.")))
    index.add((whole,))
    index.close()
    again = make(tmp_path / "ny" / "a.index")
    assert again.text("a") == whole
    assert again.known() == {"a": "", "b": "", "c": "Skadad."}
    assert again.without_words() == {"b"}
    assert again.find(("två",)) == ("a",)
    assert again.text("x") is None
    assert association_of(again.path) == Path("/förbund/a.finsam")
    again.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_only_the_user_can_read_it(tmp_path: Path) -> None:
    index = make(tmp_path / "a.index")
    index.add((FileText(sha256="a", text="hemligt"),))
    assert stat.S_IMODE(index.path.stat().st_mode) == 0o600
    index.close()


def test_what_is_forgotten_is_gone_from_the_disk(tmp_path: Path) -> None:
    index = make(tmp_path / "a.index")
    index.add((FileText(sha256="a", text="kvar i filen"), FileText(sha256="b", text="Qxyzzyhemligheten")))
    assert index.find(("qxyzzy",)) == ("b",)
    assert index.keep_only({"a"}) == 1
    assert index.find(("qxyzzy",)) == ()
    assert index.find(("kvar",)) == ("a",)
    index.close()
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"qxy" not in left
    assert b"xyz" not in left


@pytest.mark.parametrize("damage", ["rubbish", "other program", "older version", "cut", "holes"])
def test_a_damaged_or_foreign_index_is_thrown_away_and_made_again(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "a.index"
    index = make(path)
    index.add(FileText(sha256=str(n), text=f"text nummer {n} om samverkan " * 50) for n in range(30))
    index.close()
    if damage == "rubbish":
        path.write_bytes(b"not a database" * 1000)
    elif damage in ("other program", "older version"):
        db = sqlite3.connect(path)
        db.execute("PRAGMA application_id = 7" if damage == "other program" else "PRAGMA user_version = 99")
        db.commit()
        db.close()
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:9000])
    else:
        content = bytearray(path.read_bytes())
        content[4096:] = b"\xff" * (len(content) - 4096)
        path.write_bytes(content)
    index = make(path)
    assert index.find(("samverkan",)) == ()
    assert index.known() == {}
    index.add((FileText(sha256="ny", text="ny samverkan"),))
    assert index.find(("samverkan",)) == ("ny",)
    index.close()


def test_a_folder_that_cannot_be_written_gives_no_hits_and_no_fault(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("ingen mapp")
    index = make(tmp_path / "fil" / "a.index")
    index.add((FileText(sha256="a", text="hej"),))
    assert index.find(("hej",)) == ()
    assert index.known() == {}
