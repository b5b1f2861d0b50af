"""Work done once for equal values, and anew where anything of them changed."""

from dataclasses import dataclass, replace

from django.utils import translation

from cluster_portal.remembered import digest, remembered


@dataclass(frozen=True)
class Row:
    name: str
    figures: dict[str, int | None]


ROW = Row("Xã Một", {"cases": 3, "solved": None})


def counting(most=2):
    done = []

    @remembered(most)
    def work(row, *, times=1):
        done.append(row)
        return (row.name * times, translation.get_language())

    return work, done


def test_equal_values_are_worked_on_once():
    work, done = counting()

    assert work(ROW) == work(Row("Xã Một", {"cases": 3, "solved": None})) == ("Xã Một", "vi")
    assert done == [ROW]


def test_whatever_changed_is_worked_on_anew():
    work, done = counting(most=9)
    changed = [replace(ROW, name="Xã Hai"), Row("Xã Một", {"cases": 3, "solved": 0})]

    for row in (ROW, *changed):
        work(row)
    work(ROW, times=2)

    assert done == [ROW, *changed, ROW]


def test_each_language_has_results_of_its_own():
    work, _done = counting()
    with translation.override("en"):
        assert work(ROW) == ("Xã Một", "en")
    assert work(ROW) == ("Xã Một", "vi")


def test_the_result_not_asked_for_longest_is_let_go():
    work, done = counting(most=2)
    rows = [replace(ROW, name=name) for name in "abc"]

    for row in (rows[0], rows[1], rows[0], rows[2], rows[0], rows[1]):
        work(row)

    assert [row.name for row in done] == ["a", "b", "c", "b"]


def test_a_digest_tells_missing_from_nought():
    assert digest({"cases": None}) != digest({"cases": 0})
