"""The few settings of the program: declared, typed, checked, kept as TOML in the platform's configuration folder."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)

_RECENT_LIMIT = 8
SCHEMES = ("system", "ljust", "mörkt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user can choose. Every field has a default, so an empty file is a whole file."""

    recent_files: tuple[Path, ...] = ()
    """Files opened lately, the latest first; at most eight."""
    colour_scheme: str = "system"
    """"system", "ljust" or "mörkt"."""
    export_folder: Path | None = None
    """Where documents are made; None means beside the open file."""
    user_name: str = ""
    """The name in history and lock; empty means the computer's user."""
    spelling: bool = True
    """Whether words that the dictionary lacks are underlined."""


def config_folder() -> Path:
    """The program's configuration folder. FINSAM_CONFIG_DIR replaces it, for tests and portable use."""
    override = os.environ.get("FINSAM_CONFIG_DIR")
    if override:
        return Path(override)
    import platformdirs

    return Path(platformdirs.user_config_dir("Finsam Desktop", appauthor=False))


def data_folder() -> Path:
    """Where the program keeps its log and copies of the example association."""
    override = os.environ.get("FINSAM_CONFIG_DIR")
    if override:
        return Path(override) / "data"
    import platformdirs

    return Path(platformdirs.user_data_dir("Finsam Desktop", appauthor=False))


def cache_folder() -> Path:
    """Where what can be made again is kept: PDFs of bilagor, and LibreOffice's own files."""
    override = os.environ.get("FINSAM_CONFIG_DIR")
    if override:
        return Path(override) / "cache"
    import platformdirs

    return Path(platformdirs.user_cache_dir("Finsam Desktop", appauthor=False))


def read_settings(text: str) -> tuple[Settings, tuple[str, ...]]:
    """Settings from TOML and the Swedish complaints about what could not be used; those keep their defaults."""
    import tomllib

    from finsam_desktop.toml_text import read_toml

    try:
        table = read_toml(text)
    except tomllib.TOMLDecodeError as error:
        return Settings(), (f"Inställningarna går inte att läsa ({error}). Standardvärden används.",)
    complaints: list[str] = []
    values: dict[str, Any] = {}
    for field in fields(Settings):
        if field.name not in table:
            continue
        try:
            values[field.name] = _READERS[field.name](table[field.name])
        except (TypeError, ValueError):
            complaints.append(
                f"Inställningen {field.name} har ett värde som inte går att använda: {table[field.name]!r}."
            )
    unknown = sorted(set(table) - {field.name for field in fields(Settings)})
    if unknown:
        _log.info("settings of another version are left alone: %s", unknown)
    return Settings(**values), tuple(complaints)


def write_settings(settings: Settings) -> str:
    """The settings as TOML; what has its default value is left out."""
    import tomli_w

    table: dict[str, object] = {}
    if settings.recent_files:
        table["recent_files"] = [str(path) for path in settings.recent_files]
    if settings.colour_scheme != "system":
        table["colour_scheme"] = settings.colour_scheme
    if settings.export_folder is not None:
        table["export_folder"] = str(settings.export_folder)
    if settings.user_name:
        table["user_name"] = settings.user_name
    if not settings.spelling:
        table["spelling"] = False
    return tomli_w.dumps(table)


def _read_recent(value: object) -> tuple[Path, ...]:
    if not isinstance(value, list) or not all(
        isinstance(item, str) and item and "\0" not in item for item in value
    ):
        raise TypeError
    return tuple(Path(item) for item in value)[:_RECENT_LIMIT]


def _read_scheme(value: object) -> str:
    if value not in SCHEMES:
        raise ValueError
    return str(value)


def _read_folder(value: object) -> Path:
    return Path(_read_text(value))


def _read_text(value: object) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise TypeError
    return value


def _read_choice(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


_READERS: dict[str, Callable[[object], object]] = {
    "recent_files": _read_recent,
    "colour_scheme": _read_scheme,
    "export_folder": _read_folder,
    "user_name": _read_text,
    "spelling": _read_choice,
}


class SettingsStore:
    """The settings in force and the file they are kept in. Faults never stop the program."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or config_folder() / "inställningar.toml"
        self.complaints: tuple[str, ...] = ()
        self.settings = Settings()
        self._load()

    def change(self, **values: Any) -> None:
        """Change settings by name and write them; a file that cannot be written leaves a complaint."""
        self.settings = replace(self.settings, **values)
        self._save()

    def remember_file(self, path: Path) -> None:
        """Put a file first among those opened lately."""
        path = Path(path).resolve()
        others = tuple(other for other in self.settings.recent_files if other != path)
        self.change(recent_files=(path, *others)[:_RECENT_LIMIT])

    def _load(self) -> None:
        try:
            text = self.path.read_text("utf-8")
        except FileNotFoundError:
            return
        except (OSError, UnicodeDecodeError) as error:
            _log.info("settings could not be read: %s", error)
            self.complaints = ("Inställningarna går inte att läsa. Standardvärden används.",)
            self._set_aside()
            return
        self.settings, self.complaints = read_settings(text)
        if self.complaints:
            self._set_aside()

    def _set_aside(self) -> None:
        """Keep a file that could not be read, so that nothing in it is lost when settings are next written."""
        with contextlib.suppress(OSError):
            self.path.with_suffix(".trasig.toml").write_bytes(self.path.read_bytes())

    def _save(self) -> None:
        import tempfile

        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.path.parent, suffix=".tmp")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(write_settings(self.settings))
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, self.path)
        except OSError as error:
            _log.info("settings could not be written: %s", error)
            self.complaints = (f"Inställningarna kunde inte sparas i {self.path.parent}.",)
