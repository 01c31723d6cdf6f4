"""Tillgänglighet: what a reader who does not see, or does not see well, cannot use in the texts and the bilagor.

The templates have headings, lists, table headers, language, title and alternative texts by construction. What is
checked here is what people bring: the marks in their texts, the files of the bilagor, the association's colour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from finsam_desktop.domain.accessibility import Barrier, contrast_on_white, is_picture_name
from finsam_desktop.domain.agenda import AgendaItem, Attachment, walk
from finsam_desktop.domain.meeting import MeetingKind
from finsam_desktop.domain.numbering import attachment_numbers
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Scope, Severity
from finsam_desktop.domain.rules.text_places import TEXT_FIELDS, texts_of
from finsam_desktop.domain.wording import join_names, number

LAW = "DOS-lagen, WCAG"
LEAST_CONTRAST = 4.5
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+\S", re.MULTILINE)
_TABLE_HEAD = re.compile(r"^[ \t]*\|(?P<head>[^\n]*)\|[ \t]*\n[ \t]*\|?[ \t:|-]*-[ \t:|-]*$", re.MULTILINE)
_LINK = re.compile(r"\[(?P<words>[^\]\n]{0,200})\]\((?P<target>[^)\s]{1,400})\)")
_WORDLESS = frozenset(("här", "klicka här", "länk", "länken", "läs mer", "se här", "mer", "denna länk", ""))
_TYPED_BULLET = re.compile(r"^[ \t]*(?:[•·▪◦●‣–—]|[a-zåäö]\))[ \t\u00a0]+\S")
_LETTERS = re.compile(r"[^\W\d_]")
_LEAST_SHOUTED = 20
"""Letters of a paragraph in capitals; an abbreviation or a short heading is no hindrance."""


def _headings(case: Case) -> Iterator[Hit]:
    for item, field, text in _texts(case):
        levels = [len(found[1]) for found in _HEADING.finditer(text)]
        above = 0
        for level in levels:
            if level > above + 1:
                begins = (
                    "Första rubriken är på nivå" if not above else f"Rubrikerna hoppar från nivå {above} till"
                )
                yield Hit(
                    title=f"{begins} {level}",
                    advice=f"Börja med # och gå en nivå i taget. Skärmläsare hittar i texten genom rubrikerna; skriv"
                    f" {'#' * (above + 1)} i stället för {'#' * level}.",
                    place=Place(item_id=item.id, field=field),
                )
                break
            above = level
    for item in walk(case.meeting.items):
        if item.report is not None and item.report.sections and item.report.sections[0].level > 2:
            yield Hit(
                title="Rapportens första avsnitt är en underrubrik",
                advice="Gör avsnittet till en rubrik på första nivån, eller sätt en rubrik före.",
                place=Place(item_id=item.id, field="report"),
            )


def _table_heads(case: Case) -> Iterator[Hit]:
    for item, field, text in _texts(case):
        if any(not found["head"].replace("|", "").strip() for found in _TABLE_HEAD.finditer(text)):
            yield Hit(
                title="En tabell saknar rubriker i första raden",
                advice="Skriv vad varje kolumn innehåller i tabellens första rad. Annars läses siffrorna upp utan"
                " namn.",
                place=Place(item_id=item.id, field=field),
            )
    for item in walk(case.meeting.items):
        for table in item.figures:
            if any(not column.title.strip() for column in table.columns[1:]):
                yield Hit(
                    title=f"Tabellen ”{table.title}” har en kolumn utan rubrik",
                    advice="Ge kolumnen en rubrik under Siffror.",
                    place=Place(item_id=item.id, field="figures"),
                )


def _links(case: Case) -> Iterator[Hit]:
    for item, field, text in _texts(case):
        for found in _LINK.finditer(text):
            words = re.sub(r"[*_]", "", found["words"]).strip(" .…»>").casefold()
            if words in _WORDLESS or re.match(r"(?:https?:|www\.)", words):
                yield Hit(
                    title=f"Länken säger inte vart den leder: ”{found['words'].strip()[:60]}”",
                    advice="Skriv vad som finns där, till exempel ”förbundets årsredovisning 2025”. Länkar läses"
                    " upp en och en, utan texten omkring.",
                    place=Place(item_id=item.id, field=field),
                )
                break


def _typed_lists(case: Case) -> Iterator[Hit]:
    for item, field, text in _texts(case):
        lines = [bool(_TYPED_BULLET.match(line)) for line in text.splitlines()]
        if any(first and second for first, second in pairwise(lines)):
            yield Hit(
                title="En lista är skriven för hand",
                advice="Börja raderna med ett bindestreck och mellanslag, eller 1. och 2., så blir det en riktig"
                " lista.",
                place=Place(item_id=item.id, field=field),
            )


def _shouted(case: Case) -> Iterator[Hit]:
    for item, field, text in _texts(case):
        for line in text.splitlines():
            letters = _LETTERS.findall(line)
            if len(letters) >= _LEAST_SHOUTED and " " in line.strip() and line == line.upper():
                yield Hit(
                    title=f"Ett stycke står med bara versaler: ”{line.strip()[:40]}”",
                    advice="Skriv med gemener. Versaler är svåra att läsa, och kan läsas upp bokstav för bokstav.",
                    place=Place(item_id=item.id, field=field),
                )
                break


_BARRIERS = {
    Barrier.SCANNED: "sidorna är bilder utan text",
    Barrier.UNTAGGED: "filen är inte taggad, så rubriker och tabeller syns inte för en skärmläsare",
    Barrier.NO_TITLE: "titel saknas",
    Barrier.NO_LANGUAGE: "språk är inte angivet",
}
_MENDING = {
    Barrier.SCANNED: "Be avsändaren om originalet, eller låt ett program läsa in texten (OCR).",
    Barrier.UNTAGGED: "Spara om från Word: Spara som, PDF, Alternativ, ”Dokumentstrukturtaggar för tillgänglighet”.",
}


def _files(case: Case) -> Iterator[Hit]:
    for item, attachment, label in _attachments(case):
        known = [one for one in Barrier if one.value in attachment.barriers]
        told = [_BARRIERS[one] for one in known if one in _BARRIERS]
        if told:
            grave = Barrier.SCANNED in known
            what = "kan inte läsas upp" if grave else "är svår att läsa med skärmläsare"
            words = join_names(told)
            mend = next((_MENDING[one] for one in known if one in _MENDING), "Be avsändaren spara om filen.")
            yield Hit(
                title=f"{label} {what}",
                advice=f"{words[:1].upper()}{words[1:]}. {mend}",
                place=Place(item_id=item.id, field="attachments"),
                severity=Severity.WARNING if grave else None,
            )


def _descriptions(case: Case) -> Iterator[Hit]:
    for item, attachment, label in _attachments(case):
        if is_picture_name(attachment.file_name) and not attachment.description.strip():
            yield Hit(
                title=f"{label} är en bild utan beskrivning",
                advice="Skriv vad bilden visar, i bilagans meny: Beskriv bilden. Beskrivningen läses upp i stället.",
                place=Place(item_id=item.id, field="attachments"),
            )


def _colour(case: Case) -> Iterator[Hit]:
    accent = case.association.letterhead.accent.strip().lstrip("#")
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", accent):
        return
    ratio = contrast_on_white(accent)
    if ratio < LEAST_CONTRAST:
        rounded = str(round(ratio, 1)).replace(".", ",")
        yield Hit(
            title=f"Förbundets färg är för ljus för text, {rounded}:1",
            advice=f"Text behöver kontrasten {number(4)},5:1 mot vitt. Dokumenten får en mörkare ton av färgen.",
            place=Place(field="letterhead"),
        )


def _texts(case: Case) -> Iterator[tuple[AgendaItem, str, str]]:
    for item in walk(case.meeting.items):
        for field, text in texts_of(item):
            yield item, field, text


def _attachments(case: Case) -> Iterator[tuple[AgendaItem, Attachment, str]]:
    numbers = attachment_numbers(case.meeting)
    for item in walk(case.meeting.items):
        for attachment in item.attachments:
            yield item, attachment, f"Bilaga {numbers.get(attachment.id, '')}"


def _rule(
    identity: str, text: str, source: str, check: object, *, places: tuple[str, ...], grave: bool = False
) -> Rule:
    return Rule(
        id=identity,
        text=text,
        source=f"{LAW} {source}",
        severity=Severity.WARNING if grave else Severity.NOTE,
        check=check,  # type: ignore[arg-type]
        places=places,
        kinds=tuple(MeetingKind),
    )


RULES = (
    _rule("A01", "Rubrikerna i en text går en nivå i taget.", "1.3.1", _headings, places=(*TEXT_FIELDS, "report")),
    _rule("A02", "En tabell har rubriker i första raden.", "1.3.1", _table_heads, places=(*TEXT_FIELDS, "figures")),
    _rule("A03", "En länk säger med ord vart den leder.", "2.4.4", _links, places=TEXT_FIELDS),
    _rule("A04", "En lista är en riktig lista.", "1.3.1", _typed_lists, places=TEXT_FIELDS),
    _rule("A05", "Ett stycke står inte med bara versaler.", "3.1.5", _shouted, places=TEXT_FIELDS),
    _rule("A06", "En bilaga har text, taggar, titel och språk.", "1.1.1, 1.3.1, 2.4.2, 3.1.1", _files,
          places=("attachments",)),
    _rule("A07", "En bild har en beskrivning.", "1.1.1", _descriptions, places=("attachments",), grave=True),
    Rule(
        id="A08",
        text="Förbundets färg har kontrasten 4,5:1 mot vitt.",
        source=f"{LAW} 1.4.3",
        severity=Severity.NOTE,
        check=_colour,
        places=("letterhead",),
        scope=Scope.REGISTER,
        kinds=tuple(MeetingKind),
    ),
)  # fmt: skip
