"""The contents page of a pack (handlingar): what lies in it, how many pages each paper has and where it begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from finsam_desktop.documents.kallelse import reference
from finsam_desktop.documents.values import NBSP, iso, with_dates
from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import agenda_numbers, attachment_numbers
from finsam_desktop.domain.wording import KINDS, clock_range, no_break, weekday_date
from finsam_desktop.word import Link, RichText

TITLE, SUPPLEMENT = "Handlingar", "Tilläggshandlingar"
_EN_SPACE = "\u2002"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsLine:
    """A paper in the contents. ``label`` stands first ("Bilaga 3"); ``note`` last, such as why it is not there.

    ``link`` is the address that the words lead to, "" for none. Pages are None where they are not known.
    """

    title: str
    label: str = ""
    note: str = ""
    pages: int | None = None
    first_page: int | None = None
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsGroup:
    """An item with its papers, or a paper that belongs to none (``number`` "–") and is its own heading."""

    number: str
    heading: ContentsLine
    papers: tuple[ContentsLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The contents of a pack. ``total`` is its pages, None until they are counted."""

    groups: tuple[ContentsGroup, ...]
    total: int | None = None
    supplementary: bool = False


def expected_contents(meeting: Meeting) -> Contents:
    """The contents as they are known before a pack is made: the papers, with the pages their files are said to have."""
    points, numbers = agenda_numbers(meeting), attachment_numbers(meeting)
    groups = []
    for item in meeting.items:
        papers = tuple(
            ContentsLine(label=f"Bilaga{NBSP}{numbers[one.id]}", title=one.title, pages=one.pages)
            for part in walk((item,))
            for one in part.attachments
        )
        if papers:
            heading = ContentsLine(title=item.title)
            groups.append(ContentsGroup(number=points[item.id], heading=heading, papers=papers))
    first = ContentsGroup(number="–", heading=ContentsLine(title=notice_name(meeting)))
    return Contents(groups=(first, *groups))


def notice_name(meeting: Meeting) -> str:
    """What the paper that calls to the meeting is called in the contents."""
    return "Kallelse och föredragningslista" if meeting.kind.decides else "Inbjudan och föredragningslista"


def handlingar_context(meeting: Meeting, today: date, contents: Contents | None = None) -> dict[str, object]:
    """Everything the template handlingar.docx can print, but for the letterhead."""
    known = contents or expected_contents(meeting)
    title = SUPPLEMENT if known.supplementary else TITLE
    when = clock_range(meeting.start, meeting.end)
    what = "Styrelsens sammanträde" if meeting.kind.decides else KINDS[meeting.kind]
    return {
        "document": {
            "title": title,
            "subtitle": f"{what} {weekday_date(meeting.date)}" + (f", klockan{NBSP}{when}" if when else ""),
            "date": iso(meeting.notice_date or today),
            "reference": reference(meeting.reference),
            "running_title": with_dates(f"{title} ", meeting.date),
        },
        "pack": {"groups": [_group(group) for group in known.groups], "note": _note(known)},
    }


def as_text(contents: Contents) -> str:
    """The contents as plain lines, for when something in them cannot stand in a Word file."""
    lines = []
    for group in contents.groups:
        lines.append(f"{group.number} {_plain_line(group.heading)}")
        lines += [f"    {_plain_line(paper)}" for paper in group.papers]
    text = "\n".join((*lines, "", _note(contents)))
    return "".join(
        character for character in text if character.isprintable() or character in "\n\u00a0\u2002"
    )


def _plain_line(line: ContentsLine) -> str:
    where = f"{line.pages} s, från sida {line.first_page}" if line.first_page is not None else ""
    return ", ".join(part for part in (f"{line.label} {line.title}".strip(), line.note, where) if part)


def _group(group: ContentsGroup) -> dict[str, object]:
    return {
        "number": group.number,
        **_line(group.heading),
        "papers": [_line(paper) for paper in group.papers],
    }


def _line(line: ContentsLine) -> dict[str, object]:
    words = f"{line.label}{_EN_SPACE}{no_break(line.title)}" if line.label else no_break(line.title)
    named: object = RichText((Link(words, line.link),)) if line.link else words
    return {
        "title": named,
        "note": line.note,
        "pages": str(line.pages) if line.pages is not None else "",
        "first_page": str(line.first_page) if line.first_page is not None else "",
    }


def _note(contents: Contents) -> str:
    what = "Tilläggshandlingarna" if contents.supplementary else "Handlingarna"
    told = [] if contents.supplementary else ["Övriga punkter har inga bilagor."]
    if contents.total is not None:
        pages = "1 sida" if contents.total == 1 else f"{contents.total} sidor"
        told.append(f"{what} omfattar {pages}.")
    if contents.supplementary:
        told.append("Bilagor som redan har skickats ut behåller sina nummer.")
    told.append("Varje bilaga bär sitt nummer, sin punkt och sidnumret i hela utskicket överst på sidan.")
    return " ".join(told)
