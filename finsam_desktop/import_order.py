"""Loads a package before what is in it, so that two threads can load from the same package at once.

Python takes the lock of ``a.b`` before that of ``a``. Where another thread loads ``a``, whose first lines load ``a.b``,
each comes to wait for the other; Python sees it and fails, or hands out modules that are not complete (CPython issue
83065, mended after 3.14). Here one thread loads ahead while jobs and views load what they need themselves.
"""

from __future__ import annotations

import builtins
import importlib
import sys
from collections.abc import Mapping, Sequence
from importlib.util import resolve_name
from types import ModuleType

_plain_import = builtins.__import__


def load(name: str) -> ModuleType:
    """A module by its full name, its packages first. Raises what the module raises."""
    _load_packages_of(name)
    return importlib.import_module(name)


def packages_first() -> None:
    """From now on every ``import`` in this process, in any thread, loads packages before what is in them."""
    builtins.__import__ = _import


def _import(
    name: str,
    globals: Mapping[str, object] | None = None,
    locals: Mapping[str, object] | None = None,
    fromlist: Sequence[str] | None = (),
    level: int = 0,
) -> ModuleType:
    package = globals.get("__package__") if globals else None
    full = resolve_name("." * level + name, package) if isinstance(package, str) else name
    _load_packages_of(full)
    return _plain_import(name, globals, locals, fromlist, level)


def _load_packages_of(name: str) -> None:
    if name in sys.modules:
        return  # whoever put it there had its packages first
    parts = name.split(".")[:-1]
    for count in range(1, len(parts) + 1):
        importlib.import_module(".".join(parts[:count]))
