"""Every action of the program, declared once: menus, Ctrl+K and the page of keys are made from this list.

An action does something only while somebody has taken it (`Actions.take`): the window takes its own, a view takes
its while it is shown. Without a taker, or without a file where one is needed, it is greyed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

if TYPE_CHECKING:
    from finsam_desktop.ui.menus import Menus

MENUS = ("Arkiv", "Redigera", "Visa", "Infoga", "Sammanträde", "Mötet", "Verktyg", "Hjälp")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """One action. `group` divides a menu, or is one in it (`menus.py`); `hint` is said in Ctrl+K. `needs` is "", "open"
    (a file is open), "own" (an association's own file is) or "parcel" (a receiver's copy of a mötespaket is); what
    belongs to the other kind of file is not in the menus.

    `letter` is the key that does it while the grid of Närvaro och beslut has the focus, " " for the space bar.
    """

    id: str
    text: str
    menu: str
    group: int = 0
    shortcut: str = ""
    icon: str = ""
    hint: str = ""
    needs: str = "open"
    in_palette: bool = True
    letter: str = ""


def _a(
    action_id: str,
    text: str,
    menu: str,
    group: int = 0,
    shortcut: str = "",
    icon: str = "",
    hint: str = "",
    needs: str = "open",
    in_palette: bool = True,
) -> ActionSpec:
    return ActionSpec(
        id=action_id, text=text, menu=menu, group=group, shortcut=shortcut, icon=icon, hint=hint,
        needs=needs, in_palette=in_palette,
    )  # fmt: skip


def _p(action_id: str, text: str, group: int, icon: str, hint: str) -> ActionSpec:
    """Something that the receiver of a mötespaket does."""
    return _a(action_id, text, "Sammanträde", group, "", icon, hint, needs="parcel")


def _m(action_id: str, text: str, letter: str, hint: str, group: int = 0) -> ActionSpec:
    """Something to record at a meeting, by a letter in the grid."""
    return ActionSpec(id=action_id, text=text, menu="Mötet", group=group, hint=hint, letter=letter)


ACTIONS: tuple[ActionSpec, ...] = (
    _a("new_association", "Nytt förbund", "Arkiv", 0, "", "circle-plus", "Skapar en ny fil", ""),
    _a("open_file", "Öppna en fil", "Arkiv", 0, "Ctrl+O", "folder-open", "Ett förbund som redan finns", ""),
    _a(
        "open_example",
        "Titta på exempelförbundet",
        "Arkiv",
        0,
        "",
        "book-open",
        "Ett helt år att prova på",
        "",
    ),
    _a("print", "Skriv ut", "Arkiv", 1, "Ctrl+P", "printer"),
    _a("show_folder", "Visa filens mapp", "Arkiv", 1, "", "folder-open"),
    _a("backups", "Säkerhetskopior", "Arkiv", 1, "", "history", "Se vad som skiljer, och återställ", ""),
    _a("salvage", "Rädda en skadad fil", "Arkiv", 1, "", "triangle-alert", "Till en ny fil", ""),
    _a(
        "export_all",
        "Exportera allt",
        "Arkiv",
        1,
        "",
        "upload",
        "Hela förbundet till vanliga mappar",
        needs="own",
    ),
    _a("import_all", "Läs in exporterat förbund", "Arkiv", 1, "", "download", "Till en ny fil", ""),
    _a("settings", "Inställningar", "Arkiv", 2, "Ctrl+,", "settings", "", ""),
    _a("close_file", "Stäng filen", "Arkiv", 2, "Ctrl+W", "x", "Allt är redan sparat"),
    _a("quit", "Avsluta", "Arkiv", 2, "Ctrl+Q", "", "", ""),
    _a("undo", "Ångra", "Redigera", 0, "Ctrl+Z", "undo-2", in_palette=False),
    _a("redo", "Gör om", "Redigera", 0, "Ctrl+Shift+Z", "redo-2", in_palette=False),
    _a("find", "Sök eller gör", "Redigera", 1, "Ctrl+K", "search", "", "", False),
    _a(
        "search",
        "Sök i allt",
        "Redigera",
        1,
        "Ctrl+Shift+S",
        "search",
        "Alla fält och bilagornas text",
        needs="own",
    ),
    _a(
        "spell_word",
        "Stavning av ordet",
        "Redigera",
        1,
        "Ctrl+.",
        "pencil",
        "Förslag, och förbundets ordlista",
    ),
    _a("paste_headings", "Klistra in rubriker som ärenden", "Redigera", 1, "Ctrl+Alt+V", "list-plus"),
    _a("replace", "Sök och ersätt", "Redigera", 1, "Ctrl+Shift+H", "search", "I sammanträdets texter", "own"),
    _a("history", "Visa händelser", "Redigera", 1, "Ctrl+H", "history", "Vad som har ändrats och när"),
    _a("go_overview", "Översikt", "Visa", 0, "Ctrl+1", "house", needs="own"),
    _a("go_meetings", "Sammanträden", "Visa", 0, "Ctrl+2", "calendar-days", needs="own"),
    _a("go_decisions", "Beslut", "Visa", 0, "Ctrl+3", "gavel", needs="own"),
    _a("go_year_wheel", "Årshjul", "Visa", 0, "Ctrl+4", "refresh-cw", needs="own"),
    _a("go_figures", "Siffror", "Visa", 0, "Ctrl+5", "table-2", needs="own"),
    _a("go_association", "Förbundet", "Visa", 0, "Ctrl+6", "users", needs="own"),
    _a("go_templates", "Mallar", "Visa", 0, "Ctrl+7", "file-text", needs="own"),
    _a("step_1", "Dagordning", "Visa", 1, "Alt+1", "list-ordered"),
    _a("step_2", "Handlingar", "Visa", 1, "Alt+2", "paperclip"),
    _a("step_3", "Kallelse", "Visa", 1, "Alt+3", "mail"),
    _a("step_4", "Närvaro och beslut", "Visa", 1, "Alt+4", "gavel"),
    _a("step_5", "Protokoll", "Visa", 1, "Alt+5", "file-text"),
    _a("step_6", "Efter mötet", "Visa", 1, "Alt+6", "archive"),
    _a("next_pane", "Nästa ruta", "Visa", 2, "F6", "", "", "", False),
    _a("previous_pane", "Förra rutan", "Visa", 2, "Shift+F6", "", "", "", False),
    _a("scheme_system", "Färger som i systemet", "Visa", 3, "", "contrast", "", ""),
    _a("scheme_light", "Ljusa färger", "Visa", 3, "", "contrast", "", ""),
    _a("scheme_dark", "Mörka färger", "Visa", 3, "", "contrast", "", ""),
    _a("add_item", "Lägg till ärende", "Infoga", 0, "", "plus", "Ur ärendemallarna eller tomt"),
    _a(
        "show_suggestions", "Visa förslag att ta med", "Infoga", 0, "Ctrl+Alt+F", "lightbulb", "Enter tar med"
    ),
    _a("add_sub_item", "Ny underpunkt", "Infoga", 0, "", "plus"),
    _a("add_clause", "Ny att-sats", "Infoga", 0, "", "plus"),
    _a("add_attachment", "Lägg till bilaga", "Infoga", 1, "", "paperclip"),
    _a(
        "insert_reference",
        "Infoga hänvisning",
        "Infoga",
        1,
        "Ctrl+Shift+R",
        "list-ordered",
        "Till en paragraf, punkt eller bilaga, och följer med när ordningen ändras",
    ),
    _a("add_figures", "Sätt in siffror", "Infoga", 1, "", "table-2", "Ur en resultatrapport i Excel"),
    _a(
        "new_meeting",
        "Nytt sammanträde",
        "Sammanträde",
        0,
        "Ctrl+N",
        "calendar-plus",
        "Med dagordning ur mallarna",
        needs="own",
    ),
    _a("rename_item", "Byt rubrik på ärendet", "Sammanträde", 1, "", "pencil"),
    _a("move_item_up", "Flytta ärendet uppåt", "Sammanträde", 1, "", "arrow-up"),
    _a("move_item_down", "Flytta ärendet nedåt", "Sammanträde", 1, "", "arrow-down"),
    _a(
        "move_item_next",
        "Flytta till nästa sammanträde",
        "Sammanträde",
        1,
        "Ctrl+Alt+N",
        "calendar-plus",
        "Med bilagor, det eller de ärenden som är valda",
    ),
    _a("send_item", "Spara ärendet för andra förbund", "Sammanträde", 1, "", "upload", "Som fil att skicka"),
    _a(
        "receive_item",
        "Ta emot ärende från annat förbund",
        "Sammanträde",
        1,
        "",
        "download",
        "Ur en ärendefil",
    ),
    _a("remove_item", "Ta bort ärendet", "Sammanträde", 1, "", "trash-2", "Går att ångra"),
    _a("preview", "Förhandsgranska", "Sammanträde", 2, "Ctrl+Shift+F", "eye"),
    _a(
        "show_public",
        "Offentlig version",
        "Sammanträde",
        2,
        "",
        "lock",
        "Vad som tas bort, och dokument utan det",
    ),
    _a("make_notice", "Skapa kallelse", "Sammanträde", 2, "", "file-check", "Word-dokument ur mallen"),
    _a(
        "make_minutes",
        "Skapa protokoll",
        "Sammanträde",
        2,
        "Ctrl+Shift+M",
        "file-text",
        "Word-dokument ur mallen",
    ),
    _a(
        "read_back",
        "Läs in ändringar från Word",
        "Sammanträde",
        2,
        "",
        "download",
        "Ur ett ändrat protokoll",
        "own",
    ),
    _a("make_report", "Skapa tertialrapport", "Sammanträde", 2, "", "table-2", "Word-dokument ur mallen"),
    _a(
        "make_plan",
        "Skapa sammanträdesplan",
        "Sammanträde",
        2,
        "",
        "calendar-days",
        "Årets sammanträden i Word",
    ),
    _a(
        "write_memo",
        "Skapa tjänsteskrivelse",
        "Sammanträde",
        4,
        "",
        "file-text",
        "Till ärendet som är framme",
    ),
    _a("write_letter", "Skapa skrivelse", "Sammanträde", 4, "", "mail", "Till en medlem eller någon annan"),
    _a("write_referral", "Skapa remissvar", "Sammanträde", 4, "", "file-text", "Eller utredning med frågor"),
    _a("write_measure", "Skapa insatsbeslut", "Sammanträde", 4, "", "file-check", "Med prövning i sak"),
    _a(
        "write_report",
        "Skriv tertialrapportens texter",
        "Sammanträde",
        4,
        "",
        "file-text",
        "Med förra periodens texter att skriva om",
    ),
    _a("make_mail", "Skapa mejlutkast", "Sammanträde", 5, "Ctrl+Alt+M", "mail", "Med det som är skapat"),
    _p("make_notice_pdf", "Skapa kallelse som PDF", 5, "file-check", "Ur samma mall"),
    _p("make_minutes_pdf", "Skapa protokoll som PDF", 5, "file-text", "Ur samma mall"),
    _p("make_extract", "Skapa utdrag", 5, "file-text", "Ärendet som är framme, i Word"),
    _p("make_extract_pdf", "Skapa utdrag som PDF", 5, "file-text", "Ärendet som är framme"),
    _a(
        "make_parcel",
        "Skapa mötespaket",
        "Sammanträde",
        6,
        "",
        "package",
        "Till ordföranden eller en justerare, som fil att mejla",
        needs="own",
    ),
    _a(
        "receive_parcel",
        "Ta emot mötespaket",
        "Sammanträde",
        6,
        "",
        "download",
        "Det som har kommit tillbaka, ändring för ändring",
        needs="own",
    ),
    _a(
        "take_others",
        "Ta emot allt som inte krockar",
        "Sammanträde",
        6,
        "",
        "check",
        "Går att ångra",
        "own",
    ),
    _a(
        "cancel_meeting",
        "Ställ in sammanträdet",
        "Sammanträde",
        3,
        "",
        "x",
        "Står kvar i listan som inställt",
    ),
    _a("remove_meeting", "Ta bort sammanträdet", "Sammanträde", 3, "", "trash-2", "Går att ångra"),
    _p("approve_minutes", "Justera", 7, "circle-check", "Protokollet i mötespaketet"),
    _p("send_back", "Skicka tillbaka", 7, "send", "En fil att mejla till sekreteraren"),
    _m("mark_absent", "Frånvarande", "F", "Hela mötet"),
    _m("mark_arrived", "Kom hit", "K", "Före paragrafen"),
    _m("mark_left", "Gick efter", "G", "Efter paragrafen"),
    _m("mark_out", "Ute", "U", "Under paragrafen"),
    _m("mark_conflict", "Jäv", "J", "I ärendet"),
    _m("mark_serving", "Tjänstgör", "T", "Den ersättare som står på tur"),
    _m("mark_distance", "På distans", "D", "Med ljud och bild"),
    _m("mark_adjuster", "Justerare", "S", "Utses att justera protokollet"),
    _m("mark_toggle", "Frånvarande, eller ångra undantaget", " ", "Person och paragraf i närvaron"),
    _m(
        "decide_proposed", "Beslut enligt förslaget", "B", "Eller som omröstningen gav, och nästa paragraf", 1
    ),
    _m("decide_noted", "Noteras", "N", "Och nästa paragraf", 1),
    _m("decide_remitted", "Återremitteras", "M", "Till beredningen", 1),
    _m("decide_own", "Beslut med egna ord", "E", "Med markören där de skrivs", 1),
    _m("decide_tabled", "Bordläggs", "L", "Till nästa sammanträde", 1),
    _m("add_motion", "Yrkande", "Y", "Vem yrkar vad", 1),
    _m("add_vote", "Votering", "V", "Ja, nej eller avstår", 1),
    _m("add_dissent", "Reservation", "R", "Av den som deltog i beslutet", 1),
    _m("add_note", "Protokollsanteckning", "A", "Med egna ord", 1),
    _m("adjust_at_once", "Omedelbar justering", "O", "Paragrafen justeras genast", 1),
    _a(
        "decide_rest",
        "Alla återstående enligt förslaget",
        "Mötet",
        2,
        "Ctrl+Shift+B",
        "check",
        "Information noteras",
    ),
    _a(
        "open_meeting_now",
        "Mötet öppnas",
        "Mötet",
        2,
        "Ctrl+Shift+O",
        "clock",
        "Klockan, eller den tid som planerats",
    ),
    _a(
        "close_meeting_now",
        "Mötet avslutas",
        "Mötet",
        2,
        "Ctrl+Shift+A",
        "clock",
        "Klockan, eller den tid som planerats",
    ),
    _a("end_without_quorum", "Avsluta: inte beslutför", "Mötet", 2, "", "circle-x", "Det som återstår utgår"),
    _a(
        "live_mode",
        "Mötesläge",
        "Mötet",
        3,
        "Ctrl+Shift+P",
        "presentation",
        "Ett ärende i taget, i stor text",
    ),
    _a(
        "live_shared",
        "Skärmen delas",
        "Mötet",
        5,
        "Ctrl+Shift+D",
        "eye",
        "Mötesläget visar bara det som får visas",
    ),
    _a(
        "live_screen",
        "Visa för alla i eget fönster",
        "Mötet",
        5,
        "Ctrl+Shift+E",
        "external-link",
        "På projektorn eller den delade skärmen",
    ),
    _a("live_note", "Egen anteckning", "Mötet", 5, "Ctrl+Shift+N", "pencil", "Kommer inte med i protokollet"),
    _a("adjourn", "Ajournera, eller återuppta", "Mötet", 5, "Ctrl+Shift+J", "clock", "Pausen antecknas"),
    _a("live_larger", "Större text i mötesläget", "Mötet", 5, "Ctrl++", "zoom-in"),
    _a("live_smaller", "Mindre text i mötesläget", "Mötet", 5, "Ctrl+-", "zoom-out"),
    _a("live_full_screen", "Hela skärmen", "Mötet", 5, "F11", "", "I mötesläget"),
    *(
        _a(f"phrase_{number}", f"Fras {number}", "Mötet", 4, f"Ctrl+Shift+{number}", in_palette=False)
        for number in range(1, 10)
    ),
    _a("print_proforma", "Skriv ut för hand", "Mötet", 6, "", "printer", "Ett förslag per sida"),
    _a("next_finding", "Nästa fynd", "Verktyg", 0, "F8", "triangle-alert"),
    _a("previous_finding", "Förra fyndet", "Verktyg", 0, "Shift+F8", "triangle-alert"),
    _a(
        "make_charter",
        "Skapa kontroll av förbundsordningen",
        "Verktyg",
        2,
        "",
        "circle-check",
        "Arton punkter i 9 § finsamlagen",
        needs="own",
    ),
    _a(
        "attendance_sheet",
        "Närvaro- och arvodesunderlag",
        "Verktyg",
        2,
        "",
        "users",
        "Årets närvaro som kalkylblad",
        needs="own",
    ),
    _a("primary", "Vyns huvudknapp", "Verktyg", 1, "Ctrl+Return", "", "", "", False),
    _a("jobs", "Visa pågående arbeten", "Verktyg", 1, "", "file-cog", "", ""),
    _a("handbook", "Handbok", "Hjälp", 0, "F1", "circle-question-mark", "", ""),
    _a("keys", "Tangenter", "Hjälp", 0, "Ctrl+F1", "info", "Alla kortkommandon", ""),
    _a(
        "first_steps",
        "Kom igång",
        "Hjälp",
        0,
        "",
        "list-ordered",
        "Vad som är gjort och vad som är nästa steg",
        needs="own",
    ),
    _a("crash_reports", "Felrapporter", "Hjälp", 1, "", "file-text", "Finns bara på den här datorn", ""),
    _a("about", "Om Finsam Desktop", "Hjälp", 1, "", "info", "", ""),
)

LETTER_NAMES = {" ": "Mellanslag"}


def _does(spec: ActionSpec) -> str:
    """What a letter does, for the page of keys: "jäv: i ärendet"."""
    return f"{spec.text[0].lower()}{spec.text[1:]}: {spec.hint[0].lower()}{spec.hint[1:]}"


LETTERS: dict[str, str] = {spec.letter: spec.id for spec in ACTIONS if spec.letter}
"""The action that each letter of the grid does."""

LOCAL_KEYS: tuple[tuple[str, str, str], ...] = (
    ("I listor och editor", "↑ ↓, Home, End", "välj rad"),
    ("I listor och editor", "Enter, F2", "till editorn, byt rubrik"),
    ("I listor och editor", "Alt+↑ ↓", "flytta"),
    ("I listor och editor", "Skift+↑ ↓, Ctrl+klick", "välj flera ärenden"),
    ("I listor och editor", "Alt+→ ←", "gör till underpunkt, tillbaka"),
    ("I listor och editor", "Insert", "lägg till ärende"),
    ("I listor och editor", "Delete", "ta bort, går att ångra"),
    ("I listor och editor", "Enter, Backsteg i tom att-sats", "ny att-sats, ta bort"),
    ("I listor och editor", "Tabb i tom att-sats", "ta förra årets lydelse"),
    ("Närvaro och beslut", "← →", "paragraf"),
    ("Närvaro och beslut", "↑ ↓", "person"),
    ("Närvaro och beslut", "Siffror", "till paragrafen eller ärendet med det numret"),
    ("Närvaro och beslut", "Enter", "till fälten för personen: klockslag, skäl, distans"),
    ("Närvaro och beslut", "Esc", "tillbaka till närvaron"),
    ("Närvaro och beslut", "J · N · A i voteringen", "ja, nej, avstår, och nästa person"),
    *(
        ("Närvaro och beslut", LETTER_NAMES.get(spec.letter, spec.letter), _does(spec))
        for spec in ACTIONS
        if spec.letter
    ),
    ("Mottaget mötespaket", "J · N", "ta emot, avböj, och nästa ändring"),
    ("Mottaget mötespaket", "Enter", "till ärendet"),
    ("Mötesläge", "← →, PageUp, PageDown", "förra, nästa ärende"),
    ("Mötesläge", "↑ ↓", "person"),
    ("Mötesläge", "Esc", "tillbaka till Närvaro och beslut"),
    ("I protokollets texter", "#", "fras, med det som är känt ifyllt"),
    ("Överallt", "Esc", "stäng ruta"),
)
"""Keys that belong to a list or a grid and work only while it has the focus; shown on the page of keys."""


def shortcut_text(shortcut: str) -> str:
    """A shortcut as Swedish keyboards name it: "Ctrl+Skift+Z"."""
    text = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.PortableText)
    for english, swedish in (("Shift", "Skift"), ("Return", "Enter"), ("Del", "Delete")):
        text = text.replace(english, swedish)
    return text


def _sequences(shortcut: str) -> list[QKeySequence]:
    """The shortcut as Qt takes it. Menus show the first; Enter has two keys, and only one of them is called so."""
    other = [QKeySequence(shortcut.replace("Return", "Enter"))] if shortcut.endswith("Return") else []
    return [*other, QKeySequence(shortcut)]


Handler = Callable[[], object]


class Actions(QObject):
    """The `QAction`s of a window, and who does them.

    `triggered(id)` after each, for the tests and the log.
    """

    triggered = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._specs = {spec.id: spec for spec in ACTIONS}
        self._handlers: dict[str, Handler] = {}
        self._taken: dict[str, Handler] = {}
        self._file_open, self._own = False, True
        self._actions: dict[str, QAction] = {}
        self._menus: Menus | None = None
        for spec in ACTIONS:
            # After a tab stands what a menu shows where a shortcut would be.
            letter = f"\t{LETTER_NAMES.get(spec.letter, spec.letter)}" if spec.letter else ""
            action = QAction(f"{spec.text}{letter}", self)
            action.setData(spec.id)
            if spec.shortcut:
                action.setShortcuts(_sequences(spec.shortcut))
            action.triggered.connect(self._run)
            self._actions[spec.id] = action
            parent.addAction(action)
        self.refresh()

    def __getitem__(self, action_id: str) -> QAction:
        """The `QAction` with this id."""
        return self._actions[action_id]

    def spec(self, action_id: str) -> ActionSpec:
        return self._specs[action_id]

    def handle(self, action_id: str, handler: Handler) -> None:
        """Say who does an action for as long as the window lives. KeyError for an id that is not declared."""
        self._handlers[self._specs[action_id].id] = handler
        self.refresh()

    def take(self, handlers: Mapping[str, Handler]) -> None:
        """The handlers of the view now shown; they go before the window's own and replace the last view's."""
        unknown = set(handlers) - set(self._specs)
        if unknown:
            raise KeyError(", ".join(sorted(unknown)))
        self._taken = dict(handlers)
        self.refresh()

    def set_file_open(self, is_open: bool, *, own: bool = True) -> None:
        """Whether a file is open, and whether it is an association's own."""
        self._file_open, self._own = is_open, own
        self.refresh()

    def refresh(self) -> None:
        """Grey what nobody does now, and take away what belongs to another kind of file than the open one."""
        other = "parcel" if self._own else "own"
        for action_id, action in self._actions.items():
            action.setEnabled(self.is_available(action_id))
            action.setVisible(self._specs[action_id].needs != other)

    def is_available(self, action_id: str) -> bool:
        """Whether the action can be done now."""
        spec = self._specs[action_id]
        has_handler = action_id in self._taken or action_id in self._handlers
        needed = {
            "": True,
            "open": self._file_open,
            "own": self._file_open and self._own,
            "parcel": self._file_open and not self._own,
        }
        return has_handler and needed[spec.needs]

    def run(self, action_id: str) -> bool:
        """Do an action; False when nobody does it now."""
        if not self.is_available(action_id):
            return False
        handler = self._taken.get(action_id) or self._handlers[action_id]
        handler()
        self.triggered.emit(action_id)
        return True

    def offered(self) -> tuple[tuple[ActionSpec, bool], ...]:
        """What Ctrl+K can show, and whether it can be done now."""
        return tuple((spec, self.is_available(spec.id)) for spec in ACTIONS if spec.in_palette)

    def fill(self, bar: QMenuBar) -> None:
        """Put the menus on the bar, in the order of `MENUS`."""
        from finsam_desktop.ui.menus import Menus  # it goes by this list

        self._menus = Menus(bar, self.__getitem__)

    @property
    def recent_menu(self) -> QMenu | None:
        """The menu of files opened lately; the window fills it when it is about to show."""
        return self._menus.recent if self._menus is not None else None

    def _run(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.run(str(action.data()))
