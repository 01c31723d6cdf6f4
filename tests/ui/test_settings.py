"""Settings: what is written is read again; a broken file never stops the program and nothing in it is lost."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop import settings as settings_module
from finsam_desktop.settings import SCHEMES, Settings, SettingsStore, read_settings, write_settings

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
names = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/\\"), min_size=1, max_size=20
)


@given(
    recent=st.lists(names, max_size=8), scheme=st.sampled_from(SCHEMES), folder=st.none() | names, user=texts
)
def test_round_trip(recent: list[str], scheme: str, folder: str | None, user: str) -> None:
    settings = Settings(
        recent_files=tuple(Path("/mapp", name) for name in recent),
        colour_scheme=scheme,
        export_folder=Path("/mapp", folder) if folder else None,
        user_name=user,
    )
    assert read_settings(write_settings(settings)) == (settings, ())


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("colour_scheme = 'rosa'", "colour_scheme"),
        ("recent_files = 'inte en lista'", "recent_files"),
        ("user_name = 7", "user_name"),
        ("export_folder = []", "export_folder"),
        ("inte toml alls [", "går inte att läsa"),
    ],
)
def test_a_bad_value_keeps_its_default_and_is_told(text: str, complaint: str) -> None:
    settings, complaints = read_settings(text)
    assert settings == Settings()
    assert len(complaints) == 1
    assert complaint in complaints[0]


def test_good_values_survive_a_bad_one() -> None:
    settings, complaints = read_settings("user_name = 'Åsa'\ncolour_scheme = 4")
    assert settings.user_name == "Åsa"
    assert len(complaints) == 1


def test_values_of_a_newer_version_are_no_fault() -> None:
    assert read_settings("new_setting = 1") == (Settings(), ())


def test_a_broken_file_is_set_aside_before_it_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "inställningar.toml"
    path.write_bytes(b"\xff\xfe trasig")
    store = SettingsStore(path)
    assert store.settings == Settings()
    assert store.complaints
    store.change(user_name="Eva")
    assert SettingsStore(path).settings.user_name == "Eva"
    assert (tmp_path / "inställningar.trasig.toml").read_bytes() == b"\xff\xfe trasig"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocker = tmp_path / "fil"
    blocker.write_text("")
    store = SettingsStore(blocker / "inställningar.toml")
    store.change(user_name="Eva")
    assert store.settings.user_name == "Eva"
    assert any("kunde inte sparas" in complaint for complaint in store.complaints)


def test_files_opened_lately_are_latest_first_without_doubles_and_at_most_eight(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "i.toml")
    files = [tmp_path / f"{number}.finsam" for number in range(10)]
    for file in files:
        store.remember_file(file)
    store.remember_file(files[5])
    recent = SettingsStore(tmp_path / "i.toml").settings.recent_files
    assert recent[0] == files[5]
    assert len(recent) == len(set(recent)) == 8


def test_the_settings_are_few_and_each_is_asked_for_outside_its_own_form() -> None:
    package = Path(settings_module.__file__).parent
    forms = {package / "settings.py", package / "ui" / "views" / "settings.py"}
    code = "\n".join(path.read_text("utf-8") for path in package.rglob("*.py") if path not in forms)
    names = [field.name for field in fields(Settings)]
    assert len(names) <= 40
    assert not [name for name in names if f"settings.{name}" not in code]
