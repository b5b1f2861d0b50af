"""A number keeps company with its unit, on paper and on pages."""

import io

import pypdf
import pytest
from django.template import Context, Template
from django.urls import reverse
from docx import Document

from cluster_portal.files.column_widths import column_widths
from cluster_portal.files.document_head import DocumentHead, Letterhead
from cluster_portal.files.pdf import html_to_pdf
from cluster_portal.files.word import WordDocument
from cluster_portal.files.word_grid import TableCell
from cluster_portal.files.word_styles import TABLE_TEXT
from cluster_portal.formatting import within_sentence
from cluster_portal.unbroken import unbroken, unbroken_html
from tests.support.reporting import THEFT, accepted_report

LETTERHEAD = Letterhead("CỤM MẪU")


@pytest.mark.parametrize(
    "kept",
    [
        "6_tháng đầu năm_2022",
        "từ 08_giờ 30_phút đến 11_giờ 30_phút, ngày_05 tháng_01 năm_2022",
        "ghi nhận 435_vụ, giảm 78_vụ (15,20%) so với",
        "thiệt hại 1,46_tỷ_đồng, giảm 242_triệu_đồng và 900.000_đồng",
        "Phụ lục_II, Điều_12; số_05/BC-CĐBAT ngày_05 tháng_9 năm_2022",
        "1. Mục một; 2, mục hai; Xã mẫu 01 có ảnh 2 không rõ, 3/5_đơn vị, 01-07-22 là ngày",
        "không có số nào, năm qua, tỷ lệ",
    ],
)
def test_a_number_is_not_parted_from_what_belongs_to_it(kept):
    assert unbroken(kept.replace("_", " ")) == kept.replace("_", "\N{NO-BREAK SPACE}")


def test_markup_titles_and_styles_stay_as_they_are():
    page = '<title>Kỳ 6 tháng</title><style>p { margin: 0 3 auto }</style><p title="6 tháng">{}<b>07 vụ</b></p>'
    assert unbroken_html(page) == page.replace("07 vụ", "07\N{NO-BREAK SPACE}vụ")


def test_a_line_of_a_pdf_ends_before_the_number_and_not_behind_it():
    """In a narrow column; the sentence breaks after each word that may stand at the end of a line."""
    text = "an toàn 6 tháng đầu năm 2022, 07 vụ"
    pdf = html_to_pdf(f'<html lang="vi"><title>x</title><p style="width: 2em">{text}</html>')
    lines = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split("\n")
    assert [line.strip() for line in lines] == ["an", "toàn", "6\xa0tháng", "đầu", "năm\xa02022,", "07\xa0vụ"]


def test_a_word_file_keeps_them_together_in_text_and_table():
    written = WordDocument(DocumentHead(LETTERHEAD, "Báo cáo", "BC", "Thử"))
    written.paragraph("Ghi nhận 07 vụ trong 6 tháng", strong="trong 6 tháng")
    written.table([], [[TableCell("07 vụ", TABLE_TEXT)]], widths=[50])
    document = Document(io.BytesIO(written.bytes()))
    assert document.paragraphs[-1].text == "Ghi nhận 07\xa0vụ trong 6\xa0tháng"
    assert document.tables[-1].cell(0, 0).text == "07\xa0vụ"


def test_the_heading_of_a_page_keeps_them_together(as_user, secretariat, unit):
    accepted_report(unit, "2022-H1", {THEFT: 9})
    page = as_user(secretariat).get(reverse("reports:comparison-detail", args=["2022-H1"])).text
    heading = page.partition("<h1>")[2].partition("</h1>")[0]
    assert "6\xa0tháng" in heading
    assert "năm\xa02022" in heading


def test_a_column_has_room_for_a_number_with_its_unit():
    narrow, wide = (column_widths([["Số", text], ["Tên", "x " * 200]], 60, size=12)[0] for text in ("7", "7 người"))
    assert wide > narrow


def test_typed_text_that_does_not_break_is_no_markup():
    shown = Template("{% load formatting %}{{ text|kept_whole }}").render(Context({"text": "<b>28 đơn vị"}))
    assert shown == "&lt;b&gt;28\xa0đơn\xa0vị"


@pytest.mark.parametrize(
    ("typed", "told"),
    [("Trộm cắp tài sản", "trộm cắp tài sản"), ("UBND xã mời họp", "UBND xã mời họp"), ("CSGT", "CSGT"), ("", "")],
)
def test_a_name_within_a_sentence_begins_small_unless_it_is_an_abbreviation(typed, told):
    assert within_sentence(typed) == told
    letter = DocumentHead(LETTERHEAD, "Công văn", "CV", typed, is_letter=True)
    assert letter.about == f"V/v {told}"
