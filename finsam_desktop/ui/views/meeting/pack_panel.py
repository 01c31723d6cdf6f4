"""Making the handlingar in the step of that name: which pack, how far it has come, and what came of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget
from shiboken6 import isValid

from finsam_desktop.documents.pack_papers import PackOptions
from finsam_desktop.domain import wording
from finsam_desktop.domain.meeting import Meeting, Utskick
from finsam_desktop.domain.sending import unsent, with_utskick
from finsam_desktop.errors import UserError
from finsam_desktop.files.pack_files import KIND, SENT, SUPPLEMENT_SENT
from finsam_desktop.ui.models.cells_model import KEY_ROLE, CellsModel, TableCell, TableColumn
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.buttons import link_button, primary_button
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import HairLine, Label, StateIcon
from finsam_desktop.ui.widgets.tables import DataTable

if TYPE_CHECKING:
    from finsam_desktop.files.pack_files import SavedPack
    from finsam_desktop.ui.jobs import Job, Progress
    from finsam_desktop.workspace import Workspace

_COLUMNS = (TableColumn(title="Handling"), TableColumn(title="Att se över"))
_ROWS_SHOWN = 4


class PackPanel(QWidget):
    """The button, its choices, and the strip with the result. ``paper_wanted(attachment_id)``: a row was pressed."""

    paper_wanted = Signal(str)

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._saved: SavedPack | None = None
        self._options = PackOptions()
        self._job: Job | None = None
        self.make = primary_button("Skapa handlingar", "files")
        self.choose = link_button("Fler val", "chevron-down")
        self.choose.setToolTip("Tilläggshandlingar, offentlig version, dubbelsidigt och mindre bilder")
        self.cancel = link_button("Avbryt", "x")
        self._told = Label("", "body", "text2")
        self._state = StateIcon()
        self._result = Label("", "body_medium", wrap=True)
        self._facts = Label("", "meta", "text2")
        self.open = link_button("Öppna", "external-link")
        self.folder = link_button("Öppna mapp", "folder-open")
        self.sent = link_button("Markera som skickat", "send")
        self.problems = DataTable("Att se över i handlingarna")
        self._model = CellsModel(_COLUMNS, parent=self.problems)
        self.problems.setModel(self._model)
        self.problems.stretch_column(1)
        self._advice = Label("", "meta", "text2", wrap=True)
        self.double_sided, self.small_pictures = (
            QAction("Dubbelsidig utskrift", self),
            QAction("Mindre bilder", self),
        )
        self._make_panel()
        self._connect()
        self.refresh()

    @property
    def result(self) -> SavedPack | None:
        """The pack that was made last while the panel has been there."""
        return self._saved

    def refresh(self) -> None:
        """Show whether the handlingar have been sent, and the file that was made."""
        self._told.setText(_sent_in_words(self._desk.stored))
        working = self._job is not None
        self.make.setEnabled(not working and bool(self._desk.meeting.items))
        self.choose.setEnabled(self.make.isEnabled())
        self.cancel.setVisible(working)
        path = self._path()
        self._strip.setVisible(path is not None and not working)
        if path is None:
            return
        pack = self._saved.pack if self._saved is not None else None
        if pack is None:
            self._state.set_state(State.DONE)
        else:
            facts = (f"{pack.pages} sidor", wording.file_size(len(pack.pdf)), _left_out(pack.left_out))
            self._facts.setText(" · ".join(part for part in facts if part))
            self._state.set_state(State.CONSIDER if pack.problems else State.DONE)
        self._result.setText(path.name)
        self._facts.setVisible(pack is not None)
        noted = any(one.file_name == path.name for one in self._desk.stored.utskick)
        self.sent.setVisible(not noted and not self._options.public and not self._desk.locked)

    def start(self, options: PackOptions) -> None:
        """Make a pack in the background, beside the association's file."""
        if self._job is not None:
            return
        desk = self._desk
        self._options = PackOptions(
            supplementary=options.supplementary,
            public=options.public,
            duplex=self.double_sided.isChecked(),
            smaller_pictures=self.small_pictures.isChecked(),
        )
        workspace = desk.session.workspace
        work = _Work(workspace, desk.meeting_id, self._options, desk.session.made_folder, desk.today)
        self._job = desk.shell.jobs.run(
            work, label="Skapar handlingar:", on_done=self._made, on_error=self._failed
        )
        self._job.finished.connect(self._ended)
        self.refresh()

    def menu(self) -> QMenu:
        """The other packs, and how they are made."""
        menu = QMenu(self)
        menu.setAccessibleName("Fler val för handlingarna")
        menu.addAction("Skapa handlingar", self._start_all)
        extra = menu.addAction("Skapa tilläggshandlingar", self._start_supplementary)
        stored = self._desk.stored
        extra.setEnabled(bool(stored.utskick) and bool(unsent(stored)))
        menu.addAction("Skapa offentlig version", self._start_public)
        menu.addSeparator()
        menu.addAction(self.double_sided)
        menu.addAction(self.small_pictures)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def note_sent(self) -> None:
        """Note that the pack was sent: its bilagor keep their numbers from then on. It can be undone."""
        path = self._path()
        if path is None:
            return
        desk = self._desk
        supplementary = self._options.supplementary
        after = with_utskick(desk.stored, desk.session.now, path.name, supplementary=supplementary)
        label = SUPPLEMENT_SENT if supplementary else SENT
        desk.session.change(label, desk.stored, after, tell=True)

    # -- making ---------------------------------------------------------------------------------------

    def _make_panel(self) -> None:
        theme = current_theme()
        for action in (self.double_sided, self.small_pictures):
            action.setCheckable(True)
        top = QHBoxLayout()
        top.setSpacing(theme.px(10))
        for button in (self.make, self.choose, self.cancel):
            top.addWidget(button)
        top.addStretch(1)
        top.addWidget(self._told)
        self._strip = QWidget()
        line = QHBoxLayout()
        line.setSpacing(theme.px(10))
        line.addWidget(self._state)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self._result)
        said.addWidget(self._facts)
        line.addLayout(said, 1)
        for button in (self.open, self.folder, self.sent):
            line.addWidget(button)
        inner = QVBoxLayout(self._strip)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.px(6))
        inner.addLayout(line)
        inner.addWidget(self.problems)
        inner.addWidget(self._advice)
        self.problems.hide()
        self._advice.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(4), 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(HairLine("line"))
        column.addLayout(top)
        column.addWidget(self._strip)

    def _connect(self) -> None:
        self._desk.changed.connect(self.refresh)
        self.make.clicked.connect(self._start_all)
        self.choose.clicked.connect(self._choose)
        self.cancel.clicked.connect(self._cancel)
        self.open.clicked.connect(self._open)
        self.folder.clicked.connect(self._open_folder)
        self.sent.clicked.connect(self.note_sent)
        self.problems.opened.connect(self._problem_opened)
        self.problems.clicked.connect(self._problem_opened)
        self.problems.selectionModel().currentChanged.connect(self._show_advice)

    def _choose(self) -> None:
        self.menu().popup(self.choose.mapToGlobal(QPoint(0, self.choose.height())))

    def _start_all(self) -> None:
        self.start(PackOptions())

    def _start_supplementary(self) -> None:
        self.start(PackOptions(supplementary=True))

    def _start_public(self) -> None:
        self.start(PackOptions(public=True))

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    # -- what came of it ------------------------------------------------------------------------------

    def _made(self, answer: object) -> None:
        from finsam_desktop.files.pack_files import SavedPack

        assert isinstance(answer, SavedPack)
        self._tell(answer)
        if not isValid(self):  # the page may be gone while the work went on; the file is made all the same
            return
        self._saved = answer
        rows = tuple(
            (
                TableCell(text=problem.title, key=problem.attachment_id, state=_gravity(problem.left_out)),
                TableCell(text=problem.text, tone="text2"),
            )
            for problem in answer.pack.problems
        )
        self._model.set_table(_COLUMNS, rows)
        self.problems.setVisible(bool(rows))
        self.problems.fit_height()
        row = self.problems.sizeHintForRow(0) if rows else 0
        head = self.problems.horizontalHeader().height()
        self.problems.setMaximumHeight(head + row * min(len(rows), _ROWS_SHOWN) + 4)
        self._show_advice()
        self.refresh()

    def _tell(self, saved: SavedPack) -> None:
        pack = saved.pack
        text = f"Handlingarna är skapade: {saved.path.name}, {pack.pages} sidor."
        if saved.beside:
            text = f"Handlingarna har ändrats sedan de skapades. Den filen är kvar. Den nya heter {saved.path.name}."
        if pack.left_out:
            text += f" {_left_out(pack.left_out)}."
        state = State.CONSIDER if pack.left_out or saved.beside else State.DONE
        detail = "\n".join(f"{problem.title}: {problem.text}" for problem in pack.problems)
        self._desk.shell.notify(
            Notice(text=text, state=state, detail=detail, action="Öppna", on_action=_Opening(saved.path))
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._desk.shell.session.failed.emit(error)

    def _ended(self, _job: object) -> None:
        self._job = None
        if isValid(self):
            self.refresh()

    def _path(self) -> Path | None:
        """The file made last, here or at an earlier time, when it is still there."""
        if self._saved is not None:
            return self._saved.path if self._saved.path.exists() else None
        records = self._desk.session.workspace.made_files(self._desk.meeting_id)
        made = [Path(record.path) for record in records if record.document == KIND]
        return next((path for path in reversed(made) if path.exists()), None)

    def _open(self) -> None:
        path = self._path()
        if path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _open_folder(self) -> None:
        path = self._path()
        if path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def _show_advice(self, *_indexes: object) -> None:
        """What to do about the problem that is chosen, the first when none is."""
        problems = self._saved.pack.problems if self._saved is not None else ()
        row = max(self.problems.currentIndex().row(), 0)
        advice = problems[row].advice if row < len(problems) else ""
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))

    def _problem_opened(self, index: QModelIndex) -> None:
        attachment_id = str(index.siblingAtColumn(0).data(KEY_ROLE) or "")
        if attachment_id:
            self.paper_wanted.emit(attachment_id)


class _Opening:
    """Opens a file when it is called, also after the page is gone."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))


class _Work:
    """The work as a value: called in the background."""

    def __init__(
        self, workspace: Workspace, meeting_id: str, options: PackOptions, folder: Path, today: date
    ) -> None:
        self._workspace, self._meeting_id, self._options = workspace, meeting_id, options
        self._folder, self._today = folder, today

    def __call__(self, progress: Progress) -> object:
        from finsam_desktop.files.pack_files import save_pack, standard_tools

        return save_pack(
            self._workspace,
            self._meeting_id,
            self._options,
            self._folder,
            tools=standard_tools(),
            today=self._today,
            step=progress.step,
        )


def _gravity(left_out: bool) -> State:
    return State.MUST_MEND if left_out else State.CONSIDER


def _left_out(count: int) -> str:
    if not count:
        return ""
    return "1 handling kunde inte tas med" if count == 1 else f"{count} handlingar kunde inte tas med"


def _sent_in_words(meeting: Meeting) -> str:
    if not meeting.utskick:
        return ""
    last: Utskick = meeting.utskick[-1]
    what = "Tilläggshandlingar skickade" if last.supplementary else "Skickade"
    new = len(unsent(meeting))
    since = (
        f", {new} nya eller ändrade bilagor sedan dess"
        if new > 1
        else ", 1 ny eller ändrad bilaga sedan dess"
    )
    return f"{what} {wording.short_date(last.sent_at.date())}{since if new else ''}"
