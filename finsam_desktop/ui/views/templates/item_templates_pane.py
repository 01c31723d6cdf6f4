"""Ärendemallar: all item templates by when they come up; the association's own are edited, the others copied."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.catalogue import Frame, ItemTemplate
from finsam_desktop.domain.catalogue_use import (
    EVERY_MONTH,
    filled,
    merged,
    search_templates,
    variables,
    with_template,
    without_template,
)
from finsam_desktop.domain.ids import new_id
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.files import catalogue_files
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.templates.item_template_form import ItemTemplateForm
from finsam_desktop.ui.views.templates.item_template_reading import ItemTemplateReading, when
from finsam_desktop.ui.widgets.buttons import link_button, primary_button, secondary_button
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.rows import MetaPart, RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.surfaces import Pane, PaneHead
from finsam_desktop.ui.widgets.text_edits import TextField

_THIRDS = ("Januari–april", "Maj–augusti", "September–december")
_GROUPS = ("Inleder sammanträdet", "Varje sammanträde", *_THIRDS, "När det behövs", "Avslutar sammanträdet")
_IN_THE_YEAR = (2, 3, 4)


class ItemTemplatesPane(Pane):
    """The first tab of Mallar."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("base", parent=parent)
        self._shell = shell
        self._shown = ""
        self._templates: tuple[ItemTemplate, ...] = ()
        self._values: Mapping[str, str] = {}
        self._make_buttons()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_list())
        row.addWidget(self._make_right(), 1)

    # -- making ---------------------------------------------------------------------------------------

    def _make_buttons(self) -> None:
        self.new = secondary_button("Ny ärendemall", "plus")
        self.new.clicked.connect(self._add)
        self.make_own = primary_button("Gör en egen", "pencil")
        self.make_own.setToolTip("Gör en kopia som ni kan ändra. Standardmallen går att få tillbaka.")
        self.make_own.clicked.connect(self._make_own)
        self.restore = link_button("Återställ standardmallen", "undo-2")
        self.remove = link_button("Ta bort mallen", "trash-2")
        for button in (self.restore, self.remove):
            button.clicked.connect(self._remove)

    def _make_list(self) -> QWidget:
        theme = current_theme()
        self.search = TextField(placeholder="Några bokstäver räcker")
        self.search.textChanged.connect(self._narrow)
        self._model = RowModel(parent=self)
        self.list = RowList("Ärendemallar", delegate=RowDelegate(number_width=0))
        self.list.setModel(self._model)
        self.list.chosen.connect(self._show)
        left = Pane("base", "right")
        left.setFixedWidth(theme.px(360))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, theme.px(12), theme.px(1), theme.px(12))
        column.setSpacing(theme.px(12))
        sought = FormRow("Sök ärendemall", self.search)
        sought.setContentsMargins(theme.px(20), 0, theme.px(15), 0)
        column.addWidget(sought)
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(20), 0, theme.px(15), 0)
        foot.addWidget(self.new, 1)
        column.addLayout(foot)
        return left

    def _make_right(self) -> QWidget:
        self._head = PaneHead("")
        for button in (self.make_own, self.restore, self.remove):
            self._head.add_widget(button)
        self._head.setMinimumHeight(current_theme().px(48))
        self.reading = ItemTemplateReading()
        self.form = ItemTemplateForm()
        self.form.edited.connect(self._take)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.reading)
        self._stack.addWidget(self.form)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)
        return right

    # -- what the view uses ---------------------------------------------------------------------------

    def facts(self) -> tuple[str, ...]:
        """The head's facts: how many templates there are, and how many are the association's own."""
        own = sum(template.own for template in self._templates)
        return (
            f"{len(self._templates)} ärendemallar",
            *((f"{own} egna" if own > 1 else "1 egen",) if own else ()),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.search, self.list, self._stack)

    def primary(self) -> QPushButton | None:
        return self.make_own

    def choose(self, template_id: str) -> None:
        """Show a template; a search that hides it is put away."""
        if self._model.row_of(template_id) < 0:
            self.search.clear()
        place = self._model.row_of(template_id)
        if place >= 0:
            self.list.setCurrentIndex(self._model.index(place))
            self.list.scrollTo(self._model.index(place), RowList.ScrollHint.PositionAtCenter)

    def refresh(self) -> None:
        """Show the templates as they are, the same one chosen."""
        session = self._shell.session
        self._templates = merged(catalogue_files.standard_templates(), session.association)
        today = Meeting(date=session.today)
        self._values = variables(session.association, today, session.meetings)
        self._narrow()

    def flush(self) -> None:
        """Take in what is being typed."""
        self.form.flush()

    # -- the list -------------------------------------------------------------------------------------

    def _narrow(self, _text: str = "") -> None:
        chosen = self._chosen_id()
        wanted = self.search.text().strip()
        if wanted:
            found = search_templates(self._templates, wanted)
            rows = tuple(self._row(template) for template in found)
        else:
            rows = self._grouped()
        self._model.set_rows(rows or (Row(title="Ingen ärendemall innehåller de orden.", quiet=True),))
        place = self._model.row_of(chosen)
        if place < 0:
            place = next((number for number, row in enumerate(rows) if row.key), -1)
        if place >= 0 and self.list.currentIndex().row() != place:
            self.list.setCurrentIndex(self._model.index(place))
        self._show()

    def _grouped(self) -> tuple[Row, ...]:
        rows: list[Row] = []
        for number, name in enumerate(_GROUPS):
            group = [template for template in self._templates if _group(template) == number]
            group.sort(key=_place)
            if group:
                rows.append(Row(title=name, heading=True, time=str(len(group))))
                rows += [self._row(template) for template in group]
        return tuple(rows)

    def _row(self, template: ItemTemplate) -> Row:
        word = wording.ITEM_TYPES[template.type]
        meta = [MetaPart(word, accent=template.type.decides)] if word else []
        months = when(template) if _group(template) in _IN_THE_YEAR else ""
        meta += [MetaPart(months)] if months else []
        meta += [MetaPart("Egen", accent=True)] if template.own else []
        return Row(key=template.id, title=filled(template.title, self._values), meta=tuple(meta))

    def _chosen_id(self) -> str:
        return str(self.list.currentIndex().data(RowRole.KEY) or "")

    # -- the template at hand -------------------------------------------------------------------------

    def _template(self) -> ItemTemplate | None:
        return next((template for template in self._templates if template.id == self._shown), None)

    def _standard(self) -> ItemTemplate | None:
        return next((each for each in catalogue_files.standard_templates() if each.id == self._shown), None)

    def _show(self, _index: QModelIndex | None = None) -> None:
        if self._shown != self._chosen_id():
            # What is being typed belongs to the template shown until now.
            self.flush()
            self._shown = self._chosen_id()
            for page in (self.reading, self.form):
                page.verticalScrollBar().setValue(0)
        template = self._template()
        self._stack.setVisible(template is not None)
        self._head.setVisible(template is not None)
        if template is None:
            return
        replaces = self._standard() is not None
        self._head.set_title("Egen mall" if template.own else "Standardmall")
        self._head.set_fact("Ersätter standardmallen" if template.own and replaces else "")
        self.make_own.setVisible(not template.own)
        self.restore.setVisible(template.own and replaces)
        self.remove.setVisible(template.own and not replaces)
        if template.own:
            self.form.show_template(template, self._recipients())
        else:
            self.reading.show_template(template, self._values)
        self._stack.setCurrentWidget(self.form if template.own else self.reading)

    def _recipients(self) -> tuple[str, ...]:
        return tuple(member.name for member in self._shell.session.association.members)

    # -- change ---------------------------------------------------------------------------------------

    def _take(self, template: ItemTemplate) -> None:
        before = self._shell.session.association
        label = f"Ändra mallen {filled(template.title, self._values)}"
        self._shell.session.change(
            label, before, with_template(before, template), merge=f"item-template:{template.id}"
        )

    def _make_own(self) -> None:
        template = self._standard()
        if template is None:
            return
        before = self._shell.session.association
        label = f"Gör egen mall: {filled(template.title, self._values)}"
        if self._shell.session.change(label, before, with_template(before, template)):
            self.form.focus_title()

    def _add(self) -> None:
        self.flush()
        before = self._shell.session.association
        template = ItemTemplate(id=new_id(), title="Nytt ärende")
        if self._shell.session.change("Lägg till ärendemall", before, with_template(before, template)):
            self.choose(template.id)
            self.form.focus_title()

    def _remove(self) -> None:
        self.flush()
        template = self._template()
        if template is None:
            return
        before = self._shell.session.association
        title = filled(template.title, self._values)
        label = f"Återställ mallen {title}" if self._standard() else f"Ta bort mallen {title}"
        self._shell.session.change(label, before, without_template(before, template.id), tell=True)


def _group(template: ItemTemplate) -> int:
    """Which of ``_GROUPS`` a template stands in: the first third of the year that it comes up in."""
    if template.frame is not Frame.NONE:
        return 0 if template.frame is Frame.OPENING else len(_GROUPS) - 1
    if set(template.months) == set(EVERY_MONTH):
        return 1
    return 2 + (min(template.months) - 1) // 4 if template.months else len(_GROUPS) - 2


def _place(template: ItemTemplate) -> int:
    """Where a template stands in its group: the frame in its own order, the others by their first month."""
    return template.order if template.frame is not Frame.NONE else min(template.months, default=0)
