"""One field that a Word template can print, and the tag that prints it."""

from __future__ import annotations

from dataclasses import dataclass

from finsam_desktop.documents.kinds import Document

LIST, GROUP, YES_OR_NO = "lista", "grupp", "ja eller nej"
"""Examples of fields that are looped over or asked for, not printed."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name, what it prints, an example, and the documents that have it.

    ``block``: printed as paragraphs, table or chart by ``{{p name }}`` alone in a paragraph.
    """

    name: str
    explanation: str
    example: str
    documents: frozenset[Document]
    block: bool = False

    @property
    def tag(self) -> str:
        """The tag to copy into a template, with the loop variables of the templates that follow with the
        program."""
        if self.name.endswith("[]"):
            printed = _ELEMENTS.get(self.name[:-2].rpartition(".")[2], "sentence")
            return f"{{{{{'p' if self.block else ''} {printed} }}}}"
        where, _, name = self.name.rpartition("[].")
        place = f"{_LOOPS[where]}.{name}" if where else name
        if self.example == LIST:
            rows = "tr" if self.name in _IN_TABLES or name == "votes" else "p"
            variable = _LOOPS.get(self.name) or _ELEMENTS.get(name.rpartition(".")[2], "sentence")
            return f"{{%{rows} for {variable} in {place} %}}"
        if self.example in (GROUP, YES_OR_NO):
            return f"{{%p if {place} %}}"
        return f"{{{{{'p' if self.block else ''} {place} }}}}"


_LOOPS = {
    "agenda": "line",
    "attachments": "attachment",
    "items": "item",
    "items[].sub_items": "sub",
    "items[].votes": "vote",
    "items[].sub_items[].votes": "vote",
    "present": "person",
    "signatures": "signature",
    "announcement.boards": "board",
    "contents": "line",
    "report.sections": "part",
    "report.contents": "line",
    "report.key_figures": "key_figure",
    "brief.key_figures": "key_figure",
    "budget.key_figures": "key_figure",
    "annual.key_figures": "key_figure",
    "annual.notes": "note",
    "deciding": "group",
    "notices": "notice",
    "roll": "person",
    "sheets": "sheet",
    "memo.proposals": "proposal",
    "measure.proposals": "proposal",
    "measure.checks": "check",
    "letter.signatories": "signatory",
    "referral.questions": "question",
    "participants": "person",
    "plan.rows": "line",
    "charter.points": "point",
    "pack.groups": "group",
    "pack.groups[].papers": "paper",
}
"""What the variable of each loop is called in the templates."""
_ELEMENTS = {
    "clauses": "clause",
    "figures": "figure",
    "deviation_rows": "line",
    "remarks": "line",
    "other_figures": "figure",
    "indicators": "figure",
    "basis": "document_line",
    "statistics": "figure",
    "deciders": "name",
}
"""The variable of a loop over plain values; "sentence" where nothing else is said."""
_IN_TABLES = (
    "agenda",
    "attachments",
    "present",
    "announcement.boards",
    "contents",
    "roll",
    "participants",
    "plan.rows",
    "measure.checks",
    "charter.points",
    "pack.groups",
    "pack.groups[].papers",
)
