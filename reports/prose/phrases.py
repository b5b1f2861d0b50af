"""What is said of a summary, phrase by phrase: the periods' names, and sentences that stand for themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cluster_portal import formatting
from cluster_portal.periods import Period
from incidents.measures import CASES_BY_POLARITY, OVERALL
from reports.comparison.lineage import Comparability
from reports.comparison.pair import Compared
from reports.comparison.scope import KIND_NAMES
from reports.comparison.values import CategoryRow, ComparedRow, GroupRow, IndicatorRow, KindRow, Summary, UnitRow
from reports.content import Measure
from reports.prose.telling import Base, Words, among, told

#: The category whose cases, deaths and injuries are told together: “ba tiêu chí”.
TRAFFIC_ACCIDENTS = "tai-nan-giao-thong"
THREE_CRITERIA = (
    (Measure.CASES, "số vụ"),
    (Measure.DEATHS, "số người chết"),
    (Measure.INJURIES, "số người bị thương"),
)


def period_name(period: Period) -> str:
    """``6 tháng đầu năm 2022``: in official prose, whatever language the page is in."""
    return period.printed


def baseline_name(summary: Summary) -> str:
    """What the period is compared with: ``cùng kỳ năm 2021``."""
    if summary.compares_same_period and not summary.baseline.is_full_year:
        return f"cùng kỳ năm {summary.baseline.year}"
    return period_name(summary.baseline)


def short_baseline_name(summary: Summary) -> str:
    """The same where it has just been named in full."""
    return "cùng kỳ" if summary.compares_same_period else "kỳ so sánh"


def coverage(summary: Summary) -> str:
    """``26/28 đơn vị có đủ báo cáo cả hai kỳ``, and how many of each.

    Reports are counted here, whatever was left blank in them; who has *figures* (số liệu) is
    said of a measure, beside its own.
    """
    counts = summary.coverage
    if not summary.has_base:  # which is said elsewhere, once
        return as_sentence(f"{counts.current}/{counts.expected} đơn vị có đủ báo cáo {period_name(summary.period)}")
    then = f"{counts.baseline}/{counts.expected_base}" if counts.baseline < counts.expected_base else ""
    return as_sentence(
        f"{counts.both}/{counts.expected} đơn vị có đủ báo cáo cả hai kỳ; "
        f"{counts.current}/{counts.expected} đơn vị có đủ báo cáo {period_name(summary.period)}; "
        f"{then or formatting.count(counts.baseline)} đơn vị có đủ báo cáo {baseline_name(summary)}"
    )


def compared_in_part(summary: Summary) -> Compared | None:
    """All cases where not all units are compared in them, so that those have to be named."""
    cases = summary.total.figures.cases
    return cases if cases.is_compared and not cases.is_whole else None


def compared_units(summary: Summary) -> str:
    """``trong 23 đơn vị có số liệu cả hai kỳ``, where not all are compared."""
    cases = compared_in_part(summary)
    return among(cases) if cases else ""


def no_base(summary: Summary) -> str:
    """That there is nothing to compare with, or not yet, said once."""
    if summary.is_collecting:
        return f"đang thu thập số liệu, chưa so sánh với {baseline_name(summary)}"
    halves = summary.baseline.halves
    enough = "đủ số liệu cả hai kỳ" if 0 < len(summary.lacking_base) < len(halves) else "số liệu"
    return f"chưa {'' if enough.startswith('đủ') else 'có '}{enough} {baseline_name(summary)} để so sánh"


def incomplete_because(summary: Summary) -> tuple[str, ...]:
    """Why figures are used that are not whole yet, as the secretariat put it."""
    reason = summary.incomplete_because.rstrip(" .")
    return (as_sentence(f"Lý do sử dụng số liệu khi chưa đủ báo cáo: {reason}"),) if reason else ()


def described(summary: Summary) -> tuple[str, ...]:
    """How many of the reported cases the register describes; nothing where it describes none."""
    cases = summary.total.figures.cases.recorded
    if not summary.registered.cases or cases is None:
        return ()
    reported, registered = formatting.count(cases), formatting.count(summary.registered.cases)
    return (f"Các đơn vị báo cáo {reported} vụ; sổ vụ việc ghi {registered} vụ.",)


def warnings(summary: Summary) -> tuple[str, ...]:
    """What a reader must know before trusting a rise or a fall."""
    return tuple(text for _code, text in coded_warnings(summary))


def coded_warnings(summary: Summary) -> Iterator[tuple[str, str]]:
    """The warnings that apply, each with what it is about: a state of units, or what is left out."""
    if summary.unopened:
        halves = ", ".join(map(period_name, summary.unopened))
        yield "unopened", as_sentence(f"chưa mở đợt báo cáo {halves}, các đơn vị chưa được đề nghị báo cáo")
    if not summary.has_base:
        yield "no_base", as_sentence(no_base(summary))
    for state in _states_worth_telling(summary):
        alike: dict[str, list[str]] = {}
        for unit in summary.units_that_are(state):
            alike.setdefault(_why_not_compared(summary, unit, state), []).append(unit.name)
        told = [f"{formatting.count(len(names))} đơn vị {why}: {_names(names)}" for why, names in alike.items()]
        if told:
            yield str(state), " ".join(map(as_sentence, told))
    yield from _left_out(summary)


def _why_not_compared(summary: Summary, unit: UnitRow, state: Comparability) -> str:
    enough = "đủ" if summary.may_hold_a_part(unit) else "có"
    late = "trong hoặc sau" if summary.period.is_full_year else "sau"
    return {
        Comparability.MISSING: f"chưa {enough} báo cáo kỳ này",
        Comparability.BASE_MISSING: f"chưa {enough} báo cáo {baseline_name(summary)}",
        Comparability.LATE_JOINED: f"tham gia cụm {late} kỳ so sánh",
        Comparability.NOT_COMPARABLE: "không so sánh được do có địa bàn chuyển giao một phần hoặc mới tham gia cụm",
        Comparability.LEFT: "rời cụm trong kỳ này" if unit.left_within else "không còn là thành viên trong kỳ này",
    }[state]


def _states_worth_telling(summary: Summary) -> list[Comparability]:
    """Nobody lacks what was asked of nobody, and where there is no base at all that is said once."""
    states = [state for state in Comparability if state is not Comparability.REPORTED]
    silent = {Comparability.MISSING} if summary.unopened else set()
    if not summary.has_base:
        silent |= {Comparability.BASE_MISSING, Comparability.LATE_JOINED}
    return [state for state in states if state not in silent]


def _left_out(summary: Summary) -> Iterator[tuple[str, str]]:
    """Who and what is not compared although it has figures, measure by measure."""
    units = {unit.id: unit.name for unit in summary.units}
    labels: dict[tuple[int, ...], list[str]] = {}
    for left in summary.left_out:
        if left.units:
            labels.setdefault(left.units, []).append(left.measure.label)
    told = [
        f"{', '.join(measures)}: không so sánh {formatting.count(len(ids))} đơn vị để trống số liệu: "
        f"{_names([units[unit] for unit in ids])}"
        for ids, measures in labels.items()
    ]
    if told:
        yield "left_out", " ".join(as_sentence(text) for text in told)
    if told := [as_sentence(text) for text in _categories_left_out(summary)]:
        yield "left_out_categories", " ".join(told)
    if told := [as_sentence(text) for text in _categories_of_a_half(summary)]:
        yield "categories_of_a_half", " ".join(told)


def _categories_left_out(summary: Summary) -> Iterator[str]:
    """Those without cases to compare, and those of which only some measures are not compared."""
    names = {row.code: row.name for row in summary.categories}
    measures: dict[str, list[Measure]] = {code: [] for code in names}
    for left in summary.left_out:
        for code in left.categories:
            measures[code].append(left.measure)
    why = "chưa đủ số liệu cả hai kỳ" if summary.period.is_full_year else "chỉ có số liệu một kỳ"
    alike: dict[tuple[Measure, ...], list[str]] = {}
    for code, found in measures.items():
        if found:
            alike.setdefault((Measure.CASES,) if Measure.CASES in found else tuple(found), []).append(names[code])
    for those, listed in alike.items():
        yield f"{_labelled(those)}không so sánh các loại vụ việc {why}: {_names(listed)}"


def _categories_of_a_half(summary: Summary) -> Iterator[str]:
    """What was told of one half of a year and asked of nobody in the other: its sums are no sums of a year."""
    silent = {*summary.lacking, *summary.lacking_base}  # that nobody reported them is said elsewhere
    alike: dict[tuple[tuple[Period, ...], tuple[Measure, ...]], list[str]] = {}
    for row in summary.categories:
        by_halves: dict[tuple[Period, ...], list[Measure]] = {}
        for measure, pair in row.figures:
            if halves := tuple(half for half in (*pair.unasked_base, *pair.unasked) if half not in silent):
                by_halves.setdefault(halves, []).append(measure)
        for halves, found in by_halves.items():
            those = (Measure.CASES,) if Measure.CASES in found else tuple(found)
            alike.setdefault((halves, those), []).append(row.name)
    for (halves, those), listed in alike.items():
        of_halves = ", ".join(map(period_name, halves))
        yield f"{_labelled(those)}các loại vụ việc không có số liệu {of_halves}: {_names(listed)}"


def _labelled(measures: Sequence[Measure]) -> str:
    """The measures that are spoken of, where they are not the cases."""
    return "" if Measure.CASES in measures else ", ".join(measure.label for measure in measures) + ": "


def _names(names: Sequence[str]) -> str:
    return "; ".join(names)


def words_of(row: ComparedRow, measure: Measure) -> Words:
    """How a figure of the row is told: what happened, what was found, or – of all together – what was recorded."""
    members = row.categories if isinstance(row, GroupRow) else (row,) if isinstance(row, CategoryRow) else ()
    verbs = {CASES_BY_POLARITY[member.polarity] for member in members}
    return Words.of_measure(measure, verbs.pop() if len(verbs) == 1 else OVERALL)


def indicator_words(row: IndicatorRow) -> Words:
    return Words(row.amount, "không có")


def measure_phrase(row: ComparedRow, measure: Measure, baseline: str) -> str:
    """``xảy ra 41 vụ, giảm 07 vụ (14,58%) so với cùng kỳ năm 2021``."""
    return told(row.figures[measure], words_of(row, measure), Base(baseline))


def indicator_phrase(row: IndicatorRow, baseline: str) -> str:
    """``120 buổi, tăng 12 buổi (11,11%) so với cùng kỳ năm 2021``."""
    return told(row.figure, indicator_words(row), Base(baseline))


def kind_name(kind: KindRow) -> str:
    """``Xã, phường``: the kind of units as a heading names it."""
    return capitalised(KIND_NAMES.get(kind.name, kind.name))


def kind_coverage(kind: KindRow) -> str:
    """``4/5 đơn vị có đủ báo cáo``."""
    return f"{kind.reported}/{kind.expected} đơn vị có đủ báo cáo"


def falls_and_rises(row: CategoryRow) -> tuple[int, int] | None:
    """How many of the three criteria fell and rose; None where one can't be compared."""
    pairs = [row.figures[measure] for measure, _name in THREE_CRITERIA]
    changes = [pair.change if pair.is_whole else None for pair in pairs]
    known = [change for change in changes if change is not None]
    if len(known) < len(changes):
        return None
    return sum(change < 0 for change in known), sum(change > 0 for change in known)


def criteria(row: CategoryRow) -> str | None:
    """``giảm 01 tiêu chí, tăng 02 tiêu chí``, or None."""
    moved = falls_and_rises(row)
    if moved is None:
        return None
    falls, rises = moved
    if falls == len(THREE_CRITERIA):
        return "giảm cả ba tiêu chí"
    if rises == len(THREE_CRITERIA):
        return "tăng cả ba tiêu chí"
    counted = (("giảm", falls), ("tăng", rises))
    told = [f"{verb} {formatting.count(number)} tiêu chí" for verb, number in counted if number]
    return ", ".join(told) or "không thay đổi cả ba tiêu chí"


def capitalised(text: str) -> str:
    """The first letter as a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def as_sentence(text: str) -> str:
    """With a capital and one full stop."""
    return capitalised(text).rstrip(".") + "."
