"""What a Word file says: tracked changes accepted or not, fields of page numbers, tables, boxes, notes, comments."""

from __future__ import annotations

import io
import zipfile

import pytest

from finsam_desktop.word import UnsafeTemplate
from finsam_desktop.word.as_markdown import as_markdown, markdown_paragraphs
from finsam_desktop.word.reading import WordText, read_word
from tests.unit.read_back.word_edits import W

BY = 'w:author="Eva" w:date="2026-11-12T09:30:00Z"'
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(body: str, **parts: str) -> bytes:
    """A Word file with this body; ``parts`` are others, such as header, by the name of their relationship."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    rels = "".join(
        f'<Relationship Id="r{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for name in parts
    )
    spaces = f'xmlns:w="{W}" xmlns:r="{_OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml"'
        f' ContentType="{kind}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELS}">{rels}</Relationships>',
        "word/document.xml": f"<w:document {spaces}><w:body>{body}<w:sectPr/></w:body></w:document>",
        **{f"word/{name}.xml": f"<w:hdr {spaces}>{content}</w:hdr>" for name, content in parts.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def p(*parts: str, mark: str = "") -> str:
    properties = f"<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>" if mark else ""
    return f"<w:p>{properties}{''.join(parts)}</w:p>"


def r(text: str, kind: str = "t") -> str:
    return f'<w:r><w:{kind} xml:space="preserve">{text}</w:{kind}></w:r>'


def ins(*parts: str) -> str:
    return f'<w:ins w:id="1" {BY}>{"".join(parts)}</w:ins>'


def gone(text: str) -> str:
    return f'<w:del w:id="2" {BY}>{r(text, "delText")}</w:del>'


def both(word: WordText) -> tuple[list[str], list[str]]:
    """The file with everything accepted, and as it was."""
    return [one.key for one in word.paragraphs()], [one.key for one in word.paragraphs(word.every)]


def test_tracked_words_are_read_both_ways() -> None:
    word = read_word(docx(p(r("Ett "), gone("gammalt"), ins(r("nytt")), r(" ord"))))
    assert both(word) == (["Ett nytt ord"], ["Ett gammalt ord"])
    (one,) = word.revisions
    assert (one.kind, one.author, one.removed, one.added) == ("change", "Eva", "gammalt", "nytt")
    assert str(one.at) == "2026-11-12 09:30:00"


def test_changes_apart_are_changes_of_their_own() -> None:
    word = read_word(docx(p(ins(r("A")), r(" mitt "), ins(r("B")))))
    assert [one.added for one in word.revisions] == ["A", "B"]
    assert [one.key for one in word.paragraphs({1})] == ["mitt B"]


def test_words_that_someone_put_in_and_another_took_away_are_in_neither() -> None:
    nested = f'<w:ins w:id="1" {BY}><w:del w:id="2" w:author="Ola">{r("x", "delText")}</w:del></w:ins>'
    word = read_word(docx(p(r("Kvar "), nested)))
    assert both(word) == (["Kvar"], ["Kvar"])


def test_a_removed_paragraph_mark_joins_and_a_new_one_divides() -> None:
    first = p(r("Ett "), mark=f'<w:del w:id="3" {BY}/>')
    assert both(read_word(docx(first + p(r("två"))))) == (["Ett två"], ["Ett", "två"])
    first = p(r("Ett "), mark=f'<w:ins w:id="3" {BY}/>')
    assert both(read_word(docx(first + p(r("två"))))) == (["Ett", "två"], ["Ett två"])


def test_moved_words_stand_where_they_were_or_where_they_are() -> None:
    moved = (
        p(f'<w:moveFrom w:id="1" {BY}>{r("Flyttat")}</w:moveFrom>', mark=f'<w:moveFrom w:id="5" {BY}/>')
        + p(r("Mitten"))
        + p(f'<w:moveTo w:id="2" {BY}>{r("Flyttat")}</w:moveTo>', mark=f'<w:moveTo w:id="6" {BY}/>')
        + p(r("Slut"))
    )
    word = read_word(docx(moved))
    assert both(word) == (["Mitten", "Flyttat", "Slut"], ["Flyttat", "Mitten", "Slut"])
    assert {one.kind for one in word.revisions} == {"move"}


def test_rows_that_came_or_went() -> None:
    def row(text: str, mark: str) -> str:
        return f"<w:tr><w:trPr>{mark}</w:trPr><w:tc>{p(r(text))}</w:tc></w:tr>"

    came, went = f'<w:ins w:id="1" {BY}/>', f'<w:del w:id="2" {BY}/>'
    table = f"<w:tbl>{row('ny', came)}{row('borta', went)}{row('kvar', '')}</w:tbl>"
    assert both(read_word(docx(table))) == (["ny", "kvar"], ["borta", "kvar"])


def test_a_change_of_look_changes_no_words() -> None:
    run = f'<w:r><w:rPr><w:b/><w:rPrChange w:id="1" {BY}/></w:rPr><w:t>ord</w:t></w:r>'
    word = read_word(docx(p(run)))
    assert both(word) == (["ord"], ["ord"])
    assert [(one.kind, one.added) for one in word.revisions] == [("format", "ord")]


def test_page_numbers_are_no_words_and_other_fields_are() -> None:
    def field(code: str, shown: str) -> str:
        def char(kind: str) -> str:
            return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

        return f"{char('begin')}{r(code, 'instrText')}{char('separate')}{r(shown)}{char('end')}"

    body = p(r("Sida "), field(" PAGEREF x ", "17"), r(" och "), field(" REF y ", "§ 4"))
    simple = p('<w:fldSimple w:instr="NUMPAGES">' + r("9") + "</w:fldSimple>" + r(" sidor"))
    assert both(read_word(docx(body + simple)))[0] == ["Sida och § 4", "sidor"]


def test_boxes_controls_links_headers_and_one_of_two_forms_are_read() -> None:
    box = f"<w:txbxContent>{p(r('I rutan'))}</w:txbxContent>"
    alternate = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = (
        f"<w:sdt><w:sdtContent>{p(r('Styrd'))}</w:sdtContent></w:sdt>"
        + p(r("Före "), "<w:hyperlink>", r("länk"), "</w:hyperlink>", alternate)
        + p("<w:smartTag>" + r("smart") + "</w:smartTag>")
    )
    word = read_word(docx(body, header=p(r("Huvud"))))
    assert [(one.part, one.key) for one in word.paragraphs()] == [
        ("body", "Styrd"), ("body", "Före länk"), ("textbox", "I rutan"), ("body", "smart"), ("header", "Huvud"),
    ]  # fmt: skip


def test_tables_in_tables_are_read_to_the_depth_that_xml_is() -> None:
    def nested(depth: int) -> bytes:
        table = p(r("innerst"))
        for _ in range(depth):
            table = f"<w:tbl><w:tr><w:tc>{table}</w:tc></w:tr></w:tbl>"
        return docx(table)

    assert [one.key for one in read_word(nested(80)).paragraphs()] == ["innerst"]
    with pytest.raises(UnsafeTemplate):
        read_word(nested(200))


def test_spaces_and_unseen_marks_are_no_difference() -> None:
    one = read_word(
        docx(p(r("12\u00a0000 kr, a\u00adb"), "<w:r><w:noBreakHyphen/></w:r>", r("c")))
    ).paragraphs()
    assert one[0].key == "12 000 kr, ab-c"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", docx("<w:p>")])
def test_what_is_no_sound_file_is_refused(content: bytes) -> None:
    with pytest.raises(UnsafeTemplate):
        read_word(content, "x.docx")


@pytest.mark.parametrize(
    "text",
    [
        "Ett stycke.\n\nEtt till med **fet** och *kursiv* text.",
        "- ett\n- två\n   - inuti\n\n1. först\n1. sedan",
        "# Rubrik\n\nrad ett\nrad två",
        "| a | b |\n| --- | --- |\n| 1 | \\*2\\* |",
        "Se [sidan](https://www.example.se) nu",
        "\\- inget streck, 1\\. ingen siffra, snake_case och 2 \\* 3",
    ],
)
def test_markdown_printed_and_read_is_the_same(text: str) -> None:
    printed = markdown_paragraphs(text)
    again = markdown_paragraphs(as_markdown(printed))
    assert [(one.key, one.bullets, one.level, one.outline) for one in again] == [
        (one.key, one.bullets, one.level, one.outline) for one in printed
    ]
    assert [run.look for one in again for run in one.runs] == [
        run.look for one in printed for run in one.runs
    ]
