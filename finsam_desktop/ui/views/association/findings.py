"""Kontroller of Förbundet: what the rules say of the register, the förbundsordning, the audit and the year."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.domain import rules
from finsam_desktop.domain.rules import Finding
from finsam_desktop.ui.finding_places import ASSOCIATION_PLACES
from finsam_desktop.ui.models.findings_model import FIELD_WORDS, finding_key, finding_state
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.widgets.findings import FindingList, FindingRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Pane

GO = "go"


class AssociationFindings(Pane):
    """The findings; the chosen one has a button that leads to its place. ``counted(int)`` when their number is new."""

    counted = Signal(int)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("base", parent=parent)
        self._shell = shell
        self._findings: tuple[Finding, ...] = ()
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
        """Ask the rules again."""
        session = self._shell.session
        self._findings = rules.check_association(session.association, session.today, session.meetings)
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
        self.list.step(by)

    def _go(self, key: str, _fix: str) -> None:
        for place, finding in enumerate(self._findings):
            if finding_key(finding, place) == key and finding.place.field in ASSOCIATION_PLACES:
                self._shell.go(*ASSOCIATION_PLACES[finding.place.field])
                return
