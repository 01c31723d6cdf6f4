"""The mötespaket as a file: what is read back, and what is refused."""

from __future__ import annotations

import json
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.parcel_values import ParcelCopy, Receiver
from finsam_desktop.errors import UserError
from finsam_desktop.storage import parcel_file
from finsam_desktop.storage.parcel_file import (
    MAGIC,
    Parcel,
    ParcelContent,
    RefusedParcelError,
    WrongPasswordError,
    head,
    packed,
    read_bytes,
    unpacked,
)
from tests.leaks import unpacked as everything

SECRET = "Fågelholkarna vid Mjösundet"
PASSWORD = "tallar vid sjön"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guess costs little here; what it costs otherwise is tried once, below."""
    monkeypatch.setattr(parcel_file, "WORK", 2**6)


def parcel(**content: Any) -> Parcel:
    meeting = Meeting(id="m", date=date(2026, 10, 29), items=(AgendaItem(id="a", title=SECRET),))
    copy = ParcelCopy(
        id="p", meeting_id="m", receiver=Receiver(name=SECRET), made_at=datetime(2026, 11, 1, 9), note=SECRET
    )
    data = SECRET.encode() * 3
    return Parcel(
        content=ParcelContent(
            **{
                "parcel": copy,
                "association": Association(name=SECRET),
                "meeting": meeting,
                "base": meeting,
                **content,
            }
        ),
        files={sha256(data).hexdigest(): data},
    )


def forged(data: bytes, body: bytes | None = None, version: int = 1, **fields: Any) -> bytes:
    """The file with another head or body, and checksums that fit: the work of somebody who knows the format."""
    magic, _, length = parcel_file._START.unpack(data[:14])
    start = json.loads(data[14 : 14 + length])
    body = data[14 + length + 32 :] if body is None else body
    start |= {"size": len(body), "sha256": sha256(body).hexdigest()} | fields
    words = json.dumps(start, separators=(",", ":")).encode()
    front = parcel_file._START.pack(magic, version, len(words)) + words
    return front + sha256(front).digest() + body


def body_of(data: bytes) -> bytes:
    return data[14 + parcel_file._START.unpack(data[:14])[2] + 32 :]


def zipped(*entries: tuple[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("password", [None, PASSWORD])
def test_what_goes_in_comes_out(password: str | None) -> None:
    assert unpacked(packed(parcel(), password), password) == parcel()


def test_head_is_read_without_a_password() -> None:
    answer = parcel(reply_id="svar", replied_at=datetime(2026, 11, 2))
    for content, is_answer in ((parcel(), False), (answer, True)):
        for password in (None, PASSWORD):
            data = packed(content, password)
            seen = head(data)
            assert (seen.id, seen.answer, seen.protected, seen.size) == (
                "p",
                is_answer,
                password is not None,
                len(data),
            )


def test_letters_written_in_two_ways_are_the_same_password() -> None:
    data = packed(parcel(), unicodedata.normalize("NFD", PASSWORD))
    assert unpacked(data, unicodedata.normalize("NFC", PASSWORD)) == parcel()


def test_a_password_pasted_out_of_a_mail_opens_what_it_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is copied takes spaces and line breaks with it, and mail programs write no-break spaces."""
    pasted = " " + PASSWORD.replace(" ", "\u00a0") + "\r\n"
    assert unpacked(packed(parcel(), PASSWORD), pasted) == parcel()
    assert unpacked(packed(parcel(), pasted), PASSWORD) == parcel()
    with pytest.raises(WrongPasswordError):
        unpacked(packed(parcel(), PASSWORD), PASSWORD.replace(" ", ""))
    with monkeypatch.context() as patch:
        patch.setattr(parcel_file, "_words", str)
        older = packed(parcel(), pasted)
    assert unpacked(older, pasted) == parcel()


@pytest.mark.parametrize("password", [None, PASSWORD])
def test_every_altered_byte_is_refused(password: str | None) -> None:
    data = packed(parcel(), password)
    for place in range(len(data)):
        altered = bytearray(data)
        altered[place] ^= 1 << (place % 8)
        with pytest.raises(RefusedParcelError) as refused:
            unpacked(bytes(altered), password)
        assert not isinstance(refused.value, WrongPasswordError)


@pytest.mark.parametrize("password", [None, PASSWORD])
def test_a_file_cut_short_or_made_longer_is_refused(password: str | None) -> None:
    data = packed(parcel(), password)
    for length in range(len(data)):
        with pytest.raises(RefusedParcelError):
            unpacked(data[:length], password)
    with pytest.raises(RefusedParcelError):
        unpacked(data + b"\0", password)


def test_who_knows_the_format_cannot_alter_a_locked_one() -> None:
    """The checksums can be made anew by anybody; the lock cannot."""
    data = packed(parcel(), PASSWORD)
    body = body_of(data)
    for place in range(0, len(body), 7):
        altered = bytearray(body)
        altered[place] ^= 1
        with pytest.raises(RefusedParcelError, match="ändrats på vägen"):
            unpacked(forged(data, bytes(altered)), PASSWORD)
    lock = json.loads(data[14 : 14 + parcel_file._START.unpack(data[:14])[2]])["lock"]
    for fields in ({"answer": True}, {"id": "q"}, {"lock": lock | {"nonce": "00" * 12}}):
        with pytest.raises(RefusedParcelError, match="ändrats på vägen"):
            unpacked(forged(data, **fields), PASSWORD)
    with pytest.raises(RefusedParcelError):
        unpacked(forged(data, lock=None), PASSWORD)
    assert unpacked(forged(data), PASSWORD) == parcel(), "the forger's own checksums fit"


def test_wrong_and_missing_passwords_are_told_apart_from_damage() -> None:
    data = packed(parcel(), PASSWORD)
    for wrong in ("tallar vid sjon", PASSWORD.upper(), PASSWORD.replace(" ", "")):
        with pytest.raises(WrongPasswordError, match="lösenordet stämmer inte"):
            unpacked(data, wrong)
    for none in (None, ""):
        with pytest.raises(WrongPasswordError, match="låst med lösenord"):
            unpacked(data, none)
    assert unpacked(packed(parcel(), None), "onödigt lösenord") == parcel()


def test_short_passwords_are_refused_before_anything_is_made() -> None:
    with pytest.raises(UserError, match="minst 8 tecken"):
        packed(parcel(), "kort")


def test_no_word_of_a_locked_one_stands_in_its_bytes() -> None:
    words = (SECRET, SECRET.split()[0], "Mjösundet")
    forms = [word.encode(code) for word in words for code in ("utf-8", "utf-16-le", "cp1252")]
    seen = [part for _, part in everything(packed(parcel(), PASSWORD))]
    assert not any(form in part for form in forms for part in seen)
    open_one = [part for _, part in everything(body_of(packed(parcel(), None)))]
    assert any(forms[0] in part for part in open_one), "the looking finds what is there"


def test_two_locked_ones_of_the_same_are_unlike() -> None:
    assert body_of(packed(parcel(), PASSWORD)) != body_of(packed(parcel(), PASSWORD))
    assert packed(parcel(), None) == packed(parcel(), None)


def test_an_unlocked_one_is_read_by_other_tools(tmp_path: Path) -> None:
    path = tmp_path / "paket.motespaket"
    path.write_bytes(packed(parcel(), None))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        content = json.loads(archive.read("paket.json"))
    assert content["meeting"]["items"][0]["title"] == SECRET


def test_newer_versions_and_fields_are_refused_and_say_so() -> None:
    data = packed(parcel(), None)
    with pytest.raises(RefusedParcelError, match="nyare version") as refused:
        unpacked(forged(data, version=2))
    assert "Uppdatera" in refused.value.advice
    with zipfile.ZipFile(BytesIO(body_of(data))) as archive:
        inner = json.loads(archive.read("paket.json"))
    inner["meeting"]["nytt_fält"] = 1
    with pytest.raises(RefusedParcelError, match="nyare version"):
        unpacked(forged(data, zipped(("paket.json", json.dumps(inner).encode()))))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"F",
        MAGIC,
        MAGIC + b"\0" * 200,
        b"%PDF-1.7",
        b"SQLite format 3\0",
        zipped(("a.txt", b"x")),
        b"\xff" * 99,
    ],
)
def test_other_programs_files_are_refused(data: bytes) -> None:
    with pytest.raises(RefusedParcelError):
        unpacked(data)


@pytest.mark.parametrize(
    ("data", "why"), [(b"", "den är tom"), (b"PK ett Worddokument", "det är inte ett mötespaket")]
)
def test_one_that_is_named_as_a_parcel_is_to_be_sent_anew(data: bytes, why: str) -> None:
    """To choose one with that name is no advice to somebody who has."""
    with pytest.raises(RefusedParcelError, match=why) as refused:
        head(data, "Till Anna.motespaket")
    assert refused.value.advice.startswith("Be avsändaren att skicka paketet på nytt")
    with pytest.raises(RefusedParcelError) as other:
        head(data, "Till Anna.docx")
    assert other.value.advice == "Välj en fil som slutar på .motespaket."


def test_contents_that_do_not_belong_together_are_refused() -> None:
    data = packed(parcel(), None)
    with zipfile.ZipFile(BytesIO(body_of(data))) as archive:
        inner = archive.read("paket.json")
    other = replace(parcel().content.meeting, id="annat")
    for bad in (
        zipped(),
        zipped(("annat.json", inner)),
        zipped(("paket.json", b"{}")),
        zipped(("paket.json", b"[" * 100_000)),
        zipped(("paket.json", inner), ("filer/abc", b"x")),
        zipped(("paket.json", inner), ("filer/../../x", b"x")),
        b"PK\x03\x04 not a zip",
    ):
        with pytest.raises(RefusedParcelError):
            unpacked(forged(data, bad))
    for content in (parcel(meeting=other), parcel(base=other)):
        with pytest.raises(RefusedParcelError, match="hör inte ihop"):
            unpacked(packed(content, None))


def test_what_is_huge_or_grows_beyond_reason_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = packed(parcel(), None)
    path = tmp_path / "stort.motespaket"
    with open(path, "wb") as file:
        file.truncate(parcel_file.LARGEST + 2**21)
    with pytest.raises(RefusedParcelError, match="större än 400 MB"):
        read_bytes(path)
    monkeypatch.setattr(parcel_file, "LARGEST", 2**20)
    bomb = zipped(("paket.json", b"0" * 2**22))
    assert len(bomb) < 2**16
    with pytest.raises(RefusedParcelError, match="större än"):
        unpacked(forged(data, bomb))
    monkeypatch.setattr(parcel_file, "LARGEST", 2**9)
    content = bytes(range(256)) * 2**13
    large = Parcel(content=parcel().content, files={sha256(content).hexdigest(): content})
    with pytest.raises(UserError, match="större än"):
        packed(large, None)


def test_a_password_that_would_cost_minutes_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(parcel(), PASSWORD)
    lock = json.loads(data[14 : 14 + parcel_file._START.unpack(data[:14])[2]])["lock"]

    def never(*_: object) -> None:
        raise AssertionError("tried")

    monkeypatch.setattr(parcel_file, "_derived", never)
    for bad in ({"n": 2**24}, {"n": 3}, {"n": 0}, {"r": 999}, {"p": 99}, {"r": 16, "n": 2**20}, {"salt": "zz"},
                {"nonce": "00"}, {"salt": ""}):  # fmt: skip
        with pytest.raises(RefusedParcelError):
            unpacked(forged(data, lock=lock | bad), PASSWORD)


def test_a_guess_costs_what_it_should(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    data = packed(parcel(), PASSWORD)
    lock = json.loads(data[14 : 14 + parcel_file._START.unpack(data[:14])[2]])["lock"]
    assert lock["n"] * lock["r"] * 128 >= 128 * 2**20
    assert unpacked(data, PASSWORD) == parcel()


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="finns inte"):
        read_bytes(tmp_path / "borta.motespaket")
    with pytest.raises(UserError, match="går inte att läsa"):
        read_bytes(tmp_path)
