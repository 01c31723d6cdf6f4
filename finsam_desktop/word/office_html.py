"""HTML as Office and its mails write it: read to the end, past marks that Python's own parser gives up on."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_MARK = re.compile(r"<!\[[^<>]{0,200}>")


class OfficeHtmlParser(HTMLParser):
    """The library's parser, with entities resolved, that passes over ``<![words]>`` it does not know.

    Outlook and Word write such marks (``<![if !supportEmptyParas]>``); the library's stops at some of them with an
    AssertionError, and everything after them would be lost.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def parse_html_declaration(self, i: int) -> int:
        """As the library's, but past a mark that it does not know or finds no end of."""
        try:
            after = super().parse_html_declaration(i)
        except AssertionError:
            after = self.rawdata.find(">", i) + 1 or -1
        if after < 0 and (mark := _MARK.match(self.rawdata, i)):
            return mark.end()
        return after
