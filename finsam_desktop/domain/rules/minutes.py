"""Whether the protokoll has what it must: KL 5 kap. 65–67 §§ through KL 6 kap. 35 §."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.attendance import attends, deciders
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Severity
from finsam_desktop.domain.rules.summons import lacks_proposal
from finsam_desktop.domain.sentences import chooses_adjusters, closes, opens, presiding
from finsam_desktop.domain.wording import join_names, number


def _decisions(case: Case) -> Iterator[Hit]:
    if not case.held:
        return
    for item in walk(case.meeting.items):
        decision, place = item.decision, Place(item_id=item.id, field="decision")
        undecided = all(one.decision.outcome is Outcome.UNSET for one in walk((item,)))
        if item.type.decides and undecided and not _decided_above(case, item):
            yield Hit(
                title=f"{case.label(item)}: beslut saknas",
                advice="Anteckna vad styrelsen beslutade, även om ärendet bordlades, återremitterades eller utgick.",
                place=place,
            )
        elif decision.outcome is Outcome.AS_PROPOSED and lacks_proposal(item.proposal):
            yield Hit(
                title=f"{case.label(item)}: beslut enligt förslaget, men förslag saknas",
                advice="Skriv beslutet som att-satser, eller fyll i det förslag som lades fram.",
                place=place,
            )
        elif decision.outcome is Outcome.OWN_WORDS and not any(c.strip() for c in decision.clauses):
            yield Hit(
                title=f"{case.label(item)}: beslutet saknar text",
                advice="Skriv beslutet som att-satser.",
                place=place,
            )
        elif decision.outcome is Outcome.REMITTED and not decision.reason.strip():
            yield Hit(
                title=f"{case.label(item)}: skäl för återremissen saknas",
                advice="Skriv vad som ska utredas och av vem.",
                place=place,
                severity=Severity.WARNING,
            )


def _decided_above(case: Case, item: AgendaItem) -> bool:
    """Whether the item this is a sub-item of has a decision, which then covers it."""
    top = case.top_item(item.id)
    return any(one.id == top and one.decision.outcome is not Outcome.UNSET for one in case.meeting.items)


def _texts(case: Case) -> Iterator[Hit]:
    if not case.held:
        return
    for item in case.meeting.items:
        derived = opens(item) or closes(item) or chooses_adjusters(item)
        if derived or item.type.decides or any(_says_something(one) for one in walk((item,))):
            continue
        yield Hit(
            title=f"{case.label(item)} {item.title}: texten i protokollet är tom",
            advice="Skriv kort vad som hände, till exempel att inga övriga frågor anmäldes.",
            place=Place(item_id=item.id, field="minutes_text"),
            severity=Severity.NOTE,
        )


def _says_something(item: AgendaItem) -> bool:
    return bool(
        item.minutes_text.strip()
        or item.decision.outcome is not Outcome.UNSET
        or (item.type is not ItemType.NONE and item.summary.strip())
    )


def _adjusters(case: Case) -> Iterator[Hit]:
    if not case.held or not case.meeting.items:
        return
    meeting, place = case.meeting, Place(field="adjusters")
    wanted = case.association.rules.adjuster_count
    if len(meeting.adjusters) < wanted:
        yield Hit(
            title="Justerare saknas"
            if not meeting.adjusters
            else f"{len(meeting.adjusters)} av {wanted} justerare är valda",
            advice="Ange vem som justerar protokollet jämte ordföranden.",
            place=place,
            source="KL 5 kap. 69 §, förbundets arbetsordning",
        )
    leader = presiding(meeting, case.association)
    for adjuster in meeting.adjusters:
        if leader is not None and adjuster.person_id == leader.person_id:
            yield Hit(
                title=f"{case.name(adjuster.person_id)} leder mötet och är också justerare",
                advice="Protokollet justeras av ordföranden och minst en till. Välj en annan justerare.",
                place=place,
                severity=Severity.WARNING,
                source="KL 5 kap. 69 §, förbundets arbetsordning",
            )
        people = (adjuster.person_id, adjuster.deputy_id)
        if not any(attends(meeting, case.association, p, i.id) for p in people if p for i in meeting.items):
            yield Hit(
                title=f"Justeraren {case.name(adjuster.person_id)} var inte på mötet",
                advice="Den som justerar ska kunna intyga vad som hände. Välj en annan justerare.",
                place=place,
                severity=Severity.WARNING,
                source="KL 5 kap. 69 §, förbundets arbetsordning",
            )


def _taking_part(case: Case) -> Iterator[Hit]:
    if not case.held or not case.association.seats(case.meeting.date):
        return
    meeting = case.meeting
    if meeting.items and not any(deciders(meeting, case.association, item.id) for item in meeting.items):
        yield Hit(
            title="Ingen beslutande är antecknad",
            advice="Fyll i närvaron. Protokollet ska visa vilka som har tjänstgjort.",
            place=Place(field="attendance"),
            source="KL 5 kap. 66 §",
        )
    if meeting.closed_at is None:
        yield Hit(
            title="Tiden då mötet avslutades saknas",
            advice="Ange klockslaget. Reservationer ska vara anmälda före det.",
            place=Place(field="closed_at"),
            severity=Severity.WARNING,
            source="KL 4 kap. 27 §",
        )
    opened = meeting.opened_at or meeting.start
    if opened is not None and meeting.closed_at is not None and meeting.closed_at < opened:
        yield Hit(
            title="Mötet avslutas innan det öppnas",
            advice="Kontrollera klockslagen.",
            place=Place(field="closed_at"),
            source="KL 5 kap. 65 §",
        )
    known = {person.id for person in case.association.people}
    strangers = {p.person_id for p in meeting.attendance.presences if p.person_id not in known}
    if strangers:
        yield Hit(
            title=f"{number(len(strangers))} i närvaron finns inte i registret",
            advice="Lägg in personen under Förbundet, annars saknas namnet i protokollet.",
            place=Place(field="attendance"),
            source="KL 5 kap. 66 §",
        )


def _presenters(case: Case) -> Iterator[Hit]:
    if not case.held or case.adjusted:
        return
    without = [
        item
        for item in case.meeting.items
        if item.type.decides
        and item.decision.outcome in (Outcome.AS_PROPOSED, Outcome.OWN_WORDS)
        and not any(one.presenter_id or one.presenter.strip() for one in walk((item,)))
    ]
    named = any(one.presenter_id or one.presenter.strip() for one in walk(case.meeting.items))
    if without and named:  # a board that names none has its own way of it
        labels = [case.label(item) for item in without]
        yield Hit(
            title=f"Föredragande saknas: {join_names(labels)}",
            advice="Det är inte avgjort om regeln om beslutshandlingar gäller förbundet. Anteckna den som föredrog.",
            place=Place(item_id=without[0].id, field="presenter"),
        )


RULES = (
    Rule(
        id="R33",
        text="Protokollet visar vilka beslut som har fattats i varje ärende.",
        source="KL 5 kap. 67 §",
        severity=Severity.ERROR,
        check=_decisions,
        places=("decision",),
    ),
    Rule(
        id="R33",
        text="Varje paragraf i protokollet säger något.",
        source="KL 5 kap. 66 §",
        severity=Severity.NOTE,
        check=_texts,
        places=("minutes_text",),
    ),
    Rule(
        id="R33",
        text="Justerare är valda.",
        source="KL 5 kap. 69 §",
        severity=Severity.ERROR,
        check=_adjusters,
        places=("adjusters",),
    ),
    Rule(
        id="R33",
        text="Protokollet visar vilka ledamöter och ersättare som har tjänstgjort.",
        source="KL 5 kap. 66 §",
        severity=Severity.ERROR,
        check=_taking_part,
        places=("attendance", "closed_at"),
    ),
    Rule(
        id="R39c",
        text="Protokollet visar vem som var föredragande i de ärenden som avgjordes.",
        source="31 § förvaltningslagen (2017:900), en tolkning",
        severity=Severity.NOTE,
        check=_presenters,
        places=("presenter",),
    ),
)
