"""Is a Word template fit for use? Every problem at once, with its place, and a copy that says so in comments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop.documents.fields import names
from finsam_desktop.documents.kinds import Document
from finsam_desktop.documents.rendering import read_template
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.word import Problem

REQUIRED: Mapping[Document, Mapping[str, str]] = {
    Document.KALLELSE: {
        "meeting.time": "Kallelsen ska tala om när sammanträdet är.",
        "meeting.place": "Kallelsen ska tala om var sammanträdet är.",
        "agenda[].title": "Kallelsen ska räkna upp ärendena.",
    },
    Document.PROTOKOLL: {
        "present": "Protokollet ska redovisa vilka som har tjänstgjort (KL 5 kap. 66 §).",
        "items[].title": "Protokollet ska redovisa vilka ärenden som har handlagts (KL 5 kap. 66 §).",
        "items[].motions": "Protokollet ska redovisa förslag och yrkanden (KL 5 kap. 67 §).",
        "items[].propositions": "Protokollet ska redovisa propositionsordningen (KL 5 kap. 67 §).",
        "items[].result": "Protokollet ska redovisa omröstningarnas resultat (KL 5 kap. 67 §).",
        "items[].votes": "Protokollet ska redovisa hur ledamöterna har röstat (KL 5 kap. 67 §).",
        "items[].election": "Protokollet ska redovisa hur val har gått (KL 5 kap. 67 §).",
        "items[].decision.clauses": "Protokollet ska redovisa besluten (KL 5 kap. 67 §).",
        "items[].dissents": "Protokollet ska redovisa reservationerna (KL 5 kap. 67 §).",
        "signatures": "Protokollet ska justeras (KL 5 kap. 69 §).",
    },
    Document.PROTOKOLLSUTDRAG: {
        "items[].title": "Utdraget ska återge paragrafen.",
        "items[].decision.clauses": "Utdraget ska återge beslutet.",
        "items[].dissents": "Utdraget ska återge reservationerna.",
        "certification.text": "Utdraget ska bestyrkas.",
    },
    Document.ANSLAG: {
        "notices[].adjusted": "Anslaget ska ange när protokollet justerades (KL 8 kap. 12 §).",
        "notices[].posted": "Anslaget ska ange när det sattes upp (KL 8 kap. 12 §).",
        "notices[].kept": "Anslaget ska ange var protokollet finns (KL 8 kap. 12 §).",
    },
    Document.TJANSTESKRIVELSE: {
        "memo.proposals[].clauses": "Tjänsteskrivelsen ska ha förslaget till beslut."
    },
    Document.INSATSBESLUT: {"measure.checks": "Insatsbeslutet ska redovisa prövningen i sak."},
}
"""Fields that a document cannot do without, each with its reason and source; a document that is not here needs none."""

_WEIGHT = {"error": 0, "warning": 1, "note": 2}


def check(template: bytes, document: Document | None, name: str) -> tuple[Problem, ...]:
    """All problems of a template for a document, the gravest first and then as they stand in it.

    With no document the fields are not looked at, only whether the template holds together. A sound one is
    tried with the example and with extreme meetings. All in processes of their own that are stopped after a
    second or two each. ``name`` is
    the template's file name. Takes some seconds. Nothing is raised for a bad template.
    """
    from finsam_desktop.documents.template_examples import example_contexts
    from finsam_desktop.word import check_in_child, try_in_child

    known = names(document) if document is not None else None
    required = REQUIRED.get(document, {}) if document is not None else {}
    found = [_named(problem, name) for problem in check_in_child(template, known, required)]
    if any(problem.code == "template" for problem in found):
        # A part that could not be read has not been seen to lack anything.
        found = [problem for problem in found if problem.code != "missing-field"]
    if document is not None and not has_errors(found):
        found.extend(try_in_child(template, example_contexts(document)))
    return tuple(sorted(found, key=lambda problem: _WEIGHT[problem.severity]))


def check_file(path: Path, document: Document | None) -> tuple[Problem, ...]:
    """As ``check``, of a file. UserError when it cannot be read."""
    return check(read_template(path), document, path.name)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether the template cannot be used as it is."""
    return any(problem.severity == "error" for problem in problems)


def save_with_comments(template: bytes, problems: Iterable[Problem], name: str, path: Path) -> None:
    """Save a copy of the template with a Word comment at each problem.

    UserError when the template is no Word file, or when the copy cannot be written.
    """
    from finsam_desktop.storage.safewrite import write_file
    from finsam_desktop.word import TemplateError, comment_in_child

    try:
        copy = comment_in_child(template, problems)
    except TemplateError as error:
        raise UserError(
            f"{name} går inte att kommentera. {error}",
            advice="Öppna filen i Word, spara den som .docx och försök igen. Ingen kopia har sparats.",
            detail=error.detail,
        ) from error
    write_file(path, copy)


def place_of(problem: Problem) -> str:
    """Where a problem is: "Brödtexten, stycke 7", or "Hela mallen"."""
    place = ", ".join(word for word in (problem.part, problem.where) if word)
    return place[:1].upper() + place[1:] if place else "Hela mallen"


def _named(problem: Problem, name: str) -> Problem:
    """A problem of the whole file names the file; the word package knows bytes as "mallen"."""
    if problem.code != "file" or not problem.message.startswith("mallen "):
        return problem
    return replace(problem, message=f"{name} {problem.message.removeprefix('mallen ')}")
