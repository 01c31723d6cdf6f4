"""Nothing of the association comes into log or report: random names, addresses, numbers and texts are looked for."""

from __future__ import annotations

import logging
import re
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_desktop.faults import log_file, privacy, reports
from finsam_desktop.faults.runs import EndedRun

NAMES = st.builds(
    "{} {}".format,
    st.sampled_from(("Åsa", "Göran", "Märta", "Ali", "Wiktoria", "Jan-Erik", "Object", "Max", "Siv")),
    st.sampled_from(
        ("Öberg", "Lindqvist", "von Essen", "Ek", "Al-Hassan", "Berg", "Nilsson", "String", "Æsir")
    ),
)
PERSONAL = st.one_of(
    NAMES,
    NAMES.map(lambda name: name.replace(" ", ".").lower() + "@kommun.example"),
    st.from_regex(r"(19|20)[0-9]{6}-[0-9]{4}", fullmatch=True),
    st.from_regex(r"[0-9]{6}-[0-9]{4}", fullmatch=True),
    st.from_regex(r"07[0-9]-[0-9]{3} [0-9]{2} [0-9]{2}", fullmatch=True),
    NAMES.map(lambda name: f"C:\\Users\\{name}\\Dokument\\{name}.finsam"),
    NAMES.map(lambda name: f"/home/{name.split()[0].lower()}/Förbund/protokoll {name}.docx"),
    st.lists(st.text("abcdefghijklmnopqrstuvwxyzåäö", min_size=8, max_size=14), min_size=2, max_size=9).map(" ".join),
)  # fmt: skip


def traces(secret: str) -> list[str]:
    """The words of a personal text that would give it away: of four letters or more, and numbers of five digits."""
    own = {word.casefold() for word in privacy._technical()} | {
        "finsam",
        "home",
        "users",
        "kommun",
        "example",
    }
    found = [w for w in re.findall(r"[^\W\d_]{4,}", secret) if w.casefold() not in own]
    return found + [re.sub(r"\D", "", n) for n in re.findall(r"[\d][\d -]{4,}\d", secret)]


def assert_private(text: str, secret: str) -> None:
    assert secret not in text
    digits = re.sub(r"\D", "", "\n".join(line.split(": ", 1)[-1] for line in text.splitlines()))
    for trace in traces(secret):
        assert trace not in (digits if trace.isdigit() else text), (trace, text)


def formatted(message: str, *arguments: object, name: str = "finsam_desktop.ui", fault: object = None) -> str:
    info = (type(fault), fault, fault.__traceback__) if isinstance(fault, BaseException) else None
    record = logging.LogRecord(name, logging.INFO, "x.py", 1, message, arguments, info)
    return privacy.PrivateFormatter().format(record)


class NamedError(Exception):
    """A fault whose message holds data."""


def raised(secret: str) -> Exception:
    """A fault as it comes out of code that handles this text, with causes."""
    try:
        try:
            {}[secret]
        except KeyError as error:
            raise ValueError(f"could not read {secret!r}") from error
    except ValueError as error:
        try:
            raise NamedError(secret)
        except NamedError as outer:
            outer.__cause__ = error
            return outer


@given(PERSONAL)
def test_no_line_of_the_log_holds_what_is_personal(secret: str) -> None:
    for line in (
        formatted("told the user: %s", secret),
        formatted("told the user: %s", ValueError(secret)),
        formatted("the meeting %r is gone", secret),
        formatted("a fault of the program", fault=raised(secret)),
        formatted(f"QFont: {secret} is missing", name="qt"),
        formatted("read %s", secret, name="pyhanko"),
    ):
        assert_private(line, secret)


@given(PERSONAL)
@settings(max_examples=40)
def test_no_report_holds_what_is_personal(secret: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try_reports(Path(folder), secret)


def try_reports(data: Path, secret: str) -> None:
    (data / log_file.NAME).write_text(log_file.MARK + formatted("x %s", secret, fault=raised(secret)))
    now = datetime(2026, 11, 22, 10, 42)
    folder = secret.split("\\")[-1].replace("/", "")
    crash = (
        "Fatal Python error: Segmentation fault\n\nCurrent thread 0x00007f ["
        + folder
        + "] (most recent call first):\n"
        f'  File "/home/{folder}/finsam_desktop/ui/session.py", line 12 in open\n'
        f'  File "C:\\Users\\{folder}\\app.py", line 9 in {folder}\n  {secret}\n'
    )
    run = EndedRun(started=now, last_seen=now, version="1.0", file=Path(folder + ".finsam"), crash=crash)
    for report in (reports.of_fault(raised(secret), data, now), reports.of_run(run, data, now)):
        assert report.path.read_text("utf-8") == report.text
        assert_private(report.text.partition("Vad som hände")[2], secret)


def test_what_a_helper_needs_is_left() -> None:
    try:
        Path.suffix.fget(None)  # type: ignore[attr-defined]
    except AttributeError as error:
        told = privacy.trace_in_words(error)
    assert "AttributeError: 'NoneType' object has no attribute 'name'" in told
    assert re.search(r"pathlib\.py, line \d+, in suffix", told)
    assert privacy.fault_in_words(OSError(28, "No space left on device", "/home/anna/x.finsam")) == (
        "OSError: [Errno 28] No space left on device: '…'"
    )
    assert "ZeroDivisionError: division by zero" in privacy.fault_in_words(
        ZeroDivisionError("division by zero")
    )
    assert formatted("%d of %d kept", 3, 12345).endswith("finsam_desktop.ui: 3 of 12345 kept")


def test_a_crash_keeps_the_way_through_the_program() -> None:
    told = privacy.crash_in_words(
        'Fatal Python error: Aborted\n\nThread 0x1 [anna] (most recent call first):\n'
        '  File "/home/anna/.venv/lib/python3.11/site-packages/PIL/Image.py", line 3 in open\n'
        '  File "/usr/lib/python3.11/threading.py", line 7 in run\n'
        '  File "C:\\Användare\\Anna\\x.py", line 1 in <module>\n'
    )  # fmt: skip
    assert told.splitlines() == [
        "Fatal Python error: Aborted",
        "Thread 0x1 […] (most recent call first):",
        "  PIL/Image.py, line 3, in open",
        "  threading.py, line 7, in run",
        "  …, line 1, in <module>",
    ]


def test_every_line_of_the_log_begins_as_a_text_of_our_own() -> None:
    """What is kept of a log's line is its template: one made of data in the code would slip through."""
    import ast

    from finsam_desktop import paths

    package = Path(paths.__file__).parent
    levels = {"debug", "info", "warning", "error", "critical", "exception", "log"}
    for file in package.rglob("*.py"):
        source = file.read_text("utf-8")
        if not re.search(r"\b(_log|_qt|logging)\.\w+\(", source):
            continue
        for node in ast.walk(ast.parse(source)):
            if not (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in levels
            ):
                continue
            if not (
                isinstance(node.func.value, ast.Name) and node.func.value.id in ("_log", "_qt", "logging")
            ):
                continue
            template = node.args[1 if node.func.attr == "log" else 0]
            assert isinstance(template, ast.Constant), f"{file}:{node.lineno}"


def test_a_log_that_has_grown_is_set_aside_while_it_is_written(tmp_path: Path) -> None:
    handler = log_file.LogFile(tmp_path / log_file.NAME)
    record = logging.LogRecord("finsam_desktop", logging.INFO, "x.py", 1, "x" * 400_000, (), None)
    for _ in range(4):
        handler.emit(record)
    handler.close()
    aside = tmp_path / "finsam.log.1"
    assert aside.stat().st_size > log_file.MOST_BYTES > (tmp_path / log_file.NAME).stat().st_size
    assert (tmp_path / log_file.NAME).read_text("utf-8").startswith(log_file.MARK)


def test_a_log_of_an_older_kind_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "finsam.log").write_text("told the user: Åsa Öberg\n", "utf-8")
    (tmp_path / "finsam.log.1").write_text("Åsa Öberg\n", "utf-8")
    log_file.LogFile(tmp_path / "finsam.log").close()
    assert [path.read_text("utf-8") for path in tmp_path.iterdir()] == [log_file.MARK]


def test_a_disk_that_takes_nothing_disturbs_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fil").write_text("")
    assert log_file.log_to(tmp_path / "fil") is None
    now = datetime(2026, 11, 22, 10, 42)
    report = reports.of_fault(ValueError("x"), tmp_path / "fil", now)
    assert "ValueError" in report.text
    assert not report.path.exists()
    assert capsys.readouterr().err == ""


def test_the_oldest_reports_go(tmp_path: Path) -> None:
    for day in range(1, 29):
        reports.of_fault(ValueError(), tmp_path, datetime(2026, 11, day))
    found = reports.kept(tmp_path)
    assert [report.at.day for report in found] == list(range(28, 8, -1))
    reports.remove_all(tmp_path)
    assert reports.kept(tmp_path) == ()


@pytest.mark.skipif(sys.platform == "win32", reason="the path is one of Linux")
def test_whose_computer_it_is_is_not_told() -> None:
    assert privacy.program_path("/home/anna/finsam/finsam_desktop/app.py") == "finsam_desktop/app.py"
    assert privacy.program_path("/home/anna/lib/x.docx") == "…"
    assert privacy.program_path("/home/anna/x.py") == "…"
