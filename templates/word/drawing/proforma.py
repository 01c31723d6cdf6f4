"""The form for handwriting (protokollsblankett): front page with roll, then a page for each proposal."""

from __future__ import annotations

from .kallelse import decision, fact, item_facts
from .markup import Cell, code, each, loop_rows, paragraph, row, run, table, when
from .measures import GUTTER
from .package import Template
from .page import letterhead, running_footer, running_header, section

_ROLL = (70, 40, 17, 33)
_VOTES = (82, 20, 20, 20)
BOX = "☐"
LINE = "\t"
_OUTCOMES = (
    "Enligt förslaget",
    "Enligt yrkande av:",
    "Bordläggs till:",
    "Återremitteras, skäl:",
    "Avslås",
    "Noteras",
)


def template() -> Template:
    """The template proforma.docx."""
    return Template(
        body=_front() + _sheets() + _end() + section(),
        first_header=letterhead("document.reference"),
        header=running_header(),
        first_footer=running_footer(),
        footer=running_footer(),
    )


def _front() -> str:
    titles = ("Namn", "Utsedd av", "Närvarar", "Paragrafer")
    head = [Cell(text=text, style="Tabellrubrik") for text in titles]
    cells = [
        Cell(text="{{ person.name }}"),
        Cell(text="{{ person.member }}"),
        Cell(text=BOX),
        Cell(text=""),
    ]
    rows = [row(_ROLL, head, kind="header"), *loop_rows(_ROLL, "person", "roll", row(_ROLL, cells))]
    return (
        paragraph("Rubrik", "{{ document.title }}")
        + paragraph("Underrubrik", "{{ document.subtitle }}")
        + fact("Plats", "meeting.place")
        + fact("Tid", "meeting.time")
        + _written("Öppnas klockan")
        + _written("Ajournering klockan")
        + _written("Avslutas klockan")
        + when(
            "roll",
            paragraph("Rubrik 1", "Närvarolista")
            + table(
                _ROLL,
                rows,
                caption="Närvarolista",
                description="Namn, medlem som utsett, kryss för närvaro och plats för paragrafer",
            ),
        )
    )


def _written(label: str) -> str:
    """A label and a line to write on."""
    return paragraph("Skriven uppgift", run(label, "Faktaetikett"), run(f"{LINE}{LINE}"))


def _lines(heading: str, count: int) -> str:
    return paragraph("Ärendeled", heading) + paragraph("Skrivrad", LINE) * count


def _sheets() -> str:
    heading = "{{ sheet.heading }}\t{{ sheet.title }}"
    return each(
        "sheet",
        "sheets",
        code("{%p if sheet.new_page %}")
        + paragraph("Ärenderubrik", heading, page_break=True)
        + code("{%p else %}")
        + paragraph("Ärenderubrik", heading)
        + code("{%p endif %}")
        + item_facts("sheet")
        + when("sheet.part", paragraph("Ärendeled", "{{ sheet.part }}"))
        + when("sheet.proposal", paragraph("Ärendeled", "Förslag till beslut") + decision("sheet.proposal"))
        + code("{%p if sheet.decides %}")
        + _lines("Yrkanden, vem och vad", 3)
        + when("deciders", paragraph("Ärendeled", "Omröstning") + _votes())
        + paragraph("Ärendeled", "Beslut")
        + "".join(
            paragraph("Skrivrad", f"{BOX} {text}  {LINE}" if text.endswith(":") else f"{BOX} {text}")
            for text in _OUTCOMES
        )
        + _lines("Reservation, jäv och protokollsanteckning", 2)
        + code("{%p else %}")
        + paragraph("Skrivrad", LINE) * 2
        + code("{%p endif %}"),
    )


def _votes() -> str:
    head = [Cell(text=text, style="Tabellrubrik") for text in ("Beslutande", "Ja", "Nej", "Avstår")]
    boxes = [Cell(text=BOX)] * 3
    line = row(_VOTES, [Cell(text="{{ name }}"), *boxes])
    substitute = row(_VOTES, [Cell(text="Ersättare:"), *boxes])
    rows = [row(_VOTES, head, kind="header"), *loop_rows(_VOTES, "name", "deciders", line), substitute]
    return table(
        _VOTES, rows, caption="Omröstning", description="En rad för varje ledamot att kryssa i", indent=GUTTER
    )


def _end() -> str:
    return paragraph("Rubrik 1", "Underskrifter") + each(
        "signature",
        "signatures",
        paragraph("Underskrift", "{{ signature.role }}\t\t")
        + when("signature.name", paragraph("Namnförtydligande", "{{ signature.name }}")),
    )
