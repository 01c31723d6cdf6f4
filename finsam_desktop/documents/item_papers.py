"""The contexts of the papers written for one item: tjänsteskrivelse and skrivelse."""

from __future__ import annotations

from datetime import date

from finsam_desktop.documents.figure_blocks import figure_blocks
from finsam_desktop.documents.kallelse import clauses_field, reference
from finsam_desktop.documents.kinds import KINDS, About, Document, document_item, point
from finsam_desktop.documents.values import NBSP, iso, markdown, role_title, with_dates
from finsam_desktop.domain import sentences
from finsam_desktop.domain.agenda import AgendaItem, find
from finsam_desktop.domain.association import Association, Role
from finsam_desktop.domain.decision_sentences import Clauses, clause_lines, proposal, recipients
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import agenda_numbers, attachment_numbers
from finsam_desktop.domain.papers import Letter, Memo
from finsam_desktop.domain.wording import no_break
from finsam_desktop.errors import UserError
from finsam_desktop.word import RichText


def written_item(document: Document, meeting: Meeting, about: About) -> AgendaItem:
    """The item that the document is made of. UserError when there is none, or when it does not exist."""
    item = document_item(document, meeting, about)
    if item is None and about.items and find(meeting.items, about.items[0]) is None:
        raise UserError(
            "Ärendet finns inte i sammanträdet.", advice="Välj ett ärende som finns och försök igen."
        )
    if item is None:
        label = KINDS[document].label.lower()
        raise UserError(
            f"Inget ärende i sammanträdet har {label}.",
            advice="Öppna ärendet, skriv under Skrivelser och försök igen.",
        )
    return item


def missing_paper(document: Document, item: AgendaItem) -> UserError:
    """The fault of an item for which the document has not been written."""
    return UserError(
        f"Ärendet {item.title} har {'inget' if KINDS[document].the.endswith('et') else 'ingen'}"
        f" {KINDS[document].label.lower()}.",
        advice="Öppna ärendet, skriv under Skrivelser och försök igen.",
    )


def basis_lines(meeting: Meeting, item: AgendaItem, *, without: str = "") -> list[RichText]:
    """Title, date and number of each attachment; ``without`` leaves out those whose title starts so."""
    numbers = attachment_numbers(meeting)
    lines: list[RichText] = []
    for attachment in item.attachments:
        if without and attachment.title.lower().startswith(without):
            continue
        dated = (", ", attachment.dated) if attachment.dated is not None else ()
        number = numbers.get(attachment.id)
        lines.append(
            with_dates(no_break(attachment.title), *dated, f" (bilaga{NBSP}{number})" if number else "")
        )
    return lines


def tjansteskrivelse_context(
    association: Association, meeting: Meeting, about: About, today: date
) -> dict[str, object]:
    """Everything the template tjansteskrivelse.docx can print, but for the letterhead.

    An item for which nothing but the item itself is written gives a memo with its proposal and summary.
    """
    item = written_item(Document.TJANSTESKRIVELSE, meeting, about)
    memo = item.memo or Memo()
    dated = memo.dated or today
    number = reference(item.reference)
    author = association.person(memo.author_id or item.presenter_id)
    author = author or association.first_with(meeting.date, Role.DIRECTOR)
    title = role_title(association, author.id, meeting.date) if author is not None else ""
    contact = (author.name, title, author.phone or author.email) if author is not None else ()
    return {
        "document": {
            "title": no_break(item.title),
            "subtitle": with_dates(
                "Tjänsteskrivelse till styrelsens sammanträde ",
                meeting.date,
                f", punkt{NBSP}{point(meeting, item)}",
            ),
            "date": iso(dated),
            "reference": number,
            "running_title": with_dates(
                "Tjänsteskrivelse ", dated, f", {_lower_first(number)}" if number else ""
            ),
        },
        "memo": {
            "author": ", ".join(part for part in contact if part),
            "proposals": proposals(meeting, item),
            "summary": markdown(item.summary, shift=1),
            "background": markdown(memo.background, shift=1),
            "assessment": markdown(memo.assessment, shift=1),
            "consequences": markdown(memo.consequences, shift=1),
            "figures": figure_blocks(item),
            "basis": basis_lines(meeting, item, without="tjänsteskrivelse"),
            "recipients": no_break(recipients(item.recipients)),
            "signed_by": (
                f"{author.name}\n{sentences.capitalised(title)}".rstrip() if author is not None else ""
            ),
        },
    }


def proposals(meeting: Meeting, item: AgendaItem) -> list[dict[str, object]]:
    """The item's proposal, then those of its sub-items, each with the sub-item's letter and title over it."""
    numbers = agenda_numbers(meeting)
    found: list[dict[str, object]] = []
    for part in (item, *item.sub_items):
        clauses = clauses_field(proposal(part.proposal))
        if clauses is not None:
            heading = "" if part is item else f"{numbers[part.id]} {no_break(part.title)}"
            found.append({"heading": heading, **clauses})
    return found


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def skrivelse_context(
    association: Association, meeting: Meeting, about: About, today: date
) -> dict[str, object]:
    """Everything the template skrivelse.docx can print, but for the letterhead."""
    item = written_item(Document.SKRIVELSE, meeting, about)
    if item.letter is None:
        raise missing_paper(Document.SKRIVELSE, item)
    letter = item.letter
    dated = letter.dated or today
    receiver = no_break(letter.receiver.strip())
    return {
        "document": {
            "title": no_break(letter.heading.strip() or item.title),
            "subtitle": f"Skrivelse till {receiver}" if receiver else "Skrivelse",
            "date": iso(dated),
            "reference": reference(item.reference),
            "running_title": with_dates("Skrivelse ", dated),
        },
        "letter": {
            "receiver": receiver,
            "senders": _senders(association, letter),
            "proposal": _asked(letter),
            "background": markdown(letter.background, shift=1),
            "text": markdown(letter.text, shift=1),
            "signatories": [
                {
                    "name": one.name,
                    "title": ", ".join(part for part in (one.title, one.organisation) if part),
                }
                for one in letter.signatories
            ],
        },
    }


def _senders(association: Association, letter: Letter) -> str:
    """Who sends it: the organisations of those who sign, else the association."""
    organisations = dict.fromkeys(
        one.organisation.strip() for one in letter.signatories if one.organisation.strip()
    )
    return "\n".join(organisations) or association.name


def _asked(letter: Letter) -> dict[str, object] | None:
    """What the receiver is asked to decide."""
    clauses = tuple(clause for clause in letter.clauses if clause.strip())
    if not clauses:
        return None
    decider = letter.decider.strip() or letter.receiver.strip()
    lead = f"{decider} beslutar" if decider else "Föreslås"
    return clauses_field(Clauses(lead=lead, clauses=clause_lines(clauses)))
