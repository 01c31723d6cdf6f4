"""The texts of mails that come with the program: `templates/mail/*.txt`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from finsam_desktop import paths
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.mail_texts import (
    MAIL_FIELDS,
    MailKind,
    MailText,
    chosen,
    read_text,
    unknown_fields,
)
from finsam_desktop.errors import UserError


@cache
def standard_texts() -> tuple[MailText, ...]:
    """The program's own texts, one for each kind; read once."""
    folder = paths.templates() / "mail"
    return tuple(load_text(folder / f"{kind.value}.txt", kind) for kind in MailKind)


def text_for(association: Association, kind: MailKind) -> MailText:
    """The text in use: the association's own, else the program's."""
    return chosen(kind, association.mail_texts, standard_texts())


def load_text(path: Path, kind: MailKind) -> MailText:
    """The text of a file. UserError when it cannot be read, has no subject, or names a field that does not exist."""
    try:
        content = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserError(
            f"Mejltexten {path} går inte att läsa.", advice="Kontrollera att filen finns.", detail=str(error)
        ) from error
    except UnicodeDecodeError as error:
        raise UserError(
            f"Mejltexten {path.name} är inte text i UTF-8.", advice="Spara den som UTF-8.", detail=str(error)
        ) from error
    text = read_text(kind.value, content)
    fault = text_fault(text)
    if fault:
        raise UserError(f"Mejltexten {path.name}: {fault}", advice=FIELDS_ADVICE)
    return text


FIELDS_ADVICE = "Fälten är " + ", ".join(f"{{{name}}}" for name in MAIL_FIELDS) + "."


def text_fault(text: MailText) -> str:
    """What is wrong with a text, as a sentence; "" when nothing is."""
    if not text.subject.strip():
        return "ämnesraden saknas. Den första raden ska börja med Ämne:"
    for name, near in unknown_fields(text):
        hint = f" Menade du {{{near}}}?" if near else ""
        return f"fältet {{{name}}} finns inte.{hint}"
    return ""
