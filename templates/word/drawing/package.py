"""The container: parts, relations and content types of a .docx, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from .measures import ACCENT, INK
from .stylesheet import FONT, NAMESPACE, numbering_xml, styles_xml

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH = (2026, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One template: its body with the section at the end, headers and footers, and the properties' title."""

    body: str
    first_header: str
    header: str
    first_footer: str
    footer: str
    title: str = "{{ document.title }}"
    report: bool = False


def docx(template: Template) -> bytes:
    """The template as a .docx file."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _core(template.title),
        "docProps/app.xml": _app(),
        "word/document.xml": _root("document", f"<w:body>{template.body}</w:body>"),
        "word/_rels/document.xml.rels": _document_relations(),
        "word/styles.xml": styles_xml(report=template.report),
        "word/numbering.xml": numbering_xml(report=template.report),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _font_table(),
        "word/theme/theme1.xml": _theme(),
        "word/header1.xml": _root("hdr", template.first_header),
        "word/header2.xml": _root("hdr", template.header),
        "word/footer1.xml": _root("ftr", template.first_footer),
        "word/footer2.xml": _root("ftr", template.footer),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # The same on every system, whatever made the file.
            entry.create_system = 3
            archive.writestr(entry, (_DECLARATION + text).encode())
    return buffer.getvalue()


def _root(name: str, content: str) -> str:
    return f'<w:{name} xmlns:w="{NAMESPACE}" xmlns:r="{_RELATIONS}">{content}</w:{name}>'


def _content_types() -> str:
    main = {
        "document": "document.main",
        "styles": "styles",
        "numbering": "numbering",
        "settings": "settings",
        "fontTable": "fontTable",
        "header1": "header",
        "header2": "header",
        "footer1": "footer",
        "footer2": "footer",
    }
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{kind}+xml"/>'
        for name, kind in main.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
        f' ContentType="application/xml"/>{parts}<Override PartName="/word/theme/theme1.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/><Override'
        ' PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override'
        ' PartName="/docProps/app.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
    )


def _relation(number: str, kind: str, target: str, base: str = _RELATIONS) -> str:
    return f'<Relationship Id="{number}" Type="{base}/{kind}" Target="{target}"/>'


def _package_relations() -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + _relation("rId1", "officeDocument", "word/document.xml")
        + _relation("rId2", "metadata/core-properties", "docProps/core.xml", f"{_PACKAGE}/relationships")
        + _relation("rId3", "extended-properties", "docProps/app.xml")
        + "</Relationships>"
    )


def _document_relations() -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + _relation("rId1", "styles", "styles.xml")
        + _relation("rId2", "numbering", "numbering.xml")
        + _relation("rId3", "settings", "settings.xml")
        + _relation("rId4", "fontTable", "fontTable.xml")
        + _relation("rId5", "theme", "theme/theme1.xml")
        + _relation("rId10", "header", "header1.xml")
        + _relation("rId11", "header", "header2.xml")
        + _relation("rId12", "footer", "footer1.xml")
        + _relation("rId13", "footer", "footer2.xml")
        + "</Relationships>"
    )


def _core(title: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{{{{'
        " association.name }}</dc:creator><dc:language>sv-SE</dc:language></cp:coreProperties>"
    )


def _app() -> str:
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Finsam Desktop</Application></Properties>"
    )


def _settings() -> str:
    # Mode 15 fixes where a table's left edge stands; without it the indent is measured in another way.
    return (
        f'<w:settings xmlns:w="{NAMESPACE}"><w:zoom w:percent="100"/><w:defaultTabStop'
        ' w:val="1304"/><w:autoHyphenation w:val="0"/><w:characterSpacingControl'
        ' w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang'
        ' w:val="sv-SE"/><w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2"'
        ' w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4"'
        ' w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink"'
        ' w:followedHyperlink="followedHyperlink"/><w:decimalSymbol w:val=","/><w:listSeparator'
        ' w:val=";"/></w:settings>'
    )


def _font_table() -> str:
    # Carlito (OFL) has the same widths as Calibri, so a computer without Calibri breaks lines the same.
    return (
        f'<w:fonts xmlns:w="{NAMESPACE}"><w:font w:name="{FONT}"><w:altName w:val="Carlito"/>'
        '<w:panose1 w:val="020F0502020204030204"/><w:charset w:val="00"/><w:family w:val="swiss"/>'
        '<w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _theme() -> str:
    colours = {
        "dk1": INK,
        "lt1": "FFFFFF",
        "dk2": ACCENT,
        "lt2": "F2F4F5",
        "accent1": ACCENT,
        "accent2": "525B63",
        "accent3": "D5DCE0",
        "accent4": "7A8A5A",
        "accent5": "A9743B",
        "accent6": "6B5B7B",
        "hlink": ACCENT,
        "folHlink": "525B63",
    }
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items())
    font = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' name="Förbundet"><a:themeElements>'
        f'<a:clrScheme name="Förbundet">{scheme}</a:clrScheme><a:fontScheme'
        f' name="Förbundet"><a:majorFont>{font}'
        f"</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme><a:fmtScheme"
        ' name="Förbundet"><a:fillStyleLst>'
        f"{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}"
        f"</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )
