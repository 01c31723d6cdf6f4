"""The kallelse of 2021-10-28 made by the program against the one that was really sent out."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from docx import Document as WordDocument

from finsam_desktop import demo

REAL_TEXT = Path(__file__).parent.parent / "data" / "real" / "kallelse-2021-10-28.txt"
TYPES = {
    "beslut": "Beslut",
    "information/diskussion": "Information, diskussion",
    "information/beslut": "Information, beslut",
}


def squeezed(text: str) -> str:
    """Text with every run of white space as one blank: the source breaks its lines anywhere."""
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u2011", "-")).strip()


@pytest.fixture(scope="module")
def real() -> str:
    return squeezed(REAL_TEXT.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def notice(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("demo")
    made = demo.create(folder)
    path = next(p for p in made if p.name == "2021-10-28 Kallelse.docx")
    return WordDocument(str(path))


def headings(real: str) -> list[tuple[int, str, str, int | None]]:
    """Number, title, type and bilaga of each item, read out of the real notice by a separate parser."""
    body = real[real.index("1. Mötets öppnande") :]
    starts = [(n, body.index(f"{n}. ", 0 if n == 1 else body.index(f"{n - 1}. ") + 3)) for n in range(1, 16)]
    found = []
    for n, start in starts:
        text = body[start + len(f"{n}. ") :]
        match = re.match(
            r"(?P<title>.*?)(?: ?– ?(?P<type>[Bb]eslut|[Ii]nformation/diskussion|[Ii]nformation/beslut))?"
            r"(?: \(bilaga (?P<bilaga>\d)\))?(?= Mikael Holmlund| A\. | Enlig | Sedan | Katarina"
            r"| Försäkringskassans har"
            r"| \d+\. |$)",
            text,
        )
        assert match is not None, text[:80]
        bilaga = match["bilaga"]
        found.append((n, match["title"], (match["type"] or "").lower(), int(bilaga) if bilaga else None))
    return found


def agenda_rows(notice) -> list[list[str]]:
    table = next(t for t in notice.tables if "Ärende" in t.rows[0].cells[1].text)
    return [[squeezed(cell.text) for cell in row.cells] for row in table.rows[1:]]


def test_the_parser_of_the_real_notice_sees_fifteen_items(real: str) -> None:
    items = headings(real)
    assert [n for n, *_ in items] == list(range(1, 16))
    assert [b for *_, b in items if b] == [1, 2, 3, 4, 5]
    assert items[4] == (5, "Rapport Tertial 2", "beslut", 2)
    assert items[14] == (15, "Mötets avslutande", "", None)


def test_every_item_with_its_type_and_attachment_stands_in_the_agenda(notice, real: str) -> None:
    rows = agenda_rows(notice)
    expected = headings(real)
    assert len(rows) == len(expected)
    for row, (number, title, type_, bilaga) in zip(rows, expected, strict=True):
        assert row[0] == str(number)
        assert row[1] == title
        assert row[2] == TYPES.get(type_, "")
        assert row[4] == (str(bilaga) if bilaga else "")


def test_presenters_stand_by_their_items(notice) -> None:
    presenters = {row[0]: row[3] for row in agenda_rows(notice) if row[3]}
    assert presenters == {
        "5": "Mikael Holmlund",
        "6": "Mikael Holmlund",
        "10": "Katarina Hansson",
        "11": "Katarina Hansson",
    }


SENTENCES = (
    "Resultat och analys för Arbetsmarknadstorgen tertial 2",
    "Ekonomi, resultatrapport för T2 med helårsprognos samt balansrapport.",
    "Mikael Holmlund föredrar den preliminära tilldelningen, förbundens nivå på eget kapital samt parternas "
    "äskande inför 2022.",
    "Inget beslutsförslag läggs.",
    "Ombud vid årsmöte",
    "Styrelserna för Samordningsförbundet Södra Lappland och Samordningsförbundet Skellefteå-Norsjö har beslutat "
    "att besluta enligt förlag i bilaga, detta under förutsättning att alla tre förbund säger ja till förslaget.",
    "Regionstyrelsen tar på sig uppdraget att vara sammankallande för de årliga medlemssamråden som ska "
    "genomföras enligt Samordningsförbundens förbundsordningar",
    "Den nya ordningen ska gälla från och med 2022 och tills vidare",
    "avsluta NAFS som samverkansstruktur i Umeåregionen.",
    "Försäkringskassans har beviljat samtliga styrelser för Samordningsförbunden ansvarsfrihet för "
    "verksamhetsåret 2020.",
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sub_items_and_proposals_are_there_word_for_word(notice, real: str, sentence: str) -> None:
    assert sentence in real
    assert sentence in squeezed("\n".join(p.text for p in notice.paragraphs))


def test_every_word_of_the_long_items_is_kept_in_order(notice, real: str) -> None:
    made = squeezed("\n".join(p.text for p in notice.paragraphs))
    nafs = real[
        real.index("Sedan 2007 har det funnit") : real.index(
            "Förslag till beslut Styrelsen beslutar att avsluta"
        )
    ]
    assert squeezed(nafs) in made


def test_the_meeting_is_named_with_date_time_and_place(notice) -> None:
    text = squeezed("\n".join(p.text for p in notice.paragraphs))
    assert "torsdagen den 28 oktober 2021" in text
    assert "08.30–12.00" in text
    assert "Distansmöte" in text


def test_the_example_reads_the_real_key_figures() -> None:
    from finsam_desktop.domain.figures import ColumnRole, Post
    from finsam_desktop.sources import figure_table, read_workbook, recognise

    book = read_workbook(demo.paths.resources() / "example" / demo.REAL.workbook)
    tables = [figure_table(book, found, read_on=date(2021, 10, 15)) for found in recognise(book)]

    def tkr(post: Post, role: ColumnRole) -> int:
        amount = next(a for t in tables if (a := t.amount(post, role)) is not None)
        return round(amount / 1000)

    assert abs(tkr(Post.COSTS, ColumnRole.BUDGET)) == 12635
    assert tkr(Post.INCOME, ColumnRole.BUDGET) == 11490
    assert tkr(Post.RESULT, ColumnRole.BUDGET) == -1146
    assert tkr(Post.RESULT, ColumnRole.FULL_YEAR_FORECAST) == -286
