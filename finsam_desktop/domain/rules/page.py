"""Write docs/rules.md: ``python -m finsam_desktop.domain.rules.page > docs/rules.md``."""

from __future__ import annotations

import re
import sys

from finsam_desktop.domain.rules import RULES, UNCHECKED, Rule, Severity

_HEAD = """\
# Kontrollerna

Sidan är gjord ur `finsam_desktop/domain/rules/`. Ändra där, inte här.

Varje regel är data: en text, en källa, en allvarlighetsgrad och de dagar den gäller. En kontroll ger råd och hindrar
aldrig något. Fel är något som ska rättas innan handlingen går ut. Varning är värd att tänka över. Att veta är en
upplysning, ofta en tolkning eller en rekommendation.
"""
_CHECKED = """
## Det som kontrolleras

| regel | vad som ska gälla | källa | grad | gäller |
|---|---|---|---|---|
"""
_NOT_CHECKED = """
## Det som ingen maskin kan kontrollera

| regel | vad som ska gälla | källa | varför inte |
|---|---|---|---|
"""
_GRADES = {Severity.ERROR: "Fel", Severity.WARNING: "Varning", Severity.NOTE: "Att veta"}


def order(rule_id: str) -> tuple[str, int, str]:
    """Rules sort by letter and number: R2 before R10, R39 before R39b."""
    found = re.fullmatch(r"([A-Z])(\d+)([a-z]?)", rule_id)
    return (found[1], int(found[2]), found[3]) if found is not None else ("", 0, rule_id)


def _holds(rule: Rule) -> str:
    if rule.since is None and rule.until is None:
        return "tills vidare"
    parts = (("från", rule.since), ("till", rule.until))
    return " ".join(f"{word} {day.isoformat()}" for word, day in parts if day is not None)


def page() -> str:
    """The whole page as Markdown."""
    checked = "".join(
        f"| {rule.id} | {rule.text} | {rule.source} | {_GRADES[rule.severity]} | {_holds(rule)} |\n"
        for rule in sorted(RULES, key=lambda rule: order(rule.id))
    )
    rest = "".join(
        f"| {rule.id} | {rule.text} | {rule.source} | {rule.why} |\n"
        for rule in sorted(UNCHECKED, key=lambda rule: order(rule.id))
    )
    return f"{_HEAD}{_CHECKED}{checked}{_NOT_CHECKED}{rest}"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(page())
