"""Where in the window a hit of the search is, and the icon it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.ui.finding_places import MEETING_FIELD_STEPS
from finsam_desktop.ui.finding_things import TEXTS
from finsam_desktop.ui.finding_things import Hit as Line

if TYPE_CHECKING:
    from finsam_desktop.search.finding import Place
    from finsam_desktop.searching import Found, Hit

_ITEM_STEPS = {"decision": "narvaro", "minutes_text": "protokoll", "minutes_title": "protokoll"}
_OWNER_PLACES = {
    "people": ("association", "personer/{key}"),
    "appointments": ("association", "personer"),
    "members": ("association", "medlemmar"),
    "measures": ("association", "insatser/{key}"),
    "audits": ("association", "revision"),
    "item_templates": ("templates", "{key}"),
    "word_templates": ("templates", "word"),
    "phrases": ("templates", "fraser"),
    "mail_texts": ("templates", "mejl"),
    "delegations": ("decisions", "delegationsbeslut"),
    "delegated_decisions": ("decisions", "delegationsbeslut"),
    "teams": ("figures", "verksamhet"),
    "indicators": ("figures", "verksamhet"),
    "readings": ("figures", "verksamhet"),
    "plans": ("figures", "plan"),
    "annual_reports": ("figures", "rapporter"),
    "report_inputs": ("figures", "rapporter"),
}
_TITLES = ("title", "name", "file_name")
_ICONS = {"people": "user", "phrases": "file-text", "plans": "chart-line", "measures": "users"}


def place_of(hit: Hit, place: Place | None) -> tuple[str, str]:
    """Place and target for ``shell.go``: the step of the meeting that has the field, or a place of the window."""
    thing = hit.thing
    field = place.field if place is not None else ""
    if hit.meeting is None:
        where, target = _OWNER_PLACES.get(thing.owner, ("association", "uppgifter"))
        return where, target.format(key=thing.key).removesuffix("/")
    if thing.what is Attachment:
        return "meeting", f"{thing.meeting_id}/handlingar/{thing.key}"
    if thing.what is AgendaItem:
        return "meeting", f"{thing.meeting_id}/{_ITEM_STEPS.get(field, 'dagordning')}/{thing.key}"
    if hit.sha256:
        return "meeting", f"{thing.meeting_id}/efter"
    return "meeting", f"{thing.meeting_id}/{MEETING_FIELD_STEPS.get(field, 'kallelse')}"


def icon_of(hit: Hit) -> str:
    """The icon of a hit's row: a lock for what is confidential."""
    if hit.confidential:
        return "lock"
    if hit.sha256:
        return "file-text"
    if hit.meeting is None:
        return _ICONS.get(hit.thing.owner, "building-2")
    return {AgendaItem: "list-ordered", Attachment: "paperclip"}.get(hit.thing.what, "calendar-days")


def where_in_words(hit: Hit) -> tuple[str, ...]:
    """What a row says below its text: the day, the number and title of what it stands in, the file."""
    from finsam_desktop.domain.wording import long_date
    from finsam_desktop.search.wording import thing_words

    day = long_date(hit.meeting.date) if hit.meeting is not None else ""
    name = hit.number or thing_words(hit.thing)
    also = f"och i {hit.others} till" if hit.others else ""
    secret = "sekretess" if hit.confidential else ""
    parts = (name, hit.thing.title, hit.file_name if hit.sha256 else "", day, also, secret)
    return tuple(part for part in parts if part)


def lines_of(found: Found, text: str, most: int = 5) -> tuple[Line, ...]:
    """The first hits as lines of Ctrl+K, and one that leads to all of them."""
    from finsam_desktop.search.wording import place_words

    lines: list[Line] = []
    for hit in found.hits:
        # Titles are found among the things themselves; here is what stands below them.
        best = next((one for one in hit.places if hit.sha256 or one.field not in _TITLES), None)
        if best is None or len(lines) == most:
            continue
        place, target = place_of(hit, best)
        where = place_words(hit.thing, best)
        meta = " · ".join(part for part in (where, *where_in_words(hit)) if part and part != best.text)
        lines.append(
            Line(
                group=TEXTS,
                icon=icon_of(hit),
                title=best.text,
                meta=meta,
                place=place,
                target=target,
                marks=best.marks,
            )
        )
    if found.total:
        count = "träffen" if found.total == 1 else f"{found.total} träffarna"
        lines.append(
            Line(
                group=TEXTS,
                icon="search",
                title=f"Visa {'den ' if found.total == 1 else 'de '}{count} i Sök i allt",
                place="search",
                target=text,
            )
        )
    return tuple(lines)
