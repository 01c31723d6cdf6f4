"""Motions, votes and reservations: KL 4 kap. 24–27 §§ and 5 kap. 53–56 §§ through 19 § finsamlagen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.association import Role
from finsam_desktop.domain.attendance import Decider, deciders, presiding
from finsam_desktop.domain.decisions import Ballot, MotionKind, Outcome, ProposalKind
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Severity
from finsam_desktop.domain.voting import (
    election_result,
    is_unanimous,
    majority_met,
    required_majority,
    yes_wins,
)
from finsam_desktop.domain.wording import clock, join_names, long_date

ELECTIONS = ("val-ordforande", "val-vice-ordforande", "rekrytering")
SPENDING = ("medel-insats", "forlangning-insats", "avtal", "budgetjustering", "forstudie")
"""Ids of item templates that elect or employ, and of those that spend money during the year."""


def _place(item: AgendaItem) -> Place:
    return Place(item_id=item.id, field="decision")


def _deciders(case: Case, item: AgendaItem) -> tuple[Decider, ...]:
    return deciders(case.meeting, case.association, item.id)


def _motions(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        taking_part = {decider.person_id for decider in _deciders(case, item)}
        for motion in item.decision.motions:
            if motion.withdrawn:
                continue
            outside = [p for p in (motion.person_id, *motion.supporters) if p not in taking_part]
            if outside:
                yield Hit(
                    title=f"{case.label(item)}: yrkande av {join_names([case.name(p) for p in outside])}, som inte "
                    "deltar i beslutet",
                    advice="Bara ledamöter och tjänstgörande ersättare yrkar. Rätta närvaron eller yrkandet.",
                    place=_place(item),
                    severity=Severity.WARNING,
                )
            if motion.kind is MotionKind.OWN and not motion.text.strip():
                yield Hit(
                    title=f"{case.label(item)}: yrkandet av {case.name(motion.person_id)} saknar text",
                    advice="Skriv yrkandet som en att-sats.",
                    place=_place(item),
                )
        yield from _voted_motions(case, item)


def _voted_motions(case: Case, item: AgendaItem) -> Iterator[Hit]:
    vote = item.decision.vote
    if vote is None:
        return
    standing = {motion.id for motion in item.decision.motions if not motion.withdrawn}
    if any(motion_id and motion_id not in standing for motion_id in (vote.yes_motion, vote.no_motion)):
        yield Hit(
            title=f"{case.label(item)}: omröstningen gäller ett yrkande som är borttaget eller återtaget",
            advice="Välj vilka förslag som ställs mot varandra.",
            place=_place(item),
        )
    elif not vote.no_motion or vote.yes_motion == vote.no_motion:
        yield Hit(
            title=f"{case.label(item)}: omröstningen saknar ett förslag för nej",
            advice="Ange vad den som röstar nej vill. Varje förslag ska kunna besvaras med ja eller nej.",
            place=_place(item),
        )


def _outcome(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        vote = item.decision.vote
        if vote is None:
            continue
        if item.template_id in ELECTIONS and vote.ballots:
            yield Hit(
                title=f"{case.label(item)}: omröstning om val och anställning är sluten",
                advice="Öppna röster ska inte redovisas. Skriv resultatet i protokollstexten. Vid lika röstetal "
                "avgör lotten.",
                place=_place(item),
                source="KL 5 kap. 54 och 56 §§",
                severity=Severity.WARNING,
            )
            continue
        won = yes_wins(vote, _chair(case, item))
        if won is None or _falls_short(case, item):
            continue
        severity = _against(item, vote.yes_motion if won else vote.no_motion, won=won)
        if severity is not None:
            result = f"{vote.count(Ballot.YES)} ja, {vote.count(Ballot.NO)} nej"
            yield Hit(
                title=f"{case.label(item)}: beslutet stämmer inte med omröstningen ({result})",
                advice="Kontrollera rösterna och vad styrelsen beslutade.",
                place=_place(item),
                severity=severity,
            )


def _falls_short(case: Case, item: AgendaItem) -> bool:
    """Whether most voted for it but too few for the majority it needs, so that it is not decided (R25 tells)."""
    return (
        majority_met(item.decision, case.association, _chair(case, item), unanimous=False) is False
        and item.decision.outcome is not Outcome.UNSET
    )


def _against(item: AgendaItem, motion_id: str, *, won: bool) -> Severity | None:
    """How gravely the recorded outcome goes against the side that won; None where it does not.

    What won may be worded anew, and an own motion may be to table or to remit, so that those are only asked about.
    """
    decided = item.decision.outcome
    motion = item.decision.motion(motion_id) if motion_id else None
    if decided is Outcome.UNSET or (motion_id and motion is None):
        return None
    if motion is not None and motion.kind is MotionKind.OWN:
        same = decided is Outcome.OWN_WORDS and _says_the_proposal(item)
        return Severity.ERROR if decided is Outcome.AS_PROPOSED or same else None
    if motion.kind is MotionKind.REJECTION if motion is not None else not won:
        if decided is Outcome.AS_PROPOSED or (decided is Outcome.OWN_WORDS and _says_the_proposal(item)):
            return Severity.ERROR
        return None if decided in (Outcome.REJECTED, Outcome.OWN_WORDS) else Severity.WARNING
    if decided is Outcome.REJECTED:
        return Severity.ERROR
    fits = decided is Outcome.AS_PROPOSED or (decided is Outcome.OWN_WORDS and _says_the_proposal(item))
    return None if fits else Severity.WARNING


def _says_the_proposal(item: AgendaItem) -> bool:
    """Whether the recorded clauses are those of the proposal."""

    def said(clauses: tuple[str, ...]) -> list[str]:
        return [" ".join(c.split()).strip(" .").removeprefix("att ") for c in clauses if c.strip()]

    return bool(said(item.proposal.clauses)) and said(item.decision.clauses) == said(item.proposal.clauses)


def _elections(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        election = item.decision.election
        if election is None or not case.held:
            continue
        deciders_there = [
            d for d in _deciders(case, item) if d.person_id not in item.decision.not_taking_part
        ]
        ballots = election.blank + sum(candidate.votes for candidate in election.candidates)
        if ballots > len(deciders_there) * max(election.seats, 1):
            yield Hit(
                title=f"{case.label(item)}: {ballots} röster i valet, men {len(deciders_there)} deltar i beslutet",
                advice="Räkna om valsedlarna, eller rätta närvaron.",
                place=_place(item),
                source="KL 4 kap. 24 §",
            )
        result = election_result(election)
        if result.tied and not result.drawn:
            names = join_names([candidate.name for candidate in result.tied])
            yield Hit(
                title=f"{case.label(item)}: lika röstetal mellan {names}",
                advice="Vid val avgör lotten, inte ordförandens röst. Ange vem lotten gav.",
                place=_place(item),
                source="KL 5 kap. 56 §",
            )


def _qualified(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        decision = item.decision
        if not decision.majority_id:
            continue
        majority = required_majority(decision, case.association)
        if majority is None:
            yield Hit(
                title=f"{case.label(item)}: kravet på kvalificerad majoritet finns inte längre bland reglerna",
                advice="Välj kravet på nytt, eller ta bort det.",
                place=_place(item),
                severity=Severity.WARNING,
            )
            continue
        source = f"9 § 6 finsamlagen, förbundsordningen {majority.source}".rstrip()
        share = f"{majority.numerator}/{majority.denominator}"
        present = [d.person_id for d in _deciders(case, item)]
        if decision.outcome is Outcome.TABLED:
            if decision.vote is not None:
                yield Hit(
                    title=f"{case.label(item)}: bordläggning kräver inte kvalificerad majoritet",
                    advice="Det räcker att fler än hälften av de röstande vill bordlägga. Ta bort kravet.",
                    place=_place(item),
                    source="KL 6 kap. 33 §, 5 kap. 55 §",
                    severity=Severity.NOTE,
                )
            continue
        if decision.outcome not in (Outcome.AS_PROPOSED, Outcome.OWN_WORDS):
            continue
        met = majority_met(
            decision, case.association, _chair(case, item), unanimous=is_unanimous(decision, present)
        )
        if met is False and decision.vote is not None:
            yes, no = decision.vote.count(Ballot.YES), decision.vote.count(Ballot.NO)
            yield Hit(
                title=f"{case.label(item)}: {max(yes, no)} av {yes + no} röster räcker inte, {share} krävs",
                advice=f"Förbundsordningen kräver {share} för {majority.matter}. Kontrollera rösterna och beslutet.",
                place=_place(item),
                source=source,
            )
        elif met is None and decision.vote is None:
            yield Hit(
                title=f"{case.label(item)}: det framgår inte att {share} stod bakom beslutet",
                advice=f"Förbundsordningen kräver {share} för {majority.matter}. Anteckna omröstningen.",
                place=_place(item),
                source=source,
                severity=Severity.WARNING,
            )


def _chair(case: Case, item: AgendaItem) -> str:
    leader = presiding(case.meeting, case.association, item.id)
    return "" if leader is None else leader.person_id


def _ballots(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        vote = item.decision.vote
        if vote is None or not vote.ballots:
            continue
        present = [decider.person_id for decider in _deciders(case, item)]
        cast = Counter(ballot.person_id for ballot in vote.ballots)
        twice = [person_id for person_id, count in cast.items() if count > 1]
        outside = [person_id for person_id in cast if person_id not in present]
        outside += [p for p in cast if p in item.decision.not_taking_part and p in present]
        missing = [p for p in present if p not in cast and p not in item.decision.not_taking_part]
        for people, words in (
            (twice, "har röstat mer än en gång"),
            (outside, "har röstat utan att delta i beslutet"),
            (missing, "har ingen röst antecknad"),
        ):
            if people:
                yield Hit(
                    title=f"{case.label(item)}: {join_names([case.name(p) for p in people])} {words}",
                    advice="Varje beslutande har en röst: ja, nej eller avstår. Den som inte deltar i beslutet "
                    "antecknas särskilt.",
                    place=_place(item),
                )
        chair = _chair(case, item)
        if (
            chair
            and vote.count(Ballot.YES) == vote.count(Ballot.NO)
            and vote.cast_by(chair) is Ballot.ABSTAIN
        ):
            yield Hit(
                title=f"{case.label(item)}: lika röstetal, och ordföranden avstår",
                advice="Ordföranden är skyldig att rösta när det behövs för att ärendet ska kunna avgöras.",
                place=_place(item),
                source="KL 4 kap. 25 §, 5 kap. 56 §",
            )


def _dissents(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        taking_part = {decider.person_id for decider in _deciders(case, item)} - set(
            item.decision.not_taking_part
        )
        for dissent in item.decision.dissents:
            name = case.name(dissent.person_id)
            if dissent.person_id not in taking_part:
                yield Hit(
                    title=f"{case.label(item)}: {name} reserverar sig utan att ha deltagit i beslutet",
                    advice="Bara den som har deltagit i avgörandet får reservera sig. En protokollsanteckning kan vara "
                    "rätt form.",
                    place=_place(item),
                )
            closed = case.meeting.closed_at
            if dissent.announced_at is not None and closed is not None and dissent.announced_at > closed:
                yield Hit(
                    title=f"{case.label(item)}: reservationen anmäldes klockan {clock(dissent.announced_at)}, "
                    f"efter att mötet avslutades klockan {clock(closed)}",
                    advice="En reservation ska anmälas innan sammanträdet avslutas. Kontrollera tiderna.",
                    place=_place(item),
                )
            if dissent.announced_at is None and case.held:
                yield Hit(
                    title=f"{case.label(item)}: tiden för reservationen av {name} saknas",
                    advice="Ange när den anmäldes. Den ska anmälas innan sammanträdet avslutas.",
                    place=_place(item),
                    severity=Severity.NOTE,
                )
            if dissent.in_favour_of and item.decision.motion(dissent.in_favour_of) is None:
                yield Hit(
                    title=f"{case.label(item)}: reservationen av {name} gäller ett yrkande som inte finns",
                    advice="Välj till förmån för vilket yrkande reservationen är.",
                    place=_place(item),
                    severity=Severity.WARNING,
                )


def _deputies_words(case: Case) -> Iterator[Hit]:
    """A note by an ersättare who does not serve, where the board has not given ersättare that right."""
    if case.association.rules.deputies_may_speak:
        return
    deputies = {a.person_id for a in case.association.appointed(case.meeting.date, Role.DEPUTY)}
    for item in walk(case.meeting.items):
        serving = {decider.person_id for decider in _deciders(case, item)}
        for note in item.decision.notes:
            if note.person_id in deputies and note.person_id not in serving:
                yield Hit(
                    title=f"{case.label(item)}: protokollsanteckning av {case.name(note.person_id)}, som är ersättare "
                    "och inte tjänstgör",
                    advice="Styrelsen har inte gett ersättare som inte tjänstgör rätt att yttra sig. Se efter vad som "
                    "är beslutat.",
                    place=_place(item),
                )


def _postponed(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        day = item.decision.tabled_to
        if item.decision.outcome is Outcome.TABLED and day is not None and day <= case.meeting.date:
            yield Hit(
                title=f"{case.label(item)}: ärendet bordläggs till den {long_date(day)}, som inte är efter "
                "sammanträdet",
                advice="Ange det sammanträde som ärendet skjuts upp till.",
                place=_place(item),
            )


def _financing(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        clauses = (*item.proposal.clauses, *item.decision.clauses)
        if item.template_id not in SPENDING or item.proposal.kind is not ProposalKind.CLAUSES:
            continue
        measure = next((m for m in case.association.measures if m.id == item.measure_id), None)
        if item.decision.financing.strip() or (measure is not None and measure.financing.strip()):
            continue
        if not any(
            word in clause.lower() for clause in clauses for word in ("finansier", "budgetpost", "kapital")
        ):
            yield Hit(
                title="Beslut om utgift utan finansiering",
                advice="Skriv hur utgiften finansieras, till exempel inom en budgetpost eller ur eget kapital.",
                place=Place(item_id=item.id, field="proposal"),
            )


RULES = (
    Rule(
        id="R17",
        text="Ersättare som inte tjänstgör yttrar sig bara om styrelsen har beslutat det.",
        source="KL 6 kap. 17 §",
        severity=Severity.NOTE,
        check=_deputies_words,
        places=("decision",),
    ),
    Rule(
        id="R22",
        text="Förslagen kan besvaras med ja eller nej, och bara den som deltar i beslutet yrkar.",
        source="KL 5 kap. 53 §",
        severity=Severity.ERROR,
        check=_motions,
        places=("decision",),
    ),
    Rule(
        id="R23",
        text="Enkel majoritet avgör, ordföranden har utslagsröst, och val sker slutet.",
        source="KL 5 kap. 55–56 §§",
        severity=Severity.ERROR,
        check=_outcome,
        places=("decision",),
    ),
    Rule(
        id="R23",
        text="Val avgörs av flest röster, och vid lika röstetal av lotten.",
        source="KL 5 kap. 54 och 56 §§",
        severity=Severity.ERROR,
        check=_elections,
        places=("decision",),
    ),
    Rule(
        id="R24",
        text="Varje beslutande har en röst, och ordföranden röstar när det behövs.",
        source="KL 4 kap. 24–25 §§",
        severity=Severity.ERROR,
        check=_ballots,
        places=("decision",),
    ),
    Rule(
        id="R25",
        text="Ett beslut som kräver kvalificerad majoritet har den.",
        source="9 § 6 finsamlagen, förbundsordningen",
        severity=Severity.ERROR,
        check=_qualified,
        places=("decision",),
    ),
    Rule(
        id="R26",
        text="Ett bordlagt ärende skjuts upp till ett senare sammanträde, med enkel majoritet.",
        source="KL 6 kap. 33 §, 5 kap. 55 §",
        severity=Severity.WARNING,
        check=_postponed,
        places=("decision",),
    ),
    Rule(
        id="R27",
        text="Bara den som har deltagit i beslutet reserverar sig, innan sammanträdet avslutas.",
        source="KL 4 kap. 27 §",
        severity=Severity.ERROR,
        check=_dissents,
        places=("decision",),
    ),
    Rule(
        id="R30",
        text="Ett beslut om en utgift under året anger hur den finansieras.",
        source="21 § finsamlagen, KL 11 kap. 15 §",
        severity=Severity.WARNING,
        check=_financing,
        places=("proposal",),
    ),
)
