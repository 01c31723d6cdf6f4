"""Caption numbers in document order: those of the template, also in loops, and those the engine writes.

Word numbers SEQ fields when fields are updated; until then the cached number is what is seen and printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r'<w:fldChar (?=[^>]*w:fldCharType="(begin|separate|end)")[^>]*>'
    r"|<w:instrText(?: [^>]*)?>([^<]*)</w:instrText>"
    r'|<w:fldSimple (?=[^>]*w:instr="([^"]*)")[^>]*(?<!/)>'
    r"|(</w:fldSimple>)"
    r"|<w:t(?: [^>]*)?>([^<]*)</w:t>"
)
_CODE = re.compile(r'\s*SEQ\s+"?([^\s"\\]+)"?(.*)', re.IGNORECASE | re.DOTALL)
_RESET = re.compile(r"\\r\s*(\d{1,6})", re.IGNORECASE)
_OTHER = re.compile(r"\\[sh]|\\\*\s*(?!ARABIC|MERGEFORMAT)\w", re.IGNORECASE)
"""Numbered by chapter, hidden, or not in plain figures: left for Word."""


@dataclass(slots=True)
class _Field:
    """A field being read: its code, and where the texts of its result stand."""

    code: str = ""
    in_result: bool = False
    results: list[tuple[int, int]] = field(default_factory=list)


def renumbered(xml: str) -> str:
    """The part with the cached number of every SEQ field as Word will count it."""
    counts: dict[str, int] = {}
    open_fields: list[_Field] = []
    changes: list[tuple[int, int, str]] = []
    for match in _TOKEN.finditer(xml):
        kind, code, simple, simple_end, _ = match.groups()
        if kind == "begin" or simple is not None:
            open_fields.append(_Field(simple or "", simple is not None))
        elif not open_fields:
            continue
        elif kind == "separate":
            open_fields[-1].in_result = True
        elif kind == "end" or simple_end:
            changes.extend(_numbers(open_fields.pop(), counts))
        elif code is not None:
            open_fields[-1].code += code
        elif open_fields[-1].in_result:
            open_fields[-1].results.append(match.span(5))
    out: list[str] = []
    at = 0
    for start, end, text in sorted(changes):
        out += [xml[at:start], text]
        at = end
    return "".join([*out, xml[at:]])


def _numbers(done: _Field, counts: dict[str, int]) -> list[tuple[int, int, str]]:
    """What to write where for a field that has ended; counts it."""
    match = _CODE.match(done.code)
    if match is None or _OTHER.search(match.group(2)):
        return []
    label, switches = match.group(1).lower(), match.group(2)
    reset = _RESET.search(switches)
    if reset:
        counts[label] = int(reset.group(1))
    elif "\\c" not in switches.lower():
        counts[label] = counts.get(label, 0) + 1
    texts = [str(counts.get(label, 0)), *[""] * (len(done.results) - 1)]
    return [(start, end, text) for (start, end), text in zip(done.results, texts, strict=False)]
