"""The guide: eight fields from nothing to the first kallelse, on one page. See `finsam_desktop.guide`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.guide import FIELDS, Answers, GuideField, faults, free_file
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.welcome.members_edit import MembersEdit
from finsam_desktop.ui.widgets.buttons import secondary_button
from finsam_desktop.ui.widgets.fields import DateField, read_time
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit, TextField

if TYPE_CHECKING:
    from finsam_desktop.domain.association import Association

KEPT_AFTER_MS = 800
"""After a key: a guide that is broken off loses less than a second."""

_FIELDS = {field.id: field for field in FIELDS}


def read_times(text: str) -> tuple[dt.time | None, dt.time | None]:
    """When a meeting begins and ends, out of "09.00–12.00", "9-12" or "kl. 9". ValueError when it cannot be read."""
    parts = [part.strip() for part in re.split(r"\s*(?:–|—|-|till)\s*", text.strip()) if part.strip()]
    times = [read_time(part) for part in parts]
    if len(times) > 2 or None in times:
        raise ValueError(text)
    return (times[0] if times else None, times[1] if len(times) == 2 else None)


class GuideForm(QWidget):
    """The fields of `guide.FIELDS`, each in a row of its own by its id. ``answers()`` is what is written.

    ``kept(Answers)`` comes a moment after the latest change. ``place_wanted()`` asks where the file is put.
    """

    kept = Signal(object)
    place_wanted = Signal()

    def __init__(self, *, today: dt.date, folder: Callable[[], Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._chosen_file: Path | None = None
        self._start = Answers()
        self.name = TextField(placeholder="Samordningsförbundet …")
        self.members = MembersEdit(Answers().members)
        self.chair = TextField(placeholder="Förnamn Efternamn")
        self.board = GrowingTextEdit(placeholder="Förnamn Efternamn", min_lines=3)
        self.day = DateField(today=today)
        self.time = TextField(placeholder="09.00–12.00")
        self.place = TextField()
        self.file = TextField()
        self.choose = secondary_button("Välj plats", "folder-open")
        self.choose.clicked.connect(self.place_wanted)
        self.rows: dict[str, FormRow] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEPT_AFTER_MS)
        self._timer.timeout.connect(self._keep)
        self._make()
        for line in (self.name, self.chair, self.day, self.time, self.place, self.file):
            line.textEdited.connect(self._changed)
        self.board.textChanged.connect(self._changed)
        self.members.edited.connect(self._changed)
        self._suggest()

    # -- values ---------------------------------------------------------------------------------------

    def answers(self) -> Answers:
        """What is written now. A time or a day that cannot be read is left out; ``check`` tells of it."""
        try:
            start, end = read_times(self.time.text())
        except ValueError:
            start, end = None, None
        file = self.file.text().strip()
        return Answers(
            name=self.name.text().strip(),
            members=self.members.names(),
            chair=self.chair.text().strip(),
            board=tuple(name.strip() for name in self.board.text().splitlines() if name.strip()),
            day=self.day.value(),
            start=start,
            end=end,
            place=self.place.text().strip(),
            file=self._typed_file(file) if file else None,
            prepared=self._start.prepared,
        )

    def file_path(self) -> Path:
        """Where the file is put: as written, else a free name by the association's."""
        answers = self.answers()
        return answers.file or free_file(self._folder(), answers.name)

    def show_answers(self, answers: Answers) -> None:
        """Show answers that are known: those of a preset, or of a guide that was not finished."""
        self._start = answers
        self.name.setText(answers.name)
        self.members.set_names(answers.members)
        self.chair.setText(answers.chair)
        self.board.setPlainText("\n".join(answers.board))
        self.day.set_value(answers.day)
        self.time.setText("–".join(f"{at:%H.%M}" for at in (answers.start, answers.end) if at is not None))
        self.place.setText(answers.place)
        self.set_file(answers.file)
        self._timer.stop()

    def set_prepared(self, association: Association | None) -> None:
        """Build upon a preset without showing what it says: the fields hold what the user has written since."""
        self._start = replace(self._start, prepared=association)

    def set_file(self, path: Path | None) -> None:
        """Put the file there; None puts it where it is put unless said."""
        if path is not None and path.suffix.lower() != ".finsam":
            path = path.with_name(f"{path.name}.finsam")
        self._chosen_file = path
        self.file.setText(str(path) if path is not None else "")
        self._suggest()
        self._changed()

    def check(self, *, meeting: bool = True) -> bool:
        """Whether a kallelse, or only a file, can be made; else the faults stand at their fields."""
        found = faults(self.answers(), meeting=meeting)
        if self.day.fault():
            found["day"] = self.day.fault()
        try:
            read_times(self.time.text())
        except ValueError:
            found["time"] = (
                f"”{self.time.text().strip()}” går inte att läsa som tid. Skriv till exempel 09.00–12.00."
            )
        file = self.file_path()
        if file.exists():
            found["file"] = f"Det finns redan en fil som heter {file.name}. Välj ett annat namn."
        elif not file.parent.is_dir():
            found["file"] = f"Mappen {file.parent} finns inte. Välj en annan plats."
        for field_id, row in self.rows.items():
            row.set_remark(found.get(field_id, ""), State.MUST_MEND)
        first = next((field.id for field in FIELDS if field.id in found), None)
        if first is not None:
            self.rows[first].field.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is None

    # -- making ---------------------------------------------------------------------------------------

    def _make(self) -> None:
        px = current_theme().px
        place = QWidget()
        line = QHBoxLayout(place)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        line.addWidget(self.file, 1)
        line.addWidget(self.choose)
        place.setFocusProxy(self.file)
        fields: dict[str, QWidget] = {
            "name": self.name, "members": self.members, "chair": self.chair, "board": self.board,
            "day": self.day, "time": self.time, "place": self.place, "file": place,
        }  # fmt: skip
        self.rows = {field.id: FormRow(field.label, fields[field.id], field.why) for field in FIELDS}
        told: GuideField = _FIELDS["file"]
        self.file.setAccessibleName(told.label)
        self.file.setAccessibleDescription(told.why)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        rows = self.rows
        column.addWidget(rows["name"])
        column.addWidget(rows["members"])
        column.addWidget(FormLine((rows["chair"], 1), (rows["board"], 1)))
        column.addWidget(FormLine((rows["day"], 3), (rows["time"], 3), (rows["place"], 5)))
        column.addWidget(rows["file"])

    def _changed(self) -> None:
        for row in self.rows.values():
            row.set_remark("")
        self._suggest()
        if (
            not self._timer.isActive()
        ):  # not started anew by every key: who never pauses would lose everything
            self._timer.start()

    def _suggest(self) -> None:
        """Where the file is put unless something else is written, in the empty field."""
        folder = self._folder()
        where = "i din hemmapp" if folder == Path.home() else f"i mappen {folder.name}"
        self.file.setPlaceholderText(f"{free_file(folder, self.name.text().strip()).name} {where}")

    def _typed_file(self, text: str) -> Path:
        path = Path(text).expanduser()
        path = path if path.suffix.lower() == ".finsam" else path.with_name(f"{path.name}.finsam")
        return path if path.is_absolute() else self._folder() / path

    def flush(self) -> None:
        """Say now what is written, not after a moment."""
        self._timer.stop()
        self._keep()

    def _keep(self) -> None:
        self.kept.emit(self.answers())
