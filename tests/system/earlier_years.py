"""A new file for a script at the keyboard, with the years before it when `dev.py bench window` asks for them."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from finsam_desktop.domain.association import Association
from finsam_desktop.ui.session import Session
from finsam_desktop.workspace import Workspace
from tests.ui.example_window import EXAMPLE_FILE


def begin(session: Session, file: Path, association: Association, year: int) -> None:
    """Open a new file of ``association``, as it stands at the beginning of ``year``.

    Where EXAMPLE_FILE names a file, its meetings before that year and all that its association keeps come along;
    those who are in ``association`` have the assignments.
    """
    given = os.environ.get(EXAMPLE_FILE)
    if given is None:
        assert session.create(file, association)
        return
    with Workspace.open(Path(given), user="mätning", read_only=True) as source:
        kept, meetings = source.association, source.meetings
    people = {person.id: person for person in (*kept.people, *association.people)}
    whole = replace(
        kept,
        name=association.name,
        members=association.members,
        people=tuple(people.values()),
        appointments=association.appointments,
        letterhead=replace(kept.letterhead, logo=""),  # its file does not come along
        word_templates=(),
    )
    with Workspace.create(file, whole, user="mätning") as target:
        earlier = [(None, meeting) for meeting in meetings if meeting.date.year < year]
        target.change_together("Tidigare år", earlier)
    assert session.open(file)
