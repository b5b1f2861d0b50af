"""Widgets and icons are written letter for letter as Django's templates and heroicons write them."""

import datetime as dt

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import Context, Template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from heroicons.templatetags import heroicons

from cluster_portal.fields import DayField, HourField
from cluster_portal.plain_widgets import WRITERS, PlainWidgets

TEXTS = [None, "", "a", 'Xã "Hoà" <b>&', "nhiều\ndòng", mark_safe("<b>&amp;</b>"), gettext_lazy("Search"), 0, 1234567]
INPUTS = [
    forms.DateInput,
    forms.DateTimeInput,
    forms.EmailInput,
    forms.HiddenInput,
    forms.NumberInput,
    forms.PasswordInput,
    forms.Textarea,
    forms.TextInput,
    forms.TimeInput,
    forms.URLInput,
]
ATTRIBUTES = {
    "class": "form-control",
    "required": True,
    "disabled": False,
    "data-title": 'một "hai" <ba>',
    "rows": 4,
    "data-safe": mark_safe("<&amp;>"),
    "data-lazy": gettext_lazy("Search"),
}
CHOICES = [
    ("", "---------"),
    (0, "Không"),
    ("a", 'A <b> & "c"'),
    ("s", format_html("<i>{}</i>", "&")),
    (gettext_lazy("Search"), gettext_lazy("Search")),
    (12345, 12345),
    (None, None),
    ('Nhóm "một" <', [("x", "X"), ("y", "Y")]),
    (gettext_lazy("Search"), [("z", "Z")]),
]


def both(widget, name, value, **options):
    """What the widget is written as: plainly, and by Django's templates."""
    return [widget.render(name, value, renderer=renderer(), **options) for renderer in (PlainWidgets, DjangoTemplates)]


@pytest.mark.parametrize("widget", INPUTS)
@pytest.mark.parametrize("value", TEXTS)
def test_an_input_is_written_as_by_its_template(widget, value):
    plain, templated = both(widget(ATTRIBUTES), 'tên<"', value, attrs={"id": "id_x"})

    assert plain == templated


@pytest.mark.parametrize("value", [None, True, False, "x", "a<b"])
def test_a_box_is_written_as_by_its_template(value):
    plain, templated = both(forms.CheckboxInput(ATTRIBUTES), "box", value)

    assert plain == templated


@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple])
@pytest.mark.parametrize("value", [None, "", "a", 0, "0", ["a", "y"], True, 12345])
def test_a_select_is_written_as_by_its_templates(widget, value):
    plain, templated = both(widget(ATTRIBUTES, choices=CHOICES), "which", value)

    assert plain == templated


@pytest.mark.parametrize("field", [DayField(), HourField(), forms.IntegerField(min_value=3), forms.DecimalField()])
@pytest.mark.parametrize("value", [None, "x", dt.date(2022, 3, 4), dt.time(14, 30), 3.5])
def test_the_portals_own_fields_are_written_as_by_their_templates(field, value):
    plain, templated = both(field.widget, "field", value)

    assert plain == templated


def test_what_is_not_written_plainly_goes_the_usual_way():
    widget = forms.RadioSelect(choices=CHOICES[:3])

    assert widget.template_name not in WRITERS
    plain, templated = both(widget, "which", "a")
    assert plain == templated


def test_what_the_table_names_are_templates_of_django():
    assert [name for name in WRITERS if not DjangoTemplates().get_template(name)] == []


def test_forms_are_written_plainly():
    assert isinstance(forms.Form().renderer, PlainWidgets)


@pytest.mark.parametrize("style", ["mini", "outline", "solid"])
def test_an_icon_is_drawn_once_and_as_heroicons_draws_it(style):
    drawing = f'{{% heroicon_{style} "bell" size=20 class=of data_x="<" stroke_linecap="round" %}}'
    page = Template("{% load heroicons %}" + drawing + drawing)

    for of in ("icon", "icon & text"):
        options = {"size": 20, "class": of, "data_x": "<", "stroke_linecap": "round"}
        assert page.render(Context({"of": of})) == getattr(heroicons, f"heroicon_{style}")("bell", **options) * 2
