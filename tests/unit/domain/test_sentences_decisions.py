"""Standing sentences about decisions: motions, propositions, votes, dissents; unanimity only when it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain import decision_sentences as told
from finsam_desktop.domain import vote_sentences as votes
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association, Person
from finsam_desktop.domain.decisions import (
    Ballot,
    CastBallot,
    Decision,
    Dissent,
    MinuteNote,
    Motion,
    MotionKind,
    Outcome,
    Proposal,
    ProposalKind,
    Vote,
)

PEOPLE = Association(
    name="Förbundet",
    people=(
        Person(id="h", name="Hassan Norrgran", party="V"),
        Person(id="e", name="Eva Blomhed", party="M"),
        Person(id="g", name="Gunilla Åskvist", party="KD"),
        Person(id="c", name="Chef Alm", party="S"),
    ),
)
OWN = Motion(id="y1", person_id="h", kind=MotionKind.OWN, text="styrelsen höjer avgiften", supporters=("g",))
AGAINST = Motion(id="y2", person_id="e", kind=MotionKind.REJECTION, text="höjningen")
SUPPORT = Motion(id="y3", person_id="g")


def plain(*lines: str) -> str:
    return " ".join(lines).replace("\u00a0", " ")


def vote(yes: str, no: str = "", abstain: str = "", **more) -> Vote:
    cast = [
        CastBallot(person_id=person, ballot=ballot)
        for ballot, people in ((Ballot.YES, yes), (Ballot.NO, no), (Ballot.ABSTAIN, abstain))
        for person in people
    ]
    return Vote(**{"yes_motion": "y1", "no_motion": "y2", "ballots": tuple(cast), **more})


def item(**decision) -> AgendaItem:
    proposal = Proposal(kind=ProposalKind.CLAUSES, clauses=("godkänna rapporten",))
    return AgendaItem(title="Ärende", proposal=proposal, decision=Decision(**decision))


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        ((), ()),
        (("godkänna rapporten",), ("godkänna rapporten.",)),
        (("att godkänna", "lägga"), ("godkänna, och", "lägga.")),
        (("ett", "två", "tre"), ("ett,", "två, och", "tre.")),
        (("ett, och", "två."), ("ett, och", "två.")),
        (("ett samt", "två m.m."), ("ett samt", "två m.m.")),
        (("", "  "), ()),
    ],
)
def test_clauses_get_only_the_marks_they_lack(clauses: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert told.clause_lines(clauses) == expected


@given(st.lists(st.text(min_size=1, max_size=30), max_size=5))
def test_no_word_of_a_clause_is_lost(clauses: list[str]) -> None:
    kept = [c.strip().removeprefix("att ").strip() for c in clauses if c.strip()]
    lines = told.clause_lines(clauses)
    assert len(lines) == len(kept)
    assert all(line.startswith(clause) for line, clause in zip(lines, kept, strict=True))


def test_proposal_in_the_notice() -> None:
    laid = Proposal(kind=ProposalKind.CLAUSES, clauses=("avsluta",), condition="alla säger ja")
    printed = told.proposal(laid)
    assert printed == told.Clauses(
        lead="Styrelsen beslutar",
        clauses=("avsluta.",),
        condition="Beslutet gäller under förutsättning att alla säger ja.",
    )
    assert told.proposal(Proposal(kind=ProposalKind.NONE_LAID)) == told.Clauses(
        lead="Inget beslutsförslag läggs."
    )
    assert told.proposal(Proposal()) is None
    assert told.proposal(Proposal(kind=ProposalKind.CLAUSES)) is None


def test_condition_written_as_a_sentence_is_left_alone() -> None:
    assert told.condition_line("Gäller bara 2027.") == "Gäller bara 2027."
    assert (
        told.condition_line("under förutsättning att de säger ja")
        == "Beslutet gäller under förutsättning att de säger ja."
    )
    assert told.condition_line(" ") == ""


@pytest.mark.parametrize(
    ("decision", "unanimous"),
    [
        ({}, True),
        ({"motions": (SUPPORT,)}, True),
        ({"motions": (AGAINST,)}, False),
        ({"motions": (replace(AGAINST, withdrawn=True),)}, True),
        ({"vote": vote("hgc")}, True),
        ({"vote": vote("hg", "e")}, False),
        ({"vote": vote("hg", "", "e")}, False),
        ({"dissents": (Dissent(person_id="e"),)}, False),
        ({"not_taking_part": ("e",)}, False),
    ],
)
def test_unanimous_only_when_it_was(decision: dict, unanimous: bool) -> None:
    made = told.decided(item(outcome=Outcome.AS_PROPOSED, **decision))
    assert made is not None
    assert made.lead == ("Styrelsen beslutar enhälligt" if unanimous else "Styrelsen beslutar")


@pytest.mark.parametrize(
    ("decision", "clauses"),
    [
        ({"outcome": Outcome.AS_PROPOSED}, ("godkänna rapporten.",)),
        ({"outcome": Outcome.OWN_WORDS, "clauses": ("avslå den",)}, ("avslå den.",)),
        ({"outcome": Outcome.TABLED}, ("bordlägga ärendet till nästa sammanträde.",)),
        (
            {"outcome": Outcome.REMITTED, "reason": "ny beräkning"},
            ("återremittera ärendet till förbundschefen för ny beräkning.",),
        ),
        ({"outcome": Outcome.REJECTED}, ("avslå förslaget.",)),
    ],
)
def test_decision_in_words(decision: dict, clauses: tuple[str, ...]) -> None:
    made = told.decided(item(**decision))
    assert made is not None
    assert made.clauses == clauses


@pytest.mark.parametrize("outcome", [Outcome.UNSET, Outcome.NOTED, Outcome.WITHDRAWN])
def test_no_decision_is_printed_that_was_not_made(outcome: Outcome) -> None:
    assert told.decided(item(outcome=outcome)) is None


def test_adjusters_are_chosen_by_the_derived_words_unless_others_are_recorded() -> None:
    chosen = told.decided(item(), adjusters="utse Bo")
    assert chosen is not None
    assert chosen.clauses == ("utse Bo.",)
    own = told.decided(item(outcome=Outcome.OWN_WORDS, clauses=("utse Eva",)), adjusters="utse Bo")
    assert own is not None
    assert own.clauses == ("utse Eva.",)


def test_motions_with_support_and_withdrawal() -> None:
    decision = Decision(motions=(OWN, AGAINST, SUPPORT, replace(SUPPORT, id="y4", withdrawn=True)))
    assert told.motions(decision, PEOPLE) == (
        "Hassan Norrgran (V) yrkar att styrelsen höjer avgiften. Gunilla Åskvist (KD) instämmer i yrkandet.",
        "Eva Blomhed (M) yrkar avslag på höjningen.",
        "Gunilla Åskvist (KD) yrkar bifall till förslaget.",
        "Gunilla Åskvist (KD) yrkar bifall till förslaget. Gunilla Åskvist återtar sitt yrkande.",
    )


def test_propositions_by_number_of_motions() -> None:
    def order(*motions: Motion, outcome: Outcome = Outcome.AS_PROPOSED) -> str:
        return plain(*votes.propositions(Decision(motions=motions, outcome=outcome), PEOPLE))

    assert order() == ""
    assert (
        order(SUPPORT)
        == "Ordföranden ställer proposition på förslaget och finner att styrelsen beslutar enligt det."
    )
    assert (
        order(SUPPORT, AGAINST, outcome=Outcome.REJECTED)
        == "Ordföranden ställer proposition på de två yrkandena och finner att styrelsen avslår förslaget."
    )
    assert (
        order(SUPPORT, AGAINST, OWN, outcome=Outcome.OWN_WORDS)
        == "Ordföranden ställer proposition på yrkandena vart för sig och finner att styrelsen"
        " beslutar enligt Hassan Norrgrans yrkande."
    )
    assert order(replace(OWN, withdrawn=True)) == ""


def test_no_finding_is_claimed_while_nothing_is_decided() -> None:
    decision = Decision(motions=(SUPPORT, AGAINST))
    assert votes.propositions(decision, PEOPLE) == ("Ordföranden ställer proposition på de två yrkandena.",)


def test_recorded_propositions_are_printed_as_written() -> None:
    decision = Decision(motions=(OWN,), propositions="Först så.\n\nSedan så.")
    assert votes.propositions(decision, PEOPLE) == ("Först så.", "Sedan så.")


def test_voting_order() -> None:
    decision = Decision(motions=(OWN, AGAINST), vote=vote("hg", "e", requested_by="e"))
    assert (
        plain(*votes.propositions(decision, PEOPLE))
        == "Ordföranden ställer proposition på de två yrkandena och finner att styrelsen beslutar enligt"
        " Hassan Norrgrans yrkande. Omröstning begärs av Eva Blomhed (M) och ska genomföras. Ordföranden"
        " lägger fram följande omröstningsordning, som godkänns: Den som bifaller Hassan Norrgrans yrkande"
        " röstar ja. Den som bifaller Eva Blomheds yrkande röstar nej."
    )


@pytest.mark.parametrize(
    ("ballots", "expected"),
    [
        (
            vote("hgc", "e", "x"),
            (
                "Med 3 ja-röster mot 1 nej-röst och 1 som avstår beslutar styrelsen enligt Hassan Norrgrans"
                " yrkande."
            ),
        ),
        (vote("h", "ec"), "Med 1 ja-röst mot 2 nej-röster beslutar styrelsen enligt Eva Blomheds yrkande."),
        (
            vote("ch", "eg"),
            (
                "Rösterna är lika, 2 ja och 2 nej. Ordförandens utslagsröst avgör, och styrelsen beslutar"
                " enligt Hassan Norrgrans yrkande."
            ),
        ),
        (
            vote("hg", "ec"),
            (
                "Rösterna är lika, 2 ja och 2 nej. Ordförandens utslagsröst avgör, och styrelsen beslutar"
                " enligt Eva Blomheds yrkande."
            ),
        ),
        (vote("h", "e", "c"), "Rösterna är lika, 1 ja, 1 nej och 1 som avstår."),
        (vote("h", "e"), "Rösterna är lika, 1 ja och 1 nej."),
        (
            vote("hg", "e", yes_motion=""),
            "Med 2 ja-röster mot 1 nej-röst beslutar styrelsen enligt förslaget.",
        ),
        (
            vote("h", "eg", yes_motion="", no_motion=""),
            "Med 1 ja-röst mot 2 nej-röster beslutar styrelsen att avslå förslaget.",
        ),
    ],
)
def test_result_of_a_vote(ballots: Vote, expected: str) -> None:
    decision = Decision(motions=(OWN, AGAINST), vote=ballots)
    assert votes.vote_result(decision, PEOPLE, "c") == expected


def test_a_tie_is_not_decided_for_a_chair_that_nobody_knows() -> None:
    decision = Decision(motions=(OWN, AGAINST), vote=vote("ch", "eg"))
    assert votes.vote_result(decision, PEOPLE, "") == "Rösterna är lika, 2 ja och 2 nej."


@pytest.mark.parametrize(
    ("dissent", "closed", "expected"),
    [
        (Dissent(person_id="e"), None, "Eva Blomhed (M) reserverar sig mot beslutet."),
        (
            Dissent(person_id="e", in_favour_of="y2"),
            None,
            "Eva Blomhed (M) reserverar sig mot beslutet till förmån för eget yrkande.",
        ),
        (
            Dissent(person_id="e", in_favour_of="y1"),
            None,
            "Eva Blomhed (M) reserverar sig mot beslutet till förmån för Hassan Norrgrans yrkande.",
        ),
        (
            Dissent(person_id="e", announced_at=time(11, 20)),
            time(11, 50),
            (
                "Eva Blomhed (M) reserverar sig mot beslutet. Reservationen anmäldes klockan 11.20, innan"
                " sammanträdet avslutades."
            ),
        ),
        (
            Dissent(person_id="e", announced_at=time(12, 0)),
            time(11, 50),
            "Eva Blomhed (M) reserverar sig mot beslutet. Reservationen anmäldes klockan 12.00.",
        ),
    ],
)
def test_dissent(dissent: Dissent, closed: time | None, expected: str) -> None:
    decision = Decision(motions=(OWN, AGAINST), dissents=(dissent,))
    assert plain(*told.dissents(decision, PEOPLE, closed)) == expected


def test_minute_note_not_taking_part_and_immediate_adjustment() -> None:
    decision = Decision(
        notes=(MinuteNote(person_id="e", text="Vi avstår"),),
        not_taking_part=("g",),
        immediately_adjusted=True,
    )
    assert told.notes(decision, PEOPLE) == (
        "Eva Blomhed (M) lämnar följande protokollsanteckning: Vi avstår.",
    )
    assert told.closing_sentences(decision, PEOPLE) == (
        "Gunilla Åskvist (KD) deltar inte i beslutet.",
        "Paragrafen förklaras omedelbart justerad.",
    )


def test_outcomes_that_are_told_in_the_text() -> None:
    assert told.outcome_sentence(Decision(outcome=Outcome.NOTED)) == "Styrelsen noterar informationen."
    assert (
        told.outcome_sentence(Decision(outcome=Outcome.WITHDRAWN, reason="avtalet dröjer"))
        == "Ärendet utgår. Avtalet dröjer."
    )
    assert told.outcome_sentence(Decision(outcome=Outcome.AS_PROPOSED)) == ""


def test_reason_is_told_of_what_is_tabled_or_rejected_only() -> None:
    tabled = Decision(outcome=Outcome.TABLED, reason="underlag saknas")
    assert told.closing_sentences(tabled, PEOPLE) == ("Underlag saknas.",)
    assert told.closing_sentences(replace(tabled, outcome=Outcome.AS_PROPOSED), PEOPLE) == ()
    assert told.closing_sentences(Decision(outcome=Outcome.REJECTED), PEOPLE) == ()


def test_own_motion_alone_stands_against_the_proposal() -> None:
    decision = Decision(motions=(OWN,), outcome=Outcome.AS_PROPOSED)
    assert votes.propositions(decision, PEOPLE) == (
        "Ordföranden ställer proposition på förslaget och yrkandet och finner att styrelsen beslutar enligt förslaget.",
    )


def test_lead_in_without_words_is_the_usual_one() -> None:
    laid = Proposal(kind=ProposalKind.CLAUSES, clauses=("x",), lead=" ")
    printed = told.proposal(laid)
    assert printed is not None
    assert printed.lead == "Styrelsen beslutar"
    own = told.proposal(replace(laid, lead="Styrelsen föreslås besluta att"))
    assert own is not None
    assert own.lead == "Styrelsen föreslås besluta"
