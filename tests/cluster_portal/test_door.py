"""Every form of the house, whoever made it, gives clean text and days in Vietnamese order."""

import importlib
import pkgutil
import re
from pathlib import Path

import django_filters
import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

from cluster_portal.door import LONGEST_LINE, LONGEST_LINES, number_in
from cluster_portal.fields import DayField, HourField
from members.models import Unit
from tests.support.factories import UnitFactory

OUR_PACKAGES = ("cluster_portal", "members", "incidents", "meetings", "reports")
DIRTY = "Xã\u200b mẫu\u0002 \u202e01\r\n\u0000hai\ufeff"


def _subclasses(kind):
    for below in kind.__subclasses__():
        yield below
        yield from _subclasses(below)


def all_forms():
    """Each form class of ours and each that django-allauth is told to use."""
    for package in OUR_PACKAGES:
        for module in pkgutil.walk_packages([str(settings.BASE_DIR / package)], f"{package}."):
            if ".migrations" not in module.name and ".management" not in module.name and "wsgi" not in module.name:
                importlib.import_module(module.name)
    for path in (*settings.ACCOUNT_FORMS.values(), *settings.MFA_FORMS.values()):
        import_string(path)
    return sorted(
        {form for form in _subclasses(forms.BaseForm) if form.__module__.startswith((*OUR_PACKAGES, "allauth"))},
        key=lambda form: (form.__module__, form.__qualname__),
    )


def all_fields():
    """Every field of every form, filter and model, by where it stands."""
    for form in all_forms():
        for name, field in getattr(form, "base_fields", {}).items():
            yield f"{form.__module__}.{form.__qualname__}.{name}", field
    for filters in _subclasses(django_filters.FilterSet):
        for name, each in filters.base_filters.items():
            if each.field_class is not forms.ModelChoiceField and "queryset" not in each.extra:
                yield f"{filters.__qualname__}.{name}", each.field_class(**_of_field(each))
    for model in apps.get_models():
        if model._meta.app_label in OUR_PACKAGES:
            for field in model._meta.get_fields():
                if getattr(field, "editable", False) and (made := field.formfield()) is not None:
                    yield f"{model.__qualname__}.{field.name}", made


def _of_field(each):
    return {name: value for name, value in each.extra.items() if name in ("choices", "required", "max_length")}


FIELDS = dict(all_fields())
TEXTS = {
    place: field
    for place, field in FIELDS.items()
    if isinstance(field, forms.CharField) and not isinstance(field, forms.JSONField)  # no form asks for JSON
    if not isinstance(field.widget, forms.PasswordInput)
}


def test_the_walk_finds_the_forms():
    places = "\n".join(FIELDS)
    for known in (
        "ResetPasswordForm.email",
        "IncidentForm.narrative",
        "IncidentFilter.q",
        "Meeting.title",
        "ReasonForm.reason",
    ):
        assert known in places
    assert len(TEXTS) > 80


@pytest.mark.parametrize("place", sorted(place for place in TEXTS if type(TEXTS[place]).__name__ != "PeriodFormField"))
def test_no_form_lets_anything_unseen_in(place):
    field = TEXTS[place]
    has_lines = isinstance(field.widget, forms.Textarea)

    assert field.to_python(DIRTY) == ("Xã mẫu 01\nhai" if has_lines else "Xã mẫu 01 hai")


@pytest.mark.parametrize("place", sorted(TEXTS))
def test_every_text_has_a_length(place):
    field = TEXTS[place]
    usual = LONGEST_LINES if isinstance(field.widget, forms.Textarea) else LONGEST_LINE
    longest = field.max_length or getattr(field, "longest", usual)

    for length in (longest + 1, 300_000):
        with pytest.raises(forms.ValidationError):
            field.clean("ă" * length)


def test_a_field_made_with_its_form_is_clean_as_well(rf, db):
    login = import_string(settings.ACCOUNT_FORMS["login"])(request=rf.get("/")).fields["login"]

    assert login.clean("thuky\u200b@example.vn\r\n") == "thuky@example.vn"


def test_a_password_is_taken_as_it_was_typed():
    field = forms.CharField(widget=forms.PasswordInput, strip=False)

    assert field.clean(" a\u0301\u200b ") == " a\u0301\u200b "


def test_days_and_hours_are_read_by_the_fields_of_the_house_alone():
    astray = [
        place
        for place, field in FIELDS.items()
        if ("." in place.partition("Form")[2] or "Filter" in place) and not place.startswith("SuperiorForm.")  # a model
        if isinstance(field, forms.DateField | forms.DateTimeField | forms.TimeField | forms.SplitDateTimeField)
        and not isinstance(field, DayField | HourField)
    ]

    assert astray == []


def test_no_page_makes_a_picker_of_its_own():
    """But the calendar that `days.js` opens, whose day it writes itself."""
    pages = [*Path(settings.BASE_DIR, "templates").rglob("*"), *Path(settings.BASE_DIR, "static", "js").rglob("*.js")]
    picker = re.compile(r"""type["']?\s*[=:]\s*["']?(date|time|datetime-local|month|week)\b""")

    astray = [page.name for page in pages if page.is_file() and picker.search(page.read_text(errors="replace"))]
    assert astray == ["days.js"]


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7), ("", -1), (None, -1), ("-1", -1), ("9" * 25, -1), ("9" * 5000, -1)]
)
def test_a_number_of_a_request_is_bounded(text, number):
    assert number_in(text, otherwise=-1) == number


@pytest.mark.parametrize("key", ["9" * 18, "9" * 25, "9" * 5000, "\0", "x", "-1"])
@pytest.mark.parametrize("field", [forms.ModelMultipleChoiceField, forms.ModelChoiceField])
def test_a_key_no_row_can_have_is_no_choice(db, field, key):
    known = UnitFactory()
    asked = [str(known.pk), key] if field is forms.ModelMultipleChoiceField else key

    with pytest.raises(forms.ValidationError):
        list(field(Unit.objects.all()).clean(asked))
