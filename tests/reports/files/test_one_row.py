"""A table that sets nothing beside anything else is not printed: its total, or a sentence, says the same."""

import pytest

from cluster_portal.files.document_head import Letterhead
from cluster_portal.formatting import roman, row_told
from cluster_portal.periods import Period
from incidents.models import Category
from reports.comparison.scope import Scope
from reports.comparison.summarise import summarise
from reports.files.summary_report import build_report
from reports.layout.summary_tables import build_tables
from reports.models import Indicator
from tests.support.comparison_pages import whole_comparison
from tests.support.reporting import DRUGS, PATROLS, THEFT, TRAFFIC, accepted_report

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
H1 = Period(2022, 1)
LETTERHEAD = Letterhead(issuer="CỤM ĐỊA BÀN", issuer_name="Cụm địa bàn", notation_suffix="CĐBAT")


def printed(scope=None):
    return build_report(summarise(current=H1, **({"scope": scope} if scope else {})), LETTERHEAD)


def codes(report):
    return [numbered.table.code for part in report.parts for numbered in part.tables]


def report_of(*units):
    for unit in units:
        for period in ("2022-H1", "2021-H1"):
            accepted_report(unit, period, {THEFT: 4, DRUGS: 2, TRAFFIC: 3}, {PATROLS: 12, "buoi-tuyen-truyen": 3})


def test_the_only_unit_of_a_cluster_has_no_tables_of_units(cluster, unit):
    report_of(unit)
    report = printed()
    assert codes(report) == ["measures", "categories", "indicators", "history"]
    assert [annex.subject for annex in report.annexes] == ["Số liệu chi tiết theo loại vụ việc"]
    assert not build_tables(report.summary).units.lines


def test_a_chosen_unit_has_none_either(cluster, unit, other_unit):
    report_of(unit, other_unit)
    assert {"kinds", "units"} & set(codes(printed(Scope(unit=unit.pk)))) == set()
    assert "units" in codes(printed())


def test_units_of_one_kind_have_no_table_of_kinds(cluster, unit, other_unit):
    report_of(unit, other_unit)
    assert "kinds" not in codes(printed())


def test_what_one_unit_recorded_is_told_once(cluster, unit, other_unit):
    """Not compared, as last year lacks a part: the annex of what was recorded repeats no row."""
    accepted_report(unit, "2022-H1", {THEFT: 4, DRUGS: 1})
    accepted_report(unit, "2021-H1", {THEFT: 4})
    names = [line.cells[0].text for line in build_tables(printed(Scope(unit=unit.pk)).summary).recorded.lines]
    assert unit.name not in names


def test_one_activity_is_a_sentence_and_no_table(cluster, unit, other_unit):
    Indicator.objects.exclude(code=PATROLS).update(is_active=False)
    for each in (unit, other_unit):
        for period in ("2022-H1", "2021-H1"):
            accepted_report(each, period, {THEFT: 4, DRUGS: 2}, {PATROLS: 12})
    report = printed()
    assert "indicators" not in codes(report)
    assert any("Số buổi tuần tra: 24 buổi" in text for part in report.parts for text in part.paragraphs)


def test_a_report_without_annexes_ends_without_naming_any(cluster, unit):
    Category.objects.exclude(code=THEFT).update(is_active=False)
    accepted_report(unit, "2022-H1", {THEFT: 4})
    accepted_report(unit, "2021-H1", {THEFT: 4})
    report = printed()
    assert (report.annexes, report.closing) == ((), "Trên đây là báo cáo của Cụm địa bàn./.")


def test_the_page_names_no_unit_twice(cluster, unit, secretariat, as_user):
    report_of(unit)
    page = whole_comparison(as_user(secretariat), "/summaries/2022-H1/")
    assert 'id="table-categories"' in page
    assert 'id="table-units"' not in page
    assert 'id="table-kinds"' not in page


def test_a_row_is_told_without_what_nobody_told():
    head = ("Nội dung", "Kỳ này", "Cùng kỳ", "Tăng, giảm", "Tỷ lệ")
    assert row_told(head, ("Số buổi tuần tra", "12", "–", "–", "x")) == "Số buổi tuần tra: kỳ này 12."
    assert row_told(head, ("Số buổi tuần tra", "–", "–", "–", "–")) == "Số buổi tuần tra: chưa có số liệu."


@pytest.mark.parametrize(("number", "written"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (39, "XXXIX")])
def test_parts_are_numbered_in_roman(number, written):
    assert roman(number) == written
