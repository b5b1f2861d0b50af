"""What happens in the hall and what remains of it: attendance, tasks, open questions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from meetings.actions.guards import locked_open
from meetings.actions.ordering import next_order
from meetings.actions.repeats import twin_of
from meetings.models import Attendance, Meeting, OpenQuestion, Task, TaskProgress
from members.infrastructure.audit import record
from members.infrastructure.editing import change, changes_between
from members.infrastructure.refusals import locked
from members.models import Cluster, Unit, User

#: The same progress told again later is news: it is still so.
A_SECOND_CLICK = dt.timedelta(minutes=10)


@transaction.atomic
def mark_presence(*, attendance: Attendance, presence: str, represented_by: str, by: User, now: dt.datetime) -> None:
    """Tick one row of the attendance list; the last tick counts, as in the hall there is no time to argue."""
    locked_open(attendance.meeting)
    current = locked(attendance)
    values = {"presence": presence, "represented_by": represented_by}
    changes = changes_between(current, values)
    if not changes:
        return
    attendance.presence, attendance.represented_by, attendance.revision = presence, represented_by, current.revision + 1
    attendance.save(update_fields=["presence", "represented_by", "revision"])
    record(verb="attendance.marked", target=attendance, by=by, now=now, unit_id=attendance.unit_id, changes=changes)


@transaction.atomic
def mark_rest_present(*, meeting: Meeting, by: User, now: dt.datetime) -> int:
    """Tick all who aren't ticked yet as present, in one act; how many these were."""
    locked_open(meeting)
    undecided = list(meeting.attendances.undecided().in_order())
    for row in undecided:
        values = {"presence": Attendance.Presence.PRESENT, "represented_by": row.represented_by}
        mark_presence(attendance=row, **values, by=by, now=now)
    return len(undecided)


@transaction.atomic
def set_task(*, meeting: Meeting | None, values: dict[str, Any], units: list[Unit], by: User, now: dt.datetime) -> Task:
    """Add a task to the meeting's record, or one between meetings; no `units`: all member units answer for it."""
    if meeting:
        locked_open(meeting)
    else:
        Cluster.lock()
    values = {**values, "for_all_units": not units}
    beside = Task.objects.filter(meeting=meeting)
    twins = [task for task in beside.filter(**values) if set(task.units.all()) == set(units)]
    if twins:
        return twins[0]
    task = Task.objects.create(meeting=meeting, order=next_order(beside), **values)
    task.units.set(units)
    record(verb="task.set", target=task, by=by, now=now, changes={"units": (None, units)} if units else None)
    return task


@transaction.atomic
def edit_task(
    *, task: Task, values: dict[str, Any], units: QuerySet[Unit], revision: int, by: User, now: dt.datetime
) -> None:
    """Correct a task or settle its state; a closed meeting's tasks live on and stay editable."""
    values = {**values, "units": units, "for_all_units": not units}
    change(task, values=values, revision=revision, verb="task.edited", by=by, now=now)


@transaction.atomic
def remove_task(*, task: Task, by: User, now: dt.datetime) -> None:
    if task.meeting:
        locked_open(task.meeting)
    locked(task)
    taken_from = {"meeting": (task.meeting, None)}
    record(verb="task.removed", target=task, by=by, now=now, changes=taken_from)
    task.delete()


@transaction.atomic
def tell_progress(*, task: Task, unit: Unit, note: str, is_done: bool, by: User, now: dt.datetime) -> TaskProgress:
    """A unit tells how far it is with its part of a task."""
    locked(task)
    told = {"unit": unit, "note": note, "is_done": is_done, "told_at__gt": now - A_SECOND_CLICK}
    if twin := twin_of(task.progress, told):
        return twin
    progress = TaskProgress.objects.create(task=task, unit=unit, note=note, is_done=is_done, told_at=now, told_by=by)
    record(verb="task.progress_told", target=task, by=by, now=now, unit_id=unit.pk, changes={"progress": (None, note)})
    return progress


@transaction.atomic
def note_question(*, meeting: Meeting, values: dict[str, Any], by: User, now: dt.datetime) -> OpenQuestion:
    """Note beside a field what the sources leave open."""
    locked(meeting)
    if twin := twin_of(meeting.questions.unsettled(), values):
        return twin
    question = OpenQuestion.objects.create(meeting=meeting, **values)
    record(verb="question.noted", target=question, by=by, now=now)
    return question


@transaction.atomic
def settle_question(*, question: OpenQuestion, resolution: str, by: User, now: dt.datetime) -> None:
    current = locked(question)
    if current.settled_at is not None:
        return
    question.resolution, question.settled_at, question.settled_by = resolution, now, by
    question.save(update_fields=["resolution", "settled_at", "settled_by"])
    record(verb="question.settled", target=question, by=by, now=now, changes={"resolution": ("", resolution)})
