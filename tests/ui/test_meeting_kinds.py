"""Consultation, planning day, budget meeting and a meeting called off, in the real window."""

from __future__ import annotations

from datetime import date

import pytest

from finsam_desktop.documents import Document
from finsam_desktop.domain.meeting import MeetingKind, MeetingState
from finsam_desktop.domain.numbering import paragraphs
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.views.meeting.kinds import LINES, document_after, document_before
from finsam_desktop.ui.views.meeting.page import MeetingPage
from finsam_desktop.ui.views.meeting.participants_step import ParticipantsStep
from finsam_desktop.ui.views.meeting.place import MeetingView
from finsam_desktop.ui.views.meetings import MeetingsView
from finsam_desktop.ui.views.minutes.notes_step import NotesStep
from finsam_desktop.ui.views.notice.step import NoticeStep


def opened(window: MainWindow, target: str) -> MeetingPage:
    window.go("meeting", target)
    view = window.current_view()
    assert isinstance(view, MeetingView)
    assert view.page is not None
    return view.page


def made(window: MainWindow, kind: MeetingKind, day: str = "2027-04-28") -> str:
    """A meeting of the kind, made as a user makes it; its id."""
    window.go("meetings", "ny")
    view = window.current_view()
    assert isinstance(view, MeetingsView)
    view._form._date.setText(day)
    view._form._kind.set_value(kind)
    view._form.button.click()
    return next(m.id for m in window.session.meetings if m.date.isoformat() == day)


def visible_steps(page: MeetingPage) -> list[str]:
    bar = page.bar
    return [bar.tabText(index) for index in range(bar.count()) if bar.isTabVisible(index)]


def test_every_kind_is_explained_when_a_meeting_is_made(window: MainWindow) -> None:
    window.go("meetings", "ny")
    view = window.current_view()
    assert isinstance(view, MeetingsView)
    for kind in MeetingKind:
        view._form._kind.set_value(kind)
        assert view._form._about.text() == LINES[kind]


@pytest.mark.parametrize("kind", [MeetingKind.MEMBER_CONSULTATION, MeetingKind.PLANNING_DAY])
def test_a_meeting_that_decides_nothing_has_participants_and_notes(
    window: MainWindow, kind: MeetingKind
) -> None:
    page = opened(window, made(window, kind))
    assert visible_steps(page) == ["Dagordning", "Handlingar", "Inbjudan", "Deltagare", "Minnesanteckningar"]
    assert paragraphs(window.session.meetings, page.desk.meeting) == {}
    page.show_step("narvaro")
    assert isinstance(page._steps["narvaro"], ParticipantsStep)
    page.show_step("efter")
    assert page.step == "protokoll"
    assert isinstance(page._steps["protokoll"], NotesStep)
    assert page.side.preview._document is Document.MINNESANTECKNINGAR


def test_an_ordinary_meeting_keeps_its_six_steps(window: MainWindow) -> None:
    page = opened(window, "2026-11-26")
    assert len(visible_steps(page)) == 6
    assert (document_before(MeetingKind.BUDGET), document_after(MeetingKind.BUDGET)) == (
        Document.KALLELSE,
        Document.PROTOKOLL,
    )


def test_the_steps_follow_a_change_of_kind_and_its_undo(window: MainWindow) -> None:
    page = opened(window, "2026-11-26/narvaro")
    page.show_step("kallelse")
    notice = page._steps["kallelse"]
    assert isinstance(notice, NoticeStep)
    notice.kind.chosen.emit(MeetingKind.MEMBER_CONSULTATION)
    assert "Deltagare" in visible_steps(page)
    page.show_step("narvaro")
    assert isinstance(page._steps["narvaro"], ParticipantsStep)
    page.show_step("kallelse")
    window.session.undo()
    assert len(visible_steps(page)) == 6
    page.show_step("narvaro")
    assert not isinstance(page._steps["narvaro"], ParticipantsStep)


def test_participants_are_written_fetched_dropped_and_undone(window: MainWindow) -> None:
    page = opened(window, made(window, MeetingKind.MEMBER_CONSULTATION))
    page.show_step("narvaro")
    step = page._steps["narvaro"]
    assert isinstance(step, ParticipantsStep)
    step.add_participant()
    step.rows[0].name.setText("Erik Fältmark")
    step.rows[0].organisation.setText("Region Exempel")
    step.flush()
    step.rows[0].member.set_value("medlem-region")
    step.rows[0].member.chosen.emit("medlem-region")
    (one,) = page.desk.meeting.participants
    assert (one.name, one.organisation, one.member_id) == ("Erik Fältmark", "Region Exempel", "medlem-region")
    step.fetch()
    names = [p.name for p in page.desk.meeting.participants]
    assert names[0] == "Erik Fältmark"
    assert len(names) == len(set(names)) > 1
    step.fetch()
    assert [p.name for p in page.desk.meeting.participants] == names
    step._dropped(step.rows[0])
    assert [p.name for p in page.desk.meeting.participants] == names[1:]
    assert [row.name.text() for row in step.rows] == names[1:]
    window.session.undo()
    assert [row.name.text() for row in step.rows] == names


def test_notes_are_kept_per_point_and_follow_the_agenda(window: MainWindow) -> None:
    meeting_id = made(window, MeetingKind.MEMBER_CONSULTATION)
    page = opened(window, f"{meeting_id}/protokoll")
    step = page._steps["protokoll"]
    assert isinstance(step, NotesStep)
    second = page.desk.meeting.items[1].id
    step.notes[second].setPlainText("Bokslutet redovisades.")
    step.flush()
    assert page.desk.meeting.items[1].minutes_text == "Bokslutet redovisades."
    page.agenda().remove(page.desk.meeting.items[0].id)
    page.show_step("protokoll")
    assert list(step.notes) == [item.id for item in page.desk.meeting.items]
    assert step.notes[second].text() == "Bokslutet redovisades."
    step._toggle_held()
    assert page.desk.meeting.state is MeetingState.HELD


def test_the_days_before_the_budget_are_recorded_at_the_notice(window: MainWindow) -> None:
    page = opened(window, "2026-11-26/kallelse")
    step = page._steps["kallelse"]
    assert isinstance(step, NoticeStep)
    assert not step.budget_days.isHidden()
    assert step.consultation.isHidden()
    field = step.budget_days.fields["consulted_on"]
    field.setText("2026-11-10")
    field.editingFinished.emit()
    assert page.desk.meeting.consulted_on == date(2026, 11, 10)
    late = step.budget_days.fields["budget_published"]
    late.setText("2026-11-27")
    late.editingFinished.emit()
    assert late.accessibleDescription() == "Dagen är efter sammanträdet."
    assert opened(window, "2026-10-29/kallelse")._steps["kallelse"].budget_days.isHidden()  # type: ignore[attr-defined]


def test_the_convener_and_other_associations_of_a_consultation(window: MainWindow) -> None:
    page = opened(window, f"{made(window, MeetingKind.MEMBER_CONSULTATION)}/kallelse")
    step = page._steps["kallelse"]
    assert isinstance(step, NoticeStep)
    step.consultation.convener.setText("Regionstyrelsen")
    step.consultation.associations.setText("Norr; ; Söder ")
    step.flush()
    assert page.desk.meeting.convener == "Regionstyrelsen"
    assert page.desk.meeting.associations == ("Norr", "Söder")


def test_a_meeting_is_called_off_with_a_reason_and_taken_up_again(window: MainWindow) -> None:
    page = opened(window, "2026-11-26")
    page.cancel_meeting()
    step = page._steps["kallelse"]
    assert isinstance(step, NoticeStep)
    step.cancellation.reason.setText("Ordföranden är sjuk")
    step.cancellation.flush()
    meeting = window.session.meeting("2026-11-26")
    assert (meeting.cancelled_on, meeting.cancel_reason) == (window.session.today, "Ordföranden är sjuk")
    view = window.current_view()
    assert view is not None
    assert view.head().tag == ("Inställt", "x", "warn")
    window.go("meetings")
    shown = window.current_view()
    assert isinstance(shown, MeetingsView)
    row = next(r for r in shown._model.rows() if r.key == "2026-11-26")
    assert [part.text for part in row.meta[:2] if not isinstance(part, str)] == [
        "Inställt",
        "Ordföranden är sjuk",
    ]
    page = opened(window, "2026-11-26/kallelse")
    page.cancel_meeting()
    assert window.session.meeting("2026-11-26").cancelled_on is None


def test_a_held_meeting_is_not_called_off(window: MainWindow) -> None:
    page = opened(window, "2026-10-29")
    page.cancel_meeting()
    assert window.session.meeting("2026-10-29").cancelled_on is None
