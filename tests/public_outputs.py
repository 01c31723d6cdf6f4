"""Everything that is made public of a meeting, as files: what the leak test unpacks. A maker added here is tested."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from finsam_desktop import archiving, mailing
from finsam_desktop.archive.meeting import archive_name
from finsam_desktop.documents import file_name
from finsam_desktop.documents.kinds import KINDS, About, Document
from finsam_desktop.documents.pack import PackTools, build_pack
from finsam_desktop.documents.pack_papers import PackOptions
from finsam_desktop.documents.public_files import public_attachment
from finsam_desktop.documents.rendering import render
from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.mail_texts import MailKind
from finsam_desktop.domain.masking import Masking
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.visibility import public_version
from finsam_desktop.errors import UserError
from finsam_desktop.pdf.facts_cache import FactsCache
from finsam_desktop.storage import codec

TODAY = date(2026, 10, 29)
NOW = datetime(2026, 10, 29, 9, 0).astimezone()
Made = Iterator[tuple[str, bytes]]


class Case:
    """A meeting with everything around it, in full; ``files`` are the stored contents by SHA-256.

    No dataclass, since Hypothesis would print the whole of it.
    """

    def __init__(
        self,
        association: Association,
        meetings: tuple[Meeting, ...],
        meeting: Meeting,
        files: dict[str, bytes],
    ) -> None:
        self.association, self.meetings, self.meeting, self.files = association, meetings, meeting, files

    def __repr__(self) -> str:
        return f"Case({len(self.meeting.items)} items, {len(self.files)} files)"

    def file(self, sha256: str) -> bytes:
        """A stored file."""
        return self.files[sha256]


def documents(case: Case) -> Made:
    """Every Word document that applies, one of each item and for each board where it is made so."""
    items = [item.id for item in walk(case.meeting.items)]
    for document in Document:
        abouts = [About(public=True)]
        if KINDS[document].of_item or document is Document.PROTOKOLLSUTDRAG:
            abouts += [About(items=(item,), public=True) for item in items]
        if document is Document.ANSLAG:
            abouts += [About(member_id=member.id, public=True) for member in case.association.members]
        for about in abouts:
            values = (case.association, case.meetings, case.meeting)
            try:
                made = render(document, *values, case.file, TODAY, about=about)
            except UserError as refused:
                yield f"{document} message", f"{refused} {refused.advice} {refused.detail}".encode()
                continue
            name = file_name(
                document, case.meeting, about, association=case.association, meetings=case.meetings
            )
            yield name, made


def attachments(case: Case) -> Made:
    """The files of the bilagor, and what is said where one is left out."""
    version = public_version(case.association, case.meetings, case.meeting)
    masking = Masking(case.meeting.masked)
    for item in walk(version.meeting.items):
        for attachment in item.attachments:
            if not attachment.sha256:
                continue
            made = public_attachment(attachment, case.file(attachment.sha256), masking)
            yield attachment.file_name, made.content or made.problem.encode()


def data(case: Case) -> Made:
    """The values as JSON, which an archive holds."""
    version = public_version(case.association, case.meetings, case.meeting)
    yield "sammantrade.json", codec.encode(version.meeting)
    yield "forbund.json", codec.encode(replace(version.association, word_templates=()))


class _Opened:
    """The case as the makers of files know an open association."""

    def __init__(self, case: Case) -> None:
        self.association, self.meetings, self.file = case.association, case.meetings, case.file
        self._meeting = case.meeting

    def find_meeting(self, _text: str) -> Meeting:
        return self._meeting

    def exports(self, _meeting_id: str) -> tuple[()]:
        return ()

    def last_export(self, _path: Path) -> None:
        return None

    def record_export(self, *_made: object) -> None:
        """Nothing is remembered."""


def mails(case: Case) -> Made:
    """Mail drafts with the meeting's own paper and invitation, and the calendar files."""
    opened: Any = _Opened(case)
    with TemporaryDirectory() as name:
        for kind in MailKind:
            order = mailing.Order(
                kind=kind,
                public=True,
                parcels=frozenset({mailing.Parcel.PAPER, mailing.Parcel.CALENDAR}),
            )
            try:
                mailing.make_mail(opened, case.meeting.id, order, Path(name), today=TODAY, now=NOW)
            except UserError as refused:
                yield f"{kind} message", f"{refused} {refused.detail}".encode()
        mailing.make_invitation(opened, case.meeting.id, Path(name), now=NOW, public=True)
        out = Path(name) / "år.ics"
        mailing.make_year(opened, case.meeting.date.year, out, now=NOW, public=True)
        for path in Path(name).iterdir():
            yield path.name, path.read_bytes()


def archives(case: Case) -> Made:
    """The archive as a zip, without PDF: those are made of the same Word files."""
    with TemporaryDirectory() as name:
        target = Path(name) / f"{archive_name(case.meeting, public=True)}.zip"
        opened: Any = _Opened(case)
        archiving.make_archive(opened, case.meeting.id, target, now=NOW, public=True, pdf=False)
        yield target.name, target.read_bytes()


def packs(case: Case) -> Made:
    """The pack as PDF, by the program's own means: LibreOffice would take seconds for each."""
    with TemporaryDirectory() as name:
        tools = PackTools(profile=Path(name) / "profil", facts=FactsCache(Path(name) / "sidor"))
        try:
            pack = build_pack(
                _Opened(case), case.meeting.id, PackOptions(public=True), tools=tools, today=TODAY
            )
        except UserError as refused:
            yield "pack message", f"{refused} {refused.detail}".encode()
            return
    yield pack.file_name, pack.pdf
    for problem in pack.problems:
        yield "pack problem", f"{problem.title} {problem.text} {problem.advice}".encode()


OUTPUTS: dict[str, Callable[[Case], Made]] = {
    "documents": documents,
    "attachments": attachments,
    "data": data,
    "mails": mails,
    "archives": archives,
    "packs": packs,
}
"""The makers of public files by what they make."""
