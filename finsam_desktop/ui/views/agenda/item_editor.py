"""The editor of one item: every field reports what was written, and shows what the meeting holds.

Nothing is kept here. A field's `edited` becomes one named change; the change comes back through `refresh`, which
the fields ignore while they hold text that is not yet taken in.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from finsam_desktop.documents.kinds import has_paper
from finsam_desktop.domain import wording
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.confidentiality import Secret
from finsam_desktop.domain.decisions import Proposal, ProposalKind
from finsam_desktop.ui.finding_places import ITEM_ROWS
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.agenda.item_attachments import ItemAttachments
from finsam_desktop.ui.views.agenda.item_fields import PresenterField, TitleEdit
from finsam_desktop.ui.views.agenda.item_figures import ItemFigures
from finsam_desktop.ui.views.agenda.item_joint import ItemJoint
from finsam_desktop.ui.views.agenda.item_papers import PAPERS, ItemPapers
from finsam_desktop.ui.views.agenda.item_sub_items import ItemSubItems
from finsam_desktop.ui.views.agenda.proposal_editor import ProposalEditor
from finsam_desktop.ui.views.meeting.attachment_actions import AttachmentActions
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.when_seen import WhenSeen
from finsam_desktop.ui.widgets.drop_zone import local_files
from finsam_desktop.ui.widgets.fields import ChoiceField, CountField
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.recipients import RecipientsEdit
from finsam_desktop.ui.widgets.secret_fields import SecretFields
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label, Pane
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit, TextField

TEXT_WIDTH = 720
EDITOR_WIDTH = 420
"""The least, in pixels of the drawing."""
FACTS = ("type", "presenter", "minutes", "reference")
FACTS_WIDTH = 440
"""With less width than this the four facts of an item take two lines."""
TYPE_CHOICES = tuple((kind, wording.ITEM_TYPES[kind] or "Ingen") for kind in ItemType)


JOINT_TEMPLATE = "flera-forbund"
"""The item template for what several associations decide."""


class ItemEditor(QScrollArea):
    """Edits the item at hand. ``item_wanted(id)`` goes to a sub-item, ``figures_wanted(id)`` to the Siffror place,
    ``document_wanted(Document, id)`` asks for a paper of the item."""

    item_wanted = Signal(str)
    figures_wanted = Signal(str)
    document_wanted = Signal(object, str)

    def __init__(
        self, desk: OpenMeeting, attachments: AttachmentActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._actions = attachments
        self._item_id = ""
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(current_theme().px(EDITOR_WIDTH))
        self.setAcceptDrops(True)
        self._make_fields()
        self._make_page()
        self._connect()
        self._seen = WhenSeen(self, self.refresh)
        desk.changed.connect(self._seen.changed)

    # -- what the step uses ---------------------------------------------------------------------------

    @property
    def item_id(self) -> str:
        return self._item_id

    def show_item(self, item_id: str) -> None:
        """Show another item; what was written in the one before is taken in first."""
        if item_id == self._item_id:
            return
        self.flush()
        self._item_id = item_id
        self.proposal.set_proposal(self._proposal(), self._placeholder(), item_changed=True)
        self.clear_remarks()
        self.refresh()
        self.verticalScrollBar().setValue(0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._seen.now()

    def refresh(self) -> None:
        """Show what the meeting holds; text being written stays."""
        item = self._desk.item(self._item_id)
        self._page.setVisible(item is not None)
        if item is None:
            return
        number = self._desk.numbers()[item.id]
        self._number.setText(number)
        self._show_fields(item)
        self._show_sections(item)
        self._origin.set_text(item.origin)
        self._origin.setVisible(bool(item.origin))

    def flush(self) -> None:
        """Take in everything that is still in the fields."""
        for field in (
            self.title,
            self.reference,
            self.summary,
            self.proposal,
            self.presenter,
            self.joint,
            self.papers,
            self.secret,
        ):
            field.flush()

    def focus_title(self) -> None:
        """Put the cursor in the heading, all of it marked."""
        self.title.setFocus()
        self.title.selectAll()

    def mark(self, field: str, text: str, state: State) -> None:
        """Show a finding under its field and put the cursor there; fields are named as in AgendaItem."""
        row = self._rows.get(ITEM_ROWS.get(field, field))
        if row is None:
            self.title.setFocus()
            return
        row.set_remark(text, state)
        row.setVisible(True)
        if field == "proposal":
            self.proposal.focus_first()
        else:
            row.field.setFocus()
        self.ensureWidgetVisible(row)

    def clear_remarks(self) -> None:
        """Take the findings away from the fields."""
        for row in self._rows.values():
            row.set_remark("")

    # -- making ---------------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        self._number = Label("", "editor_title", "text2")
        self.title = TitleEdit()
        self.title.setAccessibleName("Rubrik")
        self._origin = IconLabel("corner-down-right", "", wrap=True)
        self.type = ChoiceField(TYPE_CHOICES)
        self.type.setMinimumContentsLength(3)
        self.presenter = PresenterField()
        self.presenter.setMinimumContentsLength(8)
        self.minutes = CountField(unit="min", most=600)
        self.minutes.setMinimumWidth(current_theme().px(72))
        self.reference = TextField()
        self.sub_items = ItemSubItems(self._desk)
        self.summary = GrowingTextEdit("", "Vad ledamöterna behöver veta", min_lines=3, markdown=True)
        self.attachments = ItemAttachments(self._desk, self._actions)
        self.figures = ItemFigures(self._desk)
        self.proposal = ProposalEditor()
        self.recipients = RecipientsEdit()
        self.papers = ItemPapers(self._desk)
        self.joint = ItemJoint(self._desk)
        self.confidential = QCheckBox("Sekretess – tas inte med i den offentliga versionen")
        self.secret = SecretFields("ärendet")

    def _make_page(self) -> None:
        theme = current_theme()
        rows = {
            "type": FormRow("Typ", self.type),
            "presenter": FormRow("Föredragande", self.presenter),
            "minutes": FormRow("Tid", self.minutes),
            "reference": FormRow("Diarienummer", self.reference),
            "sub_items": FormRow("Underpunkter", self.sub_items),
            "summary": FormRow("Sammanfattning av ärendet", self.summary),
            "attachments": FormRow("Beslutsunderlag", self.attachments),
            "figures": FormRow("Siffror", self.figures),
            "proposal": FormRow("Förslag till beslut", self.proposal),
            "recipients": FormRow("Expedieras till", self.recipients),
            "papers": FormRow("Skrivelser och rapporter", self.papers),
            "joint": FormRow("Andra förbund som beslutar detsamma", self.joint),
        }
        self._rows: dict[str, FormRow] = rows
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        self._number.setMinimumWidth(theme.px(18))
        title = QVBoxLayout()
        title.setSpacing(theme.px(6))
        title.addWidget(self.title)
        title.addWidget(self._origin)
        head.addLayout(title, 1)
        self._page = QWidget()
        self._page.setMaximumWidth(theme.px(TEXT_WIDTH))
        column = QVBoxLayout(self._page)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(28))
        column.setSpacing(theme.px(14))
        column.addLayout(head)
        self._facts = QWidget()
        self._facts_grid = QGridLayout(self._facts)
        self._facts_grid.setContentsMargins(0, 0, 0, 0)
        self._facts_grid.setSpacing(theme.px(12))
        self._facts_on_one_line: bool | None = None
        self._arrange_facts()
        column.addWidget(self._facts)
        for name in (
            "sub_items",
            "summary",
            "attachments",
            "figures",
            "proposal",
            "recipients",
            "joint",
            "papers",
        ):
            column.addWidget(rows[name])
        column.addWidget(self.confidential)
        column.addWidget(self.secret)
        column.addStretch(1)
        ground = Pane("base")
        line = QHBoxLayout(ground)
        line.setContentsMargins(0, 0, 0, 0)
        self._page.hide()  # until there is an item to show
        line.addWidget(self._page, 1)
        self._page.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line.addStretch(0)
        self.setWidget(ground)

    def _arrange_facts(self) -> None:
        """Typ, föredragande, tid and diarienummer on one line where there is room, else on two."""
        wide = self.viewport().width() >= current_theme().px(FACTS_WIDTH)
        if wide is self._facts_on_one_line:
            return
        self._facts_on_one_line = wide
        places = (
            ((0, 0, 4), (0, 1, 6), (0, 2, 2), (0, 3, 3))
            if wide
            else ((0, 0, 4), (0, 1, 6), (1, 0, 4), (1, 1, 6))
        )
        for column in range(4):
            self._facts_grid.setColumnStretch(column, 0)
        for name, (row, column, share) in zip(FACTS, places, strict=True):
            self._facts_grid.addWidget(self._rows[name], row, column, Qt.AlignmentFlag.AlignTop)
            self._facts_grid.setColumnStretch(column, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange_facts()

    def _connect(self) -> None:
        self.title.edited.connect(self._title_edited)
        self.title.left.connect(self.type.setFocus)
        self.type.chosen.connect(self._type_chosen)
        self.presenter.edited.connect(self._presenter_edited)
        self.minutes.changed.connect(self._minutes_changed)
        self.reference.edited.connect(self._reference_edited)
        self.summary.edited.connect(self._summary_edited)
        self.proposal.edited.connect(self._proposal_edited)
        self.recipients.edited.connect(self._recipients_edited)
        self.confidential.clicked.connect(self._confidential_clicked)
        self.secret.edited.connect(self._secret_edited)
        self.sub_items.item_wanted.connect(self.item_wanted)
        self.attachments.figures_wanted.connect(self._want_figures)
        self.figures.figures_wanted.connect(self._want_figures)
        self.papers.document_wanted.connect(self.document_wanted)

    # -- showing --------------------------------------------------------------------------------------

    def _show_fields(self, item: AgendaItem) -> None:
        locked = self._desk.locked
        self.title.set_text(item.title)
        self.type.set_value(item.type)
        self.presenter.set_people(self._people())
        self.presenter.set_presenter(item.presenter_id, item.presenter)
        if not self.minutes.hasFocus() or self.minutes.value() != item.minutes:
            self.minutes.set_value(item.minutes)
        self.reference.set_text(item.reference)
        self.summary.set_text(item.summary)
        self.proposal.set_proposal(item.proposal, self._placeholder())
        self.recipients.set_suggestions(self._known_recipients())
        self.recipients.set_recipients(item.recipients)
        self.confidential.setChecked(item.confidential)
        self.secret.set_secret(item.secret)
        self.secret.setVisible(item.confidential)
        for field in (self.title, self.reference, self.summary, self.minutes):
            field.setReadOnly(locked)
        for choice in (self.type, self.presenter, self.recipients):
            choice.setEnabled(not locked)
        # What may be published is decided after the adjustment too.
        self.confidential.setEnabled(not self._desk.session.read_only)
        self.secret.set_read_only(self._desk.session.read_only)
        self.proposal.set_read_only(locked)

    def _show_sections(self, item: AgendaItem) -> None:
        """Formal items have no proposal and no recipients until they get some."""
        formal = item.type in (ItemType.NONE, ItemType.FORMALITY)
        is_sub = item not in self._desk.meeting.items
        self.sub_items.show_item(item)
        self._rows["sub_items"].setVisible(bool(item.sub_items) and not is_sub)
        self.attachments.show_item(item)
        self.figures.show_item(item)
        self._rows["figures"].setVisible(bool(item.figures))
        proposed = item.proposal.kind is not ProposalKind.UNSET
        self._rows["proposal"].setVisible(not formal or proposed)
        self._rows["recipients"].setVisible(not formal or bool(item.recipients))
        self.papers.show_item(item)
        may_write = not formal and not self._desk.locked
        self._rows["papers"].setVisible(may_write or any(has_paper(paper, item) for paper in PAPERS))
        self._rows["minutes"].setVisible(not is_sub)
        self.joint.show_item(item.id, item.joint)
        self._rows["joint"].setVisible(bool(item.joint) or item.template_id == JOINT_TEMPLATE)

    def _proposal(self) -> Proposal:
        item = self._desk.item(self._item_id)
        return item.proposal if item is not None else Proposal()

    def _placeholder(self) -> str:
        """Last year's wording, or the template's."""
        item = self._desk.item(self._item_id)
        template = self._desk.template(item.template_id) if item is not None else None
        return f"att {template.clauses[0]}" if template is not None and template.clauses else "att …"

    def _people(self) -> tuple[tuple[str, str], ...]:
        return tuple((person.id, person.name) for person in self._desk.association.people)

    def _known_recipients(self) -> tuple[str, ...]:
        names = [member.name for member in self._desk.association.members]
        for meeting in self._desk.meetings:
            for item in meeting.items:
                names += item.recipients
        return tuple(dict.fromkeys(names))

    # -- changing -------------------------------------------------------------------------------------

    def _change(self, what: str, field: str, **values: Any) -> None:
        if not self._item_id:
            return
        name = self._desk.item_name(self._item_id)
        self._desk.change_item(
            f"{what} {name}",
            self._item_id,
            lambda item: replace(item, **values),
            merge=f"{self._item_id}.{field}",
        )

    def _title_edited(self, text: str) -> None:
        self._change("Ändra rubriken i", "title", title=" ".join(text.split()))

    def _type_chosen(self, kind: ItemType) -> None:
        self._change("Ändra typ på", "type", type=kind)

    def _presenter_edited(self, person_id: str, text: str) -> None:
        self._change("Ändra föredragande i", "presenter", presenter_id=person_id, presenter=text)

    def _minutes_changed(self, minutes: int | None) -> None:
        self._change("Ändra tiden för", "minutes", minutes=minutes)

    def _reference_edited(self, text: str) -> None:
        self._change("Ändra diarienummer i", "reference", reference=text.strip())

    def _summary_edited(self, text: str) -> None:
        self._change("Skriv i sammanfattningen av", "summary", summary=text)

    def _proposal_edited(self, proposal: Proposal, what: str) -> None:
        label = "Inget förslag läggs i" if what == "inget förslag" else f"Ändra {what} i"
        self._change(label, f"proposal.{what}", proposal=proposal)

    def _recipients_edited(self, names: tuple[str, ...]) -> None:
        self._change("Ändra mottagare i", "recipients", recipients=names)

    def _confidential_clicked(self, checked: bool) -> None:
        label = "Ange sekretess för" if checked else "Ta bort sekretess för"
        self._change(label, "confidential", confidential=checked)

    def _secret_edited(self, secret: Secret) -> None:
        self._change("Ange grund för sekretess för", "secret", secret=secret)

    def _want_figures(self) -> None:
        self.figures_wanted.emit(self._item_id)

    # -- files ----------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()) and not self._desk.locked:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragEnterEvent) -> None:  # type: ignore[override]
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files: tuple[Path, ...] = local_files(event.mimeData())
        if files and self._item_id:
            event.acceptProposedAction()
            self._actions.add_files(files, self._item_id)
