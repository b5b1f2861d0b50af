"""What a trend and a unit's own sheet claim, held against the naive result."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.truth import naive
from tests.truth.cells import Line, dotted, false_change, false_percent, false_recorded, false_tables
from tests.truth.judge import teller_of
from tests.truth.sentences import LABELS, NUMBER, number, printed
from tests.truth.worlds import When, World

Span = tuple[When, When]

NOTES = (
    re.compile(r"Chưa đủ số liệu (?P<unasked>.*): số liệu cả năm chỉ là mức ít nhất \(≥\)\."),
    re.compile(
        r"Các kỳ không có số liệu của cùng các đơn vị \((?:từ (?P<fewest>\d+) đến (?P<most>\d+) đơn vị|"
        r"mỗi kỳ (?P<each>\d+) đơn vị nhưng không phải cùng đơn vị)\); mức tăng, giảm chỉ tính các đơn vị "
        r"so sánh được giữa hai kỳ\."
    ),
    re.compile(
        r"Chưa có đơn vị nào có đủ số liệu (?P<parts>.*): số liệu nêu ra chỉ là một phần nên không dùng để so sánh\."
    ),
)
AGAINST = re.compile(r"So với (?P<base>[^,]+)(?:, (?P<units>\d+) đơn vị(?: và các loại vụ việc)? so sánh được)?")


def false_trend(
    table: Any, notes: tuple[str, ...], charts: Any, *, world: World, periods: list[When], measure: str, only: Any
) -> Iterator[str]:
    """All that is false in the table, the notes and the charts of a trend over `periods`."""
    span = (periods[0], periods[-1])
    reports = {when: naive.course_reports(world, when, span, measure, only) for when in periods}
    yield from _false_notes(notes, world, reports, span, measure, only)
    codes = {group.name: _codes(world, group.code) for group in world.groups}
    tellers = {base: teller_of(world, periods[-1], base, only) for base in {periods[0], _year_before(periods[-1])}}
    for line in table.lines:
        name = line.cells[0].text
        cells = list(zip(table.columns, line.cells, strict=True))[1:]
        if name == "Số đơn vị có đủ số liệu":
            said = [cell.text for _column, cell in cells[: len(periods)]]
            true = [f"{len(done)}/{len(expected)}" for expected, done in reports.values()]
            if said != true:
                yield f"trend: coverage says {said}, true is {true}"
            continue
        address = _address(world, name, line.level)
        kind, _dot, code = address.partition(".")
        of_line = {"total": [c.code for c in world.categories], "group": codes.get(name, []), "category": [code]}[kind]
        faults = [
            *_false_values(world, cells, reports, span, measure, of_line, only),
            *_false_movements(cells[len(periods) :], tellers, address, measure),
        ]
        yield from (f"trend {name}, {fault}" for fault in faults)
        if line.level != "row":
            true = [_recorded(world, when, span, measure, of_line, only) for when in periods]
            yield from _false_chart(charts, name, true, measure)


def _codes(world: World, group: str) -> list[str]:
    return [category.code for category in world.categories if category.group == group]


def _year_before(when: When) -> When:
    return when[0] - 1, when[1]


def _address(world: World, name: str, level: str) -> str:
    if level == "total":
        return "total"
    named = world.groups if level == "group" else world.categories
    (code,) = (one.code for one in named if one.name == name)
    return f"{'group' if level == 'group' else 'category'}.{code}"


def _false_values(
    world: World, cells: Any, reports: Any, span: Span, measure: str, codes: list[str], only: Any
) -> Iterator[str]:
    for (column, cell), (when, (expected, done)) in zip(cells, reports.items(), strict=False):
        recorded = _recorded(world, when, span, measure, codes, only)
        # A measure that isn't asked has a dash in a trend, as it is asked in some of its periods only.
        if recorded.is_asked or cell.text != "–":
            yield from false_recorded(column.label, cell.text, recorded, (len(done), len(expected)))


def _recorded(world: World, when: When, span: Span, measure: str, codes: list[str], only: Any) -> naive.Recorded:
    found = naive.of_a_course(world, when, span, measure, codes, only)
    if naive.is_half_silent(world, when, span, only):
        return naive.Recorded(None, found.missing, told=False)
    return found


def _false_movements(cells: Any, tellers: Any, address: str, measure: str) -> Iterator[str]:
    names = {printed(base).casefold(): base for base in tellers}
    for column, cell in cells:
        found = AGAINST.fullmatch(column.group)
        teller = tellers[names[found["base"].casefold()]]
        line, compared = Line(address, teller), teller.truth(address, measure)[1]
        of_all = len(teller.all.total.compared[measure].units)
        if found["units"] and int(found["units"]) != of_all:
            yield f"{column.group}: true is {of_all}"
        if column.heading == "Tăng, giảm":
            yield from false_change(column.label, cell, compared, line.good_rise(measure))
        elif column.heading == "Tăng, giảm (%)":
            yield from false_percent(column.label, cell.text, compared)
        else:
            is_base = column.heading.casefold() == found["base"].casefold()
            true = compared.base if is_base else compared.current
            if cell.text != ("–" if true is None else dotted(true)):
                yield f"{column.label}: says {cell.text}, true is {true}"


def _false_notes(
    notes: tuple[str, ...], world: World, reports: Any, span: Span, measure: str, only: Any
) -> Iterator[str]:
    done = [frozenset(found) for _expected, found in reports.values()]
    said = [found for note in notes for pattern in NOTES if (found := pattern.fullmatch(note))]
    if len(said) != len(notes) - 1:
        yield f"notes that are not understood: {notes}"
    unlike = [found for found in said if "fewest" in found.groupdict()]
    if bool(unlike) != (len(set(done)) > 1):
        yield f"notes {notes}, of {done}"
    for found in unlike:
        counts = [len(units) for units in done]
        told = (found["fewest"] or found["each"], found["most"] or found["each"])
        if tuple(map(int, told)) != (min(counts), max(counts)):
            yield f"{found[0]}: true is {counts}"
    codes = [category.code for category in world.categories]
    unasked = [
        printed(half)
        for when in reports
        if not naive.is_half_silent(world, when, span, only)
        for half in sorted(naive.of_a_course(world, when, span, measure, codes, only).unasked)
    ]
    told_unasked = [found["unasked"] for found in said if "unasked" in found.groupdict()]
    if told_unasked != ([", ".join(unasked)] if unasked else []):
        yield f"notes {notes}, of halves not asked: {unasked}"
    parts = [
        printed(when)
        for when, (_expected, found) in reports.items()
        if not found
        and not naive.is_half_silent(world, when, span, only)
        and naive.of_a_course(world, when, span, measure, codes, only).value is not None
    ]
    told_parts = [found["parts"].casefold() for found in said if "parts" in found.groupdict()]
    if told_parts != ([", ".join(parts)] if parts else []):
        yield f"notes {notes}, parts are {parts}"


def _false_chart(charts: Any, name: str, true: list[naive.Recorded], measure: str) -> Iterator[str]:
    """A bar stands alone: no count of units above it says of whom it is."""
    for named in charts:
        if named.chart.title == ("Tổng cộng" if name == "Tổng cộng" else name) and measure != "damage":
            for bar, recorded in zip(named.chart.bars, true, strict=True):
                if recorded.is_asked or bar.value != "–":
                    yield from (f"chart {name}: {one}" for one in false_recorded(bar.told, bar.value, recorded))


# -- a unit's own sheet

PLACE = re.compile(
    rf"(?:Số vụ \((?P<cases>(?:{NUMBER})) vụ\)|Tăng, giảm so với cùng kỳ \((?P<moved>[+−]?(?:{NUMBER})) vụ\)): "
    r"xếp thứ (?P<place>\d+)(?P<shared> \(đồng hạng\))? trong (?P<of>\d+) đơn vị "
    r"(?:có đủ số liệu, tính từ đơn vị ít vụ|so sánh được, tính từ đơn vị giảm nhiều) nhất; mức giữa \(trung vị\) "
    rf"là (?P<median>[+−]?(?:{NUMBER})(?:,5)?) vụ\."
)
NO_PLACE = re.compile(
    r"(?P<figure>Số vụ|Tăng, giảm): không nêu vị trí vì (?P<why>đơn vị chưa có đủ|chưa đủ 5 đơn vị khác có đủ|"
    r"chưa đủ 5 đơn vị thuộc loại hình khác có đủ|từ đó suy ra được số liệu của đơn vị khác)(?: số liệu này)?\."
)
MERGED = re.compile(r"Số liệu gồm cả đơn vị đã sáp nhập: (?P<names>.*)\.")


def false_sheet(layout: Any, world: World, unit: int, when: When, base: When) -> Iterator[str]:
    """All that is false on the sheet of a unit whose report was accepted."""
    teller = teller_of(world, when, base, {unit})
    yield from map(str, teller.read(layout.headline, "total"))
    parts = naive.parts_of(world, {unit}, when, base) - {unit}
    for warning in layout.warnings:
        if found := MERGED.fullmatch(warning):
            told = parts & _asked(world, when, base)  # who came and went between two cut-offs was asked nothing
            names = {member.name for member in world.members if member.id in told}
            if set(found["names"].split("; ")) != names:
                yield f"sheet: {warning}, true is {names}"
        else:
            yield from map(str, teller.read(warning, "total"))
    yield from (f"sheet: {fault}" for fault in false_tables(layout.figures, teller, world))
    yield from _false_reports(layout.reports, world, unit)
    yield from _false_course(layout.course, world, unit, when)
    for place in layout.places:
        kind = None if place.heading == "Trong toàn cụm" else world.member(unit).kind
        for sentence in place.sentences:
            yield from _false_place(sentence, world, unit, when, base, kind)


def _asked(world: World, *periods: When) -> set[int]:
    return {
        one for when in periods for half in naive.halves(when) for one in naive.members_on(world, naive.cut_off(half))
    }


def _false_reports(table: Any, world: World, unit: int) -> Iterator[str]:
    names = {printed((year, half)): (year, half) for year in range(2018, 2030) for half in (1, 2)}
    when = names[table.lines[-1].cells[0].text.casefold()]
    span = (naive.past_halves(when)[0], when)
    for line in table.lines:
        half = names[line.cells[0].text.casefold()]
        cases = naive.of_a_course(world, half, span, "cases", [one.code for one in world.categories], {unit})
        if naive.is_half_silent(world, half, span, {unit}):
            cases = naive.Recorded(None, cases.missing, told=False)
        yield from (f"sheet, reports of {half}: {one}" for one in false_recorded("cases", line.cells[2].text, cases))
        (report, *_none) = [one for one in world.reports if (one.unit, one.half) == (unit, half)] or [None]
        is_expected = unit in naive.members_on(world, naive.cut_off(half)) and any(r.half == half for r in world.rounds)
        true = "đã nộp" if report and not report.accepted else "đã tiếp nhận" if report else "chưa bắt đầu"
        told = line.cells[1].text.removesuffix(" (nộp muộn)").removesuffix(" (muộn)")
        if told.casefold() != (true if report or is_expected else "–"):
            yield f"sheet, reports of {half}: says {told}, true is {true}"


def _false_course(table: Any, world: World, unit: int, when: When) -> Iterator[str]:
    periods = naive.past_halves(when)
    span = (periods[0], periods[-1])
    for line in table.lines:
        name = line.cells[0].text
        codes = [c.code for c in world.categories] if line.level == "total" else _codes(world, _code(world, name))
        for half, cell in zip(periods, line.cells[1:], strict=True):
            recorded = naive.of_a_course(world, half, span, "cases", codes, {unit})
            if naive.is_half_silent(world, half, span, {unit}):
                recorded = naive.Recorded(None, recorded.missing, told=False)
            if recorded.is_asked or cell.text != "–":
                yield from (f"sheet, course of {name}: {one}" for one in false_recorded(str(half), cell.text, recorded))


def _code(world: World, name: str) -> str:
    return next(group.code for group in world.groups if group.name == name)


def _false_place(sentence: str, world: World, unit: int, when: When, base: When, kind: str | None) -> Iterator[str]:
    truth = naive.truth(world, when, base)
    found = PLACE.fullmatch(sentence)
    withheld = NO_PLACE.fullmatch(sentence)
    if not found and not withheld:
        yield f"sheet: not understood: {sentence}"
        return
    is_change = bool(found and found["moved"]) or bool(withheld and withheld["figure"] == "Tăng, giảm")
    values = _ranked(world, truth, when, is_change, kind)
    others = [value for one, value in values.items() if one != unit]
    if withheld:
        why = withheld["why"]
        so = {"đơn vị chưa có đủ": unit not in values, "chưa đủ 5 đơn vị khác có đủ": len(others) < 5}
        if not so.get(why, True):
            yield f"sheet: {sentence} – {len(others)} others have it, own {values.get(unit)}"
        return
    own = values.get(unit)
    if own is None:
        yield f"sheet: {sentence} – the unit has no such figure"
        return
    true = (own, 1 + sum(one < own for one in others), own in others, 1 + len(others), _median([own, *others]))
    said = (
        _signed(found["moved"] or found["cases"]),
        int(found["place"]),
        bool(found["shared"]),
        int(found["of"]),
        _signed(found["median"].removesuffix(",5")) * 2
        + (0 if ",5" not in found["median"] else -1 if found["median"][0] == "−" else 1),
    )
    if said != true:
        yield f"sheet: {sentence} – true is {true}"


def _ranked(world: World, truth: naive.Truth, when: When, is_change: bool, kind: str | None) -> dict[int, int]:
    """The figure of whoever has it, of the whole cluster or of a kind."""
    found = {}
    for unit, row in truth.units.items():
        if unit not in naive.members_on(world, naive.cut_off(when)) or kind not in (None, world.member(unit).kind):
            continue
        recorded = row.recorded["cases"]
        value = row.compared["cases"].change if is_change else recorded.value if recorded.complete else None
        if value is not None:
            found[unit] = value
    return found


def _median(values: list[int]) -> int:
    """Twice the median."""
    ordered, middle = sorted(values), len(values) // 2
    return 2 * ordered[middle] if len(ordered) % 2 else ordered[middle - 1] + ordered[middle]


def _signed(text: str) -> int:
    return -number(text[1:]) if text[0] == "−" else number(text.removeprefix("+"))


#: How a measure heads a trend.
MEASURES_BY_LABEL = LABELS
