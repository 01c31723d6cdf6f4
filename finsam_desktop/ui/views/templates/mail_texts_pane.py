"""Mejltexter: what the mails about a meeting say, the program's own until the association writes its own."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QPushButton, QWidget

from finsam_desktop.domain.mail_texts import MAIL_FIELDS, MAIL_NAMES, MailKind, MailText, filled
from finsam_desktop.domain.mail_values import mail_values
from finsam_desktop.domain.overview import next_meeting
from finsam_desktop.files.mail_text_files import standard_texts, text_fault, text_for
from finsam_desktop.ui.models.row_model import Row
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.register_pane import RegisterPane
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.prose_line import ProseLine
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit, TextField

NOTE = (
    "Inom klammer fylls det som är känt i. En rad vars fält saknar värde utelämnas. Fälten är "
    + ", ".join(f"{{{name}}} ({what})" for name, what in MAIL_FIELDS.items())
    + "."
)


class MailTextsPane(RegisterPane):
    """A tab of Mallar. A row's key is the kind of mail."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, "Mejltexter", "", "Använd programmets text", parent)
        self._new.hide()
        self._subject, self._body = ProseLine(), GrowingTextEdit("", "Mejlets text", min_lines=8)
        self._subject_row = FormRow("Ämne", self._subject)
        self._body_row = FormRow("Text", self._body)
        self._shown_head = SectionHead("Så blir det")
        self._shown_text = Label("", "body", "text2", wrap=True)
        self._subject.edited.connect(self._subject_edited)
        self._body.edited.connect(self._body_edited)
        self.lay_out(
            self._subject_row, self._body_row, self._shown_head, self._shown_text, width=640, note=NOTE
        )
        self._new.hide()

    # -- what the register asks -----------------------------------------------------------------------

    def rows(self) -> tuple[Row, ...]:
        own = {text.kind for text in self._own()}
        return tuple(
            Row(
                title=MAIL_NAMES[kind],
                key=kind.value,
                meta="Egen text" if kind.value in own else "Programmets text",
            )
            for kind in MailKind
        )

    def texts(self) -> tuple[TextField, ...]:
        return (self._subject,)

    def flush(self) -> None:
        super().flush()
        self._body.flush()

    def fill(self) -> bool:
        text = self._text()
        if text is None:
            return False
        self._subject.set_text(text.subject)
        self._body.set_text(text.body)
        for field in (self._subject, self._body):
            field.setReadOnly(self._shell.session.read_only)
        self._drop.setVisible(any(one.kind == self.shown for one in self._own()))
        fault = text_fault(text)
        self._body_row.set_remark(fault[:1].upper() + fault[1:] if fault else "", State.MUST_MEND)
        self._preview(text)
        return True

    def primary(self) -> QPushButton | None:
        """The view's filled button: none, all is saved as it is written."""
        return None

    def panes(self) -> tuple[QWidget, ...]:
        return (self._list, self._form)

    def add(self) -> None:
        """There is one text for each kind of mail, so none is added."""

    def remove(self) -> None:
        """The program's text again."""
        before = self._shell.session.association
        kept = tuple(one for one in before.mail_texts if one.kind != self.shown)
        if kept != before.mail_texts:
            name = MAIL_NAMES[MailKind(self.shown)].lower()
            label = f"Programmets mejltext {name}"
            self._shell.session.change(label, before, replace(before, mail_texts=kept), tell=True)

    # -- changing -------------------------------------------------------------------------------------

    def _own(self) -> tuple[MailText, ...]:
        return self._shell.session.association.mail_texts

    def _text(self) -> MailText | None:
        if not self.shown or self._shell.session.guarded(standard_texts) is None:
            return None
        return text_for(self._shell.session.association, MailKind(self.shown))

    def _preview(self, text: MailText) -> None:
        """The text for the meeting that comes next, else the last one."""
        session = self._shell.session
        meetings = session.meetings
        meeting = next_meeting(meetings, session.today) or (meetings[-1] if meetings else None)
        self._shown_head.setVisible(meeting is not None)
        self._shown_text.setVisible(meeting is not None)
        if meeting is None:
            return
        self._shown_head.set_fact(meeting.date.isoformat())
        values = mail_values(session.association, meetings, meeting, attached=("Kallelse.docx",))
        subject, body = filled(text, values)
        self._shown_text.setText(f"{subject}\n\n{body}")

    def _subject_edited(self, text: str) -> None:
        self._change(subject=" ".join(text.split()))

    def _body_edited(self, text: str) -> None:
        self._change(body=text.strip("\n"))

    def _change(self, **fields: str) -> None:
        current = self._text()
        if current is None:
            return
        new = replace(current, **fields)
        if new == current:
            return
        before = self._shell.session.association
        others = tuple(one for one in before.mail_texts if one.kind != new.kind)
        self._shell.session.change(
            f"Ändra mejltexten {MAIL_NAMES[MailKind(new.kind)].lower()}",
            before,
            replace(before, mail_texts=(*others, new)),
            merge=f"mail_text:{new.kind}",
        )
