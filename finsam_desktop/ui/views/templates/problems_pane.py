"""What a check of a Word template found: every problem with its place, and a copy that says so in comments."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.documents import Document
from finsam_desktop.documents.template_check import has_errors, place_of
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import secondary_button
from finsam_desktop.ui.widgets.findings import FindingList, FindingRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import IconLabel, Pane, PaneHead

if TYPE_CHECKING:
    from finsam_desktop.word import Problem

_STATES = {"error": State.MUST_MEND, "warning": State.CONSIDER, "note": State.NOTE}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedTemplate:
    """A template that has been checked. ``path`` is a file meant to be taken into use; None: it is in use."""

    document: Document
    name: str
    content: bytes
    problems: tuple[Problem, ...]
    path: Path | None = None

    @property
    def refused(self) -> bool:
        """Whether the file was not taken into use."""
        return self.path is not None and has_errors(self.problems)


class TemplateProblemsPane(Pane):
    """The problems of one template. ``copy_wanted()`` and ``again_wanted()`` are its two verbs."""

    copy_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("base", "top", parent)
        theme = current_theme()
        self._head = PaneHead("Kontroll")
        self._verdict = IconLabel("info", "", "body", "text2", wrap=True)
        self.copy = secondary_button("Spara en kopia med kommentarer", "download")
        self.copy.setToolTip("I kopian står en kommentar i Word vid varje ställe.")
        self.copy.clicked.connect(self.copy_wanted)
        self.again = secondary_button("Försök igen", "refresh-cw")
        self.again.setToolTip("Läser filen på nytt, när du har rättat den i Word.")
        self.again.clicked.connect(self.again_wanted)
        self.list = FindingList(foot="")
        top = QVBoxLayout()
        top.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(8))
        top.setSpacing(theme.px(8))
        top.addWidget(self._verdict)
        verbs = QHBoxLayout()
        verbs.setSpacing(theme.px(8))
        verbs.addWidget(self.again)
        verbs.addWidget(self.copy)
        verbs.addStretch(1)
        top.addLayout(verbs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        self._rest = QWidget()
        column.addWidget(self._rest, 1)
        self.show_result(None)

    def show_result(self, result: CheckedTemplate | None) -> None:
        """Show what a check found; None: nothing has been checked yet."""
        problems = result.problems if result is not None else ()
        self.copy.setVisible(bool(problems))
        self.again.setVisible(result is not None and result.refused)
        self.list.setVisible(bool(problems))
        self._rest.setVisible(not problems)
        self.list.set_findings(tuple(_row(number, problem) for number, problem in enumerate(problems)))
        if result is None:
            self._head.set_fact("")
            self._verdict.set_text("Mallen är inte kontrollerad sedan du öppnade programmet.")
            self._verdict.set_look("info", "text2")
            return
        self._head.set_fact(result.name)
        self._verdict.set_text(verdict(result))
        state = State.MUST_MEND if has_errors(problems) else State.CONSIDER if problems else State.DONE
        icon, color = {
            State.MUST_MEND: ("circle-x", "err"),
            State.CONSIDER: ("triangle-alert", "warn"),
            State.DONE: ("circle-check", "ok"),
        }[state]
        self._verdict.set_look(icon, color)  # type: ignore[arg-type]


def verdict(result: CheckedTemplate) -> str:
    """What a check came to, in a sentence or two."""
    errors = sum(problem.severity == "error" for problem in result.problems)
    rest = len(result.problems) - errors
    if not result.problems:
        return f"{result.name} har inga fel. Den är provad med exempelmötet och med mycket långa texter."
    counted = " och ".join(
        part
        for part in (
            f"{errors} fel" if errors else "",
            f"{rest} sak att överväga" if rest == 1 else f"{rest} saker att överväga" if rest else "",
        )
        if part
    )
    if result.refused:
        return (
            f"{result.name} har {counted} och togs inte i bruk. Den förra mallen gäller. "
            "Rätta i Word, spara och försök igen."
        )
    return f"{result.name} har {counted}."


def _row(number: int, problem: Problem) -> FindingRow:
    return FindingRow(
        key=str(number),
        state=_STATES[problem.severity],
        title=problem.message,
        place=place_of(problem),
        advice=f"Så står det i mallen: ”{problem.context}”" if problem.context else "",
    )
