"""What one unit recorded doesn't reach another, by whatever way; nor does it outlive its case in the audit trail."""

import json
import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.signals import pre_save
from django.urls import reverse

from incidents import actions
from incidents.models import EarlierText, Incident
from members.infrastructure.audit import AuditEntry
from tests.incidents.test_recording import edit_url, typed
from tests.support.factories import NOW, IncidentFactory, RoundFactory, category

SECRET = "Chuyện kín ở nhà văn hóa"
LIST = reverse("incidents:incident-list")


@pytest.fixture
def secret(unit, cluster):
    return IncidentFactory(unit=unit, narrative=SECRET, place="Xóm Kín", handling="Xử lý kín")


def tells(text):
    return "kín" in text.lower()


@pytest.mark.parametrize("query", ["", "?q=kin", "?q=chuyen", "?sort=unit", "?page=2", "?unit=1", "?state=reported"])
@pytest.mark.parametrize("place", ["list", "export-csv", "export-xlsx", "insight"])
def test_no_list_export_or_chart_of_another_unit_tells_it(as_user, other_liaison, secret, place, query):
    response = as_user(other_liaison).get(reverse(f"incidents:incident-{place}") + query)
    content = b"".join(response) if response.streaming else response.content
    text = content.decode(errors="ignore")
    assert not tells(text)
    assert "05/03/2022" not in text


def test_another_unit_recording_the_same_is_not_told_of_it(as_user, other_liaison, secret):
    response = as_user(other_liaison).post(reverse("incidents:incident-create"), typed(narrative=SECRET))
    assert response.status_code == 302
    assert Incident.objects.count() == 2


def test_another_unit_importing_the_same_is_not_told_of_it(as_user, other_liaison, other_unit, unit, secret):
    head = "unit,category,happened_on,narrative"
    client, url = as_user(other_liaison), reverse("incidents:incident-import")
    own = SimpleUploadedFile("a.csv", f"{head}\n{other_unit.name},Trộm cắp tài sản,05/03/2022,{SECRET}\n".encode())
    client.post(url, {"file": own})
    assert client.get(reverse("incidents:incident-import-preview")).context["asked_count"] == 0
    there, nowhere = (
        SimpleUploadedFile("a.csv", f"{head}\n{name},chay-no,05/03/2022,x\n".encode()) for name in (unit.name, "Xã Bịa")
    )
    answers = [client.post(url, {"file": file}).context["faults"] for file in (there, nowhere)]
    faults = [[(fault.row, fault.column, fault.message) for fault in answer] for answer in answers]
    assert faults[0] == faults[1]


def test_another_units_report_form_does_not_name_it(as_user, other_liaison, other_unit, secret):
    opened = RoundFactory()
    url = reverse("reports:submission-submit", args=[opened.period, other_unit.pk])
    assert not tells(as_user(other_liaison).post(url, {"revision": "0"}).text)


@pytest.mark.parametrize("act", ["edit", "remove", "note"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_act_on_it_answers_to_another_unit(as_user, other_liaison, secret, act, method):
    url = reverse(f"incidents:incident-{act}", args=[secret.pk])
    response = getattr(as_user(other_liaison), method)(url)
    assert response.status_code in (403, 404, 405)
    assert not tells(response.text)


def test_the_audit_page_tells_that_it_changed_and_not_what_it_says(as_user, liaison, secretariat, secret):
    values = {"narrative": f"{SECRET}, nói lại", "place": "Xóm Kín Hơn"}
    actions.change_incident(incident=secret, values=values, revision=1, by=liaison, now=NOW)
    assert not tells(as_user(secretariat).get(reverse("members:audit-list")).text)
    assert not tells(json.dumps(list(AuditEntry.objects.values("changes", "target_label")), ensure_ascii=False))


def test_a_case_moved_to_another_unit_leaves_no_wording_with_the_first(
    as_user, liaison, secretariat, other_unit, secret
):
    values = {"unit": other_unit, "narrative": "Viết lại"}
    actions.change_incident(incident=secret, values=values, revision=1, by=secretariat, now=NOW)
    assert as_user(liaison).get(secret.get_absolute_url()).status_code == 404
    assert not tells(as_user(liaison).get(reverse("members:audit-list")).text)


def test_a_unit_no_longer_concerned_no_longer_reads_it(as_user, other_liaison, liaison, other_unit, secret):
    secret.further_units.add(other_unit)
    assert tells(as_user(other_liaison).get(secret.get_absolute_url()).text)
    actions.change_incident(incident=secret, values={"further_units": []}, revision=1, by=liaison, now=NOW)
    assert as_user(other_liaison).get(secret.get_absolute_url()).status_code == 404


def test_a_failure_while_recording_writes_nothing_of_it_into_the_log(as_user, liaison, cluster, caplog):
    def fail(**_kwargs):
        raise RuntimeError("broken")

    pre_save.connect(fail, sender=Incident)
    client = as_user(liaison)
    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        response = client.post(reverse("incidents:incident-create"), typed(narrative=SECRET))
    pre_save.disconnect(fail, sender=Incident)
    assert response.status_code == 500
    assert not tells(response.text + caplog.text)


def test_a_case_recorded_by_mistake_is_removed_with_all_its_wordings(as_user, secretariat, liaison, secret):
    actions.change_incident(incident=secret, values={"narrative": "Khác"}, revision=1, by=liaison, now=NOW)
    as_user(secretariat).post(reverse("incidents:incident-remove", args=[secret.pk]), {"reason": "Ghi hai lần"})
    assert (Incident.objects.count(), EarlierText.objects.count()) == (0, 0)
    assert AuditEntry.objects.get(verb="incident.removed").changes == {"reason": [None, "Ghi hai lần"]}


def test_the_reason_of_a_removal_holds_no_telling_number(as_user, secretariat, secret):
    url = reverse("incidents:incident-remove", args=[secret.pk])
    response = as_user(secretariat).post(url, {"reason": "Nhầm người, CCCD 001085012345"})
    assert "reason" in response.context["form"].errors
    assert Incident.objects.exists()


def test_a_category_out_of_use_stays_with_its_cases_and_takes_no_new_ones(as_user, liaison, secret):
    stale = category()
    stale.is_active = False
    stale.save()
    assert as_user(liaison).post(edit_url(secret), typed(narrative="Khác", revision=1)).status_code == 302
    response = as_user(liaison).post(reverse("incidents:incident-create"), typed(happened_on="2022-01-01"))
    assert "category" in response.context["form"].errors
