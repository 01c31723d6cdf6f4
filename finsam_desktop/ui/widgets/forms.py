"""Form rows: label above, field, one line of help or remark below. The row gives the field its accessible name."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.states import STATE_LOOK, State
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label


class FormRow(QWidget):
    """One labelled field. Cannot be made without a label; help is at most one line.

    `fact` stands right of the label ("Lika med förslaget"). `set_remark` shows a finding or a fault under the
    field with the same icon as in the list of findings; an empty text takes it away and the help returns.

    Help, fact and remark are made when there is one: most rows never have any, and a page has many rows.
    """

    def __init__(
        self, label: str, field: QWidget, help: str = "", *, fact: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.field = field
        self._name = label.replace("&", "")
        self._help_text = help
        self._label = Label(label, "label", "text2")
        self._label.setBuddy(field)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(0, 0, 0, 0)
        self._head.addWidget(self._label)
        self._head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self._column.addLayout(self._head)
        self._column.addWidget(field)
        self.setSizePolicy(_as_tall_as_its_text())
        field.setAccessibleName(self._name)
        field.setAccessibleDescription(help)
        if help:
            self._help.setText(help)
        if fact:
            self._fact.setText(fact)

    @cached_property
    def _fact(self) -> Label:
        fact = Label("", "meta", "text2")
        self._head.addWidget(fact)
        return fact

    @cached_property
    def _help(self) -> Label:
        help_line = Label("", "meta", "text2", wrap=True)
        self._column.addWidget(help_line)
        return help_line

    @cached_property
    def _remark(self) -> IconLabel:
        remark = IconLabel("triangle-alert", "", "label", "warn", wrap=True)
        remark.hide()
        self._column.insertWidget(2, remark)
        return remark

    @property
    def _has_remark(self) -> bool:
        return "_remark" in self.__dict__ and not self._remark.isHidden()

    def set_label(self, text: str) -> None:
        self._name = text.replace("&", "")
        self._label.setText(text)
        self.field.setAccessibleName(self._name)

    def set_fact(self, text: str) -> None:
        if text or "_fact" in self.__dict__:
            self._fact.setText(text)

    def set_help(self, text: str) -> None:
        self._help_text = text
        if text or "_help" in self.__dict__:
            self._help.setText(text)
            self._help.setVisible(bool(text) and not self._has_remark)
        if not self._has_remark:
            self.field.setAccessibleDescription(text)

    def set_remark(self, text: str, state: State = State.CONSIDER) -> None:
        """Show a remark under the field in the look of `state`; the empty string takes it away."""
        look = STATE_LOOK[state]
        if text or "_remark" in self.__dict__:
            self._remark.set_text(text)
            self._remark.set_look(look.icon, look.color)
            self._remark.setVisible(bool(text))
        if self._help_text:
            self._help.setVisible(not text)
        self.field.setAccessibleDescription(text or self._help_text)
        edge = {State.MUST_MEND: "err", State.CONSIDER: "warn"}.get(state, "") if text else ""
        if self.field.property("state") != edge:
            self.field.setProperty("state", edge)
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)


def _as_tall_as_its_text() -> QSizePolicy:
    """A policy for rows whose help may wrap. `Maximum` would hold them to the height of one line."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy


class FormLine(QWidget):
    """Form rows that share a line, with widths by content: `FormLine((typ, 3), (presenter, 4), (time, 2))`."""

    def __init__(self, *rows: tuple[QWidget, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(current_theme().px(12))
        for row, share in rows:
            line.addWidget(row, share, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(_as_tall_as_its_text())
