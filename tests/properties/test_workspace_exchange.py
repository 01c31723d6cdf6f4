"""Any meeting survives the exchange format, exactly."""

from __future__ import annotations

import inspect
import tempfile
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.attendance import Presence
from finsam_desktop.domain.decisions import Decision, FollowUp
from finsam_desktop.domain.meeting import Meeting, Seal
from finsam_desktop.storage import codec
from finsam_desktop.storage.exchange import export_data, import_data
from finsam_desktop.workspace import Workspace
from tests import record_strategies, strategies
from tests.strategies import associations, meetings

both = associations().flatmap(
    lambda association: st.tuples(st.just(association), meetings(association, items=2))
)


@pytest.mark.parametrize("kind", [Association, Meeting, AgendaItem, Decision, Presence, FollowUp, Seal])
def test_no_field_is_left_out_of_the_values_tried(kind: type) -> None:
    """A field that a strategy never fills would be lost by a fault without any test noticing."""
    given_fields = "".join(inspect.getsource(one) for one in (strategies, record_strategies))
    papers = ("memo", "letter", "referral")  # by name, one of them at a time
    missing = [
        one.name for one in fields(kind) if f"{one.name}=" not in given_fields and one.name not in papers
    ]
    assert missing == []


@given(both)
def test_values_survive_their_json(values: tuple[Association, Meeting]) -> None:
    """To the last digit: repr tells 1.10 from 1.1, which are equal."""
    for value in values:
        again = codec.decode(codec.encode(value), type(value))
        assert repr(again) == repr(value)
        assert codec.decode(codec.unpack(codec.pack(codec.encode(value))), type(value)) == value


@settings(max_examples=settings.default.max_examples // 2)
@given(both, st.lists(st.binary(max_size=200), min_size=1, max_size=3), st.data())
def test_export_and_import_give_the_same_meeting_and_the_same_bytes(
    values: tuple[Association, Meeting], contents: list[bytes], data: st.DataObject
) -> None:
    association, _ = values
    with tempfile.TemporaryDirectory() as folder:
        source = Workspace.create(Path(folder) / "a.finsam", association, user="Anna")
        target = Workspace.create(Path(folder) / "b.finsam", Association(name="B"), user="Bo")
        with source, target:
            stored = [source.add_file(content) for content in contents]
            meeting = data.draw(meetings(association, st.sampled_from(["", *stored]), items=2))
            source.change("Nytt", None, meeting)
            exported = export_data(source, meeting.id)
            assert import_data(target, exported) == meeting
            assert repr(target.meeting(meeting.id)) == repr(meeting)
            for item in meeting.items:
                for attachment in item.attachments:
                    if attachment.sha256:
                        assert target.file(attachment.sha256) == source.file(attachment.sha256)
            assert import_data(source, exported) == meeting
            assert export_data(source, meeting.id) == exported
