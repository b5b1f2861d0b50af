"""References to figures: what each reads as, and texts that are filled in with them."""

import re

import pytest

from cluster_portal.periods import Period
from reports.comparison.summarise import summarise
from reports.content import MEASURES
from reports.files import json_file as json_export
from reports.prose import narrative
from reports.prose.references import PLACEHOLDER, References
from tests.support.factories import UnitFactory
from tests.support.reporting import DRUGS, PATROLS, THEFT, TRAFFIC, accepted_report
from tests.support.situations import full_year, missing_units_and_base_nought, sample

pytestmark = pytest.mark.django_db

H1 = Period(2022, 1)
ROWS = {"group": "groups", "category": "categories", "kind": "kinds", "indicator": "indicators"}


@pytest.fixture
def references(unit):
    """41 thefts after 48, no drug crime after none, 12 accidents with 2 deaths."""
    traffic = {"cases": 12, "deaths": 2, "injuries": 9}
    accepted_report(unit, "2022-H1", {THEFT: {"cases": 41, "solved": 30}, DRUGS: 0, TRAFFIC: traffic}, {PATROLS: 120})
    accepted_report(unit, "2021-H1", {THEFT: {"cases": 48}, DRUGS: 0, TRAFFIC: {"cases": 12}}, {PATROLS: 108})
    return References(summarise(current=H1))


@pytest.mark.parametrize("arrange", [sample, missing_units_and_base_nought, full_year])
def test_the_generated_text_holds_no_figure_but_by_reference(sample_rows, arrange):
    """What stands outside the references of the report on one period tells another period just as well."""
    summary = summarise(current=Period.parse(arrange(sample_rows)))
    typed = [PLACEHOLDER.sub("", text) for text in narrative.templates(summary).values()]
    without_periods = [re.sub(r"6 tháng|[Nn]ăm \d{4}", "", text) for text in typed]
    assert [text for text in without_periods if re.search(r"\d|tăng|giảm", text)] == []


@pytest.mark.parametrize("arrange", [sample, missing_units_and_base_nought, full_year])
def test_every_reference_of_the_generated_text_is_known(sample_rows, arrange):
    summary = summarise(current=Period.parse(arrange(sample_rows)))
    references = References(summary)
    pieces = [piece for text in narrative.templates(summary).values() for piece in references.pieces(text)]
    assert [piece for piece in pieces if not piece.is_known] == []


@pytest.mark.parametrize("name", ROWS)
def test_a_rows_sentence_reads_as_in_the_json_export(references, name):
    exported = json_export.as_values(references.summary)[ROWS[name]]
    form = "sentence" if name == "indicator" else "cases.sentence"
    told = {f"{name}.{row['code']}.{form}": row["sentence"] for row in exported}
    assert {address: references.text(address) for address in told} == told


def test_what_is_reported_and_not_compared_is_not_told_as_unreported(references):
    """“Chưa có số liệu kỳ này” of schools that told 03 cases, as no school told both periods."""
    accepted_report(UnitFactory(kind="school"), "2022-H1", {THEFT: {"cases": 3, "solved": 1}})
    now = References(summarise(current=H1))
    assert now.text("kind.school.cases.current") == "03 vụ"
    assert now.text("kind.school.cases.movement") == "chưa có số liệu cùng kỳ"


def test_each_measure_reads_as_in_the_json_export(references):
    total = json_export.as_values(references.summary)["total"]
    told = {f"total.{measure.value}.sentence": total[measure.value]["sentence"] for measure in MEASURES}
    assert {address: references.text(address) for address in told} == told


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("total.cases.current", "53 vụ"),
        (f"category.{THEFT}.cases.current", "41 vụ"),
        (f"category.{THEFT}.cases.base", "48 vụ"),
        (f"category.{THEFT}.cases.change", "07 vụ"),
        (f"category.{THEFT}.cases.percent", "14,58%"),
        (f"category.{THEFT}.cases.difference", "giảm 07 vụ (14,58%)"),
        (f"category.{THEFT}.cases.movement", "giảm 07 vụ (14,58%) so với cùng kỳ"),
        (f"category.{THEFT}.cases.brief", "xảy ra 41 vụ, giảm 07 vụ (14,58%) so với cùng kỳ"),
        (f"category.{THEFT}.solved.rate", "73,17%"),
        (f"category.{THEFT}.share", "100,00%"),
        (f"category.{DRUGS}.cases.statement", "không phát hiện vụ nào, bằng cùng kỳ năm 2021"),
        (f"category.{TRAFFIC}.deaths.happened", "làm chết 02 người"),
        (f"category.{DRUGS}.cases.happened", "không phát hiện vụ nào"),
        (f"category.{THEFT}.cases.happened", "xảy ra 41 vụ"),
        (f"category.{THEFT}.cases.terse", "xảy ra 41 vụ, giảm 07 vụ (14,58%)"),
        (f"category.{THEFT}.cases.moved", "giảm 07 vụ (14,58%)"),
        (f"category.{DRUGS}.cases.terse", "không phát hiện vụ nào, bằng cùng kỳ"),
        ("total.cases.happened", "ghi nhận 53 vụ việc"),
        ("group.nhom-ma-tuy.cases.happened", "không phát hiện vụ nào"),
        ("kind.commune.cases.happened", "ghi nhận 53 vụ việc"),
        (f"category.{DRUGS}.cases.current", "0 vụ"),
        (f"indicator.{PATROLS}.current", "120 buổi"),
        (f"indicator.{PATROLS}.difference", "tăng 12 buổi (11,11%)"),
        ("coverage.both", "1/1 đơn vị"),
        ("coverage.expected", "01 đơn vị"),
        ("kind.commune.coverage", "1/1 đơn vị có đủ báo cáo"),
    ],
)
def test_a_figure_reads_as_an_office_writes_it(references, address, text):
    assert references.text(address) == text


@pytest.mark.parametrize(
    "address",
    [
        "",
        "total",
        "total.cases",
        "total.cases.tone",
        "total.cases.__class__",
        "total.luck.current",
        "total.deaths.base",
        "total.solved.percent",
        f"category.{DRUGS}.cases.percent",
        "category.khong-co.cases.current",
        f"indicator.{PATROLS}.rate",
        f"category.{THEFT}.criteria",
        "warning.left",
        "registered.sentence",
    ],
)
def test_what_the_summary_does_not_hold_has_no_text(references, address):
    assert references.text(address) is None


def test_a_reference_follows_its_figure(references, unit):
    text = "Toàn cụm [[total.cases.sentence]]; trộm cắp [[category.trom-cap-tai-san.cases.difference]]."
    assert references.fill(text) == (
        "Toàn cụm ghi nhận 53 vụ việc, giảm 07 vụ (11,67%) so với cùng kỳ năm 2021; trộm cắp giảm 07 vụ (14,58%)."
    )
    accepted_report(unit, "2022-H1", {THEFT: 50, TRAFFIC: 12})
    assert References(summarise(current=H1)).fill(text) == (
        "Toàn cụm ghi nhận 62 vụ việc, tăng 02 vụ (3,33%) so với cùng kỳ năm 2021; trộm cắp tăng 02 vụ (4,17%)."
    )


def test_a_reference_begins_a_sentence_with_a_capital(references):
    text = "[[total.cases.happened]]. [[total.deaths.happened]], [[total.injuries.happened]]\n[[total.solved.happened]]"
    assert references.fill(text) == (
        "Ghi nhận 53 vụ việc. Làm chết 02 người, bị thương 09 người\nĐiều tra làm rõ 30 vụ"
    )


@pytest.mark.parametrize("text", ["Có [[total.luck]] vụ", "Có [[ ]] vụ", "Có [[total.cases.current vụ", "Có 3]] vụ"])
def test_what_is_no_reference_stays_as_it_was_typed_and_is_told(references, text):
    assert references.fill(text) == text
    assert [piece.is_known for piece in references.pieces(text) if piece.source] == [False]
