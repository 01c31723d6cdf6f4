"""Reading figures: spreadsheets of strangers, the tables in them, and figure tables with the origin of every value.

``read_workbook`` → ``recognise`` → (a person corrects) → ``figure_table``; later ``reread`` and ``compare``. A
bookkeeping file (``sie``) becomes a workbook with reports and goes the same way.
"""

from finsam_desktop.sources.cell_numbers import shown
from finsam_desktop.sources.figures import Difference, cell_text, compare, figure_table, reread
from finsam_desktop.sources.mapping import Mapping, apply, fits, mapping_of, mapping_of_table
from finsam_desktop.sources.pasted import pasted_workbook
from finsam_desktop.sources.reading import (
    SIE_SUFFIXES,
    SPREADSHEET_SUFFIXES,
    read_workbook,
    read_workbook_bytes,
)
from finsam_desktop.sources.recognition import (
    RecognisedColumn,
    RecognisedRow,
    RecognisedTable,
    recognise,
    recognise_range,
    recognise_sheet,
    recognise_usual,
)
from finsam_desktop.sources.workbook import DefinedName, NamedTable, Sheet, SheetCell, Workbook

__all__ = [
    "SIE_SUFFIXES",
    "SPREADSHEET_SUFFIXES",
    "DefinedName",
    "Difference",
    "Mapping",
    "NamedTable",
    "RecognisedColumn",
    "RecognisedRow",
    "RecognisedTable",
    "Sheet",
    "SheetCell",
    "Workbook",
    "apply",
    "cell_text",
    "compare",
    "figure_table",
    "fits",
    "mapping_of",
    "mapping_of_table",
    "pasted_workbook",
    "read_workbook",
    "read_workbook_bytes",
    "recognise",
    "recognise_range",
    "recognise_sheet",
    "recognise_usual",
    "reread",
    "shown",
]
