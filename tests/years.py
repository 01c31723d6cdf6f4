"""An association of many years, made in seconds: what the program must stay quick with.

    python -m tests.years DIR --years 20 --attachments-mb 300

Eight meetings a year with 125 items: words, decisions, figures, adjusted and sealed minutes, bilagor as .docx, .xlsx
and .pdf, a history and made documents. The same call makes the same values. 0 years: a new one,
with its register and no meetings.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

import msgspec
from sqlalchemy import Connection, insert

from finsam_desktop import demo
from finsam_desktop.domain.adjusting import adjust
from finsam_desktop.domain.agenda import AgendaItem, Attachment, walk
from finsam_desktop.domain.association import Appointment, Association, Person, Role
from finsam_desktop.domain.attendance import Attendance, Presence
from finsam_desktop.domain.catalogue import Frame, ItemTemplate
from finsam_desktop.domain.catalogue_use import item_from_template
from finsam_desktop.domain.decisions import Decision, FollowUp, FollowUpState, Outcome, Proposal, ProposalKind
from finsam_desktop.domain.figures import FigureTable
from finsam_desktop.domain.meeting import Adjuster, Meeting, MeetingKind, MeetingState, PublicNotice
from finsam_desktop.domain.references import mapped
from finsam_desktop.files.catalogue_files import standard_templates
from finsam_desktop.storage import codec, schema
from finsam_desktop.storage.database import make_engine
from finsam_desktop.storage.document import make_file, store
from finsam_desktop.storage.new_file import making
from tests import years_texts as texts

TODAY = date(2026, 11, 22)
USER = "Åsa Öberg"
MEETINGS, ITEMS = 8, 125
"""A year."""
_BLANK = re.compile(r"\{[^}]*\}")
"""What a template leaves for the secretary to fill in."""
_MONTHS = (2, 3, 4, 5, 6, 9, 10, 12)
_PERIOD = 4
"""Years of a mandate period."""
_CHANGES = 40
"""Rows of history of each meeting."""
_STAGES = 5
"""Of them, how many differ: packing is what takes time."""


def make_years(
    path: Path, *, years: int = 20, attachments_mb: float = 300, today: date = TODAY, seed: int = 1
) -> Path:
    """Make the file at ``path``, where nothing may be; gives it. ``attachments_mb`` is the bilagor's size together,
    which is never less than what their texts take (some 20 kB each)."""
    random = Random(seed)
    association, meetings = _values(random, years, today)
    with making(path.absolute()) as new:
        make_file(new, association, USER, datetime.combine(today, time(8)) - timedelta(days=366 * years))
        engine = make_engine(new, read_only=False)
        try:
            with engine.begin() as db:
                meetings = _with_bilagor(db, random, meetings, round(attachments_mb * 1_000_000))
                for meeting in _adjusted(association, meetings, today):
                    data = codec.encode(meeting)
                    store(db, meeting.id, meeting, data)
                    _history(db, random, meeting, data)
                    _made_documents(db, random, meeting)
        finally:
            engine.dispose()
    return path


# Values


def _values(random: Random, years: int, today: date) -> tuple[Association, list[Meeting]]:
    """The association and its meetings, none of them adjusted, without bilagor."""
    plain = demo.association(demo.INVENTED)
    if not years:
        return replace(plain, readings=(), plans=(), audits=(), measures=(), delegated_decisions=()), []
    association = _with_earlier_boards(random, plain, today.year - years + 1, today)
    tables = _tables()
    templates = [t for t in standard_templates() if not t.meeting_kinds]
    meetings: list[Meeting] = []
    for year in range(today.year - years + 1, today.year + 1):
        for place, month in enumerate(_MONTHS):
            items = ITEMS // MEETINGS + (place < ITEMS % MEETINGS)
            day = date(year, month, 10 + random.randrange(15))
            meetings.append(_meeting(random, association, templates, tables, day, items, today))
    return association, meetings


def _with_earlier_boards(random: Random, plain: Association, first: int, today: date) -> Association:
    """The association with a board for each mandate period since the year ``first``; today's is the last."""
    people, appointments = list(plain.people), []
    starts = [
        date(year, 4, 1)
        for year in range(today.year - today.year % _PERIOD - 1, first - 2 * _PERIOD, -_PERIOD)
    ]
    for appointment in plain.appointments:
        since = starts[0] if starts else appointment.since
        appointments.append(replace(appointment, since=since, until=None))
    for number, (start, next_start) in enumerate(zip(starts[1:], starts, strict=False), start=1):
        for appointment in plain.appointments:
            person = Person(id=f"{appointment.person_id}-{number}", name=texts.person_name(random), party="S")
            people.append(person)
            until = next_start - timedelta(days=1)
            appointments.append(replace(appointment, person_id=person.id, since=start, until=until))
    plans = tuple(
        replace(p, lines=tuple(replace(line, id=f"{p.id}-{n}") for n, line in enumerate(p.lines)))
        for p in plain.plans
    )
    return replace(plain, people=tuple(people), appointments=tuple(appointments), plans=plans)


def _tables() -> tuple[FigureTable, ...]:
    """The figures of a real meeting."""
    kept = Path(__file__).parent / "data" / "documents" / "version-1.json"
    real = msgspec.convert(msgspec.json.decode(kept.read_bytes())["values"][1], Meeting)
    return tuple(table for item in walk(real.items) for table in item.figures)


def _meeting(
    random: Random,
    association: Association,
    templates: list[ItemTemplate],
    tables: tuple[FigureTable, ...],
    day: date,
    count: int,
    today: date,
) -> Meeting:
    plain = Meeting(
        id=f"m{day:%Y%m%d}",
        date=day,
        start=time(9),
        end=time(12),
        place=f"Stadshuset, {random.choice(texts.PLACES)}",
        kind=MeetingKind.BUDGET if day.month == 12 else MeetingKind.ORDINARY,
        state=MeetingState.HELD if day < today else MeetingState.DRAFT,
        reference=f"{day.year}/{random.randint(10, 99)}",
        notice_date=day - timedelta(days=9),
        absence_deadline=day - timedelta(days=3),
    )
    opening = [t for t in templates if t.frame is Frame.OPENING][:4]
    closing = [t for t in templates if t.frame is Frame.CLOSING][-2:]
    fitting = [t for t in templates if t.frame is Frame.NONE and (not t.months or day.month in t.months)]
    middle = [random.choice(fitting) for _ in range(max(count - len(opening) - len(closing), 1))]
    items = []
    for number, template in enumerate((*opening, *middle, *closing), start=1):
        made = replace(item_from_template(template, association, plain), id=f"{plain.id}-{number:02}")
        made = mapped(made, lambda text: _BLANK.sub("1 250 000", text))
        if template.frame is Frame.NONE:
            made = _discussed(random, made, day, held=day < today)
        items.append(made)
    if day.month in (5, 9, 2):
        items[len(opening)] = replace(items[len(opening)], figures=_tables_of(tables, items[len(opening)].id))
    board = [a.person_id for a in association.appointed(day, Role.BOARD_MEMBER, Role.CHAIR)]
    return replace(
        plain,
        items=tuple(items),
        adjusters=(Adjuster(person_id=board[1 + random.randrange(len(board) - 1)]),),
        attendance=Attendance(presences=_presences(random, association.appointed(day, Role.DEPUTY), board)),
    )


def _tables_of(tables: tuple[FigureTable, ...], item_id: str) -> tuple[FigureTable, ...]:
    return tuple(replace(table, id=f"{item_id}-{number}") for number, table in enumerate(tables))


def _discussed(random: Random, item: AgendaItem, day: date, *, held: bool) -> AgendaItem:
    """The item with what was written before the meeting and, when it is ``held``, at it."""
    subject = texts.compound(random)
    clauses = (
        f"godkänna {subject}en",
        f"ge förbundschefen i uppdrag att följa upp {texts.compound(random)}en",
    )
    item = replace(
        item,
        title=f"{item.title}: {subject}",
        summary=f"{item.summary}\n\n{texts.paragraph(random, day.year, random.randint(2, 6))}".strip(),
        reference=f"{day.year}/{random.randint(100, 999)}",
        proposal=Proposal(kind=ProposalKind.CLAUSES, clauses=clauses)
        if item.type.decides
        else Proposal(kind=ProposalKind.NONE_LAID),
    )
    if not held:
        return item
    decision = Decision(outcome=Outcome.AS_PROPOSED if item.type.decides else Outcome.NOTED)
    if item.type.decides and random.random() < 0.2:
        due = day + timedelta(days=90)
        left = (TODAY - day).days < 200 or random.random() < 0.01
        follow_up = FollowUp(
            task=f"Återkomma om {subject}en",
            responsible="Förbundschefen",
            due=due,
            state=FollowUpState.OPEN if left else FollowUpState.DONE,
            reported_on=None if left else due,
        )
        decision = replace(decision, follow_up=follow_up)
    return replace(
        item, minutes_text=texts.paragraph(random, day.year, random.randint(1, 4)), decision=decision
    )


def _presences(random: Random, deputies: tuple[Appointment, ...], board: list[str]) -> tuple[Presence, ...]:
    away = random.choice(board[1:])
    found = [Presence(person_id=away, present=False)]
    if deputies:
        found.append(Presence(person_id=random.choice(deputies).person_id, serving_for=away))
    return tuple(found)


def _adjusted(association: Association, meetings: list[Meeting], today: date) -> Iterator[Meeting]:
    """The meetings, those of more than a month ago adjusted and sealed, announced and archived."""
    made: list[Meeting] = []
    for number, meeting in enumerate(meetings):
        if meeting.date > today - timedelta(days=31):
            made.append(meeting)
            continue
        day = meeting.date + timedelta(days=11)
        notices = tuple(
            PublicNotice(member_id=member.id, posted=day, removed=day + timedelta(days=22))
            for member in association.members
        )
        meeting = replace(meeting, public_notices=notices, state=MeetingState.ARCHIVED)
        near = (*made[-MEETINGS:], meeting, *meetings[number + 1 : number + 2])
        made.append(adjust(meeting, association, near, on=day, at=datetime.combine(day, time(14)), by=USER))
    return iter(made)


# Rows


@dataclass(frozen=True, slots=True)
class _Bilaga:
    meeting: int
    item: str
    share: float


def _with_bilagor(db: Connection, random: Random, meetings: list[Meeting], size: int) -> list[Meeting]:
    """Store the bilagor, of ``size`` bytes together, and give the meetings that name them."""
    planned = [
        _Bilaga(number, item.id, min(random.paretovariate(1.2), 40))
        for number, meeting in enumerate(meetings)
        for item in meeting.items[4:-2]
        for _ in range(random.choice((0, 0, 1, 1, 2)))
    ]
    whole = sum(bilaga.share for bilaga in planned)
    noise = random.randbytes(16_000_000) if planned else b""
    found: dict[tuple[int, str], list[Attachment]] = {}
    for number, bilaga in enumerate(planned):
        meeting = meetings[bilaga.meeting]
        title = texts.compound(random).capitalize()
        ending, content = _content(random, meeting.date.year, noise, round(size * bilaga.share / whole))
        sha = codec.digest(content)
        db.execute(insert(schema.files).values(sha256=sha, size=len(content), content=content))
        attachment = Attachment(
            id=f"b{number}",
            title=title,
            file_name=f"{title} {meeting.date}{ending}",
            sha256=sha,
            size=len(content),
            pages=4,
            dated=meeting.date - timedelta(days=14),
        )
        found.setdefault((bilaga.meeting, bilaga.item), []).append(attachment)
    return [
        replace(
            meeting,
            items=tuple(
                replace(item, attachments=tuple(found.get((number, item.id), ()))) for item in meeting.items
            ),
        )
        for number, meeting in enumerate(meetings)
    ]


def _content(random: Random, year: int, noise: bytes, size: int) -> tuple[str, bytes]:
    """A bilaga of about ``size`` bytes, most of them pictures, as scanned papers are."""
    start = random.randrange(len(noise) // 2)
    weight = noise[start : start + max(size - 15_000, 0)]
    weight = (weight * (size // max(len(weight), 1) + 1))[: max(size - 15_000, 0)]
    kind = random.choice((".docx", ".docx", ".pdf", ".pdf", ".xlsx"))
    if kind == ".docx":
        return kind, texts.docx(
            [texts.paragraph(random, year, 5) for _ in range(random.randint(8, 24))], weight
        )
    if kind == ".pdf":
        pages = [[texts.sentence(random, year)[:110] for _ in range(40)] for _ in range(random.randint(2, 5))]
        return kind, texts.pdf(pages, weight)
    rows: list[list[str | int]] = [["Insats", "Område", "Budget", "Utfall"]]
    for _ in range(random.randint(40, 120)):
        place = random.choice(texts.PLACES)
        rows.append([texts.compound(random), place, random.randint(10, 900), random.randint(10, 900)])
    return kind, texts.xlsx(rows, weight)


def _history(db: Connection, random: Random, meeting: Meeting, data: bytes) -> None:
    """The meeting's changes up to the day it got its value, item by item."""
    stages = []
    for number in range(_STAGES):
        share = max(1, len(meeting.items) * (number + 1) // (_STAGES + 1))
        draft = replace(
            meeting, items=meeting.items[:share], seals=(), frozen_register=None, adjusted_on=None
        )
        stages.append(codec.pack(codec.encode(replace(draft, frozen_paragraphs=(), frozen_attachments=()))))
    at = datetime.combine(meeting.date, time(9)) - timedelta(days=25)
    rows = []
    for number in range(_CHANGES):
        at += timedelta(hours=random.randint(2, 40))
        label = f"Skriv i ärende {random.randint(1, len(meeting.items))}" if number else "Nytt sammanträde"
        rows.append(
            {"at": at, "user": USER, "label": label, "kind": "do", "subject": meeting.id,
             "value": stages[number * _STAGES // _CHANGES] if number < _CHANGES - 1 else codec.pack(data)}
        )  # fmt: skip
    db.execute(insert(schema.history), rows)


def _made_documents(db: Connection, random: Random, meeting: Meeting) -> None:
    """The kallelse and the protokoll, as they were made."""
    for document, day in (("kallelse", -9), ("protokoll", 5)):
        content = texts.docx([texts.paragraph(random, meeting.date.year, 4) for _ in range(20)], b"")
        db.execute(
            insert(schema.exports).values(
                at=datetime.combine(meeting.date + timedelta(days=day), time(15)),
                meeting_id=meeting.id,
                document=document,
                path=f"{meeting.date} {document.capitalize()}.docx",
                sha256=codec.digest(content),
                content=content,
            )
        )


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Make an association of many years.")
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument("--years", type=int, default=20)
    parser.add_argument("--attachments-mb", type=float, default=300)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    name = f"{options.years}-ar.finsam"
    print(make_years(options.folder / name, years=options.years, attachments_mb=options.attachments_mb))


if __name__ == "__main__":
    main()
