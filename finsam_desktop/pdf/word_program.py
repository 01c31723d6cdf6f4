"""Microsoft Word where LibreOffice is missing, on Windows: Word opens each document read-only and saves it as PDF.

Word is reached through PowerShell, which every Windows has. It runs as a server of its own that no process tree of
ours holds; the script notes its number, and who waited too long ends it by that.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from finsam_desktop.pdf.batch import Awaited, Limits, Outcome, watch
from finsam_desktop.pdf.libreoffice import Made, whole

PROGRAM = "Word"
ENDINGS = frozenset((".docx", ".docm", ".doc", ".rtf", ".odt"))
LIMITS = Limits(start=60.0, file=60.0)
_PROBLEMS: dict[Outcome, str] = {
    "": "Word kan inte öppna filen.",
    "slow": "Word blev inte klart med filen i tid och stoppades.",
    "stopped": "Word stannade när filen öppnades.",
    "not started": "Word gick inte att starta.",
}
# No macro, no question, no link is followed; a password that is wrong makes Word refuse instead of asking.
_SCRIPT = r"""
param([string]$List)
$ErrorActionPreference = 'Stop'
$work = Get-Content -Raw -Encoding UTF8 -LiteralPath $List | ConvertFrom-Json
$before = @(Get-Process WINWORD -ErrorAction SilentlyContinue | ForEach-Object { $_.Id })
$word = New-Object -ComObject Word.Application
$mine = @(Get-Process WINWORD -ErrorAction SilentlyContinue | Where-Object { $before -notcontains $_.Id })
if ($mine.Count -eq 1) { Set-Content -LiteralPath $work.number -Value $mine[0].Id }
$word.Visible = $false
$word.DisplayAlerts = 0
$word.AutomationSecurity = 3
$word.Options.UpdateLinksAtOpen = $false
$word.Options.ConfirmConversions = $false
foreach ($file in $work.files) {
  try {
    $document = $word.Documents.Open($file.source, $false, $true, $false, 'finsam', 'finsam', $true)
    try { $document.ExportAsFixedFormat($file.target, 17, $false, 0, 0, 1, 1, 0, $true, $true, 1, $true, $true, $true) }
    finally { $document.Close($false) }
  } catch { Write-Output $_.Exception.Message }
}
$word.Quit($false)
"""


def find_word() -> bool:
    """Whether Word is installed. Only Windows has a way to ask it."""
    if sys.platform != "win32":
        return False
    import winreg

    try:
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, "Word.Application"))
    except OSError:
        return False
    return True


def make_pdfs(
    sources: Sequence[Path],
    folder: Path,
    *,
    limits: Limits = LIMITS,
    step: Callable[[int], None] | None = None,
) -> tuple[Made, ...]:
    """The documents as PDF, made in ``folder``, in the same order. What Word stops at is left out, the rest goes on."""
    made: dict[Path, Made] = {}
    left = list(sources)
    script, listed, number = folder / "word.ps1", folder / "word.json", folder / "word.pid"
    # Windows' own PowerShell takes a script without this mark to be in the old character set.
    script.write_text(_SCRIPT, encoding="utf-8-sig")
    while left:
        targets = [folder / f"{source.stem}.pdf" for source in left]
        files = [{"source": str(s), "target": str(t)} for s, t in zip(left, targets, strict=True)]
        listed.write_text(json.dumps({"files": files, "number": str(number)}), encoding="utf-8")
        command = ["powershell", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File"]
        awaited = [Awaited(t, s.stat().st_size) for s, t in zip(left, targets, strict=True)]
        try:
            outcome = watch([*command, str(script), str(listed)], awaited, limits, step=step)
        finally:
            _end_word(number)
        for source, target in zip(left, targets, strict=True):
            if (pdf := whole(target)) is not None:
                made[source] = Made(pdf=pdf)
        missing = [source for source in left if source not in made]
        guilty = missing if outcome in ("", "not started") else missing[:1]
        made.update({s: Made(problem=_PROBLEMS[outcome], lasting=outcome == "") for s in guilty})
        left = [source for source in missing if source not in made]
    return tuple(made[source] for source in sources)


def _end_word(number: Path) -> None:
    """End the Word that was started for us, if it is still there."""
    try:
        process = int(number.read_text(encoding="utf-8-sig").strip())
        number.unlink()
    except (OSError, ValueError):
        return
    if sys.platform == "win32":
        # The filter keeps a number that now belongs to another program safe.
        command = ["taskkill", "/F", "/FI", f"PID eq {process}", "/FI", "IMAGENAME eq WINWORD.EXE"]
        subprocess.run(command, capture_output=True, check=False, creationflags=subprocess.CREATE_NO_WINDOW)
