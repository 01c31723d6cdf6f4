"""The pack as it comes out: everything in it, in order, and nothing that stops it."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from finsam_desktop import paths
from finsam_desktop.documents.kinds import Document
from finsam_desktop.documents.pack import Pack, PackOptions, PackTools, build_pack
from finsam_desktop.domain.agenda import AgendaItem, Attachment, update
from finsam_desktop.domain.confidentiality import MaskedWord, Secret
from finsam_desktop.domain.meeting import Meeting, MeetingKind
from finsam_desktop.domain.numbering import freeze
from finsam_desktop.errors import UserError
from finsam_desktop.pdf.cache import ConversionCache
from finsam_desktop.pdf.facts_cache import FactsCache
from tests import board_pack
from tests.board_pack import BROKEN, FILES, LOCKED, Source, marks, moved, source
from tests.leaks import leaks
from tests.made_pdfs import Made, assert_whole_structure, bookmarks, link_targets, made, marker, page_texts
from tests.reference import example

TODAY = date(2026, 10, 20)


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> PackTools:
    """Without LibreOffice: the program's own pages, which are made in a moment."""
    return in_folder(tmp_path_factory.mktemp("sidor"))


def in_folder(folder: Path) -> PackTools:
    return PackTools(
        profile=folder / "profil",
        facts=FactsCache(folder / "sidor"),
        cache=ConversionCache(folder / "pdf"),
    )


def built(where: Source, tools: PackTools, **options: Any) -> Pack:
    return build_pack(where, where.meeting.id, PackOptions(**options), tools=tools, today=TODAY)


def small(*names: str, pages: int = 1, **fields: Any) -> Source:
    """A meeting with a PDF in each of its items."""
    result = Source(association=board_pack.source().association, meeting=Meeting(date=board_pack.DAY))
    items = []
    for place, name in enumerate(names, start=1):
        content = made(Made(name, pages))
        attachment = Attachment(
            id=f"b-{name}", title=name.capitalize(), file_name=f"{name}.pdf", sha256=result.keep(content)
        )
        items.append(AgendaItem(id=f"i{place}", title=f"Ärende {place}", attachments=(attachment,)))
    result.meeting = Meeting(id="möte", date=board_pack.DAY, items=tuple(items), **fields)
    return result


def changed(where: Source, attachment_id: str, **fields: Any) -> Source:
    """The same with one bilaga changed."""
    items = where.meeting.items
    for item in items:
        if any(one.id == attachment_id for one in item.attachments):
            new = tuple(replace(a, **fields) if a.id == attachment_id else a for a in item.attachments)
            items = update(items, item.id, lambda old, new=new: replace(old, attachments=new))
    return replace(where, meeting=replace(where.meeting, items=items))


def assert_everything_leads_right(pack: Pack, where: Source) -> None:
    """Every bookmark, link and line of the contents leads to the page that says it is the one."""
    texts = page_texts(pack.pdf)
    assert len(texts) == pack.pages == sum(entry.pages for entry in pack.entries)
    entries = {entry.attachment_id: entry for entry in pack.entries if entry.attachment_id}
    assert len(entries) == len(FILES)
    left_out = {problem.attachment_id for problem in pack.problems if problem.left_out}
    for attachment_id, page, mark in marks():
        if attachment_id not in left_out:
            entry = entries[attachment_id]
            text = texts[entry.first_page - 1 + page].replace("\r\n", "")
            assert mark in text, f"{attachment_id} page {page + 1}"
            assert f"sida {page + 1} ({entry.pages}) · {entry.first_page + page} ({pack.pages})" in text
    with pikepdf.open(io.BytesIO(pack.pdf)) as pdf:
        assert not pdf.check_pdf_syntax()
        assert_whole_structure(pdf)
        contents = [(target, str(note.Contents)) for page, target, note in link_targets(pdf) if page == 0]
    wanted = {(entry.first_page - 1, f"{entry.label} {entry.title}".strip()) for entry in pack.entries[1:]}
    assert set(contents) == wanted, "a line of the contents leads elsewhere"
    # The words of the contents, read as text: "Bilaga 7 … 4 14".
    words = " ".join(texts[0].replace("\xa0", " ").split())
    for entry in pack.entries[2:]:
        label = entry.label.replace("\xa0", " ")
        pattern = rf"{label}\s{entry.title}[^0-9]*\s{entry.pages}\s{entry.first_page}\b"
        assert re.search(pattern, words), f"the contents say something else of {label}"
    found = bookmarks(pack.pdf)
    ours = {title.replace("\xa0", " "): page for level, title, page in found if level <= 1}
    for entry in pack.entries[2:]:
        title = f"{entry.label} {entry.title}".replace("\xa0", " ")
        assert ours[title] == entry.first_page - 1
    for item in where.meeting.items:
        owners = [a.id for part in (item, *item.sub_items) for a in part.attachments]
        if owners:
            heading = next(
                page for title, page in ours.items() if title.endswith(item.title.replace("\xa0", " "))
            )
            assert heading == entries[owners[0]].first_page - 1
    utredning = entries["b-utredning"].first_page - 1
    inner = [
        (title, page)
        for level, title, page in found
        if level >= 2 and title in ("Inledning", "Kapitel", "Avsnitt")
    ]
    assert inner == [("Inledning", utredning), ("Kapitel", utredning + 1), ("Avsnitt", utredning + 2)]


def test_twelve_items_and_fifteen_bilagor_of_ten_kinds_without_libreoffice(tools: PackTools) -> None:
    where = source()
    pack = built(where, tools)
    assert_everything_leads_right(pack, where)
    assert {problem.attachment_id for problem in pack.problems if problem.left_out} == {
        f"b-{LOCKED}",
        f"b-{BROKEN}",
        "b-bildspel",
        "b-remiss",
    }
    again = replace(where, meeting=moved(where.meeting))
    assert_everything_leads_right(built(again, tools), again)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> PackTools:
    return PackTools.in_folder(tmp_path_factory.mktemp("kontor"))


@pytest.mark.needs_libreoffice
def test_twelve_items_and_fifteen_bilagor_of_ten_kinds(office: PackTools) -> None:
    where = source()
    pack = built(where, office)
    assert_everything_leads_right(pack, where)
    assert [problem.attachment_id for problem in pack.problems] == [f"b-{LOCKED}", f"b-{BROKEN}"]
    sizes = {entry.attachment_id: entry for entry in pack.entries}
    assert sizes["b-bildspel"].pages == 2
    again = replace(where, meeting=moved(where.meeting))
    assert_everything_leads_right(built(again, office), again)


@pytest.mark.needs_libreoffice
@pytest.mark.needs_poppler
def test_the_examples_pack_is_clean_for_screen_readers_and_other_programs(
    office: PackTools, tmp_path: Path
) -> None:
    import pdfua

    where = Source(association=example.association(), meeting=example.meeting())
    papers = {path.name.split()[0]: path for path in (paths.resources() / "example" / "bilagor").iterdir()}
    for item in where.meeting.items:
        for attachment in item.attachments:
            path = papers.get(attachment.id)
            content = path.read_bytes() if path is not None else example.docx(Document.TERTIALRAPPORT)
            name = f"{attachment.id}.docx"
            where = changed(where, attachment.id, file_name=name, sha256=where.keep(content))
    pack = built(where, office)
    assert not pack.problems
    made_file = tmp_path / pack.file_name
    made_file.write_bytes(pack.pdf)
    report = pdfua.validate(made_file)
    assert not [finding.message for finding in report.findings]
    for command in (["pdfinfo", "-struct"], ["pdftotext"], ["pdffonts"]):
        run = subprocess.run(
            [*command, str(made_file), *(["-"] if command == ["pdftotext"] else [])],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=True,
        )
        assert not run.stderr
    fonts = [line for line in run.stdout.splitlines()[2:] if line.strip()]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts), "a font is not embedded"


def test_contents_come_first_then_the_kallelse_then_the_bilagor_in_order(tools: PackTools) -> None:
    pack = built(small("avtal", "budget", pages=2), tools)
    assert [(e.label, e.title) for e in pack.entries] == [
        ("", "Innehåll"),
        ("", "Kallelse och föredragningslista"),
        ("Bilaga\xa01", "Avtal"),
        ("Bilaga\xa02", "Budget"),
    ]
    assert pack.file_name == "2026-10-29 Handlingar.pdf"
    assert pack.title.startswith("Handlingar 2026-10-29, Samordningsförbundet")
    texts = page_texts(pack.pdf)
    assert "Bilaga" not in texts[0].split("Innehåll")[0], "the contents have no stamp"
    kallelse = texts[pack.entries[1].first_page - 1]
    assert "Kallelse" in kallelse
    assert "· sida" not in kallelse
    assert f"Handlingarna omfattar {pack.pages} sidor." in " ".join(texts[0].split())


def test_the_kallelse_counts_the_pages_that_there_are(tools: PackTools) -> None:
    where = changed(small("avtal", pages=3), "b-avtal", pages=99)
    pack = built(where, tools)
    text = " ".join(page_texts(pack.pdf)[pack.entries[1].first_page - 1].split())
    assert "99" not in text


def test_stamps_say_the_point_before_the_meeting_and_the_section_after(tools: PackTools) -> None:
    where = small("avtal", "budget")
    sub = replace(where.meeting.items[1], id="sub", title="Del")
    items = (where.meeting.items[0], replace(where.meeting.items[1], attachments=(), sub_items=(sub,)))
    where = replace(where, meeting=replace(where.meeting, items=items, first_paragraph=61))
    texts = page_texts(built(where, tools).pdf)
    assert "Bilaga 1 till punkt 1 · sida 1 (1)" in texts[-2]
    assert "Bilaga 2 till punkt 2 A · sida 1 (1)" in texts[-1]
    texts = page_texts(built(where, tools, by_paragraph=True).pdf)
    assert "Bilaga 1 till § 61 · sida 1 (1)" in texts[-2].replace("\xa0", " ")
    assert "Bilaga 2 till § 62 · sida 1 (1)" in texts[-1].replace("\xa0", " ")
    sections, numbers = freeze((where.meeting,), where.meeting)
    adjusted = replace(where.meeting, frozen_paragraphs=sections, frozen_attachments=numbers)
    texts = page_texts(built(replace(where, meeting=adjusted), tools).pdf)
    assert "Bilaga 1 till § 61" in texts[-2].replace("\xa0", " ")


def test_a_file_that_is_missing_or_cannot_be_read_has_a_page_that_says_so(tools: PackTools) -> None:
    where = changed(small("avtal", "budget", "plan"), "b-budget", sha256="")

    def file(sha256: str) -> bytes:
        if sha256 == plan:
            raise UserError("Bilagans innehåll är skadat i filen.", advice="Lägg in den igen.")
        return Source.file(where, sha256)

    plan = where.meeting.items[2].attachments[0].sha256
    where.file = file  # type: ignore[method-assign]
    pack = built(where, tools)
    assert [(p.attachment_id, p.left_out, p.text) for p in pack.problems] == [
        ("b-budget", True, "Filen saknas."),
        ("b-plan", True, "Bilagans innehåll är skadat i filen."),
    ]
    assert pack.left_out == 2
    texts = page_texts(pack.pdf)
    assert "Filen saknas." in texts[-2]
    assert "Bilagans innehåll är skadat" in texts[-1]
    assert "kunde inte tas med" in texts[0]


def test_a_template_of_the_associations_that_has_a_fault_does_not_stop_the_pack(tools: PackTools) -> None:
    from finsam_desktop.domain.association import WordTemplateFile

    where = small("avtal")
    broken = where.keep(b"ingen mall")
    own = tuple(
        WordTemplateFile(document=name, file_name=f"{name}.docx", sha256=broken)
        for name in ("kallelse", "handlingar")
    )
    association = replace(where.association, word_templates=own)
    pack = built(replace(where, association=association), tools)
    assert [problem.left_out for problem in pack.problems] == [True, False]
    assert all("Mallen" in problem.text for problem in pack.problems)
    assert "Bilaga 1" in page_texts(pack.pdf)[0].replace("\xa0", " "), (
        "the program's own contents take its place"
    )


def test_a_sign_that_cannot_be_printed_does_not_stop_the_pack(tools: PackTools) -> None:
    where = small("avtal", pages=2)
    association = replace(where.association, name="Förbundet\x06")
    pack = built(replace(where, association=association), tools)
    assert pack.left_out == 1, "the kallelse"
    texts = page_texts(pack.pdf)
    words = " ".join(texts[0].replace("\xa0", " ").split())
    assert f"Bilaga 1 Avtal, 2 s, från sida {pack.entries[-1].first_page}" in words
    assert marker("avtal", 1) in texts[-1]


def test_a_supplement_has_what_is_new_and_keeps_the_numbers(tools: PackTools) -> None:
    where = small("avtal", "budget")
    with pytest.raises(UserError, match="Inga handlingar är markerade som skickade"):
        built(where, tools, supplementary=True)
    where = replace(where, meeting=board_pack.sent(where.meeting))
    with pytest.raises(UserError, match="Inga bilagor är nya eller ändrade"):
        built(where, tools, supplementary=True)
    new = small("ny")
    where.stored |= new.stored
    first = replace(new.meeting.items[0], id="i0", title="Nytt ärende")
    where.meeting = replace(where.meeting, items=(first, *where.meeting.items))
    where = changed(where, "b-budget", sha256=where.keep(made(Made("ny budget"))))
    pack = built(where, tools, supplementary=True)
    assert pack.file_name == "2026-10-29 Tilläggshandlingar.pdf"
    assert [(e.label, e.title) for e in pack.entries] == [
        ("", "Innehåll"),
        ("Bilaga\xa03", "Ny"),
        ("Bilaga\xa02", "Budget"),
    ]
    texts = page_texts(pack.pdf)
    assert "Bilaga 3 till punkt 1 · sida 1 (1) · 2 (3)" in texts[1]
    assert marker("ny budget", 0) in texts[2]
    words = " ".join(texts[0].split())
    assert "Tilläggshandlingar" in words
    assert "ersätter den som skickades tidigare" in words


def test_the_public_version_holds_nothing_that_is_kept_from_it(tools: PackTools) -> None:
    word = "Kerstin Hemligman"
    where = small("avtal", "budget", "plan")
    where.meeting = replace(
        where.meeting, masked=(MaskedWord(id="m", words=word, secret=Secret(section="26 kap. 1 §")),)
    )
    where = changed(
        where, "b-avtal", title="Hemligt avtal", confidential=True, secret=Secret(section="26 kap. 1 §")
    )
    where = changed(where, "b-budget", title=f"Budget för {word}", file_name=f"{word}.pdf")
    plan = where.keep(board_pack.word(f"plan {word}"))
    where = changed(where, "b-plan", file_name="plan.docx", sha256=plan)
    pack = built(where, tools, public=True)
    assert pack.file_name == "2026-10-29 Handlingar offentlig.pdf"
    assert not leaks(pack.pdf, ("Hemligman", "Hemligt avtal", marker("avtal", 0)), pack.file_name)
    words = " ".join(page_texts(pack.pdf)[0].replace("\xa0", " ").split())
    assert "Bilaga 1 är borttagen enligt 26 kap. 1 § OSL" in words
    assert [entry.label for entry in pack.entries[2:]] == ["Bilaga\xa02", "Bilaga\xa03"], "numbers stay"
    assert any("Hemligt avtal" in removal.what for removal in pack.removed)


def test_duplex_begins_every_paper_on_a_right_hand_page(tools: PackTools) -> None:
    pack = built(small("avtal", "budget", "plan"), tools, duplex=True)
    assert all(entry.first_page % 2 == 1 for entry in pack.entries)
    assert "Från sida" in page_texts(pack.pdf)[0]


def test_the_same_values_give_the_same_bytes(tools: PackTools, tmp_path: Path) -> None:
    where = small("avtal", "budget")
    assert built(where, tools).pdf == built(where, tools).pdf
    assert built(where, tools).pdf == built(where, in_folder(tmp_path)).pdf, "what is kept changes nothing"


def test_a_meeting_without_bilagor_has_contents_and_kallelse(tools: PackTools) -> None:
    where = small("avtal")
    where.meeting = replace(where.meeting, items=(AgendaItem(id="i", title="Öppnande"),))
    pack = built(where, tools)
    assert [entry.title for entry in pack.entries] == ["Innehåll", "Kallelse och föredragningslista"]


def test_contents_of_several_pages_count_themselves(tools: PackTools) -> None:
    names = [f"bilaga{number}" for number in range(24)]
    where = small(*names)
    pack = built(where, tools)
    assert pack.entries[0].pages > 1
    texts = page_texts(pack.pdf)
    for name, entry in zip(names, pack.entries[2:], strict=True):
        assert marker(name, 0) in texts[entry.first_page - 1]
    words = " ".join(" ".join(texts[: pack.entries[0].pages]).replace("\xa0", " ").split())
    assert re.search(rf"Bilaga 24\sBilaga23\s1\s{pack.entries[-1].first_page}\b", words)


def test_stops_when_the_user_does(tools: PackTools) -> None:
    class Stopped(Exception):
        pass

    seen: list[tuple[int, int]] = []

    def step(_what: str, done: int, total: int) -> None:
        seen.append((done, total))
        if done >= 2:
            raise Stopped

    where = small("avtal", "budget")
    with pytest.raises(Stopped):
        build_pack(where, "", PackOptions(), tools=tools, today=TODAY, step=step)
    assert seen[0] == (0, 4)
    assert all(0 <= done < total for done, total in seen)


def test_facts_that_are_kept_are_used_and_damaged_ones_are_not(tmp_path: Path) -> None:
    cache = FactsCache(tmp_path)
    pdf = made(Made("x", 2, text_at=(60, 830)))
    facts = cache.look_at(pdf)
    (kept,) = tmp_path.glob("*.sidfakta")
    kept.write_bytes(kept.read_bytes().replace(b'"tagged": false', b'"tagged": true'))
    assert cache.look_at(pdf).tagged, "read from the folder"
    kept.write_bytes(b"{nej")
    assert cache.look_at(pdf) == facts
    assert FactsCache(tmp_path / "x.sidfakta" / "y").look_at(pdf) == facts
    assert cache.number("kallelse") is None
    cache.remember("kallelse", 4)
    assert cache.number("kallelse") == 4


@pytest.mark.parametrize(
    ("kind", "first", "subtitle"),
    [
        (MeetingKind.MEMBER_CONSULTATION, "Inbjudan och föredragningslista", "Medlemssamråd torsdagen"),
        (MeetingKind.PLANNING_DAY, "Inbjudan och föredragningslista", "Planeringsdag torsdagen"),
        (MeetingKind.EXTRA, "Kallelse och föredragningslista", "Styrelsens sammanträde torsdagen"),
    ],
)
def test_meetings_of_other_kinds_have_handlingar_too(
    tools: PackTools, kind: MeetingKind, first: str, subtitle: str
) -> None:
    pack = built(small("avtal", kind=kind), tools)
    assert not pack.problems
    assert pack.entries[1].title == first
    texts = page_texts(pack.pdf)
    assert subtitle in " ".join(texts[0].replace("\xa0", " ").split())
    assert "Bilaga 1 till punkt 1 · sida 1 (1)" in texts[-1]


def test_a_cancelled_meeting_and_one_without_items_stop_nothing(tools: PackTools) -> None:
    cancelled = small("avtal", cancelled_on=TODAY)
    assert not built(cancelled, tools).problems
    empty = small()
    assert built(empty, tools).pages >= 2
