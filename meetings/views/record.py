"""What remains of the meeting: results, shortcomings, conclusion, tasks, open questions."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions import guards, planning, recording
from meetings.forms.recording import QuestionForm, RecordForm, SettleForm, TaskForm
from meetings.models import OpenQuestion, Task
from meetings.views._common import (
    ask_then_remove,
    done,
    form_page,
    get_meeting,
    get_open_meeting,
    open_questions,
    page_asks,
)
from members.asking import ask_first
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires


@requires(Can.MANAGE_MEETINGS)
def record(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = get_meeting(request, meeting_id)
    form = RecordForm(request.POST or None, instance=meeting)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            planning.edit_meeting(
                meeting=meeting,
                **form.edit,
                by=request.user,
                now=timezone.now(),
            )
            return done(request, _("The record has been saved."), "meetings:record", meeting_id)
    context = {
        "meeting": meeting,
        "form": form,
        "tasks": meeting.tasks.in_order(),
        "questions": open_questions(request, meeting),
    }
    return render(request, "meetings/record.html", context)


@requires(Can.MANAGE_MEETINGS)
def task_add(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = get_open_meeting(request, meeting_id)
    form = TaskForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        units = list(form.cleaned_data["units"])
        with show_refusals(form):
            recording.set_task(
                meeting=meeting, values=form.own_values, units=units, by=request.user, now=timezone.now()
            )
            return done(request, _("The task is set."), "meetings:record", meeting_id)
    back = reverse("meetings:record", args=[meeting_id])
    return form_page(request, form, meeting=meeting, heading=_("Set a task"), back=back)


@requires(Can.MANAGE_MEETINGS)
def task_edit(request: SignedInRequest, task_id: int) -> HttpResponse:
    """Correct a task, or settle its state, also long after its meeting was closed."""
    task = get_object_or_404(Task.objects.select_related("meeting"), pk=task_id)
    form = TaskForm(request.POST or None, instance=task, meeting=task.meeting, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            recording.edit_task(
                task=task,
                values=form.own_values,
                units=form.cleaned_data["units"],
                revision=form.cleaned_data["revision"],
                by=request.user,
                now=timezone.now(),
            )
            return done(request, _("The task has been saved."), *_list_of(task))
    back = resolve_url(*_list_of(task))
    return form_page(request, form, meeting=task.meeting, heading=_("Change the task"), back=back)


@requires(Can.MANAGE_MEETINGS)
def task_remove(request: SignedInRequest, task_id: int) -> HttpResponse:
    task = get_object_or_404(Task.objects.select_related("meeting"), pk=task_id)
    if task.meeting is None:
        return _remove_between(request, task)
    page_asks(request, guards.require_open, task.meeting)
    return ask_then_remove(
        request,
        lambda: recording.remove_task(task=task, by=request.user, now=timezone.now()),
        meeting=task.meeting,
        heading=_("Remove the task"),
        sentence=task.text,
        told=_("The task has been removed."),
        back="meetings:record",
    )


def _remove_between(request: SignedInRequest, task: Task) -> HttpResponse:
    """The same for a task that no meeting set."""
    if request.method != "POST":
        back = reverse("meetings:task-list")
        return ask_first(request, heading=_("Remove the task"), sentence=task.text, back=back, is_grave=True)
    recording.remove_task(task=task, by=request.user, now=timezone.now())
    return done(request, _("The task has been removed."), "meetings:task-list")


def _list_of(task: Task) -> tuple[Any, ...]:
    """Where the task is listed: in its meeting's record, or among all."""
    return ("meetings:record", task.meeting_id) if task.meeting_id else ("meetings:task-list",)


@requires(Can.MANAGE_MEETINGS)
def question_note(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = get_meeting(request, meeting_id)
    initial = {name: request.GET.get(name) for name in ("field", "attendance")}
    form = QuestionForm(request.POST or None, initial=initial, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            recording.note_question(meeting=meeting, values=form.cleaned_data, by=request.user, now=timezone.now())
            return done(request, _("Noted. It is shown beside the field until it is settled."), meeting)
    heading = _("Note a contradiction")
    return form_page(request, form, meeting=meeting, heading=heading, back=meeting.get_absolute_url())


@requires(Can.MANAGE_MEETINGS)
def question_settle(request: SignedInRequest, question_id: int) -> HttpResponse:
    question = get_object_or_404(OpenQuestion.objects.unsettled().select_related("meeting"), pk=question_id)
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            recording.settle_question(
                question=question, resolution=form.cleaned_data["resolution"], by=request.user, now=timezone.now()
            )
            return done(request, _("The question is settled."), question.meeting)
    context = {"form": form, "meeting": question.meeting, "question": question}
    return render(request, "meetings/question_settle.html", context)
