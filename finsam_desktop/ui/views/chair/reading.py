"""What the chair reads of an item: who presents it, what it is about, what is proposed, and its handlingar."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.agenda import AgendaItem, Attachment, parent_of
from finsam_desktop.domain.decisions import ProposalKind
from finsam_desktop.domain.numbering import attachment_numbers
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.agenda.proposal_editor import with_att
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.buttons import IconButton, link_button
from finsam_desktop.ui.widgets.surfaces import Label

NONE_LAID = "Inget förslag till beslut läggs."
MISSING = "Filen saknas"


class _Paper(QWidget):
    """One bilaga: a word that shows its pages, and a button that opens a copy."""

    shown = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._id = ""
        self.show_pages = link_button("", "paperclip")
        self.open_copy = IconButton("external-link", "Öppna en kopia")
        self._fact = Label("", "meta", "text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().px(6))
        row.addWidget(self.show_pages)
        row.addWidget(self._fact)
        row.addStretch(1)
        row.addWidget(self.open_copy)
        self.show_pages.clicked.connect(self._show)
        self.open_copy.clicked.connect(self._open)

    def show_attachment(self, attachment: Attachment, number: int | None) -> None:
        """Show a bilaga; one without a file says so and cannot be opened."""
        self._id = attachment.id
        name = f"Bilaga {number}" if number else "Bilaga"
        self.show_pages.setText(f"{name}  {attachment.title}")
        self.show_pages.setAccessibleName(f"{name} {attachment.title}, visa sidorna")
        self.open_copy.set_name(f"Öppna en kopia av {name.lower()} {attachment.title}")
        has_file = bool(attachment.sha256)
        self._fact.setText("" if has_file else MISSING)
        for button in (self.show_pages, self.open_copy):
            button.setEnabled(has_file)

    def _show(self) -> None:
        self.shown.emit(self._id)

    def _open(self) -> None:
        self.opened.emit(self._id)


class ReadingPart(QWidget):
    """The item as it was laid before the board. ``paper_wanted(id)`` shows pages, ``copy_wanted(id)`` opens a copy."""

    paper_wanted = Signal(str)
    copy_wanted = Signal(str)

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._desk = desk
        self._rows: list[_Paper] = []
        self.title = Label("", "editor_title", wrap=True)
        self._meta = Label("", "meta", "text2", wrap=True)
        self._summary = Label("", "body", wrap=True)
        self._proposal_head = Label("Förslag till beslut", "label", "text2")
        self._proposal = Label("", "body", wrap=True)
        self._papers_head = Label("Handlingar", "label", "text2")
        self._papers = QVBoxLayout()
        self._papers.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.title)
        column.addWidget(self._meta)
        column.addSpacing(theme.px(6))
        column.addWidget(self._summary)
        for head, what in ((self._proposal_head, self._proposal), (self._papers_head, None)):
            column.addSpacing(theme.px(6))
            column.addWidget(head)
            if what is not None:
                column.addWidget(what)
        column.addLayout(self._papers)

    def show_item(self, item: AgendaItem) -> None:
        """Show an item or sub-item."""
        desk = self._desk
        parent = parent_of(desk.meeting.items, item.id)
        top = parent if parent is not None else item
        numbers, sections = desk.numbers(), desk.sections()
        letter = f"{wording.NBSP}{numbers[item.id]}" if parent is not None else ""
        section = f"§{wording.NBSP}{sections[top.id]}{letter}" if top.id in sections else numbers[item.id]
        self.title.setText(f"{section}  {item.title}")
        person = desk.association.person(item.presenter_id)
        presenter = person.name if person is not None else item.presenter
        parts = (
            wording.ITEM_TYPES[item.type],
            f"Ärende {numbers[top.id]}",
            f"Föredragande {presenter}" if presenter else "",
            "Sekretess" if item.confidential else "",
        )
        self._meta.setText("  ·  ".join(part for part in parts if part))
        self._summary.setText(wording.no_break(item.summary.strip()))
        self._summary.setVisible(bool(item.summary.strip()))
        words = proposal_words(item)
        self._proposal.setText(words)
        for widget in (self._proposal_head, self._proposal):
            widget.setVisible(bool(words))
        self._show_papers(item)

    def papers(self) -> tuple[_Paper, ...]:
        """The rows of the item's handlingar that are shown."""
        return tuple(row for row in self._rows if not row.isHidden())

    def _show_papers(self, item: AgendaItem) -> None:
        numbers = attachment_numbers(self._desk.meeting)
        while len(self._rows) < len(item.attachments):
            row = _Paper()
            row.shown.connect(self.paper_wanted)
            row.opened.connect(self.copy_wanted)
            self._rows.append(row)
            self._papers.addWidget(row, 0, Qt.AlignmentFlag.AlignTop)
        for place, row in enumerate(self._rows):
            there = place < len(item.attachments)
            row.setVisible(there)
            if there:
                attachment = item.attachments[place]
                row.show_attachment(attachment, numbers.get(attachment.id))
        self._papers_head.setVisible(bool(item.attachments))


def proposal_words(item: AgendaItem) -> str:
    """The proposal as it is printed: lead-in, att-satser and condition; empty where nothing is said."""
    proposal = item.proposal
    if proposal.kind is ProposalKind.NONE_LAID:
        return NONE_LAID
    if proposal.kind is not ProposalKind.CLAUSES or not proposal.clauses:
        return ""
    condition = f"under förutsättning att {proposal.condition}" if proposal.condition else ""
    lines = (proposal.lead, *map(with_att, proposal.clauses), condition)
    return wording.no_break("\n".join(line for line in lines if line))
