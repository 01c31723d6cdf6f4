"""The documents made from a meeting: what each contains, and their export as Word files. Light to import."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from finsam_desktop.documents.export import ExportResult
    from finsam_desktop.documents.kinds import About, Document, file_name
    from finsam_desktop.documents.rendering import context, fill, render

_HOMES = {
    "About": "kinds",
    "Document": "kinds",
    "ExportResult": "export",
    "context": "rendering",
    "file_name": "kinds",
    "fill": "rendering",
    "render": "rendering",
}

__all__ = ["About", "Document", "ExportResult", "context", "file_name", "fill", "render"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
