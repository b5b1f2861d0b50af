"""A form of the superior's, from its upload to the filled file, as the secretariat walks it."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members.infrastructure.audit import AuditEntry
from reports.models import SuperiorForm
from reports.superior_forms.places import grids
from tests.support.reporting import THEFT, TRAFFIC, accepted_report
from tests.support.superior_forms import bind, superior_form, tabular_workbook

pytestmark = pytest.mark.django_db
THEFT_NOW = f"category.{THEFT}.cases.current"


@pytest.fixture
def reported(cluster, unit):
    accepted_report(unit, "2022-H1", {THEFT: 41, TRAFFIC: 3})
    accepted_report(unit, "2021-H1", {THEFT: 48, TRAFFIC: 3})


def url(page, form, *rest):
    return reverse(f"reports:superior-form-{page}", args=[form.pk, *rest])


def test_a_form_goes_from_upload_to_filled_file(reported, as_user, secretariat):
    client = as_user(secretariat)
    file = SimpleUploadedFile("Biểu 01 CA tỉnh.xlsx", tabular_workbook())
    stored = client.post("/superior-forms/", {"name": "Biểu 01 Công an tỉnh", "file": file})
    form = SuperiorForm.objects.get()
    page = client.get(stored.url).content.decode()
    assert (form.file_name, "Trộm cắp" in page, "place=Bi%E1%BB%83u%2001%21B4" in page) == (
        "Biểu 01 CA tỉnh.xlsx",
        True,
        True,
    )
    row = f"category.{THEFT}"
    bound = client.post(
        f"{url('bind', form)}?place=Biểu 01!B4&row={row}", {"address": THEFT_NOW, "written_as": "number"}
    )
    assert bound.url == form.get_absolute_url()
    page = client.get(url("fill", form, "2022-H1")).content.decode()
    assert ("Trộm cắp tài sản – Số vụ – kỳ này" in page, ">41<" in page) == (True, True)
    content = b"".join(client.get(url("file", form, "2022-H1")))
    assert openpyxl.load_workbook(io.BytesIO(content))["Biểu 01"]["B4"].value == 41
    assert [entry.verb for entry in AuditEntry.objects.about(form).order_by("pk")] == [
        "superior_form.uploaded",
        "superior_form.bound",
    ]


def test_a_bad_file_is_told_beside_the_field_with_the_name_still_there(as_user, secretariat, cluster):
    file = SimpleUploadedFile("a.xlsx", b"PK no workbook")
    page = as_user(secretariat).post("/superior-forms/", {"name": "Biểu 01", "file": file})
    assert (page.status_code, SuperiorForm.objects.exists()) == (422, False)
    assert 'value="Biểu 01"' in page.content.decode()
    assert "file" in page.context["form"].errors


def test_a_name_is_taken_once(as_user, secretariat, cluster):
    form = superior_form()
    file = SimpleUploadedFile("a.xlsx", tabular_workbook())
    page = as_user(secretariat).post("/superior-forms/", {"name": form.name, "file": file})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["name"])


def test_a_place_bound_anew_has_the_new_figure_and_can_be_left_empty(reported, as_user, secretariat):
    client, form = as_user(secretariat), superior_form("table.docx")
    place = f"{url('bind', form)}?place=kỳ này&row=total"
    for measure in ("current", "base"):
        client.post(place, {"address": f"total.cases.{measure}", "written_as": "words"})
    assert [(each.place, each.address) for each in form.bindings.all()] == [("kỳ này", "total.cases.base")]
    client.post(url("unbind", form), {"place": "kỳ này"})
    assert not form.bindings.exists()


def test_any_cell_can_be_typed(reported, as_user, secretariat):
    client, form = as_user(secretariat), superior_form()
    found = client.get(f"{form.get_absolute_url()}?sheet=Biểu 01&cell=zz100")
    assert found.url.endswith("?place=Bi%E1%BB%83u+01%21ZZ100")
    assert client.get(found.url).status_code == 200
    wrong = client.get(f"{form.get_absolute_url()}?sheet=Biểu 01&cell=100zz")
    assert (wrong.status_code, 'value="100zz"' in wrong.content.decode()) == (422, True)


def test_a_place_that_can_not_be_bound_leads_back_with_a_sentence(reported, as_user, secretariat):
    client, form = as_user(secretariat), superior_form()
    page = client.get(f"{url('bind', form)}?place=Biểu 01!B6", follow=True)
    assert page.redirect_chain[-1][0] == form.get_absolute_url()
    assert "Ô này" in page.content.decode()


def test_what_could_not_be_filled_is_listed_before_the_download(reported, other_unit, as_user, secretariat):
    form = superior_form("prose.docx")
    bind(form, {"tai nạn": f"category.{TRAFFIC}.cases.current"})
    page = as_user(secretariat).get(url("fill", form, "2022-H1")).content.decode()
    assert ("ít nhất 03 vụ (1/2 đơn vị)" in page, "tình hình trộm cắp" in page) == (True, True)


def test_a_form_is_removed_after_asking(as_user, secretariat, cluster):
    client, form = as_user(secretariat), superior_form()
    assert client.get(url("remove", form)).status_code == 200
    assert SuperiorForm.objects.exists()
    client.post(url("remove", form))
    assert not SuperiorForm.objects.exists()


@pytest.mark.parametrize("forms", [1, 3])
def test_the_list_asks_a_fixed_number_of_queries(forms, as_user, secretariat, cluster, django_assert_num_queries):
    for which in ["tabular.xlsx", "bare.xlsx", "table.docx"][:forms]:
        superior_form(which)
    client = as_user(secretariat)
    client.get("/superior-forms/")
    with django_assert_num_queries(6):
        assert client.get("/superior-forms/").status_code == 200


def sheet(name="Biểu", rows=200, columns=40, merged=()):
    return {"name": name, "cells": {}, "formulas": [], "merged": list(merged), "rows": rows, "columns": columns}


def test_merged_cells_stand_once_and_as_large_as_the_page_shows_them():
    form = SuperiorForm(kind="xlsx", outline={"sheets": [sheet(rows=3, columns=4, merged=["B1:C2", "A3:Z9", "x"])]})
    (grid,) = grids(form, {})
    sizes = [[(cell.reference, cell.rows, cell.columns) for cell in cells] for _row, cells in grid.rows]
    assert sizes == [
        [("A1", 1, 1), ("B1", 2, 2), ("D1", 1, 1)],
        [("A2", 1, 1), ("D2", 1, 1)],
        [("A3", 1, 4)],
    ]


def test_no_page_grows_without_end_with_the_sheets_of_a_form():
    form = SuperiorForm(kind="xlsx", outline={"sheets": [sheet(str(number)) for number in range(30)]})
    shown = grids(form, {})
    assert [len(grid.rows) for grid in shown] == [200, 200, 100, *[0] * 27]


def test_a_place_no_database_takes_is_left_empty_without_a_fault(reported, as_user, secretariat):
    client, form = as_user(secretariat), superior_form()
    bind(form, {"Biểu 01!B4": THEFT_NOW})
    for place in ("\x00", "Biểu 01!\x00", "x" * 5000):
        assert client.post(url("unbind", form), {"place": place}).status_code == 302
    assert form.bindings.count() == 1


@pytest.mark.parametrize("which", ["detail", "bind", "remove"])
def test_a_page_leaves_the_file_where_it_is(which, reported, as_user, secretariat, django_assert_max_num_queries):
    form = superior_form()
    with django_assert_max_num_queries(60) as asked:
        as_user(secretariat).get(f"{url(which, form)}?place=Biểu 01!B4")
    assert [query["sql"] for query in asked.captured_queries if '"content"' in query["sql"]] == []
