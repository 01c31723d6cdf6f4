"""Write docs/templates.md: ``python -m finsam_desktop.documents.fields_page > docs/templates.md``."""

from __future__ import annotations

import sys

from finsam_desktop.documents.fields import Field, fields
from finsam_desktop.documents.kinds import KINDS, Document

_HEAD = """\
# Mallarnas fält

Sidan är gjord ur `finsam_desktop/documents/fields.py`. Ändra där, inte här.

En mall är ett vanligt Worddokument. Där ett värde ska stå skriver du fältets tagg, till exempel
`{{ meeting.place }}`. Flytta, formatera och ta bort taggar som annan text. Formatmallarna styr utseendet.

- `{{ fält }}` skriver ut ett värde i löpande text.
- `{{p fält }}` ensam i ett stycke skriver ut hela stycken, en tabell eller ett diagram.
- `{%p if fält %}` och `{%p endif %}`, i egna stycken: det emellan skrivs ut när fältet har ett värde.
- `{%p for item in items %}` och `{%p endfor %}`, i egna stycken: det emellan upprepas för varje ärende.
- `{%tr for line in agenda %}` och `{%tr endfor %}`, i egna tabellrader: raderna emellan upprepas.

Namnet före punkten är det som står efter `for`: i `{%p for item in items %}` heter ärendets rubrik
`{{ item.title }}`. Fältet `items[].title` i tabellerna nedan är just det.

Utseendet på mallarna som följer med byggs av `python dev.py templates`. En egen mall tas i bruk i fönstret under
**Mallar** och ligger sedan i förbundets fil. `finsam template check MALL.docx --for kallelse` visar allt som är fel
i den.
"""


def page() -> str:
    """The whole page as Markdown."""
    shared = [field for field in fields() if field.documents == frozenset(Document)]
    parts = [_HEAD, _section("Gemensamt för alla dokument", shared)]
    for document, kind in KINDS.items():
        parts.append(_section(kind.label, [field for field in fields(document) if field not in shared]))
    return "\n".join(parts)


def _section(title: str, listed: list[Field]) -> str:
    rows = "\n".join(
        f"| `{field.name}` | `{field.tag}` | {field.explanation} | {field.example} |" for field in listed
    )
    return f"## {title}\n\n| Fält | Tagg | Vad det är | Exempel |\n|---|---|---|---|\n{rows}\n"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(page())
