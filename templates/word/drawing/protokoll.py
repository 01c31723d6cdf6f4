"""The minutes (protokoll): front page, a page for the announcement and the list of items, then paragraph
by paragraph."""

from __future__ import annotations

from .kallelse import decision, fact, figures, item_facts
from .markup import Cell, code, each, loop_rows, paragraph, row, run, table, when
from .measures import GUTTER
from .package import Template
from .page import letterhead, running_header, section, signature_footer

_PRESENT = (96, 38, 26)
_BOARDS = (52, 30, 36, 42)
_ITEMS = (16, 100, 29, 15)
_ITEMS_WITHOUT_PAGES = (16, 115, 29)
_VOTES = (82, 20, 20, 20)


def template() -> Template:
    """The template protokoll.docx. The bottom margin leaves room for signatures on every page."""
    return Template(
        body=_front()
        + _announcement()
        + _contents()
        + sections("loop.first and new_page_after_contents")
        + section(bottom=30, footer=9),
        first_header=letterhead("document.paragraphs", "document.reference"),
        header=running_header(),
        first_footer=signature_footer(),
        footer=signature_footer(),
    )


def _front() -> str:
    return (
        paragraph("Rubrik", "{{ document.title }}")
        + paragraph("Underrubrik", "{{ document.subtitle }}")
        + fact("Plats och tid", "meeting.place_and_time")
        + paragraph("Rubrik 1", "Närvarande")
        + when("present", _present_table())
        + when("not present", paragraph("Normal", "Ingen närvaro är antecknad."))
        + code("{%p if meeting.deputies or meeting.others or meeting.adjusters or meeting.adjustment %}")
        + _spaced_facts()
        + code("{%p endif %}")
        + each(
            "sentence",
            "corrections",
            paragraph("Faktarad", run("Rättelse", "Faktaetikett"), run("\t{{ sentence }}")),
        )
        + paragraph("Rubrik 1", "Underskrifter")
        + each(
            "signature",
            "signatures",
            paragraph(
                "Underskrift",
                "{{ signature.role }}\t"
                "{% if document.electronic %}Undertecknas elektroniskt{% else %}\t{% endif %}",
            )
            + paragraph("Namnförtydligande", "{{ signature.name }}"),
        )
    )


def _spaced_facts() -> str:
    """The facts after the table: the first that has a value gets the space that a table without note
    leaves."""
    fields = (
        ("Ersättare", "deputies"),
        ("Övriga", "others"),
        ("Justerare", "adjusters"),
        ("Justering", "adjustment"),
    )
    made = ""
    earlier: list[str] = []
    for label, name in fields:
        value = f"meeting.{name}"
        content = (run(label, "Faktaetikett"), run(f"\t{{{{ {value} }}}}"))
        if earlier:
            made += (
                code(f"{{%p if {value} and not ({' or '.join(earlier)}) %}}")
                + paragraph("Faktarad", *content, before=8)
                + code(f"{{%p elif {value} %}}")
                + paragraph("Faktarad", *content)
                + code("{%p endif %}")
            )
        else:
            made += when(value, paragraph("Faktarad", *content, before=8))
        earlier.append(value)
    return made


def _present_table() -> str:
    head = [Cell(text=text, style="Tabellrubrik") for text in ("Beslutande", "Utsedd av", "Paragrafer")]
    line = row(_PRESENT, [Cell(text=f"{{{{ person.{name} }}}}") for name in ("name", "member", "paragraphs")])
    rows = [row(_PRESENT, head, kind="header"), *loop_rows(_PRESENT, "person", "present", line)]
    return table(
        _PRESENT,
        rows,
        caption="Närvarande",
        description="Beslutande, vem som utsett dem och vid vilka paragrafer",
    )


def _announcement() -> str:
    head = [
        Cell(text=text, style="Tabellrubrik")
        for text in ("Anslagstavla", "Uppsatt", "Tas ned tidigast", "Bestyrks av")
    ]
    line = row(
        _BOARDS,
        [Cell(text=f"{{{{ board.{name} }}}}") for name in ("member", "posted", "removed", "certified_by")],
    )
    rows = [row(_BOARDS, head, kind="header"), *loop_rows(_BOARDS, "board", "announcement.boards", line)]
    return (
        paragraph("Rubrik 1", "Anslag och bevis", page_break=True)
        + paragraph("Normal", "{{ announcement.text }}")
        + paragraph(
            "Faktarad", run("Protokoll", "Faktaetikett"), run("\t{{ announcement.minutes }}"), before=6
        )
        + fact("Förvaring", "announcement.kept")
        + fact("Överklagande", "announcement.appeal")
        + when(
            "announcement.boards",
            table(
                _BOARDS,
                rows,
                caption="Anslag",
                description="Anslagstavla, dag uppsatt, dag nedtaget och vem som bestyrker",
            ),
        )
        + paragraph("Underskrift", "Underskrift\t\t")
        + paragraph("Namnförtydligande", "{{ announcement.signed_by }}")
    )


def _contents() -> str:
    return (
        paragraph("Rubrik 1", "Ärenden")
        + code("{%p if contents and page_column %}")
        + _contents_table(_ITEMS)
        + code("{%p elif contents %}")
        + _contents_table(_ITEMS_WITHOUT_PAGES)
        + code("{%p else %}")
        + paragraph("Normal", "Inga ärenden är anmälda.")
        + code("{%p endif %}")
    )


def _contents_table(widths: tuple[int, ...]) -> str:
    """The list of §§, with or without the pages, which only a layout program knows."""
    titles, fields = ("§", "Ärende", "Typ"), ("paragraph", "title", "type")
    head = [Cell(text=text, style="Tabellrubrik") for text in titles]
    cells = [Cell(text=f"{{{{ line.{name} }}}}") for name in fields]
    if len(widths) > len(titles):
        head.append(Cell(text="Sida", style="Tabellrubrik tal"))
        cells.append(Cell(text="{{ line.page }}", style="Tabelltal"))
    told = (
        "Paragrafer med rubrik, typ och sida"
        if len(widths) > len(titles)
        else "Paragrafer med rubrik och typ"
    )
    rows = [row(widths, head, kind="header"), *loop_rows(widths, "line", "contents", row(widths, cells))]
    return table(widths, rows, caption="Ärenden", description=told)


def sections(new_page: str = "") -> str:
    """Every § in turn; on a new page where the condition ``new_page`` holds. The extract has the same."""
    heading = paragraph("Ärenderubrik", "{{ item.heading }}\t{{ item.title }}")
    if new_page:
        broken = paragraph("Ärenderubrik", "{{ item.heading }}\t{{ item.title }}", page_break=True)
        heading = (
            code(f"{{%p if {new_page} %}}") + broken + code("{%p else %}") + heading + code("{%p endif %}")
        )
    return each(
        "item",
        "items",
        heading
        + item_facts("item")
        + each("sentence", "item.arrivals", paragraph("Brödtext", "{{ sentence }}"))
        + _parts("item", "Ärendeled")
        + each(
            "sub",
            "item.sub_items",
            paragraph("Delärende", "{{ sub.heading }}\t{{ sub.title }}")
            + item_facts("sub")
            + _parts("sub", "Ärendeled under delärende")
            + _after("sub", "Ärendeled under delärende"),
        )
        + _after("item", "Ärendeled")
        + _part("Rättelse", "item.corrections", "Ärendeled")
        + each("sentence", "item.departures", paragraph("Brödtext", "{{ sentence }}")),
    )


def _parts(name: str, style: str) -> str:
    """What is told of an item, in the order of the law: each part is left out with its heading when it is
    empty."""
    return (
        _part("Jäv", f"{name}.conflicts", style)
        + when(
            f"{name}.text",
            when(f"{name}.text_heading", paragraph(style, f"{{{{ {name}.text_heading }}}}"))
            + paragraph("Brödtext", f"{{{{p {name}.text }}}}"),
        )
        + _part("Deltagande på distans", f"{name}.distance", style)
        + figures(name)
        + when(
            f"{name}.basis",
            paragraph(style, "Beslutsunderlag")
            + each("document_line", f"{name}.basis", paragraph("Punktlista", "{{ document_line }}")),
        )
        + _part("Yrkanden", f"{name}.motions", style)
        + _part("Propositionsordning", f"{name}.propositions", style)
        + when(
            f"{name}.votes",
            paragraph(style, "Omröstning")
            + _votes(name)
            + paragraph("Brödtext", f"{{{{ {name}.result }}}}", before=8),
        )
        + _part("Val", f"{name}.election", style)
        + when(f"{name}.decision", paragraph(style, "Beslut") + decision(f"{name}.decision"))
        + each("sentence", f"{name}.after_decision", paragraph("Brödtext", "{{ sentence }}"))
        + _part("Reservation", f"{name}.dissents", style)
        + _part("Protokollsanteckning", f"{name}.notes", style)
    )


def _after(name: str, style: str) -> str:
    return _part("Expedieras till", f"{name}.recipients", style)


def _part(heading: str, field: str, style: str) -> str:
    return when(
        field, paragraph(style, heading) + each("sentence", field, paragraph("Brödtext", "{{ sentence }}"))
    )


def _votes(name: str) -> str:
    head = [Cell(text=text, style="Tabellrubrik") for text in ("Beslutande", "Ja", "Nej", "Avstår")]
    fields = ("name", "yes", "no", "abstain")
    line = row(
        _VOTES,
        [Cell(text=paragraph("Tabelltext", f"{{{{ vote.{name} }}}}", keep_next=True)) for name in fields],
    )
    total = row(
        _VOTES,
        [Cell(text=paragraph("Tabelltext", run("Summa", "Stark")))]
        + [
            Cell(text=paragraph("Tabelltext", run(f"{{{{ {name}.vote_sum.{field} }}}}", "Stark")))
            for field in ("yes", "no", "abstain")
        ],
        kind="sum",
    )
    rows = [row(_VOTES, head, kind="header"), *loop_rows(_VOTES, "vote", f"{name}.votes", line), total]
    return table(
        _VOTES, rows, caption="Omröstning", description="Hur var och en röstar, med summa", indent=GUTTER
    )
