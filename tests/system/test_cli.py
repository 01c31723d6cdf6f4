"""`finsam` as a user of the terminal meets it: every command on real files, and every kind of bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document as WordDocument

from finsam_desktop import cli
from finsam_desktop.commands import common


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exempel")
    assert cli.main(["demo", str(folder)]) == common.DONE
    return folder


@pytest.fixture
def file(example: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "exempelbygden.finsam"
    copy.write_bytes((example / "exempelbygden.finsam").read_bytes())
    return copy


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def text_of(path: Path) -> str:
    document = WordDocument(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(p.text for p in document.paragraphs), *cells]).replace("\u00a0", " ")


def test_demo_makes_the_file_the_workbook_and_three_documents(example: Path) -> None:
    names = {path.name for path in example.iterdir()}
    assert {
        "exempelbygden.finsam",
        "Resultatrapport T2 2026.xlsx",
        "2026-10-29 Kallelse.docx",
        "2026-10-29 Protokoll.docx",
        "2026-10-29 Tertialrapport.docx",
    } <= names


def test_demo_twice_keeps_the_first_unless_told_otherwise(capsys, tmp_path: Path) -> None:
    assert run(capsys, "demo", tmp_path)[0] == common.DONE
    before = (tmp_path / "exempelbygden.finsam").read_bytes()
    code, _, err = run(capsys, "demo", tmp_path)
    assert code == common.BAD_INPUT
    assert "exempelbygden.finsam" in err
    assert (tmp_path / "exempelbygden.finsam").read_bytes() == before
    assert run(capsys, "demo", tmp_path, "--again")[0] == common.DONE


def test_show_lists_the_meetings_with_their_paragraphs(capsys, file: Path) -> None:
    code, out, _ = run(capsys, "show", file)
    assert code == common.DONE
    assert "§§\u00a061–75" in out
    assert "§§\u00a049–60" in out


def test_show_meeting_as_json_has_every_item(capsys, file: Path) -> None:
    _, out, _ = run(capsys, "show", file, "2026-10-29", "--json")
    items = json.loads(out)["items"]
    assert [item["number"] for item in items if item["paragraph"]] == [str(n) for n in range(1, 16)]
    assert items[4]["figures"]


def test_data_goes_out_and_comes_back_exactly(capsys, file: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    assert run(capsys, "export-data", file, "2026-10-29", "-o", first)[0] == common.DONE
    other = tmp_path / "annat.finsam"
    assert run(capsys, "new", other)[0] == common.DONE
    assert run(capsys, "import-data", other, first)[0] == common.DONE
    assert run(capsys, "export-data", other, "2026-10-29", "-o", second)[0] == common.DONE
    one, two = json.loads(first.read_text("utf-8")), json.loads(second.read_text("utf-8"))
    assert one["meeting"] == two["meeting"]
    assert one["files"] == two["files"]


def test_schema_is_json_schema(capsys) -> None:
    code, out, _ = run(capsys, "schema")
    assert code == common.DONE
    assert "$defs" in json.loads(out)


def test_new_from_preset(capsys, tmp_path: Path) -> None:
    preset = Path(__file__).parents[2] / "templates" / "associations" / "exempel.toml"
    target = tmp_path / "nytt.finsam"
    assert run(capsys, "new", target, "--preset", preset)[0] == common.DONE
    assert "Inga sammanträden än." in run(capsys, "show", target)[1]


def test_figures_read_shows_every_value_with_its_cell(capsys, example: Path) -> None:
    code, out, _ = run(capsys, "figures", "read", example / "Resultatrapport T2 2026.xlsx", "--json")
    assert code == common.DONE
    tables = json.loads(out)
    income = next(t for t in tables if t["purpose"] == "income_statement")
    result = next(row for row in income["rows"] if row["post"] == "result")
    budget = next(i for i, c in enumerate(income["columns"]) if c["role"] == "budget")
    cell = result["cells"][budget]
    assert round(float(cell["amount"]) / 1000) == -1146
    assert cell["address"].startswith(income["columns"][budget]["source"])


def test_figures_attach_puts_the_table_into_word(capsys, example: Path, file: Path, tmp_path: Path) -> None:
    workbook = example / "Resultatrapport T2 2026.xlsx"
    code, out, _ = run(
        capsys, "figures", "attach", file, "2026-11-26", "9", workbook, "--sheet", "Resultatrapport"
    )
    assert code == common.DONE
    assert "Resultatrapport!" in out
    out_path = tmp_path / "kallelse.docx"
    assert run(capsys, "export", file, "2026-11-26", "kallelse", "-o", out_path)[0] == common.DONE
    assert "−1 146" in text_of(out_path)


def test_changed_figures_are_shown_and_held_back(capsys, example: Path, file: Path, tmp_path: Path) -> None:
    import openpyxl

    original = example / "Resultatrapport T2 2026.xlsx"
    changed = tmp_path / original.name
    book = openpyxl.load_workbook(original, data_only=True)
    sheet = book["Resultatrapport"]
    cell = next(
        c for row in sheet.iter_rows() for c in row if isinstance(c.value, int | float) and c.value > 1000
    )
    cell.value += 7000
    book.save(changed)
    attach = ("figures", "attach", file, "2026-11-26", "5", original, "--sheet", "Resultatrapport")
    assert run(capsys, *attach)[0] == common.DONE
    before = run(capsys, "export-data", file, "2026-11-26", "-o", tmp_path / "before.json")
    assert before[0] == common.DONE
    code, out, _ = run(
        capsys, "figures", "attach", file, "2026-11-26", "5", changed, "--sheet", "Resultatrapport"
    )
    assert code == common.FINDINGS
    assert cell.coordinate in out
    run(capsys, "export-data", file, "2026-11-26", "-o", tmp_path / "after.json")
    assert (tmp_path / "before.json").read_bytes() == (tmp_path / "after.json").read_bytes()
    code, _, _ = run(
        capsys,
        "figures",
        "attach",
        file,
        "2026-11-26",
        "5",
        changed,
        "--sheet",
        "Resultatrapport",
        "--replace",
    )
    assert code == common.DONE


def test_figures_of_adjusted_minutes_are_not_replaced(
    capsys, example: Path, file: Path, tmp_path: Path
) -> None:
    before = run(capsys, "show", file, "2026-10-29", "--json")
    source = example / "Resultatrapport T2 2026.xlsx"
    other = run(capsys, "figures", "attach", file, "2026-10-29", "6", source, "--sheet", "Resultatrapport")
    assert other[0] == common.BAD_INPUT
    assert "gjordes inte. Protokollet är justerat, och §" in other[2]
    assert "Skriv en rättelse under Efter mötet." in other[2]
    assert run(capsys, "show", file, "2026-10-29", "--json") == before


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (
            "kallelse",
            ("Sammankallande part för medlemssamråd", "Inget beslutsförslag läggs.", "PM om ansvarsfrihet"),
        ),
        (
            "protokoll",
            ("§ 67", "Eva Blomhed (M) reserverar sig mot beslutet", "Med 4 ja-röster mot 2 nej-röster"),
        ),
        ("tertialrapport", ("−286 tkr", "1 724 tkr", "Arbetsmarknadstorgen")),
    ],
)
def test_export_says_what_the_record_says(capsys, file: Path, tmp_path: Path, document: str, words) -> None:
    out = tmp_path / f"{document}.docx"
    assert run(capsys, "export", file, "2026-10-29", document, "-o", out)[0] == common.DONE
    text = text_of(out)
    for word in words:
        assert word in text


def test_export_leaves_a_hand_edited_file_alone(capsys, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "kallelse.docx"
    run(capsys, "export", file, "2026-10-29", "kallelse", "-o", out)
    document = WordDocument(str(out))
    document.add_paragraph("Tillagt för hand.")
    document.save(str(out))
    edited = out.read_bytes()
    code, printed, _ = run(capsys, "export", file, "2026-10-29", "kallelse", "-o", out)
    assert code == common.DONE
    assert out.read_bytes() == edited
    assert "Tillagt för hand." in printed
    assert len(list(tmp_path.glob("kallelse*.docx"))) == 2


def test_template_render_and_fields(capsys, tmp_path: Path) -> None:
    template, context, out = tmp_path / "mall.docx", tmp_path / "data.json", tmp_path / "ut.docx"
    document = WordDocument()
    document.add_paragraph("Hej {{ namn }}")
    document.save(str(template))
    context.write_text(json.dumps({"namn": "Åsa & Örjan <1>"}), "utf-8")
    assert run(capsys, "template", "render", template, context, "-o", out)[0] == common.DONE
    assert "Hej Åsa & Örjan <1>" in text_of(out)
    assert run(capsys, "template", "fields", template)[1].split() == ["namn"]


def test_check_finds_and_cites(capsys, file: Path) -> None:
    code, out, _ = run(capsys, "check", file, "2026-11-26", "--today", "2026-11-22", "--json")
    assert code == common.FINDINGS
    findings = json.loads(out)
    assert all(finding["source"] and finding["title"] for finding in findings)
    assert any(finding["rule"].startswith("R21") for finding in findings)


def test_a_finding_in_a_sub_item_names_its_item_too(capsys, example: Path) -> None:
    file = example / "Verklig kallelse 2021-10-28" / "umearegionen.finsam"
    _, out, _ = run(capsys, "check", file, "2021-10-28", "--today", "2021-10-20")
    assert "R21  ärende 7B: Beslutsärende utan förslag till beslut." in out.replace("\u00a0", " ")
    assert ".." not in out


BAD_FILES = {
    "text": b"hej",
    "empty": b"",
    "zip": b"PK\x03\x04" + b"\0" * 40,
    "sqlite": b"SQLite format 3\0" + b"\0" * 200,
}


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_file_that_is_no_association_file_is_named(capsys, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "fel.finsam"
    path.write_bytes(content)
    code, out, err = run(capsys, "show", path)
    assert code == common.BAD_INPUT
    assert "fel.finsam" in err
    assert "Traceback" not in out + err
    assert path.read_bytes() == content


def test_truncated_file(capsys, file: Path, tmp_path: Path) -> None:
    broken = tmp_path / "kapad.finsam"
    broken.write_bytes(file.read_bytes()[:5000])
    code, _, err = run(capsys, "show", broken)
    assert code == common.BAD_INPUT
    assert "kapad.finsam" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "saknas.finsam"),
        ("show", "."),
        ("figures", "read", "saknas.xlsx"),
        ("import-data", "saknas.finsam", "saknas.json"),
        ("template", "fields", "saknas.docx"),
        ("template", "render", "saknas.docx", "saknas.json", "-o", "ut.docx"),
        ("new", "saknad mapp/fil.finsam"),
        ("new", "ny.finsam", "--preset", "saknas.toml"),
    ],
)
def test_missing_files_get_a_message(capsys, tmp_path: Path, monkeypatch, arguments) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, *arguments)
    assert code == common.BAD_INPUT
    assert err.strip()
    assert "Traceback" not in out + err
    assert list(tmp_path.iterdir()) == []


def test_unknown_meeting_item_and_sheet(capsys, example: Path, file: Path) -> None:
    workbook = example / "Resultatrapport T2 2026.xlsx"
    assert "1999-01-01" in run(capsys, "show", file, "1999-01-01")[2]
    assert "Ärende 99" in run(capsys, "figures", "attach", file, "2026-10-29", "99", workbook)[2]
    assert (
        "Blad"
        in run(capsys, "figures", "attach", file, "2026-10-29", "5", workbook, "--sheet", "Finns inte")[2]
    )


def test_a_field_without_a_value_is_told_of(capsys, tmp_path: Path) -> None:
    template, context, out = tmp_path / "mall.docx", tmp_path / "data.json", tmp_path / "ut.docx"
    document = WordDocument()
    document.add_paragraph("Plats: {{ plats }}.")
    document.save(str(template))
    context.write_text('{"plats": null}', encoding="utf-8")
    code, _, err = run(capsys, "template", "render", template, context, "-o", out)
    assert code == common.DONE
    assert err.startswith(
        "Att se över: Fältet har inget värde, så inget skrevs. Det gäller brödtexten, stycke 1"
    )
    assert out.is_file()


@pytest.mark.parametrize("content", ["{", "[]", "\ufeff", "NaN"])
def test_bad_context_for_a_template(capsys, tmp_path: Path, content: str) -> None:
    template, context = tmp_path / "mall.docx", tmp_path / "data.json"
    WordDocument().save(str(template))
    context.write_text(content, "utf-8")
    code, _, err = run(capsys, "template", "render", template, context, "-o", tmp_path / "ut.docx")
    assert code == common.BAD_INPUT
    assert "data.json" in err
    assert not (tmp_path / "ut.docx").exists()


def test_usage_is_swedish_with_exit_code_two() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "finsam_desktop.cli"], capture_output=True, text=True, check=False
    )
    assert run.returncode == common.USAGE
    assert "användning:" in run.stderr
    assert "required" not in run.stderr


def test_a_reader_that_leaves_early_is_no_fault(file: Path) -> None:
    command = f'"{sys.executable}" -m finsam_desktop.cli schema | head -c 10'
    run = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert "Traceback" not in run.stderr
    assert run.stdout.strip().startswith("{")


def test_a_fault_of_ours_is_told_in_words(capsys, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("ett fel som prov")

    monkeypatch.setattr("finsam_desktop.commands.listing.association", broken)
    code, out, err = run(capsys, "show", file)
    assert code == common.FAULT
    assert "ett fel som prov" in err
    assert "Traceback" not in out + err
    assert "Traceback" in run(capsys, "--details", "show", file)[2]
