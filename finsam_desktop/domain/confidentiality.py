"""What must not be published, and on what ground: the values. What is taken away follows from them."""

from __future__ import annotations

from dataclasses import dataclass, field

from finsam_desktop.domain.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """Why something is kept from the public version.

    ``section`` is the provision as cited, such as "26 kap. 1 §" of offentlighets- och sekretesslagen (2009:400);
    ``reason`` in words, for the register of what was removed, never printed in the public version.
    """

    section: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedWord:
    """A name or other words that are masked wherever they stand in what is published.

    ``instead`` is what is printed in their place; empty prints a bar of the words "[maskerat]".
    """

    id: str = field(default_factory=new_id)
    words: str
    instead: str = ""
    secret: Secret = Secret()
