"""Signatures: who, when and whether the file is as it was signed; and signed protokoll taken in and kept."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

from finsam_desktop import signed_papers
from finsam_desktop.archive.pdf_claims import checked
from finsam_desktop.archive.signing import Card, KeyFile, sign_pdf, verify_pdf
from finsam_desktop.cli import main
from finsam_desktop.domain import sealing, signed_minutes
from finsam_desktop.errors import UserError
from finsam_desktop.workspace import Workspace

NOW = datetime(2026, 11, 22, 10, 42, tzinfo=UTC)
MEETING = "2026-10-29"


@cache
def certificate(name: str = "Birgitta Almkvarn Åäö", *, days: int = 3650, password: str = "hemligt") -> bytes:
    """A certificate and key as their owner would have them in a file; valid around now, or ended."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = datetime.now(UTC) - timedelta(days=400)
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    locked = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"x", key, made, None, locked)


def key_file(**how: object) -> KeyFile:
    return KeyFile(content=certificate(**how), password=str(how.get("password", "hemligt")))  # type: ignore[arg-type]


@cache
def plain_pdf() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.add_blank_page()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def now() -> datetime:
    return datetime.now(UTC)


def test_a_signature_tells_who_and_when_and_that_the_file_is_whole() -> None:
    signed = sign_pdf(plain_pdf(), key_file(), at=now(), reason="Justering", place="Exempelby")
    assert signed.startswith(plain_pdf())
    (found,) = verify_pdf(signed)
    assert found.good
    assert found.signer == found.issuer == "Birgitta Almkvarn Åäö"
    assert found.signed_at is not None
    assert abs(found.signed_at - now()) < timedelta(minutes=5)
    assert found.sentence.startswith("Undertecknat av Birgitta Almkvarn Åäö den 20")
    assert "Filen är oförändrad." in found.sentence
    assert b"/ETSI.CAdES.detached" in signed


def test_a_second_signature_leaves_the_first_good() -> None:
    once = sign_pdf(plain_pdf(), key_file(), at=now())
    twice = sign_pdf(once, key_file(name="Bo"), at=now())
    assert twice.startswith(once)
    assert [(one.signer, one.good) for one in verify_pdf(twice)] == [
        ("Birgitta Almkvarn Åäö", True),
        ("Bo", True),
    ]


def test_every_altered_byte_of_what_was_signed_is_seen() -> None:
    signed = sign_pdf(plain_pdf(), key_file(), at=now())
    place = signed.index(b"/MediaBox") + 14
    harmed = bytearray(signed)
    harmed[place] = ord("9") if harmed[place] != ord("9") else ord("8")
    (found,) = verify_pdf(bytes(harmed))
    assert not found.good
    assert "ändrats efter underskriften" in found.sentence


def test_what_is_added_after_the_signature_is_seen() -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    signed = sign_pdf(plain_pdf(), key_file(), at=now())
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = page.raw_get("/Type")
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    (found,) = verify_pdf(out.getvalue())
    assert not found.good
    assert "efter underskriften" in found.sentence


@pytest.mark.parametrize(
    ("key", "why"),
    [
        (
            lambda: KeyFile(content=certificate(), password="fel", name="a.p12"),
            "gick inte att öppna med lösenordet",
        ),
        (lambda: KeyFile(content=b"hej", password="", name="a.p12"), "gick inte att öppna med lösenordet"),
        (lambda: key_file(name="G", days=30), "gäller inte i dag"),
        (lambda: Card(library=Path("/finns/inte.so"), token="t", pin="1"), "kort"),
    ],
)
def test_a_key_that_cannot_be_used_is_told(key: Callable[[], KeyFile | Card], why: str) -> None:
    with pytest.raises(UserError) as error:
        sign_pdf(plain_pdf(), key(), at=now())
    assert why in str(error.value).lower() or why in str(error.value)


@pytest.mark.parametrize("content", [b"", b"hej", plain_pdf()[:200]])
def test_a_pdf_that_cannot_be_signed_or_read_is_told(content: bytes) -> None:
    with pytest.raises(UserError):
        sign_pdf(content, key_file(), at=now())
    with pytest.raises(UserError):
        verify_pdf(content)


def test_a_pdf_without_signature_has_none() -> None:
    assert verify_pdf(plain_pdf()) == ()


def test_a_key_never_shows_its_secrets() -> None:
    assert "hemligt" not in repr(key_file())
    assert "1234" not in repr(Card(library=Path("x"), token="t", pin="1234"))


# -- kept beside the text ------------------------------------------------------------------------------


@pytest.fixture
def opened(example_file: Path) -> Iterator[Workspace]:
    with Workspace.open(example_file, user="Anna") as workspace:
        yield workspace


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", plain_pdf(), "PDF, 2 sidor"),
        ("a.PNG", b"\x89PNG\r\n\x1a\n0", "Bild av underskriften"),
        ("a.jpeg", b"\xff\xd8\xff0", "Bild av underskriften"),
    ],
)
def test_what_is_taken_in_is_kept_and_breaks_no_seal(
    opened: Workspace, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    before = opened.find_meeting(MEETING)
    after = signed_papers.take_in(opened, MEETING, path, today=NOW.date(), note="Inskannat")
    opened.change(signed_minutes.ADD, before, after)
    (stored,) = opened.find_meeting(MEETING).signed_minutes
    assert (stored.file_name, stored.size, stored.note) == (name, len(content), "Inskannat")
    assert opened.file(stored.sha256) == content
    assert signed_papers.look_at_stored(opened, stored).words == words
    assert sealing.broken(opened.find_meeting(MEETING)) == sealing.broken(before)
    assert signed_papers.take_in(opened, MEETING, path, today=NOW.date()) == after
    assert signed_minutes.without(after, stored.id).signed_minutes == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", b"PK\x03\x04"),
        ("a.pdf", b"hej"),
        ("a.png", b"\xff\xd8\xff"),
        ("a.pdf", b"%PDF-1.7\nskadad"),
    ],
)
def test_what_is_no_signed_paper_is_refused(
    opened: Workspace, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UserError):
        signed_papers.take_in(opened, MEETING, path, today=NOW.date())
    with pytest.raises(UserError, match="går inte att läsa"):
        signed_papers.take_in(opened, MEETING, tmp_path / "finns inte.pdf", today=NOW.date())


@pytest.mark.needs_libreoffice
def test_the_command_signs_keeps_archives_and_checks(
    example_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "c.p12").write_bytes(certificate())
    (tmp_path / "losen.txt").write_text("hemligt\n", encoding="utf-8")
    signed = tmp_path / "2026-10-29 Protokoll undertecknat.pdf"
    secret = ["--p12", str(tmp_path / "c.p12"), "--password-file", str(tmp_path / "losen.txt")]
    assert main(["sign", str(example_file), MEETING, *secret, "-o", str(signed), "--keep"]) == 0
    assert main(["verify-signature", str(signed)]) == 0
    assert "Birgitta Almkvarn" in capsys.readouterr().out
    assert checked(signed.read_bytes())[1:] == ("PDF/A-2a", ())
    assert main(["signed", str(example_file), MEETING]) == 0
    assert "E-underskriven PDF" in capsys.readouterr().out
    archive = tmp_path / "Arkiv"
    assert main(["archive", "make", str(example_file), MEETING, "--no-pdf", "-o", str(archive)]) == 0
    kept = archive / "Undertecknat" / signed.name
    assert kept.read_bytes() == signed.read_bytes()
    assert main(["signed", str(example_file), MEETING, "--remove", signed.name]) == 0
    assert main(["signed", str(example_file), MEETING, "--remove", signed.name]) == 3
    public = tmp_path / "offentligt"
    assert (
        main(["archive", "make", str(example_file), MEETING, "--no-pdf", "--public", "-o", str(public)]) == 0
    )
    assert not (public / "Undertecknat").exists()
    assert not (public / "Data").exists()
