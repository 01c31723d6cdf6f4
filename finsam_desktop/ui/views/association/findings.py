"""Kontroller of Förbundet: what the rules say of the register, the förbundsordning, the audit and the year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from finsam_desktop.domain import rules
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.rules import Finding
from finsam_desktop.ui.finding_places import ASSOCIATION_PLACES
from finsam_desktop.ui.jobs import Progress
from finsam_desktop.ui.models.findings_model import FIELD_WORDS, finding_key, finding_state
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.widgets.findings import FindingList, FindingRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Pane

GO = "go"


class _Checks:
    """The rules' answer, worked out in the background."""

    def __init__(self, association: Association, today: date, meetings: tuple[Meeting, ...]) -> None:
        self._association, self._today, self._meetings = association, today, meetings

    def findings(self) -> tuple[Finding, ...]:
        return rules.check_association(self._association, self._today, self._meetings)

    def __call__(self, _progress: Progress) -> object:
        return _Answer(asked=self, findings=self.findings())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What the rules say, and to which question."""

    asked: _Checks
    findings: tuple[Finding, ...]


class AssociationFindings(Pane):
    """The findings; the chosen one has a button that leads to its place. ``counted(int)`` when their number is new."""

    counted = Signal(int)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("base", parent=parent)
        self._shell = shell
        self._findings: tuple[Finding, ...] = ()
        self._asked: _Checks | None = None
        self.list = FindingList()
        self.list.fix_wanted.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules say now, gravest first."""
        return self._findings

    @property
    def count(self) -> int:
        """How many of them are to be mended or thought over."""
        return sum(1 for finding in self._findings if finding_state(finding) is not State.NOTE)

    def refresh(self) -> None:
        """Ask the rules again, in the background; what they said stays until they have answered."""
        session = self._shell.session
        self._asked = _Checks(session.association, session.today, session.meetings)
        self._shell.jobs.run(self._asked, label="Kontrollerar förbundet", on_done=self._answered, quiet=True)

    def _answered(self, answer: object) -> None:
        if isinstance(answer, _Answer) and answer.asked is self._asked and isValid(self):
            self._asked = None
            self._show(answer.findings)

    def _show(self, findings: tuple[Finding, ...]) -> None:
        self._findings = findings
        self.list.set_findings(
            tuple(
                FindingRow(
                    key=finding_key(finding, place),
                    state=finding_state(finding),
                    title=finding.title,
                    place=FIELD_WORDS.get(finding.place.field, "Förbundet"),
                    source=finding.source,
                    advice=finding.advice,
                    fixes=((GO, "Gå till"),),
                )
                for place, finding in enumerate(self._findings)
            )
        )
        self.counted.emit(self.count)

    def flush(self) -> None:
        """Nothing is typed here."""

    def step(self, by: int) -> None:
        """Open the next or previous finding."""
        if self._asked is not None:
            asked, self._asked = self._asked, None
            self._show(asked.findings())
        self.list.step(by)

    def _go(self, key: str, _fix: str) -> None:
        for place, finding in enumerate(self._findings):
            if finding_key(finding, place) == key and finding.place.field in ASSOCIATION_PLACES:
                self._shell.go(*ASSOCIATION_PLACES[finding.place.field])
                return
