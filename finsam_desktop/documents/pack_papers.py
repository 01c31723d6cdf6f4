"""Which papers a pack holds, in which order, and what they are called in its contents, bookmarks and stamps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from finsam_desktop.documents.kinds import point
from finsam_desktop.documents.values import NBSP
from finsam_desktop.domain.agenda import AgendaItem, Attachment, walk
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import agenda_numbers, attachment_numbers, paragraphs, section_label
from finsam_desktop.domain.sending import is_replaced, sent_files, unsent
from finsam_desktop.errors import UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class PackOptions:
    """How a pack is made.

    ``supplementary``: only what is new or changed since the packs that were sent. ``public``: the public version.
    ``duplex``: every bilaga begins on a right-hand page. ``smaller_pictures``: pictures are drawn with fewer pixels.
    ``by_paragraph``: stamps say "till § 67" and not "till punkt 7"; None does so once the minutes are adjusted.
    """

    supplementary: bool = False
    public: bool = False
    duplex: bool = False
    smaller_pictures: bool = False
    by_paragraph: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A bilaga in a pack. ``item`` is its item on the agenda, ``owner`` that item or the sub-item that has it."""

    attachment: Attachment
    item: AgendaItem
    owner: AgendaItem
    number: int
    stamp: str
    replaced: bool = False

    @property
    def label(self) -> str:
        """ "Bilaga 3"."""
        return f"Bilaga{NBSP}{self.number}"

    @property
    def title(self) -> str:
        """What the bilaga is called."""
        return self.attachment.title.strip() or self.attachment.file_name or "Utan namn"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperGroup:
    """An item on the agenda with its papers. ``number`` is its place there."""

    item: AgendaItem
    number: str
    papers: tuple[Paper, ...]


def paper_groups(
    meeting: Meeting, meetings: Iterable[Meeting], options: PackOptions
) -> tuple[PaperGroup, ...]:
    """The papers item by item. UserError when a supplementary pack would be empty."""
    numbers, points = attachment_numbers(meeting), agenda_numbers(meeting)
    sections = paragraphs(tuple(meetings), meeting)
    by_paragraph = options.by_paragraph
    if by_paragraph is None:
        by_paragraph = bool(meeting.frozen_paragraphs)
    new = {one.id for one in unsent(meeting)}
    files = sent_files(meeting)
    if options.supplementary and not meeting.utskick:
        raise UserError(
            "Inga handlingar är markerade som skickade, så det finns inget att komplettera.",
            advice="Skapa hela handlingarna, och markera dem som skickade när de har gått ut.",
        )
    if options.supplementary and not new:
        raise UserError(
            "Inga bilagor är nya eller ändrade sedan handlingarna skickades.",
            advice="Lägg till bilagorna först, eller skapa hela handlingarna.",
        )
    groups = []
    for item in meeting.items:
        papers = []
        for owner in walk((item,)):
            section = sections.get(item.id) if by_paragraph else None
            where = section_label((section,)) if section is not None else f"punkt {point(meeting, owner)}"
            for attachment in owner.attachments:
                if options.supplementary and attachment.id not in new:
                    continue
                number = numbers[attachment.id]
                papers.append(
                    Paper(
                        attachment=attachment,
                        item=item,
                        owner=owner,
                        number=number,
                        stamp=f"Bilaga {number} till {where.replace(NBSP, ' ')}",
                        replaced=options.supplementary and is_replaced(attachment, files),
                    )
                )
        if papers:
            groups.append(PaperGroup(item=item, number=points[item.id], papers=tuple(papers)))
    return tuple(groups)
