"""Small Word files made by hand, and what stands in a finished one."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from finsam_desktop.word import WordTemplate

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:w14="{W14}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" mc:Ignorable="w14"'
)
_TYPES = {
    "header": f"{_WML}.header+xml",
    "footer": f"{_WML}.footer+xml",
    "footnotes": f"{_WML}.footnotes+xml",
    "endnotes": f"{_WML}.endnotes+xml",
    "comments": f"{_WML}.comments+xml",
    "styles": f"{_WML}.styles+xml",
    "numbering": f"{_WML}.numbering+xml",
    "settings": f"{_WML}.settings+xml",
}
_ROOTS = {"header": "hdr", "footer": "ftr"}
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Brdtext"><w:name w:val="Body Text"/><w:basedOn w:val="Normal"/></w:style>'
)


def run(text: str, look: str = "") -> str:
    """A run with this text; ``look`` is run properties without their element."""
    rpr = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(*parts: str, style: str = "") -> str:
    """A paragraph: texts become runs, XML stays."""
    inner = "".join(part if part.startswith("<w:") else run(part) for part in parts)
    ppr = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{ppr}{inner}</w:p>"


def cell(*paragraphs: str) -> str:
    """A cell; texts become paragraphs, XML stays."""
    inner = "".join(p if p.startswith("<w:") else para(p) for p in paragraphs) or "<w:p/>"
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{inner}</w:tc>'


def row(*cells: str) -> str:
    """A row; texts become cells, XML stays."""
    return f"<w:tr>{''.join(c if c.startswith('<w:tc') else cell(c) for c in cells)}</w:tr>"


def table(*rows: str, columns: int = 2) -> str:
    """A table of rows."""
    grid = '<w:gridCol w:w="2000"/>' * columns
    properties = '<w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def docx(
    *body: str,
    styles: str = STYLES,
    numbering: str = "",
    section: str = "",
    parts: Mapping[str, str] | None = None,
    raw: Mapping[str, str | bytes] | None = None,
    core: str = "",
    custom: str = "",
    rels: str = "",
    package_rels: str = "",
    types: str = "",
    main_type: str = f"{_WML}.document.main+xml",
) -> bytes:
    """A Word file. Texts in ``body`` become paragraphs. ``parts`` are the insides of header1, footnotes … by name;
    each gets a relation with its name as id. ``raw`` are whole files by path."""
    inner = "".join(b if b.startswith("<") else para(b) for b in body)
    files: dict[str, str | bytes] = {}
    overrides = f'<Override PartName="/word/document.xml" ContentType="{main_type}"/>'
    relations = ""
    made = {"styles": styles, **({"numbering": numbering} if numbering else {}), **(parts or {})}
    for name, content in made.items():
        kind = re.sub(r"\d+$", "", name)
        overrides += f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES[kind]}"/>'
        relations += f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{name}.xml"/>'
        root = _ROOTS.get(kind, kind)
        files[f"word/{name}.xml"] = f"{_HEAD}<w:{root} {_SPACES}>{content}</w:{root}>"
    top = f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>' + package_rels
    if core:
        files["docProps/core.xml"] = (
            f"{_HEAD}<cp:coreProperties "
            'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</cp:coreProperties>'
        )
        kind = "application/vnd.openxmlformats-package.core-properties+xml"
        overrides += f'<Override PartName="/docProps/core.xml" ContentType="{kind}"/>'
        top += (
            '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/'
            'core-properties" Target="docProps/core.xml"/>'
        )
    if custom:
        files["docProps/custom.xml"] = (
            f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
            f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{custom}</Properties>'
        )
        kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
        overrides += f'<Override PartName="/docProps/custom.xml" ContentType="{kind}"/>'
        top += f'<Relationship Id="rId3" Type="{R}/custom-properties" Target="docProps/custom.xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006"
    files["word/document.xml"] = (
        f"{_HEAD}<w:document {_SPACES}><w:body>{inner}<w:sectPr>{section}</w:sectPr></w:body></w:document>"
    )
    files["word/_rels/document.xml.rels"] = (
        f'{_HEAD}<Relationships xmlns="{package}/relationships">{relations}{rels}</Relationships>'
    )
    files["_rels/.rels"] = f'{_HEAD}<Relationships xmlns="{package}/relationships">{top}</Relationships>'
    files["[Content_Types].xml"] = (
        f'{_HEAD}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}{overrides}</Types>'
    )
    files.update(raw or {})
    return zipped(files)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip file of the parts, content types first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files, key=lambda name: name != "[Content_Types].xml"):
            content = files[name]
            archive.writestr(name, content.encode("utf-8") if isinstance(content, str) else content)
    return out.getvalue()


def part(document: bytes, name: str = "word/document.xml") -> str:
    """A part of the file as text."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.read(name).decode("utf-8")


def tree(document: bytes, name: str = "word/document.xml") -> Any:
    """A part of the file as XML, strictly read."""
    return etree.fromstring(part(document, name).encode("utf-8"))


def names(document: bytes) -> list[str]:
    """The parts of the file."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.namelist()


def text_of(paragraph: Any) -> str:
    """The text of a paragraph as a reader sees it, without paragraphs inside it."""
    out = []
    for node in paragraph.iter():
        if next(node.iterancestors(f"{{{W}}}p"), None) is not paragraph:
            continue
        name = etree.QName(node).localname if isinstance(node.tag, str) else ""
        if name == "t":
            out.append(node.text or "")
        elif name == "tab" and etree.QName(node.getparent()).localname == "r":
            out.append("\t")
        elif name == "br":
            out.append("\f" if node.get(f"{{{W}}}type") == "page" else "\n")
        elif name == "noBreakHyphen":
            out.append("-")
    return "".join(out)


def texts(document: bytes, name: str = "word/document.xml") -> list[str]:
    """The texts of all paragraphs of a part, in order."""
    return [text_of(paragraph) for paragraph in tree(document, name).iter(f"{{{W}}}p")]


def cells(document: bytes) -> list[list[str]]:
    """The texts of all table cells of the body, row by row."""
    return [
        ["\n".join(text_of(p) for p in c.iter(f"{{{W}}}p")) for c in r.iter(f"{{{W}}}tc")]
        for r in tree(document).iter(f"{{{W}}}tr")
    ]


def attributes(
    document: bytes, element: str, attribute: str = "val", name: str = "word/document.xml"
) -> list[str]:
    """The values of one attribute of all elements with this name."""
    return [node.get(f"{{{W}}}{attribute}") for node in tree(document, name).iter(f"{{{W}}}{element}")]


def render(template: bytes, **context: Any) -> bytes:
    """The template filled in, and seen to keep the rules every document must keep."""
    document = WordTemplate(template).render(context)
    assert broken_rules(document) == []
    return document


def broken_rules(document: bytes) -> list[str]:
    """What Word would refuse, or what must never be in a finished document; validators miss half of it."""
    found = []
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    drawings: list[str] = []
    for name, content in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue
        root = etree.fromstring(content)
        if name.endswith(".rels"):
            ids = [relation.get("Id") for relation in root]
            if len(set(ids)) != len(ids):
                found.append(f"{name}: same relation id twice")
            continue
        if any("\ufdd0" <= char <= "\ufdef" for char in content.decode("utf-8")):
            found.append(f"{name}: a mark of the engine is left")
        for table_element in root.iter(f"{{{W}}}tbl"):
            if table_element.find(f"{{{W}}}tr") is None and table_element.find(f".//{{{W}}}tr") is None:
                found.append(f"{name}: table without rows")
        for row_element in root.iter(f"{{{W}}}tr"):
            if row_element.find(f".//{{{W}}}tc") is None:
                found.append(f"{name}: row without cells")
        for cell_element in root.iter(f"{{{W}}}tc"):
            last = cell_element[-1] if len(cell_element) else None
            if last is None or last.tag not in (f"{{{W}}}p", f"{{{W}}}sdt"):
                found.append(f"{name}: cell does not end with a paragraph")
        for element in root.iter(
            *(f"{{{W}}}{n}" for n in ("p", "tbl", "tr", "tc", "body", "r", "hyperlink"))
        ):
            if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
                found.append(f"{name}: loose text in {element.tag}")
        for kind, attribute in (("bookmarkStart", "id"), ("bookmarkStart", "name"), ("comment", "id")):
            values = [node.get(f"{{{W}}}{attribute}") for node in root.iter(f"{{{W}}}{kind}")]
            if len(set(values)) != len(values):
                found.append(f"{name}: same {attribute} on two {kind}")
        starts = [node.get(f"{{{W}}}id") for node in root.iter(f"{{{W}}}bookmarkStart")]
        ends = [node.get(f"{{{W}}}id") for node in root.iter(f"{{{W}}}bookmarkEnd")]
        if sorted(starts) != sorted(ends):
            found.append(f"{name}: bookmarks without both ends")
        para_ids = [node.get(f"{{{W14}}}paraId") for node in root.iter() if node.get(f"{{{W14}}}paraId")]
        if len(set(para_ids)) != len(para_ids):
            found.append(f"{name}: same paragraph id twice")
        wp = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
        drawings += [node.get("id") for node in root.iter(f"{{{wp}}}docPr")]
        used = {value for node in root.iter() for key, value in node.items() if key.startswith(f"{{{R}}}")}
        folder, _, leaf = name.rpartition("/")
        known = {
            relation.get("Id")
            for relation in etree.fromstring(parts.get(f"{folder}/_rels/{leaf}.rels", b"<r/>"))
        }
        if not used <= known:
            found.append(f"{name}: relations {used - known} lead nowhere")
    if len(set(drawings)) != len(drawings):
        found.append("same drawing id twice")
    return found
