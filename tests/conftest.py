"""What every test gets: no network, a home folder of its own, no tolerated warning, missing tools named.

A test says what it needs of the machine with a marker (`needs_libreoffice`, `needs_poppler`,
`needs_ooxml_validator`, `needs_display`) or by asking for a fixture that uses it (`to_pdf`, `ooxml_errors`,
`display_env`). Where the tool is missing the test is skipped and counted in the last lines; with CI=true it
fails instead, since CI installs them all.
"""

from __future__ import annotations

import gc
import ipaddress
import json
import logging
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

IN_CI = os.environ.get("CI") == "true"
_MISSING = "saknas på datorn: "
_LONG = "långt svep, körs med --all"


pytest_plugins = ("tests.ui.example_window", "tests.parcel_cases", "tests.heartbeats")


def _no_network(event: str, args: tuple[Any, ...]) -> None:
    """Refuse every address but files and this machine (soffice and Xvfb may use those)."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = args[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = args[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost"):
        return
    try:
        local = ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        local = False
    if not local:
        raise RuntimeError(f"a test reached for the network: {event} {host!r}")


# An audit hook sees every way to a socket in this process and cannot be patched away by the code under test.
sys.addaudithook(_no_network)


def _ooxml_validator() -> Path | None:
    path = os.environ.get("FINSAM_OOXML_VALIDATOR")
    return Path(path) if path and Path(path).is_file() and shutil.which("node") else None


def _has_display() -> bool:
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or shutil.which("Xvfb"))


# marker: (name in the summary, is it here, fixtures that need it)
_TOOLS: Mapping[str, tuple[str, Callable[[], bool], frozenset[str]]] = {
    "needs_libreoffice": ("LibreOffice", lambda: shutil.which("soffice") is not None, frozenset({"to_pdf"})),
    "needs_poppler": ("poppler-utils", lambda: shutil.which("pdftoppm") is not None, frozenset()),
    "needs_ooxml_validator": (
        "Open XML SDK-validatorn",
        lambda: _ooxml_validator() is not None,
        frozenset({"ooxml_errors"}),
    ),
    "needs_display": ("skärm eller Xvfb", _has_display, frozenset({"display_env"})),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="run the long sweeps too")


def pytest_configure(config: pytest.Config) -> None:
    common: dict[str, Any] = {"deadline": None, "derandomize": IN_CI}
    hypothesis.settings.register_profile("finsam", **common)
    hypothesis.settings.register_profile("finsam-all", **common, max_examples=1000)
    hypothesis.settings.load_profile("finsam-all" if config.getoption("--all") else "finsam")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """No garbage is looked for in a test of the window, but after it; `ui/garbage.py` says why."""
    of_the_window = bool({"ui", "system"} & set(item.path.parts))
    if of_the_window:
        gc.disable()
    try:
        return (yield)
    finally:
        if of_the_window:
            due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
            gc.collect(max((generation for generation in range(3) if due[generation]), default=0))
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("long") and not item.config.getoption("--all"):
        pytest.skip(_LONG)
    asked_for = set(getattr(item, "fixturenames", ()))
    missing = [
        name
        for marker, (name, is_here, fixtures) in _TOOLS.items()
        if (item.get_closest_marker(marker) or asked_for & fixtures) and not is_here()
    ]
    if missing and IN_CI:
        pytest.fail(f"CI=true, men {_MISSING}{', '.join(missing)}", pytrace=False)
    if missing:
        pytest.skip(_MISSING + ", ".join(missing))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: Any) -> Iterator[None]:
    """Name and count in the last lines what this run did not try."""
    yield
    missing: Counter[str] = Counter()
    long_ones = 0
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if _MISSING in reason:
            missing.update(reason.split(_MISSING, 1)[1].split(", "))
        elif _LONG in reason:
            long_ones += 1
    if missing:
        counted = ", ".join(f"{name} ({n} tester)" for name, n in sorted(missing.items()))
        terminalreporter.write_line(f"Hoppade över, {_MISSING}{counted}")
    if long_ones:
        terminalreporter.write_line(f"Hoppade över {long_ones} långa svep; de körs med --all")


@pytest.fixture(scope="session", autouse=True)
def _runtime_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Qt warns when XDG_RUNTIME_DIR is missing or open to others."""
    folder = tmp_path_factory.mktemp("runtime")
    folder.chmod(0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        yield


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home and settings of its own for every test: none sees the developer's or another test's."""
    home = tmp_path_factory.mktemp("home")
    places = {
        "HOME": "",
        "USERPROFILE": "",
        "APPDATA": "AppData/Roaming",
        "LOCALAPPDATA": "AppData/Local",
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
        "XDG_CACHE_HOME": ".cache",
    }
    for variable, place in places.items():
        monkeypatch.setenv(variable, str(home / place))
    # Laying out and drawing pages, reading bilagor for the search, or loading a dictionary beside every window would
    # cost more than all that is tested there.
    monkeypatch.setenv("FINSAM_WITHOUT", "preview,index,spelling")
    return home


class _LogGuard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _unexpected_log_fails(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs at WARNING or above, unless `@pytest.mark.allows_log("regex")` matches it."""
    guard = _LogGuard()
    logging.getLogger().addHandler(guard)
    yield
    logging.getLogger().removeHandler(guard)
    allowed = [marker.args[0] for marker in request.node.iter_markers("allows_log")]
    unexpected = [
        f"{record.levelname} {record.name}: {record.getMessage()}"
        for record in guard.records
        if not any(re.search(pattern, record.getMessage()) for pattern in allowed)
    ]
    if unexpected:
        pytest.fail("unexpected log:\n" + "\n".join(unexpected), pytrace=False)


@pytest.fixture(scope="session")
def _office_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("libreoffice")


@pytest.fixture
def to_pdf(_office_profile: Path, tmp_path: Path) -> Callable[[Path], Path]:
    """Convert a document to PDF with LibreOffice; the PDF lies in the test's own folder."""

    def convert(document: Path) -> Path:
        subprocess.run(
            ["soffice", f"-env:UserInstallation={_office_profile.as_uri()}", "--headless"]
            + ["--convert-to", "pdf", "--outdir", str(tmp_path), str(document)],
            check=True,
            capture_output=True,
            timeout=120,
        )
        pdf = tmp_path / f"{document.stem}.pdf"
        assert pdf.is_file(), f"LibreOffice could not open {document.name}"
        return pdf

    return convert


@pytest.fixture
def ooxml_errors() -> Callable[[Path], list[str]]:
    """What Microsoft's Open XML SDK finds wrong with a document: a line per error, none when it is sound."""

    def validate(document: Path) -> list[str]:
        run = subprocess.run(
            ["node", str(_ooxml_validator()), str(document)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )
        assert run.returncode in (0, 1), (
            f"the validator could not read {document.name}: {run.stdout}{run.stderr}"
        )
        return [json.dumps(error, ensure_ascii=False) for error in json.loads(run.stdout)["errors"]]

    return validate


@pytest.fixture
def display_env(_screen: dict[str, str]) -> dict[str, str]:
    """The environment for a child process with a real window: this screen, or an Xvfb of the test run."""
    return {**os.environ, **_screen}


@pytest.fixture(scope="session")
def _screen() -> Iterator[dict[str, str]]:
    if sys.platform != "linux":
        yield {"QT_QPA_PLATFORM": "windows" if sys.platform == "win32" else "cocoa"}
        return
    if os.environ.get("DISPLAY"):
        yield {"QT_QPA_PLATFORM": "xcb"}
        return
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout is not None
        number = server.stdout.readline().strip()
        assert number, "Xvfb did not start"
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait(timeout=10)
        if server.stdout is not None:
            server.stdout.close()
