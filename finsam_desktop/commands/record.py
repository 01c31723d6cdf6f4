"""`finsam record`: what happens at a meeting, noted from a script through the same functions as in the window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from datetime import time
from typing import TYPE_CHECKING, Any

from finsam_desktop.commands.common import DONE, FINDINGS, day, file_and_meeting, open_file
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.domain.agenda import AgendaItem
    from finsam_desktop.domain.association import Association
    from finsam_desktop.domain.meeting import Meeting

OUTCOMES = ("as-proposed", "own-words", "noted", "tabled", "remitted", "rejected", "withdrawn")


def add(commands: Any) -> None:
    """Add the command with one sub-command for each thing that can be noted."""
    parser = commands.add_parser(
        "record",
        help="anteckna vad som händer vid sammanträdet",
        description="Anteckna vad som händer vid sammanträdet. Personer anges med namn eller id, ärenden som 7, "
        "7B eller §67, tider som 09.10.",
    )
    file_and_meeting(parser)
    actions = parser.add_subparsers(title="händelser", metavar="HÄNDELSE", required=True, dest="action")
    _attendance_actions(actions)
    _decision_actions(actions)


def _action(
    actions: Any, name: str, note: Callable[[_Record], Meeting], text: str, *arguments: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=text, description=text.capitalize() + ".")
    names = {"person": "PERSON", "item": "ÄRENDE", "text": "TEXT"}
    for argument in arguments:
        parser.add_argument(argument, metavar=names.get(argument, argument.upper()))
    parser.set_defaults(run=_record, note=note, what=text)
    return parser


def _attendance_actions(actions: Any) -> None:
    absent = _action(actions, "absent", _absent, "frånvarande hela sammanträdet", "person")
    absent.add_argument(
        "--substitute",
        metavar="ERSÄTTARE",
        nargs="?",
        const="",
        help="vem som tjänstgör; utan namn den som står i tur",
    )
    _action(
        actions,
        "present",
        lambda r: r.on.present(r.meeting, r.person()),
        "närvarande från början till slut",
        "person",
    )
    for name, text, note in (
        ("late", "kommer före ärendet", _late),
        ("leave", "går efter ärendet", _leave),
    ):
        moved = _action(actions, name, note, text, "person")
        moved.add_argument("item", metavar="ÄRENDE", nargs="?", default="", help="utan ärende avgör klockan")
        moved.add_argument("--at", metavar="TID", type=clock)
    away = _action(actions, "away", _away, "borta från och med ett ärende till och med ett annat", "person")
    away.add_argument("first", metavar="FRÅN")
    away.add_argument("last", metavar="TILL")
    away.add_argument("--left", metavar="TID", type=clock)
    away.add_argument("--back", metavar="TID", type=clock)
    away.add_argument("--lost", action="store_true", help="anslutningen förloras")
    distance = _action(actions, "distance", _distance, "deltar på distans", "person")
    distance.add_argument("--audio", metavar="SKÄL", help="bara ljud, och de särskilda skälen")
    _action(actions, "serves", _serves, "ersättaren tjänstgör för ledamoten", "person", "ledamot")
    _action(
        actions,
        "leads",
        lambda r: r.on.led_by(r.meeting, r.person()),
        "leder när presidiet inte kan",
        "person",
    )
    conflict = _action(actions, "conflict", _conflict, "jäv i ärendet", "person", "item")
    conflict.add_argument("--reason", metavar="SKÄL", default="")
    conflict.add_argument("--substitute", metavar="ERSÄTTARE", default="")
    conflict.add_argument(
        "--ruling", choices=("in-conflict", "not-in-conflict"), help="styrelsens beslut om frågan är omstridd"
    )


def _decision_actions(actions: Any) -> None:
    motion = _action(
        actions, "motion", _motion, "ett yrkande: bifall, avslag eller en att-sats", "person", "item", "text"
    )
    motion.add_argument("--support", metavar="PERSON", action="append", default=[], help="instämmer")
    _action(actions, "withdraw", _withdraw, "personens yrkande återtas", "person", "item")
    vote = _action(actions, "vote", _vote, "öppen omröstning; alla röstar ja utom de som nämns", "item")
    vote.add_argument("--no", metavar="PERSON", action="append", default=[], help="röstar nej")
    vote.add_argument("--abstain", metavar="PERSON", action="append", default=[], help="avstår")
    vote.add_argument("--yes-motion", metavar="PERSON", help="ja är den personens yrkande, annars förslaget")
    vote.add_argument("--no-motion", metavar="PERSON", help="nej är den personens yrkande, annars avslag")
    vote.add_argument("--requested-by", metavar="PERSON")
    elect = _action(actions, "elect", _elect, "val", "item")
    elect.add_argument("candidates", metavar="NAMN=RÖSTER", nargs="+")
    elect.add_argument("--seats", metavar="ANTAL", type=int, default=1)
    elect.add_argument("--blank", metavar="ANTAL", type=int, default=0)
    elect.add_argument("--drawn", metavar="NAMN", action="append", default=[], help="vald genom lottning")
    elect.add_argument("--open", action="store_true", help="öppet val, inte slutna sedlar")
    dissent = _action(actions, "dissent", _dissent, "reservation mot beslutet", "person", "item")
    dissent.add_argument("--for", dest="in_favour_of", metavar="PERSON", help="till förmån för vems yrkande")
    dissent.add_argument("--at", metavar="TID", type=clock)
    _action(
        actions,
        "note",
        lambda r: r.on.note(r.meeting, r.item().id, r.person(), r.options.text),
        "protokollsanteckning",
        "person",
        "item",
        "text",
    )
    _action(
        actions,
        "aside",
        lambda r: r.on.stands_aside(r.meeting, r.item().id, r.person()),
        "deltar inte i beslutet",
        "person",
        "item",
    )
    decide = _action(actions, "decide", _decide, "vad styrelsen beslutar", "item")
    decide.add_argument("outcome", choices=OUTCOMES)
    decide.add_argument("--clause", metavar="TEXT", action="append", help="en att-sats, utan att")
    decide.add_argument("--reason", metavar="SKÄL")
    decide.add_argument("--to", metavar="ÅÅÅÅ-MM-DD", type=day, help="dagen för bordläggning")
    decide.add_argument("--financing", metavar="TEXT")
    decide.add_argument("--immediately", action="store_true", help="paragrafen justeras omedelbart")


def clock(text: str) -> time:
    """A time written as 09.10 or 9:10, for argparse."""
    hour, _, minute = text.replace(".", ":").partition(":")
    try:
        return time(int(hour), int(minute))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} är inte en tid, skriv som 09.10") from error


class _Record:
    """What one command works with: the meeting at hand, and the words of the command made into ids."""

    def __init__(
        self,
        options: argparse.Namespace,
        meeting: Meeting,
        meetings: tuple[Meeting, ...],
        association: Association,
    ) -> None:
        from finsam_desktop.domain import recording

        self.options, self.meeting, self.meetings, self.association = options, meeting, meetings, association
        self.on = recording

    def item(self, text: str | None = None) -> AgendaItem:
        from finsam_desktop.commands.minutes import find_item

        return find_item(self.meeting, self.meetings, self.options.item if text is None else text)

    def person(self, text: str | None = None) -> str:
        """The id of the one person whose id, name or part of a name it is. UserError for none or several."""
        wanted = (self.options.person if text is None else text).strip()
        people = self.association.people
        exact = [p for p in people if p.id == wanted or p.name.casefold() == wanted.casefold()]
        found = exact or [p for p in people if wanted and wanted.casefold() in p.name.casefold()]
        if len(found) == 1:
            return found[0].id
        if found:
            raise UserError(
                f"”{wanted}” kan vara {' eller '.join(p.name for p in found)}.", advice="Skriv hela namnet."
            )
        raise UserError(
            f"Ingen i registret heter ”{wanted}”.", advice="Kontrollera namnet mot registret i Förbundet."
        )

    def people(self, texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.person(text) for text in texts)

    def motion(self, text: str | None) -> str:
        """The id of the person's latest motion in the item, "" when nobody is named."""
        if text is None:
            return ""
        person_id = self.person(text)
        mine = [m for m in self.item().decision.motions if m.person_id == person_id]
        if not mine:
            raise UserError(
                f"{text} har inget yrkande i ärendet {self.options.item}.", advice="Anteckna yrkandet först."
            )
        return mine[-1].id


def _record(options: argparse.Namespace) -> int:
    with open_file(options.file) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        record = _Record(options, meeting, workspace.meetings, workspace.association)
        after = options.note(record)
        workspace.change(f"Anteckna: {options.what}", meeting, after)
    print(f"Antecknat: {options.what}")
    return _outside(record) if options.action == "dissent" else DONE


def _outside(record: _Record) -> int:
    """Tell when the one who reserves did not take part in the decision: it is noted all the same."""
    from finsam_desktop.domain.attendance import taking_part

    if record.person() in taking_part(record.meeting, record.association, record.item().id):
        return DONE
    print(
        "Bara den som har deltagit i beslutet får reservera sig (KL 4 kap. 27 §). Reservationen är antecknad.",
        file=sys.stderr,
    )
    return FINDINGS


def _absent(record: _Record) -> Meeting:
    from finsam_desktop.domain.attendance import suggested_deputies

    person_id = record.person()
    after = record.on.absent(record.meeting, person_id)
    named = record.options.substitute
    if named is None:
        return after
    if named:
        return record.on.serves(after, record.person(named), person_id)
    first = after.items[0].id if after.items else ""
    suggested = suggested_deputies(after, record.association, person_id, first) if first else ()
    if not suggested:
        raise UserError(
            f"Det finns ingen ledig ersättare för {record.options.person}.",
            advice="Skriv namnet efter --substitute, eller utelämna det.",
        )
    return record.on.serves(after, suggested[0].person_id, person_id)


def _late(record: _Record) -> Meeting:
    return record.on.arrives(record.meeting, record.person(), _given_item(record), record.options.at)


def _leave(record: _Record) -> Meeting:
    return record.on.leaves(record.meeting, record.person(), _given_item(record), record.options.at)


def _given_item(record: _Record) -> str:
    if record.options.item:
        return record.item().id
    if record.options.at is None:
        raise UserError("Varken ärende eller tid är angivet.", advice="Ange ärendet, eller tiden med --at.")
    return ""


def _away(record: _Record) -> Meeting:
    from finsam_desktop.domain.agenda import walk

    options = record.options
    first, last = record.item(options.first).id, record.item(options.last).id
    order = [item.id for item in walk(record.meeting.items)]
    if order.index(last) < order.index(first):
        raise UserError(
            f"Ärende {options.last} kommer före ärende {options.first}.",
            advice="Skriv det första ärendet som personen missar först, och sedan det sista.",
        )
    return record.on.away(
        record.meeting,
        record.person(),
        first,
        last,
        left_at=options.left,
        back_at=options.back,
        lost_connection=options.lost,
    )


def _distance(record: _Record) -> Meeting:
    reason = record.options.audio
    return record.on.at_distance(
        record.meeting, record.person(), audio_only=reason is not None, audio_reason=reason or ""
    )


def _serves(record: _Record) -> Meeting:
    return record.on.serves(record.meeting, record.person(), record.person(record.options.ledamot))


def _conflict(record: _Record) -> Meeting:
    from finsam_desktop.domain.attendance import Ruling

    options = record.options
    ruling = Ruling(options.ruling.replace("-", "_")) if options.ruling else Ruling.UNDISPUTED
    deputy = record.person(options.substitute) if options.substitute else ""
    return record.on.conflict(
        record.meeting,
        record.person(),
        record.item().id,
        reason=options.reason,
        substitute_id=deputy,
        ruling=ruling,
    )


def _motion(record: _Record) -> Meeting:
    from finsam_desktop.domain.decisions import MotionKind

    words = record.options.text.strip()
    if not words:
        raise UserError(
            "Yrkandet saknar text.", advice="Skriv bifall, avslag eller yrkandet som en att-sats."
        )
    kind = {"bifall": MotionKind.SUPPORT, "avslag": MotionKind.REJECTION}.get(words.lower(), MotionKind.OWN)
    text = "" if kind is not MotionKind.OWN else words.removeprefix("att ")
    item_id, supporters = record.item().id, record.people(record.options.support)
    after = record.on.move(record.meeting, item_id, record.person(), kind, text)
    moved = _Record(record.options, after, record.meetings, record.association).item(item_id)
    for supporter in supporters:
        after = record.on.support(after, item_id, moved.decision.motions[-1].id, supporter)
    return after


def _withdraw(record: _Record) -> Meeting:
    return record.on.withdraw(record.meeting, record.item().id, record.motion(record.options.person))


def _vote(record: _Record) -> Meeting:
    options = record.options
    return record.on.vote(
        record.meeting,
        record.association,
        record.item().id,
        yes_motion=record.motion(options.yes_motion),
        no_motion=record.motion(options.no_motion),
        requested_by=record.person(options.requested_by) if options.requested_by else "",
        no=record.people(options.no),
        abstain=record.people(options.abstain),
    )


def _elect(record: _Record) -> Meeting:
    from finsam_desktop.domain.decisions import Candidate

    options = record.options
    found: list[Candidate] = []
    for entry in options.candidates:
        name, sign, votes = entry.rpartition("=")
        if not sign or not votes.strip().isdigit() or not name.strip():
            raise UserError(
                f"”{entry}” är inte ett namn med röster.", advice="Skriv till exempel ”Eva Blomhed=4”."
            )
        known = [p for p in record.association.people if p.name.casefold() == name.strip().casefold()]
        person_id = known[0].id if len(known) == 1 else ""
        found.append(Candidate(name=name.strip(), person_id=person_id, votes=int(votes)))
    return record.on.elect(
        record.meeting,
        record.item().id,
        tuple(found),
        seats=options.seats,
        secret=not options.open,
        blank=options.blank,
        drawn=tuple(options.drawn),
    )


def _dissent(record: _Record) -> Meeting:
    return record.on.dissent(
        record.meeting,
        record.item().id,
        record.person(),
        in_favour_of=record.motion(record.options.in_favour_of),
        at=record.options.at,
    )


def _decide(record: _Record) -> Meeting:
    from finsam_desktop.domain.decisions import Outcome

    options, item_id = record.options, record.item().id
    after = record.on.decide(
        record.meeting,
        item_id,
        Outcome(options.outcome.replace("-", "_")),
        clauses=tuple(options.clause) if options.clause else None,
        reason=options.reason,
        tabled_to=options.to,
        financing=options.financing,
    )
    return record.on.adjust_at_once(after, item_id) if options.immediately else after
