"""From values to a finished .docx: the context of each document, its template, and faults told in Swedish."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop import paths
from finsam_desktop.documents.accent import ACCENT, readable
from finsam_desktop.documents.kinds import KINDS, OF_DECISIONS, WHOLE, About, Document
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.wording import KINDS as MEETING_KINDS
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.word import Rendered

LARGEST_TEMPLATE = 50_000_000
"""Bytes. A file larger than this is no template, and is not read."""

PRINTED_AS_ADJUSTED = (Document.PROTOKOLL, Document.PROTOKOLLSUTDRAG, Document.ANSLAG)
"""What prints names and rules as they were when the minutes were adjusted."""

Template = Path | bytes | None
"""A template file, its content, or None for the one in use: the association's own, else the program's."""


_OF_BOARD = (
    Document.PROTOKOLL,
    Document.PROTOKOLLSUTDRAG,
    Document.ANSLAG,
    Document.PROFORMA,
    *OF_DECISIONS,
)
"""Documents with § numbers, which only a meeting of the board has."""


def context(
    document: Document,
    association: Association,
    meetings: Iterable[Meeting],
    meeting: Meeting,
    files: Callable[[str], bytes],
    today: date,
    *,
    about: About = WHOLE,
    pages: Mapping[str, int] | None = None,
) -> dict[str, object]:
    """The fields a template of this document can print: plain dicts and lists with texts and the word values.

    ``meetings`` is needed for § numbers and the next meeting. ``files`` gives a stored file by its SHA-256
    (the logo). ``today`` is printed where a date is missing in the values. ``pages``: page by bookmark,
    where it has been measured. With ``about.public`` everything is taken from the public version of the values.
    """
    from finsam_desktop.documents.letterhead import letterhead
    from finsam_desktop.documents.public_values import public_values, with_removal_sentence
    from finsam_desktop.domain.references import resolved
    from finsam_desktop.domain.sealing import as_adjusted

    known = tuple(meetings)
    if about.public:
        association, known, meeting, about = public_values(association, known, meeting, about)
    meeting = resolved(meeting, known)
    if document in PRINTED_AS_ADJUSTED:
        association, known = as_adjusted(association, known, meeting)
    fields = _fields(document, association, known, meeting, today, about, pages)
    return {**letterhead(association, files), **with_removal_sentence(fields, meeting)}


def _fields(
    document: Document,
    association: Association,
    meetings: tuple[Meeting, ...],
    meeting: Meeting,
    today: date,
    about: About,
    pages: Mapping[str, int] | None,
) -> dict[str, object]:
    """The document's own fields; each document's module is loaded when it is first made."""
    if document in _OF_BOARD and meeting.cancelled_on is not None:
        raise UserError(
            f"Sammanträdet är inställt, så {_lower(KINDS[document].the)} kan inte skapas.",
            advice="Ett inställt sammanträde har inga paragrafer.",
        )
    if document in _OF_BOARD and not meeting.kind.decides:
        raise UserError(
            f"{KINDS[document].the} görs bara av styrelsens sammanträden, inte av"
            f" {MEETING_KINDS[meeting.kind].lower()}.",
            advice="Skapa minnesanteckningar i stället: där fattas inga beslut, och det finns inga paragrafer.",
        )
    from finsam_desktop.documents import (
        annual_paper,
        board_notice,
        budget_paper,
        charter_paper,
        consultation,
        economy_brief,
        extract,
        handlingar,
        inquiry,
        item_papers,
        kallelse,
        measure_paper,
        meeting_plan,
        proforma,
        protokoll,
        tertialrapport,
    )

    match document:
        case Document.KALLELSE:
            return kallelse.kallelse_context(association, meeting, today)
        case Document.PROTOKOLL:
            return protokoll.protokoll_context(association, meetings, meeting, pages)
        case Document.TERTIALRAPPORT:
            accent = _accent(association)
            return tertialrapport.tertialrapport_context(
                association, meetings, meeting, about=about, accent=accent, pages=pages
            )
        case Document.PROTOKOLLSUTDRAG:
            return extract.protokollsutdrag_context(association, meetings, meeting, about, today)
        case Document.ANSLAG:
            return board_notice.anslag_context(association, meetings, meeting, about, today)
        case Document.PROFORMA:
            return proforma.proforma_context(association, meetings, meeting)
        case Document.TJANSTESKRIVELSE:
            return item_papers.tjansteskrivelse_context(association, meeting, about, today)
        case Document.SKRIVELSE:
            return item_papers.skrivelse_context(association, meeting, about, today)
        case Document.REMISSVAR:
            return inquiry.remissvar_context(association, meeting, about, today)
        case Document.INSATSBESLUT:
            return measure_paper.insatsbeslut_context(association, meetings, meeting, about, today)
        case Document.SAMRADSINBJUDAN:
            return consultation.samradsinbjudan_context(association, meeting, today)
        case Document.MINNESANTECKNINGAR:
            return consultation.minnesanteckningar_context(association, meeting)
        case Document.SAMMANTRADESPLAN:
            return meeting_plan.sammantradesplan_context(association, meetings, meeting, today)
        case Document.HANDLINGAR:
            return handlingar.handlingar_context(meeting, today)
        case Document.FORBUNDSORDNING:
            return charter_paper.forbundsordning_context(association, today)
        case Document.EKONOMI_I_KORTHET:
            return economy_brief.ekonomi_i_korthet_context(
                association, meeting, about, today, accent=_accent(association)
            )
        case Document.BUDGET:
            return budget_paper.budget_context(
                association, meetings, meeting, about, today, accent=_accent(association)
            )
        case Document.ARSREDOVISNING:
            return annual_paper.arsredovisning_context(association, meetings, meeting, about, today)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def render(
    document: Document,
    association: Association,
    meetings: Iterable[Meeting],
    meeting: Meeting,
    files: Callable[[str], bytes],
    today: date,
    *,
    about: About = WHOLE,
    template: Template = None,
    pages: Mapping[str, int] | None = None,
) -> bytes:
    """The finished .docx. UserError names template, part, paragraph and tag when the template has a fault."""
    return render_with_warnings(
        document, association, meetings, meeting, files, today, about=about, template=template, pages=pages
    ).docx


def render_with_warnings(
    document: Document,
    association: Association,
    meetings: Iterable[Meeting],
    meeting: Meeting,
    files: Callable[[str], bytes],
    today: date,
    *,
    about: About = WHOLE,
    template: Template = None,
    pages: Mapping[str, int] | None = None,
) -> Rendered:
    """As ``render``, with what the user should know of the document beside it, in Swedish."""
    fields = context(document, association, meetings, meeting, files, today, about=about, pages=pages)
    data, name = template_content(document, template, association, files)
    ours = template is None and association.word_template(document.value) is None
    made = fill(data, fields, name, ours=ours)
    told = _told(fields)
    return replace(made, warnings=(*told, *made.warnings)) if told else made


def _told(fields: Mapping[str, object]) -> tuple[str, ...]:
    """What the document itself says that its maker must not miss: that it is a draft, and what its figures lack."""
    told: list[str] = []
    for name, the in (("report", "Rapporten"), ("annual", "Årsredovisningen")):
        group = fields.get(name)
        if isinstance(group, Mapping):
            told += [f"{the} är ett utkast: {group['draft']}"] if group.get("draft") else []
            told += group.get("remarks", ())
    return tuple(told)


def fill(template: bytes, fields: Mapping[str, object], name: str, *, ours: bool = False) -> Rendered:
    """The template filled with fields. ``name`` is the template's file name, for the message when it has a
    fault.

    A template that did not come with the program is filled in a process of its own, with limits on time and memory.
    """
    from finsam_desktop.word import TemplateError, WordTemplate, render_in_child

    try:
        if ours:
            return WordTemplate(template).render_with_warnings(fields)
        return render_in_child(template, fields)
    except TemplateError as error:
        raise template_fault(error, name) from error


def template_fault(error: Exception, name: str) -> UserError:
    """A fault in a template as a user is told it. ``error`` is a TemplateError of the word package."""
    text = str(error)
    return UserError(
        f"Mallen {name} kan inte användas. {text[:1].upper()}{text[1:]}",
        advice="Öppna mallen i Word, rätta stället och försök igen. Inget dokument har skapats.",
        detail=str(getattr(error, "detail", "") or ""),
    )


def _accent(association: Association) -> str:
    return readable(association.letterhead.accent) if association.letterhead.accent else ACCENT


def template_content(
    document: Document, template: Template, association: Association, files: Callable[[str], bytes]
) -> tuple[bytes, str]:
    """The template in the association's colour, and its file name. UserError when it cannot be read."""
    own = association.word_template(document.value) if template is None else None
    if own is not None:
        data, name = files(own.sha256), own.file_name
    elif isinstance(template, bytes):
        data, name = template, f"{document.value}.docx"
    else:
        path = template if template is not None else built_in_template(document)
        data, name = read_template(path), path.name
    accent = _accent(association)
    return (data if accent == ACCENT else _recoloured(data, accent)), name


def built_in_template(document: Document) -> Path:
    """The template that follows with the program."""
    return paths.templates() / "word" / f"{document.value}.docx"


def read_template(path: Path) -> bytes:
    """The content of a template file. UserError when it cannot be read, or is far too large to be one."""
    refuse_large(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            f"Mallen {path.name} går inte att läsa.",
            advice=(
                f"Kontrollera att filen finns i mappen {path.parent} och inte är öppen i ett annat program."
            ),
            detail=str(error),
        ) from error


def refuse_large(path: Path) -> None:
    """UserError for a file that is far too large to be a template. One that is not there is let through."""
    with suppress(OSError, ValueError):
        if path.stat().st_size <= LARGEST_TEMPLATE:
            return
        raise UserError(
            f"{path.name} är för stor för att vara en Word-mall.",
            advice="Välj en annan fil, eller gör bilderna i mallen mindre och spara den igen.",
        )


@lru_cache(maxsize=16)
def _recoloured(data: bytes, accent: str) -> bytes:
    """The template with the association's accent in place of ours; a file with a fault is left to the
    engine to tell of."""
    from finsam_desktop.word import TemplateError
    from finsam_desktop.word.package import pack, read_package, write_package

    try:
        package = read_package(data)  # refuses a zip bomb and a broken file before anything is unpacked
    except TemplateError:
        return data
    parts = dict(package.packed)
    ours, theirs = ACCENT.encode(), accent.encode()
    for name, content in package.parts.items():
        if name.startswith("word/") and name.endswith(".xml") and ours in content:
            parts[name] = pack(content.replace(ours, theirs))
    return write_package(parts)
