"""The association's own Word templates: kept in the file, used by every export, checked before they are."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from finsam_desktop.documents import Document
from finsam_desktop.documents.export import export
from finsam_desktop.documents.template_check import check, check_file, place_of, save_with_comments
from finsam_desktop.documents.template_examples import MANY, example_contexts
from finsam_desktop.documents.template_store import (
    changed_source,
    copy_of_template,
    with_own_template,
    without_own_template,
)
from finsam_desktop.errors import UserError
from finsam_desktop.word import render_in_child
from finsam_desktop.workspace import Workspace
from tests.reference import example
from tests.template_files import body_text, built_in, changed, part, saved, with_macro

KALLELSE, PROTOKOLL = Document.KALLELSE, Document.PROTOKOLL
DAY = date(2026, 10, 19)


@pytest.fixture
def workspace(tmp_path: Path):
    known = example.association()
    bare = replace(known, letterhead=replace(known.letterhead, logo=""))
    with Workspace.create(tmp_path / "a.finsam", bare, user="Test") as opened:
        for meeting in example.meetings():
            opened.change("Ny", None, meeting)
        yield opened


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A template of the association's own, with a sentence that the program's does not have."""
    content = changed(KALLELSE, "{{ document.title }}", "Välkommen till {{ document.title }}")
    return saved(tmp_path, "Vår kallelse.docx", content)


def take(workspace: Workspace, path: Path, document: Document = KALLELSE) -> None:
    before = workspace.association
    content = path.read_bytes()
    after = with_own_template(before, document, path, content, workspace.add_file, DAY)
    workspace.change("Ta mallen i bruk", before, after)


def made(workspace: Workspace, out: Path, document: Document = KALLELSE) -> str:
    export(workspace, "2026-10-29", document, out, today=example.TODAY)
    return body_text(out.read_bytes())


def test_every_export_uses_the_own_template(workspace: Workspace, own: Path, tmp_path: Path) -> None:
    assert "Välkommen till" not in made(workspace, tmp_path / "1.docx")
    take(workspace, own)
    assert "Välkommen till" in made(workspace, tmp_path / "2.docx")
    assert "Välkommen till" not in made(workspace, tmp_path / "3.docx", PROTOKOLL)
    stored = workspace.association.word_template("kallelse")
    assert stored is not None
    assert (stored.file_name, stored.taken_on, stored.source) == ("Vår kallelse.docx", DAY, str(own))


def test_a_template_named_for_one_export_goes_before_the_own(
    workspace: Workspace, own: Path, tmp_path: Path
) -> None:
    take(workspace, own)
    other = saved(tmp_path, "Annan.docx", built_in(KALLELSE))
    out = tmp_path / "ut.docx"
    export(workspace, "2026-10-29", KALLELSE, out, template=other, today=example.TODAY)
    assert "Välkommen till" not in body_text(out.read_bytes())


def test_the_file_alone_holds_the_template(workspace: Workspace, own: Path, tmp_path: Path) -> None:
    """The original is gone and the .finsam file opened anew, as on another computer."""
    take(workspace, own)
    own.unlink()
    workspace.close()
    with Workspace.open(tmp_path / "a.finsam", user="Test") as again:
        assert "Välkommen till" in made(again, tmp_path / "ut.docx")


def test_a_second_template_takes_the_place_of_the_first(
    workspace: Workspace, own: Path, tmp_path: Path
) -> None:
    take(workspace, own)
    take(workspace, saved(tmp_path, "Ny.docx", built_in(KALLELSE)))
    assert [each.file_name for each in workspace.association.word_templates] == ["Ny.docx"]


def test_back_to_the_built_in_and_undo(workspace: Workspace, own: Path, tmp_path: Path) -> None:
    take(workspace, own)
    before = workspace.association
    workspace.change("Gå tillbaka", before, without_own_template(before, KALLELSE))
    assert "Välkommen till" not in made(workspace, tmp_path / "1.docx")
    workspace.undo()
    assert "Välkommen till" in made(workspace, tmp_path / "2.docx")


def test_the_copy_to_change_is_the_template_in_use_in_the_colour(
    workspace: Workspace, own: Path, tmp_path: Path
) -> None:
    red = replace(
        workspace.association, letterhead=replace(workspace.association.letterhead, accent="#8B1A1A")
    )
    copy = tmp_path / "kopia.docx"
    copy_of_template(red, PROTOKOLL, workspace.file, copy)
    assert "8B1A1A" in part(copy.read_bytes(), "word/styles.xml")
    assert "1D4B5E" not in part(copy.read_bytes(), "word/styles.xml")
    assert not check(copy.read_bytes(), PROTOKOLL, copy.name)
    take(workspace, own)
    copy_of_template(workspace.association, KALLELSE, workspace.file, copy)
    assert "Välkommen till" in body_text(copy.read_bytes())


def test_a_file_that_is_no_template_is_left_uncoloured_for_the_engine_to_refuse(
    workspace: Workspace, tmp_path: Path
) -> None:
    before = workspace.association
    red = replace(before, letterhead=replace(before.letterhead, accent="#8B1A1A"))
    workspace.change("Färg", before, red)
    broken = saved(tmp_path, "Trasig.docx", built_in(KALLELSE)[:-40])
    with pytest.raises(UserError, match=r"Trasig\.docx"):
        export(workspace, "2026-10-29", KALLELSE, tmp_path / "ut.docx", template=broken, today=example.TODAY)
    assert not (tmp_path / "ut.docx").exists()


def test_a_changed_source_is_seen(workspace: Workspace, own: Path) -> None:
    take(workspace, own)
    stored = workspace.association.word_template("kallelse")
    assert stored is not None
    assert changed_source(stored) is None
    os.utime(own, (1, 1))
    assert changed_source(stored) is None, "touched, but the same"
    own.write_bytes(own.read_bytes() + b"\0")
    assert changed_source(stored) == own
    own.unlink()
    assert changed_source(stored) is None, "gone, or on another computer"
    assert changed_source(replace(stored, source="")) is None
    assert changed_source(replace(stored, source="a\0b")) is None
    own.mkdir()
    assert changed_source(stored) is None


# -- check -------------------------------------------------------------------------------------------


TRIED = (KALLELSE, PROTOKOLL, Document.INSATSBESLUT)
"""Tried in every run; each is filled four times in processes of their own. test_templates fills all the others."""


@pytest.mark.parametrize(
    "document", [*TRIED, *(pytest.param(one, marks=pytest.mark.long) for one in Document if one not in TRIED)]
)
def test_the_built_in_templates_have_nothing_wrong(document: Document) -> None:
    assert check(built_in(document), document, "mall.docx") == ()


BAD = {
    "not a Word file": (b"Hej", "Min mall.docx", "Hela mallen"),
    "cut off": (built_in(KALLELSE)[:-40], "Min mall.docx", "Hela mallen"),
    "a macro": (with_macro(), "makron", None),
    "unknown field": (
        changed(KALLELSE, "meeting.place", "meeting.plats", 1),
        "Menade du meeting.place",
        "Brödtexten",
    ),
    "block not closed": (changed(KALLELSE, "{%p endfor %}", "", 1), "stängs aldrig", "Brödtexten"),
    "broken tag": (
        changed(KALLELSE, "{{ document.title }}", "{{ document.title + }}"),
        "document.title",
        "Brödtexten",
    ),
}


@pytest.mark.parametrize("case", BAD, ids=list(BAD))
def test_a_bad_template_is_told_with_its_place(case: str) -> None:
    content, words, place = BAD[case]
    problems = check(content, KALLELSE, "Min mall.docx")
    grave = [problem for problem in problems if problem.severity == "error"]
    assert grave
    told = " ".join(f"{problem} {problem.tag}" for problem in grave)
    assert words in told
    if place is not None:
        assert place_of(grave[0]).startswith(place)
    if place == "Brödtexten":
        assert grave[0].context
        assert grave[0].paragraph


def test_what_the_law_wants_in_the_minutes_is_asked_for() -> None:
    content = changed(PROTOKOLL, "dissents", "notes")
    problems = check(content, PROTOKOLL, "Protokoll.docx")
    assert [problem.severity for problem in problems] == ["warning"]
    assert "items[].dissents" in problems[0].message
    assert "KL 5 kap. 67 §" in problems[0].message
    assert place_of(problems[0]) == "Hela mallen"


def test_a_field_of_another_document_is_unknown_and_without_a_document_no_field_is() -> None:
    content = built_in(PROTOKOLL)
    assert any(p.code == "unknown-field" for p in check(content, KALLELSE, "x.docx"))
    assert check(content, None, "x.docx") == ()


def test_a_template_that_holds_together_but_cannot_be_filled_is_an_error() -> None:
    """The number of an item is a text; only filling the template shows that it cannot be divided."""
    content = changed(KALLELSE, "{{ line.number }}", "{{ line.number / 2 }}")
    problems = check(content, KALLELSE, "x.docx")
    assert [(p.severity, p.code) for p in problems] == [("error", "trial")]
    assert problems[0].message.startswith("Med exempelmötet går mallen inte att fylla i.")
    assert place_of(problems[0]).startswith("Brödtexten")


def test_a_fault_that_only_a_long_agenda_shows_is_found() -> None:
    content = changed(
        KALLELSE,
        "{{ line.number }}",
        "{{ line.number }}{{ 1 / 0 if agenda | length == 200 }}",
    )
    problems = check(content, KALLELSE, "x.docx")
    assert [p.message.split(" går")[0] for p in problems] == [f"Med {MANY} ärenden"]


def test_a_part_that_cannot_be_read_is_not_also_blamed_for_missing_fields() -> None:
    content = changed(KALLELSE, "{{ document.title }}", "<")
    problems = check(content, KALLELSE, "x.docx")
    assert [problem.code for problem in problems] == ["template"]
    assert "skadad" in problems[0].message


def test_a_template_that_would_never_end_is_stopped() -> None:
    loops = "".join(f"{{% for {name} in agenda %}}" for name in "abcdefgh")
    content = changed(KALLELSE, "{{ document.title }}", loops + "{% endfor %}" * 8)
    (problem,) = (p for p in check(content, KALLELSE, "x.docx") if p.severity == "error")
    assert problem.message.startswith("Mallen tog mer än 1,")


def test_what_a_template_leaves_out_is_told_at_export_and_in_the_check(
    workspace: Workspace, tmp_path: Path
) -> None:
    content = changed(KALLELSE, "{{ document.title }}", "{{ document.title }}{{ none }}")
    take(workspace, saved(tmp_path, "Vår kallelse.docx", content))
    result = export(workspace, "2026-10-29", KALLELSE, tmp_path / "k.docx", today=example.TODAY)
    (warning,) = result.warnings
    assert "Fältet har inget värde, så inget skrevs. Det gäller brödtexten" in warning
    (problem,) = (p for p in check(content, KALLELSE, "x.docx") if p.code == "trial")
    assert (problem.severity, problem.message) == ("warning", warning)


def test_a_frozen_program_can_fill_the_template_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """It starts itself with an argument, where the source tree starts Python on the module."""
    monkeypatch.setattr(
        "finsam_desktop.word.apart._program", lambda: [sys.executable, "-m", "finsam_desktop", "--word-child"]
    )
    rendered = render_in_child(built_in(KALLELSE), example_contexts(KALLELSE)["exempelmötet"])
    assert "Sammanträdesrum Linden" in body_text(rendered.docx)


def test_the_examples_are_extreme() -> None:
    contexts = example_contexts(KALLELSE)
    assert [len(fields["agenda"]) for fields in contexts.values()] == [15, MANY, 0, 15]  # type: ignore[arg-type]
    assert len({fields["number"] for fields in contexts["200 ärenden"]["agenda"]}) == MANY  # type: ignore[attr-defined]
    assert any(len(word) > 200 for word in str(contexts["mycket långa ord"]["meeting"]).split())


def test_a_missing_file_is_a_user_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"Saknas\.docx går inte att läsa"):
        check_file(tmp_path / "Saknas.docx", KALLELSE)


def test_the_commented_copy_says_each_problem_and_keeps_the_text(tmp_path: Path) -> None:
    content = changed(KALLELSE, "meeting.place", "meeting.plats")
    problems = check(content, KALLELSE, "Min.docx")
    copy = tmp_path / "kommenterad.docx"
    save_with_comments(content, problems, "Min.docx", copy)
    comments = part(copy.read_bytes(), "word/comments.xml")
    assert comments.count("Fältet meeting.plats finns inte. Menade du meeting.place?") >= 1
    assert "meeting.plats" in body_text(copy.read_bytes())


def test_no_commented_copy_of_what_is_no_word_file(tmp_path: Path) -> None:
    problems = check(b"Hej", KALLELSE, "Brev.docx")
    with pytest.raises(UserError, match=r"Brev\.docx går inte att kommentera"):
        save_with_comments(b"Hej", problems, "Brev.docx", tmp_path / "k.docx")
    assert not (tmp_path / "k.docx").exists()
