"""Why something is kept from publishing: a provision from the usual ones, or another, and the reason in words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.domain.confidentiality import Secret
from finsam_desktop.domain.secrecy_grounds import GROUNDS, known
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.text_edits import TextField

OTHER = "other"


class SecretFields(QWidget):
    """A choice of ground, a field for another, and one for the reason. ``edited(Secret)`` when it is changed."""

    edited = Signal(object)

    def __init__(self, what: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ground = ChoiceField(
            (("", "Välj grund"), *((one.section, one.label) for one in GROUNDS), (OTHER, "Annan bestämmelse"))
        )
        self.ground.setMinimumContentsLength(12)
        self.section = TextField("", "Till exempel 18 kap. 8 §")
        self.reason = TextField("", "Skäl, för din egen förteckning")
        self.name_after(what)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(6))
        for field in (self.ground, self.section, self.reason):
            column.addWidget(field)
        self.section.hide()
        self.ground.chosen.connect(self._chosen)
        self.section.edited.connect(self._report)
        self.reason.edited.connect(self._report)

    def name_after(self, what: str) -> None:
        """Say for a screen reader what the fields are about."""
        about = f" för {what}" if what else ""
        self.ground.setAccessibleName(f"Sekretessgrund{about}")
        self.section.setAccessibleName(f"Annan bestämmelse{about}")
        self.reason.setAccessibleName(f"Skäl{about}")

    def set_secret(self, secret: Secret) -> None:
        """Show a ground without reporting it; fields being written in stay."""
        found = known(secret.section)
        if not (self.section.isVisible() and self.section.hasFocus()):
            other = bool(secret.section) and found is None
            self.ground.set_value(OTHER if other else found.section if found is not None else "")
            self.section.setVisible(other)
            self.section.set_text(secret.section if other else "")
        self.reason.set_text(secret.reason)

    def set_read_only(self, read_only: bool) -> None:
        """Whether nothing can be changed."""
        self.ground.setEnabled(not read_only)
        self.section.setReadOnly(read_only)
        self.reason.setReadOnly(read_only)

    def flush(self) -> None:
        """Take in what is still in the fields."""
        self.section.flush()
        self.reason.flush()

    def secret(self) -> Secret:
        """The ground as it is in the fields."""
        chosen = self.ground.value()
        section = " ".join(self.section.text().split()) if chosen == OTHER else str(chosen or "")
        return Secret(section=section, reason=self.reason.text().strip())

    def _chosen(self, value: object) -> None:
        self.section.setVisible(value == OTHER)
        if value == OTHER:
            self.section.setFocus()
        self._report()

    def _report(self, _value: object = None) -> None:
        self.edited.emit(self.secret())
