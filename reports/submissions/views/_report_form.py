"""The form of the report a URL names, and the page it stands on, for every view that fills in or sends."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from members.infrastructure.capabilities import SignedInRequest
from reports.models import Submission
from reports.submissions import actions, reading
from reports.submissions.catalogue import Catalogue
from reports.submissions.due_dates import Deadline
from reports.submissions.forms.submission import SubmissionForm
from reports.submissions.forms.window import was_of
from reports.submissions.last_half import LastHalf
from reports.submissions.oddities import OwnRange
from reports.submissions.register import Register
from reports.submissions.steps import BY_CODE, WHOLE, Step, first_unfinished
from reports.submissions.talk import talks_on
from reports.submissions.typed import typed_from_register
from reports.submissions.views._asked_submission import AskedSubmission, revision_in


def form_of(asked: AskedSubmission, data: QueryDict | None = None, *, complete: bool = False) -> SubmissionForm:
    """The form with what a window sent, or with what is stored; a new report starts with the register's figures."""
    catalogue = Catalogue.load(period=asked.round.period)
    register = Register.of(asked.unit, asked.round)
    submission = asked.submission
    stored = submission.typed if submission else typed_from_register(register, catalogue)
    return SubmissionForm(
        data,
        initial={**stored, "revision": submission.revision if submission else 0, "was": was_of(stored)},
        catalogue=catalogue,
        base=reading.base_content(unit_id=asked.unit.pk, period=asked.round.period),
        register=register,
        stored=stored,
        last_half=LastHalf.of(asked.unit.pk, asked.round.period),
        own_range=OwnRange.of(asked.unit.pk, asked.round.period),
        talks=talks_on(submission),
        complete=complete,
    )


def form_page(
    request: SignedInRequest,
    asked: AskedSubmission,
    form: SubmissionForm,
    *,
    status: int = 200,
    joined: actions.Joined | None = None,
) -> HttpResponse:
    """The form, open at the step that is asked for; a page that was sent back is open where it was.

    `joined` is the report after what was sent went in: that it is saved is told where all of it is.
    """
    opened = _step_in(request, form) or _step_of_talk(request, asked, form)
    context = {
        "asked": asked,
        "round": asked.round,
        "unit": asked.unit,
        "submission": asked.submission,
        "form": form,
        "saved_at": joined.submission.saved_at if joined and not joined.conflicts and not form.refused else None,
        "steps": form.steps,
        "open_talks": [each.talk for each in form.open_talks],
        "opened": opened or first_unfinished(form.states()),
        "elsewhere": form.beyond(opened) if opened else frozenset(),
        "is_whole": opened is None and _asks_for_all(request),
        "is_list": opened is None and not _asks_for_all(request),
        "last_half": form.last_half,
        "is_prefilled": asked.submission is None and bool(form.stored),
        "deadline": Deadline.of(asked.round, asked.unit, today=timezone.localdate()),
    }
    return render(request, "reports/submissions/submission_form.html", context, status=status)


def _step_in(request: SignedInRequest, form: SubmissionForm) -> Step | None:
    if request.method == "POST":
        return BY_CODE.get(request.POST.get("step", ""))
    return form.step_of(request.GET.get("field", "")) or BY_CODE.get(request.GET.get("step", ""))


def _step_of_talk(request: SignedInRequest, asked: AskedSubmission, form: SubmissionForm) -> Step | None:
    """A report that was returned opens where its first open comment stands."""
    is_asked_for = request.method == "POST" or "step" in request.GET
    if is_asked_for or asked.submission is None or asked.submission.status != Submission.Status.RETURNED:
        return None
    return next((form.step_of(each.talk.field) for each in form.open_talks), None)


def _asks_for_all(request: SignedInRequest) -> bool:
    """Whether all steps are on one page: asked for, or sent so by a page without steps."""
    return request.method == "POST" or request.GET.get("step") == WHOLE


def merge_window(asked: AskedSubmission, form: SubmissionForm, request: SignedInRequest) -> actions.Joined:
    """Join what this window typed with the report as it stands. Raises `Refused`."""
    return actions.merge_typed(
        round_=asked.round,
        unit=asked.unit,
        window=form.window,
        start=form.stored,
        revision=revision_in(request),
        by=request.user,
        now=timezone.now(),
    )


def show_joined(form: SubmissionForm, joined: actions.Joined) -> None:
    """Put into the form what was saved elsewhere, and beside it what must be decided."""
    form.take_in(joined.submission, joined.conflicts)
    form.full_clean()
    if joined.conflicts:
        form.show_conflict(joined.submission, joined.conflicts)
