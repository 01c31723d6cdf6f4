"""Rules that no program can check, with the reason: they are the secretary's to know, and stand in the handbook."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchecked:
    """A rule as data, with why it is not checked."""

    id: str
    text: str
    source: str
    why: str


UNCHECKED = (
    Unchecked(
        id="R04",
        text="Förbundet är en egen juridisk person och en myndighet med arkiv, diarium och krav på tillgänglighet.",
        source="4 § finsamlagen",
        why="Det är en upplysning. Det finns inget i filen att jämföra med.",
    ),
    Unchecked(
        id="R12",
        text="En ledamot ansvarar personligen, och har rätt till arvode och ersättning från förbundet.",
        source="11 § finsamlagen",
        why="Arvodet betalas i lönesystemet. Underlaget för arvoden visar vem som var med.",
    ),
    Unchecked(
        id="R16",
        text="Ordföranden eller en tredjedel av ledamöterna kan kräva ett sammanträde.",
        source="KL 6 kap. 23 §",
        why="En begäran kommer till ordföranden och finns inte i filen.",
    ),
    Unchecked(
        id="R20",
        text="En ledamot får väcka ärenden, en revisor om ärendet rör granskningen, en medlem om förbundsordningen "
        "säger det.",
        source="KL 4 kap. 20–21 §§, 9 § 5 finsamlagen",
        why="Ett ärende säger inte vem som har väckt det.",
    ),
    Unchecked(
        id="R38",
        text="Den som är medlem i en kommun eller region i förbundet kan överklaga till förvaltningsrätten.",
        source="28 § finsamlagen, 13 kap. KL",
        why="Det är den som överklagar som väljer. Protokollet och anslaget säger vart och till när.",
    ),
    Unchecked(
        id="R39",
        text="Protokollet kan justeras med elektronisk underskrift, och enstaka paragrafer omedelbart med eget anslag.",
        source="God sed, prövat av kammarrätten 2014",
        why="Underskriften finns utanför programmet. Anslagen för omedelbart justerade paragrafer räknas som andra.",
    ),
    Unchecked(
        id="R39b",
        text="Ett justerat protokoll och inkomna bilagor är allmänna handlingar och registreras.",
        source="2 kap. 9–12 §§ tryckfrihetsförordningen, 5 kap. 1–2 §§ OSL",
        why="Diariet förs utanför programmet. Fältet Diarienummer tar emot numret.",
    ),
    Unchecked(
        id="R49b",
        text="Resultaträkning och balansräkning har de poster som lagen räknar upp.",
        source="5 kap. 2 § och 6 kap. 2 § lagen (2018:597) om kommunal bokföring och redovisning",
        why="Rapporter ur en SIE-fil följer lagens poster. En arbetsbok har de poster den har. I båda kontrolleras "
        "summorna.",
    ),
    Unchecked(
        id="R49c",
        text="Årsredovisningen har förvaltningsberättelse, räkningar, noter och kassaflödesanalys.",
        source="4 kap. 1 § och 11 kap. lagen (2018:597) om kommunal bokföring och redovisning",
        why="Programmet gör räkningarna och rubrikerna och säger vilka texter som saknas. Om innehållet räcker avgör "
        "styrelsen och revisorerna.",
    ),
    Unchecked(
        id="R50",
        text="Medlemmarna hålls underrättade om planering och om större ekonomiska och organisatoriska frågor.",
        source="18 § finsamlagen",
        why="Underrättelsen sker i möten och brev. Samråden och expedieringen visar en del av den.",
    ),
    Unchecked(
        id="R61",
        text="Årsredovisningen är undertecknad av ledamöterna, med namn och funktion.",
        source="finsam.se, ingen lagregel",
        why="Underskrifterna finns på papperet.",
    ),
    Unchecked(
        id="R63",
        text="Revisorerna prövar ändamålsenlighet, ekonomi, räkenskaper, intern kontroll och om målen är nådda.",
        source="26 § finsamlagen, KL 12 kap. 1–2 §§",
        why="Det är revisorernas prövning. Mål och målvärden i rapporterna är underlag för den.",
    ),
    Unchecked(
        id="R90",
        text="Det som läggs ut på webben är tillgängligt, och det finns en tillgänglighetsredogörelse.",
        source="4–5 och 10–13 §§ lagen (2018:1937) om tillgänglighet till digital offentlig service",
        why="Webbplatsen finns utanför programmet. Dokumenten görs med rubriker, tabellhuvuden och språk.",
    ),
    Unchecked(
        id="R91",
        text="Ett dokument har språk, titel, rubriknivåer, tabellhuvuden och alternativtext.",
        source="EN 301 549",
        why="Mallarna som följer med har det, och en egen mall kontrolleras under Mallar. Texter och bilagor "
        "kontrolleras här, se A01–A08.",
    ),
    Unchecked(
        id="R92",
        text="En medlemskommun har tillsyn över arkivet, och förbundet har arkivbeskrivning och gallringsplan.",
        source="20 § finsamlagen, 3–6 §§ arkivlagen (1990:782)",
        why="Arkivet finns utanför programmet. Årshjulet föreslår ärendet om dokumenthantering.",
    ),
    Unchecked(
        id="R93",
        text="Handlingar som ska bevaras har ett format som håller, som PDF/A.",
        source="20 § finsamlagen, kommunens föreskrifter",
        why="Kommunen som har tillsyn bestämmer formatet.",
    ),
    Unchecked(
        id="R94",
        text="Räkenskapsinformation bevaras i minst sju år.",
        source="3 kap. 13 § lagen (2018:597) om kommunal bokföring och redovisning, en tolkning",
        why="Bokföringen finns utanför programmet.",
    ),
)
