"""Item templates in files: every fault is told with file and line, and the program's own are whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from finsam_desktop import paths
from finsam_desktop.domain.catalogue import Frame, ItemTemplate, ItemType
from finsam_desktop.errors import UserError
from finsam_desktop.files.catalogue_files import KEYS, load_templates, save_template, standard_templates

STANDARD = load_templates(paths.templates() / "items")
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to_file(text: str | bytes, name: str = "egna.toml") -> Path:
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return to_file


GOOD = '[[item]]\nid = "a"\ntitle = "Ärende A"\ntype = "decision"\nclauses = ["göra så"]\nmonths = [1, 12]\n'


def test_a_template_is_read_as_written(write: Write) -> None:
    assert load_templates(write(GOOD)) == (
        ItemTemplate(id="a", title="Ärende A", type=ItemType.DECISION, clauses=("göra så",), months=(1, 12)),
    )


def test_files_come_in_order_of_name_and_other_files_are_left_alone(write: Write) -> None:
    write(GOOD.replace('"a"', '"b"'), "2.toml")
    write(GOOD, "1.toml")
    assert [template.id for template in load_templates(write("[[item", "noter.txt"))] == ["a", "b"]


def test_a_file_from_windows_is_read(write: Write) -> None:
    assert load_templates(write(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()))[0].title == "Ärende A"


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        (GOOD + 'titel = "x"\n', "egna.toml, rad 7: titel är inget som en mall kan ha.", "Menar du title?"),
        (GOOD + "\n" + GOOD.replace('"a"', '"b"') + "moths = [1]\n", "rad 14: moths", "Menar du months?"),
        (GOOD + "minutes = 'tio'\n", "rad 7: minutes har fel slags värde.", "Skriv ett heltal."),
        (GOOD + "minutes = true\n", "rad 7: minutes har fel slags värde.", "Skriv ett heltal."),
        (GOOD + "minutes = -1\n", "rad 7: minutes har fel slags värde.", "Skriv ett heltal."),
        (GOOD + "basis = 'KL'\n", "rad 7: basis har fel slags värde.", "Skriv en lista med texter."),
        (GOOD.replace("12", "13"), "rad 6: months har fel slags värde.", "månadsnummer, 1–12"),
        (
            GOOD.replace('"decision"', '"descision"'),
            "rad 4: descision finns inte för type.",
            "Menar du decision?",
        ),
        (GOOD.replace('"decision"', '"q"'), "rad 4: q finns inte för type.", "Välj bland none,"),
        (
            GOOD + 'frame = "middle"\n',
            "rad 7: middle finns inte för frame.",
            "Välj bland none, opening, closing.",
        ),
        (
            GOOD + 'presenter_role = "boss"\n',
            "rad 7: boss finns inte för presenter_role.",
            "Välj bland chair,",
        ),
        (GOOD + 'meeting_kinds = ["budgets"]\n', "rad 7: budgets finns inte för meeting_kinds.", "budget?"),
        ('[[item]]\ntitle = "A"\n', "rad 1: mallen saknar id.", 'Lägg till raden id = "…".'),
        ('\n[[item]]\nid = "a"\ntitle = " "\n', "rad 2: mallen saknar title.", "title"),
        (GOOD + "\n" + GOOD, "rad 8: mallen a finns redan i egna.toml.", "ett annat id"),
        ('id = "a"\n' + GOOD, "rad 1: id är okänt.", "[[item]]"),
        ('[item]\nid = "a"\n', "rad 1: mallarna är inte en lista.", "[[item]]"),
        (GOOD + "months = [1\n", "egna.toml, rad 7: filen följer inte TOML-formatet.", "hakparentes"),
        (GOOD + 'summary = "Hej\n', "egna.toml, rad 7: filen följer inte TOML-formatet.", "citattecken"),
        (GOOD.encode("latin-1"), "egna.toml, rad 3: filen är inte sparad som UTF-8.", "spara den som UTF-8"),
    ],
)
def test_a_fault_is_told_with_file_line_and_what_to_do(
    write: Write, text: str | bytes, message: str, advice: str
) -> None:
    with pytest.raises(UserError) as caught:
        load_templates(write(text))
    assert "egna.toml" in caught.value.message
    assert message in caught.value.message
    assert advice in caught.value.advice


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="ärendemallar"):
        load_templates(tmp_path / "saknas")


def test_a_file_that_is_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.toml").mkdir()
    with pytest.raises(UserError, match=r"Filen x\.toml går inte att läsa"):
        load_templates(tmp_path)


@pytest.mark.parametrize("template", STANDARD, ids=lambda template: template.id)
def test_a_saved_template_is_read_back_the_same(template: ItemTemplate, tmp_path: Path) -> None:
    save_template(template, tmp_path / "delad.toml")
    assert load_templates(tmp_path) == (template,)


# -- the program's own -----------------------------------------------------------------------------------


def test_the_programs_own_templates_are_there_and_read_once() -> None:
    assert len(STANDARD) >= 37, "the frame and at least thirty items"
    assert standard_templates() is standard_templates()
    assert standard_templates() == STANDARD


FRAME = (
    "oppnande",
    "justerare",
    "incheckning",
    "foregaende-protokoll",
    "ovriga-fragor",
    "utcheckning",
    "avslutande",
)


def test_the_frame_is_that_of_the_real_notice() -> None:
    frame = (t for t in STANDARD if t.frame is not Frame.NONE)
    ordinary = (t for t in frame if not t.meeting_kinds or "ordinary" in t.meeting_kinds)
    assert tuple(template.id for template in ordinary) == FRAME


def test_the_year_has_its_items() -> None:
    """The items of the yearly catalogue, month by month."""
    wanted = {
        1: {"bokslutslage", "internkontroll"},
        3: {"arsredovisning", "delegationsordning", "attestordning"},
        4: {"revisionsberattelse", "medlemssamrad"},
        5: {"tertialrapport-1", "ansvarsfrihet"},
        6: {"behovsanalys", "insatsuppfoljning"},
        9: {"planeringsdag", "budgetforutsattningar", "tertialrapport-2"},
        10: {"budgetlage", "budget-samrad", "budget-tillkannagivande"},
        11: {"budget", "medel-insats", "sammantradesplan"},
        12: {"avslut-insats"},
    }
    for month, ids in wanted.items():
        assert ids <= {template.id for template in STANDARD if month in template.months}, month


@pytest.mark.parametrize("template", STANDARD, ids=lambda template: template.id)
def test_a_template_is_well_written(template: ItemTemplate) -> None:
    assert re.fullmatch(r"[a-z0-9-]+", template.id)
    texts = (template.title, template.summary, template.minutes_text, *template.clauses)
    for text in texts:
        assert "!" not in text
        assert "vänligen" not in text.lower()
        assert not re.search(r"\bska? komma att\b|\berhåll|\bavseende\b|\bgällande\b|\bjämlikt\b", text), text
    assert not template.summary or template.summary.endswith(".")
    assert not any(clause.endswith(".") or clause.startswith("att ") for clause in template.clauses)
    assert template.title[0].isupper()
    if template.frame is Frame.NONE:
        assert template.basis
        assert template.keywords
    if template.type.decides:
        assert template.clauses or template.frame is not Frame.NONE


def test_no_key_is_forgotten() -> None:
    fields = set(ItemTemplate.__dataclass_fields__) - {"own"}
    assert set(KEYS) == fields
