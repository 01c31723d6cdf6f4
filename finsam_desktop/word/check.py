"""Everything that is wrong with a template, told at once and in plain Swedish, without rendering it blindly."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from jinja2.exceptions import TemplateSyntaxError

from finsam_desktop.word import flatten, names, safety
from finsam_desktop.word.compile import BESIDE, MAX_TAG, Ready, compile_part, prepare, tag_source
from finsam_desktop.word.errors import TemplateError, UnsafeTemplate
from finsam_desktop.word.fields import fields_of, fields_of_tag
from finsam_desktop.word.package import Package, read_bytes, read_package
from finsam_desktop.word.pairing import is_opener
from finsam_desktop.word.places import around, header_kinds, locate, part_word
from finsam_desktop.word.relations import content_types, main_part, parse_xml
from finsam_desktop.word.sites import Site
from finsam_desktop.word.syntax import swedish
from finsam_desktop.word.template import WordTemplate, environment, renderable

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with a template.

    ``severity`` error: the document cannot be made, or would be wrong; warning: it can, but not as meant;
    note: good to know.
    ``part_name`` and ``index`` (the paragraph's number from 0) are for ``commented_copy``.
    """

    severity: Severity
    code: str
    message: str
    part: str = ""
    paragraph: int | None = None
    where: str = ""
    tag: str = ""
    context: str = ""
    part_name: str = ""
    index: int | None = None

    def __str__(self) -> str:
        place = ", ".join(word for word in (self.part, self.where) if word)
        around_it = f": ”{self.context}”" if self.context else ""
        return f"{place}{around_it}. {self.message}" if place else self.message


@dataclass(slots=True)
class _Part:
    """A part under examination."""

    name: str
    word: str
    content: bytes
    root: Any


def check_template(
    source: str | Path | bytes,
    known_fields: Collection[str] | None = None,
    required: Collection[str] | Mapping[str, str] = (),
    *,
    examples: Mapping[str, Mapping[str, object]] | None = None,
) -> list[Problem]:
    """All problems of a template, in the order they stand.

    ``known_fields`` are dotted names as ``WordTemplate.fields`` gives them; a field outside them is an error,
    with the nearest
    known name. ``required`` are fields that must be there, with the reason if it is a mapping. ``examples``
    are contexts to
    render with, by a name that tells what they are ("exempeldata", "200 punkter").
    Raises nothing for a bad template: a file that cannot be opened is one problem.
    """
    try:
        data, name = read_bytes(source)
        package = read_package(data, name)
        types = content_types(package.parts)
        main = main_part(package.parts, types, name)
        problems = [
            Problem(
                severity="error",
                code="danger",
                message=danger.message,
                part=part_word(danger.part),
                part_name=danger.part,
            )
            for danger in safety.dangers(package, types)
        ]
    except UnsafeTemplate as error:
        return [Problem(severity="error", code="file", message=error.message, part=error.part)]
    fields: set[str] = set()
    try:
        for part, kind in _parts(package, types, main):
            problems.extend(_check_part(part, kind, known_fields, fields))
    except TemplateError as error:
        problems.append(_from_error(error))
    problems.extend(_missing(required, fields))
    if not any(problem.severity == "error" for problem in problems):
        problems.extend(try_out(source, examples or {}))
    return problems


def _parts(package: Package, types: dict[str, str], main: str) -> Iterator[tuple[_Part, Any]]:
    kinds = header_kinds(package.parts, main)
    for name, kind in renderable(package.parts, types, main):
        content = package.parts[name]
        yield _Part(name, part_word(name, kinds), content, parse_xml(content, name)), kind


def _check_part(part: _Part, kind: Any, known: Collection[str] | None, fields: set[str]) -> list[Problem]:
    """The part's problems in the order of its paragraphs. The fields it reads are added to ``fields``."""
    ready = prepare(part.name, part.content, kind, part.word)
    problems = [_problem(part, fault.site, fault.message, "structure") for fault in ready.faults]
    problems += _tracked(part, kind)
    syntax = list(_syntax(part, ready))
    problems += syntax
    for site in ready.looks.beside:
        problems.append(_problem(part, site, BESIDE, "beside", "warning"))
    try:
        found = _loose_fields(ready) if ready.faults or syntax else _fields(part, kind)
    except TemplateError as error:
        return [*problems, _from_error(error, part)]
    for name, site in found.items():
        fields.add(name)
        if known is not None and not _is_known(name, known):
            problems.append(_problem(part, site, _unknown(name, known), "unknown-field"))
    return sorted(problems, key=lambda problem: -1 if problem.index is None else problem.index)


def _fields(part: _Part, kind: Any) -> dict[str, Site]:
    """The fields of a part that holds together, each with the tag that reads it first."""
    compiled = compile_part(part.name, part.content, kind, environment(), word=part.word)
    if compiled is None:
        return {}
    found = fields_of(environment().parse(compiled.source))
    return {name: compiled.site_at(line) for name, line in found.items()}


def _loose_fields(ready: Ready) -> dict[str, Site]:
    """The fields of a part that does not hold together, read tag by tag."""
    found: dict[str, Site] = {}
    scope: dict[str, str] = {}
    for site in ready.sites.items:
        if len(site.tag.body) > MAX_TAG:
            continue
        source = tag_source(site, opener=is_opener(site))
        try:
            for name in fields_of_tag(environment().parse(source), scope):
                found.setdefault(name, site)
        except TemplateSyntaxError:
            continue
    return found


def _syntax(part: _Part, ready: Ready) -> Iterator[Problem]:
    """Each tag read on its own, so that one fault does not hide the next."""
    wrong = {id(fault.site) for fault in ready.faults}
    for site in ready.sites.items:
        source = tag_source(site, opener=is_opener(site))
        if not source or id(site) in wrong:
            continue
        try:
            environment().compile(source)
        except TemplateSyntaxError as error:
            yield _problem(part, site, swedish(error.message or ""), "syntax")
        except (RecursionError, ValueError, SyntaxError, OverflowError, MemoryError):
            yield _problem(part, site, "Taggen är för invecklad.", "syntax")


def _is_known(name: str, known: Collection[str]) -> bool:
    if name in known or name.endswith("[]"):
        return True
    return any(other.startswith((f"{name}.", f"{name}[]")) for other in known)


def _unknown(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, list(known), n=1, cutoff=0.6)
    if not near:
        last = name.rsplit(".", 1)[-1]
        near = [other for other in known if other.rsplit(".", 1)[-1] == last][:1]
    return f"Fältet {name} finns inte." + (f" Menade du {near[0]}?" if near else "")


def _missing(required: Collection[str] | Mapping[str, str], fields: set[str]) -> Iterator[Problem]:
    for name in required:
        if any(field == name or field.startswith((f"{name}.", f"{name}[]")) for field in fields):
            continue
        reason = required[name] if isinstance(required, Mapping) else ""
        message = f"Fältet {name} saknas i mallen." + (f" {reason}" if reason else "")
        yield Problem(severity="warning", code="missing-field", message=message)


def _tracked(part: _Part, kind: Any) -> Iterator[Problem]:
    """Tags cut by changes that are neither accepted nor rejected, and tags in deleted text."""
    if kind != "word" or not (
        b"<w:ins " in part.content or b"<w:del " in part.content or b"<w:move" in part.content
    ):
        return
    for number, paragraph in flatten.paragraphs(part.root):
        found = flatten.pieces(paragraph)
        tags, _ = flatten.find_tags(found)
        for tag in tags:
            inside = [
                piece
                for piece in found
                if piece.start < tag.end and piece.start + len(piece.text) > tag.start
            ]
            if _crosses_change(paragraph, [piece.node for piece in inside]):
                site = Site(0, tag, number)
                text = "Taggen är delad av en spårad ändring. Godta eller avvisa ändringen i Word."
                yield _problem(part, site, text, "tracked", "warning")
        gone = "".join(node.text or "" for node in paragraph.iter(names.w("delText")))
        if "{{" in gone or "{%" in gone:
            place = locate(part.root, part.word, number)
            yield Problem(
                severity="note",
                code="deleted-tag",
                message="En borttagen text med en tagg är kvar som spårad ändring. Godta ändringen i Word.",
                part=part.word,
                paragraph=place.paragraph,
                where=place.where,
                context=around(place.text, 0),
                part_name=part.name,
                index=number,
            )


def _crosses_change(paragraph: Any, nodes: list[Any]) -> bool:
    if len(nodes) < 2:
        return False
    inserted = {next(node.iterancestors(names.w("ins"), names.w("moveTo")), None) for node in nodes}
    if len(inserted) > 1:
        return True
    everything = list(paragraph.iter())
    between = everything[everything.index(nodes[0]) : everything.index(nodes[-1])]
    return any(node.tag in (names.w("del"), names.w("moveFrom")) for node in between)


def try_out(source: str | Path | bytes, examples: Mapping[str, Mapping[str, object]]) -> list[Problem]:
    """What comes to light when the template is rendered with examples, by names that tell what they are.

    One fault ends it: the next would mostly be the same. A warning is told once.
    """
    warnings: dict[str, None] = {}
    try:
        template = WordTemplate(source)
    except TemplateError as error:
        return [_from_error(error)]
    for name, context in examples.items():
        try:
            warnings.update(dict.fromkeys(template.render_with_warnings(context).warnings))
        except TemplateError as error:
            return [replace(_from_error(error, tried=name), part_name=template.part_name(error.part))]
    new = (
        warning for warning in warnings if BESIDE not in warning
    )  # that is told by looking, with its place
    return [Problem(severity="warning", code="trial", message=warning) for warning in new]


def _from_error(error: TemplateError, part: _Part | None = None, tried: str = "") -> Problem:
    return Problem(
        severity="error",
        code="trial" if tried else "template",
        message=f"Med {tried} går mallen inte att fylla i. {error.message}" if tried else error.message,
        part=error.part or (part.word if part else ""),
        paragraph=error.paragraph,
        where=error.where,
        tag=error.tag,
        context=error.context,
        part_name=part.name if part else "",
        index=error.paragraph - 1 if error.paragraph is not None else None,
    )


def _problem(part: _Part, site: Site, message: str, code: str, severity: Severity = "error") -> Problem:
    place = locate(part.root, part.word, site.paragraph) if site.paragraph >= 0 else None
    return Problem(
        severity=severity,
        code=code,
        message=message,
        part=part.word,
        paragraph=place.paragraph if place else None,
        where=place.where if place else "",
        tag=site.tag.raw,
        context=around(place.text, site.tag.start) if place else "",
        part_name=part.name,
        index=site.paragraph if site.paragraph >= 0 else None,
    )
