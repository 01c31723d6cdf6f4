"""The fields of the contents page of a pack (handlingar)."""

from __future__ import annotations

from finsam_desktop.documents.field import LIST, Field
from finsam_desktop.documents.kinds import Document

_PACK = frozenset({Document.HANDLINGAR})

PACK_FIELDS = (
    Field("pack.groups", "Det som handlingarna består av: kallelsen, sedan punkt för punkt", LIST, _PACK),
    Field("pack.groups[].number", "Punktens nummer, ett streck för kallelsen", "7", _PACK),
    Field("pack.groups[].title", "Punktens rubrik", "Budgetläge inför 2027", _PACK),
    Field(
        "pack.groups[].note",
        "Det som läsaren bör veta, till exempel varför något inte är med",
        "kunde inte tas med",
        _PACK,
    ),
    Field("pack.groups[].pages", "Antal sidor, där rubriken själv är en handling", "3", _PACK),
    Field("pack.groups[].first_page", "Sidan den börjar på", "2", _PACK),
    Field("pack.groups[].papers", "Punktens bilagor", LIST, _PACK),
    Field(
        "pack.groups[].papers[].title",
        "Bilagans nummer och titel, länkad till sin första sida",
        "Bilaga 3 Förslag till långsiktig finansiering",
        _PACK,
    ),
    Field("pack.groups[].papers[].note", "Varför bilagan inte är med", "kunde inte tas med", _PACK),
    Field("pack.groups[].papers[].pages", "Antal sidor", "5", _PACK),
    Field("pack.groups[].papers[].first_page", "Sidan bilagan börjar på", "40", _PACK),
    Field(
        "pack.note",
        "Raden under tabellen, med antalet sidor",
        "Övriga punkter har inga bilagor. Handlingarna omfattar 112 sidor. …",
        _PACK,
    ),
)
