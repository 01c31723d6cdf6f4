"""Organisationsnummer with the right check digit are let through, all others are told of."""

from __future__ import annotations

import pytest

from finsam_desktop.domain.org_number import org_number_fault


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("", True),
        ("222000-0000", True),
        ("212000-0142", True),
        ("2120000142", True),
        ("212000-0143", False),
        ("222000", False),
        ("abc", False),
        ("٢١٢٠٠٠٠١٤٢", False),
    ],
)
def test_organisation_numbers(text: str, right: bool) -> None:
    assert (org_number_fault(text) == "") is right
