"""Whatever is wrong with a template, its author gets a message; what is rendered all the same keeps the rules."""

from __future__ import annotations

import io
import random
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from finsam_desktop.word import Markdown, Problem, TemplateError, WordTemplate, check_template, commented_copy
from tests.unit.word.building import cell, docx, para, row, run, table, zipped

NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
LISTED = (
    f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{run("{{ d }}")}</w:p>'
)
SOUND = docx(
    "{{ namn }}",
    "{%p for x in xs %}",
    para('<w:bookmarkStart w:id="1" w:name="b"/>', run("{{ x"), run(" }}"), '<w:bookmarkEnd w:id="1"/>'),
    "{%p for d in xs %}",
    LISTED,
    "{%p endfor %}",
    "{%p endfor %}",
    table(
        row("{%tr for x in xs %}", ""),
        row(cell("{% cellbg f %}{{ x }}"), cell("{%p if namn %}", "a", "{%p endif %}")),
        row("{%tr endfor %}", ""),
    ),
    table(row("{%tc for x in xs %}", "{% hm %}{{ namn }}", "{%tc endfor %}")),
    "{{p md }}",
    "{%r if namn %}a{%r endif %}{{r namn }}",
    numbering=NUMBERING,
    parts={
        "header1": para("{{ namn }}"),
        "footnotes": f'<w:footnote w:id="2">{para("{{ namn }}")}</w:footnote>',
    },
    section='<w:headerReference w:type="default" r:id="header1"/>',
    core="<dc:title>{{ namn }}</dc:title>",
)
CONTEXT = {"namn": "Åsa & <b>", "xs": ["1", "2"], "f": "D5DCE0", "md": Markdown("1. a\n2. **b**\n\n# R")}
TAGS = (
    "{{",
    "}}",
    "{%p endfor %}",
    "{%tr if x %}",
    "{% endif %}",
    "{{p md }}",
    "{%r for a in xs %}",
    "{#",
    "{% hm %}",
    "{{r md }}",
)
VALUES = (
    "",
    "0",
    "-1",
    "x",
    "99999999999999999999",
    "{{ namn }}",
    "åäö",
    "Normal",
    "rId1",
    "word/document.xml",
)


def damaged(chance: random.Random) -> bytes:
    """The sound template with a few things done to it."""
    with zipfile.ZipFile(io.BytesIO(SOUND)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(chance.randint(1, 4)):
        name = chance.choice(sorted(parts))
        root = etree.fromstring(parts[name])
        element = chance.choice(list(root.iter()))
        parent = element.getparent()
        what = chance.randrange(6)
        if what == 0 and parent is not None:
            parent.remove(element)
        elif what == 1 and parent is not None:
            parent.insert(chance.randrange(len(parent) + 1), element)
        elif what == 2 and element.attrib:
            element.set(chance.choice(list(element.attrib)), chance.choice(VALUES))
        elif what == 3:
            element.text = (element.text or "") + chance.choice(TAGS)
        elif what == 4:
            texts = [node for node in root.iter() if node.text and node.text.strip()]
            if texts:
                node = chance.choice(texts)
                at = chance.randrange(len(node.text or "") + 1)
                node.text = (node.text or "")[:at] + chance.choice(TAGS) + (node.text or "")[at:]
        elif parent is not None:
            parent.tag, element.tag = element.tag, parent.tag
        parts[name] = etree.tostring(root)
    return zipped(parts)


@settings(max_examples=120)
@given(st.integers(min_value=0, max_value=10**9))
def test_damage_is_told_and_never_a_crash(seed: int) -> None:
    template = damaged(random.Random(seed))
    problems = check_template(template, {"namn", "xs", "f", "md"})
    assert all(isinstance(problem, Problem) and problem.message for problem in problems)
    try:
        commented_copy(template, problems)
        document = WordTemplate(template).render(CONTEXT)
    except TemplateError as error:
        assert error.message.endswith((".", "?", ":", "”"))  # noqa: PT017  one of many outcomes
        return
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


def test_the_sound_template_is_sound() -> None:
    assert check_template(SOUND, {"namn", "xs", "f", "md"}) == []
    WordTemplate(SOUND).render(CONTEXT)
