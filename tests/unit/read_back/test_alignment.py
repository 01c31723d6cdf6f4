"""Which paragraph is which, where headings are alike, were copied or taken away."""

from __future__ import annotations

from finsam_desktop.documents.read_back_alignment import align
from finsam_desktop.documents.read_back_places import Group, Placed
from finsam_desktop.word.reading import Run, WordParagraph


def paragraph(text: str, *bookmarks: str, style: str = "") -> WordParagraph:
    return WordParagraph(part="document", runs=(Run(text=text),), bookmarks=bookmarks, style=style)


def section(item_id: str, title: str, text: str) -> tuple[Placed, Placed]:
    heading = Group(item_id=item_id, part="heading")
    return (
        Placed(
            paragraph=paragraph(title, f"p_{item_id}", style="Rubrik"),
            stretches=((heading, title),),
            item_id=item_id,
        ),
        Placed(paragraph=paragraph(text), stretches=((None, text),), item_id=item_id),
    )


def shown(base: tuple[Placed, ...], word: tuple[WordParagraph, ...]) -> list[tuple[str, str]]:
    """The pairs as words, "" where there is none."""
    return [
        ("" if a is None else base[a].paragraph.text, "" if b is None else word[b].text)
        for a, b in align(base, word)
    ]


INTRO = Placed(paragraph=paragraph("Protokoll"), stretches=((None, "Protokoll"),))
TWO_ALIKE = (
    INTRO,
    *section("a", "Ekonomi", "Utfallet är gott."),
    *section("b", "Ekonomi", "Budgeten antas."),
)


def test_of_two_headings_alike_the_one_that_is_left_is_known_by_its_bookmark() -> None:
    word = (TWO_ALIKE[0].paragraph, TWO_ALIKE[3].paragraph, paragraph("Helt andra ord står här."))
    pairs = shown(TWO_ALIKE, word)
    assert ("Utfallet är gott.", "") in pairs
    assert ("Budgeten antas.", "Helt andra ord står här.") in pairs


def test_a_heading_that_was_copied_is_known_by_its_bookmark() -> None:
    base = (INTRO, *section("a", "Ekonomi", "Utfallet är gott."))
    word = (
        INTRO.paragraph,
        paragraph("Ekonomi", style="Rubrik"),
        paragraph("En kopia."),
        base[1].paragraph,
        paragraph("Utfallet är mycket gott."),
    )
    pairs = shown(base, word)
    assert ("Utfallet är gott.", "Utfallet är mycket gott.") in pairs
    assert ("", "En kopia.") in pairs


def test_a_bookmark_that_went_to_another_text_says_nothing() -> None:
    base = (INTRO, *section("a", "Ekonomi", "Utfallet är gott."), *section("b", "Personal", "Två anställs."))
    word = (
        INTRO.paragraph,
        paragraph("Ekonomin hittills"),
        paragraph("Utfallet är gott."),
        paragraph("Lokaler", "p_a"),
        paragraph("Personal", "p_b"),
        paragraph("Två anställs."),
    )
    pairs = shown(base, word)
    assert ("Ekonomi", "Lokaler") not in pairs
    assert ("Utfallet är gott.", "Utfallet är gott.") in pairs


def test_every_paragraph_is_there_once_whatever_was_moved() -> None:
    word = (
        TWO_ALIKE[0].paragraph,
        *(one.paragraph for one in TWO_ALIKE[3:]),
        *(one.paragraph for one in TWO_ALIKE[1:3]),
    )
    pairs = align(TWO_ALIKE, word)
    assert sorted(a for a, _ in pairs if a is not None) == list(range(5))
    assert sorted(b for _, b in pairs if b is not None) == list(range(5))
    assert shown(TWO_ALIKE, word)[1:] == [
        ("Ekonomi", "Ekonomi"), ("Budgeten antas.", "Budgeten antas."),
        ("Ekonomi", "Ekonomi"), ("Utfallet är gott.", "Utfallet är gott."),
    ]  # fmt: skip
