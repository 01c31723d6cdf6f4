"""The fields of one paragraph's decision and how they lie: what `DecisionPane` shows and changes."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from finsam_desktop.domain.decisions import MotionKind
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.agenda.proposal_editor import without_att
from finsam_desktop.ui.views.page import TallGround
from finsam_desktop.ui.views.record.decision_rows import MOTIONS
from finsam_desktop.ui.views.record.election_editor import ElectionEditor
from finsam_desktop.ui.views.record.follow_up_editor import FollowUpEditor
from finsam_desktop.ui.views.record.outcome_editor import OutcomeEditor
from finsam_desktop.ui.views.record.person_rows import PersonRows, RowParts
from finsam_desktop.ui.views.record.printed_words import PrintedWords
from finsam_desktop.ui.views.record.vote_editor import VoteEditor
from finsam_desktop.ui.widgets.buttons import IconButton, link_button, primary_button
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.recipients import FlowLayout
from finsam_desktop.ui.widgets.steps import PaneTabs
from finsam_desktop.ui.widgets.surfaces import Label, Pane
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit

MORE = (
    ("election", "Val"),
    ("not_taking_part", "Någon deltar inte"),
    ("condition", "Villkor"),
    ("financing", "Finansiering"),
    ("follow_up", "Uppföljning"),
    ("propositions", "Egen propositionsordning"),
)
"""What is seldom needed, added from a menu."""


class DecisionFields(Pane):
    """Every field, in the order of print, in a scrolling page with a foot of what can be added."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("base", "left", parent)
        self._today = today
        self._make_fields()
        self._make_page()

    def _make_fields(self) -> None:
        self._number = Label("", "editor_title", "text2")
        self._title = Label("", "editor_title", wrap=True)
        self._meta = Label("", "meta", "text2", wrap=True)
        self._back = IconButton("chevron-up", "Förra paragrafen")
        self._on = IconButton("chevron-down", "Nästa paragraf")
        self._parts = PaneTabs((), "Del av ärendet")
        self.motions = PersonRows(
            RowParts(
                name="Yrkande", choices=MOTIONS, texts_for=(MotionKind.OWN,), placeholder="att …",
                others=("Instämmer:", "Ingen instämmer"), flag="Återtaget", normal=without_att,
            )
        )  # fmt: skip
        self.propositions = GrowingTextEdit("", "Egen lydelse, i stället för den som står under")
        self.vote = VoteEditor()
        self.election = ElectionEditor()
        self.outcome_part = OutcomeEditor(self._today)
        self.outcome, self.clauses = self.outcome_part.outcome, self.outcome_part.clauses
        self.reason, self.immediately = self.outcome_part.reason, self.outcome_part.immediately
        self.dissents = PersonRows(
            RowParts(
                name="Reservation", choices=(("", "Utan yrkande"),), texts_for=(),
                second="Skriftlig", clock="Anmäld kl.",
            )
        )  # fmt: skip
        self.notes = PersonRows(RowParts(name="Anteckning", placeholder="Anteckningens text"))
        self.follow_up = FollowUpEditor(self._today)
        self.printed = PrintedWords()
        self.next_button = primary_button("Nästa paragraf")

    def _make_page(self) -> None:
        theme = current_theme()
        self._rows = {
            "motions": FormRow("Yrkanden", self.motions),
            "propositions": FormRow("Propositionsordning", self.propositions),
            "vote": FormRow("Votering", self.vote),
            "election": FormRow("Val", self.election),
            "outcome": FormRow("Beslut", self.outcome_part),
            "dissents": FormRow("Reservation", self.dissents),
            "notes": FormRow("Anteckning", self.notes),
            "follow_up": FormRow("Uppföljning", self.follow_up),
            "printed": FormRow("Så står det i protokollet", self.printed),
        }
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        head.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1, Qt.AlignmentFlag.AlignTop)
        for button in (self._back, self._on):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(theme.px(20), theme.px(12), theme.px(20), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addLayout(head)
        column.addWidget(self._meta)
        column.addWidget(self._parts, 0, Qt.AlignmentFlag.AlignLeft)
        for row in self._rows.values():
            column.addWidget(row)
        column.addStretch(1)
        ground = TallGround("base")
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._page)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(ground)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self._make_foot())

    def _make_foot(self) -> QWidget:
        theme = current_theme()
        foot = Pane("base", "top")
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme.px(12), theme.px(8), theme.px(16), theme.px(8))
        row.setSpacing(theme.px(8))
        links = QWidget()
        flow = FlowLayout(links, 0)
        flow.setContentsMargins(0, 0, 0, 0)
        self._adders = []
        for text, letter in (("Yrkande", "Y"), ("Votering", "V"), ("Reservation", "R"), ("Anteckning", "A")):
            button = link_button(text, "plus")
            button.setAccessibleName(f"Lägg till {text.lower()}")
            button.setToolTip(f"Tangent {letter} i närvaron")
            self._adders.append(button)
        self._more = link_button("Mer", "plus")
        self._more.setAccessibleName("Lägg till något mer")
        self._more_menu = QMenu(self._more)
        for name, text in MORE:
            self._more_menu.addAction(text).setData(name)
        self._more.setMenu(self._more_menu)
        self._adders.append(self._more)
        for button in self._adders:
            flow.addWidget(button)
        flow.addWidget(QWidget())
        self.next_button.setToolTip("Ctrl+Enter")
        row.addWidget(links, 1)
        row.addWidget(self.next_button, 0, Qt.AlignmentFlag.AlignBottom)
        return foot
