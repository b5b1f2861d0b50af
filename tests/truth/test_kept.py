"""What was false once: the rows of issue 9, and what `make fuzz` found, as the smallest clusters that show it."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.truth.clusters import Knobs, made
from tests.truth.test_truth import false_as_stored, false_of_a_unit
from tests.truth.worlds import Ask, Category, Group, Half, Handover, Indicator, Member, Report, Round, When, World

pytestmark = pytest.mark.django_db

FOUNDED = dt.date(2015, 1, 1)
NOW, BEFORE = (2023, 1), (2022, 1)
ALWAYS = (1975, 1)
ORDER, TRAFFIC = Group("trat-tu-xa-hoi", "Trật tự xã hội"), Group("nhom-giao-thong", "Tai nạn giao thông")


def asks(code: str, name: str, group: Group, *measures: str) -> Category:
    asked = frozenset({"cases", *measures})
    return Category(code, name, group.code, (Ask(ALWAYS, asked, "solved" in asked),))


THEFT = asks("trom-cap-tai-san", "Trộm cắp tài sản", ORDER, "solved", "persons", "damage")
FIGHTS = asks("co-y-gay-thuong-tich", "Cố ý gây thương tích", ORDER, "solved", "injuries")
ACCIDENTS = asks("tai-nan-giao-thong", "Tai nạn giao thông", TRAFFIC, "deaths", "injuries")


def unit(number: int, kind: str = "commune", joined: dt.date = FOUNDED, left: dt.date | None = None) -> Member:
    return Member(number, kind, joined, left)


def theft(unit: int, half: Half, cases: int, **others: int | None) -> Report:
    """A report on thefts; what is not said of them is nought."""
    return Report(unit, half, rows={THEFT.code: {"cases": cases, "solved": 0, "persons": 0, "damage": 0, **others}})


def cluster(
    members: list[Member],
    reports: list[Report],
    *,
    categories: tuple[Category, ...] = (THEFT,),
    rounds: tuple[Half, ...] = (BEFORE, NOW),
    handovers: tuple[Handover, ...] = (),
    indicators: tuple[Indicator, ...] = (),
) -> World:
    groups = [group for group in (ORDER, TRAFFIC) if any(one.group == group.code for one in categories)]
    return World(
        members, groups, list(categories), list(indicators), [Round(half) for half in rounds], reports, list(handovers)
    )


def blank_persons_and_damage() -> World:
    """“không có đối tượng, giảm 15 (100,00%); không có thiệt hại”."""
    now = Report(1, NOW, rows={THEFT.code: {"cases": 5, "solved": 1}})
    return cluster([unit(1)], [now, theft(1, BEFORE, 7, persons=15, damage=9_000_000)])


def solved_of_what_is_investigated() -> World:
    """“60,00%” of 50, where 30 of 40 thefts were solved and nobody investigates accidents."""
    now, before = ((30, 40), NOW), ((20, 30), BEFORE)
    reports = [
        Report(
            1,
            half,
            rows={
                THEFT.code: {"cases": cases, "solved": solved, "persons": 0, "damage": 0},
                ACCIDENTS.code: {"cases": 10, "deaths": 0, "injuries": 1},
            },
        )
        for (solved, cases), half in (now, before)
    ]
    return cluster([unit(1)], reports, categories=(THEFT, ACCIDENTS))


def solved_left_blank_by_one() -> World:
    """The same with the blank in another unit's thefts."""
    blank = Report(2, NOW, rows={THEFT.code: {"cases": 10, "persons": 0, "damage": 0}})
    return cluster([unit(1), unit(2)], [theft(1, NOW, 40, solved=30), blank, theft(1, BEFORE, 30, solved=20)])


def one_of_28() -> World:
    """“giảm 515 vụ (98,66%)”, when one report was in."""
    members = [unit(number) for number in range(1, 29)]
    return cluster(members, [theft(1, NOW, 7), *(theft(one.id, BEFORE, 18) for one in members)])


def most_of_28() -> World:
    """“−15,20%” where those who reported both times fell by 10,45%."""
    members = [unit(number) for number in range(1, 29)]
    now = [theft(number, NOW, 14) for number in range(1, 26)]
    return cluster(members, [*now, *(theft(number, BEFORE, 19) for number in range(3, 29))])


def one_joined_later() -> World:
    """“Doanh nghiệp (5/5 đơn vị có số liệu): tăng 09 vụ”, where the four that were there fell."""
    members = [unit(number, "enterprise") for number in range(1, 5)]
    members.append(unit(5, "enterprise", joined=dt.date(2022, 9, 1)))
    reports = [theft(number, BEFORE, 7) for number in range(1, 5)]
    reports += [theft(1, NOW, 6), *(theft(number, NOW, 7) for number in range(2, 5)), theft(5, NOW, 10)]
    return cluster(members, reports)


def no_round_before() -> World:
    """“05 đơn vị tham gia cụm sau kỳ so sánh”, of members all along."""
    members = [unit(number, joined=dt.date(2020, 1, 1)) for number in range(1, 6)]
    return cluster(members, [theft(one.id, NOW, 3) for one in members], rounds=(NOW,))


def no_round_now() -> World:
    """“28 đơn vị không còn là thành viên”, of members who were not asked."""
    members = [unit(number) for number in range(1, 6)]
    return cluster(members, [theft(one.id, BEFORE, 3) for one in members], rounds=(BEFORE,))


def half_a_year() -> World:
    """“giảm 600 vụ (57,97%)”, half a year against a year."""
    halves = ((2022, 1), (2022, 2), (2023, 1))
    return cluster([unit(1), unit(2)], [theft(one, half, 9) for one in (1, 2) for half in halves], rounds=halves)


def half_a_year_before() -> World:
    halves = ((2022, 2), (2023, 1), (2023, 2))
    return cluster([unit(1), unit(2)], [theft(one, half, 9) for one in (1, 2) for half in halves], rounds=halves)


def joined_before_it_took_over() -> World:
    """Unit 2 came with an area of its own, and later took unit 1 over: more than was there a year before."""
    day = dt.date(2023, 3, 1)
    members = [unit(1, left=day), unit(2, joined=dt.date(2022, 9, 1))]
    return cluster(members, [theft(1, BEFORE, 5), theft(2, NOW, 9)], handovers=(Handover(1, 2, day),))


def merged_into_one_that_got_a_part() -> World:
    """Unit 1 became a part of unit 2, which had got a part of unit 3: none of them can be compared."""
    day, later = dt.date(2022, 9, 1), dt.date(2023, 3, 1)
    members = [unit(1, left=later), unit(2), unit(3)]
    handovers = (Handover(3, 2, day, partial=True), Handover(1, 2, later))
    reports = [theft(one, BEFORE, 5) for one in (1, 2, 3)] + [theft(2, NOW, 9), theft(3, NOW, 2)]
    return cluster(members, reports, handovers=handovers)


def gave_a_part_and_merged_later() -> World:
    """Unit 1 gave unit 2 a part and became the rest of it later: an installation took only one of the two."""
    day, later = dt.date(2022, 3, 1), dt.date(2023, 3, 1)
    members = [unit(1, left=later), unit(2), unit(3)]
    handovers = (Handover(1, 2, day, partial=True), Handover(1, 2, later))
    reports = [theft(one, BEFORE, 5) for one in (1, 2, 3)] + [theft(2, NOW, 9), theft(3, NOW, 2)]
    return cluster(members, reports, handovers=handovers)


def merged_in_the_middle_of_a_year() -> World:
    """Units 1 and 2 reported the first half, unit 3 the second: together they are a year."""
    day = dt.date(2023, 7, 1)
    members = [unit(1, left=day), unit(2, left=day), unit(3, joined=day)]
    reports = [theft(one, half, 5) for one in (1, 2) for half in ((2022, 1), (2022, 2), (2023, 1))]
    return cluster(
        members,
        [*reports, theft(3, (2023, 2), 8)],
        rounds=((2022, 1), (2022, 2), (2023, 1), (2023, 2)),
        handovers=(Handover(1, 3, day), Handover(2, 3, day)),
    )


def blank_in_one_category() -> World:
    """Unit 2 left its injuries blank in fights: it drops out of injuries in accidents too, so that rows add up."""
    reports = [
        Report(
            one,
            half,
            rows={
                FIGHTS.code: {"cases": 4, "solved": 0, "injuries": None if (one, half) == (2, NOW) else 3},
                ACCIDENTS.code: {"cases": 2, "deaths": 1, "injuries": 2},
            },
        )
        for one in (1, 2)
        for half in (NOW, BEFORE)
    ]
    return cluster([unit(1), unit(2)], reports, categories=(FIGHTS, ACCIDENTS))


def indicator_left_blank() -> World:
    patrols = Indicator("buoi-tuan-tra", "Buổi tuần tra", "buổi")
    counts = {(1, NOW): 5, (2, NOW): None, (1, BEFORE): 4, (2, BEFORE): 20}
    reports = [Report(one, half, indicators={patrols.code: count}) for (one, half), count in counts.items()]
    for report in reports:
        report.rows = {THEFT.code: {"cases": 0}}
    return cluster([unit(1), unit(2)], reports, indicators=(patrols,))


def merged_joined_and_left() -> World:
    """Four mergers, four that left and one that joined among seven units; the reports leave categories out."""
    return made(
        Knobs(seed=4145572723, units=7, categories=5, joins=1, leaves=4, mergers=4, rows_blank=10, figures_blank=3)
    )


def none_of_one_and_a_blank_of_the_other() -> World:
    """One unit had no theft in both periods, the other has not reported: 0 of 0 is compared, not “–”."""
    return cluster([unit(1), unit(2)], [theft(1, NOW, 0), theft(1, BEFORE, 0)])


def some_blank_in_one_category_only() -> World:
    """“Ghi nhận (1/3 đơn vị)” over the thefts of two: one of them left out its accidents."""
    thefts_only = theft(2, NOW, 9)
    both = [
        Report(
            one,
            half,
            rows={
                THEFT.code: {"cases": 4, "solved": 0, "persons": 0, "damage": 0},
                ACCIDENTS.code: {"cases": 2, "deaths": 0, "injuries": 0},
            },
        )
        for one, half in ((1, NOW), (1, BEFORE), (2, BEFORE), (3, BEFORE))
    ]
    return cluster([unit(1), unit(2), unit(3)], [thefts_only, *both], categories=(THEFT, ACCIDENTS))


def no_change_of_what_was_known_before() -> World:
    """The tile said “6 tháng đầu năm 2022: –” of deaths that were reported, by others than now."""
    accidents = [
        Report(one, half, rows={ACCIDENTS.code: {"cases": 2, "deaths": deaths, "injuries": 0}})
        for one, half, deaths in ((1, NOW, 1), (2, BEFORE, 3))
    ]
    return cluster([unit(1), unit(2)], accidents, categories=(ACCIDENTS,))


def damage_asked_from_now_on() -> World:
    """“Không so sánh … Trộm cắp tài sản”, of thefts that rose by 02 in the same report: only their damage is new."""
    asks_now = (
        Ask(ALWAYS, frozenset({"cases", "solved"}), True),
        Ask(NOW, frozenset({"cases", "solved", "damage"}), True),
    )
    thefts = Category(THEFT.code, THEFT.name, ORDER.code, asks_now)
    fraud = asks("lua-dao", "Lừa đảo", ORDER, "solved", "damage")
    reports = [
        Report(
            one,
            half,
            rows={
                thefts.code: {"cases": cases, "solved": 2, "damage": 900 if half == NOW else None},
                fraud.code: {"cases": 1, "solved": 0, "damage": 100},
            },
        )
        for one in (1, 2)
        for half, cases in ((NOW, 5), (BEFORE, 4))
    ]
    return cluster([unit(1), unit(2)], reports, categories=(thefts, fraud))


def nought_of_one_before() -> World:
    """“Chưa có số liệu cùng kỳ” of persons and patrols, though one of two told that there were none."""
    patrols = Indicator("buoi-tuan-tra", "Buổi tuần tra", "buổi")
    blank: dict[str, int | None] = {"persons": None, "solved": None}
    told = [
        (theft(1, BEFORE, 4), 0),
        (theft(2, BEFORE, 4, **blank), None),
        (theft(1, NOW, 5, **blank), None),
        (theft(2, NOW, 6, persons=3, solved=2), 7),
    ]
    for report, count in told:
        report.indicators = {patrols.code: count}
    return cluster([unit(1), unit(2)], [report for report, _count in told], indicators=(patrols,))


def left_in_the_year() -> World:
    """“Không còn là thành viên trong kỳ này”, of a unit whose cases of the first half are counted."""
    members = [unit(1), unit(2, left=dt.date(2023, 7, 1))]
    halves = ((2022, 1), (2022, 2), (2023, 1))
    reports = [theft(one, half, 4) for one in (1, 2) for half in halves]
    return cluster(members, [*reports, theft(1, (2023, 2), 5)], rounds=(*halves, (2023, 2)))


def one_lacks_both() -> World:
    """“1/3 đơn vị có số liệu cùng kỳ” beside “01 đơn vị chưa có”: who has not reported now lacks the base, too."""
    return cluster([unit(1), unit(2), unit(3)], [theft(1, BEFORE, 4), theft(1, NOW, 5), theft(2, NOW, 3)])


def all_left_blank_by_one() -> World:
    """`counted` in JSON, of a unit whose two reports were accepted with every case left blank."""
    blank = [Report(1, half, rows={}) for half in (BEFORE, NOW)]
    return cluster([unit(1), unit(2)], [*blank, theft(2, BEFORE, 5), theft(2, NOW, 2)])


def a_predecessor_lacks_the_base() -> World:
    """“Chưa có số liệu cùng kỳ”, of a unit that did not exist then; one of the two it was made of has."""
    day = dt.date(2023, 3, 1)
    members = [unit(1, left=day), unit(2, left=day), unit(3, joined=day), unit(4)]
    reports = [theft(2, BEFORE, 5), theft(4, BEFORE, 5), theft(3, NOW, 9), theft(4, NOW, 2)]
    return cluster(members, reports, handovers=(Handover(1, 3, day), Handover(2, 3, day)))


FOUR = ((2022, 1), (2022, 2), (2023, 1), (2023, 2))
GAMBLING = asks("danh-bac", "Đánh bạc", ORDER, "solved", "persons")


def damage_asked_in_one_half() -> World:
    """“Không có thiệt hại” of a year, whose first half was never asked of it."""
    since = (2023, 2)
    thefts = Category(
        THEFT.code,
        THEFT.name,
        ORDER.code,
        (Ask(ALWAYS, frozenset({"cases"}), False), Ask(since, frozenset({"cases", "damage"}), False)),
    )
    reports = [
        Report(one, half, rows={THEFT.code: {"cases": 4, "damage": 0 if half >= since else None}})
        for one in (1, 2)
        for half in FOUR
    ]
    return cluster([unit(1), unit(2)], reports, categories=(thefts,), rounds=FOUR)


def first_told_in_the_second_half() -> World:
    """“Ma túy: xảy ra 04 vụ” of a year, in whose first half nobody told of them; one unit came in July."""
    members = [unit(1), unit(2), unit(3, joined=dt.date(2023, 7, 1))]
    reports = [theft(one.id, half, 9) for one in members for half in FOUR if one.id < 3 or half == (2023, 2)]
    for report in reports:
        if report.half == (2023, 2):
            report.rows[GAMBLING.code] = {"cases": report.unit, "solved": 0, "persons": 0}
    return cluster(members, reports, categories=(THEFT, GAMBLING), rounds=FOUR)


def out_of_use_in_both_second_halves() -> World:
    """Both years know one half of a category: they are over the same halves, and it is no year all the same."""
    reports = [theft(one, half, 9) for one in (1, 2) for half in FOUR]
    for report in reports:
        if report.half[1] == 1:
            report.rows[GAMBLING.code] = {"cases": 3, "solved": None if report.unit == 1 else 1, "persons": 2}
    return cluster([unit(1), unit(2)], reports, categories=(THEFT, GAMBLING), rounds=FOUR)


def a_category_left_out_of_a_report() -> World:
    """“Ít nhất 74 vụ (6/7)” in the comparison, and 74 of 7/7 in its chart, the trend and the unit's own sheet."""
    reports = []
    for one in (1, 2):
        for half in FOUR:
            rows: dict[str, dict[str, int | None]] = {
                THEFT.code: {"cases": 2, "solved": 0, "persons": 0, "damage": 0},
                GAMBLING.code: {"cases": 5, "solved": 0, "persons": 0},
            }
            if (one, half) == (1, (2023, 1)):
                del rows[GAMBLING.code]
            reports.append(Report(one, half, rows=rows))
    return cluster([unit(1), unit(2)], reports, categories=(THEFT, GAMBLING), rounds=FOUR)


HALF = (NOW, BEFORE)
YEAR = ((2023, 0), (2022, 0))
KEPT = {
    blank_persons_and_damage: HALF,
    solved_of_what_is_investigated: HALF,
    solved_left_blank_by_one: HALF,
    one_of_28: HALF,
    most_of_28: HALF,
    one_joined_later: HALF,
    no_round_before: HALF,
    no_round_now: HALF,
    half_a_year: YEAR,
    half_a_year_before: YEAR,
    joined_before_it_took_over: HALF,
    merged_into_one_that_got_a_part: HALF,
    gave_a_part_and_merged_later: HALF,
    merged_in_the_middle_of_a_year: YEAR,
    blank_in_one_category: HALF,
    indicator_left_blank: HALF,
    merged_joined_and_left: HALF,
    none_of_one_and_a_blank_of_the_other: HALF,
    some_blank_in_one_category_only: HALF,
    no_change_of_what_was_known_before: HALF,
    damage_asked_from_now_on: HALF,
    nought_of_one_before: HALF,
    left_in_the_year: YEAR,
    one_lacks_both: HALF,
    all_left_blank_by_one: HALF,
    a_predecessor_lacks_the_base: HALF,
    damage_asked_in_one_half: YEAR,
    first_told_in_the_second_half: YEAR,
    out_of_use_in_both_second_halves: YEAR,
    a_category_left_out_of_a_report: HALF,
}


def test_what_is_told_of_a_unit_that_left_within_the_year_does_not_contradict_itself():
    """“Chưa có số liệu 6 tháng cuối năm”, “1/1 đơn vị có số liệu năm” and “xảy ra 04 vụ”, all at once."""
    assert false_of_a_unit(left_in_the_year(), (2023, 0), (2022, 0), 2) == []


def test_what_is_told_of_a_unit_that_came_within_the_base_does_not_contradict_itself():
    came = unit(2, joined=dt.date(2022, 7, 1))
    reports = [theft(one, half, 4) for one in (1, 2) for half in FOUR if (one, half) != (2, (2022, 1))]
    world = cluster([unit(1), came], reports, rounds=FOUR)
    assert false_of_a_unit(world, (2023, 0), (2022, 0), 2) == []


@pytest.mark.parametrize(("world", "periods"), [pytest.param(*one, id=one[0].__name__) for one in KEPT.items()])
def test_what_was_false_is_true_now(world, periods: tuple[When, When]):
    assert false_as_stored(world(), *periods) == []
