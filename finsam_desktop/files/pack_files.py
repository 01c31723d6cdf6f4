"""Packs as files, for the window and the command line: made, and saved so that nothing of anyone's is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from finsam_desktop.documents.pack import Pack, PackTools, Step
    from finsam_desktop.documents.pack_papers import PackOptions
    from finsam_desktop.workspace import Workspace

SENT, SUPPLEMENT_SENT = "Handlingarna är skickade", "Tilläggshandlingarna är skickade"
"""What the step is called when a pack is noted as sent (``domain.sending.with_utskick``)."""
KIND = "handlingar"
"""What a pack is called among the exports that the file remembers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPack:
    """A pack and the file it was saved as. ``beside``: what stood there had been changed by someone, and was kept."""

    pack: Pack
    path: Path
    beside: bool = False


def save_pack(
    workspace: Workspace,
    meeting_id: str,
    options: PackOptions,
    out: Path,
    *,
    tools: PackTools,
    today: date,
    step: Step | None = None,
) -> SavedPack:
    """Make the pack and save it as ``out``; in ``out``, under its own name, when that is a folder.

    A file that we did not write is never written over: the pack is laid beside it. UserError when there is nothing to
    make, or no place to save it; then nothing has been written.
    """
    from finsam_desktop.documents.export import put_file
    from finsam_desktop.documents.pack import build_pack

    pack = build_pack(workspace, meeting_id, options, tools=tools, today=today, step=step)
    place = out / pack.file_name if out.is_dir() else out
    result = put_file(workspace, meeting_id, KIND, place, pack.pdf, compare=_not_compared)
    return SavedPack(pack=pack, path=result.path, beside=result.beside)


def _not_compared(_ours: bytes, _theirs: bytes) -> tuple[str, ...]:
    return ()


def standard_tools() -> PackTools:
    """LibreOffice where there is one, and what has been made before, in the program's own folder."""
    from finsam_desktop.documents.pack import PackTools
    from finsam_desktop.settings import cache_folder

    return PackTools.in_folder(cache_folder())
