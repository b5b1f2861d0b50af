"""What is said of a summary, phrase by phrase: the periods' names, and sentences that stand for themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cluster_portal import formatting
from cluster_portal.periods import Period
from reports.comparison.lineage import Comparability
from reports.comparison.scope import KIND_NAMES
from reports.comparison.values import CategoryRow, IndicatorRow, KindRow, Summary, UnitRow
from reports.content import Measure

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
    """``26/28 đơn vị có số liệu cả hai kỳ``, and what follows for the figures."""
    counts = summary.coverage
    text = (
        f"{counts.both}/{counts.expected} đơn vị có số liệu cả hai kỳ; "
        f"{counts.current}/{counts.expected} đơn vị có số liệu {period_name(summary.period)}; "
        f"{formatting.count(counts.baseline)} đơn vị có số liệu {baseline_name(summary)}"
    )
    if not summary.like_for_like:
        return as_sentence(text)
    counted = sum(unit.is_counted for unit in summary.units)
    return as_sentence(
        f"{text}. Số liệu chỉ tính {formatting.count(counted)} đơn vị có số liệu cả hai kỳ và so sánh được"
    )


def incomplete_because(summary: Summary) -> tuple[str, ...]:
    """Why figures are used that are not whole yet, as the secretariat put it."""
    reason = summary.incomplete_because.rstrip(" .")
    return (as_sentence(f"Lý do sử dụng số liệu khi chưa đủ báo cáo: {reason}"),) if reason else ()


def described(summary: Summary) -> tuple[str, ...]:
    """How many of the reported cases the register describes; nothing where it describes none."""
    cases = summary.total.figures.cases.current
    if not summary.registered.cases or cases is None:
        return ()
    reported, registered = formatting.count(cases), formatting.count(summary.registered.cases)
    return (f"{reported} vụ báo cáo, {registered} vụ có hồ sơ trong sổ vụ việc.",)


def warnings(summary: Summary) -> tuple[str, ...]:
    """What a reader must know before trusting a rise or a fall."""
    return tuple(text for _code, text in coded_warnings(summary))


def coded_warnings(summary: Summary) -> Iterator[tuple[str, str]]:
    """The warnings that apply, each with what it is about: a state of units, or ``illusion``."""
    enough = "đủ" if summary.period.is_full_year else "có"  # of a year a unit may have reported one half only
    about = {
        Comparability.MISSING: f"chưa {enough} số liệu kỳ này",
        Comparability.BASE_MISSING: f"chưa {enough} số liệu {baseline_name(summary)}",
        Comparability.LATE_JOINED: "tham gia cụm sau kỳ so sánh",
        Comparability.NOT_COMPARABLE: "không so sánh được do chỉ tiếp nhận hoặc chuyển giao một phần địa bàn",
        Comparability.LEFT: "không còn là thành viên nhưng có số liệu kỳ so sánh",
    }
    for state, what in about.items():
        if units := summary.units_that_are(state):
            yield str(state), as_sentence(f"{formatting.count(len(units))} đơn vị {what}: {_names(units)}")
    if text := _illusion(summary):
        yield "illusion", text


def _names(units: Sequence[UnitRow]) -> str:
    return "; ".join(unit.name for unit in units)


def _illusion(summary: Summary) -> str:
    """A fall can be an illusion when units did not report."""
    change = summary.total.figures.cases.change
    if summary.like_for_like or not change or change > 0 or not summary.units_that_are(Comparability.MISSING):
        return ""
    return "Số vụ giảm có thể do còn đơn vị chưa có số liệu; cần đối chiếu với số liệu của các đơn vị có đủ cả hai kỳ."


def indicator_phrase(row: IndicatorRow, baseline: str) -> str:
    """``120 buổi, tăng 12 buổi (11,11%) so với cùng kỳ năm 2021``."""
    if row.figure.current is None:
        return "chưa có số liệu"
    return f"{row.amount(row.figure.current)}, {row.figure.movement(row.amount, baseline, 'không có')}"


def kind_name(kind: KindRow) -> str:
    """``Xã, phường``: the kind of units as a heading names it."""
    return capitalised(KIND_NAMES.get(kind.name, kind.name))


def kind_coverage(kind: KindRow) -> str:
    """``4/5 đơn vị có số liệu``."""
    return f"{kind.reported}/{kind.expected} đơn vị có số liệu"


def falls_and_rises(row: CategoryRow) -> tuple[int, int] | None:
    """How many of the three criteria fell and rose; None where one can't be compared."""
    changes = [row.figures[measure].change for measure, _name in THREE_CRITERIA]
    known = [change for change in changes if change is not None]
    if len(known) < len(changes):
        return None
    return sum(change < 0 for change in known), sum(change > 0 for change in known)


def criteria(row: CategoryRow) -> str | None:
    """``giảm 1/3, tăng 1/3 tiêu chí``, or None."""
    moved = falls_and_rises(row)
    if moved is None:
        return None
    falls, rises = moved
    if falls == len(THREE_CRITERIA):
        return "giảm cả ba tiêu chí"
    if rises == len(THREE_CRITERIA):
        return "tăng cả ba tiêu chí"
    return f"giảm {falls}/3, tăng {rises}/3 tiêu chí"


def capitalised(text: str) -> str:
    """The first letter as a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def as_sentence(text: str) -> str:
    """With a capital and one full stop."""
    return capitalised(text).rstrip(".") + "."
