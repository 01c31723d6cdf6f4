"""Several PDFs as one: every bookmark and link leads to the page it is about, and nothing unwanted comes along."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from finsam_desktop import paths
from finsam_desktop.errors import UserError
from finsam_desktop.pdf.merge import LinkTo, Merged, Part, first_pages, merge
from finsam_desktop.pdf.page_facts import look_at
from tests.made_pdfs import (
    A4,
    Made,
    assert_whole_structure,
    bookmarks,
    link_targets,
    made,
    marker,
    page_texts,
)

FONTS = paths.resources() / "fonts"


def merged(*parts: Part, **options: Any) -> Merged:
    return merge(parts, title="Handlingar", fonts=FONTS, **options)


def part(how: Made, **fields: Any) -> Part:
    return Part(title=how.name, pdf=made(how), **fields)


def opened(result: Merged) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(result.pdf))


def edited(how: Made, change: Any) -> bytes:
    """A PDF with something more in it."""
    with pikepdf.open(io.BytesIO(made(how))) as pdf:
        change(pdf)
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()


def test_parts_follow_each_other_and_every_page_is_there() -> None:
    result = merged(part(Made("ett", 2)), part(Made("två", 3)), part(Made("tre")))
    assert (result.first_pages, result.pages, result.total) == ((1, 3, 6), (2, 3, 1), 6)
    expected = [marker("ett", 0), marker("ett", 1), *(marker("två", n) for n in range(3)), marker("tre", 0)]
    assert [text.strip() for text in page_texts(result.pdf)] == expected


def test_own_bookmarks_are_nested_under_ours_and_lead_to_the_same_pages() -> None:
    tree = (("Inledning", 0, ()), ("Ekonomi", 1, (("Tabell", 2, ()), ("Not", 1, ()))), ("Utan mål", -1, ()))
    result = merged(
        part(Made("kallelse", 2)),
        Part(title="5 Ekonomi", pdf=None),
        part(Made("bilaga", 3, outline=tree), level=1),
        part(Made("bilaga 2", 1, outline=(("Ekonomi", 0, ()),)), level=1),
    )
    assert bookmarks(result.pdf) == [
        (0, "kallelse", 0),
        (0, "5 Ekonomi", 2),
        (1, "bilaga", 2),
        (2, "Inledning", 2),
        (2, "Ekonomi", 3),
        (3, "Tabell", 4),
        (3, "Not", 3),
        (2, "Utan mål", None),
        (1, "bilaga 2", 5),
        (2, "Ekonomi", 5),
    ]
    assert result.first_pages == (1, 3, 3, 6)
    with opened(result) as pdf:
        heading = pdf.Root.Outlines.Last
        assert int(heading.Count) > 0, "an item is open"
        assert int(heading.First.Count) < 0, "a bilaga's own bookmarks are folded"
        assert int(pdf.Root.Outlines.Count) == 4, "what is seen when nothing has been unfolded"


@pytest.mark.parametrize("manner", ["direct", "name", "old name", "action"])
def test_links_within_a_part_lead_to_its_own_pages(manner: str) -> None:
    links = ((0, 2, manner), (2, 0, manner), (1, 1, manner))
    result = merged(part(Made("ett", 3, links=links)), part(Made("två", 3, links=links)))
    with opened(result) as pdf:
        assert [(a, b) for a, b, _ in link_targets(pdf)] == [(0, 2), (1, 1), (2, 0), (3, 5), (4, 4), (5, 3)]


def test_a_link_of_ours_leads_to_its_part_and_is_described() -> None:
    def linked(pdf: pikepdf.Pdf) -> None:
        note = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([50, 690, 200, 710]),
            A=Dictionary(S=Name.URI, URI=String("https://x.invalid/2")),
        )
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    contents = edited(Made("innehåll"), linked)
    links = {"https://x.invalid/2": LinkTo(part=2, words="Bilaga 1 Avtal")}
    result = merged(
        Part(title="Innehåll", pdf=contents, links=links), part(Made("ett", 2)), part(Made("avtal"))
    )
    with opened(result) as pdf:
        ((source, target, note),) = link_targets(pdf)
        assert (source, target, str(note.Contents)) == (0, 3, "Bilaga 1 Avtal")
        assert "/A" not in note


def test_duplex_begins_every_part_on_a_right_hand_page() -> None:
    result = merged(
        part(Made("a", 1)), part(Made("b", 2)), part(Made("c", 3)), part(Made("d", 1)), duplex=True
    )
    assert (result.first_pages, result.total) == ((1, 3, 5, 9), 9)
    texts = [text.strip() for text in page_texts(result.pdf)]
    assert [n for n, text in enumerate(texts, start=1) if not text] == [2, 8]
    assert texts[8] == marker("d", 0)


@given(st.lists(st.integers(0, 6), max_size=12), st.booleans())
def test_first_pages_add_up(counts: list[int], duplex: bool) -> None:
    firsts, total = first_pages(counts, duplex=duplex)
    here = 0
    for first, count in zip(firsts, counts, strict=True):
        if count:
            assert first > here
            assert first % 2 == 1 if duplex else first == here + 1
            here = first + count - 1
    assert total == here


def test_the_stamp_says_which_page_of_what() -> None:
    result = merged(part(Made("kallelse", 2)), part(Made("bilaga", 3), stamp="Bilaga 1 till punkt 7 B"))
    texts = page_texts(result.pdf)
    assert "Bilaga" not in texts[0]
    for number in range(3):
        assert f"Bilaga 1 till punkt 7 B · sida {number + 1} (3) · {number + 3} (5)" in texts[2 + number]


def test_title_language_and_what_is_claimed() -> None:
    def claims(pdf: pikepdf.Pdf) -> None:
        with pdf.open_metadata() as metadata:
            metadata["pdfuaid:part"] = "1"
            metadata["pdfaid:part"] = "2"

    good = edited(Made("ett", tagged=True), claims)
    true = merge(
        [Part(title="a", pdf=good), Part(title="b", pdf=good)], title="Handlingar <&> 2026", fonts=FONTS
    )
    assert true.accessible
    with opened(true) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Handlingar <&> 2026"
        assert metadata["pdfuaid:part"] == "1"
        assert "pdfaid:part" not in metadata, "that every file from outside is PDF/A cannot be known"
        assert str(pdf.Root.Lang) == "sv-SE"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
    mixed = merged(Part(title="a", pdf=good), part(Made("otaggad")))
    with opened(mixed) as pdf, pdf.open_metadata() as metadata:
        assert "pdfuaid:part" not in metadata
    assert not mixed.accessible
    assert mixed.tagged == (True, False)
    silent = merged(Part(title="a", pdf=good), part(Made("taggad", tagged=True)))
    assert not silent.accessible, "a part that does not say so itself is not said to be"


def test_the_same_parts_give_the_same_bytes() -> None:
    parts = (part(Made("ett", 2, tagged=True), stamp="Bilaga 1 till punkt 1"), part(Made("två")))
    assert merged(*parts).pdf == merged(*parts).pdf


def test_nothing_that_runs_reaches_out_or_hides_comes_along() -> None:
    def armed(pdf: pikepdf.Pdf) -> None:
        run = Dictionary(S=Name.JavaScript, JS=String("app.alert('hemligt-skript')"))
        page = pdf.pages[0].obj
        pdf.Root.OpenAction = run
        pdf.Root.AA = Dictionary(WC=run)
        page.AA = Dictionary(O=run)
        page.PieceInfo = Dictionary(Privat=Dictionary(Private=String("hemligt-program")))
        pdf.attachments["hemlig-fil.txt"] = b"hemligt-innehall"
        actions = [
            run,
            Dictionary(S=Name.Launch, F=String("hemligt-start.exe")),
            Dictionary(S=Name.GoToR, F=String("hemlig-granne.pdf"), D=Array([0, Name.Fit])),
            Dictionary(S=Name.URI, URI=String("file:///C:/hemlig-mapp")),
            Dictionary(S=Name.URI, URI=String("https://finsam.se/"), Next=run),
        ]
        notes = [Dictionary(Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action) for action in actions]
        notes.append(
            Dictionary(Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), FS=String("hemlig-bilaga"))
        )
        page.Annots = Array([pdf.make_indirect(note) for note in notes])

    dangerous = edited(Made("ett"), armed)
    facts = look_at(dangerous)
    assert facts.left_out == ("en fil inuti filen följer inte med",)
    result = merged(Part(title="ett", pdf=dangerous, stamp="Bilaga 1 till punkt 1", facts=facts))
    with opened(result) as pdf:
        target = io.BytesIO()
        pdf.save(target, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
        assert b"hemlig" not in target.getvalue()
        kept = [note for note in pdf.pages[0].obj.Annots if "/A" in note]
        assert [str(note.A.URI) for note in kept] == ["https://finsam.se/"]


def test_a_hidden_layer_stays_hidden() -> None:
    def layered(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Dolt")))
        pdf.Root.OCProperties = Dictionary(
            OCGs=Array([layer]), D=Dictionary(BaseState=Name.OFF, ON=Array([]))
        )
        page = pdf.pages[0].obj
        page.Resources.Properties = Dictionary(L=layer)
        text = b"/OC /L BDC BT /F 40 Tf 60 400 Td (hemligt) Tj ET EMC"
        page.Contents = Array([page.Contents, pdf.make_stream(text)])

    import pypdfium2 as pdfium

    result = merged(part(Made("a")), Part(title="b", pdf=edited(Made("b"), layered)))
    document = pdfium.PdfDocument(result.pdf)
    bitmap = document[1].render(scale=1, grayscale=True)
    top = bytes(bitmap.buffer)[: bitmap.stride * 460]
    document.close()
    assert min(top) == 255, "what a layer hid is drawn"
    with opened(result) as pdf:
        assert len(pdf.Root.OCProperties.D.OFF) == 1


def test_what_is_filled_in_in_a_form_is_seen() -> None:
    def filled(pdf: pikepdf.Pdf) -> None:
        form_font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("namn"), V=String("Ifyllt namn"),
                DA=String("/Helv 12 Tf 0 g"), Rect=Array([60, 500, 300, 520]), F=4, P=pdf.pages[0].obj,
            )
        )  # fmt: skip
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(
            Fields=Array([field]),
            NeedAppearances=True,
            DR=Dictionary(Font=Dictionary(Helv=form_font)),
            DA=String("/Helv 12 Tf 0 g"),
        )

    form = edited(Made("blankett"), filled)
    assert look_at(form).left_out == ("formuläret kan inte fyllas i",)
    result = merged(Part(title="blankett", pdf=form))
    assert "Ifyllt namn" in page_texts(result.pdf)[0]


def locked(user: str, owner: str) -> bytes:
    with pikepdf.open(io.BytesIO(made(Made("skyddad")))) as pdf:
        target = io.BytesIO()
        pdf.save(target, encryption=pikepdf.Encryption(user=user, owner=owner, R=6))
        return target.getvalue()


def test_a_file_that_only_forbids_changes_is_taken_and_said_to_lose_that() -> None:
    pdf = locked("", "ägare")
    assert look_at(pdf).left_out == ("filens skydd mot ändring följer inte med",)
    assert marker("skyddad", 0) in page_texts(merged(Part(title="skyddad", pdf=pdf)).pdf)[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [(locked("öppna", "ägare"), "låst med lösenord"), (b"%PDF-1.7\nnej", "skadad"), (b"", "skadad")],
)
def test_what_cannot_be_opened_is_told(content: bytes, said: str) -> None:
    with pytest.raises(UserError, match=said):
        look_at(content)
    with pytest.raises(UserError, match=said):
        merged(part(Made("hel")), Part(title="trasig", pdf=content))


def test_a_file_without_pages_is_told() -> None:
    target = io.BytesIO()
    pikepdf.new().save(target)
    with pytest.raises(UserError, match="inga sidor"):
        look_at(target.getvalue())


def test_a_place_moves_with_a_page_that_is_made_smaller() -> None:
    crowded = Made("full", 2, text_at=(60, 830), links=((0, 1, "direct"),), outline=(("Längst ned", 1, ()),))
    result = merged(part(crowded, stamp="Bilaga 1 till punkt 1"))
    with opened(result) as pdf:
        ((_, target, note),) = link_targets(pdf)
        assert target == 1
        assert [round(float(n), 1) for n in note.Rect] == [62.4, 655.5, 204.9, 674.5]
        assert (round(float(note.Dest[2]), 1), float(note.Dest[3])) == (14.9, 665.0)


def test_stops_when_the_user_does() -> None:
    class Stopped(Exception):
        pass

    def step(done: int, total: int) -> None:
        assert total == 2
        if done == 1:
            raise Stopped

    with pytest.raises(Stopped):
        merged(part(Made("a")), part(Made("b")), step=step)


def test_pictures_are_drawn_with_fewer_pixels_when_asked() -> None:
    from PIL import Image

    photo = io.BytesIO()
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(photo, "JPEG", quality=95)

    def illustrated(pdf: pikepdf.Pdf) -> None:
        image = pdf.make_stream(photo.getvalue())
        image.Type, image.Subtype = Name.XObject, Name.Image
        image.Width, image.Height, image.BitsPerComponent = 3000, 2000, 8
        image.ColorSpace, image.Filter = Name.DeviceRGB, Name.DCTDecode
        page = pdf.pages[0].obj
        page.Resources.XObject = Dictionary(I=image)
        page.Contents = pdf.make_stream(b"q 400 0 0 266 50 300 cm /I Do Q")

    one = Part(title="foto", pdf=edited(Made("foto"), illustrated))
    whole, smaller = merged(one), merged(one, smaller_pictures=True)
    assert len(smaller.pdf) < len(whole.pdf) / 2
    with opened(smaller) as pdf:
        image = pdf.pages[0].obj.Resources.XObject.I
        assert (int(image.Width), int(image.Height)) == (1754, 1169)
        assert pikepdf.PdfImage(image).as_pil_image().size == (1754, 1169)


# -- any parts at all -------------------------------------------------------------------------------------

NAMES = st.text(alphabet="abcåäö XYZ7", min_size=1, max_size=12).map(lambda text: text.strip() or "x")


@st.composite
def outlines(draw: st.DrawFn, pages: int, depth: int = 3) -> tuple[Any, ...]:
    return tuple(
        (draw(NAMES), draw(st.integers(0, pages - 1)), draw(outlines(pages, depth - 1)) if depth else ())
        for _ in range(draw(st.integers(0, 2)))
    )


@st.composite
def any_pdf(draw: st.DrawFn, number: int) -> Made:
    pages = draw(st.integers(1, 4))
    place = st.integers(0, pages - 1)
    manner = st.sampled_from(["direct", "name", "old name", "action"])
    return Made(
        f"del{number}",
        pages,
        size=draw(st.sampled_from([A4, A4[::-1], (1190.55, 841.89), (300, 500), (500, 250)])),
        rotate=draw(st.sampled_from([0, 90, 180, 270, -90, 450])),
        text_at=(20, draw(st.sampled_from([20, 200, 240]))),
        outline=draw(outlines(pages)),
        links=tuple(draw(st.lists(st.tuples(place, place, manner), max_size=3))),
        tagged=draw(st.booleans()),
        roles=draw(st.sampled_from([{}, {"/Rubrik": "/H1"}, {"/Rubrik": "/P"}, {"/P": "/H1"}])),
        ids=draw(st.booleans()),
    )


@st.composite
def packs(draw: st.DrawFn) -> list[tuple[Made, str, int]]:
    return [
        (
            draw(any_pdf(number)),
            draw(st.sampled_from(["", f"Bilaga {number} till § 6"])),
            draw(st.integers(0, 2)),
        )
        for number in range(draw(st.integers(1, 4)))
    ]


@given(packs(), st.booleans())
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
def test_any_parts_become_one_pdf_where_everything_leads_right(
    pack: list[tuple[Made, str, int]], duplex: bool
) -> None:
    assert_right(pack, duplex)


@pytest.mark.long
@given(packs(), st.booleans())
@settings(max_examples=600, suppress_health_check=list(HealthCheck))
def test_hundreds_of_packs_lead_right(pack: list[tuple[Made, str, int]], duplex: bool) -> None:
    assert_right(pack, duplex)


def assert_right(pack: list[tuple[Made, str, int]], duplex: bool) -> None:
    """Every mark, stamp, bookmark, link and structure element is where it belongs."""
    result = merged(*(part(how, stamp=stamp, level=level) for how, stamp, level in pack), duplex=duplex)
    texts = page_texts(result.pdf)
    assert len(texts) == result.total
    expected_links = set()
    expected_marks: list[tuple[str, str]] = []
    for (how, stamp, _), first in zip(pack, result.first_pages, strict=True):
        for number in range(how.pages):
            text = texts[first - 1 + number]
            assert marker(how.name, number) in text.replace("\r\n", "")
            assert bool(stamp) == (
                f"sida {number + 1} ({how.pages}) · {first + number} ({result.total})" in text
            )
        expected_links |= {(first - 1 + a, first - 1 + b) for a, b, _ in how.links}
        expected_marks.append((how.name, marker(how.name, 0)))
        expected_marks += [(title, marker(how.name, page)) for title, page in _flat(how.outline)]
    found = bookmarks(result.pdf)
    assert [title for _, title, _ in found] == [" ".join(title.split()) for title, _ in expected_marks]
    for (_, title, page), (_, where) in zip(found, expected_marks, strict=True):
        assert page is not None, title
        assert where in texts[page]
    with opened(result) as pdf:
        assert {(a, b) for a, b, _ in link_targets(pdf)} == expected_links
        assert not pdf.check_pdf_syntax()
        assert_whole_structure(pdf)


def _flat(tree: Any) -> list[tuple[str, int]]:
    return [pair for title, page, under in tree for pair in ((title, page), *_flat(under))]


@pytest.mark.parametrize("shape", ["ring", "deep", "wrong kinds"])
def test_bookmarks_and_places_that_are_broken_do_not_stop_the_pack(shape: str) -> None:
    def broken(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        items = [
            pdf.make_indirect(Dictionary(Title=String(f"nivå {number}"), Dest=Array([page, Name.Fit])))
            for number in range(1500)
        ]
        if shape == "deep":
            for above, under in pairwise(items):
                above.First = above.Last = under
        elif shape == "ring":
            items[0].Next = items[0].First = items[0]
        else:
            items[0].Dest, items[0].Title, items[0].Next = 7, 8, Name.Nej
            loop = pdf.make_indirect(Dictionary())
            loop.Kids = Array([loop])
            pdf.Root.Names = Dictionary(Dests=loop)
            page.Annots = Array(
                [7, Dictionary(Subtype=Name.Link, Dest=String("finns inte"), A=9), Dictionary()]
            )
        pdf.Root.Outlines = Dictionary(First=items[0])

    result = merged(Part(title="trasig", pdf=edited(Made("trasig"), broken)), part(Made("hel")))
    found = bookmarks(result.pdf)
    assert found[0] == (0, "trasig", 0)
    assert found[-1] == (0, "hel", 1)
    assert len(found) == {"deep": 1502, "ring": 3, "wrong kinds": 3}[shape]
