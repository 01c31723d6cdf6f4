"""Sending kallelsen on: who gets the mail, what goes with it, and the invitation that follows the meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from finsam_desktop.documents.mail import attachments_of
from finsam_desktop.domain.addressees import Line, addressees
from finsam_desktop.domain.mail_texts import MAIL_NAMES, MailKind, MailText
from finsam_desktop.mailing import Parcel
from finsam_desktop.ui.models.cells_model import KEY_ROLE
from finsam_desktop.ui.models.recipients_model import RecipientsModel
from finsam_desktop.ui.views.notice.sending import SendingPart
from finsam_desktop.ui.views.notice.step import NoticeStep
from finsam_desktop.ui.views.templates.mail_texts_pane import MailTextsPane
from finsam_desktop.ui.views.templates.place import TemplatesView
from tests.ui.meeting_cases import MeetingCase
from tests.ui.opened_files import Opened


@pytest.fixture
def sending(case: MeetingCase) -> SendingPart:
    before = case.session.association
    people = tuple(
        replace(p, email=f"p{number}@example.se" if number else "") for number, p in enumerate(before.people)
    )
    assert case.session.change("E-post", before, replace(before, people=people))
    case.page.show_step("kallelse")
    step = case.page._steps["kallelse"]
    assert isinstance(step, NoticeStep)
    return step.sending


def made(case: MeetingCase, suffix: str) -> list[Path]:
    return sorted(case.folder.glob(f"*{suffix}"))


def test_a_tick_decides_who_gets_the_mail(case: MeetingCase, sending: SendingPart) -> None:
    people = sending.people()
    lost = [one for one in people if not one.email]
    assert len(lost) == 1
    assert lost[0].name in sending.missing.text()
    assert len(sending.order().people or ()) == len(people)
    row = next(n for n, one in enumerate(people) if one.email)
    sending.table.setCurrentIndex(sending.model.index(row, 1))
    QTest.keyClick(sending.table, Qt.Key.Key_Space)
    assert people[row].person_id not in {one.person_id for one in sending.order().people or ()}
    assert sending.model.index(row, 0).data() == "Nej"
    sending.table.verb_clicked.emit(sending.model.index(row, 0))
    assert people[row].person_id in {one.person_id for one in sending.order().people or ()}
    unreachable = people.index(lost[0])
    sending.model.toggle(unreachable)
    assert sending.model.index(unreachable, 0).data(Qt.ItemDataRole.CheckStateRole) is None
    sending.hidden.setChecked(True)
    assert {one.line for one in sending.order().people or ()} == {Line.HIDDEN}
    assert sending.model.index(row, 0).data() == "Hemlig kopia"


def test_the_model_keeps_qts_rules(case: MeetingCase, sending: SendingPart) -> None:
    model = RecipientsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    people = addressees(case.meeting, case.session.association)
    model.show(people, frozenset())
    model.show(people, frozenset({people[2].person_id}))
    index = model.index(2, 0)
    heard: list[str] = []
    model.toggled.connect(heard.append)
    assert model.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert not model.setData(index, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert heard == [people[2].person_id]
    model.show((), frozenset())
    assert model.rowCount() == 0


def test_the_draft_is_made_noted_and_shown(case: MeetingCase, sending: SendingPart, opened: Opened) -> None:
    sending.mail.click()
    assert not sending.mail.isEnabled()
    case.rest()
    (path,) = made(case, ".eml")
    assert [one.name for one in attachments_of(path.read_bytes())] == [
        "2026-10-29 Kallelse.docx",
        "2026-10-29 Kalenderinbjudan.ics",
    ]
    assert case.meeting.calendar.sequence == 0
    assert "Mejlutkast skapat" in case.notice()
    case.press_notice()
    assert opened.files == [path]
    verbs = [str(sending.made._model.index(0, column).data(KEY_ROLE)) for column in (2, 3)]
    sending.made.table.verb_clicked.emit(sending.made._model.index(0, 3))
    assert opened.files[-1] == path.parent
    assert verbs == [f"open|{path}", f"folder|{path}"]
    assert case.session.undo()
    assert case.meeting.calendar.sequence == -1


def test_an_invitation_that_no_longer_holds_is_told(case: MeetingCase, sending: SendingPart) -> None:
    sending.calendar.click()
    case.rest()
    assert made(case, ".ics")
    assert sending._stale.isHidden()
    before = case.meeting
    case.session.change("Plats", before, replace(before, place="En annan sal"))
    assert "stämmer inte längre" in sending._stale.text()
    assert not sending._stale.isHidden()
    sending.calendar.click()
    case.rest()
    assert sending._stale.isHidden()
    assert case.meeting.calendar.sequence == 1
    before = case.meeting
    case.session.change("Ställ in", before, replace(before, cancelled_on=date(2026, 10, 20)))
    assert sending.calendar.text() == "Avbokning till kalendern"
    assert sending.kind.value() is MailKind.INSTALLT


def test_the_kind_of_mail_decides_what_goes_with_it(case: MeetingCase, sending: SendingPart) -> None:
    kinds = [sending.kind.itemText(n) for n in range(sending.kind.count())]
    wanted = (MailKind.KALLELSE, MailKind.TILLAGG, MailKind.ANDRING, MailKind.JUSTERING)
    assert kinds == [MAIL_NAMES[kind] for kind in wanted]
    sending.kind.setCurrentIndex(3)
    sending.kind.chosen.emit(MailKind.JUSTERING)
    assert sending.order().parcels == frozenset({Parcel.PAPER})
    assert sending.parcels[Parcel.PAPER].text() == "Protokoll (Word)"
    assert {one.role for one in sending.people()} == {"ordförande", "justerare"}
    case.session.change("Dnr", case.meeting, replace(case.meeting, reference="x"))
    assert sending.kind.value() is MailKind.JUSTERING


def test_a_pack_is_offered_when_it_has_been_made(case: MeetingCase, sending: SendingPart) -> None:
    box = sending.parcels[Parcel.PACK]
    assert not box.isEnabled()
    pack = case.folder / "2026-10-29 Handlingar.pdf"
    pack.write_bytes(b"%PDF")
    case.session.workspace.record_export(case.meeting.id, "handlingar", pack, b"%PDF")
    sending.refresh()
    assert box.isEnabled()
    assert pack.name in box.text()
    sending._take_files((pack, pack))
    assert sending.order().files == (pack,)
    sending.drop_files.click()
    assert sending.order().files == ()


def test_the_public_version_names_nobody(case: MeetingCase, sending: SendingPart) -> None:
    sending.public.setChecked(True)
    assert sending.table.isHidden()
    assert sending.order().people == ()
    sending.calendar.click()
    case.rest()
    sending.mail.click()
    case.rest()
    assert [path.name for path in made(case, ".ics")] == ["2026-10-29 Kalenderinbjudan offentlig.ics"]
    (draft,) = made(case, ".eml")
    assert draft.name == "2026-10-29 Mejl Kallelse offentlig.eml"
    for content in (draft.read_bytes(), made(case, ".ics")[0].read_bytes()):
        assert b"p1@example.se" not in content
    assert case.meeting.calendar.sequence == -1


def test_a_fault_is_told_and_the_button_comes_back(case: MeetingCase, sending: SendingPart) -> None:
    sending._take_files((case.folder / "finns inte.pdf",))
    sending.mail.click()
    case.rest()
    assert "går inte att läsa" in case.notice()
    assert sending.mail.isEnabled()
    assert made(case, ".eml") == []


# -- the texts ------------------------------------------------------------------------------------------


def test_a_text_is_written_seen_and_given_up(case: MeetingCase) -> None:
    case.window.go("templates", "mejl")
    view = case.window.current_view()
    assert isinstance(view, TemplatesView)
    pane = view.mails
    assert isinstance(pane, MailTextsPane)
    pane.choose("kallelse")
    assert "29 oktober 2026" in pane._shown_text.text()
    pane._subject.edited.emit("Välkomna {datum}")
    pane._body.edited.emit("Vi ses {okänt}\n")
    assert case.session.association.mail_texts == (
        MailText(kind="kallelse", subject="Välkomna {datum}", body="Vi ses {okänt}"),
    )
    assert "Fältet {okänt} finns inte" in pane._body_row._remark.text()
    assert pane._shown_text.text() == "Välkomna 29 oktober 2026\n\nVi ses {okänt}"
    assert not pane._drop.isHidden()
    pane._drop.click()
    assert case.session.association.mail_texts == ()
    assert pane._subject.text().startswith("Kallelse till")


def test_the_years_meetings_become_a_calendar(case: MeetingCase) -> None:
    from icalendar import Calendar

    from finsam_desktop.ui.views.year_wheel.place import YearWheelView

    case.window.go("year_wheel")
    view = case.window.current_view()
    assert isinstance(view, YearWheelView)
    view.calendar.click()
    path = case.folder / "Sammanträden 2026.ics"
    assert len(Calendar.from_ical(path.read_bytes()).events) == 1
    assert path.name in case.notice()
