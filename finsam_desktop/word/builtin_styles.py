"""What styles are called in Swedish Word and LibreOffice, and plain definitions of those a template lacks."""

from __future__ import annotations

from dataclasses import dataclass

# English w:name in lower case -> other names (w:name in lower case) that mean the same style.
ALIASES: dict[str, tuple[str, ...]] = {
    "normal": ("standard",),
    "body text": ("brödtext", "text body", "brdtext"),
    "list bullet": ("punktlista",),
    "list number": ("numrerad lista",),
    "list paragraph": ("liststycke",),
    "list continue": ("lista, fortsättning", "listfortsättning", "list 1 cont."),
    **{f"list continue {n}": (f"lista, fortsättning {n}", f"list {n} cont.") for n in range(2, 6)},
    "hyperlink": ("hyperlänk", "internet link", "internetlänk"),
    "strong": ("stark", "strong emphasis"),
    "strong emphasis finsam": ("stark betoning (löptext)", "intense emphasis", "stark betoning"),
    "emphasis": ("betoning",),
    "caption": ("beskrivning",),
    "quote": ("citat", "quotations"),
    "title": ("rubrik",),
    "subtitle": ("underrubrik",),
    **{f"heading {n}": (f"rubrik {n}", f"rubrik{n}", f"heading{n}") for n in range(1, 10)},
}

# What to take instead, of what the template has, before a style is added.
FALLBACKS: dict[str, tuple[str, ...]] = {
    "list bullet": ("list paragraph",),
    "list number": ("list paragraph",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A style to add: type, shown name, id and what it looks like."""

    kind: str
    name: str
    style_id: str
    based_on: str = ""
    look: str = ""

    def xml(self, style_id: str, based_on_id: str) -> str:
        """The style element."""
        custom = ' w:customStyle="1"' if self.name.startswith(("Tabell", "Förbund", "Stark b")) else ""
        based = f'<w:basedOn w:val="{based_on_id}"/>' if based_on_id else ""
        return (
            f'<w:style w:type="{self.kind}"{custom} w:styleId="{style_id}"><w:name w:val="{self.name}"/>{based}'
            f"<w:qFormat/>{self.look}</w:style>"
        )


def _paragraph(name: str, style_id: str, look: str = "", based_on: str = "normal") -> Definition:
    return Definition(kind="paragraph", name=name, style_id=style_id, based_on=based_on, look=look)


def _heading(level: int, size: int) -> Definition:
    look = (
        '<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="60"/><w:outlineLvl '
        f'w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )
    return _paragraph(f"heading {level}", f"Rubrik{level}", look)


_SPACING = '<w:spacing w:before="44" w:after="44"/>'
_CELL = f'<w:pPr>{_SPACING}{{jc}}</w:pPr><w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>'
_HEAD = (
    f'<w:pPr><w:keepNext/>{_SPACING}{{jc}}</w:pPr><w:rPr><w:b/><w:sz w:val="19"/><w:szCs w:val="19"/></w:rPr>'
)
_RIGHT = '<w:jc w:val="right"/>'
_TABLE = (
    '<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="12" w:space="0" w:color="1F2529"/>'
    '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="1F2529"/>'
    '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="D3D8DC"/></w:tblBorders>'
    '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="113" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>'
    '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="1F2529"/></w:tcBorders></w:tcPr></w:tblStylePr>'
)

DEFINITIONS: dict[str, Definition] = {
    "body text": _paragraph("Body Text", "Brdtext", '<w:pPr><w:spacing w:after="120"/></w:pPr>'),
    "list bullet": _paragraph("List Bullet", "Punktlista", '<w:pPr><w:spacing w:after="60"/></w:pPr>'),
    "list number": _paragraph("List Number", "Numreradlista", '<w:pPr><w:spacing w:after="60"/></w:pPr>'),
    "quote": _paragraph("Quote", "Citat", "<w:rPr><w:i/><w:iCs/></w:rPr>", based_on="body text"),
    "caption": _paragraph(
        "caption",
        "Beskrivning",
        '<w:pPr><w:keepNext/><w:spacing w:before="240" w:after="80"/></w:pPr><w:rPr><w:b/></w:rPr>',
    ),
    "tabelltext": _paragraph("Tabelltext", "Tabelltext", _CELL.format(jc="")),
    "tabelltal": _paragraph("Tabelltal", "Tabelltal", _CELL.format(jc=_RIGHT)),
    "tabellrubrik": _paragraph("Tabellrubrik", "Tabellrubrik", _HEAD.format(jc="")),
    "tabellrubrik tal": _paragraph("Tabellrubrik tal", "Tabellrubriktal", _HEAD.format(jc=_RIGHT)),
    "tabellavstånd": _paragraph(
        "Tabellavstånd",
        "Tabellavstnd",
        '<w:pPr><w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/></w:pPr>',
    ),
    "tabellnot": _paragraph(
        "Tabellnot",
        "Tabellnot",
        '<w:pPr><w:spacing w:before="80" w:after="200"/></w:pPr><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>',
    ),
    "strong": Definition(
        kind="character", name="Strong", style_id="Stark", look="<w:rPr><w:b/><w:bCs/></w:rPr>"
    ),
    "emphasis": Definition(
        kind="character", name="Emphasis", style_id="Betoning", look="<w:rPr><w:i/><w:iCs/></w:rPr>"
    ),
    "strong emphasis finsam": Definition(
        kind="character",
        name="Stark betoning (löptext)",
        style_id="StarkBetoning",
        look="<w:rPr><w:b/><w:bCs/><w:i/><w:iCs/></w:rPr>",
    ),
    "hyperlink": Definition(
        kind="character",
        name="Hyperlink",
        style_id="Hyperlnk",
        look='<w:rPr><w:color w:val="0563C1" w:themeColor="hyperlink"/><w:u w:val="single"/></w:rPr>',
    ),
    "förbundstabell": Definition(kind="table", name="Förbundstabell", style_id="Frbundstabell", look=_TABLE),
    **{
        f"heading {level}": _heading(level, size)
        for level, size in ((1, 28), (2, 24), (3, 22), (4, 21), (5, 21), (6, 21))
    },
}
