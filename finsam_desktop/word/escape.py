"""From a value to the text of an XML element, with nothing dropped and nothing let through."""

from __future__ import annotations

import re

from markupsafe import Markup

from finsam_desktop.word.errors import ValueFault

_ILLEGAL = re.compile(
    "[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_ENTITY = re.compile("&(?:amp|lt|gt|quot);")
_ELEMENTS = re.compile(r'</w:t><w:(br|tab|noBreakHyphen)/><w:t(?: xml:space="preserve")?>')
_CHARACTERS = {"br": "\n", "tab": "\t", "noBreakHyphen": "\u2011"}
BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
HYPHEN = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'


class Xml(Markup):
    """Finished XML for the place where it is printed. Only the engine makes these."""

    __slots__ = ()


def check(text: str) -> str:
    """The text, if every character can stand in a Word file. Raises ValueFault naming the first that cannot."""
    match = _ILLEGAL.search(text)
    if match:
        code = ord(match.group())
        kind = (
            "en halv teckenkod"
            if 0xD800 <= code <= 0xDFFF
            else "ett styrtecken"
            if code < 0x20
            else "ett otillåtet tecken"
        )
        around = _ILLEGAL.sub("□", text[max(0, match.start() - 20) : match.start() + 20])
        raise ValueFault(
            f"Texten innehåller {kind} (U+{code:04X}) som inte kan stå i ett Word-dokument: ”{around}”. Ta bort det."
        )
    return text


def line_breaks(text: str) -> str:
    """All ways to write a line break, also Word's soft one (VT), as a newline."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")


def plain(text: str) -> str:
    """For an element's text where line breaks have no element: properties, charts."""
    text = line_breaks(check(text))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """For an attribute's value."""
    text = plain(text).replace('"', "&quot;")
    return text.replace("\n", "&#10;").replace("\t", "&#9;")


def _note_code(value: str) -> None:
    """Tell of what would be code in docxtpl without autoescape, and is text here."""
    from finsam_desktop.word.work import warn

    if _ENTITY.search(value):
        warn(
            "En text innehåller &amp;, &lt;, &gt; eller &quot; och skrivs precis så. Är det &, <, > eller ett "
            "citattecken som menas, så rätta texten."
        )
    if "<w:" in value or "</w:" in value:
        warn("En text innehåller Words egen kod (<w:…>). Koden skrivs som text och inte som formatering.")


def text(value: str) -> str:
    """For the inside of ``w:t``: line breaks and tabs become their own elements."""
    if (
        value.isprintable()
    ):  # no control characters, surrogates or noncharacters, so nothing to refuse or break
        if "&" in value:
            if ";" in value:
                _note_code(value)
            value = value.replace("&", "&amp;")
        if "<" in value:
            if "w:" in value:
                _note_code(value)
            value = value.replace("<", "&lt;")
        return value.replace(">", "&gt;") if ">" in value else value
    if ";" in value or "w:" in value:
        _note_code(value)
    value = plain(value)
    if "\n" in value:
        value = value.replace("\n", BREAK)
    if "\t" in value:
        value = value.replace("\t", TAB)
    return value


def as_text(xml: str) -> str:
    """The text again from the inside of ``w:t``. Raises ValueFault where there is more than text of one look."""
    found = _ELEMENTS.sub(lambda match: _CHARACTERS[match.group(1)], xml)
    if "<" in found or "\ufde0" in found:
        raise ValueFault(
            "Ett filter kan bara ändra text i ett stycke och med ett utseende. Skriv filtret i varje tagg i stället, "
            "till exempel {{ namn|upper }}."
        )
    for code, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        found = found.replace(code, char)
    return found
