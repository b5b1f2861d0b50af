import datetime as dt

import pytest
from django import forms
from django.urls import reverse
from django.utils.translation import override

from cluster_portal.fields import DayField, DayInput, HourField, HourInput
from incidents.filters import IncidentFilter
from incidents.models import Incident
from meetings.forms.contributions import AwardForm
from meetings.forms.planning import MeetingForm
from meetings.forms.recording import TaskForm
from reports.submissions.forms.rounds import RoundForm
from tests.support.factories import IncidentFactory, category

THIRD_OF_APRIL = dt.date(2022, 4, 3)


@pytest.mark.parametrize(
    "typed",
    [
        "2025-07-01", "01/07/2025", "1/7/2025", "01.07.2025", "01-07-25", "1-7-2025", "01/7/25", " 1 / 7 / 2025 ",
        "ngày 01 tháng 7 năm 2025", "01/07/2025\u200b",
    ],
)  # fmt: skip
def test_a_day_is_read_in_vietnamese_order(typed):
    assert DayField().clean(typed) == dt.date(2025, 7, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "31/02/2025", "07/13/2025", "hôm qua", "0001-01-01", "9999-12-31", "1/1/0001", "1/1/1899", "01/07/3000",
        "0/0/0", "1/7", "1/7/2025/1", "٠١/٠٧/٢٠٢٥", "9" * 5000, "1/7/2025\x007",
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        DayField().clean(typed)


@pytest.mark.parametrize(
    "typed", ["14:30", "14h30", "14.30", "14g30", "14 giờ 30", "14 giờ 30 phút", "14:30:00", "1430"]
)
def test_an_hour_is_read_as_people_write_it(typed):
    assert HourField().clean(typed) == dt.time(14, 30)


def test_a_full_hour_needs_no_minutes():
    assert HourField().clean("8h") == HourField().clean("08 giờ") == HourField().clean("800") == dt.time(8)


@pytest.mark.parametrize("typed", ["24:00", "14h60", "2 giờ chiều", "1460", "14300", "-1:00", "9" * 5000])
def test_what_is_no_hour_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        HourField().clean(typed)


def test_a_day_and_an_hour_are_shown_alike_on_every_machine_or_as_they_were_typed():
    assert 'type="text" name="d" value="03/04/2022"' in DayInput().render("d", "2022-04-03")
    assert 'type="text" name="d" value="03/04/2022"' in DayInput().render("d", "3.4.22")
    assert 'type="text" name="d" value="03/04/2022"' in DayInput().render("d", THIRD_OF_APRIL)
    assert 'type="text" name="d" value="31/02/2022"' in DayInput().render("d", "31/02/2022")
    assert 'type="text" name="h" value="14:30"' in HourInput().render("h", "14h30")
    assert 'type="text" name="h" value="2 giờ chiều"' in HourInput().render("h", "2 giờ chiều")


@pytest.mark.parametrize("typed", ["03042022", "3042022", "20220403", "99999999", "٠٣٠٤٢٠٢٢"])
def test_eight_digits_are_a_day_before_a_month(typed):
    """On a telephone's keys for numbers there is no stroke."""
    if typed == "03042022":
        assert DayField().clean(typed) == THIRD_OF_APRIL
    else:
        with pytest.raises(forms.ValidationError):
            DayField().clean(typed)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("form", "name"),
    [
        (AwardForm, "decision_on"),
        (MeetingForm, "held_on"),
        (TaskForm, "due_on"),
        (RoundForm, "due_on"),
        (RoundForm, "starts_on"),
    ],
)
def test_every_form_reads_the_third_of_april(language, form, name):
    with override(language):
        assert form.base_fields[name].clean("03/04/2022") == THIRD_OF_APRIL


def test_a_case_of_the_third_of_april_is_stored_and_found_by_it(as_user, liaison, cluster):
    client = as_user(liaison)
    client.post(
        reverse("incidents:incident-create"),
        {
            "category": category().pk,
            "happened_on": "03/04/2022",
            "happened_at": "14h30",
            "narrative": "Mất xe đạp.",
            "state": "reported",
        },
    )
    stored = Incident.objects.get()
    assert (stored.happened_on, stored.happened_at) == (THIRD_OF_APRIL, dt.time(14, 30))

    page = client.get(reverse("incidents:incident-list"), {"first_day": "3/4/2022", "last_day": "03.04.22"})
    assert [case.pk for case in page.context["page"]] == [stored.pk]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "31/02/2022"])
def test_an_impossible_day_of_a_filter_is_a_sentence(as_user, secretariat, cluster, day):
    IncidentFactory()
    client = as_user(secretariat)
    for url, names in (
        ("incidents:incident-list", ["first_day", "last_day"]),
        ("incidents:incident-insight", ["period"]),
        ("members:audit-list", ["since", "until"]),
    ):
        for name in names:
            assert client.get(reverse(url), {name: day}).status_code == 200


@pytest.mark.usefixtures("_empty_pdfs")
def test_a_period_at_the_edge_is_shown(as_user, secretariat, cluster):
    client = as_user(secretariat)
    for period in ("1975-H1", "1975", "2999-H2", "2999"):
        for url in ("incidents:incident-list", "incidents:incident-insight", "reports:comparison-list"):
            assert client.get(reverse(url), {"period": period}).status_code == 200
        for url in (
            "reports:comparison-detail",
            "reports:comparison-json",
            "reports:comparison-pdf",
            "reports:figure-list",
        ):
            assert client.get(reverse(url, args=[period])).status_code in (200, 404)
        assert client.get(reverse("reports:trend-detail"), {"until": period}).status_code in (200, 404)


def test_the_filter_reads_days_by_the_same_field():
    assert isinstance(IncidentFilter.base_filters["first_day"].field, DayField)
