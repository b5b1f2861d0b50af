"""The process beside the web server: it does tasks, and the chores that upper floors add, turn by turn.

Tasks are Django's (`django_tasks`), kept in the database by `django_tasks_db`. That one
has a worker of its own, which forgets a task whose worker was killed, ends when the
database goes away for a moment, and knows no chores; here it runs one task a turn
(docs/decisions/0012). Every task must bear being run twice.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable

from django.db import Error
from django.db.models import F, Max
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from cluster_portal.models import WorkerBeat

log = logging.getLogger(__name__)

Chore = Callable[..., object]

#: A worker notes so often that it lives; a turn is shorter, or the worker hangs.
BEAT = dt.timedelta(seconds=15)
#: Of a worker that noted nothing for so long the tasks are given to another one.
DEAD_AFTER = dt.timedelta(minutes=3)
#: So often a task is begun whose worker dies, or that the database leaves, before it is left alone.
TRIES = 3
#: A database that left a task is given so long to come back; longer each time.
PAUSE = dt.timedelta(seconds=30)

_CHORES: list[Chore] = []


def add_chore(chore: Chore) -> None:
    """Do `chore(now=…)` in every turn; it does what is due, and within seconds. Called in an app's `ready`."""
    if chore not in _CHORES:
        _CHORES.append(chore)


def take_turn(worker: str, *, now: dt.datetime) -> bool:
    """Do every chore and one task; whether there was a task. Raises `django.db.Error` where the database is away."""
    _beat(worker, now=now)
    for chore in _CHORES:
        _do(chore, now=now)
    return _do_a_task(worker, now=now)


def _do(chore: Chore, *, now: dt.datetime) -> None:
    try:
        chore(now=now)
    except Error:
        raise
    except Exception:
        log.exception("A chore of the worker failed; it is done again in the next turn.")


def _do_a_task(worker: str, *, now: dt.datetime) -> bool:
    """Whether one was ready. The look before spares SQLite a lock in every idle turn."""
    if not DBTaskResult.objects.ready().exists():
        return False
    with exclusive_transaction():
        found = DBTaskResult.objects.ready().get_locked()
        if found is None:
            return False
        found.claim(worker)
    _runner(worker).run_task(found)
    if found.status == "FAILED" and _was_left_by_the_database(found) and len(found.worker_ids) < TRIES:
        again = now + PAUSE * len(found.worker_ids)
        DBTaskResult.objects.failed().filter(pk=found.pk).update(status="READY", finished_at=None, run_after=again)
    return True


def _was_left_by_the_database(task: DBTaskResult[..., object]) -> bool:
    """Whether it failed by no fault of its own: the database was locked or restarted."""
    try:
        return issubclass(import_string(task.exception_class_path), Error)
    except ImportError:
        return False


def _runner(worker: str) -> Worker:
    """Theirs, for how it runs one task and notes what came of it."""
    return Worker(
        queue_names=["*"], excluded_queue_names=[], interval=0, batch=True, backend_name="default",
        startup_delay=False, max_tasks=1, worker_id=worker,
    )  # fmt: skip


def _beat(worker: str, *, now: dt.datetime) -> None:
    """Note that this worker lives, and look after the tasks of those that don't.

    Between two turns a worker has no task in hand: one that runs under its name was
    ended without that being stored.
    """
    if WorkerBeat.objects.filter(worker=worker, seen_at__gt=now - BEAT).exists():
        return
    WorkerBeat.objects.update_or_create(worker=worker, defaults={"seen_at": now})
    dead = WorkerBeat.objects.filter(seen_at__lt=now - DEAD_AFTER)
    alive = set(WorkerBeat.objects.filter(seen_at__gte=now - DEAD_AFTER).values_list("worker", flat=True))
    for task in DBTaskResult.objects.running():
        if task.worker_ids[-1] == worker or task.worker_ids[-1] not in alive:
            _give_back(task)
    dead.delete()


def _give_back(task: DBTaskResult[..., object]) -> None:
    """Its worker died over it, or couldn't store its end: it is begun anew, unless it was several times."""
    if len(task.worker_ids) < TRIES:
        DBTaskResult.objects.running().filter(pk=task.pk).update(status="READY")
    else:
        log.error("Task %s was begun %d times and never ended; it is left alone.", task.pk, TRIES)
        task.set_failed(RuntimeError("it was begun several times and never ended"))


def give_up_tasks() -> str:
    """In a restored copy: whether they were done since the backup nobody knows. What was given up, "" if nothing."""
    found = DBTaskResult.objects.filter(status__in=("READY", "RUNNING"))
    names = ", ".join(sorted({task.task_path.rpartition(".")[2] for task in found}))
    count = found.update(status="FAILED", finished_at=F("enqueued_at"), exception_class_path="", traceback="restored")
    WorkerBeat.objects.all().delete()
    return f"{count} tasks that waited in the backup are given up: {names}." if count else ""


def last_beat() -> dt.datetime | None:
    """When a worker was last alive, None where none ever was."""
    found: dt.datetime | None = WorkerBeat.objects.aggregate(last=Max("seen_at"))["last"]
    return found


def is_worker_alive(*, now: dt.datetime) -> bool:
    return is_recent(last_beat(), now=now)


def is_recent(beat: dt.datetime | None, *, now: dt.datetime) -> bool:
    """Whether a worker that was last alive then is taken for alive still."""
    return beat is not None and beat >= now - DEAD_AFTER
