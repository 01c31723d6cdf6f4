"""The files of an association as the search reads them: once, in the background's pace, forgotten when they go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting, StoredFile
from finsam_desktop.search.query import Kind, query
from finsam_desktop.searching import Search, index_path, tidy
from finsam_desktop.workspace import Workspace
from tests.made_pdfs import Made, made, marker

FILES = {
    "Rapport.pdf": made(Made(name="Etableringsinsatser", pages=3)),
    "Brev.txt": "Hej från Östersund".encode(),
    "Trasig.docx": b"PK\x03\x04 inte mer",
    "Logotyp.png": Path("resources/example/logotyp.png").read_bytes(),
}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "a.finsam", Association(name="Förbundet"), user="Anna") as made_:
        bilagor = [
            Attachment(
                title=name.split(".")[0], file_name=name, sha256=made_.add_file(content), size=len(content)
            )
            for name, content in FILES.items()
        ]
        items = (AgendaItem(title="Ärende", attachments=tuple(bilagor)),)
        signed = StoredFile(
            file_name="Protokoll.txt", sha256=made_.add_file("Undertecknat av Ängla".encode())
        )
        made_.change(
            "Nytt", None, Meeting(id="a" * 32, date=date(2026, 3, 1), items=items, signed_minutes=(signed,))
        )
        made_.change(
            "Nytt", None, Meeting(id="b" * 32, date=date(2025, 3, 1), items=(replace(items[0], id="i2"),))
        )
        yield made_


@pytest.fixture
def search(workspace: Workspace, tmp_path: Path) -> Iterator[Search]:
    search = Search(workspace, tmp_path / "sök")
    yield search
    search.close()


def files(search: Search, words: str, **how: object) -> list[tuple[str, str, int]]:
    found = search.find(query(words, **how))  # type: ignore[arg-type]
    return [(hit.file_name, hit.places[0].label, hit.others) for hit in found.hits if hit.sha256]


def test_every_file_is_read_once_and_told_of(search: Search) -> None:
    assert files(search, "insatser") == []
    assert search.files().unread == 5
    told: list[tuple[str, int, int]] = []
    assert search.read_files(lambda *step: told.append(step)) == 5
    assert told[-1][1:] == (5, 5)
    assert search.read_files() == 0
    assert files(search, "insatser") == [("Rapport.pdf", "sida 1", 1)]
    assert files(search, marker("Etableringsinsatser", 2)) == [("Rapport.pdf", "sida 3", 1)]
    assert files(search, "östersund", year=2025) == [("Brev.txt", "stycke 1", 1)]
    assert files(search, "ängla", kind=Kind.FILE) == [("Protokoll.txt", "stycke 1", 0)]
    assert files(search, "ängla", year=2025) == []
    counts = search.files()
    assert (counts.unread, counts.wordless, counts.closed) == (0, 1, 1)


def test_the_last_use_takes_the_text_with_it_and_undo_brings_it_back(
    search: Search, workspace: Workspace
) -> None:
    search.read_files()
    for meeting in workspace.meetings:
        workspace.change("Töm", meeting, replace(meeting, items=()))
        assert files(search, "insatser") == (
            [("Rapport.pdf", "sida 1", 0)] if meeting.date.year == 2025 else []
        )
    assert search.has_unread()
    search.read_files()
    assert set(search.index.known()) == {workspace.meetings[1].signed_minutes[0].sha256}
    workspace.undo()
    assert search.read_files() == 4
    assert files(search, "insatser") == [("Rapport.pdf", "sida 1", 0)]


def test_reading_that_is_stopped_goes_on_where_it_was(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("finsam_desktop.searching.BATCH_FILES", 2)

    def stop(_name: str, done: int, _total: int) -> None:
        if done > 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        search.read_files(stop)
    assert search.files().unread == 3
    assert search.read_files() == 3


def test_a_file_opened_for_reading_is_searched_and_left_as_it_was(
    workspace: Workspace, tmp_path: Path
) -> None:
    workspace.close()
    before = workspace.path.read_bytes()
    with Workspace.open(workspace.path, user="Bo", read_only=True) as reader:
        search = Search(reader, tmp_path / "annan")
        search.read_files()
        assert files(search, "insatser")
        search.close()
    assert workspace.path.read_bytes() == before


def test_indexes_of_files_that_are_gone_are_tidied_away(
    search: Search, workspace: Workspace, tmp_path: Path
) -> None:
    search.read_files()
    search.close()
    folder = tmp_path / "sök"
    other = Search(workspace, folder)
    other.index._about = (
        tmp_path / "borta" / "b.finsam"
    )  # its folder is not there now: a stick that is not put in
    other.index.path = index_path(tmp_path / "borta" / "b.finsam", folder)
    other.read_files()
    other.close()
    assert tidy(folder) == 0
    workspace.close()
    workspace.path.unlink()
    assert tidy(folder) == 1
    assert [path.name for path in folder.glob("*.index")] == [other.index.path.name]
