"""What the JSON file of a summary claims, held against the naive result: each figure and each sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tests.truth import naive
from tests.truth.sentences import Falsehood, Teller, Vocabulary, printed
from tests.truth.worlds import MEASURES, Half, When, World, name_of

#: What kinds of units are called in prose.
KIND_NAMES = {
    "commune": "xã, phường",
    "agency": "cơ quan",
    "school": "nhà trường",
    "enterprise": "doanh nghiệp",
    "armed_forces": "lực lượng vũ trang",
}


def falsehoods(
    content: dict[str, Any], world: World, when: When, base: When, only: set[int] | None = None
) -> list[str]:
    """All that is false in the content of a JSON file."""
    teller = teller_of(world, when, base, only)
    return [
        str(one)
        for one in (
            *false_figures(content, teller.all, world),
            *false_counts(content, teller, world, only),
            *false_sentences(content, teller, world),
        )
    ]


def teller_of(world: World, when: When, base: When, only: set[int] | None = None) -> Teller:
    """Who knows what is true of the period beside its base, of all units or of some."""
    truth = naive.truth(world, when, base, only)
    teller = Teller(truth, vocabulary(world), when, base, [one.half for one in world.rounds])
    teller.half_years = {
        printed(half): naive.half_year(world, half, past, only) for past in [naive.past_halves(when)] for half in past
    }
    teller.one_period = naive.one_period_categories(world, when, base, only)
    teller.has_fewer_categories = any(teller.one_period.values())
    return teller


def vocabulary(world: World) -> Vocabulary:
    names = [
        *((group.name, f"group.{group.code}") for group in world.groups),
        *((category.name, f"category.{category.code}") for category in world.categories),
        *((indicator.name, f"indicator.{indicator.code}") for indicator in world.indicators),
        *((name, f"kind.{kind}") for kind, name in KIND_NAMES.items()),
        *((member.name, f"unit.{member.id}") for member in world.members),
    ]
    return Vocabulary(names, [indicator.noun for indicator in world.indicators])


# -- figures


def false_figures(content: dict[str, Any], truth: naive.Truth, world: World) -> Iterator[Falsehood]:
    for address, found in rows(content, world):
        for measure in MEASURES:
            row = _row(truth, address)
            known = (row.recorded[measure], row.base_recorded[measure], row.compared[measure])
            yield from _false_figure(f"{address}.{measure}", found[measure], *known)
    for found in content["indicators"]:
        yield from _false_figure(f"indicator.{found['code']}", found, *truth.indicators[found["code"]])
    yield from _false_sums(content)


def rows(content: dict[str, Any], world: World) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row with figures of all measures, by its address."""
    ids = {member.name: member.id for member in world.members}
    yield "total", content["total"]
    for part, kind in (("groups", "group"), ("categories", "category"), ("kinds", "kind")):
        for found in content[part]:
            yield f"{kind}.{found['code']}", found
    for found in content["units"]:
        yield f"unit.{ids[found['name']]}", found


def _row(truth: naive.Truth, address: str) -> naive.Row:
    kind, _dot, code = address.partition(".")
    if kind == "unit":
        return truth.units[int(code)]
    rows = {"group": truth.groups, "category": truth.categories, "kind": truth.kinds}
    return truth.total if kind == "total" else rows[kind][code]


def _false_figure(
    where: str, found: dict[str, Any], recorded: naive.Recorded, base: naive.Recorded, compared: naive.Compared
) -> Iterator[Falsehood]:
    if not recorded.is_asked:
        if found["asked"] or found["recorded"] is not None or found["change"] is not None:
            yield Falsehood(where, str(found), "not asked")
        return
    true: dict[str, Any] = {"recorded": recorded.value, "recorded_base": base.value}
    true["complete"], true["missing"] = recorded.complete, {name_of(unit) for unit in recorded.missing}
    true |= {"missing_halves": _halves(recorded.unasked), "missing_halves_base": _halves(base.unasked)}
    if base.value is not None:
        true["complete_base"], true["missing_base"] = base.complete, {name_of(unit) for unit in base.missing}
    true |= {"change": compared.change, "percent": compared.percent}
    if compared.change is not None:
        true |= {"current": compared.current, "base": compared.base, "units": len(compared.units)}
    percent = None if found["percent"] is None else abs(round(float(found["percent"]) * 100))
    said = {**found, "percent": percent, "missing": set(found["missing"]), "missing_base": set(found["missing_base"])}
    for name, value in true.items():
        if said[name] != value:
            yield Falsehood(f"{where}.{name}", str(said[name]), str(value))


def _halves(found: Iterable[Half]) -> list[str]:
    return [f"{year}-H{number}" for year, number in sorted(found)]


def _false_sums(content: dict[str, Any]) -> Iterator[Falsehood]:
    """Groups, categories, kinds and units add up to the total, where they are compared."""
    for measure in MEASURES:
        total = content["total"][measure]
        if total["change"] is None:
            continue
        for part in ("groups", "categories", "kinds", "units"):
            for side in ("current", "base"):
                added = sum(row[measure][side] or 0 for row in content[part] if row[measure]["change"] is not None)
                if added != total[side]:
                    yield Falsehood(f"{part} {measure} {side}", f"{added} in sum", f"{total[side]} in the total")


# -- what stands beside the figures: counts of units, shares, rates, states, the last half-years


def false_counts(content: dict[str, Any], teller: Teller, world: World, only: set[int] | None) -> Iterator[Falsehood]:
    truth = teller.all
    counts = {name: content["coverage"][name] for name in ("expected", "current", "baseline", "both", "expected_base")}
    found = (truth.expected, truth.reporting, truth.base_reporting, truth.reported_both, truth.base_expected)
    yield from _differs("coverage", counts, dict(zip(counts, map(len, found), strict=True)))
    for kind in content["kinds"]:
        yield from _differs(kind["code"], (kind["reported"], kind["expected"]), teller.reports(f"kind.{kind['code']}"))
    for unit in content["units"]:
        address = f"unit.{_ids(world)[unit['name']]}"
        yield from _differs(
            f"{address} counted", unit["counted"], bool(truth.units[_id(address)].compared["cases"].units)
        )
    for address, row in rows(content, world):
        if "share" in row:
            yield from _differs(f"{address} share", _hundredths(row["share"]), *teller.shares(address))
        yield from _false_clearance(address, row["clearance"], world, teller, only)
    yield from _false_history(content["history"], teller)
    yield from _false_left_out(content["left_out"], teller)


def _false_clearance(
    address: str, found: dict[str, Any] | None, world: World, teller: Teller, only: set[int] | None
) -> Iterator[Falsehood]:
    kind, _dot, code = address.partition(".")
    codes = [category.code for category in world.categories]
    if kind in ("group", "category"):
        codes = [one for one in codes if code in (one, teller.all.group_of[one])]
    units = set(teller.all.units) if only is None else set(teller.all.units) & only
    if kind in ("kind", "unit"):
        units = {one for one in units if code in (str(one), world.member(one).kind)}
    parts = naive.parts_of(world, units, teller.when, teller.base)
    rate = naive.clearance(world, teller.when, codes, parts)
    said = (found["solved"], found["cases"], _hundredths(found["percent"])) if found else (0, 0, None)
    yield from _differs(f"{address} clearance", said, (rate.solved, rate.cases, rate.percent))


def _false_history(history: list[dict[str, Any]], teller: Teller) -> Iterator[Falsehood]:
    for point in history:
        year, half = point["period"].split("-H")
        reported, expected, known = teller.half_years[printed((int(year), int(half)))]
        said = (point["cases"], point["units"], point["expected"], point["complete"], set(point["missing"]))
        true = (known.value, reported, expected, known.complete, {name_of(unit) for unit in known.missing})
        yield from _differs(f"history {point['period']}", said, true)


def _false_left_out(left_out: list[dict[str, Any]], teller: Teller) -> Iterator[Falsehood]:
    told = {left["measure"]: left for left in left_out}
    for measure in MEASURES:
        compared = teller.all.total.compared[measure].units
        units = {name_of(unit) for unit in teller.all.comparable - compared} if compared else set()
        said = told.get(measure, {"units": [], "categories": []})
        yield from _differs(f"left out of {measure}, units", set(said["units"]), units)
        missed = teller.one_period[measure] - set(said["categories"])
        yield from _differs(f"left out of {measure}, categories", missed, set())


def _ids(world: World) -> dict[str, int]:
    return {member.name: member.id for member in world.members}


def _id(address: str) -> int:
    return int(address.partition(".")[2])


def _hundredths(text: str | None) -> int | None:
    return None if text is None else round(float(text) * 100)


def _differs(where: str, said: object, true: object) -> Iterator[Falsehood]:
    if said != true:
        yield Falsehood(where, str(said), str(true))


# -- sentences


def false_references(texts: Iterable[tuple[str, str, str]], teller: Teller) -> Iterator[str]:
    """What an author may choose to say of a figure: (address of its row, measure, text)."""
    for address, measure, text in texts:
        yield from map(str, teller.read(text, address, measure))


def false_sentences(content: dict[str, Any], teller: Teller, world: World) -> Iterator[Falsehood]:
    yield from teller.read(content["headline"], "total")
    for address, found in rows(content, world):
        yield from teller.read(found["sentence"], address)
        for measure in MEASURES:
            yield from teller.read(found[measure]["sentence"], address, measure)
    for found in content["indicators"]:
        yield from teller.read(found["sentence"], f"indicator.{found['code']}", "")
    for passage in content["narrative"]:
        begins = "category.tai-nan-giao-thong" if passage["code"] == "traffic" else "total"
        for paragraph in passage["paragraphs"]:
            yield from teller.read(paragraph, begins)
    for warning in content["warnings"]:
        yield from teller.read(warning, "total")
