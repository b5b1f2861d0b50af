"""Exports show what the list shows; imports store all or nothing, and no case twice."""

import csv
import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from incidents.models import Incident
from members.infrastructure.audit import AuditEntry
from tests.support.factories import IncidentFactory, UnitFactory, category

IMPORT, PREVIEW, CONFIRM = (reverse(f"incidents:incident-import{step}") for step in ("", "-preview", "-confirm"))
EXPORTS = {ending: reverse(f"incidents:incident-export-{ending}") for ending in ("xlsx", "csv")}
HEAD = ["unit", "category", "happened_on", "narrative"]
#: Five hundred short stories of which none resembles another.
STORIES = [
    f"Mất {'con ' if n % 2 else ''}{chr(97 + n % 25) * 6} {chr(97 + n // 25) * 6} tại {n * 7919 % 10007}"
    for n in range(500)
]


def good_rows(unit, number=500):
    days = [dt.date(2022, 1, 1) + dt.timedelta(days=n % 150) for n in range(number)]
    return [
        [unit.name, "Trộm cắp tài sản", f"{day:%d/%m/%Y}", story] for day, story in zip(days, STORIES, strict=False)
    ]


def upload(client, rows, head=HEAD, **fields):
    buffer = io.StringIO()
    csv.writer(buffer).writerows([head, *rows])
    file = SimpleUploadedFile("vu-viec.csv", buffer.getvalue().encode())
    return client.post(IMPORT, {"file": file, **fields})


def exported(response):
    """The cells of an export, head first."""
    if response["Content-Type"].startswith("text/csv"):
        return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    rows = load_workbook(io.BytesIO(response.content)).worksheets[0].iter_rows(values_only=True)
    return [["" if cell is None else cell for cell in row] for row in rows]


def test_500_good_and_3_faulty_rows_store_nothing_and_the_three_are_named(as_user, secretariat, unit):
    rows = good_rows(unit)
    rows[9] = ["Xã Không Có", *rows[9][1:]]
    rows[99] = [*rows[99][:2], "32/01/2022", rows[99][3]]
    rows.insert(250, [unit.name, "Bay trộm", "05/01/2022", "CCCD 001085012345"])
    response = upload(as_user(secretariat), rows)
    faults = {(fault.row, fault.column) for fault in response.context["faults"]}
    assert faults == {(11, "unit"), (101, "happened_on"), (252, "category"), (252, "narrative")}
    assert not Incident.objects.exists()


def test_500_good_rows_are_stored_once_and_recognised_when_they_come_again(as_user, secretariat, unit):
    client = as_user(secretariat)
    upload(client, good_rows(unit))
    assert not Incident.objects.exists()
    client.post(CONFIRM)
    assert Incident.objects.count() == 500
    upload(client, good_rows(unit))
    response = client.get(PREVIEW)
    assert (response.context["new_count"], response.context["asked_count"]) == (0, 500)
    client.post(CONFIRM)
    assert Incident.objects.count() == 500


def test_a_repeated_row_is_stored_where_it_was_asked_for(as_user, secretariat, unit):
    client = as_user(secretariat)
    IncidentFactory(unit=unit, happened_on=dt.date(2022, 1, 1), narrative=STORIES[0])
    upload(client, good_rows(unit, 2))
    assert [number for number, _told, _about in client.get(PREVIEW).context["asked"]] == ["2"]
    client.post(CONFIRM, {"wanted": ["2"]})
    assert Incident.objects.count() == 3


def test_a_row_that_repeats_an_earlier_one_of_the_file_is_asked_about(as_user, secretariat, unit):
    client = as_user(secretariat)
    upload(client, good_rows(unit, 1) * 2)
    checked = client.get(PREVIEW).context
    assert (checked["new_count"], checked["asked_count"]) == (1, 1)


def test_numbers_are_masked_where_the_import_is_told_to(as_user, secretariat, unit):
    client = as_user(secretariat)
    upload(client, [[unit.name, "chay-no", "05/01/2022", "Gọi 0912345678 báo cháy"]], mask="on")
    assert "0912345678" not in str(dict(client.session))
    client.post(CONFIRM)
    assert Incident.objects.get().narrative == "Gọi ••• báo cháy"


def test_a_liaison_imports_only_their_own_units_cases(as_user, liaison, unit, other_unit):
    response = upload(as_user(liaison), [*good_rows(unit, 1), *good_rows(other_unit, 1)])
    assert [(fault.row, fault.column) for fault in response.context["faults"]] == [(3, "unit")]


def test_every_column_is_read(as_user, secretariat, unit, other_unit):
    client = as_user(secretariat)
    head = [*HEAD, "giờ", "mức độ", "tình trạng", "đã làm rõ", "số người chết", "thiệt hại (đồng)", "nguồn tin"]
    row = [unit.short_name, "Cháy, nổ", "2022-01-05", "Cháy kho", "22:15", "rất nghiêm trọng", "đang xử lý", "x", "0"]
    upload(client, [[*row, "1.500.000", "công an thông báo", other_unit.name]], [*head, "đơn vị liên quan khác"])
    client.post(CONFIRM)
    case = Incident.objects.get()
    assert (case.happened_at, case.severity, case.state) == (dt.time(22, 15), 3, "handling")
    assert (case.is_solved, case.deaths, case.damage, case.source) == (True, 0, 1_500_000, "police")
    assert list(case.further_units.all()) == [other_unit]


@pytest.mark.parametrize("ending", EXPORTS)
@pytest.mark.parametrize("narrowed", [{"category": "danh-bac"}, {"group": "trat-tu-xa-hoi"}], ids=str)
def test_an_export_holds_what_the_list_shows_and_no_more(as_user, liaison, unit, other_unit, ending, narrowed):
    IncidentFactory(unit=unit, narrative="Mất xe đạp", category=category("danh-bac"))
    IncidentFactory(unit=unit, narrative="Mất trâu")
    IncidentFactory(unit=unit, narrative="Cháy xe đạp", category=category("chay-no"))
    IncidentFactory(unit=other_unit, narrative="Mất xe đạp kín")
    lines = exported(as_user(liaison).get(EXPORTS[ending], {"q": "xe dap", **narrowed}))
    assert [line[5] for line in lines] == ["Diễn biến", "Mất xe đạp"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_text_that_looks_like_a_formula_stays_text(as_user, secretariat, sign):
    IncidentFactory(narrative=f"{sign}1+1")
    book = load_workbook(io.BytesIO(as_user(secretariat).get(EXPORTS["xlsx"]).content))
    assert [cell.data_type for cell in book.worksheets[0]["F"]] == ["s", "s"]
    assert exported(as_user(secretariat).get(EXPORTS["csv"]))[1][5] == f"'{sign}1+1"


@pytest.mark.parametrize("ending", EXPORTS)
def test_an_export_can_be_imported_again_and_is_recognised_whole(as_user, secretariat, unit, ending):
    client = as_user(secretariat)
    IncidentFactory(unit=unit, narrative="-5 con gà", severity=2, state="handling", damage=0, source="own")
    IncidentFactory(unit=unit, narrative="Cháy rơm", happened_at=dt.time(4, 5))
    response = client.get(EXPORTS[ending])
    client.post(IMPORT, {"file": SimpleUploadedFile(f"x.{ending}", response.content)})
    assert client.get(PREVIEW).context["asked_count"] == 2


def test_an_export_leaves_its_trace(as_user, chair, cluster):
    IncidentFactory()
    as_user(chair).get(EXPORTS["xlsx"])
    entry = AuditEntry.objects.get(verb="incident.exported")
    assert (entry.actor, entry.changes) == (chair, {"cases": [None, 1]})


def test_the_chair_imports_nothing(as_user, chair):
    assert as_user(chair).get(IMPORT).status_code == 403


def test_cases_of_units_that_differ_in_one_tone_stay_apart(as_user, secretariat):
    for name in ("Phù Minh", "Phú Minh"):
        UnitFactory(name=f"Xã {name}", short_name=name)
    client = as_user(secretariat)
    rows = [
        ["Xã Phù Minh", "Ma tuý", "05/01/2022", STORIES[0]],
        ["Phú Minh", "trom cap tai san", "06/01/2022", STORIES[1]],
    ]
    upload(client, rows)
    client.post(CONFIRM)
    stored = Incident.objects.order_by("happened_on").values_list("unit__short_name", "category__code")
    assert list(stored) == [("Phù Minh", "ma-tuy"), ("Phú Minh", "trom-cap-tai-san")]


def test_a_name_that_fits_two_units_is_a_fault_that_names_both(as_user, secretariat):
    for name in ("Phù Minh", "Phú Minh"):
        UnitFactory(name=f"Xã {name}", short_name=name)
    response = upload(as_user(secretariat), [["Xa Phu Minh", "Ma túy", "05/01/2022", STORIES[0]]])
    (fault,) = response.context["faults"]
    assert "“Xã Phù Minh”, “Xã Phú Minh”" in fault.message
