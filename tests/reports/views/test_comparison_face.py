"""How the comparison is shown: groups that unfold, rows of noughts as one, tiles of units, tabs."""

import re

import pytest

from cluster_portal.periods import Period
from reports.comparison.summarise import summarise
from reports.layout.folded_rows import fold
from reports.layout.summary_tables import build_tables
from reports.layout.unit_grid import build_unit_grid
from tests.support.factories import UnitFactory
from tests.support.reporting import DRUGS, THEFT, TRAFFIC, accepted_report

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ROBBERY = "cuop-tai-san"
PAGE, NOW, BEFORE = "/summaries/2022-H1/", "2022-H1", "2021-H1"


@pytest.fixture
def folded(cluster, unit, other_unit):
    """Folds the categories of two units of which these are reported: now and, unless None, a year before."""

    def folded(now, before):
        for each in (unit, other_unit):
            accepted_report(each, NOW, now)
            if before is not None:
                accepted_report(each, BEFORE, before)
        return fold(build_tables(summarise(current=Period(2022, 1))).categories)

    return folded


def line(table, name):
    lines = [found for group in table.groups for found in (group.head, *group.rows)]
    return next(found for found in lines if found.line.cells[0].text == name)


def test_categories_stand_below_their_group(folded):
    table = folded({THEFT: 5, DRUGS: 2}, {THEFT: 5, DRUGS: 2})
    groups = {group.head.line.cells[0].text: [row.line.cells[0].text for row in group.rows] for group in table.groups}
    assert "Trộm cắp tài sản" in groups["Trật tự xã hội"]
    assert groups["Ma túy"] == []
    assert groups[table.groups[0].head.line.cells[0].text] == []


def test_bars_are_of_what_is_compared_on_one_scale_without_the_total(folded):
    table = folded({THEFT: 5, DRUGS: 2}, {THEFT: 10, DRUGS: 0})
    assert table.groups[0].head.pair is None
    assert (line(table, "Trộm cắp tài sản").pair.now, line(table, "Trộm cắp tài sản").pair.then) == (50.0, 100.0)
    assert (line(table, "Ma túy").pair.now, line(table, "Ma túy").pair.then) == (20.0, 0.0)


def test_of_a_period_that_is_compared_with_nothing_there_is_one_bar(folded):
    table = folded({THEFT: 5, DRUGS: 2}, None)
    assert (line(table, "Ma túy").pair.now, line(table, "Ma túy").pair.then) == (40.0, None)


def test_only_lines_of_noughts_in_both_periods_are_folded_to_one(folded):
    table = folded({THEFT: 5, ROBBERY: 0, TRAFFIC: 0}, {THEFT: 5, ROBBERY: 0, TRAFFIC: 3})
    assert line(table, "Cướp tài sản").is_quiet
    assert not line(table, "Tai nạn giao thông").is_quiet
    assert not table.groups[0].head.is_quiet
    shown = [found for group in table.groups for found in (group.rows or (group.head,)) if found.is_quiet]
    assert table.quiet == len(shown) > 0


def test_what_nobody_told_is_no_nought(folded):
    table = folded({THEFT: 5, DRUGS: {"cases": None}}, {THEFT: 5, DRUGS: 0})
    assert not line(table, "Ma túy").is_quiet


def test_a_tile_tells_a_unit_by_shade_sign_and_word(cluster, unit, other_unit):
    silent = UnitFactory(name="Xã Thử Ba")
    accepted_report(unit, NOW, {THEFT: 8})
    accepted_report(unit, BEFORE, {THEFT: 9})
    accepted_report(other_unit, NOW, {THEFT: 2})
    accepted_report(other_unit, BEFORE, {THEFT: 0})
    tiles = {tile.name: tile for tile in build_unit_grid(summarise(current=Period(2022, 1)))}
    assert (tiles[unit.name].cases, tiles[unit.name].change, tiles[unit.name].arrow) == ("8", "−1", "▼")
    assert (tiles[unit.name].shade, tiles[other_unit.name].shade) == ("good-1", "bad-2")
    assert (tiles[silent.name].shade, tiles[silent.name].change, tiles[silent.name].state) == (
        "",
        "",
        "chưa có báo cáo",
    )
    assert tiles[unit.name].href == f"{PAGE}?unit={unit.pk}"


def test_a_tile_of_a_kind_leads_to_the_unit_without_it(as_user, chair, cluster, unit, other_unit):
    for each in (unit, other_unit):
        accepted_report(each, NOW, {THEFT: 8})
    page = as_user(chair).get(f"{PAGE}units/?kind={unit.kind}").content.decode()
    assert f'href="{PAGE}?unit={unit.pk}"' in page


def test_each_tab_keeps_what_was_chosen_and_marks_itself(as_user, chair, cluster, unit, other_unit):
    for each in (unit, other_unit):
        accepted_report(each, NOW, {THEFT: 8})
    page = as_user(chair).get(f"{PAGE}activities/?baseline=2021-H2").content.decode()
    tabs = re.search(r'<ul class="nav nav-tabs.*?</ul>', page, re.DOTALL)[0]
    names = ("", "units/", "activities/", "all-figures/", "text/")
    assert re.findall(r'href="([^"]+)"', tabs) == [f"{PAGE}{name}?baseline=2021-H2" for name in names]
    assert re.findall(r'href="([^"]+)" aria-current', tabs) == [f"{PAGE}activities/?baseline=2021-H2"]


def test_of_one_unit_there_is_no_tab_of_units(as_user, chair, cluster, unit):
    accepted_report(unit, NOW, {THEFT: 8})
    assert f'href="{PAGE}units/"' not in as_user(chair).get(PAGE).content.decode()
    assert build_unit_grid(summarise(current=Period(2022, 1))) == ()


@pytest.mark.parametrize("part", ["", "units/", "activities/", "all-figures/", "text/"])
def test_a_period_without_figures_says_so_on_every_tab(as_user, chair, cluster, unit, part):
    page = as_user(chair).get(PAGE + part).content.decode()
    assert "Chưa có số liệu" in page or "Chưa mở đợt báo cáo" in page
    assert "<table" not in page
