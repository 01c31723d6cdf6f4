"""Comments in a Word file: who wrote what about which words, the answers, and whether it is resolved."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from finsam_desktop.word import names
from finsam_desktop.word.names import ID, P, w
from finsam_desktop.word.relations import parse_xml, relations

_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_PARA_ID = f"{{{names.W14}}}paraId"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment. ``quoted`` are the words it is about; ``replies`` come in the order they were written."""

    id: str
    author: str
    at: datetime | None
    text: str
    quoted: str = ""
    resolved: bool = False
    replies: tuple[Comment, ...] = ()


def read_comments(
    parts: dict[str, bytes], main: str, quoted: Mapping[str, list[str]], known: Container[str]
) -> tuple[Comment, ...]:
    """Every comment, answers inside the one they answer. ``quoted`` are the words by comment id; ``known`` the ids that
    stand in the text: one that does not is given all the same."""
    found = {one.kind: one.target for one in relations(parts, main) if one.target in parts}
    target = found.get("comments")
    if target is None:
        return ()
    extended = found.get("commentsExtended")
    states = _states(parse_xml(parts[extended], extended)) if extended else {}
    comments: dict[str, Comment] = {}
    parents: dict[str, str] = {}
    by_paragraph: dict[str, str] = {}
    for element in parse_xml(parts[target], target).iter(w("comment")):
        number = element.get(ID, "")
        paragraphs = list(element.iter(P))
        key = paragraphs[-1].get(_PARA_ID, "") if paragraphs else ""
        parent, done = states.get(key, ("", False))
        by_paragraph[key] = number
        if parent:
            parents[number] = parent
        comments[number] = Comment(
            id=number, author=element.get(w("author"), ""), at=moment(element.get(w("date"))),
            text="\n".join(_text(one) for one in paragraphs).strip(),
            quoted=" ".join("".join(quoted.get(number, ())).split()), resolved=done,
        )  # fmt: skip
    answers: dict[str, list[Comment]] = {}
    for number, key in parents.items():
        answers.setdefault(by_paragraph.get(key, ""), []).append(comments[number])
    return tuple(
        replace(one, replies=tuple(answers.get(number, ())))
        for number, one in comments.items()
        if by_paragraph.get(parents.get(number, "")) is None
    )


def _states(root: Any) -> dict[str, tuple[str, bool]]:
    """The paragraph of the comment that is answered, and whether it is resolved, by the comment's own paragraph."""
    return {
        one.get(f"{{{_W15}}}paraId", ""): (
            one.get(f"{{{_W15}}}paraIdParent", ""),
            one.get(f"{{{_W15}}}done", "0") in ("1", "true"),
        )
        for one in root.iter(f"{{{_W15}}}commentEx")
    }


def _text(paragraph: Any) -> str:
    pieces = []
    for element in paragraph.iter():
        if element.tag == names.T:
            pieces.append(element.text or "")
        elif element.tag in (names.BR, names.CR):
            pieces.append("\n")
        elif element.tag == names.TAB and element.getparent().tag == names.RUN:
            pieces.append("\t")
    return "".join(pieces)


def moment(text: str | None) -> datetime | None:
    """The time in an attribute, without zone: Word writes the local time with a Z. None when it is no time."""
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).replace(tzinfo=None) if text else None
    except ValueError:
        return None
