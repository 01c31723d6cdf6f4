"""Account plans as files that an association may change: reading them, and telling which one a bookkeeping file uses.

The format stands in the files themselves (templates/accounts/*.toml).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from finsam_desktop import paths
from finsam_desktop.domain.account_plan import (
    AccountGroup,
    AccountPlan,
    StatementPost,
    account_key,
    overlap,
    range_of,
    range_text,
)
from finsam_desktop.errors import UserError
from finsam_desktop.toml_text import read_toml

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
        read = read_toml(text)
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


def plan_from_rows(rows: Iterable[tuple[int, str, str, str]], file_name: str, *, name: str,
                   plan_types: Iterable[str] = ()) -> AccountPlan:  # fmt: skip
    """A plan out of rows with their number, title, post and accounts ("5000-5999, 7105"), as in a workbook.

    UserError naming file and row when one of them cannot be understood.
    """
    groups, lines = [], []
    for line, title, post, accounts in rows:
        written = [part for part in re.split(r"[,;\n]", accounts) if part.strip()]
        groups.append(_group({"title": title, "post": post, "accounts": written}, file_name, line))
        lines.append(line)
    if not groups:
        raise _fault(file_name, 1, "Filen har inga grupper.")
    _refuse_overlaps(groups, lines, file_name)
    return AccountPlan(
        name=name,
        groups=tuple(groups),
        plan_types=tuple(each.strip().upper() for each in plan_types if each.strip()),
    )


def plan_text(plan: AccountPlan) -> str:
    """The plan as such a file, to be changed by hand and read again: the same plan comes back."""
    usual = (paths.templates() / "accounts" / "kommun-bas.toml").read_text(encoding="utf-8")
    # How a group is written stands at the top of the file that comes with the program.
    head = usual.partition("\nname =")[0].replace("Kontoplan i Kommun-Bas-form", "Kontoplan", 1)
    parts = [f"{head}\nname = {_quoted(plan.name)}\nplan_types = {_list(plan.plan_types)}\n"]
    for group in plan.groups:
        accounts = [range_text(first, last) for first, last in group.ranges]
        parts.append(
            f"[[group]]\ntitle = {_quoted(group.title)}\npost = {_quoted(group.post)}\naccounts = {_list(accounts)}\n"
        )
    return "\n".join(parts)


def _list(texts: Iterable[str]) -> str:
    return "[" + ", ".join(_quoted(text) for text in texts) + "]"


def _quoted(text: str) -> str:
    """A text as TOML writes it on one line; what no file can hold is left out."""
    plain = text.encode("utf-8", "ignore").decode("utf-8").replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04X}", plain) + '"'


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
    if not isinstance(entry, dict):
        raise _fault(file_name, line, "Grupperna är inte skrivna som [[group]].")
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
        found = range_of(str(text))
        if found is None:
            raise _fault(file_name, line, f"Gruppen {title} har konton som inte går att förstå: {text}.")
        if found[0] > found[1]:
            raise _fault(file_name, line, f"Gruppen {title} har konton baklänges: {text}.")
        ranges.append(found)
    if not ranges:
        raise _fault(file_name, line, f'Gruppen {title} saknar accounts, till exempel ["3000-3099"].')
    return AccountGroup(title=title, post=post, ranges=tuple(ranges))


def _refuse_overlaps(groups: Sequence[AccountGroup], lines: Sequence[int], file_name: str) -> None:
    if (found := overlap(groups)) is not None:
        account, one, other = found
        place = max(one, other)
        raise _fault(
            file_name,
            lines[place] if place < len(lines) else 1,
            f"Konto {account} hör både till {groups[one].title} och till {groups[other].title}.",
        )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _fault(file_name: str, line: int, message: str, advice: str = "") -> UserError:
    return UserError(
        f"Kontoplanen {file_name}, rad {line}: {message}",
        advice=advice or "Rätta raden. Filens början visar hur en grupp skrivs.",
    )
