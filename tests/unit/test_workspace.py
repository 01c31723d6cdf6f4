"""The one door for change: what is committed, undone, told, refused, and still there tomorrow."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association, Person, StandingRules
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.errors import UserError
from finsam_desktop.workspace import (
    Change,
    FileError,
    NotSavedError,
    ReadOnlyError,
    StaleChangeError,
    Workspace,
)

MEETING = Meeting(
    id="m1", date=date(2026, 10, 29), start=time(9), items=(AgendaItem(id="i1", title="Öppnande"),)
)


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 10, 1, 8, 0)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Bygdens förbund #1.finsam"


@pytest.fixture
def workspace(path: Path, clock: Clock) -> Iterator[Workspace]:
    with Workspace.create(path, Association(name="Bygden"), user="Anna Berg", clock=clock) as opened:
        yield opened


def type_place(workspace: Workspace, text: str, merge: str = "") -> Change:
    before = workspace.meeting("m1")
    return workspace.change("Skriv plats", before, replace(before, place=text), merge=merge)


def reopened(workspace: Workspace) -> tuple[Association, tuple[Meeting, ...]]:
    """What another reader finds in the file."""
    with Workspace.open(workspace.path, user="Bo", read_only=True) as reader:
        return reader.association, reader.meetings


def test_a_change_is_in_the_file_when_the_call_returns(workspace: Workspace) -> None:
    change = workspace.change("Nytt sammanträde", None, MEETING)

    assert (change.before, change.after, change.kind) == (None, MEETING, "do")
    assert workspace.meetings == (MEETING,)
    assert reopened(workspace) == (Association(name="Bygden"), (MEETING,))


def test_association_and_removed_meeting_are_stored(workspace: Workspace) -> None:
    workspace.change("Nytt sammanträde", None, MEETING)
    renamed = replace(
        workspace.association, name="Nya bygden", rules=StandingRules(contribution=Decimal("1.10"))
    )
    workspace.change("Byt namn", workspace.association, renamed)
    workspace.change("Ta bort sammanträdet", MEETING, None)

    association, meetings = reopened(workspace)
    assert meetings == ()
    assert association == renamed
    assert str(association.rules.contribution) == "1.10"


def test_an_amount_with_another_last_digit_is_a_change(workspace: Workspace) -> None:
    def with_contribution(amount: str) -> Association:
        return replace(workspace.association, rules=StandingRules(contribution=Decimal(amount)))

    workspace.change("Skriv bidrag", workspace.association, with_contribution("1.1"))
    workspace.change("Skriv bidrag", workspace.association, with_contribution("1.10"))

    assert str(reopened(workspace)[0].rules.contribution) == "1.10"


def test_meetings_are_sorted_by_date_start_and_id(workspace: Workspace) -> None:
    day = date(2026, 5, 5)
    made = [
        Meeting(id="c", date=day, start=time(13)),
        Meeting(id="b", date=day),
        Meeting(id="a", date=day, start=time(13)),
        Meeting(id="d", date=date(2026, 1, 1)),
    ]
    for meeting in made:
        workspace.change("Nytt", None, meeting)

    assert [meeting.id for meeting in workspace.meetings] == ["d", "b", "a", "c"]


def test_equal_values_change_nothing(workspace: Workspace) -> None:
    told: list[Change] = []
    workspace.subscribe(told.append)
    workspace.change("Byt namn", workspace.association, Association(name="Bygden"))

    assert told == []
    assert workspace.undo_label is None
    assert [entry.label for entry in workspace.history()] == ["Ny fil"]


def test_a_change_from_something_else_than_what_is_open_is_refused(workspace: Workspace) -> None:
    workspace.change("Nytt sammanträde", None, MEETING)
    workspace.change("Skriv plats", MEETING, replace(MEETING, place="Kansliet"))

    for before, after in (
        (MEETING, replace(MEETING, place="Biblioteket")),
        (None, MEETING),
        (replace(MEETING, id="m9"), replace(MEETING, id="m9", place="x")),
        (replace(MEETING, id="m9"), None),
        (Association(name="En annan"), Association(name="Tredje")),
    ):
        with pytest.raises(StaleChangeError, match="Ändra"):
            workspace.change("Ändra", before, after)
    assert workspace.meeting("m1").place == "Kansliet"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, None),
        (Association(name="Bygden"), None),
        (None, Association(name="Bygden")),
        (MEETING, replace(MEETING, id="m2")),
        (MEETING, Association(name="Bygden")),
    ],
)
def test_what_is_not_an_edit_of_one_value_is_a_programming_error(
    workspace: Workspace, before: Meeting | None, after: Meeting | None
) -> None:
    with pytest.raises(ValueError, match=r"edit|association"):
        workspace.change("Ändra", before, after)


def test_undo_and_redo_go_all_the_way_and_back(workspace: Workspace) -> None:
    workspace.change("Nytt sammanträde", None, MEETING)
    for place in ("A", "B", "C"):
        type_place(workspace, place)
    seen = []
    while (change := workspace.undo()) is not None:
        seen.append((change.kind, change.label, workspace.meetings and workspace.meetings[0].place))
        assert reopened(workspace)[1] == workspace.meetings

    assert seen == [
        ("undo", "Skriv plats", "B"),
        ("undo", "Skriv plats", "A"),
        ("undo", "Skriv plats", ""),
        ("undo", "Nytt sammanträde", ()),
    ]
    assert (workspace.undo_label, workspace.redo_label) == (None, "Nytt sammanträde")
    while workspace.redo() is not None:
        assert reopened(workspace)[1] == workspace.meetings
    assert workspace.meeting("m1").place == "C"
    assert (workspace.undo_label, workspace.redo_label) == ("Skriv plats", None)


def test_a_new_change_forgets_what_was_undone(workspace: Workspace) -> None:
    workspace.change("Nytt sammanträde", None, MEETING)
    type_place(workspace, "A")
    workspace.undo()
    type_place(workspace, "B")

    assert workspace.redo() is None
    workspace.undo()
    assert workspace.meeting("m1") == MEETING


def test_typing_joins_into_one_step_and_one_history_row(workspace: Workspace, clock: Clock) -> None:
    workspace.change("Nytt sammanträde", None, MEETING)
    for end in range(1, 9):
        type_place(workspace, "Kansliet"[:end], merge="m1.place")
        clock.wait(9.9)

    assert [entry.label for entry in workspace.history()] == ["Skriv plats", "Nytt sammanträde", "Ny fil"]
    latest = workspace.history()[0]
    assert latest.at == clock.now - timedelta(seconds=9.9)
    value = workspace.value_at(latest)
    assert isinstance(value, Meeting)
    assert value.place == "Kansliet"
    assert reopened(workspace)[1][0].place == "Kansliet"
    workspace.undo()
    assert workspace.meeting("m1") == MEETING
    workspace.redo()
    assert workspace.meeting("m1").place == "Kansliet"


@pytest.mark.parametrize("between", ["pause", "other key", "no key", "undo and redo", "other change"])
def test_typing_after_something_else_is_a_new_step(workspace: Workspace, clock: Clock, between: str) -> None:
    workspace.change("Nytt sammanträde", None, MEETING)
    type_place(workspace, "A", merge="place")
    key = "place"
    if between == "pause":
        clock.wait(10)
    elif between == "undo and redo":
        workspace.undo()
        workspace.redo()
    elif between == "other change":
        workspace.change("Byt namn", workspace.association, Association(name="Annat"))
        workspace.undo()
    else:
        key = "other" if between == "other key" else ""
    type_place(workspace, "AB", merge=key)

    workspace.undo()
    assert workspace.meeting("m1").place == "A"


def test_typing_that_is_erased_again_leaves_nothing_to_undo(workspace: Workspace) -> None:
    workspace.change("Nytt sammanträde", None, MEETING)
    type_place(workspace, "A", merge="place")
    type_place(workspace, "", merge="place")
    assert workspace.undo_label == "Nytt sammanträde"

    type_place(workspace, "B", merge="place")
    workspace.undo()
    assert workspace.meeting("m1") == MEETING
    assert reopened(workspace)[1] == (MEETING,)


def test_changes_together_are_one_step(workspace: Workspace) -> None:
    told: list[Change] = []
    workspace.subscribe(told.append)
    named = replace(workspace.association, people=(Person(id="p1", name="Bo"),))
    workspace.change_together("Läs in", ((workspace.association, named), (None, MEETING)))

    assert [change.subject for change in told] == ["association", "m1"]
    assert reopened(workspace) == (named, (MEETING,))
    change = workspace.undo()
    assert change is not None
    assert (change.subject, change.after) == ("m1", None)
    assert [change.subject for change in told[2:]] == ["m1", "association"], "taken back in reverse"
    assert reopened(workspace) == (Association(name="Bygden"), ())
    change = workspace.redo()
    assert change is not None
    assert (change.subject, change.after) == ("m1", MEETING)
    assert reopened(workspace) == (named, (MEETING,))


def test_changes_together_are_all_refused_when_one_is(workspace: Workspace) -> None:
    workspace.change("Nytt sammanträde", None, MEETING)
    with pytest.raises(StaleChangeError):
        workspace.change_together("Läs in", ((workspace.association, Association(name="X")), (None, MEETING)))

    assert workspace.association.name == "Bygden"
    assert reopened(workspace)[0].name == "Bygden"


def test_listeners_are_told_after_the_change_is_saved(workspace: Workspace) -> None:
    in_file: list[tuple[Meeting, ...]] = []

    def listener(_: Change) -> None:
        in_file.append(reopened(workspace)[1])

    stop = workspace.subscribe(listener)
    workspace.change("Nytt sammanträde", None, MEETING)
    workspace.undo()
    stop()
    stop()
    workspace.redo()

    assert in_file == [(MEETING,), ()]


def test_a_listener_that_changes_something_keeps_the_order(workspace: Workspace) -> None:
    told: list[str] = []

    def number_it(change: Change) -> None:
        if change.label == "Nytt sammanträde":
            type_place(workspace, "A")

    workspace.subscribe(number_it)
    workspace.subscribe(lambda change: told.append(change.label))
    workspace.change("Nytt sammanträde", None, MEETING)

    assert told == ["Nytt sammanträde", "Skriv plats"]


def test_a_listener_that_fails_does_not_keep_others_from_being_told(workspace: Workspace) -> None:
    told: list[Change] = []

    def fail(_: Change) -> None:
        raise RuntimeError("vyn")

    workspace.subscribe(fail)
    workspace.subscribe(told.append)
    with pytest.raises(RuntimeError, match="vyn"):
        workspace.change("Nytt sammanträde", None, MEETING)

    assert len(told) == 1
    assert workspace.meetings == (MEETING,)
    with pytest.raises(RuntimeError, match="vyn"):
        workspace.undo()
    assert len(told) == 2


def test_history_tells_who_when_and_what(workspace: Workspace, clock: Clock, path: Path) -> None:
    clock.wait(60)
    workspace.change("Nytt sammanträde", None, MEETING)
    clock.wait(60)
    workspace.undo()
    workspace.close()
    with Workspace.open(path, user="Bo Ek", clock=clock) as later:
        later.change("Byt namn", later.association, Association(name="Nya"))
        rows = [
            (entry.at.minute, entry.user, entry.kind, entry.label, entry.subject) for entry in later.history()
        ]
        removed, made = later.history("m1")
        assert rows == [
            (2, "Bo Ek", "do", "Byt namn", "association"),
            (2, "Anna Berg", "undo", "Nytt sammanträde", "m1"),
            (1, "Anna Berg", "do", "Nytt sammanträde", "m1"),
            (0, "Anna Berg", "do", "Ny fil", "association"),
        ]
        assert later.value_at(removed) is None
        assert later.value_at(made) == MEETING
        assert [entry.label for entry in later.history(limit=1)] == ["Byt namn"]
        with pytest.raises(KeyError):
            later.value_at(replace(made, number=99))
        assert later.undo() is not None
        assert later.undo() is None, "undo reaches back to when the file was opened"


def test_saved_at_follows_the_changes(workspace: Workspace, clock: Clock, path: Path) -> None:
    clock.wait(5)
    workspace.change("Nytt sammanträde", None, MEETING)
    saved = clock.now
    clock.wait(5)
    assert workspace.saved_at == saved
    workspace.close()
    with Workspace.open(path, user="Bo", clock=clock) as later:
        assert later.saved_at == saved


def test_find_meeting_by_date_or_id(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="inga sammanträden än"):
        workspace.find_meeting("2026-10-29")
    workspace.change("Nytt", None, MEETING)
    assert workspace.find_meeting(" 2026-10-29 ") == MEETING
    assert workspace.find_meeting("m1") == MEETING
    with pytest.raises(
        UserError, match=r"inget sammanträde ”2026-10-30”.*Det finns sammanträden den 2026-10-29"
    ):
        workspace.find_meeting("2026-10-30")
    workspace.change("Nytt", None, Meeting(id="m2", date=MEETING.date))
    with pytest.raises(UserError, match=r"2 sammanträden(?s:.*)m2\nm1 \(kl\. 09\.00\)"):
        workspace.find_meeting("2026-10-29")


def test_files_are_stored_once_by_their_content(workspace: Workspace, path: Path) -> None:
    content = bytes(range(256)) * 1000
    name = workspace.add_file(content)
    size = path.stat().st_size
    assert workspace.add_file(content) == name
    assert path.stat().st_size == size
    assert workspace.file(name) == content
    assert workspace.add_file(b"") != name
    assert workspace.file(workspace.add_file(b"")) == b""
    with pytest.raises(FileError, match="Bilagans innehåll finns inte"):
        workspace.file("0" * 64)


def test_exports_are_remembered_by_path(
    workspace: Workspace, path: Path, tmp_path: Path, clock: Clock
) -> None:
    out, elsewhere = tmp_path / "ut" / "Kallelse.docx", tmp_path.parent / "Kallelse.docx"
    assert workspace.last_export(out) is None
    workspace.record_export("m1", "kallelse", out, b"ett")
    clock.wait(1)
    workspace.record_export("m1", "kallelse", out, b"tva")
    workspace.record_export("m2", "protokoll", elsewhere, b"tre")

    last = workspace.last_export(tmp_path / "ut" / ".." / "ut" / "Kallelse.docx")
    assert last is not None
    assert (last.content, last.document, last.meeting_id, last.at) == (b"tva", "kallelse", "m1", clock.now)
    assert {record.content for record in workspace.made_files("m1")} == {b""}, "listed without being read"
    assert [(r.path, r.sha256, r.at) for r in workspace.made_files("m1")] == [
        (r.path, r.sha256, r.at) for r in workspace.exports("m1")
    ]
    assert [(record.content, record.path) for record in workspace.exports("m1")] == [
        (b"", out),
        (b"tva", out),
    ]
    workspace.close()

    moved = tmp_path / "flyttad"
    moved.mkdir()
    path.rename(moved / path.name)
    with Workspace.open(moved / path.name, user="Bo") as later:
        inside, outside = later.last_export(moved / "ut" / "Kallelse.docx"), later.last_export(elsewhere)
        assert inside is not None
        assert outside is not None
        assert (inside.content, outside.content) == (b"tva", b"tre")


def test_read_only_refuses_every_change_and_says_why(workspace: Workspace) -> None:
    assert (workspace.read_only, workspace.read_only_reason) == (False, "")
    with Workspace.open(workspace.path, user="Bo", read_only=True) as reader:
        assert reader.read_only
        attempts = (
            lambda: reader.change("Byt namn", reader.association, Association(name="X")),
            lambda: reader.add_file(b"x"),
            lambda: reader.record_export("m1", "kallelse", Path("x"), b"x"),
        )
        for attempt in attempts:
            with pytest.raises(ReadOnlyError, match="Du valde att öppna den för läsning"):
                attempt()
        assert reader.association.name == "Bygden"
        assert reader.undo_label is None


@pytest.mark.parametrize(
    "bad",
    [
        replace(MEETING, place="half a pair \ud800"),
        replace(MEETING, items=[AgendaItem(title="en lista")]),  # type: ignore[arg-type]
        replace(MEETING, place=5),  # type: ignore[arg-type]
        replace(MEETING, date="2026-10-29"),  # type: ignore[arg-type]
    ],
    ids=["surrogate", "list", "number", "text for date"],
)
def test_a_value_that_could_not_be_read_back_is_never_written(workspace: Workspace, bad: Meeting) -> None:
    with pytest.raises(NotSavedError, match="sparades inte"):
        workspace.change("Nytt", None, bad)

    assert workspace.meetings == ()
    assert workspace.undo_label is None
    assert reopened(workspace)[1] == ()
    workspace.change("Nytt", None, MEETING)
    assert reopened(workspace)[1] == (MEETING,)


def test_create_never_replaces_what_is_there(path: Path) -> None:
    path.write_bytes(b"mitt")
    with pytest.raises(FileError, match=r"finns redan en fil som heter Bygdens förbund #1\.finsam"):
        Workspace.create(path, Association(name="X"), user="Anna")
    assert path.read_bytes() == b"mitt"
    with pytest.raises(FileError, match=r"Mappen .* finns inte"):
        Workspace.create(path.parent / "saknas" / "x.finsam", Association(name="X"), user="Anna")
    with pytest.raises(FileError, match="skapades inte"):
        Workspace.create(path.parent / ("x" * 300), Association(name="X"), user="Anna")
    assert sorted(entry.name for entry in path.parent.iterdir()) == [path.name]


def test_closing_leaves_one_file(workspace: Workspace, path: Path) -> None:
    workspace.change("Nytt", None, MEETING)
    workspace.close()
    workspace.close()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    with pytest.raises(FileError, match="är stängd"):
        type_place(workspace, "x")
    with pytest.raises(FileError, match="är stängd"):
        workspace.history()


def test_importing_the_module_is_light() -> None:
    code = (
        "import sys, finsam_desktop.workspace; "
        "print([m for m in ('sqlalchemy', 'msgspec', 'sqlite3') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
