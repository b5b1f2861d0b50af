"""What the tests themselves rely on."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from importlib import import_module
from pathlib import Path

import psycopg2
import pytest
from django.apps import apps
from django.conf import settings as portal
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count

from cluster_portal.health import known_migrations
from incidents.models import Category
from members.models import Unit
from tests.support import migrated
from tests.support.factories import UnitFactory
from tests.support.slow import LIST


@pytest.mark.parametrize("moment", ["before a flush", "after a flush"])
def test_the_starting_catalogue_survives_a_flush(transactional_db, moment):
    assert Category.objects.filter(code="trom-cap-tai-san").exists()


def runs_on_one_database(request):
    return bool(request.node.get_closest_marker("one_database"))


def test_what_reaches_no_database_runs_on_one(request):
    assert runs_on_one_database(request)


@pytest.mark.django_db
def test_what_is_marked_as_reaching_the_database_runs_on_both(request):
    assert not runs_on_one_database(request)


def test_what_reaches_the_database_by_a_fixture_of_a_fixture_runs_on_both(request, as_user, chair):
    assert not runs_on_one_database(request)


def test_what_takes_rows_of_the_whole_run_runs_on_both(request, starting_rows):
    assert not runs_on_one_database(request)


def test_rows_that_are_asked_for_in_no_order_come_turned_around(db):
    first, second, third = UnitFactory.create_batch(3, order=1)
    assert list(Unit.objects.order_by()) == [third, second, first]
    assert list(Unit.objects.order_by("order")) == [third, second, first]
    assert list(Unit.objects.order_by("order", "pk")) == [first, second, third]
    assert Unit.objects.filter(pk__in=Unit.objects.filter(order=1)).count() == 3
    assert dict(Unit.objects.values_list("order").annotate(Count("pk"))) == {1: 3}


def test_the_copy_the_tests_start_from_lacks_nothing_of_a_migrated_database(db):
    assert known_migrations() <= set(MigrationRecorder(connection).applied_migrations())
    assert portal.CACHES["default"]["LOCATION"] in connection.introspection.table_names()
    told = ContentType.objects.count(), Permission.objects.count()
    call_command("migrate", verbosity=0)
    assert (ContentType.objects.count(), Permission.objects.count()) == told


@pytest.mark.parametrize(
    "module", ["members/infrastructure/guards.py", "cluster_portal/settings.py", "members/infrastructure/trail.py"]
)
def test_another_module_that_migrating_calls_is_another_database(db, settings, tmp_path, module):
    settings.BASE_DIR = tmp_path
    path = tmp_path / module
    path.parent.mkdir(parents=True)
    path.write_text("one")
    before = migrated.state()
    path.write_text("another")
    assert migrated.state() != before


def test_another_migration_is_another_database(db, monkeypatch, tmp_path):
    monkeypatch.setattr(apps.get_app_config("incidents"), "path", str(tmp_path))
    (tmp_path / "migrations").mkdir()
    migration = tmp_path / "migrations" / "0099_another.py"
    migration.write_text("one")
    before = migrated.state()
    migration.write_text("another")
    assert migrated.state() != before


def test_another_permission_is_another_database(db, monkeypatch):
    before = migrated.state()
    monkeypatch.setattr(Unit._meta, "permissions", [("close", "may close")])
    assert migrated.state() != before


def test_the_list_of_slow_tests_names_none_that_is_gone():
    def is_there(name):
        path, _, function = name.partition("::")
        file = portal.BASE_DIR / path
        return file.exists() and function in file.read_text(encoding="utf-8")

    names = LIST.read_text(encoding="utf-8").splitlines()
    assert len(names) > 100
    assert [name for name in names if not is_there(name)] == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no deadlock")
def test_a_flush_outlasts_a_page_that_is_still_being_read(transactional_db):
    """The page holds the last table and asks for the first, while the flush holds the first and asks for the last."""
    tables = ["django_session", "incidents_alert"]
    with closing(psycopg2.connect(**connection.get_connection_params())) as page, ThreadPoolExecutor(1) as beside:
        reading = page.cursor()
        reading.execute(f"SELECT 1 FROM {tables[-1]}")
        flushed = beside.submit(_flush, tables)
        _wait_for_a_lock(tables[-1])
        with suppress(psycopg2.errors.DeadlockDetected):  # one of both is refused
            reading.execute(f"SELECT 1 FROM {tables[0]}")
        page.rollback()
        flushed.result()


def _flush(tables):
    try:
        connection.ops.execute_sql_flush([f"TRUNCATE {', '.join(tables)}"])
    finally:
        connection.close()


def _wait_for_a_lock(table):
    with connection.cursor() as cursor:
        for _try in range(600):
            cursor.execute("SELECT 1 FROM pg_locks WHERE relation = %s::regclass AND NOT granted", [table])
            if cursor.fetchone():
                return
            time.sleep(0.1)
    pytest.fail("the flush waits for nothing")


@pytest.mark.parametrize(
    "bench", sorted(file.stem for file in Path(__file__).parent.joinpath("bench").glob("[a-z]*.py"))
)
def test_a_bench_finds_what_it_measures(bench, monkeypatch):
    """Nothing else loads them, so what moves elsewhere is missed only by `make bench`."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.settings")
    assert callable(import_module(f"tests.bench.{bench}").main)
