"""Inställningar: name, colours and the folder where documents are made. Few, and each in force at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.settings import data_folder
from finsam_desktop.ui.spelling import current_speller
from finsam_desktop.ui.theme import Scheme, current_theme
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.buttons import link_button, secondary_button
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.surfaces import Label
from finsam_desktop.ui.widgets.text_edits import TextField

_BESIDE = "Bredvid den öppna filen"


def make(shell: Shell) -> View:
    """The view of the place "settings"."""
    return SettingsView(shell)


class SettingsView(View):
    """Four settings. Everything about the association is under Förbundet instead."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        px = current_theme().px
        settings = shell.settings.settings
        self.name = TextField(settings.user_name, "Förnamn Efternamn")
        self.name.edited.connect(self._set_name)
        self.scheme = ChoiceField(
            ((Scheme.SYSTEM, "Som i systemet"), (Scheme.LIGHT, "Ljusa"), (Scheme.DARK, "Mörka"))
        )
        self.scheme.set_value(current_theme().scheme)
        self.scheme.chosen.connect(self._set_scheme)
        self.spelling = ChoiceField(((True, "Stryk under okända ord"), (False, "Av")))
        self.spelling.set_value(settings.spelling)
        self.spelling.chosen.connect(self._set_spelling)
        self._folder = Label(_folder_text(settings.export_folder), "body", wrap=True)
        self._choose = secondary_button("Välj mapp", "folder-open")
        self._choose.clicked.connect(self._ask_folder)
        self._reset = link_button("Bredvid filen")
        self._reset.clicked.connect(self._beside_file)
        folder = QWidget()
        line = QHBoxLayout(folder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        line.addWidget(self._folder, 1)
        line.addWidget(self._choose)
        line.addWidget(self._reset)
        self.leave = secondary_button("Exportera allt", "upload")
        self.leave.clicked.connect(self._export_all)
        leaving = QWidget()
        leaving_line = QHBoxLayout(leaving)
        leaving_line.setContentsMargins(0, 0, 0, 0)
        leaving_line.addWidget(self.leave)
        leaving_line.addStretch(1)
        page = Page("Inställningarna", text_width=560)
        rows = (
            FormRow(
                "Ditt namn", self.name, "Står i händelserna och när någon annan försöker öppna samma fil"
            ),
            FormRow("Färger", self.scheme, "Hög kontrast följer alltid systemet"),
            FormRow(
                "Stavning",
                self.spelling,
                "Högerklicka på ordet, eller Ctrl+punkt, för förslag och förbundets ordlista",
            ),
            FormRow("Var nya dokument läggs", folder, "En fil du har ändrat i Word skrivs aldrig över"),
            FormRow(
                "Hela förbundet i vanliga mappar",
                leaving,
                "Går att läsa utan programmet, och att läsa in igen",
            ),
        )
        for row in rows:
            page.add(row, space_before=4)
        log = Label(f"Programmets logg ligger i {data_folder()}", "meta", "text2", wrap=True)
        page.add(log, space_before=12)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)

    def head(self) -> Head:
        return Head(title="Inställningar", facts=("Gäller på den här datorn",))

    def show_target(self, target: str) -> None:
        self.leave.setEnabled(self.shell.session.is_open)
        self.scheme.set_value(current_theme().scheme)

    def flush(self) -> None:
        self.name.flush()

    def _export_all(self) -> None:
        self.shell.actions.run("export_all")

    def _set_name(self, name: str) -> None:
        self.shell.settings.change(user_name=" ".join(name.split()))

    def _set_scheme(self, scheme: object) -> None:
        if isinstance(scheme, Scheme):
            current_theme().set_scheme(scheme)
            self.shell.settings.change(colour_scheme=scheme.value)

    def _set_spelling(self, is_on: object) -> None:
        self.shell.settings.change(spelling=is_on is True)
        current_speller().set_on(is_on is True and self.shell.session.is_open)

    def _ask_folder(self) -> None:
        folder = self.shell.settings.settings.export_folder or Path.home()
        self.shell.dialogs.choose_folder("Var nya dokument läggs", self._set_folder, folder)

    def _set_folder(self, folder: Path | None) -> None:
        self.shell.settings.change(export_folder=folder)
        self._folder.setText(_folder_text(folder))

    def _beside_file(self) -> None:
        self._set_folder(None)


def _folder_text(folder: Path | None) -> str:
    return str(folder) if folder is not None else _BESIDE
