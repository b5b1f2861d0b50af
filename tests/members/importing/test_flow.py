"""Upload, what was found, each value as it will be stored, stored, taken back: alike for every kind of table."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from incidents.models import Incident
from members.actions import change_unit
from members.infrastructure.audit import AuditEntry
from members.models import TableImport, Unit, User
from reports.models import Figure, ReportingRound, Submission
from tests.support.factories import NOW, IncidentFactory
from tests.support.tables import CASES, FIGURES, PEOPLE, UNITS, saved, xlsx

DAY = dt.date(2022, 5, 13)
PREFIX = {
    "units": "members:unit-import",
    "people": "members:person-import",
    "cases": "incidents:incident-import",
    "figures": "reports:figure-import",
}
GOOD = {
    "units": [UNITS, ["Xã Mới", "Mới", "xã", DAY, "0243 885 0001"]],
    "people": [PEOPLE, ["Đỗ Thị Mới", "moi@example.vn", "đầu mối", "Thử Một", "Cán bộ", 912345678]],
    "cases": [CASES, ["Thử Một", "Ma túy", DAY, "14h30", "Thôn 1", "Bắt quả tang", 1, None]],
    "figures": [FIGURES, ["Thử Một", "2018-H1", "Trộm cắp tài sản", 3, 2, "1,5 triệu"]],
}
STORED = {
    "units": Unit.objects.filter(name="Xã Mới"),
    "people": User.objects.filter(email="moi@example.vn"),
    "cases": Incident.objects.all(),
    "figures": Figure.objects.all(),
}
each_kind = pytest.mark.parametrize("kind", PREFIX)


@pytest.fixture
def client(as_user, secretariat, cluster, unit):
    return as_user(secretariat)


def page(kind, step="", *args):
    return reverse(f"{PREFIX[kind]}-{step}" if step else PREFIX[kind], args=args)


def upload(client, kind, data, name="bang.xlsx"):
    return client.post(page(kind), {"file": SimpleUploadedFile(name, data)}, follow=True)


def store(client, kind, data):
    shown = upload(client, kind, data).context["fingerprint"]
    client.post(page(kind, "confirm"), {"shown": shown})
    return TableImport.objects.latest("pk")


@each_kind
def test_what_is_shown_is_stored_and_can_be_taken_back(client, kind):
    before = STORED[kind].count()
    response = upload(client, kind, xlsx(*GOOD[kind]))
    assert (response.context["count"], STORED[kind].count()) == (1, before)

    confirmed = client.post(page(kind, "confirm"), {"shown": response.context["fingerprint"]}, follow=True)
    kept = TableImport.objects.get()
    assert confirmed.redirect_chain == [(page(kind, "stored", kept.pk), 302)]
    assert STORED[kind].count() == before + 1

    client.post(page(kind, "undo", kept.pk))
    kept.refresh_from_db()
    assert (STORED[kind].count(), kept.undone_at is not None) == (before, True)
    assert list(AuditEntry.objects.about(kept).order_by("pk").values_list("verb", flat=True)) == [
        "table.imported",
        "table.import_undone",
    ]


def test_every_value_is_shown_as_it_will_be_stored(client):
    response = upload(client, "figures", xlsx(*GOOD["figures"]))
    (row,) = response.context["page"].object_list
    assert [cell.text for cell in row.cells] == [
        "Xã Thử Một",
        "6 tháng đầu năm 2018",
        "Trộm cắp tài sản",
        "3",
        "2",
        "1.500.000",
    ]


def test_the_old_stands_beside_the_new_and_what_goes_is_said(client):
    store(client, "figures", xlsx(*GOOD["figures"], ["Thử Một", "2018-H1", "Môi trường", 7, None, None]))
    changed = [FIGURES, ["Thử Một", "2018-H1", "Trộm cắp tài sản", 5, 2, "1,5 triệu"]]
    response = upload(client, "figures", xlsx(*changed))
    (row,) = response.context["page"].object_list
    assert [(cell.text, cell.old) for cell in row.cells[3:]] == [("5", "3"), ("2", ""), ("1.500.000", "")]
    assert any("Môi trường" in notice for notice in response.context["reading"].notices)


def test_taking_back_a_second_import_of_figures_lets_the_first_count_again(client):
    store(client, "figures", xlsx(*GOOD["figures"]))
    second = store(client, "figures", xlsx(FIGURES, ["Thử Một", "2018-H1", "Trộm cắp tài sản", 5, 2, None]))
    client.post(page("figures", "undo", second.pk))
    assert list(Figure.objects.accepted().values_list("cases", flat=True)) == [3]
    assert Submission.objects.get().typed["category__trom-cap-tai-san__cases"] == "3"


def test_a_round_opened_by_an_import_goes_with_it(client):
    kept = store(client, "figures", xlsx(*GOOD["figures"]))
    client.post(page("figures", "undo", kept.pk))
    assert not ReportingRound.objects.exists()


def test_what_was_changed_since_is_not_taken_back(client, secretariat):
    kept = store(client, "units", xlsx(*GOOD["units"]))
    new = Unit.objects.get(name="Xã Mới")
    change_unit(new, values={"address": "Thôn 2"}, revision=new.revision, by=secretariat, now=NOW)
    answer = client.post(page("units", "undo", kept.pk), follow=True).content.decode()
    assert "đã được sửa" in answer
    assert Unit.objects.filter(pk=new.pk).exists()


def test_what_is_in_use_since_is_not_taken_back(client):
    kept = store(client, "units", xlsx(*GOOD["units"]))
    IncidentFactory(unit=Unit.objects.get(name="Xã Mới"))
    client.post(page("units", "undo", kept.pk))
    assert Unit.objects.filter(name="Xã Mới").exists()
    assert not AuditEntry.objects.filter(verb="unit.removed").exists()


def test_another_file_than_the_one_shown_is_not_stored(client):
    shown = upload(client, "cases", xlsx(*GOOD["cases"])).context["fingerprint"]
    upload(client, "cases", xlsx(CASES, ["Thử Một", "Ma túy", DAY, None, None, "Vụ khác", 2, None]))
    response = client.post(page("cases", "confirm"), {"shown": shown})
    assert response.url == page("cases", "preview")
    assert not Incident.objects.exists()


@pytest.mark.parametrize(("answer", "day"), [("keep", dt.date(2022, 5, 3)), ("swap", dt.date(2022, 3, 5))])
def test_days_that_may_be_swapped_are_stored_as_answered(client, answer, day):
    rows = [
        ["Thử Một", "Ma túy", on, None, None, text, 1, None]
        for on, text in ((dt.date(2022, 5, 3), "a"), ("13/05/2022", "bb"))
    ]
    assert upload(client, "cases", xlsx(CASES, *rows)).context["asks_about_days"]
    client.post(
        page("cases", "preview"),
        {"sheet": "Bảng", "head_row": "1", "was_sheet": "Bảng", "was_head_row": "1", "days": answer},
    )
    client.post(page("cases", "confirm"))
    assert set(Incident.objects.values_list("happened_on", flat=True)) == {day, DAY}


def test_columns_can_be_chosen_and_are_remembered_for_the_next_file_of_that_shape(client):
    heads = ["Đơn vị", "Hạng mục", "Ngày", "Kể lại"]
    row = ["Thử Một", "Ma túy", DAY, "Bắt quả tang"]
    assert upload(client, "cases", xlsx(heads, row)).context["faults"]
    chosen = {"column_0": "unit", "column_1": "category", "column_2": "happened_on", "column_3": "narrative"}
    at = {"sheet": "Bảng", "head_row": "1", "was_sheet": "Bảng", "was_head_row": "1"}
    client.post(page("cases", "preview"), {**at, **chosen})
    client.post(page("cases", "confirm"))
    assert Incident.objects.get().narrative == "Bắt quả tang"
    response = upload(client, "cases", xlsx(heads, [*row[:3], "Vụ hoàn toàn khác"]))
    assert (list(response.context["faults"]), response.context["count"]) == ([], 1)


def test_another_sheet_can_be_chosen(client):
    workbook = Workbook()
    for name in ("2021", "2022"):
        sheet = workbook.create_sheet(name)
        sheet.append(CASES)
        sheet.append(["Thử Một", "Ma túy", DAY, None, None, f"Vụ {name}", 1, None])
    upload(client, "cases", saved(workbook))
    client.post(page("cases", "preview"), {"sheet": "2022", "head_row": "1", "was_sheet": "2021", "was_head_row": "1"})
    client.post(page("cases", "confirm"))
    assert Incident.objects.get().narrative == "Vụ 2022"


@pytest.mark.parametrize("typed", [{}, {"sheet": "không có", "head_row": "x"}, {"sheet": "Bảng", "head_row": "9" * 30}])
def test_a_choice_that_makes_no_sense_changes_nothing(client, typed):
    upload(client, "cases", xlsx(*GOOD["cases"]))
    assert client.post(page("cases", "preview"), typed).status_code == 200
    assert client.get(page("cases", "preview")).context["count"] == 1


def test_the_same_file_is_recognised(client):
    data = xlsx(*GOOD["cases"])
    kept = store(client, "cases", data)
    assert upload(client, "cases", data).context["twins"] == [(kept, page("cases", "stored", kept.pk))]


def test_faults_can_be_downloaded_beside_their_cells(client):
    rows = (["Danh sách vụ việc"], CASES, ["Xã Lạ", "Ma túy", "32/01/2022", None, None, "=1+1", "x", None])
    upload(client, "cases", xlsx(*rows))
    sheet = load_workbook(io.BytesIO(client.get(page("cases", "faults")).content)).worksheets[0]
    told = {cell.coordinate for line in sheet.iter_rows() for cell in line if cell.comment}
    assert told == {"A3", "C3", "F3", "G3"}
    assert (sheet["A1"].value, sheet["C3"].value) == ("Danh sách vụ việc", "32/01/2022")


@each_kind
def test_the_template_can_be_read_as_it_is_and_offers_lists(client, kind, db):
    Unit.objects.filter(name="Xã Thử Một").update(name="Xã Mẫu 01", short_name="Mẫu 01")
    if kind == "units":
        Unit.objects.all().delete()
    content = client.get(page(kind, "template")).content
    response = upload(client, kind, content)
    assert [str(fault) for fault in response.context["faults"]] == []
    assert load_workbook(io.BytesIO(content)).worksheets[0].data_validations.dataValidation


def test_a_liaison_sees_what_their_unit_stored_and_nobody_elses(client, liaison, other_liaison):
    client.force_login(liaison)
    kept = store(client, "cases", xlsx(*GOOD["cases"]))
    assert client.get(page("cases", "stored", kept.pk)).status_code == 200
    client.force_login(other_liaison)
    assert client.get(page("cases", "stored", kept.pk)).status_code == 404
    assert client.post(page("cases", "undo", kept.pk)).status_code == 404
    assert Incident.objects.exists()


def test_an_import_is_called_by_the_day_it_was_here(client):
    """Before seven in the morning it is still yesterday in Greenwich."""
    early = dt.datetime(2022, 7, 1, 20, tzinfo=dt.UTC)
    assert str(TableImport(file_name="bang.xlsx", stored_at=early)) == "bang.xlsx (02/07/2022)"
