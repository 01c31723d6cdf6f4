"""A bilaga is opened as a copy in a folder of ours, whatever it calls itself, if it is a document."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from finsam_desktop.errors import UserError
from finsam_desktop.ui.opened_copies import OPEN_ANYWAY, OpenedCopies
from finsam_desktop.ui.widgets.notification import Notice
from tests.ui.opened_files import Opened

PDF = b"%PDF-1.7 sidor"


class Told:
    """A shell that remembers what it was told."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []
        self.errors: list[UserError] = []
        self.session = SimpleNamespace(guarded=self.guarded)

    def notify(self, notice: Notice) -> None:
        self.notices.append(notice)

    def guarded(self, function: Any) -> Any:
        try:
            return function()
        except UserError as error:
            self.errors.append(error)
            return None


@pytest.fixture
def shell() -> Any:
    return Told()


@pytest.mark.parametrize("an_id", ["../../..", "/tmp/abc", "vanlig"])
@pytest.mark.parametrize(
    "name", ["Rapport.pdf", "../../Rapport.pdf", "/etc/Rapport.pdf", "C:\\Rapport.pdf", ""]
)
def test_a_copy_stays_in_the_folder_for_copies(shell: Any, an_id: str, name: str) -> None:
    copies = OpenedCopies(shell)
    path, question = copies.copy(an_id, name, PDF)
    assert copies._folder is not None
    assert path.resolve().is_relative_to(Path(copies._folder.name).resolve())
    assert path.read_bytes() == PDF
    assert path.suffix == ".pdf"
    assert question == ""
    copies.close()
    assert not path.exists()


def test_a_document_is_opened(qapp: object, shell: Any, opened: Opened) -> None:
    copies = OpenedCopies(shell)
    assert copies.open("a", "Rapport.pdf", lambda: PDF)
    assert [path.name for path in opened.files] == ["Rapport.pdf"]
    copies.close()


def test_a_program_is_not_even_copied(qapp: object, shell: Any, opened: Opened) -> None:
    copies = OpenedCopies(shell)
    assert not copies.open("a", "Rapport.pdf.exe", lambda: PDF)
    assert opened.files == []
    assert copies._folder is None
    assert "program eller ett skript" in str(shell.errors[0])


def test_macros_are_asked_about_first(qapp: object, shell: Any, opened: Opened) -> None:
    copies = OpenedCopies(shell)
    assert not copies.open("a", "Mall.docm", lambda: b"PK")
    assert opened.files == []
    (notice,) = shell.notices
    assert notice.action == OPEN_ANYWAY
    assert "makron" in notice.text
    notice.on_action()
    assert [path.name for path in opened.files] == ["Mall.docm"]
    copies.close()
    notice.on_action()
    assert len(opened.files) == 1, "the copy is gone"
