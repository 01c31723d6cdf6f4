"""Jinja in Word files: fill a .docx template with plain data, losing nothing.

The import is light: lxml, Jinja and markdown-it are loaded at first use. See docs/word.md.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from finsam_desktop.word.apart import (
        check_in_child,
        comment_in_child,
        fields_in_child,
        render_in_child,
        try_in_child,
    )
    from finsam_desktop.word.check import Problem, check_template
    from finsam_desktop.word.comments import commented_copy
    from finsam_desktop.word.errors import TemplateError, UnsafeTemplate
    from finsam_desktop.word.limits import Limits
    from finsam_desktop.word.template import Rendered, WordTemplate
    from finsam_desktop.word.values import (
        Anchor,
        Chart,
        Column,
        Link,
        Markdown,
        MarkdownStyles,
        NoBreakHyphens,
        PageBreak,
        PageReference,
        Paragraph,
        Picture,
        RichText,
        Row,
        Series,
        Span,
        Table,
    )

_HOMES = {
    "Anchor": "values",
    "Chart": "values",
    "Column": "values",
    "Limits": "limits",
    "Link": "values",
    "Markdown": "values",
    "MarkdownStyles": "values",
    "NoBreakHyphens": "values",
    "PageBreak": "values",
    "PageReference": "values",
    "Paragraph": "values",
    "Picture": "values",
    "Problem": "check",
    "Rendered": "template",
    "RichText": "values",
    "Row": "values",
    "Series": "values",
    "Span": "values",
    "Table": "values",
    "TemplateError": "errors",
    "UnsafeTemplate": "errors",
    "WordTemplate": "template",
    "check_in_child": "apart",
    "check_template": "check",
    "comment_in_child": "apart",
    "commented_copy": "comments",
    "fields_in_child": "apart",
    "render_in_child": "apart",
    "try_in_child": "apart",
}

__all__ = [
    "Anchor",
    "Chart",
    "Column",
    "Limits",
    "Link",
    "Markdown",
    "MarkdownStyles",
    "NoBreakHyphens",
    "PageBreak",
    "PageReference",
    "Paragraph",
    "Picture",
    "Problem",
    "Rendered",
    "RichText",
    "Row",
    "Series",
    "Span",
    "Table",
    "TemplateError",
    "UnsafeTemplate",
    "WordTemplate",
    "check_in_child",
    "check_template",
    "comment_in_child",
    "commented_copy",
    "fields_in_child",
    "render_in_child",
    "try_in_child",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
