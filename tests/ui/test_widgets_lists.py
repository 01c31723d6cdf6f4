"""Lists, tables, steps and findings: models hold, words are whole, keys work."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QStandardItem, QStandardItemModel
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QPushButton, QStyleOptionViewItem, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from finsam_desktop.ui.command_palette import HitsModel
from finsam_desktop.ui.finding_things import Hit
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets import row_meta
from finsam_desktop.ui.widgets.findings import FindingList, FindingRow
from finsam_desktop.ui.widgets.places import FOOT_PLACES, PLACES, PlaceList, PlacesModel
from finsam_desktop.ui.widgets.rows import MetaPart, RowList, RowRole, row_in_words
from finsam_desktop.ui.widgets.states import STATE_LOOK, State
from finsam_desktop.ui.widgets.steps import PaneTabs, Segment, StepBar
from finsam_desktop.ui.widgets.tables import DataTable, TableRole

LONG = "Långsiktig finansiering av Nätverket Samordning och medlemsmöte den 2 december 2026 samt val av ombud"


def rows(*titles: str, **roles: object) -> QStandardItemModel:
    model = QStandardItemModel()
    for number, title in enumerate(titles, start=1):
        item = QStandardItem(title)
        item.setData(title, RowRole.TITLE)
        item.setData(str(number), RowRole.NUMBER)
        for name, value in roles.items():
            item.setData(value, RowRole[name])
        model.appendRow(item)
    return model


@pytest.fixture
def row_list(qtbot: QtBot) -> RowList:
    view = RowList("Ärenden")
    qtbot.addWidget(view)
    view.resize(360, 400)
    view.show()
    return view


def test_a_long_title_wraps_and_the_row_grows(row_list: RowList) -> None:
    row_list.setModel(rows("Kort", LONG))
    short, long = row_list.sizeHintForRow(0), row_list.sizeHintForRow(1)
    assert long >= short + row_list.fontMetrics().height() * 0.9
    row_list.resize(1200, 400)
    assert row_list.sizeHintForRow(1) == short


def test_a_row_far_down_a_long_list_is_seen_when_it_is_chosen(row_list: RowList) -> None:
    row_list.setModel(rows(*(f"Rad {number}" for number in range(900))))
    for row in (700, 3, 899):
        row_list.setCurrentIndex(row_list.model().index(row, 0))
        shown = row_list.visualRect(row_list.currentIndex())
        assert row_list.viewport().rect().contains(shown.center()), row


def test_choosing_a_row_never_changes_its_height(row_list: RowList) -> None:
    row_list.setModel(rows(LONG, LONG[:44], LONG[:46], LONG[:48], META="Beslut"))
    before = [row_list.sizeHintForRow(row) for row in range(4)]
    for row in range(4):
        row_list.setCurrentIndex(row_list.model().index(row, 0))
        assert [row_list.sizeHintForRow(each) for each in range(4)] == before


def test_a_sub_item_with_a_line_under_its_title_has_room_for_both(row_list: RowList) -> None:
    """The title and the meta line are drawn under each other; a row of one line would cut them both."""
    row_list.setModel(rows("Samverkansteam", CHILD=True))
    one_line = row_list.sizeHintForRow(0)
    row_list.setModel(rows("Samverkansteam", CHILD=True, META=(MetaPart("Ändrat", "pencil"),)))
    assert row_list.sizeHintForRow(0) >= one_line + row_list.fontMetrics().height() * 0.8


FACTS = (
    MetaPart("Beslut", accent=True),
    MetaPart("under året, helst på våren"),
    MetaPart("Bilaga 3", icon="paperclip"),
    MetaPart("Nationella rådets rekommendation, 18 § finsamlagen"),
)


def said_on(made: row_meta.MetaLines) -> list[list[str]]:
    return [[piece.text for piece in line] for line in made.lines]


def test_facts_below_a_title_go_on_to_a_second_line(row_list: RowList) -> None:
    row_list.setModel(rows("Medlemssamråd", META=FACTS))
    row_list.resize(1200, 400)
    one = row_list.sizeHintForRow(0)
    row_list.resize(430, 400)
    assert row_list.sizeHintForRow(0) >= one + row_list.fontMetrics().height() * 0.7
    made = row_meta.lay_out(current_theme(), FACTS, 370)
    assert not made.is_cut
    assert said_on(made) == [[part.text for part in FACTS[:3]], [FACTS[3].text]]


@pytest.mark.parametrize("width", range(60, 900, 7))
def test_no_word_of_the_facts_is_lost_and_none_stands_outside(qtbot: QtBot, width: int) -> None:
    theme = current_theme()
    made = row_meta.lay_out(theme, FACTS, float(width))
    assert 1 <= len(made.lines) <= row_meta.META_LINES
    for line in made.lines:
        ends = [
            piece.x + QFontMetricsF(piece.part.font(theme)).horizontalAdvance(piece.text) for piece in line
        ]
        assert all(end <= width + 0.01 or len(piece.text) < 2 for end, piece in zip(ends, line, strict=True))
        assert all(before <= after.x for before, after in zip(ends, line[1:], strict=False))
    said = " ".join(word for line in said_on(made) for word in line)
    whole = " ".join(part.text for part in FACTS)
    if made.is_cut:
        assert said.endswith("…")
        assert whole.startswith(said.rstrip("…").rstrip()[:-1]) or said == ""
    else:
        assert said == whole


def test_what_a_row_has_no_room_for_is_in_its_tooltip(row_list: RowList) -> None:
    long = "att " + LONG + ", " + LONG
    for meta, shown in (("kort", ""), (long, long)):
        row_list.setModel(rows("Ja", META=meta))
        index = row_list.model().index(0, 0)
        place = row_list.visualRect(index).center()
        event = QHelpEvent(QEvent.Type.ToolTip, place, row_list.viewport().mapToGlobal(place))
        QApplication.sendEvent(row_list.viewport(), event)
        assert QToolTip.text() == shown
        assert row_in_words(index).endswith(meta)
    QToolTip.hideText()


def test_enter_and_f2_open_and_arrows_choose(row_list: RowList, qtbot: QtBot) -> None:
    row_list.setModel(rows("Ett", "Två"))
    opened: list[int] = []
    chosen: list[int] = []
    row_list.opened.connect(lambda index: opened.append(index.row()))
    row_list.chosen.connect(lambda index: chosen.append(index.row()))
    row_list.setCurrentIndex(row_list.model().index(0, 0))
    QTest.keyClick(row_list, Qt.Key.Key_Down)
    QTest.keyClick(row_list, Qt.Key.Key_Return)
    QTest.keyClick(row_list, Qt.Key.Key_F2)
    assert chosen == [0, 1]
    assert opened == [1, 1]


def test_the_verb_at_the_right_edge_is_pressed_where_it_stands(row_list: RowList) -> None:
    row_list.setModel(rows("Bilaga 5 saknas", VERB="Välj fil"))
    pressed: list[QModelIndex] = []
    row_list.verb_clicked.connect(pressed.append)
    middle = row_list.visualRect(row_list.model().index(0, 0)).center().y()
    viewport = row_list.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(60, middle))
    assert pressed == []
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(viewport.width() - 30, middle))
    assert len(pressed) == 1


def test_a_row_is_said_whole() -> None:
    model = rows(
        "Tertialrapport 2", META=(MetaPart("Beslut", accent=True), MetaPart("Bilaga 2", "paperclip"))
    )
    index = model.index(0, 0)
    model.setData(index, State.CONSIDER, RowRole.STATE)
    model.setData(index, "08.52", RowRole.TIME)
    assert row_in_words(index) == "1, Tertialrapport 2, Beslut, Bilaga 2, Att överväga, 08.52"


def test_every_state_has_a_word_and_its_own_shape() -> None:
    shown = {state: look for state, look in STATE_LOOK.items() if state is not State.NONE}
    assert all(look.word and look.icon for look in shown.values())
    shapes = [look.icon for state, look in shown.items() if state is not State.DATE_WARN]
    assert len(set(shapes)) == len(shapes)


# -- tables -------------------------------------------------------------------------------------------


def test_a_table_fits_its_rows_and_tells_verbs_from_rows(qtbot: QtBot) -> None:
    model = QStandardItemModel(0, 2)
    model.setHorizontalHeaderLabels(["Anslagstavla", "Bevis"])
    for name in ("Region Exempel", "Ekviks kommun"):
        verb = QStandardItem("Mejlutkast")
        verb.setData(True, TableRole.VERB)
        model.appendRow([QStandardItem(name), verb])
    table = DataTable("Anslag")
    qtbot.addWidget(table)
    table.setModel(model)
    table.stretch_column(0)
    table.resize(500, 300)
    table.fit_height()
    table.show()
    assert table.verticalScrollBar().maximum() == 0
    verbs: list[int] = []
    opened: list[int] = []
    table.verb_clicked.connect(lambda index: verbs.append(index.row()))
    table.opened.connect(lambda index: opened.append(index.row()))
    table.setCurrentIndex(model.index(1, 1))
    QTest.keyClick(table, Qt.Key.Key_Return)
    table.setCurrentIndex(model.index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert (verbs, opened) == ([1], [0])


def test_painting_a_cell_needs_nothing_but_text(qtbot: QtBot) -> None:
    table = DataTable("Tom")
    qtbot.addWidget(table)
    model = QStandardItemModel(1, 1)
    table.setModel(model)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 100, 30)
    assert table.itemDelegate().sizeHint(option, model.index(0, 0)).height() >= current_theme().px(29)
    assert not table.grab().isNull()


# -- steps and tabs -----------------------------------------------------------------------------------


def test_steps_are_equal_and_go_with_the_arrow_keys(qtbot: QtBot) -> None:
    bar = StepBar(("Dagordning", "Handlingar", "Kallelse", "Närvaro och beslut", "Protokoll", "Efter mötet"))
    qtbot.addWidget(bar)
    bar.resize(1201, 52)
    bar.show()
    widths = [bar.tabRect(index).width() for index in range(6)]
    assert sum(widths) == 1201
    assert max(widths) - min(widths) <= 1
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert bar.currentIndex() == 1
    bar.set_step(1, State.UNDER_WAY, "5 bilagor, 1 saknas")
    assert bar.accessibleTabName(1) == "Handlingar, Pågår, 5 bilagor, 1 saknas"


def test_steps_fit_a_narrow_window(qtbot: QtBot) -> None:
    bar = StepBar(("Dagordning", "Handlingar", "Kallelse", "Närvaro och beslut", "Protokoll", "Efter mötet"))
    qtbot.addWidget(bar)
    bar.resize(640, 52)
    bar.show()
    assert bar.tabRect(5).right() <= 640
    assert not bar.grab().isNull()


def test_the_count_on_a_tab_is_said(qtbot: QtBot) -> None:
    tabs = PaneTabs(("Förhandsvisning", "Kontroller"))
    qtbot.addWidget(tabs)
    before = tabs.tabSizeHint(1).width()
    tabs.set_count(1, 7)
    assert tabs.accessibleTabName(1) == "Kontroller, 7 fynd"
    assert tabs.tabSizeHint(1).width() > before
    tabs.set_count(1, 0)
    assert tabs.tabSizeHint(1).width() == before


def test_segment_parts_are_equal(qtbot: QtBot) -> None:
    segment = Segment(("Hela sammanträdet  7", "Ärende 5  2"), "Omfattning")
    qtbot.addWidget(segment)
    segment.resize(400, 30)
    segment.show()
    assert abs(segment.tabRect(0).width() - segment.tabRect(1).width()) <= 1


# -- places -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("places", [PLACES, FOOT_PLACES])
def test_places_model(qtbot: QtBot, places: tuple) -> None:
    model = PlacesModel(places)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == [place.name for place in places]


def test_places_announce_where_the_user_goes_only(qtbot: QtBot) -> None:
    places = PlaceList()
    qtbot.addWidget(places)
    places.resize(184, 700)
    places.show()
    said: list[str] = []
    places.place_chosen.connect(said.append)
    places.set_current("meetings")
    assert (places.current(), said) == ("meetings", [])
    places.focus_list()
    QTest.keyClick(places.focusWidget(), Qt.Key.Key_Down)
    assert said == ["decisions"]
    places.set_current("handbook")
    assert places.current() == "handbook"
    places.set_current("")
    assert places.current() == ""


def test_a_row_clicked_again_after_another_view_was_shown_is_announced(qtbot: QtBot) -> None:
    places = PlaceList()
    qtbot.addWidget(places)
    places.resize(184, 700)
    places.show()
    said: list[str] = []
    places.place_chosen.connect(said.append)
    places.set_current("meetings")
    view = places._list
    spot = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert said == ["meetings"]


def test_narrow_places_show_icons_with_names_as_tooltips(qtbot: QtBot) -> None:
    places = PlaceList()
    qtbot.addWidget(places)
    places.set_association("Samordningsförbundet Exempelbygden")
    places.set_narrow(True)
    assert places.width() == current_theme().px(56)
    model = PlacesModel(PLACES)
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "Översikt"


# -- findings -----------------------------------------------------------------------------------------

FINDINGS = (
    FindingRow(
        key="a", state=State.MUST_MEND, title="Bilaga 5 saknas", place="Ärende 12", fixes=(("x", "Välj fil"),)
    ),
    FindingRow(
        key="b", state=State.CONSIDER, title=LONG, place="Ärende 5", source="19 a § finsamlagen", advice="Råd"
    ),
    FindingRow(key="c", state=State.NOTE, title="Källorna säger olika", place="Ärende 7"),
)


@pytest.fixture
def findings(qtbot: QtBot) -> FindingList:
    view = FindingList()
    qtbot.addWidget(view)
    view.resize(424, 700)
    view.set_findings(FINDINGS)
    view.show()
    return view


def test_one_finding_is_open_at_a_time_and_f8_goes_round(findings: FindingList) -> None:
    said: list[str] = []
    findings.chosen.connect(said.append)
    findings.choose("b")
    findings.step(1)
    findings.step(1)
    findings.step(-1)
    assert said == ["b", "c", "a", "c"]
    opened = [row.row.key for row in findings._rows.values() if row._open]
    assert opened == ["c"]


def test_a_fix_says_which_finding_and_how(findings: FindingList) -> None:
    findings.choose("a")
    said: list[tuple[str, str]] = []
    findings.fix_wanted.connect(lambda key, fix: said.append((key, fix)))
    button = next(each for each in findings.findChildren(QPushButton) if each.text() == "Välj fil")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert said == [("a", "x")]


def test_the_open_finding_stays_open_when_the_others_change(findings: FindingList) -> None:
    findings.choose("b")
    findings.set_findings(FINDINGS[1:])
    assert findings.current == "b"
    findings.set_findings(FINDINGS[2:])
    assert findings.current == ""
    findings.choose("finns inte")
    assert findings.current == ""


def test_findings_wrap_inside_the_pane(findings: FindingList) -> None:
    findings.choose("b")
    assert findings._scroll.horizontalScrollBar().maximum() == 0
    page = findings._scroll.widget()
    assert isinstance(page, QWidget)
    assert page.width() <= findings.width()


# -- Ctrl+K -------------------------------------------------------------------------------------------


def test_hits_model_keeps_headings_apart_from_hits(qtbot: QtBot) -> None:
    model = HitsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    hits = (
        Hit(group="Ärenden", icon="circle", title="Ett"),
        Hit(group="Ärenden", icon="circle", title="Två"),
        Hit(group="Gör", icon="circle", title="Tre"),
    )
    model.set_hits(hits)
    assert [model.index(row, 0).data() for row in range(5)] == ["Ärenden", "Ett", "Två", "Gör", "Tre"]
    assert model.hit(model.index(0, 0)) is None
    assert not model.index(0, 0).flags() & Qt.ItemFlag.ItemIsSelectable
    assert model.hit(model.first()) == hits[0]
    model.set_hits(())
    assert not model.first().isValid()


def test_a_column_follows_what_its_cells_come_to_say(qtbot: QtBot) -> None:
    """The width of a column is worked out once for what the model holds, and anew when it holds something else."""
    table = DataTable("Anslag")
    qtbot.addWidget(table)
    model = QStandardItemModel(2, 2)
    table.setModel(model)
    table.stretch_column(1)
    table.show()
    model.setItem(0, 0, QStandardItem("Kort"))
    table.resizeColumnToContents(0)
    narrow = table.columnWidth(0)
    model.setItem(1, 0, QStandardItem("En mycket längre text än den första"))
    qtbot.waitUntil(lambda: table.columnWidth(0) > narrow + 50)
    model.setItem(1, 0, QStandardItem("Kort"))
    qtbot.waitUntil(lambda: table.columnWidth(0) == narrow)
    other = QStandardItemModel(1, 2)
    other.setItem(0, 0, QStandardItem("En lång text i en annan tabell"))
    table.setModel(other)
    qtbot.waitUntil(lambda: table.columnWidth(0) > narrow + 50)
    model.setItem(
        0, 0, QStandardItem("Det som inte längre visas ändrar ingen bredd alls, hur långt det än är")
    )
    wide = table.columnWidth(0)
    qtbot.wait(50)
    assert table.columnWidth(0) == wide
