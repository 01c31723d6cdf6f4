"""What the papers written for an item need beside the item's own texts: memo, letter, referral."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from finsam_desktop.domain.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """A tjänsteskrivelse. Texts are Markdown; the proposal and the summary are the item's own.

    ``author_id`` is a person's id, ``dated`` the day it was signed.
    """

    author_id: str = ""
    dated: date | None = None
    background: str = ""
    assessment: str = ""
    consequences: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Someone who signs: in words, since a signatory may belong to another association."""

    name: str
    title: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A skrivelse to a member or someone else, such as bilaga 4 of a joint item. Texts are Markdown.

    ``clauses`` is what the receiver is asked to decide, each without its "att"; ``decider`` who decides it.
    """

    receiver: str = ""
    dated: date | None = None
    heading: str = ""
    decider: str = ""
    clauses: tuple[str, ...] = ()
    background: str = ""
    text: str = ""
    signatories: tuple[Signatory, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A numbered question of a referral and our answer (Markdown)."""

    id: str = field(default_factory=new_id)
    text: str
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """One row of a table by sex: counts of persons, None where not measured."""

    label: str
    women: int | None = None
    men: int | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticTable:
    """A table by sex (K/M) in a referral answer or an inquiry."""

    title: str
    rows: tuple[Statistic, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A remiss to answer, or an inquiry (utredning) with numbered questions. Texts are Markdown."""

    sender: str = ""
    sender_reference: str = ""
    due: date | None = None
    introduction: str = ""
    questions: tuple[Question, ...] = ()
    statistics: tuple[StatisticTable, ...] = ()
    conclusion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointBoard:
    """Another association that decides the same item; the decision holds when all have said yes."""

    association: str
    decided_on: date | None = None
    agreed: bool | None = None
    paragraph: int | None = None
