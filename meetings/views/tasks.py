"""The tasks of all meetings, and what a unit tells of its own."""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions import recording
from meetings.forms.recording import ProgressForm
from meetings.models import Task, TaskProgress
from meetings.views._common import done, form_page
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires, sees_own_unit


@requires(Can.SEE_MEETINGS)
def task_list(request: SignedInRequest) -> HttpResponse:
    """The open tasks of all meetings; for a liaison those of the own unit, with its own progress only."""
    told = TaskProgress.objects.visible_to(request.user).select_related("unit")
    tasks = Task.objects.visible_to(request.user).outstanding().in_order()
    if sees_own_unit(request.user):
        tasks = tasks.of_unit(request.user.unit_id)
    today = timezone.localdate()
    rows = [
        {"task": task, "is_overdue": task.is_overdue_on(today), "progress": task.progress.all()}
        for task in tasks.prefetch_related(Prefetch("progress", queryset=told))
    ]
    return render(request, "meetings/task_list.html", {"rows": rows})


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
