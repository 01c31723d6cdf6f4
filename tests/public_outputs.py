"""Everything that is made public of a meeting, as files: what the leak test unpacks. A maker added here is tested."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from finsam_desktop.documents import file_name
from finsam_desktop.documents.kinds import KINDS, About, Document
from finsam_desktop.documents.public_files import public_attachment
from finsam_desktop.documents.rendering import render
from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.masking import Masking
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.visibility import public_version
from finsam_desktop.errors import UserError
from finsam_desktop.storage import codec

TODAY = date(2026, 10, 29)
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


OUTPUTS: dict[str, Callable[[Case], Made]] = {
    "documents": documents,
    "attachments": attachments,
    "data": data,
}
"""The makers of public files by what they make."""
