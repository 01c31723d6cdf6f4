"""The pack (handlingar): contents, kallelse and every bilaga as one PDF, and what came of each.

Nothing stops it: a file that is missing, locked, broken or of an unknown kind gets a page that says so, and a problem
that is told. The contents page needs to know the pages, itself included, so it is made last, until it is right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from finsam_desktop import paths
from finsam_desktop.documents.file_names import pack_file_name
from finsam_desktop.documents.handlingar import (
    SUPPLEMENT,
    TITLE,
    Contents,
    ContentsGroup,
    ContentsLine,
    as_text,
    handlingar_context,
    notice_name,
)
from finsam_desktop.documents.kinds import Document
from finsam_desktop.documents.pack_papers import PackOptions, Paper, PaperGroup, paper_groups
from finsam_desktop.domain.agenda import AgendaItem, update
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting, MeetingKind
from finsam_desktop.domain.removals import Removal
from finsam_desktop.domain.visibility import ground, public_version
from finsam_desktop.domain.wording import no_break
from finsam_desktop.errors import UserError
from finsam_desktop.pdf.convert import Converted, SourceFile, convert_all
from finsam_desktop.pdf.facts_cache import FactsCache
from finsam_desktop.pdf.page_facts import PdfFacts

if TYPE_CHECKING:
    from finsam_desktop.pdf.cache import ConversionCache
    from finsam_desktop.pdf.merge import LinkTo, Part

_ADDRESS = "https://handlingar.invalid/"
"""What the contents' words lead to until the PDFs are put together; the ending is one that leads nowhere."""
_LEFT_OUT = "kunde inte tas med"
_FRONT = 2
"""Contents and kallelse, which count among the files to make."""
_ROWS_A_PAGE = 30
_ROUNDS = 4

Step = Callable[[str, int, int], None]


class PackSource(Protocol):
    """The part of the workspace that a pack needs."""

    @property
    def association(self) -> Association: ...
    @property
    def meetings(self) -> tuple[Meeting, ...]: ...
    def find_meeting(self, text: str, /) -> Meeting: ...
    def file(self, sha256: str, /) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PackTools:
    """What makes the pages: LibreOffice with a profile of its own, and what has been made before.

    ``libreoffice`` None: the program does what it can by itself.
    """

    profile: Path
    facts: FactsCache
    cache: ConversionCache | None = None
    libreoffice: Path | None = None

    @classmethod
    def in_folder(cls, folder: Path) -> PackTools:
        """The tools, with everything they keep in a folder of the program's own."""
        from finsam_desktop.pdf.cache import ConversionCache
        from finsam_desktop.pdf.libreoffice import find_libreoffice

        return cls(
            profile=folder / "libreoffice-handlingar",
            facts=FactsCache(folder / "sidor"),
            cache=ConversionCache(folder / "pdf"),
            libreoffice=find_libreoffice(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PackEntry:
    """A paper as it came out. ``attachment_id`` is empty for contents and kallelse.

    ``first_page`` counts from 1 in the whole, ``size`` is in bytes. ``tagged``: a screen reader finds its headings.
    """

    title: str
    label: str = ""
    attachment_id: str = ""
    item_id: str = ""
    first_page: int
    pages: int
    size: int
    tagged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PackProblem:
    """What a person should know of a paper. ``left_out``: a page stands in its place."""

    title: str
    text: str
    advice: str = ""
    attachment_id: str = ""
    left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The PDF, and what it holds. ``removed``: what the public version lacks; for the association's own eyes."""

    pdf: bytes = field(repr=False)
    file_name: str
    title: str
    entries: tuple[PackEntry, ...]
    pages: int
    problems: tuple[PackProblem, ...] = ()
    removed: tuple[Removal, ...] = ()

    @property
    def left_out(self) -> int:
        """How many papers have a page in their place."""
        return sum(problem.left_out for problem in self.problems)


def build_pack(
    source: PackSource,
    meeting_id: str,
    options: PackOptions,
    *,
    tools: PackTools,
    today: date,
    step: Step | None = None,
) -> Pack:
    """The meeting's pack. ``step(what, done, total)`` is called before each piece of work, with the paper in
    hand, and may raise to stop.

    UserError only when there is nothing to make a pack of, or no disk to work on; a paper's fault is a problem in it.
    """
    work = _Building(source, source.find_meeting(meeting_id), options, tools, today, step or _silent)
    return work.build()


def _silent(what: str, done: int, total: int) -> None:
    """Nobody asked how far it has come."""


@dataclass(slots=True)
class _Sheet:
    """A PDF on its way into the pack."""

    title: str
    label: str = ""
    pdf: bytes = b""
    facts: PdfFacts | None = None
    paper: Paper | None = None
    problem: PackProblem | None = None

    @property
    def pages(self) -> int:
        return len(self.facts.pages) if self.facts is not None else 0


def _described(sheet: _Sheet) -> str:
    """The title, and what a picture shows: it becomes the picture's alternative text."""
    told = sheet.paper.attachment.description if sheet.paper is not None else ""
    return f"{sheet.title}. {told}" if told else sheet.title


class _Building:
    """The making of one pack."""

    def __init__(
        self,
        source: PackSource,
        meeting: Meeting,
        options: PackOptions,
        tools: PackTools,
        today: date,
        step: Step,
    ) -> None:
        self._files, self._options, self._tools, self._today, self._step = (
            source.file,
            options,
            tools,
            today,
            step,
        )
        self._full = meeting
        self._association, self._meetings, self._meeting = source.association, source.meetings, meeting
        self._removed: tuple[Removal, ...] = ()
        self._gone: frozenset[str] = frozenset()
        if options.public:
            version = public_version(source.association, source.meetings, meeting)
            self._association, self._meetings = version.association, version.meetings
            self._meeting, self._removed = version.meeting, version.removed
            self._gone = frozenset(version.attachments)
        self._groups = paper_groups(self._meeting, self._meetings, options)
        self._problems: list[PackProblem] = []

    def build(self) -> Pack:
        """Make every paper, then the pages that tell of them, then one PDF of all."""
        sheets = self._bilagor()
        for sheet in sheets:
            if sheet.paper is not None and not sheet.problem:
                self._meeting = _with_pages(self._meeting, sheet.paper, sheet.pages)
        notice, contents = self._front(sheets)
        return self._merged([contents, *([notice] if notice is not None else []), *sheets])

    # -- the bilagor --------------------------------------------------------------------------------------

    def _bilagor(self) -> list[_Sheet]:
        """Every bilaga as PDF, in order; what cannot be made is a page that says why."""
        papers = [p for group in self._groups for p in group.papers if p.attachment.id not in self._gone]
        sheets = [_Sheet(title=paper.title, label=paper.label, paper=paper) for paper in papers]
        files: list[tuple[_Sheet, SourceFile]] = []
        for place, sheet in enumerate(sheets):
            self._step(sheet.title, 0, len(sheets) + _FRONT)
            content = self._content(sheet)
            if content is not None:
                name = papers[place].attachment.file_name or "bilaga"
                files.append((sheet, SourceFile(name=name, content=content, title=_described(sheet))))
        made = self._convert([file for _, file in files])
        for (sheet, _), converted in zip(files, made, strict=True):
            self._take(sheet, converted)
        return sheets

    def _content(self, sheet: _Sheet) -> bytes | None:
        """The file of a bilaga; None when there is none, and a page stands in its place."""
        paper = sheet.paper
        assert paper is not None
        attachment = paper.attachment
        if not attachment.sha256:
            self._stand_in(sheet, "Filen saknas.", "Lägg in filen i bilagan och skapa handlingarna igen.")
            return None
        try:
            content = self._files(attachment.sha256)
        except UserError as error:
            self._stand_in(sheet, str(error.message), error.advice)
            return None
        if not self._options.public:
            return content
        from finsam_desktop.documents.public_files import public_attachment
        from finsam_desktop.domain.masking import Masking

        public = public_attachment(attachment, content, Masking(self._full.masked))
        if public.remark:
            self._tell(sheet, public.remark)
        if public.content is None:
            self._stand_in(sheet, public.problem, "Gör en maskerad kopia för hand och lägg in den i stället.")
        return public.content

    def _convert(self, files: list[SourceFile], before: int = 0) -> tuple[Converted, ...]:
        whole = sum(len(group.papers) for group in self._groups) + _FRONT

        def told(done: int, _total: int) -> None:
            self._step(files[done].title if done < len(files) else "", min(before + done, whole - 1), whole)

        if not files:
            return ()
        tools = self._tools
        return convert_all(
            files, profile=tools.profile, cache=tools.cache, step=told, libreoffice=tools.libreoffice
        )

    def _take(self, sheet: _Sheet, converted: Converted) -> None:
        """Let a converted file be the sheet's pages."""
        if converted.problem:
            sheet.pdf = converted.pdf
            sheet.facts = self._tools.facts.look_at(converted.pdf)
            self._tell(sheet, converted.problem, converted.advice, left_out=True)
            return
        try:
            sheet.facts = self._tools.facts.look_at(converted.pdf)
        except UserError as error:
            self._stand_in(sheet, str(error.message), error.advice)
            return
        sheet.pdf = converted.pdf
        for remark in sheet.facts.left_out:
            self._tell(sheet, f"{remark[:1].upper()}{remark[1:]}.")

    def _stand_in(self, sheet: _Sheet, reason: str, advice: str) -> None:
        from finsam_desktop.pdf.tagged_page import message_page

        heading = f"{sheet.label} {sheet.title}".strip()
        sheet.pdf = message_page(heading, (f"Handlingen {_LEFT_OUT}.", reason))
        sheet.facts = self._tools.facts.look_at(sheet.pdf)
        self._tell(sheet, reason, advice, left_out=True)

    def _tell(self, sheet: _Sheet, text: str, advice: str = "", *, left_out: bool = False) -> None:
        problem = PackProblem(
            title=f"{sheet.label} {sheet.title}".strip(),
            text=text,
            advice=advice,
            attachment_id=sheet.paper.attachment.id if sheet.paper is not None else "",
            left_out=left_out,
        )
        self._problems.append(problem)
        if left_out:
            sheet.problem = problem

    # -- kallelse and contents ----------------------------------------------------------------------------

    def _front(self, sheets: list[_Sheet]) -> tuple[_Sheet | None, _Sheet]:
        """The kallelse, none in a supplementary pack, and the contents that know every page."""
        notice = None
        document = self._notice_document()
        fixed = None
        if document is not None and not self._options.supplementary:
            notice = _Sheet(title=notice_name(self._meeting))
            fixed = self._notice_file(notice, document)
        contents = _Sheet(title="Innehåll")
        name = f"kallelse {self._full.id} {self._options.public}"
        guess = self._tools.facts.number(name) or 3
        rows = sum(1 + len(group.papers) for group in self._groups) + 1
        own = max(1, -(-rows // _ROWS_A_PAGE))
        for turn in range(_ROUNDS):
            counted = notice.pages if notice is not None and notice.facts is not None else guess
            listed = self._contents(sheets, own, counted if notice is not None else None)
            files = [self._contents_file(contents, listed)]
            if fixed is not None and turn == 0:
                files.append(fixed)
            made = self._convert(files, before=len(sheets))
            self._take(contents, made[0])
            if len(made) > 1 and notice is not None:
                self._take(notice, made[1])
                self._tools.facts.remember(name, notice.pages)
            right = notice is None or notice.pages == counted
            if contents.pages == own and right:
                break
            own = contents.pages
        return notice, contents

    def _notice_document(self) -> Document | None:
        if self._meeting.kind is MeetingKind.MEMBER_CONSULTATION:
            return Document.SAMRADSINBJUDAN
        return Document.KALLELSE

    def _notice_file(self, sheet: _Sheet, document: Document) -> SourceFile | None:
        from finsam_desktop.documents.rendering import context

        try:
            fields = context(
                document, self._association, self._meetings, self._meeting, self._files, self._today
            )
            docx = self._filled(document, fields)
        except UserError as error:
            self._stand_in(sheet, str(error.message), error.advice)
            return None
        return SourceFile(name=f"{document.value}.docx", content=docx, title=sheet.title)

    def _filled(self, document: Document, fields: dict[str, object]) -> bytes:
        from finsam_desktop.documents.rendering import fill, template_content

        data, name = template_content(document, None, self._association, self._files)
        ours = self._association.word_template(document.value) is None
        return fill(data, fields, name, ours=ours).docx

    def _contents(self, sheets: list[_Sheet], own: int, notice: int | None) -> Contents:
        """The contents, if it has ``own`` pages itself and the kallelse has ``notice``."""
        from finsam_desktop.pdf.merge import first_pages

        counts = [own, *([notice] if notice is not None else []), *(sheet.pages for sheet in sheets)]
        firsts, total = first_pages(counts, duplex=self._options.duplex)
        start = 1 if notice is None else 2
        at = {
            sheet.paper.attachment.id: (place, sheet)
            for place, sheet in enumerate(sheets, start=start)
            if sheet.paper is not None
        }
        groups = []
        if notice is not None:
            line = ContentsLine(
                title=notice_name(self._meeting), pages=notice, first_page=firsts[1], link=f"{_ADDRESS}1"
            )
            groups.append(ContentsGroup(number="–", heading=line))
        for group in self._groups:
            lines = tuple(self._line(paper, at.get(paper.attachment.id), firsts) for paper in group.papers)
            heading = ContentsLine(title=group.item.title)
            groups.append(ContentsGroup(number=group.number, heading=heading, papers=lines))
        return Contents(groups=tuple(groups), total=total, supplementary=self._options.supplementary)

    def _line(self, paper: Paper, found: tuple[int, _Sheet] | None, firsts: tuple[int, ...]) -> ContentsLine:
        if found is None:
            return ContentsLine(title=f"{paper.label} är borttagen {ground(paper.attachment.secret)}")
        place, sheet = found
        notes = [_LEFT_OUT] if sheet.problem is not None else []
        notes += ["ersätter den som skickades tidigare"] if paper.replaced else []
        return ContentsLine(
            label=paper.label,
            title=paper.title,
            note=", ".join(notes),
            pages=sheet.pages,
            first_page=firsts[place],
            link=f"{_ADDRESS}{place}",
        )

    def _contents_file(self, sheet: _Sheet, contents: Contents) -> SourceFile:
        from finsam_desktop.documents.letterhead import letterhead
        from finsam_desktop.documents.public_values import with_removal_sentence

        fields = {
            **letterhead(self._association, self._files),
            **with_removal_sentence(handlingar_context(self._meeting, self._today, contents), self._meeting),
        }
        try:
            made = self._filled(Document.HANDLINGAR, fields)
        except UserError as error:
            self._tell_once(sheet, str(error.message), error.advice)
            try:
                made = self._with_our_template(fields)
            except UserError:
                # The fault is in what is printed, such as a control character in the association's name.
                return SourceFile(name="innehall.txt", content=as_text(contents).encode(), title=sheet.title)
        return SourceFile(name="handlingar.docx", content=made, title=sheet.title)

    def _with_our_template(self, fields: dict[str, object]) -> bytes:
        from finsam_desktop.documents.rendering import built_in_template, fill, read_template

        path = built_in_template(Document.HANDLINGAR)
        return fill(read_template(path), fields, path.name, ours=True).docx

    def _tell_once(self, sheet: _Sheet, text: str, advice: str = "") -> None:
        """Tell what is found again at every round."""
        if not any(problem.text == text for problem in self._problems):
            self._tell(sheet, text, advice)

    # -- the whole ----------------------------------------------------------------------------------------

    def _merged(self, sheets: list[_Sheet]) -> Pack:
        from finsam_desktop.pdf.merge import merge

        title = self._title()
        parts, places = self._parts(sheets)
        merged = merge(
            parts,
            title=title,
            fonts=paths.resources() / "fonts",
            duplex=self._options.duplex,
            smaller_pictures=self._options.smaller_pictures,
            step=lambda _done, _total: self._step("", len(sheets) - 1, len(sheets)),
        )
        entries = tuple(
            PackEntry(
                title=sheet.title,
                label=sheet.label,
                attachment_id=sheet.paper.attachment.id if sheet.paper is not None else "",
                item_id=sheet.paper.owner.id if sheet.paper is not None else "",
                first_page=merged.first_pages[place],
                pages=merged.pages[place],
                size=len(sheet.pdf),
                tagged=merged.tagged[place],
            )
            for sheet, place in zip(sheets, places, strict=True)
        )
        return Pack(
            pdf=merged.pdf,
            file_name=pack_file_name(
                self._full, supplementary=self._options.supplementary, public=self._options.public
            ),
            title=title,
            entries=entries,
            pages=merged.total,
            problems=tuple(self._problems),
            removed=self._removed,
        )

    def _title(self) -> str:
        name = SUPPLEMENT if self._options.supplementary else TITLE
        public = ", offentlig version" if self._options.public else ""
        return f"{name} {self._meeting.date.isoformat()}{public}, {self._association.name}".rstrip(", ")

    def _parts(self, sheets: list[_Sheet]) -> tuple[list[Part], list[int]]:
        """The parts with an item's bookmark over its bilagor, and the place of each sheet among them."""
        from finsam_desktop.pdf.merge import LinkTo, Part

        parts: list[Part] = []
        places: list[int] = []
        group_of = {paper.attachment.id: group for group in self._groups for paper in group.papers}
        above: PaperGroup | None = None
        for sheet in sheets:
            paper = sheet.paper
            group = group_of[paper.attachment.id] if paper is not None else None
            if group is not None and group is not above:
                parts.append(Part(title=f"{group.number} {no_break(group.item.title)}", pdf=None))
            above = group
            places.append(len(parts))
            parts.append(
                Part(
                    title=f"{sheet.label} {sheet.title}".strip(),
                    pdf=sheet.pdf,
                    level=1 if paper is not None else 0,
                    stamp=paper.stamp if paper is not None else "",
                    facts=sheet.facts,
                )
            )
        links: dict[str, LinkTo] = {
            f"{_ADDRESS}{number}": LinkTo(part=place, words=parts[place].title)
            for number, place in enumerate(places)
        }
        parts[0] = replace(parts[0], links=links)
        return parts, places


def _with_pages(meeting: Meeting, paper: Paper, pages: int) -> Meeting:
    """The meeting with the number of pages that the bilaga turned out to have, for the kallelse's list."""

    def counted(owner: AgendaItem) -> AgendaItem:
        made = (
            replace(one, pages=pages) if one.id == paper.attachment.id else one for one in owner.attachments
        )
        return replace(owner, attachments=tuple(made))

    return replace(meeting, items=update(meeting.items, paper.owner.id, counted))
