"""One section of a tertialrapport in its form: a line with its heading, opened for its text and its table."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain.report import ReportSection
from finsam_desktop.domain.report_carrying import section_carried
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.papers.earlier_text import EarlierTextBar
from finsam_desktop.ui.views.papers.form import Field
from finsam_desktop.ui.widgets.buttons import IconButton, link_button
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.prose_line import ProseLine
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit

LEVELS = ((2, "Plattform eller insats"), (3, "Del av den ovanför"))
NO_TABLE = ("", "")
TableChoice = tuple[str, str]
"""("figure", id of a table), ("readings", id of a team or "" for all), or ``NO_TABLE``."""


def table_of(section: ReportSection) -> TableChoice:
    """The section's table as its choice."""
    if section.indicators:
        return "readings", section.team_ids[0] if section.team_ids else ""
    return ("figure", section.figure_id) if section.figure_id else NO_TABLE


def with_table(section: ReportSection, choice: TableChoice) -> ReportSection:
    """The section with another table."""
    kind, what = choice
    readings = kind == "readings"
    return replace(
        section,
        figure_id=what if kind == "figure" else "",
        indicators=readings,
        team_ids=(what,) if readings and what else (),
    )


class SectionPart(QWidget):
    """The section's line and, when open, its fields. Every signal carries the section's id."""

    toggled = Signal(str)
    moved = Signal(str, int)
    removal_wanted = Signal(str)
    kept = Signal(str)
    written = Signal()
    opened = Signal(object)

    def __init__(self, section: ReportSection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section = section
        self._tables: tuple[tuple[object, str], ...] = ()
        self._begun_from = ""
        self._read_only = False
        self.open = link_button("", "chevron-right")
        self.open.setMinimumWidth(current_theme().px(80))
        self._mark = Label("", "meta", "warn")
        self.up, self.down, self.drop = (
            IconButton("chevron-up", "Flytta upp avsnittet"),
            IconButton("chevron-down", "Flytta ned avsnittet"),
            IconButton("trash-2", "Ta bort avsnittet"),
        )
        self.open.clicked.connect(self._toggle)
        self.up.clicked.connect(self._move_up)
        self.down.clicked.connect(self._move_down)
        self.drop.clicked.connect(self._remove)
        self._line = QHBoxLayout()
        self._line.setSpacing(current_theme().px(4))
        self._line.addWidget(self.open)
        self._line.addWidget(self._mark)
        self._line.addStretch(1)
        for button in (self.up, self.down, self.drop):
            self._line.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current_theme().px(8))
        self._column.addLayout(self._line)
        self._body: QWidget | None = None

    # -- what the form uses ---------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return self._body is not None and not self._body.isHidden()

    def show_section(
        self,
        section: ReportSection,
        tables: tuple[tuple[object, str], ...],
        begun_from: str,
        *,
        read_only: bool,
        place: str,
    ) -> None:
        """Show the section; text that is being written stays. ``place`` is "first", "last", "only" or ""."""
        self.section, self._begun_from, self._read_only = section, begun_from, read_only
        carried = section_carried(section)
        self.open.setText(section.heading or "Utan rubrik")
        self.open.setAccessibleName(f"{section.heading or 'Avsnitt utan rubrik'}, visa och skriv")
        self._line.setContentsMargins(current_theme().px(18) if section.level > 2 else 0, 0, 0, 0)
        self.open.setToolTip(section.heading)
        self._mark.setText("Förra periodens text" if carried else "")
        self.up.setEnabled(place not in ("first", "only"))
        self.down.setEnabled(place not in ("last", "only"))
        self._tables = tables
        if self._body is not None:
            self._fill()

    def set_open(self, is_open: bool) -> None:
        """Show the fields, made the first time, or hide them."""
        self.open.set_icon_name("chevron-down" if is_open else "chevron-right")
        if is_open and self._body is None:
            self._make_body()
            self._fill()
        if self._body is not None:
            self._body.setVisible(is_open)
        # A closed section is its heading and its mark; what can be done with it comes when it is opened.
        self._mark.setVisible(bool(self._mark.text()) and not is_open)
        for button in (self.up, self.down, self.drop):
            button.setVisible(is_open and not self._read_only)

    def editors(self) -> tuple[Field, ...]:
        """The fields of an open section."""
        return () if self._body is None else (self.heading, self.text, self.level, self.table)

    def value(self) -> ReportSection:
        """The section with what its fields hold."""
        if self._body is None:
            return self.section
        choice, level = self.table.value(), self.level.value()
        section = replace(
            self.section,
            heading=" ".join(self.heading.text().split()),
            level=level if isinstance(level, int) else 2,
            text=self.text.text(),
        )
        return with_table(section, choice) if isinstance(choice, tuple) else section

    def focus_first(self) -> None:
        """Put the cursor in the text, or in the heading when there is none."""
        if self._body is not None:
            (self.text if self.section.heading else self.heading).setFocus()

    # -- inside ---------------------------------------------------------------------------------------

    def _make_body(self) -> None:
        theme = current_theme()
        self.heading = ProseLine()
        self.level = ChoiceField(LEVELS)
        self.text = GrowingTextEdit("", "Vad som har hänt under perioden", min_lines=3, markdown=True)
        self.table = ChoiceField()
        self.table.setMinimumContentsLength(14)
        self._text_row = FormRow("Text", self.text)
        self.earlier = EarlierTextBar(self.section.id, "avsnittet")
        self.earlier.kept.connect(self.kept)
        self.earlier.fetched.connect(self._fetch)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(theme.px(18), 0, 0, theme.px(6))
        column.setSpacing(theme.px(10))
        column.addWidget(FormLine((FormRow("Rubrik", self.heading), 3), (FormRow("Nivå", self.level), 2)))
        column.addWidget(self._text_row)
        column.addWidget(self.earlier)
        column.addWidget(FormRow("Tabell efter texten", self.table))
        self._body = body
        self._column.addWidget(body)
        self.opened.emit(self)

    def _fill(self) -> None:
        section = self.section
        self.heading.set_text(section.heading)
        self.level.set_value(section.level)
        self.text.set_text(section.text)
        if tuple(self.table.itemText(i) for i in range(self.table.count())) != tuple(
            t for _, t in self._tables
        ):
            self.table.set_choices(self._tables)
        self.table.set_value(table_of(section))
        carried = section_carried(section)
        source = self._begun_from or "förra perioden"
        told = f"Texten är från {source[:1].lower()}{source[1:]}. Skriv om den, eller säg att den gäller."
        self._text_row.set_remark(told if carried else "", State.CONSIDER)
        self.earlier.set_state(section.previous, section.text, carried=carried, read_only=self._read_only)
        for field in (self.heading, self.text):
            field.setReadOnly(self._read_only)
        for choice in (self.level, self.table):
            choice.setEnabled(not self._read_only)

    def _fetch(self, _key: str, text: str) -> None:
        self.text.set_text(text)
        self.written.emit()

    def _toggle(self) -> None:
        self.toggled.emit(self.section.id)

    def _move_up(self) -> None:
        self.moved.emit(self.section.id, -1)

    def _move_down(self) -> None:
        self.moved.emit(self.section.id, 1)

    def _remove(self) -> None:
        self.removal_wanted.emit(self.section.id)
