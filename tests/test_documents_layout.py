"""A rendered document, measured against Nghị định 30/2020/NĐ-CP, Phụ lục I."""

import datetime as dt
import io
from dataclasses import dataclass

import pypdf
import pytest
from django.template import engines

from cluster_portal.documents import DocumentHead, Letterhead
from cluster_portal.pdf import html_to_pdf

POINT = 25.4 / 72
HEAD = DocumentHead(
    Letterhead(
        issuer="Cụm địa bàn an toàn",
        superior="UBND huyện Sóc Sơn",
        place="Sóc Sơn",
        notation_suffix="CĐBAT",
        signer_capacity="Cụm trưởng",
        signer_name="Hoàng Anh Quang",
        recipients=("UBND huyện",),
    ),
    kind="Báo cáo",
    kind_code="BC",
    subject="Sơ kết 6 tháng đầu năm 2022",
    number=5,
    date=dt.date(2022, 8, 16),
)
BODY = """{% extends "documents/base.html" %}{% block body %}
<h2>I. Tình hình</h2><h3>1. Kết quả</h3><p>Thân bài.</p><p style="break-before: page">Trang hai.</p>{% endblock %}"""


@dataclass(frozen=True)
class Run:
    """A run of text: `left` and `top` (of its baseline) in mm from the page's corner, `size` in points."""

    text: str
    left: float
    top: float
    size: float
    face: str


def runs_of(page):
    found = []

    def visit(text, cm, tm, font, size):
        if text.strip():
            left, bottom = (tm[4] * cm[0] + cm[4]) * POINT, (tm[5] * cm[3] + cm[5]) * POINT
            face = str(font["/BaseFont"]).partition("+Liberation-Serif")[2].strip("-")
            found.append(Run(text.strip(), left, 297 - bottom, round(size * abs(cm[0]), 1), face or "Regular"))

    page.extract_text(visitor_text=visit)
    return found


@pytest.fixture(scope="module")
def pages():
    html = engines["django"].from_string(BODY).render({"head": HEAD})
    return [runs_of(page) for page in pypdf.PdfReader(io.BytesIO(html_to_pdf(html))).pages]


def the(pages, text):
    (found,) = [run for page in pages for run in page if run.text == text]
    return found


@pytest.mark.parametrize(
    ("text", "smallest", "largest", "face"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, 13, "Bold"),
        ("Độc lập - Tự do - Hạnh phúc", 13, 14, "Bold"),
        ("UBND HUYỆN SÓC SƠN", 12, 13, "Regular"),
        ("CỤM ĐỊA BÀN AN TOÀN", 12, 13, "Bold"),
        ("Số: 05/BC-CĐBAT", 13, 13, "Regular"),
        ("Sóc Sơn, ngày 16 tháng 8 năm 2022", 13, 14, "Italic"),
        ("BÁO CÁO", 13, 14, "Bold"),
        ("Sơ kết 6 tháng đầu năm 2022", 13, 14, "Bold"),
        ("I. TÌNH HÌNH", 13, 14, "Bold"),
        ("1. Kết quả", 13, 14, "Bold"),
        ("Thân bài.", 13, 14, "Regular"),
        ("CỤM TRƯỞNG", 13, 14, "Bold"),
        ("Hoàng Anh Quang", 13, 14, "Bold"),
        ("Nơi nhận:", 12, 12, "Bold-Italic"),
        ("- UBND huyện;", 11, 11, "Regular"),
        ("- Lưu: VT.", 11, 11, "Regular"),
        ("2", 13, 14, "Regular"),
    ],
)
def test_each_element_has_the_size_and_face_of_the_decree(pages, text, smallest, largest, face):
    run = the(pages, text)
    assert smallest <= run.size <= largest
    assert run.face == face


def test_the_margins_are_those_of_the_decree(pages):
    body = [run for page in pages for run in page if run.text != "2"]
    assert 30 <= min(run.left for run in body) <= 35
    assert min(run.top for run in body) > 20


def test_issuer_stands_left_and_nation_right(pages):
    assert the(pages, "CỤM ĐỊA BÀN AN TOÀN").left < 95
    assert the(pages, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").left > 95
    assert the(pages, "CỤM TRƯỞNG").left > 105


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Số: 05/BC-CĐBAT", "Sóc Sơn, ngày 16 tháng 8 năm 2022"),
        ("UBND HUYỆN SÓC SƠN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Nơi nhận:", "CỤM TRƯỞNG"),
    ],
)
def test_pairs_stand_on_one_level(pages, one, other):
    assert the(pages, one).top == pytest.approx(the(pages, other).top, abs=1)


def test_the_first_line_of_a_paragraph_is_indented(pages):
    assert the(pages, "Thân bài.").left - 30 == pytest.approx(10, abs=0.2)


def test_the_page_number_is_centred_in_the_top_margin(pages):
    number = the(pages, "2")
    assert number.top < 20
    assert number.left == pytest.approx(30 + 165 / 2, abs=2)
