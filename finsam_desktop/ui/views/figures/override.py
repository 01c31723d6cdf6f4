"""Another amount in a report's cell: what, and why. Who and when are known; the source's own amount is kept beside."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain.figures import FigureCell
from finsam_desktop.domain.wording import number
from finsam_desktop.ui.models.report_model import read_amount
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import link_button, secondary_button
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.prose_line import ProseLine
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, Pane
from finsam_desktop.ui.widgets.text_edits import TextField


class FigureOverride(Pane):
    """A strip under the report. ``wanted(Decimal, why)``, ``taken_back()`` and ``closed()``."""

    wanted = Signal(object, str)
    taken_back = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sunk", "top", parent)
        theme = current_theme()
        self._head = Label("", "body_medium", wrap=True)
        self.amount = TextField(placeholder="kr")
        self.why = ProseLine()
        self._amount_row = FormRow("Beloppet ska vara", self.amount)
        self._why_row = FormRow("Varför", self.why, "Ditt namn och dagen sparas med siffran.")
        self.save = secondary_button("Ändra siffran", "check")
        self.save.clicked.connect(self._save)
        self.drop = link_button("Ta tillbaka källans siffra")
        self.drop.clicked.connect(self.taken_back)
        leave = link_button("Avbryt")
        leave.clicked.connect(self.closed)
        buttons = QHBoxLayout()
        for button in (self.save, self.drop, leave):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.setSpacing(theme.px(8))
        column.addWidget(self._head)
        column.addWidget(FormLine((self._amount_row, 1), (self._why_row, 3)))
        column.addLayout(buttons)

    def show_cell(
        self, where: str, cell: FigureCell, *, proposed: Decimal | None = None, why: str = ""
    ) -> None:
        """Ask for another amount in the cell called ``where``; ``proposed`` stands there already."""
        before = cell.override.before if cell.override else cell.amount
        said = "inget" if before is None else f"{number(before, 2)} kr"
        self._head.setText(f"{where}. Källan säger {said}.")
        amount = proposed if proposed is not None else cell.amount
        self.amount.set_text("" if amount is None else number(amount, 2).removesuffix(",00"))
        self.why.set_text(why or (cell.override.why if cell.override else ""))
        self.drop.setVisible(cell.override is not None)
        self._amount_row.set_remark("")
        self._why_row.set_remark("")
        self.show()
        (self.why if proposed is not None and not self.why.text() else self.amount).setFocus()

    def _save(self) -> None:
        self._amount_row.set_remark("")
        self._why_row.set_remark("")
        try:
            amount = read_amount(self.amount.text(), is_cost=False)
        except ValueError as error:
            self._amount_row.set_remark(str(error), State.MUST_MEND)
            return
        if amount is None:
            self._amount_row.set_remark("Skriv beloppet i kronor.", State.MUST_MEND)
            return
        why = " ".join(self.why.text().split())
        if not why:
            self._why_row.set_remark("Skriv varför siffran ändras. Det följer med tabellen.", State.MUST_MEND)
            return
        self.wanted.emit(amount, why)
