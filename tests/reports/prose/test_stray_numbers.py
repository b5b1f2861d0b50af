"""Numbers in free prose: each must be one of the summary's figures, or be listed with its place."""

import pytest

from cluster_portal.periods import Period
from reports.comparison.summarise import summarise
from reports.models import Figure
from reports.prose import narrative
from reports.prose.stray_numbers import StrayNumber, stray_numbers
from tests.support.factories import UnitFactory
from tests.support.reporting import PATROLS, THEFT, TRAFFIC, accepted_report
from tests.support.situations import full_year, missing_units_and_base_nought, sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def summary(cluster, unit):
    """41 cases after 48, 1.234 patrols after 1.000, 219,18 tỷ đồng of damage; one unit of two has reported."""
    UnitFactory(name="Trường THPT mẫu 99", short_name="THPT 99")
    theft = {"cases": 41, "persons": 7, "damage": 219_184_000_000}
    accepted_report(unit, "2022-H1", {THEFT: theft}, {PATROLS: 1234})
    accepted_report(unit, "2021-H1", {THEFT: {"cases": 48, "persons": 9}}, {PATROLS: 1000})
    return summarise(current=Period(2022, 1))


def strays(text, summary):
    return [found.text for found in stray_numbers(text, summary)]


def text_of(summary):
    return "\n".join(text for passage in narrative.narrative(summary) for text in passage.paragraphs)


@pytest.mark.parametrize("arrange", [sample, missing_units_and_base_nought, full_year])
def test_the_generated_narrative_has_no_stray_number(sample_rows, arrange):
    summary = summarise(current=Period.parse(arrange(sample_rows)))
    assert strays(text_of(summary), summary) == []


@pytest.mark.parametrize(
    "text",
    [
        "xảy ra 41 vụ, giảm 07 vụ (14,58%) so với cùng kỳ năm 2021 (48 vụ)",
        "tuần tra 1.234 buổi",
        "tuần tra 1234 buổi",
        "thiệt hại 219,18 tỷ đồng",
        "thiệt hại khoảng 219 tỷ đồng",
        "thiệt hại 219.184 triệu đồng",
        "thiệt hại 219.184.000.000 đồng",
        "1/2 đơn vị có đủ báo cáo; 02 đơn vị phải báo cáo",
        "giảm 14,58 %",
        "giảm 14,58 phần trăm",
    ],
)
def test_a_figure_of_the_summary_is_accepted_however_it_is_written(summary, text):
    assert strays(text, summary) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("xảy ra 42 vụ", ["42"]),
        ("giảm 14,85%", ["14,85%"]),
        ("giảm 14.58%", ["14.58%"]),
        ("giảm 15%", ["15%"]),
        ("41%", ["41%"]),
        ("tuần tra 1.235 buổi", ["1.235"]),
        ("thiệt hại 219,19 tỷ đồng", ["219,19 tỷ đồng"]),
        ("thiệt hại 219,18 triệu đồng", ["219,18 triệu đồng"]),
        ("2/2 đơn vị", ["2/2"]),
        ("xử lý 48 đối tượng", ["48"]),
        ("xử lý 41 đối tượng", ["41"]),
        ("41 buổi tuần tra", ["41"]),
        ("tổng số 43 vụ", ["43"]),
        ("có 2022 vụ", ["2022"]),
        ("giảm 08 vụ, còn 41 vụ, tăng 3 vụ", ["08", "3"]),
        ("tăng 07 vụ (14,58%)", ["07"]),
        ("giảm 41 vụ", ["41"]),
    ],
)
def test_a_number_without_a_figure_is_listed(summary, text, found):
    assert strays(text, summary) == found


@pytest.mark.parametrize(
    "text",
    [
        "ngày 16/8/2022; ngày 05 tháng 01 năm 2022; tháng 6; ngày 15/6; từ 15-12-2021",
        "6 tháng đầu năm 2022; 09 tháng; 8 giờ 30; 14h15",
        "năm 2019, giai đoạn 2020-2025, cùng kỳ 2021",
        "Số: 05/BC-CĐBAT, Nghị định 30/2020/NĐ-CP, Quyết định số 12, 138-CV/ĐU, Kế hoạch 77",
        "Điều 12, khoản 3, Bảng 4, Phụ lục 5",
        "1. Tình hình\n2.1. Kết quả\n 3) Khác",
        "đứng thứ 9, quý 3, lần thứ 4, đợt 5",
        "Trường THPT mẫu 99, THPT 99, Nhà máy Z117",
        "",
    ],
)
def test_what_is_no_figure_is_left_aside(summary, text):
    assert strays(text, summary) == []


@pytest.mark.parametrize(("deaths", "found"), [(1, []), (None, ["2/3"])])
def test_how_many_criteria_fell_is_known_only_where_all_are_reported(cluster, unit, deaths, found):
    accepted_report(unit, "2022-H1", {TRAFFIC: {"cases": 3, "deaths": deaths, "injuries": 2}})
    accepted_report(unit, "2021-H1", {TRAFFIC: {"cases": 5, "deaths": 1, "injuries": 4}})
    assert strays("giảm 2/3 tiêu chí", summarise(current=Period(2022, 1))) == found


def test_a_stray_number_tells_its_line_place_and_surroundings(summary):
    assert stray_numbers("Xảy ra 41 vụ.\nBắt 99 đối tượng.", summary) == (
        StrayNumber("99", line=2, start=18, end=20, excerpt="Xảy ra 41 vụ. Bắt 99 đối tượng."),
    )


def test_a_long_text_is_cut_around_the_number(summary):
    (found,) = stray_numbers(f"{'a ' * 50}99{' b' * 50}", summary)
    assert (found.excerpt[0], found.excerpt[-1]) == ("…", "…")
    assert len(found.excerpt) < 70


def test_a_number_becomes_stray_when_its_figure_changes(summary):
    first = text_of(summary).partition("\n")[0]
    Figure.objects.filter(cases=41).update(cases=45)
    assert strays(first, summarise(current=Period(2022, 1))) == ["41", "41", "07", "14,58%"]
