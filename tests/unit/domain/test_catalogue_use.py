"""Meetings with their frame, items from templates, search, and proposals for the agenda."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Appointment, Person, Role
from finsam_desktop.domain.catalogue import Frame, ItemTemplate, ItemType
from finsam_desktop.domain.catalogue_use import (
    fold,
    item_from_template,
    latest_tertial,
    merged,
    month_range,
    new_meeting,
    previous_meeting,
    search_templates,
    shown_title,
    with_template,
    without_template,
)
from finsam_desktop.domain.decisions import Decision, Outcome, ProposalKind
from finsam_desktop.domain.meeting import Meeting, MeetingForm, MeetingKind, MeetingState
from finsam_desktop.domain.suggestions import Reason, Suggestion, continued, suggestions
from finsam_desktop.files.catalogue_files import standard_templates
from tests.board import DAY, association, attachment, decided_item, decision_item, held, meeting

TEMPLATES = standard_templates()


def template(template_id: str) -> ItemTemplate:
    return next(one for one in TEMPLATES if one.id == template_id)


# -- the association's own --------------------------------------------------------------------------------


def test_an_own_template_is_added_changed_and_removed() -> None:
    own = ItemTemplate(id="fika", title="Fika")
    register = with_template(association(), own)
    assert merged(TEMPLATES, register)[-1] == replace(own, own=True)
    changed = with_template(register, replace(own, title="Kaffe"))
    assert [one.title for one in changed.item_templates] == ["Kaffe"]
    assert without_template(changed, "fika") == association()


def test_an_own_template_takes_the_place_of_the_programs_until_removed() -> None:
    register = with_template(association(), replace(template("incheckning"), title="Laget runt"))
    both = merged(TEMPLATES, register)
    assert len(both) == len(TEMPLATES)
    place = [one.id for one in TEMPLATES].index("incheckning")
    assert (both[place].title, both[place].own) == ("Laget runt", True)
    assert merged(TEMPLATES, without_template(register, "incheckning")) == TEMPLATES


# -- a new meeting ----------------------------------------------------------------------------------------


def titles(kind: MeetingKind) -> list[str]:
    return [item.title for item in new_meeting(kind, DAY, association(), TEMPLATES).items]


def test_an_ordinary_meeting_has_the_frame_of_the_real_notice() -> None:
    assert titles(MeetingKind.ORDINARY) == [
        "Mötets öppnande",
        "Val av justerare",
        "Incheckning",
        "Föregående protokoll",
        "Övriga frågor",
        "Utcheckning",
        "Mötets avslutande",
    ]


def test_other_kinds_have_what_is_theirs() -> None:
    assert titles(MeetingKind.EXTRA) == ["Mötets öppnande", "Val av justerare", "Mötets avslutande"]
    assert "Budget och verksamhetsplan 2027 samt ekonomisk plan 2027–2029" in titles(MeetingKind.BUDGET)
    constituent = titles(MeetingKind.CONSTITUENT)
    assert constituent[:2] == ["Mötets öppnande", "Val av ordförande för sammanträdet"]
    assert constituent[4:6] == ["Val av ordförande", "Val av vice ordförande"]
    assert constituent[-1] == "Mötets avslutande"
    consultation = titles(MeetingKind.MEMBER_CONSULTATION)
    assert len(consultation) == 7
    assert consultation[1] == "Ekonomiskt resultat och verksamhetsresultat 2025"
    assert consultation[5] == "Budgetförutsättningar inför 2027"
    assert "Mötets öppnande" not in [*consultation, *titles(MeetingKind.PLANNING_DAY)]


def test_an_own_template_may_be_part_of_the_frame() -> None:
    own = ItemTemplate(id="dagordning", title="Dagordning", frame=Frame.OPENING, order=15)
    made = new_meeting(MeetingKind.ORDINARY, DAY, with_template(association(), own), TEMPLATES)
    assert [item.title for item in made.items][:3] == ["Mötets öppnande", "Dagordning", "Val av justerare"]


def test_a_new_meeting_is_a_draft_with_dates_by_the_rules_and_place_and_times_of_the_last() -> None:
    last = meeting(
        id="förra", date=date(2026, 9, 17), start=time(9), end=time(11), place="Eken", form=MeetingForm.HYBRID
    )
    later = meeting(id="senare", date=date(2026, 12, 1), place="Granen")
    made = new_meeting(MeetingKind.ORDINARY, DAY, association(), TEMPLATES, (later, last))
    assert (made.start, made.end, made.place, made.form) == (time(9), time(11), "Eken", MeetingForm.HYBRID)
    assert (made.state, made.notice_date, made.absence_deadline) == (
        MeetingState.DRAFT,
        date(2026, 10, 22),
        date(2026, 10, 26),
    )
    own = new_meeting(
        MeetingKind.ORDINARY, DAY, association(), TEMPLATES, (last,), start=time(13), place="Linden"
    )
    assert (own.start, own.place, own.form) == (time(13), "Linden", MeetingForm.IN_PERSON)


@pytest.mark.parametrize(
    ("today", "dated"),
    [
        (date(2026, 10, 1), date(2026, 10, 22)),
        (date(2026, 10, 25), date(2026, 10, 25)),
        (date(2026, 11, 5), DAY),
    ],
)
def test_a_notice_is_never_dated_before_today_or_after_the_meeting(today: date, dated: date) -> None:
    made = new_meeting(MeetingKind.EXTRA, DAY, association(), TEMPLATES, today=today)
    assert made.notice_date == dated


def test_every_item_has_an_id_of_its_own() -> None:
    made = new_meeting(MeetingKind.CONSTITUENT, DAY, association(), TEMPLATES)
    assert len({item.id for item in made.items}) == len(made.items)


# -- an item ----------------------------------------------------------------------------------------------


def test_an_item_has_its_presenter_by_role_and_its_variables_filled() -> None:
    item = item_from_template(template("tertialrapport-2"), association(), meeting())
    assert item.title == "Tertialrapport 2, januari–augusti 2026"
    assert (item.presenter_id, item.type, item.minutes) == ("chef", ItemType.DECISION, 30)
    assert item.proposal.kind is ProposalKind.CLAUSES
    assert item.proposal.clauses[0] == "godkänna tertialrapport 2 för 2026 med helårsprognos"
    assert item.recipients == ("Förbundsmedlemmarna", "Revisorerna")
    assert item.template_id == "tertialrapport-2"


def test_a_small_association_has_the_director_for_the_roles_it_lacks() -> None:
    item = item_from_template(template("ekonomisk-uppfoljning"), association(), meeting())
    assert item.presenter_id == "ekonom"
    without = tuple(a for a in association().appointments if a.role is not Role.ECONOMIST)
    alone = association(appointments=without)
    assert item_from_template(template("ekonomisk-uppfoljning"), alone, meeting()).presenter_id == "chef"
    assert item_from_template(template("budget"), association(appointments=()), meeting()).presenter_id == ""


def test_the_presenter_is_the_one_in_office_on_the_day() -> None:
    new = Appointment(person_id="ny", role=Role.DIRECTOR, since=date(2026, 11, 1))
    old = Appointment(person_id="chef", role=Role.DIRECTOR, until=date(2026, 10, 31))
    register = association(
        appointments=(new, old), people=(*association().people, Person(id="ny", name="Ny"))
    )
    assert item_from_template(template("budget"), register, meeting()).presenter_id == "chef"
    assert (
        item_from_template(template("budget"), register, meeting(date=date(2026, 11, 1))).presenter_id == "ny"
    )


def test_the_previous_minutes_are_named_with_date_and_paragraphs() -> None:
    before = held(decided_item(), id="förra", date=date(2026, 9, 17), first_paragraph=49)
    item = item_from_template(template("foregaende-protokoll"), association(), meeting(), (before, meeting()))
    assert item.minutes_text == (
        "Protokollet från sammanträdet den 17\u00a0september 2026, §§\u00a049–51, läggs till handlingarna."
    )


def test_blanks_for_the_secretary_stay_in_braces() -> None:
    item = item_from_template(template("medel-insats"), association(), meeting())
    assert "{belopp}" in item.proposal.clauses[0]


def test_a_list_shows_the_title_filled() -> None:
    assert shown_title(template("arsredovisning"), association(), meeting()) == "Årsredovisning 2025"


@pytest.mark.parametrize(
    ("day", "tertial"),
    [
        (date(2026, 1, 1), (3, "januari–december 2025")),
        (date(2026, 4, 30), (3, "januari–december 2025")),
        (date(2026, 5, 1), (1, "januari–april 2026")),
        (date(2026, 8, 31), (1, "januari–april 2026")),
        (date(2026, 9, 1), (2, "januari–augusti 2026")),
        (date(2026, 12, 31), (2, "januari–augusti 2026")),
    ],
)
def test_the_tertial_is_the_one_that_has_ended(day: date, tertial: tuple[int, str]) -> None:
    assert latest_tertial(day) == tertial


def test_no_title_and_no_standing_sentence_is_left_with_a_blank() -> None:
    before = held(id="förra", date=date(2026, 9, 17))
    for one in TEMPLATES:
        item = item_from_template(one, association(), meeting(), (before,))
        assert "{" not in item.title, one.id
        assert "{" not in item.minutes_text, one.id


# -- search -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("årsre", "arsredovisning"),
        ("arsre", "arsredovisning"),
        ("ARSRE", "arsredovisning"),
        ("justerare", "justerare"),
        ("t2", "tertialrapport-2"),
        ("delår", "tertialrapport-2"),
        ("nns", "ombud"),
        ("gdpr", "dataskydd"),
        ("budget samr", "budget-samrad"),
        ("övr", "ovriga-fragor"),
        ("distans", "distansbeslut"),
        ("27 §", "uttrade"),
    ],
)
def test_a_few_letters_find_the_template(text: str, first: str) -> None:
    assert search_templates(TEMPLATES, text)[0].id == first


@pytest.mark.parametrize(
    ("month", "first"), [(5, "tertialrapport-1"), (10, "tertialrapport-2"), (0, "tertialrapport-1")]
)
def test_of_equal_hits_those_of_the_season_come_first(month: int, first: str) -> None:
    assert search_templates(TEMPLATES, "tertialr", month=month)[0].id == first


def test_every_word_must_be_there_and_nothing_finds_all() -> None:
    assert search_templates(TEMPLATES, "budget qqq") == ()
    assert search_templates(TEMPLATES, "  ") == TEMPLATES


def test_the_right_letters_go_before_the_ones_without_dots() -> None:
    with_dots, without = ItemTemplate(id="1", title="Mål"), ItemTemplate(id="2", title="Mal")
    assert [one.id for one in search_templates((without, with_dots), "mål")] == ["1", "2"]
    assert [one.id for one in search_templates((with_dots, without), "mal")] == ["2", "1"]


def test_the_title_goes_before_keywords_and_these_before_texts() -> None:
    shelf = (
        ItemTemplate(id="text", title="A", summary="Om arkiv."),
        ItemTemplate(id="nyckelord", title="B", keywords=("arkiv",)),
        ItemTemplate(id="inne", title="Om arkiv"),
        ItemTemplate(id="börjar", title="Arkiv"),
    )
    assert [one.id for one in search_templates(shelf, "arkiv")] == ["börjar", "inne", "nyckelord", "text"]


def test_marks_over_letters_are_folded() -> None:
    assert fold("Årsmöte, idé ÄÖ") == "arsmote, ide ao"


# -- proposals for the agenda -----------------------------------------------------------------------------


def proposed(one: Meeting, *others: Meeting) -> tuple[Suggestion, ...]:
    return suggestions(one, association(), (*others, one), TEMPLATES)


def keys(one: Meeting, *others: Meeting) -> list[str]:
    return [suggestion.key for suggestion in proposed(one, *others)]


def test_the_year_wheel_proposes_the_months_items_with_why() -> None:
    (report,) = [s for s in proposed(meeting()) if s.key == "year_wheel:tertialrapport-2"]
    assert report.why == "Årshjulet: september–oktober"
    assert report.item.title == "Tertialrapport 2, januari–augusti 2026"
    assert "year_wheel:tertialrapport-1" not in keys(meeting())


def test_a_lawful_last_day_goes_before_the_rest_of_the_wheel() -> None:
    wheel = [
        s
        for s in proposed(meeting(date=date(2026, 11, 26)))
        if s.reason in (Reason.DEADLINE, Reason.YEAR_WHEEL)
    ]
    assert wheel[0].key == "deadline:budget"
    assert wheel[0].why == "Årshjulet: november. Senast 30 november"


def test_what_is_on_this_agenda_or_another_this_season_is_not_proposed() -> None:
    report = decision_item("r", template_id="tertialrapport-2")
    key = "year_wheel:tertialrapport-2"
    assert key not in keys(meeting(report))
    assert key not in keys(meeting(), held(report, id="x", date=date(2026, 9, 17)))
    assert key in keys(meeting(), held(report, id="x", date=date(2025, 10, 30)))
    tabled = replace(report, decision=Decision(outcome=Outcome.TABLED))
    assert key in keys(meeting(), held(tabled, id="x", date=date(2026, 9, 17)))


def test_what_every_meeting_has_is_proposed_though_the_last_meeting_had_it() -> None:
    usual = AgendaItem(title="Förbundschefens rapport", template_id="chefens-rapport")
    key = "every_meeting:chefens-rapport"
    assert key in keys(meeting(), held(usual, id="x", date=date(2026, 9, 17)))
    assert key not in keys(meeting(usual))


def test_tabled_and_remitted_items_come_first_with_where_they_come_from() -> None:
    tabled = decision_item(
        "t", title="Ny hemsida", decision=Decision(outcome=Outcome.TABLED), attachments=(attachment(),)
    )
    remitted = decision_item("å", title="Avtal", decision=Decision(outcome=Outcome.REMITTED, reason="pris"))
    before = held(tabled, remitted, id="förra", date=date(2026, 9, 17), first_paragraph=49)
    first, second = proposed(meeting(), before)[:2]
    assert (first.reason, first.why) == (Reason.TABLED, "Bordlagt den 17\u00a0september 2026, §\u00a050")
    assert (second.reason, second.why) == (
        Reason.REMITTED,
        "Återremitterat den 17\u00a0september 2026, §\u00a051",
    )
    assert first.item.origin == first.why
    assert first.item.decision == Decision()
    assert first.item.proposal == tabled.proposal


def test_a_tabled_item_that_is_on_the_agenda_is_not_proposed_again() -> None:
    tabled = decision_item("t", title="Ny hemsida", decision=Decision(outcome=Outcome.TABLED))
    before = held(tabled, id="förra", date=date(2026, 9, 17))
    assert not [
        key for key in keys(meeting(AgendaItem(title="Ny hemsida")), before) if key.startswith("tabled")
    ]


def test_an_item_of_a_later_meeting_is_not_left_over() -> None:
    tabled = decision_item("t", title="Ny hemsida", decision=Decision(outcome=Outcome.TABLED))
    after = held(tabled, id="efter", date=date(2026, 12, 1))
    assert not [key for key in keys(meeting(), after) if key.startswith("tabled")]


def test_the_previous_minutes_are_proposed_once() -> None:
    before = held(id="förra", date=date(2026, 9, 17))
    (suggestion,) = [s for s in proposed(meeting(), before) if s.reason is Reason.PREVIOUS_MINUTES]
    assert suggestion.why == "Protokollet från den 17\u00a0september 2026, §§\u00a01–2"
    on_it = AgendaItem(title="Föregående protokoll", template_id="foregaende-protokoll")
    assert "previous_minutes:förra" not in keys(meeting(on_it), before)
    assert "previous_minutes:förra" not in keys(meeting(), meeting(id="förra", date=date(2026, 9, 17)))


def test_an_item_that_comes_up_again_has_new_identities_and_nothing_of_the_decision() -> None:
    old = decided_item(
        "7",
        attachments=(attachment(),),
        minutes_text="Det sades.",
        sub_items=(decided_item("7A", minutes_text="x"),),
    )
    new = continued(old, origin="Bordlagt")
    assert new.id != old.id
    assert new.sub_items[0].id != "7A"
    assert new.attachments[0].id != old.attachments[0].id
    assert new.attachments[0].sha256 == old.attachments[0].sha256
    assert (new.minutes_text, new.sub_items[0].minutes_text) == ("", "")
    assert (new.decision, new.sub_items[0].decision) == (Decision(), Decision())


def test_the_previous_meeting_is_the_last_before() -> None:
    meetings = tuple(meeting(id=str(day), date=day) for day in (date(2026, 9, 1), date(2026, 9, 17), DAY))
    found = previous_meeting(meetings[2], meetings)
    assert found is not None
    assert found.date == date(2026, 9, 17)
    assert previous_meeting(meetings[0], meetings) is None


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ((), ""),
        ((11,), "november"),
        ((10, 9), "september–oktober"),
        ((4, 9), "april och september"),
        ((1, 3, 5), "januari, mars och maj"),
    ],
)
def test_months_in_words(months: tuple[int, ...], words: str) -> None:
    assert month_range(months) == words
