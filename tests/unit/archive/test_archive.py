"""Archives of a meeting: what they hold, that they are whole or not there, and that every flaw is found."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from finsam_desktop import archiving
from finsam_desktop.archive import manifest as lists
from finsam_desktop.archive.container import free_path, write_archive
from finsam_desktop.archive.manifest import Manifest, Piece, is_inside
from finsam_desktop.archive.pdf_claims import checked, claim
from finsam_desktop.archive.verify import Flaw, verify
from finsam_desktop.cli import main
from finsam_desktop.errors import UserError
from finsam_desktop.storage import codec
from finsam_desktop.storage.exchange import Exchange
from finsam_desktop.workspace import Workspace

NOW = datetime(2026, 11, 22, 10, 42, 13, 500)
MEETING = "2026-10-29"


def about() -> Manifest:
    return Manifest(kind="meeting", title="A & B <c>", made_at=NOW, program="Finsam Desktop")


def some() -> Iterator[Piece]:
    yield Piece(path="Dokument/åäö §.docx", content=b"PK\x03\x04", title="Kallelse")
    yield Piece(path="Dokument/ÅÄÖ §.docx", content=b"", title="Samma namn i Windows")
    yield Piece(path="Bilagor/a.pdf", content=bytes(range(256)) * 40)


@pytest.fixture
def opened(example_file: Path) -> Iterator[Workspace]:
    with Workspace.open(example_file, user="Anna") as workspace:
        yield workspace


@pytest.mark.parametrize("name", ["Arkiv", "Arkiv.zip"])
def test_what_is_put_in_is_there_and_whole(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    told: list[str] = []

    def found() -> Iterator[Piece]:
        yield from some()
        told.append("En bilaga saknas.")

    made = write_archive(target, found(), about(), told)
    verdict = verify(target)
    assert verdict.whole
    assert verdict.manifest.entries == made.entries
    assert verdict.manifest.told == ("En bilaga saknas.",)
    assert [entry.path for entry in made.entries] == [
        "Dokument/åäö §.docx",
        "Dokument/ÅÄÖ § (2).docx",
        "Bilagor/a.pdf",
        "Innehåll.html",
    ]
    assert list(tmp_path.iterdir()) == [target]


def test_the_same_content_gives_the_same_zip(tmp_path: Path) -> None:
    write_archive(tmp_path / "a.zip", some(), about(), [])
    write_archive(tmp_path / "b.zip", some(), about(), [])
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def alter(folder: Path) -> None:
    path = folder / "Bilagor" / "a.pdf"
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("harm", "path", "flaw"),
    [
        (alter, "Bilagor/a.pdf", Flaw.ALTERED),
        (lambda f: (f / "Innehåll.html").write_bytes(b""), "Innehåll.html", Flaw.ALTERED),
        (lambda f: (f / "Bilagor" / "a.pdf").unlink(), "Bilagor/a.pdf", Flaw.MISSING),
        (lambda f: (f / "Ny.txt").write_text("x"), "Ny.txt", Flaw.EXTRA),
        (lambda f: (f / "Bilagor" / ".dold").write_text("x"), "Bilagor/.dold", Flaw.EXTRA),
    ],
)
@pytest.mark.parametrize("as_zip", [False, True])
def test_every_flaw_is_found(
    tmp_path: Path, harm: Callable[[Path], object], path: str, flaw: Flaw, as_zip: bool
) -> None:
    folder = tmp_path / "Arkiv"
    write_archive(folder, some(), about(), [])
    harm(folder)
    place = folder
    if as_zip:
        place = tmp_path / "a.zip"
        with zipfile.ZipFile(place, "w") as archive:
            for file in sorted(folder.rglob("*")):
                if file.is_file():
                    archive.write(file, file.relative_to(folder).as_posix())
    verdict = verify(place)
    assert [(one.path, one.flaw) for one in verdict.found] == [(path, flaw)]
    assert main(["archive", "verify", str(place)]) == 1


def test_a_zip_with_a_damaged_file_tells_which(tmp_path: Path) -> None:
    place = tmp_path / "a.zip"
    write_archive(place, some(), about(), [])
    content = place.read_bytes()
    at = content.index(b"Bilagor/a.pdf") + 40
    place.write_bytes(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :])
    assert [(one.path, one.flaw) for one in verify(place).found] == [("Bilagor/a.pdf", Flaw.UNREADABLE)]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('"title": "Kallelse"', '"title": "Protokoll"'),
        lambda text: text.replace('"size": 4', '"size": 5'),
        lambda text: text[:-20],
        lambda text: text.replace("finsam-archive", "annat"),
        lambda text: text.replace("Bilagor/a.pdf", "../a.pdf"),
        lambda text: text.replace('"version": 1', '"version": 2'),
        lambda text: "[" * 100_000,
    ],
)
def test_a_list_that_has_been_altered_is_refused(tmp_path: Path, change: Callable[[str], str]) -> None:
    folder = tmp_path / "Arkiv"
    write_archive(folder, some(), about(), [])
    path = folder / lists.NAME
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(UserError) as error:
        verify(folder)
    assert "Arkiv" in str(error.value)


@pytest.mark.parametrize("name", ["Arkiv", "Arkiv.zip"])
@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_a_stopped_archive_leaves_nothing(tmp_path: Path, name: str, after: int) -> None:
    count = 0

    def stop(_name: str) -> None:
        nonlocal count
        count += 1
        if count > after:
            raise KeyboardInterrupt

    def found() -> Iterator[Piece]:
        yield from some()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_archive(tmp_path / name, found(), about(), [], stop)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_was_cut_off_is_not_taken_for_whole(tmp_path: Path) -> None:
    folder = tmp_path / "Arkiv"
    write_archive(folder, some(), about(), [])
    (folder / lists.NAME).unlink()
    with pytest.raises(UserError, match="inte ett helt arkiv"):
        verify(folder)


def test_what_is_there_already_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "Arkiv"
    folder.mkdir()
    (folder / "mitt.txt").write_text("x")
    with pytest.raises(UserError, match="redan något som heter Arkiv"):
        write_archive(folder, some(), about(), [])
    assert [path.name for path in folder.iterdir()] == ["mitt.txt"]
    (folder / "mitt.txt").unlink()
    write_archive(folder, some(), about(), [])
    assert verify(folder).whole


@pytest.mark.parametrize("path", ["", "/a", "a/", "../a", "a/../b", "a//b", "C:a", "a\\b", "./a", "a\0"])
def test_a_path_that_leads_out_is_seen(path: str) -> None:
    assert not is_inside(path)


def test_names_fit_windows_and_stay_apart() -> None:
    seen: set[str] = set()
    long = f"2026/2026-10-29 Ordinarie sammanträde/Bilagor/{'å' * 200}.pdf"
    first, second = free_path(long, seen), free_path(long, seen)
    assert len(first) <= 150
    assert first != second
    assert first.endswith(".pdf")
    assert second.endswith(" (2).pdf")
    assert free_path("a/b. c", seen) == "a/b. c"


def test_the_readable_list_shows_text_as_text(tmp_path: Path) -> None:
    write_archive(tmp_path / "Arkiv", some(), about(), ["<script>"])
    page = (tmp_path / "Arkiv" / lists.READABLE).read_text(encoding="utf-8")
    assert "A &amp; B &lt;c&gt;" in page
    assert "&lt;script&gt;" in page
    assert 'lang="sv"' in page


def test_a_meetings_archive_holds_it_all_and_its_data(tmp_path: Path, opened: Workspace) -> None:
    meeting = opened.find_meeting(MEETING)
    made = archiving.make_archive(opened, MEETING, tmp_path / "Arkiv", now=NOW, pdf=False)
    paths = [entry.path for entry in made.manifest.entries]
    assert "Dokument/2026-10-29 Protokoll.docx" in paths
    assert "Dokument/2026-10-29 Kallelse.docx" in paths
    assert not [path for path in paths if path.endswith(".pdf")]
    data = codec.decode((tmp_path / "Arkiv" / "Data" / "sammanträde.json").read_bytes(), Exchange)
    assert data.meeting == meeting
    stored = {opened.file(a.sha256) for item in meeting.items for a in item.attachments if a.sha256}
    assert {path.read_bytes() for path in (tmp_path / "Arkiv" / "Bilagor").iterdir()} == stored
    kept = {one.content for one in opened.exports(meeting.id) if one.content}
    assert {path.read_bytes() for path in (tmp_path / "Arkiv" / "Skapade filer").iterdir()} == kept


def test_without_libreoffice_it_is_said_and_nothing_claimed(
    tmp_path: Path, opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("finsam_desktop.pdf.libreoffice.find_libreoffice", lambda: None)
    made = archiving.make_archive(opened, "2026-09-17", tmp_path / "a.zip", now=NOW)
    assert made.manifest.told[0] == archiving.NO_PROGRAM
    assert made.claims == (0, 0)


@pytest.mark.needs_libreoffice
def test_its_pdfs_are_what_they_claim(
    tmp_path: Path, example_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import pikepdf

    target = tmp_path / "Arkiv"
    assert main(["archive", "make", str(example_file), "2026-09-17", "-o", str(target)]) == 0
    manifest = verify(target).manifest
    pdfs = [entry for entry in manifest.entries if entry.media_type == "application/pdf"]
    assert len(pdfs) == 3
    for entry in pdfs:
        content = (target / entry.path).read_bytes()
        assert entry.claim == claim(content) == "PDF/A-2a"
        assert checked(content) == (content, "PDF/A-2a", ())
        with pikepdf.open(target / entry.path) as document:
            assert document.Root.Lang == "sv-SE"
            assert "/StructTreeRoot" in document.Root
    protokoll = next(target / entry.path for entry in pdfs if "Protokoll" in entry.path)
    for harm, what in (
        (lambda d: d.Root.__delitem__("/OutputIntents"), "Färgprofilen saknas."),
        (lambda d: d.Root.__delitem__("/Lang"), "Språket saknas."),
        (lambda d: d.Root.__delitem__("/StructTreeRoot"), "Filen är inte taggad."),
        (_without_font, "inte inbäddat."),
        (lambda d: d.attachments.__setitem__("a.txt", b"x"), "Filen har andra filer i sig."),
    ):
        with pikepdf.open(protokoll) as document:
            harm(document)
            document.save(tmp_path / "skadad.pdf")
        broken = (tmp_path / "skadad.pdf").read_bytes()
        content, said, faults = checked(broken)
        assert (content, said) == (broken, "")
        assert faults[0].endswith(what)


def _without_font(document: object) -> None:
    for thing in document.objects:  # type: ignore[attr-defined]
        if hasattr(thing, "keys") and "/FontFile2" in thing:
            del thing["/FontFile2"]


def test_what_is_no_pdf_claims_nothing() -> None:
    assert claim(b"hej") == ""
    assert checked(b"hej")[1] == ""


def test_the_command_names_the_archive_itself(example_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert main(["archive", "make", str(example_file), "2026-04-22", "--no-pdf", "--zip"]) == 0
    told = capsys.readouterr().out
    assert str(example_file.parent / "2026-04-22 Arkiv.zip") in told
    assert str(example_file.parent / "2026-04-22 Arkiv (2).zip") in told
    assert main(["archive", "verify", str(example_file.parent / "2026-04-22 Arkiv.zip")]) == 0
    assert main(["archive", "verify", str(example_file)]) == 3
    assert main(["archive", "verify", str(example_file.parent / "finns inte")]) == 3
