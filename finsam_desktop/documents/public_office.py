"""Word, Excel and PowerPoint files for publishing: only what is seen, as it is seen.

The parts that are kept are those reached by known kinds of relation; everything else (comments, custom XML, embedded
workbooks, macros, printer settings, previews, what a later version of Office adds) is left behind by not being taken.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from finsam_desktop.documents.public_package import (
    cleaned_parts,
    elements,
    local,
    mask,
    parsed,
    read_parts,
    remove,
    still_finds,
    unwrap,
    write_parts,
    written,
)
from finsam_desktop.documents.public_pictures import NotCleaned
from finsam_desktop.domain.masking import Masking

if TYPE_CHECKING:
    from lxml.etree import _Element

_TYPES = "[Content_Types].xml"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES_NS = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_KEPT = frozenset(
    (
        "officeDocument", "styles", "theme", "themeOverride", "fontTable", "numbering", "settings", "footnotes",
        "endnotes", "header", "footer", "image", "hyperlink", "chart", "chartEx", "chartStyle", "chartColorStyle",
        "chartUserShapes", "diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing",
        "drawing", "worksheet", "chartsheet", "sharedStrings", "slide", "slideLayout", "slideMaster", "presProps",
        "tableStyles",
    )
)  # fmt: skip
_CONTAINERS = frozenset(
    ("externalReferences", "pivotCaches", "tableParts", "controls", "oleObjects", "hyperlinks", "custShowLst")
)
"""Elements that may not stand empty."""
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties'
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">{title}</cp:coreProperties>'
)
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"


def cleaned_office(content: bytes, masking: Masking, title: str = "") -> tuple[bytes, bool]:
    """The file without what is not seen, its words masked; and whether it has pictures, which nobody has read.

    ``title`` is all that its properties say.

    NotCleaned when it is locked or damaged, has macros in its heart, or masked words cannot be surely removed.
    """
    parts = read_parts(content)
    if _TYPES not in parts:
        raise NotCleaned("Filen är skadad.")
    work = _Office(parts, masking, title)
    kept = work.run()
    return write_parts(kept, _TYPES), work.pictures


class _Office:
    def __init__(self, parts: dict[str, bytes], masking: Masking, title: str) -> None:
        self._parts, self._masking, self._title = parts, masking, title
        self._trees: dict[str, _Element] = {}
        self._relations: dict[str, _Element] = {}
        self._order: list[str] = []
        self._raw: list[str] = []
        self.pictures = False

    def run(self) -> dict[str, bytes]:
        """The parts of the cleaned file."""
        self._take("")
        for name in self._order:
            self._clean(name)
        strings = next((name for name in self._order if name.endswith("/sharedStrings.xml")), None)
        if strings is not None:
            _blank_unused(self._trees[strings], [self._trees[name] for name in self._order])
        for name in self._order:
            tree = self._trees[name]
            mask(tree, self._masking)
            if still_finds(tree, self._masking):
                raise NotCleaned("Ord som ska maskeras går inte att ta bort säkert ur filen.")
        out = {name: written(self._trees[name]) for name in self._order}
        kept = dict(self._parts)
        cleaned_parts(kept, self._raw)
        self.pictures = bool(self._raw)
        out |= {name: kept[name] for name in self._raw}
        for name, relations in self._relations.items():
            mask(relations, self._masking)
            out[_relations_of(name)] = written(relations)
        named = f"<dc:title>{escape(self._title)}</dc:title>" if self._title else ""
        out["docProps/core.xml"] = _CORE.format(title=named).encode()
        out[_TYPES] = self._content_types(out)
        if any(self._masking.finds(name) for name in out):
            raise NotCleaned("Ord som ska maskeras står i namnet på något som filen innehåller.")
        return out

    # -- which parts --------------------------------------------------------------------------------

    def _take(self, name: str) -> None:
        """Take the parts that this one is related to, and drop the relations to the others with what uses them."""
        source = _relations_of(name)
        if source not in self._parts:
            return
        relations = parsed(self._parts[source])
        gone: set[str] = set()
        below: list[str] = []
        hidden = self._hidden_relations(name)
        for one in list(relations):
            kind = one.get("Type", "").rpartition("/")[2]
            external = one.get("TargetMode") == "External"
            target = one.get("Target", "")
            if name == "" and kind in ("core-properties", "metadata/core-properties"):
                remove(one)
                continue
            keep = kind in _KEPT and one.get("Id") not in hidden
            if external:
                keep = kind == "hyperlink" and _is_address(target) and not self._masking.finds(target)
            elif kind in ("hyperlink",):
                keep = False
            if keep and not external:
                part = _resolved(name, target)
                if part not in self._parts:
                    keep = False
                else:
                    below.append(part)
            if not keep:
                gone.add(one.get("Id", ""))
                remove(one)
        if name == "":
            relations.append(_core_relation(relations))
        elif gone:
            _drop_uses(self._trees[name], gone)
        self._relations[name] = relations
        for part in below:
            self._add(part)

    def _add(self, part: str) -> None:
        if part in self._trees or part in self._raw:
            return
        if part.endswith(".xml"):
            self._trees[part] = parsed(self._parts[part])
            self._order.append(part)
            self._take(part)
        else:
            self._raw.append(part)

    def _hidden_relations(self, name: str) -> set[str]:
        """Relations to what is not shown: hidden sheets and slides."""
        if name == "" or name not in self._trees:
            return set()
        tree = self._trees[name]
        found = {
            _related_id(sheet)
            for sheet in elements(tree, "sheet")
            if sheet.get("state") in ("hidden", "veryHidden")
        }
        for slide in elements(tree, "sldId"):
            target = self._target(name, _related_id(slide))
            if target in self._parts and parsed(self._parts[target]).get("show") in ("0", "false"):
                found.add(_related_id(slide))
        return found

    def _target(self, name: str, relation: str) -> str:
        relations = parsed(self._parts[_relations_of(name)])
        target = next((one.get("Target", "") for one in relations if one.get("Id") == relation), "")
        return _resolved(name, target)

    def _content_types(self, out: dict[str, bytes]) -> bytes:
        types = parsed(self._parts[_TYPES])
        for one in list(types):
            part = one.get("PartName")
            if part is not None and (part.lstrip("/") not in out or part == "/docProps/core.xml"):
                remove(one)
        core = types.makeelement(f"{_TYPES_NS}Override")
        core.set("PartName", "/docProps/core.xml")
        core.set("ContentType", _CORE_TYPE)
        types.append(core)
        data = written(types)
        if b"macroEnabled" in data:
            raise NotCleaned("Filen har makron. Spara den utan makron och lägg in den igen.")
        return data

    # -- what is in them ----------------------------------------------------------------------------

    def _clean(self, name: str) -> None:
        tree = self._trees[name]
        kind = local(tree)
        if kind in (
            "document",
            "hdr",
            "ftr",
            "footnotes",
            "endnotes",
            "styles",
            "numbering",
            "glossaryDocument",
        ):
            _clean_text(tree, _hidden_styles(self._trees))
        elif kind == "settings":
            for one in elements(
                tree, "rsids", "docVars", "attachedTemplate", "mailMerge", "documentProtection", "trackRevisions",
                "saveThroughXslt", "writeProtection", "linkStyles", "activeWritingStyle",
            ):  # fmt: skip
                remove(one)
        elif kind == "workbook":
            _clean_workbook(tree)
        elif kind in ("worksheet", "chartsheet"):
            _clean_sheet(tree)
        elif kind in ("presentation", "sld", "sldLayout", "sldMaster"):
            for one in elements(tree, "extLst", "custDataLst", "custShowLst", "modifyVerifier", "transition"):
                remove(one)
        for one in elements(tree, "externalData"):
            remove(one)


def _relations_of(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def _resolved(name: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))


def _is_address(target: str) -> bool:
    return re.match(r"(?:https?://|mailto:)", target, re.IGNORECASE) is not None


def _related_id(element: _Element) -> str:
    return str(element.get(f"{{{_RELATED}}}id", ""))


def _core_relation(relations: _Element) -> _Element:
    one = relations.makeelement(f"{{{relations.nsmap[None]}}}Relationship")
    one.set("Id", "rIdCore")
    one.set("Type", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties")
    one.set("Target", "docProps/core.xml")
    return one


def _drop_uses(tree: _Element, gone: set[str]) -> None:
    """Take away the elements that use relations that are gone; a link's words stay."""
    for element in list(tree.iter()):
        if not isinstance(element.tag, str):
            continue
        used = [value for name, value in element.attrib.items() if str(name).startswith(f"{{{_RELATED}}}")]
        if not gone.intersection(map(str, used)):
            continue
        parent = element.getparent()
        if local(element) == "hyperlink" and len(element):
            unwrap(element)
        else:
            remove(element)
        while parent is not None and local(parent) in _CONTAINERS and not len(parent):
            above = parent.getparent()
            remove(parent)
            parent = above


# -- Word ------------------------------------------------------------------------------------------

_CHANGES = (
    "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "trPrChange", "tcPrChange",
    "tblGridChange", "numberingChange", "moveFrom", "cellDel", "cellIns", "cellMerge",
    "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart",
    "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd",
)  # fmt: skip
_COMMENTS = ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef")


def _hidden_styles(trees: dict[str, _Element]) -> set[str]:
    styles = next((tree for tree in trees.values() if local(tree) == "styles"), None)
    if styles is None:
        return set()
    return {
        next(str(value) for key, value in style.attrib.items() if str(key).endswith("}styleId"))
        for style in elements(styles, "style")
        if any(_is_on(one) for one in elements(style, "vanish", "webHidden"))
        and any(str(key).endswith("}styleId") for key in style.attrib)
    }


def _is_on(element: _Element) -> bool:
    value = next((str(v) for key, v in element.attrib.items() if str(key).endswith("}val")), "1")
    return value not in ("0", "false", "off")


def _clean_text(tree: _Element, hidden: set[str]) -> None:
    """Revisions accepted, comments and hidden text gone."""
    for row in elements(tree, "tr"):
        if any(local(one) == "trPr" and elements(one, "del") for one in row):
            remove(row)
    for one in elements(tree, "del"):
        remove(one)
    for one in elements(tree, *_CHANGES, *_COMMENTS, "dataBinding"):
        remove(one)
    for one in elements(tree, "ins", "moveTo"):
        above = one.getparent()
        if above is not None and local(above) in ("rPr", "trPr"):
            remove(one)
        else:
            unwrap(one)
    for run in elements(tree, "r"):
        properties = next((one for one in run if local(one) == "rPr"), None)
        if properties is not None and _hides(properties, hidden):
            remove(run)
    for paragraph in elements(tree, "p"):
        style = next(iter(elements(paragraph, "pStyle")), None)
        if style is not None and _value(style) in hidden:
            for run in elements(paragraph, "r"):
                remove(run)
    for element in tree.iter():
        for key in [one for one in element.attrib if "rsid" in str(one).rpartition("}")[2]]:
            del element.attrib[key]


def _hides(properties: _Element, hidden: set[str]) -> bool:
    if any(_is_on(one) for one in properties if local(one) in ("vanish", "webHidden", "specVanish")):
        return True
    return any(local(one) == "rStyle" and _value(one) in hidden for one in properties)


def _value(element: _Element) -> str:
    return next((str(v) for key, v in element.attrib.items() if str(key).endswith("}val")), "")


# -- Excel -----------------------------------------------------------------------------------------


def _clean_workbook(tree: _Element) -> None:
    for one in elements(
        tree, "definedNames", "customWorkbookViews", "fileSharing", "fileRecoveryPr", "workbookProtection",
        "AlternateContent", "extLst", "webPublishObjects", "smartTagPr", "smartTagTypes", "functionGroups",
        "externalReferences", "pivotCaches",
    ):  # fmt: skip
        remove(one)
    for view in elements(tree, "workbookView"):
        for key in ("activeTab", "firstSheet"):
            view.attrib.pop(key, None)


_SHEET_EXTRAS = (
    "f", "dataValidations", "customSheetViews", "extLst", "scenarios", "protectedRanges", "customProperties",
    "controls", "oleObjects", "tableParts", "legacyDrawing", "legacyDrawingHF", "sheetProtection", "autoFilter",
    "webPublishItems", "cellWatches", "phoneticPr", "AlternateContent", "sortState", "dataConsolidate",
    "conditionalFormatting",
)  # fmt: skip


def _clean_sheet(tree: _Element) -> None:
    """Values instead of formulas; hidden rows and columns emptied."""
    for one in elements(tree, *_SHEET_EXTRAS):
        remove(one)
    for row in elements(tree, "row"):
        if row.get("hidden") in ("1", "true") or row.get("ht") in ("0", "0.0"):
            remove(row)
    hidden = [
        (int(column.get("min", "1")), int(column.get("max", "1")))
        for column in elements(tree, "col")
        if column.get("hidden") in ("1", "true") or column.get("width") in ("0", "0.0")
    ]
    for cell in elements(tree, "c"):
        place = _column(cell.get("r", ""))
        if any(first <= place <= last for first, last in hidden):
            remove(cell)


def _column(address: str) -> int:
    number = 0
    for letter in address.upper():
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
    return number


def _blank_unused(strings: _Element, trees: list[_Element]) -> None:
    """Blank the texts that no cell that is left uses; their places in the list stay."""
    used: set[int] = set()
    for tree in trees:
        if local(tree) == "worksheet":
            for cell in elements(tree, "c"):
                value = next((one.text or "" for one in cell if local(one) == "v"), "")
                if cell.get("t") == "s" and value.strip().isdigit():
                    used.add(int(value))
    for place, entry in enumerate(elements(strings, "si")):
        if place not in used:
            for child in list(entry):
                entry.remove(child)
            empty = entry.makeelement(str(entry.tag).replace("}si", "}t"))
            entry.append(empty)
