"""The chosen item of the year: which months it recurs in, and the way to its agenda or its template."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.catalogue_use import month_range
from finsam_desktop.domain.year_wheel import Standing, WheelEntry
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.facts import brief
from finsam_desktop.ui.widgets.buttons import link_button, secondary_button
from finsam_desktop.ui.widgets.surfaces import Label, Pane
from finsam_desktop.ui.widgets.wheel import MONTH_NAMES


class EntryPanel(Pane):
    """``months_changed(tuple)``, ``add_wanted()``, ``shown_wanted()`` and ``template_wanted()``."""

    months_changed = Signal(object)
    add_wanted = Signal()
    shown_wanted = Signal()
    template_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sunk", "top", parent)
        theme = current_theme()
        self._title = Label("", "body_strong", wrap=True)
        self._facts = Label("", "meta", "text2", wrap=True)
        self.boxes = tuple(QCheckBox(name) for name in MONTH_NAMES)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        for place, box in enumerate(self.boxes):
            box.setAccessibleName(f"Återkommer i {wording.MONTHS[place]}")
            box.clicked.connect(self._clicked)
            grid.addWidget(box, place // 6, place % 6)
        grid.setColumnStretch(6, 1)
        self.add = secondary_button("Lägg till i dagordningen", "list-plus")
        self.add.clicked.connect(self.add_wanted)
        self.show_item = secondary_button("Visa ärendet", "calendar-days")
        self.show_item.clicked.connect(self.shown_wanted)
        template = link_button("Visa mallen")
        template.clicked.connect(self.template_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        for button in (self.add, self.show_item, template):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(12))
        column.setSpacing(theme.px(6))
        column.addWidget(self._title)
        column.addWidget(self._facts)
        column.addLayout(grid)
        column.addSpacing(theme.px(2))
        column.addLayout(buttons)

    def show_entry(self, entry: WheelEntry | None, read_only: bool = False) -> None:
        """Show an entry; None hides the panel."""
        self.setVisible(entry is not None)
        if entry is None:
            return
        self._title.setText(entry.title)
        facts = (
            wording.ITEM_TYPES[entry.template.type],
            f"Återkommer i {month_range(entry.template.months)}",
            f"senast {entry.template.deadline}" if entry.template.deadline else "",
            *entry.template.basis,
        )
        self._facts.setText("  ·  ".join(fact for fact in facts if fact))
        for place, box in enumerate(self.boxes, start=1):
            box.setChecked(place in entry.template.months)
            box.setEnabled(not read_only)
        placed = entry.standing in (Standing.DONE, Standing.ON_AGENDA)
        self.show_item.setVisible(placed)
        self.add.setVisible(not placed and entry.meeting is not None and not read_only)
        if entry.meeting is not None:
            self.add.setText(f"Lägg till i dagordningen {brief(entry.meeting.date)}")

    def months(self) -> tuple[int, ...]:
        """The months that are ticked."""
        return tuple(place for place, box in enumerate(self.boxes, start=1) if box.isChecked())

    def _clicked(self) -> None:
        self.months_changed.emit(self.months())
