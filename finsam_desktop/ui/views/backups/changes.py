"""What differs between a backup and the open file: meeting by meeting in words, and field by field when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.backups.work import moment
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.changed_text import ChangedText
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead, empty

if TYPE_CHECKING:
    from finsam_desktop.domain.version_changes import FieldChange
    from finsam_desktop.ui.views.backups.work import Looked

ASSOCIATION = "association"
SHOWN = 60
"""Field by field is shown to that many fields; the rest are counted."""
_HISTORY = 12


class BackupChanges(Page):
    """``show_looked`` shows a backup. Choosing a row shows its fields below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Vad som skiljer", text_width=860, parent=parent)
        px = current_theme().px
        self._looked: Looked | None = None
        self._head = SectionHead("")
        self._about = Label("", "body", "text2", wrap=True)
        self._model = RowModel(parent=self)
        self.rows = RowList(
            "Vad som skiljer", delegate=RowDelegate(number_width=0, indent=4, gap=0, margin=4)
        )
        self.rows.setModel(self._model)
        self.rows.chosen.connect(self._show_fields)
        self._fields_head = SectionHead("Fält för fält")
        self._fields = QWidget()
        self._field_column = QVBoxLayout(self._fields)
        self._field_column.setContentsMargins(0, 0, 0, 0)
        self._field_column.setSpacing(px(4))
        self._since_head = SectionHead("Gjort sedan dess")
        self._since = Label("", "body", "text2", wrap=True)
        self.add(self._head)
        self.add(self._about)
        self.add(self.rows)
        self.add(self._fields_head, space_before=8)
        self.add(self._fields)
        self.add(self._since_head, space_before=8)
        self.add(self._since)
        self._clear()

    def show_reading(self) -> None:
        """While a backup is held against the file."""
        self._clear()
        self._about.setText("Jämför med filen som den är nu …")

    def show_looked(self, looked: Looked) -> None:
        """Show what a backup holds and what differs."""
        self._clear()
        self._looked = looked
        backup = looked.backup
        self._head.set_title(moment(backup.at))
        if looked.changes is None:
            self._show_content(looked)
        elif not looked.changes:
            self._about.setText("Allt är som i filen nu. Det finns inget att återställa.")
        else:
            self._about.setText(
                "Det här skiljer mellan kopian och filen nu. Återställer du i filen blir det som i kopian; "
                "filen säkerhetskopieras först och det går att ångra."
            )
            self._show_changes(looked)
        self._show_since(looked)

    def _show_content(self, looked: Looked) -> None:
        self._about.setText(f"{looked.earlier.association.name}. Öppna filen för att se vad som skiljer.")
        self._set_rows(
            tuple(
                Row(
                    title=f"{wording.KINDS[m.kind]} {wording.long_date(m.date)}",
                    meta=f"{wording.STATES[m.state]}, {len(m.items)} ärenden",
                )
                for m in sorted(looked.earlier.meetings, key=lambda m: m.date, reverse=True)
            )
        )

    def _show_changes(self, looked: Looked) -> None:
        assert looked.changes is not None
        rows = [
            Row(title=change.name, key=change.meeting_id, meta=change.in_words())
            for change in looked.changes.meetings
        ]
        if looked.changes.association:
            rows.append(Row(title="Förbundet", key=ASSOCIATION, meta=", ".join(looked.changes.association)))
        self._set_rows(tuple(rows))

    def _set_rows(self, rows: tuple[Row, ...]) -> None:
        self._model.set_rows(rows)
        self.rows.setVisible(bool(rows))
        self.rows.setFixedHeight(self.rows.height_of_rows() + 4)

    def _show_fields(self, index: QModelIndex) -> None:
        key = str(index.data(RowRole.KEY) or "")
        if self._looked is None or self._looked.changes is None or not key:
            return
        found = self._looked.fields_of("" if key == ASSOCIATION else key)
        self._clear_fields()
        self._fields_head.set_title(f"Fält för fält: {index.data(RowRole.TITLE)}")
        place = ""
        for change in found[:SHOWN]:
            if change.place != place:
                place = change.place
                self._field_column.addWidget(Label(place, "body_strong", wrap=True))
            self._add(change)
        if len(found) > SHOWN:
            self._field_column.addWidget(Label(f"Och {len(found) - SHOWN} fält till.", "meta", "text2"))
        for widget in (self._fields_head, self._fields):
            widget.setVisible(bool(found))

    def _add(self, change: FieldChange) -> None:
        self._field_column.addWidget(
            Label(f"{change.label}, från kopian till nu", "meta", "text2", wrap=True)
        )
        text = ChangedText(change.label)
        text.show_change(change.before, change.after)
        self._field_column.addWidget(text)
        self._field_column.addSpacing(current_theme().px(8))

    def _show_since(self, looked: Looked) -> None:
        entries = looked.done_since
        lines = [f"{entry.at:%Y-%m-%d %H.%M}  {entry.label}" for entry in entries[:_HISTORY]]
        if len(entries) > _HISTORY:
            lines.append(f"Och {len(entries) - _HISTORY} ändringar till, se Händelser.")
        self._since.setText("\n".join(lines))
        self._since_head.set_fact(str(len(entries)))
        for widget in (self._since_head, self._since):
            widget.setVisible(bool(entries))

    def _clear(self) -> None:
        self._looked = None
        self._head.set_title("")
        self._about.setText("")
        self._set_rows(())
        self._clear_fields()
        for widget in (self._fields_head, self._fields, self._since_head, self._since):
            widget.setVisible(False)

    def _clear_fields(self) -> None:
        empty(self._field_column)
