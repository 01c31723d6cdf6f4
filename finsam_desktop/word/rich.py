"""Runs of text from values: bold and italic by style, links, bookmarks, page numbers, pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from finsam_desktop.word import escape, names
from finsam_desktop.word.errors import ValueFault
from finsam_desktop.word.values import (
    Anchor,
    Link,
    NoBreakHyphens,
    PageBreak,
    PageReference,
    Picture,
    RichText,
    Span,
)

if TYPE_CHECKING:
    from finsam_desktop.word.work import Work

_SCHEMES = ("http", "https", "mailto", "tel")
_BOOKMARK = re.compile(r"[^\W\d]\w{0,39}|_\w{1,39}")


def run(text: str, rpr: str = "") -> str:
    """One run of plain text; "" gives nothing."""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{escape.text(text)}</w:t></w:r>' if text else ""


def styled(rpr: str, style_id: str) -> str:
    """Run properties with another character style, which must stand first."""
    if not style_id:
        return rpr
    style = f'<w:rStyle w:val="{style_id}"/>'
    if not rpr or rpr == "<w:rPr/>":
        return f"<w:rPr>{style}</w:rPr>"
    return (
        rpr.replace("<w:rPr>", f"<w:rPr>{style}", 1)
        if "<w:rStyle " not in rpr
        else re.sub(r"<w:rStyle [^>]*/>", style, rpr)
    )


def runs_xml(value: object, work: Work, rpr: str) -> str:
    """Whole runs for any inline value; plain values become one run that looks like ``rpr``."""
    if isinstance(value, RichText):
        return "".join(runs_xml(part, work, rpr) for part in value.parts)
    if isinstance(value, Span):
        return run(value.text, styled(rpr, span_style(value, work)))
    if isinstance(value, Link):
        return link(value.target, run(value.text, styled(rpr, work.styles.character("Hyperlink"))), work)
    if isinstance(value, Anchor):
        return bookmark(value.name, run(value.text, rpr), work)
    if isinstance(value, PageReference):
        return page_reference(value, rpr)
    if isinstance(value, NoBreakHyphens):
        inner = escape.text(value.text).replace("-", escape.HYPHEN)
        return f'<w:r>{rpr}<w:t xml:space="preserve">{inner}</w:t></w:r>'
    if isinstance(value, Picture):
        from finsam_desktop.word.pictures import picture_run

        return picture_run(value, work)
    if isinstance(value, PageBreak):
        return '<w:r><w:br w:type="page"/></w:r>'
    return run("" if value is None else str(value), rpr)


def span_style(span: Span, work: Work) -> str:
    """The id of the span's character style. Bold italic text is Strong and Emphasis by one style of its own."""
    if span.style:
        found = work.styles.character(span.style)
        if not found:
            work.warnings.append(
                f"Mallen har inget teckenformat som heter {span.style}. Texten skrivs utan det."
            )
        return found
    if span.bold and span.italic:
        return work.styles.character("Strong Emphasis Finsam")
    if span.bold:
        return work.styles.character("Strong")
    return work.styles.character("Emphasis") if span.italic else ""


def safe_target(target: str) -> str:
    """The address, if it is one a reader may be sent to. Raises ValueFault."""
    target = escape.check(target).strip()
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.\-]*):", target)
    if (
        re.search(r"[\s<>\"]", target)
        or target.startswith(("//", "\\\\"))
        or (scheme and scheme.group(1).lower() not in _SCHEMES)
    ):
        raise ValueFault(
            f"Länken {target[:80]} går inte att använda. En länk börjar med https://, http:// eller mailto:."
        )
    return target


def is_safe_target(target: str) -> bool:
    """Whether ``safe_target`` takes the address and it says where it leads."""
    try:
        return ":" in safe_target(target)
    except ValueFault:
        return False


def link(target: str, runs: str, work: Work) -> str:
    """A hyperlink around runs: to an address, or to a bookmark by #name."""
    work.linked = True
    if target.startswith("#"):
        return f'<w:hyperlink w:anchor="{bookmark_name(target[1:])}" w:history="1">{runs}</w:hyperlink>'
    rid = work.relate("hyperlink", safe_target(target), external=True)
    return f'<w:hyperlink xmlns:r="{names.R}" r:id="{rid}" w:history="1">{runs}</w:hyperlink>'


def bookmark_name(name: str) -> str:
    """The name, if Word takes it: a letter or _ first, then letters, digits and _, at most 40. Raises ValueFault."""
    if not _BOOKMARK.fullmatch(name):
        raise ValueFault(
            f"”{name[:60]}” kan inte vara namn på ett bokmärke: högst 40 bokstäver, siffror och _, en bokstav först."
        )
    return name


def bookmark(name: str, runs: str, work: Work) -> str:
    """Runs with a bookmark around them; a name used before gets a number after it."""
    number = work.new_id()
    unique = work.bookmark_name(bookmark_name(name))
    return f'<w:bookmarkStart w:id="{number}" w:name="{unique}"/>{runs}<w:bookmarkEnd w:id="{number}"/>'


def page_reference(value: PageReference, rpr: str) -> str:
    """A PAGEREF field with its cached text."""
    return field_runs(f"PAGEREF {bookmark_name(value.name)} \\h", value.cached or "–", rpr)


def field_runs(code: str, cached: str, rpr: str = "") -> str:
    """A complex field with a cached result."""
    return (
        f'<w:r>{rpr}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{rpr}<w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r>{rpr}<w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r>{rpr}<w:t xml:space="preserve">{escape.text(cached)}</w:t></w:r>'
        f'<w:r>{rpr}<w:fldChar w:fldCharType="end"/></w:r>'
    )
