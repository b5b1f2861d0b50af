"""Every day somebody types has sane bounds: the year 2999 and the year 1900 are slips, told beside the field."""

import datetime as dt
import importlib
import pkgutil

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django_filters import FilterSet

from cluster_portal.fields import DayField, PastDayField, PlannedDayField, SoughtDayField

HOUSE = ("cluster_portal", "members", "meetings", "incidents", "reports")

#: Each day that is typed, by its form, with what kind of day it is.
TYPED = {
    "incidents.filters.IncidentFilter.first_day": SoughtDayField,
    "incidents.filters.IncidentFilter.last_day": SoughtDayField,
    "incidents.forms.recording.IncidentForm.happened_on": PastDayField,
    "meetings.forms.contributions.AwardForm.decision_on": PastDayField,
    "meetings.forms.planning.MeetingForm.held_on": PlannedDayField,
    "meetings.forms.recording.TaskForm.due_on": DayField,
    "members.forms.audit.AuditFilter.since": SoughtDayField,
    "members.forms.audit.AuditFilter.until": SoughtDayField,
    "members.forms.cluster.LetterheadForm.starts_on": PlannedDayField,
    "members.forms.handing_over.HandoverForm.on": PlannedDayField,
    "members.forms.lead_terms.EndTermForm.ends_on": DayField,
    "members.forms.lead_terms.HandOverForm.ends_on": DayField,
    "members.forms.lead_terms.HandOverForm.starts_on": PlannedDayField,
    "members.forms.merging.MergerForm.on": PlannedDayField,
    "members.forms.units.SuccessionForm.on": PlannedDayField,
    "members.forms.units.UnitForm.joined_on": PlannedDayField,
    "members.forms.units.UnitForm.left_on": PlannedDayField,
    "reports.documents.forms.approvals.DeputyForm.ends_on": PlannedDayField,
    "reports.documents.forms.approvals.DeputyForm.starts_on": PlannedDayField,
    "reports.documents.forms.documents.IssueForm.issued_on": PastDayField,
    "reports.library.forms.LibraryForm.issued_on": PastDayField,
    "reports.library.forms.LibraryForm.valid_from": DayField,
    "reports.library.forms.LibraryForm.valid_until": DayField,
    "reports.submissions.forms.rounds.DueDateForm.due_on": DayField,
    "reports.submissions.forms.rounds.ExtensionForm.due_on": DayField,
    "reports.submissions.forms.rounds.RoundForm.due_on": DayField,
    "reports.submissions.forms.rounds.RoundForm.ends_on": DayField,
    "reports.submissions.forms.rounds.RoundForm.starts_on": DayField,
}
KEPT = sorted(name for name, kind in TYPED.items() if kind is not SoughtDayField)
#: What is stored of the day on which something was done, which nobody types.
SET_BY_AN_ACT = {
    "incidents.Incident.closed_on",
    "incidents.Incident.text_removed_on",
    "meetings.Announcement.held_on",
    "meetings.Meeting.invitation_date",
    "reports.IssuedDocument.issued_on",
    "reports.NumberSeries.last_issued_on",
}
#: What is typed in a form that isn't its model's own.
TYPED_ELSEWHERE = {
    "members.AccountChange.on",
    "members.Handover.on",
    "members.LeadTerm.ends_on",
    "members.LeadTerm.starts_on",
    "members.UnitMerger.on",
    "members.UnitSuccession.on",
    "reports.ApprovalDeputy.ends_on",
    "reports.ApprovalDeputy.starts_on",
}


def day_fields():
    """Every field for a day that a form or a filter of the house has of its own."""
    found = {}
    for wing in HOUSE:
        package = importlib.import_module(wing)
        for module in pkgutil.walk_packages(package.__path__, f"{wing}."):
            if ".forms" in module.name or module.name.endswith("filters"):
                for form in vars(importlib.import_module(module.name)).values():
                    if isinstance(form, type) and form.__module__ == module.name:
                        found |= {f"{module.name}.{form.__name__}.{name}": field for name, field in fields_of(form)}
    return found


def fields_of(form):
    if issubclass(form, forms.BaseForm):
        own = form.base_fields
    elif issubclass(form, FilterSet):
        own = {name: filtered.field for name, filtered in form.base_filters.items()}
    else:
        own = {}
    return [(name, field) for name, field in own.items() if isinstance(field, forms.DateField)]


def test_every_day_that_is_typed_stands_in_the_table():
    found = {name: type(field) for name, field in day_fields().items()}
    assert {name: kind for name, kind in found.items() if "InsightFilter" not in name} == TYPED


def test_every_day_that_is_stored_is_typed_in_a_bounded_field_or_set_by_an_act():
    stored = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.split(".")[0] in HOUSE
        for field in model._meta.local_fields
        if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)
    }
    of_forms = set()
    for name in TYPED:
        module, form, field = name.rsplit(".", 2)
        model = getattr(getattr(getattr(importlib.import_module(module), form), "_meta", None), "model", None)
        if isinstance(model, type) and issubclass(model, models.Model):
            of_forms.add(f"{model._meta.app_label}.{model.__name__}.{field}")
    assert stored - of_forms == SET_BY_AN_ACT | TYPED_ELSEWHERE


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("slip", ["31/12/2999", "01/01/1900", "16/08/2062", "01/01/0206"])
def test_a_slip_of_the_finger_is_told_beside_the_field(name, slip):
    with pytest.raises(ValidationError) as told:
        day_fields()[name].clean(slip)
    assert "2999" not in told.value.messages[0]


@pytest.mark.parametrize("name", KEPT)
def test_yesterday_can_be_typed_in_every_field(name):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    assert day_fields()[name].clean(f"{yesterday:%d/%m/%Y}") == yesterday


@pytest.mark.parametrize(
    ("kind", "years"), [(PastDayField, None), (PlannedDayField, 1), (DayField, 10)], ids=["past", "planned", "open"]
)
def test_the_last_day_that_is_taken_and_the_first_that_is_not(kind, years):
    today = timezone.localdate()
    latest = today if years is None else dt.date(today.year + years, 12, 31)
    assert kind().clean(latest) == latest
    with pytest.raises(ValidationError):
        kind().clean(latest + dt.timedelta(days=1))


def test_what_is_sought_may_lie_anywhere():
    assert SoughtDayField().clean("31/12/2999") == dt.date(2999, 12, 31)
