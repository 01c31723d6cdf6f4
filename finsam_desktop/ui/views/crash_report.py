"""Felrapporter: what is kept of faults of the program, shown whole, to copy or save. Nothing is sent."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from finsam_desktop.settings import data_folder
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.widgets.buttons import secondary_button
from finsam_desktop.ui.widgets.empty_state import EmptyState
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.surfaces import Label, Pane

if TYPE_CHECKING:
    from finsam_desktop.faults.reports import Report

TEXT_FILES = "Textfiler (*.txt)"


def make(shell: Shell) -> View:
    """The view of the place "crash_report"."""
    return CrashReportView(shell)


class CrashReportView(View):
    """The reports to the left by time, the one chosen to the right in full."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        px = current_theme().px
        self._reports: tuple[Report, ...] = ()
        self._model = RowModel(parent=self)
        self.list = RowList("Felrapporter", delegate=RowDelegate(number_width=0))
        self.list.setModel(self._model)
        self.list.setFixedWidth(px(300))
        self.list.chosen.connect(self._show)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Felrapportens text")
        self.text.setAccessibleDescription("Allt som rapporten innehåller")
        self.copy = secondary_button("Kopiera rapporten", "copy")
        self.save = secondary_button("Spara rapporten", "download")
        self.remove = secondary_button("Ta bort alla", "trash-2")
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._ask_where)
        self.remove.clicked.connect(self._remove)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_page())
        self._empty = EmptyState(
            "Inga felrapporter.",
            "Om något går fel i programmet står det här vad som hände. Ingenting skickas till någon.",
            example=False,
        )
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def head(self) -> Head:
        return Head(title="Felrapporter", facts=("Finns bara på den här datorn",))

    def head_widgets(self) -> tuple[QWidget, ...]:
        return (self.copy, self.save, self.remove)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.list, self.text)

    def show_target(self, target: str) -> None:
        """The latest report; the folder is read anew."""
        from finsam_desktop.faults import reports

        self._reports = reports.kept(data_folder())
        self._model.set_rows(
            tuple(Row(title=_when(report), key=str(report.path)) for report in self._reports)
        )
        self._stack.setCurrentIndex(0 if self._reports else 1)
        for button in (self.copy, self.save, self.remove):
            button.setEnabled(bool(self._reports))
        if self._reports:
            self.list.setCurrentIndex(self._model.index(0))
            self._show(self._model.index(0))

    def shown(self) -> Report | None:
        """The report whose text is shown."""
        key = self.list.currentIndex().data(RowRole.KEY)
        return next((report for report in self._reports if str(report.path) == key), None)

    def _make_page(self) -> QWidget:
        px = current_theme().px
        page = Pane("base")
        right = QVBoxLayout()
        right.setContentsMargins(px(24), px(16), px(24), px(16))
        right.setSpacing(px(8))
        right.addWidget(
            Label(
                "Det här är hela rapporten. Namn, nummer, texter och mappar är borttagna. "
                "Programmet skickar den inte. Vill du ha hjälp kan du kopiera den eller spara den.",
                "body", "text2", wrap=True,
            )
        )  # fmt: skip
        right.addWidget(self.text, 1)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        return page

    def _show(self, _index: QModelIndex) -> None:
        report = self.shown()
        self.text.setPlainText(report.text if report is not None else "")

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())
        self.shell.notify(Notice(text="Rapporten är kopierad. Klistra in den i ett mejl eller dokument."))

    def _ask_where(self) -> None:
        report = self.shown()
        if report is not None:
            suggestion = Path.home() / f"Felrapport {report.at:%Y-%m-%d}.txt"
            self.shell.dialogs.save_file("Spara felrapporten", TEXT_FILES, self._save, suggestion)

    def _save(self, path: Path) -> None:
        from finsam_desktop.faults import reports

        report = self.shown()
        if report is not None and self.shell.session.guarded(partial(reports.save, report, path)) is not None:
            self.shell.notify(Notice(text=f"Rapporten är sparad: {path.name}"))

    def _remove(self) -> None:
        from finsam_desktop.faults import reports

        reports.remove_all(data_folder())
        self.show_target("")


def _when(report: Report) -> str:
    from finsam_desktop.domain import wording

    return f"{wording.long_date(report.at.date())} kl. {wording.clock(report.at.time())}"
