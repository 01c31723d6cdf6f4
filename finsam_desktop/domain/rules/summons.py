"""Before the meeting: notice, form, publicity and proposals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.deadlines import fixes_budget, notice_day, reached
from finsam_desktop.domain.decisions import Outcome, Proposal, ProposalKind
from finsam_desktop.domain.meeting import MeetingForm, MeetingKind, MeetingState
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Severity
from finsam_desktop.domain.wording import days_from, long_date, short_date

OTHER_BUSINESS = "ovriga-fragor"
DISTANCE_SINCE = date(2022, 3, 16)
"""19 a § finsamlagen came into force (lag 2022:131)."""
_NOTICE_SOON_DAYS = 7


def _notice(case: Case) -> Iterator[Hit]:
    if case.held:
        return
    meeting, latest = case.meeting, notice_day(case.meeting, case.association)
    place = Place(field="notice_date")
    if reached(meeting, MeetingState.NOTIFIED):
        if meeting.notice_date is not None and meeting.notice_date > latest:
            yield Hit(
                title=f"Kallelsen är daterad den {long_date(meeting.notice_date)}, efter er egen frist",
                advice=f"Fristen var {short_date(latest)}. Lagen anger ingen frist. Se vad er arbetsordning säger.",
                place=place,
                latest=latest,
            )
    elif case.today > latest:
        yield Hit(
            title=f"Kallelsen skulle ha gått ut {short_date(latest)}, {days_from(latest, case.today)}",
            advice="Skicka den snarast. Kalla ledamöterna och underrätta alla ersättare om tid och plats.",
            place=place,
            latest=latest,
        )
    elif (latest - case.today).days <= _NOTICE_SOON_DAYS:
        yield Hit(
            title=f"Kallelsen ska ut senast {short_date(latest)}, {days_from(latest, case.today)}",
            advice="Kalla ledamöterna och underrätta alla ersättare om tid och plats.",
            place=place,
            severity=Severity.NOTE,
            latest=latest,
        )
    lacks = [
        (field, word)
        for field, word, value in (
            ("start", "starttid", meeting.start),
            ("place", "plats", meeting.place.strip()),
        )
        if not value
    ]
    if lacks and not (lacks == [("place", "plats")] and meeting.form is MeetingForm.DISTANCE):
        yield Hit(
            title=f"Sammanträdet saknar {' och '.join(word for _, word in lacks)}",
            advice="Ledamöter och ersättare ska få veta tid och plats.",
            place=Place(field=lacks[0][0]),
        )


def _distance(case: Case) -> Iterator[Hit]:
    form = case.meeting.form
    away = [p for p in case.meeting.attendance.presences if p.present and p.distance]
    if (form is not MeetingForm.IN_PERSON or away) and not case.association.rules.distance_decision.strip():
        yield Hit(
            title="Distansmöte utan angivet styrelsebeslut",
            advice="Distans kräver att styrelsen har beslutat om det och i vilken utsträckning. Ange datum och "
            "paragraf för beslutet under Förbundet.",
            place=Place(field="form"),
        )
    if form is MeetingForm.IN_PERSON and away:
        yield Hit(
            title=f"{case.name(away[0].person_id)} deltar på distans, men sammanträdet är på plats",
            advice="Ändra sammanträdets form till på plats och på distans, eller rätta närvaron.",
            place=Place(field="form"),
        )
    audio = [p for p in away if p.audio_only]
    if audio:
        yield Hit(
            title=f"{case.name(audio[0].person_id)} deltar med enbart ljud",
            advice="Det kräver att styrelsen beslutar att det finns särskilda skäl. Anteckna beslutet och skälen.",
            place=Place(field="attendance"),
            severity=Severity.NOTE,
        )


def _distance_before_law(case: Case) -> Iterator[Hit]:
    if case.meeting.form is not MeetingForm.IN_PERSON:
        yield Hit(
            title="Distansmöte före den 16 mars 2022",
            advice="Finsamlagen hade då ingen regel om distans. Regeln i 19 a § gäller från och med den 16 mars 2022.",
            place=Place(field="form"),
        )


def _public(case: Case) -> Iterator[Hit]:
    if case.meeting.kind is MeetingKind.BUDGET:
        yield from _announced(case)
        return
    for item in walk(case.meeting.items):
        if fixes_budget(item):
            yield Hit(
                title="Budgeten fastställs, men sammanträdet är inte offentligt",
                advice="Ändra typen till budgetsammanträde och tillkännage det så som förbundsordningen anger.",
                place=Place(item_id=item.id, field="type"),
            )
            return


def _announced(case: Case) -> Iterator[Hit]:
    """A public meeting is announced as the förbundsordning says; the law sets no number of days."""
    meeting, place = case.meeting, Place(field="public_announced")
    if meeting.public_announced is not None and meeting.public_announced > meeting.date:
        yield Hit(
            title=f"Budgetsammanträdet tillkännagavs den {long_date(meeting.public_announced)}, efter sammanträdet",
            advice="Kontrollera dagen.",
            place=place,
            latest=meeting.date,
        )
    elif meeting.public_announced is None and not case.adjusted and reached(meeting, MeetingState.NOTIFIED):
        yield Hit(
            title="Dagen då det offentliga sammanträdet tillkännagavs saknas",
            advice="Det tillkännages så som förbundsordningen anger. Ange dagen, eller gör det nu.",
            place=place,
            severity=Severity.WARNING,
            latest=meeting.date,
        )


def lacks_proposal(proposal: Proposal) -> bool:
    """Whether nothing is proposed and nobody has said that nothing is."""
    if proposal.kind is ProposalKind.CLAUSES:
        return not any(clause.strip() for clause in proposal.clauses)
    return proposal.kind is ProposalKind.UNSET


def _silent(item: AgendaItem) -> tuple[AgendaItem, ...]:
    """The items under a deciding item that propose nothing and do not say so; empty when all is said.

    Clauses anywhere under the item are its proposal. Where some sub-item says that none is laid, the others are
    asked, unless their type says that nothing is to be decided.
    """
    every = tuple(walk((item,)))
    laid = any(
        one.proposal.kind is ProposalKind.CLAUSES and not lacks_proposal(one.proposal) for one in every
    )
    if laid or not lacks_proposal(item.proposal):
        return ()
    subs = every[1:]
    if not any(not lacks_proposal(sub.proposal) for sub in subs):
        return (item,)
    quiet = tuple(sub for sub in subs if lacks_proposal(sub.proposal))
    return tuple(sub for sub in quiet if sub.type is ItemType.NONE)


def _proposals(case: Case) -> Iterator[Hit]:
    if case.held:
        return
    told: set[str] = set()
    for item in walk(case.meeting.items):
        if not item.type.decides or item.decision.outcome is not Outcome.UNSET:
            continue
        for silent in _silent(item):
            if silent.id in told:
                continue
            told.add(silent.id)
            yield Hit(
                title="Beslutsärende utan förslag till beslut",
                advice="Ledamöterna får ett beslutsärende men vet inte vad de ska ta ställning till. Skriv minst en "
                "att-sats, eller ange att inget förslag läggs.",
                place=Place(item_id=silent.id, field="proposal"),
            )


def _other_business(case: Case) -> Iterator[Hit]:
    decided = (Outcome.AS_PROPOSED, Outcome.OWN_WORDS)
    for item in case.meeting.items:
        if item.template_id != OTHER_BUSINESS and item.title.strip().lower() != "övriga frågor":
            continue
        for one in walk((item,)):
            if one.decision.outcome in decided or one.type.decides:
                yield Hit(
                    title="Beslut under Övriga frågor",
                    advice="Ingen regel hindrar det, men ledamöterna är oförberedda. Gör frågan till ett eget ärende, "
                    "eller ta upp den vid nästa sammanträde.",
                    place=Place(item_id=one.id, field="decision" if case.held else "type"),
                )


RULES = (
    Rule(
        id="R13",
        text="Kallelsen går ut i tid enligt förbundets egna regler, med tid och plats, också till ersättarna.",
        source="Förbundets arbetsordning, KL 6 kap. 17 §",
        severity=Severity.WARNING,
        check=_notice,
        places=("notice_date", "start", "place"),
    ),
    Rule(
        id="R15",
        text="Deltagande på distans vilar på ett styrelsebeslut; enbart ljud kräver särskilda skäl.",
        source="19 a § finsamlagen",
        severity=Severity.WARNING,
        check=_distance,
        places=("form", "attendance"),
        since=DISTANCE_SINCE,
    ),
    Rule(
        id="R15",
        text="Före den 16 mars 2022 fanns ingen regel om distans.",
        source="19 a § finsamlagen, lag (2022:131)",
        severity=Severity.NOTE,
        check=_distance_before_law,
        places=("form",),
        until=date(2022, 3, 15),
    ),
    Rule(
        id="R19",
        text="Det sammanträde då budgeten fastställs är offentligt och tillkännages.",
        source="19 § finsamlagen",
        severity=Severity.ERROR,
        check=_public,
        places=("type", "public_announced"),
    ),
    Rule(
        id="R21",
        text="Ett beslutsärende har ett förslag till beslut, eller så är det sagt att inget läggs.",
        source="God sed, ingen lagregel",
        severity=Severity.ERROR,
        check=_proposals,
        places=("proposal",),
    ),
    Rule(
        id="R21b",
        text="Beslut fattas inte under Övriga frågor.",
        source="God sed. KL 5 kap. 52 § gäller inte styrelsen (19 § finsamlagen)",
        severity=Severity.NOTE,
        check=_other_business,
        places=("type", "decision"),
    ),
)
