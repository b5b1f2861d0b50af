"""Each row of issue 9's table, on page, PDF, Word, Excel and JSON alike.

What a meeting tells of is in `tests/meetings/test_sanity.py`. The clusters are those of
`tests/truth/test_kept.py`, in which every sentence and cell is judged.
"""

import pytest

from reports.models import DocumentDraft, ReportingRound
from tests.reports.files.test_relatives import lacking, saying, told  # noqa: F401 – a fixture
from tests.support.factories import NOW
from tests.truth import test_kept as kept
from tests.truth.stored import CLOSE_REASON, store

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.slow]

HALF, YEAR = "/summaries/2023-H1/", "/summaries/2023/"
FILES = ("pdf", "docx", "xlsx", "json")
#: The cluster; what must stand in each of the five, and what in none.
ROWS = {
    kept.blank_persons_and_damage: (
        "ghi nhận 05 vụ việc, giảm 02 vụ (28,57%) so với cùng kỳ năm 2022",
        ("không có đối tượng", "không có thiệt hại", "không thiệt hại"),
    ),
    kept.solved_of_what_is_investigated: (
        "đạt 75,00% (30/40 vụ thuộc diện điều tra, đã có số liệu làm rõ)",
        ("60,00%", "30/50 vụ"),
    ),
    kept.solved_left_blank_by_one: ("đạt 75,00% (30/40 vụ thuộc diện điều tra, đã có số liệu làm rõ)", ("60,00%",)),
    kept.one_of_28: ("ghi nhận 07 vụ việc (1/28 đơn vị); đang thu thập số liệu", ("giảm 497", "98,61%", "tích cực")),
    kept.most_of_28: (
        "ghi nhận 350 vụ việc (25/28 đơn vị); trong 23 đơn vị có số liệu cả hai kỳ: 322 vụ, giảm 115 vụ (26,32%)",
        ("giảm 144 vụ", "29,15%"),
    ),
    kept.one_joined_later: (
        "ghi nhận 37 vụ việc (5/5 đơn vị); trong 04 đơn vị có số liệu cả hai kỳ: 27 vụ, giảm 01 vụ (3,57%)",
        ("tăng 09 vụ", "32,14%"),
    ),
    kept.no_round_now: ("hưa có số liệu 6 tháng đầu năm 2023", ("không còn là thành viên", "giảm 0", "tích cực")),
    kept.no_round_before: ("chưa có số liệu cùng kỳ năm 2022 để so sánh", ("tham gia cụm sau kỳ so sánh",)),
}


@pytest.mark.parametrize("world", ROWS, ids=[world.__name__ for world in ROWS])
def test_what_was_false_is_true_in_all_five(told, world):  # noqa: F811
    true, false = ROWS[world]
    store(world())
    if world is kept.most_of_28:  # what is collected is not compared
        ReportingRound.objects.update(closed_at=NOW, close_reason=CLOSE_REASON)
    texts = told(HALF)
    assert lacking(texts, true) == []
    assert {sentence: saying(texts, sentence) for sentence in false} == {sentence: [] for sentence in false}


def test_half_a_year_is_no_year_in_any_of_them(cluster, as_user, secretariat):
    """“Giảm 600 vụ (57,97%)”, half a year against a year."""
    store(kept.half_a_year())
    client = as_user(secretariat)
    page = client.get(YEAR, follow=True).text
    assert "chưa có số liệu 6 tháng cuối năm 2023" in page
    assert [word for word in ("giảm 0", "tích cực") if word in page] == []
    files = [client.get(f"{YEAR}summary.{form}") for form in FILES]
    assert [file.get("Content-Disposition") for file in files] == [None] * 4


@pytest.mark.parametrize(("world", "address"), [(kept.half_a_year, YEAR), (kept.no_round_now, HALF)])
def test_no_document_is_made_of_it(cluster, as_user, secretariat, world, address):
    """Half a year, and a half for which no round was opened, were issued as 03/BC."""
    store(world())
    as_user(secretariat).post(f"{address}prepare/")
    assert not DocumentDraft.objects.exists()
