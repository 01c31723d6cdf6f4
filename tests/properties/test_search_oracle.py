"""Search against a slow oracle that knows nothing of it: plain substrings of every text in every value and file."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finsam_desktop.domain.agenda import AgendaItem, Attachment, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.search.query import query
from finsam_desktop.searching import MOST_HITS, Search
from finsam_desktop.storage.search_index import FileText
from finsam_desktop.workspace import Workspace
from tests import strategies

NAMES = re.compile(
    "id|.*_ids?|sha256|items|from_item|to_item|serving_for|also_serving_for|supporters|yes_motion|no_motion|rule"
    "|requested_by|in_favour_of|not_taking_part|chaired_by|reported_at|fixed_in|part_of|count_of|begun_from|logo|accent"
    "|presenter_role|meeting_kinds|plan_types|fingerprint|redacted_under|origin|frozen_register|document|seals|calendar"
)
"""Fields that name other values or are no words, and the copy of the register that is kept at the adjustment."""
SIGNS = str.maketrans({"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "’": "'", "”": '"', "“": '"'})


def plain(text: str) -> str:
    """One way to write a text, letter by letter."""
    out = []
    for letter in unicodedata.normalize("NFC", text):
        if unicodedata.category(letter) in ("Cf", "Cc", "Cs") and not letter.isspace():
            continue
        low = letter.lower()
        out.append(low if low in "åäö" else unicodedata.normalize("NFD", low)[:1])
    return " ".join("".join(out).translate(SIGNS).split())


def texts(value: Any, name: str = "") -> Iterator[str]:
    if type(value) is str:
        if not NAMES.fullmatch(name) and not re.fullmatch("[0-9a-f]{32}", value):
            yield plain(value)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in ("items", "frozen_register", "sub_items", "attachments", "seals", "calendar"):
                yield from texts(one, key)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from texts(one, name)


def things(association: Association, meetings: list[Meeting]) -> Iterator[tuple[str, str, list[str]]]:
    """Meeting, key and texts of everything that has texts of its own."""
    for meeting in meetings:
        yield meeting.id, meeting.id, list(texts(asdict(replace(meeting, items=()))))
        for item in walk(meeting.items):
            yield meeting.id, item.id, list(texts(asdict(item)))
            for one in item.attachments:
                yield meeting.id, one.id, list(texts(asdict(one)))
    for person in association.people:
        yield "", person.id, list(texts(asdict(person)))


def words_in(text: str) -> list[str]:
    return re.findall(r"[0-9a-zåäö]{1,12}", text)


@st.composite
def filled(draw: st.DrawFn) -> tuple[Association, list[Meeting]]:
    association = draw(strategies.associations())
    found = draw(
        st.lists(strategies.meetings(association), min_size=1, max_size=2, unique_by=lambda one: one.id)
    )
    return association, found


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(filled(), st.data())
def test_every_word_of_every_field_is_found_where_it_stands(
    values: tuple[Association, list[Meeting]], data: st.DataObject
) -> None:
    association, meetings = values
    every = list(things(association, meetings))
    # Some values share an id; a hit is known by all that have it.
    keys = [(meeting, key) for meeting, key, _ in every]
    candidates = [
        (place, word)
        for place, (_, _, found) in enumerate(every)
        for text in found
        if "{" not in text
        for word in words_in(text)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.finsam"
        with Workspace.create(
            path, association, user="Anna", clock=lambda: datetime(2026, 1, 1)
        ) as workspace:
            for meeting in meetings:
                workspace.change("Nytt", None, meeting)
            search = Search(workspace, Path(folder))
            for _ in range(8 if candidates else 0):
                place, word = data.draw(st.sampled_from(candidates))
                start = data.draw(st.integers(0, len(word) - 1))
                part = word[start : start + data.draw(st.integers(1, 12))]
                found = search.find(query(part), most=10_000)
                hits = {(hit.thing.meeting_id, hit.thing.key): hit for hit in found.hits}
                assert keys[place] in hits, (part, keys[place])
                for hit in found.hits:
                    shown = {plain(one.text[a : a + b]) for one in hit.places for a, b in one.marks}
                    assert shown, part
                    assert all(part in mark or mark in part * 20 for mark in shown), (part, shown)
            search.close()


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(strategies.meetings(), st.lists(strategies.texts, min_size=1, max_size=4), st.data())
def test_every_word_of_every_file_is_found_and_forgotten_with_its_last_use(
    meeting: Meeting, said: list[str], data: st.DataObject
) -> None:
    bilagor = tuple(
        Attachment(title=f"b{number}", file_name=f"{number}.txt", sha256=f"{number:064x}")
        for number in range(len(said))
    )
    meeting = replace(meeting, items=(AgendaItem(title="Ärende", attachments=bilagor),), signed_minutes=())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.finsam"
        with Workspace.create(path, Association(name="A"), user="Anna") as workspace:
            workspace.change("Nytt", None, meeting)
            search = Search(workspace, Path(folder))
            search.index.add(
                FileText(sha256=one.sha256, text=" ".join(plain(text).split()), labels=("sida 1",))
                for one, text in zip(bilagor, said, strict=True)
            )
            for number, text in enumerate(said):
                for word in words_in(plain(text))[:3]:
                    hits = search.find(query(word), most=MOST_HITS).hits
                    assert bilagor[number].sha256 in {hit.sha256 for hit in hits}
                    assert all(word in plain(said[int(hit.sha256, 16)]) for hit in hits if hit.sha256)
            after = replace(meeting, items=(replace(meeting.items[0], attachments=bilagor[1:]),))
            workspace.change("Ta bort", meeting, after)
            search.index.keep_only({one.sha256 for one in bilagor[1:]})
            for word in words_in(plain(said[0]))[:2]:
                assert bilagor[0].sha256 not in {hit.sha256 for hit in search.find(query(word)).hits}
            search.close()
