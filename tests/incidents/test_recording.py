"""Recording a case and changing it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from incidents import actions
from incidents.models import Incident
from members.infrastructure.audit import WITHHELD, AuditEntry
from tests.support.factories import NOW, IncidentFactory, category

NEW = reverse("incidents:incident-create")


def typed(**fields):
    return {
        "category": category().pk,
        "happened_on": "2022-03-05",
        "place": "Thôn Mẫu",
        "narrative": "Mất xe đạp",
        "state": "reported",
        **fields,
    }


def edit_url(incident):
    return reverse("incidents:incident-edit", args=[incident.pk])


def test_a_liaison_records_a_case_of_their_own_unit(as_user, liaison, unit):
    as_user(liaison).post(NEW, typed())
    incident = Incident.objects.get()
    assert (incident.unit, incident.place, incident.recorded_by) == (unit, "Thôn Mẫu", liaison)


def test_a_liaison_cannot_record_for_another_unit(as_user, liaison, unit, other_unit):
    as_user(liaison).post(NEW, typed(unit=other_unit.pk))
    assert Incident.objects.get().unit == unit


def test_the_secretariat_names_the_unit_and_further_ones(as_user, secretariat, unit, other_unit):
    as_user(secretariat).post(NEW, typed(unit=unit.pk, further_units=[other_unit.pk]))
    incident = Incident.objects.get()
    assert (incident.unit, list(incident.further_units.all())) == (unit, [other_unit])


def test_the_unit_itself_is_no_further_unit(as_user, secretariat, unit):
    response = as_user(secretariat).post(NEW, typed(unit=unit.pk, further_units=[unit.pk]))
    assert "further_units" in response.context["form"].errors


def test_counts_left_empty_are_not_known_and_0_is_none(as_user, liaison):
    as_user(liaison).post(NEW, typed(deaths="0", damage="1.500.000"))
    incident = Incident.objects.get()
    assert (incident.deaths, incident.injuries, incident.damage) == (0, None, 1_500_000)


@pytest.mark.parametrize(("day", "sentence"), [("2999-01-01", "Ngày này chưa đến."), ("1999-12-31", "năm 2000")])
def test_an_impossible_day_is_told_beside_its_field_and_what_was_typed_stays(as_user, liaison, day, sentence):
    response = as_user(liaison).post(NEW, typed(happened_on=day, narrative="Mất gà"))
    assert sentence in str(response.context["form"].errors["happened_on"])
    assert "Mất gà" in response.text


def test_a_solved_case_counts_as_cleared_up_and_a_closed_one_has_its_day(liaison, unit):
    incident = IncidentFactory(unit=unit)
    actions.change_incident(incident=incident, values={"state": "solved"}, revision=1, by=liaison, now=NOW)
    values = {"state": "closed", "is_solved": True}
    actions.change_incident(incident=incident, values=values, revision=2, by=liaison, now=NOW)
    incident.refresh_from_db()
    assert (incident.is_solved, incident.closed_on) == (True, dt.date(2022, 7, 4))


def test_a_later_change_does_not_move_the_day_of_closing(liaison, unit):
    incident = IncidentFactory(unit=unit, state="closed", closed_on=dt.date(2022, 4, 1))
    values = {"state": "closed", "deaths": 1}
    actions.change_incident(incident=incident, values=values, revision=1, by=liaison, now=NOW)
    incident.refresh_from_db()
    assert incident.closed_on == dt.date(2022, 4, 1)


def test_the_earlier_wording_is_kept_beside_the_case_and_not_in_the_audit_trail(as_user, liaison, unit):
    incident = IncidentFactory(unit=unit, narrative="Mất trâu ở xóm Bí Mật")
    as_user(liaison).post(edit_url(incident), typed(narrative="Mất bò", revision=1))
    assert [text.narrative for text in incident.earlier_texts.all()] == ["Mất trâu ở xóm Bí Mật"]
    entry = AuditEntry.objects.get(verb="incident.changed")
    assert entry.changes["narrative"] == [WITHHELD, WITHHELD]
    assert "Bí Mật" not in f"{entry.changes}{entry.target_label}"


@pytest.mark.parametrize(
    "changed", [{"place": "Thôn Mới"}, {"handling": "Đã mời làm việc"}, {"place": "", "narrative": "Mất bò"}]
)
def test_whichever_text_is_changed_the_earlier_one_is_kept_whole(liaison, unit, changed):
    before = {"narrative": "Mất trâu", "handling": "Đang xác minh", "place": "Thôn Cũ"}
    incident = IncidentFactory(unit=unit, **before)
    actions.change_incident(incident=incident, values=changed, revision=1, by=liaison, now=NOW)
    kept = incident.earlier_texts.get()
    assert {name: getattr(kept, name) for name in before} == before


def test_the_earlier_place_is_shown(as_user, liaison, unit):
    incident = IncidentFactory(unit=unit, place="Thôn Cũ Xưa")
    actions.change_incident(incident=incident, values={"place": "Thôn Mới"}, revision=1, by=liaison, now=NOW)
    assert "Thôn Cũ Xưa" in as_user(liaison).get(incident.get_absolute_url()).text


def test_a_change_of_figures_keeps_no_text(liaison, unit):
    incident = IncidentFactory(unit=unit)
    actions.change_incident(incident=incident, values={"deaths": 1}, revision=1, by=liaison, now=NOW)
    assert not incident.earlier_texts.exists()


def test_what_a_change_says_is_found_from_then_on(liaison, unit):
    incident = IncidentFactory(unit=unit, narrative="Mất trâu")
    actions.change_incident(incident=incident, values={"narrative": "Mất bò"}, revision=1, by=liaison, now=NOW)
    assert list(Incident.objects.with_words("mat bo")) == [incident]
    assert not Incident.objects.with_words("trau").exists()


def test_two_people_never_overwrite_each_other_silently(as_user, liaison, secretariat, unit):
    incident = IncidentFactory(unit=unit, narrative="Mất trâu")
    values = {"narrative": "Mất hai con trâu"}
    actions.change_incident(incident=incident, values=values, revision=1, by=secretariat, now=NOW)
    response = as_user(liaison).post(edit_url(incident), typed(narrative="Mất bò", revision=1))
    incident.refresh_from_db()
    assert incident.narrative == "Mất hai con trâu"
    assert "Mất hai con trâu" in response.text
    assert "Mất bò" in response.text


def test_a_unit_further_concerned_reads_the_case_and_does_not_change_it(as_user, other_liaison, unit, other_unit):
    incident = IncidentFactory(unit=unit)
    incident.further_units.add(other_unit)
    assert as_user(other_liaison).get(incident.get_absolute_url()).status_code == 200
    assert as_user(other_liaison).get(edit_url(incident)).status_code == 404


def test_another_units_case_is_not_there(as_user, other_liaison, unit):
    incident = IncidentFactory(unit=unit)
    assert as_user(other_liaison).get(incident.get_absolute_url()).status_code == 404
    assert as_user(other_liaison).get(edit_url(incident)).status_code == 404


def test_the_chair_reads_and_records_nothing(as_user, chair, unit):
    incident = IncidentFactory(unit=unit)
    assert as_user(chair).get(incident.get_absolute_url()).status_code == 200
    assert as_user(chair).get(NEW).status_code == 403
    assert as_user(chair).get(edit_url(incident)).status_code == 403


@pytest.mark.parametrize(
    "broken",
    [{"state": "closed"}, {"state": "solved"}, {"narrative": ""}, {"text_removed_on": dt.date(2022, 1, 1)}],
    ids=["closed without its day", "solved and not cleared up", "not described", "removed text still there"],
)
def test_the_database_refuses_a_contradictory_case(unit, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        IncidentFactory(unit=unit, **broken)
