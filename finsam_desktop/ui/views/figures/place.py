"""Siffror: tables out of files, standard reports, the economy, the activity, and the year's budget and plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from finsam_desktop.ui.view import Head, Shell
from finsam_desktop.ui.views.tabbed import LaterPart, TabbedView

if TYPE_CHECKING:  # made when they are shown
    from finsam_desktop.ui.views.figures.table_pane import FigureTablePane

_PARTS = "finsam_desktop.ui.views.figures"
TARGETS = ("tabell", "rapporter", "ekonomi", "verksamhet", "plan")
"""What ``go("figures", target)`` may ask for, in the order of the tabs; "meeting-id/item-id" is an item's table."""


class FiguresView(TabbedView):
    """The place Siffror."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._later = {
            "tabell": LaterPart(self._make_table, f"{_PARTS}.table_pane"),
            "rapporter": LaterPart(self._make_reports, f"{_PARTS}.reports_pane"),
            "ekonomi": LaterPart(self._make_economy, f"{_PARTS}.economy_pane"),
            "verksamhet": LaterPart(self._make_activity, f"{_PARTS}.activity_pane"),
            "plan": LaterPart(self._make_plan, f"{_PARTS}.plan_pane"),
        }
        self.show_parts(
            "Siffrornas delar",
            (
                ("Källa och tabell", self._later["tabell"]),
                ("Rapporter", self._later["rapporter"]),
                ("Ekonomi", self._later["ekonomi"]),
                ("Verksamhet", self._later["verksamhet"]),
                ("Budget och plan", self._later["plan"]),
            ),
        )
        self.tabs.currentChanged.connect(self.head_changed)

    @property
    def table(self) -> FigureTablePane:
        """The tab Källa och tabell, made now if it was not."""
        from finsam_desktop.ui.views.figures.table_pane import FigureTablePane

        return self.part(0, FigureTablePane)

    def head(self) -> Head:
        return Head(title="Siffror", facts=self._asked("facts"))

    def head_widgets(self) -> tuple[QWidget, ...]:
        return self._asked("head_widgets")

    def primary(self) -> QPushButton | None:
        part = self.shown_part()
        return part.primary() if hasattr(part, "primary") else None

    def panes(self) -> tuple[QWidget, ...]:
        return (self.tabs, *(self._asked("panes") or (self.stack,)))

    def shown_part(self) -> QWidget:
        """What stands under the chosen tab."""
        shown = self.stack.currentWidget()
        assert shown is not None
        return shown.made() if isinstance(shown, LaterPart) else shown

    def show_target(self, target: str) -> None:
        """One of ``TARGETS``, and after a slash what that part shows; or "meeting-id/item-id" for a table's item."""
        name, _, rest = target.partition("/")
        if name not in TARGETS:
            if target:
                self.tabs.setCurrentIndex(0)
                self.table.show_target(target)
            return
        self.tabs.setCurrentIndex(TARGETS.index(name))
        if rest and hasattr(part := self.shown_part(), "show_target"):
            part.show_target(rest)

    def _asked(self, what: str) -> tuple:  # type: ignore[type-arg]
        """What the shown part answers; nothing while it is still to be made."""
        part = self.shown()
        return getattr(part, what)() if hasattr(part, what) else ()

    def _open_reports(self, path: object) -> None:
        from finsam_desktop.ui.views.figures.reports_pane import FigureReportsPane

        self.tabs.setCurrentIndex(TARGETS.index("rapporter"))
        part = self.shown_part()
        if isinstance(part, FigureReportsPane) and isinstance(path, Path):
            part.open_file(path)

    def _make_table(self) -> QWidget:
        from finsam_desktop.ui.views.figures.table_pane import FigureTablePane

        pane = FigureTablePane(self.shell)
        pane.reports_wanted.connect(self._open_reports)
        return pane

    def _make_reports(self) -> QWidget:
        from finsam_desktop.ui.views.figures.reports_pane import FigureReportsPane

        return FigureReportsPane(self.shell)

    def _make_economy(self) -> QWidget:
        from finsam_desktop.ui.views.figures.economy_pane import FigureEconomyPane

        return FigureEconomyPane(self.shell)

    def _make_activity(self) -> QWidget:
        from finsam_desktop.ui.views.figures.activity_pane import ActivityPane

        return ActivityPane(self.shell)

    def _make_plan(self) -> QWidget:
        from finsam_desktop.ui.views.figures.plan_pane import PlanPane

        return PlanPane(self.shell)


def make(shell: Shell) -> FiguresView:
    """The view for the place "figures"."""
    return FiguresView(shell)
