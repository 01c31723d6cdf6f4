"""Swedish words and sentences for an association of many years, and bilagor that hold them: .docx, .xlsx and .pdf.

All of it follows from the `random.Random` it is given, so that the same call makes the same bytes.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from random import Random
from xml.sax.saxutils import escape

FIRST_PARTS = (
    "arbetslivs", "arbetsmarknads", "bedömnings", "budget", "deltagar", "etablerings", "finansierings",
    "funktionsrätts", "försörjnings", "försäkrings", "grundskole", "gymnasie", "handlednings", "hälso",
    "individ", "integrations", "jämlikhets", "jämställdhets", "kartläggnings", "kommun", "kompetens", "kunskaps",
    "kvalitets", "ledarskaps", "livskvalitets", "medlems", "missbruks", "myndighets", "målgrupps", "närvaro",
    "omställnings", "praktik", "process", "psykiatri", "rehabiliterings", "resurs", "samordnings", "samsyns",
    "samverkans", "sjukskrivnings", "skolfrånvaro", "socialtjänst", "stöd", "sysselsättnings", "trygghets",
    "ungdoms", "uppföljnings", "utbildnings", "utvecklings", "vägledar", "välfärds", "vård", "återgångs", "ärende",
)  # fmt: skip
LAST_PARTS = (
    "ansvar", "avtal", "analys", "behov", "dialog", "enkät", "effekt", "form", "försök", "grupp", "handläggare",
    "insats", "kedja", "koordinator", "kostnad", "kurs", "ledning", "metod", "modell", "mottagning", "möte",
    "nätverk", "ordning", "plan", "program", "projekt", "process", "rapport", "resultat", "råd", "samtal",
    "samarbete", "satsning", "strategi", "stöd", "team", "trappa", "uppdrag", "utredning", "verksamhet", "väg",
    "värd", "yta", "överenskommelse", "övning", "översyn",
)  # fmt: skip
PLACES = ("Exempelby", "Björkdalen", "Fjällsta", "Norrmyra", "Ängsholm", "Östervåla", "Åsarna", "Krokstrand")
GIVEN = (
    "Anna", "Birgitta", "Camilla", "Doris", "Elin", "Fatima", "Gunilla", "Hanna", "Ingrid", "Johan", "Karl",
    "Lars", "Mohammed", "Nils", "Olof", "Per", "Rolf", "Sören", "Tage", "Ulf", "Viktor", "Åke", "Örjan", "Åsa",
)  # fmt: skip
FAMILY_FIRST = (
    "Al",
    "Berg",
    "Dal",
    "Ek",
    "Fors",
    "Gran",
    "Hag",
    "Lind",
    "Lund",
    "Mo",
    "Näs",
    "Sjö",
    "Sten",
    "Öst",
)
FAMILY_LAST = ("berg", "blad", "fors", "gren", "holm", "kvist", "mark", "ström", "vall", "ö")
_FRAMES = (
    "{A}en med {b}en i {plats} har pågått sedan {år} och omfattar {tal} deltagare.",
    "Under {månad} {år} genomförs en {a} tillsammans med {plats}s kommun.",
    "{namn} redogör för {a}en och lämnar förslag till {b}.",
    "Av de {tal} deltagarna har {mindre} gått vidare till arbete eller studier efter {a}en.",
    "Kostnaden för {a}en uppgår till {belopp} kronor, vilket ryms inom {b}en.",
    "Styrgruppen ser ett fortsatt behov av {a} och {b} i hela upptagningsområdet.",
    "Försäkringskassan och Arbetsförmedlingen lämnar synpunkter på {a}en.",
    "Uppföljningen visar att {a}en når målgruppen, men att väntetiden till {b}en är {mindre} dagar.",
    "En {a} med inriktning mot {b} föreslås från och med {månad} {år}.",
    "Parterna är överens om att {a}en ska utvärderas innan {b}en förlängs.",
    "Kvinnor är {mindre} procent av deltagarna i {a}en, män {tal} stycken.",
    "{namn} betonar vikten av {a} för unga som varken arbetar eller studerar.",
)
_MONTHS = ("januari", "februari", "mars", "april", "maj", "augusti", "september", "oktober", "november")


def compound(random: Random) -> str:
    """A compound word such as "rehabiliteringsutredning"."""
    return random.choice(FIRST_PARTS) + random.choice(LAST_PARTS)


def person_name(random: Random) -> str:
    """A given name and a family name."""
    return f"{random.choice(GIVEN)} {random.choice(FAMILY_FIRST)}{random.choice(FAMILY_LAST)}"


def sentence(random: Random, year: int) -> str:
    """A sentence as it may stand in a protokoll of the year."""
    a, b = compound(random), compound(random)
    return random.choice(_FRAMES).format(
        A=a.capitalize(),
        a=a,
        b=b,
        plats=random.choice(PLACES),
        år=random.randint(year - 2, year),
        månad=random.choice(_MONTHS),
        namn=person_name(random),
        tal=random.randint(20, 400),
        mindre=random.randint(2, 60),
        belopp=f"{random.randint(50, 4000)} 000",
    )


def paragraph(random: Random, year: int, sentences: int) -> str:
    """Some sentences after each other."""
    return " ".join(sentence(random, year) for _ in range(sentences))


# Bilagor


def docx(paragraphs: list[str], weight: bytes) -> bytes:
    """A Word file with the paragraphs; ``weight`` lies in it as the bytes of a picture."""
    body = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs)
    return _zip(
        {
            "[Content_Types].xml": _TYPES.format(
                '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
                'officedocument.wordprocessingml.document.main+xml"/>'
            ),
            "_rels/.rels": _RELS.format("word/document.xml"),
            "word/document.xml": '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w='
            f'"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>',
        },
        "word/media/image1.jpeg",
        weight,
    )


def xlsx(rows: list[list[str | int]], weight: bytes) -> bytes:
    """A workbook of one sheet with the rows."""
    written = "".join(
        f'<row r="{number}">'
        + "".join(_cell(number, column, cell) for column, cell in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return _zip(
        {
            "[Content_Types].xml": _TYPES.format(
                f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
                f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
            ),
            "_rels/.rels": _RELS.format("xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="Uppföljning" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{written}</sheetData></worksheet>',
        },
        "xl/media/image1.jpeg",
        weight,
    )


def pdf(pages: list[list[str]], weight: bytes) -> bytes:
    """A PDF with a page for each list of lines; ``weight`` lies in it as a stream that nothing refers to."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R /Lang (sv-SE) >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for lines in pages:
        shown = b"".join(b"(" + _literal(line) + b") Tj T*\n" for line in lines)
        content = zlib.compress(b"BT /F 10 Tf 14 TL 56 780 Td\n" + shown + b"ET", 1)
        objects.append(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(content) + content + b"\nendstream"
        )
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [" + b" ".join(kids) + b"] /Count %d >>" % len(kids)
    objects.append(b"<< /Length %d >>\nstream\n" % len(weight) + weight + b"\nendstream")
    made, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, written in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + written + b"\nendobj\n"
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(made)


def _literal(line: str) -> bytes:
    written = line.encode("cp1252", "replace")
    return written.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _cell(row: int, column: int, value: str | int) -> str:
    place = f"{chr(ord('A') + column)}{row}"
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def _zip(parts: dict[str, str], weight_name: str, weight: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in parts.items():
            archive.writestr(_part(name, zipfile.ZIP_DEFLATED), text, compresslevel=1)
        if weight:
            archive.writestr(_part(weight_name, zipfile.ZIP_STORED), weight)
    return made.getvalue()


def _part(name: str, compression: int) -> zipfile.ZipInfo:
    part = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
    part.compress_type = compression
    return part


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" '
    'ContentType="image/jpeg"/>{}</Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="{}"/></Relationships>'
)
