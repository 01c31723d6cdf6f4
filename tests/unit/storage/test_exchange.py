"""A meeting as JSON: out, in, and refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from finsam_desktop.domain.association import Appointment, Association, Person, Role
from finsam_desktop.domain.meeting import Adjuster, Meeting
from finsam_desktop.errors import UserError
from finsam_desktop.storage.exchange import export_data, import_data, schema
from finsam_desktop.workspace import MissingContentError, ReadOnlyError, Workspace


@pytest.fixture
def workspace(path: Path) -> Iterator[Workspace]:
    with Workspace.open(path, user="Anna") as opened:
        yield opened


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "annan.finsam", Association(name="Annan"), user="Bo") as opened:
        yield opened


def altered(data: bytes, *place: str | int, value: Any) -> bytes:
    """The JSON with one value set; None removes it."""
    whole = json.loads(data)
    part = whole
    for key in place[:-1]:
        part = part[key]
    if value is None:
        del part[place[-1]]
    else:
        part[place[-1]] = value
    return json.dumps(whole).encode()


def test_a_meeting_comes_back_with_its_register_and_files(workspace: Workspace, target: Workspace) -> None:
    data = export_data(workspace, "m2")
    meeting = import_data(target, data)

    assert meeting == workspace.meeting("m2")
    assert target.meetings == (meeting,)
    attached = meeting.items[0].attachments[0].sha256
    assert target.file(attached) == workspace.file(attached)
    assert target.association.people == (workspace.association.people[0],), "Bo left in 2025"
    assert target.association.members == workspace.association.members
    assert target.association.appointments == workspace.association.appointments[:1]
    assert target.association.name == "Annan"
    assert [entry.label for entry in target.history(limit=2)] == ["Läs in sammanträdet 2026-02-12"] * 2


def test_someone_named_in_the_meeting_goes_along_though_not_appointed_that_day(
    workspace: Workspace, target: Workspace
) -> None:
    before = workspace.meeting("m5")
    workspace.change("Välj justerare", before, replace(before, adjusters=(Adjuster(person_id="bo"),)))
    import_data(target, export_data(workspace, "m5"))
    assert {person.id for person in target.association.people} == {"anna", "bo"}
    assert target.association.appointments == workspace.association.appointments


def test_the_same_file_takes_it_back_without_a_change(workspace: Workspace) -> None:
    data = export_data(workspace, "m2")
    history = workspace.history()
    assert import_data(workspace, data) == workspace.meeting("m2")
    assert workspace.history() == history
    assert export_data(workspace, "m2") == data


def test_an_edited_meeting_replaces_the_one_that_is_there_and_is_undone_as_one(workspace: Workspace) -> None:
    before = workspace.meeting("m2")
    data = altered(export_data(workspace, "m2"), "meeting", "place", value="Biblioteket")
    added = json.loads(data)
    added["register"]["people"].append({"id": "cia", "name": "Cia Ny"})
    added["register"]["appointments"].append({"person_id": "cia", "role": "deputy", "order": 2})
    import_data(workspace, json.dumps(added).encode())

    assert workspace.meeting("m2") == replace(before, place="Biblioteket")
    assert workspace.association.people[-1] == Person(id="cia", name="Cia Ny")
    assert workspace.association.appointments[-1] == Appointment(person_id="cia", role=Role.DEPUTY, order=2)
    assert workspace.undo_label == "Läs in sammanträdet 2026-02-12"
    workspace.undo()
    assert workspace.meeting("m2") == before
    assert workspace.association.person("cia") is None
    assert workspace.undo() is None


def test_people_that_are_there_are_left_as_they_are(workspace: Workspace) -> None:
    data = altered(export_data(workspace, "m2"), "register", "people", 0, "name", value="Anna Gift")
    before = workspace.association
    import_data(workspace, data)
    assert workspace.association == before


def test_another_associations_ids_are_not_mistaken_for_ours(workspace: Workspace, tmp_path: Path) -> None:
    theirs = Association(name="Grannen", people=(Person(id="anna", name="Anna Annan"),))
    with Workspace.create(tmp_path / "granne.finsam", theirs, user="Bo") as neighbour:
        with pytest.raises(UserError, match="kommer från Samordningsförbundet Bygden, där anna är Anna Berg"):
            import_data(neighbour, export_data(workspace, "m2"))
        assert neighbour.meetings == ()


def test_a_byte_order_mark_from_notepad_is_accepted(workspace: Workspace, target: Workspace) -> None:
    assert import_data(target, b"\xef\xbb\xbf" + export_data(workspace, "m5")) == workspace.meeting("m5")


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        (("format",), "annat", "inte ett sammanträde från Finsam Desktop"),
        (("format",), None, "inte ett sammanträde från Finsam Desktop"),
        (("version",), 2, r"nyare version\. Uppdatera programmet"),
        (("version",), "1", "fältet version ska vara 1"),
        (("version",), True, "fältet version ska vara 1"),
        (("version",), 0, "fältet version ska vara 1"),
        (("meeting", "date"), "2026-02-30", r": meeting\.date ska vara ett datum som finns"),
        (("meeting", "date"), None, ": meeting saknar fältet date"),
        (("meeting", "start"), "nio", r": meeting\.start ska vara ett klockslag"),
        (
            ("meeting", "items", 2, "title"),
            7,
            r": meeting\.items\[2\]\.title ska vara text men är ett heltal",
        ),
        (("meeting", "items", 0, "type"), "beslut", r": meeting\.items\[0\]\.type har värdet 'beslut'"),
        (
            ("meeting", "items", 3, "titel"),
            "Ekonomi",
            r"fältet meeting\.items\[3\]\.titel finns inte i formatet",
        ),
        (("weather",), "sol", "fältet weather finns inte i formatet"),
        (("register",), None, ": innehållet saknar fältet register"),
        (("register", "members", 0, "share"), "hälften", r": register\.members\[0\]\.share ska vara ett tal"),
        (("meeting", "items"), {}, r": meeting\.items ska vara en lista men är ett objekt"),
        (("files",), {}, "innehållet i bilagan ”Tertialrapport” saknas"),
        (("files", "0" * 64), "AAAA", r"innehållet i files\.0+ är skadat"),
        (("files", "0" * 64), "å", r"files.* går inte att läsa"),
        (("meeting", "place"), "\ud800", "går inte att läsa"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(
    workspace: Workspace, target: Workspace, place: tuple[str | int, ...], value: Any, words: str
) -> None:
    data = altered(export_data(workspace, "m2"), *place, value=value)
    with pytest.raises(UserError, match=words) as caught:
        import_data(target, data, file_name="m2.json")
    assert caught.value.message.startswith("m2.json lästes inte in: ")
    assert target.meetings == ()
    assert target.association == Association(name="Annan")
    assert target.undo_label is None


def test_broken_json_is_told_with_line_and_character(workspace: Workspace, target: Workspace) -> None:
    data = export_data(workspace, "m2")
    lines = data.split(b"\n")
    broken = b"\n".join([*lines[:9], lines[9].replace(b":", b" ", 1), *lines[10:]])
    with pytest.raises(
        UserError,
        match=r"^Filen lästes inte in: det är inte rätt skriven JSON\. Felet finns på rad 10, tecken \d+",
    ):
        import_data(target, broken)
    for cut in (0, 1, 20, len(data) // 2, len(data) - 3):
        with pytest.raises(UserError, match=r"JSON\. Felet finns på rad"):
            import_data(target, data[:cut])
    for other in (b"\xff\xfe\x00", "å".encode("latin-1"), b"\x00" * 10, b"[" * 200_000, b"[]", b"null", b"5"):
        with pytest.raises(UserError, match="lästes inte in"):
            import_data(target, other)
    assert target.meetings == ()


def test_a_meeting_whose_file_is_lost_is_not_exported_without_it(workspace: Workspace) -> None:
    before = workspace.meeting("m2")
    lost = replace(before.items[0].attachments[0], sha256="0" * 64)
    items = (replace(before.items[0], attachments=(lost,)), *before.items[1:])
    workspace.change("Byt", before, replace(before, items=items))
    with pytest.raises(MissingContentError, match="Bilagans innehåll finns inte"):
        export_data(workspace, "m2")
    with pytest.raises(KeyError):
        export_data(workspace, "finns inte")


def test_a_file_that_can_only_be_read_takes_nothing_in(workspace: Workspace, path: Path) -> None:
    data = altered(export_data(workspace, "m2"), "meeting", "place", value="X")
    with Workspace.open(path, user="Bo", read_only=True) as reader, pytest.raises(ReadOnlyError):
        import_data(reader, data)


def test_the_schema_accepts_what_is_exported_and_refuses_what_is_not(workspace: Workspace) -> None:
    validator = jsonschema.Draft202012Validator(schema())
    data = export_data(workspace, "m2")
    validator.validate(json.loads(data))
    assert list(validator.iter_errors(json.loads(altered(data, "meeting", "date", value=None))))
    assert list(validator.iter_errors(json.loads(altered(data, "meeting", "items", 0, "title", value=5))))


def test_the_schema_is_of_the_values(workspace: Workspace) -> None:
    names = set(schema()["$defs"])
    assert {"Exchange", "Meeting", "AgendaItem", "Attachment", "Person", "FigureTable", "Decision"} <= names
    fields = schema()["$defs"]["Meeting"]["properties"]
    assert set(fields) == set(Meeting.__dataclass_fields__)
