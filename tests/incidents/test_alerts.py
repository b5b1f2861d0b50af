"""A grave case is put before the secretariat and the chair at once; no mail tells what happened."""

import datetime as dt
import logging
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from incidents import actions
from incidents.alerts import is_news
from incidents.models import Alert, Incident
from members.infrastructure.audit import AuditEntry
from members.models import Letter
from tests.incidents.test_recording import edit_url, typed
from tests.support.factories import NOW, IncidentFactory, UserFactory
from tests.support.worker import work

NEW = reverse("incidents:incident-create")
HOME = reverse("reports:home")
GRAVE = {"severity": "3", "narrative": "Chuyện kín", "place": "Thôn Kín"}

pytestmark = pytest.mark.usefixtures("cluster")


@pytest.fixture
def post_new(as_user, liaison):
    def post(**fields):
        return as_user(liaison).post(NEW, typed(**fields))

    return post


def told():
    return set(Alert.objects.values_list("recipient__role", flat=True))


@pytest.mark.parametrize(
    ("severity", "roles"), [("2", set()), ("3", {"secretariat", "chair"}), ("4", {"secretariat", "chair"})]
)
def test_secretariat_and_chair_are_told_of_grave_cases_only(post_new, secretariat, chair, severity, roles):
    post_new(**{**GRAVE, "severity": severity})
    assert told() == roles


def test_each_of_them_gets_a_mail_of_their_own_that_tells_nothing(post_new, secretariat, chair, unit, mailoutbox):
    UserFactory(email="nghi@example.vn", is_active=False)
    post_new(**GRAVE)
    work()
    assert [mail.to for mail in mailoutbox] == [[chair.email], [secretariat.email]]
    for mail in mailoutbox:
        text = f"{mail.subject} {mail.body}"
        assert f"http://testserver{Incident.objects.get().get_absolute_url()}" in text
        for detail in ("Kín", "kín", unit.name, unit.short_name, "Trộm cắp", "05/03/2022"):
            assert detail not in text


def test_a_mail_server_that_fails_loses_neither_the_case_nor_the_alert(post_new, chair, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with caplog.at_level(logging.ERROR):
        assert post_new(**GRAVE).status_code == 302
        work()
    assert (Incident.objects.count(), told()) == (1, {"chair"})
    assert "kín" not in caplog.text.lower()
    assert Letter.objects.get().state == "waiting"


def test_a_case_that_turns_out_graver_is_told_of(as_user, liaison, chair, unit):
    incident = IncidentFactory(unit=unit, severity=1)
    as_user(liaison).post(edit_url(incident), typed(severity="4", revision=1))
    assert told() == {"chair"}


def test_a_change_that_makes_nothing_graver_is_not_told_of(as_user, liaison, chair, unit):
    incident = IncidentFactory(unit=unit, severity=4)
    as_user(liaison).post(edit_url(incident), typed(severity="3", revision=1))
    assert told() == set()


def test_who_records_a_grave_case_is_not_told_of_it(secretariat, chair, unit):
    values = {"unit": unit, "category": IncidentFactory().category, "happened_on": NOW.date(), "narrative": "x"}
    actions.record_incident(values={**values, "severity": 3}, by=secretariat, now=NOW)
    assert told() == {"chair"}


@pytest.mark.parametrize("role", ["secretariat", "chair"])
def test_the_home_page_shows_it_until_it_is_taken_note_of(request, as_user, liaison, unit, role):
    person = request.getfixturevalue(role)
    incident = IncidentFactory(unit=unit, severity=3)
    Alert.objects.create(incident=incident, recipient=person, raised_at=NOW)
    client = as_user(person)
    assert incident.get_absolute_url() in client.get(HOME).text
    client.post(reverse("incidents:incident-note", args=[incident.pk]))
    assert incident.get_absolute_url() not in client.get(HOME).text


def test_one_person_does_not_take_note_for_another(as_user, secretariat, chair):
    alert = Alert.objects.create(incident=IncidentFactory(severity=3), recipient=chair, raised_at=NOW)
    url = reverse("incidents:incident-note", args=[alert.incident_id])
    assert as_user(secretariat).post(url).status_code == 404


@pytest.mark.parametrize(("day", "roles"), [("today", {"chair"}), ("2012-01-05", set())])
def test_of_imported_grave_cases_only_the_recent_are_news(as_user, secretariat, chair, unit, day, roles):
    day = timezone.localdate().isoformat() if day == "today" else day
    table = f"unit,category,happened_on,narrative,severity\n{unit.name},chay-no,{day},Cháy,3\n"
    client = as_user(secretariat)
    client.post(reverse("incidents:incident-import"), {"file": SimpleUploadedFile("a.csv", table.encode())})
    client.post(reverse("incidents:incident-import-confirm"))
    assert (Incident.objects.count(), told()) == (1, roles)


def bell(response):
    """What the bell in the bar says, and where it leads; None without one."""
    part = re.search(r'<a class="nav-link bell" href="([^"]+)">(.*?)</a>', response.text, re.DOTALL)
    return part and (" ".join(re.sub(r"<[^>]+>", " ", part[2]).split()), part[1])


def about_alerts(asked):
    return [query["sql"] for query in asked if "incidents_alert" in query["sql"]]


@pytest.mark.parametrize("role", ["secretariat", "chair"])
@pytest.mark.parametrize(("number", "told"), [(0, "Không có"), (1, "1 Có 1"), (3, "3 Có 3")])
def test_the_bell_on_every_page_counts_what_the_reader_has_not_noted(request, as_user, liaison, role, number, told):
    person = request.getfixturevalue(role)
    for _case in range(number):
        Alert.objects.create(incident=IncidentFactory(severity=3), recipient=person, raised_at=NOW)
    Alert.objects.create(incident=IncidentFactory(severity=3), recipient=person, raised_at=NOW, noted_at=NOW)
    Alert.objects.create(incident=IncidentFactory(severity=3), recipient=UserFactory(), raised_at=NOW)
    client = as_user(person)
    with CaptureQueriesContext(connection) as asked:
        says, leads_to = bell(client.get(reverse("members:unit-list")))
    assert len(about_alerts(asked)) == 1
    assert says == f"{told} vụ việc rất nghiêm trọng chưa xem"
    assert leads_to == reverse("incidents:incident-list") + ("#alerts" if number else "")


def test_a_liaison_has_no_bell_and_nothing_is_counted(as_user, liaison):
    IncidentFactory(unit=liaison.unit, severity=4)
    client = as_user(liaison)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(reverse("members:unit-detail", args=[liaison.unit_id]))
    assert bell(answer) is None
    assert about_alerts(asked) == []


def test_a_page_before_sign_in_has_no_bell(client):
    assert bell(client.get(reverse("account_login"))) is None


def test_a_second_click_on_taking_note_is_no_fault(as_user, chair):
    incident = IncidentFactory(severity=3)
    Alert.objects.create(incident=incident, recipient=chair, raised_at=NOW)
    client, url = as_user(chair), reverse("incidents:incident-note", args=[incident.pk])
    assert [client.post(url).url, client.post(url).url] == [incident.get_absolute_url()] * 2
    assert AuditEntry.objects.filter(verb="incident.alert_noted").count() == 1


@pytest.mark.parametrize(("at", "news"), [("2022-07-04T23:30+07:00", True), ("2022-07-05T00:30+07:00", False)])
def test_what_is_news_is_counted_in_days_of_where_the_portal_stands(at, news):
    """At half past midnight in Hà Nội it is still the day before in UTC."""
    case = Incident(happened_on=dt.date(2022, 6, 4))
    for now in (dt.datetime.fromisoformat(at), dt.datetime.fromisoformat(at).astimezone(dt.UTC)):
        assert is_news(case, now=now) is news
