"""A joint item from one association to another, and everything a stranger may put in such a file."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from finsam_desktop import joint_items
from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.decisions import Decision, Outcome, Proposal, ProposalKind
from finsam_desktop.domain.papers import JointBoard
from finsam_desktop.domain.references import resolved
from finsam_desktop.errors import UserError
from finsam_desktop.storage import joint_item
from finsam_desktop.storage.codec import digest
from finsam_desktop.storage.joint_item import JointItem
from finsam_desktop.workspace import Workspace
from tests.board import association, meeting

TODAY = date(2026, 10, 30)
CONTENT = b"%PDF-1.4 skrivelse"


def sender(folder: Path) -> Workspace:
    workspace = Workspace.create(folder / "a.finsam", association(name="Förbundet Norr"), user="Test")
    sha256 = workspace.add_file(CONTENT)
    item = AgendaItem(
        id="gemensamt",
        title="Sammankallande till medlemssamråd",
        presenter_id="chef",
        reference="2026/51",
        minutes_text="Diskussion fördes.",
        proposal=Proposal(kind=ProposalKind.CLAUSES, clauses=("utse Regionstyrelsen",)),
        attachments=(
            Attachment(
                id="b", title="Skrivelse", file_name="Skrivelse.pdf", sha256=sha256, size=len(CONTENT)
            ),
            Attachment(id="h", title="Hemlig", confidential=True),
        ),
        sub_items=(AgendaItem(id="s", title="Bakgrund", presenter_id="chef"),),
        decision=Decision(outcome=Outcome.AS_PROPOSED),
        joint=(JointBoard(association="Förbundet Söder"), JointBoard(association="Förbundet Väst")),
    )
    workspace.change("Nytt", None, meeting(item))
    return workspace


def receiver(folder: Path) -> Workspace:
    workspace = Workspace.create(folder / "b.finsam", association(name="Förbundet Söder"), user="Test")
    workspace.change("Nytt", None, meeting(id="vårt"))
    return workspace


def sent(workspace: Workspace, folder: Path) -> Path:
    held = workspace.meeting("mötet")
    return joint_items.save(workspace, held, held.items[1], folder / "x.finsam-arende", TODAY)


def test_the_same_words_reach_the_other_board(tmp_path: Path) -> None:
    with sender(tmp_path) as ours, receiver(tmp_path) as theirs:
        received = joint_items.read_file(sent(ours, tmp_path))
        before = theirs.meeting("vårt")
        item = joint_items.take_in(theirs, before, received)
        after = theirs.meeting("vårt")
        assert [one.title for one in after.items] == [
            "Mötets öppnande",
            "Sammankallande till medlemssamråd",
            "Mötets avslutande",
        ]
        assert item.proposal.clauses == ("utse Regionstyrelsen",)
        assert item.proposal.condition == "alla berörda förbund fattar likalydande beslut"
        assert item.presenter == "Chef"
        assert (item.presenter_id, item.reference, item.minutes_text) == ("", "", "")
        assert item.decision == Decision()
        assert [a.title for a in item.attachments] == ["Skrivelse"]
        assert theirs.file(item.attachments[0].sha256) == CONTENT
        assert {item.id, item.attachments[0].id, item.sub_items[0].id}.isdisjoint({"gemensamt", "b", "s"})
        assert [board.association for board in item.joint] == ["Förbundet Norr", "Förbundet Väst"]
        north = item.joint[0]
        assert (north.agreed, north.decided_on, north.paragraph) == (True, date(2026, 10, 29), 2)
        assert theirs.undo_label == "Ta emot ”Sammankallande till medlemssamråd”"
        theirs.undo()
        assert theirs.meeting("vårt") == before


def test_taking_the_same_file_in_twice_makes_two_items_of_their_own(tmp_path: Path) -> None:
    with sender(tmp_path) as ours, receiver(tmp_path) as theirs:
        path = sent(ours, tmp_path)
        first = joint_items.take_in(theirs, theirs.meeting("vårt"), joint_items.read_file(path))
        second = joint_items.take_in(theirs, theirs.meeting("vårt"), joint_items.read_file(path))
        assert first.id != second.id
        assert first.attachments[0].id != second.attachments[0].id


def test_a_confidential_item_stays_at_home(tmp_path: Path) -> None:
    with sender(tmp_path) as ours:
        held = ours.meeting("mötet")
        with pytest.raises(UserError, match="sekretess"):
            joint_items.save(ours, held, replace(held.items[1], confidential=True), tmp_path / "x", TODAY)
        assert not (tmp_path / "x").exists()


def test_a_reference_goes_out_as_the_words_it_says(tmp_path: Path) -> None:
    with sender(tmp_path) as ours:
        before = ours.meeting("mötet")
        item = replace(before.items[1], summary="Se {§:oppnande}, {bilaga:b}, {bilaga:h} och {punkt:s}.")
        ours.change("Text", before, replace(before, items=(before.items[0], item, before.items[2])))
        received = joint_items.read_file(sent(ours, tmp_path))
    said = received.item.summary.replace("\u00a0", " ")
    bilaga, part = received.item.attachments[0].id, received.item.sub_items[0].id
    assert said == f"Se § 1, {{bilaga:{bilaga}}}, bilaga 2 och {{punkt:{part}}}.", (
        "only what comes along is live"
    )
    with receiver(tmp_path) as theirs:
        joint_items.take_in(theirs, theirs.meeting("vårt"), received)
        read = resolved(theirs.meeting("vårt"), theirs.meetings).items[1].summary
    assert read.replace("\u00a0", " ") == "Se § 1, bilaga 1, bilaga 2 och punkt 2A."


def test_what_comes_is_told_in_words(tmp_path: Path) -> None:
    with sender(tmp_path) as ours:
        lines = joint_items.described(joint_items.read_file(sent(ours, tmp_path)))
    assert lines[0].startswith("Från Förbundet Norr, 2026-10-30: Sammankallande")
    assert "Förbundet Söder" in lines[1]
    assert "att utse Regionstyrelsen" in lines
    assert any(line.startswith("Bilaga: Skrivelse (Skrivelse.pdf") for line in lines)


# -- hostile files ----------------------------------------------------------------------------------------


def packed(**fields: Any) -> JointItem:
    values: dict[str, Any] = {
        "sender": "Norr",
        "made_on": TODAY,
        "item": AgendaItem(title="Ärende"),
        "boards": (JointBoard(association="Norr"),),
        "files": {},
        **fields,
    }
    return JointItem(**values)


def with_attachment(name: str, *, content: bytes = b"x", sha256: str | None = None) -> JointItem:
    key = sha256 or digest(content)
    attachment = Attachment(title="B", file_name=name, sha256=key, size=len(content))
    return packed(item=AgendaItem(title="Ärende", attachments=(attachment,)), files={key: content})


@pytest.mark.parametrize(
    ("package", "why"),
    [
        (with_attachment("../../etc/passwd"), "filnamn som inte går att lita på"),
        (with_attachment("C:\\Windows\\x.exe"), "filnamn som inte går att lita på"),
        (with_attachment(".gömd"), "filnamn som inte går att lita på"),
        (with_attachment("a\x00b"), "filnamn som inte går att lita på"),
        (with_attachment("x" * 300), "filnamn som inte går att lita på"),
        (with_attachment("a.pdf", sha256="0" * 64), "skadat eller hör inte till"),
        (packed(files={digest(b"y"): b"y"}), "skadat eller hör inte till"),
        (packed(item=AgendaItem(title="  ")), "saknar rubrik"),
        (packed(item=AgendaItem(title="Ä", summary="x" * 2_100_000)), "orimligt lång"),
        (
            packed(boards=tuple(JointBoard(association=str(n)) for n in range(60))),
            "fler bilagor eller förbund",
        ),
        (
            packed(
                item=AgendaItem(
                    title="Ä", sub_items=(AgendaItem(title="B", sub_items=(AgendaItem(title="C"),)),)
                )
            ),
            "fler underpunkter",
        ),
        (
            packed(item=AgendaItem(title="Ä", attachments=(Attachment(title="B", sha256="1" * 64),))),
            "innehållet i bilagan ”B” saknas",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_well_formed_file_with_odd_content_is_refused(package: JointItem, why: str) -> None:
    with pytest.raises(UserError) as caught:
        joint_item.read(joint_item.write(package), file_name="x.finsam-arende")
    assert why in str(caught.value)
    assert "x.finsam-arende togs inte emot" in str(caught.value)


def _version(data: dict[str, Any], value: object) -> None:
    data["version"] = value


EDITS: tuple[tuple[str, Callable[[dict[str, Any]], object]], ...] = (
    ("nyare version", lambda data: _version(data, 2)),
    ("version känns inte igen", lambda data: _version(data, True)),
    ("version känns inte igen", lambda data: _version(data, "1")),
    ("inte ett ärende från Finsam", lambda data: data.update(format="finsam-meeting")),
    ("ändrats på vägen", lambda data: data["content"]["item"].update(title="Annan rubrik")),
    ("ändrats på vägen", lambda data: data.update(sha256="0" * 64)),
    ("inte känner till", lambda data: data["content"].update(script="rm -rf")),
    ("ska vara", lambda data: data["content"]["item"].update(title=7)),
    ("saknar fältet", lambda data: data["content"].pop("item")),
)


@pytest.mark.parametrize(("why", "edit"), EDITS)
def test_a_changed_or_foreign_file_is_refused(why: str, edit: Callable[[dict[str, Any]], object]) -> None:
    data = json.loads(joint_item.write(packed()))
    edit(data)
    with pytest.raises(UserError, match=why):
        joint_item.read(json.dumps(data).encode())


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04 zip", b"\xff\xfe\x00", b"[" * 200_000, b"[]", b'"finsam-arende"', b"{}", b"nul"],
    ids=["empty", "zip", "bytes", "deep", "list", "text", "object", "broken"],
)
def test_what_is_no_such_file_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UserError, match="inte ett ärende från Finsam Desktop"):
        joint_item.read(data)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "stor.finsam-arende"
    with path.open("wb") as file:
        file.truncate(joint_item.MAX_BYTES + 1)
    monkeypatch.setattr(Path, "read_bytes", lambda _self: pytest.fail("the file was read"))
    with pytest.raises(UserError, match="större än 150 MB"):
        joint_items.read_file(path)
    with pytest.raises(UserError, match="går inte att läsa"):
        joint_items.read_file(tmp_path / "finns inte")


def test_the_file_is_plain_text_with_its_contents_in_base64() -> None:
    data = json.loads(joint_item.write(with_attachment("a.pdf", content=CONTENT)))
    assert (data["format"], data["version"]) == ("finsam-arende", 1)
    assert base64.b64decode(data["content"]["files"][digest(CONTENT)]) == CONTENT


@pytest.mark.parametrize("title", ["Samråd: våren/hösten?", "..", "", "x" * 300])
def test_the_file_name_is_one_that_any_system_takes(title: str) -> None:
    name = joint_items.file_name(AgendaItem(title=title))
    assert name.endswith(".finsam-arende")
    assert not set('/\\:*?"<>|') & set(name)
    assert len(name) < 90
