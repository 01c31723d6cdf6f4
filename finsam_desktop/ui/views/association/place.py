"""Förbundet: its facts and rules, members, people, förbundsordning, measures, audit, and what the checks say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from finsam_desktop.errors import UserError
from finsam_desktop.ui.view import Head, Shell
from finsam_desktop.ui.views.association.findings import AssociationFindings
from finsam_desktop.ui.views.tabbed import LaterPart, TabbedView
from finsam_desktop.ui.widgets.buttons import secondary_button

if TYPE_CHECKING:  # a tab's modules are loaded when it is shown
    from finsam_desktop.ui.views.association.audit_pane import AuditPane
    from finsam_desktop.ui.views.association.charter_pane import CharterPane
    from finsam_desktop.ui.views.association.facts import AssociationFacts
    from finsam_desktop.ui.views.association.measures_pane import MeasuresPane
    from finsam_desktop.ui.views.association.member_register import MemberRegister
    from finsam_desktop.ui.views.association.people_register import PeopleRegister
    from finsam_desktop.ui.views.association.register_import import RegisterImport

WORKBOOK = "Excel-fil (*.xlsx)"
_PARTS = "finsam_desktop.ui.views.association"
TARGETS = (
    "uppgifter", "medlemmar", "personer", "forbundsordning", "insatser", "revision", "kontroller",
)  # fmt: skip
"""What ``go("association", target)`` may ask for, in the order of the tabs."""


class AssociationView(TabbedView):
    """Tabs over the same value, and the register as a workbook."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.findings = AssociationFindings(shell)
        self.fetch = secondary_button("Hämta från Excel", "file-spreadsheet")
        self.fetch.clicked.connect(self._choose_file)
        self.save = secondary_button("Spara som Excel", "download")
        self.save.clicked.connect(self._choose_place)
        self._preview: RegisterImport | None = None
        self.show_parts(
            "Förbundets delar",
            (
                ("Uppgifter", LaterPart(self._make_facts, f"{_PARTS}.facts")),
                ("Medlemmar", LaterPart(self._make_members, f"{_PARTS}.member_register")),
                ("Ledamöter och personer", LaterPart(self._make_people, f"{_PARTS}.people_register")),
                ("Förbundsordning", LaterPart(self._make_charter, f"{_PARTS}.charter_pane")),
                ("Insatser", LaterPart(self._make_measures, f"{_PARTS}.measures_pane")),
                ("Revision", LaterPart(self._make_audit, f"{_PARTS}.audit_pane")),
                ("Kontroller", self.findings),
            ),
        )
        self.findings.counted.connect(self._show_count)
        self._show_count(self.findings.count)

    def head(self) -> Head:
        name = self.shell.session.association.name if self.shell.session.is_open else ""
        return Head(title="Förbundet", facts=(name,) if name else ())

    def head_widgets(self) -> tuple[QWidget, ...]:
        return (self.fetch, self.save)

    def show_target(self, target: str) -> None:
        """One of ``TARGETS``; "personer" and "insatser" also with an id: "personer/<id>"."""
        part, _, key = target.partition("/")
        if part in TARGETS:
            self._close_preview()
            self.tabs.setCurrentIndex(TARGETS.index(part))
        if part == "personer" and key:
            self.people.choose(key)
        if part == "insatser" and key:
            self.measures.choose(key)
        if part == "forbundsordning":
            self.charter.focus_first_unsettled()
        if part == "revision":
            self.audit.focus_matrix()

    def step_finding(self, by: int) -> None:
        self.tabs.setCurrentIndex(TARGETS.index("kontroller"))
        self.findings.step(by)

    # -- its parts ------------------------------------------------------------------------------------

    @property
    def facts(self) -> AssociationFacts:
        """The association's own facts and rules."""
        from finsam_desktop.ui.views.association.facts import AssociationFacts

        return self.part(0, AssociationFacts)

    def _make_facts(self) -> QWidget:
        from finsam_desktop.ui.views.association.facts import AssociationFacts

        return self.fresh(AssociationFacts(self.shell))

    @property
    def members(self) -> MemberRegister:
        """The förbundsmedlemmar."""
        from finsam_desktop.ui.views.association.member_register import MemberRegister

        return self.part(1, MemberRegister)

    def _make_members(self) -> QWidget:
        from finsam_desktop.ui.views.association.member_register import MemberRegister

        return self.fresh(MemberRegister(self.shell))

    @property
    def people(self) -> PeopleRegister:
        """The people and what they are appointed to."""
        from finsam_desktop.ui.views.association.people_register import PeopleRegister

        return self.part(2, PeopleRegister)

    def _make_people(self) -> QWidget:
        from finsam_desktop.ui.views.association.people_register import PeopleRegister

        return self.fresh(PeopleRegister(self.shell))

    @property
    def charter(self) -> CharterPane:
        """The points of the förbundsordning."""
        from finsam_desktop.ui.views.association.charter_pane import CharterPane

        return self.part(3, CharterPane)

    def _make_charter(self) -> QWidget:
        from finsam_desktop.ui.views.association.charter_pane import CharterPane

        return self.fresh(CharterPane(self.shell))

    @property
    def measures(self) -> MeasuresPane:
        """The insatser."""
        from finsam_desktop.ui.views.association.measures_pane import MeasuresPane

        return self.part(4, MeasuresPane)

    def _make_measures(self) -> QWidget:
        from finsam_desktop.ui.views.association.measures_pane import MeasuresPane

        return self.fresh(MeasuresPane(self.shell))

    @property
    def audit(self) -> AuditPane:
        """The audit and its matrix."""
        from finsam_desktop.ui.views.association.audit_pane import AuditPane

        return self.part(5, AuditPane)

    def _make_audit(self) -> QWidget:
        from finsam_desktop.ui.views.association.audit_pane import AuditPane

        return self.fresh(AuditPane(self.shell))

    @property
    def preview(self) -> RegisterImport:
        """What a workbook would change, over the tabs."""
        if self._preview is None:
            from finsam_desktop.ui.views.association.register_import import RegisterImport

            self._preview = RegisterImport(self.shell)
            self._preview.closed.connect(self._close_preview)
            self.stack.addWidget(self._preview)
        return self._preview

    # -- the register as a workbook -------------------------------------------------------------------

    def open_workbook(self, path: Path) -> None:
        """Show what a workbook would change; the user is told when it cannot be read."""
        self.flush()
        if self.preview.open_file(path):
            self.stack.setCurrentWidget(self.preview)
            (self.preview.take if self.preview.take.isEnabled() else self.preview.leave).setFocus()

    def save_workbook(self, path: Path) -> None:
        """Write the register to a workbook; the user is told when it cannot be written."""
        from finsam_desktop.files.people_files import save

        self.flush()
        session = self.shell.session
        try:
            save(path, session.association)
        except UserError as error:
            session.failed.emit(error)
            return
        session.notified.emit(f"Registret är sparat som {path.name}", None)

    def _choose_file(self) -> None:
        self.shell.dialogs.open_file("Välj registret i Excel", WORKBOOK, self.open_workbook)

    def _choose_place(self) -> None:
        path = self.shell.session.path
        folder = path.parent if path is not None else Path.home()
        suggestion = folder / f"Register {self.shell.session.today.isoformat()}.xlsx"
        self.shell.dialogs.save_file("Spara registret", WORKBOOK, self.save_workbook, suggestion)

    def _close_preview(self) -> None:
        if self._preview is not None and self.stack.currentWidget() is self._preview:
            self.stack.setCurrentIndex(max(self.tabs.currentIndex(), 0))
            self.tabs.setFocus()

    def _show_count(self, count: int) -> None:
        self.tabs.set_count(TARGETS.index("kontroller"), count)


def make(shell: Shell) -> AssociationView:
    """The view for the place "association"."""
    return AssociationView(shell)
