"""The association (samordningsförbund): its members, people, appointments and standing rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from finsam_desktop.domain.account_plan import AccountPlan
from finsam_desktop.domain.activity import Indicator, Reading, Team
from finsam_desktop.domain.annual_report import AnnualReport
from finsam_desktop.domain.audit import AuditYear
from finsam_desktop.domain.catalogue import ItemTemplate
from finsam_desktop.domain.delegation import DelegatedDecision, Delegation
from finsam_desktop.domain.ids import new_id
from finsam_desktop.domain.mail_texts import MailText
from finsam_desktop.domain.measures import Measure
from finsam_desktop.domain.parcel_values import ParcelCopy
from finsam_desktop.domain.report_values import ReportInput
from finsam_desktop.domain.year_plan import YearPlan


class MemberKind(StrEnum):
    """What a member of the association is (3 § finsamlagen)."""

    SOCIAL_INSURANCE_AGENCY = "social_insurance_agency"
    EMPLOYMENT_SERVICE = "employment_service"
    REGION = "region"
    MUNICIPALITY = "municipality"


class Role(StrEnum):
    """What a person is appointed to be."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    BOARD_MEMBER = "board_member"
    DEPUTY = "deputy"
    DIRECTOR = "director"
    SECRETARY = "secretary"
    ECONOMIST = "economist"
    PROCESS_LEADER = "process_leader"
    AUDITOR = "auditor"
    COOPTED = "coopted"
    MEMBER_REPRESENTATIVE = "member_representative"


BOARD_ROLES = (Role.CHAIR, Role.VICE_CHAIR, Role.BOARD_MEMBER)
"""Roles that hold a seat of their own in the board, in the order they are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of the association (förbundsmedlem). ``share`` is its part of the contributions, percent."""

    id: str = field(default_factory=new_id)
    name: str
    kind: MemberKind
    share: Decimal | None = None
    notice_board: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone the papers mention. ``party`` is the party's letters, empty for civil servants."""

    id: str = field(default_factory=new_id)
    name: str
    party: str = ""
    email: str = ""
    phone: str = ""


class Eligibility(StrEnum):
    """What makes a person eligible to the board (12 § finsamlagen)."""

    UNKNOWN = "unknown"
    COUNCIL_MEMBER = "council_member"
    COUNCIL_DEPUTY = "council_deputy"
    EMPLOYEE = "employee"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A person's appointment (uppdrag). ``order`` is the deputy's order of service, 1 first (12 § finsamlagen).

    ``eligible_until`` is the day an employment or a seat in the council ends, when it is known (16 §).
    """

    person_id: str
    role: Role
    member_id: str = ""
    order: int = 0
    title: str = ""
    since: date | None = None
    until: date | None = None
    eligibility: Eligibility = Eligibility.UNKNOWN
    eligible_until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the appointment is in force on ``day``; both ends are included."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Majority:
    """Matters that need more than half of the votes (9 § 6 finsamlagen): ``numerator``/``denominator`` of them.

    ``matter`` says which in words, ``source`` where the förbundsordning says it, such as "11 §".
    """

    id: str = field(default_factory=new_id)
    matter: str
    numerator: int = 2
    denominator: int = 3
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """What a role is paid for a meeting (11 § finsamlagen), in kr."""

    role: Role
    per_meeting: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CharterPoint:
    """One of the points that the förbundsordning must settle (9 § finsamlagen). ``place`` is where it does, "4 §"."""

    number: int
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A standing phrase for the minutes. ``key`` is typed after "#"; ``text`` may hold {ordförande} and the like."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRules:
    """What the association's own förbundsordning and arbetsordning decide; the law sets no defaults here.

    ``board_size`` seats, ``notice_days`` days between notice and meeting, ``absence_days`` days before the
    meeting by which absence is announced, ``contribution`` the year's member contributions in kr.
    ``mandate_starts`` is the month and day a mandate period starts (13 §).
    """

    board_size: int = 0
    notice_days: int = 7
    absence_days: int = 3
    adjuster_count: int = 1
    distance_decision: str = ""
    electronic_signing: bool = False
    contribution: Decimal | None = None
    distance_scope: str = ""
    adjustment_manner: str = ""
    deputies_may_speak: bool = True
    interim_report_required: bool = False
    mandate_starts: tuple[int, int] = (4, 1)
    majorities: tuple[Majority, ...] = ()
    fees: tuple[Fee, ...] = ()
    charter: tuple[CharterPoint, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What stands in the header and footer. ``accent`` is #RRGGBB or empty; ``logo`` a stored file's SHA-256."""

    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    accent: str = ""
    logo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTemplateFile:
    """A Word template of the association's own. ``document`` is what it is for, such as "kallelse".

    ``sha256`` names the stored content; ``source`` is where the file lay on the computer when it was taken
    into use, to see whether it has been changed there since.
    """

    document: str
    file_name: str
    sha256: str
    taken_on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """The association as one value: everything that is not a meeting.

    ``parcel`` is set in the file that a receiver of a mötespaket works in. ``own_words`` are spelt right here,
    whatever the dictionary says; they are never published.
    """

    name: str
    org_number: str = ""
    seat: str = ""
    minutes_kept_at: str = ""
    minutes_published_at: str = ""
    court: str = ""
    letterhead: Letterhead = Letterhead()
    rules: StandingRules = StandingRules()
    members: tuple[Member, ...] = ()
    people: tuple[Person, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    item_templates: tuple[ItemTemplate, ...] = ()
    word_templates: tuple[WordTemplateFile, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    delegated_decisions: tuple[DelegatedDecision, ...] = ()
    audits: tuple[AuditYear, ...] = ()
    measures: tuple[Measure, ...] = ()
    teams: tuple[Team, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    readings: tuple[Reading, ...] = ()
    plans: tuple[YearPlan, ...] = ()
    annual_reports: tuple[AnnualReport, ...] = ()
    account_plan: AccountPlan | None = None
    mail_texts: tuple[MailText, ...] = ()
    report_inputs: tuple[ReportInput, ...] = ()
    own_words: tuple[str, ...] = ()
    parcel: ParcelCopy | None = None

    def member(self, member_id: str) -> Member | None:
        """The member with this id, or None."""
        return next((member for member in self.members if member.id == member_id), None)

    def person(self, person_id: str) -> Person | None:
        """The person with this id, or None."""
        return next((person for person in self.people if person.id == person_id), None)

    def word_template(self, document: str) -> WordTemplateFile | None:
        """The association's own Word template for a document, or None where the program's is used."""
        return next((template for template in self.word_templates if template.document == document), None)

    def appointed(self, day: date, *roles: Role) -> tuple[Appointment, ...]:
        """Appointments in force on ``day`` with one of ``roles`` (all roles when none is named), in register order."""
        return tuple(a for a in self.appointments if a.holds(day) and (not roles or a.role in roles))

    def first_with(self, day: date, role: Role) -> Person | None:
        """The first person who holds ``role`` on ``day``, or None."""
        return next((self.person(a.person_id) for a in self.appointed(day, role)), None)

    def seats(self, day: date) -> int:
        """The number of seats in the board (R05): as set in the rules, else the people who are ledamöter on ``day``."""
        return self.rules.board_size or len({a.person_id for a in self.appointed(day, *BOARD_ROLES)})
