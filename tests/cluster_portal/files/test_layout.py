"""A rendered PDF is measured against Nghị định 30/2020/NĐ-CP, Phụ lục I, element by element."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest
from django.template import engines

from cluster_portal.files.document_head import DocumentHead, Letterhead, Verification
from cluster_portal.files.pdf import html_to_pdf
from cluster_portal.files.qr import qr_picture
from tests.support.measuring import TOLERANCE, pages_of

SENTENCE = "Trong kỳ, các đơn vị thành viên đã phối hợp tuần tra, nắm tình hình, giải quyết kịp thời các vụ việc. "
#: How high a capital is, in millimetres for each point of its size.
CAPITAL = 0.233
ADDRESS = "https://portal.example.vn/verify/7K3M-Q9XT-2BDF/"
LETTERHEAD = Letterhead(
    issuer="Cụm địa bàn an toàn",
    superior="UBND huyện Sóc Sơn",
    place="Sóc Sơn",
    notation_suffix="CĐBAT",
    signer_capacity="Cụm trưởng",
    signer_post="Chủ tịch công ty",
    signer_name="Nguyễn Văn Mẫu",
    recipients=("UBND huyện", "Các đơn vị thành viên"),
)
HEAD = DocumentHead(
    LETTERHEAD,
    "Báo cáo",
    "BC",
    "Sơ kết công tác 6 tháng đầu năm 2022",
    number=5,
    date=dt.date(2022, 1, 5),
    verification=Verification("7K3M-Q9XT-2BDF", ADDRESS, qr_picture(ADDRESS)),
)
BODY = """{% extends "documents/base.html" %}{% block body %}
<h2>I. Tình hình chung</h2><h3>1. Thuận lợi</h3><h4>a) Về tổ chức</h4>
{% for place in paragraphs %}<p>{{ sentence }}{{ sentence }}{{ sentence }}</p>{% endfor %}
{% if rows %}<table><caption>Bảng 1. Số vụ</caption>
<thead><tr><th>Đơn vị</th><th>Số vụ</th></tr></thead><tbody>
{% for row in rows %}<tr><th scope="row">Đơn vị {{ row }}</th><td class="num">{{ row }}</td></tr>{% endfor %}
</tbody></table>{% endif %}
{% endblock %}{% block annexes %}<section class="annex"><h2>Phụ lục I</h2>
<p class="annex-subject">Số liệu chi tiết</p><p>{{ sentence }}</p></section>{% endblock %}"""


def rendered(*, paragraphs, rows=0, annex=True, head=HEAD):
    source = BODY if annex else BODY.partition("{% block annexes %}")[0]
    template = engines["django"].from_string(source)
    context = {"head": head, "paragraphs": range(paragraphs), "rows": range(rows), "sentence": SENTENCE}
    return html_to_pdf(template.render(context))


@pytest.fixture(scope="module")
def pages():
    return pages_of(rendered(paragraphs=2))


@pytest.fixture(scope="module")
def first(pages):
    return pages[0]


def same(one, other, tolerance=TOLERANCE):
    return one == pytest.approx(other, abs=tolerance)


def test_the_page_is_a4_with_the_margins_of_the_decree(first):
    lines = first.words
    assert (round(first.width), round(first.height)) == (210, 297)
    assert 30 - TOLERANCE <= min(line.left for line in lines) <= 35
    assert 15 - TOLERANCE <= 210 - max(line.right for line in lines) <= 20
    assert 20 <= min(line.baseline - line.size * CAPITAL for line in lines) <= 25
    assert max(line.baseline for line in lines) <= 277


def test_country_and_motto(first):
    country, motto = first.line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), first.line("Độc lập - Tự do - Hạnh phúc")
    rule = first.rule_below(motto)
    assert 12 <= country.size <= 13
    assert 13 <= motto.size <= 14
    assert country.style == motto.style == (True, False)
    assert same(country.middle, motto.middle)
    assert country.left > first.width * 0.45
    assert same(rule.width, motto.width, 0.8)


def test_superior_and_issuing_body(first):
    superior, issuer = first.line("UBND HUYỆN SÓC SƠN"), first.line("CỤM ĐỊA BÀN AN TOÀN")
    rule = first.rule_below(issuer)
    assert 12 <= superior.size <= 13
    assert 12 <= issuer.size <= 13
    assert (superior.style, issuer.style) == ((False, False), (True, False))
    assert same(superior.middle, issuer.middle)
    assert issuer.right < first.width / 2
    assert same(superior.baseline, first.line("CỘNG HÒA").baseline, 1)
    assert 1 / 3 <= rule.width / issuer.width <= 1 / 2


def test_number_and_notation(first):
    number = first.line("Số: 05/BC-CĐBAT")
    assert (number.size, number.style) == (13, (False, False))
    assert same(number.middle, first.line("CỤM ĐỊA BÀN").middle)


def test_place_and_date(first):
    place = first.line("Sóc Sơn, ngày 05 tháng 01 năm 2022")
    assert 13 <= place.size <= 14
    assert place.style == (False, True)
    assert same(place.baseline, first.line("Số:").baseline)
    assert same(place.middle, first.line("Độc lập").middle)


def test_kind_and_subject(first):
    kind, subject = first.line("BÁO CÁO"), first.line("Sơ kết công tác")
    rule = first.rule_below(subject)
    assert 13 <= kind.size <= 14
    assert 13 <= subject.size <= 14
    assert kind.style == subject.style == (True, False)
    assert same(kind.middle, 112.5)
    assert same(subject.middle, 112.5)
    assert 1 / 3 <= rule.width / subject.width <= 1 / 2


LONG = "Tình hình, kết quả xây dựng cụm địa bàn an toàn 6 tháng đầu năm 2022 so với cùng kỳ năm 2021"


@pytest.mark.parametrize("subject", ["Tuần tra", LONG])
def test_the_rule_below_the_subject_is_as_long_as_the_text_asks(subject):
    page = pages_of(rendered(paragraphs=1, annex=False, head=replace(HEAD, subject=subject)))[0]
    above = [line for line in page.words if page.line("BÁO CÁO").baseline < line.baseline < page.line("I.").baseline]
    rule = page.rule_below(above[-1])
    assert 1 / 3 <= rule.width / max(line.width for line in above) <= 1 / 2


def test_headings(first):
    part, section, point = (first.line(text) for text in ("I. TÌNH HÌNH CHUNG", "1. Thuận lợi", "a) Về tổ chức"))
    assert all(13 <= heading.size <= 14 for heading in (part, section, point))
    assert [heading.style for heading in (part, section, point)] == [(True, False), (True, False), (False, False)]


def body_lines(page):
    """The lines of both paragraphs: each begins with the sentence's first words, indented."""
    start = next(place for place, line in enumerate(page.words) if line.text.startswith("Trong kỳ"))
    end = next(place for place, line in enumerate(page.words) if line.text.startswith("Nơi nhận"))
    return page.words[start:end]


def test_body(first):
    lines = body_lines(first)
    beginnings = [line for line in lines if line.left > 32]
    assert len(beginnings) == 2
    assert all(13 <= line.size <= 14 and line.style == (False, False) for line in lines)
    assert all(same(line.left - 30, 10) or same(line.left - 30, 12.7) for line in beginnings)
    full = lines[: lines.index(beginnings[1]) - 1]
    assert all(same(line.right, 195) for line in full)


def test_lines_and_paragraphs_are_apart_as_the_decree_says(first):
    lines = body_lines(first)
    second = next(place for place, line in enumerate(lines) if place and line.left > 32)
    steps = [(below.baseline - above.baseline) * 72 / 25.4 for above, below in pairwise(lines)]
    single = 14 * 1.149  # Liberation Serif's own line
    assert all(single - 0.5 <= step <= single * 1.5 for place, step in enumerate(steps, 1) if place != second)
    assert steps[second - 1] - steps[0] >= 6 - 0.1


def test_signer(first):
    capacity, post, name = (first.line(text) for text in ("CỤM TRƯỞNG", "CHỦ TỊCH CÔNG TY", "Nguyễn Văn Mẫu"))
    assert all(13 <= line.size <= 14 and line.style == (True, False) for line in (capacity, post, name))
    assert same(capacity.middle, name.middle)
    assert capacity.left > first.width / 2
    assert post.baseline - capacity.baseline > 20  # room to sign
    assert 0 < name.baseline - post.baseline < 8  # the second post right above the name (II.7, ô 7b)


@pytest.mark.parametrize("title", ["", "Cụm phó"])
def test_who_signs_on_behalf_has_their_title_below_it(title):
    letterhead = replace(LETTERHEAD, signer_capacity="KT. Cụm trưởng", signer_title=title)
    page = pages_of(rendered(paragraphs=1, annex=False, head=replace(HEAD, letterhead=letterhead)))[0]
    signed = [line for line in page.words if line.left > page.width / 2 and line.is_bold]
    capacity = next(place for place, line in enumerate(signed) if line.text == "KT. CỤM TRƯỞNG")
    below = signed[capacity + 1]
    assert (below.text == "CỤM PHÓ") is bool(title)
    assert (below.baseline - signed[capacity].baseline < 8) is bool(title)


@pytest.mark.parametrize(
    ("change", "mark"),
    [
        ({"number": None}, True),
        ({}, False),
        ({"number": None, "is_numbered_elsewhere": True}, False),
        ({"number": None, "kind_code": ""}, False),
    ],
)
def test_what_was_not_issued_says_so_below_the_number(change, mark):
    page = pages_of(rendered(paragraphs=1, annex=False, head=replace(HEAD, **change)))[0]
    marks = [line for line in page.words if line.text == "DỰ THẢO"]
    assert len(marks) == mark
    for line in marks:
        assert line.is_bold
        assert line.right < page.width / 2


def test_recipients(first):
    title, last = first.line("Nơi nhận:"), first.line("- Lưu: VT.")
    listed = [first.line("- UBND huyện;"), first.line("- Các đơn vị thành viên;"), last]
    assert (title.size, title.style) == (12, (True, True))
    assert all((line.size, line.style) == (11, (False, False)) for line in listed)
    assert same(title.left, 30)
    assert same(title.baseline, first.line("CỤM TRƯỞNG").baseline, 0.8)


def test_the_code_stands_below_the_signature(first):
    code = first.line("Mã tra cứu: 7K3M-Q9XT-2BDF")
    assert code.baseline > first.line("Nguyễn Văn Mẫu").baseline


def test_annex(pages):
    annex = pages[-1]
    title, subject = annex.line("Phụ lục I"), annex.line("SỐ LIỆU CHI TIẾT")
    assert (title.size, title.style) == (14, (True, False))
    assert 13 <= subject.size <= 14
    assert subject.is_bold
    assert same(title.middle, subject.middle)


def test_everything_is_black_and_in_one_face(pages):
    for page in pages:
        assert {line.face.removesuffix("-Italic").removesuffix("-Bold") for line in page.words} == {"Liberation-Serif"}
        assert [line.text for line in page.words if not line.is_black] == []


LENGTHS = [(1, 2, 0), (5, 28, 30), (30, 238, 80)]


@pytest.fixture(scope="module", params=LENGTHS, ids=lambda length: f"{length[0]} pages")
def length(request):
    count, paragraphs, rows = request.param
    return count, pages_of(rendered(paragraphs=paragraphs, rows=rows, annex=False))


def test_pages_are_numbered_in_the_middle_of_the_top_margin_from_the_second_on(length):
    count, pages = length
    assert len(pages) == count
    above = [[line for line in page.words if line.baseline < 20] for page in pages]
    assert [[line.text for line in lines] for lines in above] == [[], *([str(n)] for n in range(2, count + 1))]
    for (number,) in above[1:]:
        assert 13 <= number.size <= 14
        assert same(number.middle, 112.5, 0.6)


def test_no_page_leaves_its_margins(length):
    _count, pages = length
    for page in pages:
        assert min(line.left for line in page.words) >= 30 - TOLERANCE
        assert max(line.right for line in page.words) <= 195 + TOLERANCE
        assert max(line.baseline for line in page.words) <= 277


def test_the_head_of_a_table_repeats_on_each_of_its_pages(length):
    _count, pages = length
    with_rows = [page for page in pages if any(line.text.startswith("Đơn vị ") for line in page.words)]
    assert all(any(line.text == "Đơn vị" for line in page.words) for page in with_rows)


def test_the_signature_is_never_parted(length):
    _count, pages = length
    assert {"Nơi nhận:", "CỤM TRƯỞNG", "Nguyễn Văn Mẫu", "- Lưu: VT."} <= {line.text for line in pages[-1].words}


@pytest.mark.parametrize("paragraphs", range(3, 9))
def test_the_signature_stands_below_text_and_never_alone_on_a_page(paragraphs):
    last = pages_of(rendered(paragraphs=paragraphs, annex=False, head=replace(HEAD, verification=None)))[-1]
    text = [line for line in last.words if "đơn vị thành viên đã phối hợp" in line.text or "các vụ việc" in line.text]
    assert text
    assert max(line.baseline for line in text) < last.line("Nơi nhận:").baseline
