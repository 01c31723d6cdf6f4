"""Real files damaged in many ways, and the judge of what the program makes of them: read or refused in Swedish.

A damage is a list of small steps drawn by hypothesis, so that a failure is shrunk to the one that matters. The clock
is the process's own processor time, held against a gauge of how fast this machine is just now.
"""

from __future__ import annotations

import io
import json
import re
import time
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any, Final, NamedTuple

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from finsam_desktop.errors import UserError

AT_REST: Final = 0.055
"""Seconds that ``_gauge`` takes where nothing else runs."""
MOST_SECONDS: Final = 2.0
MOST_MEGABYTES: Final = 300
_STATUS = Path("/proc/self/status")
_PEAK = Path("/proc/self/clear_refs")

ODD: Final = (
    b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe5\xe4\xf6", b"\xed\xa0\x80", b"<", b"</w:p>", b"<!DOCTYPE x [",
    b"]]>",
    b"&#0;", b"&x;", b'"', b"'", b"[", b"[" * 3000, b"{" * 3000, b'{"a":' * 2000, b"<a>" * 5000, b"]", b"}", b",", b":",
    b"=", b"9" * 40, b"9" * 5000, b"1e309", b"-1e999999999", b"NaN", b"inf", b"null", b"-0", b"\\ud800", b"\\u0000",
    b"../../x", b"C:\\x", b"\r\n", b"\n\n", b"%PDF-1.7", b"PK\x03\x04", b"PK\x05\x06", b"SQLite format 3\0", b" obj",
    b"endstream", b"/Kids [1 0 R]", b"/Length 99999999999", b"Content-Type: multipart/mixed; boundary=x\n",
    b"=?utf-8?b?////?=", b"=?x-unknown?q?a?=", b"Date: Mon, 99 Foo 99999 99:99:99 +9999\n",
    b"{{ x }}", b"{% for x in y %}",
    b"\xf4\x90\x80\x80", b"\x80\x04\x95", b"A" * 70_000,
)  # fmt: skip


def tries(number: int) -> settings:
    """So many inputs. A failure is not made smaller, which takes minutes: add ``Phase.shrink`` for it."""
    return settings(
        max_examples=number, phases=(Phase.explicit, Phase.reuse, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


few: Final = tries(20)
many: Final = tries(1_000)


class Step(NamedTuple):
    """One blow: ``kind`` of it, ``place`` as a share of the file, which of ``ODD``, and how many bytes."""

    kind: int
    place: float
    odd: int
    size: int


_shares = st.integers(0, 10_000).map(lambda number: number / 10_000)
steps: Final = st.lists(
    st.builds(Step, st.integers(0, 7), _shares, st.integers(0, len(ODD) - 1), st.integers(1, 300)),
    min_size=1,
    max_size=6,
)
"""A damage."""


def damaged(content: bytes, damage: Sequence[Step]) -> bytes:
    """``content`` with bytes flipped, cut out, put in, doubled, swapped and cut off."""
    data = bytearray(content)
    for kind, share, odd, size in damage:
        place = min(int(share * len(data)), max(len(data) - 1, 0))
        match kind:
            case 0 if data:
                data[place] ^= 1 << (size % 8)
            case 1 if data:
                data[place] = size % 256
            case 2:
                del data[place : place + size]
            case 3:
                data[place:place] = ODD[odd]
            case 4:
                data[place : place + len(ODD[odd])] = ODD[odd]
            case 5:
                data[place:place] = data[place : place + size] * (1 + size % 40)
            case 6 if size > 200:
                del data[place:]
            case _:
                data = data[place:] + data[:place]
    return bytes(data)


def damaged_zip(content: bytes, damage: Sequence[Step]) -> bytes:
    """An archive with parts damaged, swapped, left out, doubled, nested or grown; or its own bytes damaged."""
    if damage[0].size % 4 == 0:
        return damaged(content, damage)
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        parts = [(name, source.read(name)) for name in source.namelist()]
    for step in damage:
        number = min(int(step.place * len(parts)), len(parts) - 1)
        name, part = parts[number]
        match step.kind:
            case 0 | 1 | 2 | 3 | 4:
                parts[number] = (name, damaged(part, [step._replace(place=(step.place * 7919) % 1)]))
            case 5:
                other = step.size % len(parts)
                parts[number], parts[other] = (name, parts[other][1]), (parts[other][0], part)
            case 6:
                grown = [content, b"\0" * 20_000_000, part[:20_000] * 500, b"<a>" * 300_000][step.size % 4]
                parts[number] = (name, grown)
            case _ if step.size % 3 == 0 and len(parts) > 1:
                del parts[number]
            case _:
                parts.append((["../" + name, name, name.upper(), "/" + name][step.size % 4], part))
    return zipped(parts)


def grown_zip(content: bytes, megabytes: int) -> bytes:
    """The archive with a part more, of zeros: a few kilobytes that unpack to so many megabytes."""
    out = io.BytesIO(content)
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
        made.open("word/styles2.xml", "w") as part,
    ):
        for _ in range(megabytes):
            part.write(bytes(1_000_000))
    return out.getvalue()


def zipped(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """The parts as an archive, also when two have one name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of names that are there twice
                made.writestr(info, part)
    return out.getvalue()


def _nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value


_VALUES: Final[tuple[Any, ...]] = (
    None, True, 0, -1, 10**30, 1e308, "", "x" * 100_000, "\ud800", "\0", "2026-02-30", "24:61", "0000-00-00",
    "9" * 400, "NaN", "sNaN", "1e9999", "../../etc/passwd", [], {}, [[]], {"": {}}, _nested(400),
    "å" * 3000, 1e-320, "2026-10-29", "=1",
)  # fmt: skip


def damaged_json(content: bytes, damage: Sequence[Step]) -> bytes:
    """JSON whose values are of another kind, missing, doubled or out of all bounds; or its own bytes damaged."""
    if damage[0].size % 5 == 0:
        return damaged(content, damage)
    tree = json.loads(content)
    for step in damage:
        holders = _holders(tree)
        if not holders:
            break
        holder, key = holders[min(int(step.place * len(holders)), len(holders) - 1)]
        match step.kind:
            case 0 | 1 | 2 | 3:
                holder[key] = deepcopy(_VALUES[(step.odd * 301 + step.size) % len(_VALUES)])
            case 4:
                del holder[key]
            case 5 if isinstance(holder, list) and len(holders) < 20_000:
                holder.extend(deepcopy([holder[key]] * min(step.size, 20)))
            case 6 if isinstance(holder, dict):
                holder[f"{key}x"] = deepcopy(holder[key])
            case _:
                other, place = holders[step.size * 31 % len(holders)]
                with suppress(LookupError):
                    holder[key] = deepcopy(other[place])
    return json.dumps(tree, ensure_ascii=bool(damage[0].odd % 2)).encode("utf-8", "surrogatepass")


def _holders(tree: Any) -> list[tuple[Any, Any]]:
    """Every place of the tree that holds a value."""
    found: list[tuple[Any, Any]] = []
    left = [tree]
    while left:
        one = left.pop()
        if isinstance(one, dict | list):
            pairs = list(one.items()) if isinstance(one, dict) else list(enumerate(one))
            found += [(one, key) for key, _ in pairs]
            left += [value for _, value in pairs]
    return found


# The judge

_FOREIGN = re.compile(r"Traceback|\b[A-Z]\w+(Error|Exception)\b|\bexpected\b|object at 0x")


class Judged(NamedTuple):
    """What came of an input: what the use gave, and what a user is told, "" when it was read."""

    value: object
    told: str


def judged(use: Callable[[], object], about: object = "") -> Judged:
    """Let the program use an input. Fails unless it is read or refused in words, within two seconds.

    A use that took too long is tried again: nothing but the input itself makes it slow each time.
    """
    for _attempt in range(3):
        started = time.process_time()
        told, value = "", None
        try:
            value = use()
        except UserError as error:
            told = error.message
            _is_fit_to_read(error, about)
        except BaseException as error:  # a panic of a library is no Exception
            raise AssertionError(f"a fault for the user: {error!r} ({about})") from error
        seconds = time.process_time() - started
        if seconds < MOST_SECONDS or seconds / slower() < MOST_SECONDS:
            return Judged(value, told)
    raise AssertionError(f"{seconds:.1f} s of processor time ({about})")


def _is_fit_to_read(error: UserError, about: object) -> None:
    assert error.message.strip(), about
    assert not _FOREIGN.search(str(error)), (about, str(error))
    assert error.advice.strip() or error.message.endswith("."), (about, error.message)


def slower() -> float:
    """How much slower than at rest this machine is just now, at least 1."""
    started = time.process_time()
    texts = [str(number) for number in range(60_000)]
    kept = {text: int(text) for text in texts}
    sum(kept[text] for text in texts)
    return max(1.0, (time.process_time() - started) / AT_REST)


class Memory:
    """Holds what is done in a ``with`` within ``MOST_MEGABYTES`` more than there was, where that can be measured."""

    def __init__(self, megabytes: int = MOST_MEGABYTES) -> None:
        self._most = megabytes

    def __enter__(self) -> Memory:
        with suppress(OSError):
            _PEAK.write_text("5")  # the peak is counted from here
        self._before = _megabytes("VmRSS")
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            grown = _megabytes("VmHWM") - self._before
            assert grown < self._most, f"{grown:.0f} MB"


def _megabytes(name: str) -> float:
    with suppress(OSError):
        found = re.search(rf"{name}:\s+(\d+) kB", _STATUS.read_text())
        return int(found[1]) / 1024 if found else 0.0
    return 0.0


def bomb(megabytes: int) -> bytes:
    """Zeros, packed by zlib to a thousandth."""
    return zlib.compress(bytes(megabytes * 1_000_000), 9)
