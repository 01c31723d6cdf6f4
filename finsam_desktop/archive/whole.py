"""All of an association in plain folders by year, readable without the program, and read in again as it was.

Beside what is made for people (papers in Word, workbooks, files under their names) lies what is read in again: the
association and each meeting as JSON, the history as lines of JSON with every earlier version, the stored files by their
SHA-256 in the list, and the documents that were made. What is read in is those; what was made for people is left out.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from finsam_desktop.archive import meeting as papers
from finsam_desktop.archive.container import Stored, free_path
from finsam_desktop.archive.manifest import Manifest, Piece
from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.wording import KINDS
from finsam_desktop.errors import UserError
from finsam_desktop.storage import codec
from finsam_desktop.storage.whole import ExportRow, HistoryRow, WholeFile

DATA = "Data"
ASSOCIATION, MEETINGS = f"{DATA}/förbund.json", f"{DATA}/sammanträden"
HISTORY, VERSIONS = f"{DATA}/historik.jsonl", f"{DATA}/historikens versioner"
MADE, FILES = f"{DATA}/skapade dokument.jsonl", "Filer"
INDEX = f"{DATA}/innehåll.json"
_FORMAT, _VERSION = "finsam-all", 1
_CHANGE = {"number": int, "at": str, "user": str, "label": str, "kind": str, "subject": str, "removed": bool}
_EXPORT = {
    "number": int, "at": str, "meeting_id": str, "document": str, "path": str, "sha256": str, "kept": bool,
}  # fmt: skip
"""What a line of the two lists holds."""
_MOST = 2**53
_VERSIONS_EACH = 500
"""Versions in each zip of the history."""
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)

Workbooks = Callable[[], Iterable[Piece]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What an export holds, ready to be written as a file. ``files`` and ``history`` are read as they are asked for."""

    association: Association
    meetings: tuple[Meeting, ...]
    files: Iterable[bytes]
    history: Iterable[HistoryRow]
    exports: Iterable[ExportRow]
    counts: dict[str, int]


def heading(association: Association, at: datetime) -> Manifest:
    """The list before anything is in it."""
    return Manifest(
        kind="association",
        title=f"{association.name}, hela förbundet",
        made_at=at.replace(microsecond=0),
        program=papers.PROGRAM,
    )


def pieces(
    source: papers.Source,
    whole: WholeFile,
    workbooks: Workbooks,
    *,
    with_papers: bool,
    today: date,
    told: list[str],
) -> Iterator[Piece]:
    """Every file of the export."""
    association, meetings = source.association, source.meetings
    yield Piece(path="Läs mig.txt", content=_read_me(association).encode(), title="Vad som finns i mapparna")
    yield from workbooks()
    yield Piece(path=ASSOCIATION, content=codec.encode(association), title="Förbundet, alla uppgifter")
    for number, meeting in enumerate(meetings, start=1):
        name = f"{number:04} {meeting.date.isoformat()}.json"
        yield Piece(
            path=f"{MEETINGS}/{name}",
            content=codec.encode(meeting),
            title=f"Sammanträdet {meeting.date.isoformat()}, alla uppgifter",
        )
    folders: set[str] = set()
    for meeting in meetings if with_papers else ():
        folder = free_path(f"{meeting.date.year}/{meeting.date.isoformat()} {KINDS[meeting.kind]}", folders)
        wish = papers.Wish(made_before=False)
        yield from papers.pieces(source, meeting, wish, today=today, told=told, folder=folder)
    exports = tuple(whole.exports())
    stored = whole.files()
    counts = {
        "meetings": len(meetings),
        "files": len(stored),
        "exports": len(exports),
        "history": 0,
    }
    for one in stored:
        yield Piece(
            path=f"{FILES}/{one}{_ending(association, meetings, one)}", content=whole.file(one), title="Fil"
        )
    yield from _made(exports)
    for piece, rows in _history(whole):
        counts["history"] += rows
        yield piece
    index = {"format": _FORMAT, "version": _VERSION, **counts}
    yield Piece(path=INDEX, content=_json(index), title="Hur mycket exporten innehåller")


def _made(exports: tuple[ExportRow, ...]) -> Iterator[Piece]:
    """The log of documents that were made, and those that are kept."""
    lines = []
    for row in exports:
        kept = row.content is not None
        lines.append(
            {
                "number": row.number,
                "at": row.at.isoformat(),
                "meeting_id": row.meeting_id,
                "document": row.document,
                "path": row.path,
                "sha256": row.sha256,
                "kept": kept,
            }
        )
        if row.content is not None:
            ending = Path(row.path).suffix
            yield Piece(
                path=f"{DATA}/skapade dokument/{row.number:06}{ending if ending.isascii() else ''}",
                content=row.content,
                title=f"Skapad {row.at:%Y-%m-%d %H.%M}: {Path(row.path).name}",
            )
    yield Piece(path=MADE, content=_lines(lines), title="Dokument som har skapats")


def _history(whole: WholeFile) -> Iterator[tuple[Piece, int]]:
    """Who did what when, as lines; and each version as JSON in zips, so that any of them can be opened by itself."""
    lines: list[dict[str, Any]] = []
    batch: list[tuple[int, bytes]] = []
    for row in whole.history():
        lines.append(
            {
                "number": row.number,
                "at": row.at.isoformat(),
                "user": row.user,
                "label": row.label,
                "kind": row.kind,
                "subject": row.subject,
                "removed": row.value is None,
            }
        )
        if row.value is not None:
            batch.append((row.number, row.value))
        if len(batch) == _VERSIONS_EACH:
            yield _versions(batch), 0
            batch = []
    if batch:
        yield _versions(batch), 0
    yield (
        Piece(path=HISTORY, content=_lines(lines), title="Historiken: vem som ändrade vad och när"),
        len(lines),
    )


def _versions(batch: list[tuple[int, bytes]]) -> Piece:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, value in batch:
            info = zipfile.ZipInfo(f"{number:06}.json", _ZIP_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, value)
    first, last = batch[0][0], batch[-1][0]
    return Piece(
        path=f"{VERSIONS}/{first:06}–{last:06}.zip",
        content=out.getvalue(),
        title=f"Versionerna efter ändring {first}–{last}",
    )


def _ending(association: Association, meetings: Iterable[Meeting], name: str) -> str:
    """The ending of a stored file, from whatever names it, so that it opens with a double click."""
    for template in association.word_templates:
        if template.sha256 == name:
            return ".docx"
    for meeting in meetings:
        for item in walk(meeting.items):
            named = [(one.sha256, one.file_name) for one in item.attachments]
            named += [
                (one.source.sha256, one.source.file_name) for one in item.figures if one.source is not None
            ]
            for sha, file_name in named:
                if sha == name:
                    return _usual(file_name)
        for stored in meeting.signed_minutes:
            if stored.sha256 == name:
                return _usual(stored.file_name)
    return ".bin"


def _usual(file_name: str) -> str:
    suffix = Path(papers.safe_name(file_name)).suffix.lower()
    return suffix if 1 < len(suffix) <= 6 else ".bin"


def _lines(values: list[dict[str, Any]]) -> bytes:
    return "".join(f"{json.dumps(value, ensure_ascii=False)}\n" for value in values).encode()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


# -- in -------------------------------------------------------------------------------------------------


def taken(stored: Stored, manifest: Manifest) -> Taken:
    """What an export holds. UserError when it is of another kind, or something in it cannot be read."""
    if manifest.kind != "association":
        raise UserError(
            f"{stored.name} är ett arkiv av ett sammanträde, inte av hela förbundet.",
            advice="Ange en mapp som är skapad med Exportera allt.",
        )
    index = json.loads(stored.read(INDEX))
    if not isinstance(index, dict) or not all(
        isinstance(index.get(one), int) for one in ("version", "files")
    ):
        raise ValueError("the list of contents is none")
    if index.get("format") != _FORMAT or index["version"] > _VERSION:
        raise UserError(
            f"{stored.name} är skapad i en nyare version.", advice="Uppdatera programmet och försök igen."
        )
    paths = [entry.path for entry in manifest.entries]
    association = _decoded(stored, ASSOCIATION, Association)
    meetings = tuple(_decoded(stored, path, Meeting) for path in paths if path.startswith(f"{MEETINGS}/"))
    files = [path for path in paths if path.startswith(f"{FILES}/")]
    history = _read_lines(stored, HISTORY, _CHANGE)
    exports = _read_lines(stored, MADE, _EXPORT)
    counts = {
        "meetings": len(meetings),
        "files": len(files),
        "exports": len(exports),
        "history": len(history),
    }
    if any(index.get(name) != count for name, count in counts.items()):
        raise UserError(f"{stored.name} är inte hel.", advice="Exportera förbundet på nytt.")
    return Taken(
        association=association,
        meetings=meetings,
        files=(stored.read(path) for path in files),
        history=_history_rows(stored, history, [p for p in paths if p.startswith(f"{VERSIONS}/")]),
        exports=_export_rows(stored, exports, paths),
        counts=counts,
    )


def _decoded(stored: Stored, path: str, kind: type[codec.T]) -> codec.T:
    try:
        return codec.decode(stored.read(path), kind)
    except codec.UnknownFieldError as error:
        raise UserError(
            f"{stored.name} är skapad i en nyare version.",
            advice="Uppdatera programmet och försök igen.",
            detail=f"{path}: {error}",
        ) from error
    except codec.CodecError as error:
        raise UserError(
            f"{path} i {stored.name} går inte att läsa.",
            advice="Hämta exporten från en säkerhetskopia.",
            detail=str(error),
        ) from error


def _read_lines(stored: Stored, path: str, kinds: dict[str, type]) -> list[dict[str, Any]]:
    """The list's lines. ValueError when one of them holds anything but what it should."""
    # Not splitlines: a text may hold other signs that end a line.
    lines = [json.loads(line) for line in stored.read(path).decode().split("\n") if line]
    for line in lines:
        whole = isinstance(line, dict) and all(type(line.get(name)) is kind for name, kind in kinds.items())
        if not whole or not 0 <= line["number"] < _MOST:
            raise ValueError(f"a line of {path} is none")
    return lines


def _history_rows(stored: Stored, lines: list[dict[str, Any]], versions: list[str]) -> Iterator[HistoryRow]:
    values = _version_values(stored, versions)
    for line in lines:
        value = None
        if not line["removed"]:
            number, value = next(values)
            if number != line["number"]:
                raise UserError(
                    f"Historiken i {stored.name} hänger inte ihop vid ändring {line['number']}.",
                    advice="Hämta exporten från en säkerhetskopia.",
                )
        yield HistoryRow(
            number=line["number"],
            at=datetime.fromisoformat(line["at"]),
            user=line["user"],
            label=line["label"],
            kind=line["kind"],
            subject=line["subject"],
            value=value,
        )


def _version_values(stored: Stored, versions: list[str]) -> Iterator[tuple[int, bytes]]:
    for path in sorted(versions):
        with zipfile.ZipFile(io.BytesIO(stored.read(path))) as archive:
            for info in archive.infolist():
                if info.file_size > codec.LARGEST_VALUE:
                    raise ValueError(f"{info.filename} in {path} is too large")
                yield int(info.filename.removesuffix(".json")), archive.read(info)


def _export_rows(stored: Stored, lines: list[dict[str, Any]], paths: list[str]) -> Iterator[ExportRow]:
    folder = f"{DATA}/skapade dokument/"
    kept = {int(Path(path).name[:6]): path for path in paths if path.startswith(folder)}
    for line in lines:
        content = stored.read(kept[line["number"]]) if line["kept"] else None
        if content is not None and sha256(content).hexdigest() != line["sha256"]:
            raise UserError(
                f"Ett skapat dokument i {stored.name} har ändrats.",
                advice="Hämta exporten från en säkerhetskopia.",
            )
        yield ExportRow(
            number=line["number"],
            at=datetime.fromisoformat(line["at"]),
            meeting_id=line["meeting_id"],
            document=line["document"],
            path=line["path"],
            sha256=line["sha256"],
            content=content,
        )


def _read_me(association: Association) -> str:
    return f"""{association.name}

Den här mappen innehåller allt som förbundet har i Finsam Desktop. Allt går att läsa utan programmet.

Förbundet               Registret över medlemmar och personer, besluten, Word-mallar, mejltexter och kontoplan.
2026, 2025 och så vidare  En mapp för varje sammanträde: dokument i Word, bilagor som de kom, undertecknat protokoll.
Filer                   Varje fil som ligger i förbundets fil, en gång, med sin kontrollkod som namn.
Data                    Alla uppgifter som JSON, historiken och de dokument som har skapats. Det är härifrån och från
                        Filer som förbundet läses in igen.
{"Innehåll.html"}           Alla filer i en lista, med kontrollkoder.
manifest.json           Samma lista för maskiner. Saknas den är exporten inte hel.

Läs in igen: Arkiv, Läs in exporterat förbund. Eller: finsam import-all MAPP -o NY.finsam
Kontrollera: finsam archive verify MAPP
"""
