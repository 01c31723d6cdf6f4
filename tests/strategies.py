"""Hypothesis strategies for whole associations and meetings, with any text that a user may type.

Values are small (a few items, a few people) and odd (any Unicode but lone surrogates, exponents in amounts,
empty strings), so that a test that survives them holds for real ones. Ids are unique within a value.
``meetings(association)`` makes a meeting whose people and members are in the association's register.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from finsam_desktop.domain.accessibility import Barrier
from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.association import (
    Appointment,
    Association,
    CharterPoint,
    Eligibility,
    Fee,
    Letterhead,
    Majority,
    Member,
    MemberKind,
    Person,
    Role,
    StandingRules,
    WordTemplateFile,
)
from finsam_desktop.domain.attendance import Attendance, Away, ConflictOfInterest, Presence, Ruling
from finsam_desktop.domain.audit import AuditYear, Discharge, DischargeOutcome
from finsam_desktop.domain.catalogue import Frame, ItemTemplate, ItemType
from finsam_desktop.domain.confidentiality import MaskedWord, Secret
from finsam_desktop.domain.decisions import (
    Ballot,
    Candidate,
    CastBallot,
    Decision,
    Dissent,
    Election,
    MinuteNote,
    Motion,
    MotionKind,
    Outcome,
    Proposal,
    ProposalKind,
    Vote,
)
from finsam_desktop.domain.live import LiveNote, LiveRecord, SpentTime
from finsam_desktop.domain.meeting import (
    Adjournment,
    Adjuster,
    Correction,
    Dispatch,
    FrozenNumber,
    Meeting,
    MeetingForm,
    MeetingKind,
    MeetingState,
    PublicNotice,
    Signature,
    Signing,
)
from tests.account_plan_strategies import account_plans
from tests.figure_strategies import figure_tables
from tests.paper_strategies import joint_boards, letters, measures, memos, referrals, tertial_reports
from tests.plan_strategies import annual_reports, indicators, plans, readings, teams
from tests.record_strategies import (
    approvals,
    calendar_entries,
    comments,
    delegated_decisions,
    delegations,
    follow_ups,
    frozen_registers,
    mail_texts,
    parcel_copies,
    participants,
    phrases,
    seals,
    sent_parcels,
    stored_files,
    utskick,
)
from tests.report_strategies import report_inputs
from tests.strategy_values import (
    Strategy,
    amounts,
    clock_times,
    days,
    ids,
    optional,
    texts,
    tuples,
    words,
)

# --- association ------------------------------------------------------------

members = st.builds(
    Member,
    id=ids,
    name=texts,
    kind=st.sampled_from(MemberKind),
    share=optional(st.decimals(min_value=0, max_value=100, places=2)),
    notice_board=texts,
    contact=texts,
)
people = st.builds(Person, id=ids, name=texts, party=texts, email=texts, phone=texts)
item_templates = st.builds(
    ItemTemplate,
    id=ids,
    title=texts,
    type=st.sampled_from(ItemType),
    summary=texts,
    lead=texts,
    clauses=tuples(texts),
    presenter_role=st.sampled_from(["", *Role]).map(str),
    minutes=optional(st.integers(0, 240)),
    months=tuples(st.integers(1, 12)),
    basis=tuples(texts),
    deadline=texts,
    recipients=tuples(texts),
    keywords=tuples(texts),
    minutes_text=texts,
    frame=st.sampled_from(Frame),
    order=st.integers(-99, 99),
    meeting_kinds=tuples(st.sampled_from(MeetingKind).map(str)),
    own=st.booleans(),
)

word_templates = st.builds(
    WordTemplateFile, document=texts, file_name=texts, sha256=texts, taken_on=optional(days), source=texts
)


def appointments(person_ids: list[str], member_ids: list[str]) -> Strategy[Appointment]:
    """Appointments of these people for these members (or for none)."""
    return st.builds(
        Appointment,
        person_id=st.sampled_from(person_ids),
        role=st.sampled_from(Role),
        member_id=st.sampled_from(["", *member_ids]),
        order=st.integers(0, 9),
        title=texts,
        since=optional(days),
        until=optional(days),
        eligibility=st.sampled_from(Eligibility),
        eligible_until=optional(days),
    )


majorities = st.builds(
    Majority, id=ids, matter=texts, numerator=st.integers(1, 4), denominator=st.integers(1, 5), source=texts
)
charter_points = st.builds(CharterPoint, number=st.integers(1, 18), place=texts, note=texts)
fees = st.builds(Fee, role=st.sampled_from(Role), per_meeting=amounts)


def audits(member_ids: list[str]) -> Strategy[AuditYear]:
    """The audit of a year with what these members have decided."""
    discharges = st.builds(
        Discharge,
        member_id=st.sampled_from(member_ids or ["okänd"]),
        sent=optional(days),
        decided=optional(days),
        outcome=st.sampled_from(DischargeOutcome),
        decided_by=texts,
        remark=texts,
    )
    return st.builds(
        AuditYear,
        year=st.integers(2000, 2060),
        annual_report_sent=optional(days),
        report_received=optional(days),
        supported=optional(st.booleans()),
        remark=texts,
        measures=texts,
        discharges=tuples(discharges, 2),
    )


@st.composite
def associations(draw: st.DrawFn) -> Association:
    """An association whose appointments point into its own register."""
    some_members = draw(st.lists(members, max_size=3, unique_by=lambda member: member.id))
    some_people = draw(st.lists(people, max_size=5, unique_by=lambda person: person.id))
    appointed: tuple[Appointment, ...] = ()
    if some_people:
        person_ids = [person.id for person in some_people]
        appointed = draw(tuples(appointments(person_ids, [member.id for member in some_members]), 6))
    return draw(
        st.builds(
            Association,
            name=words,
            org_number=texts,
            seat=texts,
            minutes_kept_at=texts,
            minutes_published_at=texts,
            court=texts,
            letterhead=st.builds(
                Letterhead,
                address=texts,
                phone=texts,
                email=texts,
                website=texts,
                accent=st.sampled_from(["", "#1F5C7A"]),
            ),
            rules=st.builds(
                StandingRules,
                board_size=st.integers(0, 15),
                notice_days=st.integers(0, 30),
                absence_days=st.integers(0, 10),
                adjuster_count=st.integers(0, 3),
                distance_decision=texts,
                electronic_signing=st.booleans(),
                contribution=optional(amounts),
                distance_scope=texts,
                adjustment_manner=texts,
                deputies_may_speak=st.booleans(),
                interim_report_required=st.booleans(),
                mandate_starts=st.tuples(st.integers(1, 12), st.integers(1, 28)),
                majorities=tuples(majorities, 2),
                fees=tuples(fees, 2),
                charter=tuples(charter_points, 2),
            ),
            members=st.just(tuple(some_members)),
            people=st.just(tuple(some_people)),
            appointments=st.just(appointed),
            item_templates=tuples(item_templates, 2),
            word_templates=tuples(word_templates, 2),
            measures=tuples(measures, 2),
            audits=tuples(audits([member.id for member in some_members]), 2),
            phrases=tuples(phrases, 1),
            mail_texts=tuples(mail_texts, 1),
            delegations=tuples(delegations, 1),
            delegated_decisions=tuples(delegated_decisions, 1),
            report_inputs=tuples(report_inputs, 1),
            own_words=tuples(words, 2),
            parcel=optional(parcel_copies),
            account_plan=optional(account_plans()),
            teams=tuples(teams, 2),
            indicators=tuples(indicators, 2),
            readings=tuples(readings, 3),
            plans=tuples(plans, 1),
            annual_reports=tuples(annual_reports, 1),
        )
    )


# --- meeting ------------------------------------------------------------

proposals = st.builds(
    Proposal, kind=st.sampled_from(ProposalKind), lead=texts, clauses=tuples(texts), condition=texts
)


secrets = st.builds(Secret, section=st.sampled_from(("", "26 kap. 1 §")) | texts, reason=texts)
masked_words = st.builds(MaskedWord, id=ids, words=texts, instead=texts, secret=secrets)


def attachments(files: Strategy[str] | None = None) -> Strategy[Attachment]:
    """Attachments; ``files`` gives the SHA-256 of stored files, without it the file is missing."""
    return st.builds(
        Attachment,
        id=ids,
        title=texts,
        file_name=texts,
        sha256=st.just("") if files is None else files,
        size=st.integers(0, 10**9),
        pages=optional(st.integers(1, 400)),
        sender=texts,
        dated=optional(days),
        confidential=st.booleans(),
        secret=secrets,
        reviewed=st.booleans(),
        description=texts,
        barriers=tuples(st.sampled_from(Barrier).map(str), 2),
    )


def decisions(persons: Strategy[str]) -> Strategy[Decision]:
    """Decisions in which ``persons`` (ids) move, vote and dissent."""
    return st.builds(
        Decision,
        outcome=st.sampled_from(Outcome),
        clauses=tuples(texts),
        condition=texts,
        reason=texts,
        motions=tuples(
            st.builds(
                Motion,
                id=ids,
                person_id=persons,
                kind=st.sampled_from(MotionKind),
                text=texts,
                supporters=tuples(persons, 2),
                withdrawn=st.booleans(),
            ),
            2,
        ),
        propositions=texts,
        vote=optional(
            st.builds(
                Vote,
                yes_motion=st.just(""),
                no_motion=st.just(""),
                requested_by=persons,
                ballots=tuples(st.builds(CastBallot, person_id=persons, ballot=st.sampled_from(Ballot))),
            )
        ),
        dissents=tuples(
            st.builds(
                Dissent,
                person_id=persons,
                in_favour_of=texts,
                announced_at=optional(clock_times),
                attachment_id=texts,
            ),
            1,
        ),
        election=optional(
            st.builds(
                Election,
                candidates=tuples(
                    st.builds(
                        Candidate, name=texts, person_id=st.just("") | persons, votes=st.integers(0, 9)
                    ),
                    2,
                ),
                seats=st.integers(1, 3),
                secret=st.booleans(),
                blank=st.integers(0, 3),
                drawn=tuples(texts, 1),
            )
        ),
        majority_id=texts,
        tabled_to=optional(days),
        financing=texts,
        notes=tuples(st.builds(MinuteNote, person_id=persons, text=texts), 1),
        not_taking_part=tuples(persons, 1),
        immediately_adjusted=st.booleans(),
        follow_up=optional(follow_ups),
    )


def agenda_items(
    persons: Strategy[str] | None = None, files: Strategy[str] | None = None, depth: int = 1
) -> Strategy[AgendaItem]:
    """Agenda items with up to ``depth`` levels of sub-items; ``persons`` gives ids of people."""
    who = ids if persons is None else persons
    below = st.just(()) if depth == 0 else tuples(agenda_items(who, files, depth - 1), 2)
    return st.builds(_with_paper, _items(who, files, below), st.none() | papers)


papers = st.one_of(
    memos.map(lambda one: ("memo", one)),
    letters.map(lambda one: ("letter", one)),
    referrals.map(lambda one: ("referral", one)),
)
"""One paper of an item, with the field it belongs in: more of them at once only cost time."""


def _with_paper(item: AgendaItem, paper: tuple[str, object] | None) -> AgendaItem:
    return item if paper is None else replace(item, **{paper[0]: paper[1]})  # type: ignore[arg-type]


def _items(who: Strategy[str], files: Strategy[str] | None, below: Strategy[Any]) -> Strategy[AgendaItem]:
    return st.builds(
        AgendaItem,
        id=ids,
        title=texts,
        type=st.sampled_from(ItemType),
        presenter_id=st.just("") | who,
        presenter=texts,
        minutes=optional(st.integers(0, 240)),
        reference=texts,
        summary=texts,
        proposal=proposals,
        sub_items=below,
        attachments=tuples(attachments(files), 2),
        recipients=tuples(texts, 2),
        confidential=st.booleans(),
        secret=secrets,
        template_id=texts,
        origin=texts,
        figures=st.just(()) | tuples(figure_tables(), 1),
        report=st.none() | tertial_reports,
        minutes_title=texts,
        minutes_text=texts,
        decision=st.just(Decision()) | decisions(who),
        measure_id=st.just("") | ids,
        joint=tuples(joint_boards, 1),
    )


@st.composite
def meetings(
    draw: st.DrawFn,
    association: Association | None = None,
    files: Strategy[str] | None = None,
    items: int = 3,
) -> Meeting:
    """A meeting with up to ``items`` items. People and members are of ``association`` when given."""
    person_ids = [person.id for person in association.people] if association else []
    member_ids = [member.id for member in association.members] if association else []
    persons = st.sampled_from(person_ids) if person_ids else ids
    agenda = draw(tuples(agenda_items(persons, files), items))
    item_ids = st.sampled_from(["", *(item.id for item in agenda)])
    attendance = st.builds(
        Attendance,
        presences=tuples(
            st.builds(
                Presence,
                person_id=persons,
                present=st.booleans(),
                distance=st.booleans(),
                audio_only=st.booleans(),
                from_item=item_ids,
                arrived_at=optional(clock_times),
                to_item=item_ids,
                left_at=optional(clock_times),
                serving_for=st.just("") | persons,
                also_serving_for=tuples(persons, 1),
                audio_reason=texts,
                away=tuples(
                    st.builds(
                        Away,
                        from_item=item_ids,
                        to_item=item_ids,
                        left_at=optional(clock_times),
                        back_at=optional(clock_times),
                        lost_connection=st.booleans(),
                    ),
                    2,
                ),
            )
        ),
        conflicts=tuples(
            st.builds(
                ConflictOfInterest,
                item_id=item_ids,
                person_id=persons,
                reason=texts,
                substitute_id=st.just("") | persons,
                ruling=st.sampled_from(Ruling),
            ),
            1,
        ),
    )
    return draw(
        st.builds(
            Meeting,
            id=ids,
            date=days,
            start=optional(clock_times),
            end=optional(clock_times),
            place=texts,
            form=st.sampled_from(MeetingForm),
            kind=st.sampled_from(MeetingKind),
            state=st.sampled_from(MeetingState),
            reference=texts,
            notice_date=optional(days),
            absence_deadline=optional(days),
            first_paragraph=optional(st.integers(1, 200)),
            items=st.just(agenda),
            attendance=attendance,
            adjusters=tuples(st.builds(Adjuster, person_id=persons, deputy_id=st.just("") | persons), 2),
            adjustment_place=texts,
            adjustment_date=optional(days),
            adjusted_on=optional(days),
            chaired_by=st.just("") | persons,
            opened_at=optional(clock_times),
            closed_at=optional(clock_times),
            comments=tuples(comments, 1),
            approvals=tuples(approvals, 1),
            parcels=tuples(sent_parcels, 1),
            live=st.builds(
                LiveRecord,
                notes=tuples(st.builds(LiveNote, item_id=st.just("") | item_ids, text=texts), 1),
                spent=tuples(st.builds(SpentTime, item_id=item_ids, seconds=st.integers(0, 36000)), 1),
                paused_at=optional(clock_times),
            ),
            adjournments=tuples(st.builds(Adjournment, start=clock_times, end=clock_times), 1),
            public_notices=tuples(
                st.builds(
                    PublicNotice,
                    member_id=st.sampled_from(member_ids) if member_ids else ids,
                    posted=optional(days),
                    removed=optional(days),
                    address=texts,
                    posted_by=texts,
                    items=tuples(ids, 1),
                    evidence=texts,
                    sent_on=optional(days),
                ),
                2,
            ),
            frozen_paragraphs=tuples(st.builds(FrozenNumber, id=item_ids, number=st.integers(1, 200)), 2),
            frozen_attachments=tuples(st.builds(FrozenNumber, id=ids, number=st.integers(1, 99)), 2),
            corrections=tuples(
                st.builds(
                    Correction,
                    id=ids,
                    item_id=ids,
                    corrected_on=days,
                    corrected_by=texts,
                    old=texts,
                    new=texts,
                ),
                1,
            ),
            dispatches=tuples(
                st.builds(
                    Dispatch,
                    id=ids,
                    items=tuples(ids, 2),
                    recipient=texts,
                    sent_on=days,
                    manner=texts,
                    sent_by=texts,
                    file_name=texts,
                ),
                1,
            ),
            sent_for_adjustment=optional(days),
            cancelled_on=optional(days),
            cancel_reason=texts,
            public_announced=optional(days),
            budget_published=optional(days),
            consulted_on=optional(days),
            seals=tuples(seals, 1),
            masked=tuples(masked_words, 2),
            signed_minutes=tuples(stored_files, 1),
            calendar=calendar_entries,
            utskick=tuples(utskick, 1),
            redacted_under=st.just(()) | tuples(texts, 1),
            frozen_register=st.none() | frozen_registers,
            participants=tuples(participants, 1),
            convener=texts,
            associations=tuples(texts, 1),
            signatures=tuples(
                st.builds(Signature, person_id=persons, signed_on=days, manner=st.sampled_from(Signing)), 2
            ),
        )
    )
