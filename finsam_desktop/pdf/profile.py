"""LibreOffice's settings as we want them: tagged PDF from a plain call, and nothing that a document asks for.

The settings stand in the profile, not in the call, since a call can name the options of one kind of document only
and a pack holds texts, workbooks, presentations and drawings.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_COMMON = "/org.openoffice.Office.Common"
_EXPORT = f"{_COMMON}/Filter/PDF/Export"
_SCRIPTING = f"{_COMMON}/Security/Scripting"
_INET = "/org.openoffice.Inet/Settings"
_SETTINGS: tuple[tuple[str, str, str], ...] = (
    # PDF/A-2 with PDF/UA: tags, fonts embedded, nothing fetched from elsewhere.
    (_EXPORT, "UseTaggedPDF", "true"),
    (_EXPORT, "PDFUACompliance", "true"),
    (_EXPORT, "SelectPdfVersion", "2"),
    (_EXPORT, "ExportBookmarks", "true"),
    (_EXPORT, "DisplayPDFDocumentTitle", "true"),
    (_EXPORT, "ExportFormFields", "false"),
    (_EXPORT, "ExportNotes", "false"),
    # Macros, plug-ins and links: the files are strangers'.
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "OfficeBasic", "0"),
    (_SCRIPTING, "ExecutePlugins", "false"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    # What would reach for the network all the same meets a proxy that is not there.
    (_INET, "ooInetProxyType", "2"),
    (_INET, "ooInetHTTPProxyName", "127.0.0.1"),
    (_INET, "ooInetHTTPProxyPort", "9"),
    (_INET, "ooInetHTTPSProxyName", "127.0.0.1"),
    (_INET, "ooInetHTTPSProxyPort", "9"),
    (_INET, "ooInetFTPProxyName", "127.0.0.1"),
    (_INET, "ooInetFTPProxyPort", "9"),
    (_INET, "ooInetNoProxy", ""),
    # A4 and Swedish where the document does not say.
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "sv-SE"),
    ("/org.openoffice.Office.Linguistic/General", "DefaultLocale", "sv-SE"),
    ("/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"),
    (f"{_COMMON}/Misc", "FirstRun", "false"),
)
_PROFILES = 8


def settings_xml() -> str:
    """The settings file of a profile."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{items}</oor:items>\n"
    )


def settle(profile: Path) -> None:
    """Write our settings into a profile, over what LibreOffice noted of the documents of last time."""
    folder = profile / "user"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "registrymodifications.xcu").write_text(settings_xml(), encoding="utf-8")


@contextlib.contextmanager
def borrowed(root: Path) -> Iterator[Path]:
    """A profile in the folder ``root`` that nobody else uses until the end of the block.

    A second LibreOffice with the same profile would hand its work to the first and be ended with it.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        held = next(_free(root), None)
    except OSError:
        held = None
    if held is None:
        with tempfile.TemporaryDirectory(prefix="finsam-profil-", ignore_cleanup_errors=True) as name:
            settle(Path(name))
            yield Path(name)
        return
    lock, profile = held
    with lock:
        settle(profile)
        yield profile


def _free(root: Path) -> Iterator[tuple[IO[bytes], Path]]:
    for number in range(1, _PROFILES + 1):
        lock = (root / f"{number}.lock").open("ab")
        if _take(lock):
            yield lock, root / str(number)
        lock.close()


if sys.platform == "win32":
    import msvcrt

    def _take(lock: IO[bytes]) -> bool:
        try:
            lock.seek(0)
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(lock: IO[bytes]) -> bool:
        # Between threads too: each has opened the file for itself.
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def environment() -> dict[str, str]:
    """What LibreOffice gets of our environment, with no way out to a network."""
    dead = "http://127.0.0.1:9"
    ways = dict.fromkeys(
        ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"), dead
    )
    # With this renderer LibreOffice needs no screen.
    return {**os.environ, **ways, "no_proxy": "", "NO_PROXY": "", "SAL_USE_VCLPLUGIN": "svp"}
