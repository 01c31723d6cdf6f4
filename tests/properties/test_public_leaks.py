"""Words put into everything that is confidential in a random meeting are in no file that is made public of it.

Every file is unpacked the way somebody who wants to find something would, see ``tests/leaks.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.attendance import ConflictOfInterest
from finsam_desktop.domain.confidentiality import MaskedWord, Secret
from finsam_desktop.domain.meeting import Correction, Dispatch, Meeting, StoredFile
from finsam_desktop.domain.sweeping import Sweep, ids_of
from tests import secret_files
from tests.leaks import leaks
from tests.public_outputs import OUTPUTS, Case
from tests.strategies import associations, meetings

SECRET, MASKED, BESIDE = "Hemligtqx", "Zoltanqx Qvarnhedqx", "Fildoltqx"
FORBIDDEN = (SECRET, "Zoltanqx", "Qvarnhedqx", BESIDE)
GROUND = Secret(section="26 kap. 1 §", reason=f"{SECRET} skäl")
_SHAPES = (
    "{}", "{}s", "**{}**", "hos {}, enligt", "{}:s", "{}\n\n- punkt", "”{}”", "({})", "{}.", "[{}](https://exempel.se)",
)  # fmt: skip


def shaped(rng: Random) -> str:
    """The masked words as they may be written."""
    first, last = MASKED.split()
    between = rng.choice((" ", "\u00a0", "\n", "  ", "_", "** **", "\u00ad "))
    name = rng.choice(
        (f"{first}{between}{last}", f"{first.upper()} {last}", f"{first} {last[:3]}\u00ad{last[3:]}")
    )
    return rng.choice(_SHAPES).format(name)


def everywhere(value: object, change: object, ids: dict[str, str]) -> object:
    """The value with every text changed, but ids; ``change`` takes a text."""
    return Sweep(lambda text, _: change(text), lambda part, _: part, (), ids).of(value)  # type: ignore[operator]


@dataclass
class Planting:
    """Words put where they may not be found again."""

    rng: Random
    files: dict[str, bytes]
    ids: dict[str, str]

    def item(self, item: AgendaItem) -> AgendaItem:
        """The item, its parts and attachments, some of them confidential; words in all that is."""
        item = replace(item, figures=tuple(one for one in item.figures if one.columns))
        if self.rng.random() < 0.35:
            whole = everywhere(item, lambda text: f"{text} {SECRET}{self.rng.randrange(99)}", self.ids)
            assert isinstance(whole, AgendaItem)
            return replace(self.grounded(whole), confidential=True)
        return replace(
            item,
            confidential=False,
            secret=Secret(),
            sub_items=tuple(self.item(sub) for sub in item.sub_items),
            attachments=tuple(self.attachment(one) for one in item.attachments),
        )

    def grounded(self, item: AgendaItem) -> AgendaItem:
        """The item with a ground that may be printed, and files with words in them."""
        return replace(
            item,
            secret=GROUND,
            sub_items=tuple(self.grounded(sub) for sub in item.sub_items),
            attachments=tuple(replace(self.file(one, SECRET), secret=GROUND) for one in item.attachments),
        )

    def attachment(self, attachment: Attachment) -> Attachment:
        """An attachment: confidential with words in it, or open with words beside what is seen."""
        if self.rng.random() < 0.4:
            marked = everywhere(attachment, lambda text: f"{text} {SECRET}", self.ids)
            assert isinstance(marked, Attachment)
            return replace(self.file(marked, SECRET), confidential=True, secret=GROUND)
        return replace(self.file(attachment, BESIDE), confidential=False, secret=Secret())

    def file(self, attachment: Attachment, word: str) -> Attachment:
        """The attachment with a file of some kind, with the word wherever it is not seen."""
        suffix, make = self.rng.choice(
            (
                ("docx", secret_files.docx), ("xlsx", secret_files.xlsx), ("odt", secret_files.odt),
                ("pdf", secret_files.pdf), ("jpg", lambda _, told: secret_files.jpeg(told)),
                ("png", lambda _, told: secret_files.png(told)), ("eml", lambda _, told: told.encode()),
            )
        )  # fmt: skip
        seen = f"Underlag för {MASKED}" if self.rng.random() < 0.3 else "Underlag"
        content = make(seen, word)
        name = sha256(content).hexdigest()
        self.files[name] = content
        return replace(
            attachment, sha256=name, size=len(content), file_name=f"{attachment.title} fil.{suffix}"
        )


def planted(association: Association, meeting: Meeting, other: Meeting, seed: int) -> Case:
    """The case with words in everything confidential and masked words in every third text of all the rest."""
    rng, files = Random(seed), dict[str, bytes]()
    ids = {one: one for one in ids_of((association, meeting, other))}
    planting = Planting(rng, files, ids)

    def some(text: str) -> str:
        return f"{text} {shaped(rng)} " if rng.random() < 0.3 else text

    association = replace(association, word_templates=(), letterhead=replace(association.letterhead, logo=""))
    association = everywhere(association, some, ids)  # type: ignore[assignment]
    words = (MaskedWord(words=MASKED, secret=Secret(section="21 kap. 1 §", reason=SECRET)),)

    def whole(one: Meeting) -> Meeting:
        one = everywhere(one, some, ids)  # type: ignore[assignment]
        items = tuple(planting.item(item) for item in one.items)
        gone = [item.id for item in items if item.confidential]
        attendance = replace(
            one.attendance,
            conflicts=(
                *one.attendance.conflicts,
                *(ConflictOfInterest(item_id=i, person_id="ingen", reason=SECRET) for i in gone),
            ),
        )
        return replace(
            one,
            items=items,
            attendance=attendance,
            corrections=(
                *one.corrections,
                *(
                    Correction(item_id=i, corrected_on=one.date, corrected_by=SECRET, old=SECRET, new=SECRET)
                    for i in gone
                ),
            ),
            dispatches=(
                *one.dispatches,
                *(Dispatch(items=(i,), recipient=SECRET, sent_on=one.date, file_name=SECRET) for i in gone),
            ),
            signed_minutes=(StoredFile(file_name=SECRET, sha256="d" * 64),) if gone else (),
            masked=words,
        )  # fmt: skip

    meeting, other = whole(meeting), whole(replace(other, id=f"{other.id}-annat"))
    return Case(association=association, meetings=(other, meeting), meeting=meeting, files=files)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A random association with two meetings, with words planted."""
    association = draw(associations())
    one, other = draw(meetings(association, items=4)), draw(meetings(association, items=2))
    return planted(association, one, other, draw(st.integers(0, 2**32)))


def found(case: Case) -> list[str]:
    """Every place where a word that may not be there is."""
    return [
        place
        for make in OUTPUTS.values()
        for name, content in make(case)
        for place in leaks(content, FORBIDDEN, name)
    ]


_QUIET = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "phases": (Phase.explicit, Phase.generate),
}


@settings(max_examples=3, **_QUIET)  # type: ignore[arg-type]
@given(cases())
def test_nothing_confidential_is_in_any_public_file(case: Case) -> None:
    assert found(case)[:8] == []


@pytest.mark.long
@settings(max_examples=200, **_QUIET)  # type: ignore[arg-type]
@given(cases())
def test_nothing_confidential_is_in_any_public_file_of_two_hundred_meetings(case: Case) -> None:
    assert found(case)[:8] == []
