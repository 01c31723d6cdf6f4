"""Finding tags in the text of one paragraph: ``{{ x }}``, ``{%p for … %}``, ``{# … #}``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["print", "block", "comment"]

_OPEN = re.compile(r"\{[{%#]")
_STRAY = re.compile(r"[}%#]\}")
_CLOSE = {"{{": "}}", "{%": "%}", "{#": "#}"}
_KIND: dict[str, Kind] = {"{{": "print", "{%": "block", "{#": "comment"}
_SCOPE = re.compile(r"(p|tr|tc|r)\s+")
_DOUBLE = '"“”„‟″'
_SINGLE = "'‘’‚‛′"
_RAW_END = re.compile(r"\{%-?\s*endraw\s*-?%\}")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag found at ``text[start:end]``. ``body`` has straight quotes and neither scope nor whitespace marks."""

    start: int
    end: int
    kind: Kind
    scope: str
    body: str
    trim_before: bool
    trim_after: bool
    raw: str

    @property
    def word(self) -> str:
        """The first word of a block tag: for, if, endif …"""
        match = re.match(r"\w+", self.body)
        return match.group() if match else ""


@dataclass(frozen=True, slots=True)
class Loose:
    """Something that looks like half a tag."""

    start: int
    text: str
    message: str


def scan(text: str) -> tuple[list[Tag], list[Loose]]:
    """The tags in a paragraph's text, in order, and the halves of tags that do not belong together."""
    tags: list[Tag] = []
    loose: list[Loose] = []
    at = 0
    while True:
        match = _OPEN.search(text, at)
        end_of_plain = match.start() if match else len(text)
        for stray in _STRAY.finditer(text, at, end_of_plain):
            mark = stray.group()
            if mark == "}}" or mark == "%}":
                loose.append(
                    Loose(
                        stray.start(),
                        mark,
                        f"Det finns ett {mark} utan {'{{' if mark == '}}' else '{%'} före.",
                    )
                )
        if match is None:
            return tags, loose
        tag = _read(text, match.start(), match.group())
        if tag is None:
            start = match.start()
            mark = match.group()
            loose.append(
                Loose(
                    start,
                    text[start : start + 60],
                    f"Taggen börjar med {mark} men avslutas inte med {_CLOSE[mark]} i samma stycke.",
                )
            )
            at = start + 2
            continue
        at = tag.end
        if tag.kind == "block" and tag.body == "raw" and not tag.scope:
            end = _RAW_END.search(text, at)
            if end is None:
                loose.append(
                    Loose(tag.start, tag.raw, "Blocket raw avslutas inte med {% endraw %} i samma stycke.")
                )
                continue
            tags.append(_blank(text, tag.start, tag.end))
            tags.append(_blank(text, end.start(), end.end()))
            at = end.end()
            continue
        tags.append(tag)


def _blank(text: str, start: int, end: int) -> Tag:
    return Tag(start, end, "comment", "", "", False, False, text[start:end])


def _read(text: str, start: int, mark: str) -> Tag | None:
    close = _CLOSE[mark]
    if mark == "{#":
        end = text.find(close, start + 2)
        if end < 0:
            return None
        inner = text[start + 2 : end]
        dash = inner.startswith("-")
        scope = _SCOPE.match(inner[1:] if dash else inner)
        return Tag(
            start,
            end + 2,
            "comment",
            scope.group(1) if scope else "",
            "",
            dash,
            inner.endswith("-"),
            text[start : end + 2],
        )
    inside = _inside(text, start + 2, close) or _anyhow(text, start + 2, close)
    if inside is None:
        return None
    body, end = inside
    trim_before = (body[:1] in ("-", "+") and mark == "{%") or (body[:1] == "-" and mark == "{{")
    sign = body[:1] if trim_before else ""
    body = body[len(sign) :]
    trim_after = body.endswith("-") or (mark == "{%" and body.endswith("+"))
    if trim_after:
        after = body[-1]
        body = body[:-1]
    else:
        after = ""
    match = _SCOPE.match(body)
    scope_name = match.group(1) if match else ""
    if match:
        body = body[match.end() :]
    return Tag(start, end, _KIND[mark], scope_name, body.strip(), sign == "-", after == "-", text[start:end])


def _anyhow(text: str, at: int, close: str) -> tuple[str, int] | None:
    """The nearest end where quotes or parentheses do not match, so that Jinja can say what is wrong inside."""
    end = text.find(close, at)
    if end < 0 or _OPEN.search(text, at, end):
        return None
    return text[at:end], end + 2


def _inside(text: str, at: int, close: str) -> tuple[str, int] | None:
    """The tag's inside with straight quotes, and where the tag ends; quotes and braces are respected."""
    out: list[str] = []
    quote = ""
    depth = 0
    size = len(text)
    while at < size:
        char = text[at]
        if quote:
            if char == "\\" and at + 1 < size:
                out.append(text[at : at + 2])
                at += 2
                continue
            if char in (_DOUBLE if quote == '"' else _SINGLE):
                char, quote = quote, ""
            elif char == "\n":
                char = " "
            out.append(char)
            at += 1
            continue
        if depth == 0 and text.startswith(close, at):
            return "".join(out), at + 2
        if char in _DOUBLE:
            char = quote = '"'
        elif char in _SINGLE:
            char = quote = "'"
        elif char in "–—‑−":
            char = "-"
        elif char in "\u00a0\t\n\u2007\u202f":
            char = " "
        elif char in "{[(":
            depth += 1
        elif char in "}])":
            if depth == 0 and char == "}":
                return None
            depth = max(0, depth - 1)
        elif text.startswith(("{{", "{%"), at):
            return None
        out.append(char)
        at += 1
    return None
