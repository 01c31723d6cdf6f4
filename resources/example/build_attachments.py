"""Builds the example meeting's bilagor in `bilagor/`: one page each, plain Word files as they come from outside.

Run with `python resources/example/build_attachments.py`. The first word of a file name is the attachment's id.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from docx import Document
from docx.shared import Mm

PAPERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "b01 Protokoll 2026-09-17": (
        "Protokoll 2026-09-17, §§ 49–60",
        (
            "Styrelsen behandlade tolv ärenden. Protokollet är justerat den 25 september 2026.",
            "§ 52 Medlemssamråd: förbundschefen fick i uppdrag att bereda frågan om sammankallande part.",
            "§ 55 Upphandling av revisionsstöd bordlades till sammanträdet den 26 november 2026.",
        ),
    ),
    "b03 Forslag till finansiering": (
        "Förslag till långsiktig finansiering",
        (
            "Nätverket Samordning frågar sina medlemmar om en höjning av serviceavgiften med 1 promille.",
            "För ett förbund med 10 miljoner kronor i tilldelade medel motsvarar 1 promille 10 000 kr om året.",
        ),
    ),
    "b04 Tjansteskrivelse": (
        "Tjänsteskrivelse: sammankallande part för medlemssamråd",
        (
            "Medlemssamråd ska hållas varje år. Vem som kallar har varit oklart.",
            "Förbundscheferna i länets tre förbund föreslår att Regionstyrelsen tar uppdraget från och med 2027.",
        ),
    ),
    "b05 Skrivelse till Regionstyrelsen": (
        "Skrivelse till Regionstyrelsen",
        (
            "Länets tre samordningsförbund föreslår att Regionstyrelsen blir sammankallande för medlemssamråden.",
            "Skrivelsen undertecknas av de tre förbundens ordförande.",
        ),
    ),
    "b06 Underlag fyrpartssamverkan": (
        "Underlag för avslut av fyrpartssamverkan",
        (
            "Styrgruppen har prövat flera former av fortsatt samverkan och funnit att ingen har tillräcklig effekt.",
            "Styrgruppen förordar att samverkansformen avslutas vid årsskiftet.",
        ),
    ),
    "b07 PM om ansvarsfrihet": (
        "PM om ansvarsfrihet för verksamhetsåret 2025",
        ("Revisorerna tillstyrker ansvarsfrihet för samtliga styrelser.",),
    ),
    "c01 Protokoll 2026-10-29": (
        "Protokoll 2026-10-29, §§ 61–75",
        ("Styrelsen behandlade femton ärenden. Protokollet är justerat den 9 november 2026.",),
    ),
    "c02 Forslag till budget 2027": (
        "Förslag till budget och verksamhetsplan 2027",
        (
            "Intäkter 11 720 tkr, kostnader 12 080 tkr, resultat −360 tkr.",
            "Underskottet tas ur eget kapital. Medlemmarnas synpunkter redovisas sist i förslaget.",
        ),
    ),
}


def build(folder: Path) -> None:
    """Write every paper into ``folder``."""
    folder.mkdir(exist_ok=True)
    for name, (title, texts) in PAPERS.items():
        document = Document()
        section = document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        properties = document.core_properties
        properties.title, properties.language = title, "sv-SE"
        properties.author = "Samordningsförbundet Exempelbygden"
        properties.created = properties.modified = datetime(2026, 10, 1)
        document.add_heading(title, level=1)
        for text in texts:
            document.add_paragraph(text)
        document.save(str(folder / f"{name}.docx"))


if __name__ == "__main__":
    build(Path(__file__).resolve().parent / "bilagor")
