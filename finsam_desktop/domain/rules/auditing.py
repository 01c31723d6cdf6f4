"""The auditors' report and the members' decisions on discharge: 26 § finsamlagen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from finsam_desktop.domain.association import Association, Member
from finsam_desktop.domain.audit import (
    NEEDED_FROM_DAY,
    NEEDED_FROM_MONTH,
    AuditYear,
    Discharge,
    DischargeOutcome,
    decided,
)
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Scope, Severity
from finsam_desktop.domain.wording import join_names, long_date

_PLACE = Place(field="audits")


def _names(members: list[Member]) -> str:
    return join_names([member.name for member in members])


def _received(
    association: Association,
) -> Iterator[tuple[AuditYear, tuple[tuple[Member, Discharge | None], ...]]]:
    for audit in association.audits:
        if audit.report_received is not None:
            yield audit, tuple((member, audit.of(member.id)) for member in association.members)


def _delivered(case: Case) -> Iterator[Hit]:
    for audit, rows in _received(case.association):
        unsent = [member for member, row in rows if (row is None or row.sent is None) and not decided(row)]
        if unsent:
            yield Hit(
                title=f"Revisionsberättelsen för {audit.year} är inte antecknad som lämnad till alla",
                advice=f"Den lämnas till styrelsen, medlemmarna och Arbetsförmedlingen. Återstår: {_names(unsent)}.",
                place=_PLACE,
            )
        for member, row in rows:
            if row is not None and row.sent is not None and audit.report_received is not None:
                if row.sent < audit.report_received:
                    yield Hit(
                        title=f"Revisionsberättelsen för {audit.year} är skickad till {member.name} innan den kom in",
                        advice=f"Den kom in den {long_date(audit.report_received)}. Kontrollera dagarna.",
                        place=_PLACE,
                    )


def _each_decides(case: Case) -> Iterator[Hit]:
    for audit in case.association.audits:
        for row in audit.discharges:
            member = case.association.member(row.member_id)
            if member is None:
                continue
            if decided(row) and row.decided is None:
                yield Hit(
                    title=f"Dagen då {member.name} prövade ansvarsfriheten för {audit.year} saknas",
                    advice="Ange dagen för medlemmens beslut, och gärna vem som beslutade.",
                    place=_PLACE,
                )
            if row.decided is not None and row.decided <= date(audit.year, 12, 31):
                yield Hit(
                    title=f"{member.name} kan inte ha prövat ansvarsfriheten för {audit.year} redan den "
                    f"{long_date(row.decided)}",
                    advice="Året var inte slut. Kontrollera dagen.",
                    place=_PLACE,
                    severity=Severity.WARNING,
                )
            if row.outcome in (DischargeOutcome.GRANTED_WITH_REMARK, DischargeOutcome.REFUSED) and not (
                row.remark.strip() or audit.measures.strip()
            ):
                yield Hit(
                    title=f"{member.name} har lämnat en anmärkning för {audit.year} utan att den är antecknad",
                    advice="Skriv vad anmärkningen gäller och vad styrelsen gör med anledning av den.",
                    place=_PLACE,
                )


def _still_open(case: Case) -> Iterator[Hit]:
    for audit, rows in _received(case.association):
        due = date(audit.year + 1, NEEDED_FROM_MONTH, NEEDED_FROM_DAY)
        left = [member for member, row in rows if not decided(row)]
        if left and case.today >= due:
            yield Hit(
                title=f"{len(left)} av {len(rows)} medlemmar har inte prövat ansvarsfriheten för {audit.year}",
                advice=f"Lagen anger ingen dag. Fråga {_names(left)}, eller anteckna det som är beslutat.",
                place=_PLACE,
            )


RULES = (
    Rule(
        id="R64",
        text="Revisionsberättelsen lämnas till styrelsen, förbundsmedlemmarna och Arbetsförmedlingen.",
        source="26 § finsamlagen",
        severity=Severity.NOTE,
        check=_delivered,
        places=("audits",),
        scope=Scope.REGISTER,
    ),
    Rule(
        id="R65",
        text="Varje medlem prövar för sig om styrelsen beviljas ansvarsfrihet.",
        source="26 § finsamlagen",
        severity=Severity.NOTE,
        check=_each_decides,
        places=("audits",),
        scope=Scope.REGISTER,
    ),
    Rule(
        id="R66",
        text="Lagen anger ingen sista dag för medlemmarnas prövning; efter september är den värd att fråga efter.",
        source="26 § finsamlagen. KL 5 kap. 24 § gäller inte, en tolkning",
        severity=Severity.NOTE,
        check=_still_open,
        places=("audits",),
        scope=Scope.REGISTER,
    ),
)
