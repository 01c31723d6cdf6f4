"""The few questions that need an answer: which file, where to put it. Tests give `DialogService` answers instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from finsam_desktop.errors import UserError
from finsam_desktop.ui import icons
from finsam_desktop.ui.theme import current_theme

if TYPE_CHECKING:  # dialogs are imported when one is asked for, not at start
    from PySide6.QtWidgets import QDialog, QFileDialog

OnFile = Callable[[Path], object]
OnFiles = Callable[[tuple[Path, ...]], object]

FINSAM_FILES = "Förbund (*.finsam)"
PARCEL_SUFFIX = ".motespaket"
OPENED_FILES = f"Förbund och mötespaket (*.finsam *{PARCEL_SUFFIX})"
PARCEL_FILES = f"Mötespaket (*{PARCEL_SUFFIX})"
WORKBOOKS = "Kalkylblad och bokföring (*.xlsx *.xlsm *.xls *.ods *.csv *.tsv *.se *.si *.sie)"
WORD_FILES = "Word-dokument (*.docx)"
ANY_FILES = "Alla filer (*)"


class DialogService(QObject):
    """Asks for files. The answer comes to a callback; no event loop is nested."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def open_file(self, title: str, kinds: str, on_file: OnFile, folder: Path | None = None) -> QDialog:
        """Ask for one file that exists; `on_file(Path)` when one is chosen, nothing when the user changes mind."""
        from PySide6.QtWidgets import QFileDialog

        dialog = self._dialog(title, kinds, folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return self._ask(dialog, on_file)

    def open_files(self, title: str, kinds: str, on_files: OnFiles, folder: Path | None = None) -> QDialog:
        """Ask for one or more files; `on_files(tuple[Path, ...])`."""
        from PySide6.QtWidgets import QFileDialog

        dialog = self._dialog(title, kinds, folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        return self._ask_many(dialog, on_files)

    def save_file(self, title: str, kinds: str, on_file: OnFile, suggestion: Path) -> QDialog:
        """Ask where to put a new file; an existing one is asked about by the system's own dialog."""
        from PySide6.QtWidgets import QFileDialog

        dialog = self._dialog(title, kinds, suggestion.parent)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suggestion.suffix.lstrip("."))
        dialog.selectFile(suggestion.name)
        return self._ask(dialog, on_file)

    def choose_folder(self, title: str, on_folder: OnFile, folder: Path | None = None) -> QDialog:
        """Ask for a folder; `on_folder(Path)`."""
        from PySide6.QtWidgets import QFileDialog

        dialog = self._dialog(title, "", folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        return self._ask(dialog, on_folder)

    def show_error(self, error: UserError) -> QDialog:
        """Show a fault in full, with its detail behind a fold and in the clipboard on request."""
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self._window)
        box.setWindowTitle("Finsam Desktop")
        theme = current_theme()
        sign = icons.pixmap("triangle-alert", theme.px(28), theme.color("warn"), box.devicePixelRatioF())
        box.setIconPixmap(sign)
        box.setText(error.message)
        box.setInformativeText(error.advice)
        if error.detail:
            box.setDetailedText(error.detail)
            copy = box.addButton("Kopiera", QMessageBox.ButtonRole.ActionRole)
            copy.setProperty("detail", f"{error}\n\n{error.detail}")
            copy.clicked.disconnect()
            copy.clicked.connect(self._copy)
        # Without an escape button a message box with several buttons refuses to be closed.
        box.setEscapeButton(box.addButton("Stäng", QMessageBox.ButtonRole.AcceptRole))
        return self._show(box)

    def show_about(self, version: str) -> QDialog:
        """What this program is, and whose work it stands on."""
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self._window)
        box.setWindowTitle("Om Finsam Desktop")
        box.setText(f"Finsam Desktop {version}")
        box.setInformativeText(
            "Kallelser, protokoll och tertialrapporter för samordningsförbund. Allt stannar på den här datorn.\n\n"
            "Fri programvara med MIT-licens. Typsnitten Inter och Carlito har SIL Open Font License, "
            "ikonerna från Lucide har ISC-licens och fönstret är gjort med Qt (LGPL)."
        )
        box.addButton("Stäng", QMessageBox.ButtonRole.AcceptRole)
        return self._show(box)

    def _dialog(self, title: str, kinds: str, folder: Path | None) -> QFileDialog:
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self._window, title)
        if kinds:
            dialog.setNameFilters([kinds, ANY_FILES] if kinds != ANY_FILES else [kinds])
        if folder is not None:
            dialog.setDirectory(str(folder))
        return dialog

    def _ask(self, dialog: QFileDialog, on_file: OnFile) -> QDialog:
        dialog.fileSelected.connect(_Answer(dialog, on_file).one)
        return self._show(dialog)

    def _ask_many(self, dialog: QFileDialog, on_files: OnFiles) -> QDialog:
        dialog.filesSelected.connect(_Answer(dialog, on_files).many)
        return self._show(dialog)

    def _show(self, dialog: QDialog) -> QDialog:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def _copy(self) -> None:
        QApplication.clipboard().setText(str(self.sender().property("detail")))


class _Answer(QObject):
    """Carries the files chosen to who asked. Lives and dies with its dialog."""

    def __init__(self, dialog: QFileDialog, on_answer: Callable[..., object]) -> None:
        super().__init__(dialog)
        self._on_answer = on_answer

    def one(self, name: str) -> None:
        if name:
            self._on_answer(Path(name))

    def many(self, names: list[str]) -> None:
        if names:
            self._on_answer(tuple(Path(name) for name in names))
