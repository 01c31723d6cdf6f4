"""The place "parcel_open": a mötespaket that is being opened. Asks for its password, or says why it cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from finsam_desktop.errors import UserError
from finsam_desktop.ui.dialog_service import FINSAM_FILES, PARCEL_FILES
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.views.parcels.password import ParcelPassword

if TYPE_CHECKING:
    from finsam_desktop.ui.jobs import Progress

NOT_OPENED = "Paketet öppnades inte."
OPEN_ALREADY = "Paketet är redan öppet i ett annat fönster."
OPEN_ALREADY_ADVICE = (
    "Gå till det fönstret, eller stäng det och öppna paketet igen. Det som är skrivet är kvar."
)
ANSWER = "Det här är ett svar på ett mötespaket."
ANSWER_ADVICE = "Öppna förbundets fil, så visas vad som har ändrats, kommenterats och justerats."


def make(shell: Shell) -> View:
    """The view of the place "parcel_open"."""
    return ParcelOpenView(shell)


class ParcelOpenView(View):
    """``show_target`` names the file. An answer goes on to the association's file that it belongs to."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._path = Path()
        self._password: str | None = None
        self._refusal: Exception | None = None
        self._is_answer = False
        self.page = ParcelPassword()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.page.given.connect(self._unlock)
        self.page.other_wanted.connect(self._choose)

    def head(self) -> Head:
        place = "overview" if self.shell.session.is_open else "welcome"
        word = "Översikt" if self.shell.session.is_open else "Välkommen"
        if self.shell.session.is_parcel:
            place, word = "chair", "Mötespaketet"
        return Head(title="Mötespaket", back=(word, place))

    def panes(self) -> tuple[QWidget, ...]:
        return (self.page,)

    def primary(self) -> QPushButton | None:
        return self.page.button if self.page.is_asking() else None

    def show_target(self, target: str) -> None:
        if target:
            self._path = Path(target)
            self._is_answer = False
            self.page.show_name(self._path.name)
            self.page.other.setText("Välj en annan fil")
            self._run(_Look(self._path), self._looked)

    def _run(self, work: _Look | _Unpack, done: object) -> None:
        label = f"Öppnar {self._path.name}"
        self.shell.jobs.run(work, label=label, on_done=done, on_error=self._failed, cancel=False)  # type: ignore[arg-type]

    def _looked(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        path, protected, is_answer = answer
        if not isValid(self) or path != self._path:
            return
        self._is_answer = is_answer
        session = self.shell.session
        if is_answer and session.is_open and not session.is_parcel:
            self.shell.go("parcel_back", str(path))
        elif is_answer:
            self.page.tell(UserError(ANSWER, advice=ANSWER_ADVICE))
            self.page.other.setText("Öppna förbundets fil")
        elif protected:
            self.page.ask()
            self.head_changed.emit()
        else:
            self._unlock(None)

    def _unlock(self, password: str | None) -> None:
        self._password = password
        session = self.shell.session
        self._run(_Unpack(self._path, password, session.user), self._unpacked)

    def _unpacked(self, answer: object) -> None:
        from finsam_desktop.parcels import folders

        assert isinstance(answer, tuple)
        path, copy = answer
        password, self._password = self._password, None
        if path != self._path:
            return
        folders.remember(copy, path.parent)
        session = self.shell.session
        self._refusal = None
        session.failed.connect(self._refused)
        opened = session.open(copy, parcel_password=password)
        session.failed.disconnect(self._refused)
        if not opened and isValid(self):
            self.page.tell(_told(self._refusal))

    def _refused(self, error: Exception) -> None:
        self._refusal = error

    def _failed(self, error: Exception) -> None:
        from finsam_desktop.parcels.received import is_wrong_password

        if not isinstance(error, UserError):
            raise error
        if not isValid(self):
            return
        if is_wrong_password(error):
            self.page.ask(wrong=self._password is not None)
        else:
            self.page.tell(error)
        self._password = None
        self.head_changed.emit()

    def _choose(self) -> None:
        if self._is_answer:
            self.shell.dialogs.open_file(
                "Öppna förbundets fil", FINSAM_FILES, self._open_own, self._path.parent
            )
        else:
            self.shell.dialogs.open_file(
                "Öppna ett mötespaket", PARCEL_FILES, self._open_other, self._path.parent
            )

    def _open_own(self, path: Path) -> None:
        answer = self._path
        if self.shell.session.open(path) and not self.shell.session.is_parcel:
            self.shell.go("parcel_back", str(answer))

    def _open_other(self, path: Path) -> None:
        self.shell.session.open(path)


def _told(refusal: Exception | None) -> UserError:
    """Why the working copy did not open. Its own name, which is in the refusal, says nothing to the receiver."""
    from finsam_desktop.workspace import LockedError

    if isinstance(refusal, LockedError) and refusal.here:
        return UserError(OPEN_ALREADY, advice=OPEN_ALREADY_ADVICE)
    if isinstance(refusal, UserError):
        return UserError(f"{NOT_OPENED} {refusal.message}", advice=refusal.advice)
    return UserError(NOT_OPENED, advice="Det som är skrivet i paketet är kvar.")


class _Look:
    """The work as a value: what is seen of the file without a password."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, _progress: Progress) -> tuple[Path, bool, bool]:
        from finsam_desktop.parcels import received

        head = received.look(self._path)
        return self._path, head.protected, head.answer


class _Unpack:
    """The work as a value: the receiver's working copy is made, or found."""

    def __init__(self, path: Path, password: str | None, user: str) -> None:
        self._path, self._password, self._user = path, password, user

    def __call__(self, _progress: Progress) -> tuple[Path, Path]:
        from finsam_desktop.parcels import received

        return self._path, received.unpack(self._path, self._password, user=self._user)
