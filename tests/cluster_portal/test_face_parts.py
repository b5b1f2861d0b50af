"""The parts that pages are put together from."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string


class SomeForm(forms.Form):
    name = forms.CharField(label="Tên", help_text="Tên đầy đủ.")
    note = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        raise forms.ValidationError("Không khớp nhau.")


def render(source, **context):
    return Template(source).render(Context(context)).strip()


def test_the_summary_links_each_error_to_its_field():
    summary = render_to_string("_errors.html", {"form": SomeForm({})})
    assert '<a class="alert-link" href="#id_name">Tên: ' in summary
    assert "<li>Không khớp nhau.</li>" in summary


def test_the_summary_tells_the_error_of_a_hidden_field():
    form = SomeForm({"name": "a"})
    form.add_error("note", "Phiên bản cũ.")
    assert "<li>Phiên bản cũ.</li>" in render_to_string("_errors.html", {"form": form})


def test_a_form_without_errors_has_no_summary():
    assert render_to_string("_errors.html", {"form": SomeForm()}).strip() == ""


def test_an_error_is_tied_to_its_field_for_those_who_listen():
    html = render("{% load crispy_forms_filters %}{{ form|crispy }}", form=SomeForm({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert "Không khớp nhau." not in html  # the summary above tells it


@pytest.mark.parametrize(
    ("filtered", "value", "shown"),
    [
        ("number", 3558, "3.558"),
        ("signed", -7, "−7"),
        ("percent", Decimal("29.44"), "29,44%"),
        ("signed_percent", Decimal("-14.58"), "−14,58%"),
        ("money", 45_000_000, "45 triệu đồng"),
        ("shortdate", dt.date(2022, 1, 5), "05/01/2022"),
        ("longdate", dt.date(2022, 1, 5), "ngày 05 tháng 01 năm 2022"),
    ],
)
def test_figures_are_written_as_offices_write_them(filtered, value, shown):
    source = "{% load formatting %}{{ value|" + filtered + " }}"
    assert render(source, value=value) == shown
    assert render(source, value=None) == "–"


def test_turning_the_page_keeps_the_search(rf):
    page = Paginator(range(50), 10).page(2)
    html = render_to_string("_pagination.html", {"page": page}, request=rf.get("/?q=x&page=2"))
    assert 'href="?q=x&amp;page=1"' in html
    assert 'href="?q=x&amp;page=3"' in html
    assert "Trang 2/5" in html


def test_an_empty_list_says_what_to_do_next():
    html = render_to_string(
        "_empty.html", {"icon": "inbox", "title": "Chưa có", "text": "…", "url": "/them/", "action": "Thêm"}
    )
    assert '<a class="btn btn-outline-secondary" href="/them/">Thêm</a>' in html


def test_a_state_is_told_by_word_and_icon():
    html = render_to_string("_badge.html", {"tone": "warning", "icon": "clock", "label": "Trễ hạn"})
    assert "<svg" in html
    assert "Trễ hạn" in html
