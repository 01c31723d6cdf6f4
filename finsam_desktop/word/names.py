"""XML names of WordprocessingML and its neighbours."""

from __future__ import annotations

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
WP14 = "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
V = "urn:schemas-microsoft-com:vml"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(name: str) -> str:
    """The full name of an element or attribute in the main namespace."""
    return f"{{{W}}}{name}"


def whole(text: str | None) -> int:
    """The number in an attribute; 0 where a damaged file has none, or one that no program would have written."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


P, RUN, T, TBL, TR, TC = w("p"), w("r"), w("t"), w("tbl"), w("tr"), w("tc")
PPR, RPR, TCPR, TRPR, TBLPR = w("pPr"), w("rPr"), w("tcPr"), w("trPr"), w("tblPr")
TAB, BR, CR, NO_BREAK_HYPHEN, SOFT_HYPHEN = w("tab"), w("br"), w("cr"), w("noBreakHyphen"), w("softHyphen")
INSTR, SECTPR, BODY = w("instrText"), w("sectPr"), w("body")
VAL, ID = w("val"), w("id")
A_P, A_R, A_T, A_BR = f"{{{A}}}p", f"{{{A}}}r", f"{{{A}}}t", f"{{{A}}}br"

MARK = "_t"  # placeholder element for a tag between elements; never leaves the engine
