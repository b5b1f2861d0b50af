"""The tasks of all meetings and those between them, and what a unit tells of its own."""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.files.sending import send_file, sends_file
from cluster_portal.files.spreadsheets import XLSX, Cell, write_xlsx
from meetings.actions import recording
from meetings.forms.recording import ProgressForm, TaskForm
from meetings.forms.tasks import TaskFilter
from meetings.models import Task, TaskProgress
from meetings.models.tasks import TaskQuerySet
from meetings.views._common import done, form_page
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires, sees_own_unit

#: Files pass from hand to hand: their heads are Vietnamese.
HEAD = ("Nhiệm vụ", "Đơn vị thực hiện", "Thời hạn", "Tình trạng", "Hội nghị", "Tiến độ")


@requires(Can.SEE_MEETINGS)
def task_list(request: SignedInRequest) -> HttpResponse:
    """Open tasks unless asked otherwise; for a liaison those of the own unit, with its own progress only."""
    form = _filter(request)
    today = timezone.localdate()
    rows = [
        {"task": task, "is_overdue": task.is_overdue_on(today), "progress": task.progress.all()}
        for task in _tasks(request, form)
    ]
    is_filtered = any(request.GET.get(name) for name in form.fields)
    return render(request, "meetings/task_list.html", {"rows": rows, "form": form, "filtered": is_filtered})


def _filter(request: SignedInRequest) -> TaskFilter:
    form = TaskFilter(request.GET)
    if sees_own_unit(request.user):
        del form.fields["unit"]
    return form


def _tasks(request: SignedInRequest, form: TaskFilter) -> TaskQuerySet:
    told = TaskProgress.objects.visible_to(request.user).select_related("unit")
    tasks = Task.objects.visible_to(request.user)
    if sees_own_unit(request.user):
        tasks = tasks.of_unit(request.user.unit_id)
    return form.apply(tasks, today=timezone.localdate()).prefetch_related(Prefetch("progress", queryset=told))


@requires(Can.SEE_MEETINGS)
@sends_file
def task_export(request: SignedInRequest) -> HttpResponseBase:
    """The tasks of the list as the address narrows it down, as a workbook."""
    content = write_xlsx(title="Nhiệm vụ", head=HEAD, rows=_cells(_tasks(request, _filter(request))))
    return send_file(content, name=f"nhiem-vu-{timezone.localdate():%Y-%m-%d}.xlsx", content_type=XLSX)


def _cells(tasks: TaskQuerySet) -> Iterator[list[Cell]]:
    for task in tasks:
        told = "; ".join(f"{each.unit.short_name}: {each.note}" for each in task.progress.all())
        meeting = task.meeting.title if task.meeting else ""
        yield [task.text, task.responsible, task.due_on, str(task.get_status_display()), meeting, told]


@requires(Can.MANAGE_MEETINGS)
def task_between(request: SignedInRequest) -> HttpResponse:
    """A task that no meeting set."""
    form = TaskForm(request.POST or None, meeting=None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        units = list(form.cleaned_data["units"])
        with show_refusals(form):
            recording.set_task(meeting=None, values=form.own_values, units=units, by=request.user, now=timezone.now())
            return done(request, _("The task is set."), "meetings:task-list")
    back = reverse("meetings:task-list")
    return form_page(request, form, meeting=None, heading=_("Set a task between meetings"), back=back)


@requires(Can.ANSWER_INVITATIONS)
def task_progress(request: SignedInRequest, task_id: int) -> HttpResponse:
    """A liaison tells how far the unit's part of a task is; the secretariat settles its state."""
    if request.user.unit is None:
        return redirect("meetings:task-edit", task_id)
    tasks = Task.objects.visible_to(request.user).of_unit(request.user.unit_id).select_related("meeting")
    task = get_object_or_404(tasks, pk=task_id)
    form = ProgressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            recording.tell_progress(
                task=task, unit=request.user.unit, **form.cleaned_data, by=request.user, now=timezone.now()
            )
            return done(request, _("The progress has been told to the secretariat."), "meetings:task-list")
    back = reverse("meetings:task-list")
    heading = _("Report progress")
    return form_page(request, form, meeting=task.meeting, heading=heading, back=back, about=task.text)
