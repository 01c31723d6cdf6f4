"""What is pasted keeps every word in order, and only the look that the template knows."""

from __future__ import annotations

import html as html_text
import io
import re

import pytest
from docx import Document as WordDocument
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.word import Markdown, WordTemplate
from finsam_desktop.word.pasted import markdown_from_html

FROM_WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p {color:red} --></style></head><body>
<p class=MsoNormal><span style='font-family:"Arial";color:red'>Enligt <b>förbundsordningen</b> ska&nbsp;samråd hållas
varje <i>år</i>.<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>
Regionen kallar<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span>1.<span>&nbsp;</span>
</span><![endif]>senast i maj</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]>·<![endif]>Alla
medlemmar kommer</p>
<p class=MsoNormal>Slut.</p></body></html>
"""


def printed(markdown: str) -> list[str]:
    """The paragraphs and cells that the Word engine prints for the Markdown."""
    template = WordDocument()
    template.add_paragraph("{{p text }}")
    buffer = io.BytesIO()
    template.save(buffer)
    document = WordDocument(io.BytesIO(WordTemplate(buffer.getvalue()).render({"text": Markdown(markdown)})))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(p.text for p in document.paragraphs), *cells]


def test_words_own_lists_become_lists() -> None:
    assert markdown_from_html(FROM_WORD) == (
        "Enligt **förbundsordningen** ska\u00a0samråd hållas varje *år*.\n\n"
        "- Regionen kallar\n   1. senast i maj\n- Alla medlemmar kommer\n\nSlut."
    )


def test_a_web_page_keeps_headings_nested_lists_links_and_tables() -> None:
    page = (
        "<h2>Beslut</h2><ul><li>ett<ol><li>under</li></ol></li><li><p>två</p></li></ul>"
        "<table><tr><th>Post</th><th>tkr</th></tr><tr><td>A|B</td><td>−286</td></tr></table>"
        "<p>Läs <a href='https://www.finsam.se/'>mer</a> <a href='javascript:x()'>här</a></p><script>alert(1)</script>"
    )
    assert markdown_from_html(page) == (
        "## Beslut\n\n- ett\n   1. under\n- två\n\n| Post | tkr |\n| --- | --- |\n| A\\|B | −286 |\n\n"
        "Läs [mer](https://www.finsam.se/) här"
    )


def test_a_wrapper_that_says_bold_and_means_nothing_is_no_bold() -> None:
    assert markdown_from_html(
        "<b style='font-weight:normal'><p>Vanlig <span style='font-weight:700'>fet</span></p></b>"
    ) == ("Vanlig **fet**")


def test_marks_of_markdown_in_the_text_are_printed_as_they_stand() -> None:
    text = "- inte lista, 5*3*2 _ord_ [a](b) # och 1. så"
    assert printed(markdown_from_html(f"<p>{text}</p>")) == [text]
    assert printed(markdown_from_html("<p>1. inte heller</p>")) == ["1. inte heller"]


def test_nothing_but_look_is_nothing() -> None:
    for empty in (
        "",
        "<p> </p>",
        "<style>p {}</style>",
        "<img src='x.png'>",
        "<table><tr><td></td></tr></table>",
    ):
        assert markdown_from_html(empty) == ""


def test_broken_html_still_gives_its_words() -> None:
    assert (
        markdown_from_html("<ul><li>ett<li>två</ul><td>löst</p> <b>fet") == "- ett\n- två\n\nlöst\n\n**fet**"
    )


WORDS = st.text(
    st.characters(whitelist_categories=("L", "N", "P", "S"), blacklist_characters="\u2028\u2029"), min_size=1
)
INLINE = st.tuples(
    st.sampled_from(["{}", "<b>{}</b>", "<i>{}</i>", "<span style='color:red'>{}</span>"]), WORDS
)
PARAGRAPH = st.lists(INLINE, min_size=1, max_size=4)


@given(st.lists(st.tuples(st.sampled_from(["p", "li", "h3", "td"]), PARAGRAPH), min_size=1, max_size=5))
def test_no_word_is_lost_on_the_way_from_the_clipboard_to_paper(parts) -> None:
    pieces: list[str] = []
    expected: list[str] = []
    for tag, inline in parts:
        inner = " ".join(shape.format(html_text.escape(word)) for shape, word in inline)
        wrap = {"li": "<ul><li>{}</li></ul>", "td": "<table><tr><td>{}</td></tr></table>"}.get(
            tag, f"<{tag}>{{}}</{tag}>"
        )
        pieces.append(wrap.replace("{}", inner))
        expected += [word for _, word in inline]
    paper = re.sub(r"\s", "", "".join(printed(markdown_from_html("".join(pieces)))))
    # Tables are listed after the paragraphs here, so each word is looked for on its own.
    for word in expected:
        assert word in paper


@pytest.mark.parametrize(
    "mark", ["<![if !supportEmptyParas]>", "<![endif]>", "<![C9ATA[ x ]]>", "<![CDATA[x]]>"]
)
def test_marks_of_office_lose_no_words(mark: str) -> None:
    read = markdown_from_html(f"<p>Styrelsen beslutar{mark} att bifalla</p><p>Nästa</p>")
    assert "Styrelsen beslutar" in read
    assert "att bifalla" in read
    assert "Nästa" in read
