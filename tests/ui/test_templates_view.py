"""Mallar in the real window: own item templates, and Word templates that are checked before they are used."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from finsam_desktop.documents import Document
from finsam_desktop.documents.fields import fields
from finsam_desktop.domain.catalogue import ItemTemplate, ItemType
from finsam_desktop.domain.catalogue_use import item_from_template, merged
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.files import catalogue_files
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.models.row_model import RowModel
from finsam_desktop.ui.views.templates.place import TemplatesView
from finsam_desktop.ui.widgets.rows import RowRole
from tests.template_files import body_text, built_in, changed, part, saved, with_macro
from tests.ui.opened_files import Opened

KALLELSE = Document.KALLELSE


@pytest.fixture
def view(window: MainWindow) -> TemplatesView:
    window.go("templates")
    shown = window.current_view()
    assert isinstance(shown, TemplatesView)
    return shown


def own(view: TemplatesView) -> dict[str, ItemTemplate]:
    return {template.id: template for template in view.shell.session.association.item_templates}


def titles(model: RowModel) -> list[str]:
    return [row.title for row in model.rows() if not row.heading]


def used(view: TemplatesView, document: Document = KALLELSE) -> str:
    """File name of the association's own template; empty for the built-in."""
    stored = view.shell.session.association.word_template(document.value)
    return stored.file_name if stored else ""


def wait(view: TemplatesView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not view.shell.jobs.running(), timeout=60_000)


def use(view: TemplatesView, qtbot: QtBot, path: Path, document: Document = KALLELSE) -> None:
    view.word.use_file(document, path)
    wait(view, qtbot)


def answer(window: MainWindow, path: Path) -> None:
    """Choose a file in the dialog that is open, as the user does."""
    (dialog,) = [each for each in window.findChildren(QFileDialog) if each.isVisible()]
    dialog.fileSelected.emit(str(path))
    dialog.close()


# -- item templates -----------------------------------------------------------------------------------


def test_all_templates_are_listed_by_when_they_come_up(view: TemplatesView) -> None:
    model = view.items._model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    headings = [row.title for row in model.rows() if row.heading]
    assert headings[0] == "Inleder sammanträdet"
    assert headings[-1] == "Avslutar sammanträdet"
    assert len(titles(model)) == len(catalogue_files.standard_templates())
    assert titles(model)[0] == "Mötets öppnande"
    assert view.head().facts == (f"{len(titles(model))} ärendemallar",)


def test_a_few_letters_narrow_the_list(view: TemplatesView) -> None:
    view.items.search.setText("arsred")
    assert titles(view.items._model)[0] == "Årsredovisning 2025"
    assert len(titles(view.items._model)) < 10
    view.items.search.setText("qwx")
    assert titles(view.items._model) == ["Ingen ärendemall innehåller de orden."]
    assert not view.items._stack.isVisible()
    view.items.search.clear()
    assert len(titles(view.items._model)) > 50


def test_go_with_an_id_chooses_that_template_even_behind_a_search(
    window: MainWindow, view: TemplatesView
) -> None:
    view.items.search.setText("budget")
    window.go("templates", "arsredovisning")
    assert view.items._shown == "arsredovisning"
    assert view.items.reading._title.text() == "Årsredovisning 2025"
    assert "Senast 31 mars" in view.items.reading._facts.text()


def test_a_standard_template_is_read_copied_changed_and_restored(
    window: MainWindow, view: TemplatesView
) -> None:
    window.go("templates", "arsredovisning")
    items = view.items
    assert items._stack.currentWidget() is items.reading
    items.make_own.click()
    assert items._stack.currentWidget() is items.form
    assert own(view)["arsredovisning"].title == "Årsredovisning {fg_år}"
    assert window.session.undo_label == "Gör egen mall: Årsredovisning 2025"
    items.form.title.setText("Årsredovisning och bokslut {fg_år}")
    items.form.title.flush()
    assert own(view)["arsredovisning"].title == "Årsredovisning och bokslut {fg_år}"
    assert "Årsredovisning och bokslut 2025" in titles(items._model)
    assert view.head().facts[-1] == "1 egen"
    items.restore.click()
    assert own(view) == {}
    assert items.reading._title.text() == "Årsredovisning 2025"
    window.session.undo()
    assert own(view)["arsredovisning"].title == "Årsredovisning och bokslut {fg_år}"


def test_every_field_of_an_own_template_reaches_a_new_agenda(window: MainWindow, view: TemplatesView) -> None:
    items, form = view.items, view.items.form
    items.new.click()
    assert form.title.text() == "Nytt ärende"
    assert form.title.selectedText() == "Nytt ärende"
    form.title.setText("Lokalfrågan {år}")
    form.type.setCurrentIndex(form.type.findText("Beslut"))
    form.type.activated.emit(form.type.currentIndex())
    form.presenter.set_value("director")
    form.minutes.setText("25")
    form.minutes.editingFinished.emit()
    form.months.boxes[3].setChecked(True)
    form.summary.setPlainText("Hyresavtalet går ut.")
    form.clauses.fields()[0].setPlainText("säga upp hyresavtalet")
    form.minutes_text.setPlainText("Frågan gås igenom.")
    form.basis.setText("10 § finsamlagen; KL 5 kap. 1 §;")
    form.recipients.set_recipients(("Hyresvärden",))
    view.flush()
    (template,) = own(view).values()
    assert template.own
    assert template.type is ItemType.DECISION
    assert template.months == (4,)
    assert template.basis == ("10 § finsamlagen", "KL 5 kap. 1 §")
    association = window.session.association
    assert template in merged(catalogue_files.standard_templates(), association)
    item = item_from_template(template, association, Meeting(date=window.session.today))
    assert (item.title, item.minutes, item.summary) == ("Lokalfrågan 2026", 25, "Hyresavtalet går ut.")
    assert item.proposal.clauses == ("säga upp hyresavtalet",)
    assert item.recipients == ("Hyresvärden",)
    assert item.minutes_text == "Frågan gås igenom."
    assert association.person(item.presenter_id) is not None
    items.remove.click()
    assert own(view) == {}


def test_what_is_being_written_belongs_to_the_template_it_was_written_in(
    window: MainWindow, view: TemplatesView
) -> None:
    """Two fields with text not yet taken in, and another template chosen: nothing lands in that one."""
    for template_id in ("budget", "arsredovisning"):
        window.go("templates", template_id)
        view.items.make_own.click()
    view.items.form.title.setText("Ny rubrik")
    view.items.form.summary.setPlainText("Ny sammanfattning")
    view.items.choose("budget")
    kept = own(view)
    assert (kept["arsredovisning"].title, kept["arsredovisning"].summary) == (
        "Ny rubrik",
        "Ny sammanfattning",
    )
    standard = next(each for each in catalogue_files.standard_templates() if each.id == "budget")
    assert (kept["budget"].title, kept["budget"].summary) == (standard.title, standard.summary)
    assert view.items.form.title.text() == standard.title
    assert view.items.form.summary.text() == standard.summary


def test_a_month_that_moves_the_template_in_the_list_keeps_it_chosen(
    window: MainWindow, view: TemplatesView
) -> None:
    window.go("templates", "budget")
    view.items.make_own.click()
    view.items.form.months.boxes[0].setChecked(True)
    assert own(view)["budget"].months == (1, 11)
    assert view.items._shown == "budget"
    assert view.items.list.currentIndex().data(RowRole.KEY) == "budget"


def test_an_empty_title_is_not_taken_and_said_so(window: MainWindow, view: TemplatesView) -> None:
    view.items.new.click()
    view.items.form.title.setText("  ")
    view.items.form.title.flush()
    (template,) = own(view).values()
    assert template.title == "Nytt ärende"
    assert "Skriv en rubrik" in view.items.form.title.accessibleDescription()


def test_a_file_that_is_read_only_takes_nothing(
    view: TemplatesView, window: MainWindow, example_file: Path
) -> None:
    window.session.close()
    window.session.open(example_file, read_only=True)
    window.go("templates", "arsredovisning")
    shown = window.current_view()
    assert isinstance(shown, TemplatesView)
    shown.items.make_own.click()
    assert own(shown) == {}
    assert window.strip.notice is not None


# -- Word templates -----------------------------------------------------------------------------------


@pytest.fixture
def word(window: MainWindow, view: TemplatesView) -> TemplatesView:
    window.go("templates", "word/kallelse")
    return view


def test_the_built_in_is_in_use_until_an_own_is_taken(
    window: MainWindow, word: TemplatesView, qtbot: QtBot, tmp_path: Path
) -> None:
    assert word.word._state.text() == "Den inbyggda mallen används."
    assert not word.word.revert.isVisible()
    mine = saved(tmp_path, "Vår kallelse.docx", built_in(KALLELSE))
    word.word.use.click()
    answer(window, mine)
    wait(word, qtbot)
    assert used(word) == "Vår kallelse.docx"
    assert word.word._state.text() == "Er egen mall används: Vår kallelse.docx, sedan 2026-11-22."
    assert (
        next(row.meta for row in word.word._model.rows() if row.key == "kallelse")
        == "Egen: Vår kallelse.docx"
    )
    assert window.session.undo_label == "Ta mallen Vår kallelse.docx i bruk"
    word.word.revert.click()
    assert used(word) == ""
    window.session.undo()
    assert used(word) == "Vår kallelse.docx"


BAD = {
    "no Word file": (b"Hej", "är inte en Word-fil", "Hela mallen"),
    "a macro": (with_macro(), "makron", "VbaProject"),
    "a broken tag": (
        changed(KALLELSE, "{{ document.title }}", "{{ document.title + }}"),
        "",
        "Brödtexten, stycke",
    ),
    "an unknown field": (
        changed(KALLELSE, "meeting.place", "meeting.plats", 1),
        "Menade du meeting.place?",
        "Brödtexten, stycke",
    ),
}


@pytest.mark.parametrize("case", BAD, ids=list(BAD))
def test_a_bad_template_is_never_taken_into_use(
    word: TemplatesView, qtbot: QtBot, tmp_path: Path, case: str
) -> None:
    content, words, place = BAD[case]
    before = word.shell.session.association
    use(word, qtbot, saved(tmp_path, "Ny mall.docx", content))
    assert word.shell.session.association == before
    problems = word.word.problems
    assert "Ny mall.docx har 1 fel och togs inte i bruk." in problems._verdict.text()
    (row,) = problems.list._rows.values()
    assert words in row.row.title
    assert row.row.place.lower().startswith(place.lower()) or place == "VbaProject"
    assert problems.again.isVisible()


def test_mended_in_word_and_tried_again(word: TemplatesView, qtbot: QtBot, tmp_path: Path) -> None:
    path = saved(tmp_path, "Ny mall.docx", changed(KALLELSE, "meeting.place", "meeting.plats"))
    use(word, qtbot, path)
    assert used(word) == ""
    path.write_bytes(built_in(KALLELSE))
    word.word.problems.again.click()
    wait(word, qtbot)
    assert used(word) == "Ny mall.docx"
    assert "har inga fel" in word.word.problems._verdict.text()
    assert not word.word.problems.again.isVisible()


def test_a_template_with_something_to_consider_is_used_and_told(
    window: MainWindow, word: TemplatesView, qtbot: QtBot, tmp_path: Path
) -> None:
    content = changed(Document.PROTOKOLL, "dissents", "notes")
    use(word, qtbot, saved(tmp_path, "P.docx", content), Document.PROTOKOLL)
    assert used(word, Document.PROTOKOLL) == "P.docx"
    assert word.word._title.text() == "Protokoll"
    assert window.strip.notice is not None
    assert "1 sak att överväga" in window.strip.notice.text


def test_a_file_changed_on_disk_is_read_in_after_a_check(
    window: MainWindow, word: TemplatesView, qtbot: QtBot, tmp_path: Path
) -> None:
    path = saved(tmp_path, "Vår.docx", built_in(KALLELSE))
    use(word, qtbot, path)
    assert not word.word.reread.isVisible()
    path.write_bytes(changed(KALLELSE, "{{ document.title }}", "Välkommen"))
    window.go("overview")
    window.go("templates")
    assert word.word._change.text() == "Vår.docx har ändrats sedan den togs i bruk."
    word.word.reread.click()
    wait(word, qtbot)
    assert not word.word.reread.isVisible()
    stored = window.session.association.word_template("kallelse")
    assert stored is not None
    assert "Välkommen" in body_text(window.session.workspace.file(stored.sha256))


def test_examine_checks_the_template_in_use(word: TemplatesView, qtbot: QtBot) -> None:
    assert "inte kontrollerad" in word.word.problems._verdict.text()
    word.word.examine.click()
    wait(word, qtbot)
    assert word.word.problems._verdict.text().startswith("kallelse.docx har inga fel.")
    word.word.choose(Document.PROTOKOLL)
    assert "inte kontrollerad" in word.word.problems._verdict.text()


def test_a_copy_to_change_is_saved_and_opened(
    window: MainWindow, word: TemplatesView, opened: Opened, tmp_path: Path
) -> None:
    word.word.copy.click()
    answer(window, tmp_path / "Kopia.docx")
    assert "{{ meeting.place }}" in body_text((tmp_path / "Kopia.docx").read_bytes())
    assert opened.files == [tmp_path / "Kopia.docx"]


def test_a_copy_that_cannot_be_saved_is_told_and_not_opened(
    window: MainWindow, word: TemplatesView, opened: Opened, tmp_path: Path
) -> None:
    word.word.save_copy(KALLELSE, tmp_path / "finns inte" / "Kopia.docx")
    assert opened.files == []
    assert window.strip.notice is not None
    assert "Kopia.docx" in window.strip.notice.text


def test_the_commented_copy(
    window: MainWindow, word: TemplatesView, qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    use(word, qtbot, saved(tmp_path, "Ny.docx", changed(KALLELSE, "meeting.place", "meeting.plats", 1)))
    word.word.problems.copy.click()
    answer(window, tmp_path / "Kommenterad.docx")
    assert "Menade du meeting.place" in part(
        (tmp_path / "Kommenterad.docx").read_bytes(), "word/comments.xml"
    )
    assert opened.files == [tmp_path / "Kommenterad.docx"]


def test_a_missing_file_is_told_and_nothing_is_changed(
    window: MainWindow, word: TemplatesView, qtbot: QtBot, tmp_path: Path
) -> None:
    use(word, qtbot, tmp_path / "Saknas.docx")
    assert used(word) == ""
    assert window.strip.notice is not None
    assert "Saknas.docx går inte att läsa" in window.strip.notice.text


def test_a_check_that_ends_in_another_file_changes_nothing_there(
    window: MainWindow, word: TemplatesView, qtbot: QtBot, example_file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "annat.finsam"
    shutil.copy(example_file, other)
    word.word.use_file(KALLELSE, saved(tmp_path, "Vår.docx", built_in(KALLELSE)))
    assert window.session.open(other)
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=60_000)
    assert window.session.association.word_templates == ()


# -- fields -------------------------------------------------------------------------------------------


def test_the_fields_are_those_of_the_document_and_can_be_copied(word: TemplatesView) -> None:
    pane = word.word.fields
    assert len(titles(pane._model)) == len(fields(KALLELSE))
    pane.search.setText("plats distans")
    assert titles(pane._model) == ["Plats, och en rad om distans när det går att delta så"]
    assert pane._example.text() == "Exempel: Sammanträdesrum Linden"
    pane.copy.click()
    assert QApplication.clipboard().text() == "{{ meeting.place }}"
    pane.search.setText("qwx")
    assert not pane.copy.isEnabled()
    pane.search.clear()
    word.word.choose(Document.TERTIALRAPPORT)
    assert len(titles(pane._model)) == len(fields(Document.TERTIALRAPPORT))


def test_a_loop_says_how_it_ends(word: TemplatesView) -> None:
    pane = word.word.fields
    pane.search.setText("föredragningslistans rader")
    assert pane._tag.text() == "{%tr for line in agenda %}"
    assert "{%tr endfor %}" in pane._example.text()


def test_a_field_in_a_loop_says_in_which(window: MainWindow, word: TemplatesView) -> None:
    window.go("templates", "word/protokoll")
    pane = word.word.fields
    pane.search.setText("reservation")
    headings = [row.title for row in pane._model.rows() if row.heading]
    assert headings == ["Ärendena", "Underpunkterna i ett ärende"]
    assert pane._tag.text() == "{%p for sentence in item.dissents %}", "the first field, not the heading"
    for name, loop in (("items[].", "item"), ("items[].sub_items[].", "sub")):
        pane.list.setCurrentIndex(pane._model.index(pane._model.row_of(f"{name}dissents[]")))
        assert pane._tag.text() == "{{ sentence }}"
        assert pane._example.text().endswith(f"Står inne i {{%p for sentence in {loop}.dissents %}}.")
