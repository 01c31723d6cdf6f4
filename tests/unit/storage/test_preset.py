"""An association described by hand: what is read, and what is said of a slip of the pen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finsam_desktop import paths
from finsam_desktop.domain.association import MemberKind, Role
from finsam_desktop.errors import UserError
from finsam_desktop.workspace import Workspace, load_preset

EXAMPLE = paths.templates() / "associations" / "exempel.toml"


def test_the_example_is_read_whole(tmp_path: Path) -> None:
    association = load_preset(EXAMPLE)
    assert association.name == "Samordningsförbundet Exempel"
    assert association.rules.contribution == Decimal(4_000_000)
    assert association.members[0].share == Decimal(50)
    assert association.members[0].kind is MemberKind.SOCIAL_INSURANCE_AGENCY
    assert association.appointments[0].until == date(2026, 12, 31)
    day = date(2026, 5, 1)
    assert association.seats(day) == len(
        association.appointed(day, Role.CHAIR, Role.VICE_CHAIR, Role.BOARD_MEMBER)
    )
    with Workspace.create(tmp_path / "ny.finsam", association, user="Anna") as workspace:
        assert workspace.association == association


def test_a_name_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "kort.toml"
    path.write_bytes(b"\xef\xbb\xbf" + b'name = "Bygden"\n[rules]\ncontribution = 1234.50\n')
    association = load_preset(path)
    assert association.name == "Bygden"
    assert str(association.rules.contribution) == "1234.50"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "innehållet saknar fältet name"),
        ("name = Bygden", "inte rätt skriven"),
        ('name = "A"\nnamn = "B"', "fältet namn finns inte"),
        ('name = "A"\n[letterhead]\nadress = "B"', r"fältet letterhead\.adress finns inte"),
        ("name = 5", "name ska vara text men är ett heltal"),
        ('name = "A"\n[rules]\nnotice_days = "sju"', r"rules\.notice_days ska vara ett heltal men är text"),
        (
            'name = "A"\n[[members]]\nname = "K"\nkind = "kommun"',
            r"members\[0\]\.kind har värdet 'kommun', som inte är ett av de tillåtna",
        ),
        ('name = "A"\n[[people]]\nparty = "S"', r"people\[0\] saknar fältet name"),
        (
            'name = "A"\n[[appointments]]\nperson_id = "bo"\nrole = "chair"',
            "uppdrag 1 gäller en person, ”bo”, som inte finns i filen",
        ),
        (
            'name = "A"\n[[people]]\nid = "bo"\nname = "Bo"\n'
            '[[appointments]]\nperson_id = "bo"\nrole = "chair"\nmember_id = "k"',
            "uppdrag 1 gäller en medlem, ”k”, som inte finns i filen",
        ),
        ('name = "A"\n[rules]\ncontribution = true', r"rules\.contribution ska vara ett tal"),
        (
            'name = "A"\n[[people]]\nid = "b"\nname = "B"\n'
            '[[appointments]]\nperson_id = "b"\nrole = "chair"\nsince = "i år"',
            r"appointments\[0\]\.since ska vara ett datum som finns",
        ),
    ],
)
def test_a_slip_of_the_pen_is_told_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "fel.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError, match=words) as caught:
        load_preset(path)
    assert caught.value.message.startswith("fel.toml")
    assert "exempel.toml" in caught.value.advice


def test_files_that_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"saknas\.toml finns inte"):
        load_preset(tmp_path / "saknas.toml")
    with pytest.raises(UserError, match="gick inte att läsa"):
        load_preset(tmp_path)
    (tmp_path / "b.toml").write_bytes('name = "Åsa"'.encode("latin-1"))
    with pytest.raises(UserError, match=r"b\.toml är inte en textfil i UTF-8"):
        load_preset(tmp_path / "b.toml")
