"""A meeting with twelve items and fifteen bilagor of ten kinds, made by code, and where each of its pages must be.

Every page of every bilaga that can be read says which bilaga and page it is (``mark``), so that a program can see where
a link, a bookmark and a line of the contents lead.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from email.message import EmailMessage

import pikepdf

from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from tests.made_pdfs import Made, made, marker
from tests.reference import example

DAY = date(2026, 10, 29)
LOCKED, BROKEN = "låst", "trasig"


@dataclass
class Source:
    """The open association as a pack needs it."""

    association: Association
    meeting: Meeting
    stored: dict[str, bytes] = field(default_factory=dict)

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        return (self.meeting,)

    def find_meeting(self, _text: str, /) -> Meeting:
        return self.meeting

    def file(self, sha256: str, /) -> bytes:
        return self.stored.get(sha256) or example.logo()

    def keep(self, content: bytes) -> str:
        """Store a file and give its SHA-256."""
        name = hashlib.sha256(content).hexdigest()
        self.stored[name] = content
        return name


def word(name: str, pages: int = 2) -> bytes:
    """A Word file with a heading on every page."""
    import docx

    document = docx.Document()
    for number in range(pages):
        if number:
            document.add_page_break()
        document.add_heading(f"Rubrik {number + 1} i {name}", 1)
        document.add_paragraph(marker(name, number))
    return _saved(document.save)


def workbook(name: str) -> bytes:
    """An Excel workbook of one page."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append([marker(name, 0)])
    book.active.append(["Konto", "Utfall", "Budget"])
    book.active.append(["Personal", 410000, 398500])
    return _saved(book.save)


def presentation(name: str) -> bytes:
    """A PowerPoint file of two slides, as little as LibreOffice reads."""
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    p = "http://schemas.openxmlformats.org/presentationml/2006/main"
    r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    main = "application/vnd.openxmlformats-officedocument.presentationml."
    empty = (
        "<p:spTree><p:nvGrpSpPr><p:cNvPr id='1' name=''/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{}"
        "</p:spTree>"
    )
    box = (
        "<p:sp><p:nvSpPr><p:cNvPr id='2' name='Text'/><p:cNvSpPr txBox='1'/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>"
        "<a:off x='900000' y='1500000'/><a:ext cx='7000000' cy='900000'/></a:xfrm><a:prstGeom prst='rect'><a:avLst/>"
        "</a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:p><a:r><a:rPr lang='sv-SE' sz='2400'/><a:t>{}</a:t></a:r></a:p>"
        "</p:txBody></p:sp>"
    )
    names = f"xmlns:a='{a}' xmlns:p='{p}' xmlns:r='{r}'"
    colours = "".join(
        f"<a:{n}><a:srgbClr val='{v}'/></a:{n}>"
        for n, v in zip(
            ("dk1", "lt1", "dk2", "lt2", *(f"accent{i}" for i in range(1, 7)), "hlink", "folHlink"),
            ("000000", "FFFFFF", *("444444",) * 10),
            strict=True,
        )
    )
    font = "<a:latin typeface='Carlito'/><a:ea typeface=''/><a:cs typeface=''/>"
    fill = "<a:solidFill><a:schemeClr val='phClr'/></a:solidFill>"
    line = f"<a:ln>{fill}</a:ln>"
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    fills, lines, effects = (
        f"<a:{name}>{one * 3}</a:{name}>"
        for name, one in (("fillStyleLst", fill), ("lnStyleLst", line), ("effectStyleLst", effect))
    )
    theme = (
        f"<a:theme xmlns:a='{a}' name='T'><a:themeElements><a:clrScheme name='T'>{colours}</a:clrScheme>"
        f"<a:fontScheme name='T'><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f"<a:fmtScheme name='T'>{fills}{lines}{effects}<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )
    map_ = " ".join(
        f"{k}='{v}'"
        for k, v in (("bg1", "lt1"), ("tx1", "dk1"), ("bg2", "lt2"), ("tx2", "dk2"), ("hlink", "hlink"),
                     ("folHlink", "folHlink"), *((f"accent{i}", f"accent{i}") for i in range(1, 7)))
    )  # fmt: skip
    parts = {
        "ppt/presentation.xml": f"<p:presentation {names}><p:sldMasterIdLst>"
        "<p:sldMasterId id='2147483648' r:id='rId1'/></p:sldMasterIdLst><p:sldIdLst>"
        "<p:sldId id='256' r:id='rId2'/><p:sldId id='257' r:id='rId3'/></p:sldIdLst>"
        "<p:sldSz cx='9144000' cy='5143500'/><p:notesSz cx='6858000' cy='9144000'/></p:presentation>",
        "ppt/slideMasters/slideMaster1.xml": f"<p:sldMaster {names}><p:cSld>{empty.format('')}</p:cSld>"
        f"<p:clrMap {map_}/><p:sldLayoutIdLst><p:sldLayoutId id='2147483649' r:id='rId1'/></p:sldLayoutIdLst>"
        "</p:sldMaster>",
        "ppt/slideLayouts/slideLayout1.xml": f"<p:sldLayout {names}><p:cSld>{empty.format('')}</p:cSld></p:sldLayout>",
        "ppt/theme/theme1.xml": theme,
    }
    relations = {
        "_rels/.rels": [("officeDocument", "ppt/presentation.xml")],
        "ppt/_rels/presentation.xml.rels": [("slideMaster", "slideMasters/slideMaster1.xml"),
                                            ("slide", "slides/slide1.xml"), ("slide", "slides/slide2.xml")],
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": [("slideLayout", "../slideLayouts/slideLayout1.xml"),
                                                         ("theme", "../theme/theme1.xml")],
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": [("slideMaster", "../slideMasters/slideMaster1.xml")],
    }  # fmt: skip
    for number in (1, 2):
        text = box.format(marker(name, number - 1))
        parts[f"ppt/slides/slide{number}.xml"] = (
            f"<p:sld {names}><p:cSld>{empty.format(text)}</p:cSld></p:sld>"
        )
        relations[f"ppt/slides/_rels/slide{number}.xml.rels"] = [
            ("slideLayout", "../slideLayouts/slideLayout1.xml")
        ]
    for place, pairs in relations.items():
        inner = "".join(
            f"<Relationship Id='rId{n}' Type='{r}/{kind}' Target='{target}'/>"
            for n, (kind, target) in enumerate(pairs, start=1)
        )
        parts[place] = f"<Relationships xmlns='{rels}'>{inner}</Relationships>"
    kinds = {"presentation.xml": "presentation.main", "slideMaster1.xml": "slideMaster",
             "slideLayout1.xml": "slideLayout", "slide1.xml": "slide", "slide2.xml": "slide"}  # fmt: skip
    overrides = "".join(
        f"<Override PartName='/{part}' ContentType='{main}{kinds[part.rpartition('/')[2]]}+xml'/>"
        for part in parts
        if part.rpartition("/")[2] in kinds
    )
    parts["[Content_Types].xml"] = (
        "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default Extension='rels'"
        " ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Default Extension='xml'"
        f" ContentType='application/xml'/>{overrides}<Override PartName='/ppt/theme/theme1.xml'"
        " ContentType='application/vnd.openxmlformats-officedocument.theme+xml'/></Types>"
    )
    return _zipped({name: f"<?xml version='1.0' encoding='UTF-8'?>{text}" for name, text in parts.items()})


def open_text(name: str) -> bytes:
    """An OpenDocument text of one page."""
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f"<office:document-content xmlns:office='{office}office:1.0' xmlns:text='{office}text:1.0'"
        f" office:version='1.2'><office:body><office:text><text:h text:outline-level='1'>Rubrik</text:h>"
        f"<text:p>{marker(name, 0)}</text:p>"
        "</office:text></office:body></office:document-content>"
    )
    manifest = (
        f"<manifest:manifest xmlns:manifest='{office}manifest:1.0' manifest:version='1.2'><manifest:file-entry"
        " manifest:full-path='/' manifest:media-type='application/vnd.oasis.opendocument.text'/><manifest:file-entry"
        " manifest:full-path='content.xml' manifest:media-type='text/xml'/></manifest:manifest>"
    )
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    return _zipped({**parts, "META-INF/manifest.xml": manifest}, stored="mimetype")


def picture(kind: str, size: tuple[int, int] = (1200, 800)) -> bytes:
    """A photograph of nothing, as "JPEG" or "PNG"."""
    from PIL import Image

    image = Image.linear_gradient("L").resize(size).convert("RGB")
    return _saved(lambda target: image.save(target, kind))


def scanned(pages: int = 2) -> bytes:
    """A PDF whose pages are pictures only."""
    from pikepdf import Dictionary, Name

    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
        image = pdf.make_stream(picture("JPEG", (800, 1100)))
        image.Type, image.Subtype = Name.XObject, Name.Image
        image.Width, image.Height, image.BitsPerComponent = 800, 1100, 8
        image.ColorSpace, image.Filter = Name.DeviceRGB, Name.DCTDecode
        page = pdf.pages[-1].obj
        page.Resources = Dictionary(XObject=Dictionary(I=image))
        page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    return _saved(pdf.save)


def mail(name: str) -> bytes:
    """A mail, as it is saved from a mail program."""
    message = EmailMessage()
    message["Subject"] = f"Svar {name}"
    message["From"], message["To"] = "Anna Ek <anna@exempel.se>", "kansli@exempel.se"
    message["Date"] = "Thu, 15 Oct 2026 09:12:00 +0200"
    message.set_content(f"Hej,\n\n{marker(name, 0)}\n\nHälsningar\nAnna")
    return message.as_bytes()


def locked(name: str) -> bytes:
    """A PDF that needs a password."""
    with pikepdf.open(io.BytesIO(made(Made(name)))) as pdf:
        return _saved(
            lambda target: pdf.save(target, encryption=pikepdf.Encryption(user="x", owner="y", R=6))
        )


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    target = io.BytesIO()
    save(target)
    return target.getvalue()


def _zipped(parts: dict[str, str], stored: str = "") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text, zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED)
    return target.getvalue()


TREE = (("Inledning", 0, ()), ("Kapitel", 1, (("Avsnitt", 2, ()),)))

FILES: tuple[tuple[str, str, Callable[[str], bytes], int], ...] = (
    ("protokoll", "docx", word, 2),
    ("rapport", "xlsx", workbook, 1),
    ("bildspel", "pptx", presentation, 2),
    ("remiss", "odt", open_text, 1),
    ("foto", "jpg", lambda _: picture("JPEG"), 0),
    ("karta", "png", lambda _: picture("PNG"), 0),
    ("utredning", "pdf", lambda n: made(Made(n, 4, tagged=True, outline=TREE, links=((0, 3, "name"),))), 4),
    ("avtal", "pdf", lambda _: scanned(), 0),
    ("svar", "eml", mail, 1),
    (LOCKED, "pdf", locked, 0),
    (BROKEN, "docx", lambda _: b"PK\x03\x04 inte en fil", 0),
    ("plan", "docx", lambda n: word(n, 3), 3),
    ("ritning", "pdf", lambda n: made(Made(n, 2, size=(841.89, 595.28), rotate=90, text_at=(300, 200))), 2),
    ("utdrag", "pdf", lambda n: made(Made(n, 1, text_at=(60, 832))), 1),
    ("bokslut", "docx", word, 2),
)
"""Name, ending, what makes it, and how many of its pages have a mark."""


def source() -> Source:
    """The example association with the meeting."""
    result = Source(association=example.association(), meeting=Meeting(date=DAY))
    items = []
    files = iter(FILES)
    for place, count in enumerate((0, 1, 2, 1, 0, 3, 1, 2, 1, 1, 2, 1), start=1):
        attachments = tuple(_attachment(result, *next(files)[:3]) for _ in range(count))
        subs: tuple[AgendaItem, ...] = ()
        if place == 6:
            attachments, rest = attachments[:2], attachments[2:]
            subs = (AgendaItem(id="i6a", title="Delärende", attachments=rest),)
        items.append(
            AgendaItem(
                id=f"i{place}",
                title=f"Ärende nummer {place} med en rubrik som säger vad det gäller",
                summary=f"Texten till ärende {place}. " * 12,
                attachments=attachments,
                sub_items=subs,
            )
        )
    result.meeting = Meeting(
        id="möte", date=DAY, start=time(8, 30), end=time(12), reference="2026/58", items=tuple(items)
    )
    return result


def _attachment(where: Source, name: str, ending: str, make: Callable[[str], bytes]) -> Attachment:
    content = make(name)
    return Attachment(
        id=f"b-{name}",
        title=f"Handlingen {name}",
        file_name=f"{name}.{ending}",
        sha256=where.keep(content),
        size=len(content),
    )


def marks() -> Iterator[tuple[str, int, str]]:
    """Attachment id, page from 0 and mark, of every page that has one."""
    for name, _, _, pages in FILES:
        for page in range(pages):
            yield f"b-{name}", page, marker(name, page)


def sent(meeting: Meeting) -> Meeting:
    """The meeting with its handlingar noted as sent."""
    from finsam_desktop.domain.sending import with_utskick

    return with_utskick(meeting, datetime(2026, 10, 20, 9), "2026-10-29 Handlingar.pdf")


def moved(meeting: Meeting) -> Meeting:
    """The meeting with its ninth item in third place."""
    items = list(meeting.items)
    items.insert(2, items.pop(8))
    return replace(meeting, items=tuple(items))
