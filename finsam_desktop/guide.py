"""From nothing to the first kallelse: at most eight answers, and what is made of them. For the window and `finsam new`.

What is not asked has a sensible start: the frame of the first meeting comes from the item templates, the days before
it from the standing rules, and all of it can be changed later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.domain.association import Association, MemberKind
    from finsam_desktop.domain.meeting import Meeting
    from finsam_desktop.workspace import Workspace

ALWAYS_MEMBERS = ("Försäkringskassan", "Arbetsförmedlingen")
MEMBERS_HELP = (
    "Försäkringskassan, Arbetsförmedlingen, minst en region och minst en kommun (3\u00a0§ finsamlagen)"
)
MEETINGS_TEXT = "Nytt sammanträde {day}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideField:
    """A field of the guide: what it is called, what it is for, and whether there can be no kallelse without it."""

    id: str
    label: str
    why: str
    required: bool = False


FIELDS = (
    GuideField(id="name", label="Förbundets namn", why="Står överst i alla papper", required=True),
    GuideField(id="members", label="Medlemmar", why=MEMBERS_HELP),
    GuideField(id="chair", label="Ordförande", why="Står under kallelsen"),
    GuideField(
        id="board", label="Övriga ledamöter", why="Kallas. Ett namn på varje rad, resten kan läggas in senare"
    ),
    GuideField(id="day", label="Sammanträdets dag", why="Till exempel 11 februari", required=True),
    GuideField(id="time", label="Tid", why="Till exempel 09.00–12.00"),
    GuideField(id="place", label="Plats", why="Adress, eller länk för den som deltar på distans"),
    GuideField(id="file", label="Filen", why="Allt om förbundet samlas i den. Kallelsen läggs bredvid"),
)
"""All that is asked, in order. There are never more than eight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What has been answered so far; an empty guide is a whole value. ``prepared`` is the preset it starts from."""

    name: str = ""
    members: tuple[str, ...] = ALWAYS_MEMBERS
    chair: str = ""
    board: tuple[str, ...] = ()
    day: date | None = None
    start: time | None = None
    end: time | None = None
    place: str = ""
    file: Path | None = None
    prepared: Association | None = field(default=None, compare=False)


def from_prepared(prepared: Association) -> Answers:
    """The answers that a preset gives: what is in it is not asked again."""
    from finsam_desktop.domain.association import BOARD_ROLES, Role

    held = {a.person_id: a.role for a in reversed(prepared.appointments) if a.role in BOARD_ROLES}
    people = [(person.name, held[person.id]) for person in prepared.people if person.id in held]
    return Answers(
        name=prepared.name,
        members=tuple(member.name for member in prepared.members) or ALWAYS_MEMBERS,
        chair=next((name for name, role in people if role is Role.CHAIR), ""),
        board=tuple(name for name, role in people if role is not Role.CHAIR),
        prepared=prepared,
    )


def kind_value(name: str) -> str:
    """What a member is, by its name, as the value of its `MemberKind`: a region, of the state, or else a municipality.

    (Without the domain, which costs more to import than the whole empty form.)
    """
    lowered = name.lower()
    if "försäkringskassan" in lowered:
        return "social_insurance_agency"
    if "arbetsförmedlingen" in lowered:
        return "employment_service"
    return "region" if lowered.partition(" ")[0] == "region" or "landsting" in lowered else "municipality"


def kind_of(name: str) -> MemberKind:
    """What a member is, by its name."""
    from finsam_desktop.domain.association import MemberKind

    return MemberKind(kind_value(name))


def faults(answers: Answers, *, meeting: bool = True) -> dict[str, str]:
    """What must be mended before a kallelse, or only a file, can be made: a sentence by the field's id."""
    found = {}
    if not answers.name.strip():
        found["name"] = "Skriv förbundets namn."
    if meeting and answers.day is None:
        found["day"] = "Skriv vilken dag sammanträdet är, till exempel 11 februari."
    if answers.start and answers.end and answers.end <= answers.start:
        found["time"] = "Sammanträdet slutar innan det börjar."
    return found


def association_of(answers: Answers) -> Association:
    """The association as answered: over the preset where there is one, whose people keep their facts."""
    from finsam_desktop.domain.association import (
        BOARD_ROLES,
        Appointment,
        Association,
        Member,
        Person,
        Role,
        StandingRules,
    )

    base = answers.prepared or Association(name="")
    members = {member.name: member for member in base.members}
    people = {person.name: person for person in base.people}
    named = [(answers.chair, Role.CHAIR), *((name, Role.BOARD_MEMBER) for name in answers.board)]
    wanted = [(" ".join(name.split()), role) for name, role in named if name.strip()]
    for name, _ in wanted:
        people.setdefault(name, Person(name=name))
    ids = {people[name].id for name, _ in wanted}
    kept = tuple(a for a in base.appointments if a.role not in BOARD_ROLES or a.person_id in ids)
    seated = {a.person_id for a in kept if a.role in BOARD_ROLES}
    new = tuple(
        Appointment(person_id=people[name].id, role=role)
        for name, role in wanted
        if people[name].id not in seated
    )
    rules = base.rules if answers.prepared else StandingRules()
    return replace(
        base,
        name=" ".join(answers.name.split()),
        members=tuple(members.get(n) or Member(name=n, kind=kind_of(n)) for n in answers.members),
        people=tuple(people.values()),
        appointments=(*kept, *new),
        rules=rules,
    )


def meeting_of(answers: Answers, association: Association, today: date) -> Meeting:
    """The first meeting, with the frame of an ordinary one. ValueError without a day."""
    from finsam_desktop.domain.catalogue_use import new_meeting
    from finsam_desktop.domain.meeting import MeetingKind
    from finsam_desktop.files.catalogue_files import standard_templates

    if answers.day is None:
        raise ValueError("a meeting needs a day")
    return new_meeting(
        MeetingKind.ORDINARY,
        answers.day,
        association,
        standard_templates(),
        start=answers.start,
        end=answers.end,
        place=answers.place.strip(),
        today=today,
    )


def file_stem(name: str) -> str:
    """What an association's file is called, without ending: "Norrbygden" for Samordningsförbundet Norrbygden."""
    short = name.removeprefix("Samordningsförbundet ").strip() or name
    kept = "".join(char if char.isalnum() or char in " -" else "" for char in short)
    return " ".join(kept.split()) or "förbund"


def free_file(folder: Path, name: str) -> Path:
    """Where the file is put unless the user says otherwise: a name that is not taken."""
    stem = file_stem(name)
    paths = (folder / f"{stem}{'' if number == 1 else f' {number}'}.finsam" for number in range(1, 1000))
    return next(path for path in paths if not path.exists())


def checked(answers: Answers, *, meeting: bool = True) -> Answers:
    """The answers when a file can be made of them. UserError that says what is missing."""
    found = faults(answers, meeting=meeting)
    if found:
        raise UserError(" ".join(found.values()))
    return answers


def begin(
    answers: Answers, file: Path, *, user: str, at: datetime, files: Mapping[str, bytes] | None = None
) -> str:
    """Make the file with the association and its first meeting; gives the meeting's id, "" without a day.

    ``files`` are the preset's: the logo under "logo", and Word templates under the document they are for. UserError
    when something is missing or the name is taken; nothing is left then.
    """
    from finsam_desktop.workspace import Workspace

    association = association_of(checked(answers, meeting=False))
    with Workspace.create(file, association, user=user, clock=lambda: at) as workspace:
        _take_files(workspace, files or {}, at.date())
        if answers.day is None:
            return ""
        meeting = meeting_of(answers, workspace.association, at.date())
        workspace.change(MEETINGS_TEXT.format(day=answers.day), None, meeting)
        return meeting.id


def _take_files(workspace: Workspace, files: Mapping[str, bytes], today: date) -> None:
    """Put the preset's logo and Word templates in the new file."""
    from finsam_desktop.domain.association import WordTemplateFile

    if not files:
        return
    before = workspace.association
    stored = {name: workspace.add_file(content) for name, content in files.items()}
    logo = stored.pop("logo", before.letterhead.logo)
    templates = tuple(
        WordTemplateFile(document=name, file_name=f"{name}.docx", sha256=sha256, taken_on=today)
        for name, sha256 in stored.items()
    )
    after = replace(
        before,
        letterhead=replace(before.letterhead, logo=logo),
        word_templates=(*before.word_templates, *templates),
    )
    workspace.change("Ta in det som är förberett", before, after)


def make_notice(workspace: Workspace, meeting_id: str, today: date) -> Path:
    """Make the kallelse beside the file; gives where."""
    from finsam_desktop.documents import Document, file_name
    from finsam_desktop.documents.export import export

    meeting = workspace.meeting(meeting_id)
    name = file_name(
        Document.KALLELSE, meeting, association=workspace.association, meetings=workspace.meetings
    )
    return export(workspace, meeting_id, Document.KALLELSE, workspace.path.parent / name, today=today).path
