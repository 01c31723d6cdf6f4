"""The notice (kallelse): front page with the agenda, a page per item that has something to read, and the
attachments."""

from __future__ import annotations

from .markup import Cell, code, each, loop_rows, paragraph, row, run, table, when
from .package import Template
from .page import letter_footer, letterhead, running_footer, running_header, section

_AGENDA = (10, 70, 39, 28, 13)
_ATTACHMENTS = (13, 67, 13, 36, 21, 10)


def template() -> Template:
    """The template kallelse.docx."""
    return Template(
        body=_front() + _items() + _attachments() + section(),
        first_header=letterhead("document.date", "document.reference"),
        header=running_header(),
        first_footer=letter_footer(),
        footer=running_footer(),
    )


def _front() -> str:
    return (
        paragraph("Rubrik", "{{ document.title }}")
        + paragraph("Underrubrik", "{{ document.subtitle }}")
        + fact("Tid", "meeting.time")
        + fact("Plats", "meeting.place")
        + fact("Kallas", "meeting.summoned")
        + fact("För kännedom", "meeting.informed")
        + fact("Frånvaro", "meeting.absence")
        + fact("Offentligt", "meeting.public")
        + paragraph("Rubrik 1", "Föredragningslista")
        + when("agenda", _agenda_table())
        + when("not agenda", paragraph("Normal", "Inga ärenden är anmälda."))
        + when("meeting.issuer", paragraph("Utfärdare", "{{ meeting.issuer }}"))
    )


def fact(label: str, field: str) -> str:
    """A label and its value, left out when there is no value."""
    return when(field, paragraph("Faktarad", run(label, "Faktaetikett"), run(f"\t{{{{ {field} }}}}")))


def _agenda_table() -> str:
    head = [
        Cell(text=text, style="Tabellrubrik") for text in ("Nr", "Ärende", "Typ", "Föredragande", "Bilaga")
    ]
    fields = ("number", "title", "type", "presenter", "attachments")
    line = row(_AGENDA, [Cell(text=f"{{{{ line.{field} }}}}") for field in fields])
    rows = [row(_AGENDA, head, kind="header"), *loop_rows(_AGENDA, "line", "agenda", line)]
    return table(_AGENDA, rows, caption="Föredragningslista", description="Sammanträdets ärenden i ordning")


def _items() -> str:
    heading = "{{ item.heading }}\t{{ item.title }}"
    return each(
        "item",
        "items",
        code("{%p if loop.first %}")
        + paragraph("Ärenderubrik", heading, page_break=True)
        + code("{%p else %}")
        + paragraph("Ärenderubrik", heading)
        + code("{%p endif %}")
        + item_facts("item")
        + paragraph("Brödtext", "{{p item.text }}")
        + each(
            "sub",
            "item.sub_items",
            paragraph("Delärende", "{{ sub.heading }}\t{{ sub.title }}")
            + item_facts("sub")
            + paragraph("Brödtext", "{{p sub.text }}")
            + figures("sub")
            + _proposal("sub", "Ärendeled under delärende"),
        )
        + figures("item")
        + _proposal("item", "Ärendeled"),
    )


def item_facts(name: str) -> str:
    """The grey line under an item's heading: its type, then the rest with dots between."""
    return when(
        f"{name}.type or {name}.facts",
        paragraph(
            "Ärendeuppgift",
            run(f"{{{{ {name}.type }}}}", "Ärendetyp"),
            run(f"{{{{ ' · ' if {name}.type and {name}.facts else '' }}}}{{{{ {name}.facts }}}}"),
        ),
    )


def figures(name: str) -> str:
    """The figure tables of an item, each with caption and note."""
    return each("figure", f"{name}.figures", paragraph("Brödtext", "{{p figure }}"))


def _proposal(name: str, heading_style: str) -> str:
    return when(
        f"{name}.proposal", paragraph(heading_style, "Förslag till beslut") + decision(f"{name}.proposal")
    )


def decision(name: str) -> str:
    """The lead-in and its att-satser behind the thin line; a condition is a last line that hangs with
    them."""
    return (
        paragraph("Beslutstext", f"{{{{ {name}.lead }}}}")
        + each("clause", f"{name}.clauses", paragraph("Att-sats", "att\t{{ clause }}"))
        + when(f"{name}.condition", paragraph("Att-sats", f"\t{{{{ {name}.condition }}}}"))
    )


def _attachments() -> str:
    titles = ("Bilaga", "Titel", "Punkt", "Avsändare", "Datum")
    head = [Cell(text=text, style="Tabellrubrik") for text in titles] + [
        Cell(text="Sidor", style="Tabellrubrik tal")
    ]
    fields = ("number", "title", "item", "sender", "date")
    line = row(
        _ATTACHMENTS,
        [Cell(text=f"{{{{ attachment.{field} }}}}") for field in fields]
        + [Cell(text="{{ attachment.pages }}", style="Tabelltal")],
    )
    rows = [
        row(_ATTACHMENTS, head, kind="header"),
        *loop_rows(_ATTACHMENTS, "attachment", "attachments", line),
    ]
    return when(
        "attachments",
        paragraph("Rubrik 1", "Bilagor")
        + table(
            _ATTACHMENTS,
            rows,
            caption="Bilagor",
            description="Bilagor till kallelsen, med punkt och avsändare",
        ),
    )
