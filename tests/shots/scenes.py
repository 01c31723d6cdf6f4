"""What there is to see of the window, one function for each state of the program: no file, the example, a new one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from tests.shots.camera import Camera, rest

NEXT, HELD = "2026-11-26", "2026-10-29"
PLACES = (
    "overview", "meetings", "decisions", "year_wheel", "figures", "association", "templates",
    "handbook", "settings", "keys", "history", "backups", "first_steps", "crash_report", "salvage", "search",
)  # fmt: skip
TABS = {
    "association": ("medlemmar", "personer", "forbundsordning", "insatser", "revision", "kontroller"),
    "decisions": ("delegationsbeslut",),
    "templates": ("word/kallelse", "fraser", "mejl"),
}
STEPS = {
    "dagordning": f"{NEXT}/dagordning/r05",
    "handlingar": f"{NEXT}/handlingar",
    "kallelse": f"{NEXT}/kallelse",
    "narvaro": f"{HELD}/narvaro/p07",
    "protokoll": f"{HELD}/protokoll/p07",
    "efter": f"{HELD}/efter",
}
OTHER_STEPS = {
    "narvaro-before": f"{NEXT}/narvaro/r05",
    "protokoll-before": f"{NEXT}/protokoll/r05",
    "efter-before": f"{NEXT}/efter",
    "dagordning-held": f"{HELD}/dagordning/p07",
    "kallelse-held": f"{HELD}/kallelse",
}
MENUS = ("Arkiv", "Redigera", "Visa", "Infoga", "Sammanträde", "Mötet", "Verktyg", "Hjälp")


def without_file(camera: Camera) -> None:
    """The ways in, what works before a file is open, and the form for a new association as it is filled in."""
    go = camera.window.go
    camera.take("welcome", partial(go, "welcome"))
    camera.take("welcome-filled", partial(_fill_guide, camera.window))
    for place in ("handbook", "settings", "backups", "salvage", "crash_report"):
        camera.take(f"closed-{place}", partial(go, place))


def example(camera: Camera, folder: Path) -> None:
    """Every place, tab and step with the example open, and what lies over them."""
    window, go = camera.window, camera.window.go
    for place in PLACES:
        if place != "figures":
            camera.take(place, partial(go, place))
    for place, targets in TABS.items():
        for target in targets:
            camera.take(f"{place}-{target.partition('/')[0]}", partial(go, place, target))
    camera.take("decisions-delegationer", partial(_tab, window, "decisions", 2))
    camera.take("backups-kept", partial(_back_up, window))
    window.session.undo()
    window.strip.close_notice()
    camera.take("crash_report-kept", partial(_fail, window))
    _figures(camera, folder)
    _meetings(camera)
    camera.take("search", partial(_search_all, window))
    _live(camera)
    _over_the_views(camera)


def new_association(camera: Camera, folder: Path) -> None:
    """The same places with nothing in them yet, and a meeting with nothing but its frame."""
    from finsam_desktop.domain.association import Association

    window, go = camera.window, camera.window.go
    names = [f"empty-{place}" for place in PLACES]
    if not camera.wants(*names, "empty-meeting", "empty-papers", "first_steps-new"):
        return
    file = folder / "nytt.finsam"
    window.session.create(file, Association(name="Samordningsförbundet Nybygden"))
    camera.settle()
    for place in PLACES[:7]:
        camera.take(f"empty-{place}", partial(go, place))
    for part in ("rapporter", "ekonomi", "verksamhet", "plan"):
        camera.take(f"empty-figures-{part}", partial(go, "figures", part))
    for part in TABS["association"]:
        camera.take(f"empty-association-{part}", partial(go, "association", part))
    camera.take("empty-decisions-delegationsbeslut", partial(go, "decisions", "delegationsbeslut"))
    for part in ("fraser", "mejl"):
        camera.take(f"empty-templates-{part}", partial(go, "templates", part))
    camera.take("first_steps-new", partial(go, "first_steps"))
    camera.take("empty-meeting", partial(_bare_meeting, window))
    for step in ("handlingar", "kallelse", "narvaro", "protokoll", "efter"):
        camera.take(f"empty-{step}", partial(go, "meeting", f"ny/{step}"))
    camera.take("empty-history", partial(go, "history"))


def damaged(camera: Camera, file: Path, folder: Path) -> None:
    """What is shown of a file that cannot be opened."""
    if not camera.wants("salvage-found", "notice-damaged"):
        return
    broken = folder / "skadad.finsam"
    content = bytearray(file.read_bytes())
    content[40_960:49_152] = bytes(8_192)
    broken.write_bytes(content)
    camera.take("notice-damaged", partial(camera.window.open_file, broken))
    camera.take("salvage-found", partial(camera.window.go, "salvage", str(broken)))


# -- figures, meetings, mötesläge ----------------------------------------------------------------------------------


def _figures(camera: Camera, folder: Path) -> None:
    window, go = camera.window, camera.window.go
    camera.take("figures", partial(_read, window, next(folder.glob("*.xlsx"))))
    camera.take("figures-rapporter", partial(_reports, window, next(folder.glob("*.se"))))
    camera.take("figures-kontoplan", partial(go, "figures", "rapporter/kontoplan"))
    for part in ("ekonomi", "verksamhet", "plan"):
        camera.take(f"figures-{part}", partial(go, "figures", part))


def _meetings(camera: Camera) -> None:
    window, go = camera.window, camera.window.go
    camera.take("meetings-new", partial(go, "meetings", "ny"))
    camera.take("year_wheel-plan", partial(_plan_year, window))
    for step, target in (STEPS | OTHER_STEPS).items():
        camera.take(f"meeting-{step}", partial(go, "meeting", target))
    camera.take("meeting-kontroller", partial(_side, window, STEPS["dagordning"], "show_findings"))
    camera.take("meeting-offentligt", partial(_side, window, STEPS["protokoll"], "show_public"))
    camera.take("meeting-many", partial(_choose_many, window))
    camera.take("meeting-papers", partial(_show_low, window, f"{NEXT}/dagordning/r09"))
    camera.take("meeting-add", partial(_act, window, STEPS["dagordning"], "add_item"))
    camera.take("meeting-suggestions", partial(_act, window, STEPS["dagordning"], "show_suggestions"))
    camera.take("meeting-whole", partial(go, "meeting", f"{HELD}/protokoll"))
    camera.take("replace", partial(_replace, window))


def _live(camera: Camera) -> None:
    window, go = camera.window, camera.window.go
    camera.take("live", partial(go, "live", f"{NEXT}/r05"))
    camera.take("live-shared", partial(_share, window))
    camera.take("live-decision", partial(_live_decision, window))


def _over_the_views(camera: Camera) -> None:
    """Ctrl+K, menus, dialogs, what the strip and the status bar say."""

    window = camera.window
    camera.take("palette", partial(_search, window, "medlem"))
    camera.take("palette-empty", partial(_search, window, ""))
    camera.take("palette-none", partial(_search, window, "qqqq"))
    _close_palette(window)
    if camera.wants(*(f"menu-{name.lower()}" for name in MENUS)):
        window.go("meeting", STEPS["dagordning"])
        camera.settle()
        for name in MENUS:
            found = next(menu for menu in _menus(window) if menu.title().replace("&", "") == name)
            camera.take(f"menu-{name.lower()}", partial(_pop, found), of=lambda shown=found: shown)  # type: ignore[misc]
            found.hide()
    camera.take("notice", partial(_notice, window))
    camera.take("notice-undo", partial(_notice_undo, window))
    window.strip.close_notice()
    if camera.wants("dialog-error"):
        boxes: list[Any] = []
        camera.take("dialog-error", lambda: boxes.append(_error_dialog(window)), of=lambda: boxes[0])
        for box in boxes:
            box.close()
    if camera.wants("progress"):
        _progress(camera)


# -- preparing -----------------------------------------------------------------------------------------------------


def _fill_guide(window: Any) -> None:
    window.go("welcome")
    form = window.current_view().form
    form.name.setText("Samordningsförbundet Nybygden")
    form.name.setFocus()


def _back_up(window: Any) -> None:
    window.go("backups")
    rest(300)
    window.current_view()._make_one()
    rest(900)
    before = window.session.association
    window.session.change("Ändra sätet", before, replace(before, seat="Björkdalen"))
    window.strip.close_notice()
    window.go("backups", "exempelbygden.finsam")
    rest(300)


def _fail(window: Any) -> None:
    """A report of a fault is kept, as after one."""
    from finsam_desktop.faults import reports
    from finsam_desktop.settings import data_folder

    try:
        raise ValueError("Åsa Nyberg")
    except ValueError as fault:
        reports.of_fault(fault, data_folder(), window.session.now)
    window.go("crash_report")


def _tab(window: Any, place: str, index: int) -> None:
    window.go(place)
    window.current_view().tabs.setCurrentIndex(index)


def _read(window: Any, workbook: Path) -> None:
    window.go("figures", f"{NEXT}/r09")
    window.current_view().table.open_file(workbook)


def _reports(window: Any, books: Path) -> None:
    """The reports of the bookkeeping file with a forecast and a comment, typed when the file has been read."""
    window.go("figures", "rapporter")
    pane = window.current_view().shown_part()
    pane.open_file(books)
    rest(1500)
    if not pane.settings.rest.isChecked():
        pane.settings.rest.setChecked(True)
    pane._forecast_typed("Personal", "2 900 tkr")
    pane._comment_typed("Personal", "Vakanser på torgen")


def _plan_year(window: Any) -> None:
    window.go("year_wheel")
    window.current_view().open_plan()


def _side(window: Any, target: str, method: str) -> None:
    window.go("meeting", target)
    getattr(window.current_view().page, method)()


def _act(window: Any, target: str, action: str) -> None:
    window.go("meeting", target)
    rest(300)
    window.actions.run(action)


def _choose_many(window: Any) -> None:
    from PySide6.QtCore import QItemSelectionModel

    window.go("meeting", STEPS["dagordning"])
    tree = window.current_view().page.agenda().tree
    for row in (5, 6, 7):
        tree.selectionModel().select(tree.model().index(row, 0), QItemSelectionModel.SelectionFlag.Select)


def _show_low(window: Any, target: str) -> None:
    """An item's editor at its end: bilagor, figures and papers."""
    window.go("meeting", target)
    rest(700)
    scroll = window.current_view().page.agenda().editor.verticalScrollBar()
    scroll.setValue(scroll.maximum())


def _replace(window: Any) -> None:
    window.go("replace", NEXT)
    view = window.current_view()
    view.words.setText("budget")
    view.new.setText("ram")
    rest(900)


def _share(window: Any) -> None:
    window.go("live", f"{NEXT}/r05")
    if not window.current_view().shared:
        window.current_view().toggle_shared()


def _live_decision(window: Any) -> None:
    """A motion being written in mötesläge."""
    window.go("live", f"{NEXT}/r05")
    view = window.current_view()
    if view.shared:
        view.toggle_shared()
    view.record("Y")


def _search_all(window: Any) -> None:
    """Words that stand in fields and in a bilaga, whose text has been read."""
    from PySide6.QtCore import QEventLoop

    window.search_desk.search.read_files()
    window.go("search", "finansiering")
    loop = QEventLoop()
    window.search_desk.answered.connect(loop.quit)
    loop.exec()


def _search(window: Any, words: str) -> None:
    window.open_palette()
    window._palette._input.setText(words)
    rest(400)


def _close_palette(window: Any) -> None:
    if window._palette is not None and window._palette.isVisible():
        window._palette.close_box()


def _menus(window: Any) -> list[Any]:
    from PySide6.QtWidgets import QMenu, QMenuBar

    bar = window.top_bar.findChild(QMenuBar)
    return [action.menu() for action in bar.actions() if isinstance(action.menu(), QMenu)]


def _pop(menu: Any) -> None:
    menu.aboutToShow.emit()
    menu.popup(menu.parentWidget().mapToGlobal(menu.parentWidget().rect().bottomLeft()))


def _fault() -> Any:
    from finsam_desktop.errors import UserError

    return UserError(
        "Tertialrapport 2.docx är öppen i Word.",
        advice="Stäng den och försök igen. Inget har ändrats.",
        detail="Filen kunde inte bytas ut: den används av ett annat program.",
    )


def _notice(window: Any) -> None:
    window.go("meetings")
    window.show_error(_fault())


def _notice_undo(window: Any) -> None:
    window.strip.close_notice()
    window.go("meetings")
    window.session.notified.emit("Ärende 8 togs bort", "Ångra")


def _error_dialog(window: Any) -> Any:
    window.strip.close_notice()
    return window.dialogs.show_error(_fault())


class _Waiting:
    """Work that goes on until the picture is taken."""

    def __init__(self) -> None:
        import threading

        self.done = threading.Event()

    def __call__(self, progress: Any) -> None:
        progress.step("Tertialrapport 2.docx", 3, 5)
        self.done.wait(20)


def _progress(camera: Camera) -> None:
    window = camera.window
    window.go("meeting", STEPS["handlingar"])
    camera.settle()
    work = _Waiting()
    window.jobs.run(work, label="Gör PDF av handlingarna")
    rest(300)
    window.grab().save(str(camera.out / f"progress-{camera.suffix}.png"))
    work.done.set()
    camera.settle()


def _bare_meeting(window: Any) -> None:
    from finsam_desktop.domain.meeting import Meeting

    made = Meeting(id="ny", date=dt.date(2026, 12, 10), start=dt.time(9, 0), end=dt.time(12, 0))
    window.session.change("Nytt sammanträde", None, replace(made, place="Stadshuset"))
    window.go("meeting", "ny/dagordning")
