"""The provisions of offentlighets- och sekretesslagen (2009:400), OSL, that a samordningsförbund most often rests on.

A list to choose from, not a list of what is secret: whether a provision applies is tried each time, and another can be
written. What each is about is told in few words; the act itself says what must be fulfilled.
"""

from __future__ import annotations

from dataclasses import dataclass

from finsam_desktop.domain.confidentiality import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A provision as it is cited, and what it is about."""

    section: str
    about: str

    @property
    def label(self) -> str:
        """ "26 kap. 1 §, socialtjänst"."""
        return f"{self.section}, {self.about}"


GROUNDS = (
    Ground(section="21 kap. 1 §", about="hälsa och sexualliv, hos alla myndigheter"),
    Ground(section="21 kap. 3 §", about="adress till den som är förföljd"),
    Ground(section="21 kap. 7 §", about="behandling i strid med dataskyddsförordningen"),
    Ground(section="25 kap. 1 §", about="hälso- och sjukvård"),
    Ground(section="26 kap. 1 §", about="socialtjänst"),
    Ground(section="28 kap. 1 §", about="socialförsäkring, Försäkringskassan"),
    Ground(section="28 kap. 11 §", about="arbetsmarknad, Arbetsförmedlingen"),
    Ground(section="19 kap. 3 §", about="upphandling"),
    Ground(section="31 kap. 16 §", about="affärsförhållanden hos den som förbundet gör affärer med"),
    Ground(section="39 kap. 2 §", about="personaladministration, enskilds förhållanden"),
    Ground(section="39 kap. 3 §", about="anställdas adress och privata uppgifter"),
)
"""In the order they are offered: persons first, then business, then staff."""


def known(section: str) -> Ground | None:
    """The ground with this section, however its spaces are written; None for another."""
    bare = "".join(section.split()).casefold()
    return next((one for one in GROUNDS if "".join(one.section.split()).casefold() == bare), None)


def told(secret: Secret) -> str:
    """The ground in words for a list: "26 kap. 1 §", or that none has been chosen."""
    return secret.section.strip() or "ingen grund vald"
