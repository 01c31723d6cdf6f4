"""Efter mötet: the ladder of stages, the adjustment, and the announcement on every board."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QWidget

from finsam_desktop.domain import deadlines, numbering, wording
from finsam_desktop.domain.association import Role
from finsam_desktop.domain.meeting import Meeting, MeetingState, PublicNotice
from finsam_desktop.ui.models.cells_model import KEY_ROLE, CellsModel, TableCell, TableColumn
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting_facts import brief
from finsam_desktop.ui.views.open_meeting import OpenMeeting
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.views.stage_ladder import Stage, StageLadder
from finsam_desktop.ui.widgets.buttons import link_button, primary_button
from finsam_desktop.ui.widgets.fields import DateField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead
from finsam_desktop.ui.widgets.tables import DataTable

NEXT = {
    MeetingState.DRAFT: (MeetingState.NOTIFIED, "Kallelsen är skickad"),
    MeetingState.NOTIFIED: (MeetingState.HELD, "Mötet är genomfört"),
    MeetingState.HELD: (MeetingState.MINUTES, "Protokollet är skrivet"),
    MeetingState.MINUTES: (MeetingState.ADJUSTED, "Protokollet är justerat"),
    MeetingState.ADJUSTED: (MeetingState.ANNOUNCED, "Anslagen är uppsatta"),
    MeetingState.ANNOUNCED: (MeetingState.ARCHIVED, "Handlingarna är arkiverade"),
}
BOARD_COLUMNS = tuple(TableColumn(title=t) for t in ("Anslagstavla", "Uppsatt", "Tas ned tidigast", ""))
ADJUSTER_COLUMNS = tuple(TableColumn(title=t) for t in ("Namn", "Roll", "Datum"))


class AftermathStep(Page):
    """The step Efter mötet."""

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__("Efter mötet", text_width=860, parent=parent)
        theme = current_theme()
        self._desk = desk
        self.ladder = StageLadder()
        self.forward = primary_button("")
        self.back = link_button("")
        self._explain = Label("", "meta", "text2", wrap=True)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.forward)
        row.addWidget(self.back)
        row.addWidget(self._explain, 1)
        self.adjusted_on = DateField(today=desk.today)
        self._adjusted_row = FormRow("Protokollet justerades", self.adjusted_on)
        self.adjusters = DataTable("Justerare")
        self._adjusters_model = CellsModel(ADJUSTER_COLUMNS, parent=self.adjusters)
        self.adjusters.setModel(self._adjusters_model)
        self.adjusters.stretch_column(0)
        self.boards = DataTable("Anslagstavlor")
        self._boards_model = CellsModel(BOARD_COLUMNS, parent=self.boards)
        self.boards.setModel(self._boards_model)
        self.boards.stretch_column(0)
        self.posted = DateField(desk.today, today=desk.today)
        self._posted_row = FormRow("Dag som anslaget sattes upp", self.posted)
        self._adjustment, self._notices = SectionHead("Justering"), SectionHead("Anslag")
        self._late = Label("", "body", "text2", wrap=True)
        self._dispatch = SectionHead("Expediering")
        self.dispatched = DataTable("Expediering")
        columns = tuple(TableColumn(title=title) for title in ("§", "Ärende", "Mottagare"))
        self._dispatch_columns = columns
        self._dispatch_model = CellsModel(columns, parent=self.dispatched)
        self.dispatched.setModel(self._dispatch_model)
        self.dispatched.stretch_column(2)
        self.add(self.ladder)
        self.add(buttons, space_before=4)
        self.add(self._adjustment, space_before=16)
        self.add(FormLine((self._adjusted_row, 1), (QWidget(), 2)))
        self.add(self.adjusters)
        self.add(self._notices, space_before=16)
        self.add(self._late)
        self.add(FormLine((self._posted_row, 1), (QWidget(), 2)))
        self.add(self.boards)
        self.add(self._dispatch, space_before=16)
        self.add(self.dispatched)
        desk.changed.connect(self.refresh)
        self.forward.clicked.connect(self.go_on)
        self.back.clicked.connect(self.go_back)
        self.adjusted_on.changed.connect(self._adjusted_changed)
        self.boards.verb_clicked.connect(self._board_pressed)
        self.refresh()

    # -- what the page uses ---------------------------------------------------------------------------

    def panes(self) -> tuple[QWidget, ...]:
        return (self,)

    def primary(self) -> object:
        return self.forward

    def show_item(self, _item_id: str) -> None:
        """The step has no items."""

    def mark_field(self, field: str, text: str, state: State) -> None:
        """Show a finding at its field."""
        row = {"adjusted_on": self._adjusted_row, "public_notices": self._posted_row}.get(field)
        if row is not None:
            row.set_remark(text, state)
            self.ensureWidgetVisible(row)

    def refresh(self) -> None:
        """Show how far the meeting has come."""
        meeting, desk = self._desk.meeting, self._desk
        self.ladder.show_stages(stages(meeting, desk))
        following = NEXT.get(meeting.state)
        self.forward.setVisible(following is not None and not desk.session.read_only)
        if following is not None:
            self.forward.setText(following[1])
        before = next((state for state, (after, _w) in NEXT.items() if after is meeting.state), None)
        self.back.setVisible(before is not None and not desk.session.read_only)
        if before is not None:
            self.back.setText(f"Tillbaka till {wording.STATES[before].lower()}")
        adjusting = meeting.state is MeetingState.MINUTES
        self._explain.setText("Paragrafer och bilagor behåller sedan sina nummer." if adjusting else "")
        self._show_adjustment(meeting)
        self._show_boards(meeting)
        self._show_dispatch(meeting)

    # -- stages ---------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """To the next stage; at the adjustment the numbers are frozen."""
        meeting = self._desk.meeting
        following = NEXT.get(meeting.state)
        if following is None:
            return
        state, words = following
        changed = replace(meeting, state=state)
        if state is MeetingState.NOTIFIED:
            changed = replace(changed, notice_date=meeting.notice_date or self._desk.today)
        if state is MeetingState.ADJUSTED:
            sections, bilagor = numbering.freeze(self._desk.meetings, meeting)
            changed = replace(
                changed,
                adjusted_on=meeting.adjusted_on or self._desk.today,
                frozen_paragraphs=sections,
                frozen_attachments=bilagor,
            )
        if self._desk.change(words, changed):
            self._desk.tell(f"{words}.", undo=True)

    def go_back(self) -> None:
        """To the stage before; before the adjustment the numbers follow the order again."""
        meeting = self._desk.meeting
        before = next((state for state, (after, _w) in NEXT.items() if after is meeting.state), None)
        if before is None:
            return
        changed = replace(meeting, state=before)
        if meeting.state is MeetingState.ADJUSTED:
            changed = replace(changed, adjusted_on=None, frozen_paragraphs=(), frozen_attachments=())
        if self._desk.change(f"Tillbaka till {wording.STATES[before].lower()}", changed):
            self._desk.tell(f"Sammanträdet är åter {wording.STATES[before].lower()}.", undo=True)

    # -- showing --------------------------------------------------------------------------------------

    def _show_adjustment(self, meeting: Meeting) -> None:
        association = self._desk.association
        adjusted = deadlines.reached(meeting, MeetingState.ADJUSTED)
        if not (self.adjusted_on.hasFocus() and self.adjusted_on.isModified()):
            self.adjusted_on.set_value(meeting.adjusted_on)
        self._adjusted_row.setVisible(adjusted)
        last = deadlines.adjustment_day(meeting)
        if meeting.adjusted_on is not None:
            days = (last - meeting.adjusted_on).days
            fact = f"{days} dagar före sista dag" if days > 1 else "i tid" if days >= 0 else "efter sista dag"
        else:
            fact = f"Senast {wording.short_date(last)}, {wording.days_from(last, self._desk.today)}"
        self._adjustment.set_fact(fact)
        day = brief(meeting.adjusted_on) if meeting.adjusted_on is not None else "Inte justerat"
        state = State.DONE if meeting.adjusted_on is not None else State.NOT_BEGUN
        chair = association.first_with(meeting.date, Role.CHAIR)
        people = [(chair.name, "Ordförande")] if chair is not None else []
        for adjuster in meeting.adjusters:
            person = association.person(adjuster.person_id)
            people.append((person.name if person is not None else "Okänd person", "Justerare"))
        self._adjusters_model.set_table(
            ADJUSTER_COLUMNS,
            tuple(
                (TableCell(text=n), TableCell(text=r), TableCell(text=day, state=state)) for n, r in people
            ),
        )
        self.adjusters.fit_height()

    def _show_boards(self, meeting: Meeting) -> None:
        desk = self._desk
        boards = deadlines.boards(desk.association)
        posted = {notice.member_id: notice for notice in meeting.public_notices}
        adjusted = deadlines.reached(meeting, MeetingState.ADJUSTED)
        down = deadlines.removal_day(meeting, desk.association)
        last = deadlines.public_notice_day(meeting)
        rows = []
        for board in boards:
            notice = posted.get(board.id)
            day = notice.posted if notice is not None else None
            if day is not None:
                state, text, tone = State.DONE, brief(day), None
            elif adjusted and last is not None and last <= desk.today:
                state, tone = State.DATE_WARN, "warn"
                text = "Senast i dag" if last == desk.today else f"Skulle varit uppe {brief(last)}"
            else:
                state, text, tone = State.NOT_BEGUN, "Inte uppsatt", "text2"
            verb = "" if desk.session.read_only or not adjusted else "Ta bort dagen" if day else "Uppsatt"
            rows.append(
                (
                    TableCell(text=board.name),
                    TableCell(text=text, state=state, tone=tone, strong=tone == "warn"),  # type: ignore[arg-type]
                    TableCell(text=brief(down) if down is not None and day is not None else "–"),
                    TableCell(text=verb, verb=bool(verb), key=board.id),
                )
            )
        self._boards_model.set_table(BOARD_COLUMNS, tuple(rows))
        self.boards.fit_height()
        up = sum(1 for board in boards if (n := posted.get(board.id)) is not None and n.posted is not None)
        left = len(boards) - up
        self._notices.set_title(f"Anslag på {wording.number_word(len(boards))} anslagstavlor")
        self._notices.set_fact(f"{up} av {len(boards)} uppsatta")
        text, warn = "", False
        if not adjusted:
            text = "Anslagen sätts upp när protokollet är justerat, hos varje kommun och region (19 § finsamlagen)."
        elif left and last is not None:
            text = f"Anslag återstår på {left} av {len(boards)} anslagstavlor, senast {wording.short_date(last)}."
            warn = last <= desk.today
        self._late.setText(text)
        self._late.set_look("body_medium" if warn else "body", "warn" if warn else "text2")
        self._late.setVisible(bool(text))
        self._posted_row.setVisible(adjusted and bool(left))

    def _show_dispatch(self, meeting: Meeting) -> None:
        sections = self._desk.sections()
        rows = tuple(
            (
                TableCell(text=f"§\u00a0{sections.get(item.id, '')}"),
                TableCell(text=item.minutes_title or item.title),
                TableCell(text=", ".join(item.recipients)),
            )
            for item in meeting.items
            if item.recipients
        )
        self._dispatch_model.set_table(self._dispatch_columns, rows)
        self.dispatched.fit_height()
        for widget in (self._dispatch, self.dispatched):
            widget.setVisible(bool(rows))
        self._dispatch.set_fact(f"{len(rows)} paragrafer" if len(rows) != 1 else "1 paragraf")

    # -- changing -------------------------------------------------------------------------------------

    def _adjusted_changed(self, day: date | None) -> None:
        if day is None:
            self.adjusted_on.set_value(self._desk.meeting.adjusted_on)
            return
        self._desk.change_fields("Ändra justeringens dag", adjusted_on=day)

    def _board_pressed(self, index: QModelIndex) -> None:
        member_id = str(index.data(KEY_ROLE) or "")
        member = self._desk.association.member(member_id)
        if member is None:
            return
        notices = {n.member_id: n for n in self._desk.meeting.public_notices}
        old = notices.get(member_id, PublicNotice(member_id=member_id))
        if old.posted is not None:
            new, label = replace(old, posted=None), f"{member.name}: anslaget inte uppsatt"
        else:
            day = self.posted.value() or self._desk.today
            new, label = replace(old, posted=day), f"{member.name}: anslaget uppsatt"
        notices[member_id] = new
        self._desk.change_fields(label, public_notices=tuple(notices.values()))


def stages(meeting: Meeting, desk: OpenMeeting) -> tuple[Stage, ...]:
    """The six stages of the ladder with their dates."""
    reached = deadlines.reached
    adjusted, last_notice = meeting.adjusted_on, deadlines.public_notice_day(meeting)
    posted = deadlines.all_posted(meeting, desk.association)
    appeal = deadlines.last_appeal_day(meeting, desk.association)
    recipients = sum(1 for item in meeting.items if item.recipients)
    appealed = appeal is not None and appeal < desk.today
    archived = meeting.state is MeetingState.ARCHIVED
    announcing = reached(meeting, MeetingState.ADJUSTED)
    late = announcing and posted is None and last_notice is not None and last_notice <= desk.today
    return (
        Stage(
            name="Sammanträde",
            fact=brief(meeting.date),
            state=State.DONE if reached(meeting, MeetingState.HELD) else State.NOT_BEGUN,
        ),
        Stage(
            name="Justerat",
            fact=brief(adjusted)
            if adjusted is not None
            else f"senast {brief(deadlines.adjustment_day(meeting))}",
            state=State.DONE
            if announcing
            else State.UNDER_WAY
            if reached(meeting, MeetingState.HELD)
            else State.NOT_BEGUN,
        ),
        Stage(
            name="Anslaget",
            fact=brief(posted)
            if posted is not None
            else f"senast {brief(last_notice)}"
            if last_notice is not None
            else "inom två dagar",
            state=State.DONE if posted is not None else State.UNDER_WAY if announcing else State.NOT_BEGUN,
            warn=late,
        ),
        Stage(
            name="Expedierat",
            fact="1 paragraf" if recipients == 1 else f"{recipients} paragrafer",
            state=State.DONE if archived else State.UNDER_WAY if announcing else State.NOT_BEGUN,
        ),
        Stage(
            name="Överklagandetid ut",
            fact=brief(appeal) if appeal is not None else "efter tre veckor",
            state=State.DONE if appealed else State.NOT_BEGUN,
        ),
        Stage(
            name="Arkiverat",
            fact="klart" if archived else f"efter {brief(appeal)}" if appeal is not None else "",
            state=State.DONE if archived else State.NOT_BEGUN,
        ),
    )
