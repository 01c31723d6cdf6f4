"""The page as a whole: steps, findings, pages, keys, names, narrow windows, and that it is freed."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTabBar, QWidget

from finsam_desktop.documents.page_images import PageImage
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.decisions import Decision, Outcome
from finsam_desktop.domain.meeting import MeetingState
from finsam_desktop.ui.models.page_model import PageModel, item_places
from finsam_desktop.ui.theme import Appearance, current_theme
from finsam_desktop.ui.views.meeting.facts import STEP_KEYS, step_facts
from finsam_desktop.ui.widgets.steps import StepBar
from tests.ui.meeting_cases import MEETING, MeetingCase, wait
from tests.ui.waiting import wait_until


def test_head_and_steps(case: MeetingCase):
    head = case.view.head()
    assert head.title == "Styrelsens sammanträde 29\u00a0oktober 2026"
    assert head.tag is not None
    assert head.tag[0] == "Utkast"
    assert head.facts[0] == "Torsdag 08.30–12.00"
    facts = step_facts(case.meeting, case.session.association, case.session.today)
    assert [text for _state, text in facts] == [
        "15 ärenden", "7 bilagor, 7 saknas", "Ska ut senast 22\u00a0okt", "Fylls i 29\u00a0okt",
        "Skapas av besluten", "Inte påbörjat",
    ]  # fmt: skip
    status = case.view.status()
    assert status is not None
    assert status.deadline == "Kallelsen ska ut senast torsdag 22\u00a0oktober, om 3\u00a0dagar"


@pytest.mark.parametrize(("number", "key"), tuple(enumerate(STEP_KEYS, start=1)))
def test_alt_number_goes_to_the_step(case: MeetingCase, number: int, key: str):
    case.window.actions[f"step_{number}"].trigger()
    assert case.page.step == key
    assert case.page._steps[key].isVisible()
    assert case.page.panes()


def test_text_is_taken_in_when_the_step_changes_and_when_the_window_closes(case: MeetingCase):
    agenda = case.page.agenda()
    agenda.show_item("p08")
    QTest.keyClicks(agenda.editor.title, "1 ")
    case.page.show_step("handlingar")
    assert case.meeting.items[7].title.startswith("1 ")
    case.page.agenda()
    QTest.keyClicks(agenda.editor.title, "2 ")
    case.window.close()
    from finsam_desktop.workspace import Workspace

    with Workspace.open(case.folder / "exempelbygden.finsam", user="Prov") as workspace:
        assert "2 " in workspace.meeting(MEETING).items[7].title


def test_every_control_has_a_name(case: MeetingCase):
    nameless = []
    for key in STEP_KEYS:
        case.page.show_step(key)
        for widget in case.page.findChildren(QWidget):
            if not widget.isVisible() or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
                continue
            if isinstance(widget, QAbstractButton):
                named = widget.text() or widget.accessibleName()
            elif isinstance(widget, QLineEdit | QPlainTextEdit | QComboBox | QTabBar):
                inside = isinstance(widget.parent(), QComboBox)
                named = widget.accessibleName() or inside
            else:
                continue
            if not named:
                nameless.append(f"{key}: {type(widget).__name__} in {type(widget.parent()).__name__}")
    assert nameless == []


def test_no_step_forces_the_window_wider(case: MeetingCase):
    for width in (1440, 1200, 1000):
        for key in STEP_KEYS:
            case.page.show_step(key)
            case.window.resize(width, 800)
            wait(10)
            assert case.window.width() == width, key


def test_narrow_window_shows_the_right_pane_when_asked(case: MeetingCase):
    case.window.resize(1000, 800)
    wait(50)
    assert not case.page.side.isVisible()
    case.page.show_findings()
    assert case.page.side.isVisible()
    assert not case.page._stack.isVisible()
    case.page.show_step("dagordning")
    case.page.hide_side()
    assert case.page._stack.isVisible()


def test_findings_are_shown_counted_and_lead_to_their_place(case: MeetingCase):
    case.page.show_findings()
    rows = case.page.side.findings.list._rows
    assert rows
    attachment = next(key for key, row in rows.items() if "Beslutsunderlag" in row.row.place)
    case.page.side.findings.list.choose(attachment)
    assert case.page.step == "dagordning"
    item_id = attachment.split("|")[1]
    assert case.page.agenda().item_id == item_id
    notice = next(key for key, row in rows.items() if row.row.place == "Kallelse daterad")
    case.page.side.findings.list.choose(notice)
    assert case.page.step == "kallelse"


def test_findings_follow_a_change_after_a_moment(case: MeetingCase):
    from dataclasses import replace

    from finsam_desktop.domain.decisions import Proposal

    before = len(case.page.desk.findings())
    item = replace(case.meeting.items[7], proposal=Proposal())
    items = (*case.meeting.items[:7], item, *case.meeting.items[8:])
    case.session.change("Utan förslag", case.meeting, replace(case.meeting, items=items))
    wait_until(lambda: len(case.page.desk.findings()) == before + 1)
    rule = next(
        f for f in case.page.desk.findings() if f.place == type(f.place)(item_id="p08", field="proposal")
    )
    case.page._fix(rule.rule, "p08")
    wait_until(lambda: len(case.page.desk.findings()) == before)


def test_without_libreoffice_the_pane_says_what_is_missing(case: MeetingCase):
    preview = case.page.side.preview
    wait_until(lambda: "Öppna i Word" in preview._calm.text())
    assert preview._open.isVisible()


def test_a_meeting_removed_elsewhere_leads_to_the_list(case: MeetingCase):
    case.page.remove_meeting()
    assert case.window.place == "meetings"
    assert case.session.meetings == ()
    assert case.session.undo()
    case.window.go("meeting", MEETING)
    assert case.page.desk.meeting.id == MEETING


def test_the_page_is_freed(case: MeetingCase):
    for key in STEP_KEYS:
        case.page.show_step(key)
    gone: list[bool] = []
    case.page.destroyed.connect(lambda: gone.append(True))
    case.view._close_page()
    wait(20)
    gc.collect()
    assert gone == [True]
    assert case.page_count() == 0


def test_dark_and_high_contrast_redraw_all_steps(case: MeetingCase):
    theme = current_theme()
    try:
        for appearance in (Appearance.DARK, Appearance.CONTRAST_LIGHT, Appearance.LIGHT):
            theme.show_appearance(appearance)
            for key in STEP_KEYS:
                case.page.show_step(key)
                assert not case.window.grab().isNull()
    finally:
        theme.show_appearance(Appearance.LIGHT)


def test_first_step_follows_the_state(case: MeetingCase):
    from dataclasses import replace

    for state, step in ((MeetingState.HELD, "narvaro"), (MeetingState.ADJUSTED, "efter")):
        case.session.change("Läge", case.meeting, replace(case.meeting, state=state))
        case.view._open(MEETING)
        assert case.page.step == step


PAGES = (
    PageImage(
        width=2, height=2, stride=8, pixels=bytes(16),
        texts=(("Dagordning", 0.1, 0.12), ("1 Öppnande", 0.2, 0.22), ("2 Budget", 0.3, 0.32), ("Öppnande", 0.5, 0.52)),
    ),
    PageImage(width=2, height=2, stride=8, pixels=bytes(16), texts=(("Budget", 0.2, 0.22), ("text", 0.3, 0.32))),
)  # fmt: skip
ITEMS = (AgendaItem(id="a", title="Öppnande"), AgendaItem(id="b", title="Budget"))


def test_items_are_found_on_the_pages_and_marked(qapp: object):
    assert [(p.item_id, p.page, p.top) for p in item_places(ITEMS, PAGES)] == [("a", 0, 0.5), ("b", 1, 0.2)]
    model = PageModel()
    model.show(PAGES, ITEMS)
    assert model.set_item("b").row() == 1
    top, bottom = model.mark_on(1) or (0, 0)
    assert top < 0.2 < 0.32 < bottom
    assert model.mark_on(0) is None
    assert [model.item_at(0, 0.3), model.item_at(0, 0.6), model.item_at(1, 0.1), model.item_at(1, 0.9)] == [
        "", "a", "a", "b",
    ]  # fmt: skip


@pytest.mark.needs_libreoffice
def test_the_real_pages_are_drawn_and_a_press_chooses_the_item(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("FINSAM_WITHOUT", "")
    case = MeetingCase(tmp_path)
    try:
        preview = case.page.side.preview
        wait_until(lambda: preview.model.rowCount() >= 2)
        case.page.agenda().show_item("p08")
        assert preview.model._item_id == "p08"
        place = next(p for p in preview.model._places if p.item_id == "p09")
        preview.pages.pressed_at.emit(place.page, place.top + 0.01)
        assert case.page.agenda().item_id == "p09"
    finally:
        case.close()


def test_work_that_ends_after_the_page_is_gone_is_told_all_the_same(case: MeetingCase):
    case.page.make_document("kallelse")
    case.view._close_page()
    wait(0)
    case.rest()
    assert case.notice() == "Kallelsen är skapad: 2026-10-29 Kallelse.docx"
    assert (case.folder / "2026-10-29 Kallelse.docx").is_file()


def test_closing_the_file_in_the_middle_of_work(case: MeetingCase):
    case.page.make_document("protokoll")
    case.session.close()
    case.rest()
    assert case.window.place == "welcome"


@pytest.mark.parametrize("width", [1440, 1000, 960])
def test_no_step_name_is_cut(case: MeetingCase, width: int):
    case.window.resize(width, 800)
    wait(30)
    bar = case.page.findChild(StepBar)
    assert bar is not None
    names = QFontMetrics(current_theme().font("body_strong"))
    for index in range(bar.count()):
        room = bar.tabRect(index).width() - current_theme().px(14 + 16 + 8 + 8)
        assert names.horizontalAdvance(bar.tabText(index)) <= room, bar.tabText(index)
    assert bar.tabRect(bar.count() - 1).right() == bar.width() - 1, "the steps fill the bar"


def test_an_item_that_is_decided_part_by_part_is_decided(case: MeetingCase) -> None:
    def line(items: tuple[AgendaItem, ...]) -> str:
        meeting = replace(case.meeting, items=items)
        facts = step_facts(meeting, case.session.association, case.session.today)
        return facts[STEP_KEYS.index("narvaro")][1]

    part = AgendaItem(title="Del", type=ItemType.DECISION)
    whole = AgendaItem(title="Insatser", type=ItemType.DECISION, sub_items=(part,))
    decided = replace(part, decision=Decision(outcome=Outcome.AS_PROPOSED))
    assert line((replace(whole, sub_items=(decided,)), part)) == "1 av 2 beslut klara"
    assert line((replace(whole, sub_items=(decided,)),)) == "Alla beslut antecknade"
