"""The Jinja environment a template runs in: plain data, no Python behind it, no way to fill the memory.

Jinja's own immutable sandbox stops a template from reaching Python objects. What it does not stop is exhaustion
(``'a' * 10**9``, nested ``range``, ``center(10**9)``), so those are bounded here. Time is bounded by ``child.py``.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from finsam_desktop.word import escape
from finsam_desktop.word.errors import ValueFault

MAX_TEXT = 1_000_000
MAX_RANGE = 10_000
RANGE_BUDGET = 200_000
MAX_WIDTH = 1_000
_WIDE = re.compile(r"\d{4,}|\*")
_STRING_METHODS = frozenset(
    "capitalize casefold count endswith find index isalnum isalpha isascii isdecimal isdigit islower "
    "isnumeric isspace istitle "
    "isupper join lower lstrip partition removeprefix removesuffix replace rfind rindex rpartition rsplit rstrip split "
    "splitlines startswith strip swapcase title upper format format_map".split()
)
_OTHER_METHODS = frozenset(
    "items keys values get index count strftime isoformat date time weekday isoweekday isocalendar "
    "total_seconds quantize "
    "normalize is_integer as_integer_ratio to_integral_value".split()
)
_PLAIN_OWNERS = (str, dict, list, tuple, int, float, Decimal, date, datetime, time, timedelta)
_OPEN, _CLOSE = "\ufdd2", "\ufdd3"
_PRINT, _PRINT_END = "\ufdd4", "\ufdd5"
_REMARK, _REMARK_END = "\ufdd6", "\ufdd7"


def block_source(body: str, before: bool = False, after: bool = False) -> str:
    """A block tag as the environment reads it; always two line ends long, so that lines tell tags apart."""
    return f"{_OPEN}{'-' if before else ''}\n{body}\n{'-' if after else ''}{_CLOSE}"


def print_source(body: str, before: bool = False, after: bool = False) -> str:
    """A print tag as the environment reads it."""
    return f"{_PRINT}{'-' if before else ''}\n{body}\n{'-' if after else ''}{_PRINT_END}"


def remark_source(before: bool, after: bool) -> str:
    """A remark that takes away the space beside it."""
    return f"{_REMARK}{'-' if before else ''}\n\n{'-' if after else ''}{_REMARK_END}"


class Unknown(StrictUndefined):
    """A field that is not there: says so in Swedish, with the nearest known name, as soon as it is used."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return str(self._undefined_hint)
        name = self._undefined_name
        owner = self._undefined_obj
        if isinstance(owner, dict):
            known = [str(key) for key in owner]
            where = " här"
        else:
            known = list(getattr(_limits, "names", ()))
            where = ""
        near = get_close_matches(str(name), known, n=1, cutoff=0.6)
        message = f"Fältet {name} finns inte{where}."
        return f"{message} Menade du {near[0]}?" if near else message


_limits = threading.local()


def start_render(names: list[str]) -> None:
    """Reset what a template has used up, and tell which names there are."""
    _limits.left = RANGE_BUDGET
    _limits.names = names


def _bounded_range(*args: int) -> range:
    numbers = range(*args)
    left = getattr(_limits, "left", RANGE_BUDGET) - max(1, len(numbers))
    if len(numbers) > MAX_RANGE or left < 0:
        raise ValueFault(f"range ger för många tal. Högst {MAX_RANGE} åt gången tillåts.")
    _limits.left = left
    return numbers


def _size(value: Any) -> int:
    if isinstance(value, str | list | tuple | dict):
        return len(value)
    if isinstance(value, int):
        return value.bit_length() // 3
    return 8


def _too_big() -> ValueFault:
    return ValueFault("Uttrycket ger orimligt mycket text eller ett orimligt stort tal.")


def _format_bounded(text: str) -> None:
    if _WIDE.search(text):
        raise ValueFault("Formatet har orimligt stor bredd.")


class _Generator(CodeGenerator):
    """Prints every value through ``environment.emit``, which knows what a value becomes in a Word file."""

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        const = node.as_const(frame.eval_ctx)
        if const is None:
            raise nodes.Impossible  # printed when rendering, so that the warning has its place
        if isinstance(node, nodes.TemplateData):
            return str(const)
        return str(self.environment.emit(const))  # type: ignore[attr-defined]

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.emit(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")

    def visit_FilterBlock(self, node: nodes.FilterBlock, frame: Frame) -> None:
        """As Jinja's, but the filter is given text and not XML: |upper would make &AMP; of an ampersand."""
        inner = frame.inner()
        inner.symbols.analyze_node(node)
        self.enter_frame(inner)
        self.buffer(inner)
        self.blockvisit(node.body, inner)
        self.start_write(frame, node)
        self.write("environment.emit(")
        self.visit_Filter(node.filter, inner)
        self.write(")")
        self.end_write(frame)
        self.leave_frame(inner)

    def visit_AssignBlock(self, node: nodes.AssignBlock, frame: Frame) -> None:
        if node.filter is not None:
            filtered = nodes.FilterBlock(node.body, node.filter, lineno=node.lineno)
            node = nodes.AssignBlock(node.target, None, [filtered], lineno=node.lineno)
        super().visit_AssignBlock(node, frame)

    @optimizeconst
    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:
        if node.node is not None:
            super().visit_Filter(node, frame)
            return
        with self._filter_test_common(node, frame, True):
            self.write(f"environment.captured(concat({frame.buffer}))")

    @optimizeconst
    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        self.write("environment.concat_bounded((")
        for argument in node.nodes:
            self.visit(argument, frame)
            self.write(", ")
        self.write("))")


class WordEnvironment(ImmutableSandboxedEnvironment):
    """Jinja for Word parts. ``emit`` turns a printed value into XML; ``filters`` are Jinja's harmless ones and ours."""

    code_generator_class = _Generator
    intercepted_binops = frozenset({"*", "**", "%", "+", "//"})

    def __init__(self, emit: Callable[[object], str], extra_filters: dict[str, Callable[..., Any]]) -> None:
        super().__init__(
            block_start_string=_OPEN,
            block_end_string=_CLOSE,
            variable_start_string=_PRINT,
            variable_end_string=_PRINT_END,
            comment_start_string=_REMARK,
            comment_end_string=_REMARK_END,
            autoescape=True,
            undefined=Unknown,
            keep_trailing_newline=True,
            cache_size=0,
        )
        self.emit = emit
        self.globals = {"range": _bounded_range, "dict": dict}
        for name in ("tojson", "pprint", "xmlattr", "urlize", "random", "safe", "filesizeformat"):
            self.filters.pop(name, None)
        for name, function in _bounded_filters(self.filters).items():
            self.filters[name] = function
        self.filters.update(extra_filters)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict:
            try:
                return obj[attribute]
            except KeyError:
                pass
        return super().getattr(obj, attribute)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        return self.undefined(
            f"{attribute} får inte användas i en mall.", name=attribute, obj=obj, exc=SecurityError
        )

    def is_safe_callable(self, obj: Any) -> bool:
        if isinstance(obj, Macro | LoopContext) or obj is _bounded_range or obj is dict:
            return True
        owner = getattr(obj, "__self__", None)
        if isinstance(owner, LoopContext):
            return True
        name = getattr(obj, "__name__", "")
        if name in ("format", "format_map") and getattr(obj, "__wrapped__", None) is not None:
            return True
        return isinstance(owner, _PLAIN_OWNERS) and name in _STRING_METHODS | _OTHER_METHODS

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(__obj, Undefined):
            return __obj()
        if not __self.is_safe_callable(__obj):
            raise SecurityError("Anropet är inte tillåtet i en mall.")
        owner = getattr(__obj, "__self__", getattr(getattr(__obj, "__wrapped__", None), "__self__", None))
        name = getattr(__obj, "__name__", "")
        if isinstance(owner, str):
            _check_string_call(owner, name, args)
        elif name == "strftime" and args:
            _format_bounded(str(args[0]))
        return __context.call(__obj, *args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        text: Any
        times: Any
        if isinstance(left, Undefined) or isinstance(right, Undefined):
            return self.binop_table[operator](left, right)
        if operator == "*":
            text, times = (left, right) if isinstance(right, int) else (right, left)
            if isinstance(text, (str, list, tuple)) and isinstance(times, int):
                if len(text) * max(0, times) > MAX_TEXT:
                    raise _too_big()
            elif _size(left) + _size(right) > 10_000:
                raise _too_big()
        elif operator == "**":
            if (
                not isinstance(right, int | float | Decimal)
                or not -1_000 <= right <= 1_000
                or _size(left) > 300
            ):
                raise _too_big()
        elif operator == "%" and isinstance(left, str):
            _format_bounded(left)
            if _size(left) > MAX_WIDTH * 10:
                raise _too_big()
        elif operator == "+" and _size(left) + _size(right) > MAX_TEXT:
            raise _too_big()
        return self.binop_table[operator](left, right)

    def captured(self, xml: str) -> str:
        """The text that a filter block holds. Raises ValueFault where it holds more than text of one look."""
        return escape.as_text(xml)

    def concat_bounded(self, values: tuple[Any, ...]) -> str:
        """The ``~`` operator: texts put together, escaped where one of them is finished XML."""
        if sum(_size(value) for value in values) > MAX_TEXT:
            raise _too_big()
        if any(isinstance(value, Markup) for value in values):
            return escape.Xml("".join(v if isinstance(v, Markup) else self.emit(v) for v in values))
        return "".join(str(value) for value in values)


def _check_string_call(owner: str, name: str, args: tuple[Any, ...]) -> None:
    if name in ("format", "format_map"):
        _format_bounded(owner)
        if any(isinstance(arg, int) and arg > MAX_WIDTH for arg in args) and re.search(r":[^}]*\{", owner):
            raise ValueFault("Formatet har orimligt stor bredd.")
    elif name == "replace" and len(args) >= 2:
        if (
            len(owner) * max(1, _size(args[1])) > MAX_TEXT
            and owner.count(str(args[0])) * _size(args[1]) > MAX_TEXT
        ):
            raise _too_big()
    elif name == "join" and args and isinstance(args[0], list | tuple):
        if sum(_size(part) + len(owner) for part in args[0]) > MAX_TEXT:
            raise _too_big()


def _bounded_filters(filters: dict[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    centre, indent, batch, slices = filters["center"], filters["indent"], filters["batch"], filters["slice"]
    formatting, replacing = filters["format"], filters["replace"]

    def width_bounded(original: Callable[..., Any]) -> Callable[..., Any]:
        def bounded(value: Any, width: Any = 4, *args: Any, **kwargs: Any) -> Any:
            if (isinstance(width, int) and width > MAX_WIDTH) or _size(width) > MAX_WIDTH:
                raise ValueFault("Bredden är orimligt stor.")
            return original(value, width, *args, **kwargs)

        return bounded

    def bounded_format(value: Any, *args: Any, **kwargs: Any) -> Any:
        _format_bounded(str(value))
        return formatting(value, *args, **kwargs)

    def bounded_replace(eval_ctx: Any, s: Any, old: Any, new: Any, count: Any = None) -> Any:
        if str(s).count(str(old)) * _size(str(new)) > MAX_TEXT:
            raise _too_big()
        return replacing(eval_ctx, s, old, new, count)

    def wide_centre(value: Any, width: Any = 80) -> Any:
        return width_bounded(centre)(value, width)

    bounded_replace.jinja_pass_arg = replacing.jinja_pass_arg  # type: ignore[attr-defined]
    identity = _identity
    return {
        "center": wide_centre,
        "indent": width_bounded(indent),
        "batch": width_bounded(batch),
        "slice": width_bounded(slices),
        "format": bounded_format,
        "replace": bounded_replace,
        "e": identity,
        "escape": identity,
        "forceescape": identity,
    }


def _identity(value: Any) -> Any:
    """``|e`` is habit from docxtpl; here everything is escaped once, always."""
    return value
