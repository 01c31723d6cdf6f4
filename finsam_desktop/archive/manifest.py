"""The list of what an archive holds: every file with its SHA-256, so that what is altered or lost later is seen."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from html import escape
from pathlib import PurePosixPath

from finsam_desktop.errors import UserError

NAME = "manifest.json"
READABLE = "Innehåll.html"
FORMAT, VERSION = "finsam-archive", 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A file to put in an archive. ``path`` is relative with ``/``; ``claim`` such as "PDF/A-2a" only where checked."""

    path: str
    content: bytes = field(repr=False)
    title: str = ""
    claim: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file in the list: ``size`` in bytes, ``media_type`` such as "application/pdf"."""

    path: str
    sha256: str
    size: int
    media_type: str
    title: str = ""
    claim: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The list. ``told`` are sentences about what could not be taken in; ``seal`` the SHA-256 of all the rest of it.

    The seal shows accidents. It is no signature: whoever alters the files can make a new one.
    """

    format: str = FORMAT
    version: int = VERSION
    kind: str
    title: str
    made_at: datetime
    program: str
    public: bool = False
    entries: tuple[Entry, ...] = ()
    told: tuple[str, ...] = ()
    seal: str = ""

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(entry.size for entry in self.entries)


def entry_of(piece: Piece) -> Entry:
    """The line of a file in the list."""
    from finsam_desktop.documents.mail import media_type

    name = PurePosixPath(piece.path).name
    return Entry(
        path=piece.path,
        sha256=sha256(piece.content).hexdigest(),
        size=len(piece.content),
        media_type="text/html" if name.endswith(".html") else media_type(name),
        title=piece.title,
        claim=piece.claim,
    )


def written(manifest: Manifest) -> bytes:
    """The list as its file, sealed."""
    import msgspec

    sealed = replace(manifest, seal=seal_of(manifest))
    return msgspec.json.format(msgspec.json.encode(sealed), indent=2) + b"\n"


def seal_of(manifest: Manifest) -> str:
    """The SHA-256 over the list without its seal."""
    import msgspec

    from finsam_desktop.known_types import known

    known(Manifest)
    return sha256(msgspec.json.encode(replace(manifest, seal=""))).hexdigest()


def read(content: bytes, where: str) -> Manifest:
    """The list of a file. UserError naming ``where`` when it is none, is damaged or comes from a newer version."""
    from finsam_desktop.known_types import known

    try:
        head = json.loads(content)
        if not isinstance(head, dict) or head.get("format") != FORMAT:
            raise refused(where, "det är inte en förteckning över ett arkiv")
        if isinstance(head.get("version"), int) and head["version"] > VERSION:
            raise UserError(
                f"Arkivet {where} är skapat i en nyare version.",
                advice="Uppdatera programmet och försök igen.",
            )
        manifest = known(Manifest).decode(content)
    except (ValueError, RecursionError) as error:
        raise refused(where, "den är skadad", str(error)) from error
    for entry in manifest.entries:
        if not is_inside(entry.path):
            raise refused(where, f"sökvägen {entry.path} leder ut ur arkivet")
    if manifest.seal != seal_of(manifest):
        raise refused(where, "den har ändrats sedan arkivet skapades")
    return manifest


def is_inside(path: str) -> bool:
    """Whether a relative path stays in its folder, on every system."""
    parts = path.split("/")
    return bool(path) and not any(
        part in ("", ".", "..") or "\\" in part or ":" in part or "\0" in part for part in parts
    )


def readable(manifest: Manifest) -> bytes:
    """The list as a page to read in a browser: what each file is, and how it is checked without the program."""
    rows = "\n".join(
        f'<tr><td><a href="{escape(_link(entry.path))}">{escape(entry.path)}</a></td>'
        f"<td>{escape(' · '.join(part for part in (entry.title, entry.claim) if part))}</td>"
        f'<td class="n">{_size(entry.size)}</td><td class="h">{entry.sha256}</td></tr>'
        for entry in manifest.entries
    )
    told = "".join(f"<li>{escape(sentence)}</li>" for sentence in manifest.told)
    public = "<p>Offentlig version: uppgifter kan ha tagits bort.</p>" if manifest.public else ""
    return f"""<!DOCTYPE html>
<html lang="sv">
<head><meta charset="utf-8"><title>{escape(manifest.title)}</title>
<style>body{{font:16px/1.5 sans-serif;max-width:70em;margin:2em auto;padding:0 1em}}
table{{border-collapse:collapse;width:100%}}th,td{{text-align:left;vertical-align:top;padding:.3em .6em;
border-bottom:1px solid #888}}.n{{text-align:right;white-space:nowrap}}.h{{font:11px/1.5 monospace;
word-break:break-all}}</style></head>
<body>
<h1>{escape(manifest.title)}</h1>
<p>Skapat {manifest.made_at:%Y-%m-%d %H.%M} med {escape(manifest.program)}.</p>
{public}
{f"<h2>Att känna till</h2><ul>{told}</ul>" if told else ""}
<h2>Filer</h2>
<table>
<thead><tr><th scope="col">Fil</th><th scope="col">Vad det är</th><th scope="col">Storlek</th>
<th scope="col">SHA-256</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
<h2>Så kontrolleras filerna</h2>
<p>Finsam Desktop: <code>finsam archive verify MAPP</code> visar allt som är ändrat, saknas eller har kommit till.
Utan programmet: <code>certutil -hashfile FIL SHA256</code> i Windows ger den kod som står i listan.
Förteckningen för maskiner heter {NAME}.</p>
</body>
</html>
""".encode()


def _link(path: str) -> str:
    from urllib.parse import quote

    return quote(path)


def _size(size: int) -> str:
    return (
        f"{size} B"
        if size < 1024
        else f"{round(size / 1024)} kB"
        if size < 1024**2
        else f"{size / 1024**2:.1f} MB"
    )


def refused(where: str, why: str, detail: str = "") -> UserError:
    """The fault of a list that cannot be used. ``why`` is a clause."""
    return UserError(
        f"Förteckningen {NAME} i {where} går inte att använda: {why}.",
        advice="Hämta arkivet från en säkerhetskopia.",
        detail=detail,
    )
