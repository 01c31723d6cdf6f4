"""What LibreOffice leaves undone in a tagged PDF: a title, that it is shown, charts' texts, the cells of workbooks.

LibreOffice 7 marks some cells of a sheet and leaves the rest outside its structure, where no screen reader finds them,
and still claims PDF/UA. Where that is so the pages are marked anew: each row of cells one paragraph, from the top and
from left to right, lines and colours as decoration.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from finsam_desktop.pdf.alternatives import describe_figures

if TYPE_CHECKING:
    import pikepdf

_SHOWS = frozenset(("Tj", "TJ", "'", '"'))
_PATH = frozenset(("m", "l", "c", "v", "y", "re", "h"))
_PAINTS = frozenset(("S", "s", "f", "F", "f*", "B", "B*", "b", "b*"))
_ENDS_PATH = _PAINTS | {"n"}
_MARKS = frozenset(("BDC", "BMC", "EMC", "MP", "DP"))
_SAME_ROW = 3.0
"""Points that the feet of cells in one row may differ by."""
_DEEPEST = 64
Matrix = tuple[float, float, float, float, float, float]


def completed(pdf: bytes, title: str, *, sheets: bool = False, charts: Sequence[str] = ()) -> bytes:
    """The PDF with what is missing; as it came where nothing is, or where it cannot be opened. ``sheets``: it was a
    workbook. ``charts``: the alternative texts of the file's charts, see ``alternatives``."""
    import pikepdf
    from pikepdf import Dictionary

    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            changed = False
            if not str(document.docinfo.get("/Title", "")).strip():
                with document.open_metadata(set_pikepdf_as_editor=False) as about:
                    about["dc:title"] = title
                document.docinfo["/Title"] = title
                changed = True
            shown = document.Root.get("/ViewerPreferences")
            if shown is None or not bool(shown.get("/DisplayDocTitle", False)):
                if shown is None:
                    document.Root.ViewerPreferences = Dictionary()
                document.Root.ViewerPreferences.DisplayDocTitle = True
                changed = True
            if charts and describe_figures(document, charts):
                changed = True
            if sheets and any(_has_loose_text(page) for page in document.pages):
                _mark_anew(document)
                changed = True
            if not changed:
                return pdf
            target = io.BytesIO()
            document.save(target)
            return target.getvalue()
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RuntimeError):
        return pdf  # readable as it is


def _has_loose_text(page: pikepdf.Page) -> bool:
    """Whether text is shown outside everything that is marked."""
    import pikepdf

    depth = 0
    for instruction in pikepdf.parse_content_stream(page, "BDC BMC EMC Tj TJ ' \""):
        operator = str(instruction.operator)
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
        if depth == 0 and operator in _SHOWS:
            return True
    return False


@dataclass(slots=True)
class _Text:
    """A piece of text on a page: its number there and where it stands."""

    number: int
    x: float
    y: float


@dataclass(slots=True)
class _Page:
    """A page marked anew."""

    content: bytes
    texts: list[_Text] = field(default_factory=list)


def _mark_anew(document: pikepdf.Pdf) -> None:
    from pikepdf import Array, Dictionary, Name

    root = document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    whole = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    rows: list[Any] = []
    numbers: list[Any] = []
    for place, page in enumerate(document.pages):
        marked = _marked(page)
        page.obj.Contents = document.make_stream(marked.content)
        page.obj.StructParents, page.obj.Tabs = place, Name.S
        owners: list[Any] = [None] * len(marked.texts)
        for row in _rows(marked.texts):
            kids = Array([text.number for text in row])
            element = Dictionary(Type=Name.StructElem, S=Name.P, P=whole, Pg=page.obj, K=kids)
            rows.append(document.make_indirect(element))
            for text in row:
                owners[text.number] = rows[-1]
        numbers += [place, Array(owners)]
    whole.K = Array(rows)
    root.K = whole
    root.ParentTree = document.make_indirect(Dictionary(Nums=Array(numbers)))
    root.ParentTreeNextKey = len(document.pages)
    document.Root.StructTreeRoot = root


def _rows(texts: list[_Text]) -> list[list[_Text]]:
    """The texts in rows from the top, each from the left."""
    rows: list[list[_Text]] = []
    for text in sorted(texts, key=lambda text: -text.y):
        if rows and abs(rows[-1][0].y - text.y) <= _SAME_ROW:
            rows[-1].append(text)
        else:
            rows.append([text])
    return [sorted(row, key=lambda text: text.x) for row in rows]


def _marked(page: pikepdf.Page) -> _Page:
    """The page's content with every text object numbered and every line and picture marked as decoration."""
    import pikepdf
    from pikepdf import ContentStreamInstruction, Dictionary, Name, Operator

    artifact = ContentStreamInstruction([Name.Artifact], Operator("BMC"))
    end = ContentStreamInstruction([], Operator("EMC"))
    written: list[Any] = []
    texts: list[_Text] = []
    matrix: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    kept: list[Matrix] = []
    begun: int | None = None
    in_text, shows, at = False, False, (0.0, 0.0)
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in _MARKS:
            continue
        if operator == "q" and len(kept) < _DEEPEST:
            kept.append(matrix)
        elif operator == "Q" and kept:
            matrix = kept.pop()
        elif operator == "cm":
            matrix = _times(_numbers(instruction), matrix)
        if operator == "BT":
            in_text, shows, at, begun = True, False, (0.0, 0.0), len(written)
        elif in_text:
            if operator in _SHOWS:
                shows = True
            elif not shows and operator in ("Td", "TD"):
                across, up = (float(number) for number in instruction.operands)
                at = (at[0] + across, at[1] + up)
            elif not shows and operator == "Tm":
                at = _numbers(instruction)[4:]
        elif operator in _PATH and begun is None:
            begun = len(written)
        written.append(instruction)
        if operator == "ET":
            if shows and begun is not None:
                x, y = _apply(matrix, *at)
                mark = ContentStreamInstruction([Name.P, Dictionary(MCID=len(texts))], Operator("BDC"))
                written.insert(begun, mark)
                written.append(end)
                texts.append(_Text(len(texts), x, y))
            in_text, begun = False, None
        elif operator in _ENDS_PATH and not in_text:
            if begun is not None and operator in _PAINTS:
                written.insert(begun, artifact)
                written.append(end)
            begun = None
        elif operator in ("Do", "sh", "INLINE IMAGE") and not in_text:
            written.insert(len(written) - 1, artifact)
            written.append(end)
    return _Page(pikepdf.unparse_content_stream(written), texts)


def _numbers(instruction: Any) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in instruction.operands)
    return a, b, c, d, e, f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
