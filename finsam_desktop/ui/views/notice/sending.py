"""The part of the step Kallelse that sends it on: who gets the mail, what goes with it, and the invitation.

The program makes a draft and a calendar file. They are sent from the user's own mail program.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from finsam_desktop import mailing
from finsam_desktop.domain.addressees import Addressee, addressees, all_hidden, missing_sentence
from finsam_desktop.domain.invitation import is_stale
from finsam_desktop.domain.mail_texts import MAIL_NAMES, MailKind
from finsam_desktop.domain.meeting import MeetingKind
from finsam_desktop.errors import UserError
from finsam_desktop.mailing import CALENDAR, MAIL, Order, Parcel
from finsam_desktop.ui.models.recipients_model import RecipientsModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.made_files import MadeFiles, Opening
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.notice.recipients_table import RecipientsTable
from finsam_desktop.ui.widgets.buttons import link_button, secondary_button
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead
from finsam_desktop.ui.widgets.text_edits import TextField

if TYPE_CHECKING:
    from finsam_desktop.mailing import Made
    from finsam_desktop.ui.jobs import Progress
    from finsam_desktop.workspace import Workspace

ANY_FILES = "Alla filer (*)"


class SendingPart(QWidget):
    """Mail draft and invitation of the meeting. What is chosen here is for the next draft and is not stored."""

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._skipped: frozenset[str] = frozenset()
        self._files: tuple[Path, ...] = ()
        self._working = False
        self._asked_kind = False
        self.head = SectionHead("Skicka")
        self.kind = ChoiceField()
        self.link = TextField("", "https://")
        self.hidden = QCheckBox("Alla som hemlig kopia")
        self.hidden.setToolTip("Ingen ser vilka andra som får mejlet")
        self.public = QCheckBox("Den offentliga versionen")
        self.public.setToolTip("Utan det som inte får publiceras. Mottagarna skriver du in i mejlprogrammet.")
        self.model = RecipientsModel(self)
        self.table = RecipientsTable(self.model)
        self.missing = Label("", "body", "warn", wrap=True)
        self.parcels = {
            Parcel.PACK: QCheckBox("Handlingarna (PDF)"),
            Parcel.PDF: QCheckBox("Kallelse (PDF)"),
            Parcel.PAPER: QCheckBox("Kallelse (Word)"),
            Parcel.CALENDAR: QCheckBox("Kalenderinbjudan"),
        }
        self.add_file = link_button("Lägg till fil", "plus")
        self.drop_files = link_button("Ta bort egna filer", "x")
        self._own = Label("", "meta", "text2", wrap=True)
        self.mail = secondary_button("Mejlutkast", "mail")
        self.calendar = secondary_button("Kalenderinbjudan", "calendar-plus")
        self._stale = Label("", "body", "warn", wrap=True)
        self.made = MadeFiles(desk, "Skapade mejlutkast och kalenderfiler", MAIL, CALENDAR)
        self._make_part()
        self._connect()
        self.refresh()

    # -- what the step uses ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show who would get the mail now, and what there is to send."""
        desk, meeting = self._desk, self._desk.stored
        kinds = self._kinds()
        wanted = self.kind.value() if self._asked_kind and self.kind.value() in kinds else None
        usual = mailing.usual_kind(meeting)
        self.kind.blockSignals(True)
        self.kind.set_choices(tuple((kind, MAIL_NAMES[kind]) for kind in kinds))
        self.kind.set_value(wanted or (usual if usual in kinds else kinds[0]))
        self.kind.blockSignals(False)
        people = self.people()
        self.model.show(people, self._skipped)
        self.table.fit_height()
        got = sum(1 for one in people if one.email and one.person_id not in self._skipped)
        public = self.public.isChecked()
        self.head.set_fact("" if public else f"{got} av {len(people)} får mejlet")
        self.table.setVisible(not public)
        self.hidden.setVisible(not public)
        lost = missing_sentence(people)
        self.missing.setText(f"{lost} Skriv in den under Förbundet." if lost else "")
        self.missing.setVisible(bool(lost) and not public)
        pack = mailing.latest_pack(desk.session.workspace, meeting, self._kind(), public=public)
        box = self.parcels[Parcel.PACK]
        box.setText(f"Handlingarna: {pack.name}" if pack is not None else "Handlingarna (inte skapade än)")
        box.setEnabled(pack is not None)
        if pack is None:
            box.setChecked(False)
        paper = mailing.paper_name(self._kind())
        for parcel, form in ((Parcel.PDF, "PDF"), (Parcel.PAPER, "Word")):
            self.parcels[parcel].setText(f"{paper} ({form})")
            self.parcels[parcel].setVisible(bool(paper))
        stale = is_stale(desk.association, meeting)
        self._stale.setText(
            "Kalenderinbjudan som är skapad stämmer inte längre. Skapa en ny, så ersätter den den gamla."
            if stale
            else ""
        )
        self._stale.setVisible(stale)
        cancelled = meeting.cancelled_on is not None
        self.calendar.setText("Avbokning till kalendern" if cancelled else "Kalenderinbjudan")
        for button in (self.mail, self.calendar):
            button.setEnabled(not self._working)
        self.drop_files.setVisible(bool(self._files))
        self._own.setText(", ".join(path.name for path in self._files))
        self._own.setVisible(bool(self._files))
        self.made.refresh()

    def flush(self) -> None:
        self.link.flush()

    def people(self) -> tuple[Addressee, ...]:
        """Everyone the mail is meant for, as the choices stand."""
        found = addressees(self._desk.stored, self._desk.association, self._kind())
        return all_hidden(found) if self.hidden.isChecked() else found

    def order(self) -> Order:
        """What mail is asked for."""
        chosen = frozenset(
            parcel for parcel, box in self.parcels.items() if box.isChecked() and not box.isHidden()
        )
        public = self.public.isChecked()
        people = tuple(one for one in self.people() if one.person_id not in self._skipped)
        return Order(
            kind=self._kind(),
            people=() if public else people,
            parcels=chosen,
            files=self._files,
            link=self.link.text().strip(),
            public=public,
        )

    # -- making ---------------------------------------------------------------------------------------

    def make_mail(self) -> None:
        """Make the draft in the background."""
        self.flush()
        desk = self._desk
        workspace = desk.session.workspace
        work = _Mail(
            workspace, desk.meeting_id, self.order(), desk.session.made_folder, desk.today, desk.session.now
        )
        self._run(work, "Skapar mejlutkast")

    def make_calendar(self) -> None:
        """Make the invitation in the background."""
        desk = self._desk
        workspace = desk.session.workspace
        folder, public = desk.session.made_folder, self.public.isChecked()
        work = _Calendar(workspace, desk.meeting_id, folder, desk.session.now, public=public)
        self._run(work, "Skapar kalenderinbjudan")

    def _run(self, work: _Mail | _Calendar, label: str) -> None:
        if self._working:
            return
        self._working = True
        self.refresh()
        self._desk.shell.jobs.run(work, label=label, on_done=self._done, on_error=self._failed, cancel=False)

    def _done(self, answer: object) -> None:
        from finsam_desktop.mailing import ENTER, Made

        assert isinstance(answer, Made)
        self._working = False
        desk = self._desk
        if isValid(self) and answer.entered is not None:
            desk.change_stored(ENTER, replace(desk.stored, calendar=answer.entered.calendar))
        self._tell(answer)
        if isValid(self):
            self.refresh()

    def _tell(self, made: Made) -> None:
        path = made.result.path
        what = "Mejlutkast skapat" if path.suffix == ".eml" else "Kalenderfil skapad"
        text = f"{what}: {path.name}."
        if made.result.beside:
            text = f"Den förra filen är ändrad och finns kvar. Den nya heter {path.name}."
        state = State.CONSIDER if made.told or made.result.beside else State.DONE
        if made.told:
            text += f" {made.told[0]}"
        self._desk.shell.notify(
            Notice(
                text=text,
                state=state,
                detail="\n".join(made.told),
                action="Öppna",
                on_action=Opening(path),
            )
        )

    def _failed(self, error: Exception) -> None:
        self._working = False
        if isValid(self):
            self.refresh()
        if not isinstance(error, UserError):
            raise error
        self._desk.shell.session.failed.emit(error)

    # -- choosing -------------------------------------------------------------------------------------

    def _kind(self) -> MailKind:
        value = self.kind.value()
        return value if isinstance(value, MailKind) else mailing.usual_kind(self._desk.stored)

    def _kinds(self) -> tuple[MailKind, ...]:
        """The mails that fit the meeting."""
        meeting = self._desk.stored
        if meeting.cancelled_on is not None:
            return (MailKind.INSTALLT,)
        if meeting.kind is MeetingKind.MEMBER_CONSULTATION:
            return (MailKind.SAMRAD, MailKind.ANDRING)
        minutes = (MailKind.JUSTERING,) if meeting.kind.decides else ()
        return (MailKind.KALLELSE, MailKind.TILLAGG, MailKind.ANDRING, *minutes)

    def _kind_chosen(self, _kind: object) -> None:
        self._asked_kind = True
        self._set_usual()
        self.refresh()

    def _set_usual(self) -> None:
        """Tick what usually goes with such a mail."""
        usual = mailing.usual_parcels(self._desk.session.workspace, self._desk.stored, self._kind())
        for parcel, box in self.parcels.items():
            box.setChecked(parcel in usual)

    def _toggled(self, person_id: str) -> None:
        self._skipped = self._skipped ^ {person_id}
        self.refresh()

    def _hidden_changed(self, _state: object) -> None:
        self.refresh()

    def _ask_files(self) -> None:
        self._desk.shell.dialogs.open_files("Lägg till filer i mejlet", ANY_FILES, self._take_files)

    def _take_files(self, paths: tuple[Path, ...]) -> None:
        self._files = tuple(dict.fromkeys((*self._files, *paths)))
        self.refresh()

    def _drop_own(self) -> None:
        self._files = ()
        self.refresh()

    def _make_part(self) -> None:
        theme = current_theme()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.head)
        kind = FormRow("Mejlet gäller", self.kind, "Texten finns under Mallar, Mejltexter.")
        link = FormRow("Länk till handlingarna", self.link, "Om de inte ska följa med.")
        column.addWidget(FormLine((kind, 4), (link, 5)))
        column.addWidget(self.table)
        column.addWidget(self.missing)
        column.addWidget(self.hidden, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.public, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(Label("Följer med", "label", "text2"))
        for box in self.parcels.values():
            column.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
        files = QHBoxLayout()
        files.setSpacing(theme.px(10))
        files.addWidget(self.add_file)
        files.addWidget(self.drop_files)
        files.addStretch(1)
        column.addWidget(self._own)
        column.addLayout(files)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(10))
        buttons.addWidget(self.mail)
        buttons.addWidget(self.calendar)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addWidget(
            Label("Programmet skickar inget. Utkastet öppnas i ditt mejlprogram.", "meta", "text2", wrap=True)
        )
        column.addWidget(self._stale)
        column.addWidget(self.made)

    def _connect(self) -> None:
        self.kind.set_choices(tuple((kind, MAIL_NAMES[kind]) for kind in self._kinds()))
        self.kind.set_value(mailing.usual_kind(self._desk.stored))
        self._set_usual()
        self.kind.chosen.connect(self._kind_chosen)
        self.hidden.toggled.connect(self._hidden_changed)
        self.public.toggled.connect(self._hidden_changed)
        self.model.toggled.connect(self._toggled)
        self.add_file.clicked.connect(self._ask_files)
        self.drop_files.clicked.connect(self._drop_own)
        self.mail.clicked.connect(self.make_mail)
        self.calendar.clicked.connect(self.make_calendar)


def _profile() -> Path:
    cache = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation)
    return Path(cache) / "libreoffice-mejl"


class _Mail:
    """The work as a value: called in the background."""

    def __init__(
        self, workspace: Workspace, meeting_id: str, order: Order, folder: Path, today: date, now: datetime
    ) -> None:
        self._workspace, self._meeting_id, self._order = workspace, meeting_id, order
        self._folder, self._today, self._now = folder, today, now

    def __call__(self, _progress: Progress) -> object:
        return mailing.make_mail(
            self._workspace,
            self._meeting_id,
            self._order,
            self._folder,
            today=self._today,
            now=self._now.astimezone(),
            profile=_profile(),
        )


class _Calendar:
    """The work as a value: called in the background."""

    def __init__(
        self, workspace: Workspace, meeting_id: str, folder: Path, now: datetime, *, public: bool
    ) -> None:
        self._workspace, self._meeting_id, self._folder = workspace, meeting_id, folder
        self._now, self._public = now, public

    def __call__(self, _progress: Progress) -> object:
        return mailing.make_invitation(
            self._workspace, self._meeting_id, self._folder, now=self._now.astimezone(), public=self._public
        )
