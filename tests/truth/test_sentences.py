"""The reader of sentences lets true ones pass, and finds the word that makes one false."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.truth import naive
from tests.truth.judge import vocabulary
from tests.truth.sentences import Teller, false_attendance
from tests.truth.worlds import Ask, Category, Group, Indicator, Member, Report, Round, World

FOUNDED = dt.date(2015, 1, 1)
ASKED = frozenset({"cases", "solved", "deaths", "injuries", "damage"})
NOW, BEFORE = (2022, 1), (2021, 1)


def teller(reports, members=2):
    """Reports are (unit, half, row of theft, patrols)."""
    world = World(
        [Member(number + 1, "commune", FOUNDED) for number in range(members)],
        [Group("order", "Trật tự xã hội")],
        [Category("theft", "Trộm cắp tài sản", "order", (Ask((1975, 1), ASKED, True),))],
        [Indicator("patrols", "Buổi tuần tra", "buổi")],
        [Round(NOW), Round(BEFORE)],
        [
            Report(unit, half, rows={"theft": row}, indicators={"patrols": patrols})
            for unit, half, row, patrols in reports
        ],
    )
    return Teller(naive.truth(world, NOW, BEFORE), vocabulary(world), NOW, BEFORE, [NOW, BEFORE])


def figures(cases, damage=0, deaths=0):
    return {"cases": cases, "solved": 0, "deaths": deaths, "injuries": 0, "damage": damage}


@pytest.fixture
def complete():
    """41 cases after 48, damage of 1,25 tỷ after 1 tỷ, 12 patrols after none."""
    return teller(
        [
            (1, NOW, figures(30, 1_250_000_000), 12),
            (2, NOW, figures(11), 0),
            (1, BEFORE, figures(48, 1_000_000_000, deaths=1), 0),
            (2, BEFORE, figures(0), 0),
        ]
    )


@pytest.fixture
def incomplete():
    """The second unit had 9 cases a year before and has not reported."""
    return teller([(1, NOW, figures(4), 1), (1, BEFORE, figures(5), 1), (2, BEFORE, figures(9), 1)])


TRUE = (
    "6 tháng đầu năm 2022, trên địa bàn cụm xảy ra 41 vụ, giảm 07 vụ (14,58%) so với cùng kỳ năm 2021.",
    "Trật tự xã hội: xảy ra 41 vụ, giảm 07 vụ (14,58%) so với cùng kỳ năm 2021, chiếm 100,00% tổng số vụ.",
    "Trong đó: không có người chết, giảm 01 người (100,00%) so với cùng kỳ năm 2021; "
    "thiệt hại 1,25 tỷ đồng, tăng 250 triệu đồng (25,00%).",
    "Buổi tuần tra: 12 buổi, tăng 12 buổi so với cùng kỳ năm 2021 (cùng kỳ năm 2021 không có).",
    "Làm bị thương 0 người, bằng cùng kỳ năm 2021.",
    "Điều tra làm rõ 0 vụ; tỷ lệ làm rõ đạt 0,00% (0/41 vụ thuộc diện điều tra, đã có số liệu làm rõ).",
    "Trong đó (so với cùng kỳ năm 2021): điều tra làm rõ 0 vụ, bằng cùng kỳ. "
    "Hậu quả: không có người chết, giảm 01 người (100,00%); thiệt hại về tài sản 1,25 tỷ đồng, tăng 250 triệu đồng.",
    "2/2 đơn vị có đủ báo cáo cả hai kỳ; 2/2 đơn vị có đủ báo cáo 6 tháng đầu năm 2022.",
    "Xã, phường (2/2 đơn vị có đủ báo cáo): xảy ra 41 vụ, giảm 07 vụ (14,58%) so với cùng kỳ năm 2021.",
)
FALSE = {
    "xảy ra 42 vụ": "42 vụ",
    "xảy ra 41 vụ, tăng 07 vụ (14,58%)": "a change by 07 vụ",
    "xảy ra 41 vụ, giảm 07 vụ (17,07%)": "(17,07%)",
    "xảy ra 41 vụ, bằng cùng kỳ năm 2021": "bằng",
    "không có thiệt hại": "không có thiệt hại",
    "ít nhất 41 vụ": "ít nhất 41 vụ",
    "thiệt hại 1,26 tỷ đồng": "1,26 tỷ đồng",
    "xảy ra 41 vụ (1/2 đơn vị)": "1/2 đơn vị",
    "trong 01 đơn vị so sánh được: 41 vụ": "trong 01 đơn vị so sánh được",
    "trong 01 đơn vị có số liệu cả hai kỳ: 41 vụ": "có số liệu cả hai kỳ",
    "xảy ra 41 vụ so với cùng kỳ năm 2020": "cùng kỳ năm 2020",
    "chưa có số liệu": "chưa có số liệu",
    "không so sánh được": "không so sánh được",
    "tỷ lệ làm rõ đạt 75,00% (30/40 vụ thuộc diện điều tra, đã có số liệu làm rõ)": "tỷ lệ làm rõ đạt 75,00%",
    "1/2 đơn vị có đủ báo cáo cả hai kỳ": "1/2 đơn vị có đủ báo cáo cả hai kỳ",
    "1/2 đơn vị có đủ báo cáo 6 tháng đầu năm 2022": "1/2 đơn vị có đủ báo cáo 6 tháng đầu năm 2022",
    "Xã, phường (1/2 đơn vị có đủ báo cáo)": "(1/2 đơn vị có đủ báo cáo)",
    "01 đơn vị chưa có báo cáo kỳ này: Đơn vị AB.": "01 đơn vị chưa có báo cáo kỳ này",
    "01 đơn vị tham gia cụm sau kỳ so sánh: Đơn vị AB.": "01 đơn vị tham gia cụm sau kỳ so sánh",
    "01 đơn vị không còn là thành viên trong kỳ này: Đơn vị AB.": "01 đơn vị không còn là thành viên",
    "Đối tượng: không so sánh 01 đơn vị để trống số liệu: Đơn vị AB.": "đối tượng: [1]",
    "chưa mở đợt báo cáo 6 tháng đầu năm 2022, các đơn vị chưa được đề nghị báo cáo": "chưa mở đợt báo cáo",
    "chưa có số liệu cùng kỳ năm 2021 để so sánh": "chưa có số liệu cùng kỳ năm 2021 để so sánh",
    "chưa có đủ số liệu": "chưa có đủ số liệu",
    "điều tra làm rõ: không thống kê": "không thống kê",
    "Trật tự xã hội: chiếm 29,44%": "chiếm 29,44%",
    "Buổi tuần tra: 12 buổi, tăng 11 buổi": "a change by 11 buổi",
    "so sánh được 40 vụ": "40 vụ compared",
    "xảy ra 41 vụ, giảm 07 vụ so với kế hoạch": "something not understood from “kế hoạch”",
}


@pytest.mark.parametrize("sentence", TRUE)
def test_true_sentences_pass(complete, sentence):
    assert complete.read(sentence, "total") == []


@pytest.mark.parametrize("sentence", FALSE)
def test_the_false_word_is_found(complete, sentence):
    found = complete.read(sentence, "total")
    assert FALSE[sentence] in " ".join(one.claim for one in found)


def test_an_incomplete_sum_is_told_with_who_is_in_it(incomplete):
    said = "ghi nhận 04 vụ (1/2 đơn vị); trong 01 đơn vị có số liệu cả hai kỳ: 04 vụ, giảm 01 vụ (20,00%)"
    assert incomplete.read(said, "total") == []
    assert incomplete.read("ít nhất 04 vụ", "total") == []
    assert incomplete.read("ít nhất 04 vụ, so sánh được 04 vụ, giảm 01 vụ (20,00%)", "total") == []
    assert incomplete.read("ít nhất 04 vụ, so sánh được 03 vụ, giảm 01 vụ (20,00%)", "total") != []


def test_what_others_are_compared_in_is_not_told_as_comparable():
    """Both units reported, one of them no damage: the cases are compared of two, the damage of one."""
    blank = figures(4, damage=None)
    found = teller(
        [(1, NOW, figures(4, 5), 0), (2, NOW, blank, 0), (1, BEFORE, figures(4, 4), 0), (2, BEFORE, blank, 0)]
    )
    assert found.read("thiệt hại về tài sản ít nhất 5 đồng, so sánh được 5 đồng, tăng 1 đồng (25,00%)", "total") != []
    named = "thiệt hại về tài sản ít nhất 5 đồng; trong 01 đơn vị so sánh được: 5 đồng, tăng 1 đồng (25,00%)"
    assert found.read(named, "total") == []


def test_criteria_that_fell_and_rose_are_counted():
    accident = [Category("tai-nan", "Tai nạn giao thông", "order", (Ask((1975, 1), ASKED, True),))]
    world = World(
        [Member(1, "commune", FOUNDED)],
        [Group("order", "Trật tự xã hội")],
        accident,
        [],
        [Round(NOW), Round(BEFORE)],
        [Report(1, NOW, rows={"tai-nan": figures(3, deaths=1)}), Report(1, BEFORE, rows={"tai-nan": figures(4)})],
    )
    found = Teller(naive.truth(world, NOW, BEFORE), vocabulary(world), NOW, BEFORE, [NOW, BEFORE])
    assert found.read("giảm 01 tiêu chí, tăng 01 tiêu chí", "category.tai-nan") == []
    for false in ("giảm 01 tiêu chí", "giảm 02 tiêu chí, tăng 01 tiêu chí", "không thay đổi cả ba tiêu chí"):
        assert found.read(false, "category.tai-nan") != []


@pytest.mark.parametrize(
    "sentence",
    ["xảy ra 04 vụ", "xảy ra 04 vụ, giảm 10 vụ (71,43%)", "xảy ra 04 vụ, giảm 01 vụ (20,00%)", "không có thiệt hại"],
)
def test_an_incomplete_sum_is_never_told_as_the_whole(incomplete, sentence):
    assert incomplete.read(sentence, "total") != []


def test_attendance_adds_up():
    truth = naive.attendance(["in_person"] * 3 + ["represented"] + ["absent_with_notice"])
    good = "4/5 đơn vị thành viên dự họp, trong đó 01 đơn vị cử người dự thay, 01 đơn vị vắng có lý do"
    assert false_attendance(good, truth) == []
    apart = "3/5 đơn vị thành viên dự họp, 01 đơn vị cử người dự thay, 01 đơn vị vắng có lý do"
    assert false_attendance(apart, truth) == []
    assert [one.claim for one in false_attendance(apart.replace("3/5", "4/5"), truth)] == ["came 4"]
    assert [one.claim for one in false_attendance(good.replace("4/5", "4/28"), truth)] == ["invited 28"]
    assert false_attendance(good + ", 23 đơn vị chưa điểm danh", truth)[0].claim == "something not understood"


def test_what_fell_to_none_among_those_compared_is_read():
    """The second unit, which had a death, reported nothing a year before."""
    rows = [(1, NOW, figures(4), 0), (2, NOW, figures(2, deaths=1), 0), (1, BEFORE, figures(5, deaths=2), 0)]
    found = teller(rows)
    assert found.read("làm chết 01 người, so sánh được 0 người, giảm 02 người (100,00%)", "total") == []
    assert found.read("làm chết 0 người, so sánh được 0 người, giảm 02 người (100,00%)", "total") != []
    assert found.read("làm chết 01 người, so sánh được 01 người, giảm 02 người (100,00%)", "total") != []
