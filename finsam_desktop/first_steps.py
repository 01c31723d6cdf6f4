"""Kom igång: what has been done of the way to the first sent kallelse, and what is next. Worked out from the values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.association import BOARD_ROLES, Association
from finsam_desktop.domain.catalogue import Frame, ItemTemplate
from finsam_desktop.domain.deadlines import reached
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.domain.wording import long_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: ``fact`` is how far it has come or what it is for, ``place`` and ``target`` where it is done."""

    title: str
    fact: str
    done: bool
    verb: str
    place: str
    target: str = ""


def first_meeting(meetings: Iterable[Meeting], today: date) -> Meeting | None:
    """The meeting the steps are about: the next one, else the latest; None when there is none."""
    by_day = sorted((m for m in meetings if m.cancelled_on is None), key=lambda m: m.date)
    ahead = [meeting for meeting in by_day if meeting.date >= today]
    return ahead[0] if ahead else by_day[-1] if by_day else None


def steps(
    association: Association,
    meeting: Meeting | None,
    templates: Sequence[ItemTemplate],
    made: Iterable[str],
    today: date,
) -> tuple[Step, ...]:
    """The steps in order. ``made`` are the documents that have been made of the meeting, such as "kallelse"."""
    board = len({a.person_id for a in association.appointed(today, *BOARD_ROLES)})
    found = [
        Step(
            title="Förbundet", fact=association.name, done=bool(association.name and association.members),
            verb="Visa", place="association", target="uppgifter",
        ),
        Step(
            title="Ledamöter och ersättare",
            fact=f"{board} ledamöter" if board > 1 else "De som ska kallas. Kan hämtas från Excel",
            done=board > 1, verb="Lägg in", place="association", target="personer",
        ),
    ]  # fmt: skip
    if meeting is None:
        found.append(
            Step(
                title="Första sammanträdet", fact="Dag, tid och plats. Dagordningens ram följer med", done=False,
                verb="Skapa", place="meetings", target="ny",
            )
        )  # fmt: skip
        return tuple(found)
    frame = {template.id for template in templates if template.frame is not Frame.NONE}
    own = [item for item in meeting.items if item.template_id not in frame]
    files = sum(len(item.attachments) for item in walk(meeting.items))
    is_made = "kallelse" in set(made)
    return (
        *found,
        Step(
            title="Sammanträdet", fact=long_date(meeting.date), done=True, verb="Visa",
            place="meeting", target=f"{meeting.id}/kallelse",
        ),
        Step(
            title="Kallelsen i Word",
            fact="Skapad. Skapa den på nytt när dagordningen är klar" if is_made else "Skapas ur mallen",
            done=is_made, verb="Öppna", place="meeting", target=f"{meeting.id}/kallelse",
        ),
        Step(
            title="Dagordningen",
            fact=f"{len(own)} ärenden utöver ramen" if own else "Ramen finns. Lägg till det som styrelsen ska ta upp",
            done=bool(own), verb="Fyll på", place="meeting", target=f"{meeting.id}/dagordning",
        ),
        Step(
            title="Handlingarna",
            fact=f"{files} bilagor" if files else "Dra filerna till ärendet de hör till",
            done=bool(files), verb="Lägg till", place="meeting", target=f"{meeting.id}/handlingar",
        ),
        Step(
            title="Kallelsen skickad", fact="Mejlutkasten och mötesbjudan ligger under Kallelse",
            done=reached(meeting, MeetingState.NOTIFIED), verb="Till Kallelse",
            place="meeting", target=f"{meeting.id}/kallelse",
        ),
    )  # fmt: skip


def next_step(found: Iterable[Step]) -> Step | None:
    """The first step that is not done; None when all are."""
    return next((step for step in found if not step.done), None)
