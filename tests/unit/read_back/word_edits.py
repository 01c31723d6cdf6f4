"""Edits of a finished Word file, made as Word makes them: split runs, tracked changes, moved and removed paragraphs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
WHEN = "2026-11-12T09:30:00Z"


def w(name: str) -> str:
    return f"{{{W}}}{name}"


class Edited:
    """A .docx being edited by hand. ``docx`` gives the file."""

    def __init__(self, docx: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.root = etree.fromstring(self.parts["word/document.xml"])
        self._id = 9000

    @property
    def docx(self) -> bytes:
        parts = {
            **self.parts,
            "word/document.xml": etree.tostring(self.root, encoding="UTF-8", xml_declaration=True),
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return out.getvalue()

    def paragraphs(self) -> list[Any]:
        return list(self.root.iter(w("p")))

    def find(self, words: str, nth: int = 0) -> Any:
        """The paragraph that holds the words."""
        found = [one for one in self.paragraphs() if words in text_of(one)]
        return found[nth]

    def replace(self, old: str, new: str) -> Any:
        """Exchange words in a paragraph, as a person does who types over them."""
        paragraph = self.find(old)
        set_text(paragraph, text_of(paragraph).replace(old, new, 1))
        return paragraph

    def type_over(self, old: str, new: str) -> None:
        """Exchange words inside one run; its look and all else stay."""
        node = next(one for one in self.root.iter(w("t")) if old in (one.text or ""))
        node.text = (node.text or "").replace(old, new, 1)

    def add_after(self, paragraph: Any, text: str) -> Any:
        """A new paragraph with the look of the one it comes after."""
        new = etree.Element(w("p"))
        properties = paragraph.find(w("pPr"))
        if properties is not None:
            new.append(deepcopy(properties))
        paragraph.addnext(new)
        set_text(new, text)
        return new

    def remove(self, paragraph: Any) -> None:
        paragraph.getparent().remove(paragraph)

    def tracked_replace(self, old: str, new: str, author: str = "Birgitta Almkvarn") -> Any:
        """Exchange words with tracked changes on."""
        paragraph = self.find(old)
        before, after = text_of(paragraph).split(old, 1)
        set_text(paragraph, before)
        for tag, inner, words in (("del", "delText", old), ("ins", "t", new)):
            if words:
                change = self._change(tag, author)
                run = etree.SubElement(change, w("r"))
                node = etree.SubElement(run, w(inner))
                node.text = words
                node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                paragraph.append(change)
        for run in _runs(after):
            paragraph.append(run)
        return paragraph

    def tracked_removal(self, paragraph: Any, author: str = "Birgitta Almkvarn") -> None:
        """A whole paragraph taken away with tracked changes on."""
        text = text_of(paragraph)
        set_text(paragraph, "")
        change = self._change("del", author)
        node = etree.SubElement(etree.SubElement(change, w("r")), w("delText"))
        node.text = text
        paragraph.append(change)
        self._mark(paragraph, "del", author)

    def tracked_paragraph_after(self, paragraph: Any, text: str, author: str = "Birgitta Almkvarn") -> Any:
        """A new paragraph with tracked changes on."""
        new = self.add_after(paragraph, "")
        change = self._change("ins", author)
        for run in _runs(text):
            change.append(run)
        new.append(change)
        self._mark(new, "ins", author)
        return new

    def split_runs(self, paragraph: Any, every: int = 3) -> None:
        """The same words in many runs with spelling marks between, as Word leaves them after typing."""
        text = text_of(paragraph)
        set_text(paragraph, "")
        for at in range(0, len(text), every):
            for run in _runs(text[at : at + every]):
                run.set(w("rsidR"), f"00{at:06X}")
                paragraph.append(run)
            paragraph.append(etree.Element(w("proofErr"), {w("type"): "spellStart"}))

    def comment(self, paragraph: Any, text: str, author: str = "Birgitta Almkvarn", reply: str = "") -> None:
        """A comment about the whole paragraph; ``reply`` is an answer to it, which resolves it."""
        entries, states = "", ""
        for number, (words, by) in enumerate([(text, author), (reply, "Ola Rimfors")]):
            if not words:
                continue
            entries += (
                f'<w:comment w:id="{number}" w:author="{by}" w:date="{WHEN}" w:initials="X">'
                f'<w:p w14:paraId="0000000{number + 1}"><w:r><w:t>{words}</w:t></w:r></w:p></w:comment>'
            )
            parent = ' w15:paraIdParent="00000001"' if number else ""
            states += (
                f'<w15:commentEx w15:paraId="0000000{number + 1}"{parent} w15:done="{int(bool(reply))}"/>'
            )
        w15 = "http://schemas.microsoft.com/office/word/2012/wordml"
        self.parts["word/comments.xml"] = (
            f'<w:comments xmlns:w="{W}" xmlns:w14="{W14}">{entries}</w:comments>'.encode()
        )
        self.parts["word/commentsExtended.xml"] = (
            f'<w15:commentsEx xmlns:w15="{w15}">{states}</w15:commentsEx>'.encode()
        )
        rels = self.parts["word/_rels/document.xml.rels"].decode()
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        more = (
            f'<Relationship Id="rIdC1" Type="{office}/comments" Target="comments.xml"/>'
            '<Relationship Id="rIdC2" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended"'
            ' Target="commentsExtended.xml"/>'
        )
        self.parts["word/_rels/document.xml.rels"] = rels.replace(
            "</Relationships>", f"{more}</Relationships>"
        ).encode()
        first = 1 if paragraph.find(w("pPr")) is not None else 0
        for number in range(2 if reply else 1):
            paragraph.insert(first, etree.Element(w("commentRangeStart"), {w("id"): str(number)}))
            paragraph.append(etree.Element(w("commentRangeEnd"), {w("id"): str(number)}))
            run = etree.SubElement(paragraph, w("r"))
            etree.SubElement(run, w("commentReference"), {w("id"): str(number)})

    def _change(self, tag: str, author: str) -> Any:
        self._id += 1
        return etree.Element(w(tag), {w("id"): str(self._id), w("author"): author, w("date"): WHEN})

    def _mark(self, paragraph: Any, tag: str, author: str) -> None:
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = etree.Element(w("pPr"))
            paragraph.insert(0, properties)
        look = properties.find(w("rPr"))
        if look is None:
            look = etree.SubElement(properties, w("rPr"))
        look.insert(0, self._change(tag, author))


def text_of(paragraph: Any) -> str:
    """The paragraph's words, tabs and line breaks, as a person sees them."""
    signs = {w("tab"): "\t", w("br"): "\n", w("noBreakHyphen"): "-"}
    return "".join(
        (one.text or "") if one.tag == w("t") else signs[one.tag]
        for one in paragraph.iter(w("t"), *signs)
        if one.tag == w("t") or one.getparent().tag == w("r")
    )


def set_text(paragraph: Any, text: str) -> None:
    """Write other words in the paragraph; its look, bookmarks and breaks of section stay."""
    for child in list(paragraph):
        if child.tag not in (w("pPr"), w("bookmarkStart"), w("bookmarkEnd")):
            paragraph.remove(child)
    for run in _runs(text):
        paragraph.append(run)


def _runs(text: str) -> list[Any]:
    runs = []
    for place, line in enumerate(text.split("\n")):
        for column, piece in enumerate(line.split("\t")):
            run = etree.Element(w("r"))
            if place and not column:
                etree.SubElement(run, w("br"))
            if column:
                etree.SubElement(run, w("tab"))
            node = etree.SubElement(run, w("t"))
            node.text = piece
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            runs.append(run)
    return runs


def every(paragraphs: list[Any], wanted: Callable[[str], bool]) -> list[Any]:
    return [one for one in paragraphs if wanted(text_of(one))]
