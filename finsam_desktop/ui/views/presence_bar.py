"""Under the grid: the person and paragraph at hand, with buttons for what the keys do, and times to write."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from finsam_desktop.domain.association import BOARD_ROLES, Role
from finsam_desktop.domain.attendance import Presence
from finsam_desktop.ui.models import attendance_edits as edits
from finsam_desktop.ui.models.attendance_grid import Cell, CellKind, GridColumn, GridRow
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.open_meeting import OpenMeeting
from finsam_desktop.ui.views.presence_grid import paint_bar
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.fields import ChoiceField, TimeField
from finsam_desktop.ui.widgets.recipients import FlowLayout
from finsam_desktop.ui.widgets.surfaces import Label, Pane
from finsam_desktop.ui.widgets.text_edits import TextField

KEYS = (("F", "Frånvarande"), ("K", "Kom hit"), ("G", "Gick efter"), ("J", "Jäv"), (" ", "Ångra undantaget"))


class PresenceBar(Pane):
    """``key_pressed(letter)`` for a button, ``attendance_edited(label, Attendance)`` for a field."""

    key_pressed = Signal(str)
    attendance_edited = Signal(str, object)

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__("sunk", "top", parent)
        theme = current_theme()
        self._desk = desk
        self._row: GridRow | None = None
        self._column: GridColumn | None = None
        self._who = Label("", "body_medium", wrap=True)
        self._buttons = []
        buttons = QWidget()
        flow = FlowLayout(buttons, theme.px(2))
        flow.setContentsMargins(0, 0, 0, 0)
        for letter, text in KEYS:
            button = link_button(text)
            button.setProperty("letter", letter)
            button.setToolTip("Mellanslag" if letter == " " else f"Tangent {letter}")
            button.clicked.connect(self._pressed)
            self._buttons.append(button)
            flow.addWidget(button)
        flow.addWidget(QWidget())
        self.arrived, self.left = TimeField(), TimeField()
        self.serving = ChoiceField()
        self.distance = QCheckBox("På distans")
        self.reason = TextField("", "Skäl till jävet")
        self._parts: dict[str, QWidget] = {
            "arrived": self._labelled("Kom klockan", self.arrived, 64),
            "left": self._labelled("Gick klockan", self.left, 64),
            "serving": self._labelled("Tjänstgör för", self.serving, 180),
            "reason": self._labelled("Skäl till jävet", self.reason, 260),
        }
        fields = QHBoxLayout()
        fields.setSpacing(theme.px(16))
        for part in self._parts.values():
            fields.addWidget(part)
        fields.addWidget(self.distance)
        fields.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(8), theme.px(12), theme.px(8))
        column.setSpacing(theme.px(4))
        head = QHBoxLayout()
        head.addWidget(self._who)
        head.addWidget(buttons, 1)
        column.addLayout(head)
        column.addLayout(fields)
        self.arrived.changed.connect(self._arrived_changed)
        self.left.changed.connect(self._left_changed)
        self.serving.chosen.connect(self._serving_chosen)
        self.distance.clicked.connect(self._distance_clicked)
        self.reason.edited.connect(self._reason_edited)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_cell(self, row: GridRow | None, column: GridColumn | None) -> None:
        """Show what can be said about a person at a paragraph."""
        self._row, self._column = row, column
        usable = row is not None and bool(row.person_id) and column is not None
        self._who.setText(
            f"{row.name}, §\u00a0{column.paragraph}" if usable and row and column else "Välj en person"
        )
        for button in self._buttons:
            button.setEnabled(usable and not self._desk.locked)
        attendance, day = self._desk.meeting.attendance, self._desk.meeting.date
        person_id = row.person_id if row is not None else ""
        presence = attendance.of(person_id) or Presence(person_id=person_id)
        conflict = attendance.conflict(person_id, column.item_id) if column is not None else None
        deputy = any(a.person_id == person_id for a in self._desk.association.appointed(day, Role.DEPUTY))
        self.arrived.set_value(presence.arrived_at)
        self.left.set_value(presence.left_at)
        self.distance.setChecked(presence.distance)
        self.reason.set_text(conflict.reason if conflict is not None else "")
        if deputy:
            self.serving.set_choices((("", "Ingen"), *self._seats()))
            self.serving.set_value(presence.serving_for)
        shown = {
            "arrived": bool(presence.from_item),
            "left": bool(presence.to_item),
            "serving": deputy,
            "reason": conflict is not None,
        }
        for name, part in self._parts.items():
            part.setVisible(usable and shown[name])
            part.setEnabled(not self._desk.locked)
        self.distance.setVisible(usable)
        self.distance.setEnabled(not self._desk.locked)

    def flush(self) -> None:
        """Take in what is written but not yet left."""
        self.reason.flush()
        for field in (self.arrived, self.left):
            if field.isModified():
                field.editingFinished.emit()

    def _labelled(self, text: str, field: QWidget, width: int) -> QWidget:
        theme = current_theme()
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        label = Label(text, "label", "text2")
        label.setBuddy(field)
        field.setAccessibleName(text)
        field.setFixedWidth(theme.px(width))
        row.addWidget(label)
        row.addWidget(field)
        return part

    def _seats(self) -> tuple[tuple[str, str], ...]:
        association, day = self._desk.association, self._desk.meeting.date
        people = (association.person(a.person_id) for a in association.appointed(day, *BOARD_ROLES))
        return tuple({person.id: person.name for person in people if person is not None}.items())

    # -- changing -------------------------------------------------------------------------------------

    def _pressed(self) -> None:
        self.key_pressed.emit(str(self.sender().property("letter")))

    def _edit(self, label: str, **fields: object) -> None:
        row = self._row
        if row is None or not row.person_id or self._desk.locked:
            return
        attendance = self._desk.meeting.attendance
        presence = attendance.of(row.person_id) or Presence(person_id=row.person_id)
        others = tuple(p for p in attendance.presences if p.person_id != row.person_id)
        new = replace(presence, **fields)  # type: ignore[arg-type]
        self.attendance_edited.emit(label, replace(attendance, presences=(*others, new)))

    def _arrived_changed(self, at: time | None) -> None:
        self._edit("Ändra när någon kom", arrived_at=at)

    def _left_changed(self, at: time | None) -> None:
        self._edit("Ändra när någon gick", left_at=at)

    def _serving_chosen(self, for_id: str) -> None:
        row = self._row
        if row is None or self._desk.locked:
            return
        if for_id:
            new = edits.serving(self._desk.meeting.attendance, row.person_id, for_id)
            self.attendance_edited.emit(f"{row.name} tjänstgör", new)
        else:
            self._edit(f"{row.name} tjänstgör inte", serving_for="")

    def _distance_clicked(self, checked: bool) -> None:
        self._edit("Ändra deltagande på distans", distance=checked)

    def _reason_edited(self, text: str) -> None:
        row, column = self._row, self._column
        if row is None or column is None:
            return
        attendance = self._desk.meeting.attendance
        conflicts = tuple(
            replace(c, reason=text.strip())
            if (c.person_id, c.item_id) == (row.person_id, column.item_id)
            else c
            for c in attendance.conflicts
        )
        self.attendance_edited.emit("Ändra skäl till jäv", replace(attendance, conflicts=conflicts))


class _Sample(QWidget):
    """A piece of bar for the legend."""

    def __init__(self, kind: CellKind) -> None:
        super().__init__()
        self._kind = kind

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(30), current_theme().px(14))

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = Cell(kind=self._kind, starts=True, ends=True)
        paint_bar(painter, current_theme(), QRect(0, 0, self.width(), self.height()), cell)
        painter.end()


class PresenceLegend(Pane):
    """What bar and line mean, and the keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("base", "top", parent)
        theme = current_theme()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(7), theme.px(16), theme.px(7))
        row.setSpacing(theme.px(8))
        for kind, word in ((CellKind.SERVING, "Tjänstgör"), (CellKind.PRESENT, "Närvarar")):
            row.addWidget(_Sample(kind))
            row.addWidget(Label(word, "meta", "text2"))
            row.addSpacing(theme.px(8))
        row.addStretch(1)
        row.addWidget(Label("F frånvarande   K kom   G gick   J jäv   Mellanslag ångrar", "meta", "text2"))
