"""Log and reports without what is personal: words are kept only when they are the program's own or Python's.

Names, addresses and texts of meetings cannot be told from other words, and a list of what to hide is never whole. So it
is turned about: of a text that came from data, a word is kept when it is known to be technical. What our own code
writes into the log as a template is kept as it stands; what is put into it is not.
"""

from __future__ import annotations

import builtins
import errno
import logging
import os
import re
import sys
import traceback
from collections.abc import Iterable
from functools import cache
from types import TracebackType

OWN = "finsam_desktop"
HIDDEN = "…"

_PIECE = re.compile(r"[^\W\d_][\w]*|_\w+|\d(?:[\d\s.,:/+-]*\d)?|[^\w\s]|\s+")
_FRAME = re.compile(r'^\s*File "(?P<path>[^"]*)", line (?P<line>\d+) in (?P<name>.+)$')
_CRASH_LINE = re.compile(
    r"^(Fatal Python error: [A-Za-z ]+|Windows fatal exception: [\w ]+|(Current thread|Thread) 0x[0-9a-f]+.*"
    r"|Python runtime state: \w+|<no Python frame>|\s*\.\.\.)$"
)
_THREAD_NAME = re.compile(r"\[[^\]]*\]")
_MOST_DIGITS = 4

_WORDS = """
a above access allowed already an an argument arguments array as assigned assignment at attempt attribute attributes
bad base before between bool broken buffer but by byte bytes called can can't cannot character characters closed codec
column comparison concatenate constraint context convert corrupt could count current data database decode deleted depth
descriptor device dict different dimension directory disk division does doesn't driver element elements empty encode
end enough error exceeded exception exist exists expected expression failed field file files find first float for
format found free from function given got greater has have ill image import in index initialized input instance int
integer interrupted internal invalid is it item iterable iteration its key keys keyword large length less level library
limit line list literal local locked long lost malformed mapping mark match maximum member memory message method
minimum missing mode module modules more must name named names negative nested no non none not null number object
objects of on only open opcode operand operation operator option or order ordinal out overflow parse parser partially
pass path permission pickle pointer position positional process proxy query range read readonly recursion reference
referenced required resource result returned returns row row's runtime same schema segment sequence set shape short
should signal size slice slot small source stack start state statement stopped str stream string subscriptable support
supported surrogates syntax system table text than thread time timed timeout to token too transaction truncated tuple
type types unable unexpected unhashable unknown unpack unsupported unterminated use used utf value values variable
violation was were when while width with without write written wrong xml zero zlib
C CPU GUI I O OS PDF SQL SQLite UTF XML ZIP JSON TOML
Errno WinError Internal Python Qt UNIQUE NULL None NoneType True False
""".split()


@cache
def _technical() -> frozenset[str]:
    """Words that are never anybody's: of Python's own messages, of the system's, names of types and modules."""
    words = {*_WORDS, *dir(builtins)}
    for number in errno.errorcode:
        words.update(re.findall(r"[A-Za-z']+", os.strerror(number)))
    return frozenset(words)


def without_data(text: str, known: frozenset[str] = frozenset()) -> str:
    """A text from data, with the technical words and ``known`` ones left and "…" for all else; long numbers go too."""
    kept: list[str] = []
    allowed = _technical()
    for piece in _PIECE.findall(text):
        if piece.isspace():
            kept.append(" ")
        elif piece[0].isdigit():
            digits = sum(char.isdigit() for char in piece)
            kept.append(piece if digits <= _MOST_DIGITS and piece.isdigit() else HIDDEN)
        elif not (piece[0].isalpha() or piece[0] == "_"):
            kept.append(piece if piece.isascii() and piece not in "@\\/" else HIDDEN)
        else:
            fine = piece in allowed or piece in known or bool(re.fullmatch(r"Q[A-Z][A-Za-z]+", piece))
            kept.append(piece if fine else HIDDEN)
    return _joined("".join(kept))


def _joined(text: str) -> str:
    """Hidden words in a row become one."""
    return re.sub(rf"{HIDDEN}(?:[\s.,:;'\"()\-]*{HIDDEN})+", HIDDEN, text).strip()


def value_in_log(value: object) -> object:
    """What is put into a line of the log in place of a value."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, BaseException):
        return fault_in_words(value)
    return without_data(str(value))


def fault_in_words(fault: BaseException) -> str:
    """The kind of a fault, and of its message what is technical."""
    known = _names(fault.__traceback__)
    return f"{type(fault).__name__}: {without_data(str(fault), known)}".rstrip(": ")


def _names(trace: TracebackType | None) -> frozenset[str]:
    """The names that the code in a traceback uses: an error tells of them, and they are ours."""
    found: set[str] = set()
    while trace is not None:
        code = trace.tb_frame.f_code
        if OWN in code.co_filename:
            found.update(code.co_names, code.co_varnames, (code.co_name,))
        trace = trace.tb_next
    return frozenset(found)


def trace_in_words(fault: BaseException) -> str:
    """Where a fault arose, the innermost last, with what it came of; neither values nor lines of text."""
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = fault
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = traceback.extract_tb(current.__traceback__, limit=-40)
        lines = [f"  {program_path(f.filename)}, line {f.lineno}, in {_function(f.name)}" for f in frames]
        parts.append("\n".join([*lines, fault_in_words(current)]))
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\nfollowed by:\n".join(reversed(parts))


def _function(name: str) -> str:
    """A function's name; of templates, which are data, nothing."""
    return name if re.fullmatch(r"<?[\w.]+>?", name) and name.isascii() else HIDDEN


def program_path(path: str) -> str:
    """Where code is, from the program's or the library's folder on: nothing of whose computer it is."""
    parts = re.split(r"[\\/]+", path)
    for mark in (OWN, "site-packages", "dist-packages", "_internal"):
        if mark in parts[:-1]:
            place = len(parts) - 1 - parts[::-1].index(mark)
            return "/".join(parts[place if mark == OWN else place + 1 :])
    standard = {"lib", "Lib", f"python3.{sys.version_info.minor}"}
    if standard & set(parts[:-1]) and parts[-1].endswith(".py"):
        return parts[-1]
    return parts[-1] if path.startswith("<frozen ") else HIDDEN


def crash_in_words(text: str) -> str:
    """What the interpreter wrote as it went down, with paths shortened and what is not its own words taken away."""
    return "\n".join(_crash_lines(text.splitlines()))


def _crash_lines(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        frame = _FRAME.match(line)
        if frame is not None:
            name = _function(frame["name"])
            yield f"  {program_path(frame['path'])}, line {frame['line']}, in {name}"
        elif line.startswith("Extension modules: "):
            continue
        elif _CRASH_LINE.match(line):
            yield _THREAD_NAME.sub(f"[{HIDDEN}]", line)
        elif line.strip():
            yield without_data(line)


class PrivateFormatter(logging.Formatter):
    """Lines of the log: our own words, and of everything else what is technical."""

    def format(self, record: logging.LogRecord) -> str:
        head = f"{self.formatTime(record)} {record.levelname} {record.name}: "
        text = head + self._message(record).replace("\n", " ")
        if record.exc_info and record.exc_info[1] is not None:
            text += "\n" + trace_in_words(record.exc_info[1])
        return text

    def _message(self, record: logging.LogRecord) -> str:
        if record.name.split(".")[0] != OWN:
            return without_data(record.getMessage())
        arguments = record.args
        if isinstance(arguments, dict):
            return str(record.msg) % {key: value_in_log(value) for key, value in arguments.items()}
        return str(record.msg) % tuple(value_in_log(value) for value in arguments or ())
