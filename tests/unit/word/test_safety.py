"""Hostile files and templates: all refused, none for long and none with much memory."""

from __future__ import annotations

import time

import pytest

from finsam_desktop.word import TemplateError, UnsafeTemplate, WordTemplate
from tests.unit.word.building import R, docx, texts
from tests.unit.word.hostile import CONTAINERS, EXTERNAL, NEED_A_CHILD, TEMPLATES, with_field
from tests.unit.word.hostile_context import context

SECONDS = 2.0
"""Of its own work: a busy machine makes nothing slower."""


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_hostile_file_is_refused_before_it_is_used(name: str) -> None:
    begin = time.thread_time()
    with pytest.raises(UnsafeTemplate) as caught:
        WordTemplate(CONTAINERS[name])
    assert time.thread_time() - begin < SECONDS
    assert caught.value.message.endswith((".", '"')) or ":" in caught.value.message


WORDS = {
    "not a zip": "inte en Word-fil",
    "old format": "lösenord",
    "bomb by ratio": "orimligt mycket",
    "bomb by size": "orimligt mycket",
    "bomb that lies": "skadad",
    "many parts": "Fler än 2000",
    "same part twice": "två gånger",
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


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name not in NEED_A_CHILD])
def test_a_hostile_template_is_refused_by_the_engine(name: str) -> None:
    begin = time.thread_time()
    with pytest.raises(TemplateError) as caught:
        WordTemplate(docx(TEMPLATES[name])).render(context())
    assert time.thread_time() - begin < SECONDS
    assert caught.value.message.endswith((".", "?"))


def test_ordinary_links_and_fields_are_let_through() -> None:
    links = "".join(
        f'<Relationship Id="h{n}" Type="{R}/hyperlink" Target="{target}" {EXTERNAL}/>'
        for n, target in enumerate(("https://x.se", "mailto:a@b.se", "#p7", "dokument.docx"))
    )
    assert texts(WordTemplate(docx("x {{ y }}", rels=links)).render({"y": 1})) == ["x 1"]
    for code in (" PAGE ", " SEQ Tabell", " TOC \\\\o", " REF p7", " HYPERLINK https://x.se", " DATE"):
        WordTemplate(with_field(code))
