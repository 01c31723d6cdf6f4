"""`finsam find` as a user of the terminal meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from finsam_desktop import cli
from finsam_desktop.commands import common
from finsam_desktop.searching import index_folder, index_path
from finsam_desktop.settings import cache_folder


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_words_are_found_in_fields_and_in_bilagor(
    capsys: pytest.CaptureFixture[str], example_file: Path
) -> None:
    before = example_file.read_bytes()
    code, out, _ = run(capsys, "find", example_file, "finansiering")
    assert code == common.DONE
    assert "29\u00a0oktober 2026, § 67, Långsiktig finansiering" in out
    assert "filen Forslag till finansiering.docx" in out
    assert "Stycke 1: Förslag till långsiktig *finansiering*" in out
    assert "återstår" not in out
    assert example_file.read_bytes() == before


def test_compound_parts_are_found_and_the_answer_can_be_narrowed(
    capsys: pytest.CaptureFixture[str], example_file: Path
) -> None:
    code, out, _ = run(
        capsys, "find", example_file, "FÖRBUND", "--json", "--year", 2026, "--kind", "protokoll"
    )
    found = json.loads(out)
    assert code == common.DONE
    assert found["files"] == {"unread": 0, "wordless": 0, "closed": 0}
    assert {place["field"] for hit in found["hits"] for place in hit["places"]} <= {
        "minutes_text",
        "minutes_title",
    }
    for hit in found["hits"]:
        for place in hit["places"]:
            assert {place["text"][start : start + length].lower() for start, length in place["marks"]} == {
                "förbund"
            }


def test_nothing_found_is_told_by_the_exit_code(
    capsys: pytest.CaptureFixture[str], example_file: Path
) -> None:
    assert run(capsys, "find", example_file, "xyzzy", "--no-files") == (
        common.FINDINGS, "0 träffar. 9 filer är inte lästa än.\n", "",
    )  # fmt: skip
    code, _, told = run(capsys, "find", example_file.with_name("borta.finsam"), "x")
    assert code == common.BAD_INPUT
    assert "borta.finsam" in told


def test_a_damaged_index_is_made_again(capsys: pytest.CaptureFixture[str], example_file: Path) -> None:
    first = run(capsys, "find", example_file, "finansiering")[1]
    index = index_path(example_file, index_folder(cache_folder()))
    assert index.is_file()
    index.write_bytes(b"damaged" * 5000)
    assert run(capsys, "find", example_file, "finansiering")[1] == first
