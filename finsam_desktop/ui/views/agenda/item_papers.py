"""Skrivelser: the papers written for an item, in its editor. None is there until it is wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.documents import Document
from finsam_desktop.documents.kinds import KINDS, has_paper
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.annual_report import AnnualReport
from finsam_desktop.domain.papers import Letter, Memo, Referral
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.papers.annual_form import AnnualForm
from finsam_desktop.ui.views.papers.form import PaperForm
from finsam_desktop.ui.views.papers.letter_form import LetterForm
from finsam_desktop.ui.views.papers.memo_form import MemoForm
from finsam_desktop.ui.views.papers.referral_form import ReferralForm
from finsam_desktop.ui.views.papers.report_form import ReportForm
from finsam_desktop.ui.views.papers.report_values import (
    annual_report_of,
    report_to_begin,
    surroundings,
    write_annual_report,
)
from finsam_desktop.ui.widgets.buttons import IconButton, link_button, secondary_button
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.recipients import FlowLayout
from finsam_desktop.ui.widgets.surfaces import Label

OF_DATA = (Document.EKONOMI_I_KORTHET, Document.BUDGET, Document.ARSREDOVISNING)
"""Papers that an item has by what it is about; they are not begun and not taken away."""
PAPERS = (
    Document.TJANSTESKRIVELSE,
    Document.SKRIVELSE,
    Document.REMISSVAR,
    Document.INSATSBESLUT,
    Document.TERTIALRAPPORT,
    *OF_DATA,
)
SHORT = {Document.BUDGET: "Budget och plan"}
"""Names that would take too much of a paper's line."""
PREVIEWED = (Document.TERTIALRAPPORT, *OF_DATA)
"""Papers of which a meeting has one, so that its pages can be shown."""
_FIELDS = {
    Document.TJANSTESKRIVELSE: "memo",
    Document.SKRIVELSE: "letter",
    Document.REMISSVAR: "referral",
    Document.INSATSBESLUT: "measure_id",
    Document.TERTIALRAPPORT: "report",
}
_EMPTY: dict[Document, Any] = {
    Document.TJANSTESKRIVELSE: Memo(),
    Document.SKRIVELSE: Letter(),
    Document.REMISSVAR: Referral(),
}
_FORMS: dict[Document, type[PaperForm]] = {
    Document.TJANSTESKRIVELSE: MemoForm,
    Document.SKRIVELSE: LetterForm,
    Document.REMISSVAR: ReferralForm,
    Document.TERTIALRAPPORT: ReportForm,
    Document.ARSREDOVISNING: AnnualForm,
}
HINTS = {
    Document.EKONOMI_I_KORTHET: "En sida om ekonomin, gjord av rapporterna under Siffror i ärendet.",
    Document.BUDGET: "Belopp, mål, riktlinjer och texter skrivs i årets plan.",
}
"""What is said of papers that are not written here."""
NO_MEASURES = "Lägg först in insatsen under Förbundet, Insatser."


def _new(document: Document) -> str:
    """ "Ny" or "Nytt", as the paper's name has it."""
    return "Nytt" if KINDS[document].the.endswith("t") else "Ny"


class _Paper(QWidget):
    """One paper: its name, what can be done with it, and its form when it is open. ``link`` begins it."""

    open_pressed = Signal(object)
    make_pressed = Signal(object)
    attach_pressed = Signal(object)
    drop_pressed = Signal(object)
    begin_pressed = Signal(object)
    preview_pressed = Signal(object)
    plan_pressed = Signal()
    edited = Signal(object, object, str)

    def __init__(self, document: Document) -> None:
        super().__init__()
        label = SHORT.get(document, KINDS[document].label)
        self.document = document
        self.is_made = False
        self.link = link_button(label, "plus")
        self.link.setAccessibleName(f"Skriv {label.lower()}")
        self.link.clicked.connect(self._press_begin)
        self.form: PaperForm | None = None
        self.hint: QWidget | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(current_theme().px(8))

    def make_line(self) -> None:
        """The line with the paper's name and buttons: most items have no paper, and so no lines."""
        if self.is_made:
            return
        self.is_made = True
        document, label = self.document, SHORT.get(self.document, KINDS[self.document].label)
        self.open = link_button(label, "chevron-right")
        self.open.setAccessibleName(f"{label}, visa och skriv")
        self.make = secondary_button("Skapa i Word", "file-text")
        self.make.setAccessibleName(f"Skapa {label.lower()} som Word-dokument")
        self.attach = IconButton("paperclip", f"Skapa {KINDS[document].the.lower()} och bifoga i ärendet")
        self.drop = IconButton("trash-2", f"Ta bort {KINDS[document].the.lower()}")
        self.preview = IconButton("eye", f"Visa sidorna i {KINDS[document].the.lower()}")
        self.preview.setVisible(False)
        self.open.clicked.connect(self._press_open)
        self.make.clicked.connect(self._press_make)
        self.attach.clicked.connect(self._press_attach)
        self.drop.clicked.connect(self._press_drop)
        self.preview.clicked.connect(self._press_preview)
        line = QHBoxLayout()
        line.addWidget(self.open)
        line.addStretch(1)
        line.addWidget(self.make)
        line.addWidget(self.preview)
        line.addWidget(self.attach)
        line.addWidget(self.drop)
        self.column.insertLayout(0, line)

    def made_form(self) -> PaperForm:
        """The form, made the first time it is opened."""
        if self.form is None:
            self.form = _FORMS[self.document](self)
            self.form.edited.connect(self._take)
            if isinstance(self.form, ReportForm):
                self.form.plan_wanted.connect(self.plan_pressed)
            self.column.addWidget(self.form)
        return self.form

    def made_hint(self) -> QWidget:
        """What is said in place of a form, made the first time it is opened."""
        if self.hint is None:
            self.hint = QWidget()
            lines = QVBoxLayout(self.hint)
            lines.setContentsMargins(0, 0, 0, 0)
            lines.setSpacing(current_theme().px(4))
            lines.addWidget(Label(HINTS[self.document], "body", "text2", wrap=True))
            if self.document is Document.BUDGET:
                plan = link_button("Öppna Budget och plan")
                plan.clicked.connect(self.plan_pressed)
                lines.addWidget(plan, 0, Qt.AlignmentFlag.AlignLeft)
            self.column.addWidget(self.hint)
        return self.hint

    def show_open(self, is_open: bool) -> None:
        self.open.set_icon_name("chevron-down" if is_open else "chevron-right")

    def _take(self, value: object, what: str) -> None:
        self.edited.emit(self.document, value, what)

    def _press_open(self) -> None:
        self.open_pressed.emit(self.document)

    def _press_make(self) -> None:
        self.make_pressed.emit(self.document)

    def _press_attach(self) -> None:
        self.attach_pressed.emit(self.document)

    def _press_drop(self) -> None:
        self.drop_pressed.emit(self.document)

    def _press_begin(self) -> None:
        self.begin_pressed.emit(self.document)

    def _press_preview(self) -> None:
        self.preview_pressed.emit(self.document)


class ItemPapers(QWidget):
    """A line for each paper of the item, and a link for each that it has not. One is open at a time.

    ``document_wanted(Document, item_id)`` asks for the Word document, ``attach_wanted`` for it as a bilaga,
    ``preview_wanted`` for its pages.
    """

    document_wanted = Signal(object, str)
    attach_wanted = Signal(object, str)
    preview_wanted = Signal(object, str)

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._item_id = ""
        self._open: Document | None = None
        self._papers = {document: _Paper(document) for document in PAPERS}
        self._measure = ChoiceField()
        self._measure_row = FormRow("Insats", self._measure)
        self._measure.chosen.connect(self._measure_chosen)
        self._none = Label(NO_MEASURES, "meta", "text2", wrap=True)
        self._none.hide()
        foot = QWidget()
        flow = FlowLayout(foot, current_theme().px(4))
        flow.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(8))
        for paper in self._papers.values():
            paper.hide()
            paper.open_pressed.connect(self.toggle)
            paper.make_pressed.connect(self._want)
            paper.attach_pressed.connect(self._want_attached)
            paper.drop_pressed.connect(self._remove)
            paper.begin_pressed.connect(self.write)
            paper.edited.connect(self._edited)
            paper.preview_pressed.connect(self._want_preview)
            paper.plan_pressed.connect(self._open_plan)
            column.addWidget(paper)
            flow.addWidget(paper.link)
        flow.addWidget(QWidget())  # the last in a flow takes what is left of the line
        self._papers[Document.INSATSBESLUT].column.addWidget(self._measure_row)
        column.addWidget(foot)
        column.addWidget(self._none)

    # -- what the editor uses -------------------------------------------------------------------------

    def show_item(self, item: AgendaItem) -> None:
        """Show the item's papers; another item's open form closes."""
        if item.id != self._item_id:
            self._open = None
            self._none.hide()
        self._item_id = item.id
        locked = self._desk.locked
        for document, paper in self._papers.items():
            written = has_paper(document, item)
            if written:
                paper.make_line()  # while the paper is hidden: what comes into a hidden one is shown with it
            paper.setVisible(written)
            begun = document not in OF_DATA
            paper.link.setVisible(not written and not locked and begun)
            is_open = written and document is self._open
            if written:
                paper.drop.setVisible(not locked and begun)
                paper.attach.setVisible(not locked)
                paper.preview.setVisible(document in PREVIEWED)
                paper.show_open(is_open)
            if document is Document.INSATSBESLUT:
                self._show_measure(item, is_open, locked)
            elif document in HINTS:
                self._show_hint(paper, is_open)
            else:
                self._show_form(paper, item, is_open, locked)

    def flush(self) -> None:
        """Take in everything that is still in the open form."""
        for paper in self._papers.values():
            if paper.form is not None:
                paper.form.flush()

    def write(self, document: Document) -> None:
        """Begin a paper, or open the one there is, and put the cursor in it."""
        item = self._desk.item(self._item_id)
        if item is None:
            return
        if not has_paper(document, item) and not self._begin(document, item):
            return
        self._open = document
        self._refresh()
        form = self._papers[document].form
        if form is not None and not self._desk.locked:
            form.focus_first()
        elif document is Document.INSATSBESLUT:
            self._measure.setFocus()

    def toggle(self, document: Document) -> None:
        """Open a paper's form, or close it."""
        self.flush()
        self._open = None if self._open is document else document
        self._refresh()

    # -- showing --------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        item = self._desk.item(self._item_id)
        if item is not None:
            self.show_item(item)

    def _show_form(self, paper: _Paper, item: AgendaItem, is_open: bool, locked: bool) -> None:
        if paper.form is not None:
            paper.form.setVisible(is_open)
        if is_open:
            form = paper.made_form()
            form.setVisible(True)
            if isinstance(form, MemoForm):
                form.set_people(self._writers())
            if isinstance(form, ReportForm):
                form.set_surroundings(surroundings(self._desk, item))
            form.show_value(self._value(paper.document, item))
            # The årsredovisning's texts are the association's, and no minutes seal them.
            form.set_read_only(
                self._desk.session.read_only if paper.document is Document.ARSREDOVISNING else locked
            )

    def _value(self, document: Document, item: AgendaItem) -> Any:
        if document is Document.ARSREDOVISNING:
            return annual_report_of(self._desk, item)
        return getattr(item, _FIELDS[document])

    def _show_hint(self, paper: _Paper, is_open: bool) -> None:
        if is_open or paper.hint is not None:
            paper.made_hint().setVisible(is_open)

    def _show_measure(self, item: AgendaItem, is_open: bool, locked: bool) -> None:
        self._measure_row.setVisible(is_open)
        if is_open:
            measures = self._desk.association.measures
            self._measure.set_choices(tuple((m.id, m.name or "Namn saknas") for m in measures))
            self._measure.set_value(item.measure_id)
            self._measure.setEnabled(not locked)

    def _writers(self) -> tuple[tuple[str, str], ...]:
        """The civil servants: those who may write a memo."""
        from finsam_desktop.domain.association import BOARD_ROLES, Role

        association, day = self._desk.association, self._desk.meeting.date
        board = {a.person_id for a in association.appointed(day, *BOARD_ROLES, Role.DEPUTY, Role.AUDITOR)}
        officials = dict.fromkeys(a.person_id for a in association.appointed(day) if a.person_id not in board)
        found = (association.person(person_id) for person_id in officials)
        return tuple((person.id, person.name) for person in found if person is not None)

    # -- changing -------------------------------------------------------------------------------------

    def _begin(self, document: Document, item: AgendaItem) -> bool:
        if document is Document.INSATSBESLUT:
            measures = self._desk.association.measures
            self._none.setVisible(not measures)
            if not measures:
                return False
            used = {one.measure_id for one in self._desk.meeting.items}
            first = next((m for m in measures if m.id not in used), measures[0])
            return self._change(document, f"Koppla insats till {self._name()}", first.id)
        value: Any = (
            report_to_begin(self._desk, item) if document is Document.TERTIALRAPPORT else _EMPTY[document]
        )
        if isinstance(value, Memo):
            value = replace(value, author_id=item.presenter_id)
        return self._change(
            document, f"{_new(document)} {KINDS[document].label.lower()} i {self._name()}", value
        )

    def _edited(self, document: Document, value: object, what: str) -> None:
        label = f"Skriv i {KINDS[document].the.lower()} till {self._name()}"
        if isinstance(value, AnnualReport):
            write_annual_report(self._desk, f"Skriv i årsredovisningen {value.year}", value, what)
            return
        self._change(document, label, value, merge=f"{self._item_id}.{document.value}.{what}")

    def _measure_chosen(self, measure_id: object) -> None:
        self._change(Document.INSATSBESLUT, f"Koppla insats till {self._name()}", str(measure_id))

    def _remove(self, document: Document) -> None:
        self.flush()
        gone: object = "" if document is Document.INSATSBESLUT else None
        if self._change(document, f"Ta bort {KINDS[document].the.lower()} i {self._name()}", gone):
            self._desk.tell(
                f"{KINDS[document].the} är borttagen.".replace("et är borttagen", "et är borttaget"),
                undo=True,
            )

    def _change(self, document: Document, label: str, value: object, *, merge: str = "") -> bool:
        values: dict[str, Any] = {_FIELDS[document]: value}
        return self._desk.change_item(label, self._item_id, lambda item: replace(item, **values), merge=merge)

    def _name(self) -> str:
        return self._desk.item_name(self._item_id)

    def _want_attached(self, document: Document) -> None:
        self.flush()
        self.attach_wanted.emit(document, self._item_id)

    def _want_preview(self, document: Document) -> None:
        self.flush()
        self.preview_wanted.emit(document, self._item_id)

    def _open_plan(self) -> None:
        self.flush()
        self._desk.shell.go("figures", "plan")

    def _want(self, document: Document) -> None:
        self.flush()
        self.document_wanted.emit(document, self._item_id)
