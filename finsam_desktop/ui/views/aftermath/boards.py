"""Anslag: one row for every board, the chosen row's facts, and the text to send."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain import adjusting, deadlines, notices, wording
from finsam_desktop.domain.meeting import PublicNotice
from finsam_desktop.ui.models.cells_model import KEY_ROLE, CellsModel, TableCell, TableColumn
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.facts import brief
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.buttons import link_button, secondary_button
from finsam_desktop.ui.widgets.fields import ChoiceField, DateField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead
from finsam_desktop.ui.widgets.tables import DataTable
from finsam_desktop.ui.widgets.text_edits import TextField

COLUMNS = tuple(
    TableColumn(title=title) for title in ("Anslagstavla", "Uppsatt", "Tas ned tidigast", "Bevis", "")
)
VERB = 4
NOT_YET = "Anslagen sätts upp när protokollet är justerat, hos varje kommun och region (19 § finsamlagen)."


class BoardsSection(QWidget):
    """The boards. ``folder`` is where papers are made; ``work_wanted`` asks the step to make them."""

    papers_wanted = Signal(tuple)

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._desk = desk
        self._shown: str = ""
        self.head = SectionHead("Anslag")
        self.which = ChoiceField()
        self._which_row = FormRow("Anslag om", self.which)
        self.late = Label("", "body", "text2", wrap=True)
        self.table = DataTable("Anslagstavlor")
        self.model = CellsModel(COLUMNS, parent=self.table)
        self.table.setModel(self.model)
        self.table.stretch_column(0)
        self.papers = secondary_button("Skapa anslag och mejlutkast", "mail")
        self.copy = link_button("Kopiera texten")
        self.posted = DateField(today=desk.today)
        self.removed = DateField(today=desk.today)
        self.posted_by = TextField()
        self.address = TextField(placeholder="www.kommunen.se/anslagstavla")
        self.evidence = TextField(placeholder="Bekräftat i mejl")
        self.of_board = QWidget()
        self._board_name = Label("", "body_medium")
        form = QVBoxLayout(self.of_board)
        form.setContentsMargins(0, theme.px(4), 0, 0)
        form.setSpacing(theme.px(8))
        form.addWidget(self._board_name)
        self.posted_row = FormRow("Uppsatt den", self.posted)
        form.addWidget(
            FormLine(
                (self.posted_row, 1),
                (FormRow("Nedtaget den", self.removed), 1),
                (FormRow("Av", self.posted_by), 1),
            )
        )
        form.addWidget(
            FormLine(
                (FormRow("Länk till anslaget", self.address), 1), (FormRow("Annat bevis", self.evidence), 1)
            )
        )
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.papers)
        row.addWidget(self.copy)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for widget in (self.head, self.late, self._which_row, self.table, self.of_board, buttons):
            column.addWidget(widget)
        self.table.verb_clicked.connect(self._pressed)
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.which.chosen.connect(self._which_chosen)
        self.papers.clicked.connect(self._papers_pressed)
        self.copy.clicked.connect(self._copy_pressed)
        self.posted.changed.connect(self._posted_changed)
        self.removed.changed.connect(self._removed_changed)
        self.posted_by.edited.connect(self._by_edited)
        self.address.edited.connect(self._address_edited)
        self.evidence.edited.connect(self._evidence_edited)

    @property
    def items(self) -> tuple[str, ...]:
        """The immediately adjusted items whose boards are shown; empty for the minutes."""
        value = self.which.value()
        return value if isinstance(value, tuple) else ()

    def rows(self) -> tuple[notices.BoardRow, ...]:
        """The boards as they are shown."""
        return notices.rows(self._desk.stored, self._desk.association, self.items)

    def refresh(self) -> None:
        """Show what is known of every board."""
        desk = self._desk
        apart = deadlines.announced_apart(desk.stored)
        self._show_choices(apart)
        adjusted = deadlines.adjusted_day(desk.stored, self.items) is not None
        rows = self.rows()
        can_write = adjusted and not desk.session.read_only
        self.model.set_table(COLUMNS, tuple(_cells(row, adjusted, can_write, desk.today) for row in rows))
        self.table.fit_height()
        up = sum(1 for row in rows if row.posted)
        self.head.set_title(f"Anslag på {wording.number_word(len(rows))} anslagstavlor")
        self.head.set_fact(f"{up} av {len(rows)} uppsatta")
        self._show_late(rows, adjusted)
        left = len(rows) - up
        self.papers.setVisible(can_write and bool(left))
        self.copy.setVisible(adjusted and bool(rows))
        self._show_board(rows, can_write)

    def _show_choices(self, apart: tuple[tuple[str, ...], ...]) -> None:
        sections = self._desk.sections()
        choices: list[tuple[object, str]] = [((), "hela protokollet")]
        for items in apart:
            label = notices.numbering.section_label(sections[i] for i in items if i in sections)
            choices.append((items, f"{label}, omedelbart justerad"))
        kept = self.which.value()
        if [value for value, _ in choices] != self.which._values:
            self.which.set_choices(tuple(choices))
            first = apart[-1] if apart and self._desk.stored.adjusted_on is None else ()
            self.which.set_value(kept if kept in [value for value, _ in choices] and kept else first)
        self._which_row.setVisible(len(choices) > 1)

    def _show_late(self, rows: tuple[notices.BoardRow, ...], adjusted: bool) -> None:
        left = [row for row in rows if not row.posted]
        text, warn = "", False
        if not rows:
            text = "Förbundet har ingen kommun eller region bland medlemmarna. Lägg in dem under Förbundet."
        elif not adjusted:
            text = NOT_YET
        elif left and left[0].latest is not None:
            last = left[0].latest
            text = f"Anslag återstår på {len(left)} av {len(rows)} anslagstavlor, senast {wording.short_date(last)}."
            warn = last <= self._desk.today
        elif rows[0].down is not None:
            text = f"Anslagen får tas ned tidigast {wording.short_date(rows[0].down)}. Då har besluten fått laga kraft."
        self.late.setText(text)
        self.late.set_look("body_medium" if warn else "body", "warn" if warn else "text2")
        self.late.setVisible(bool(text))

    # -- the chosen board -----------------------------------------------------------------------------

    def _row(self) -> notices.BoardRow | None:
        rows = self.rows()
        return next((row for row in rows if row.member.id == self._shown), None)

    def _show_board(self, rows: tuple[notices.BoardRow, ...], can_write: bool) -> None:
        if rows and self._shown not in [row.member.id for row in rows]:
            self._shown = next((row.member.id for row in rows if not row.posted), rows[0].member.id)
        row = self._row()
        self.of_board.setVisible(row is not None and can_write)
        if row is None:
            return
        place = [one.member.id for one in rows].index(row.member.id)
        if can_write and self.table.currentIndex().row() != place:
            self.table.selectRow(place)
        notice = row.notice
        sent = f", texten skickad {brief(notice.sent_on)}" if notice.sent_on is not None else ""
        self._board_name.setText(f"{row.member.name}{sent}")
        for field, day in ((self.posted, notice.posted), (self.removed, notice.removed)):
            if not (field.hasFocus() and field.isModified()):
                field.set_value(day)
        self.posted_by.set_text(notice.posted_by)
        self.address.set_text(notice.address)
        self.evidence.set_text(notice.evidence)

    def flush(self) -> None:
        """Take in what is being typed."""
        for field in (self.posted_by, self.address, self.evidence):
            field.flush()

    def _row_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        rows = self.rows()
        if 0 <= current.row() < len(rows) and rows[current.row()].member.id != self._shown:
            self.flush()
            self._shown = rows[current.row()].member.id
            self._show_board(rows, self.of_board.isVisibleTo(self))

    def _which_chosen(self, _value: object) -> None:
        self.flush()
        self.refresh()

    def _pressed(self, index: QModelIndex) -> None:
        member_id = str(index.data(KEY_ROLE) or "")
        row = next((one for one in self.rows() if one.member.id == member_id), None)
        if row is None:
            return
        self._shown = member_id
        new = None if row.posted else self._desk.today
        self._record(row, replace(row.notice, posted=new), "uppsatt" if new else "inte uppsatt")

    def _posted_changed(self, day: date | None) -> None:
        row = self._row()
        if row is not None and day != row.notice.posted:
            self._record(row, replace(row.notice, posted=day), "uppsatt" if day else "inte uppsatt")

    def _removed_changed(self, day: date | None) -> None:
        row = self._row()
        if row is not None and day != row.notice.removed:
            self._record(row, replace(row.notice, removed=day), "nedtaget" if day else "inte nedtaget")

    def _by_edited(self, text: str) -> None:
        row = self._row()
        if row is not None:
            self._record(row, replace(row.notice, posted_by=text.strip()), "vem som satte upp det")

    def _address_edited(self, text: str) -> None:
        row = self._row()
        if row is not None:
            self._record(row, replace(row.notice, address=text.strip()), "länk")

    def _evidence_edited(self, text: str) -> None:
        row = self._row()
        if row is not None:
            self._record(row, replace(row.notice, evidence=text.strip()), "bevis")

    def _record(self, row: notices.BoardRow, notice: PublicNotice, what: str) -> None:
        if notice != row.notice:
            after = adjusting.post(self._desk.stored, self._desk.association, notice)
            self._desk.change_stored(f"{row.member.name}: anslaget {what}", after)

    # -- the text -------------------------------------------------------------------------------------

    def _papers_pressed(self) -> None:
        self.papers_wanted.emit(self.items)

    def _copy_pressed(self) -> None:
        row = self._row()
        if row is None:
            return
        desk = self._desk
        message = notices.message(desk.stored, desk.association, desk.meetings, row.member, self.items)
        QApplication.clipboard().setText(f"{message.subject}\n\n{message.body}")
        desk.tell(f"Texten till {row.member.name} är kopierad.")


def papers_made(desk: OpenMeeting, folder: Path, count: int) -> None:
    """Tell that the announcements lie in a folder."""
    word = "anslag" if count == 1 else f"{wording.number_word(count)} anslag"
    desk.shell.notify(Notice(text=f"Skapade {word} med mejlutkast i mappen {folder.name}.", state=State.DONE))


def _cells(row: notices.BoardRow, adjusted: bool, can_write: bool, today: date) -> tuple[TableCell, ...]:
    notice, last = row.notice, row.latest
    tone = None
    if notice.posted is not None:
        state, text = State.DONE, brief(notice.posted)
    elif adjusted and last is not None and last <= today:
        state, tone = State.DATE_WARN, "warn"
        text = "Senast i dag" if last == today else f"Skulle varit uppe {brief(last)}"
    else:
        state, text, tone = State.NOT_BEGUN, "Inte uppsatt", "text2"
    if notice.removed is not None:
        down = f"Nere {brief(notice.removed)}"
    else:
        down = brief(row.down) if row.down is not None and row.posted else "–"
    proof = (
        "Länk sparad"
        if notice.address
        else notice.evidence or (f"Av {notice.posted_by}" if notice.posted_by else "")
    )
    verb = "" if not can_write else "Ta bort dagen" if row.posted else "Uppsatt i dag"
    return (
        TableCell(text=row.member.name),
        TableCell(text=text, state=state, tone=tone, strong=tone == "warn"),  # type: ignore[arg-type]
        TableCell(text=down),
        TableCell(text=proof or "–", tone=None if proof else "text2"),
        TableCell(text=verb, verb=bool(verb), key=row.member.id),
    )
