"""The year plan that is in hand, and the one way the parts of its page change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from finsam_desktop.domain.association import Association
from finsam_desktop.domain.plan_sums import plan_of, with_plan
from finsam_desktop.domain.year_plan import YearPlan
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.section import Section


class PlanDesk:
    """Which year is shown, its plan, and changing it."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.year = (
            shell.session.today.year + 1 if shell.session.today.month > 8 else shell.session.today.year
        )

    @property
    def association(self) -> Association:
        """The association as it is."""
        return self.shell.session.association

    @property
    def plan(self) -> YearPlan | None:
        """The plan of the year, or None."""
        return plan_of(self.association, self.year)

    def put(
        self, label: str, edit: Callable[[YearPlan], YearPlan], *, merge: str = "", tell: bool = False
    ) -> bool:
        """Change the plan in hand as one step to undo; nothing happens without a plan or a difference."""
        plan = self.plan
        if plan is None:
            return False
        before = self.association
        after = with_plan(before, edit(plan))
        return after == before or self.shell.session.change(
            f"{label}, {plan.year}", before, after, merge=f"{merge}:{plan.id}" if merge else "", tell=tell
        )

    def add(self, label: str, plan: YearPlan) -> bool:
        """Add a plan and take it in hand."""
        before = self.association
        if not self.shell.session.change(label, before, with_plan(before, plan), tell=True):
            return False
        self.year = plan.year
        return True

    def remove(self) -> bool:
        """Take the plan in hand away; it can be undone."""
        plan, before = self.plan, self.association
        if plan is None:
            return False
        after = replace(before, plans=tuple(each for each in before.plans if each.id != plan.id))
        return self.shell.session.change(f"Ta bort planen för {plan.year}", before, after, tell=True)


class PlanSection(Section):
    """A part of the page: `fill()` shows the plan, `flush()` takes in what is typed."""

    def __init__(self, desk: PlanDesk, title: str) -> None:
        super().__init__(desk.shell, title)
        self.desk = desk

    def fill(self) -> None:
        """Show the plan in hand."""
        raise NotImplementedError

    def flush(self) -> None:
        """Take in what is being typed."""
