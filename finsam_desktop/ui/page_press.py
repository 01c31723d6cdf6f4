"""Makes pages for the window, in the background: a LibreOffice and a child of ours are kept running meanwhile.

Nothing of Qt is in here but the folder for what is kept: the methods are called by jobs.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from finsam_desktop.errors import UserError
from finsam_desktop.pdf.apart import Result, Task
from finsam_desktop.pdf.cache import ConversionCache
from finsam_desktop.pdf.drawing import PageImage, draw, unpacked
from finsam_desktop.pdf.libreoffice import PROGRAM, WITHOUT, find_libreoffice
from finsam_desktop.pdf.standing import StandingChild
from finsam_desktop.pdf.warm import NoPages, WarmLibreOffice
from finsam_desktop.ui.jobs import Cancelled, Progress

DRAWN_WIDTH = 900
AT_ONCE = 2
"""How many pages are drawn together when they come into sight."""
BUNDLED = ""
"""What ``Printed.program`` is for pages laid out without an office program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A document laid out: the PDF, all pages with some of them drawn, and what laid them out.

    ``provisional``: LibreOffice is starting, and the same document laid out by it may be asked for at once.
    ``trusted`` is False for a file from outside, whose pages are drawn in a process of their own. ``note`` tells what
    there is to know of the pages, such as that they stand in a file's place.
    """

    pdf: bytes
    pages: tuple[PageImage, ...]
    program: str
    provisional: bool = False
    trusted: bool = True
    note: str = ""


def previews_are_wanted() -> bool:
    """Whether pages are to be shown at all; ``FINSAM_WITHOUT=preview`` says no."""
    return "preview" not in os.environ.get(WITHOUT, "")


class PagePress:
    """One for the window. Every method may take seconds, and stops when the press is closed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._warm: WarmLibreOffice | None = None
        self._child: StandingChild | None = None
        self._closed = threading.Event()

    def document(
        self, values: tuple[object, ...], seen: tuple[int, int], progress: Progress, *, at_once: bool = False
    ) -> Printed:
        """A document of the program with the pages that are ``seen`` drawn: the first, from 0, and how many.

        ``values`` are what ``documents.render`` takes. ``at_once``: approximate pages while LibreOffice is still
        starting. UserError when there can be no pages.
        """
        from finsam_desktop.documents import render

        step = self._stepping(progress)
        content = render(*values)  # type: ignore[arg-type]
        step()
        pdf = self._bundled(content, step).content if at_once and self._starts_warming() else b""
        provisional, program = bool(pdf), BUNDLED
        if not pdf:
            pdf, program = self._laid_out(content, step)
        pages = self._drawn(pdf, seen, True, step)
        return Printed(pdf=pdf, pages=pages, program=program, provisional=provisional)

    def file(self, name: str, content: bytes, title: str, progress: Progress) -> Printed:
        """A file from outside as it will be in the pack. UserError when its pages cannot be drawn."""
        from finsam_desktop.pdf.convert import SourceFile, convert_all

        step = self._stepping(progress)
        file = SourceFile(name=name, content=content, title=title)
        (made,) = convert_all(
            [file], profile=self.profiles, cache=self.cache(), step=lambda _done, _all: step(),
            libreoffice=find_libreoffice(),
        )  # fmt: skip
        pages = self._drawn(made.pdf, (0, AT_ONCE), False, step)
        program = made.program if made.program == PROGRAM or made.program == "Word" else BUNDLED
        note = f"{made.problem} {made.advice}".strip() if made.problem else ""
        if not note and made.program == "":
            program = "filen"
        return Printed(pdf=made.pdf, pages=pages, program=program, trusted=False, note=note)

    def draw(
        self, printed: Printed, first: int, count: int, progress: Progress
    ) -> tuple[int, tuple[PageImage, ...]]:
        """Pages drawn, from ``first``: that number and the pages."""
        step = self._stepping(progress)
        if printed.trusted:
            return first, draw(printed.pdf, DRAWN_WIDTH, first=first, count=count, step=lambda _d, _t: step())
        return first, self._drawn_apart(printed.pdf, first, count, False, step)

    @property
    def profiles(self) -> Path:
        """The folder of LibreOffice's profiles."""
        return self._folder / "libreoffice"

    def cache(self) -> ConversionCache:
        """What was converted before."""
        return ConversionCache(self._folder / "sidor")

    def close(self) -> None:
        """End every program that was started, at once."""
        self._closed.set()
        with self._lock:
            warm, child = self._warm, self._child
        for one in (warm, child):
            if one is not None:
                one.close()

    def _laid_out(self, content: bytes, step: Callable[[], None]) -> tuple[bytes, str]:
        warm = self._warm_office()
        if warm is not None:
            try:
                return warm.pdf(content, step=step), PROGRAM
            except NoPages:
                step()
        result = self._bundled(content, step)
        if result.reason:
            raise UserError(
                "Sidorna gick inte att visa. Dokumentet är oskadat.",
                advice="Öppna det i Word i stället.",
                detail=result.reason,
            )
        return result.content, BUNDLED

    def _bundled(self, content: bytes, step: Callable[[], None]) -> Result:
        result = self._standing().do(Task(key="", work="word", source=""), content, step)
        step()
        return result

    def _starts_warming(self) -> bool:
        """Whether there is a LibreOffice that is not warm yet; it is started meanwhile."""
        warm = self._warm_office()
        if warm is None or warm.is_warm:
            return False
        threading.Thread(target=_warm_up, args=(warm,), daemon=True).start()
        return True

    def _drawn(
        self, pdf: bytes, seen: tuple[int, int], trusted: bool, step: Callable[[], None]
    ) -> tuple[PageImage, ...]:
        first, count = seen
        if trusted:
            return draw(pdf, DRAWN_WIDTH, first=first, count=count, others=True, step=lambda _d, _t: step())
        return self._drawn_apart(pdf, first, count, True, step)

    def _drawn_apart(
        self, pdf: bytes, first: int, count: int, others: bool, step: Callable[[], None]
    ) -> tuple[PageImage, ...]:
        task = Task(
            key="", work="draw", source="", first=str(first), count=str(count), width=str(DRAWN_WIDTH),
            others="1" if others else "",
        )  # fmt: skip
        result = self._standing().do(task, pdf, step)
        step()
        try:
            if result.reason:
                raise ValueError(result.reason)
            return unpacked(result.content)
        except ValueError as error:
            raise UserError("Filens sidor gick inte att visa.", detail=str(error)) from error

    def _warm_office(self) -> WarmLibreOffice | None:
        with self._lock:
            program = find_libreoffice()
            if program is None or self._closed.is_set():
                return None
            if self._warm is None or self._warm.program != program:
                self._warm = WarmLibreOffice(program, self.profiles)
            return self._warm

    def _standing(self) -> StandingChild:
        with self._lock:
            if self._closed.is_set():
                raise Cancelled
            if self._child is None:
                self._child = StandingChild()
            return self._child

    def _stepping(self, progress: Progress) -> Callable[[], None]:
        def step() -> None:
            if self._closed.is_set():
                raise Cancelled
            progress.step()

        return step


def _warm_up(warm: WarmLibreOffice) -> None:
    with contextlib.suppress(NoPages):  # who asks for pages is told
        warm.warm_up()
