import datetime as dt
import pathlib
import re

import pytest
from django.conf import settings
from django.utils import translation

from members.infrastructure.append_only import AppendOnlyError
from members.infrastructure.audit import record
from members.infrastructure.audit_wording import _ACTS, readable
from members.models import AuditEntry
from tests.support.factories import NOW


def act(target, by, *, verb="unit.changed", now=NOW, **changes):
    unit_id = getattr(target, "unit_id", target.pk)
    return record(verb=verb, target=target, by=by, now=now, unit_id=unit_id, changes=changes)


def targets(response):
    return [entry.target_label for entry in response.context["page"]]


def test_entries_are_never_altered_or_deleted(unit, secretariat):
    entry = act(unit, secretariat)

    for attempt in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            attempt()
    with pytest.raises(AppendOnlyError):
        AuditEntry.objects.update(verb="unit.created")

    assert AuditEntry.objects.get().verb == "unit.changed"


def test_the_secretariat_reads_all_and_a_liaison_the_own_unit(as_user, secretariat, liaison, unit, other_unit):
    act(unit, secretariat)
    act(other_unit, secretariat)

    assert targets(as_user(secretariat).get("/audit/")) == ["Xã Thử Hai", "Xã Thử Một"]
    assert targets(as_user(liaison).get("/audit/")) == ["Xã Thử Một"]


def test_the_filter_tells_a_liaison_nothing_of_other_units(as_user, liaison, other_liaison, other_unit):
    act(other_unit, other_liaison, verb="unit.created")

    page = as_user(liaison).get("/audit/", {"unit": other_unit.pk, "actor": other_liaison.pk})

    assert other_liaison.full_name not in page.text
    assert targets(page) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_needs_the_same_queries_however_many_entries(
    as_user, secretariat, unit, other_unit, count, django_assert_num_queries
):
    for _number in range(count):
        act(unit, secretariat, leader=("", "Bà An"))
    client = as_user(secretariat)

    with django_assert_num_queries(9):  # session, user, units, actors, acts, count, entries, cluster, alerts
        assert len(client.get("/audit/").context["entries"]) == count


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"since": "2022-07-05"}, ["Xã Thử Hai"]),
        ({"until": "2022-07-04"}, ["Xã Thử Một"]),
        ({"verb": "unit.created"}, ["Xã Thử Hai"]),
        ({"until": "không phải ngày"}, []),
    ],
)
def test_entries_are_found_by_day_and_act(as_user, secretariat, unit, other_unit, asked, found):
    act(unit, secretariat, now=NOW.replace(hour=23, minute=59))
    act(other_unit, secretariat, verb="unit.created", now=NOW + dt.timedelta(days=1))

    assert targets(as_user(secretariat).get("/audit/", asked)) == found


def test_entries_are_found_by_person(as_user, secretariat, chair, unit, other_unit):
    act(unit, secretariat)
    act(other_unit, chair)

    assert targets(as_user(secretariat).get("/audit/", {"actor": chair.pk})) == ["Xã Thử Hai"]


def test_the_trail_is_paged(as_user, secretariat, unit):
    for _number in range(51):
        act(unit, secretariat)

    assert len(targets(as_user(secretariat).get("/audit/", {"page": 2}))) == 1


def test_an_entry_reads_as_a_sentence_with_labels_and_values(unit, secretariat):
    entry = act(unit, secretariat, kind=("commune", "school"), left_on=(None, dt.date(2025, 7, 1)))

    with translation.override("en"):
        [shown] = readable([entry])
        lines = [(line.label, line.old, line.new) for line in shown.lines]

    assert (shown.who, shown.sentence) == ("Thư Ký Thử", "changed the unit “Xã Thử Một”")
    assert lines == [("kind", "commune or ward", "school"), ("left on", "", "01/07/2025")]


def test_an_act_of_the_portal_itself_names_the_portal(unit):
    with translation.override("en"):
        assert readable([act(unit, None)])[0].who == "The portal"


def test_an_act_nobody_described_is_still_shown(unit, secretariat):
    assert readable([act(unit, secretariat, verb="unit.vanished")])[0].sentence == "“Xã Thử Một” – unit.vanished"


def test_every_act_in_the_code_has_its_sentence():
    sources = [path for app in ("members", "meetings", "incidents", "reports") for path in _modules(app)]
    verbs = {verb for path in sources for verb in re.findall(r'verb="([a-z_]+\.[a-z_]+)"', path.read_text())}

    assert verbs - set(_ACTS) == set()


def _modules(app):
    return pathlib.Path(settings.BASE_DIR, app).rglob("*.py")
