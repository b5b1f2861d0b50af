"""The description of a closed case is removed after a set time; its counts stay."""

import datetime as dt

import pytest
from django.core.management import call_command

from incidents import actions
from incidents.models import EarlierText, Incident
from incidents.retention import months_before, remove_old_texts
from members.infrastructure.audit import AuditEntry
from tests.support.factories import NOW, IncidentFactory

LONG_AGO = dt.date(2020, 7, 4)


def closed(day=LONG_AGO, **fields):
    return IncidentFactory(state="closed", closed_on=day, narrative="Chuyện kín", handling="Việc kín", **fields)


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [("2022-07-04", 24, "2020-07-04"), ("2022-03-31", 1, "2022-02-28"), ("2022-01-15", 1, "2021-12-15")],
)
def test_months_are_counted_back_by_the_calendar(day, months, earlier):
    assert months_before(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(earlier)


def test_the_text_goes_and_the_counts_stay(db):
    incident = closed(deaths=1, place="Thôn Mẫu")
    assert remove_old_texts(months=24, now=NOW) == 1
    incident.refresh_from_db()
    assert (incident.narrative, incident.handling, incident.search_text) == ("", "", "thon mau")
    assert (incident.deaths, incident.text_removed_on) == (1, dt.date(2022, 7, 4))
    assert not Incident.objects.with_words("kin").exists()


def test_earlier_wordings_go_as_well_and_the_audit_trail_never_held_them(secretariat):
    incident = closed()
    actions.change_incident(
        incident=incident, values={"narrative": "Kín hơn", "state": "closed"}, revision=1, by=secretariat, now=NOW
    )
    remove_old_texts(months=24, now=NOW)
    assert not EarlierText.objects.exists()
    assert "kín" not in str(list(AuditEntry.objects.values_list("changes", "target_label"))).lower()


def test_each_removal_is_audited_and_happens_once(db):
    incident = closed()
    remove_old_texts(months=24, now=NOW)
    assert remove_old_texts(months=24, now=NOW) == 0
    entry = AuditEntry.objects.get(verb="incident.text_removed")
    assert (entry.target_id, entry.actor, entry.unit_id) == (incident.pk, None, incident.unit_id)


@pytest.mark.parametrize("fields", [{"state": "handling", "closed_on": None}, {"closed_on": dt.date(2020, 7, 5)}])
def test_open_and_recently_closed_cases_keep_their_text(db, fields):
    incident = closed()
    Incident.objects.filter(pk=incident.pk).update(**fields)
    assert remove_old_texts(months=24, now=NOW) == 0


def test_the_command_removes_after_the_months_that_are_set(db, settings, capsys):
    settings.INCIDENT_TEXT_MONTHS = 1
    incident = closed()
    call_command("remove_old_descriptions", "--dry-run")
    incident.refresh_from_db()
    assert incident.narrative
    call_command("remove_old_descriptions")
    incident.refresh_from_db()
    assert not incident.narrative
    assert capsys.readouterr().out == "1 descriptions are due for removal.\n1 descriptions removed.\n"


def test_a_case_without_its_text_can_still_be_changed(as_user, secretariat):
    incident = closed()
    remove_old_texts(months=24, now=NOW)
    page = as_user(secretariat).get(f"{incident.get_absolute_url()}edit/")
    assert "narrative" not in page.context["form"].fields
    values = {"state": "handling", "deaths": 2}
    actions.change_incident(incident=incident, values=values, revision=2, by=secretariat, now=NOW)
    incident.refresh_from_db()
    assert (incident.state, incident.narrative) == ("handling", "")
