"""From item templates to agendas: a meeting with its frame, an item from a template, and search.

Templates are searched and offered in the order given; ``merged`` puts the association's own in place of the
program's templates with the same id.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time

from finsam_desktop.domain.agenda import AgendaItem, Items
from finsam_desktop.domain.association import Association, Role
from finsam_desktop.domain.catalogue import Frame, ItemTemplate
from finsam_desktop.domain.days import later
from finsam_desktop.domain.decisions import Proposal, ProposalKind
from finsam_desktop.domain.meeting import Meeting, MeetingForm, MeetingKind
from finsam_desktop.domain.numbering import paragraphs, section_label
from finsam_desktop.domain.wording import MONTHS, long_date

EVERY_MONTH = tuple(range(1, 13))
SEASON_DAYS = 92
"""A recurring item is taken when an agenda at most this many days (a quarter) away has it."""
ADJUSTMENT_DAYS = 14
PREVIOUS_MINUTES = "foregaende-protokoll"

_BLANK = re.compile(r"\{([^{}]+)\}")


def merged(templates: Iterable[ItemTemplate], association: Association) -> tuple[ItemTemplate, ...]:
    """The program's templates with the association's own: same id replaces, others come last."""
    own = {template.id: replace(template, own=True) for template in association.item_templates}
    kept = tuple(own.pop(template.id, template) for template in templates)
    return (*kept, *own.values())


def with_template(association: Association, template: ItemTemplate) -> Association:
    """The association with a template of its own added, or changed when the id is there already."""
    own = replace(template, own=True)
    if any(existing.id == own.id for existing in association.item_templates):
        kept = tuple(own if existing.id == own.id else existing for existing in association.item_templates)
    else:
        kept = (*association.item_templates, own)
    return replace(association, item_templates=kept)


def without_template(association: Association, template_id: str) -> Association:
    """The association without a template of its own; the program's template with that id shows again."""
    kept = tuple(template for template in association.item_templates if template.id != template_id)
    return replace(association, item_templates=kept)


def new_meeting(
    kind: MeetingKind,
    day: date,
    association: Association,
    templates: Sequence[ItemTemplate],
    meetings: Sequence[Meeting] = (),
    *,
    start: time | None = None,
    end: time | None = None,
    place: str = "",
    form: MeetingForm = MeetingForm.IN_PERSON,
    today: date | None = None,
) -> Meeting:
    """A draft of a meeting on ``day`` with the frame of its kind, and the kind's own items between.

    Place, form and times not given are taken from the latest meeting before it. Notice and absence dates
    follow the standing rules; the notice is never dated before ``today``.
    """
    earlier = [meeting for meeting in meetings if meeting.date < day]
    last = max(earlier, key=lambda meeting: (meeting.date, meeting.id), default=None)
    if last is not None:
        start, end, place = start or last.start, end or last.end, place or last.place
        if place == last.place and form is MeetingForm.IN_PERSON:
            form = last.form
    notice = later(day, -association.rules.notice_days)
    meeting = Meeting(
        date=day,
        start=start,
        end=end,
        place=place,
        form=form,
        kind=kind,
        notice_date=notice if today is None else max(notice, min(today, day)),
        absence_deadline=later(day, -association.rules.absence_days),
    )
    items = tuple(
        item_from_template(template, association, meeting, meetings)
        for template in meeting_templates(kind, merged(templates, association))
    )
    return replace(meeting, items=items)


def meeting_templates(kind: MeetingKind, templates: Sequence[ItemTemplate]) -> tuple[ItemTemplate, ...]:
    """What a new meeting of ``kind`` has: opening frame, templates that name the kind, closing frame."""
    opening = [t for t in templates if t.frame is Frame.OPENING and _of_kind(t, kind)]
    middle = [t for t in templates if t.frame is Frame.NONE and kind in t.meeting_kinds]
    closing = [t for t in templates if t.frame is Frame.CLOSING and _of_kind(t, kind)]
    return tuple(t for part in (opening, middle, closing) for t in sorted(part, key=lambda t: t.order))


def _of_kind(template: ItemTemplate, kind: MeetingKind) -> bool:
    return not template.meeting_kinds or kind in template.meeting_kinds


def item_from_template(
    template: ItemTemplate,
    association: Association,
    meeting: Meeting,
    meetings: Sequence[Meeting] = (),
) -> AgendaItem:
    """A new item as the template says: presenter by role, variables filled for this meeting.

    Blanks that only the secretary can fill, such as {belopp}, are left in braces; a rule points them out.
    """
    values = variables(association, meeting, meetings)

    def fill(text: str) -> str:
        return filled(text, values)

    clauses = tuple(fill(clause) for clause in template.clauses)
    person_id, presenter = _presenter(template, association, meeting.date)
    return AgendaItem(
        title=fill(template.title),
        type=template.type,
        presenter_id=person_id,
        presenter=presenter,
        minutes=template.minutes,
        summary=fill(template.summary),
        proposal=Proposal(
            kind=ProposalKind.CLAUSES if clauses else ProposalKind.UNSET, lead=template.lead, clauses=clauses
        ),
        recipients=template.recipients,
        template_id=template.id,
        minutes_text=fill(template.minutes_text),
    )


def with_items(items: Items, added: Items, templates: Iterable[ItemTemplate]) -> Items:
    """The agenda with ``added`` last of what is between the frames: before the items that close the meeting."""
    closing = {template.id for template in templates if template.frame is Frame.CLOSING}
    place = len(items)
    while place and items[place - 1].template_id in closing:
        place -= 1
    return (*items[:place], *added, *items[place:])


def shown_title(template: ItemTemplate, association: Association, meeting: Meeting) -> str:
    """The title as a list of templates shows it for this meeting: "Årsredovisning 2025"."""
    return filled(template.title, variables(association, meeting))


def filled(text: str, values: Mapping[str, str]) -> str:
    """``text`` with the variables in braces that have a value replaced; other braces stay."""
    return _BLANK.sub(lambda blank: values.get(blank[1], blank[0]), text)


def _presenter(template: ItemTemplate, association: Association, day: date) -> tuple[str, str]:
    if not template.presenter_role:
        return "", ""
    role = Role(template.presenter_role)
    person = association.first_with(day, role)
    if person is None and role in (Role.SECRETARY, Role.ECONOMIST, Role.PROCESS_LEADER):
        person = association.first_with(day, Role.DIRECTOR)  # a small association has the director only
    return (person.id, "") if person is not None else ("", "")


def variables(association: Association, meeting: Meeting, meetings: Sequence[Meeting] = ()) -> dict[str, str]:
    """The variables a template's texts may use, with their values at this meeting. Unknown ones are not in it."""
    year = meeting.date.year
    number, period = latest_tertial(meeting.date)
    values = {
        "år": str(year),
        "fg_år": str(year - 1),
        "nästa_år": str(year + 1),
        "treårsperiod": f"{year + 1}–{year + 3}",
        "tertial": str(number),
        "period": period,
        "datum": long_date(meeting.date),
        "justering_senast": long_date(later(meeting.date, ADJUSTMENT_DAYS)),
        "förbund": association.name,
    }
    previous = previous_meeting(meeting, meetings)
    if previous is not None:
        values["föregående_datum"] = long_date(previous.date)
        values["föregående_paragrafer"] = section_label(paragraphs(meetings, previous).values())
    return values


def latest_tertial(day: date) -> tuple[int, str]:
    """The tertial that last ended before ``day``, and the period from January: 2, "januari–augusti 2026"."""
    if day.month <= 4:
        return 3, f"januari–december {day.year - 1}"
    number = (day.month - 1) // 4
    return number, f"januari–{MONTHS[number * 4 - 1]} {day.year}"


def previous_meeting(meeting: Meeting, meetings: Iterable[Meeting]) -> Meeting | None:
    """The board's meeting before this one, or None. A meeting called off has no protokoll to lay aside."""
    earlier = (
        m
        for m in meetings
        if m.id != meeting.id and m.date < meeting.date and m.kind.decides and m.cancelled_on is None
    )
    return max(earlier, key=lambda m: (m.date, m.id), default=None)


def month_range(months: Sequence[int]) -> str:
    """Months in words: (9, 10) → "september–oktober", (4, 9) → "april och september"."""
    ordered = sorted(set(months))
    if not ordered:
        return ""
    first, last = ordered[0], ordered[-1]
    if len(ordered) > 1 and ordered == list(range(first, last + 1)):
        return f"{MONTHS[first - 1]}–{MONTHS[last - 1]}"
    names = [MONTHS[month - 1] for month in ordered]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} och {names[-1]}"


# -- search ---------------------------------------------------------------------------------------------


def search_templates(
    templates: Iterable[ItemTemplate], text: str, *, month: int = 0
) -> tuple[ItemTemplate, ...]:
    """Templates that have every word of ``text`` somewhere, best first; all of them for an empty text.

    A few letters are enough, anywhere in a word. Capitals do not matter, and å, ä, ö, é may be written a, a,
    o, e; a text with å, ä or ö prefers templates that have them. Of equally good hits, those that belong to the
    ``month`` (1-12) of the meeting come first: in October "tertial" means the second report.
    """
    words = text.split()
    scored = [(_score(template, words), place, template) for place, template in enumerate(templates)]
    hits = sorted(
        (entry for entry in scored if entry[0] is not None),
        key=lambda entry: (-(entry[0] or 0), month not in entry[2].months, entry[1]),
    )
    return tuple(template for _, _, template in hits)


def _score(template: ItemTemplate, words: Sequence[str]) -> int | None:
    """The sum of what every word is worth, and of the words as one phrase; None when a word is nowhere."""
    points = [_worth(template, word) for word in words]
    if not all(points):
        return None
    return sum(points) + (_worth(template, " ".join(words)) if len(words) > 1 else 0)


def _worth(template: ItemTemplate, text: str) -> int:
    return max(
        _points(text, template.title, 60),
        max((_points(text, keyword, 40) for keyword in template.keywords), default=0),
        _points(text, " ".join((template.summary, *template.clauses)), 10),
        max((_points(text, basis, 5) for basis in template.basis), default=0),
    )


def _points(word: str, text: str, worth: int) -> int:
    """``worth`` and more when ``word`` is in ``text``: exact letters, start of the text, start of a word."""
    for folded, bonus in ((str.casefold, 5), (fold, 0)):
        wanted, where = folded(word), folded(text)
        place = where.find(wanted)
        if place < 0:
            continue
        if place == 0:
            return worth + bonus + 12
        return worth + bonus + (8 if re.search(rf"\b{re.escape(wanted)}", where) else 0)
    return 0


def fold(text: str) -> str:
    """Lower case without marks over letters: "Årsmöte" → "arsmote"."""
    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
