"""The context of an extract (protokollsutdrag): §§ copied whole from the minutes, with who decided there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from finsam_desktop.documents.kallelse import reference
from finsam_desktop.documents.kinds import About, top_item
from finsam_desktop.documents.protokoll import DRAFT_MARK, Minutes
from finsam_desktop.documents.values import iso, name_and_role, with_dates
from finsam_desktop.domain import sentences
from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.association import Association, Role
from finsam_desktop.domain.deadlines import adjusted_day, announced_apart
from finsam_desktop.domain.meeting import Meeting, MeetingKind
from finsam_desktop.domain.numbering import section_label
from finsam_desktop.domain.wording import join_names, weekday_date
from finsam_desktop.errors import UserError
from finsam_desktop.word import RichText, Table


def protokollsutdrag_context(
    association: Association, meetings: Iterable[Meeting], meeting: Meeting, about: About, today: date
) -> dict[str, object]:
    """Everything the template protokollsutdrag.docx can print, but for the letterhead.

    ``about.items`` are the items to copy, all of them where none is named; a sub-item brings its whole §.
    UserError when the meeting has no such item.
    """
    minutes = Minutes(association, tuple(meetings), meeting, None)
    items = _chosen(meeting, about)
    numbers = [minutes.paragraphs[item.id] for item in items]
    label = section_label(numbers)
    kind = "extra sammanträde" if meeting.kind is MeetingKind.EXTRA else "sammanträde"
    immediate = meeting.adjusted_on is None and bool(items) and all(map(is_immediate, items))
    adjusted = meeting.adjusted_on is not None or immediate
    secretary = association.first_with(meeting.date, Role.SECRETARY)
    return {
        "document": {
            "title": "Protokollsutdrag",
            "subtitle": f"Styrelsens {kind} {weekday_date(meeting.date)}{f', {label}' if label else ''}",
            "paragraphs": label,
            "reference": reference(items[0].reference if len(items) == 1 else meeting.reference),
            "running_title": with_dates("Protokollsutdrag ", meeting.date, f", {label}" if label else ""),
            "draft_mark": "" if adjusted else DRAFT_MARK,
        },
        "meeting": {
            "place_and_time": sentences.place_and_time(meeting),
            "adjusted": _adjusted(association, meeting, immediate=immediate),
        },
        "recipient": about.recipient,
        "deciding": _deciding(minutes, numbers),
        "items": _sections(minutes, meeting, items),
        "certification": {
            "text": _certificate(adjusted=adjusted, immediate=immediate),
            "date": iso(today) if adjusted else "",
            "signed_by": (
                name_and_role(association, secretary, meeting.date, Role.SECRETARY) if secretary else ""
            ),
        },
    }


def _certificate(*, adjusted: bool, immediate: bool) -> str:
    """What the one who signs certifies; a draft is not certified."""
    if not adjusted:
        return "Protokollet är inte justerat. Utdraget kan bestyrkas när det är det."
    source = "omedelbart justerad paragraf" if immediate else "protokollet"
    return f"Rätt utdraget ur {source} intygar"


def _chosen(meeting: Meeting, about: About) -> tuple[AgendaItem, ...]:
    wanted: set[str] = set()
    for item_id in about.items:
        top = top_item(meeting, item_id)
        if top is None:
            raise UserError(
                "Ärendet finns inte i sammanträdet.", advice="Välj en paragraf som finns och försök igen."
            )
        wanted.add(top.id)
    return tuple(item for item in meeting.items if not about.items or item.id in wanted)


def _sections(minutes: Minutes, meeting: Meeting, items: Sequence[AgendaItem]) -> list[dict[str, object]]:
    """The §§ as the minutes have them; tables keep the number they have there."""
    if not any(part.figures for part in walk(meeting.items)):
        return [minutes.section(item) for item in items]
    made = {item.id: minutes.section(item) for item in meeting.items}
    number = 0
    for section in made.values():
        for part in (section, *cast("list[dict[str, object]]", section["sub_items"])):
            tables: list[Table] = []
            for table in cast("list[Table]", part["figures"]):
                number += bool(table.caption)
                tables.append(replace(table, number=number) if table.caption else table)
            part["figures"] = tables
    return [made[item.id] for item in items]


def is_immediate(item: AgendaItem) -> bool:
    """Whether the item, or a part of it, was adjusted at once."""
    return any(part.decision.immediately_adjusted for part in walk((item,)))


def _adjusted(association: Association, meeting: Meeting, *, immediate: bool) -> RichText | str:
    """ "2026-11-09 av Birgitta Almkvarn och Gunilla Åskvist"; "" until adjusted."""
    if immediate:
        apart = (
            day for group in announced_apart(meeting) if (day := adjusted_day(meeting, group)) is not None
        )
        return with_dates("Omedelbart, ", min(apart, default=meeting.date))
    if meeting.adjusted_on is None:
        return ""
    leader = sentences.presiding(meeting, association)
    signers = [leader.person_id] if leader is not None else []
    signers += [adjuster.person_id for adjuster in meeting.adjusters]
    names = join_names([sentences.person_name(association, one, party=False) for one in signers])
    return with_dates(meeting.adjusted_on, f" av {names}" if names else "")


def _deciding(minutes: Minutes, numbers: Iterable[int]) -> list[dict[str, object]]:
    """Who decided at each §, those §§ together where it was the same people."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for number in numbers:
        groups.setdefault(minutes.presence.deciding_at(number), []).append(number)
    return [
        {"paragraphs": section_label(same), "names": listed(names)} for names, same in groups.items() if names
    ]


def listed(names: Iterable[str]) -> str:
    """Names with what they are: "A, ordförande, B och C", with a comma before "och" after one that has a comma."""
    names = tuple(names)
    if len(names) < 2:
        return "".join(names)
    comma = "," if "," in names[-2] else ""
    return f"{', '.join(names[:-1])}{comma} och {names[-1]}"
