"""The members of the association: a list, and a form for the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from PySide6.QtWidgets import QWidget

from finsam_desktop.domain.association import Member, MemberKind
from finsam_desktop.domain.people_sheet import KINDS
from finsam_desktop.ui.models.row_model import Row
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.register_pane import RegisterPane
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.text_edits import TextField


class MemberRegister(RegisterPane):
    """The second tab of Förbundet."""

    EMPTY = (
        "Inga medlemmar än.",
        "Lägg in Försäkringskassan, Arbetsförmedlingen, regionen och kommunerna, eller hämta dem från Excel.",
    )

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, "Medlemmar", "Ny medlem", "Ta bort medlemmen", parent)
        self._name, self._share, self._board, self._contact = (TextField() for _ in range(4))
        self._kind = ChoiceField(tuple(KINDS.items()))
        for field in self.texts():
            field.edited.connect(self._take)
        self._kind.chosen.connect(self._take)
        self._share_row = FormRow(
            "Andel av medlen i procent", self._share, "Försäkringskassan 50, regionen 25, kommunerna 25."
        )
        self.lay_out(
            FormRow("Medlem", self._name),
            FormLine((FormRow("Slag", self._kind), 4), (self._share_row, 3)),
            FormRow(
                "Anslagstavla", self._board, "Där justerade protokoll anslås. Gäller kommuner och regioner."
            ),
            FormRow("Adress för expediering", self._contact),
            width=560,
            note="Lagen kräver Försäkringskassan, Arbetsförmedlingen, minst en region och minst en kommun "
            "(3\u00a0§ finsamlagen).",
        )

    def rows(self) -> tuple[Row, ...]:
        members = self._shell.session.association.members
        return tuple(Row(title=m.name or "Namn saknas", key=m.id, meta=KINDS[m.kind]) for m in members)

    def texts(self) -> tuple[TextField, ...]:
        return (self._name, self._share, self._board, self._contact)

    def fill(self) -> bool:
        member = self._shell.session.association.member(self.shown)
        if member is None:
            return False
        self._name.set_text(member.name)
        self._share.set_text("" if member.share is None else _plain(member.share))
        self._share_row.set_remark("")
        self._board.set_text(member.notice_board)
        self._contact.set_text(member.contact)
        self._kind.set_value(member.kind)
        return True

    def add(self) -> None:
        member = Member(name="Ny medlem", kind=MemberKind.MUNICIPALITY)
        self._change("Lägg till medlem", lambda members: (*members, member))
        self.choose(member.id)
        self._name.setFocus()
        self._name.selectAll()

    def remove(self) -> None:
        member = self._shell.session.association.member(self.shown)
        if member is not None:
            self._change(
                f"Ta bort {member.name}",
                lambda members: tuple(m for m in members if m.id != member.id),
                tell=True,
            )

    def _take(self, _value: object) -> None:
        member = self._shell.session.association.member(self.shown)
        kind = self._kind.value()
        if member is None or not isinstance(kind, MemberKind):
            return
        share = _share(self._share.text())
        unreadable = share is None and bool(self._share.text().strip())
        self._share_row.set_remark(
            "Skriv en andel mellan 0 och 100, till exempel 12,5." if unreadable else "", State.MUST_MEND
        )
        changed = replace(
            member,
            name=self._name.text(),
            kind=kind,
            share=member.share if unreadable else share,
            notice_board=self._board.text(),
            contact=self._contact.text(),
        )
        self._change(
            "Ändra medlem",
            lambda members: tuple(changed if m.id == member.id else m for m in members),
            merge=f"member:{member.id}",
        )

    def _change(
        self,
        label: str,
        edit: Callable[[tuple[Member, ...]], tuple[Member, ...]],
        *,
        merge: str = "",
        tell: bool = False,
    ) -> None:
        before = self._shell.session.association
        after = replace(before, members=edit(before.members))
        self._shell.session.change(label, before, after, merge=merge, tell=tell)


def _plain(share: Decimal) -> str:
    return f"{share.normalize():f}".replace(".", ",")


def _share(text: str) -> Decimal | None:
    """A share in percent as written, "12,5" or "12,5 %"; None when it is empty or none."""
    squeezed = "".join(text.split()).removesuffix("%").replace(",", ".")
    try:
        share = Decimal(squeezed)
    except InvalidOperation:
        return None
    return share if share.is_finite() and 0 <= share <= 100 else None
