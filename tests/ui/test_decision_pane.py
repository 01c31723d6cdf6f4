"""The decision of a paragraph: yrkanden, votering, val, what belongs to it, and the words that will be printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from finsam_desktop.documents.differences import paragraph_texts
from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import Attachment, walk
from finsam_desktop.domain.association import Majority
from finsam_desktop.domain.decisions import Ballot, Candidate, Decision, MotionKind, Outcome, Proposal
from finsam_desktop.ui.views.record.decision_pane import DecisionPane
from finsam_desktop.ui.views.record.person_rows import PersonRow
from finsam_desktop.ui.views.record.step import AttendanceStep
from tests.ui.meeting_cases import MeetingCase

Key = Qt.Key
OWN = PersonRow(person_id="norrgran", choice=MotionKind.OWN, text="vänta", others=("askvist",))


@pytest.fixture
def step(case: MeetingCase) -> AttendanceStep:
    case.page.show_step("narvaro", "p08")
    found = case.page._steps["narvaro"]
    assert isinstance(found, AttendanceStep)
    found.grid.setFocus()
    return found


@pytest.fixture
def pane(step: AttendanceStep) -> DecisionPane:
    return step.decision


def decision(case: MeetingCase, item_id: str = "p08") -> Decision:
    item = agenda.find(case.meeting.items, item_id)
    assert item is not None
    return item.decision


def change_item(case: MeetingCase, item_id: str, **fields: object) -> None:
    items = agenda.update(case.meeting.items, item_id, lambda i: replace(i, **fields))
    assert case.session.change("Ändra", case.meeting, replace(case.meeting, items=items))


def test_who_joins_in_and_what_is_withdrawn(case: MeetingCase, pane: DecisionPane):
    pane.add_motion()
    pane.motions.edited.emit((OWN,))
    motion = decision(case).motions[0]
    assert (motion.supporters, motion.withdrawn) == (("askvist",), False)
    row = pane.motions._rows[0]
    assert row.others.text().startswith("Instämmer: Gunilla Åskvist")
    assert "instämmer i yrkandet" in pane.printed.text()
    row.flag.click()
    assert decision(case).motions[0].withdrawn
    assert "återtar sitt yrkande" in pane.printed.text()
    menu = row.others.menu_of_people()
    assert "Hassan Norrgran" not in [action.text() for action in menu.actions()], "nobody joins in his own"
    next(a for a in menu.actions() if a.text() == "Peter Tallhed").trigger()
    assert decision(case).motions[0].supporters == ("askvist", "tallhed")
    next(a for a in menu.actions() if a.text() == "Gunilla Åskvist").trigger()
    assert decision(case).motions[0].supporters == ("tallhed",)


def test_ballots_by_letters(case: MeetingCase, step: AttendanceStep, pane: DecisionPane):
    case.window.activateWindow()
    QTest.keyClick(step.grid, Key.Key_V)
    fields = list(pane.vote._fields.values())
    assert fields[0].hasFocus(), "V goes to the first person"
    for key in (Key.Key_J, Key.Key_N, Key.Key_A):
        QTest.keyClick(case.window.focusWidget(), key)
    assert fields[3].hasFocus()
    vote = decision(case).vote
    assert vote is not None
    cast = [vote.cast_by(field.person_id) for field in fields[:4]]
    assert cast == [Ballot.YES, Ballot.NO, Ballot.ABSTAIN, Ballot.YES]
    QTest.keyClick(fields[3], Key.Key_Up)
    assert fields[2].hasFocus()
    QTest.keyClick(fields[2], Key.Key_Escape)
    assert step.grid.hasFocus()


def test_a_tie_falls_as_the_chair_votes(case: MeetingCase, pane: DecisionPane):
    pane.add_vote()
    for person, index in (("ekvind", 1), ("lindskar", 1), ("norrgran", 1), ("stenmyr", 2)):
        pane.vote._set(person, index)
    assert pane.vote._tie.text() == "Lika röster. Ordförandens utslagsröst ger ja."
    assert "utslagsröst avgör" in pane.printed.text()
    pane.vote._set("almkvarn", 2)
    pane.vote._set("stenmyr", 0)
    assert "har inte röstat" in pane.vote._tie.text()
    pane.vote._set("stenmyr", 1)
    assert pane.vote._tie.text() == ""


def test_what_ja_and_nej_stand_for_is_chosen(case: MeetingCase, pane: DecisionPane):
    pane.add_motion()
    pane.motions.edited.emit((OWN,))
    pane.add_vote()
    motion = decision(case).motions[0]
    vote = decision(case).vote
    assert vote is not None
    assert (vote.yes_motion, vote.no_motion) == ("", motion.id)
    assert pane.vote.no.currentText() == "Yrkande 1, Hassan Norrgran"
    pane.vote.no.chosen.emit("")
    vote = decision(case).vote
    assert vote is not None
    assert vote.no_motion == ""


def test_only_who_took_part_is_offered_a_reservation(
    case: MeetingCase, step: AttendanceStep, pane: DecisionPane
):
    step.grid.choose("p08", "ekvind")
    step.record("J")
    pane.add_more("not_taking_part")
    pane.outcome_part.not_taking_part.edited.emit(("tallhed",))
    assert decision(case).not_taking_part == ("tallhed",)
    pane.add_dissent()
    offered = pane.dissents._rows[0].person
    names = [offered.itemText(place) for place in range(offered.count())]
    assert "Torbjörn Ekvind" not in names
    assert "Peter Tallhed" not in names
    assert "Hassan Norrgran" in names
    assert "Peter Tallhed deltar inte i beslutet" in pane.printed.text().replace(" (S)", "")


def test_who_stands_aside_loses_the_ballot(case: MeetingCase, pane: DecisionPane):
    pane.add_vote()
    pane.outcome_part.not_taking_part.edited.emit(("tallhed",))
    vote = decision(case).vote
    assert vote is not None
    assert vote.cast_by("tallhed") is None
    assert "tallhed" not in pane.vote._fields


def test_a_written_reservation_to_the_advantage_of_a_motion(case: MeetingCase, pane: DecisionPane):
    change_item(case, "p08", attachments=(Attachment(id="skrift", title="Reservation från Norrgran"),))
    pane.add_motion()
    pane.motions.edited.emit((OWN,))
    pane.add_dissent()
    found = decision(case).dissents[0]
    assert (found.person_id, found.in_favour_of) == ("norrgran", decision(case).motions[0].id)
    row = pane.dissents._rows[0]
    assert row.second.itemText(1) == "Reservation från Norrgran"
    row.second.setCurrentIndex(1)
    row.second.activated.emit(1)
    assert decision(case).dissents[0].attachment_id == "skrift"
    row.clock.setText("kl tio")
    pane.flush()
    assert row.clock.text() == "kl tio", "a time that cannot be read is not lost"
    row.clock.setText("10.21")
    row.clock.setModified(True)
    pane.flush()
    assert decision(case).dissents[0].announced_at == dt.time(10, 21)
    assert "skriftligt, se bilaga" in pane.printed.text()


def test_an_election_by_closed_ballots_and_lot(case: MeetingCase, pane: DecisionPane):
    pane.add_more("election")
    row = pane.election._rows[0]
    row.name.setText("Eva Ek")
    row.name.flush()
    row.votes.set_value(3)
    row._report()
    pane.election.add_candidate()
    second = pane.election._rows[1]
    second.name.setText("Bo Berg")
    second.votes.set_value(3)
    second._report()
    election = decision(case).election
    assert election is not None
    assert election.candidates == (Candidate(name="Eva Ek", votes=3), Candidate(name="Bo Berg", votes=3))
    assert "Lotten avgör" in pane.election._tie.text()
    pane.election.drawn.edited.emit(("Bo Berg",))
    assert "Lottning ger" in pane.printed.text()
    pane.election.removal_wanted.emit()
    assert decision(case).election is None


def test_tabled_to_a_day_with_reason(case: MeetingCase, step: AttendanceStep, pane: DecisionPane):
    QTest.keyClick(step.grid, Key.Key_L)
    assert decision(case).outcome is Outcome.TABLED
    assert pane.item_id == "p09", "and on to the next"
    pane.show_item("p08")
    assert pane.outcome_part.tabled_to.isVisible()
    pane.outcome_part.tabled_to.setText("26 november")
    pane.outcome_part.tabled_to.setModified(True)
    pane.flush()
    assert decision(case).tabled_to == dt.date(2026, 11, 26)
    assert "bordlägga ärendet till sammanträdet den 26\u00a0november 2026" in pane.printed.text()


def test_financing_condition_and_follow_up(case: MeetingCase, pane: DecisionPane):
    for name in ("financing", "condition", "follow_up"):
        pane.add_more(name)
    part = pane.outcome_part
    part.outcome.chosen.emit(Outcome.AS_PROPOSED)
    part._financing_edited("inom Styrelse och administration")
    part._condition_edited("alla tre förbund säger ja")
    pane.follow_up._task_edited("Skriv avtal ")
    pane.follow_up._responsible_edited("förbundschefen")
    pane.follow_up._due_changed(dt.date(2026, 12, 1))
    found = decision(case)
    assert found.financing == "inom Styrelse och administration"
    assert found.follow_up is not None
    told = (found.follow_up.task, found.follow_up.responsible, found.follow_up.due)
    assert told == ("Skriv avtal", "förbundschefen", dt.date(2026, 12, 1))
    assert "finansieras inom Styrelse och administration" in pane.printed.text()
    assert "under förutsättning att alla tre förbund säger ja" in pane.printed.text()
    for emptied in (pane.follow_up._task_edited, pane.follow_up._responsible_edited):
        emptied("")
    pane.follow_up._due_changed(None)
    assert decision(case).follow_up is None


def test_a_qualified_majority_is_chosen_where_the_rules_have_one(case: MeetingCase, pane: DecisionPane):
    assert not pane.outcome_part.majority.isVisible()
    before = case.session.association
    rules = replace(before.rules, majorities=(Majority(id="m", matter="Budget", source="11 §"),))
    assert case.session.change("Regler", before, replace(before, rules=rules))
    assert pane.outcome_part.majority.isVisible()
    pane.outcome_part.majority.chosen.emit("m")
    assert decision(case).majority_id == "m"
    pane.add_vote()
    for person in ("ekvind", "lindskar", "norrgran"):
        pane.vote._set(person, 1)
    assert "Kravet är inte uppfyllt" in pane.printed.text()


def test_figures_keep_together_where_they_are_shown_and_stay_as_written(
    case: MeetingCase, pane: DecisionPane
):
    pane.outcome.chosen.emit(Outcome.OWN_WORDS)
    pane._change("Beslut i", lambda d: replace(d, clauses=("avsätta 12 080 kr",)))
    assert "12\u00a0080\u00a0kr" in pane.printed.text()
    assert decision(case).clauses == ("avsätta 12 080 kr",)
    assert pane.clauses.clauses() == ("att avsätta 12 080 kr",)


def test_what_is_shown_is_what_word_says(case: MeetingCase, step: AttendanceStep, pane: DecisionPane):
    pane.add_motion()
    pane.motions.edited.emit((OWN,))
    pane.add_vote()
    pane.vote._set("norrgran", 1)
    pane.add_dissent()
    step.grid.choose("p08", "ekvind")
    step.record("B")
    pane.show_item("p08")
    case.page.make_document("protokoll")
    case.rest()
    printed = paragraph_texts((case.folder / "2026-10-29 Protokoll.docx").read_bytes())
    told = pane.printed._parts
    assert {head for head, _ in told} >= {"Yrkanden", "Propositionsordning", "Beslut", "Reservation"}
    whole = " ".join(" ".join(text.split()) for text in printed)
    for head, text in told:
        for line in text.splitlines():
            words = " ".join(line.removeprefix("att ").split())
            assert head == "Omröstning" or words in whole, line


def test_sub_items_are_decided_one_by_one(case: MeetingCase, step: AttendanceStep, pane: DecisionPane):
    step.grid.choose("p07", "ekvind")
    sub = agenda.find(case.meeting.items, "p07").sub_items  # type: ignore[union-attr]
    assert pane._parts.isVisible()
    assert pane._parts.count() == 1 + len(sub)
    pane._parts.setCurrentIndex(2)
    assert pane.item_id == sub[1].id
    assert pane._meta.text().startswith(("Beslut", "Underpunkt"))
    pane.outcome.chosen.emit(Outcome.AS_PROPOSED)
    assert decision(case, sub[1].id).outcome is Outcome.AS_PROPOSED
    assert case.session.undo_label == f"Beslut i {pane.section_name()}"
    step.grid.choose("p07", "lindskar")
    assert pane.item_id == sub[1].id, "another person at the same paragraph keeps the sub-item"
    step.grid.choose("p08", "lindskar")
    assert not pane._parts.isVisible()


def test_the_next_after_a_sub_item_is_its_sister(case: MeetingCase, step: AttendanceStep, pane: DecisionPane):
    first, second = agenda.find(case.meeting.items, "p07").sub_items[:2]  # type: ignore[union-attr]
    change_item(case, first.id, proposal=agenda.find(case.meeting.items, "p08").proposal)  # type: ignore[union-attr]
    step.show_item(first.id)
    step.record("B")
    assert decision(case, first.id).outcome is Outcome.AS_PROPOSED
    assert pane.item_id == second.id
    step.record("N")
    assert decision(case, second.id).outcome is Outcome.NOTED
    assert pane.item_id == "p08"
    pane.show_item(second.id)
    pane.step(-1)
    assert pane.item_id == first.id


def test_keys_for_the_whole_meeting(case: MeetingCase, step: AttendanceStep):
    case.window.actions.run("open_meeting_now")
    assert case.meeting.opened_at == case.meeting.start
    case.session._clock = lambda: dt.datetime(2026, 10, 29, 11, 42, 30)
    case.window.actions.run("close_meeting_now")
    assert case.meeting.closed_at == dt.time(11, 42)
    assert case.notice() == "Mötet avslutas klockan 11.42."
    case.window.actions.run("decide_rest")
    outcomes = {item.id: item.decision.outcome for item in case.meeting.items}
    assert outcomes["p08"] is Outcome.AS_PROPOSED
    decided = [
        i for i in case.meeting.items if any(p.decision.outcome is Outcome.AS_PROPOSED for p in walk((i,)))
    ]
    noted = list(outcomes.values()).count(Outcome.NOTED)
    assert case.notice().startswith(f"{len(decided)} beslut enligt förslaget, {noted} noteras.")
    case.press_notice()
    assert {item.decision.outcome for item in case.meeting.items} == {Outcome.UNSET}


def test_what_is_left_of_a_meeting_that_was_called_off_is_told_by_its_items(
    case: MeetingCase, step: AttendanceStep
):
    """It has no §; the sentence asked for one and failed."""
    change_item(case, "p08", proposal=Proposal())
    case.window.actions.run("decide_rest")
    assert "§\u00a08 behöver egna ord." in case.notice()
    case.press_notice()
    meeting = case.meeting
    assert case.session.change("Ställ in", meeting, replace(meeting, cancelled_on=meeting.date))
    case.window.actions.run("decide_rest")
    assert "Ärende\u00a08 behöver egna ord." in case.notice()


def test_a_meeting_is_ended_for_lack_of_quorum(case: MeetingCase, step: AttendanceStep):
    assert not step.quorum.isVisible()
    for person in ("ekvind", "lindskar", "norrgran", "askvist"):
        step.grid.choose("p08", person)
        step.record("F")
    assert step.quorum.isVisible()
    assert "3 av 7 beslutande" in step.quorum._text.text()
    step.quorum.end_button.click()
    assert decision(case).outcome is Outcome.WITHDRAWN
    assert decision(case).reason == "Styrelsen är inte beslutför"
    assert "Skriv när mötet avslutades" in case.notice()
    assert case.session.undo()
    assert decision(case).outcome is Outcome.UNSET


def test_the_next_in_turn_serves_and_nobody_left_is_told(case: MeetingCase, step: AttendanceStep):
    step.grid.choose("p08", "lindskar")
    step.record("F")
    step.record("T")
    first = {p.person_id for p in case.meeting.attendance.presences if p.serving_for == "lindskar"}
    assert first == {"blomhed"}
    step.record("T")
    second = {p.person_id for p in case.meeting.attendance.presences if p.serving_for == "lindskar"}
    assert len(second) == 1
    assert second != first
    step.grid.choose("p08", "ekvind")
    step.record("T")
    assert case.notice() == "Det finns ingen tom plats, eller ingen ledig ersättare."


def test_digits_go_to_a_paragraph(case: MeetingCase, step: AttendanceStep):
    for digit in "12":
        QTest.keyClick(step.grid, digit)
    column = step.grid.column()
    assert column is not None
    assert column.number == "12"


def test_enter_goes_to_the_fields_and_back(case: MeetingCase, step: AttendanceStep):
    case.window.activateWindow()
    step.grid.choose("p08", "ekvind")
    step.record("J")
    QTest.keyClick(step.grid, Key.Key_Return)
    assert step.bar.reason.hasFocus()
    QTest.keyClicks(step.bar.reason, "part i avtalet")
    QTest.keyClick(step.bar.reason, Key.Key_Return)
    assert step.grid.hasFocus()
    conflict = case.meeting.attendance.conflict("ekvind", "p08")
    assert conflict is not None
    assert conflict.reason == "part i avtalet"


def test_the_bar_writes_times_out_distance_and_ruling(case: MeetingCase, step: AttendanceStep):
    step.grid.choose("p08", "ekvind")
    step.record("U")
    bar = step.bar
    assert bar.lost.isVisible()
    bar._out_left_changed(dt.time(9, 40))
    bar._out_back_changed(dt.time(9, 55))
    bar.lost.click()
    presence = case.meeting.attendance.of("ekvind")
    assert presence is not None
    away = presence.away[0]
    assert (away.left_at, away.back_at, away.lost_connection) == (dt.time(9, 40), dt.time(9, 55), True)
    assert "förlorar anslutningen" in step.decision.printed.text()
    step.record("D")
    bar.audio_only.click()
    assert bar.audio_reason.isVisible()
    bar._audio_reason_edited("dålig täckning")
    presence = case.meeting.attendance.of("ekvind")
    assert presence is not None
    assert (presence.distance, presence.audio_only, presence.audio_reason) == (True, True, "dålig täckning")
    step.grid.choose("p08", "norrgran")
    step.record("J")
    bar.ruling.chosen.emit("not_in_conflict")
    assert "inte är jävig" in step.decision.printed.text() or "inte jävig" in step.decision.printed.text()


def test_proforma_is_made(case: MeetingCase, step: AttendanceStep, opened):
    step.head.print_button.click()
    case.rest()
    made = [path.name for path in case.folder.glob("*.docx")]
    assert len(made) == 1
    text = " ".join(paragraph_texts((case.folder / made[0]).read_bytes()))
    assert "Sammankallande part för medlemssamråd" in text


def test_someone_is_chosen_to_lead_where_no_chair_is_there(case: MeetingCase, step: AttendanceStep):
    step.grid.choose("p08", "norrgran")
    assert not step.bar.leads.isVisible(), "the chair is there"
    for person in ("almkvarn", "ekvind"):
        step.grid.choose("p08", person)
        step.record("F")
    step.grid.choose("p08", "norrgran")
    assert step.bar.leads.isVisible()
    step.bar.leads.click()
    assert case.meeting.chaired_by == "norrgran"
    step.bar.leads.click()
    assert case.meeting.chaired_by == ""


def test_empty_places_say_what_is_missing_and_lead_there(case: MeetingCase, step: AttendanceStep):
    before = case.session.association
    assert case.session.change("Tom styrelse", before, replace(before, appointments=()))
    assert step._no_people.isVisible()
    assert not step._splitter.isVisible()
    assert case.session.undo()
    assert step._splitter.isVisible()
    assert case.session.change("Tom dagordning", case.meeting, replace(case.meeting, items=()))
    assert step._no_items.isVisible()
    step._no_items.action_pressed.emit()
    assert case.page.step == "dagordning"
