"""What killed programs leave is swept away; everything else in the folder stays."""

from __future__ import annotations

import os
import time
from pathlib import Path

from finsam_desktop.domain.ids import new_id
from finsam_desktop.storage.leftovers import OLD, sweep


def test_only_what_is_ours_and_old_goes(tmp_path: Path) -> None:
    old = time.time() - OLD - 60
    gone = [f".{new_id()}.tmp", f".{new_id()}.finsam", f".{new_id()}.finsam-journal"]
    kept = [f".{new_id()}.docx", ".dold.tmp", f"{new_id()}.tmp", "Bygden.finsam", "Bygden.finsam-journal"]
    for name in (*gone, *kept):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (old, old))
    being_written = tmp_path / f".{new_id()}.tmp"
    being_written.write_bytes(b"x")
    (tmp_path / f".{new_id()}.tmp").mkdir()
    assert {path.name for path in sweep(tmp_path)} == set(gone)
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {*kept, being_written.name}
    assert sweep(tmp_path / "borta") == ()
