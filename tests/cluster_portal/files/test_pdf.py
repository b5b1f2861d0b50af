"""The one layout of official documents: what it prints, and what it refuses to fetch."""

import datetime as dt
import io
import re

import pypdf
import pytest
from django.template import engines

from cluster_portal.files.document_head import DocumentHead, Letterhead
from cluster_portal.files.pdf import document_html, html_to_pdf, render_pdf

LETTERHEAD = Letterhead(
    issuer="Cụm địa bàn an toàn", superior="UBND huyện Sóc Sơn", place="Sóc Sơn", notation_suffix="CĐBAT"
)
OPEN = DocumentHead(LETTERHEAD, "Báo cáo", "BC", "Sơ kết 6 tháng đầu năm 2022")


def reader(pdf):
    return pypdf.PdfReader(io.BytesIO(pdf))


def long_document(head):
    """Three pages of the base layout."""
    template = engines["django"].from_string(
        """{% extends "documents/base.html" %}{% block body %}<p>Một</p>
        <p style="break-before: page">Hai</p><p style="break-before: page">Ba</p>{% endblock %}"""
    )
    return html_to_pdf(template.render({"head": head}))


def fonts_of(pdf):
    fonts = set()
    for page in reader(pdf).pages:
        fonts |= {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    return {re.sub(r"^/[A-Z]{6}\+", "", font) for font in fonts}


def test_an_open_document_leaves_room_for_number_and_date():
    assert " ".join(OPEN.notation.split()) == "Số: /BC-CĐBAT"
    assert " ".join(OPEN.place_and_date.split()) == "Sóc Sơn, ngày tháng năm"


def test_an_issued_document_pads_number_day_and_month():
    issued = DocumentHead(LETTERHEAD, "Báo cáo", "BC", "…", number=5, date=dt.date(2022, 1, 5))
    assert issued.notation == "Số: 05/BC-CĐBAT"
    assert issued.place_and_date == "Sóc Sơn, ngày 05 tháng 01 năm 2022"


def test_the_recipients_end_with_the_archive():
    letterhead = Letterhead(issuer="Cụm", recipients=("UBND huyện", "Các đơn vị;"))
    assert letterhead.recipient_lines == ("- UBND huyện;", "- Các đơn vị;", "- Lưu: VT.")


def test_the_letterhead_is_printed_in_the_intended_face_only():
    pdf = render_pdf("documents/base.html", {"head": OPEN})
    text = " ".join(reader(pdf).pages[0].extract_text().split())
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc" in text
    assert all(font.startswith("Liberation-Serif") for font in fonts_of(pdf))


def test_the_same_input_gives_the_same_bytes():
    assert render_pdf("documents/base.html", {"head": OPEN}) == render_pdf("documents/base.html", {"head": OPEN})


def test_a_document_is_tagged_and_says_its_language_and_title():
    document = reader(render_pdf("documents/base.html", {"head": OPEN}))
    assert document.root_object["/Lang"] == "vi"
    assert document.root_object["/StructTreeRoot"]["/K"][0].get_object()["/S"] == "/Document"
    assert document.metadata.title == "Báo cáo Sơ kết 6 tháng đầu năm 2022"


@pytest.mark.parametrize("is_sample", [True, False])
def test_sample_data_is_marked_on_every_page(is_sample):
    letterhead = Letterhead(issuer="Cụm", is_sample=is_sample)
    head = DocumentHead(letterhead, "Báo cáo", "BC", "Sơ kết")
    pages = reader(long_document(head)).pages
    assert len(pages) == 3
    assert [("Dữ liệu mẫu" in page.extract_text()) for page in pages] == [is_sample] * 3


def test_pages_are_numbered_from_the_second_on():
    pages = reader(long_document(OPEN)).pages
    assert [str(number) in page.extract_text().split() for number, page in enumerate(pages, 1)] == [False, True, True]


def test_files_outside_the_project_are_not_read(tmp_path):
    secret = tmp_path / "secret.css"
    secret.write_text("p::before { content: 'bí mật' }")
    pdf = html_to_pdf(f'<html lang="vi"><title>x</title><link rel=stylesheet href="{secret.as_uri()}"><p>a</html>')
    assert "bí mật" not in reader(pdf).pages[0].extract_text()


@pytest.mark.parametrize(
    ("subject", "unbroken"),
    [
        ("Hội nghị sơ kết 6 tháng đầu năm 2022", "Hội nghị sơ kết 6_tháng_đầu_năm_2022"),
        (
            "6 tháng cuối năm 2022 so với cùng kỳ năm 2021 – Xã 6",
            "6_tháng_cuối_năm_2022 so với cùng kỳ năm_2021 – Xã 6",
        ),
        ("Phối hợp trong năm qua", "Phối hợp trong năm qua"),
    ],
)
def test_a_title_does_not_break_within_its_period(subject, unbroken):
    head = DocumentHead(LETTERHEAD, "Báo cáo", "BC", subject)
    assert head.subject_unbroken == unbroken.replace("_", "\N{NO-BREAK SPACE}")
    assert f'class="subject">{head.subject_unbroken}<' in document_html("documents/base.html", {"head": head})
