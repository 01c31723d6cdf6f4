"""Account plans as files that an association may change: reading them, and telling which one a bookkeeping file uses.

The format stands in the files themselves (templates/accounts/*.toml).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from finsam_desktop import paths
from finsam_desktop.domain.account_plan import AccountGroup, AccountPlan, StatementPost, account_key
from finsam_desktop.errors import UserError

_RANGE: Final = re.compile(r"(\d{1,6})\s*(?:[-–]\s*(\d{1,6}))?$")
#: Words for pay: municipal plans have them in class 5, BAS plans in class 7.
_PAY: Final = re.compile(r"\b(lön|löner|arvode|arvoden|sociala avgifter|arbetsgivaravgift)", re.IGNORECASE)


@lru_cache(maxsize=1)
def standard_plans() -> tuple[AccountPlan, ...]:
    """The plans that come with the program, by name."""
    found = [read_plan(path) for path in sorted((paths.templates() / "accounts").glob("*.toml"))]
    return tuple(sorted(found, key=lambda plan: plan.name))


def read_plan(path: Path) -> AccountPlan:
    """The plan in the file; UserError naming file and line when it cannot be understood."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UserError(f"Filen {path.name} finns inte.", advice="Välj kontoplanens fil igen.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"Filen {path.name} gick inte att läsa.", advice="Spara den som text i UTF-8.", detail=str(error)
        ) from error
    return plan_from_text(text, path.name)


def plan_from_text(text: str, file_name: str) -> AccountPlan:
    """As ``read_plan``, from the text of a file called ``file_name``."""
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = re.search(r"line (\d+)", str(error))
        where = f" på rad {told.group(1)}" if told else ""
        raise UserError(
            f"Kontoplanen {file_name} har ett skrivfel{where}.",
            advice="Jämför raden med en annan grupp i filen: citattecken, likhetstecken och hakparenteser.",
            detail=str(error),
        ) from error
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if line.strip() == "[[group]]"]
    entries = read.get("group", [])
    if not isinstance(entries, list) or not entries:
        raise _fault(file_name, 1, "Filen har inga grupper ([[group]]).")
    groups = []
    for place, entry in enumerate(entries):
        line = lines[place] if place < len(lines) else 1
        groups.append(_group(entry, file_name, line))
    _refuse_overlaps(groups, lines, file_name)
    return AccountPlan(
        name=str(read.get("name") or Path(file_name).stem),
        groups=tuple(groups),
        plan_types=tuple(str(name).upper() for name in _listed(read.get("plan_types", []))),
    )


def plan_for(
    accounts: Iterable[tuple[str, str]], plan_type: str, plans: Sequence[AccountPlan]
) -> AccountPlan:
    """The plan that a bookkeeping file follows: by its #KPTYP, else by where pay stands among (number, name)."""
    stated = plan_type.strip().upper()
    for plan in plans:
        if stated and stated in plan.plan_types:
            return plan
    keys = [account_key(number) for number, name in accounts if _PAY.search(name)]
    pay = [key for key in keys if key is not None and 5000 <= key <= 7999]
    municipal = sum(key < 6000 for key in pay) * 2 > len(pay)
    wanted = "Kommun-Bas" if municipal else "BAS"
    return next((plan for plan in plans if plan.name == wanted), plans[0])


def _group(entry: Any, file_name: str, line: int) -> AccountGroup:
    title = str(entry.get("title", "")).strip()
    if not title:
        raise _fault(file_name, line, "Gruppen saknar title, namnet som ska stå i rapporten.")
    try:
        post = StatementPost(str(entry.get("post", "")).strip().lower())
    except ValueError as error:
        allowed = ", ".join(post.value for post in StatementPost)
        raise _fault(
            file_name, line, f"Gruppen {title} har en post som inte finns.", f"Välj bland: {allowed}."
        ) from error
    ranges = []
    for text in _listed(entry.get("accounts", [])):
        found = _RANGE.match(str(text).strip())
        if found is None:
            raise _fault(file_name, line, f"Gruppen {title} har konton som inte går att förstå: {text}.")
        first, last = found.group(1), found.group(2) or found.group(1)
        low, high = int(first[:4].ljust(4, "0")), int(last[:4].ljust(4, "9"))
        if low > high:
            raise _fault(file_name, line, f"Gruppen {title} har konton baklänges: {text}.")
        ranges.append((low, high))
    if not ranges:
        raise _fault(file_name, line, f'Gruppen {title} saknar accounts, till exempel ["3000-3099"].')
    return AccountGroup(title=title, post=post, ranges=tuple(ranges))


def _refuse_overlaps(groups: Sequence[AccountGroup], lines: Sequence[int], file_name: str) -> None:
    entries = sorted(
        (first, last, place) for place, group in enumerate(groups) for first, last in group.ranges
    )
    for (_, last, one), (first, _, other) in pairwise(entries):
        if first <= last:
            place = max(one, other)
            line = lines[place] if place < len(lines) else 1
            raise _fault(
                file_name,
                line,
                f"Konto {first} hör både till {groups[one].title} och till {groups[other].title}.",
            )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _fault(file_name: str, line: int, message: str, advice: str = "") -> UserError:
    return UserError(
        f"Kontoplanen {file_name}, rad {line}: {message}",
        advice=advice or "Rätta raden. Filens början visar hur en grupp skrivs.",
    )
