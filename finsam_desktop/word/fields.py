"""Which fields a template reads, in dotted names: ``meeting.date``, ``items[].title``."""

from __future__ import annotations

from jinja2 import nodes

_GLOBALS = {"range", "dict", "loop", "caller", "varargs", "kwargs", "self", "true", "false", "none"}
_ITEM_METHODS = {"items", "keys", "values", "get"}
Scope = dict[str, str]


Found = dict[str, int]


def fields_of(template: nodes.Template) -> Found:
    """Every field read from the context, with the line where it is read first.

    Names the template gives itself are followed to where they come from.
    """
    found: Found = {}
    _walk(template.body, {}, found)
    return found


def fields_of_tag(tag: nodes.Template, scope: Scope) -> Found:
    """The fields one tag reads, where the blocks around it do not hold together.

    ``scope`` is what earlier tags have bound; it grows by what this one binds and never shrinks.
    """
    found: Found = {}
    for node in tag.body:
        if isinstance(node, nodes.For):
            path = _read(node.iter, scope, found)
            _bind(node.target, f"{path}[]" if path else "", scope)
            if node.test is not None:
                _read(node.test, scope, found)
        else:
            _visit(node, scope, found)
    return found


def _walk(body: list[nodes.Node], scope: Scope, found: Found) -> None:
    for node in body:
        _visit(node, scope, found)


def _visit(node: nodes.Node, scope: Scope, found: Found) -> None:
    if isinstance(node, nodes.For):
        path = _read(node.iter, scope, found)
        inner = dict(scope)
        _bind(node.target, f"{path}[]" if path else "", inner)
        if node.test is not None:
            _read(node.test, inner, found)
        _walk(node.body, inner, found)
        _walk(node.else_, dict(scope), found)
    elif isinstance(node, nodes.Assign):
        _bind(node.target, _read(node.node, scope, found), scope)
    elif isinstance(node, nodes.AssignBlock):
        _walk(node.body, dict(scope), found)
        _bind(node.target, "", scope)
    elif isinstance(node, nodes.With):
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            _bind(target, _read(value, scope, found), inner)
        _walk(node.body, inner, found)
    elif isinstance(node, nodes.Macro):
        inner = dict(scope)
        for argument in node.args:
            inner[argument.name] = ""
        _walk(node.body, inner, found)
        scope[node.name] = ""
    elif isinstance(node, nodes.Expr):
        _read(node, scope, found)
    else:
        for child in node.iter_child_nodes():
            _visit(child, scope, found)


def _bind(target: nodes.Node, path: str, scope: Scope) -> None:
    if isinstance(target, nodes.Name):
        scope[target.name] = path
    elif isinstance(target, nodes.Tuple):
        for item in target.items:
            _bind(item, "", scope)


def _read(node: nodes.Node, scope: Scope, found: Found) -> str:
    """Note what the expression reads; give its own dotted name, or "" where it has none."""
    path = _path(node, scope, found)
    if path:
        found.setdefault(path, node.lineno)
    return path


def _path(node: nodes.Node, scope: Scope, found: Found) -> str:
    if isinstance(node, nodes.Name):
        if node.name in scope:
            return scope[node.name]
        return "" if node.name in _GLOBALS else node.name
    if isinstance(node, nodes.Getattr):
        base = _path(node.node, scope, found)
        return f"{base}.{node.attr}" if base else ""
    if isinstance(node, nodes.Getitem):
        base = _path(node.node, scope, found)
        if isinstance(node.arg, nodes.Const):
            return (
                (f"{base}.{node.arg.value}" if isinstance(node.arg.value, str) else f"{base}[]")
                if base
                else ""
            )
        _read(node.arg, scope, found)
        return f"{base}[]" if base else ""
    if (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Getattr)
        and node.node.attr in _ITEM_METHODS
    ):
        _read(node.node.node, scope, found)
        for argument in node.args:
            _read(argument, scope, found)
        return ""
    if (
        isinstance(node, nodes.Filter)
        and node.node is not None
        and node.name in ("list", "sort", "reverse", "first", "last", "default", "d")
    ):
        for argument in (*node.args, *(keyword.value for keyword in node.kwargs)):
            _read(argument, scope, found)
        base = _read(node.node, scope, found)
        return f"{base}[]" if base and node.name in ("first", "last") else base
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Keyword | nodes.Pair | nodes.Operand):
            for grandchild in child.iter_child_nodes():
                _read(grandchild, scope, found)
        else:
            _read(child, scope, found)
    return ""
