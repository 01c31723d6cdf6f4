"""Starts the window: `finsam-desktop [FIL] [--example] [--self-test]`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

EXIT_WHEN_SHOWN = "FINSAM_EXIT_WHEN_SHOWN"
"""Environment: set to 1, the program says SHOWN when the window has been painted, and ends (for measuring)."""
SHOWN = "visad"

WORD_CHILD = "--word-child"
"""A frozen program has no Python to start: it starts itself to fill a template apart, see `word/child.py`."""
PDF_CHILD = "--pdf-child"
"""The same for files from outside that become PDF, with the folder of the work, see `pdf/child.py`."""
SPELL_CHILD = "--spell-child"
"""The same for the dictionary, see `spelling/child.py`."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="finsam-desktop", description="Kallelser, protokoll och tertialrapporter för samordningsförbund."
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FIL", help="en .finsam-fil att öppna")
    parser.add_argument("--example", action="store_true", help="öppna en kopia av exempelförbundet")
    parser.add_argument("--self-test", action="store_true", help="kontrollera att programmet är helt")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the exit code is 0 when all went well."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given == [WORD_CHILD]:
        from finsam_desktop.word.child import main as fill_template

        return fill_template()
    if given[:1] == [PDF_CHILD]:
        from finsam_desktop.pdf.child import main as read_files

        return read_files(given[1:])
    if given == [SPELL_CHILD]:
        from finsam_desktop.spelling.child import main as spell

        return spell()
    options = _parser().parse_args(arguments)
    if options.self_test:
        from finsam_desktop import self_test

        return self_test.run()
    import faulthandler
    import gc

    # What is made at the start stays to the end: looking through it for garbage costs a tenth of the start. From then
    # on `ui.garbage` looks.
    gc.disable()
    from datetime import datetime

    from finsam_desktop import app
    from finsam_desktop.faults import runs
    from finsam_desktop.faults.log_file import log_to
    from finsam_desktop.settings import data_folder

    data = data_folder()
    log_to(data)
    ended = runs.take_ended(data)
    run = runs.begin(data, datetime.now())
    if run is not None:
        faulthandler.enable(run.crash_file)
    qt = app.make_qt(sys.argv[:1])
    application = app.build(qt)
    watch = app.watch_faults(application, run)
    application.show(options.file, example=options.example)
    watch.tell_of_earlier(ended)
    gc.freeze()
    if os.environ.get(EXIT_WHEN_SHOWN) == "1":
        application.window.repaint()
        qt.sendPostedEvents()
        print(SHOWN, flush=True)  # what follows is the end: work in the background is waited for
        application.window.close()
        code = 0
    else:
        code = qt.exec()
    if run is not None:
        faulthandler.disable()
        run.end()
    return code


if __name__ == "__main__":
    sys.exit(main())
