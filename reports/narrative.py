"""The summary in words: Vietnamese prose as an office writes it, from the figures and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cluster_portal import formatting
from cluster_portal.periods import Period
from reports.comparison import NONE_HAPPENED, share
from reports.comparison import sentence as phrase
from reports.contents import Measure
from reports.lineage import State
from reports.rows import CategoryRow, GroupRow, IndicatorRow, Summary, UnitRow
from reports.scope import KIND_NAMES

#: The category whose cases, deaths and injuries are told together: “ba tiêu chí”.
TRAFFIC_ACCIDENTS = "tai-nan-giao-thong"
THREE_CRITERIA = (
    (Measure.CASES, "số vụ"),
    (Measure.DEATHS, "số người chết"),
    (Measure.INJURIES, "số người bị thương"),
)
MOST_CASES = 3


@dataclass(frozen=True)
class Passage:
    """A headed part of the report; `code` tells which tables belong to it."""

    code: str
    heading: str
    paragraphs: tuple[str, ...]


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


def headline(summary: Summary) -> str:
    """The one sentence that tells the period."""
    if summary.total.figures.cases.current is None:
        return f"Chưa có số liệu {period_name(summary.period)}."
    whom = _whom(summary)
    happened = phrase(summary.total.figures.cases, Measure.CASES, baseline_name(summary))
    return _sentence(f"{period_name(summary.period)}, {whom} {happened.replace('xảy ra,', 'xảy ra vụ nào,', 1)}")


def _whom(summary: Summary) -> str:
    if summary.scope.unit is not None:
        return f"tại {summary.scope.printed}"
    block = f" khối {summary.scope.printed}" if summary.scope.kind else ""
    if summary.like_for_like:
        return f"các đơn vị{block} có số liệu cả hai kỳ"
    return f"các đơn vị{block}" if block else "trên địa bàn cụm"


def narrative(summary: Summary) -> tuple[Passage, ...]:
    """The report's text, passage by passage; what nobody reported is left out."""
    written = (
        Passage("general", "Tình hình chung", (headline(summary), *_consequences(summary))),
        Passage("groups", "Tình hình theo nhóm, loại vụ việc", _groups(summary)),
        Passage("traffic", "Tai nạn giao thông", _traffic(summary)),
        Passage("units", "Tình hình theo loại hình đơn vị", _kinds(summary)),
        Passage("activities", "Kết quả các mặt công tác", _activities(summary)),
        Passage("coverage", "Phạm vi số liệu", (coverage(summary), *described(summary), *warnings(summary))),
    )
    return tuple(passage for passage in written if passage.paragraphs)


def coverage(summary: Summary) -> str:
    """``26/28 đơn vị có số liệu cả hai kỳ``, and what follows for the figures."""
    counts = summary.coverage
    text = (
        f"{counts.both}/{counts.expected} đơn vị có số liệu cả hai kỳ; "
        f"{counts.current}/{counts.expected} đơn vị có số liệu {period_name(summary.period)}; "
        f"{formatting.count(counts.baseline)} đơn vị có số liệu {baseline_name(summary)}"
    )
    if not summary.like_for_like:
        return _sentence(text)
    counted = sum(unit.is_counted for unit in summary.units)
    return _sentence(
        f"{text}. Số liệu chỉ tính {formatting.count(counted)} đơn vị có số liệu cả hai kỳ và so sánh được"
    )


def described(summary: Summary) -> tuple[str, ...]:
    """How many of the reported cases the register describes; nothing where it describes none."""
    cases = summary.total.figures.cases.current
    if not summary.registered.cases or cases is None:
        return ()
    reported, registered = formatting.count(cases), formatting.count(summary.registered.cases)
    return (f"{reported} vụ báo cáo, {registered} vụ có hồ sơ trong sổ vụ việc.",)


def warnings(summary: Summary) -> tuple[str, ...]:
    """What a reader must know before trusting a rise or a fall."""
    told = [
        _listed(summary, f"chưa {_enough(summary)} số liệu kỳ này", State.MISSING),
        _listed(summary, f"chưa {_enough(summary)} số liệu {baseline_name(summary)}", State.BASE_MISSING),
        _listed(summary, "tham gia cụm sau kỳ so sánh", State.LATE_JOINED),
        _listed(summary, "không so sánh được do chỉ tiếp nhận hoặc chuyển giao một phần địa bàn", State.NOT_COMPARABLE),
        _listed(summary, "không còn là thành viên nhưng có số liệu kỳ so sánh", State.LEFT),
        _illusion(summary),
    ]
    return tuple(text for text in told if text)


def _listed(summary: Summary, what: str, state: State) -> str:
    units = summary.units_that_are(state)
    return _sentence(f"{formatting.count(len(units))} đơn vị {what}: {_names(units)}") if units else ""


def _enough(summary: Summary) -> str:
    """Of a year a unit may have reported one half only."""
    return "đủ" if summary.period.is_full_year else "có"


def _names(units: Sequence[UnitRow]) -> str:
    return "; ".join(unit.name for unit in units)


def _illusion(summary: Summary) -> str:
    """A fall can be an illusion when units did not report."""
    change = summary.total.figures.cases.change
    if summary.like_for_like or not change or change > 0 or not summary.units_that_are(State.MISSING):
        return ""
    return "Số vụ giảm có thể do còn đơn vị chưa có số liệu; cần đối chiếu với số liệu của các đơn vị có đủ cả hai kỳ."


def _consequences(summary: Summary) -> tuple[str, ...]:
    figures = summary.total.figures
    told = [
        phrase(pair, measure, baseline_name(summary)) + _share_solved(measure, pair.current, figures.cases.current)
        for measure, pair in figures
        if measure is not Measure.CASES and pair.current is not None
    ]
    return (_sentence("Trong đó: " + "; ".join(told)),) if told else ()


def _share_solved(measure: Measure, solved: int | None, cases: int | None) -> str:
    rate = share(solved, cases) if measure is Measure.SOLVED and solved else None
    return "" if rate is None else f", đạt tỷ lệ {formatting.percent(rate)}"


def _groups(summary: Summary) -> tuple[str, ...]:
    reported = [group for group in summary.groups if group.figures.cases.current is not None]
    return tuple(_group(summary, group) for group in reported)


def _group(summary: Summary, group: GroupRow) -> str:
    text = f"{group.name}: {phrase(group.figures.cases, Measure.CASES, baseline_name(summary))}"
    if group.share:
        text += f", chiếm {formatting.percent(group.share)} tổng số vụ"
    told = [_category(summary, category) for category in notable(group)]
    return _sentence(f"{text}. Trong đó: {'; '.join(told)}" if told else text)


def notable(group: GroupRow) -> tuple[CategoryRow, ...]:
    """The categories worth naming: the most frequent, and those that rose and fell most; by frequency."""
    happened = [row for row in group.categories if row.figures.cases.current or row.figures.cases.base]
    if len(group.categories) < 2:
        return ()
    by_cases = sorted(happened, key=lambda row: -(row.figures.cases.current or 0))
    moved = sorted((row for row in happened if row.figures.cases.change), key=lambda row: row.figures.cases.change or 0)
    named = {row.code for row in (*by_cases[:MOST_CASES], *moved[:1], *moved[-1:])}
    return tuple(row for row in by_cases if row.code in named)


def _category(summary: Summary, row: CategoryRow) -> str:
    cases, name = row.figures.cases, _lower(row.name)
    if not cases.current:
        return f"{name} {phrase(cases, Measure.CASES, short_baseline_name(summary))}"
    portion = f" (chiếm {formatting.percent(row.share)})" if row.share else ""
    movement = cases.movement(Measure.CASES.amount, short_baseline_name(summary))
    return f"{name} {Measure.CASES.amount(cases.current)}{portion}, {movement}"


def _traffic(summary: Summary) -> tuple[str, ...]:
    """Cases, deaths and injuries of traffic accidents, and how many of the three fell."""
    found = [row for row in summary.categories if row.code == TRAFFIC_ACCIDENTS]
    if not found or found[0].figures.cases.current is None:
        return ()
    figures = found[0].figures
    reported = [(measure, name) for measure, name in THREE_CRITERIA if figures[measure].current is not None]
    happened = ", ".join(_happened(measure, figures[measure].current or 0) for measure, _name in reported)
    moved = [
        f"{name} {figures[measure].difference(measure.amount)}"
        for measure, name in reported
        if figures[measure].change is not None
    ]
    if not moved:
        return (_sentence(f"{_upper(happened)}; chưa có số liệu {baseline_name(summary)}"),)
    changes = [figures[measure].change for measure, _name in THREE_CRITERIA]
    return (_sentence(f"{_upper(happened)}. So với {baseline_name(summary)}: {', '.join(moved)}{_criteria(changes)}"),)


def _happened(measure: Measure, value: int) -> str:
    return f"{measure.verb} {measure.amount(value)}" if value else NONE_HAPPENED[measure]


def _criteria(changes: Sequence[int | None]) -> str:
    known = [change for change in changes if change is not None]
    if len(known) < len(changes):
        return ""
    falls, rises = sum(change < 0 for change in known), sum(change > 0 for change in known)
    if falls == len(known):
        return " (giảm cả ba tiêu chí)"
    if rises == len(known):
        return " (tăng cả ba tiêu chí)"
    return f" (giảm {falls}/3, tăng {rises}/3 tiêu chí)"


def _kinds(summary: Summary) -> tuple[str, ...]:
    return tuple(
        _sentence(
            f"{_upper(KIND_NAMES.get(kind.name, kind.name))} ({kind.reported}/{kind.expected} đơn vị có số liệu): "
            f"{phrase(kind.figures.cases, Measure.CASES, baseline_name(summary))}"
        )
        for kind in summary.kinds
        if not kind.figures.are_empty
    )


def _activities(summary: Summary) -> tuple[str, ...]:
    return tuple(_activity(summary, row) for row in summary.indicators if row.figure.current is not None)


def indicator_phrase(row: IndicatorRow, baseline: str) -> str:
    """``120 buổi, tăng 12 buổi (11,11%) so với cùng kỳ năm 2021``."""

    def amount(value: int) -> str:
        return f"{formatting.count(value)} {row.noun}"

    if row.figure.current is None:
        return "chưa có số liệu"
    return f"{amount(row.figure.current)}, {row.figure.movement(amount, baseline, 'không có')}"


def _activity(summary: Summary, row: IndicatorRow) -> str:
    return _sentence(f"{row.name}: {indicator_phrase(row, baseline_name(summary))}")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _sentence(text: str) -> str:
    return _upper(text).rstrip(".") + "."
