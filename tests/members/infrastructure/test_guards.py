"""What stands for good can't be altered past the models either, and who alters it all the same is found out."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from members.infrastructure.append_only import AppendOnly
from members.infrastructure.audit import AuditEntry, record
from members.infrastructure.guards import guard, guard_again, unguard
from members.infrastructure.trail import TrailLink, seal, seal_newest
from tests.support.at_once import at_once
from tests.support.factories import NOW

GUARDED = [model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)]


def act(target, verb="unit.changed", **changes):
    return record(verb=verb, target=target, by=None, now=NOW, changes=changes)


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def check(*options):
    out, err = StringIO(), StringIO()
    try:
        call_command("check_trail", *options, stdout=out, stderr=err)
    except CommandError as refusal:
        return err.getvalue().splitlines(), str(refusal)
    return out.getvalue().splitlines()


@pytest.mark.parametrize("statement", ["UPDATE {} SET verb = 'x'", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_alter_the_trail(unit, statement):
    act(unit)

    with pytest.raises(IntegrityError, match="members_auditentry stand for good"):
        run(statement.format("members_auditentry"))
    assert AuditEntry.objects.get().verb == "unit.changed"


def test_every_table_that_stands_for_good_has_its_guards(db):
    listing = {"sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
               "postgresql": "SELECT tgname FROM pg_trigger"}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(listing[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}

    acts = {"sqlite": ("update", "delete"), "postgresql": ("rows", "truncate")}[connection.vendor]
    assert {f"{table}_stands_{act}" for table in GUARDED for act in acts} <= found


def test_a_row_is_not_replaced_by_another_one_of_the_same_key(unit):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no INSERT OR REPLACE")
    entry = act(unit)
    columns = ", ".join(field.column for field in AuditEntry._meta.fields)

    with pytest.raises(IntegrityError, match="stand for good"):
        run(f"INSERT OR REPLACE INTO members_auditentry ({columns}) SELECT {columns} FROM members_auditentry")
    assert AuditEntry.objects.get().pk == entry.pk


def test_a_table_that_a_migration_wrote_anew_gets_its_guards_back(unit):
    act(unit)
    unguard(connection, GUARDED)
    for label in ("members", "reports"):
        guard_again(apps.get_app_config(label))

    with pytest.raises(IntegrityError):
        run("DELETE FROM members_auditentry")


def test_a_whole_trail_is_told_so_with_its_head(unit):
    for leader in ("Bà An", "Ông Bình"):
        act(unit, leader=("", leader))

    [told] = check()
    assert told == f"The trail is whole: 2 entries, head {TrailLink.objects.get(position=2)}."
    assert check("--head", str(TrailLink.objects.get(position=1))) == [told]


@pytest.fixture
def altering(db):
    """The administrator of the database takes the guards away."""
    unguard(connection, GUARDED)
    yield
    guard(connection, GUARDED)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE members_auditentry SET actor_name = 'x' WHERE id = {1}", "(unit.changed), link 2: it was altered"),
        ("UPDATE members_auditentry SET at = '2020-01-01 00:00:00+00:00' WHERE id = {0}", ", link 1: it was altered"),
        ("UPDATE members_auditentry SET changes = '{{}}' WHERE id = {2}", ", link 3: it was altered"),
        ("DELETE FROM members_traillink WHERE position = 2", "Links 2 to 2 of the chain are missing."),
    ],
)
def test_what_an_administrator_alters_is_told(unit, altering, statement, told):
    entries = [act(unit, leader=("", str(number))).pk for number in range(3)]
    seal()

    run(statement.format(*entries))

    lines, refusal = check()
    assert told in lines[0]
    assert "altered" in refusal


def test_a_chain_written_anew_does_not_fit_a_printed_head(unit, altering):
    act(unit, leader=("", "Bà An"))
    printed = str(seal())
    run("DELETE FROM members_traillink")
    run("UPDATE members_auditentry SET actor_name = 'x'")
    seal()

    assert check("--head", printed)[0] == [f"{printed}: link 1 of the chain is another by now."]
    assert len(check()) == 1


@pytest.mark.parametrize("head", ["", "x", "1-", "1-abc", "9" * 40 + "-0123456789abcdef"])
def test_what_is_no_head_is_told_so(db, head):
    assert "is no head of a trail" in check("--head", head)[0][0]


def test_a_head_of_a_link_that_is_not_there_is_told(db):
    assert check("--head", "7-0123456789abcdef")[0] == ["7-0123456789abcdef: the chain has no link 7."]


def test_the_worker_links_what_was_entered(unit, django_assert_num_queries):
    act(unit)
    seal_newest(now=NOW)
    with django_assert_num_queries(2):  # the newest link, and whether anything came after it
        seal_newest(now=NOW)

    assert [str(link.entry.verb) for link in TrailLink.objects.all()] == ["unit.changed"]


def test_acts_and_links_at_the_same_moment_break_no_chain_and_wait_for_nobody(transactional_db, unit):
    def enter():
        act(unit)

    refused = at_once(*[enter] * 4)
    at_once(*[seal] * 3, enter)

    assert refused == [False] * 4
    [told] = check()
    assert told.startswith("The trail is whole: 5 entries")
    assert list(TrailLink.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4, 5]
