"""A button that is switched off while it works keeps the focus in the view, and has it again afterwards."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from finsam_desktop.ui.views.meeting.papers_step import PapersStep
from tests.ui.meeting_cases import MeetingCase


def pack_button(case: MeetingCase) -> QPushButton:
    case.page.show_step("handlingar")
    step = case.page._steps["handlingar"]
    assert isinstance(step, PapersStep)
    button: QPushButton = step.pack.make
    # The last of its kind: without anything after it in the view, Qt goes on outside it.
    for widget in case.page.findChildren(QWidget):
        if widget is not button and not widget.isAncestorOf(button):
            widget.setEnabled(False)
    button.setFocus()
    assert button.hasFocus()
    return button


def in_view(case: MeetingCase, focus: QObject | None) -> bool:
    view = case.window.current_view()
    return isinstance(focus, QWidget) and view is not None and (focus is view or view.isAncestorOf(focus))


def test_a_button_that_works_does_not_leave_the_focus_to_the_one_that_undoes(case: MeetingCase) -> None:
    button = pack_button(case)
    button.setEnabled(False)
    assert in_view(case, QApplication.focusWidget())
    button.setEnabled(True)
    assert button.hasFocus()


def test_the_focus_stays_where_the_user_went_meanwhile(case: MeetingCase) -> None:
    button = pack_button(case)
    button.setEnabled(False)
    places = case.window._places
    assert places is not None
    places.setFocus()
    went = QApplication.focusWidget()
    button.setEnabled(True)
    assert QApplication.focusWidget() is went is not button


def test_what_is_hidden_leaves_the_focus_in_the_view(case: MeetingCase) -> None:
    button = pack_button(case)
    button.hide()
    assert in_view(case, QApplication.focusWidget())
