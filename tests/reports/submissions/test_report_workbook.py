"""The report filled in as a workbook of the portal's and read back into the draft."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from incidents.models import AskedMeasures
from members.infrastructure.refusals import Refused
from members.models import TableImport
from reports.models import Attachment, Submission
from reports.submissions import actions
from tests.reports.submissions.test_form import CASES, url, whole_report
from tests.support.factories import NOW, RoundFactory
from tests.support.reporting import accepted_report, attachment_of
from tests.support.tables import read_here, saved, xlsx

DAMAGE = "category__trom-cap-tai-san__damage"
THEFT_ROW = 2


@pytest.fixture
def opened(cluster, monkeypatch):
    read_here(monkeypatch)
    return RoundFactory()


@pytest.fixture
def drafted(as_user, liaison, opened, unit):
    client = as_user(liaison)
    client.post(url("save", opened, unit), whole_report(**{"section__tasks": "=Tuần tra đêm."}))
    return client


def downloaded(client, opened, unit):
    return load_workbook(io.BytesIO(client.get(url("workbook-file", opened, unit)).getvalue()))


def uploaded(client, opened, unit, book):
    """The page that answers: the preview, or the form with what is wrong with the file."""
    return sent(client, opened, unit, saved(book))


def sent(client, opened, unit, data, **options):
    file = SimpleUploadedFile("bao-cao.xlsx", data)
    return client.post(url("workbook", opened, unit), {"file": file, **options}, follow=True)


def confirmed(client, opened, unit, shown, *wanted):
    """The page after the button below a preview."""
    assert [str(fault) for fault in shown.context["faults"]] == []
    said = {"shown": shown.context["fingerprint"], "wanted": wanted}
    return client.post(url("workbook-confirm", opened, unit), said, follow=True)


def undone(client, opened, unit):
    kept = TableImport.objects.latest("pk")
    address = reverse("reports:submission-workbook-undo", args=[opened.period, unit.pk, kept.pk])
    return client.post(address, follow=True)


def typed():
    return Submission.objects.get(round__period="2022-H1").typed


def faults(shown):
    return [(fault.sheet, fault.row, fault.column) for fault in shown.context["faults"]]


def changes(shown):
    """The cells of a preview in which something else stands now: name, head, new, old."""
    return [
        (row.cells[0].text, cell.head, cell.text, cell.old)
        for table in shown.context["tables"]
        for row in table.rows
        for cell in row.cells[1:]
        if cell.old
    ]


def column_of(sheet, head):
    return [cell.value for cell in sheet[1]].index(head) + 1


def test_what_is_not_changed_comes_back_as_it_was(drafted, opened, unit):
    before = typed()
    shown = uploaded(drafted, opened, unit, downloaded(drafted, opened, unit))
    assert (faults(shown), changes(shown), shown.context["new_count"]) == ([], [], 0)
    assert "không có gì để thêm" in shown.text
    assert typed() == before


def test_what_the_preview_shows_goes_into_the_draft_as_if_typed(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    figures = book["Số liệu"]
    figures.cell(THEFT_ROW, column_of(figures, "Số vụ")).value = 12
    figures.cell(THEFT_ROW, column_of(figures, "Thiệt hại (đồng)")).value = "1,5 triệu"
    figures.cell(THEFT_ROW, column_of(figures, "Chưa có số liệu cho ô trống")).value = None
    book["Nội dung"].cell(2, 2).value = "Thuận lợi mới.\nHai dòng."
    before = typed()
    shown = uploaded(drafted, opened, unit, book)
    assert changes(shown)[:2] == [
        ("I.1 Thuận lợi", "Nội dung", "Thuận lợi mới.\nHai dòng.", "Có nội dung."),
        ("Trộm cắp tài sản", "Số vụ", "12", before[CASES]),
    ]
    assert "1.500.000" in shown.text
    assert typed() == before
    told = confirmed(drafted, opened, unit, shown)
    assert {name: typed()[name] for name in (CASES, DAMAGE, "category__trom-cap-tai-san__lacks")} == {
        CASES: "12",
        DAMAGE: "1500000",
        "category__trom-cap-tai-san__lacks": "",
    }
    assert typed()["section__advantages"] == "Thuận lợi mới.\nHai dòng."
    assert "Đã đọc 2 dòng vào bản nháp." in told.text
    assert url("edit", opened, unit) in told.text


def test_undoing_puts_the_draft_back(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    book["Nội dung"].cell(2, 2).value = None
    book["Số liệu"].cell(THEFT_ROW, 2).value = 12
    before = typed()
    confirmed(drafted, opened, unit, uploaded(drafted, opened, unit, book))
    assert (typed()[CASES], typed()["section__advantages"]) == ("12", "")
    drafted.post(url("save", opened, unit), {"revision": "2", "partial": "1", "section__tasks": "Gõ sau đó."})
    undone(drafted, opened, unit)
    assert typed() == {**before, "section__tasks": "Gõ sau đó."}


def test_undoing_overrules_nothing_that_was_typed_since(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    book["Nội dung"].cell(2, 2).value = "Trong tệp."
    confirmed(drafted, opened, unit, uploaded(drafted, opened, unit, book))
    drafted.post(url("save", opened, unit), {"revision": "2", "partial": "1", "section__advantages": "Sửa lại."})
    answer = undone(drafted, opened, unit)
    assert "Báo cáo đã được sửa sau khi nhập" in answer.text
    assert typed()["section__advantages"] == "Sửa lại."


def test_a_report_that_a_file_began_is_gone_when_that_is_undone(as_user, liaison, opened, unit):
    client = as_user(liaison)
    confirmed(client, opened, unit, sent(client, opened, unit, xlsx(["Chỉ tiêu", "Số vụ"], ["Trộm cắp tài sản", 3])))
    assert typed()[CASES] == "3"
    undone(client, opened, unit)
    assert not Submission.objects.exists()
    assert "Lần nhập này đã được hoàn tác." in undone(client, opened, unit).text


def test_a_report_that_a_file_began_stays_for_its_attachments(as_user, liaison, opened, unit):
    client = as_user(liaison)
    confirmed(client, opened, unit, sent(client, opened, unit, xlsx(["Chỉ tiêu", "Số vụ"], ["Trộm cắp tài sản", 3])))
    attachment_of(Submission.objects.get())
    undone(client, opened, unit)
    assert (typed()[CASES], Attachment.objects.count()) == ("", 1)


def test_nothing_is_undone_that_is_gone(liaison, opened, unit):
    actions.take_out(round_=opened, unit=unit, created=[], by=liaison, now=NOW)
    assert not Submission.objects.exists()


def test_what_was_typed_in_the_portal_meanwhile_is_kept_and_only_what_both_changed_asked_about(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    book["Nội dung"].cell(2, 2).value = "Trong tệp."
    book["Nội dung"].cell(3, 2).value = "Trong tệp."
    elsewhere = {"revision": "1", "partial": "1", "section__difficulties": "Trên hệ thống.", "section__tasks": "Mới."}
    drafted.post(url("save", opened, unit), elsewhere)
    shown = uploaded(drafted, opened, unit, book)
    ((key, sentence, _about),) = shown.context["asked"]
    assert "“Trên hệ thống.”" in sentence
    assert "IV. Phương hướng, nhiệm vụ" in str(shown.context["reading"].notices)
    confirmed(drafted, opened, unit, shown)
    stored = [typed()[f"section__{code}"] for code in ("advantages", "difficulties", "tasks")]
    assert stored == ["Trong tệp.", "Trên hệ thống.", "Mới."]
    confirmed(drafted, opened, unit, uploaded(drafted, opened, unit, book), key)
    assert typed()["section__difficulties"] == "Trong tệp."


def test_of_a_row_that_is_asked_about_what_only_the_file_changed_is_taken_in_any_case(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    figures = book["Số liệu"]
    figures.cell(THEFT_ROW, column_of(figures, "Số vụ")).value = 12
    figures.cell(THEFT_ROW, column_of(figures, "Ghi chú")).value = "Chỉ trong tệp."
    drafted.post(url("save", opened, unit), {"revision": "1", "partial": "1", CASES: "11"})
    shown = uploaded(drafted, opened, unit, book)
    assert (shown.context["asked_count"], shown.context["new_count"]) == (1, 0)
    remark = "category__trom-cap-tai-san__remark"
    told = confirmed(drafted, opened, unit, shown)
    assert (typed()[CASES], typed()[remark]) == ("11", "Chỉ trong tệp.")
    assert "Đã đọc 1 dòng vào bản nháp." in told.text
    undone(drafted, opened, unit)
    assert (typed()[CASES], typed()[remark]) == ("11", "")
    ((key, _sentence, _about),) = shown.context["asked"]
    confirmed(drafted, opened, unit, uploaded(drafted, opened, unit, book), key)
    assert (typed()[CASES], typed()[remark]) == ("12", "Chỉ trong tệp.")


def test_what_is_typed_between_preview_and_button_is_not_overruled(drafted, opened, unit, liaison):
    book = downloaded(drafted, opened, unit)
    book["Nội dung"].cell(2, 2).value = "Trong tệp."
    shown = uploaded(drafted, opened, unit, book)
    drafted.post(url("save", opened, unit), {"revision": "1", "partial": "1", "section__advantages": "Ngay trước đó."})
    answer = confirmed(drafted, opened, unit, shown)
    assert answer.redirect_chain == [(url("workbook-preview", opened, unit), 302)]
    assert typed()["section__advantages"] == "Ngay trước đó."


def test_what_is_typed_while_it_is_stored_refuses_all_of_it(drafted, opened, unit, liaison):
    rows = [{"section__advantages": ("Lúc xem.", "Trong tệp.")}]
    with pytest.raises(Refused, match="Có người vừa nhập"):
        actions.read_in(round_=opened, unit=unit, rows=rows, start={}, by=liaison, now=NOW)
    assert typed()["section__advantages"] == "Có nội dung."


def test_a_workbook_without_its_memory_takes_back_nothing_and_shows_what_it_changes(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    del book["Khi tải xuống"]
    book["Nội dung"].cell(2, 2).value = "Trong tệp."
    book["Nội dung"].cell(3, 2).value = None
    shown = uploaded(drafted, opened, unit, book)
    assert changes(shown) == [("I.1 Thuận lợi", "Nội dung", "Trong tệp.", "Có nội dung.")]
    assert shown.context["asked_count"] == 0


def test_a_workbook_of_another_report_is_refused(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    book["Khi tải xuống"].cell(1, 1).value = "2021-H1 99"
    assert "Tệp này thuộc báo cáo khác" in uploaded(drafted, opened, unit, book).text


@pytest.mark.parametrize("content", [b"", b"khong phai Excel", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_told(drafted, opened, unit, content):
    assert sent(drafted, opened, unit, content).context["faults" if content == b"khong phai Excel" else "form"]


def test_names_that_the_report_does_not_know_are_faults_with_names_like_them(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    book["Số liệu"].cell(THEFT_ROW, 1).value = "Trộm cắp"
    shown = uploaded(drafted, opened, unit, book)
    assert faults(shown) == [("Số liệu", THEFT_ROW, "Loại vụ việc")]
    assert "“Trộm cắp tài sản”" in str(shown.context["faults"][0])


def test_a_name_without_diacritics_is_told_by_what_it_was_read_as(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    book["Số liệu"].cell(THEFT_ROW, 1).value = "trom cap tai san"
    told = uploaded(drafted, opened, unit, book).context["reading"].notices
    assert "Số liệu: “trom cap tai san” viết không dấu, được đọc là “Trộm cắp tài sản”. (Dòng: 2.)" in told


def test_an_identity_number_in_a_cell_is_a_fault_unless_it_is_masked(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    book["Nội dung"].cell(2, 2).value = "Gặp ông A, số 001099012345"
    shown = uploaded(drafted, opened, unit, book)
    assert faults(shown) == [("Nội dung", 2, "Nội dung")]
    assert typed()["section__advantages"] == "Có nội dung."
    masked = sent(drafted, opened, unit, saved(book), mask="on")
    assert "001099012345" not in masked.text
    confirmed(drafted, opened, unit, masked)
    assert typed()["section__advantages"].startswith("Gặp ông A, số ")


def test_text_of_the_draft_never_computes(drafted, opened, unit):
    cell = next(row[1] for row in downloaded(drafted, opened, unit)["Nội dung"].rows if "Phương hướng" in row[0].value)
    assert (cell.value, cell.data_type) == ("=Tuần tra đêm.", "s")


def test_a_fraction_in_a_cell_is_no_count_of_thousands(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    book["Số liệu"].cell(THEFT_ROW, 2).value = 1.125
    shown = uploaded(drafted, opened, unit, book)
    assert faults(shown) == [("Số liệu", THEFT_ROW, "Số vụ")]
    assert "là số lẻ" in shown.text


def test_every_fault_is_told_at_once_and_stands_in_the_workbook_with_comments(drafted, opened, unit):
    AskedMeasures.objects.filter(category__code="trom-cap-tai-san").update(measures=["cases"])
    book = downloaded(drafted, opened, unit)
    figures = book["Số liệu"]
    figures.cell(THEFT_ROW, column_of(figures, "Thiệt hại (đồng)")).value = 5
    figures.cell(3, 2).value = "nhiều"
    book["Công tác"].cell(2, 2).value = "#REF!"
    book["Nội dung"].cell(3, 2).value = "x" * 20_001
    shown = uploaded(drafted, opened, unit, book)
    found = [("Nội dung", 3, "Nội dung"), ("Số liệu", THEFT_ROW, "Thiệt hại (đồng)"), ("Số liệu", 3, "Số vụ"),
             ("Công tác", 2, "Kỳ này")]  # fmt: skip
    assert faults(shown) == found
    assert "Trang tính “Công tác”, dòng 2, cột “Kỳ này”: Ô báo lỗi #REF!" in shown.text
    file = drafted.get(url("workbook-faults", opened, unit)).getvalue()
    told = load_workbook(io.BytesIO(file))
    commented = [(sheet.title, cell.row) for sheet in told for row in sheet.iter_rows() for cell in row if cell.comment]
    assert commented == [(sheet, row) for sheet, row, _column in found]


def test_what_is_left_out_is_told(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    figures = book["Số liệu"]
    figures.cell(1, 20).value = "Tỷ lệ"
    figures.cell(THEFT_ROW, 20).value = 3
    figures.insert_rows(2)
    figures.cell(2, 1).value = "I. Trật tự xã hội"
    figures.cell(2, 2).value = 99
    book["Công tác"].title = "Công tác (sửa)"
    book.create_sheet("Danh bạ")["A1"] = "Nguyễn Văn Mẫu"
    told = " ".join(uploaded(drafted, opened, unit, book).context["reading"].notices)
    for part in ("Nội dung, Số liệu, Công tác (sửa)", "Tỷ lệ", "Danh bạ", "dòng ghi tên nhóm"):
        assert part in told
    assert "Khi tải xuống" not in told
    assert "Số liệu: Bỏ qua: dòng ghi tên nhóm" in told


def test_each_sheet_stands_under_its_own_heads(drafted, opened, unit):
    shown = uploaded(drafted, opened, unit, downloaded(drafted, opened, unit))
    assert [(table.sheet, table.heads[:2]) for table in shown.context["tables"]] == [
        ("Nội dung", ("Mục", "Nội dung")), ("Số liệu", ("Loại vụ việc", "Số vụ")), ("Công tác", ("Chỉ tiêu", "Kỳ này")),
    ]  # fmt: skip


def test_a_workbook_from_before_rows_got_other_names_is_read(drafted, opened, unit):
    """“Cướp” is “Cướp tài sản” now, “Buổi tuần tra” “Số buổi tuần tra”: who filled it in lost nothing."""
    book = downloaded(drafted, opened, unit)
    former = {"Cướp tài sản": "Cướp", "Vi phạm khác về trật tự xã hội": "Khác", "Số buổi tuần tra": "Buổi tuần tra"}
    for sheet in book:
        for row in sheet.iter_rows(min_row=2):
            if row[0].value in former:
                row[0].value, row[1].value = former[row[0].value], 7
    confirmed(drafted, opened, unit, uploaded(drafted, opened, unit, book))
    fields = ("category__cuop-tai-san__cases", "category__trat-tu-xa-hoi-khac__cases", "indicator__buoi-tuan-tra")
    assert [typed().get(name) for name in fields] == ["7", "7", "7"]


OWN_SHEET = xlsx(
    ["CÔNG AN XÃ THỬ MỘT"],
    ["BẢNG SỐ LIỆU 6 THÁNG ĐẦU NĂM 2022"],
    [],
    ["STT", "Nội dung", "Số vụ", "Làm rõ", "Thiệt hại (triệu đồng)", "Ghi chú"],
    ["I", "Trật tự xã hội"],
    [1, "1. Trom cap tai san", 7, 5, "1,5", "Chủ yếu xe máy"],
    [2, "Gây rối trật tự công cộng", "-", None, "x", None],
    ["II", "Công tác"],
    [3, "Số buổi tuần tra", 24],
    ["Tổng cộng", None, 31],
)


def test_a_sheet_of_the_units_own_is_read_as_any_table(as_user, liaison, opened, unit):
    client = as_user(liaison)
    shown = sent(client, opened, unit, OWN_SHEET)
    assert faults(shown) == []
    confirmed(client, opened, unit, shown)
    theft, brawl = "category__trom-cap-tai-san__", "category__gay-roi-trat-tu-cong-cong__"
    fields = (CASES, theft + "solved", DAMAGE, theft + "remark", brawl + "cases", "indicator__buoi-tuan-tra")
    assert [typed()[name] for name in fields] == ["7", "5", "1500000", "Chủ yếu xe máy", "0", "24"]


def test_the_columns_of_each_sheet_can_be_changed_and_are_remembered(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    figures = book["Số liệu"]
    figures.cell(1, 2).value, figures.cell(THEFT_ROW, 2).value = "Ký hiệu A", 9
    shown = uploaded(drafted, opened, unit, book)
    assert "Ký hiệu A" in " ".join(shown.context["reading"].notices)
    form = shown.context["forms"][1]
    said = {"sheet": "Số liệu", "head_row": "1", "was_sheet": "Số liệu", "was_head_row": "1"}
    said |= {name: form.initial[name] for name in form.fields if name.startswith("column_")}
    shown = drafted.post(url("workbook-preview", opened, unit), said | {"column_1": "cases"}, follow=True)
    confirmed(drafted, opened, unit, shown)
    assert typed()[CASES] == "9"
    figures.cell(THEFT_ROW, 2).value = 10
    again = uploaded(drafted, opened, unit, book)
    assert [cell[2] for cell in changes(again)] == ["10"]


def test_a_sheet_can_be_left_out(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    book["Nội dung"].cell(2, 2).value = "Trong tệp."
    uploaded(drafted, opened, unit, book)
    for sheet, columns in (("Nội dung", 2), ("Số liệu", 10), ("Công tác", 3)):
        said = {"sheet": sheet, "head_row": "1", "was_sheet": sheet, "was_head_row": "1"}
        said |= {f"column_{place}": "" for place in range(columns)}
        shown = drafted.post(url("workbook-preview", opened, unit), said, follow=True)
        assert changes(shown) == []
    assert [str(fault) for fault in shown.context["faults"]] == ["Mọi cột đều bị bỏ qua nên không có gì để đọc."]


def test_what_stands_twice_is_a_fault(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    theft = book["Số liệu"].cell(THEFT_ROW, 1).value
    book["Số liệu"].cell(3, 1).value = book["Công tác"].cell(2, 1).value = theft
    shown = uploaded(drafted, opened, unit, book)
    assert faults(shown) == [("Số liệu", 3, "Loại vụ việc"), ("Công tác", 2, "Chỉ tiêu")]
    assert f"{THEFT_ROW} (“Số liệu”)" in str(shown.context["faults"][1])


def test_what_the_form_would_warn_of_is_told_before_it_is_stored(as_user, liaison, opened, unit):
    accepted_report(unit, "2021-H1", {"trom-cap-tai-san": 2})
    client = as_user(liaison)
    shown = sent(client, opened, unit, xlsx(["Chỉ tiêu", "Số vụ", "Làm rõ"], ["Trộm cắp tài sản", 90, 91]))
    told = " ".join(shown.context["reading"].notices)
    assert "Không lớn hơn số vụ (90)" in told
    assert "(Dòng: 2.)" in told
    confirmed(client, opened, unit, shown)
    assert typed()[CASES] == "90"


def test_a_report_that_was_sent_takes_nothing_and_gives_nothing_back(drafted, opened, unit, secretariat):
    book = downloaded(drafted, opened, unit)
    book["Nội dung"].cell(2, 2).value = "Trong tệp."
    shown = uploaded(drafted, opened, unit, book)
    confirmed(drafted, opened, unit, shown)
    Submission.objects.update(status=Submission.Status.SUBMITTED)
    refused = uploaded(drafted, opened, unit, book)
    assert "Báo cáo đã nộp" in str(refused.context["faults"][0])
    undone(drafted, opened, unit)
    assert typed()["section__advantages"] == "Trong tệp."


def test_the_template_is_the_draft_itself(drafted, opened, unit):
    made = [drafted.get(url(name, opened, unit)).getvalue() for name in ("workbook-template", "workbook-file")]
    books = [load_workbook(io.BytesIO(data)) for data in made]
    rows = [[[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()] for book in books]
    assert rows[0] == rows[1]


def test_each_row_has_room_for_its_text_and_each_sheet_prints_on_the_width_of_a_page(drafted, opened, unit):
    """Other programs than Excel leave a row one line high, and texts stood over each other."""
    told = "Một câu dài kể về công tác tuyên truyền, vận động trên địa bàn. " * 6 + "\nHai.\nBa."
    Submission.objects.update(typed=Submission.objects.get().typed | {"section__outreach": told})
    book = downloaded(drafted, opened, unit)
    texts = book["Nội dung"]
    heights = {row[0].value: texts.row_dimensions[row[0].row].height for row in texts.iter_rows()}
    assert heights["II.2 Công tác tuyên truyền, vận động"] >= 15 * 8
    assert heights["II.3 Phong trào toàn dân bảo vệ an ninh Tổ quốc, mô hình"] >= 15 * 2
    for sheet in ("Nội dung", "Số liệu", "Công tác"):
        assert (book[sheet].page_setup.fitToWidth, book[sheet].page_setup.fitToHeight) == (1, 0)
        assert book[sheet].sheet_properties.pageSetUpPr.fitToPage
