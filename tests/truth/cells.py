"""What tables and tiles claim, cell by cell, held against the naive result.

A cell is read by the words above it: what is *recorded*, what is compared of this period
and of the base, the change between them, of how many units. Nothing of the portal is
imported: what is read are its texts, as they stand on pages and in files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tests.truth import naive
from tests.truth.judge import KIND_NAMES
from tests.truth.sentences import LABELS, NUMBER, Teller, number, printed
from tests.truth.worlds import World, name_of

DASH, NOT_ASKED = "–", "x"
OWN_UNITS, WITH_REPORTS = "Số đơn vị có đủ số liệu", "Số đơn vị có đủ báo cáo"
#: Said over columns where some category has figures in one period only.
OF_CATEGORIES = "loại vụ việc"
AMOUNT = re.compile(rf"(?P<least>≥ )?(?P<number>{NUMBER})")
MOVED = re.compile(rf"(?P<sign>[+−]?)(?P<number>{NUMBER})")
MOVED_PERCENT = re.compile(rf"(?P<sign>[+−]?)(?P<number>(?:{NUMBER}),\d\d)%")
OF_UNITS = re.compile(r"(?P<part>\d+)(?:/(?P<whole>\d+))?")
#: Which measures are good to rise; what is not said here is good to fall, as cases are.
MORE_IS_BETTER, NEUTRAL = {"solved"}, {"persons"}
#: Categories of which a rise of the cases is neither good nor bad.
NEUTRAL_CATEGORIES = {"ma-tuy"}
TONES = {1: "tích cực", -1: "cần lưu ý", 0: ""}

Figures = tuple[naive.Recorded, naive.Recorded, naive.Compared]


class Line:
    """One line: what its figures are, measure by measure, and how good it is that they rise."""

    def __init__(self, address: str, teller: Teller) -> None:
        self.address, self.teller = address, teller

    def figures(self, measure: str) -> Figures:
        recorded, compared = self.teller.truth(self.address, measure)
        return recorded, self.teller.truth_of_base(self.address, measure), compared

    def good_rise(self, measure: str) -> int:
        """1 where a rise is good, -1 where it is bad, 0 where it is neither."""
        kind, _dot, code = self.address.partition(".")
        if kind == "indicator":
            return 1
        if measure in MORE_IS_BETTER | NEUTRAL:
            return 1 if measure in MORE_IS_BETTER else 0
        if measure in ("cases", "serious") and code in NEUTRAL_CATEGORIES | {"nhom-ma-tuy"}:
            return 0
        return -1


def false_tables(tables: Iterable[Any], teller: Teller, world: World) -> Iterator[str]:
    """All that is false in the tables of a comparison, by their codes."""
    for table in tables:
        for line, address, measure in _lines(table, teller, world):
            for fault in READERS[table.code](table, line, Line(address, teller), measure):
                yield f"table {table.code}, {line.cells[0].text}: {fault}"
            if line.level == "group":
                yield from _false_name(line.cells[0].text, teller, world)


def _false_name(name: str, teller: Teller, world: World) -> Iterator[str]:
    """A group may be named with the one of its categories that has all its figures, on a unit's sheet."""
    group, _colon, alone = name.partition(": ")
    for category in world.categories:
        if alone and category.name.lower() == alone.lower():
            told = [teller.truth(of, "cases") for of in (f"category.{category.code}", f"group.{category.group}")]
            figures = [(recorded.value, compared.current, compared.base) for recorded, compared in told]
            if figures[0] != figures[1]:
                yield f"{name}: not all of {group}, {figures}"


def _lines(table: Any, teller: Teller, world: World) -> Iterator[tuple[Any, str, str]]:
    """Each line with the address of its row, and its measure, where the line has one."""
    units = {member.name: f"unit.{member.id}" for member in world.members}
    kinds = {name.casefold(): f"kind.{kind}" for kind, name in KIND_NAMES.items()}
    groups = {group.name: f"group.{group.code}" for group in world.groups}
    rows = {category.name: f"category.{category.code}" for category in world.categories}
    indicators = {one.name: f"indicator.{one.code}" for one in world.indicators}
    for line in table.lines:
        name = line.cells[0].text
        if table.code == "measures":
            yield line, "total", LABELS[name.casefold()]
        elif table.code == "history" or line.level == "total":
            yield line, "total", "cases"
        elif line.level == "group":
            yield line, groups[name.partition(": ")[0]], "cases"
        elif table.code == "indicators":
            yield line, indicators[name], ""
        elif table.code == "kinds":
            yield line, kinds[name.casefold()], "cases"
        else:
            yield line, rows.get(name) or units[name.partition(" (gồm")[0]], "cases"


# -- one way to read each kind of table


def compared_cells(table: Any, line: Any, row: Line, measure: str) -> Iterator[str]:
    """A line of a table in which each measure or row is compared."""
    figures = row.figures(measure)
    if "Tăng, giảm" not in [column.heading for column in table.columns] and figures[2].change is not None:
        yield f"nothing is compared, although {figures[2]}"
    beside = _coverage_beside(table, line)
    for column, cell in zip(table.columns[1:], line.cells[1:], strict=True):
        yield from _false_compared_cell(table, column, cell, row, measure, beside)
        yield from _false_group(column, row, measure)


def _false_heading(heading: str, row: Line) -> Iterator[str]:
    """“Ghi nhận (25/28 đơn vị)” over all lines: of the total, and whether it holds parts of others."""
    if found := re.fullmatch(r"Ghi nhận \((\d+)/(\d+) đơn vị( có đủ số liệu)?\)", heading):
        recorded = row.teller.truth("total", "cases")[0]
        true = (*row.teller.coverage("total", "cases"), recorded.holds_others)
        yield from _differs(heading, (int(found[1]), int(found[2]), bool(found[3])), true)
    elif heading.startswith("Ghi nhận"):
        yield from _differs("heading", heading, "Ghi nhận")


def _false_compared_cell(
    table: Any, column: Any, cell: Any, row: Line, measure: str, beside: tuple[int, int] | None
) -> Iterator[str]:
    heading, (recorded, _base, compared) = column.heading, row.figures(measure)
    if heading.startswith("Ghi nhận"):
        yield from _false_heading(heading, row)
        yield from false_recorded(heading, cell.text, recorded, beside)
    elif heading == OWN_UNITS and table.code in ("measures", "indicators"):
        yield from _false_coverage(heading, cell.text, row, measure)
    elif heading == "Số đơn vị so sánh":
        yield from _differs(heading, cell.text, str(len(compared.units)) if recorded.is_asked else NOT_ASKED)
    elif heading.startswith(("Tỷ trọng", "Tỷ lệ trên số ghi nhận")):
        yield from _false_share(cell.text, row)
    elif heading == "Tăng, giảm":
        yield from false_change(heading, cell, compared, row.good_rise(measure))
    elif heading == "Tăng, giảm (%)":
        yield from false_percent(heading, cell.text, compared)
    elif heading.casefold() in row.teller.names_of_periods:
        yield from _false_period(column, cell, row, row.figures(measure))
    elif heading not in ("Tình trạng báo cáo", "Đơn vị tính", WITH_REPORTS):
        yield f"a column that is not understood: {heading}"


def _coverage_beside(table: Any, line: Any) -> tuple[int, int] | None:
    """The “25/28” that stands in the line, or else above the column: what the recorded figure is of."""
    own = [cell.text for column, cell in zip(table.columns, line.cells, strict=True) if column.heading == OWN_UNITS]
    for text in (*own, *(column.heading for column in table.columns)):
        if found := re.search(r"(\d+)/(\d+)", text):
            return int(found[1]), int(found[2])
    return None


def false_recorded(
    where: str, text: str, recorded: naive.Recorded, beside: tuple[int, int] | None = None
) -> Iterator[str]:
    """“≥” is of an incomplete sum; a bare figure is all there is, or that of the units told beside it."""
    if text == NOT_ASKED or not recorded.is_asked:
        yield from _differs(where, text, NOT_ASKED if not recorded.is_asked else "asked")
        return
    found = AMOUNT.fullmatch(text)
    if recorded.value is None:  # of noughts that are not all it is told that they are “at least”
        yield from _differs(where, text, "≥ 0" if recorded.told else DASH)
        return
    if found is None:
        yield from _differs(where, text, str(recorded.value))
        return
    if number(found["number"]) != recorded.value:
        yield f"{where}: says {text}, true is {recorded.value}"
    if found["least"] and recorded.complete:
        yield f"{where}: says {text}, nothing is missing"
    if not found["least"] and not recorded.complete:
        of_these = beside and beside[1] - beside[0] == len(recorded.missing) and recorded.value == recorded.of_whole
        if not of_these:
            yield f"{where}: says {text} as if it were all of {beside}; missing {sorted(recorded.missing)}"


def false_change(where: str, cell: Any, compared: naive.Compared, good_rise: int) -> Iterator[str]:
    change = compared.change
    yield from _differs(where, _moved(cell.text, MOVED), change)
    tone = TONES[((change > 0) - (change < 0)) * good_rise] if change is not None else ""
    yield from _differs(f"{where} (tone)", cell.tone_label, tone)


def false_percent(where: str, text: str, compared: naive.Compared) -> Iterator[str]:
    percent, change = compared.percent, compared.change
    signed = None if percent is None or change is None else percent * (-1 if change < 0 else 1)
    yield from _differs(where, _moved(text, MOVED_PERCENT), signed)


def _moved(text: str, pattern: re.Pattern[str]) -> int | str | None:
    if text == DASH:
        return None
    found = pattern.fullmatch(text)
    if found is None:
        return text
    amount = number(found["number"].replace(",", ""))
    if (found["sign"] == "") != (amount == 0):
        return text
    return -amount if found["sign"] == "−" else amount


def _false_period(column: Any, cell: Any, row: Line, figures: Figures) -> Iterator[str]:
    """The figure of a period: under the heading of units compared it is theirs, else what was recorded."""
    is_base = column.heading.casefold() in row.teller.names_of_base
    recorded, compared = figures[is_base], (figures[2].base if is_base else figures[2].current)
    if not column.group:
        yield from false_recorded(column.heading, cell.text, recorded)
        if figures[2].change is not None and (compared != recorded.value or not recorded.complete):
            yield f"{column.heading}: {cell.text} beside a change of units that have {compared}"
        return
    true = NOT_ASKED if not recorded.is_asked else DASH if compared is None else compared
    found = AMOUNT.fullmatch(cell.text)
    yield from _differs(column.heading, number(found["number"]) if found and not found["least"] else cell.text, true)


def _false_group(column: Any, row: Line, measure: str) -> Iterator[str]:
    """“23 đơn vị so sánh được” over columns: the set of the whole table."""
    if column.group and (OF_CATEGORIES in column.group) != row.teller.has_fewer_categories:
        yield f"“{column.group}”: some categories are compared and others not: {row.teller.has_fewer_categories}"
    found = re.match(r"(\d+) đơn vị", column.group)
    if found and int(found[1]) != len(row.teller.all.total.compared[measure or "cases"].units):
        yield f"“{column.group}”: true is {len(row.teller.all.total.compared[measure or 'cases'].units)}"


def _false_coverage(where: str, text: str, row: Line, measure: str) -> Iterator[str]:
    recorded = row.figures(measure)[0]
    reported, expected = row.teller.coverage(row.address, measure)
    yield from _differs(where, text, f"{reported}/{expected}" if recorded.is_asked else NOT_ASKED)


def _false_share(text: str, row: Line) -> Iterator[str]:
    if row.address == "total":
        whole = row.figures("cases")[0].value
        true = {naive.share(whole, whole)}
    else:
        true = row.teller.shares(row.address)
    if (None if text == DASH else number(text.removesuffix("%").replace(",", ""))) not in true:
        yield f"a share of {text}, true is {true}"


def kind_cells(table: Any, line: Any, row: Line, measure: str) -> Iterator[str]:
    reported, expected = row.teller.reports(row.address)
    yield from _differs(WITH_REPORTS, line.cells[1].text, f"{reported}/{expected}")
    yield from compared_cells(table, line, row, measure)


#: What a unit is said to be, and what of it must be so; None: it can be compared.
STATES: dict[str, set[str] | None] = {
    "đủ hai kỳ": None,
    "chưa có báo cáo": {"wholly missing"},
    "chưa có báo cáo cùng kỳ": {"base wholly missing"},
    "chưa đủ báo cáo": {"missing", "base missing"},
    "tham gia sau kỳ so sánh": {"joined in a year or later"},
    "không so sánh được": {"area"},
    "không còn là thành viên": {"gone"},
    "rời cụm trong kỳ": {"left in the period"},
    "có báo cáo": {"base missing", "joined in a year or later"},
}


def unit_cells(table: Any, line: Any, row: Line, measure: str) -> Iterator[str]:
    if row.address != "total":
        unit, state = int(row.address.removeprefix("unit.")), line.cells[1].text
        reasons, wanted = row.teller.all.reasons[unit], STATES[state]
        if not (unit in row.teller.all.comparable if wanted is None else reasons & wanted):
            yield f"“{state}”: {reasons}"
    yield from compared_cells(table, line, row, measure)


def detail_cells(table: Any, line: Any, row: Line, _measure: str) -> Iterator[str]:
    """Each measure under its own heading, which says of how many units it is compared, if not of all."""
    change: dict[str, naive.Compared] = {}
    for column, cell in zip(table.columns[1:], line.cells[1:], strict=True):
        name, _comma, units = column.group.partition(", ")
        measure = LABELS[name.casefold()]
        recorded, _base, compared = row.figures(measure)
        if units:
            of_all = row.teller.all.total.compared[measure].units
            yield from _differs(column.group, int(units.split()[0]), len(of_all))
        if column.heading == "Tăng, giảm":
            yield from false_change(column.group, cell, compared, row.good_rise(measure))
        elif units:
            true = NOT_ASKED if not recorded.is_asked else DASH if compared.current is None else compared.current
            found = AMOUNT.fullmatch(cell.text)
            yield from _differs(column.group, number(found["number"]) if found else cell.text, true)
        else:
            yield from false_recorded(column.group, cell.text, recorded)
            if compared.change is not None and (compared.current != recorded.value or not recorded.complete):
                yield f"{column.group}: {cell.text} beside a change of units that have {compared.current}"
        change[measure] = compared
    if "Tăng, giảm" not in [column.heading for column in table.columns]:
        yield from (f"{measure} is not compared, although {found}" for measure, found in change.items() if found.units)


def recorded_cells(table: Any, line: Any, row: Line, _measure: str) -> Iterator[str]:
    for column, cell in zip(table.columns[1:], line.cells[1:], strict=True):
        yield from false_recorded(column.heading, cell.text, row.figures(LABELS[column.heading.casefold()])[0])


def history_cells(_table: Any, line: Any, row: Line, _measure: str) -> Iterator[str]:
    period, cases, units = (cell.text for cell in line.cells)
    reported, expected, known = row.teller.half_years[period.casefold()]
    yield from false_recorded(f"{period}: cases", cases, known, (reported, expected))
    yield from _differs(f"{period}: units", units, f"{reported}/{expected}" if reported < expected else str(reported))


READERS: dict[str, Callable[[Any, Any, Line, str], Iterator[str]]] = {
    "measures": compared_cells,
    "categories": compared_cells,
    "kinds": kind_cells,
    "units": unit_cells,
    "indicators": compared_cells,
    "history": history_cells,
    "category-details": detail_cells,
    "unit-details": detail_cells,
    "recorded": recorded_cells,
}


# -- tiles

TILE_MOVED = re.compile(
    r"(?:(?P<part>\d+)/(?P<whole>\d+) đơn vị(?P<all> có đủ số liệu)?; "
    r"trong (?P<over>\d+) đơn vị(?: và các loại vụ việc)? so sánh được: (?P<current>[\d.]+), )?"
    r"(?P<change>[+−]?[\d.]+)(?: \((?P<percent>[^)]+)\))?; (?P<base>.+): (?P<before>[\d.]+)"
)
TILE_UNMOVED = re.compile(
    r"(?P<asked>không thống kê$)?(?:(?P<part>\d+)/(?P<whole>\d+) đơn vị(?P<all> có đủ số liệu)?)?(?:; )?(?P<why>[^;]*)"
)


def false_tiles(tiles: Iterable[Any], teller: Teller) -> Iterator[str]:
    for tile in tiles:
        for fault in _false_tile(tile, teller):
            yield f"tile {tile.label}: {fault}"


def _false_tile(tile: Any, teller: Teller) -> Iterator[str]:
    if tile.label.casefold() not in LABELS:
        truth = teller.all
        if tile.label == WITH_REPORTS:
            yield from _differs(tile.label, tile.value, f"{len(truth.reporting)}/{len(truth.expected)}")
            return
        yield from _differs(tile.label, tile.value, f"{len(truth.reported_both)}/{len(truth.expected)}")
        told = f"{len(truth.reporting)}/{len(truth.expected)} đơn vị đã có đủ báo cáo kỳ này"
        yield from _differs(tile.label, tile.note, told)
        return
    measure, line = LABELS[tile.label.casefold()], Line("total", teller)
    recorded, base, compared = line.figures(measure)
    moved = TILE_MOVED.fullmatch(tile.note)
    told = moved or TILE_UNMOVED.fullmatch(tile.note)
    beside = (int(told["part"]), int(told["whole"])) if told and told["part"] else None
    yield from false_recorded("value", tile.value, recorded, beside)
    if beside:
        yield from _differs("units", beside, teller.coverage("total", measure))
        yield from _differs("with all figures", bool(told and told["all"]), recorded.holds_others)
    if moved:
        yield from _false_tile_movement(tile, moved, teller, line, measure)
    elif compared.change is not None:
        yield f"“{tile.note}” tells no change, which is {compared.change}"
    elif told and told["asked"]:
        yield from _differs("asked", True, not recorded.is_asked)
    elif told and told["why"]:
        yield from _false_reason(told["why"], base)


def _false_reason(why: str, base: naive.Recorded) -> Iterator[str]:
    """Why nothing is compared."""
    if why.startswith("không so sánh được với"):
        yield from _differs(why, base.value is None, False)
    elif why.startswith("chưa có đủ số liệu"):
        yield from _differs(why, (base.value, base.told), (None, True))
    elif why.startswith("chưa có số liệu"):
        yield from _differs(why, (base.value, base.is_asked, base.told), (None, True, False))
    elif why.startswith("không thống kê"):
        yield from _differs(why, base.is_asked, False)
    else:
        yield f"“{why}” is not understood"


def _false_tile_movement(tile: Any, moved: re.Match[str], teller: Teller, line: Line, measure: str) -> Iterator[str]:
    recorded, _base, compared = line.figures(measure)
    yield from _differs("change", _moved(moved["change"], MOVED), compared.change)
    yield from false_percent("percent", moved["percent"] or DASH, compared)
    yield from _differs("base", number(moved["before"]), compared.base)
    if moved["base"].casefold() not in teller.names_of_base:
        yield f"{moved['base']}: another base"
    if moved["over"]:
        yield from _differs("over", int(moved["over"]), len(compared.units))
        yield from _differs("current", number(moved["current"]), compared.current)
    elif compared.current != recorded.value or not recorded.complete:
        yield f"{tile.value} beside a change of units that have {compared.current}"
    change = compared.change or 0
    yield from _differs("tone", tile.tone_label, TONES[((change > 0) - (change < 0)) * line.good_rise(measure)])


# -- the units side by side, and the bars of the last half-years


def false_grid(grid: Iterable[Any], teller: Teller, world: World) -> Iterator[str]:
    units = {member.name: member.id for member in world.members}
    for tile in grid:
        line, unit = Line(f"unit.{units[tile.name]}", teller), units[tile.name]
        recorded, _base, compared = line.figures("cases")
        yield from (f"tile of {tile.name}: {one}" for one in false_recorded("cases", tile.cases, recorded))
        if tile.state:
            wanted, reasons = STATES[tile.state], teller.all.reasons[unit]
            if not (unit in teller.all.comparable if wanted is None else reasons & wanted):
                yield f"tile of {tile.name}: “{tile.state}”, {reasons}"
            yield from _differs(f"tile of {tile.name}", compared.change, None)
        else:
            change = compared.change or 0
            good = ((change > 0) - (change < 0)) * line.good_rise("cases")
            said = (_moved(tile.change, MOVED), tile.tone_label, tile.shade.partition("-")[0])
            shade = {1: "good", -1: "bad", 0: ""}[good]
            yield from _differs(f"tile of {tile.name}", said, (compared.change, TONES[good], shade))


def false_bars(bars: Iterable[Any], periods: Iterable[Any], teller: Teller) -> Iterator[str]:
    """A bar stands alone, with how many units told theirs below it."""
    for bar, period in zip(bars, periods, strict=True):
        reported, expected, known = teller.half_years[printed((period.year, period.half))]
        yield from (f"bar of {period}: {one}" for one in false_recorded("cases", bar.value, known))
        units = f"{reported}/{expected}" if reported < expected else str(reported)
        yield from _differs(f"bar of {period}", bar.lines[-1][0], f"{units} đơn vị")


def _differs(where: str, said: object, true: object) -> Iterator[str]:
    if said != true:
        yield f"{where}: says {said}, true is {true}"


def dotted(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def names(units: Iterable[int]) -> list[str]:
    return [name_of(unit) for unit in units]
