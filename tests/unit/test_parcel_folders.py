"""Where a mötespaket lay: remembered beside the working copy, and forgotten when it is no place to write."""

from __future__ import annotations

from pathlib import Path

from finsam_desktop.parcels.folders import folder_of, remember


def test_the_folder_is_remembered_until_it_is_gone(tmp_path: Path) -> None:
    copy, folder = tmp_path / "kopia.finsam", tmp_path / "Hämtade filer"
    assert folder_of(copy) is None
    folder.mkdir()
    remember(copy, folder)
    assert folder_of(copy) == folder
    folder.rmdir()
    assert folder_of(copy) is None


def test_what_is_no_folder_is_none(tmp_path: Path) -> None:
    copy = tmp_path / "kopia.finsam"
    for text in (b"relativ/mapp", b"\xff\xfe", b""):
        copy.with_suffix(".mapp").write_bytes(text)
        assert folder_of(copy) is None
    remember(tmp_path / "finns" / "inte" / "kopia.finsam", tmp_path)
