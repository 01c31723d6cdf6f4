"""What is to be done after a decision: the task, who does it, and when it is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.domain.decisions import FollowUp
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.fields import DateField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit, TextField


class FollowUpEditor(QWidget):
    """``edited(FollowUp or None)``: None when all three are empty."""

    edited = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._follow_up = FollowUp()
        self.task = GrowingTextEdit("", "Vad som ska göras")
        self.task.setAccessibleName("Vad som ska göras")
        self.responsible = TextField("", "Till exempel förbundschefen")
        self.due = DateField(today=today)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(8))
        column.addWidget(self.task)
        column.addWidget(
            FormLine((FormRow("Ansvarig", self.responsible), 3), (FormRow("Senast", self.due), 2))
        )
        self.task.edited.connect(self._task_edited)
        self.responsible.edited.connect(self._responsible_edited)
        self.due.changed.connect(self._due_changed)

    def show_follow_up(self, follow_up: FollowUp | None) -> None:
        """Show what is to be done."""
        self._follow_up = follow_up or FollowUp()
        self.task.set_text(self._follow_up.task)
        self.responsible.set_text(self._follow_up.responsible)
        if not (self.due.hasFocus() and self.due.isModified()):
            self.due.set_value(self._follow_up.due)

    def flush(self) -> None:
        """Take in what is written but not yet left."""
        self.task.flush()
        self.responsible.flush()
        if self.due.isModified():
            self.due.editingFinished.emit()

    def _task_edited(self, text: str) -> None:
        self._emit(replace(self._follow_up, task=text.strip()))

    def _responsible_edited(self, text: str) -> None:
        self._emit(replace(self._follow_up, responsible=text.strip()))

    def _due_changed(self, day: date | None) -> None:
        self._emit(replace(self._follow_up, due=day))

    def _emit(self, follow_up: FollowUp) -> None:
        self._follow_up = follow_up
        self.edited.emit(follow_up if follow_up != FollowUp() else None)
