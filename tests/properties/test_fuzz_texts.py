"""Text files from outside, damaged: meetings and items as JSON, and every kind of TOML that a person may write."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from finsam_desktop import paths
from finsam_desktop.archive import manifest
from finsam_desktop.commands import listing
from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.mail_texts import MailKind
from finsam_desktop.files.catalogue_files import load_templates
from finsam_desktop.files.mail_text_files import load_text
from finsam_desktop.files.phrase_files import load_phrases
from finsam_desktop.settings import Settings, SettingsStore, read_settings, write_settings
from finsam_desktop.sources.account_plans import read_plan
from finsam_desktop.sources.forecasts import read_forecasts
from finsam_desktop.storage import joint_item
from finsam_desktop.storage.codec import digest
from finsam_desktop.storage.exchange import export_data, import_data
from finsam_desktop.storage.lock import acquire, lock_path
from finsam_desktop.storage.preset import load_preset
from finsam_desktop.workspace import Workspace
from tests.fuzzing import Memory, Step, damaged, damaged_json, few, judged, many, steps
from tests.unit.storage.test_exchange import altered

DOCUMENT = Path(__file__).parents[1] / "data" / "documents" / "version-1.finsam"
TODAY = date(2026, 11, 22)
FORECASTS = (
    'rest_as_budget = true\n\n[[forecast]]\npost = "Personal"\namount = -2300000.50\ncomment = "Vakant"\n'
)


# TOML and plain text


def _whole_folder(path: Path) -> object:
    return load_templates(path.parent)


def _settings(path: Path) -> object:
    store = SettingsStore(path)
    store.remember_file(path.with_name("a.finsam"))
    for file in store.settings.recent_files:
        file.exists()
    again, complaints = read_settings(path.read_text("utf-8"))
    assert again == store.settings
    assert not complaints
    return store


Kind = tuple[str, Callable[[], bytes], Callable[[Path], object]]
TEXTS: list[Kind] = [
    ("forbund.toml", (paths.templates() / "associations" / "exempel.toml").read_bytes, load_preset),
    ("items.toml", lambda: min((paths.templates() / "items").glob("*.toml")).read_bytes(), _whole_folder),
    ("phrases.toml", (paths.templates() / "phrases.toml").read_bytes, load_phrases),
    ("accounts.toml", (paths.templates() / "accounts" / "kommun-bas.toml").read_bytes, read_plan),
    ("forecasts.toml", FORECASTS.encode, read_forecasts),
    ("mail.txt", (paths.templates() / "mail" / f"{next(iter(MailKind)).value}.txt").read_bytes,
     lambda path: load_text(path, next(iter(MailKind)))),
    ("settings.toml", lambda: write_settings(Settings(recent_files=(Path("/a/b.finsam"),), colour_scheme="ljust",
                                                      export_folder=Path("/x"), user_name="Åsa")).encode(), _settings),
]  # fmt: skip
kinds = pytest.mark.parametrize("kind", TEXTS, ids=[kind[0] for kind in TEXTS])


def _read(kind: Kind, folder: Path, damage: list[Step]) -> str:
    name, content, use = kind
    path = folder / name
    path.write_bytes(damaged(content(), damage))
    return judged(lambda: use(path), (name, damage)).told


@kinds
def test_whole_texts_are_read(kind: Kind, tmp_path: Path) -> None:
    assert _read(kind, tmp_path, []) == ""


@kinds
def test_damaged_texts_are_read_or_refused(kind: Kind, tmp_path: Path) -> None:
    told = []

    @few
    @given(steps)
    def tried(damage: list[Step]) -> None:
        told.append(_read(kind, tmp_path, damage))

    with Memory():
        tried()
    assert any(told) or kind[0] in ("settings.toml", "mail.txt")


@pytest.mark.long
@kinds
def test_many_damaged_texts(kind: Kind, tmp_path: Path) -> None:
    @many
    @given(steps)
    def tried(damage: list[Step]) -> None:
        _read(kind, tmp_path, damage)

    with Memory():
        tried()


HOSTILE = {
    "lists": 'name = "x"\na = ' + "[" * 20_000 + "]" * 20_000,
    "tables": "a = " + "{a=" * 5_000 + "1" + "}" * 5_000,
    "digits": 'name = "x"\nreserve = ' + "9" * 5_000,
    "dotted": ".".join(["a"] * 3_000) + " = 1",
    "head": "[" + ".".join(["a"] * 3_000) + "]",
    "no tables": "group = [1]\nphrase = [2]\nforecast = [3]\nitem = [4]",
    "one table": 'group = 1\nphrase = {key = "a"}\nforecast = 3\nitem = {}',
    "odd numbers": "reserve = nan\nshare = inf\na = 1e999999999999",
    "no character": 'recent_files = ["a\\u0000b"]\nexport_folder = "\\u0000"\nname = "\\u0000"',
}


@kinds
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts(kind: Kind, text: str, tmp_path: Path) -> None:
    path = tmp_path / kind[0]
    path.write_text(text, encoding="utf-8")
    with Memory():
        judged(lambda: kind[2](path), kind[0])


# A meeting as JSON


@pytest.fixture(scope="module")
def meeting_json(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A real meeting of the release, with its register and its files."""
    path = tmp_path_factory.mktemp("v1") / "v1.finsam"
    shutil.copyfile(DOCUMENT, path)
    with Workspace.open(path, user="Anna", read_only=True) as workspace:
        return export_data(workspace, workspace.meetings[0].id)


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "annan.finsam", Association(name="Annan"), user="Bo") as opened:
        yield opened


def _imported(workspace: Workspace, content: bytes, damage: object) -> str:
    """What is told of the JSON; when it is taken in, what it holds can be shown, checked and sent on."""
    before = workspace.association, workspace.meetings
    outcome = judged(lambda: import_data(workspace, content, file_name="möte.json"), damage)
    if outcome.told:
        assert (workspace.association, workspace.meetings) == before
        return outcome.told
    for meeting in workspace.meetings:
        judged(lambda one=meeting: listing.meeting(workspace.association, workspace.meetings, one), damage)
        judged(
            lambda one=meeting: listing.findings(
                workspace.association, workspace.meetings, (one,), TODAY, whole=True
            ),
            damage,
        )
        judged(lambda one=meeting: export_data(workspace, one.id), damage)
    while workspace.undo_label:
        workspace.undo()
    return ""


def _try_meetings(target: Workspace, content: bytes, tries: settings) -> list[str]:
    told: list[str] = []

    @tries
    @given(steps)
    def tried(damage: list[Step]) -> None:
        told.append(_imported(target, damaged_json(content, damage), damage))

    with Memory():
        tried()
    return told


def test_a_whole_meeting_is_taken_in(target: Workspace, meeting_json: bytes) -> None:
    assert _imported(target, meeting_json, "whole") == ""


def test_damaged_meetings_are_taken_in_or_refused(target: Workspace, meeting_json: bytes) -> None:
    assert any(_try_meetings(target, meeting_json, few))


@pytest.mark.long
def test_many_damaged_meetings(target: Workspace, meeting_json: bytes) -> None:
    told = _try_meetings(target, meeting_json, many)
    assert any(told)
    assert not all(told)


@pytest.mark.parametrize(
    "content",
    [
        b'{"format":"finsam-meeting","version":' + b"9" * 5_000 + b"}",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"format":"\\ud800"}',
        b'{"format":NaN}',
        b"\xff\xfe{\0}\0",
        b'{"format":"finsam-meeting","version":1,"meeting":' + b"[" * 900 + b"]" * 900 + b"}",
    ],
    ids=["digits", "lists", "objects", "half a sign", "no number", "utf-16", "deep inside"],
)
def test_hostile_json(target: Workspace, tmp_path: Path, content: bytes) -> None:
    with Memory():
        assert judged(lambda: import_data(target, content, file_name="möte.json")).told.startswith(
            "möte.json"
        )
        assert judged(lambda: joint_item.read(content, file_name="möte.json")).told.startswith("möte.json")
        assert judged(lambda: manifest.read(content, "arkivet")).told


@pytest.mark.parametrize("at", ["0001-01-01", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar(target: Workspace, meeting_json: bytes, at: str) -> None:
    """Deadlines are days before and after: there are none beyond the calendar's ends."""
    _imported(target, altered(meeting_json, "meeting", "date", value=at), at)


@pytest.mark.parametrize("amount", ["1e9999", "NaN", "sNaN", "-Infinity", "1e-9999", "9" * 400])
def test_amounts_that_nobody_can_add(target: Workspace, meeting_json: bytes, amount: str) -> None:
    """And rows that lack a cell: the table could be neither checked nor printed."""
    whole = json.loads(meeting_json)
    for change in (_with_amount, _with_a_cell_less):
        tree = json.loads(meeting_json)
        item = next(item for item in tree["meeting"]["items"] if item.get("figures"))
        change(item["figures"][0]["rows"][-1], amount)
        assert tree != whole
        told = _imported(target, json.dumps(tree).encode(), amount)
        assert told.startswith("möte.json lästes inte in: ")


def _with_amount(row: dict[str, Any], amount: str) -> None:
    next(cell for cell in row["cells"] if cell.get("amount"))["amount"] = amount


def _with_a_cell_less(row: dict[str, Any], _amount: str) -> None:
    row["cells"].pop()


# A joint item


def _joint() -> bytes:
    content = b"%PDF-1.7 underlag"
    item = AgendaItem(
        id="a",
        title="Gemensam budget",
        summary="Förbunden beslutar lika.",
        attachments=(Attachment(id="b", title="Underlag", file_name="underlag.pdf", sha256=digest(content)),),
    )
    package = joint_item.JointItem(
        sender="Bygden", made_on=TODAY, item=item, files={digest(content): content}
    )
    return joint_item.write(package)


def _try_joint(tries: settings) -> list[str]:
    whole, told = _joint(), []

    @tries
    @given(steps)
    def tried(damage: list[Step]) -> None:
        data = damaged_json(whole, damage)
        told.append(judged(lambda: joint_item.read(data, file_name="ärende"), damage).told)

    with Memory():
        tried()
    return told


def test_damaged_joint_items_are_refused() -> None:
    assert judged(lambda: joint_item.read(_joint())).told == ""
    assert any(_try_joint(few))


@pytest.mark.long
def test_many_damaged_joint_items() -> None:
    _try_joint(many)


# Another's lock


@pytest.mark.parametrize("content", [b"[" * 4096, b'{"user":[],"host":{},"since":1}'], ids=["deep", "odd"])
def test_a_lock_that_says_nothing_of_sense(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.finsam"
    lock_path(path).write_bytes(content)
    judged(lambda: acquire(path, user="Bo", since=datetime(2026, 11, 22)).release(), content)
