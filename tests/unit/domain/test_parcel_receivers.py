"""Who a mötespaket may be made for, in the order a secretary would ask them."""

from __future__ import annotations

from datetime import date

from finsam_desktop.domain.association import Appointment, Association, Person, Role
from finsam_desktop.domain.meeting import Adjuster, Meeting
from finsam_desktop.domain.parcel_receivers import receivers
from finsam_desktop.domain.parcel_values import ReceiverRole

NAMES = ("Maria", "Anders", "Lena", "Johan", "Karin")
ASSOCIATION = Association(
    name="Sjöbygden",
    people=tuple(Person(id=name, name=name) for name in NAMES),
    appointments=(
        Appointment(person_id="Maria", role=Role.CHAIR),
        Appointment(person_id="Anders", role=Role.VICE_CHAIR),
        Appointment(person_id="Lena", role=Role.BOARD_MEMBER),
        Appointment(person_id="Johan", role=Role.BOARD_MEMBER),
    ),
)


def test_chair_justerare_and_vice_chair_each_once() -> None:
    adjusters = (Adjuster(person_id="Lena", deputy_id="Johan"), Adjuster(person_id="Maria"))
    found = receivers(Meeting(date=date(2026, 10, 29), adjusters=adjusters), ASSOCIATION)
    assert [(one.person_id, one.role) for one in found] == [
        ("Maria", ReceiverRole.CHAIR),
        ("Lena", ReceiverRole.ADJUSTER),
        ("Johan", ReceiverRole.ADJUSTER),
        ("Anders", ReceiverRole.CHAIR),
    ]


def test_someone_who_has_left_the_register_is_not_offered() -> None:
    meeting = Meeting(date=date(2026, 10, 29), adjusters=(Adjuster(person_id="borta"),))
    assert [one.person_id for one in receivers(meeting, ASSOCIATION)] == ["Maria", "Anders"]
