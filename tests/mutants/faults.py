"""Small faults in Python code: a comparison turned, an "and" made "or", a number one off, an answer left out.

Docstrings, annotations, decorators and what only type checkers read are left alone.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_SUMS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_CALLS = {"any": "all", "all": "any", "min": "max", "max": "min", "sorted": "list", "reversed": "list"}


@dataclass(frozen=True)
class Fault:
    """One fault that can be made: the how-manieth, where it is and what it is. ``code`` is its line as it stands."""

    number: int
    line: int
    what: str
    code: str

    @property
    def key(self) -> str:
        """What names the fault as long as its line is not changed: "code ⟶ what"."""
        return f"{self.code} ⟶ {self.what}"


def faults(source: str) -> list[Fault]:
    """Every fault that this module knows to make in the source, in the order of its lines."""
    lines = source.splitlines()
    found: list[Fault] = []
    for node in _code(ast.parse(source)):
        line = node.ifs[0] if isinstance(node, ast.comprehension) and node.ifs else node
        for what, _ in _changes(node):
            number = line.lineno  # type: ignore[attr-defined]
            found.append(Fault(len(found), number, what, lines[number - 1].strip()))
    return sorted(found, key=lambda fault: fault.line)


def with_fault(source: str, fault: Fault) -> str:
    """The whole source with the fault in it."""
    tree = ast.parse(source)
    _, _, change = _numbered(tree, fault.number)
    change()
    return ast.unparse(ast.fix_missing_locations(tree))


def _numbered(tree: ast.Module, number: int) -> tuple[ast.AST, str, Callable[[], None]]:
    for node in _code(tree):
        for what, change in _changes(node):
            if number == 0:
                return node, what, change
            number -= 1
    raise IndexError(number)


def _code(node: ast.AST) -> Iterator[ast.AST]:
    """The parts that run: without annotations, decorators, docstrings and ``if TYPE_CHECKING``."""
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "bases", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue
            if isinstance(child, ast.AST):
                yield from _code(child)


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[], None]]]:
    """What can be made wrong in this part, each as words and the way to do it."""
    if isinstance(node, ast.Compare):
        for place, op in enumerate(node.ops):
            other = _COMPARISONS[type(op)]
            yield _words(op, other), lambda p=place, o=other: node.ops.__setitem__(p, o())
    elif isinstance(node, ast.BoolOp):
        turned = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield _words(node.op, turned), lambda: setattr(node, "op", turned())
    elif isinstance(node, ast.BinOp) and type(node.op) in _SUMS:
        swapped = _SUMS[type(node.op)]
        yield _words(node.op, swapped), lambda: setattr(node, "op", swapped())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        plus = ast.UAdd if isinstance(node.op, ast.USub) else None
        yield "not or minus left out", lambda: _without(node, plus)
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield "one more", lambda: setattr(node, "value", node.value + 1)
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield "true and false turned", lambda: setattr(node, "value", not node.value)
    elif isinstance(node, ast.Return) and not _is_plain(node.value):
        yield "returns None", lambda: setattr(node, "value", ast.Constant(None))
    elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
        yield "the condition turned", lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.comprehension):
        for place, test in enumerate(node.ifs):
            yield (
                "the filter turned",
                lambda p=place, t=test: node.ifs.__setitem__(p, ast.UnaryOp(ast.Not(), t)),
            )
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
        name = _CALLS[node.func.id]
        if name == "list":
            yield f"{node.func.id} left out", lambda: _plain_list(node)
        else:
            yield f"{node.func.id} made {name}", lambda: setattr(node.func, "id", name)
    elif isinstance(node, (ast.Break, ast.Continue)):
        other_way = ast.Continue if isinstance(node, ast.Break) else ast.Break
        yield _words(node, other_way), lambda: setattr(node, "__class__", other_way)


def _words(old: ast.AST, new: type[ast.AST]) -> str:
    return f"{type(old).__name__} made {new.__name__}"


def _without(node: ast.UnaryOp, plus: type[ast.unaryop] | None) -> None:
    """Leave out a minus; "not x" becomes "not not x", which is x as a truth."""
    if plus is not None:
        node.op = plus()
    else:
        node.operand = ast.UnaryOp(ast.Not(), node.operand)


def _plain_list(call: ast.Call) -> None:
    assert isinstance(call.func, ast.Name)
    call.func.id = "list"
    call.keywords = []


def _is_plain(node: ast.expr | None) -> bool:
    """Whether it is nothing, None, or a truth that is turned by itself."""
    return node is None or (
        isinstance(node, ast.Constant) and (node.value is None or type(node.value) is bool)
    )
