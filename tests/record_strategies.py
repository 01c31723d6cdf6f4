"""What is kept beside the agenda, for the property tests: seals, follow-up, participants, delegation, phrases."""

from __future__ import annotations

from datetime import datetime

from hypothesis import strategies as st

from finsam_desktop.domain.association import Association, Phrase
from finsam_desktop.domain.decisions import FollowUp, FollowUpState
from finsam_desktop.domain.delegation import DelegatedDecision, Delegation
from finsam_desktop.domain.mail_texts import MailText
from finsam_desktop.domain.meeting import (
    CalendarEntry,
    FrozenReference,
    FrozenRegister,
    MeetingKind,
    Participant,
    Seal,
    SealedPart,
    SentAttachment,
    StoredFile,
    Utskick,
)
from finsam_desktop.domain.parcel_values import (
    Approval,
    ApprovedPart,
    Comment,
    OwnNote,
    ParcelCopy,
    ParcelReply,
    Receiver,
    ReceiverRole,
    SentParcel,
)
from tests.strategy_values import days, ids, optional, sha256s, texts, tuples, words

moments = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2060, 1, 1)).map(
    lambda at: at.replace(fold=0)
)
"""Times as the program makes them: by the clock on the wall, without a fold."""

phrases = st.builds(Phrase, key=texts, text=texts)
mail_texts = st.builds(MailText, kind=texts, subject=texts, body=texts)
delegations = st.builds(
    Delegation, id=ids, group=texts, delegate=texts, source=texts, since=optional(days), until=optional(days)
)
delegated_decisions = st.builds(
    DelegatedDecision,
    id=ids,
    delegation_id=st.just("") | ids,
    decided_on=days,
    decided_by=texts,
    text=texts,
    reference=texts,
    reported_at=st.just("") | ids,
)
follow_ups = st.builds(
    FollowUp,
    task=texts,
    responsible=texts,
    due=optional(days),
    state=st.sampled_from(FollowUpState),
    report=texts,
    reported_on=optional(days),
)
participants = st.builds(
    Participant, name=texts, member_id=st.just("") | ids, organisation=texts, title=texts
)
seals = st.builds(
    Seal,
    sha256=sha256s,
    sealed_at=moments,
    sealed_by=texts,
    items=tuples(ids, 1),
    adjusted_on=optional(days),
    parts=tuples(st.builds(SealedPart, name=texts, sha256=sha256s), 1),
)
frozen_registers = st.builds(
    FrozenRegister,
    association=st.builds(Association, name=words),
    next_date=optional(days),
    next_kind=st.sampled_from(MeetingKind),
    references=tuples(st.builds(FrozenReference, mark=texts, words=texts), 1),
)
stored_files = st.builds(
    StoredFile,
    id=ids,
    file_name=texts,
    sha256=sha256s,
    size=st.integers(0, 10**9),
    added_on=optional(days),
    note=texts,
)
calendar_entries = st.builds(CalendarEntry, sequence=st.integers(-1, 99), fingerprint=sha256s)
utskick = st.builds(
    Utskick,
    id=ids,
    sent_at=moments,
    file_name=texts,
    supplementary=st.booleans(),
    attachments=tuples(
        st.builds(
            SentAttachment,
            attachment_id=ids,
            number=st.integers(1, 40),
            sha256=st.sampled_from(["", "a" * 64]),
        ),
        2,
    ),
)

receivers = st.builds(Receiver, name=texts, role=st.sampled_from(ReceiverRole), person_id=st.just("") | ids)
comments = st.builds(
    Comment,
    id=ids,
    text=texts,
    by=texts,
    written_at=moments,
    item_id=st.just("") | ids,
    parcel_id=st.just("") | ids,
    handled_at=optional(moments),
    handled_by=texts,
)
approvals = st.builds(
    Approval,
    id=ids,
    person_id=ids,
    name=texts,
    role=st.sampled_from(ReceiverRole),
    approved_on=days,
    recorded_at=moments,
    sha256=sha256s,
    parts=tuples(st.builds(ApprovedPart, name=texts, sha256=sha256s), 1),
    parcel_id=st.just("") | ids,
)
sent_parcels = st.builds(
    SentParcel,
    id=ids,
    receiver=receivers,
    made_at=moments,
    made_by=texts,
    note=texts,
    file_name=texts,
    base_sha256=sha256s,
    public=st.booleans(),
    protected=st.booleans(),
    replies=tuples(st.builds(ParcelReply, id=ids, made_at=moments, received_at=moments, file_name=texts), 1),
    declined=tuples(sha256s, 1),
)
parcel_copies = st.builds(
    ParcelCopy,
    id=ids,
    meeting_id=ids,
    receiver=receivers,
    made_at=moments,
    made_by=texts,
    note=texts,
    base_sha256=sha256s,
    base_file=sha256s,
    public=st.booleans(),
    protected=st.booleans(),
    notes=tuples(st.builds(OwnNote, id=ids, text=texts, written_at=moments, item_id=st.just("") | ids), 1),
    sent_back_at=optional(moments),
    made_by_email=texts,
)
