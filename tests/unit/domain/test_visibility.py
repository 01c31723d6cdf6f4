"""The public version: what is confidential is gone from every field there is, and numbers stay."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime

import pytest

from finsam_desktop.domain.agenda import AgendaItem, Attachment, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.attendance import Attendance, ConflictOfInterest, Presence
from finsam_desktop.domain.confidentiality import MaskedWord, Secret
from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureTable,
)
from finsam_desktop.domain.meeting import Correction, Dispatch, Meeting, StoredFile
from finsam_desktop.domain.numbering import agenda_numbers, attachment_numbers, paragraphs
from finsam_desktop.domain.papers import Referral, Statistic, StatisticTable
from finsam_desktop.domain.sealing import broken, sealed, whole_seal
from finsam_desktop.domain.sweeping import NOT_TEXT
from finsam_desktop.domain.visibility import PublicVersion, public_version, removal_sentence
from tests import board
from tests.filled import filled, texts

SECRET = Secret(section="26 kap. 1 §", reason="Gäller en enskild")
WORD = "Zoltan Qvarnhed"


def meeting(*items: AgendaItem, **changes: object) -> Meeting:
    return replace(board.meeting(), items=items, **changes)


def published(one: Meeting, *others: Meeting, association: Association | None = None) -> PublicVersion:
    return public_version(association or board.association(), (*others, one), one)


def secret_item(**changes: object) -> AgendaItem:
    item = filled(AgendaItem, WORD, id="nyckel", section="26 kap. 1 §")
    return replace(item, confidential=True, secret=SECRET, **changes)


def test_every_field_of_a_confidential_item_is_gone() -> None:
    one = meeting(AgendaItem(id="a", title="Öppet"), secret_item(id="b"))
    public = published(one).meeting
    assert [path for path, text in texts(public) if WORD in text] == []
    assert [item.id for item in public.items] == ["a", "b"]


def test_an_emptied_item_says_why_and_keeps_only_its_number_and_its_attachments() -> None:
    public = published(meeting(secret_item(id="b"))).meeting.items[0]
    assert public.title == "Ärendet är borttaget enligt 26\u00a0kap.\u00a01\u00a0§ OSL"
    assert "26\u00a0kap.\u00a01\u00a0§ offentlighets- och sekretesslagen (2009:400)" in public.minutes_text
    kept = {"id", "title", "attachments", "minutes_text", "confidential", "secret", "decision"}
    bare = AgendaItem(id="", title="")
    for field in fields(AgendaItem):
        if field.name not in kept:
            assert getattr(public, field.name) == getattr(bare, field.name), field.name


def test_words_masked_are_replaced_in_every_text_of_every_value() -> None:
    """Filled by type: a field that is added tomorrow is in this test without anybody's doing."""
    masked = (MaskedWord(words=WORD, secret=SECRET),)
    one = replace(filled(Meeting, WORD), masked=masked)
    association = filled(Association, WORD)
    version = published(one, replace(filled(Meeting, WORD), id="annan"), association=association)
    left = {
        (path, text)
        for value in (version.meeting, version.association, *version.meetings)
        for path, text in texts(value)
        if "zoltan" in text.lower() or "qvarnhed" in text.lower()
    }
    named = {name for names in NOT_TEXT.values() for name in names}
    assert {path for path, _ in left if path.rsplit(".", 1)[-1] not in named} == set()


def test_the_fields_left_out_hold_no_words() -> None:
    assert {name for names in NOT_TEXT.values() for name in names} == {"sha256", "logo", "accent", "document"}


def test_the_masked_words_themselves_and_the_reasons_are_not_in_the_value() -> None:
    one = meeting(
        AgendaItem(id="a", title="Öppet", attachments=(Attachment(id="x", title="B", secret=SECRET),)),
        secret_item(id="b"),
        masked=(MaskedWord(words="Kim Ek", secret=Secret(section="21 kap. 1 §", reason="Hälsa hos Kim")),),
    )
    public = published(one).meeting
    assert public.masked == ()
    said = [text for _, text in texts(public)]
    assert not any("Gäller en enskild" in text or "Hälsa" in text or "Kim Ek" in text for text in said)


def test_numbers_are_those_of_the_full_version() -> None:
    bilaga = [
        Attachment(id=f"x{n}", title=f"Bilaga {n}", confidential=n == 3, secret=SECRET) for n in range(6)
    ]
    one = meeting(
        AgendaItem(id="a", title="A", attachments=(bilaga[0],)),
        AgendaItem(
            id="b",
            title="B",
            confidential=True,
            attachments=(bilaga[1],),
            sub_items=(AgendaItem(id="b1", title="B1", attachments=(bilaga[2],)),),
        ),
        AgendaItem(
            id="c",
            title="C",
            attachments=(bilaga[3],),
            sub_items=(
                AgendaItem(id="c1", title="C1", confidential=True, attachments=(bilaga[4],)),
                AgendaItem(id="c2", title="C2", attachments=(bilaga[5],)),
            ),
        ),
    )
    version = published(one)
    assert paragraphs(version.meetings, version.meeting) == paragraphs((one,), one)
    assert attachment_numbers(version.meeting) == attachment_numbers(one)
    full, public = agenda_numbers(one), agenda_numbers(version.meeting)
    assert public == {key: number for key, number in full.items() if key != "b1"}
    assert set(version.items) == {"b", "b1", "c1"}
    assert set(version.attachments) == {"x1", "x2", "x3", "x4"}


def test_a_reference_to_what_is_gone_keeps_the_words_it_has_in_the_full_version() -> None:
    one = meeting(
        AgendaItem(id="a", title="A", summary="Se {punkt:b1}, {bilaga:x} och {§:b}."),
        AgendaItem(
            id="b",
            title="B",
            confidential=True,
            sub_items=(AgendaItem(id="b1", title="B1", attachments=(Attachment(id="x", title="X"),)),),
        ),
    )
    public = published(one).meeting
    assert public.items[0].summary.replace("\u00a0", " ") == "Se punkt 2A, bilaga 1 och § 2."


def test_a_removed_attachment_has_no_file() -> None:
    file = Attachment(
        id="x", title=WORD, file_name=f"{WORD}.pdf", sha256="f" * 64, size=9, pages=2, sender=WORD,
        dated=date(2026, 1, 1), confidential=True, secret=SECRET,
    )  # fmt: skip
    public = published(meeting(AgendaItem(id="a", title="A", attachments=(file,)))).meeting
    assert public.items[0].attachments == (
        Attachment(
            id="x",
            title="Bilagan är borttagen enligt 26\u00a0kap.\u00a01\u00a0§ OSL",
            confidential=True,
            secret=Secret(section="26 kap. 1 §"),
        ),
    )


def test_what_is_recorded_beside_a_confidential_item_goes_with_it() -> None:
    one = meeting(
        AgendaItem(id="a", title="A"),
        secret_item(id="b", sub_items=(AgendaItem(id="b1", title="B1"),)),
        attendance=Attendance(
            presences=(Presence(person_id="cia", from_item="b1"),),
            conflicts=(ConflictOfInterest(item_id="b1", person_id="anna", reason=WORD),),
        ),
        corrections=(
            Correction(item_id="b1", corrected_on=board.DAY, corrected_by="bo", old=WORD, new=WORD),
            Correction(item_id="a", corrected_on=board.DAY, corrected_by="bo", old="Fel", new="Rätt"),
        ),
        dispatches=(
            Dispatch(items=("b",), recipient=WORD, sent_on=board.DAY),
            Dispatch(items=("a", "b"), recipient=WORD, sent_on=board.DAY, file_name=WORD),
        ),
        signed_minutes=(StoredFile(file_name="Protokoll.pdf", sha256="e" * 64),),
    )
    version = published(one)
    public = version.meeting
    assert [text for _, text in texts(public) if WORD in text] == []
    assert public.attendance.presences[0].from_item == "b"
    assert public.attendance.conflicts[0].item_id == "b"
    assert [one.old for one in public.corrections] == ["Fel"]
    assert [one.items for one in public.dispatches] == [("a",)]
    assert public.signed_minutes == ()
    assert any("undertecknade" in removal.what for removal in version.removed)


def test_other_meetings_lose_what_is_confidential_in_them() -> None:
    earlier = replace(
        meeting(secret_item(id="b"), AgendaItem(id="c", title="Kim Ek och Ada Alm")),
        id="förra",
        date=date(2026, 3, 1),
        masked=(MaskedWord(words="Kim Ek"),),
    )
    one = meeting(AgendaItem(id="a", title="A"), masked=(MaskedWord(words="Ada Alm"),))
    version = published(one, earlier)
    public = next(m for m in version.meetings if m.id == "förra")
    said = [text for _, text in texts(public)]
    assert not any(WORD in text or "Kim" in text or "Ada" in text for text in said)
    assert all("Kim" not in removal.what for removal in version.removed)


def test_the_seal_of_the_full_version_is_untouched_and_the_copy_has_no_fingerprint() -> None:
    one = meeting(secret_item(id="b"))
    one = sealed(one, datetime(2026, 11, 5, 12, 0), "Sekreteraren", date(2026, 11, 5))
    public = published(one).meeting
    assert broken(one) == ()
    seal = whole_seal(public)
    assert seal is not None
    assert seal.parts == ()
    assert seal.sha256 != one.seals[0].sha256
    assert seal.adjusted_on == date(2026, 11, 5)


def test_the_report_says_what_where_and_why() -> None:
    one = meeting(
        AgendaItem(
            id="a",
            title="Vänligen Kim Ek",
            summary="Kim Ek och *Kim* Eks läkare",
            attachments=(Attachment(id="x", title="Intyg", confidential=True, secret=SECRET),),
        ),
        AgendaItem(id="b", title="Avstängning", confidential=True, secret=SECRET),
        masked=(MaskedWord(words="Kim Ek", secret=Secret(section="21 kap. 1 §", reason="Hälsa")),),
    )
    told = [(one.what, one.where.replace("\u00a0", " "), one.section) for one in published(one).removed]
    assert ("Ärendet ”Avstängning”", "Ärende 2", "26 kap. 1 §") in told
    assert ("Bilagan ”Intyg”", "Bilaga 1", "26 kap. 1 §") in told
    assert ("”Kim Ek”", "Ärende 1, rubriken", "21 kap. 1 §") in told
    assert ("”Kim Ek”", "Ärende 1, texten, 2 ställen", "21 kap. 1 §") in told
    assert published(one).meeting.redacted_under == ("26 kap. 1 §", "21 kap. 1 §")


def test_a_part_of_a_masked_name_that_stands_is_told_of() -> None:
    one = meeting(
        AgendaItem(id="a", title="Kim Ekdal", summary="Ekdals läkare och Kim Ekdal. Kimono."),
        AgendaItem(id="b", title="Ekdal", confidential=True),
        masked=(MaskedWord(words="Kim Ekdal"),),
    )
    assert published(one).left == {"Ekdal": 1}


def test_nothing_confidential_gives_the_same_words() -> None:
    one = board.meeting()
    version = published(one)
    assert version.removed == ()
    assert version.meeting == one
    assert version.association == board.association()


def test_the_public_version_of_a_public_version_is_itself() -> None:
    one = meeting(
        AgendaItem(id="a", title="Kim Ek"), secret_item(id="b"), masked=(MaskedWord(words="Kim Ek"),)
    )
    first = published(one)
    again = public_version(first.association, first.meetings, first.meeting)
    assert list(walk(again.meeting.items)) == list(walk(first.meeting.items))


def test_small_groups_are_merged_in_tables_and_told_in_words() -> None:
    table = FigureTable(
        title="Teamen",
        columns=(
            FigureColumn(title="Team", role=ColumnRole.LABEL),
            FigureColumn(title="Aktiva", kind=ColumnKind.COUNT),
        ),
        rows=tuple(
            FigureRow(cells=(FigureCell(text=name), FigureCell(amount=count)))
            for name, count in (("Alm", 34), ("Björk", 3), ("Ek", 9))
        ),
    )
    statistics = StatisticTable(
        title="K/M", rows=(Statistic(label="2025", women=2, men=9), Statistic(label="2026", women=7, men=8))
    )
    one = meeting(
        AgendaItem(
            id="a",
            title="A",
            summary="I Björk finns tre pågående deltagare.",
            figures=(table,),
            referral=Referral(statistics=(statistics,)),
        )
    )
    version = published(one)
    item = version.meeting.items[0]
    assert item.summary == "I Björk finns färre än fem pågående deltagare."
    assert [(r.cells[0].text, r.cells[1].amount) for r in item.figures[0].rows] == [
        ("Alm", 34),
        ("Björk och Ek", 12),
    ]
    assert item.referral is not None
    assert item.referral.statistics[0].rows == (Statistic(label="2025 och 2026", women=9, men=17, total=26),)
    assert any("Björk i tabellen ”Teamen”" == removal.what for removal in version.removed)


def test_an_unknown_kind_of_value_is_never_passed_over() -> None:
    odd = replace(board.meeting(), place=["lista"])  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        published(odd)


@pytest.mark.parametrize(
    ("sections", "said"),
    [
        ((), "Uppgifter har tagits bort enligt offentlighets- och sekretesslagen (2009:400)."),
        (("",), "Uppgifter har tagits bort enligt offentlighets- och sekretesslagen (2009:400)."),
        (
            ("26 kap. 1 §", "25 kap. 1 §", "26 kap. 1 §", "5 kap. 3 §"),
            "Uppgifter har tagits bort enligt 5 kap. 3 §, 25 kap. 1 § och 26 kap. 1 § offentlighets- och sekretesslagen"
            " (2009:400).",
        ),
    ],
)
def test_the_sentence_of_a_masked_copy(sections: tuple[str, ...], said: str) -> None:
    assert removal_sentence(sections).replace("\u00a0", " ") == said
