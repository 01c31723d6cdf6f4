"""A paper of an item becomes its bilaga with one click, and the bilaga is renewed when the data has changed.

What a person has changed by hand is never replaced unasked: a bilaga is ours to renew only while its file is one that
the program made and recorded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop.documents.kinds import KINDS, About, Document, document_item, file_name, paper_day
from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.annual_years import annual_year
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.workspace import Workspace


class Attaching(StrEnum):
    """What came of making a paper a bilaga."""

    NEW = "new"
    RENEWED = "renewed"
    SAME = "same"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePaper:
    """A paper that has been made but is nowhere yet. ``pages`` is None where nothing could count them.

    ``draft`` tells in words what is unfinished in it; ``edited`` is the file beside the association's that holds the
    same paper with changes made by hand, which are not in ``content``.
    """

    document: Document
    item_id: str
    title: str
    file_name: str
    content: bytes
    pages: int | None = None
    dated: date | None = None
    warnings: tuple[str, ...] = ()
    edited: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedPaper:
    """What came of it: the bilaga as it now is, and the meeting it is in (unchanged when nothing was done).

    ``differences`` tell in words how the new paper differs from the bilaga before.
    """

    state: Attaching
    attachment: Attachment
    meeting: Meeting
    paper: MadePaper
    differences: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What is told of it, in Swedish."""
        title = f"”{self.attachment.title}”"
        match self.state:
            case Attaching.NEW:
                return f"{title} är nu bilaga i ärendet."
            case Attaching.RENEWED:
                count = len(self.differences)
                what = "1 ställe är ändrat" if count == 1 else f"{count} ställen är ändrade"
                return f"{title} är förnyad med de senaste uppgifterna: {what}."
            case Attaching.SAME:
                return f"{title} är redan den senaste. Inget är ändrat."
        return f"{title} har ändrats för hand och är kvar som den var. Den nya rapporten är inte bilagd."


def make_paper(
    workspace: Workspace,
    meeting_id: str,
    document: Document,
    item_id: str = "",
    *,
    today: date,
    measure: Callable[[bytes], dict[str, int]] | None = None,
) -> MadePaper:
    """Make the paper in memory; nothing is changed. UserError as for ``export``.

    ``measure`` gives the page of each heading and the number of pages, see ``page_numbers.measured``. Takes seconds.
    """
    from finsam_desktop.documents.export import made_of
    from finsam_desktop.documents.page_numbers import PAGES

    meeting = workspace.find_meeting(meeting_id)
    about = About(items=(item_id,)) if item_id else About()
    item = document_item(document, meeting, about)
    made = made_of(workspace, meeting, document, about=about, today=today, measure=measure)
    if item is None:
        raise UserError(
            f"{KINDS[document].the} hör inte till något ärende, så den kan inte bli bilaga.",
            advice="Välj ett ärende på dagordningen.",
        )
    pages = measure(made.docx).get(PAGES) if measure is not None else None
    name = file_name(document, meeting, about, association=workspace.association, meetings=workspace.meetings)
    return MadePaper(
        document=document,
        item_id=item.id,
        title=paper_title(document, workspace.association, meeting, item),
        file_name=name,
        content=made.docx,
        pages=pages,
        dated=paper_day(document, item) or today,
        warnings=made.warnings,
        edited=_edited(workspace, workspace.path.parent / name),
    )


def paper_title(document: Document, association: Association, meeting: Meeting, item: AgendaItem) -> str:
    """What the bilaga is called: the paper's name, and for a report its period."""
    from finsam_desktop.documents.budget_paper import plan_for
    from finsam_desktop.documents.economy_brief import report_period
    from finsam_desktop.documents.economy_parts import PERIODS

    label = KINDS[document].label
    match document:
        case Document.TERTIALRAPPORT if item.report is not None:
            return f"{label} {item.report.tertial}, {PERIODS[item.report.tertial]} {item.report.year}"
        case Document.EKONOMI_I_KORTHET:
            year, tertial = report_period(item, meeting)
            return f"{label}, {PERIODS[tertial]} {year}"
        case Document.BUDGET:
            return f"{label} {plan_for(association, meeting, item).year}"
        case Document.ARSREDOVISNING:
            return f"{label} {annual_year(association, meeting, item)}"
    return label


def attached(
    workspace: Workspace, meeting: Meeting, paper: MadePaper, *, replace_changed: bool = False
) -> AttachedPaper:
    """What becomes of the meeting when the paper is made a bilaga of its item; nothing is changed here.

    A bilaga with the paper's name or one of our earlier versions is renewed in its place. One whose file we did not
    make is kept, unless ``replace_changed``.
    """
    item = agenda.find(meeting.items, paper.item_id)
    if item is None:
        raise UserError("Ärendet finns inte i sammanträdet.", advice="Välj ett ärende som finns.")
    ours = {
        record.sha256 for record in workspace.exports(meeting.id) if record.document == paper.document.value
    }
    old = _earlier(item, paper, ours)
    digest = sha256(paper.content).hexdigest()
    if old is not None and old.sha256 == digest:
        return AttachedPaper(state=Attaching.SAME, attachment=old, meeting=meeting, paper=paper)
    told: tuple[str, ...] = ()
    if old is not None and old.sha256:
        from finsam_desktop.documents.differences import differences

        told = differences(workspace.file(old.sha256), paper.content)
        if old.sha256 not in ours and not replace_changed:
            return AttachedPaper(
                state=Attaching.KEPT, attachment=old, meeting=meeting, paper=paper, differences=told
            )
    new = replace(
        old or Attachment(title=paper.title, sender="Förbundet"),
        file_name=paper.file_name,
        sha256=digest,
        size=len(paper.content),
        pages=paper.pages,
        dated=paper.dated,
        reviewed=False,
        barriers=(),
    )
    # A bilaga that only named the paper and had no file is filled, not renewed.
    state = Attaching.RENEWED if old is not None and old.sha256 else Attaching.NEW

    def changed(one: AgendaItem) -> AgendaItem:
        kept = tuple(new if a.id == new.id else a for a in one.attachments)
        return replace(one, attachments=kept if new in kept else (*kept, new))

    after = replace(meeting, items=agenda.update(meeting.items, item.id, changed))
    return AttachedPaper(state=state, attachment=new, meeting=after, paper=paper, differences=told)


def store(workspace: Workspace, meeting_id: str, paper: MadePaper, attachment: Attachment) -> None:
    """Keep the paper's content in the association's file, and remember that we made it."""
    workspace.add_file(paper.content)
    kept_as = Path("bilagor") / attachment.id / paper.file_name
    workspace.record_export(meeting_id, paper.document.value, kept_as, paper.content)


def attach_paper(
    workspace: Workspace,
    meeting_text: str,
    document: Document,
    item_id: str = "",
    *,
    today: date,
    measure: Callable[[bytes], dict[str, int]] | None = None,
    replace_changed: bool = False,
) -> AttachedPaper:
    """Make the paper and make it a bilaga of its item, all in one. UserError when the minutes are adjusted."""
    meeting = workspace.find_meeting(meeting_text)
    paper = make_paper(workspace, meeting.id, document, item_id, today=today, measure=measure)
    answer = attached(workspace, meeting, paper, replace_changed=replace_changed)
    if answer.meeting is not meeting:
        store(workspace, meeting.id, paper, answer.attachment)
        workspace.change(f"Bifoga ”{answer.attachment.title}”", meeting, answer.meeting)
    return answer


def _earlier(item: AgendaItem, paper: MadePaper, ours: set[str]) -> Attachment | None:
    """The bilaga that holds an earlier version of the paper, else the one that is called as it."""
    made = next((a for a in item.attachments if a.sha256 and a.sha256 in ours), None)
    named = next((a for a in item.attachments if a.title.casefold() == paper.title.casefold()), None)
    return made or named


def _edited(workspace: Workspace, path: Path) -> Path | None:
    """The exported file, when somebody has changed it since we wrote it."""
    last = workspace.last_export(path)
    try:
        current = path.read_bytes() if last is not None else None
    except OSError:
        return None
    if last is None or current is None:
        return None
    return path if sha256(current).hexdigest() != last.sha256 else None
