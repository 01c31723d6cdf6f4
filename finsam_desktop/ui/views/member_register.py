"""The members of the association: a list, and a form for the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain.association import Association, Member, MemberKind
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.widgets.buttons import link_button, secondary_button
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.surfaces import Label, Pane
from finsam_desktop.ui.widgets.text_edits import TextField

KINDS = {
    MemberKind.SOCIAL_INSURANCE_AGENCY: "Försäkringskassan",
    MemberKind.EMPLOYMENT_SERVICE: "Arbetsförmedlingen",
    MemberKind.REGION: "Region",
    MemberKind.MUNICIPALITY: "Kommun",
}


class MemberRegister(Pane):
    """The second tab of Förbundet."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("base", parent=parent)
        self._shell = shell
        self._shown = ""
        theme = current_theme()
        self._model = RowModel(parent=self)
        self._list = RowList("Medlemmar", delegate=RowDelegate(number_width=0))
        self._list.setModel(self._model)
        self._list.chosen.connect(self._show)
        self._list.setFixedWidth(theme.px(360))
        add = secondary_button("Ny medlem", "plus")
        add.clicked.connect(self._add)
        left = QVBoxLayout()
        left.setContentsMargins(theme.px(12), theme.px(12), 0, theme.px(12))
        left.addWidget(self._list, 1)
        left.addWidget(add)
        self._name = TextField()
        self._kind = ChoiceField(tuple(KINDS.items()))
        self._board = TextField()
        self._contact = TextField()
        for field in (self._name, self._board, self._contact):
            field.edited.connect(self._take)
        self._kind.chosen.connect(self._take)
        remove = link_button("Ta bort medlemmen", "trash-2")
        remove.clicked.connect(self._remove)
        self._form = QWidget()
        self._form.setMaximumWidth(theme.px(560))
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.px(12))
        form.addWidget(FormRow("Medlem", self._name))
        form.addWidget(FormRow("Slag", self._kind))
        form.addWidget(
            FormRow(
                "Anslagstavla", self._board, "Där justerade protokoll anslås. Gäller kommuner och regioner."
            )
        )
        form.addWidget(FormRow("Adress för expediering", self._contact))
        form.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)
        form.addStretch(1)
        right = QVBoxLayout()
        right.setContentsMargins(theme.px(28), theme.px(20), theme.px(28), theme.px(20))
        right.addWidget(self._form)
        right.addWidget(
            Label(
                "Lagen kräver Försäkringskassan, Arbetsförmedlingen, minst en region och minst en kommun "
                "(3 § finsamlagen).",
                "meta",
                "text2",
                wrap=True,
            )
        )
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(left)
        row.addLayout(right, 4)
        row.addStretch(1)

    def refresh(self) -> None:
        """Show the register as it is, the same member chosen."""
        chosen = self._chosen_id()
        members = self._shell.session.association.members
        self._model.set_rows(
            tuple(Row(title=m.name or "Namn saknas", key=m.id, meta=KINDS[m.kind]) for m in members)
        )
        place = max(self._model.row_of(chosen), 0)
        if members and self._list.currentIndex().row() != place:
            self._list.setCurrentIndex(self._model.index(place))
        self._show()

    def flush(self) -> None:
        """Take in what is being typed."""
        for field in (self._name, self._board, self._contact):
            field.flush()

    def _chosen_id(self) -> str:
        return str(self._list.currentIndex().data(RowRole.KEY) or "")

    def _member(self) -> Member | None:
        return self._shell.session.association.member(self._shown)

    def _show(self, _index: QModelIndex | None = None) -> None:
        if self._shown != self._chosen_id():
            # What is being typed belongs to the member shown until now.
            self.flush()
            self._shown = self._chosen_id()
        member = self._member()
        self._form.setEnabled(member is not None)
        if member is None:
            return
        self._name.set_text(member.name)
        self._board.set_text(member.notice_board)
        self._contact.set_text(member.contact)
        self._kind.set_value(member.kind)

    def _take(self, _value: object) -> None:
        member = self._member()
        kind = self._kind.value()
        if member is None or not isinstance(kind, MemberKind):
            return
        changed = replace(
            member,
            name=self._name.text(),
            kind=kind,
            notice_board=self._board.text(),
            contact=self._contact.text(),
        )
        self._change(
            "Ändra medlem", lambda members: tuple(changed if m.id == member.id else m for m in members)
        )

    def _add(self) -> None:
        member = Member(name="Ny medlem", kind=MemberKind.MUNICIPALITY)
        self._change("Lägg till medlem", lambda members: (*members, member))
        self._list.setCurrentIndex(self._model.index(self._model.row_of(member.id)))
        self._name.setFocus()
        self._name.selectAll()

    def _remove(self) -> None:
        member = self._member()
        if member is not None:
            self._change(
                f"Ta bort {member.name}",
                lambda members: tuple(m for m in members if m.id != member.id),
                tell=True,
            )

    def _change(
        self, label: str, edit: Callable[[tuple[Member, ...]], tuple[Member, ...]], *, tell: bool = False
    ) -> None:
        before: Association = self._shell.session.association
        after = replace(before, members=edit(before.members))
        merge = f"member:{self._shown}" if label.startswith("Ändra") else ""
        self._shell.session.change(label, before, after, merge=merge, tell=tell)
