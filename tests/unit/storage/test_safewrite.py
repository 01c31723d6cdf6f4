"""A file is written whole or not at all, and the reason is told."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from finsam_desktop.errors import UserError
from finsam_desktop.storage.safewrite import write_file

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="uses POSIX permissions")


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_a_new_file_and_a_replaced_one(tmp_path: Path) -> None:
    path = tmp_path / "2026-10-29 Kallelse.docx"
    write_file(path, b"ett")
    write_file(path, b"tva" * 100_000)
    write_file(path, b"")
    write_file(path, b"tre")
    assert path.read_bytes() == b"tre"
    assert names(tmp_path) == [path.name]


@needs_posix
def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    target, link = tmp_path / "arkiv" / "a.docx", tmp_path / "a.docx"
    target.parent.mkdir()
    target.write_bytes(b"ett")
    target.chmod(0o640)
    link.symlink_to(target)
    write_file(link, b"tva")
    assert link.is_symlink()
    assert target.read_bytes() == b"tva"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "b.docx", b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "b.docx").stat().st_mode) == 0o640, "a new file follows the umask"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("saknas/a.docx", "a.docx sparades inte: mappen .*saknas finns inte"),
        ("mapp", "mapp sparades inte: det finns en mapp med det namnet"),
        ("x" * 300, "sparades inte: namnet går inte att använda"),
        ("fil/a.docx", "a.docx sparades inte: mappen .*fil finns inte"),
    ],
)
def test_places_that_cannot_be_written(tmp_path: Path, place: str, words: str) -> None:
    (tmp_path / "mapp").mkdir()
    (tmp_path / "fil").write_bytes(b"x")
    with pytest.raises(UserError, match=words) as caught:
        write_file(tmp_path / place, b"x")
    assert caught.value.advice
    assert names(tmp_path) == ["fil", "mapp"]


@needs_posix
def test_the_disk_fills_while_writing(tmp_path: Path) -> None:
    """A write that fails at any byte leaves the old file whole and nothing beside it."""
    resource = pytest.importorskip("resource")
    path = tmp_path / "a.docx"
    write_file(path, b"det gamla")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        for limit in (0, 1, 5000, 99_999):
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limits[1]))
            with pytest.raises(UserError, match=r"a\.docx sparades inte: disken är full"):
                write_file(path, bytes(100_000))
            assert path.read_bytes() == b"det gamla"
            assert names(tmp_path) == ["a.docx"]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_the_content_is_on_disk_before_it_takes_the_old_ones_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a power cut may leave an empty file where there was a whole one."""
    order: list[str] = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda descriptor: (order.append("fsync"), fsync(descriptor))[1])
    monkeypatch.setattr(os, "replace", lambda *paths: (order.append("replace"), replace(*paths))[1])
    write_file(tmp_path / "a.docx", b"x")
    assert order[:2] == ["fsync", "replace"]


def test_the_file_is_open_in_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to replace a file that Word has open; here the refusal is made by hand."""

    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(13, "The process cannot access the file", str(source), 32, str(target))

    path = tmp_path / "a.docx"
    path.write_bytes(b"det gamla")
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(UserError, match=r"filen är öppen i ett annat program\. Stäng den i Word"):
        write_file(path, b"nytt")
    assert path.read_bytes() == b"det gamla"
    assert names(tmp_path) == ["a.docx"]


@needs_posix
@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "words"),
    [
        (0o555, 0o644, "skrivskyddad"),
        (0o755, 0o444, "skrivskyddad"),
        (0o555, None, "får inte skriva i mappen"),
    ],
    ids=["folder", "file", "folder without the file"],
)
def test_without_permission(tmp_path: Path, folder_mode: int, file_mode: int | None, words: str) -> None:
    folder = tmp_path / "delad"
    folder.mkdir()
    path = folder / "a.docx"
    if file_mode is not None:
        path.write_bytes(b"det gamla")
        path.chmod(file_mode)
    folder.chmod(folder_mode)
    code = (
        "import sys; from pathlib import Path; from finsam_desktop.errors import UserError\n"
        "from finsam_desktop.storage.safewrite import write_file\n"
        "try: write_file(Path(sys.argv[1]), b'nytt')\n"
        "except UserError as error: print(error)"
    )
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    run = subprocess.run(
        [*drop, sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    folder.chmod(0o755)
    assert words in run.stdout, run.stderr
    assert names(folder) == ([] if file_mode is None else ["a.docx"])
    assert file_mode is None or path.read_bytes() == b"det gamla"
