"""Two people who create the same thing in the same instant: one does, the other is told."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from cluster_portal.periods import Period
from incidents.actions import record_incident
from incidents.models import Incident
from members.actions import create_person, create_unit, hand_over_lead, set_up_cluster
from members.infrastructure.collisions import refuse_twin
from members.models import Cluster, LeadTerm, Unit, User
from reports.models import Indicator, ReportingRound, Submission
from reports.submissions.actions import add_to_catalogue, open_round, save_typed
from tests.incidents.test_recording import typed
from tests.incidents.test_tables import good_rows, upload
from tests.reports.submissions.test_form import whole_report
from tests.support.at_once import at_once, before_it_is_stored
from tests.support.factories import NOW, UnitFactory, UserFactory, category
from tests.support.reporting import the_round

TOLD = "Người khác vừa nhập nội dung này."
UNIT = {"name": "Xã Mới", "short_name": "Mới", "kind": "commune", "joined_on": dt.date(2020, 1, 1)}
PERSON = {"email": "moi@example.vn", "full_name": "Người Mới", "role": "chair"}
DUE_ON = timezone.localdate() + dt.timedelta(days=30)
ROUND = {"starts_on": dt.date(2022, 1, 1), "ends_on": dt.date(2022, 6, 30), "due_on": DUE_ON}
ENTRY = {"name": "Buổi họp", "noun": "buổi", "order": 1, "polarity": "more", "is_active": True}


def create(model):
    """Somebody else creates one of these."""
    return {
        Unit: lambda: create_unit(values=UNIT, by=None, now=NOW),
        User: lambda: create_person(values=PERSON, by=None, now=NOW),
        ReportingRound: lambda: open_round(period=Period(2022, 1), **ROUND, by=None, now=NOW),
        Indicator: lambda: add_to_catalogue(model=Indicator, values={**ENTRY, "code": "hop"}, by=None, now=NOW),
        Cluster: lambda: set_up_cluster(values={"name": "Cụm", "short_name": "Cụm"}, by=None, now=NOW),
    }[model]


FORMS = {
    Unit: (reverse("members:unit-create"), {**UNIT, "order": 1}, "name"),
    User: (reverse("members:person-invite"), PERSON, "email"),
    ReportingRound: (reverse("reports:round-open"), {**ROUND, "period": "2022-H1"}, "period"),
    Indicator: (reverse("reports:catalogue-add", args=["indicators"]), ENTRY, "name"),
}


@pytest.mark.parametrize("model", FORMS, ids=lambda model: model.__name__)
def test_the_second_is_told_beside_the_field_and_keeps_what_was_typed(model, transactional_db, as_user):
    url, form, field = FORMS[model]
    client = as_user(UserFactory())
    known = model.objects.count()

    answer = before_it_is_stored(create(model), lambda: client.post(url, form))

    assert TOLD in str(answer.context["form"].errors[field])
    assert f'value="{answer.context["form"][field].value()}"' in answer.text
    assert model.objects.count() == known + 1


def test_a_name_somebody_else_takes_in_that_instant_can_not_be_given(transactional_db, as_user):
    unit = UnitFactory()
    client = as_user(UserFactory())
    form = {**UNIT, "short_name": "Khác", "order": 1, "revision": 1}

    answer = before_it_is_stored(create(Unit), lambda: client.post(reverse("members:unit-edit", args=[unit.pk]), form))

    assert list(answer.context["form"].errors) == ["name"]


def test_one_role_has_one_open_term_even_before_the_cluster_is_set_up(transactional_db):
    first, second = UnitFactory.create_batch(2)
    start = dt.date(2022, 1, 1)

    refused = at_once(
        *(
            lambda unit=unit: hand_over_lead(unit=unit, role="lead", starts_on=start, by=None, now=NOW)
            for unit in (first, second)
        )
    )

    assert (sorted(refused), LeadTerm.objects.count()) == ([False, True], 1)


def test_who_sets_the_cluster_up_second_is_shown_what_the_first_typed(transactional_db, as_user):
    client = as_user(UserFactory())
    form = {"name": "Cụm Khác", "short_name": "Khác", "issuer_line": "CỤM", "place": "Sóc Sơn"}
    form |= {"cut_off_rule": "calendar", "signer_capacity": "CỤM TRƯỞNG"}

    answer = before_it_is_stored(create(Cluster), lambda: client.post(reverse("members:cluster-edit"), form))

    assert "Cụm" in str(answer.context["form"].errors["name"])
    assert Cluster.get().name == "Cụm"


def test_who_begins_a_report_second_is_shown_both(transactional_db, as_user):
    unit, opened = UnitFactory(), the_round("2022-H1")
    first, second = UserFactory.create_batch(2, role="liaison", unit=unit)
    client = as_user(second)
    url = reverse("reports:submission-save", args=[opened.period, unit.pk])

    answer = before_it_is_stored(
        lambda: save_typed(
            round_=opened, unit=unit, typed={"section__tasks": "Của người đầu."}, revision=0, by=first, now=NOW
        ),
        lambda: client.post(url, whole_report()),
    )

    draft = Submission.objects.get().typed
    assert answer.status_code == 409
    assert answer.context["form"].errors["section__tasks"] == ["Bản đã lưu: Của người đầu."]
    assert (draft["section__tasks"], draft["section__outreach"]) == ("Của người đầu.", "Có nội dung.")


def test_units_of_a_file_that_somebody_else_enters_are_named_in_the_preview(transactional_db, as_user):
    client = as_user(UserFactory())
    table = "name,short_name,kind,joined_on\nXã Mới,Mới,xã,01/01/2020\n".encode()
    client.post(reverse("members:unit-import"), {"file": SimpleUploadedFile("a.csv", table)})

    answer = before_it_is_stored(create(Unit), lambda: client.post(reverse("members:unit-import-confirm"), follow=True))

    assert {fault.column for fault in answer.context["faults"]} == {"name", "short_name"}


def test_figures_go_into_the_round_that_somebody_else_opens_in_that_instant(transactional_db, as_user):
    unit, client = UnitFactory(), as_user(UserFactory())
    table = f"unit,period,category,cases\n{unit.name},2022-H1,ma-tuy,3\n".encode()
    client.post(reverse("reports:figure-import"), {"file": SimpleUploadedFile("a.csv", table)})

    before_it_is_stored(create(ReportingRound), lambda: client.post(reverse("reports:figure-import-confirm")))

    assert Submission.objects.get().round == ReportingRound.objects.get()


def test_a_case_that_somebody_else_records_in_that_instant_is_asked_about(transactional_db, as_user):
    unit, _set_up = UnitFactory(), create(Cluster)()
    client = as_user(UserFactory(role="liaison", unit=unit))
    values = {"unit": unit, "category": category(), "happened_on": dt.date(2022, 3, 5), "narrative": "Mất xe đạp"}

    answer = before_it_is_stored(
        lambda: record_incident(values=values, seen=(), by=None, now=NOW),
        lambda: client.post(reverse("incidents:incident-create"), typed(unit=unit.pk)),
    )

    assert "Vừa có vụ việc tương tự được ghi" in str(answer.context["form"].non_field_errors())
    assert Incident.objects.count() == 1


def test_a_second_click_stores_no_file_of_cases_twice(transactional_db, as_user):
    unit, _set_up = UnitFactory(), create(Cluster)()
    client = as_user(UserFactory())
    upload(client, good_rows(unit, 3))
    confirm = reverse("incidents:incident-import-confirm")

    refused = at_once(lambda: client.post(confirm), lambda: client.post(confirm))

    assert (refused, Incident.objects.count()) == ([False, False], 3)


def test_what_is_broken_otherwise_stays_an_error(unit):
    unit.left_on = unit.joined_on
    with pytest.raises(IntegrityError), refuse_twin(unit):
        unit.save()
