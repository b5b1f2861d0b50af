"""The worker does each task once, does those of a dead one again, and lives through a fault."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from cluster_portal import worker
from cluster_portal.management.commands.work import _first_line
from cluster_portal.models import WorkerBeat
from tests.cluster_portal.test_settings import WHOLE
from tests.support.factories import NOW
from tests.support.worker import work

DONE = []


@task
def note(what):
    DONE.append(what)


@task
def fail():
    raise ValueError("told")


@pytest.fixture(autouse=True)
def _nothing_done(db):
    DONE.clear()


def test_each_task_is_done_once():
    note.enqueue("first")
    note.enqueue("second")
    work()
    work()
    assert DONE == ["first", "second"]


def test_a_task_is_asked_for_in_the_transaction_of_the_act():
    with transaction.atomic():
        note.enqueue("never")
        transaction.set_rollback(True)
    work()
    assert DONE == []


def test_a_task_that_fails_stops_no_other():
    fail.enqueue()
    note.enqueue("after")
    work(may_fail=True)
    assert DONE == ["after"]
    assert DBTaskResult.objects.failed().get().exception_class_path == "builtins.ValueError"


def left_behind(by, *, tries=1):
    """A task whose workers were killed over it."""
    note.enqueue("again")
    DBTaskResult.objects.update(status="RUNNING", worker_ids=[by] * tries)


def test_the_task_of_a_worker_that_was_killed_is_done_by_another():
    WorkerBeat.objects.create(worker="killed", seen_at=NOW - worker.DEAD_AFTER - dt.timedelta(seconds=1))
    left_behind("killed")
    work(now=NOW)
    assert (DONE, WorkerBeat.objects.filter(worker="killed").exists()) == (["again"], False)


def test_the_task_of_a_worker_that_lives_is_left_to_it():
    WorkerBeat.objects.create(worker="busy", seen_at=NOW - worker.BEAT)
    left_behind("busy")
    work(now=NOW)
    assert DONE == []


def test_a_task_that_kills_every_worker_is_left_alone(caplog):
    left_behind("killed", tries=worker.TRIES)
    work(now=NOW, may_fail=True)
    assert (DONE, DBTaskResult.objects.failed().count()) == ([], 1)
    assert "left alone" in caplog.text


def test_the_task_of_a_dead_worker_is_given_back_though_one_that_gave_it_up_lives():
    WorkerBeat.objects.create(worker="alive", seen_at=NOW - worker.BEAT)
    note.enqueue("again")
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["alive", "killed"])
    work(now=NOW)
    assert DONE == ["again"]


def test_a_task_whose_end_a_worker_could_not_store_is_done_again():
    left_behind("the-worker-of-the-tests")
    work(now=NOW)
    assert DONE == ["again"]


FAULTS = []


@task
def stumble():
    if FAULTS:
        raise FAULTS.pop()
    DONE.append("stumbled")


@pytest.mark.parametrize("fault", [OperationalError("database is locked"), InterfaceError("connection already closed")])
def test_a_task_the_database_left_is_done_again(fault):
    FAULTS[:] = [fault]
    stumble.enqueue()
    work(now=NOW)
    assert (DONE, DBTaskResult.objects.successful().count()) == (["stumbled"], 1)


def test_a_task_the_database_leaves_each_time_is_left_alone():
    FAULTS[:] = [OperationalError("database is locked") for _time in range(worker.TRIES)]
    stumble.enqueue()
    work(now=NOW, may_fail=True)
    assert (DONE, DBTaskResult.objects.failed().count()) == ([], 1)


def test_a_database_is_given_time_to_come_back():
    FAULTS[:] = [OperationalError("database is locked")]
    stumble.enqueue()
    work()
    assert (DONE, DBTaskResult.objects.get().status) == ([], "READY")


def test_a_fault_that_says_nothing_is_named_by_its_kind():
    assert [_first_line(OperationalError(said)) for said in ("", "a\nb")] == ["OperationalError", "a"]


@pytest.fixture
def chores(monkeypatch):
    kept = []
    monkeypatch.setattr(worker, "_CHORES", kept)
    return kept


def test_a_chore_that_fails_keeps_no_other_from_being_done(chores, caplog):
    def broken(*, now):
        raise ValueError("told")

    worker.add_chore(broken)
    worker.add_chore(lambda *, now: DONE.append(now))
    work(now=NOW)
    assert DONE == [NOW]
    assert "A chore of the worker failed" in caplog.text


def test_a_database_that_is_away_is_told_to_the_command(chores):
    def broken(*, now):
        raise OperationalError("away")

    worker.add_chore(broken)
    with pytest.raises(OperationalError):
        work(now=NOW)


@pytest.mark.parametrize(("age", "status"), [(dt.timedelta(minutes=1), 200), (dt.timedelta(minutes=10), 503)])
def test_a_probe_and_a_command_tell_whether_a_worker_is_alive(client, age, status):
    WorkerBeat.objects.create(worker="one", seen_at=dt.datetime.now(dt.UTC) - age)
    assert client.get("/workerz").status_code == status
    with pytest.raises(SystemExit) as ended:
        call_command("work", "--check")
    assert ended.value.code == (0 if status == 200 else 1)


def test_it_waits_for_a_database_that_is_away_and_stops_when_told():
    url = "postgres://portal@127.0.0.1:9/portal"
    working = subprocess.Popen(
        [sys.executable, "-W", "ignore", "manage.py", "work"],
        cwd=settings.BASE_DIR, stderr=subprocess.PIPE, text=True,
        env={"PATH": os.environ["PATH"], **WHOLE, "DATABASE_URL": url},
    )  # fmt: skip
    told = working.stderr.readline()
    assert told.startswith("The worker waits for the database")
    time.sleep(1)
    working.send_signal(signal.SIGTERM)
    assert working.wait(timeout=20) == 0
    assert working.stderr.read() == ""
    working.stderr.close()
