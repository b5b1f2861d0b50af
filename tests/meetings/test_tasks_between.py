"""All tasks in one list: narrowed down, exported, and those that no meeting set."""

import datetime as dt
import io
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone
from openpyxl import load_workbook

from meetings.actions import recording
from meetings.models import Meeting, Task
from members.models import AuditEntry
from tests.support.factories import NOW, UnitFactory
from tests.support.meetings import held_meeting

LIST, NEW, EXPORT = "/meetings/tasks/", "/meetings/tasks/new/", "/meetings/tasks/tasks.xlsx"
TODAY = timezone.localdate()


def between(text="Trực ngày lễ", *units, **values):
    return recording.set_task(meeting=None, values={"text": text, **values}, units=list(units), by=None, now=NOW)


@pytest.fixture
def tasks(unit, other_unit, secretariat):
    """One of each state, of a meeting and without."""
    meeting = held_meeting(unit, secretariat)
    of_meeting = recording.set_task(meeting=meeting, values={"text": "Tuần tra"}, units=[], by=secretariat, now=NOW)
    late = between("Lắp đèn", unit, due_on=TODAY - dt.timedelta(days=1))
    done = between("Họp tổ", other_unit, status="done")
    dropped = between("Bỏ việc", status="dropped")
    return of_meeting, late, done, dropped


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ("", ["Tuần tra", "Lắp đèn"]),
        ("status=overdue", ["Lắp đèn"]),
        ("status=done", ["Họp tổ"]),
        ("status=dropped", ["Bỏ việc"]),
        ("status=all", ["Tuần tra", "Lắp đèn", "Họp tổ", "Bỏ việc"]),
        ("status=sai", ["Tuần tra", "Lắp đèn"]),
        ("q=lap+den", ["Lắp đèn"]),
        ("q=khong+co", []),
        ("between=on&status=all", ["Lắp đèn", "Họp tổ", "Bỏ việc"]),
    ],
)
def test_the_list_is_narrowed_down(as_user, secretariat, tasks, asked, texts):
    page = as_user(secretariat).get(f"{LIST}?{asked}")
    assert [row["task"].text for row in page.context["rows"]] == texts


def test_tasks_of_a_unit_are_its_own_and_those_of_all(as_user, secretariat, tasks, other_unit):
    page = as_user(secretariat).get(f"{LIST}?status=all&unit={other_unit.pk}")
    assert [row["task"].text for row in page.context["rows"]] == ["Tuần tra", "Họp tổ", "Bỏ việc"]


def test_a_liaison_sees_of_tasks_without_a_meeting_the_own_ones(as_user, liaison, unit, other_unit):
    for text, units in (("Của ta", [unit]), ("Của họ", [other_unit]), ("Của chung", [])):
        between(text, *units)

    client = as_user(liaison)

    assert [row["task"].text for row in client.get(LIST).context["rows"]] == ["Của ta", "Của chung"]
    assert "unit" not in client.get(LIST).context["form"].fields
    theirs = Task.objects.get(text="Của họ")
    assert client.get(f"/meetings/tasks/{theirs.pk}/progress/").status_code == 404


def test_a_liaison_tells_progress_of_one(as_user, liaison, unit):
    task = between("Của ta", unit)
    as_user(liaison).post(f"/meetings/tasks/{task.pk}/progress/", {"note": "Đã làm"})
    assert [each.note for each in task.progress.all()] == ["Đã làm"]


def test_the_export_holds_what_the_list_shows(as_user, secretariat, tasks, liaison):
    late = tasks[1]
    recording.tell_progress(task=late, unit=liaison.unit, note="Đang làm", is_done=False, by=liaison, now=NOW)

    answer = as_user(secretariat).get(f"{EXPORT}?status=overdue")

    rows = list(load_workbook(io.BytesIO(b"".join(answer))).active.iter_rows(values_only=True))
    unit = liaison.unit.short_name
    assert [[cell.date() if isinstance(cell, dt.datetime) else cell for cell in row] for row in rows[1:]] == [
        ["Lắp đèn", unit, late.due_on, "đang thực hiện", None, f"{unit}: Đang làm"]
    ]


def test_a_task_is_set_changed_and_removed_without_a_meeting(as_user, secretariat, unit):
    former = UnitFactory(left_on=dt.date(2022, 1, 1))
    client = as_user(secretariat)
    page = client.get(NEW)
    assert unit.name in page.text
    assert former.name not in page.text

    assert client.post(NEW, {"text": "Trực lễ", "status": "open", "units": [unit.pk]}).url == LIST
    client.post(NEW, {"text": "Trực lễ", "status": "open", "units": [unit.pk]})
    task = Task.objects.get()
    assert (task.meeting, task.for_all_units, list(task.units.all())) == (None, False, [unit])

    edit, remove = f"/meetings/tasks/{task.pk}/edit/", f"/meetings/tasks/{task.pk}/remove/"
    assert client.get(edit).status_code == 200
    assert client.post(edit, {"text": "Trực Tết", "status": "done", "units": [], "revision": 1}).url == LIST
    task.refresh_from_db()
    assert (task.text, task.status, task.for_all_units) == ("Trực Tết", "done", True)

    assert client.get(remove).status_code == 200
    assert Task.objects.exists()
    assert client.post(remove).url == LIST
    verbs = list(AuditEntry.objects.filter(verb__startswith="task.").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["task.set", "task.edited", "task.removed"]


def test_an_empty_task_is_told_beside_the_field(as_user, secretariat):
    page = as_user(secretariat).post(NEW, {"text": "", "status": "open"})
    assert list(page.context["form"].errors) == ["text"]


def test_a_meeting_carries_on_what_meetings_set_alone(unit, secretariat):
    meeting = held_meeting(unit, secretariat)
    between()
    assert not Task.objects.carried_to(meeting).exists()


def test_an_overdue_one_stands_on_the_home_page(as_user, secretariat, cluster, unit):
    between("Việc trễ hạn", due_on=TODAY - dt.timedelta(days=1))
    assert "Việc trễ hạn" in as_user(secretariat).get("/").text


def test_taken_back_and_on_again_tasks_between_meetings_are_as_they_were(tasks):
    """An earlier version knows only tasks of meetings."""
    migration = import_module("meetings.migrations.0008_tasks_between_keep_a_place")
    before = list(Task.objects.order_by("pk").values())

    migration.hold(apps, None)
    assert not Task.objects.filter(meeting=None).exists()
    assert Meeting.objects.get(title=migration.TITLE).tasks.count() == sum(not row["meeting_id"] for row in before)
    migration.release(apps, None)

    assert list(Task.objects.order_by("pk").values()) == before
    assert not Meeting.objects.filter(title=migration.TITLE).exists()


def test_without_tasks_between_meetings_nothing_is_entered(unit):
    import_module("meetings.migrations.0008_tasks_between_keep_a_place").hold(apps, None)

    assert not Meeting.objects.exists()
