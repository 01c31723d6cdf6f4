"""The public version of a document: its values, and the sentence that says that something has been taken away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from finsam_desktop.documents.kinds import About
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.masking import Masking
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.visibility import public_version, removal_sentence
from finsam_desktop.word import RichText

Values = tuple[Association, tuple[Meeting, ...], Meeting, About]


def public_values(
    association: Association, meetings: Iterable[Meeting], meeting: Meeting, about: About
) -> Values:
    """Association, meetings, meeting and what it is about, to make a public document of."""
    version = public_version(association, meetings, meeting)
    recipient = Masking(meeting.masked).masked(about.recipient)
    return version.association, version.meetings, version.meeting, replace(about, recipient=recipient)


def with_removal_sentence(fields: dict[str, object], meeting: Meeting) -> dict[str, object]:
    """The document's fields with the sentence under its subtitle, where something was taken away.

    The subtitle is printed by every template, an association's own too.
    """
    document = fields.get("document")
    if not meeting.redacted_under or not isinstance(document, dict):
        return fields
    said = f"Offentlig version. {removal_sentence(meeting.redacted_under)}"
    subtitle = document.get("subtitle", "")
    if isinstance(subtitle, RichText):
        told: RichText | str = RichText((*subtitle.parts, "\n", said))
    else:
        told = f"{subtitle}\n{said}" if subtitle else said
    return {**fields, "document": {**document, "subtitle": told}}
