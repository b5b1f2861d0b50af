"""Many units become few in one act: foreseen, done, compared with the year before, undone, done again."""

import datetime as dt

import pytest
from django.http import QueryDict

from cluster_portal.periods import Period
from meetings.models import Task
from members.actions import Group, change_unit, merge_units, undo_merger, undo_succession
from members.actions.account_changes import carry_out_due, plan_account_change
from members.actions.following import follow_merger, follow_mergers
from members.forms.merging import MergerForm
from members.infrastructure.refusals import Refused
from members.models import AccountChange, AuditEntry, LeadTerm, Unit, UnitMerger, UnitSuccession, User
from reports.comparison.summarise import summarise
from reports.models import Submission
from tests.support.factories import NOW, IncidentFactory, RoundFactory, UnitFactory, UserFactory
from tests.support.meetings import planned_meeting
from tests.support.reporting import accepted_report, pair

FORM = "/units/merge/"
MERGER = dt.date(2022, 1, 1)


def new(number=1):
    return {"name": f"Xã Mới {number}", "short_name": f"Mới {number}", "kind": "commune"}


def merge(*groups, people_move=True, by=None):
    return merge_units(on=MERGER, groups=groups, people_move=people_move, by=by, now=NOW)


def typed(*groups, on="2022-01-01", **more):
    """What a browser sends: each group a name and the units ticked."""
    sent = {"on": on, "people_move": "on", "groups": str(len(groups)), **more}
    for number, (name, units) in enumerate(groups, 1):
        sent |= {f"name_{number}": name, f"units_{number}": [unit.pk for unit in units]}
    return sent


def confirmed(client, sent):
    asked = client.post(FORM, sent)
    return client.post(FORM, {**sent, "confirmed": asked.context["form"].fingerprint})


def names_on(day):
    return sorted(Unit.objects.members_on(day).values_list("name", flat=True))


def faults(client, *groups, **more):
    return client.post(FORM, typed(*groups, **more)).context["form"].errors


@pytest.fixture
def five_groups(cluster):
    """26 units with two cases each in the year before, of which five are to be made."""
    units = UnitFactory.create_batch(26)
    for unit in units:
        accepted_report(unit, "2021-H1", {"ma-tuy": 2})
    cut = [units[:6], units[6:11], units[11:16], units[16:21], units[21:]]
    return [(f"Xã Mới {number}", part) for number, part in enumerate(cut, 1)]


def test_26_units_become_5_undone_done_again_and_compared(as_user, secretariat, five_groups):
    client, sent = as_user(secretariat), typed(*five_groups)
    first = confirmed(client, sent)
    assert names_on(MERGER) == [name for name, _units in five_groups]

    client.post(f"{first.url}undo/")
    assert (Unit.objects.members_on(MERGER).count(), UnitSuccession.objects.count()) == (26, 0)
    assert "đã hoàn tác" in client.get(first.url).text

    confirmed(client, sent)
    for unit in Unit.objects.members_on(MERGER):
        accepted_report(unit, "2022-H1", {"ma-tuy": 3})
    summary = summarise(current=Period(2022, 1))
    assert [pair(row.figures) for row in summary.units] == [(3, 12), (3, 10), (3, 10), (3, 10), (3, 10)]
    assert pair(summary.total.figures) == (15, 52)


def test_nothing_is_stored_before_the_consequences_were_seen(as_user, secretariat, unit, other_unit):
    asked = as_user(secretariat).post(FORM, typed(("Xã Mới", [unit, other_unit])))

    assert "01/01/2022" in asked.text
    assert (Unit.objects.count(), UnitMerger.objects.count(), AuditEntry.objects.acts().count()) == (2, 0, 0)


def test_who_confirmed_another_merger_is_asked_again(as_user, secretariat, unit, other_unit):
    client = as_user(secretariat)
    asked = client.post(FORM, typed(("Xã Mới", [unit, other_unit])))
    changed = typed(("Xã Khác", [unit, other_unit]), confirmed=asked.context["form"].fingerprint)

    assert client.post(FORM, changed).status_code == 200
    assert not UnitMerger.objects.exists()


@pytest.mark.parametrize("move", [True, False])
def test_accounts_move_along_where_asked_to(liaison, other_liaison, move):
    merger = merge(Group((liaison.unit, other_liaison.unit), None, new()), people_move=move)
    liaison.refresh_from_db()

    assert (liaison.unit.name == "Xã Mới 1") is move
    assert len(merger.moved) == (2 if move else 0)


def test_ahead_of_its_day_accounts_stay_until_it_has_come(liaison):
    old, early = liaison.unit, dt.datetime(2021, 5, 3, 9, tzinfo=NOW.tzinfo)
    merge_units(on=MERGER, groups=[Group((old,), None, new())], people_move=True, by=None, now=early)
    assert User.objects.get(pk=liaison.pk).unit == old

    carry_out_due(now=early)
    assert User.objects.get(pk=liaison.pk).unit == old

    carry_out_due(now=NOW)
    assert User.objects.get(pk=liaison.pk).unit.name == "Xã Mới 1"


def test_who_was_moved_elsewhere_before_the_day_stays_there(liaison, other_unit):
    early = dt.datetime(2021, 5, 3, 9, tzinfo=NOW.tzinfo)
    merge_units(on=MERGER, groups=[Group((liaison.unit,), None, new())], people_move=True, by=None, now=early)
    User.objects.filter(pk=liaison.pk).update(unit=other_unit)

    carry_out_due(now=NOW)

    assert User.objects.get(pk=liaison.pk).unit == other_unit


@pytest.mark.parametrize("has_come", [False, True])
def test_taken_back_before_or_after_its_day_accounts_stay_with_the_old_unit(liaison, has_come):
    old, early = liaison.unit, dt.datetime(2021, 5, 3, 9, tzinfo=NOW.tzinfo)
    merger = merge_units(on=MERGER, groups=[Group((old,), None, new())], people_move=True, by=None, now=early)
    if has_come:
        carry_out_due(now=NOW)

    undo_merger(merger=merger, by=None, now=NOW)
    carry_out_due(now=NOW)

    assert User.objects.get(pk=liaison.pk).unit == old
    assert not Unit.objects.filter(name="Xã Mới 1").exists()


EARLY = dt.datetime(2021, 5, 3, 9, tzinfo=NOW.tzinfo)


def merge_ahead(*units, into, on=MERGER, people_move=True):
    group = Group(units, into, {} if into else new())
    return merge_units(on=on, groups=[group], people_move=people_move, by=None, now=EARLY)


def turn(now):
    """What the worker does of it in a turn."""
    follow_mergers(now=now)
    carry_out_due(now=now)


@pytest.mark.parametrize("people_move", [True, False])
def test_who_came_to_a_unit_before_the_day_of_its_merger_goes_along(unit, people_move):
    merge_ahead(unit, into=None, people_move=people_move)
    invited = UserFactory(role="liaison", unit=unit)
    turn(EARLY)
    assert User.objects.get(pk=invited.pk).unit == unit

    turn(NOW)

    assert (User.objects.get(pk=invited.pk).unit.name == "Xã Mới 1") is people_move


def test_who_comes_to_it_after_the_day_stays(unit):
    merge_ahead(unit, into=None)
    turn(NOW)
    back = UserFactory(role="liaison", unit=unit)

    turn(NOW)

    assert User.objects.get(pk=back.pk).unit == unit


def test_who_came_meanwhile_goes_back_where_the_merger_is_taken_back(unit):
    merger = merge_ahead(unit, into=None)
    invited = UserFactory(role="liaison", unit=unit)
    turn(NOW)
    merger.refresh_from_db()

    undo_merger(merger=merger, by=None, now=NOW)
    turn(NOW)

    assert User.objects.get(pk=invited.pk).unit == unit


@pytest.mark.parametrize("apart", [True, False])
def test_accounts_go_through_one_merger_after_the_other(liaison, other_unit, apart):
    """Both recorded ahead; the worker may have been away on the day of the first."""
    third = UnitFactory()
    merge_ahead(liaison.unit, into=other_unit)
    merge_ahead(other_unit, into=third, on=MERGER + dt.timedelta(days=31))

    for now in [EARLY + dt.timedelta(days=70)] * apart + [NOW, NOW]:
        turn(now)

    assert User.objects.get(pk=liaison.pk).unit == third
    assert not UnitMerger.objects.filter(people_follow=True).exists()


def test_whose_move_is_planned_otherwise_goes_there(unit, other_unit):
    merge_ahead(unit, into=None)
    invited = UserFactory(role="liaison", unit=unit)
    about = {"left": unit, "unit": other_unit}
    plan_account_change(person=invited, act=AccountChange.Act.MOVE, on=MERGER, by=None, now=EARLY, **about)

    turn(NOW)

    assert User.objects.get(pk=invited.pk).unit == other_unit


def test_nobody_follows_a_merger_taken_back_meanwhile(unit):
    merger = merge_ahead(unit, into=None)
    invited = UserFactory(role="liaison", unit=unit)
    undo_merger(merger=merger, by=None, now=EARLY)

    follow_merger(merger)

    assert not AccountChange.objects.filter(person=invited).exists()


def test_accounts_that_were_closed_stay(liaison):
    User.objects.filter(pk=liaison.pk).update(is_active=False)

    assert merge(Group((liaison.unit,), None, new())).moved == []


def test_undone_accounts_go_back_unless_somebody_moved_them_on(liaison, other_liaison):
    old, elsewhere = liaison.unit, UnitFactory()
    merger = merge(Group((old, other_liaison.unit), None, new()))
    User.objects.filter(pk=other_liaison.pk).update(unit=elsewhere)

    undo_merger(merger=merger, by=None, now=NOW)

    units = dict(User.objects.values_list("pk", "unit"))
    assert (units[liaison.pk], units[other_liaison.pk]) == (old.pk, elsewhere.pk)


def test_the_name_of_a_unit_that_is_there_lets_it_take_over(as_user, secretariat, unit, other_unit):
    confirmed(as_user(secretariat), typed((unit.name.upper(), [unit, other_unit])))

    assert names_on(MERGER) == [unit.name]
    assert list(unit.inheritances.values_list("predecessor", flat=True)) == [other_unit.pk]


def test_a_new_unit_stands_where_the_first_of_its_own_stood(unit, other_unit):
    merge(Group((other_unit,), None, new()))

    assert Unit.objects.get(name="Xã Mới 1").order == other_unit.order


def test_a_merger_is_undone_whole_or_not_at_all(as_user, secretariat, unit, other_unit):
    merger = merge(Group((unit,), None, new(1)), Group((other_unit,), None, new(2)))
    with pytest.raises(Refused, match="cùng"):
        undo_succession(succession=UnitSuccession.objects.get(predecessor=unit), by=None, now=NOW)
    accepted_report(Unit.objects.get(name="Xã Mới 2"), "2022-H1", {"ma-tuy": 1})

    with pytest.raises(Refused, match="Xã Mới 2"):
        undo_merger(merger=merger, by=None, now=NOW)

    assert names_on(MERGER) == ["Xã Mới 1", "Xã Mới 2"]
    page = as_user(secretariat).get(unit.get_absolute_url()).text
    assert f'href="{FORM}{merger.pk}/"' in page


def test_a_merger_whose_new_unit_was_changed_stays(unit):
    merger = merge(Group((unit,), None, new()))
    made = Unit.objects.get(name="Xã Mới 1")
    change_unit(made, values={"leader": "Bà An"}, revision=made.revision, by=None, now=NOW)

    with pytest.raises(Refused, match="Xã Mới 1"):
        undo_merger(merger=merger, by=None, now=NOW)
    assert names_on(MERGER) == ["Xã Mới 1"]


def test_a_merger_is_undone_once(as_user, secretariat, unit):
    merger = merge(Group((unit,), None, new()), by=secretariat)
    assert "Hoàn tác" in as_user(secretariat).get(f"{FORM}{merger.pk}/undo/").text
    undo_merger(merger=merger, by=secretariat, now=NOW)

    with pytest.raises(Refused):
        undo_merger(merger=merger, by=secretariat, now=NOW)


def test_a_lead_unit_does_not_end_and_its_group_is_named(as_user, secretariat, unit, other_unit):
    LeadTerm.objects.create(unit=other_unit, role="lead", starts_on=dt.date(2020, 1, 1))

    assert list(faults(as_user(secretariat), ("Xã Một", [unit]), ("Xã Hai", [other_unit]))) == ["units_2"]


@pytest.mark.parametrize(
    ("groups", "field"),
    [
        ([("", ["a"])], "name_1"),
        ([("Xã Mới", [])], "units_1"),
        ([("", [])], "units_1"),
        ([("Xã Thử Một", ["a"])], "units_1"),
        ([("Xã Mới", ["a"]), ("Xã Khác", ["a"])], "units_2"),
        ([("Xã Thử Một", ["b"]), ("Xã Khác", ["a"])], "units_2"),
        ([("Xã Mới", ["a"]), ("XÃ MỚI", ["b"])], "name_2"),
        ([("Xã Thử Một", ["b"]), ("Xã Thử Một", ["c"])], "name_2"),
        ([("Xã rất dài " * 7, ["a"])], "short_name_1"),
    ],
)
def test_what_is_no_merger_is_told_beside_its_group(as_user, secretariat, unit, other_unit, groups, field):
    named = {"a": unit, "b": other_unit, "c": UnitFactory()}

    found = faults(as_user(secretariat), *((name, [named[key] for key in keys]) for name, keys in groups))

    assert list(found) == [field]


def test_a_short_name_of_another_unit_is_refused(as_user, secretariat, unit, other_unit):
    found = faults(as_user(secretariat), ("Xã Mới", [unit]), short_name_1=other_unit.short_name)

    assert list(found) == ["short_name_1"]


def test_a_fault_of_one_field_is_told_once(as_user, secretariat, unit):
    client = as_user(secretariat)
    assert list(faults(client, ("x" * 201, [unit]))) == ["name_1"]
    assert list(client.post(FORM, {**typed(("Xã Mới", [])), "units_1": ["999999"]}).context["form"].errors) == [
        "units_1"
    ]


def test_one_group_more_keeps_what_was_typed(as_user, secretariat, unit, other_unit):
    sent = typed(("Xã Mới", [unit]), on="ngày mai", longer="1")
    page = as_user(secretariat).post(FORM, {name: value for name, value in sent.items() if name != "people_move"})

    form = page.context["form"]
    assert (list(form.numbers), form.is_bound) == ([1, 2], False)
    assert 'value="Xã Mới"' in page.text
    assert 'value="ngày mai"' in page.text
    assert page.text.count(" checked") == 1


def test_the_form_offers_five_groups_and_whoever_has_not_left(unit):
    UnitFactory(name="Đã rời", left_on=dt.date(2021, 1, 1))
    leaving = UnitFactory(name="Sắp rời", left_on=dt.date(2023, 1, 1))

    form = MergerForm(today=NOW.date())

    assert len(form.numbers) == 5
    assert [name for _pk, name in form.fields["units_5"].choices] == [unit.name, leaving.name]
    assert len(MergerForm(QueryDict("groups=9999"), today=NOW.date()).numbers) == 40


def foreseen(client, *groups, on="2022-01-01"):
    return client.post(FORM, typed(*groups, on=on)).context["preview"].consequences


def test_meetings_and_tasks_of_units_that_end_are_foreseen(as_user, secretariat, cluster, unit, other_unit):
    meeting = planned_meeting(unit, by=None)
    task = Task.objects.create(meeting=meeting, text="Việc thử", for_all_units=False)
    task.units.add(other_unit)

    told = foreseen(as_user(secretariat), ("Xã Mới", [other_unit]))

    assert any(meeting.title in sentence and other_unit.name in sentence for sentence in told)
    assert any("1 nhiệm vụ" in sentence for sentence in told)


def test_rounds_that_are_collected_are_foreseen(as_user, secretariat, cluster, unit, other_unit):
    RoundFactory(period=Period(2021, 2))
    current = RoundFactory(period=Period(2022, 1))
    Submission.objects.create(round=current, unit=unit, status="submitted")

    told = foreseen(as_user(secretariat), ("Xã Mới", [unit, other_unit]))

    before, expected, twice, compared = told
    assert f"{unit.name}; {other_unit.name}" in before
    assert "Xã Mới" in expected
    assert unit.name in twice
    assert other_unit.name not in twice
    assert "2022" in compared


def test_nothing_is_owed_where_all_was_accepted(as_user, secretariat, cluster, unit):
    accepted_report(unit, "2021-H2", {"ma-tuy": 1})

    assert len(foreseen(as_user(secretariat), ("Xã Mới", [unit]))) == 1


def test_whoever_joined_within_the_year_is_not_compared(as_user, secretariat, cluster):
    late = UnitFactory(name="Xã Mới Vào", joined_on=dt.date(2021, 10, 1))

    [told] = foreseen(as_user(secretariat), ("Xã Mới", [late]))

    assert "Xã Mới Vào" in told


def test_a_unit_ends_once_also_where_two_merge_it_one_after_the_other(liaison, other_liaison):
    unit, beside = liaison.unit, other_liaison.unit
    first = merge(Group((unit,), None, new(1)))

    with pytest.raises(Refused, match=r"Xã Mới 1 ngày 01/01/2022") as refused:
        merge(Group((beside,), None, new(2)), Group((unit,), None, new(3)))
    assert refused.value.fields == ("units_2",)
    with pytest.raises(Refused, match="Xã Mới 1"):  # nor on a day before that
        merge_units(on=dt.date(2021, 7, 1), groups=[Group((unit,), beside)], people_move=False, by=None, now=NOW)

    undo_merger(merger=first, by=None, now=NOW)
    assert names_on(MERGER) == sorted([unit.name, beside.name])


def test_a_merger_that_can_not_be_undone_says_on_its_page_why(as_user, secretariat, unit):
    merger = merge(Group((unit,), None, new()))
    made = Unit.objects.get(name="Xã Mới 1")
    change_unit(made, values={"leader": "Bà An"}, revision=made.revision, by=None, now=NOW)

    refused = as_user(secretariat).post(f"{merger.get_absolute_url()}undo/", follow=True)

    assert refused.redirect_chain == [(merger.get_absolute_url(), 302)]
    assert "Xã Mới 1 đã được sửa sau khi thêm" in refused.text


def test_a_new_unit_with_a_task_is_not_removed_from_it(unit):
    merger = merge(Group((unit,), None, new()))
    task = Task.objects.create(meeting=planned_meeting(unit, by=None), text="Việc thử", for_all_units=False)
    task.units.add(Unit.objects.get(name="Xã Mới 1"))

    with pytest.raises(Refused, match="Xã Mới 1"):
        undo_merger(merger=merger, by=None, now=NOW)

    assert task.units.count() == 1


def test_a_new_unit_that_a_case_concerns_is_not_removed_from_it(unit):
    merger = merge(Group((unit,), None, new()))
    case = IncidentFactory(unit=unit)
    case.further_units.add(Unit.objects.get(name="Xã Mới 1"))

    with pytest.raises(Refused, match="Xã Mới 1"):
        undo_merger(merger=merger, by=None, now=NOW)

    assert case.further_units.count() == 1
