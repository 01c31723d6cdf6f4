"""OpenDocument files (.odt, .ods, .odp) for publishing: only what is seen, as it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_desktop.documents.public_package import (
    cleaned_parts,
    elements,
    local,
    mask,
    parsed,
    read_parts,
    remove,
    still_finds,
    write_parts,
    written,
)
from finsam_desktop.documents.public_pictures import NotCleaned
from finsam_desktop.domain.masking import Masking

if TYPE_CHECKING:
    from lxml.etree import _Element

_MANIFEST = "META-INF/manifest.xml"
_GONE = (
    "annotation", "annotation-end", "tracked-changes", "change", "change-start", "change-end", "hidden-text",
    "hidden-paragraph", "scripts", "event-listeners", "notes", "dde-connection-decls", "named-expressions",
    "database-ranges", "data-pilot-tables", "content-validations", "consolidation", "label-ranges", "forms",
    "creator", "author-name", "author-initials", "initial-creator", "sender-firstname", "sender-lastname",
)  # fmt: skip
"""Comments, revisions, hidden text, speaker's notes, names of authors, and what a sheet has beside its cells."""


def cleaned_odf(content: bytes, masking: Masking) -> tuple[bytes, bool]:
    """As ``public_office.cleaned_office`` for OpenDocument files."""
    parts = read_parts(content)
    if "content.xml" not in parts or "mimetype" not in parts:
        raise NotCleaned("Filen är skadad.")
    if b"encryption-data" in parts.get(_MANIFEST, b""):
        raise NotCleaned("Filen är låst med lösenord.")
    kept = {name: data for name, data in parts.items() if _is_kept(name)}
    trees = {
        name: parsed(data) for name, data in kept.items() if name.endswith(("content.xml", "styles.xml"))
    }
    hidden = _hidden_styles(trees.values())
    for name, tree in trees.items():
        _clean(tree, hidden)
        mask(tree, masking)
        if still_finds(tree, masking):
            raise NotCleaned("Ord som ska maskeras går inte att ta bort säkert ur filen.")
        kept[name] = written(tree)
    pictures = [name for name in kept if "Pictures/" in name]
    cleaned_parts(kept, pictures)
    if any(masking.finds(name) for name in kept):
        raise NotCleaned("Ord som ska maskeras står i namnet på något som filen innehåller.")
    kept[_MANIFEST] = _manifest(parts.get(_MANIFEST, b""), kept)
    return write_parts(kept, "mimetype"), bool(pictures)


def _is_kept(name: str) -> bool:
    """The text, its styles and pictures, and the same of charts inside it; not previews, settings, macros."""
    folder, _, file = name.rpartition("/")
    if name == "mimetype" or folder.endswith("Pictures"):
        return True
    inside = not folder or all(part.startswith("Object ") for part in folder.split("/"))
    return inside and file in ("content.xml", "styles.xml", "mimetype")


def _manifest(content: bytes, kept: dict[str, bytes]) -> bytes:
    if not content:
        raise NotCleaned("Filen är skadad.")
    tree = parsed(content)
    for entry in elements(tree, "file-entry"):
        path = next((str(v) for key, v in entry.attrib.items() if str(key).endswith("}full-path")), "")
        folder = path.endswith("/") and any(name.startswith(path) for name in kept)
        if path not in kept and path != "/" and not folder:
            remove(entry)
    return written(tree)


def _hidden_styles(trees: object) -> set[str]:
    """Styles of text, rows, columns and sheets that are not shown."""
    found = set()
    for tree in trees:  # type: ignore[attr-defined]
        for style in elements(tree, "style"):
            for one in style:
                shown = {str(key).rpartition("}")[2]: str(value) for key, value in one.attrib.items()}
                if shown.get("display") in ("none", "false") or shown.get("visibility") == "hidden":
                    found |= {str(v) for key, v in style.attrib.items() if str(key).endswith("}name")}
    return found


def _clean(tree: _Element, hidden: set[str]) -> None:
    for one in elements(tree, *_GONE):
        remove(one)
    for one in list(tree.iter()):
        if not isinstance(one.tag, str):
            continue
        told = {str(key).rpartition("}")[2]: str(value) for key, value in one.attrib.items()}
        for key in [key for key in one.attrib if str(key).endswith("}formula")]:
            del one.attrib[key]
        if local(one) == "style":
            continue
        if told.get("style-name") in hidden and local(one) in ("span", "p", "h", "section", "table", "page"):
            remove(one)
        elif local(one) == "section" and told.get("display") in ("none", "condition"):
            remove(one)
    for table in elements(tree, "table"):
        _empty_hidden_cells(table, hidden)


def _empty_hidden_cells(table: _Element, hidden: set[str]) -> None:
    columns: list[bool] = []
    for column in elements(table, "table-column"):
        told = {str(key).rpartition("}")[2]: str(value) for key, value in column.attrib.items()}
        gone = told.get("visibility") in ("collapse", "filter") or told.get("style-name") in hidden
        columns += [gone] * min(int(told.get("number-columns-repeated", "1")), 20_000)
    for row in elements(table, "table-row"):
        told = {str(key).rpartition("}")[2]: str(value) for key, value in row.attrib.items()}
        whole = told.get("visibility") in ("collapse", "filter") or told.get("style-name") in hidden
        place = 0
        for cell in elements(row, "table-cell", "covered-table-cell"):
            repeated = next(
                (int(v) for key, v in cell.attrib.items() if str(key).endswith("}number-columns-repeated")), 1
            )
            if whole or any(columns[place : place + repeated]):
                for child in list(cell):
                    cell.remove(child)
                for key in [key for key in cell.attrib if "value" in str(key).rpartition("}")[2]]:
                    del cell.attrib[key]
            place += repeated
