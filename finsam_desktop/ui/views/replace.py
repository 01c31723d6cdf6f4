"""Sök och ersätt: every place where words stand in a meeting's texts, and other words there, one by one or all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from finsam_desktop.domain.replacing import Hit, Wanted, hits, replaced
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.widgets.buttons import primary_button, secondary_button
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.rows import MetaPart, RowDelegate, RowList
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label
from finsam_desktop.ui.widgets.text_edits import TextField

if TYPE_CHECKING:
    from finsam_desktop.domain.meeting import Meeting
    from finsam_desktop.ui.jobs import Progress
    from finsam_desktop.workspace import Change

REST_MS = 200
MOST = 60
"""Places that are shown; all are counted, and replaced by Ersätt alla."""
_HOW = "Skriv det du söker. Det söks i ärendena, besluten och protokollet, men inte i siffror eller personregister."


def make(shell: Shell) -> View:
    """The view of the place "replace"; its target is the meeting's id."""
    return ReplaceView(shell)


class _Search:
    """Looking for words: called in the background, since what is adjusted takes time to tell."""

    def __init__(self, meeting: Meeting, meetings: tuple[Meeting, ...], wanted: Wanted) -> None:
        self._meeting, self._meetings, self._wanted = meeting, meetings, wanted

    def __call__(self, _progress: Progress) -> tuple[Meeting, Wanted, tuple[Hit, ...]]:
        return self._meeting, self._wanted, hits(self._meeting, self._meetings, self._wanted)


class ReplaceView(View):
    """Two fields, two choices, and every place found with the words around it."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._meeting_id = ""
        self._hits: tuple[Hit, ...] = ()
        self._meeting: Meeting | None = None
        self._places: dict[str, str] = {}
        theme = current_theme()
        self.words, self.new = TextField(), TextField()
        self.whole, self.case = QCheckBox("Bara hela ord"), QCheckBox("Skilj på stora och små bokstäver")
        self.one = secondary_button("Ersätt här", "check")
        self.all = primary_button("Ersätt alla", "check")
        self.count = Label("", "label")
        self._sealed = IconLabel("lock", "", "body", "text2", wrap=True)
        self._how = Label(_HOW, "body", "text2", wrap=True)
        self.model = RowModel(parent=self)
        self.list = RowList("Ställen som hittades", self, RowDelegate())
        self.list.setModel(self.model)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._search)
        choices = QHBoxLayout()
        choices.setSpacing(theme.px(16))
        choices.addWidget(self.whole)
        choices.addWidget(self.case)
        choices.addStretch(1)
        choices.addWidget(self.one)
        choices.addWidget(self.all)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(20), theme.px(14), theme.px(20), theme.px(8))
        column.setSpacing(theme.px(10))
        column.addWidget(
            FormLine((FormRow("Sök efter", self.words), 1), (FormRow("Ersätt med", self.new), 1))
        )
        column.addLayout(choices)
        for widget in (self.count, self._sealed, self._how):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        self.words.textChanged.connect(self._changed)
        self.new.textChanged.connect(self._changed)
        self.whole.toggled.connect(self._changed)
        self.case.toggled.connect(self._changed)
        self.words.returnPressed.connect(self._search)
        self.list.chosen.connect(self._chose)
        self.list.opened.connect(self._open)
        self.one.clicked.connect(self.replace_one)
        self.all.clicked.connect(self.replace_all)
        shell.session.changed.connect(self._follow)
        shell.session.closed.connect(self._closed)
        self._show()

    # -- what the window asks -------------------------------------------------------------------------

    def head(self) -> Head:
        facts: tuple[str, ...] = ()
        if self._current() is not None:
            from finsam_desktop.ui.views.meeting.facts import meeting_title

            facts = (meeting_title(self._current()),)  # type: ignore[arg-type]
        return Head(title="Sök och ersätt", back=("Sammanträdet", "meeting"), facts=facts)

    def show_target(self, target: str) -> None:
        if target:
            self._meeting_id = target
        self.words.setFocus()
        self.words.selectAll()
        self.head_changed.emit()
        self._search()

    def panes(self) -> tuple[QWidget, ...]:
        return (self.words, self.list)

    def primary(self) -> QPushButton | None:
        return self.all if self.all.isEnabled() else None

    # -- searching ------------------------------------------------------------------------------------

    def _current(self) -> Meeting | None:
        session = self.shell.session
        if not session.is_open or not self._meeting_id:
            return None
        return next((one for one in session.meetings if one.id == self._meeting_id), None)

    def _wanted(self) -> Wanted:
        return Wanted(
            words=self.words.text(), whole_words=self.whole.isChecked(), match_case=self.case.isChecked()
        )

    def _changed(self, _value: object = None) -> None:
        self._rest.start()

    def _search(self) -> None:
        self._rest.stop()
        meeting = self._current()
        if meeting is None:
            self._hits, self._meeting = (), None
            self._show()
            return
        work = _Search(meeting, self.shell.session.meetings, self._wanted())
        self.shell.jobs.run(work, label="Söker", on_done=self._found, quiet=True)

    def _found(self, answer: object) -> None:
        if not isValid(self) or not isinstance(answer, tuple):
            return
        searched, wanted, found = answer
        meeting = self._current()
        if meeting is None or searched is not meeting or wanted != self._wanted():
            return  # what was typed since is being looked for
        self._hits, self._meeting = found, meeting
        self._places = _places(meeting, self.shell.session.meetings)
        self._show()

    def _follow(self, change: Change) -> None:
        if change.subject == self._meeting_id:
            self._rest.start()

    def _closed(self) -> None:
        self._rest.stop()
        self._meeting_id, self._hits, self._meeting = "", (), None
        self._show()

    # -- replacing ------------------------------------------------------------------------------------

    def replace_one(self) -> None:
        """Exchange the words in the place that is chosen."""
        row = self.list.currentIndex().row()
        if 0 <= row < len(self._hits) and self._hits[row].refusal is None:
            hit = self._hits[row]
            label = f"Ersätt ”{hit.found}” i {hit.place.label.lower()}"
            self._replace((hit,), label)

    def replace_all(self) -> None:
        """Exchange the words in every place that can be changed."""
        open_ = tuple(hit for hit in self._hits if hit.refusal is None)
        self._replace(open_, f"Ersätt ”{self.words.text()}” på {len(open_)} ställen")

    def _replace(self, chosen: tuple[Hit, ...], label: str) -> None:
        meeting = self._current()
        if not chosen or meeting is None or meeting is not self._meeting:
            return
        try:
            after = replaced(meeting, chosen, self.new.text())
        except ValueError as error:
            self.shell.notify(Notice(text=str(error), state=State.CONSIDER))
            return
        self.shell.session.change(label, meeting, after, tell=True)

    # -- showing --------------------------------------------------------------------------------------

    def _show(self) -> None:
        found, words = self._hits, self.words.text().strip()
        row = self.list.currentIndex().row()
        self.model.set_rows(tuple(self._row(place, hit) for place, hit in enumerate(found[:MOST])))
        sealed = sum(hit.refusal is not None for hit in found)
        open_ = len(found) - sealed
        self._how.setVisible(not words)
        self.count.setVisible(bool(words))
        self.count.setText(_counted(len(found)))
        self._sealed.setVisible(bool(sealed))
        why = next((hit.refusal.why for hit in found if hit.refusal is not None), "")
        many = "1 ställe ändras" if sealed == 1 else f"{sealed} ställen ändras"
        self._sealed.set_text(f"{many} inte. {why} En rättelse skrivs under Efter mötet.")
        can_write = self.shell.session.is_open and not self.shell.session.read_only
        self.all.setText(f"Ersätt alla {open_}" if open_ > 1 else "Ersätt alla")
        self.all.setEnabled(open_ > 0 and can_write)
        if found:
            self.list.setCurrentIndex(self.model.index(min(max(row, 0), self.model.rowCount() - 1)))
        self._chose(self.list.currentIndex())

    def _row(self, place: int, hit: Hit) -> Row:
        new = "" if hit.refusal is not None or not self.new.text() else f" → {self.new.text()}"
        title = f"{hit.before}{hit.found}{new}{hit.after}"
        marks = ((len(hit.before), len(hit.found) + len(new)),)
        where = self._places.get(hit.place.item_id, "Sammanträdet")
        return Row(
            title=title, key=str(place), marks=marks, meta=(MetaPart(hit.place.label), MetaPart(where)),
            icon="lock" if hit.refusal is not None else "", quiet=hit.refusal is not None,
            time="Justerat" if hit.refusal is not None else "",
        )  # fmt: skip

    def _chose(self, index: QModelIndex) -> None:
        row = index.row()
        can = 0 <= row < len(self._hits) and self._hits[row].refusal is None
        self.one.setEnabled(can and self.shell.session.is_open and not self.shell.session.read_only)

    def _open(self, index: QModelIndex) -> None:
        """Go to the item of the place."""
        if 0 <= index.row() < len(self._hits):
            hit = self._hits[index.row()]
            minutes = any(name in hit.place.path for name in ("minutes_text", "minutes_title"))
            decided = "decision" in hit.place.path
            step = "protokoll" if minutes else "narvaro" if decided else "dagordning"
            self.shell.go("meeting", f"{self._meeting_id}/{step}/{hit.place.item_id}")


def _counted(count: int) -> str:
    told = "Hittades inte" if not count else "1 ställe" if count == 1 else f"{count} ställen"
    return told if count <= MOST else f"{told}. De första {MOST} visas."


def _places(meeting: Meeting, meetings: tuple[Meeting, ...]) -> dict[str, str]:
    """What each item is called: "§ 67 Långsiktig finansiering", or by its number on the agenda."""
    from finsam_desktop.domain.agenda import walk
    from finsam_desktop.domain.numbering import agenda_numbers, paragraphs

    sections, numbers = paragraphs(meetings, meeting), agenda_numbers(meeting)
    named = {}
    for top in meeting.items:
        number = f"§\u00a0{sections[top.id]}" if top.id in sections else f"Punkt\u00a0{numbers[top.id]}"
        for item in walk((top,)):
            letter = "" if item is top else numbers[item.id]
            named[item.id] = f"{number}{letter} {item.title}"
    return named
