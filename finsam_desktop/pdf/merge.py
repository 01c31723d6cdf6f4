"""Several PDFs as one: bookmarks, a stamp on every page, links that lead right, one structure for screen readers.

What a part can do beyond being read is left behind: scripts, actions, forms to fill in, files inside files, and names
and data of the program that made it. What is claimed is true: the PDF says that it is PDF/UA only when every part does,
and never that it is PDF/A, since that cannot be known of files that come from outside.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from finsam_desktop.pdf.page_facts import PdfFacts, look_at, open_pdf

if TYPE_CHECKING:
    import pikepdf

    from finsam_desktop.pdf.outline import Bookmark
    from finsam_desktop.pdf.stamp import Shrunk
    from finsam_desktop.pdf.targets import Targets

_KEPT_OF_PAGE = frozenset(
    "/Type /Parent /Resources /MediaBox /CropBox /BleedBox /TrimBox /ArtBox /Rotate /UserUnit /Contents /Group /Annots"
    " /StructParents /Tabs".split()
)
_LAYERS = ("/OFF", "/Order", "/Locked", "/RBGroups")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTo:
    """A link to the first page of a part, by its place among the parts. ``words`` are read out in its place."""

    part: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A PDF to put in, or with ``pdf`` None only a bookmark over the parts that follow it.

    ``level`` is the bookmark's depth, 0 first. ``stamp`` is printed in bold at the top of every page, before "sida 2
    (5)" and the page of the whole; empty prints nothing. ``links`` turns addresses on its pages into links within.
    ``facts``: what ``look_at`` said of the PDF, when it is known already.
    """

    title: str
    pdf: bytes | None
    level: int = 0
    stamp: str = ""
    language: str = "sv-SE"
    links: Mapping[str, LinkTo] = field(default_factory=dict)
    facts: PdfFacts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The PDF. For each part: its first page, from 1, and how many pages it has (0 for a mere bookmark).

    ``tagged``: whether each part has its own structure. ``accessible``: the whole claims to be PDF/UA.
    """

    pdf: bytes
    first_pages: tuple[int, ...]
    pages: tuple[int, ...]
    total: int
    tagged: tuple[bool, ...]
    accessible: bool


def first_pages(counts: Sequence[int], *, duplex: bool = False) -> tuple[tuple[int, ...], int]:
    """The first page of each part with this many pages, from 1, and how many there are in all.

    ``duplex``: every part begins on a right-hand page, so that it can be printed on both sides and taken apart. A part
    without pages begins where the next one does.
    """
    found, page = [], 1
    for count in counts:
        if duplex and count and page % 2 == 0:
            page += 1
        found.append(page + 1 if duplex and not count and page % 2 == 0 else page)
        page += count
    return tuple(found), page - 1


def merge(
    parts: Sequence[Part],
    *,
    title: str,
    fonts: Path,
    language: str = "sv-SE",
    duplex: bool = False,
    smaller_pictures: bool = False,
    step: Callable[[int, int], None] | None = None,
) -> Merged:
    """The parts as one PDF, in order. ``fonts`` is the folder with Carlito.

    The same parts give the same bytes. ``step(done, total)`` is called before each part and may raise to stop.
    UserError when a part cannot be opened.
    """
    with tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True) as folder:
        work = _Merge(parts, title, fonts, language, duplex)
        try:
            work.open(Path(folder))
            for number in range(len(parts)):
                if step is not None:
                    step(number, len(parts))
                work.add(number)
            return work.finish(smaller_pictures)
        finally:
            work.close()


class _Merge:
    """One merge, part by part."""

    def __init__(self, parts: Sequence[Part], title: str, fonts: Path, language: str, duplex: bool) -> None:
        import pikepdf

        from finsam_desktop.pdf.stamp import Stamper
        from finsam_desktop.pdf.tags import Structure

        self._parts, self._title, self._language = parts, title, language
        self._out = pikepdf.new()
        self._duplex = duplex
        self._sources: list[pikepdf.Pdf | None] = []
        self._facts = [part.facts or _facts(part) for part in parts]
        self._structure = Structure(self._out, title, language)
        labels = [part.stamp for part in parts if part.stamp]
        self._stamper = Stamper(self._out, labels, fonts) if labels else None
        self._marks: list[Bookmark] = []
        self._open_marks: list[tuple[int, Bookmark]] = []
        self._awaited: list[tuple[Any, LinkTo]] = []
        self._begun: list[Any] = []
        self._waiting: list[Bookmark] = []
        self._layers: list[Any] = []
        self._accessible = True
        self._tagged: list[bool] = []
        self._streams: dict[bytes, Any] = {}

    def open(self, folder: Path) -> None:
        """Open every part, and see which pages they get."""
        for number, part in enumerate(self._parts):
            place = folder / f"{number}.pdf"
            self._sources.append(open_pdf(part.pdf, place) if part.pdf is not None else None)
        self._counts = [len(source.pages) if source is not None else 0 for source in self._sources]
        self._firsts, self._total = first_pages(self._counts, duplex=self._duplex)

    def close(self) -> None:
        """Let go of the parts' files."""
        for source in self._sources:
            if source is not None:
                source.close()

    def add(self, number: int) -> None:
        """Put in the next part."""
        from finsam_desktop.pdf.outline import Bookmark

        part, source = self._parts[number], self._sources[number]
        mark = Bookmark(part.title)
        while self._open_marks and self._open_marks[-1][0] >= part.level:
            self._open_marks.pop()
        if self._open_marks:
            above = self._open_marks[-1][1]
            above.under.append(mark)
            above.open = True  # ours are seen at once, what a part brings along is folded
        else:
            self._marks.append(mark)
        self._open_marks.append((part.level, mark))
        self._waiting.append(mark)
        if source is None:
            self._begun.append(None)
            self._tagged.append(True)
            return
        self._put_in(number, part, source, mark)

    def _put_in(self, number: int, part: Part, source: pikepdf.Pdf, mark: Bookmark) -> None:
        from pikepdf import Array, Name

        from finsam_desktop.pdf.outline import own_bookmarks
        from finsam_desktop.pdf.tags import TaggedPart
        from finsam_desktop.pdf.targets import Targets

        out = self._out
        while len(out.pages) + 1 < self._firsts[number]:
            self._blank()
        _flatten_forms(source)
        start = len(out.pages)
        targets = Targets(source)
        targets.take_names()
        for theirs in source.pages:
            out.pages.append(theirs)
        pages = [out.pages[place].obj for place in range(start, len(out.pages))]
        tagged = "/StructTreeRoot" in source.Root
        facts = self._facts[number]
        shrunk = [self._dress(page, facts, at, number, tagged) for at, page in enumerate(pages)]
        for at, page in enumerate(pages):
            if "/Annots" in page:
                place = partial(_place, targets, pages, shrunk)
                self._annotations(page, source.pages[at].obj.Annots, part, place, shrunk[at])
        for waiting in self._waiting:
            waiting.target = Array([pages[0], Name.Fit])
        self._waiting = []
        mark.under += own_bookmarks(source, targets, pages, shrunk)
        pictures = (
            frozenset(at for at, page in enumerate(facts.pages) if not page.text) if facts else frozenset()
        )
        self._structure.add(TaggedPart(part.title, source, pages, tagged, part.language, pictures))
        self._take_layers(source)
        self._accessible = self._accessible and tagged and _claims_ua(source)
        self._begun.append(pages[0])
        self._tagged.append(tagged)

    def finish(self, smaller_pictures: bool) -> Merged:
        """Write what belongs to the whole."""
        from pikepdf import Array, Dictionary, Name, ObjectStreamMode, String

        from finsam_desktop.pdf.outline import write_outline

        out = self._out
        for note, link in self._awaited:
            page = next((page for page in self._begun[link.part :] if page is not None), None)
            if page is not None:
                note.Dest = Array([page, Name.Fit])
        write_outline(out, self._marks)
        self._structure.finish()
        root = out.Root
        root.Lang = String(self._language)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        if self._layers:
            root.OCProperties = _layers(self._layers)
        root.Metadata = _metadata(out, self._title, self._language, self._accessible)
        out.docinfo["/Title"] = self._title
        out.docinfo["/Producer"] = "Finsam Desktop"
        if smaller_pictures:
            from finsam_desktop.pdf.pictures import make_pictures_smaller

            make_pictures_smaller(out)
        target = io.BytesIO()
        out.save(
            target, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True, min_version="1.7"
        )
        return Merged(
            pdf=target.getvalue(),
            first_pages=self._firsts,
            pages=tuple(self._counts),
            total=self._total,
            tagged=tuple(self._tagged),
            accessible=self._accessible,
        )

    # -- pages --------------------------------------------------------------------------------------------

    def _blank(self) -> None:
        """A page without anything, like the one before it, so that the next part begins on a right-hand page."""
        from pikepdf import Array

        from finsam_desktop.pdf.stamp import sight

        size = (595.28, 841.89)
        if len(self._out.pages):
            seen = sight(self._out.pages[-1].obj)
            size = (seen.width, seen.height)
        self._out.add_blank_page(page_size=size)
        self._out.pages[-1].obj.MediaBox = Array([0, 0, *(round(edge, 2) for edge in size)])

    def _dress(self, page: Any, facts: PdfFacts | None, at: int, number: int, tagged: bool) -> Shrunk | None:
        """Take away what does not belong on a page of ours, and print the stamp."""
        from pikepdf import Name

        from finsam_desktop.pdf.stamp import move_patterns, room, sight

        for name in page.keys() - _KEPT_OF_PAGE:
            del page[Name(name)]
        part = self._parts[number]
        known = facts.pages[at] if facts is not None and at < len(facts.pages) else None
        wrapped = not tagged and "/Contents" in page
        if wrapped and "/StructParents" in page:
            _without_marks(self._out, page)
            del page[Name.StructParents]
        shrunk = None
        line = moved = b""
        if part.stamp and self._stamper is not None:
            was = sight(page)
            seen, shrunk = room(page, was, known)
            if shrunk is not None:
                move_patterns(self._out, page, shrunk)
                moved = b"%.4g %.4g %.4g %.4g %.4f %.4f cm " % shrunk.operands
            if shrunk is not None or seen != was:
                moved += was.clip()
            rest = f" · sida {at + 1} ({self._counts[number]}) · {self._firsts[number] + at} ({self._total})"
            line = self._stamper.line(page, seen, part.stamp, rest)
        if not (line or wrapped):
            return shrunk
        before, after = (known.before, known.after) if known is not None else (0, 0)
        tag = b""
        if wrapped:
            picture = known is not None and not known.text
            tag = b"/Figure <</MCID 0>> BDC " if picture else b"/P <</MCID 0>> BDC "
        begin = tag + b"q " + moved + b"q " * before
        end = b"\n" + b"Q " * (1 + after) + (b"EMC " if tag else b"") + line
        self._around(page, begin, end)
        return shrunk

    def _around(self, page: Any, begin: bytes, end: bytes) -> None:
        from pikepdf import Array

        old = page.get("/Contents")
        if old is None:
            content = []
        elif isinstance(old, Array):
            content = list(old)
        else:
            content = [old]
        first = self._streams.get(begin)
        if first is None:
            first = self._streams[begin] = self._out.make_stream(begin)
        page.Contents = Array([first, *content, self._out.make_stream(end)])

    def _annotations(
        self, page: Any, originals: Any, part: Part, place: Callable[[Any], Any], change: Shrunk | None
    ) -> None:
        """Let the page's links lead right, and take away what may not stay. ``originals`` are the part's own."""
        from pikepdf import Array, Dictionary, Name, String

        from finsam_desktop.pdf.targets import clean_annotation, shrink_annotation

        notes = page.Annots
        kept = []
        for note, original in zip(notes, originals, strict=False) if isinstance(notes, Array) else ():
            if not isinstance(note, Dictionary) or not isinstance(original, Dictionary):
                continue
            if not clean_annotation(note):
                continue
            if change is not None:
                shrink_annotation(note, change)
            kept.append(note)
            link = part.links.get(_address(note)) if part.links else None
            if link is not None:
                del note[Name.A]
                note.Contents = String(link.words)
                self._awaited.append((note, link))
            elif "/Dest" in note or _is_inside(note.get("/A")):
                target = place(original)
                for name in ("/A", "/Dest"):
                    if name in note:
                        del note[Name(name)]
                if target is not None:
                    note.Dest = target
        if kept:
            page.Annots = Array(kept)
            page.Tabs = Name.S
        else:
            del page[Name.Annots]

    def _take_layers(self, source: pikepdf.Pdf) -> None:
        layers = source.Root.get("/OCProperties")
        if layers is not None:
            if not layers.is_indirect:
                layers = source.make_indirect(layers)
            self._layers.append(self._out.copy_foreign(layers))


def _facts(part: Part) -> PdfFacts | None:
    return look_at(part.pdf) if part.pdf is not None else None


def _address(note: Any) -> str:
    from pikepdf import Dictionary

    action = note.get("/A")
    return str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""


def _is_inside(action: Any) -> bool:
    from pikepdf import Dictionary

    return isinstance(action, Dictionary) and str(action.get("/S", "")) == "/GoTo"


def _place(targets: Targets, pages: Sequence[Any], shrunk: Sequence[Shrunk | None], original: Any) -> Any:
    """Where a link of the part leads in the larger PDF, or None."""
    from finsam_desktop.pdf.targets import written

    found = (
        targets.place(original.get("/Dest")) if "/Dest" in original else targets.of_action(original.get("/A"))
    )
    return written(found, pages, shrunk) if found is not None else None


def _flatten_forms(source: pikepdf.Pdf) -> None:
    """Let what is filled in in a form be drawn on the page, since the form itself stays behind."""
    form = source.Root.get("/AcroForm")
    fields = form.get("/Fields") if form is not None else None
    if fields is None or not len(fields):
        return
    try:
        source.generate_appearance_streams()
        source.flatten_annotations("screen")
    except Exception:  # a form that is broken is left as it is drawn
        return


def _without_marks(pdf: pikepdf.Pdf, page: Any) -> None:
    """Take away marks of a structure that is there no more."""
    import pikepdf

    try:
        instructions = list(pikepdf.parse_content_stream(page))
    except Exception:  # a content that cannot be read is left as it is
        return
    made: list[Any] = []
    for instruction in instructions:
        operands = list(instruction.operands) if str(instruction.operator) == "BDC" else []
        if len(operands) == 2 and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
            made.append(pikepdf.ContentStreamInstruction([operands[0]], pikepdf.Operator("BMC")))
        else:
            made.append(instruction)
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(made))


def _claims_ua(source: pikepdf.Pdf) -> bool:
    metadata = source.Root.get("/Metadata")
    try:
        return metadata is not None and b"pdfuaid:part" in metadata.read_bytes()
    except Exception:
        return False


def _layers(parts: Sequence[Any]) -> Any:
    """The layers of all parts, shown and hidden as they were."""
    from pikepdf import Array, Dictionary, Name, String

    groups: list[Any] = []
    lists: dict[str, list[Any]] = {name: [] for name in _LAYERS}
    for part in parts:
        own = list(part.get("/OCGs", []))
        groups += own
        usual = part.get("/D")
        if not isinstance(usual, Dictionary):
            continue
        if str(usual.get("/BaseState", "/ON")) == "/OFF":
            shown = {group.objgen for group in usual.get("/ON", [])}
            lists["/OFF"] += [group for group in own if group.objgen not in shown]
        for name in _LAYERS:
            lists[name] += list(usual.get(name, []))
    chosen = Dictionary(Name=String("Lager"))
    for name, values in lists.items():
        if values:
            chosen[Name(name)] = Array(values)
    return Dictionary(OCGs=Array(groups), D=chosen)


def _metadata(pdf: pikepdf.Pdf, title: str, language: str, accessible: bool) -> Any:
    from pikepdf import Name

    claim = (
        '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>'
        "</rdf:Description>"
        if accessible
        else ""
    )
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><dc:title><rdf:Alt>'
        f'<rdf:li xml:lang="x-default">{_xml(title)}</rdf:li></rdf:Alt></dc:title><dc:language><rdf:Bag><rdf:li>'
        f"{_xml(language)}</rdf:li></rdf:Bag></dc:language><pdf:Producer>Finsam Desktop</pdf:Producer>"
        f'</rdf:Description>{claim}</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
    stream = pdf.make_stream(packet.encode("utf-8"))
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    return stream


def _xml(text: str) -> str:
    return escape(
        "".join(c for c in text if c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )
