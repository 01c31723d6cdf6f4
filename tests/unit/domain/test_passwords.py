"""Passwords: short, common and named ones are told; four words are good."""

from __future__ import annotations

import pytest

from finsam_desktop.domain.passwords import Strength, password_hint

NAMES = ("Maria Ekvall", "Samordningsförbundet Sjöbygden")


@pytest.mark.parametrize(
    ("password", "strength"),
    [
        ("", Strength.NONE),
        ("katt", Strength.WEAK),
        ("20261029", Strength.WEAK),
        ("aaaabbbbaaaabbbb", Strength.WEAK),
        ("lösenord2026", Strength.WEAK),
        ("MariaEkvall1958", Strength.WEAK),
        ("sjöbygden!!!", Strength.WEAK),
        ("vinter-tegel", Strength.WEAK),
        ("tegel grind", Strength.FAIR),
        ("grind vante sjuk kajuta", Strength.GOOD),
        ("maria tegel grind kajuta", Strength.GOOD),
    ],
)
def test_how_hard_it_is_to_guess(password: str, strength: Strength) -> None:
    hint = password_hint(password, NAMES)
    assert hint.strength is strength
    assert bool(hint.text) == bool(password)


def test_the_password_is_never_in_the_hint() -> None:
    for password in ("katt", "grind vante sjuk kajuta", "lösenord2026"):
        assert password not in password_hint(password).text
