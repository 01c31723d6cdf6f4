"""Hostile files and templates: all refused, none for long and none with much memory."""

from __future__ import annotations

import io
import resource
import struct
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

from finsam_desktop.word import TemplateError, UnsafeTemplate, WordTemplate, render_in_child
from tests.unit.word.building import R, docx, para, part, texts, zipped

SECONDS, MEGABYTES = 2.0, 300
_EXTERNAL = 'TargetMode="External"'


def parts_of(document: bytes) -> dict[str, bytes]:
    """A file's parts, to be tampered with."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_rel(kind: str, target: str, mode: str = _EXTERNAL) -> bytes:
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
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(out, "a") as archive:
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


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_hostile_file_is_refused_before_it_is_used(name: str) -> None:
    begin = time.monotonic()
    with pytest.raises(UnsafeTemplate) as caught:
        WordTemplate(CONTAINERS[name])
    assert time.monotonic() - begin < SECONDS
    assert caught.value.message.endswith((".", '"')) or ":" in caught.value.message


WORDS = {
    "not a zip": "inte en Word-fil",
    "old format": "lösenord",
    "bomb by ratio": "orimligt mycket",
    "bomb by size": "orimligt mycket",
    "bomb that lies": "skadad",
    "many parts": "Fler än 2000",
    "path upwards": "otillåtet namn",
    "encrypted": "krypterad",
    "damaged": "skadad",
    "billion laughs": "DOCTYPE",
    "document type in UTF-16": "teckenkod",
    "macro type": "makron",
    "ole object": "OLE",
    "attached template": "attachedTemplate",
    "linked picture": "annan plats",
    "alt chunk by another prefix": "altChunk",
    "link to a script": "javascript",
    "dde in disguise": "DDE",
    "dde over paragraphs": "INCLUDETEXT",
    "dde by another prefix": "DDE",
}


@pytest.mark.parametrize("name", WORDS)
def test_the_reason_is_told(name: str) -> None:
    with pytest.raises(UnsafeTemplate, match=WORDS[name]):
        WordTemplate(CONTAINERS[name])


def test_the_same_part_twice_is_refused() -> None:
    with pytest.raises(UnsafeTemplate, match="två gånger"):
        WordTemplate(same_name_twice())


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
}


# Only a limit from outside stops these; all others are refused by the engine itself.
NEED_A_CHILD = ("loops over data", "doubling by set", "doubling by join", "doubling")


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name not in NEED_A_CHILD])
def test_a_hostile_template_is_refused_by_the_engine(name: str) -> None:
    begin = time.monotonic()
    with pytest.raises(TemplateError) as caught:
        WordTemplate(docx(TEMPLATES[name])).render(context())
    assert time.monotonic() - begin < SECONDS
    assert caught.value.message.endswith((".", "?"))


@pytest.mark.parametrize("name", [*NEED_A_CHILD, "times", "recursion"])
def test_a_hostile_template_is_stopped_in_a_child(name: str) -> None:
    begin = time.monotonic()
    with pytest.raises(TemplateError) as caught:
        render_in_child(docx(TEMPLATES[name]), context(), seconds=1.7, megabytes=MEGABYTES)
    assert (
        time.monotonic() - begin < SECONDS + 0.5
    )  # the half second is the machine's, for starting and stopping
    assert "Traceback" not in caught.value.message


def context() -> dict[str, object]:
    """What a hostile template is given."""
    return {"namn": "Åsa", "xs": [1, 2], "d": {"k": 1}, "many": list(range(3000)), "datum": date(2026, 1, 1)}


@pytest.mark.long
@pytest.mark.parametrize("name", TEMPLATES)
def test_every_hostile_template_is_stopped_in_a_child(name: str) -> None:
    with pytest.raises(TemplateError):
        render_in_child(docx(TEMPLATES[name]), context(), seconds=1.7, megabytes=MEGABYTES)


def test_a_good_template_renders_in_a_child_as_it_does_here() -> None:
    template = docx("{{ namn }}", "{%p for x in xs %}", "{{ x }}", "{%p endfor %}")
    context = {"namn": "Åsa", "xs": [1, 2]}
    assert render_in_child(template, context) == WordTemplate(template).render(context)


def test_a_fault_in_a_child_has_its_place() -> None:
    with pytest.raises(TemplateError) as caught:
        render_in_child(docx("rad", "{{ nam }}"), {"namn": 1})
    assert (caught.value.message, caught.value.paragraph) == ("Fältet nam finns inte. Menade du namn?", 2)


def test_hostile_files_take_little_memory() -> None:
    """All of them in one fresh process: its peak is under the limit."""
    script = (
        "import sys; sys.path.insert(0, '.')\n"
        "from tests.unit.word.test_safety import CONTAINERS, WordTemplate, UnsafeTemplate\n"
        "for data in CONTAINERS.values():\n"
        "    try: WordTemplate(data)\n"
        "    except UnsafeTemplate: pass\n"
        "    else: raise SystemExit('let through')\n"
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))\n"
    )
    if sys.platform != "linux":
        pytest.skip("mäts på Linux")
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=root, check=False
    )
    assert done.returncode == 0, done.stderr
    # The bombs themselves are made in that process and weigh 70 MB before they are packed.
    assert int(done.stdout) / 1024 < MEGABYTES + 70


def test_ordinary_links_and_fields_are_let_through() -> None:
    links = "".join(
        f'<Relationship Id="h{n}" Type="{R}/hyperlink" Target="{target}" {_EXTERNAL}/>'
        for n, target in enumerate(("https://x.se", "mailto:a@b.se", "#p7", "dokument.docx"))
    )
    assert texts(WordTemplate(docx("x {{ y }}", rels=links)).render({"y": 1})) == ["x 1"]
    for code in (" PAGE ", " SEQ Tabell", " TOC \\\\o", " REF p7", " HYPERLINK https://x.se", " DATE"):
        WordTemplate(with_field(code))


def test_the_limits_leave_this_process_alone() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    render_in_child(docx("{{ x }}"), {"x": 1})
    assert resource.getrlimit(resource.RLIMIT_AS) == before
