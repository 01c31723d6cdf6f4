"""Hostile files and templates, and what they are given to print. Run as a program it writes them all to a folder:

python -m tests.unit.word.hostile FOLDER
"""

from __future__ import annotations

import io
import random
import struct
import sys
import warnings
import zipfile
from pathlib import Path

from tests.unit.word.building import R, docx, para, part, zipped

EXTERNAL = 'TargetMode="External"'


def parts_of(document: bytes) -> dict[str, bytes]:
    """A file's parts, to be tampered with."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_rel(kind: str, target: str, mode: str = EXTERNAL) -> bytes:
    """A document with one more relation."""
    return docx("x", rels=f'<Relationship Id="x1" Type="{R}/{kind}" Target="{target}" {mode}/>')


def with_field(code: str) -> bytes:
    """A document with a field, its code split over runs."""
    half = len(code) // 2
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in (code[:half], code[half:]))
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return docx(f"<w:p>{begin}{runs}{end}</w:p>")


def bomb(size: int) -> bytes:
    """A document whose one part unpacks to ``size`` bytes of nothing."""
    return docx("x", raw={"word/media/x.bmp": b"\0" * size})


def lying_bomb() -> bytes:
    """A document that says its part is small, in both places a zip file says it."""
    data = bytearray(bomb(30_000_000))
    size = struct.pack("<I", 30_000_000)
    at = data.find(size)
    while at >= 0:
        data[at : at + 4] = struct.pack("<I", 1000)
        at = data.find(size, at + 4)
    return bytes(data)


def nested_entities() -> bytes:
    """The billion laughs."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>'
    files = parts_of(docx("x"))
    return zipped(
        {
            **files,
            "word/document.xml": files["word/document.xml"].replace(
                b"<w:document", xml.encode() + b"<w:document", 1
            ),
        }
    )


def utf16_doctype() -> bytes:
    """A document type hidden from a search of the bytes."""
    text = (
        part(docx("x"))
        .replace('encoding="UTF-8"', 'encoding="UTF-16"')
        .replace("<w:document", '<!DOCTYPE x SYSTEM "file:///etc/passwd"><w:document', 1)
    )
    return zipped({**parts_of(docx("x")), "word/document.xml": text.encode("utf-16")})


def many_parts() -> bytes:
    """More parts than any document has."""
    return docx("x", raw={f"word/x{n}.xml": b"<x/>" for n in range(2100)})


def same_name_twice() -> bytes:
    """Two parts with one name: which one a program reads is anybody's guess."""
    out = io.BytesIO(docx("x"))
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/document.xml", "<x/>")
    return out.getvalue()


def encrypted() -> bytes:
    """The flag for encryption set on every part."""
    data = bytearray(docx("x"))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def damaged() -> bytes:
    """A part whose bytes were changed on the way."""
    data = bytearray(docx("x" * 50))
    data[data.find(b"word/document.xml") + 60] ^= 0xFF
    return bytes(data)


def dense_xml() -> bytes:
    """Megabytes of the smallest elements there are, unlike enough not to be taken for a bomb."""
    chance = random.Random(1)
    inner = "".join(f"<w:r{chance.randrange(10**6)}/>" for _ in range(1_000_000))
    return docx(f"<w:p>{inner}</w:p>")


def noise(size: int) -> bytes:
    """A document with a picture that cannot be packed."""
    return docx("x", raw={"word/media/x.png": random.Random(2).randbytes(size)})


MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
CONTAINERS: dict[str, bytes] = {
    "not a zip": b"plain text",
    "nothing": b"",
    "old format": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "cut off": docx("x" * 100)[:-300],
    "a zip of something else": zipped({"a.txt": "x"}),
    "no document part": zipped({k: v for k, v in parts_of(docx("x")).items() if k != "word/document.xml"}),
    "bomb by ratio": bomb(40_000_000),
    "bomb by size": bomb(70_000_000),
    "bomb that lies": lying_bomb(),
    "many parts": many_parts(),
    "same part twice": same_name_twice(),
    "path upwards": docx("x", raw={"../../x.xml": "<x/>"}),
    "absolute path": docx("x", raw={"/etc/x": "x"}),
    "drive path": docx("x", raw={"C:/x.xml": "<x/>"}),
    "encrypted": encrypted(),
    "damaged": damaged(),
    "billion laughs": nested_entities(),
    "document type in UTF-16": utf16_doctype(),
    "broken xml": zipped({**parts_of(docx("x")), "word/document.xml": b"<w:document>"}),
    "deep nesting": docx("<w:sdt><w:sdtContent>" * 400 + para("x") + "</w:sdtContent></w:sdt>" * 400),
    "macro part": docx("x", raw={"word/vbaProject.bin": b"x"}),
    "macro type": docx("x", main_type=MACRO),
    "ole object": docx("x", raw={"word/embeddings/oleObject1.bin": b"x"}),
    "activex": docx("x", raw={"word/activeX/activeX1.xml": "<x/>"}),
    "program": docx("x", raw={"word/media/x.exe": b"MZ"}),
    "attached template": with_rel("attachedTemplate", "https://ond.example/x.dotm"),
    "linked picture": with_rel("image", "https://ond.example/x.png"),
    "linked ole": with_rel("oleObject", "file:///c:/x.xls"),
    "frame": with_rel("frame", "https://ond.example/"),
    "sub document": with_rel("subDocument", "https://ond.example/x.docx"),
    "alt chunk": with_rel("aFChunk", "x.html", ""),
    "link to a script": with_rel("hyperlink", "javascript:alert(1)"),
    "link to a program": with_rel("hyperlink", "file:///c:/windows/x.exe"),
    "link to a share": with_rel("hyperlink", "\\\\ond\\x"),
    "dde": with_field(" DDEAUTO c:\\\\windows\\\\cmd.exe x"),
    "include text": with_field(' INCLUDETEXT "c:\\\\x.docx"'),
    "include picture": with_field(' IncludePicture "http://ond/x.png"'),
    "link field": with_field(" LINK Excel.Sheet x"),
    "dde in disguise": docx("<w:p><w:r><w:instrText> &#68;DE x</w:instrText></w:r></w:p>"),
    "dde over paragraphs": docx(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> INCLUDE</w:instrText></w:r></w:p>'
        '<w:p><w:r><w:instrText>TEXT "c:/x"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    ),
    "dde by another prefix": docx(
        '<x:p xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><x:r>'
        "<x:instrText> DDE x</x:instrText></x:r></x:p>"
    ),
    "alt chunk by another prefix": docx(
        '<x:altChunk xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main" r:id="a"/>'
    ),
    "simple dde field": docx('<w:p><w:fldSimple w:instr=" DDE x y"/></w:p>'),
}

TEMPLATES: dict[str, str] = {
    "cycler": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "joiner": "{{ joiner.__init__.__globals__ }}",
    "namespace": "{{ namespace(a=1) }}",
    "lipsum": "{{ lipsum(n=100000) }}",
    "class": "{{ namn.__class__.__mro__ }}",
    "class by index": "{{ namn['__class__'] }}",
    "class by filter": "{{ namn|attr('__class__') }}",
    "class by map": "{{ [namn]|map(attribute='__class__')|list }}",
    "list of classes": "{{ [namn]|map(attribute='__class__')|first }}",
    "self": "{{ self.__dict__ }}",
    "format to class": "{{ '{0.__class__}'.format(namn) }}",
    "format map": "{{ '{a.__class__}'.format_map({'a': namn}) }}",
    "loop": "{% for x in xs %}{{ loop.__init__.__globals__ }}{% endfor %}",
    "macro": "{% macro m() %}{% endmacro %}{{ m.__init__.__globals__ }}",
    "undefined": "{{ saknas.__class__ }}",
    "global": "{{ range.__self__ }}",
    "append": "{{ xs.append(1) }}",
    "update": "{{ d.update({'a': 1}) }}",
    "engine filter": "{{ '</w:t>'|safe }}",
    "times": "{{ 'a' * 10**9 }}",
    "list times": "{{ [0] * 10**9 }}",
    "power": "{{ 10 ** (10 ** 8) }}",
    "wide format": "{{ '%1000000000d'|format(1) }}",
    "wide format method": "{{ '{:>1000000000}'.format('x') }}",
    "nested format": "{{ '{:>{}}'.format('x', 1000000000) }}",
    "percent": "{{ '%1000000000d' % 1 }}",
    "star format": "{{ '%*d' % (1000000000, 1) }}",
    "centre": "{{ namn|center(1000000000) }}",
    "centre method": "{{ namn.center(1000000000) }}",
    "fill": "{{ namn.zfill(1000000000) }}",
    "indent": "{{ 'a\\nb'|indent(1000000000) }}",
    "range": "{{ range(999999999)|list|length }}",
    "nested range": "".join(f"{{% for {n} in range(9999) %}}" for n in "ijk") + "{% endfor %}" * 3,
    "loops over data": "{% for a in many %}{% for b in many %}{% for c in many %}{% endfor %}{% endfor %}{% endfor %}",
    "doubling": "{% set a = 'x' * 1000000 %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}",
    "doubling by plus": "{% set a = 'x' * 1000000 %}" + "{% set a = a + a %}" * 40 + "{{ a }}",
    "doubling by join": "{% set a = ['x' * 100000] * 1000 %}{{ a|join }}{{ ''.join(a) }}",
    "doubling by replace": "{% set a = 'x' * 100000 %}{{ a|replace('x', a) }}",
    "doubling by set": "{% set a %}"
    + "x" * 1000
    + "{% endset %}"
    + "{% set a %}{{ a }}{{ a }}{% endset %}" * 30
    + "{{ a }}",
    "recursion": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "recursive loop": "{% for x in xs recursive %}{{ loop(xs) }}{% endfor %}",
    "batch": "{{ xs|batch(1000000000, 'x')|list }}",
    "slice": "{{ xs|slice(1000000000)|list }}",
    "strftime": "{{ datum.strftime('%1000000000Y') }}",
    "deep expression": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "many nots": "{{ " + "not " * 20000 + "1 }}",
    "long sum": "{{ 1" + "+1" * 30000 + " }}",
    "big number": "{{ '9'|int * " + "9" * 4000 + " ** 900 }}",
    "texts kept": "".join(f"{{% set a{n} = '{n:04}' * 240000 %}}" for n in range(600)) + "{{ a1 }}",
    "long output": "{% for a in many %}{{ 'x' * 900000 }}{% endfor %}",
    "much output": "{% for a in many %}{% for b in many %}{{ a }}{% endfor %}{% endfor %}",
    "sorting": "{% for a in many %}{{ (many|sort(reverse=true))[0] }}{% for b in many|sort %}{% endfor %}{% endfor %}",
    "very many tags": "{{ namn }}" * 60000,
    "very many expressions": ("{{ " + "namn ~ " * 500 + "namn }}") * 400,
}
NEED_A_CHILD = (
    "loops over data",
    "doubling by set",
    "doubling by join",
    "doubling",
    "texts kept",
    "long output",
    "much output",
    "sorting",
    "very many tags",
    "very many expressions",
)
"""Only a limit from outside stops these; all others are refused by the engine itself."""


def main(folder: Path) -> None:
    """Write every hostile file into the folder, named by its kind and name."""
    for name, content in CONTAINERS.items():
        (folder / f"fil {name}.docx").write_bytes(content)
    (folder / "fil larger than any template.docx").write_bytes(noise(51_000_000))
    (folder / "fil dense xml.docx").write_bytes(dense_xml())
    for name, text in TEMPLATES.items():
        (folder / f"mall {name}.docx").write_bytes(docx(text))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
