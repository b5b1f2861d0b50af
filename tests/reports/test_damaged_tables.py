"""Random damage: never a 500, and never something stored that the preview didn't show."""

import datetime as dt
import json
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.exceptions import IllegalCharacterError

from cluster_portal.formatting import written
from cluster_portal.tables import books, child
from incidents.models import Incident
from meetings.models import Attendance, Meeting
from members.models import Unit, User
from reports.models import Figure, Submission
from reports.submissions.typed import TICKED
from tests.support.factories import RoundFactory
from tests.support.meetings import planned_meeting
from tests.support.tables import CASES, FIGURES, GUESTS, PEOPLE, UNITS, csv, joined, xlsx

DAY = dt.date(2022, 5, 13)
REPORT = ["STT", "Loại vụ việc", "Số vụ", "Làm rõ", "Thiệt hại (đồng)", "Ghi chú"]
KINDS = {
    "members:unit-import": (UNITS, ["Xã Mới", "Mới", "xã", DAY, "0243 885 0001"]),
    "members:person-import": (PEOPLE, ["Đỗ Thị Mới", "moi@example.vn", "đầu mối", "Thử Một", "Cán bộ", "0912345678"]),
    "meetings:guest-import": (GUESTS, [1, "Nguyễn Văn Mẫu", "Phó Chủ tịch", "UBND huyện Mẫu", "mau@example.vn"]),
    "incidents:incident-import": (CASES, ["Thử Một", "Ma túy", DAY, "14h30", "Thôn 1", "Bắt quả tang", 1, 2_000]),
    "reports:figure-import": (FIGURES, ["Thử Một", "2018-H1", "Ma túy", 3, 2, "1,5 triệu"]),
    "reports:submission-workbook": (REPORT, [1, "Trộm cắp tài sản", 3, 2, "1,5 triệu", "Chủ yếu xe máy"]),
}
#: What stands where cells of a sheet are merged, hidden, or belong to another sheet.
SHAPES = {
    "as it is": lambda sheet: None,
    "merged": lambda sheet: sheet.merge_cells(start_row=1, end_row=2, start_column=1, end_column=2),
    "merged down": lambda sheet: sheet.merge_cells(start_row=2, end_row=3, start_column=2, end_column=2),
    "a hidden row": lambda sheet: setattr(sheet.row_dimensions[2], "hidden", True),
    "hidden": lambda sheet: setattr(sheet.parent.create_sheet("Trang khác", 0), "sheet_state", "hidden"),
    "titled": lambda sheet: sheet.insert_rows(1, 2),
    "twice": lambda sheet: sheet.parent.copy_worksheet(sheet),
}
#: What of each thing that a file may bring must have been shown.
FIELDS = {
    Unit: ("name", "short_name", "joined_on", "telephone"),
    User: ("full_name", "email", "unit", "title", "telephone"),
    Attendance: ("name", "title", "organisation", "email"),
    Incident: ("happened_on", "happened_at", "place", "narrative", "persons", "damage"),
    Figure: ("cases", "solved", "damage"),
    Submission: (),
}
#: Made once, as a workbook holds the second it was made in.
WHOLE = {prefix: (xlsx(*rows), csv(*joined(rows))) for prefix, rows in KINDS.items()}
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(dt.date(1900, 3, 1), dt.date(9999, 12, 31)),
    st.times(),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40),
    st.sampled_from(
        [
            "=1+1",
            "#REF!",
            "-",
            "Tổng cộng",
            "6 tháng",
            "14h99",
            "1e9",
            "9" * 400,
            "\u200b",
            "Xã\nMới",
            "12h đêm",
            "khoảng 3 triệu",
            "Cộng Xã",
            "thư ký",
            "a@b",
            "٣",
            "²",
            "Ⅳ/2018",
            "½",
        ]
    ),
)
quick = settings(
    derandomize=True, max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(autouse=True)
def _in_this_process():
    """The child's own answer, as starting a thousand processes takes long; tests/cluster_portal/tables start them."""

    def answer(data):
        return json.dumps(child.answer(data))

    with patch.object(books, "_answer", answer):
        yield


@pytest.fixture
def client(as_user, secretariat, cluster, unit):
    planned_meeting(unit, by=None)
    RoundFactory()
    return as_user(secretariat)


def page(prefix, step=""):
    """The address of a kind's page; guests come to the one meeting there is, a report is that of the one unit."""
    args = [Meeting.objects.get().pk] if prefix.startswith("meetings:") else []
    args += ["2022-H1", Unit.objects.earliest("pk").pk] if prefix == "reports:submission-workbook" else []
    return reverse(f"{prefix}{step}", args=args)


def try_out(client, prefix, data):
    """Upload and confirm; what is stored must have been shown."""
    Submission.objects.filter(versions=None).delete()  # a draft that an example before began
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in FIELDS}
    upload = client.post(page(prefix), {"file": SimpleUploadedFile("bang.xlsx", data)}, follow=True)
    assert upload.status_code == 200
    assert upload.context["kind"].prefix == prefix
    shown = upload.context.get("page")
    told = {cell.text for row in shown.object_list for cell in row.cells} if shown else set()
    confirmed = client.post(page(prefix, "-confirm"), {"shown": upload.context.get("fingerprint", "")})
    assert confirmed.status_code == 302
    for model, known in before.items():
        for row in model.objects.exclude(pk__in=known):
            assert not upload.context["faults"]
            assert stored(row) <= told


def stored(row):
    if isinstance(row, Submission) and row.source != Submission.Source.IMPORT:
        return {written(int(text) if text.isdecimal() else text) for text in row.typed.values() if text} - {TICKED}
    return {written(getattr(row, name)) for name in FIELDS[type(row)] if getattr(row, name) not in (None, "")}


@pytest.mark.parametrize("prefix", KINDS)
@given(data=st.data())
@quick
def test_cells_replaced_and_columns_swapped(client, prefix, data):
    head, row = KINDS[prefix]
    order = data.draw(st.permutations(range(len(head))))
    rows = [[head[at] for at in order]]
    for _number in range(data.draw(st.integers(1, 3))):
        cells = [row[at] for at in order]
        cells[data.draw(st.integers(0, len(cells) - 1))] = data.draw(ODD)
        rows.append(cells)
    rows = data.draw(st.permutations(rows))
    if data.draw(st.booleans()):  # a row torn apart, as where a cell was deleted and the others moved up
        at = data.draw(st.integers(0, len(rows) - 1))
        rows[at] = rows[at][data.draw(st.integers(0, len(head) - 1)) :]
    if data.draw(st.booleans()):
        text = csv(*joined(rows)).replace(b"\0", b"")
        try_out(client, prefix, text)
    else:
        try:
            workbook = xlsx(*rows, change=SHAPES[data.draw(st.sampled_from(sorted(SHAPES)))])
        except (ValueError, IllegalCharacterError):  # a control character, which no workbook can hold
            return
        try_out(client, prefix, workbook)


@pytest.mark.parametrize("prefix", KINDS)
@given(data=st.data())
@quick
def test_bytes_cut_and_changed(client, prefix, data):
    whole = data.draw(st.sampled_from(WHOLE[prefix]))
    cut = bytearray(whole[: data.draw(st.integers(1, len(whole)))])
    for _number in range(data.draw(st.integers(0, 4))):
        cut[data.draw(st.integers(0, len(cut) - 1))] = data.draw(st.integers(0, 255))
    try_out(client, prefix, bytes(cut))
