"""Minutes edited in Word, read back: every change at its place, nothing guessed, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from finsam_desktop import minutes_read_back as back
from finsam_desktop.documents import Document
from finsam_desktop.domain.adjusting import adjust
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.errors import UserError
from tests.unit.read_back.made_minutes import (
    LISTED,
    item,
    made,
    material,
    original,
    read,
    taken,
    texts,
    values,
    with_item,
)
from tests.unit.read_back.word_edits import Edited, set_text, text_of, w

NBSP = "\u00a0"


def edited(*steps: Callable[[Edited], object]) -> bytes:
    file = Edited(original())
    for step in steps:
        step(file)
    return file.docx


def replacing(old: str, new: str) -> Callable[[Edited], object]:
    return lambda file: file.replace(old, new)


# -- what stands as it was ---------------------------------------------------------------------------


@pytest.mark.parametrize("document", [Document.PROTOKOLL, Document.KALLELSE])
def test_a_document_that_nobody_has_changed_has_no_changes(document: Document) -> None:
    content = original(document)
    found = read(content, material(None, (document, content, values()[2])))
    assert found.is_unchanged
    assert found.exact
    assert found.document is document


def test_runs_that_word_has_split_are_no_change() -> None:
    def split_all(file: Edited) -> None:
        for paragraph in file.paragraphs():
            if (
                text_of(paragraph).strip()
                and "\n" not in text_of(paragraph)
                and "särskilt" not in text_of(paragraph)
            ):
                file.split_runs(paragraph)

    assert read(edited(split_all)).is_unchanged


@pytest.mark.needs_libreoffice
def test_a_document_saved_by_libreoffice_has_no_changes(tmp_path_factory: pytest.TempPathFactory) -> None:
    import subprocess

    folder = tmp_path_factory.mktemp("lo")
    (folder / "p.docx").write_bytes(original())
    (folder / "saved").mkdir()
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
         "docx:MS Word 2007 XML", "--outdir", str(folder / "saved"), str(folder / "p.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    found = read((folder / "saved" / "p.docx").read_bytes())
    assert [(one.name, one.before, one.word) for one in found.changes] == []
    assert found.unplaced == ()


# -- one change at a time ------------------------------------------------------------------------------

CHANGES = (
    ("Utcheckning genomförs", "Utcheckning sker i lugn", "§ 74", "Text i protokollet"),
    ("avsluta fyrpartssamverkan i", "avveckla all fyrpartssamverkan i", "§ 69", "Beslut"),
    ("föreslå att Regionstyrelsen", "begära att Regionstyrelsen", "§ 68", "Beslut"),
    ("länets övriga två förbund", "länets båda andra förbund", "§ 68", "Beslutets villkor"),
    ("yrkar avslag på höjningen", "yrkar avslag på hela höjningen", "§ 67", "Yrkanden"),
    ("styrelsen ställer sig bakom höjningen", "styrelsen stöder höjningen", "§ 67", "Yrkanden"),
    ("eftersom myndigheten inte är", "eftersom verket inte är", "§ 67", "Protokollsanteckningar"),
    ("han är ledamot i Regionstyrelsen", "han är ersättare i Regionstyrelsen", "§ 68", "Jäv"),
    ("proposition på de två yrkandena", "proposition på båda yrkandena", "§ 67", "Propositionsordning"),
    ("på förbundets kansli", "på stadsbiblioteket", "Första", "Justering"),
    ("Sammanträdesrum Linden", "Stora salen", "Första", "Plats och tid"),
    ("Parterna i fyrpartssamverkan", "Alla parter", "§ 69", "Expedieras till"),
    ("Sju av styrelsens sju platser", "Samtliga sju platser", "§ 61", "Text i protokollet"),
)  # fmt: skip


def test_changes_are_found_at_their_place_and_taken_in() -> None:
    docx = edited(*(replacing(old, new) for old, new, _, _ in CHANGES))
    meeting, found = taken(docx)
    assert found.unplaced == ()
    for old, new, where, name in CHANGES:
        (change,) = [
            one
            for one in found.changes
            if one.name == name and one.where.replace(NBSP, " ").startswith(where) and new in one.word
        ]
        assert old in change.before.replace(NBSP, " ")
        assert not change.problem
        assert not change.conflict
    places = {(where, name) for _, _, where, name in CHANGES}
    assert len(found.changes) == len(places)
    assert texts(made(Document.PROTOKOLL, meeting)) == texts(docx)


def test_a_change_that_goes_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every try makes the fields of the whole document, so that a hundred changes take as many and not more."""
    docx = edited(replacing("32", "31"), replacing("läget", "dagsläget"))
    known = material()
    document = back.opened(known, docx, "P.docx")
    tries: list[object] = []
    make = back._fields

    def counted(*given: object) -> object:
        tries.append(given)
        return make(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(back, "_fields", counted)
    found = back.compared(document)
    assert len(found.changes) == 2
    assert all(one.can_be_taken for one in found.changes)
    assert len(tries) == 1 + len(found.changes)
    tries.clear()
    together, done, left = back.take_all(known, found.document, found.changes)
    assert (done, left) == (found.changes, ())
    assert len(tries) == 1 + len(found.changes)
    one_by_one = known.meeting
    for change in found.changes:
        one_by_one = back.take(back.with_meeting(known, one_by_one), found.document, change)
    assert together == one_by_one


def test_a_title_changed_in_both_its_places_is_one_change() -> None:
    def rename(file: Edited) -> None:
        for paragraph in [one for one in file.paragraphs() if "Övriga frågor" in text_of(one)]:
            set_text(paragraph, text_of(paragraph).replace("Övriga frågor", "Andra frågor"))

    docx = edited(rename)
    meeting, found = taken(docx)
    assert [one.name for one in found.changes] == ["Rubrik i protokollet"]
    assert found.unplaced == ()
    assert item(meeting, "p13").minutes_title == "Andra frågor"
    assert item(meeting, "p13").title == "Övriga frågor"
    assert texts(made(Document.PROTOKOLL, meeting)) == texts(docx)


def test_lists_keep_their_source_and_references_stay_live() -> None:
    docx = edited(replacing("läget", "läget i stort"))
    meeting, _ = taken(docx)
    assert item(meeting, "p13").minutes_text == LISTED.replace("läget", "läget i stort")
    again = edited(lambda file: file.type_over(" budgeten.", " budgeten för 2027."))
    text = item(taken(again)[0], "p13").minutes_text
    assert text == LISTED.replace("budgeten.", "budgeten för 2027.")


def test_a_new_paragraph_and_list_item_come_into_the_text() -> None:
    def more(file: Edited) -> None:
        file.add_after(file.find("planen"), "åtgärderna")
        file.add_after(
            file.find("Utcheckning genomförs"), "Ordföranden tackar *alla* och [önskar] # en god helg."
        )

    docx = edited(more)
    meeting, found = taken(docx)
    assert "- planen\n- åtgärderna" in item(meeting, "p13").minutes_text
    assert found.unplaced == ()
    assert texts(made(Document.PROTOKOLL, meeting)) == texts(docx)


def test_att_satser_come_and_go() -> None:
    def change(file: Edited) -> None:
        file.add_after(file.find("den nya ordningen ska gälla"), "att\tfrågan tas upp igen om ett år.")
        file.replace("helårsprognos, och", "helårsprognos.")
        file.remove(file.find("överlämna rapporten till"))

    docx = edited(change)
    meeting, found = taken(docx)
    assert sorted(one.where.split()[0] for one in found.changes) == [f"§{NBSP}65".split()[0]] * 2
    assert item(meeting, "p05").decision.outcome is Outcome.OWN_WORDS
    assert item(meeting, "p05").proposal == item(values()[2], "p05").proposal
    assert texts(made(Document.PROTOKOLL, meeting)) == texts(docx)


def test_a_new_note_with_its_name_is_a_note() -> None:
    def more(file: Edited) -> None:
        note = file.find("lämnar följande protokollsanteckning: Arbetsförmedlingen")
        file.add_after(note, "Hassan Norrgran (V) lämnar följande protokollsanteckning: Jag är nöjd.")

    docx = edited(more)
    meeting, _ = taken(docx)
    assert [note.text for note in item(meeting, "p07").decision.notes][-1] == "Jag är nöjd."
    assert texts(made(Document.PROTOKOLL, meeting)) == texts(docx)


def test_bold_alone_is_a_change_of_look() -> None:
    def bold(file: Edited) -> None:
        from lxml import etree

        paragraph = file.find("Utcheckning genomförs")
        for run in paragraph.iter(w("r")):
            properties = etree.Element(w("rPr"))
            etree.SubElement(properties, w("b"))
            run.insert(0, properties)

    meeting, found = taken(edited(bold))
    (change,) = found.changes
    assert change.look
    assert item(meeting, "p14").minutes_text == "**Utcheckning genomförs**."


# -- what cannot be taken in ---------------------------------------------------------------------------


def test_what_follows_from_the_record_is_told_with_the_way_to_mend_it() -> None:
    found = read(
        edited(
            replacing("Med 4 ja-röster mot 2", "Med 5 ja-röster mot 1"), replacing("61–67, 69–75", "61–75")
        )
    )
    assert {one.name for one in found.changes} == {"Omröstningens resultat", "Närvarande"}
    assert all(one.problem and "Närvaro och beslut" in one.advice for one in found.changes)
    present = next(one for one in found.changes if one.name == "Närvarande")
    assert present.before == "Torbjörn Ekvind (C), vice ordförande: 61–67, 69–75"


def test_what_would_alter_another_sentence_is_refused_and_says_which() -> None:
    """Without the motion the propositions would be others, which Word does not say."""
    found = read(edited(lambda file: file.remove(file.find("yrkar avslag på höjningen"))))
    (change,) = found.changes
    assert change.name == "Yrkanden"
    assert "ändra annat i dokumentet" in change.problem
    assert "Propositionsordning" in change.problem


def test_a_word_of_the_template_is_told() -> None:
    found = read(edited(replacing("Beslutsunderlag", "Underlag"), replacing("att\tavsluta", "avsluta")))
    assert found.changes == ()
    assert next((one.old, one.new) for one in found.unplaced) == ("Beslutsunderlag", "Underlag")
    assert len(found.unplaced) == 2


def test_a_whole_paragraph_that_was_taken_away_is_one_thing_to_tell() -> None:
    def away(file: Edited) -> None:
        start = file.paragraphs().index(
            next(o for o in file.paragraphs() if text_of(o).startswith(f"§{NBSP}74\t"))
        )
        for paragraph in file.paragraphs()[start : start + 3]:
            file.remove(paragraph)

    found = read(edited(away))
    assert found.changes == ()
    (gone,) = found.unplaced
    assert gone.kind == "Borttaget"
    assert "Utcheckning genomförs." in gone.old
    assert "Dagordning" in gone.advice


def test_a_new_heading_with_text_is_told_where_it_stands() -> None:
    def more(file: Edited) -> None:
        heading = next(o for o in file.paragraphs() if text_of(o).startswith(f"§{NBSP}75\t"))
        new = file.add_after(file.find("Utcheckning genomförs"), "")
        set_text(new, "")
        file.remove(new)
        extra = file.add_after(heading, f"§{NBSP}76\tEn egen paragraf")
        heading.addprevious(extra)

    found = read(edited(more))
    assert found.changes == ()
    assert [(one.kind, one.new) for one in found.unplaced] == [("Tillagt", "§ 76 En egen paragraf")]


def test_a_moved_paragraph_is_still_itself() -> None:
    def move(file: Edited) -> None:
        paragraphs = file.paragraphs()
        start = paragraphs.index(next(o for o in paragraphs if text_of(o).startswith(f"§{NBSP}74\t")))
        target = next(o for o in paragraphs if text_of(o).startswith(f"§{NBSP}71\t"))
        for paragraph in paragraphs[start : start + 3]:
            target.addprevious(paragraph)
        file.replace("Utcheckning genomförs", "Utcheckning sker")

    (change,) = read(edited(move)).changes
    assert change.where == f"§{NBSP}74 Utcheckning"
    assert change.word == "Utcheckning sker."


def test_a_paragraph_moved_and_renamed_is_known_by_its_bookmark() -> None:
    def move(file: Edited) -> None:
        paragraphs = file.paragraphs()
        start = paragraphs.index(next(o for o in paragraphs if text_of(o).startswith(f"§{NBSP}74\t")))
        target = next(o for o in paragraphs if text_of(o).startswith(f"§{NBSP}71\t"))
        set_text(paragraphs[start], f"§{NBSP}74\tUtcheckning och tack")
        for paragraph in paragraphs[start : start + 3]:
            target.addprevious(paragraph)
        file.replace("Utcheckning genomförs", "Alla går hem")

    found = read(edited(move))
    assert [(one.group.item_id, one.name, one.word) for one in found.changes] == [
        ("p14", "Rubrik i protokollet", "Utcheckning och tack"),
        ("p14", "Text i protokollet", "Alla går hem."),
    ]
    assert found.unplaced == ()


def test_a_vote_in_another_column_is_told_though_no_word_differs() -> None:
    def cross(file: Edited) -> None:
        rows = [one for one in file.root.iter(w("tr")) if len(one.findall(w("tc"))) == 4]
        row = next(one for one in rows if text_of(one.find(f"{w('tc')}/{w('p')}")) == "Peter Tallhed")
        yes, no = row.findall(w("tc"))[1:3]
        set_text(yes.find(w("p")), "")
        set_text(no.find(w("p")), "Ja")

    found = read(edited(cross))
    assert found.changes == ()
    assert [(one.new, one.why) for one in found.unplaced] == [
        ("Ja", "Texten står i en annan kolumn eller tabell.")
    ]


def test_text_boxes_notes_and_headers_are_told() -> None:
    file = Edited(original())
    name = next(n for n in file.parts if n.startswith("word/header") and b"Exempelbygden" in file.parts[n])
    file.parts[name] = file.parts[name].replace(b"Exempelbygden", b"Annorstans")
    found = read(file.docx)
    assert found.changes == ()
    assert {one.where for one in found.unplaced} == {"Sidhuvudet"}
    assert any("Annorstans" in one.new for one in found.unplaced)


def test_adjusted_minutes_are_shown_and_refused_with_the_way_to_a_correction() -> None:
    association, meetings, held = values()
    meetings = tuple(one for one in meetings if one.date <= held.date)
    day = datetime(2026, 11, 9, 12)
    sealed = adjust(replace(held, adjusted_on=day.date()), association, (held,), at=day, by="Ola")
    content = made(Document.PROTOKOLL, held)
    file = Edited(content)
    file.replace("Utcheckning genomförs", "Utcheckning sker")
    known = material(sealed, (Document.PROTOKOLL, content, held))
    found = read(file.docx, known)
    change = next(one for one in found.changes if one.name == "Text i protokollet")
    assert change.problem.startswith("Protokollet är justerat")
    assert "rättelse under Efter mötet" in change.advice
    with pytest.raises(UserError, match="justerat"):
        back.take(known, found.document, change)


def test_what_both_have_changed_is_shown_and_not_taken_unasked() -> None:
    held = with_item(values()[2], "p14", minutes_text="Utcheckning hölls.")
    known = material(held, (Document.PROTOKOLL, original(), values()[2]))
    (change,) = read(edited(replacing("Utcheckning genomförs", "Utcheckning sker")), known).changes
    assert change.conflict
    assert change.can_be_taken
    assert (change.before, change.word, change.now) == (
        "Utcheckning genomförs.",
        "Utcheckning sker.",
        "Utcheckning hölls.",
    )
    assert item(back.take(known, Document.PROTOKOLL, change), "p14").minutes_text == "Utcheckning sker."


def test_what_the_program_says_already_is_in() -> None:
    held = with_item(values()[2], "p14", minutes_text="Utcheckning sker.")
    known = material(held, (Document.PROTOKOLL, original(), values()[2]))
    (change,) = read(edited(replacing("Utcheckning genomförs", "Utcheckning sker")), known).changes
    assert change.is_in
    assert not change.can_be_taken


def test_a_change_in_the_program_alone_is_no_change_in_word() -> None:
    held = with_item(values()[2], "p14", minutes_text="Utcheckning hölls.")
    assert read(original(), material(held, (Document.PROTOKOLL, original(), values()[2]))).is_unchanged


# -- tracked changes and comments ----------------------------------------------------------------------


def test_tracked_changes_are_read_accepted_or_not() -> None:
    def change(file: Edited) -> None:
        file.tracked_replace("Utcheckning genomförs", "Utcheckning sker")
        file.tracked_removal(file.find("Incheckning genomförs"))
        file.tracked_paragraph_after(file.find("Processledaren återkopplar"), "Ordföranden tackar.")

    docx = edited(change)
    found = read(docx)
    assert {(one.author, one.at) for one in found.tracked} == {
        ("Birgitta Almkvarn", datetime(2026, 11, 12, 9, 30))
    }
    assert {(one.removed, one.added) for one in found.tracked} == {
        ("Utcheckning genomförs", "Utcheckning sker"), ("Incheckning genomförs.", ""), ("", "Ordföranden tackar."),
    }  # fmt: skip
    by_item = {one.group.item_id: one for one in found.changes}
    assert set(by_item) == {"p03", "p10", "p14"}
    assert all(len(one.revisions) == 1 for one in found.changes)
    numbers = {one.number for one in found.tracked}
    assert read(docx, rejected=frozenset(numbers)).is_unchanged
    only = next(one.number for one in found.tracked if one.added == "Ordföranden tackar.")
    assert [one.group.item_id for one in read(docx, rejected=frozenset(numbers - {only})).changes] == ["p10"]


def test_comments_come_with_name_date_answers_and_place() -> None:
    docx = edited(lambda file: file.comment(file.find("Utcheckning genomförs"), "Stämmer det?", reply="Ja"))
    found = read(docx)
    assert found.is_unchanged
    (remark,) = found.remarks
    assert (remark.comment.author, remark.comment.text, remark.comment.resolved) == (
        "Birgitta Almkvarn",
        "Stämmer det?",
        True,
    )
    assert [one.text for one in remark.comment.replies] == ["Ja"]
    assert remark.item_id == "p14"
    assert remark.comment.quoted == "Utcheckning genomförs."
    kept = back.with_remark(values()[2], remark)
    assert [(one.by, one.item_id) for one in kept.comments] == [
        ("Birgitta Almkvarn", "p14"),
        ("Ola Rimfors", "p14"),
    ]
    assert back.with_remark(kept, remark) is kept


# -- what it is held against ---------------------------------------------------------------------------


def test_without_what_was_made_the_document_is_held_against_what_would_be_made_now() -> None:
    known = replace(material(), exports=())
    found = read(edited(replacing("Utcheckning genomförs", "Utcheckning sker")), known)
    assert not found.exact
    assert "nu" in found.compared_with
    assert [one.word for one in found.changes] == ["Utcheckning sker."]


def test_an_older_export_whose_bytes_are_gone_is_made_again_of_the_meeting_as_it_was() -> None:
    then = with_item(values()[2], "p14", minutes_text="Utcheckning hölls förr.")
    file = Edited(made(Document.PROTOKOLL, then))
    file.replace("Utcheckning hölls förr", "Utcheckning hölls länge")
    known = material(None, (Document.PROTOKOLL, original(), values()[2]), (Document.PROTOKOLL, b"", then))
    (change,) = read(file.docx, known).changes
    assert change.before == "Utcheckning hölls förr."
    assert change.conflict


def test_a_template_of_the_associations_own_works_as_well() -> None:
    from finsam_desktop import paths
    from finsam_desktop.documents.rendering import render as rendered
    from finsam_desktop.domain.association import WordTemplateFile

    association, meetings, held = values()
    template = Edited((paths.templates() / "word" / "protokoll.docx").read_bytes())
    for paragraph in template.paragraphs():
        if text_of(paragraph) == "Yrkanden":
            set_text(paragraph, "Det här yrkades")
    content = template.docx
    own = replace(
        association,
        word_templates=(WordTemplateFile(document="protokoll", file_name="egen.docx", sha256="ab"),),
    )
    docx = rendered(Document.PROTOKOLL, own, meetings, held, {"ab": content}.__getitem__, material().today)
    assert "Det här yrkades" in texts(docx)
    file = Edited(docx)
    file.replace("yrkar avslag på höjningen", "yrkar avslag på hela höjningen")
    known = replace(material(None, (Document.PROTOKOLL, docx, held)), association=own, files={"ab": content})
    found = read(file.docx, known)
    assert found.exact
    assert [one.name for one in found.changes] == ["Yrkanden"]
    assert found.unplaced == ()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"not a zip", "är inte en Word-fil eller är skadad"),
        (b"", "är inte en Word-fil eller är skadad"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "skyddad med lösenord"),
    ],
)
def test_what_is_no_word_file_is_told_in_swedish(content: bytes, told: str) -> None:
    with pytest.raises(UserError, match=told) as raised:
        back.opened(material(), content, "Fel.docx")
    assert raised.value.advice
    assert "Fel.docx" in raised.value.message


def test_damaged_xml_is_told() -> None:
    file = Edited(original())
    docx = file.docx
    cut = docx.replace(b"PK\x03\x04", b"PK\x03\x04", 1)[: len(docx) // 2]
    with pytest.raises(UserError):
        back.opened(material(), cut, "Halv.docx")


def test_a_document_of_something_else_is_refused() -> None:
    from finsam_desktop import paths

    letter = (paths.templates() / "word" / "skrivelse.docx").read_bytes()
    with pytest.raises(UserError, match="verkar inte höra till sammanträdet"):
        back.opened(material(), letter, "Skrivelse.docx")


def test_files_of_other_kinds_and_files_that_cannot_be_read_are_told(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UserError, match=r"Protokoll\.doc är inte ett Word-dokument"):
        back.read_file(tmp_path / "Protokoll.doc")
    with pytest.raises(UserError, match="går inte att läsa"):
        back.read_file(tmp_path / "Saknas.docx")
    large = tmp_path / "Stor.docx"
    with large.open("wb") as out:
        out.truncate(back.LARGEST + 1)
    with pytest.raises(UserError, match="för stor"):
        back.read_file(large)


# -- a kallelse ------------------------------------------------------------------------------------------


def test_a_kallelse_is_read_back_into_the_agenda() -> None:
    held = values()[2]
    content = original(Document.KALLELSE)
    file = Edited(content)
    file.replace("överlämna rapporten till", "skicka rapporten till")
    file.replace("underfinansierad", "för lågt finansierad")
    known = material(None, (Document.KALLELSE, content, held))
    meeting, found = taken(file.docx, known)
    assert found.document is Document.KALLELSE
    assert [one.name for one in found.changes] == ["Förslag till beslut", "Sammanfattning av ärendet"]
    assert texts(made(Document.KALLELSE, meeting)) == texts(file.docx)
