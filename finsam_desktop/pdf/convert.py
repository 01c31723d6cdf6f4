"""Files of many kinds as PDF: one call for all of a pack, and a page that says why where a file cannot be converted."""

from __future__ import annotations

import hashlib
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from finsam_desktop.pdf import apart, word_program
from finsam_desktop.pdf import libreoffice as office
from finsam_desktop.pdf.alternatives import chart_descriptions
from finsam_desktop.pdf.cache import Kept
from finsam_desktop.pdf.completed import completed
from finsam_desktop.pdf.recognise import RESEND, Unfit, Way, recognise
from finsam_desktop.pdf.tagged_page import message_page

if TYPE_CHECKING:
    from finsam_desktop.pdf.cache import ConversionCache

BUNDLED = "inbyggd visning"
"""What ``Converted.program`` is for pages laid out without an office program."""
_VERSION = "3"
"""Counted up whenever the same file would become other pages than before."""
_WORKBOOKS = frozenset((".xlsx", ".xlsm", ".xls", ".ods"))
_BROKEN_TEXT = Unfit("Filen är skadad och går inte att läsa.", RESEND)
NO_LIBREOFFICE = "LibreOffice finns inte på datorn. Utan det kan filer av slaget"
GET_LIBREOFFICE = (
    "Hämta LibreOffice på sv.libreoffice.org, det kostar inget, och skapa handlingarna igen. "
    "Eller öppna filen i sitt program, spara den som PDF och lägg in den i stället."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file to convert. ``name`` tells its kind by its ending; ``title`` is what its pages are called where the file
    has no title of its own, and what a page that stands in its place is headed."""

    name: str
    content: bytes
    title: str = ""
    language: str = "sv-SE"

    @property
    def heading(self) -> str:
        """What the file is called in a heading."""
        return self.title or PurePath(self.name).stem or "Bilaga"


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A file as PDF. ``problem`` is the Swedish reason when it is a page that stands in the file's place, and
    ``advice`` what to do about it.

    ``tagged`` tells that the PDF has a structure for screen readers, ``program`` what made the pages
    ("LibreOffice", "Word", ``BUNDLED``, "" for a PDF that was one already and for a page in a file's place).
    """

    pdf: bytes
    tagged: bool
    program: str
    problem: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """A file on its way: ``content`` with the ``ending`` that says what it is; ``key`` names it in the cache."""

    file: SourceFile
    way: Way
    ending: str
    content: bytes
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What became of a file, before a page is made for what failed."""

    pdf: bytes = b""
    tagged: bool = False
    program: str = ""
    problem: str = ""
    advice: str = ""
    lasting: bool = True


def convert_all(
    files: Sequence[SourceFile],
    *,
    profile: Path,
    cache: ConversionCache | None = None,
    step: Callable[[int, int], None] | None = None,
    libreoffice: Path | None = None,
) -> tuple[Converted, ...]:
    """Every file as PDF, in the same order. Never raises for a bad file.

    ``profile`` is a folder for LibreOffice's own files, kept for the next time. ``libreoffice`` is the program;
    None does without it: Word makes what it can where it is installed, the bundled renderer the rest. ``step(done,
    total)`` is called many times a second and may raise to stop: every program started is ended then.
    """
    outcomes: dict[int, _Outcome] = {}
    jobs: dict[int, _Job] = {}
    word = libreoffice is None and word_program.find_word()
    by = (
        f"libreoffice {office.version_of(libreoffice)}"
        if libreoffice is not None
        else "word"
        if word
        else "bundled"
    )
    for number, file in enumerate(files):
        if step is not None:
            step(len(outcomes), len(files))
        try:
            job = _job(file, by)
        except Unfit as unfit:
            outcomes[number] = _Outcome(problem=unfit.reason, advice=unfit.advice)
            continue
        kept = cache.get(job.key) if cache is not None else None
        if kept is not None:
            outcomes[number] = _from_cache(kept)
        else:
            jobs[number] = job
    same: dict[str, int] = {}
    for number, job in jobs.items():
        same.setdefault(job.key, number)  # the same file twice is converted once
    before = len(files) - len(same)
    tell = None if step is None else lambda done: step(min(before + done, len(files)), len(files))
    made = _make({n: jobs[n] for n in same.values()}, profile, libreoffice, word, tell) if same else {}
    for number, job in jobs.items():
        outcomes[number] = made[same[job.key]]
    if cache is not None and made:
        for number, outcome in made.items():
            cache.put(jobs[number].key, _for_cache(outcome))
        cache.thin()
    return tuple(_converted(file, outcomes[number]) for number, file in enumerate(files))


def placeholder(file: SourceFile, problem: str, advice: str = "") -> Converted:
    """A page that stands in the file's place and says why."""
    paragraphs = (f"Filen {file.name} kunde inte tas med här.", problem, advice)
    pdf = message_page(file.heading, paragraphs, language=file.language)
    return Converted(pdf=pdf, tagged=True, program="", problem=problem, advice=advice)


def _converted(file: SourceFile, outcome: _Outcome) -> Converted:
    if outcome.problem:
        return placeholder(file, outcome.problem, outcome.advice)
    return Converted(pdf=outcome.pdf, tagged=outcome.tagged, program=outcome.program)


def _from_cache(kept: Kept) -> _Outcome:
    problem, _, advice = kept.problem.partition("\n")
    return _Outcome(pdf=kept.pdf, tagged=kept.tagged, program=kept.program, problem=problem, advice=advice)


def _for_cache(outcome: _Outcome) -> Kept:
    problem = f"{outcome.problem}\n{outcome.advice}" if outcome.problem else ""
    return Kept(
        pdf=outcome.pdf,
        tagged=outcome.tagged,
        program=outcome.program,
        problem=problem,
        lasting=outcome.lasting,
    )


def _job(file: SourceFile, by: str) -> _Job:
    """What is to be done with a file. Raises Unfit when nothing can be."""
    way, ending = recognise(file.name, file.content)
    own_title = way in (Way.PDF, Way.OFFICE)
    about: tuple[str, ...] = (_VERSION, way, ending, by if way not in (Way.PDF, Way.PICTURE) else "")
    # A number in the title changes when an item is moved; only pages that show the title depend on it.
    about += ("", "") if way is Way.PDF else (file.name if own_title else file.heading, file.language)
    key = hashlib.sha256("\0".join(about).encode("utf-8", "replace") + b"\0" + file.content).hexdigest()
    return _Job(file=file, way=way, ending=ending, content=file.content, key=key)


def _readable(job: _Job) -> bytes:
    """A text or mail as a Word document. Raises Unfit."""
    from finsam_desktop.pdf import mail, readable

    title, language = job.file.heading, job.file.language
    try:
        if job.way is Way.MAIL:
            return readable.document_of_mail(mail.read_eml(job.content), title, language)
        if job.way is Way.OUTLOOK:
            return readable.document_of_mail(mail.read_msg(job.content), title, language)
        text = readable.text_of(job.content)
        if job.way is Way.MARKDOWN:
            return readable.document_of_markdown(text, title, language)
        return readable.document_of_text(text, title, language)
    except Exception as error:  # a stranger's mail has more ways to be broken than the library knows
        raise _BROKEN_TEXT from error


def _make(
    jobs: dict[int, _Job],
    profile: Path,
    program: Path | None,
    word: bool,
    step: Callable[[int], None] | None,
) -> dict[int, _Outcome]:
    """The outcome of every job: office files in one call, pictures and PDFs meanwhile in a child of ours."""
    outcomes: dict[int, _Outcome] = {}
    with tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for place in ("in", "out", "apart", "again"):
            (folder / place).mkdir()
        sources: dict[int, Path] = {}
        alone: dict[int, str] = {}
        for number, job in jobs.items():
            content, ending = job.content, job.ending
            if job.way in (Way.PDF, Way.PICTURE):
                alone[number] = job.way.value
            else:
                if job.way is not Way.OFFICE:
                    try:
                        content, ending = _readable(job), ".docx"
                    except Unfit as unfit:
                        outcomes[number] = _Outcome(problem=unfit.reason, advice=unfit.advice)
                        continue
                if program is None and not (word and ending in word_program.ENDINGS):
                    bundled = "word" if ending == ".docx" else "workbook" if ending in _WORKBOOKS else ""
                    if not bundled:
                        reason = f"{NO_LIBREOFFICE} {ending} inte bli sidor."
                        outcomes[number] = _Outcome(problem=reason, advice=GET_LIBREOFFICE)
                        continue
                    alone[number] = bundled
            path = folder / ("apart" if number in alone else "in") / f"{number:04}{ending}"
            path.write_bytes(content)
            if number not in alone:
                sources[number] = path
        beside = _Beside(jobs, alone, folder / "apart")
        try:
            made = _by_office(sources, folder / "out", profile, program, beside.stepping(step))
            outcomes.update(beside.results(step))
        finally:
            beside.end()
        for number, result in made.items():
            if result.problem:
                outcomes[number] = _Outcome(problem=result.problem, advice=RESEND, lasting=result.lasting)
                continue
            title, sheets = PurePath(jobs[number].file.name).stem, sources[number].suffix in _WORKBOOKS
            by = office.PROGRAM if program is not None else word_program.PROGRAM
            charts = chart_descriptions(jobs[number].file.content)
            outcomes[number] = _Outcome(
                pdf=completed(result.pdf, title, sheets=sheets, charts=charts), tagged=True, program=by
            )
        failed = {
            n: sources[n] for n in made if made[n].problem and sources[n].suffix in (".docx", *_WORKBOOKS)
        }
        outcomes.update(_second_try(jobs, failed, folder / "again", outcomes, step))
    return outcomes


def _by_office(
    sources: dict[int, Path],
    folder: Path,
    profile: Path,
    program: Path | None,
    step: Callable[[int], None] | None,
) -> dict[int, office.Made]:
    if not sources:
        return {}
    paths = list(sources.values())
    if program is not None:
        made = office.make_pdfs(paths, folder, program=program, profiles=profile, step=step)
    else:
        made = word_program.make_pdfs(paths, folder, step=step)
    return dict(zip(sources, made, strict=True))


def _second_try(
    jobs: dict[int, _Job],
    failed: dict[int, Path],
    folder: Path,
    outcomes: dict[int, _Outcome],
    step: Callable[[int], None] | None,
) -> dict[int, _Outcome]:
    """What the office program failed at, by the bundled renderer; only what succeeds."""
    works = {}
    for number, path in failed.items():
        (folder / path.name).write_bytes(path.read_bytes())
        works[number] = "word" if path.suffix == ".docx" else "workbook"
    tasks = _tasks(jobs, works, folder)
    results = apart.do_apart(tasks, folder, step=None if step is None else lambda _done: step(len(outcomes)))
    return {
        int(key): _Outcome(
            pdf=result.content, tagged=result.tagged, program=BUNDLED, lasting=outcomes[int(key)].lasting
        )
        for key, result in results.items()
        if not result.reason
    }


def _tasks(jobs: dict[int, _Job], works: dict[int, str], folder: Path) -> list[apart.Task]:
    paths = {int(path.stem): path for path in folder.iterdir()}
    return [
        apart.Task(
            key=str(number),
            work=work,
            source=paths[number].name,
            title=jobs[number].file.heading,
            language=jobs[number].file.language,
            ending=paths[number].suffix,
        )
        for number, work in works.items()
    ]


class _Stopped(Exception):
    """Ends the child when the rest has been stopped."""


class _Beside:
    """The works of our own child, done in a thread while the office program is at its own."""

    def __init__(self, jobs: dict[int, _Job], works: dict[int, str], folder: Path) -> None:
        self._works, self._folder = works, folder
        self._tasks = _tasks(jobs, works, folder)
        self._results: dict[str, apart.Result] = {}
        self._fault: BaseException | None = None
        self._stop = threading.Event()
        self._done = 0
        self._thread = threading.Thread(target=self._run, daemon=True)
        if works:
            self._thread.start()

    def _run(self) -> None:
        try:
            self._results = apart.do_apart(self._tasks, self._folder, step=self._step)
        except _Stopped:
            pass
        except BaseException as error:
            self._fault = error

    def _step(self, done: int) -> None:
        self._done = done
        if self._stop.is_set():
            raise _Stopped

    def stepping(self, step: Callable[[int], None] | None) -> Callable[[int], None] | None:
        """The step of the other work, which counts ours too."""
        return None if step is None else lambda done: step(done + self._done)

    def results(self, step: Callable[[int], None] | None) -> dict[int, _Outcome]:
        """Wait for what is left, and give the outcomes."""
        while self._works and self._thread.is_alive():
            self._thread.join(0.02)
            if step is not None:
                step(self._done)
        if self._fault is not None:
            raise self._fault
        return {
            number: self._outcome(self._results[str(number)], work) for number, work in self._works.items()
        }

    @staticmethod
    def _outcome(result: apart.Result, work: str) -> _Outcome:
        if result.reason:
            return _Outcome(problem=result.reason, advice=result.advice or RESEND, lasting=result.lasting)
        program = BUNDLED if work in ("word", "workbook") else ""
        return _Outcome(pdf=result.content, tagged=result.tagged, program=program)

    def end(self) -> None:
        """End the child if it is still at work."""
        self._stop.set()
        if self._works:
            self._thread.join()
