"""Files of every kind with a word in each place where a file keeps what its reader does not see."""

from __future__ import annotations

import base64
import struct
import zipfile
import zlib
from io import BytesIO

_JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8yb"
    "qmx5moq6T/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVf/Z"
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def jpeg(word: str = "") -> bytes:
    """A grey picture with the word as its EXIF description, its comment and after its end; "" without any."""
    if not word:
        return _JPEG
    text = word.encode() + b"\x00"
    tiff = b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", 2)
    tiff += struct.pack("<HHII", 0x010E, 2, len(text), 38) + struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0)
    tiff += struct.pack("<I", 0) + text
    exif = b"Exif\x00\x00" + tiff
    segments = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    segments += b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text
    return _JPEG[:2] + segments + _JPEG[2:] + text


def png(word: str = "") -> bytes:
    """A small picture with the word in its text chunks and after its end."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    texts = b""
    if word:
        texts = chunk(b"tEXt", b"Author\x00" + word.encode())
        texts += chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(word.encode()))
    head = struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00\x10\x20\x00\x30\x40")
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + texts + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
        + word.encode()
    )  # fmt: skip


def docx(seen: str, word: str) -> bytes:
    """A Word file that shows ``seen``, with the word in properties, comments, revisions, hidden text, a preview …"""
    import docx as python_docx
    from docx.shared import Mm

    document = python_docx.Document()
    document.core_properties.author = word
    document.core_properties.comments = word
    document.add_paragraph(seen)
    document.add_picture(BytesIO(jpeg(word)), width=Mm(10))
    out = BytesIO()
    document.save(out)
    hidden = (
        f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{word} dold</w:t></w:r><w:r><w:t>Slut</w:t></w:r></w:p>"
        f'<w:p><w:del w:id="90" w:author="{word}"><w:r><w:delText>{word}</w:delText></w:r></w:del>'
        f'<w:ins w:id="91" w:author="{word}"><w:r><w:t>Tillagt</w:t></w:r></w:ins>'
        '<w:commentRangeStart w:id="5"/><w:r><w:t>kommenterat</w:t></w:r><w:commentRangeEnd w:id="5"/>'
        '<w:r><w:commentReference w:id="5"/></w:r></w:p>'
    )
    body = f"<w:body>{hidden}"
    return with_parts(
        out.getvalue(),
        {
            "word/comments.xml": (
                f'<w:comments xmlns:w="{_W}"><w:comment w:id="5" w:author="{word}"><w:p><w:r><w:t>{word}</w:t></w:r>'
                "</w:p></w:comment></w:comments>"
            ),
            "word/embeddings/bok.xlsx": xlsx(word, word),
            "customXml/item1.xml": f"<a>{word}</a>",
            "docProps/custom.xml": f"<Properties><property name='x'>{word}</property></Properties>",
            "docProps/app.xml": f"<Properties><Company>{word}</Company></Properties>",
            "docProps/thumbnail.jpeg": jpeg(word),
        },
        ("word/document.xml", "<w:body>", body),
        relations={
            "word/_rels/document.xml.rels": (
                ("comments", "comments.xml"), ("package", "embeddings/bok.xlsx"),
                ("customXml", "../customXml/item1.xml"),
            ),
            "_rels/.rels": (("custom-properties", "docProps/custom.xml"), ("thumbnail", "docProps/thumbnail.jpeg")),
        },
    )  # fmt: skip


def xlsx(seen: str, word: str) -> bytes:
    """A workbook that shows ``seen``, with the word on a hidden sheet, in hidden rows and columns, a comment …"""
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.workbook.defined_name import DefinedName

    book = openpyxl.Workbook()
    book.properties.creator = word
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["A3"], sheet["D1"] = seen, 12, word, word
    sheet["B1"] = f'="{word}"'
    sheet["A1"].comment = Comment(word, word)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    hidden = book.create_sheet("Dold")
    hidden.sheet_state = "hidden"
    hidden["A1"] = word
    book.defined_names["hemligt"] = DefinedName("hemligt", attr_text=f'"{word}"')
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def odt(seen: str, word: str) -> bytes:
    """An OpenDocument text that shows ``seen``, with the word in properties, a comment, a revision and hidden text."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "style", "meta")
    )
    content = (
        f'<office:document-content {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<office:automatic-styles><style:style style:name="T9" style:family="text">'
        '<style:text-properties text:display="none"/></style:style></office:automatic-styles><office:body><office:text>'
        f"<text:tracked-changes><text:changed-region><text:deletion><text:p>{word}</text:p></text:deletion>"
        f"</text:changed-region></text:tracked-changes><text:p>{seen}<office:annotation>"
        f"<dc:creator>{word}</dc:creator><text:p>{word}</text:p></office:annotation> och "
        f'<text:span text:style-name="T9">{word}</text:span>slut</text:p>'
        "</office:text></office:body></office:document-content>"
    )
    meta = (
        f"<office:document-meta {spaces}><office:meta><meta:initial-creator>{word}</meta:initial-creator>"
        "</office:meta></office:document-meta>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("meta.xml", meta)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("Thumbnails/thumbnail.png", png(word))
    return out.getvalue()


def pdf(seen: str, word: str) -> bytes:
    """A PDF that shows ``seen``, with the word in its information, metadata, a comment, a file, a script."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name, String

    out = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(300, 200))
        page = made.pages[0]
        font = made.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
            )
        )
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Contents = made.make_stream(b"BT /F1 12 Tf 20 100 Td (" + seen.encode("cp1252") + b") Tj ET")
        comment = Dictionary(
            Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=String(word), T=String(word)
        )
        link = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], NM=String(word),
            A=Dictionary(S=Name.URI, URI=String("https://exempel.se")),
        )  # fmt: skip
        page.Annots = Array([made.make_indirect(comment), made.make_indirect(link)])
        picture = made.make_stream(jpeg(word))
        picture.Type, picture.Subtype, picture.Filter = Name.XObject, Name.Image, Name.DCTDecode
        picture.Width, picture.Height, picture.ColorSpace, picture.BitsPerComponent = 8, 8, Name.DeviceGray, 8
        page.Resources.XObject = Dictionary(Im1=picture)
        made.docinfo["/Author"] = word
        with made.open_metadata() as metadata:
            metadata["dc:creator"] = [word]
        made.attachments["hemligt.txt"] = word.encode()
        made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{word}')"))
        made.save(out)
    return out.getvalue()


def with_parts(
    content: bytes,
    parts: dict[str, str | bytes],
    *changes: tuple[str, str, str],
    relations: dict[str, tuple[tuple[str, str], ...]],
) -> bytes:
    """The zip with further parts, texts changed in some, and relations to the new ones."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename in parts:
                continue
            data = old.read(entry)
            for name, before, after in changes:
                if name == entry.filename:
                    assert before.encode() in data
                    data = data.replace(before.encode(), after.encode())
            for number, (kind, target) in enumerate(relations.get(entry.filename, ())):
                address = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
                one = f'<Relationship Id="rIdX{number}" Type="{address}" Target="{target}"/></Relationships>'
                data = data.replace(b"</Relationships>", one.encode())
            new.writestr(entry, data)
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()
