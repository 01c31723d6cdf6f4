"""Under the grid: the person and paragraph at hand, with buttons for what the keys do, and what can be written."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from finsam_desktop.domain import recording
from finsam_desktop.domain.association import BOARD_ROLES, Role
from finsam_desktop.domain.attendance import (
    Away,
    ConflictOfInterest,
    Presence,
    Ruling,
    deciders,
    suggested_deputies,
)
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.ui.actions import ACTIONS, LETTER_NAMES
from finsam_desktop.ui.models.attendance_grid import Cell, CellKind, GridColumn, GridRow
from finsam_desktop.ui.models.attendance_keys import with_presence
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.record.presence_painting import paint_bar
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.fields import ChoiceField, TimeField
from finsam_desktop.ui.widgets.prose_line import ProseLine
from finsam_desktop.ui.widgets.recipients import FlowLayout
from finsam_desktop.ui.widgets.surfaces import Label, Pane

RULINGS = (
    (Ruling.UNDISPUTED, "Anmält, inte ifrågasatt"),
    (Ruling.IN_CONFLICT, "Styrelsen: jävig"),
    (Ruling.NOT_IN_CONFLICT, "Styrelsen: inte jävig"),
)


SHORT = {"mark_arrived": "Kom", "mark_left": "Gick", "mark_distance": "Distans", "mark_toggle": "Ångra"}
"""Shorter words where all must stand on one line; menus say the whole."""


class PresenceBar(Pane):
    """``key_pressed(letter)`` for a button, ``meeting_edited(label, Meeting)`` for a field, ``done()`` when the
    writer goes back to the grid (Enter or Esc)."""

    key_pressed = Signal(str)
    meeting_edited = Signal(str, object)
    done = Signal()

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__("sunk", "top", parent)
        theme = current_theme()
        self._desk = desk
        self._row: GridRow | None = None
        self._column: GridColumn | None = None
        self._who = Label("", "body_medium")
        self._buttons = []
        buttons = QWidget()
        flow = FlowLayout(buttons, theme.px(2))
        flow.setContentsMargins(0, 0, 0, 0)
        flow.addWidget(self._who)
        for spec in ACTIONS:
            if not spec.id.startswith("mark_"):
                continue
            button = link_button(SHORT.get(spec.id, spec.text))
            button.setAccessibleName(spec.text)
            button.setProperty("letter", spec.letter)
            button.setToolTip(f"{spec.hint}. Tangent: {LETTER_NAMES.get(spec.letter, spec.letter)}")
            button.clicked.connect(self._pressed)
            self._buttons.append(button)
            flow.addWidget(button)
        self._who.setMinimumHeight(self._buttons[0].sizeHint().height())
        flow.addWidget(QWidget())
        self._make_fields()
        fields = QWidget()
        line = FlowLayout(fields, theme.px(8))
        line.setContentsMargins(0, 0, 0, 0)
        for part in self._parts.values():
            line.addWidget(part)
        line.addWidget(QWidget())
        self._fields = fields
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(6), theme.px(12), theme.px(6))
        column.setSpacing(theme.px(4))
        column.addWidget(buttons)
        column.addWidget(fields)
        self._connect()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _make_fields(self) -> None:
        self.arrived, self.left, self.out_left, self.out_back = (TimeField() for _ in range(4))
        self.lost = QCheckBox("Tappade anslutningen")
        self.serving = ChoiceField()
        self.distance, self.audio_only = QCheckBox("På distans"), QCheckBox("Bara ljud")
        self.leads = QCheckBox("Vald att leda mötet")
        self.audio_reason = ProseLine("", "Skäl till bara ljud")
        self.reason = ProseLine("", "Till exempel part i avtalet")
        self.substitute = ChoiceField()
        self.ruling = ChoiceField(RULINGS)
        self._parts: dict[str, QWidget] = {
            "reason": self._labelled("Skäl till jävet", self.reason, 240),
            "substitute": self._labelled("Ersätts av", self.substitute, 170),
            "ruling": self._labelled("Prövning", self.ruling, 180),
            "arrived": self._labelled("Kom klockan", self.arrived, 64),
            "left": self._labelled("Gick klockan", self.left, 64),
            "out_left": self._labelled("Ute från", self.out_left, 64),
            "out_back": self._labelled("till", self.out_back, 64),
            "lost": self.lost,
            "serving": self._labelled("Tjänstgör för", self.serving, 180),
            "leads": self.leads,
            "distance": self.distance,
            "audio_only": self.audio_only,
            "audio_reason": self._labelled("Skäl", self.audio_reason, 240),
        }

    def _connect(self) -> None:
        self.arrived.changed.connect(self._arrived_changed)
        self.left.changed.connect(self._left_changed)
        self.out_left.changed.connect(self._out_left_changed)
        self.out_back.changed.connect(self._out_back_changed)
        self.lost.clicked.connect(self._lost_clicked)
        self.serving.chosen.connect(self._serving_chosen)
        self.distance.clicked.connect(self._distance_clicked)
        self.audio_only.clicked.connect(self._audio_clicked)
        self.audio_reason.edited.connect(self._audio_reason_edited)
        self.leads.clicked.connect(self._leads_clicked)
        self.reason.edited.connect(self._reason_edited)
        self.substitute.chosen.connect(self._substitute_chosen)
        self.ruling.chosen.connect(self._ruling_chosen)
        for field in self._all_fields():
            field.installEventFilter(self)

    def _all_fields(self) -> tuple[QWidget, ...]:
        return (
            self.reason, self.substitute, self.ruling, self.arrived, self.left, self.out_left, self.out_back,
            self.lost, self.serving, self.leads, self.distance, self.audio_only, self.audio_reason,
        )  # fmt: skip

    # -- what the step uses ---------------------------------------------------------------------------

    def show_cell(self, row: GridRow | None, column: GridColumn | None) -> None:
        """Show what can be said about a person at a paragraph."""
        self._row, self._column = row, column
        usable = row is not None and bool(row.person_id) and column is not None
        self._who.setText(
            f"{row.name}, §\u00a0{column.paragraph}" if usable and row and column else "Välj en person"
        )
        for button in self._buttons:
            button.setEnabled(usable and not self._desk.locked)
        presence, conflict, away = self._presence(), self._conflict(), self._away()
        deputy = self._is_deputy()
        self.arrived.set_value(presence.arrived_at)
        self.left.set_value(presence.left_at)
        self.out_left.set_value(away.left_at if away is not None else None)
        self.out_back.set_value(away.back_at if away is not None else None)
        self.lost.setChecked(away is not None and away.lost_connection)
        self.distance.setChecked(presence.distance)
        self.audio_only.setChecked(presence.audio_only)
        self.audio_reason.set_text(presence.audio_reason)
        self.leads.setChecked(
            bool(presence.person_id) and presence.person_id == self._desk.meeting.chaired_by
        )
        if conflict is not None:
            self.reason.set_text(conflict.reason)
            self.substitute.set_choices((("", "Ingen"), *self._substitutes(conflict.substitute_id)))
            self.substitute.set_value(conflict.substitute_id)
            self.ruling.set_value(conflict.ruling)
        if deputy:
            self.serving.set_choices((("", "Ingen"), *self._seats()))
            self.serving.set_value(presence.serving_for)
        shown = {
            "arrived": bool(presence.from_item),
            "left": bool(presence.to_item),
            "out_left": away is not None,
            "out_back": away is not None,
            "lost": away is not None,
            "serving": deputy,
            "leads": self._may_lead(),
            "distance": presence.present and presence.distance,
            "audio_only": presence.present and presence.distance,
            "audio_reason": presence.present and presence.distance and presence.audio_only,
            "reason": conflict is not None,
            "substitute": conflict is not None and conflict.ruling is not Ruling.NOT_IN_CONFLICT,
            "ruling": conflict is not None,
        }
        for name, part in self._parts.items():
            part.setVisible(usable and shown[name])
            part.setEnabled(not self._desk.locked)
        self._fields.setVisible(usable and any(shown.values()))
        self._fields.updateGeometry()

    def focus_first(self) -> bool:
        """Put the focus in the first field that is shown; False when none is."""
        for field in self._all_fields():
            if field.isVisible() and field.isEnabled():
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def flush(self) -> None:
        """Take in what is written but not yet left."""
        self.reason.flush()
        self.audio_reason.flush()
        for field in (self.arrived, self.left, self.out_left, self.out_back):
            if field.isModified():
                field.editingFinished.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not event.modifiers():
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
                self.flush()
                self.done.emit()
                return True
        return super().eventFilter(watched, event)

    # -- what is ---------------------------------------------------------------------------------------

    def _presence(self) -> Presence:
        person_id = self._row.person_id if self._row is not None else ""
        return self._desk.meeting.attendance.of(person_id) or Presence(person_id=person_id)

    def _conflict(self) -> ConflictOfInterest | None:
        if self._row is None or self._column is None:
            return None
        return self._desk.meeting.attendance.conflict(self._row.person_id, self._column.item_id)

    def _away(self) -> Away | None:
        """The time out of the room that the paragraph at hand falls in."""
        order = [item.id for item in self._desk.meeting.items]
        if self._column is None or self._column.item_id not in order:
            return None
        place = order.index(self._column.item_id)
        for one in self._presence().away:
            if one.from_item in order and one.to_item in order:
                if order.index(one.from_item) <= place <= order.index(one.to_item):
                    return one
        return None

    def _is_deputy(self) -> bool:
        person_id = self._row.person_id if self._row is not None else ""
        day = self._desk.meeting.date
        return any(a.person_id == person_id for a in self._desk.association.appointed(day, Role.DEPUTY))

    def _may_lead(self) -> bool:
        """Whether the person has been chosen to lead, or can be: neither the chair nor a vice chair is there."""
        desk = self._desk
        if self._row is None or self._column is None or not self._row.person_id:
            return False
        if self._row.person_id == desk.meeting.chaired_by:
            return True
        deciding = deciders(desk.meeting, desk.association, self._column.item_id)
        chairs = (Role.CHAIR, Role.VICE_CHAIR)
        there = any(one.person_id == self._row.person_id for one in deciding)
        return there and not any(one.role in chairs for one in deciding)

    def _seats(self) -> tuple[tuple[str, str], ...]:
        association, day = self._desk.association, self._desk.meeting.date
        people = (association.person(a.person_id) for a in association.appointed(day, *BOARD_ROLES))
        return tuple({person.id: person.name for person in people if person is not None}.items())

    def _substitutes(self, chosen: str) -> tuple[tuple[str, str], ...]:
        """Those who can step in, in order of turn, and the one who is noted."""
        desk = self._desk
        if self._row is None or self._column is None:
            return ()
        offered = suggested_deputies(
            desk.meeting, desk.association, self._row.person_id, self._column.item_id
        )
        ids = dict.fromkeys((*(one.person_id for one in offered), *((chosen,) if chosen else ())))
        people = (desk.association.person(one) for one in ids)
        return tuple((person.id, person.name) for person in people if person is not None)

    def _labelled(self, text: str, field: QWidget, width: int) -> QWidget:
        theme = current_theme()
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, theme.px(8), 0)
        row.setSpacing(theme.px(6))
        label = Label(text, "label", "text2")
        label.setBuddy(field)
        field.setAccessibleName(text)
        field.setFixedWidth(theme.px(width))
        row.addWidget(label)
        row.addWidget(field)
        return part

    # -- changing -------------------------------------------------------------------------------------

    def _pressed(self) -> None:
        self.key_pressed.emit(str(self.sender().property("letter")))

    def _edit(self, label: str, **fields: Any) -> None:
        if self._row is None or not self._row.person_id or self._desk.locked:
            return
        new = with_presence(self._desk.meeting, replace(self._presence(), **fields))
        self.meeting_edited.emit(label, new)

    def _edit_away(self, **fields: Any) -> None:
        one = self._away()
        if one is not None:
            away = tuple(replace(a, **fields) if a is one else a for a in self._presence().away)
            self._edit("Ändra när någon var ute", away=away)

    def _edit_conflict(self, label: str, **fields: Any) -> None:
        found, meeting = self._conflict(), self._desk.meeting
        if found is None or self._desk.locked:
            return
        changed = tuple(
            replace(one, **fields) if one is found else one for one in meeting.attendance.conflicts
        )
        self._emit(label, replace(meeting, attendance=replace(meeting.attendance, conflicts=changed)))

    def _emit(self, label: str, meeting: Meeting) -> None:
        self.meeting_edited.emit(label, meeting)

    def _arrived_changed(self, at: time | None) -> None:
        self._edit("Ändra när någon kom", arrived_at=at)

    def _left_changed(self, at: time | None) -> None:
        self._edit("Ändra när någon gick", left_at=at)

    def _out_left_changed(self, at: time | None) -> None:
        self._edit_away(left_at=at)

    def _out_back_changed(self, at: time | None) -> None:
        self._edit_away(back_at=at)

    def _lost_clicked(self, checked: bool) -> None:
        self._edit_away(lost_connection=checked)

    def _serving_chosen(self, for_id: str) -> None:
        row, meeting = self._row, self._desk.meeting
        if row is None or self._desk.locked:
            return
        alone = recording.serves_nobody(meeting, row.person_id)
        if for_id:
            self._emit(f"{row.name} tjänstgör", recording.serves(alone, row.person_id, for_id))
        else:
            self._emit(f"{row.name} tjänstgör inte", alone)

    def _distance_clicked(self, checked: bool) -> None:
        row, meeting = self._row, self._desk.meeting
        if row is not None and not self._desk.locked:
            change = recording.at_distance if checked else recording.in_the_room
            self._emit("Ändra deltagande på distans", change(meeting, row.person_id))

    def _leads_clicked(self, checked: bool) -> None:
        row, meeting = self._row, self._desk.meeting
        if row is not None and not self._desk.locked:
            chosen = recording.led_by(meeting, row.person_id if checked else "")
            self._emit("Ändra vem som leder mötet", chosen)

    def _audio_clicked(self, checked: bool) -> None:
        reason = self._presence().audio_reason if checked else ""
        self._edit("Ändra deltagande på distans", audio_only=checked, audio_reason=reason)

    def _audio_reason_edited(self, text: str) -> None:
        self._edit("Ändra skäl till bara ljud", audio_reason=text.strip())

    def _reason_edited(self, text: str) -> None:
        self._edit_conflict("Ändra skäl till jäv", reason=text.strip())

    def _substitute_chosen(self, person_id: str) -> None:
        self._edit_conflict("Ändra vem som går in vid jäv", substitute_id=person_id)

    def _ruling_chosen(self, ruling: Ruling) -> None:
        self._edit_conflict("Ändra prövning av jäv", ruling=ruling)


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
        row.addWidget(
            Label("Bokstäver antecknar, siffror går till paragrafen. Ctrl+F1 visar alla.", "meta", "text2")
        )
