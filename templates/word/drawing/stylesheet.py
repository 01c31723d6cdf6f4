"""The one place for styles: every paragraph, character, list and table style of the templates.

Built-in styles carry their English name, so that Word shows them in its own language, and the id that a
Swedish Word would write. The report variant has no gutter for numbers and a shorter line, under the same
style names, so that texts move between documents by style name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .measures import (
    ACCENT,
    GUTTER,
    INK,
    LIGHT_RULE,
    MUTED,
    RULE,
    TEXT_WIDTH,
    VALUE,
    dxa,
    eighths,
    half_points,
    twips,
)

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FONT = "Calibri"


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """A rule at one side of a paragraph: width and distance to the text in pt."""

    side: str
    width: float
    space: float
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A tab stop, in mm from the left margin."""

    at: float
    kind: str = "left"
    leader: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph or character style. ``shown`` is the name in a Swedish Word; ``name`` the built-in's
    English one.

    Sizes and space in pt, indents in mm. ``outline`` is the heading level, 0 for none.
    """

    shown: str
    name: str = ""
    based_on: str = "Normal"
    next: str = ""
    character: bool = False
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    underline: bool = False
    superscript: bool = False
    colour: str = ""
    before: float | None = None
    after: float | None = None
    line: float | None = None
    left: float | None = None
    hanging: float | None = None
    right: float | None = None
    keep_next: bool = False
    keep_lines: bool = False
    outline: int = 0
    align: str = ""
    tabs: tuple[Tab, ...] = ()
    borders: tuple[Border, ...] = ()
    list_id: int = 0
    hidden: bool = False

    @property
    def id(self) -> str:
        """The style id: the shown name without spaces and letters outside ASCII, as Word makes it."""
        return style_id(self.shown)


def style_id(shown: str) -> str:
    """The id a Swedish Word gives a style with this name: "Ärenderubrik" → "renderubrik"."""
    return "".join(c for c in shown if c.isascii() and (c.isalnum() or c == "-"))


_DECISION_RULE = (Border(side="left", width=1.5, space=10, colour=ACCENT),)
_HEADING = {"keep_next": True, "keep_lines": True}
_TIGHT = {**_HEADING, "line": 1.0}
"""Headings of several lines are set tighter than text."""


def styles(*, report: bool = False) -> tuple[Style, ...]:
    """The style sheet, in the order it is shown in documents.md §2."""
    sheet = (*_text_styles(), *_item_styles(), *_fact_and_list_styles(), *_table_styles(), *_page_styles())
    return tuple(_for_report(style) for style in sheet) if report else sheet


def _text_styles() -> tuple[Style, ...]:
    return (
        Style("Normal", "Normal", based_on="", size=11, colour=INK, before=0, after=0, line=1.1),
        Style("Brödtext", "Body Text", after=6, left=GUTTER),
        Style("Rubrik", "Title", next="Underrubrik", size=24, bold=True, colour=ACCENT, after=2, line=0.95,
              **_HEADING),
        Style("Underrubrik", "Subtitle", size=13, colour=MUTED, after=14, keep_lines=True),
        Style("Rubrik 1", "heading 1", next="Brödtext", size=14, bold=True, colour=ACCENT, before=16, after=4,
              outline=1, **_TIGHT),
        Style("Rubrik 2", "heading 2", next="Brödtext", size=12, bold=True, before=12, after=2, left=GUTTER,
              outline=2, **_TIGHT),
        Style("Rubrik 3", "heading 3", next="Brödtext", size=10.5, bold=True, colour=ACCENT, before=9,
              after=1, left=GUTTER, outline=3, **_TIGHT),
        Style("Rubrik 4", "heading 4", next="Brödtext", size=10.5, italic=True, before=8, after=1,
              left=GUTTER, outline=4, **_TIGHT),
    )  # fmt: skip


def _item_styles() -> tuple[Style, ...]:
    part = {"size": 11, "bold": True, "colour": ACCENT, "before": 8, "after": 1, "left": GUTTER, "hanging": 0}
    decision = {"after": 3, "left": 27, "hanging": 9, "borders": _DECISION_RULE, "keep_lines": True}
    return (
        Style("Ärenderubrik", based_on="Rubrik 1", next="Brödtext", before=19, after=1, left=GUTTER,
              hanging=GUTTER, outline=1, tabs=(Tab(at=GUTTER),), **_TIGHT),
        Style("Ärendeuppgift", next="Brödtext", size=10, colour=MUTED, after=5, left=GUTTER, **_TIGHT),
        Style("Delärende", based_on="Rubrik 2", next="Brödtext", size=11.5, before=10, after=1,
              left=GUTTER, hanging=8, outline=2, tabs=(Tab(at=GUTTER),), **_TIGHT),
        Style("Ärendeled", based_on="Rubrik 2", next="Brödtext", outline=2, **part, **_TIGHT),
        Style("Ärendeled under delärende", based_on="Rubrik 3", next="Brödtext", outline=3, **part,
              **_TIGHT),
        Style("Delfråga", based_on="Rubrik 2", next="Brödtext", size=11.5, before=10, after=2, left=GUTTER,
              hanging=10, outline=2, tabs=(Tab(at=GUTTER),), **_TIGHT),
        Style("Beslutstext", next="Att-sats", keep_next=True, tabs=(Tab(at=27),), **decision),
        Style("Att-sats", tabs=(Tab(at=27),), **decision),
        Style("Ärendetyp", character=True, based_on="", bold=True, colour=ACCENT),
    )  # fmt: skip


def _fact_and_list_styles() -> tuple[Style, ...]:
    return (
        Style("Faktarad", after=5, left=VALUE, hanging=VALUE, keep_lines=True, tabs=(Tab(at=VALUE),)),
        Style("Faktaetikett", character=True, based_on="", bold=True, colour=ACCENT),
        Style(
            "Ingress",
            next="Brödtext",
            size=13,
            colour=ACCENT,
            after=10,
            line=1.15,
            left=GUTTER,
            keep_lines=True,
        ),
        Style("Punktlista", "List Bullet", after=3, left=GUTTER + 6, hanging=6, list_id=1),
        Style("Numrerad lista", "List Number", after=3, left=GUTTER + 6, hanging=6, list_id=2),
        Style("Liststycke", "List Paragraph", after=3, left=GUTTER + 6),
        Style("Utfärdare", size=10, keep_lines=True, before=18),
        Style("Skriven uppgift", before=7, tabs=(Tab(at=VALUE + 6), Tab(at=100, leader="underscore"))),
        Style("Anslagstext", after=8),
        Style("Undertecknare", size=10, before=18, left=GUTTER, keep_lines=True),
        Style(
            "Skrivrad",
            before=9,
            left=GUTTER,
            tabs=(Tab(at=TEXT_WIDTH, kind="right", leader="underscore"),),
        ),
    )


def _table_styles() -> tuple[Style, ...]:
    cell = {"size": 10, "before": 2.2, "after": 2.2, "line": 1.0}
    head = {"based_on": "Tabelltext", "size": 9.5, "bold": True, "colour": ACCENT, "keep_next": True}
    return (
        Style("Beskrivning", "caption", next="Brödtext", size=10, bold=True, before=12, after=4, **_HEADING),
        Style("Tabelltext", **cell),
        Style("Tabelltal", based_on="Tabelltext", align="right"),
        Style("Tabellkälla", based_on="Tabelltext", size=8.5, colour=MUTED, before=0),
        Style("Tabellrubrik", **head),
        Style("Tabellrubrik tal", **{**head, "based_on": "Tabellrubrik"}, align="right"),
        Style("Tabellnot", size=9, colour=MUTED, before=4, after=10, keep_lines=True),
        Style("Nyckeltal", size=20, bold=True, colour=ACCENT, before=5, after=1, line=0.95, keep_next=True),
        Style("Nyckeltalstext", size=10, after=2, keep_next=True),
    )


def _page_styles() -> tuple[Style, ...]:
    right = (Tab(at=TEXT_WIDTH, kind="right"),)
    return (
        Style("Underskrift", before=22, tabs=(Tab(at=VALUE), Tab(at=126, leader="underscore")), **_HEADING),
        Style("Namnförtydligande", size=10, before=2, left=VALUE, keep_lines=True),
        Style("Namntitel", size=10, colour=MUTED, left=VALUE, keep_lines=True),
        Style("Omslagslinje", size=2, line=1.0, right=TEXT_WIDTH - 30, keep_next=True,
              borders=(Border(side="bottom", width=4.5, space=0, colour=ACCENT),)),
        Style("Omslagsrubrik", next="Omslagstext", size=36, bold=True, colour=ACCENT, before=18, after=4,
              line=0.95, **_HEADING),
        Style("Omslagstext", size=18, colour=MUTED, keep_lines=True),
        Style("Omslagsuppgift", size=12, after=4, keep_lines=True),
        Style("Sidhuvud", "header", size=9, colour=MUTED, line=1.0, tabs=right),
        Style("Sidfot", "footer", size=9, colour=MUTED, line=1.0, tabs=right,),
        Style("Sidfot med linje", based_on="Sidfot",
              borders=(Border(side="top", width=0.75, space=5, colour=RULE),)),
        Style("Signaturrad", based_on="Sidfot med linje", after=22,
              tabs=(Tab(at=62), Tab(at=TEXT_WIDTH, kind="right"))),
        Style("Avsändare", size=12, bold=True, colour=ACCENT, line=1.0),
        Style("Dokumentuppgift", size=9.5, colour=MUTED, line=1.1, align="right"),
        Style("Stark", "Strong", character=True, based_on="", bold=True),
        Style("Betoning", "Emphasis", character=True, based_on="", italic=True),
        Style("Hyperlänk", "Hyperlink", character=True, based_on="", colour=ACCENT, underline=True),
        Style("Fotnotstext", "footnote text", size=9, line=1.0),
        Style("Fotnotsreferens", "footnote reference", character=True, based_on="", superscript=True),
        Style("Innehåll 1", "toc 1", after=3, tabs=right),
        Style("Innehåll 2", "toc 2", after=3, left=6, tabs=right),
        Style("Mallkod", size=9, colour=MUTED, line=1.0, hidden=True),
    )  # fmt: skip


_NARROW = ("Brödtext", "Ingress", "Punktlista", "Numrerad lista", "Liststycke")


def _for_report(style: Style) -> Style:
    """The style without gutter; running text is 18 mm narrower at the right instead."""
    changed = style
    if (
        style.left is not None
        and style.left >= GUTTER
        and style.shown not in ("Faktarad", "Namnförtydligande")
    ):
        changed = replace(changed, left=style.left - GUTTER)
    if style.shown in ("Ärenderubrik", "Delärende"):
        changed = replace(changed, left=style.left, hanging=style.hanging)
    if style.shown in _NARROW:
        changed = replace(changed, right=GUTTER)
    if style.shown in ("Rubrik 1", "Rubrik 2"):
        changed = replace(changed, size=17 if style.shown == "Rubrik 1" else 13)
    return changed


def styles_xml(*, report: bool = False) -> str:
    """word/styles.xml."""
    sheet = styles(report=report)
    priority = {style.shown: str(number) for number, style in enumerate(sheet, start=1)}
    ids = {style.shown: style.id for style in sheet}
    entries = "".join(_style_xml(style, ids, priority[style.shown]) for style in sheet)
    fonts = (
        '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:eastAsiaTheme="minorHAnsi"'
        f' w:cstheme="minorBidi" w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    )
    return (
        f'<w:styles xmlns:w="{NAMESPACE}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:color w:val="{INK}"/>'
        '<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="sv-SE" w:eastAsia="sv-SE" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defQFormat="0"'
        ' w:defUnhideWhenUsed="1" w:count="376"/>'
        f"{entries}{_default_table_and_list_styles()}{_association_table_style()}</w:styles>"
    )


def _style_xml(style: Style, ids: dict[str, str], priority: str) -> str:
    kind = "character" if style.character else "paragraph"
    default = ' w:default="1"' if style.shown == "Normal" else ""
    custom = "" if style.name else ' w:customStyle="1"'
    parts = [f'<w:style w:type="{kind}"{default}{custom} w:styleId="{style.id}">']
    parts.append(f'<w:name w:val="{style.name or style.shown}"/>')
    if style.based_on:
        parts.append(f'<w:basedOn w:val="{ids[style.based_on]}"/>')
    if style.next:
        parts.append(f'<w:next w:val="{ids[style.next]}"/>')
    parts.append(f'<w:uiPriority w:val="{priority}"/>')
    if style.hidden:
        parts.append("<w:semiHidden/>")
    parts.append("<w:qFormat/>")
    if not style.character:
        parts.append(_paragraph_properties(style))
    parts.append(_run_properties(style))
    return "".join(parts) + "</w:style>"


def _paragraph_properties(style: Style) -> str:
    parts: list[str] = []
    if style.keep_next:
        parts.append("<w:keepNext/>")
    if style.keep_lines:
        parts.append("<w:keepLines/>")
    if style.list_id:
        parts.append(f'<w:numPr><w:numId w:val="{style.list_id}"/></w:numPr>')
    if style.borders:
        sides = "".join(
            f'<w:{b.side} w:val="single" w:sz="{eighths(b.width)}" w:space="{b.space:g}" {colour(b.colour)}/>'
            for b in style.borders
        )
        parts.append(f"<w:pBdr>{sides}</w:pBdr>")
    if style.tabs:
        parts.append(f"<w:tabs>{''.join(_tab(tab) for tab in style.tabs)}</w:tabs>")
    spacing = ""
    if style.before is not None:
        spacing += f' w:before="{twips(style.before)}"'
    if style.after is not None:
        spacing += f' w:after="{twips(style.after)}"'
    if style.line is not None:
        spacing += f' w:line="{round(style.line * 240)}" w:lineRule="auto"'
    if spacing:
        parts.append(f"<w:spacing{spacing}/>")
    indent = ""
    if style.left is not None:
        indent += f' w:left="{dxa(style.left)}"'
    if style.right is not None:
        indent += f' w:right="{dxa(style.right)}"'
    if style.hanging is not None:
        indent += f' w:hanging="{dxa(style.hanging)}"' if style.hanging else ' w:firstLine="0"'
    if indent:
        parts.append(f"<w:ind{indent}/>")
    if style.align:
        parts.append(f'<w:jc w:val="{style.align}"/>')
    if style.outline:
        parts.append(f'<w:outlineLvl w:val="{style.outline - 1}"/>')
    return f"<w:pPr>{''.join(parts)}</w:pPr>" if parts else ""


def _tab(tab: Tab) -> str:
    leader = f' w:leader="{tab.leader}"' if tab.leader else ""
    return f'<w:tab w:val="{tab.kind}"{leader} w:pos="{dxa(tab.at)}"/>'


def _run_properties(style: Style) -> str:
    parts: list[str] = []
    if style.bold is not None:
        parts.append("<w:b/><w:bCs/>" if style.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>')
    if style.italic is not None:
        parts.append("<w:i/><w:iCs/>" if style.italic else '<w:i w:val="0"/><w:iCs w:val="0"/>')
    if style.colour:
        parts.append(f"<w:color {text_colour(style.colour)}/>")
    if style.size is not None:
        size = half_points(style.size)
        parts.append(f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>')
    if style.underline:
        parts.append('<w:u w:val="single"/>')
    if style.superscript:
        parts.append('<w:vertAlign w:val="superscript"/>')
    return f"<w:rPr>{''.join(parts)}</w:rPr>" if parts else ""


def text_colour(value: str) -> str:
    """Attributes of w:color. Both value and theme colour: LibreOffice reads the value, Word the theme."""
    theme = ' w:themeColor="accent1"' if value == ACCENT else ""
    return f'w:val="{value}"{theme}'


def colour(value: str) -> str:
    """Attributes of a border's colour."""
    theme = ' w:themeColor="accent1"' if value == ACCENT else ""
    return f'w:color="{value}"{theme}'


def _default_table_and_list_styles() -> str:
    return (
        '<w:style w:type="table" w:default="1" w:styleId="Normaltabell"><w:name w:val="Normal'
        ' Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0"'
        ' w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom'
        ' w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style><w:style'
        ' w:type="numbering" w:default="1" w:styleId="Ingenlista"><w:name w:val="No List"/><w:uiPriority'
        ' w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    )


def _association_table_style() -> str:
    """Rules only between rows; the look of text comes from paragraph styles, since readers apply
    conditions unevenly."""
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="Frbundstabell"><w:name'
        ' w:val="Förbundstabell"/><w:basedOn w:val="Normaltabell"/><w:uiPriority'
        f' w:val="99"/><w:qFormat/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="{eighths(1.5)}"'
        f' w:space="0" w:color="{INK}"/><w:bottom w:val="single" w:sz="{eighths(0.75)}" w:space="0"'
        f' w:color="{INK}"/><w:insideH w:val="single" w:sz="{eighths(0.5)}" w:space="0"'
        f' w:color="{LIGHT_RULE}"/></w:tblBorders><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right'
        f' w:w="{dxa(2)}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblStylePr'
        f' w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="{eighths(0.75)}"'
        f' w:space="0" w:color="{INK}"/></w:tcBorders><w:vAlign'
        ' w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
    )


def numbering_xml(*, report: bool = False) -> str:
    """word/numbering.xml: the two lists that Markdown uses, 6 mm per level."""
    gutter = 0 if report else GUTTER
    bullets = (("bullet", "•"), ("bullet", "–"), ("bullet", "•"))
    numbers = (("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3."))
    return (
        f'<w:numbering xmlns:w="{NAMESPACE}">{_list(0, bullets, "Punktlista", gutter)}'
        f"{_list(1, numbers, 'Numreradlista', gutter)}"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId'
        ' w:val="1"/></w:num>'
        "</w:numbering>"
    )


def _list(number: int, kinds: tuple[tuple[str, str], ...], style: str, gutter: int) -> str:
    levels = ""
    for level in range(9):
        kind, text = kinds[level % 3]
        text = text if kind == "bullet" else f"%{level + 1}{text[2:]}"
        link = f'<w:pStyle w:val="{style}"/>' if level == 0 else ""
        levels += (
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{link}<w:lvlText'
            f' w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{dxa(gutter + 6 * (level + 1))}"'
            f' w:hanging="{dxa(6)}"/></w:pPr></w:lvl>'
        )
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType'
        f' w:val="multilevel"/>{levels}</w:abstractNum>'
    )
