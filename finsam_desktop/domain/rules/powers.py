"""What the board may not do itself, and what it may hand to others: 8, 10 and 21 §§ finsamlagen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finsam_desktop.domain import overview
from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.delegation import ITEM, unreported
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Scope, Severity
from finsam_desktop.domain.wording import long_date

_FIXES_CHARTER = re.compile(
    r"\b(?:fastställa|anta|ändra|godkänna)\b(?:(?!enligt|enlighet)[^.]){0,40}\bförbundsordning(?:en)?\b",
    re.IGNORECASE,
)
_ASKS_MEMBERS = re.compile(r"medlemmar|föreslå|översända|överlämna|förslag", re.IGNORECASE)
_SECURITY = re.compile(
    r"\b(?:ingå|gå i|teckna|lämna) borgen\b|\bborgensåtagande|\bpantsätt|\bpanträtt"
    r"|\b(?:ta|uppta|ta upp|teckna) (?:ett |nya )?lån\b",
    re.IGNORECASE,
)
_NEVER_DELEGATED = re.compile(
    r"\bmål och riktlinjer|\b(?:mål|inriktning|omfattning|kvalitet)\w*\b", re.IGNORECASE
)
_NOT_THOSE = re.compile(r"\b(?:målgrupp|målvakt)\w*", re.IGNORECASE)
_STATEMENT = re.compile(r"yttrande\w*\b[^.]{0,60}överklag|överklag\w*\b[^.]{0,60}yttrande", re.IGNORECASE)


def _clauses(item: AgendaItem) -> tuple[tuple[str, str], ...]:
    return (
        *(("proposal", clause) for clause in item.proposal.clauses),
        *(("decision", clause) for clause in item.decision.clauses),
    )


def _charter(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        for field, clause in _clauses(item):
            if _FIXES_CHARTER.search(clause) and not _ASKS_MEMBERS.search(clause):
                yield Hit(
                    title="Styrelsen kan inte fastställa förbundsordningen",
                    advice="Det gör medlemmarna. Skriv att styrelsen föreslår medlemmarna ändringen.",
                    place=Place(item_id=item.id, field=field),
                )
                break


def _security(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        for field, clause in _clauses(item):
            found = _SECURITY.search(clause)
            if found is not None:
                yield Hit(
                    title=f"”{found[0]}”: förbundet får inte ingå borgen, pantsätta eller låna",
                    advice="Bara sedvanliga krediter för verksamheten är tillåtna, med de gränser som "
                    "förbundsordningen sätter. Se över förslaget.",
                    place=Place(item_id=item.id, field=field),
                )
                break


def _delegations(case: Case) -> Iterator[Hit]:
    place = Place(field="delegations")
    for delegation in case.association.delegations:
        group = delegation.group.strip()
        if not group:
            yield Hit(
                title=f"Delegationen till {delegation.delegate or 'en tjänsteman'} säger inte i vilka ärenden",
                advice="Styrelsen delegerar en viss grupp av ärenden. Skriv vilka.",
                place=place,
            )
        elif _NEVER_DELEGATED.search(_NOT_THOSE.sub("", group)) or _STATEMENT.search(group):
            yield Hit(
                title=f"Delegationen ”{group}” kan gälla ärenden som inte får delegeras",
                advice="Verksamhetens mål, inriktning, omfattning och kvalitet, och yttranden när ett beslut har "
                "överklagats, avgör styrelsen själv. Se över lydelsen.",
                place=place,
                severity=Severity.WARNING,
            )
    for decision in case.association.delegated_decisions:
        source = next((d for d in case.association.delegations if d.id == decision.delegation_id), None)
        day = decision.decided_on
        if source is None and case.association.delegations:
            yield Hit(
                title=f"Delegationsbeslutet den {long_date(day)} hänvisar inte till någon delegation",
                advice=f"Ange vilken punkt i delegationsordningen beslutet vilar på: ”{decision.text}”",
                place=Place(field="delegated_decisions"),
                severity=Severity.NOTE,
            )
        elif source is not None and (
            (source.since is not None and day < source.since)
            or (source.until is not None and day > source.until)
        ):
            yield Hit(
                title=f"Delegationen gällde inte den {long_date(day)}, då beslutet fattades",
                advice=f"Kontrollera dagen, eller ta upp ärendet i styrelsen: ”{decision.text}”",
                place=Place(field="delegated_decisions"),
            )


def _to_report(case: Case) -> Iterator[Hit]:
    """Told at the next meeting while it is planned, and at a held one that has the item but was not told."""
    left = unreported(case.association.delegated_decisions, case.meeting.date)
    if not left or case.adjusted:
        return
    what = "Ett delegationsbeslut är" if len(left) == 1 else f"{len(left)} delegationsbeslut är"
    item = next((item for item in walk(case.meeting.items) if item.template_id == ITEM), None)
    if case.held and item is not None:
        yield Hit(
            title=f"{what} inte markerade som anmälda"
            if len(left) > 1
            else f"{what} inte markerat som anmält",
            advice="Ärendet var uppe på sammanträdet. Markera besluten som anmälda under Beslut.",
            place=Place(item_id=item.id, field="title"),
            severity=Severity.NOTE,
        )
    elif not case.held and item is None:
        coming = overview.next_meeting(case.meetings, case.today)
        if coming is not None and coming.id == case.meeting.id:
            yield Hit(
                title=f"{what} inte anmälda till styrelsen"
                if len(left) > 1
                else f"{what} inte anmält till styrelsen",
                advice="Lägg till ärendet Anmälan av delegationsbeslut på dagordningen.",
                place=Place(field="items"),
            )


RULES = (
    Rule(
        id="R02",
        text="Bara medlemmarna fastställer och ändrar förbundsordningen.",
        source="8 § finsamlagen",
        severity=Severity.ERROR,
        check=_charter,
        places=("proposal", "decision"),
    ),
    Rule(
        id="R31",
        text="Delegation gäller en viss grupp av ärenden, aldrig mål, inriktning, omfattning eller kvalitet.",
        source="10 § finsamlagen",
        severity=Severity.ERROR,
        check=_delegations,
        places=("delegations", "delegated_decisions"),
        scope=Scope.REGISTER,
    ),
    Rule(
        id="R32",
        text="Beslut på delegation anmäls till styrelsen.",
        source="10 § finsamlagen",
        severity=Severity.WARNING,
        check=_to_report,
        places=("items", "title"),
    ),
    Rule(
        id="R46",
        text="Förbundet ingår inte borgen, pantsätter inte och lånar inte utöver sedvanliga krediter.",
        source="21 § finsamlagen, KL 11 kap. 22 §",
        severity=Severity.ERROR,
        check=_security,
        places=("proposal", "decision"),
    ),
)
