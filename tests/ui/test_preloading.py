"""What is loaded before anybody waits for it, in a program of its own: here everything is loaded already."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import finsam_desktop.ui.views as views

PROGRAM = """
import json, pkgutil, sys
from PySide6.QtCore import QEventLoop, QTimer
from finsam_desktop import app, demo
from pathlib import Path
qt = app.make_qt(["x"])
built = app.build(qt, remember_geometry=False)
built.show()

def wait(until):
    for _ in range(600):
        loop = QEventLoop(); QTimer.singleShot(50, loop.quit); loop.exec()
        if until():
            return
    raise SystemExit("it never came")

wait(lambda: "finsam_desktop.domain.overview_facts" in sys.modules and "sqlalchemy" in sys.modules)
before = [name for name in sys.modules if name.startswith("finsam_desktop.ui.views.")]
file = next(path for path in demo.create(Path(sys.argv[1])) if path.suffix == ".finsam")
built.session.open(file)
from finsam_desktop.ui.preloading import Preloading
preloading = built.window.findChild(Preloading)
wait(lambda: not preloading.left)
after = [name for name in sys.modules if name.startswith("finsam_desktop.ui.views.")]
built.window.close()
print(json.dumps([len(before), sorted(after)]))
"""


def test_storage_is_loaded_at_the_ways_in_and_every_view_after_opening(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    before, after = json.loads(done.stdout.splitlines()[-1])
    folder = Path(views.__path__[0])
    wanted = {
        ".".join(("finsam_desktop.ui.views", *path.relative_to(folder).with_suffix("").parts))
        for path in folder.rglob("[a-z]*.py")
    }
    assert wanted <= set(after)
    assert before < len(wanted) / 2, "nothing of the views before there is a file"
