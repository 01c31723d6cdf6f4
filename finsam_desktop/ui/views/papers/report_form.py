"""Tertialrapporten: its texts section by section, with last period's at hand; figures and goals come by themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from finsam_desktop.domain.report import ReportSection, TertialReport
from finsam_desktop.domain.report_carrying import (
    TEXT_NAMES,
    carried_texts,
    earlier_text,
    keep,
    text_carried,
    with_text,
)
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.papers.earlier_text import EarlierTextBar
from finsam_desktop.ui.views.papers.form import Field, PaperForm
from finsam_desktop.ui.views.papers.report_section import NO_TABLE, SectionPart
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.fields import ChoiceField, CountField, DateField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit

TERTIALS = (
    (1, "Tertial 1, januari–april"),
    (2, "Tertial 2, januari–augusti"),
    (3, "Tertial 3, hela året"),
)
OWN_GOALS = "Rapporten har egna mål."


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the report's form offers beside the report: tables by id and title, teams by id and name, the goals."""

    tables: tuple[tuple[str, str], ...] = ()
    teams: tuple[tuple[str, str], ...] = ()
    goals: str = ""

    def choices(self) -> tuple[tuple[object, str], ...]:
        """The tables that a section can have."""
        made: list[tuple[object, str]] = [(NO_TABLE, "Ingen tabell")]
        made += [(("figure", table_id), title) for table_id, title in self.tables]
        if self.teams:
            made.append((("readings", ""), "Indikatorer, alla team"))
            made += [(("readings", team_id), f"Indikatorer, {name}") for team_id, name in self.teams]
        return tuple(made)


class ReportForm(PaperForm):
    """The report of an item. ``plan_wanted`` asks for the year's plan, where the goals are written."""

    plan_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = Surroundings()
        self._read_only = False
        self._open_id = ""
        self._parts: dict[str, SectionPart] = {}
        self.year = CountField(least=2000, most=2100)
        self.tertial = ChoiceField(TERTIALS)
        self.tertial.setMinimumContentsLength(12)
        self.dated = DateField()
        self._left = IconLabel("triangle-alert", "", "label", "warn", wrap=True)
        self._left.hide()
        self.texts = {
            "summary": GrowingTextEdit("", "Det viktigaste i två meningar", min_lines=2, markdown=True),
            "introduction": GrowingTextEdit("", "Vad verksamheten består av", min_lines=2, markdown=True),
            "economy": GrowingTextEdit("", "Budgeten och läget i stort", min_lines=2, markdown=True),
            "deviations": GrowingTextEdit("", "Vad som avviker och varför", min_lines=2, markdown=True),
        }
        self._rows = {
            "summary": FormRow("Sammanfattning", self.texts["summary"]),
            "introduction": FormRow("Inledning till Verksamhet", self.texts["introduction"]),
            "economy": FormRow("Inledning till Ekonomi", self.texts["economy"]),
            "deviations": FormRow(
                "Avvikelser", self.texts["deviations"], "Kommentarerna till prognosen skrivs ut efter texten."
            ),
        }
        self._bars = {name: EarlierTextBar(name, TEXT_NAMES[name].lower()) for name in self.texts}
        self._sections = QVBoxLayout()
        self._sections.setSpacing(current_theme().px(6))
        self.add_section_link = link_button("Nytt avsnitt", "plus")
        self._goals = Label("", "body", "text2", wrap=True)
        self.goals_link = link_button("Öppna Budget och plan")
        self.take_goals = link_button("Ta målen ur planen i stället")
        self.sources = QCheckBox("Skriv ut under tabellerna varifrån siffrorna kommer")
        self._lay_out()
        self._connect()

    def set_surroundings(self, around: Surroundings) -> None:
        """What stands beside the report; called before the report is shown."""
        self._around = around

    # -- the form -------------------------------------------------------------------------------------

    def editors(self) -> tuple[Field, ...]:
        parts = [editor for part in self._parts.values() for editor in part.editors()]
        first: tuple[Field, ...] = (self.texts["summary"], self.texts["introduction"])
        last: tuple[Field, ...] = (self.texts["economy"], self.texts["deviations"])
        return (*first, *parts, *last, self.dated, self.tertial)

    def set_read_only(self, read_only: bool) -> None:
        changed = read_only is not self._read_only
        self._read_only = read_only
        super().set_read_only(read_only)
        self.year.setReadOnly(read_only)
        self.sources.setEnabled(not read_only)
        self.add_section_link.setVisible(not read_only)
        if changed and self._value is not None:
            self.fill(self._value)

    def fill(self, value: TertialReport) -> None:
        if not self.year.hasFocus():
            self.year.set_value(value.year)
        self.tertial.set_value(value.tertial)
        if not self.dated.hasFocus():
            self.dated.set_value(value.dated)
        for name, editor in self.texts.items():
            editor.set_text(getattr(value, name))
        self._show_marks(value)
        self._show_sections(value)
        self._show_goals(value)
        self.sources.setChecked(value.print_sources)

    def read(self, value: TertialReport) -> TertialReport:
        for name, editor in self.texts.items():
            value = with_text(value, name, editor.text())
        tertial = self.tertial.value()
        return replace(
            value,
            year=self.year.value() or value.year,
            tertial=tertial if isinstance(tertial, int) else value.tertial,
            dated=self.dated.value(),
            sections=tuple(
                self._parts[one.id].value() if one.id in self._parts else one for one in value.sections
            ),
            print_sources=self.sources.isChecked(),
        )

    # -- sections -------------------------------------------------------------------------------------

    def add_section(self) -> None:
        """Put an empty section last and the cursor in its heading."""
        self.flush()
        section = ReportSection(heading="")
        self._open_id = section.id
        self._report(replace(self._value, sections=(*self._value.sections, section)))
        self._parts[section.id].focus_first()

    def open_section(self, section_id: str) -> None:
        """Open a section's fields and close any other, or close the one that is open."""
        self.flush()
        self._open_id = "" if section_id == self._open_id else section_id
        self._show_sections(self._value)
        if self._open_id and not self._read_only:
            self._parts[section_id].focus_first()

    def _move(self, section_id: str, by: int) -> None:
        self.flush()
        sections = list(self._value.sections)
        place = next(i for i, one in enumerate(sections) if one.id == section_id)
        other = place + by
        if 0 <= other < len(sections):
            sections[place], sections[other] = sections[other], sections[place]
            self._report(replace(self._value, sections=tuple(sections)))

    def _remove(self, section_id: str) -> None:
        self.flush()
        kept = tuple(one for one in self._value.sections if one.id != section_id)
        self._report(replace(self._value, sections=kept))

    def _keep(self, key: str) -> None:
        self.flush()
        self._report(keep(self._value, key), "sections" if key in self._parts else "earlier")

    def _report(self, value: TertialReport, what: str = "sections") -> None:
        self.show_value(value)
        self.edited.emit(value, what)

    # -- showing --------------------------------------------------------------------------------------

    def _show_marks(self, value: TertialReport) -> None:
        left = carried_texts(value)
        source = value.begun_from or "förra perioden"
        self._left.set_text(
            f"{'En text' if len(left) == 1 else f'{len(left)} texter'} är kvar från"
            f" {source[:1].lower()}{source[1:]}. Till dess att de är omskrivna är rapporten ett utkast."
        )
        self._left.setVisible(bool(left))
        for name, bar in self._bars.items():
            carried = text_carried(value, name)
            self._rows[name].set_remark("Förra periodens text." if carried else "", State.CONSIDER)
            bar.set_state(
                earlier_text(value, name).text,
                getattr(value, name),
                carried=carried,
                read_only=self._read_only,
            )

    def _show_sections(self, value: TertialReport) -> None:
        wanted = [section.id for section in value.sections]
        for section_id in [known for known in self._parts if known not in wanted]:
            gone = self._parts.pop(section_id)
            self._sections.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        tables = self._around.choices()
        for place, section in enumerate(value.sections):
            part = self._parts.get(section.id) or self._made(section)
            if self._sections.indexOf(part) != place:
                self._sections.removeWidget(part)
                self._sections.insertWidget(place, part)
            first, last = place == 0, place == len(wanted) - 1
            part.show_section(
                section,
                tables,
                value.begun_from,
                read_only=self._read_only,
                place="only" if first and last else "first" if first else "last" if last else "",
            )
            part.set_open(section.id == self._open_id)

    def _made(self, section: ReportSection) -> SectionPart:
        part = SectionPart(section, self)
        part.toggled.connect(self.open_section)
        part.moved.connect(self._move)
        part.removal_wanted.connect(self._remove)
        part.kept.connect(self._keep)
        part.written.connect(self.take)
        part.opened.connect(self._listen_to_part)
        self._parts[section.id] = part
        return part

    def _listen_to_part(self, part: SectionPart) -> None:
        for editor in part.editors():
            self.listen_to(editor)

    def _show_goals(self, value: TertialReport) -> None:
        own = bool(value.goals)
        self._goals.setText(OWN_GOALS if own else self._around.goals)
        self.goals_link.setVisible(not own)
        self.take_goals.setVisible(own and bool(self._around.goals) and not self._read_only)

    def _take_goals(self) -> None:
        self.flush()
        self._report(replace(self._value, goals=()), "goals")

    def _fetched(self, name: str, text: str) -> None:
        self._report(with_text(self._value, name, text), name)

    # -- making ---------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.add_row(
            FormLine(
                (FormRow("År", self.year), 2),
                (FormRow("Period", self.tertial), 4),
                (FormRow("Daterad", self.dated), 3),
            )
        )
        self.add_row(self._left)
        for name in ("summary", "introduction"):
            self.add_row(self._rows[name])
            self.add_row(self._bars[name])
        sections = QWidget()
        column = QVBoxLayout(sections)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(6))
        column.addLayout(self._sections)
        column.addWidget(self.add_section_link, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_row(FormRow("Avsnitt i Verksamhet", sections))
        goals = QWidget()
        lines = QVBoxLayout(goals)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(current_theme().px(4))
        lines.addWidget(self._goals)
        lines.addWidget(self.goals_link, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(self.take_goals, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_row(FormRow("Mål och måluppfyllelse", goals))
        for name in ("economy", "deviations"):
            self.add_row(self._rows[name])
            self.add_row(self._bars[name])
        self.add_row(self.sources)

    def _connect(self) -> None:
        self.listen()
        self.year.changed.connect(self.take)
        self.sources.clicked.connect(self.take)
        self.add_section_link.clicked.connect(self.add_section)
        self.goals_link.clicked.connect(self.plan_wanted)
        self.take_goals.clicked.connect(self._take_goals)
        for bar in self._bars.values():
            bar.kept.connect(self._keep)
            bar.fetched.connect(self._fetched)
