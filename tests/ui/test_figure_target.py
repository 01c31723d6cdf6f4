"""The meeting and the item that figures are meant for."""

from __future__ import annotations

from dataclasses import replace

from finsam_desktop.domain import references, wording
from finsam_desktop.domain.overview import next_meeting
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.views.figures.target import FigureTarget
from finsam_desktop.ui.views.meeting.open_meeting import LOCKED_STATES
from finsam_desktop.ui.widgets.fields import ChoiceField


def _target(window: MainWindow) -> FigureTarget:
    target = FigureTarget(window, parent=window)
    target.refresh()
    return target


def _offered(field: ChoiceField) -> list[str]:
    return [field.itemText(row) for row in range(field.count())]


def test_every_meeting_that_can_be_changed_is_offered_the_latest_first(window: MainWindow) -> None:
    target = _target(window)
    meetings = window.session.meetings
    offered = _offered(target.meeting_choice)
    expected = [m for m in reversed(meetings) if m.state not in LOCKED_STATES]
    assert 0 < len(expected) < len(meetings)
    assert offered == [f"{wording.short_date(m.date)} {m.date.year}" for m in expected]


def test_the_next_meeting_is_meant_and_not_one_that_was_called_off(window: MainWindow) -> None:
    session = window.session
    first = next_meeting(session.meetings, session.today)
    assert first is not None
    assert _target(window).meeting() == first
    assert session.change("Ställ in", first, replace(first, cancelled_on=session.today))
    second = next_meeting(session.meetings, session.today)
    assert second != first
    chosen = _target(window).meeting()
    open_ones = [m for m in session.meetings if m.state not in LOCKED_STATES]
    assert chosen == (second or open_ones[-1])


def test_an_item_is_shown_with_its_references_as_words(window: MainWindow) -> None:
    session = window.session
    meeting = next_meeting(session.meetings, session.today)
    assert meeting is not None
    first, second, *rest = meeting.items
    asks = replace(first, title=f"Som i {{§:{second.id}}}")
    changed = replace(meeting, items=(asks, second, *rest))
    assert session.change("Hänvisa", meeting, changed)
    assert references.refers(changed)
    shown = _offered(_target(window).item_choice)
    assert any("Som i §" in text for text in shown), shown
    assert not any("{" in text for text in shown)


def test_a_meeting_that_is_not_there_is_none(window: MainWindow) -> None:
    session = window.session
    assert session.find(None) is None
    assert session.find("finns inte") is None
    assert session.find(session.heads[0].id) == session.meetings[0]
