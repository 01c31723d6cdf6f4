"""Reading a kallelse or protokoll back from Word, for the window and `finsam minutes read-back` alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from finsam_desktop.documents.kinds import KINDS, Document
from finsam_desktop.documents.read_back import Base, Now, Taking, read_back, taken, transferred
from finsam_desktop.documents.read_back_places import Leaves, Placed, placed
from finsam_desktop.documents.read_back_values import FieldChange, ReadBack, Remark
from finsam_desktop.documents.rendering import context, fill, template_content
from finsam_desktop.domain.adjusting import Refusal
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.parcel_values import Comment
from finsam_desktop.domain.wording import long_date
from finsam_desktop.errors import UserError
from finsam_desktop.word import UnsafeTemplate
from finsam_desktop.word.reading import WordParagraph, WordText, read_word

if TYPE_CHECKING:
    from finsam_desktop.workspace import ExportRecord, HistoryEntry

READABLE = (Document.PROTOKOLL, Document.KALLELSE)
"""The documents that are made of a meeting's own texts, and can be read back."""
LARGEST = 50_000_000
"""Bytes. A larger file is no protokoll, and is not read."""
_LEAST_ALIKE = 0.3
_CLOSE = 0.001
_SURE = 0.8
"""So much alike that nothing else needs to be tried than what was made before."""
_LONG, _ENOUGH = 3, 5
_MOST_EXPORTS = 12
"""Earlier exports that a document is held against, the latest first."""


class Source(Protocol):
    """The part of the workspace that reading back needs."""

    @property
    def association(self) -> Association: ...
    @property
    def meetings(self) -> tuple[Meeting, ...]: ...
    def meeting(self, meeting_id: str, /) -> Meeting: ...
    def file(self, sha256: str, /) -> bytes: ...
    def made_files(self, meeting_id: str, /) -> tuple[ExportRecord, ...]: ...
    def last_export(self, path: Path, /) -> ExportRecord | None: ...
    def history(self, subject: str | None = None, limit: int = 200, /) -> tuple[HistoryEntry, ...]: ...
    def value_at(self, entry: HistoryEntry, /) -> Association | Meeting | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that a reading needs, so that it can be made in the background without the open file.

    ``exports`` are the documents made before, newest first, with the meeting as it was then.
    """

    association: Association
    meetings: tuple[Meeting, ...]
    meeting: Meeting
    files: Mapping[str, bytes]
    exports: tuple[tuple[ExportRecord, Meeting], ...]
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A document that has been read and matched with what it was made from."""

    material: Material
    document: Document
    base: Base
    word: WordText
    file_name: str


def material(workspace: Source, meeting_id: str, today: date) -> Material:
    """What reading a document of the meeting needs of the workspace."""
    meeting = workspace.meeting(meeting_id)
    wanted = {one.value for one in READABLE}
    records = [one for one in workspace.made_files(meeting_id) if one.document in wanted]
    records = sorted(records, key=lambda one: one.at, reverse=True)[:_MOST_EXPORTS]
    history = workspace.history(meeting_id, 100_000) if records else ()
    exports = []
    kept: set[Path] = set()
    for record in records:
        latest = workspace.last_export(record.path) if record.path not in kept else None
        kept.add(record.path)
        entry = next((one for one in history if one.at <= record.at), None)
        value = workspace.value_at(entry) if entry is not None else None
        then = value if isinstance(value, Meeting) else meeting
        exports.append((latest if latest is not None and latest.at == record.at else record, then))
    association = workspace.association
    needed = {association.letterhead.logo, *(one.sha256 for one in association.word_templates)} - {""}
    return Material(
        association=association,
        meetings=workspace.meetings,
        meeting=meeting,
        files={sha256: content for sha256 in needed if (content := _stored(workspace, sha256)) is not None},
        exports=tuple(exports),
        today=today,
    )


def _stored(workspace: Source, sha256: str) -> bytes | None:
    try:
        return workspace.file(sha256)
    except UserError:
        return None


def read_file(path: Path) -> bytes:
    """The content of a Word file. UserError when it cannot be read, or is no file to read back."""
    if path.suffix.lower() not in (".docx", ".docm"):
        raise UserError(
            f"{path.name} är inte ett Word-dokument som kan läsas in.",
            advice="Välj en fil som slutar på .docx. En äldre .doc-fil sparas om som .docx i Word.",
        )
    try:
        if path.stat().st_size > LARGEST:
            raise UserError(
                f"{path.name} är för stor för att vara ett protokoll eller en kallelse.",
                advice="Välj det dokument som programmet har skapat, eller gör bilderna i det mindre.",
            )
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            f"{path.name} går inte att läsa.",
            advice="Kontrollera att filen finns kvar, stäng den i Word och försök igen.",
            detail=str(error),
        ) from error


def opened(material: Material, content: bytes, file_name: str) -> Opened:
    """Read a document and find what it was made from. UserError when it is no sound Word file, or another document."""
    try:
        word = read_word(content, file_name)
    except UnsafeTemplate as error:
        raise UserError(
            f"{file_name} kan inte läsas in. {str(error).replace(' i mallen', '').replace('en mall', 'ett dokument')}",
            advice="Öppna filen i Word, spara den på nytt som .docx utan lösenord och försök igen.",
            detail=str(getattr(error, "detail", "") or ""),
        ) from error
    texts = _keys(word.paragraphs(word.every))
    document, base, alike = _base_of(material, texts, _keys(word.paragraphs()))
    if alike < _LEAST_ALIKE:
        raise UserError(
            f"{file_name} verkar inte höra till sammanträdet den {long_date(material.meeting.date)}.",
            advice="Öppna det sammanträde som dokumentet gäller. Bara kallelser och protokoll kan läsas in.",
        )
    return Opened(material=material, document=document, base=base, word=word, file_name=file_name)


def compared(opened: Opened, rejected: Collection[int] = frozenset()) -> ReadBack:
    """What differs, with every tracked change read as accepted but for the ``rejected``."""
    return read_back(
        _now(opened.material, opened.document), opened.base, opened.word, opened.file_name, rejected
    )


def take(material: Material, document: Document, change: FieldChange) -> Meeting:
    """The meeting with the change taken in. UserError when it cannot be, with the way there is instead."""
    made = taken(_now(material, document), change)
    if isinstance(made, Refusal):
        raise _refused(change, made)
    return made


def _refused(change: FieldChange, refusal: Refusal) -> UserError:
    return UserError(f"{change.where}, {change.name.lower()}: {refusal.why}", advice=refusal.advice)


def take_all(
    material: Material, document: Document, changes: Sequence[FieldChange]
) -> tuple[Meeting, tuple[FieldChange, ...], tuple[tuple[FieldChange, UserError], ...]]:
    """The meeting with every change that goes, those that were taken in, and those that were not with the reason."""
    taking, done, left = (
        Taking(_now(material, document)),
        list[FieldChange](),
        list[tuple[FieldChange, UserError]](),
    )
    for change in changes:
        refusal = taking.take(change)
        if refusal is None:
            done.append(change)
        else:
            left.append((change, _refused(change, refusal)))
    return taking.meeting, tuple(done), tuple(left)


def with_meeting(material: Material, meeting: Meeting) -> Material:
    """The material with the meeting as it is after a change."""
    meetings = tuple(meeting if one.id == meeting.id else one for one in material.meetings)
    return replace(material, meeting=meeting, meetings=meetings)


def with_remark(meeting: Meeting, remark: Remark, *, at: Collection[object] = ()) -> Meeting:
    """The meeting with a comment from Word, and its answers, among its own comments; those it has already are left."""
    comments = list(meeting.comments)
    for one in (remark.comment, *remark.comment.replies):
        if one.at is None or not one.text.strip():
            continue
        words = f"”{remark.comment.quoted}” {one.text}" if remark.comment.quoted else one.text
        made = Comment(text=words, by=one.author, written_at=one.at, item_id=remark.item_id)
        if not any((c.text, c.by, c.written_at) == (made.text, made.by, made.written_at) for c in comments):
            comments.append(made)
    return replace(meeting, comments=tuple(comments)) if len(comments) != len(meeting.comments) else meeting


# -- what it was made from -------------------------------------------------------------------------


def _keys(found: Sequence[WordParagraph]) -> Counter[str]:
    return Counter(one.key for one in found if one.key)


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """How much of two documents is the same, 0 to 1. Only what is long enough to be their own counts, where there is
    enough of that: headings and roles are the same in any protokoll."""
    long_one, long_other = _long(one), _long(other)
    if min(long_one.total(), long_other.total()) >= _ENOUGH:
        one, other = long_one, long_other
    most = max(one.total(), other.total())
    return (one & other).total() / most if most else 0.0


def _rank(one: Counter[str], other: Counter[str]) -> float:
    """How much of two documents is the same, by paragraphs and then by words, to tell earlier exports apart."""
    words = [Counter(word for key in keys.elements() for word in key.split()) for keys in (one, other)]
    alike = (words[0] & words[1]).total() / max(1, words[0].total(), words[1].total())
    return (one & other).total() / max(1, one.total(), other.total()) + _CLOSE * alike


def _long(keys: Counter[str]) -> Counter[str]:
    return Counter({key: count for key, count in keys.items() if key.count(" ") >= _LONG})


def _base_of(
    material: Material, original: Counter[str], accepted: Counter[str]
) -> tuple[Document, Base, float]:
    """The document that was edited: of those made before the one most like it, else as it would be made now."""
    best: tuple[float, int, Document, ExportRecord | None, Meeting, tuple[WordParagraph, ...]] | None = None
    for place, (document, record, meeting, found) in enumerate(_candidates(material)):
        keys = _keys(found)
        rank = max(_rank(keys, original), _rank(keys, accepted))
        if best is None or rank > best[0]:
            best = (rank, place, document, record, meeting, found)
        if keys in (original, accepted) or (place + 1 >= len(material.exports) and best[0] > _SURE):
            break
    assert best is not None
    _, _, document, record, meeting, found = best
    keys = _keys(found)
    alike = max(_alike(keys, original), _alike(keys, accepted))
    return document, _placed_base(material, document, record, meeting, found), alike


def _candidates(
    material: Material,
) -> Iterator[tuple[Document, ExportRecord | None, Meeting, tuple[WordParagraph, ...]]]:
    for record, meeting in material.exports:
        document = Document(record.document)
        if record.content:
            try:
                word = read_word(record.content)
            except UnsafeTemplate:
                continue
            yield document, record, meeting, word.paragraphs()
        else:
            made = _plain(material, document, meeting, record.at.date())
            if made is not None:
                yield document, record, meeting, made
    for document in READABLE:
        made = _plain(material, document, material.meeting, material.today)
        if made is not None:
            yield document, None, material.meeting, made


def _plain(
    material: Material, document: Document, meeting: Meeting, today: date
) -> tuple[WordParagraph, ...] | None:
    found = _placed(material, document, meeting, today, None)
    return tuple(one.paragraph for one in found) if found is not None else None


def _placed(
    material: Material, document: Document, meeting: Meeting, today: date, pages: Mapping[str, int] | None
) -> tuple[Placed, ...] | None:
    """The document's paragraphs as they would be made of the meeting; None where none can be."""
    try:
        fields = _fields(material, document, meeting, today, pages)
        data, name = template_content(document, None, material.association, _files(material))
        ours = material.association.word_template(document.value) is None
        return placed(Leaves(fields, meeting), lambda marked: fill(data, marked, name, ours=ours).docx)
    except UserError:
        return None


def _placed_base(
    material: Material,
    document: Document,
    record: ExportRecord | None,
    meeting: Meeting,
    found: tuple[WordParagraph, ...],
) -> Base:
    today = record.at.date() if record is not None else material.today
    keys = [one.key for one in found]
    best: tuple[Placed, ...] = ()
    pages: tuple[Mapping[str, int] | None, ...] = (None, {}) if document is Document.PROTOKOLL else (None,)
    for one in (meeting,) if meeting == material.meeting else (meeting, material.meeting):
        for numbered in pages:
            made = _placed(material, document, one, today, numbered) or ()
            if [p.key for p in made] == keys:
                return Base(placed=made, told=_told(document, record), exact=record is not None)
            best = best or made
    return Base(placed=transferred(best, found), told=_told(document, record), exact=False)


def _told(document: Document, record: ExportRecord | None) -> str:
    the = KINDS[document].the
    if record is None:
        return f"{the} som den skulle skapas nu" if the.endswith("en") else f"{the} som det skulle skapas nu"
    return f"{the} som skapades {long_date(record.at.date())} klockan {record.at:%H.%M}"


def _now(material: Material, document: Document) -> Now:
    def fields(meeting: Meeting) -> Mapping[str, object]:
        return _fields(material, document, meeting, material.today, None)

    return Now(
        document=document,
        association=material.association,
        meetings=material.meetings,
        meeting=material.meeting,
        fields=fields,
    )


def _fields(
    material: Material, document: Document, meeting: Meeting, today: date, pages: Mapping[str, int] | None
) -> Mapping[str, object]:
    meetings = with_meeting(material, meeting).meetings
    return context(document, material.association, meetings, meeting, _files(material), today, pages=pages)


def _files(material: Material):  # type: ignore[no-untyped-def]
    def content(sha256: str) -> bytes:
        if sha256 in material.files:
            return material.files[sha256]
        raise UserError("En fil som dokumentet behöver saknas.", advice="Kontrollera mallar och logotyp.")

    return content
