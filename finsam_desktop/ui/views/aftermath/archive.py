"""Efter mötet, last: the signed protokoll kept beside the text, and everything of the meeting in an archive."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from finsam_desktop.domain import signed_minutes, wording
from finsam_desktop.domain.deadlines import reached
from finsam_desktop.domain.meeting import Meeting, MeetingState, StoredFile
from finsam_desktop.errors import UserError
from finsam_desktop.ui.models.cells_model import KEY_ROLE, CellsModel, TableCell, TableColumn
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.made_files import Opening
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.buttons import link_button, secondary_button
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead
from finsam_desktop.ui.widgets.tables import DataTable

if TYPE_CHECKING:
    from finsam_desktop.archiving import Archived
    from finsam_desktop.signed_papers import Look
    from finsam_desktop.ui.jobs import Progress
    from finsam_desktop.workspace import Workspace

COLUMNS = tuple(TableColumn(title=title) for title in ("Fil", "Vad det är", "Underskrift", "", ""))
REMOVE = 4
PAPERS = "PDF och bilder (*.pdf *.png *.jpg *.jpeg *.tif *.tiff)"
CERTIFICATES = "Certifikat (*.p12 *.pfx)"
NONE_YET = (
    "Det undertecknade protokollet är inte inlagt. Skanna det, eller lägg in det som är e-underskrivet. "
    "Den tillgängliga texten finns kvar i protokollet i Word och PDF."
)


class ArchiveSection(QWidget):
    """The signed protokoll, signing with a certificate of one's own, and the archive."""

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._looks: dict[str, Look | None] = {}
        self._asked: set[str] = set()
        self._certificate: Path | None = None
        self._archive: Path | None = None
        self._working = False
        self.signed_head = SectionHead("Undertecknat protokoll")
        self.table = DataTable("Undertecknade protokoll")
        self.model = CellsModel(COLUMNS, parent=self.table)
        self.table.setModel(self.model)
        self.table.stretch_column(0)
        self.said = Label("", "meta", "text2", wrap=True)
        self._none = Label(NONE_YET, "body", "text2", wrap=True)
        self.take_in = secondary_button("Lägg in undertecknat protokoll", "file-input")
        self.sign = secondary_button("Skriv under med certifikat", "pencil")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password_row = FormRow("Certifikatets lösenord", self.password, "Sparas inte.")
        self.sign_now = secondary_button("Skriv under protokollet", "pencil")
        self.sign_not = link_button("Avbryt", "x")
        self.archive_head = SectionHead("Arkiv")
        self.make = secondary_button("Skapa arkiv", "archive")
        self.as_zip = QCheckBox("Som en zip-fil")
        self.public = QCheckBox("Den offentliga versionen")
        self.told = Label("", "body", wrap=True)
        self.open_folder = link_button("Öppna mapp", "folder-open")
        self.check = link_button("Kontrollera arkivet", "file-check")
        self._make_section()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show the files that are kept, and what may be done."""
        desk, meeting = self._desk, self._desk.stored
        files = meeting.signed_minutes
        self._ask_about(files)
        can_write = not desk.session.read_only
        self.model.set_table(COLUMNS, tuple(self._row(one, can_write) for one in files))
        self.table.setVisible(bool(files))
        self.table.fit_height()
        lines = [
            f"{one.file_name}: {found.sentence}"
            for one in files
            if (look := self._looks.get(one.sha256)) is not None
            for found in look.signatures
        ]
        self.said.setText("\n".join(lines))
        self.said.setVisible(bool(lines))
        written = meeting.kind.decides and reached(meeting, MeetingState.HELD)
        for widget in (self.signed_head, self.take_in):
            widget.setVisible(written)
        self._none.setVisible(written and not files)
        self.take_in.setEnabled(can_write)
        asking = self._certificate is not None
        self.sign.setVisible(written and not asking)
        self.sign.setEnabled(can_write and not self._working)
        self._asking.setVisible(asking)
        self.make.setEnabled(not self._working)
        self.sign_now.setEnabled(not self._working)
        self.check.setEnabled(not self._working)
        there = self._archive is not None and self._archive.exists()
        self.open_folder.setVisible(there)
        self.check.setVisible(there)
        self.told.setVisible(bool(self.told.text()))
        self.signed_head.set_fact(f"{len(files)} filer" if len(files) > 1 else "")

    # -- the signed protokoll -------------------------------------------------------------------------

    def choose_signed(self) -> None:
        """Ask for the scanned or e-signed protokoll."""
        self._desk.shell.dialogs.open_files("Lägg in undertecknat protokoll", PAPERS, self.keep)

    def keep(self, paths: tuple[Path, ...]) -> None:
        """Take files in; each is a change of its own that can be undone."""
        from finsam_desktop.signed_papers import take_in

        desk = self._desk
        for path in paths:
            workspace = desk.session.workspace
            after = desk.session.guarded(partial(take_in, workspace, desk.meeting_id, path, today=desk.today))
            if after is not None and desk.change_stored(signed_minutes.ADD, after):
                desk.tell(f"{path.name} är inlagd.", undo=True)

    def choose_certificate(self) -> None:
        """Ask for the certificate to sign with; the password is asked for in the page."""
        self._desk.shell.dialogs.open_file("Välj certifikat", CERTIFICATES, self._certificate_chosen)

    def sign_minutes(self) -> None:
        """Sign the protokoll as PDF/A beside the file, and keep it."""
        if self._certificate is None or self._working:
            return
        desk = self._desk
        try:
            content = self._certificate.read_bytes()
        except OSError as error:
            desk.session.failed.emit(
                UserError(
                    f"{self._certificate.name} går inte att läsa.",
                    advice="Välj filen igen.",
                    detail=str(error),
                )
            )
            return
        work = _Signing(
            desk.session.workspace,
            desk.meeting_id,
            (content, self.password.text(), self._certificate.name),
            desk.session.made_folder,
            _profile(),
            desk.session.now,
        )
        self.password.clear()
        self._run(work, "Skriver under protokollet", self._signed)

    def _signed(self, answer: object) -> None:
        assert isinstance(answer, Path)
        self._ended()
        if isValid(self):
            self._certificate = None
            self.keep((answer,))
            self.refresh()
        text = f"Protokollet är underskrivet: {answer.name}."
        self._desk.shell.notify(
            Notice(text=text, state=State.DONE, action="Öppna", on_action=Opening(answer))
        )

    def _certificate_chosen(self, path: Path) -> None:
        self._certificate = path
        self.password_row.set_label(f"Lösenord till {path.name}")
        self.refresh()
        self.password.setFocus()

    def _no_certificate(self) -> None:
        self._certificate = None
        self.password.clear()
        self.refresh()

    def _ask_about(self, files: tuple[StoredFile, ...]) -> None:
        """Look at files in the background: checking a signature takes a while."""
        desk = self._desk
        for one in files:
            if one.sha256 not in self._asked:
                self._asked.add(one.sha256)
                desk.shell.jobs.run(
                    _Looking(desk.session.workspace, one),
                    label=f"Läser {one.file_name}",
                    on_done=self._looked,
                    on_error=_NotLooked(self, one.sha256),
                )

    def _looked(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        if isValid(self):
            self._looks[answer[0]] = answer[1]
            self.refresh()

    def not_looked(self, sha256: str) -> None:
        """The file could not be read."""
        if isValid(self):
            self._looks[sha256] = None
            self.refresh()

    def _row(self, one: StoredFile, can_write: bool) -> tuple[TableCell, ...]:
        known = one.sha256 in self._looks
        look = self._looks.get(one.sha256)
        words = look.words if look is not None else "Går inte att läsa" if known else "Läses"
        good = look.good if look is not None else None
        said = "" if good is None else "Hel" if good else "Gäller inte"
        state = State.NONE if good is None else State.DONE if good else State.MUST_MEND
        return (
            TableCell(text=one.file_name),
            TableCell(text=words, tone="text2"),
            TableCell(text=said, state=state),
            TableCell(text="Öppna en kopia", verb=True, key=one.id),
            TableCell(text="Ta bort" if can_write else "", verb=can_write, key=one.id),
        )

    def _pressed(self, index: QModelIndex) -> None:
        file_id = str(index.data(KEY_ROLE) or "")
        desk = self._desk
        one = next((stored for stored in desk.stored.signed_minutes if stored.id == file_id), None)
        if one is None:
            return
        if index.column() == REMOVE:
            if desk.change_stored(signed_minutes.REMOVE, signed_minutes.without(desk.stored, file_id)):
                desk.tell(f"{one.file_name} är borttagen.", undo=True)
            return
        from finsam_desktop.signed_papers import copy_to_read

        path = desk.session.guarded(partial(copy_to_read, desk.session.workspace, one))
        if path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    # -- the archive ----------------------------------------------------------------------------------

    def make_archive(self) -> None:
        """Make the archive beside the file, in the background."""
        desk = self._desk
        workspace = desk.session.workspace
        work = _Archiving(
            workspace,
            desk.meeting_id,
            desk.session.made_folder,
            desk.session.now,
            _profile(),
            public=self.public.isChecked(),
            as_zip=self.as_zip.isChecked(),
        )
        self._run(work, "Skapar arkiv:", self._archived, cancel=True)

    def _archived(self, answer: object) -> None:
        from finsam_desktop.archiving import Archived

        assert isinstance(answer, Archived)
        self._ended()
        text = f"Arkivet är skapat: {answer.path.name}, {len(answer.manifest.entries)} filer."
        told = answer.manifest.told
        self._desk.shell.notify(
            Notice(
                text=f"{text} {told[0]}" if told else text,
                state=State.CONSIDER if told else State.DONE,
                detail="\n".join(told),
                action="Öppna mapp",
                on_action=Opening(answer.path if answer.path.is_dir() else answer.path.parent),
            )
        )
        if isValid(self):
            self._archive = answer.path
            self.told.setText(archive_words(answer))
            self.refresh()

    def verify(self) -> None:
        """Hold the archive against its list, in the background."""
        if self._archive is not None:
            self._run(_Verifying(self._archive), "Kontrollerar arkivet", self._verified)

    def _verified(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        self._ended()
        text, whole = answer
        self._desk.shell.notify(Notice(text=text, state=State.DONE if whole else State.MUST_MEND))

    def _open_folder(self) -> None:
        if self._archive is not None:
            place = self._archive if self._archive.is_dir() else self._archive.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))

    # -- work -----------------------------------------------------------------------------------------

    def _run(self, work: object, label: str, on_done: object, *, cancel: bool = False) -> None:
        if self._working:
            return
        self._working = True
        self.refresh()
        job = self._desk.shell.jobs.run(
            work,  # type: ignore[arg-type]
            label=label,
            on_done=on_done,  # type: ignore[arg-type]
            on_error=self._failed,
            cancel=cancel,
        )
        job.finished.connect(self._job_finished)

    def _job_finished(self, _job: object) -> None:
        self._ended()

    def _ended(self) -> None:
        self._working = False
        if isValid(self):
            self.refresh()

    def _failed(self, error: Exception) -> None:
        self._ended()
        if not isinstance(error, UserError):
            raise error
        self._desk.shell.session.failed.emit(error)

    # -- making the section ---------------------------------------------------------------------------

    def _make_section(self) -> None:
        theme = current_theme()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.signed_head)
        column.addWidget(self._none)
        column.addWidget(self.table)
        column.addWidget(self.said)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(10))
        buttons.addWidget(self.take_in)
        buttons.addWidget(self.sign)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self._asking = QWidget()
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.setSpacing(theme.px(8))
        self.password_row.setMaximumWidth(theme.px(360))
        asking.addWidget(self.password_row)
        line = QHBoxLayout()
        line.setSpacing(theme.px(10))
        line.addWidget(self.sign_now)
        line.addWidget(self.sign_not)
        line.addStretch(1)
        asking.addLayout(line)
        column.addWidget(self._asking)
        column.addSpacing(theme.px(6))
        column.addWidget(self.archive_head)
        column.addWidget(
            Label(
                "Alla dokument i Word och PDF/A, bilagorna som de kom, det undertecknade protokollet, uppgifterna "
                "som data och en lista med kontrollkoder.",
                "body",
                "text2",
                wrap=True,
            )
        )
        for box in (self.as_zip, self.public):
            column.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        for button in (self.make, self.open_folder, self.check):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.told)

    def _connect(self) -> None:
        self.table.verb_clicked.connect(self._pressed)
        self.take_in.clicked.connect(self.choose_signed)
        self.sign.clicked.connect(self.choose_certificate)
        self.sign_now.clicked.connect(self.sign_minutes)
        self.sign_not.clicked.connect(self._no_certificate)
        self.password.returnPressed.connect(self.sign_minutes)
        self.make.clicked.connect(self.make_archive)
        self.open_folder.clicked.connect(self._open_folder)
        self.check.clicked.connect(self.verify)


def archive_words(archived: Archived) -> str:
    """What the archive holds and may be called: "27 filer, 1,4 MB. 7 av 7 PDF-filer är PDF/A." """
    manifest = archived.manifest
    good, pdfs = archived.claims
    words = f"{archived.path.name}: {len(manifest.entries)} filer, {wording.file_size(manifest.size)}."
    if pdfs:
        words += f" {good} av {pdfs} PDF-filer är PDF/A efter programmets egen kontroll."
    return " ".join((words, *manifest.told))


def _profile() -> Path:
    return (
        Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation))
        / "libreoffice-arkiv"
    )


class _NotLooked:
    """Carries a fault back with the file it concerns."""

    def __init__(self, section: ArchiveSection, sha256: str) -> None:
        self._section, self._sha256 = section, sha256

    def __call__(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._section.not_looked(self._sha256)


class _Looking:
    """The work as a value: called in the background."""

    def __init__(self, workspace: Workspace, stored: StoredFile) -> None:
        self._workspace, self._stored = workspace, stored

    def __call__(self, _progress: Progress) -> object:
        from finsam_desktop.signed_papers import look_at_stored

        return self._stored.sha256, look_at_stored(self._workspace, self._stored)


class _Signing:
    """The work as a value: called in the background. The password goes with the work and nowhere else."""

    def __init__(
        self,
        workspace: Workspace,
        meeting_id: str,
        certificate: tuple[bytes, str, str],
        folder: Path,
        profile: Path,
        now: datetime,
    ) -> None:
        self._workspace, self._meeting_id, self._certificate = workspace, meeting_id, certificate
        self._folder, self._profile, self._now = folder, profile, now

    def __call__(self, _progress: Progress) -> object:
        from finsam_desktop.archive.signing import KeyFile
        from finsam_desktop.signed_papers import make_signed

        content, password, name = self._certificate
        meeting: Meeting = self._workspace.meeting(self._meeting_id)
        out = self._folder / f"{meeting.date.isoformat()} Protokoll undertecknat.pdf"
        result, _ = make_signed(
            self._workspace,
            self._meeting_id,
            KeyFile(content=content, password=password, name=name),
            out,
            now=self._now.astimezone(),
            profile=self._profile,
        )
        return result.path


class _Archiving:
    """The work as a value: called in the background."""

    def __init__(
        self,
        workspace: Workspace,
        meeting_id: str,
        folder: Path,
        now: datetime,
        profile: Path,
        *,
        public: bool,
        as_zip: bool,
    ) -> None:
        self._workspace, self._meeting_id, self._folder = workspace, meeting_id, folder
        self._now, self._profile, self._public, self._as_zip = now, profile, public, as_zip

    def __call__(self, progress: Progress) -> object:
        from finsam_desktop.archiving import archive_target, make_archive

        target = archive_target(
            self._workspace, self._meeting_id, self._folder, public=self._public, as_zip=self._as_zip
        )
        return make_archive(
            self._workspace,
            self._meeting_id,
            target,
            now=self._now,
            public=self._public,
            profile=self._profile,
            step=progress.step,
        )


class _Verifying:
    """The work as a value: called in the background."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def __call__(self, _progress: Progress) -> object:
        from finsam_desktop.archive.verify import verify

        verdict = verify(self._place)
        if verdict.whole:
            return f"Arkivet är helt: {len(verdict.manifest.entries)} filer, alla oförändrade.", True
        more = f" och {len(verdict.found) - 1} till" if len(verdict.found) > 1 else ""
        return f"Arkivet är inte helt. {verdict.found[0].words}{more}.", False
