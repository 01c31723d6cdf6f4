"""A year of random edits: no § or bilaga is missing or used twice, no reference is stale, nothing adjusted changes.

The oracle reads what is printed. It takes every number from the printed protokoll and kallelse themselves, by the
titles there, and holds every printed reference against them; it knows nothing of how numbers are made. One thing it
does know: what is printed of adjusted minutes must stay the same to the last letter.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from finsam_desktop.documents import Document, context
from finsam_desktop.domain import agenda, rules
from finsam_desktop.domain.adjusting import adjust, adjust_items, forbidden_change, reopen
from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.domain.references import MISSING
from tests.board import association

REGISTER = association()
AT = datetime(2026, 12, 1, 12)
TODAY = date(2026, 12, 1)
NORMAL_RUN, ALL = 60, 1000
_REFERENCE = re.compile(r"«(§|bilaga|punkt) (\w+)=([^»]*)»")
_NUMBER = re.compile(r"\d+")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(0, ALL if metafunc.config.getoption("--all") else NORMAL_RUN, 10))


def test_a_year_of_random_edits(seed: int) -> None:
    done = refused = 0
    for one in range(seed, seed + 10):
        year = Year(random.Random(one))
        for step in range(16):
            year.edit()
            if step % 4 == 3:  # reading everything after every edit would take hours
                year.check()
        done, refused = done + year.done, refused + year.refused
    assert done > 60, "most edits are made, so that something is tried"
    assert refused < done


@dataclass
class Printed:
    """What a meeting's papers say."""

    sections: dict[str, int]
    bilagor: dict[str, int]
    punkter: dict[str, str]
    protokoll: str
    texts: str


class Year:
    """Meetings of 2026, edited at random through the rule of the one door."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.meetings: dict[str, Meeting] = {}
        self.count = 0
        self.done = self.refused = 0
        self.kept: dict[str, str] = {}
        self.kept_items: dict[tuple[str, str], tuple[int, str]] = {}
        for _ in range(2):
            self.new_meeting()

    # -- edits ------------------------------------------------------------------------------------

    def edit(self) -> None:
        names = ["add"] * 4 + ["move"] * 4 + ["refer"] * 9 + ["attach"] * 3 + [
            "demote", "demote", "promote", "promote", "remove", "remove", "detach", "new_meeting", "shift_meeting",
            "adjust_item", "adjust", "adjust", "reopen", "remove_meeting",
        ]  # fmt: skip
        getattr(self, self.chance.choice(names))()

    def name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def change(self, before: Meeting | None, after: Meeting | None) -> bool:
        if before == after:
            return False
        if forbidden_change(before, after, tuple(self.meetings.values())) is not None:
            self.refused += 1
            return False
        self.done += 1
        if after is not None:
            self.meetings[after.id] = after
        elif before is not None:
            del self.meetings[before.id]
        return True

    def any_meeting(self) -> Meeting:
        return self.chance.choice(list(self.meetings.values()))

    def any_item(self, one: Meeting, *, top: bool = False) -> AgendaItem | None:
        items = list(one.items if top else agenda.walk(one.items))
        return self.chance.choice(items) if items else None

    def new_item(self) -> AgendaItem:
        item_id = self.name("i")
        return AgendaItem(id=item_id, title=f"Rubrik {item_id}")

    def new_meeting(self) -> None:
        day = date(2026, 1, 1) + timedelta(days=self.chance.randrange(0, 300))
        items = tuple(self.new_item() for _ in range(self.chance.randrange(0, 4)))
        self.change(None, Meeting(id=self.name("m"), date=day, items=items, state=MeetingState.MINUTES))

    def shift_meeting(self) -> None:
        one = self.any_meeting()
        day = date(2026, 1, 1) + timedelta(days=self.chance.randrange(0, 300))
        self.change(one, replace(one, date=day))

    def remove_meeting(self) -> None:
        if len(self.meetings) > 2:
            self.change(self.any_meeting(), None)

    def add(self) -> None:
        one = self.any_meeting()
        place = self.chance.choice([len(one.items), self.chance.randrange(0, len(one.items) + 1)])
        self.change(one, replace(one, items=agenda.insert(one.items, place, self.new_item())))

    def _of_item(self, function: Any, *arguments: Any) -> None:
        one = self.any_meeting()
        item = self.any_item(one)
        if item is not None:
            self.change(one, replace(one, items=function(one.items, item.id, *arguments)))

    def move(self) -> None:
        self._of_item(agenda.move, self.chance.randrange(0, 6))

    def demote(self) -> None:
        self._of_item(agenda.demote)

    def promote(self) -> None:
        self._of_item(agenda.promote)

    def remove(self) -> None:
        self._of_item(agenda.remove)

    def attach(self) -> None:
        bilaga = Attachment(id=self.name("b"), title="", sha256="0" * 64)
        bilaga = replace(bilaga, title=f"Bilagan {bilaga.id}")
        self._of_item(agenda.update, lambda item: replace(item, attachments=(*item.attachments, bilaga)))

    def detach(self) -> None:
        self._of_item(agenda.update, lambda item: replace(item, attachments=item.attachments[1:]))

    def refer(self) -> None:
        """Put a reference to something in this meeting, or to a § of an earlier one, in an item's text."""
        one = self.any_meeting()
        earlier = [m for m in self.meetings.values() if (m.date, m.id) < (one.date, one.id)]
        targets = [("§", item.id) for item in agenda.walk(one.items)]
        targets += [("punkt", item.id) for item in agenda.walk(one.items)]
        targets += [("bilaga", a.id) for item in agenda.walk(one.items) for a in item.attachments]
        targets += [("§", item.id) for other in earlier for item in other.items]
        item = self.any_item(one)
        if item is None or not targets:
            return
        kind, target = self.chance.choice(targets)
        text = f"«{kind} {target}={{{kind}:{target}}}»"
        field = self.chance.choice(["summary", "minutes_text"])
        items = agenda.update(
            one.items, item.id, lambda i: replace(i, **{field: f"{getattr(i, field)}\n\n{text}".strip()})
        )
        self.change(one, replace(one, items=items))

    def adjust_item(self) -> None:
        one = self.any_meeting()
        item = self.any_item(one, top=True)
        if item is not None and self.change(
            one, adjust_items(one, REGISTER, self.meetings.values(), (item.id,), at=AT)
        ):
            self.remember(self.meetings[one.id])

    def adjust(self) -> None:
        one = self.any_meeting()
        if one.adjusted_on is None and self.change(
            one, adjust(one, REGISTER, self.meetings.values(), on=TODAY, at=AT)
        ):
            self.remember(self.meetings[one.id])

    def reopen(self) -> None:
        one = self.any_meeting()
        if one.adjusted_on is not None and self.change(one, reopen(one)):
            self.kept.pop(one.id)
            at_once = {item_id for seal in self.meetings[one.id].seals for item_id in seal.items}
            self.kept_items = {
                key: value for key, value in self.kept_items.items() if key[0] != one.id or key[1] in at_once
            }

    def remember(self, one: Meeting) -> None:
        """What must never change from now on."""
        printed = self.printed(one)
        if one.adjusted_on is not None:
            self.kept[one.id] = printed.protokoll
        for seal in one.seals:
            for item_id in seal.items or tuple(item.id for item in one.items):
                words = section_text(printed, item_id)
                self.kept_items.setdefault((one.id, item_id), (printed.sections[item_id], words))

    # -- the oracle -------------------------------------------------------------------------------

    def printed(self, one: Meeting) -> Printed:
        everyone = tuple(self.meetings.values())

        def made(document: Document) -> dict[str, Any]:
            return context(document, REGISTER, everyone, one, lambda _: b"", TODAY)

        notice, minutes = made(Document.KALLELSE), made(Document.PROTOKOLL)
        sections = {
            row["title"].removeprefix("Rubrik "): number(row["paragraph"]) for row in minutes["contents"]
        }
        bilagor = {row["title"].removeprefix("Bilagan "): int(row["number"]) for row in notice["attachments"]}
        punkter = {row["title"].removeprefix("Rubrik "): row["number"] for row in notice["agenda"]}
        for item in one.items:
            for index, sub in enumerate(item.sub_items):
                punkter[sub.id] = punkter[item.id] + "ABCDEFGHIJKLMNOP"[index]
        protokoll = "\n".join(words({"items": minutes["items"], "contents": minutes["contents"]}))
        return Printed(
            sections=sections,
            bilagor=bilagor,
            punkter=punkter,
            protokoll=protokoll,
            texts="\n".join((protokoll, *words(notice))),
        )

    def check(self) -> None:
        every = {one.id: self.printed(one) for one in self.meetings.values()}
        numbers = [number for printed in every.values() for number in printed.sections.values()]
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), "a § is missing or used twice"
        where = {item_id: n for printed in every.values() for item_id, n in printed.sections.items()}
        for one in self.meetings.values():
            for top in one.items:
                where.update({sub.id: where[top.id] for sub in agenda.walk(top.sub_items)})
        for meeting_id, printed in every.items():
            assert sorted(printed.bilagor.values()) == list(range(1, len(printed.bilagor) + 1))
            if meeting_id in self.kept:
                assert printed.protokoll == self.kept[meeting_id], "adjusted minutes changed"
            missing = False
            for kind, target, said in _REFERENCE.findall(printed.texts):
                known = {"§": where, "bilaga": printed.bilagor, "punkt": printed.punkter}[kind].get(target)
                if known is None:
                    assert said == MISSING or self.is_adjusted(meeting_id)
                    missing = missing or said == MISSING
                else:
                    assert said.replace("\u00a0", " ") == f"{kind} {known}", "a stale reference"
            one = self.meetings[meeting_id]
            told = any(f.rule == "T14" for f in rules.check(one, REGISTER, self.meetings.values(), TODAY))
            assert told or not missing, "a reference to what is gone is told of"
        for (meeting_id, item_id), (number, words_then) in self.kept_items.items():
            printed = every[meeting_id]
            assert printed.sections[item_id] == number, "an adjusted § got another number"
            assert section_text(printed, item_id) == words_then, "an adjusted § got other words"

    def is_adjusted(self, meeting_id: str) -> bool:
        return bool(self.meetings[meeting_id].seals)


def number(label: str) -> int:
    found = _NUMBER.search(label)
    assert found is not None, label
    return int(found[0])


def section_text(printed: Printed, item_id: str) -> str:
    """The printed references of one item: what stands between its title and the next top item's, in the protokoll."""
    _, _, rest = printed.protokoll.partition(f"\nRubrik {item_id}\n")
    return "\n".join(found[0] for found in re.finditer(r"«[^»]*»", rest.split("\nRubrik ", 1)[0]))


def words(value: Any) -> Iterator[str]:
    """Every text of a context in order, inside Word values too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from words(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from words(inner)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from words(getattr(value, field.name))
