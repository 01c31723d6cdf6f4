"""Search in the open association: its fields as they are now, and the text of its files from an index.

The index lies in the program's cache folder, one for each .finsam file; it is filled by ``read_files``, which works in
the background and goes on where it was left. What is found before that is found in the fields.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop.domain import numbering, references
from finsam_desktop.domain.agenda import AgendaItem, Attachment, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.errors import UserError
from finsam_desktop.search.field_texts import Thing, of_association, of_meeting
from finsam_desktop.search.finding import Place, find_in_file, matches, places_in
from finsam_desktop.search.folding import folded, shown
from finsam_desktop.search.query import Kind, Query
from finsam_desktop.storage.search_index import FileText, SearchIndex, association_of

if TYPE_CHECKING:
    from finsam_desktop.workspace import Workspace

_log = logging.getLogger(__name__)

BATCH_FILES, BATCH_BYTES = 48, 80_000_000
"""How much is unpacked beside the index at a time while files are read."""
MOST_HITS = 60
Step = Callable[[str, int, int], None]
"""Told which file is in hand, how many are done, of how many; may raise to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something in which every word stands, and where; the best place first.

    ``meeting`` is None for what belongs to the association. ``attachment`` is the bilaga, for a hit in it or in its
    file; ``sha256`` names the file when the words stand in the file's own text, and ``others`` counts the other
    sammanträden that have the same file.
    """

    thing: Thing
    places: tuple[Place, ...]
    meeting: Meeting | None = None
    number: str = ""
    """ "§ 67", "Ärende 5" or "Bilaga 3"; empty for what has none."""
    attachment: Attachment | None = None
    file_name: str = ""
    sha256: str = ""
    others: int = 0

    @property
    def confidential(self) -> bool:
        return self.thing.confidential


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer: the first hits, how many there are in all, and what is known of the files.

    ``unread`` files have not been read yet, ``wordless`` have no text (scanned pages, pictures), ``closed`` could not
    be read (locked, damaged, of an old kind).
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    unread: int = 0
    wordless: int = 0
    closed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FileUse:
    """A stored file where it is used: in a bilaga, or as signed protokoll (``attachment`` None)."""

    sha256: str
    file_name: str
    meeting: Meeting
    thing: Thing
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class _Match:
    """Something in which the words stand, before the places are looked for."""

    meeting: Meeting | None
    thing: Thing
    use: FileUse | None = None
    others: int = 0

    def order(self) -> tuple[int, bool]:
        """The latest meeting first, a meeting's own words before its files'; the association last."""
        day = self.meeting.date if self.meeting is not None else date.min
        return -day.toordinal(), self.use is not None


class Search:
    """The search of one open association. Usable from any thread."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        """``folder`` is where indexes lie, see ``index_folder``."""
        self._workspace = workspace
        self.index = SearchIndex(index_path(workspace.path, folder), folded, workspace.path.absolute())
        self._guard = threading.Lock()
        self._of_meetings: dict[str, tuple[tuple[Meeting, ...], tuple[Thing, ...]]] = {}
        self._of_association: tuple[Association, tuple[Thing, ...]] | None = None
        self._uses: tuple[tuple[Meeting, ...], dict[str, tuple[FileUse, ...]]] = ((), {})
        self._files: tuple[object, int, Found] | None = None

    def close(self) -> None:
        """Let go of the index's file."""
        self.index.close()

    @property
    def is_ready(self) -> bool:
        """Whether every field has been looked through, so that a search answers at once."""
        with self._guard:
            return self._of_association is not None and len(self._of_meetings) >= len(
                self._workspace.meetings
            )

    def prepare(self, step: Step | None = None) -> None:
        """Look through every field, so that the first search is as quick as the next."""
        meetings = self._workspace.meetings
        done = 0
        for near in reversed(_by_year(meetings).values()):
            for meeting in near:
                self._things(meeting, meetings, near)
                done += 1
                if step is not None:
                    step("", done, len(meetings))
        self._association_things()
        self._file_uses()

    # -- finding ---------------------------------------------------------------------------------------

    def find(self, query: Query, most: int = MOST_HITS) -> Found:
        """The places where every word of the query stands: the latest sammanträde first, the association last.

        Words stand together when they are in the same item, bilaga, person, phrase …, or in the same file.
        """
        if not query.words:
            return Found()
        meetings = self._workspace.meetings
        found: list[_Match] = []
        for year, near in _by_year(meetings).items():
            if query.year in (None, year):
                for meeting in near:
                    things = self._things(meeting, meetings, near)
                    found += (_Match(meeting, thing) for thing in things if matches(thing, query))
        if query.year is None and query.kind in (None, Kind.ASSOCIATION):
            found += (_Match(None, thing) for thing in self._association_things() if matches(thing, query))
        if query.kind in (None, Kind.FILE):
            uses = self._file_uses()
            for sha256 in self.index.find(query.words):
                fitting = [use for use in uses.get(sha256, ()) if query.year in (None, use.meeting.date.year)]
                if fitting:
                    others = len({use.meeting.id for use in uses[sha256]}) - 1
                    found.append(_Match(fitting[0].meeting, fitting[0].thing, fitting[0], others))
        found.sort(key=_Match.order)
        hits = tuple(self._hits(found[:most], query))
        return replace(self.files(), hits=hits, total=len(found))

    def files(self) -> Found:
        """What is known of the association's files, without hits."""
        uses, version = self._file_uses(), self.index.changes
        if self._files is None or self._files[0] is not uses or self._files[1] != version:
            known, wordless = self.index.known(), self.index.without_words()
            counts = Found(
                unread=len(set(uses) - set(known)),
                wordless=len(set(uses) & wordless),
                closed=sum(1 for sha256 in uses if known.get(sha256)),
            )
            self._files = (uses, version, counts)
        return self._files[2]

    def _hits(self, found: Iterable[_Match], query: Query) -> Iterator[Hit]:
        numbers: dict[str, _Numbers] = {}
        for match in found:
            meeting, use = match.meeting, match.use
            number, attachment = "", None
            if meeting is not None:
                if meeting.id not in numbers:
                    numbers[meeting.id] = _Numbers(meeting, self._workspace.meetings)
                number = numbers[meeting.id].of(match.thing)
                attachment = numbers[meeting.id].attachment(match.thing.key)
            if use is None:
                places = places_in(match.thing, query)
                name = attachment.file_name if attachment is not None else ""
                yield Hit(thing=match.thing, places=places, meeting=meeting, number=number,
                          attachment=attachment, file_name=name)  # fmt: skip
                continue
            text = self.index.text(use.sha256)
            places = find_in_file(text.text, folded(text.text), text.labels, query.words) if text else ()
            yield Hit(
                thing=match.thing, places=places, meeting=meeting, number=number, attachment=attachment,
                file_name=use.file_name, sha256=use.sha256, others=match.others,
            )  # fmt: skip

    # -- what is searched ------------------------------------------------------------------------------

    def _things(
        self, meeting: Meeting, meetings: tuple[Meeting, ...], near: tuple[Meeting, ...]
    ) -> tuple[Thing, ...]:
        """The texts of a meeting. They are walked anew when it has changed; where it refers to something by number,
        also when another of its year, ``near``, has."""
        with self._guard:
            kept = self._of_meetings.get(meeting.id)
        if kept is not None and kept[0][0] is meeting and _same(kept[0][1:], near):
            return kept[1]
        things = of_meeting(meeting, references.References(meetings, meeting).resolve)
        refers = any(thing.refers for thing in things)
        with self._guard:
            self._of_meetings[meeting.id] = ((meeting, *(near if refers else ())), things)
        return things

    def _association_things(self) -> tuple[Thing, ...]:
        association = self._workspace.association
        with self._guard:
            kept = self._of_association
        if kept is not None and kept[0] is association:
            return kept[1]
        things = of_association(association)
        with self._guard:
            self._of_association = (association, things)
        return things

    def _file_uses(self) -> dict[str, tuple[FileUse, ...]]:
        """Where each stored file is used, the latest sammanträde first."""
        meetings = self._workspace.meetings
        with self._guard:
            known, uses = self._uses
        if (
            known
            and len(known) == len(meetings)
            and all(a is b for a, b in zip(known, meetings, strict=True))
        ):
            return uses
        found: dict[str, list[FileUse]] = {}
        for meeting in reversed(meetings):
            for use in _uses_of(meeting):
                found.setdefault(use.sha256, []).append(use)
        uses = {sha256: tuple(each) for sha256, each in found.items()}
        with self._guard:
            self._uses = (meetings, uses)
            gone = set(self._of_meetings) - {one.id for one in meetings}
            for meeting_id in gone:
                del self._of_meetings[meeting_id]
        return uses

    # -- the text of files -----------------------------------------------------------------------------

    def has_unread(self) -> bool:
        """Whether files remain to be read, or have text in the index that is no longer used."""
        return set(self._file_uses()) != set(self.index.known())

    def read_files(self, step: Step | None = None) -> int:
        """Read the text of every file that has not been read, the latest sammanträde first; gives how many were read.

        The text of files that are no longer used is forgotten first. A file that cannot be read is remembered with
        the reason, and is not tried again.
        """
        uses = self._file_uses()
        self.index.keep_only(set(uses))
        known = self.index.known()
        left = [each[0] for sha256, each in uses.items() if sha256 not in known]
        total, read = len(left), 0
        for batch in self._batches(left):
            with tempfile.TemporaryDirectory(prefix="finsam-sok-") as folder:
                before = read

                def told(done: int, before: int = before) -> None:
                    if step is not None:
                        step("", before + done, total)

                texts = _read_apart(batch, Path(folder), told)
            self.index.add(texts)
            read += len(batch)
            if step is not None:
                step(batch[-1][0].file_name, read, total)
        return read

    def _batches(self, uses: Iterable[FileUse]) -> Iterator[list[tuple[FileUse, bytes]]]:
        batch: list[tuple[FileUse, bytes]] = []
        size = 0
        for use in uses:
            try:
                content = self._workspace.file(use.sha256)
            except UserError as error:
                _log.info("not read for searching: %s", error)
                self.index.add((FileText(sha256=use.sha256, problem="Filen saknas eller är skadad."),))
                continue
            if batch and (len(batch) >= BATCH_FILES or size + len(content) > BATCH_BYTES):
                yield batch
                batch, size = [], 0
            batch.append((use, content))
            size += len(content)
        if batch:
            yield batch


class _Numbers:
    """What the parts of a meeting are called by number."""

    def __init__(self, meeting: Meeting, meetings: tuple[Meeting, ...]) -> None:
        self._agenda = numbering.agenda_numbers(meeting)
        self._bilagor = numbering.attachment_numbers(meeting)
        self._sections = numbering.paragraphs(meetings, meeting)
        self._tops = {part.id: item.id for item in meeting.items for part in walk((item,))}
        self._attachments = {one.id: one for item in walk(meeting.items) for one in item.attachments}

    def of(self, thing: Thing) -> str:
        if thing.what is Attachment and thing.key in self._bilagor:
            return f"Bilaga {self._bilagor[thing.key]}"
        if thing.what is AgendaItem and thing.key in self._tops:
            top = self._tops[thing.key]
            own = self._agenda.get(thing.key, "") if top != thing.key else ""
            if top in self._sections:
                return f"§ {self._sections[top]} {own}".strip()
            return f"Ärende {self._agenda.get(top, '')}{own}".strip()
        return ""

    def attachment(self, attachment_id: str) -> Attachment | None:
        return self._attachments.get(attachment_id)


def index_folder(cache: Path) -> Path:
    """Where the indexes of all associations lie in the program's cache folder."""
    return cache / "sök"


def index_path(path: Path, folder: Path) -> Path:
    """The index of an association's file. Its name tells nothing of the association."""
    name = hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return folder / f"{name}.index"


def tidy(folder: Path) -> int:
    """Remove the indexes of .finsam files that are gone, though their folder is there; gives how many.

    A folder that is missing may be a share or a memory stick that is not connected now.
    """
    removed = 0
    for path in folder.glob("*.index"):
        association = association_of(path)
        if association is None or (association.parent.is_dir() and not association.exists()):
            for each in folder.glob(f"{path.name}*"):
                each.unlink(missing_ok=True)
            removed += 1
    return removed


def _uses_of(meeting: Meeting) -> Iterator[FileUse]:
    def thing(title: str, key: str, what: type, secret: bool) -> Thing:
        return Thing(meeting_id=meeting.id, key=key, title=title, what=what, confidential=secret)

    def of_items(items: tuple[AgendaItem, ...], secret: bool) -> Iterator[FileUse]:
        for item in items:
            hidden = secret or item.confidential
            for one in item.attachments:
                if one.sha256:
                    yield FileUse(
                        sha256=one.sha256, file_name=one.file_name, meeting=meeting, attachment=one,
                        thing=thing(one.title, one.id, Attachment, hidden or one.confidential),
                    )  # fmt: skip
            yield from of_items(item.sub_items, hidden)

    yield from of_items(meeting.items, False)
    for file in meeting.signed_minutes:
        if file.sha256:
            yield FileUse(
                sha256=file.sha256, file_name=file.file_name, meeting=meeting,
                thing=thing("Undertecknat protokoll", meeting.id, Meeting, False),
            )  # fmt: skip


def _read_apart(
    batch: Iterable[tuple[FileUse, bytes]], folder: Path, step: Callable[[int], None]
) -> tuple[FileText, ...]:
    """The texts of files, read by a child with limits. One that could not be read for want of time is left out."""
    import json

    from finsam_desktop.pdf.apart import Task, do_apart

    tasks = []
    for number, (use, content) in enumerate(batch):
        (folder / f"{number}.in").write_bytes(content)
        tasks.append(Task(key=use.sha256, work="words", source=f"{number}.in", title=use.file_name))
    texts = []
    for sha256, result in do_apart(tasks, folder, step=step).items():
        if result.reason:
            if result.lasting:
                texts.append(FileText(sha256=sha256, problem=result.reason))
            continue
        parts = [
            (label, shown(text.replace("\f", "\n")).strip()) for label, text in json.loads(result.content)
        ]
        parts = [part for part in parts if part[1]]
        texts.append(
            FileText(
                sha256=sha256,
                text="\f".join(text for _, text in parts),
                labels=tuple(label for label, _ in parts),
            )
        )
    return tuple(texts)


def _same(some: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return not some or (len(some) == len(others) and all(a is b for a, b in zip(some, others, strict=True)))


def _by_year(meetings: tuple[Meeting, ...]) -> dict[int, tuple[Meeting, ...]]:
    """The meetings of each year, in order."""
    years: dict[int, list[Meeting]] = {}
    for meeting in meetings:
        years.setdefault(meeting.date.year, []).append(meeting)
    return {year: tuple(each) for year, each in years.items()}
