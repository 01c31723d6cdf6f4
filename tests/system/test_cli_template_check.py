"""`finsam template check`, as a user of the terminal meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from finsam_desktop import cli
from finsam_desktop.commands import common
from finsam_desktop.documents import Document
from tests.template_files import built_in, changed, part, saved, with_macro

KALLELSE = Document.KALLELSE


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main(["template", "check", *(str(argument) for argument in arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    return saved(tmp_path, "Min kallelse.docx", changed(KALLELSE, "meeting.place", "meeting.plats", 1))


def test_a_sound_template_is_exit_code_0(capsys, tmp_path: Path) -> None:
    good = saved(tmp_path, "Kallelse.docx", built_in(KALLELSE))
    assert run(capsys, good, "--for", "kallelse") == (common.DONE, "Inget att åtgärda.\n", "")
    assert run(capsys, good) == (common.DONE, "Inget att åtgärda.\n", "")


def test_a_problem_is_printed_with_place_and_text_around(capsys, bad: Path) -> None:
    code, out, err = run(capsys, bad, "--for", "kallelse")
    assert (code, err) == (common.FINDINGS, "")
    first, second = out.splitlines()
    assert first.startswith("Fel  Brödtexten, stycke ")
    assert first.endswith("Fältet meeting.plats finns inte. Menade du meeting.place?")
    assert "{%p if meeting.plats %}" in second


def test_json_has_every_part_of_the_problem(capsys, bad: Path) -> None:
    code, out, _ = run(capsys, bad, "--for", "kallelse", "--json")
    (problem,) = json.loads(out)
    assert code == common.FINDINGS
    assert problem["severity"] == "error"
    assert problem["code"] == "unknown-field"
    assert problem["part"] == "brödtexten"
    assert isinstance(problem["paragraph"], int)
    assert problem["tag"] == "{%p if meeting.plats %}"


def test_without_a_document_only_the_tags_are_checked(capsys, bad: Path) -> None:
    assert run(capsys, bad)[0] == common.DONE
    broken = saved(bad.parent, "b.docx", changed(KALLELSE, "{%p endfor %}", "", 1))
    code, out, _ = run(capsys, broken)
    assert code == common.FINDINGS
    assert "stängs aldrig" in out


@pytest.mark.parametrize(("content", "words"), [(b"Hej", "är inte en Word-fil"), (with_macro(), "makron")])
def test_what_is_no_template_is_a_problem_of_its_own(
    capsys, tmp_path: Path, content: bytes, words: str
) -> None:
    code, out, err = run(capsys, saved(tmp_path, "Mall.docx", content), "--for", "kallelse")
    assert (code, err) == (common.FINDINGS, "")
    assert words in out


def test_comments_saves_a_copy_and_leaves_the_template(capsys, bad: Path) -> None:
    before, copy = bad.read_bytes(), bad.with_name("kopia.docx")
    code, out, _ = run(capsys, bad, "--for", "kallelse", "--comments", copy)
    assert code == common.FINDINGS
    assert out.splitlines()[-1] == str(copy)
    assert "meeting.plats" in part(copy.read_bytes(), "word/comments.xml")
    assert bad.read_bytes() == before


def test_comments_with_json_keeps_the_output_json(capsys, bad: Path) -> None:
    copy = bad.with_name("kopia.docx")
    _, out, err = run(capsys, bad, "--for", "kallelse", "--comments", copy, "--json")
    assert json.loads(out)
    assert err.strip() == str(copy)


def test_comments_never_go_over_the_template(capsys, bad: Path) -> None:
    before = bad.read_bytes()
    code, _, err = run(capsys, bad, "--comments", bad)
    assert code == common.BAD_INPUT
    assert "Min kallelse.docx" in err
    assert bad.read_bytes() == before


def test_comments_in_what_is_no_word_file_are_bad_input(capsys, tmp_path: Path) -> None:
    brev = saved(tmp_path, "Brev.docx", b"Hej")
    code, out, err = run(capsys, brev, "--comments", tmp_path / "k.docx")
    assert code == common.BAD_INPUT
    assert "Brev.docx är inte en Word-fil" in out
    assert "Brev.docx går inte att kommentera" in err
    assert not (tmp_path / "k.docx").exists()


def test_a_missing_template_is_bad_input(capsys, tmp_path: Path) -> None:
    code, _, err = run(capsys, tmp_path / "Saknas.docx")
    assert code == common.BAD_INPUT
    assert "Saknas.docx finns inte" in err
