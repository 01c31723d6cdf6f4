"""The checks never fail, whatever a user has recorded, and say the same thing each time."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.deadlines import deadlines, upcoming
from finsam_desktop.domain.rules import RULES, Severity, check, check_association
from tests.strategies import associations, days, meetings

# A whole association takes long to draw: a third of the profile's examples (--all has more).
SLOW = settings(
    max_examples=settings.default.max_examples // 3,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@SLOW
@given(data=st.data(), today=days)
def test_any_meeting_of_any_association_can_be_checked(data: st.DataObject, today: date) -> None:
    association = data.draw(associations())
    one = data.draw(meetings(association))
    found = check(one, association, (one,), today)
    assert found == check(one, association, (one,), today)
    known = {item.id for item in walk(one.items)} | {""}
    places: dict[str, set[str]] = {}
    for rule in RULES:
        places.setdefault(rule.id, set()).update(rule.places)
    for finding in (*found, *check_association(association, today, (one,))):
        assert finding.place.field in places[finding.rule]
    for finding in found:
        assert finding.title.strip()
        assert finding.advice.strip()
        assert finding.source.strip()
        assert finding.place.item_id in known
    gravities = [list(Severity).index(finding.severity) for finding in found]
    assert gravities == sorted(gravities)
    check_association(association, today)


@SLOW
@given(data=st.data(), today=days)
def test_deadlines_come_in_order_and_the_last_day_is_never_before_the_day(
    data: st.DataObject, today: date
) -> None:
    association = data.draw(associations())
    one = data.draw(meetings(association, items=0))
    for found in (deadlines(one, association), upcoming(association, (one,), today)):
        assert [deadline.day for deadline in found] == sorted(deadline.day for deadline in found)
        assert all(deadline.last_day >= deadline.day for deadline in found)
