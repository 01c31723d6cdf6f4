"""Word-mallar: which template each document is made with; check it, change it, take one's own into use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout, QWidget
from shiboken6 import isValid

from finsam_desktop.documents import Document
from finsam_desktop.documents.kinds import KINDS, Group
from finsam_desktop.documents.rendering import built_in_template, read_template
from finsam_desktop.documents.template_check import check, has_errors, save_with_comments
from finsam_desktop.documents.template_store import (
    changed_source,
    copy_of_template,
    with_own_template,
    without_own_template,
)
from finsam_desktop.domain.association import Association, WordTemplateFile
from finsam_desktop.ui.dialog_service import WORD_FILES
from finsam_desktop.ui.jobs import Progress
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.templates.fields_pane import TemplateFieldsPane
from finsam_desktop.ui.views.templates.problems_pane import CheckedTemplate, TemplateProblemsPane, verdict
from finsam_desktop.ui.views.templates.trial import SavedFiles, TemplateTrial
from finsam_desktop.ui.widgets.buttons import link_button, primary_button, secondary_button
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.recipients import FlowLayout
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label, Pane

TITLES = {document: kind.label for document, kind in KINDS.items()}


class WordTemplatesPane(Pane):
    """The second tab of Mallar. Checks run in the background; a template with errors is never taken into use."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("base", parent=parent)
        self._shell = shell
        self._document = Document.KALLELSE
        self._results: dict[Document, CheckedTemplate] = {}
        self._changed: Path | None = None
        self._make_parts()
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        for part in (self._make_list(), self._make_middle(), self.fields):
            splitter.addWidget(part)
        theme = current_theme()
        splitter.setSizes([theme.px(250), theme.px(620), theme.px(380)])
        splitter.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)

    # -- making ---------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self._title = Label("", "editor_title")
        self._state = IconLabel("file-text", "", "body", "text", wrap=True)
        self._change = IconLabel("triangle-alert", "", "body", "warn", wrap=True)
        self.use = primary_button("Använd en egen mall", "upload")
        self.copy = secondary_button("Spara en kopia att ändra", "pencil")
        self.examine = secondary_button("Kontrollera mall", "circle-check")
        self.reread = secondary_button("Läs in den ändrade filen", "refresh-cw")
        self.revert = link_button("Gå tillbaka till den inbyggda", "undo-2")
        self.trial = TemplateTrial(self._shell)
        self.watch = SavedFiles(self)
        self.watch.saved.connect(self._check_saved)
        for button, verb in (
            (self.use, self._choose_own),
            (self.copy, self._choose_copy),
            (self.examine, self._examine),
            (self.reread, self._reread),
            (self.revert, self._revert),
        ):
            button.clicked.connect(verb)
        self.problems = TemplateProblemsPane()
        self.problems.copy_wanted.connect(self._choose_commented)
        self.problems.again_wanted.connect(self._again)
        self.fields = TemplateFieldsPane()
        self.fields.copied.connect(self._tell_copied)

    def _make_list(self) -> QWidget:
        theme = current_theme()
        self._model = RowModel(parent=self)
        self.list = RowList("Word-mallar", delegate=RowDelegate(number_width=18, indent=12))
        self.list.setModel(self._model)
        self.list.chosen.connect(self._show_chosen)
        pane = Pane("base", "right")
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, theme.px(12), 1, theme.px(12))
        column.addWidget(self.list, 1)
        return pane

    def _make_middle(self) -> QWidget:
        theme = current_theme()
        pane = Pane("base")
        top = QVBoxLayout()
        top.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        top.setSpacing(theme.px(12))
        top.addWidget(self._title)
        top.addWidget(self._state)
        top.addWidget(self._change)
        top.addWidget(self.reread, 0, Qt.AlignmentFlag.AlignLeft)
        verbs = QWidget()
        flow = FlowLayout(verbs, theme.px(8))
        flow.setContentsMargins(0, 0, 0, 0)
        for button in (self.use, self.copy, self.examine, self.revert):
            flow.addWidget(button)
        flow.addWidget(QWidget())
        top.addWidget(verbs)
        top.addWidget(self.trial)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.problems, 1)
        return pane

    # -- what the view uses ---------------------------------------------------------------------------

    def panes(self) -> tuple[QWidget, ...]:
        return (self.list, self.use, self.problems, self.fields)

    def primary(self) -> QPushButton | None:
        return self.use

    def choose(self, document: Document) -> None:
        """Show a document's template."""
        place = self._model.row_of(document.value)
        if place >= 0:
            self.list.setCurrentIndex(self._model.index(place))

    def flush(self) -> None:
        """Nothing is typed here."""

    def refresh(self) -> None:
        """Show which templates are in use, and whether the file behind one has changed."""
        association = self._association
        rows: list[Row] = []
        for group in Group:
            rows.append(Row(title=group.value, heading=True))
            rows += [
                Row(
                    key=document.value,
                    title=kind.label,
                    meta=_short(association, document),
                    icon="file-text",
                )
                for document, kind in KINDS.items()
                if kind.group is group
            ]
        self._model.set_rows(tuple(rows))
        self.choose(self._document)
        self._show()

    def event(self, event: QEvent) -> bool:
        # Coming back from Word is when a file has been changed.
        if event.type() in (QEvent.Type.WindowActivate, QEvent.Type.Show) and self._shell.session.is_open:
            self._show_change()
        return super().event(event)

    @property
    def _association(self) -> Association:
        return self._shell.session.association

    def _own(self, document: Document) -> WordTemplateFile | None:
        return self._association.word_template(document.value)

    # -- showing --------------------------------------------------------------------------------------

    def _show_chosen(self, index: QModelIndex) -> None:
        key = index.data(RowRole.KEY)
        if key:  # a heading has none
            self._document = Document(key)
            self._show()

    def _show(self) -> None:
        own = self._own(self._document)
        self._title.setText(TITLES[self._document])
        if own is None:
            self._state.set_text("Den inbyggda mallen används.")
        else:
            taken = f", sedan {own.taken_on.isoformat()}" if own.taken_on else ""
            self._state.set_text(f"Er egen mall används: {own.file_name}{taken}.")
        self.revert.setVisible(own is not None)
        if own is not None and own.source:
            self.watch.follow(Path(own.source), self._document)
        self.trial.show_document(self._document)
        self.fields.show_document(self._document)
        self.problems.show_result(self._results.get(self._document))
        self._show_change()

    def _show_change(self) -> None:
        """Look whether the file that the association's own template came from holds something else now."""
        own = self._own(self._document)
        self._changed = changed_source(own) if own is not None and self.isVisible() else None
        text = f"{self._changed.name} har ändrats sedan den togs i bruk." if self._changed else ""
        self._change.set_text(text)
        self._change.setVisible(bool(text))
        self.reread.setVisible(bool(text))

    def _tell_copied(self, tag: str) -> None:
        self._shell.notify(Notice(text=f"{tag} är kopierat. Klistra in det i mallen i Word."))

    # -- check ----------------------------------------------------------------------------------------

    def _check_saved(self, path: Path, document: Document) -> None:
        """A template that somebody works on was saved: say at once whether it can be used. It is not taken into use."""
        self._show_change()
        self._run(partial(_check_copy, path, document), f"Kontrollerar {path.name}")

    def _examine(self) -> None:
        """Check the template in use, as it is stored."""
        session, document = self._shell.session, self._document
        own = self._own(document)
        work = partial(_check_stored, own, document, session.workspace.file)
        name = own.file_name if own is not None else built_in_template(document).name
        self._run(work, f"Kontrollerar {name}")

    def _run(self, work: Callable[[], CheckedTemplate], label: str) -> None:
        """Check in the background. The answer is for the file that is open now and for no other."""
        self._shell.jobs.run(
            partial(_without_progress, work),
            label=label,
            on_done=partial(self._checked, self._shell.session.workspace),
            cancel=False,
        )

    def _checked(self, workspace: object, result: object) -> None:
        assert isinstance(result, CheckedTemplate)
        session = self._shell.session
        if not isValid(self) or not session.is_open or session.workspace is not workspace:
            return
        self._results[result.document] = result
        if result.path is not None and not result.refused:
            self._take_into_use(result, result.path)
        elif not self.isVisible():  # otherwise the pane itself says it
            state = State.MUST_MEND if has_errors(result.problems) else State.CONSIDER
            self._shell.notify(
                Notice(
                    text=verdict(result),
                    state=state if result.problems else State.DONE,
                    action="Visa",
                    on_action=partial(self._shell.go, "templates", f"word/{result.document}"),
                )
            )
        self.choose(result.document)
        self._show()

    # -- one's own ------------------------------------------------------------------------------------

    def _choose_own(self) -> None:
        own = self._own(self._document)
        folder = Path(own.source).parent if own is not None and own.source else self._folder()
        self._shell.dialogs.open_file(
            f"Välj en mall för {TITLES[self._document].lower()}",
            WORD_FILES,
            partial(self.use_file, self._document),
            folder if folder.is_dir() else self._folder(),
        )

    def use_file(self, document: Document, path: Path) -> None:
        """Check a file, and take it into use for the document if it has no errors."""
        self._run(partial(_check_file, path, document), f"Kontrollerar {path.name}")

    def _reread(self) -> None:
        if self._changed is not None:
            self.use_file(self._document, self._changed)

    def _again(self) -> None:
        result = self._results.get(self._document)
        if result is not None and result.path is not None:
            self.use_file(self._document, result.path)

    def _take_into_use(self, result: CheckedTemplate, path: Path) -> None:
        session = self._shell.session

        def take() -> bool:
            before = session.association
            after = with_own_template(
                before, result.document, path, result.content, session.workspace.add_file, session.today
            )
            return session.change(f"Ta mallen {result.name} i bruk", before, after)

        if session.guarded(take):
            what = TITLES[result.document]
            remark = f" {verdict(result)}" if result.problems else ""
            self._shell.notify(
                Notice(
                    text=f"{what} görs nu med {result.name}. Mallen ligger i förbundets fil.{remark}",
                    state=State.CONSIDER if result.problems else State.DONE,
                    action="Ångra",
                    on_action=self._undo,
                )
            )

    def _undo(self) -> None:
        self._shell.session.undo()

    def _revert(self) -> None:
        session, document = self._shell.session, self._document
        self._results.pop(document, None)
        before = session.association
        label = f"Gå tillbaka till den inbyggda mallen för {TITLES[document].lower()}"
        session.change(label, before, without_own_template(before, document), tell=True)

    # -- copies ---------------------------------------------------------------------------------------

    def _folder(self) -> Path:
        return self._shell.session.workspace.path.parent

    def _choose_copy(self) -> None:
        document = self._document
        own = self._own(document)
        name = own.file_name if own is not None else f"{TITLES[document]} mall.docx"
        self._shell.dialogs.save_file(
            "Spara en kopia att ändra", WORD_FILES, partial(self.save_copy, document), self._folder() / name
        )

    def save_copy(self, document: Document, path: Path) -> None:
        """Write the template in use to a file and open it in the system's program."""
        session = self._shell.session

        def save() -> bool:
            copy_of_template(session.association, document, session.workspace.file, path)
            return True

        if session.guarded(save):
            text = f"Kopian heter {path.name}. Ändra den i Word, spara och välj Använd en egen mall."
            self._shell.notify(Notice(text=text))
            self.watch.follow(path, document)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _choose_commented(self) -> None:
        result = self._results.get(self._document)
        if result is not None:
            name = f"{Path(result.name).stem} med kommentarer.docx"
            self._shell.dialogs.save_file(
                "Spara en kopia med kommentarer",
                WORD_FILES,
                partial(self.save_commented, result),
                self._folder() / name,
            )

    def save_commented(self, result: CheckedTemplate, path: Path) -> None:
        """Write a copy with a comment at each problem and open it in the system's program."""

        def save() -> bool:
            save_with_comments(result.content, result.problems, result.name, path)
            return True

        if self._shell.session.guarded(save):
            self._shell.notify(Notice(text=f"Kopian med kommentarer heter {path.name}."))
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _short(association: Association, document: Document) -> str:
    own = association.word_template(document.value)
    return f"Egen: {own.file_name}" if own is not None else "Den inbyggda"


def _without_progress(work: Callable[[], CheckedTemplate], _progress: Progress) -> CheckedTemplate:
    return work()


def _check_file(path: Path, document: Document) -> CheckedTemplate:
    content = read_template(path)
    problems = check(content, document, path.name)
    return CheckedTemplate(document=document, name=path.name, content=content, problems=problems, path=path)


def _check_copy(path: Path, document: Document) -> CheckedTemplate:
    return replace(_check_file(path, document), path=None)


def _check_stored(
    own: WordTemplateFile | None, document: Document, files: Callable[[str], bytes]
) -> CheckedTemplate:
    if own is not None:
        content, name = files(own.sha256), own.file_name
    else:
        path = built_in_template(document)
        content, name = read_template(path), path.name
    return CheckedTemplate(
        document=document, name=name, content=content, problems=check(content, document, name)
    )
