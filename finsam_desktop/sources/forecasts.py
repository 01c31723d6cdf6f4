"""Forecasts as a person writes them: a text file with one part per post, or "Personal=-2300000" on a command line."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from finsam_desktop.domain.forecasts import Forecast, Forecasts
from finsam_desktop.errors import UserError
from finsam_desktop.toml_text import read_toml

_ADVICE = (
    "Skriv varje prognos så här: [[forecast]] på en rad, sedan post, amount (kronor, kostnader med minus) "
    "och comment på var sin rad."
)
_KEYS = {"post", "amount", "comment"}


def read_forecasts(path: Path) -> Forecasts:
    """The forecasts in a TOML file; UserError naming file and line when it cannot be understood.

    The file has parts ``[[forecast]]`` with ``post``, ``amount`` (kr) and ``comment``, and may begin with
    ``rest_as_budget = true``.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UserError(f"Filen {path.name} finns inte.", advice="Kontrollera namnet och mappen.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"Filen {path.name} gick inte att läsa.", advice="Spara den som text i UTF-8.", detail=str(error)
        ) from error
    try:
        # Decimal from the digits as written: a float would lose the öre of large amounts.
        read = read_toml(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        told = re.search(r"line (\d+)", str(error))
        where = f" på rad {told.group(1)}" if told else ""
        raise UserError(
            f"Prognosfilen {path.name} har ett skrivfel{where}.", advice=_ADVICE, detail=str(error)
        ) from error
    entries = read.get("forecast", [])
    if not isinstance(entries, list) or set(read) - {"forecast", "rest_as_budget"}:
        raise _fault(path.name, 1, "Det står något som inte är en prognos.")
    lines = [
        number for number, line in enumerate(text.splitlines(), start=1) if line.strip() == "[[forecast]]"
    ]
    return Forecasts(
        entries=tuple(
            _entry(entry, path.name, lines[place] if place < len(lines) else 1)
            for place, entry in enumerate(entries)
        ),
        rest_as_budget=read.get("rest_as_budget") is True,
    )


def forecast_from_text(text: str) -> Forecast:
    """ "Personal=-2 300 000" or "Personal=-2300000,50=Vakant tjänst" as a forecast; UserError when it is neither."""
    post, equals, rest = text.partition("=")
    written, _, comment = rest.partition("=")
    digits = re.sub(r"[\s\u00a0\u202f]", "", written).replace("\u2212", "-").replace(",", ".")
    if not equals or not post.strip() or not re.fullmatch(r"[-+]?\d{1,15}(\.\d{1,2})?", digits):
        raise UserError(
            f"Prognosen {text} går inte att förstå.",
            advice="Skriv post, likhetstecken och kronor, till exempel Personal=-2300000. Kostnader har minus.",
        )
    return Forecast(post=post.strip(), amount=Decimal(digits), comment=comment.strip())


def _entry(entry: Any, file_name: str, line: int) -> Forecast:
    if not isinstance(entry, dict) or set(entry) - _KEYS:
        raise _fault(file_name, line, "Prognosen har något annat än post, amount och comment.")
    post, amount = entry.get("post"), entry.get("amount")
    if not isinstance(post, str) or not post.strip():
        raise _fault(file_name, line, "Prognosen saknar post.")
    if isinstance(amount, bool) or not isinstance(amount, (int, Decimal)) or not Decimal(amount).is_finite():
        raise _fault(file_name, line, f"Prognosen för {post} saknar ett belopp i kronor.")
    return Forecast(
        post=post.strip(),
        amount=Decimal(amount),
        comment=" ".join(str(entry.get("comment", "")).split()),
        place=f"{file_name} rad {line}",
    )


def _fault(file_name: str, line: int, message: str) -> UserError:
    return UserError(f"Prognosfilen {file_name}, rad {line}: {message}", advice=_ADVICE)
