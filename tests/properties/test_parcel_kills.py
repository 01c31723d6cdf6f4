"""Kill -9 while mötespaket are made and opened: a file is whole or not there, and a working copy opens."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from finsam_desktop.parcels import received
from finsam_desktop.workspace import Workspace

MAKER = """
import sys
from pathlib import Path
from finsam_desktop.parcels import received
from finsam_desktop.domain.parcel_values import Receiver
from finsam_desktop.workspace import Workspace

file, folder, number = Path(sys.argv[1]), Path(sys.argv[2]), 0
with Workspace.open(file, user="Anna", read_only=True) as workspace:
    while True:
        number += 1
        path = folder / f"{number % 3}.motespaket"
        received.write_parcel(workspace, "mötet", path, receiver=Receiver(name="Bo"))
        received.unpack(path, user="Bo", folder=folder / "kopior")
        print(number, flush=True)
"""


def test_kill_while_making_and_opening(
    office: Workspace, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    file, folder, chance = office.path, tmp_path / "ut", random.Random(5)
    office.add_file(b"x" * 2_000_000)
    office.close()
    folder.mkdir()
    for _ in range(40 if request.config.getoption("--all") else 2):
        maker = subprocess.Popen(
            [sys.executable, "-c", MAKER, str(file), str(folder)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.getcwd()},
        )
        assert maker.stdout is not None
        with maker:
            assert maker.stdout.readline(), "the maker did not start"
            time.sleep(chance.uniform(0, 0.3))
            maker.kill()
        for path in folder.glob("*.motespaket"):
            assert received.look(path).size == path.stat().st_size
            with received.open_parcel(path, user="Bo", folder=folder / "kopior") as copy:
                assert copy.meeting == copy.base
