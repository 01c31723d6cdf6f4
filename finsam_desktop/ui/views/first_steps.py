"""Kom igång: the way to the first sent kallelse, what has been done of it, and what is next."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from finsam_desktop.files.catalogue_files import standard_templates
from finsam_desktop.first_steps import Step, first_meeting, next_step, steps
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.views.when_seen import WhenSeen
from finsam_desktop.ui.widgets.buttons import primary_button, secondary_button
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead


def make(shell: Shell) -> View:
    """The view of the place "first_steps"."""
    return FirstStepsView(shell)


class FirstStepsView(View):
    """The steps as rows; the first that is not done is named above them and is the view's main button."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._steps: tuple[Step, ...] = ()
        self._next: Step | None = None
        self.go_on = primary_button("Gå vidare")
        self.go_on.clicked.connect(self._go_on)
        self.help = secondary_button("Läs i handboken", "book-open")
        self.help.clicked.connect(self._open_handbook)
        self._head = SectionHead("Nästa steg")
        self._about = Label("", "body", "text2", wrap=True)
        self._model = RowModel(parent=self)
        self.list = RowList("Vad som är gjort", delegate=RowDelegate(number_width=20, indent=6))
        self.list.setModel(self._model)
        self.list.opened.connect(self._open)
        self.list.verb_clicked.connect(self._open)
        page = Page("Kom igång", text_width=720)
        page.add(self._head)
        page.add(self._about)
        page.add(self.list, space_before=8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        self._seen = WhenSeen(self, self.refresh)
        shell.session.changed.connect(self._seen.changed)

    def head(self) -> Head:
        done = sum(step.done for step in self._steps)
        return Head(title="Kom igång", facts=(f"{done} av {len(self._steps)} steg gjorda",))

    def head_widgets(self) -> tuple[QWidget, ...]:
        return (self.help, self.go_on)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.list,)

    def primary(self) -> QPushButton | None:
        return self.go_on

    def show_target(self, target: str) -> None:
        self.refresh()
        self.list.setFocus()

    def refresh(self) -> None:
        """Work out the steps anew."""
        session = self.shell.session
        if not session.is_open:
            return
        meeting = first_meeting(session.meetings, session.today)
        made = () if meeting is None else (r.document for r in session.workspace.made_files(meeting.id))
        self._steps = steps(session.association, meeting, standard_templates(), made, session.today)
        self._next = next_step(self._steps)
        if self._next is None:
            self._about.setText(
                "Allt är gjort. Efter sammanträdet skriver du protokollet under Närvaro och beslut."
            )
        else:
            self._about.setText(f"{self._next.title}. {self._next.fact}.")
        self.go_on.setEnabled(self._next is not None)
        self._model.set_rows(
            tuple(
                Row(
                    title=step.title,
                    key=str(place),
                    meta=step.fact,
                    leading=State.DONE
                    if step.done
                    else State.UNDER_WAY
                    if step is self._next
                    else State.NOT_BEGUN,
                    verb=step.verb,
                )
                for place, step in enumerate(self._steps)
            )
        )
        self.list.setFixedHeight(self.list.height_of_rows() + 4)
        self.list.setCurrentIndex(
            self._model.index(self._steps.index(self._next) if self._next is not None else 0)
        )
        self.head_changed.emit()

    def _open(self, index: QModelIndex) -> None:
        step = self._steps[int(index.data(RowRole.KEY))]
        self.shell.go(step.place, step.target)

    def _go_on(self) -> None:
        if self._next is not None:
            self.shell.go(self._next.place, self._next.target)

    def _open_handbook(self) -> None:
        self.shell.go("handbook", "01-kom-igang")
