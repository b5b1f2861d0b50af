"""Figures of earlier years: all rows or none, each fault named by row and column."""

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from cluster_portal.tables.books import read_book
from cluster_portal.tables.finding import find_table
from incidents.models import Category
from members.infrastructure.refusals import Refused
from reports.models import Figure, ReportingRound, Submission
from reports.submissions import actions
from reports.submissions.figure_import import FIGURES, check_figures, imported_submissions
from tests.support.factories import NOW, RoundFactory, UnitFactory

HEAD = "unit,period,category,cases,serious,solved,persons,deaths,injuries,damage"


@pytest.fixture
def import_file(tmp_path):
    def import_file(*rows, name="figures.csv"):
        path = tmp_path / name
        path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
        call_command("import_figures", path)

    return import_file


def test_figures_become_accepted_reports_marked_as_imported(import_file, unit):
    import_file("Xã Thử Một,2021-H1,Trộm cắp tài sản,12,1,9,14,0,,35000000", "Thử Một,2021-H1,ma-tuy,3,,,,,,")
    submission = Submission.objects.get()
    assert (submission.status, submission.source) == ("accepted", "import")
    rows = Figure.objects.accepted().order_by("category__name")
    assert list(rows.values_list("category__code", "cases", "serious", "damage")) == [
        ("ma-tuy", 3, None, None),
        ("trom-cap-tai-san", 12, 1, 35_000_000),
    ]


def test_an_empty_cell_is_not_reported_and_nought_is_none(import_file, unit):
    import_file("Thử Một,2021-H1,Ma túy,,0,,,,,", "Thử Một,2021-H1,Môi trường,0,,,,,,")
    assert list(Figure.objects.order_by("category__code").values_list("cases", "serious")) == [(None, 0), (0, None)]


def test_an_excel_file_is_read_as_well(tmp_path, unit):
    workbook = Workbook()
    workbook.active.append(HEAD.split(","))
    workbook.active.append(["Thử Một", "2021-H1", "Kinh tế, tham nhũng", 7, 0, 5.0, None, None, None, 1500000])
    workbook.save(tmp_path / "figures.xlsx")
    call_command("import_figures", tmp_path / "figures.xlsx")
    assert Figure.objects.values_list("cases", "solved", "damage").get() == (7, 5, 1_500_000)


def test_a_figure_its_category_does_not_ask_is_a_fault_and_a_nought_of_it_is_ignored(import_file, unit):
    with pytest.raises(CommandError, match="không thống kê số liệu này"):
        import_file("Thử Một,2021-H1,Vi phạm hành chính,4,,3,,,,")
    import_file("Thử Một,2021-H1,Vi phạm hành chính,4,,0,,,,")
    assert Figure.objects.get().solved is None


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Xã Lạ,2021-H1,Ma túy,1,,,,,,", "unit"),
        ("Thử Một,2021,Ma túy,1,,,,,,", "period"),
        ("Thử Một,đầu năm,Ma túy,1,,,,,,", "period"),
        ("Thử Một,2021-H1,Buôn lậu,1,,,,,,", "category"),
        ("Thử Một,2021-H1,Ma túy,-1,,,,,,", "cases"),
        ("Thử Một,2021-H1,Ma túy,=1+1,,,,,,", "cases"),
        ("Thử Một,2021-H1,Ma túy,1,2,,,,,", "serious"),
        ("Thử Một,2021-H1,Ma túy,1,,2,,,,", "solved"),
        ("Thử Một,2021-H1,Môi trường,1,,,,,,", "category"),
    ],
)
def test_one_faulty_row_stops_the_file_and_is_named(import_file, unit, row, column):
    with pytest.raises(CommandError) as refusal:
        import_file("Thử Một,2021-H1,Môi trường,4,,,,,,", row)
    assert f"Dòng 3, cột “{column}”" in str(refusal.value)
    assert not Submission.objects.exists()


def test_every_fault_of_a_file_is_named_at_once(import_file, unit):
    with pytest.raises(CommandError) as refusal:
        import_file("Xã Lạ,2021-H1,Ma túy,x,,,,,,", "Thử Một,2021-H1,Buôn lậu,1,,,,,,")
    assert len(str(refusal.value).splitlines()) == 4


def test_a_report_of_the_units_own_is_not_overwritten(import_file, unit):
    Submission.objects.create(round=RoundFactory(), unit=unit, saved_at=NOW)
    with pytest.raises(CommandError, match="cột “unit”"):
        import_file("Thử Một,2022-H1,Ma túy,1,,,,,,")


def test_a_second_import_takes_the_place_of_the_first(import_file, unit):
    import_file("Thử Một,2021-H1,Ma túy,1,,,,,,")
    import_file("Thử Một,2021-H1,Ma túy,2,,,,,,")
    assert list(Figure.objects.accepted().values_list("cases", flat=True)) == [2]
    assert Submission.objects.get().versions.count() == 2


def test_what_people_corrected_in_an_imported_report_is_not_overwritten(import_file, unit, liaison, secretariat):
    import_file("Thử Một,2021-H1,Ma túy,1,,,,,,")
    report = Submission.objects.get()
    report = actions.reopen(submission=report, comment="Sai.", revision=report.revision, by=secretariat, now=NOW)
    typed = {"category__ma-tuy__cases": "2"}
    actions.save_typed(round_=report.round, unit=unit, typed=typed, revision=report.revision, by=liaison, now=NOW)
    with pytest.raises(CommandError, match="cột “unit”"):
        import_file("Thử Một,2021-H1,Ma túy,1,,,,,,")
    assert Submission.objects.get().typed == typed


def test_an_import_checked_before_the_unit_wrote_is_refused(import_file, unit, liaison):
    book = read_book(f"{HEAD}\nThử Một,2022-H1,Ma túy,1,,,,,,".encode())
    (report,) = imported_submissions(check_figures(find_table(book, FIGURES), today=NOW.date()).things)
    actions.save_typed(round_=RoundFactory(), unit=unit, typed={}, revision=0, by=liaison, now=NOW)
    with pytest.raises(Refused):
        actions.import_figures(reports=[report], by=None, now=NOW)


def test_a_round_is_opened_for_a_half_year_that_has_none(import_file, unit, cluster):
    import_file("Thử Một,2019-H2,Ma túy,1,,,,,,")
    opened = ReportingRound.objects.get()
    assert (str(opened.starts_on), str(opened.ends_on)) == ("2019-07-01", "2019-12-31")


@pytest.mark.parametrize(
    ("written", "code"),
    [("Ma tuý", "ma-tuy"), ("MA TUY", "ma-tuy"), ("Huỷ hoại tài sản", "huy"), ("ma-tuy", "ma-tuy")],
)
def test_a_category_is_found_wherever_its_tones_stand(import_file, db, unit, written, code):
    category = Category.objects.get(code="ma-tuy")
    Category.objects.update_or_create(name="Hủy hoại tài sản", defaults={"group": category.group, "code": "huy"})
    import_file(f"Thử Một,2021-H1,{written},3,,,,,,")
    assert Figure.objects.get().category.code == code


def test_figures_of_units_that_differ_in_one_tone_stay_apart(import_file, db):
    for name in ("Phù Minh", "Phú Minh"):
        UnitFactory(name=f"Xã {name}", short_name=name)
    import_file("Xã Phù Minh,2021-H1,Ma túy,3,,,,,,", "xã phú minh,2021-H1,Ma túy,5,,,,,,")
    figures = Figure.objects.order_by("cases").values_list("version__submission__unit__short_name", "cases")
    assert list(figures) == [("Phù Minh", 3), ("Phú Minh", 5)]


def test_a_name_that_fits_two_units_is_a_fault_that_names_both(import_file, db):
    for name in ("Phù Minh", "Phú Minh"):
        UnitFactory(name=f"Xã {name}", short_name=name)
    with pytest.raises(CommandError, match="“Xã Phù Minh”, “Xã Phú Minh”"):
        import_file("Xa Phu Minh,2021-H1,Ma túy,3,,,,,,")
    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    ("period", "told"),
    [("2999-H1", "chưa bắt đầu"), ("6 tháng đầu năm 2062", "chưa bắt đầu"), ("1900-H1", "Vui lòng nhập kỳ")],
)
def test_no_figures_are_imported_of_another_century(import_file, unit, period, told):
    """1900 is none of the portal's periods: stored, no page that reads it would open any more."""
    with pytest.raises(CommandError, match=told):
        import_file(f"Thử Một,{period},Ma túy,3,,,,,,")
    assert not ReportingRound.objects.exists()
