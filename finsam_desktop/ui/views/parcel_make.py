"""Mötespaket: one file with the meeting for the chair or a justerare, to mail; and what has been sent before."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from finsam_desktop.domain import wording
from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.parcel import confidential, with_sent
from finsam_desktop.domain.parcel_receivers import receivers
from finsam_desktop.domain.parcel_values import RECEIVER_ROLES, Receiver, ReceiverRole, SentParcel
from finsam_desktop.errors import UserError
from finsam_desktop.ui.models.cells_model import KEY_ROLE, CellsModel, TableCell, TableColumn
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.views.chair.page import has_minutes
from finsam_desktop.ui.views.meeting.facts import meeting_title
from finsam_desktop.ui.views.meeting.made_files import Opening
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.views.parcels.result import (
    MadeParcel,
    OpenFolder,
    ParcelResult,
    counted,
    moment,
    unused,
)
from finsam_desktop.ui.widgets.buttons import primary_button
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.new_password import NewPassword
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label, SectionHead
from finsam_desktop.ui.widgets.tables import DataTable
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit, TextField

if TYPE_CHECKING:
    from finsam_desktop.ui.jobs import Progress
    from finsam_desktop.ui.session import Session
    from finsam_desktop.workspace import Workspace

OTHER = Receiver(name="")
SECRET = "Det som har sekretess följer med. Skydda filen med lösenord, eller lämna den på ett säkert sätt."
SENT_COLUMNS = tuple(TableColumn(title=title) for title in ("Till", "Skapat", "Svar", ""))
WHAT_IT_IS = (
    "Mottagaren öppnar filen i samma program, på sin egen dator: läser handlingarna, för egna anteckningar, "
    "kommenterar, ändrar i protokollet och justerar. Det kommer tillbaka som en fil, och du tar emot det du vill."
)


def make(shell: Shell) -> View:
    """The view of the place "parcel_make"."""
    return ParcelMakeView(shell)


class ParcelMakeView(View):
    """The form. ``show_target`` names the meeting by id."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._meeting_id = ""
        self._working = False
        self._made: Path | None = None
        self._people: tuple[Receiver, ...] = ()
        self.receiver = ChoiceField()
        self.name = TextField("", "Namn")
        self.role = ChoiceField(tuple((role, RECEIVER_ROLES[role].capitalize()) for role in ReceiverRole))
        self.note = GrowingTextEdit("", "Det du vill säga till mottagaren", min_lines=2)
        self.password = NewPassword("Skydda filen med lösenord")
        self.button = primary_button("Skapa mötespaket", "package")
        self._inside = Label("", "body", wrap=True)
        self._secret = IconLabel("triangle-alert", SECRET, "body", "warn", wrap=True)
        self.public = QCheckBox("Skicka den offentliga versionen")
        self.public.setToolTip(
            "Utan det som har sekretess. Den går att läsa och kommentera, men inte att justera."
        )
        self._done = ParcelResult()
        self.sent = DataTable("Skapade mötespaket")
        self._sent_model = CellsModel(SENT_COLUMNS, parent=self.sent)
        self.sent.setModel(self._sent_model)
        self.sent.stretch_column(0)
        self._sent_head = SectionHead("Skapade mötespaket")
        self._page = self._make_page()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._page)
        self.receiver.chosen.connect(self._chosen)
        self.public.toggled.connect(self._refresh)
        self.button.clicked.connect(self.make)
        self._done.mail.clicked.connect(self.make_mail)
        self.sent.verb_clicked.connect(self._verb)
        shell.session.changed.connect(self._refresh)

    # -- what the window asks -------------------------------------------------------------------------

    def head(self) -> Head:
        meeting = self._meeting()
        return Head(
            title="Mötespaket",
            back=("Sammanträdet", f"meeting/{self._meeting_id}"),
            facts=(meeting_title(meeting),) if meeting is not None else (),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self._page,)

    def primary(self) -> QPushButton | None:
        return self.button

    def show_target(self, target: str) -> None:
        if target and target != self._meeting_id:
            self._meeting_id = target
            self.password.clear()
            self._done.hide()
            self._show_people()
        self._refresh()
        self.receiver.setFocus()

    def flush(self) -> None:
        self.name.flush()
        self.note.flush()

    # -- making ---------------------------------------------------------------------------------------

    def make(self) -> None:
        """Make the file beside the association's own, in the background."""
        self.flush()
        meeting = self._meeting()
        if meeting is None or self._working:
            return
        receiver = self.chosen_receiver()
        if receiver is None:
            self._name_row.set_remark("Skriv vem paketet är till.", State.MUST_MEND)
            self.name.setFocus()
            return
        if self.password.fault():
            return
        self._name_row.set_remark("")
        self._working = True
        work = _Making(
            self.shell.session,
            meeting,
            receiver,
            self.note.text(),
            self.password.password(),
            public=self._is_public(),
        )
        self.shell.jobs.run(
            work, label="Skapar mötespaket", on_done=self._finished, on_error=self._failed, cancel=False
        )

    def chosen_receiver(self) -> Receiver | None:
        """Who it is for; None while somebody else is chosen and not named."""
        chosen = self.receiver.value()
        if isinstance(chosen, Receiver) and chosen != OTHER:
            return chosen
        name, role = " ".join(self.name.text().split()), self.role.value()
        if not name or not isinstance(role, ReceiverRole):
            return None
        return Receiver(name=name, role=role)

    def _is_public(self) -> bool:
        return self.public.isChecked() and not self.public.isHidden()

    def _finished(self, answer: object) -> None:
        from finsam_desktop.parcels import received

        assert isinstance(answer, received.MadeParcel)
        self._working = False
        session = self.shell.session
        if answer.sent is not None and not session.read_only:
            meeting = session.meeting(self._meeting_id)
            session.change(received.sent_label(answer), meeting, with_sent(meeting, answer.sent))
        if isValid(self):
            self.password.clear()
            self.password.wanted.setChecked(False)
            self.note.set_text("")
            self._refresh()
            protected = answer.sent is not None and answer.sent.protected
            self._done.show_made(MadeParcel(path=answer.path, protected=protected, receiver=answer.receiver))
            self._page.show_part(self._done)
            self._done.folder.setFocus()
        told = " ".join(answer.told)
        self.shell.notify(
            Notice(
                text=f"Mötespaketet är skapat: {answer.path.name}. {told}".strip(),
                state=State.CONSIDER if told else State.DONE,
                action="Öppna mapp",
                on_action=OpenFolder(answer.path.parent),
            )
        )

    def _failed(self, error: Exception) -> None:
        self._working = False
        if not isinstance(error, UserError):
            raise error
        self.shell.session.failed.emit(error)

    def make_mail(self) -> None:
        """Make a mail draft with the file attached, in the background."""
        made, meeting = self._done.made, self._meeting()
        if made is None or meeting is None:
            return
        session = self.shell.session
        work = _Mail(session.workspace, meeting.id, made, session.today, session.now)
        self.shell.jobs.run(
            work, label="Skapar mejlutkast", on_done=self._mailed, on_error=self._failed, cancel=False
        )

    def _mailed(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        path, told = answer
        text = f"Mejlutkast skapat: {path.name}. {told[0] if told else ''}".strip()
        state = State.CONSIDER if told else State.DONE
        self.shell.notify(Notice(text=text, state=state, action="Öppna", on_action=Opening(path)))

    # -- showing --------------------------------------------------------------------------------------

    def _meeting(self) -> Meeting | None:
        try:
            return self.shell.session.meeting(self._meeting_id) if self._meeting_id else None
        except KeyError:
            return None

    def _show_people(self) -> None:
        meeting = self._meeting()
        if meeting is None:
            return
        self._people = receivers(meeting, self.shell.session.association)
        choices = [(one, f"{one.name}, {RECEIVER_ROLES[one.role]}") for one in self._people]
        self.receiver.set_choices((*choices, (OTHER, "Någon annan")))
        self.receiver.set_value(self._people[0] if self._people else OTHER)
        self._chosen(self.receiver.value())
        names = (self.shell.session.association.name, *(one.name for one in self._people), meeting.place)
        self.password.set_names(names)

    def _chosen(self, receiver: object) -> None:
        self._other.setVisible(receiver == OTHER)

    def _refresh(self) -> None:
        meeting = self._meeting()
        if meeting is None:
            return
        items = tuple(walk(meeting.items))
        papers = [a for item in items for a in item.attachments if a.sha256]
        size = sum(a.size for a in papers)
        parts = (
            counted(len(meeting.items), "ärende", "ärenden"),
            counted(len(papers), "bilaga", "bilagor") + (f" ({wording.file_size(size)})" if size else ""),
            "protokollet så långt det är skrivet",
            "förbundets mallar, namn och uppdrag",
        )
        self._inside.setText(f"{', '.join(parts[:-1])} och {parts[-1]}.")
        secret = confidential(meeting)
        self.public.setVisible(secret)
        self._secret.setVisible(secret and not self.public.isChecked())
        self._show_sent(meeting.parcels)
        self.head_changed.emit()

    def _show_sent(self, parcels: tuple[SentParcel, ...]) -> None:
        rows = tuple(
            (
                TableCell(text=f"{one.receiver.name}, {RECEIVER_ROLES[one.receiver.role]}"),
                TableCell(text=moment(one.made_at)),
                _reply(one),
                TableCell(text="Öppna mapp", verb=True, key=one.id),
            )
            for one in reversed(parcels)
        )
        self._sent_model.set_table(SENT_COLUMNS, rows)
        self.sent.fit_height()
        for widget in (self._sent_head, self.sent):
            widget.setVisible(bool(rows))

    def _verb(self, index: QModelIndex) -> None:
        if index.data(KEY_ROLE):
            OpenFolder(self.shell.session.workspace.path.parent)()

    def _make_page(self) -> Page:
        page = Page("Mötespaket", text_width=720)
        page.add(Label(WHAT_IT_IS, "body", "text2", wrap=True))
        page.add(SectionHead("Till"), space_before=8)
        page.add(FormLine((FormRow("Mottagare", self.receiver), 3), (QWidget(), 1)))
        self._name_row = FormRow("Namn", self.name)
        self._other = FormLine((self._name_row, 3), (FormRow("Som", self.role), 2))
        self._other.hide()
        page.add(self._other)
        page.add(FormRow("Meddelande", self.note, "Visas först när paketet öppnas."))
        page.add(SectionHead("Lösenord"), space_before=8)
        page.add(self.password)
        page.add(SectionHead("Följer med"), space_before=8)
        page.add(self._inside)
        page.add(self._secret)
        page.add(self.public)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, current_theme().px(4), 0, 0)
        row.addWidget(self.button)
        row.addStretch(1)
        page.add(foot)
        page.add(self._done)
        page.add(self._sent_head, space_before=8)
        page.add(self.sent)
        return page


def _reply(parcel: SentParcel) -> TableCell:
    if not parcel.replies:
        return TableCell(text="Inget svar än", tone="text2")
    return TableCell(text=f"Mottaget {moment(parcel.replies[-1].received_at)}", state=State.DONE)


class _Making:
    """The work as a value: called in the background. The file lands beside the association's own."""

    def __init__(
        self,
        session: Session,
        meeting: Meeting,
        receiver: Receiver,
        note: str,
        password: str | None,
        *,
        public: bool,
    ) -> None:
        self._workspace, self._meeting, self._receiver = session.workspace, meeting, receiver
        self._note, self._password, self._public = note.strip(), password, public
        self._at = session.now.replace(microsecond=0)
        self._folder = session.made_folder

    def __call__(self, _progress: Progress) -> object:
        from finsam_desktop.parcels import received

        return received.write_parcel(
            self._workspace,
            self._meeting.id,
            unused(self._folder / received.file_name(self._meeting, self._receiver)),
            receiver=self._receiver,
            password=self._password,
            note=self._note,
            public=self._public,
            at=self._at,
        )


class _Mail:
    """The work as a value: called in the background."""

    def __init__(
        self, workspace: Workspace, meeting_id: str, made: MadeParcel, today: date, now: datetime
    ) -> None:
        self._workspace, self._meeting_id, self._made = workspace, meeting_id, made
        self._today, self._now = today, now

    def __call__(self, _progress: Progress) -> tuple[Path, tuple[str, ...]]:
        from finsam_desktop.domain.addressees import addressees
        from finsam_desktop.domain.mail_texts import MailKind
        from finsam_desktop.mailing import Order, make_mail

        workspace = self._workspace
        meeting = workspace.meeting(self._meeting_id)
        kind = MailKind.JUSTERING if has_minutes(meeting) else MailKind.KALLELSE
        known = (
            *addressees(meeting, workspace.association, kind),
            *addressees(meeting, workspace.association),
        )
        people = tuple(one for one in known if one.name == self._made.receiver)[:1]
        order = Order(kind=kind, people=people, parcels=frozenset(), files=(self._made.path,))
        made = make_mail(
            workspace,
            self._meeting_id,
            order,
            self._made.path.parent,
            today=self._today,
            now=self._now.astimezone(),
        )
        return made.result.path, made.told
