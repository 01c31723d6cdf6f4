"""Paragraphs of a Word file as Markdown, and Markdown as the paragraphs it becomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from finsam_desktop.word.markdown_blocks import Block, Run, Table, blocks_text, cell_text
from finsam_desktop.word.package import pack, write_package
from finsam_desktop.word.reading import WordParagraph, read_word
from finsam_desktop.word.values import Markdown

_LINKS = ("http://", "https://", "mailto:", "tel:")


def as_markdown(paragraphs: Sequence[WordParagraph], *, shift: int = 0) -> str:
    """The paragraphs as Markdown: lists, tables, headings, bold, italic and links; every word is kept.

    ``shift`` is taken from each heading's level, as ``Markdown.shift`` adds it.
    """
    blocks: list[Block | Table] = []
    table: tuple[int, int] | None = None
    for one in paragraphs:
        runs = [_run(run) for run in one.runs]
        if one.cell is None:
            table = None
            level = one.level + 1 if one.bullets else 0
            heading = min(6, max(1, one.outline - shift)) if one.outline else 0
            blocks.append(
                Block(level=level, ordered=one.bullets == "number", heading=heading, runs=_trimmed(runs))
            )
            continue
        number, row, column = one.cell
        if table is None or table[0] != number:
            blocks.append(Table())
            table = (number, -1)
        grid = blocks[-1]
        assert isinstance(grid, Table)
        if table[1] != row:
            grid.rows.append([])
            table = (number, row)
        cells = grid.rows[-1]
        cells += [""] * (column + 1 - len(cells))
        text = cell_text([Run(" ") if run.text == "\n" else run for run in runs])
        cells[column] = f"{cells[column]} {text}".strip()
    return blocks_text(blocks)


def _run(run: object) -> Run:
    text, bold, italic, link = run.text, run.bold, run.italic, run.link  # type: ignore[attr-defined]
    return Run(text.replace("\t", " "), bold, italic, link if link.lower().startswith(_LINKS) else "")


def _trimmed(runs: list[Run]) -> list[Run]:
    """Line breaks as runs of their own, so that a look that goes over one is not taken for text."""
    found: list[Run] = []
    for run in runs:
        for place, line in enumerate(run.text.split("\n")):
            if place:
                found.append(Run("\n"))
            if line:
                found.append(Run(line, *run.look))
    return found


@lru_cache(maxsize=4096)
def markdown_paragraphs(text: str, shift: int = 0) -> tuple[WordParagraph, ...]:
    """The paragraphs that the text becomes in a document, as they are read back from one."""
    return _printed(Markdown(text, shift=shift))


def printed_paragraphs(blocks: Iterable[object]) -> tuple[WordParagraph, ...]:
    """The paragraphs that blocks such as tables become in a document."""
    return _printed(list(blocks))


def _printed(value: object) -> tuple[WordParagraph, ...]:
    found = read_word(_template().render({"x": value}), "texten").paragraphs()
    first = next((one.cell[0] for one in found if one.cell is not None), 0)
    return tuple(
        one if one.cell is None else replace(one, cell=(one.cell[0] - first, *one.cell[1:])) for one in found
    )


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@lru_cache(maxsize=1)
def _template():  # type: ignore[no-untyped-def]
    """The least template there is: one paragraph that becomes the blocks."""
    from finsam_desktop.word.template import WordTemplate

    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": "<Relationships"
        ' xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{_W}"><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/></w:style></w:styles>',
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>{{{{p x }}}}</w:t></w:r></w:p>'
        "<w:sectPr/></w:body></w:document>",
    }  # fmt: skip
    return WordTemplate(write_package({name: pack((head + text).encode()) for name, text in parts.items()}))
