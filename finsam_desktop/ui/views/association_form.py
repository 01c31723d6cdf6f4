"""The seven fields that are enough for a first kallelse."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import IconButton, link_button
from finsam_desktop.ui.widgets.drop_zone import DropZone
from finsam_desktop.ui.widgets.fields import ChoiceField, CountField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import HairLine, Label
from finsam_desktop.ui.widgets.text_edits import TextField

if TYPE_CHECKING:  # the domain is imported when an association is made, not to show the empty form
    from finsam_desktop.domain.association import Association, Member, MemberKind

MEMBERS_HELP = "Försäkringskassan, Arbetsförmedlingen, minst en region och minst en kommun (3 § finsamlagen)."
_LOGO_ENDINGS = (".png", ".jpg", ".jpeg")


def kind_of(name: str) -> MemberKind:
    """What a member is, by its name: a region, or else a municipality."""
    from finsam_desktop.domain.association import MemberKind

    return MemberKind(_kind(name))


def _kind(name: str) -> str:
    """The value of the `MemberKind`."""
    lowered = name.lower()
    if "försäkringskassan" in lowered:
        return "social_insurance_agency"
    if "arbetsförmedlingen" in lowered:
        return "employment_service"
    return "region" if re.match(r"region\b", lowered) or "landsting" in lowered else "municipality"


_KIND_WORDS = {
    "social_insurance_agency": "Staten",
    "employment_service": "Staten",
    "region": "Region",
    "municipality": "Kommun",
}


def with_logo(association: Association, file: Path, store: Callable[[bytes], str]) -> Association:
    """The association with a picture as its logo; `store` keeps the bytes and gives their SHA-256.

    UserError when the file cannot be read.
    """
    from finsam_desktop.errors import UserError

    try:
        content = file.read_bytes()
    except OSError as error:
        raise UserError(
            f"Logotypen {file.name} går inte att läsa. Förbundet är skapat utan den.",
            advice="Lägg till den under Förbundet.",
            detail=str(error),
        ) from error
    return replace(association, letterhead=replace(association.letterhead, logo=store(content)))


class MembersEdit(QWidget):
    """The members as rows in a frame: name, kind, and × ; the last row adds one."""

    edited = Signal()

    def __init__(self, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = current_theme().px
        self._rows: list[_MemberRow] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._input = QLineEdit()
        self._input.setProperty("plain", "true")
        self._input.setPlaceholderText("Kommunens eller regionens namn")
        self._input.setAccessibleName("Ny medlem")
        self._input.returnPressed.connect(self._take_input)
        self._input.editingFinished.connect(self._take_input)
        self._input.hide()
        self._add = link_button("Lägg till kommun eller region", "plus")
        self._add.clicked.connect(self._show_input)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(4), px(3), px(12), px(3))
        foot.addWidget(self._add)
        foot.addWidget(self._input, 1)
        foot.addStretch(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        outer.addLayout(self._column)
        outer.addLayout(foot)
        self.setFocusProxy(self._add)
        for name in names:
            self._insert(name)

    def names(self) -> tuple[str, ...]:
        return tuple(row.name for row in self._rows)

    def members(self) -> tuple[Member, ...]:
        """The members as values, in order."""
        from finsam_desktop.domain.association import Member

        return tuple(Member(name=name, kind=kind_of(name)) for name in self.names())

    def add(self, name: str) -> None:
        """Add a member unless it is there already."""
        name = " ".join(name.split())
        if name and name.lower() not in (each.lower() for each in self.names()):
            self._insert(name)
            self.edited.emit()

    def take_unfinished(self) -> None:
        """Take in a name that has been typed but not confirmed."""
        self._take_input()

    def _insert(self, name: str) -> None:
        row = _MemberRow(name)
        row.removal_wanted.connect(self._remove)
        self._rows.append(row)
        self._column.addWidget(row)

    def _remove(self, name: str) -> None:
        row = next(row for row in self._rows if row.name == name)
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.edited.emit()

    def _show_input(self) -> None:
        self._add.hide()
        self._input.show()
        self._input.setFocus()

    def _take_input(self) -> None:
        if self._input.isHidden():
            return
        name = self._input.text()
        self._input.clear()
        self.add(name)
        if not name.strip():
            self._input.hide()
            self._add.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("ctl"), 1))
        painter.setBrush(theme.color("base"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()


class _MemberRow(QWidget):
    removal_wanted = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        px = current_theme().px
        self.name = name
        row = QHBoxLayout()
        row.setContentsMargins(px(12), px(1), px(10), px(1))
        row.addWidget(Label(name, "body"), 3)
        row.addWidget(Label(_KIND_WORDS[_kind(name)], "meta", "text2"), 4)
        remove = IconButton("x", f"Ta bort {name}", size=14)
        remove.clicked.connect(self._remove)
        row.addWidget(remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(HairLine())

    def _remove(self) -> None:
        self.removal_wanted.emit(self.name)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), current_theme().px(30)))


class AssociationForm(QWidget):
    """Seven fields: name, number, members, board, notice, adjusters, look. `association()` makes the value."""

    def __init__(self, *, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = current_theme().px
        self._today = today
        self.logo_file: Path | None = None
        self.name = TextField(placeholder="Samordningsförbundet …")
        self.org_number = TextField(placeholder="222000-0000")
        self.members = MembersEdit(("Försäkringskassan", "Arbetsförmedlingen"))
        self.board = CountField(None, least=1, most=99)
        self.notice = ChoiceField(tuple((days, f"{days} dagar") for days in (5, 6, 7, 8, 10, 14)))
        self.notice.set_value(7)
        self.adjusters = ChoiceField(
            ((1, "1 utöver ordföranden"), (2, "2 utöver ordföranden"), (0, "Bara ordföranden"))
        )
        self.adjusters.set_value(1)
        self.logo = DropZone("Dra hit er logotyp, PNG eller JPEG", endings=_LOGO_ENDINGS, icon="image-up")
        self.logo.dropped.connect(self._logo_dropped)
        self._name_row = FormRow("Förbundets namn", self.name)
        self._org_row = FormRow("Organisationsnummer", self.org_number)
        self._members_row = FormRow("Medlemmar", self.members, MEMBERS_HELP)
        self._board_row = FormRow("Ledamöter i styrelsen", self.board, "Lika många ersättare")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(FormLine((self._name_row, 3), (self._org_row, 2)))
        column.addWidget(self._members_row)
        column.addWidget(
            FormLine(
                (self._board_row, 1),
                (FormRow("Kallelse före mötet", self.notice, "Lagen anger ingen tid"), 1),
                (FormRow("Antal justerare", self.adjusters, "Enligt er arbetsordning"), 1),
            )
        )
        column.addWidget(FormRow("Utseende i Word, om du vill", self.logo))

    def set_logo(self, file: Path) -> None:
        """Choose the picture that is to stand in the documents' head."""
        self.logo_file = Path(file)
        self.logo.set_text(f"{self.logo_file.name} används i dokumentens huvud")

    def association(self) -> Association | None:
        """The association as filled in; None when something must be mended, with the remark at the field."""
        from finsam_desktop.domain.association import Association, StandingRules

        self.members.take_unfinished()
        name = " ".join(self.name.text().split())
        faults = (
            (self._name_row, "" if name else "Skriv förbundets namn."),
            (self._org_row, org_number_fault(self.org_number.text())),
            (self._board_row, self.board.fault()),
        )
        for row, fault in faults:
            row.set_remark(fault, State.MUST_MEND)
        first = next((row for row, fault in faults if fault), None)
        if first is not None:
            first.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        adjusters, notice = self.adjusters.value(), self.notice.value()
        rules = StandingRules(
            board_size=self.board.value() or 0,
            notice_days=notice if isinstance(notice, int) else 7,
            adjuster_count=adjusters if isinstance(adjusters, int) else 1,
        )
        return Association(
            name=name, org_number=self.org_number.text().strip(), rules=rules, members=self.members.members()
        )

    def _logo_dropped(self, files: tuple[Path, ...]) -> None:
        self.set_logo(files[0])


def org_number_fault(text: str) -> str:
    """What is wrong with an organisationsnummer; empty when it is right or left out. The tenth digit is checked."""
    digits = re.sub(r"[\s-]", "", text)
    if not digits:
        return ""
    if not re.fullmatch(r"\d{10}", digits):
        return "Ett organisationsnummer har tio siffror, till exempel 222000-0000."
    if digits == "2220000000":
        return ""
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(digits))
    return "" if total % 10 == 0 else "Kontrollsiffran stämmer inte. Se efter om någon siffra är omkastad."
