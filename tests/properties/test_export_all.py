"""Everything of any association leaves in plain folders and comes back equal, to the last byte of every row."""

from __future__ import annotations

import sqlite3
import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_desktop.archive.verify import verify
from finsam_desktop.cli import main
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.errors import UserError
from finsam_desktop.leaving import export_all, import_all
from finsam_desktop.workspace import Workspace
from tests.strategies import associations, meetings

NOW = datetime(2026, 11, 22, 10, 42)


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, read without any code of ours."""
    with sqlite3.connect(path) as db:
        tables = ("association", "meetings", "history", "files", "exports")
        found = {name: db.execute(f"select * from {name} order by 1").fetchall() for name in tables}
    db.close()
    return found


@settings(max_examples=max(settings.default.max_examples // 10, 5))
@given(
    associations(),
    st.lists(st.binary(max_size=300), min_size=1, max_size=3),
    st.lists(st.tuples(st.sampled_from(["a.docx", "ut/b.eml", "ö.pdf"]), st.binary(max_size=50)), max_size=4),
    st.data(),
)
def test_what_leaves_comes_back_equal(
    association: Association, contents: list[bytes], exports: list[tuple[str, bytes]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Workspace.create(folder / "a.finsam", association, user="Anna") as source:
            stored = [source.add_file(content) for content in contents]
            known: list[Meeting] = []
            for _ in range(data.draw(st.integers(0, 2))):
                meeting = data.draw(meetings(association, st.sampled_from(["", *stored]), items=1))
                if meeting.id not in {one.id for one in known}:
                    source.change("Nytt", None, meeting)
                    known.append(meeting)
            if known and data.draw(st.booleans()):
                source.undo()
            source.change("Nytt namn", association, replace(association, name="Ett annat"))
            source.undo()
            for place, content in exports:
                source.record_export("m", "kallelse", folder / place, content)
            manifest = export_all(source, folder / "allt", now=NOW, papers=False)
        assert verify(folder / "allt").whole
        assert manifest.told == () or all("kunde inte" in one or "mall" in one for one in manifest.told)
        import_all(folder / "allt", folder / "b.finsam")
        assert rows(folder / "b.finsam") == rows(folder / "a.finsam")
        with Workspace.open(folder / "b.finsam", user="Bo") as target:
            assert target.association == association
            target.change("Nytt namn", association, Association(name="B"))


def test_the_example_leaves_and_comes_back_with_its_papers(example_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "allt"
    assert main(["export-all", str(example_file), str(folder)]) == 0
    assert (
        folder / "2026" / "2026-10-29 Ordinarie sammanträde" / "Dokument" / "2026-10-29 Protokoll.docx"
    ).is_file()
    assert (folder / "Förbundet" / "Register.xlsx").is_file()
    assert (folder / "Förbundet" / "Beslut.xlsx").is_file()
    assert main(["import-all", str(folder), "-o", str(tmp_path / "ny.finsam")]) == 0
    assert rows(tmp_path / "ny.finsam") == rows(example_file)
    assert main(["import-all", str(folder), "-o", str(tmp_path / "ny.finsam")]) == 3
    assert main(["export-all", str(example_file), str(folder)]) == 3


def test_a_change_meanwhile_is_not_in_it(example_file: Path, tmp_path: Path) -> None:
    with Workspace.open(example_file, user="Anna") as workspace:
        before = workspace.association
        changed = False

        def change(_name: str) -> None:
            nonlocal changed
            if not changed:
                changed = True
                workspace.change("Nytt namn", before, replace(before, name="Ett annat"))

        export_all(workspace, tmp_path / "allt", now=NOW, papers=False, step=change)
    import_all(tmp_path / "allt", tmp_path / "b.finsam")
    with Workspace.open(tmp_path / "b.finsam", user="Bo") as target:
        assert target.association == before


def test_an_export_that_is_stopped_leaves_nothing(example_file: Path, tmp_path: Path) -> None:
    count = 0

    def stop(_name: str) -> None:
        nonlocal count
        count += 1
        if count == 9:
            raise KeyboardInterrupt

    with (
        Workspace.open(example_file, user="Anna", read_only=True) as workspace,
        pytest.raises(KeyboardInterrupt),
    ):
        export_all(workspace, tmp_path / "allt", now=NOW, papers=False, step=stop)
    assert [path.name for path in tmp_path.iterdir()] == [example_file.name]


@pytest.mark.parametrize("harmed", ["Data/förbund.json", "Data/historik.jsonl", "manifest.json", "Filer"])
def test_an_altered_export_is_refused_and_no_file_made(
    example_file: Path, tmp_path: Path, harmed: str
) -> None:
    folder = tmp_path / "allt"
    with Workspace.open(example_file, user="Anna", read_only=True) as workspace:
        export_all(workspace, folder, now=NOW, papers=False)
    path = folder / harmed
    if path.is_dir():
        next(path.iterdir()).unlink()
    else:
        path.write_bytes(path.read_bytes().replace(b"1", b"2", 1))
    with pytest.raises(UserError):
        import_all(folder, tmp_path / "b.finsam")
    assert not (tmp_path / "b.finsam").exists()


def test_papers_that_someone_has_tidied_away_do_not_stop_the_reading(
    example_file: Path, tmp_path: Path
) -> None:
    import shutil

    folder = tmp_path / "allt"
    with Workspace.open(example_file, user="Anna", read_only=True) as workspace:
        export_all(workspace, folder, now=NOW, papers=False)
    shutil.rmtree(folder / "Förbundet")
    assert "4 sammanträden" in import_all(folder, tmp_path / "b.finsam")


def test_a_meetings_archive_is_not_all(example_file: Path, tmp_path: Path) -> None:
    assert (
        main(["archive", "make", str(example_file), "2026-04-22", "--no-pdf", "-o", str(tmp_path / "A")]) == 0
    )
    with pytest.raises(UserError, match="inte av hela förbundet"):
        import_all(tmp_path / "A", tmp_path / "b.finsam")
