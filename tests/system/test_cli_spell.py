"""`finsam spell` as a user of the terminal meets it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from finsam_desktop import cli
from finsam_desktop.commands import common
from finsam_desktop.domain.agenda import update
from finsam_desktop.workspace import Workspace


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_unknown_words_are_listed_with_their_place_until_they_are_the_associations_own(
    capsys: pytest.CaptureFixture[str], example_file: Path
) -> None:
    code, out, _ = run(capsys, "spell", example_file, "2026-11-26")
    assert (code, out) == (common.DONE, "Alla ord finns i ordlistan.\n")
    with Workspace.open(example_file, user="Anna") as workspace:
        before = workspace.find_meeting("2026-11-26")
        item = before.items[4]
        items = update(
            before.items, item.id, lambda one: replace(one, summary="En gäddkontet tertialraport.")
        )
        workspace.change("Skriv", before, replace(before, items=items))
    code, out, _ = run(capsys, "spell", example_file, "2026-11-26", "--json", "--suggest")
    found = json.loads(out)
    assert code == common.FINDINGS
    assert [one["word"] for one in found] == ["gäddkontet", "tertialraport"]
    assert found[1]["where"] == f"Ärende ”{item.title}”, Texten"
    assert found[1]["suggestions"][0] == "tertialrapport"
    code, out, _ = run(capsys, "spell", example_file, "2026-11-26", "--add", "gäddkontet")
    assert (code, out) == (common.FINDINGS, f"tertialraport: Ärende ”{item.title}”, Texten\n")
    assert run(capsys, "spell", example_file)[1] == "gäddkontet\n"
    assert run(capsys, "spell", example_file, "--remove", "gäddkontet")[1] == "Förbundets ordlista är tom.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--remove", "saknas"), "står inte i förbundets ordlista"),
        (("--add", "två ord"), "får inte ha mellanslag"),
    ],
)
def test_wrong_words_change_nothing(
    capsys: pytest.CaptureFixture[str], example_file: Path, arguments: tuple[str, str], said: str
) -> None:
    before = example_file.read_bytes()
    code, _, told = run(capsys, "spell", example_file, *arguments)
    assert code == common.BAD_INPUT
    assert said in told
    assert example_file.read_bytes() == before
