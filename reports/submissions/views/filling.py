"""A unit's half-year report as it is filled in: kept while it is typed, then submitted."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cluster_portal.periods import Period
from cluster_portal.text import clean_line
from members.infrastructure.capabilities import Can, SignedInRequest, allowed, requires
from members.infrastructure.editing import StaleEdit
from members.infrastructure.refusals import Refused
from reports.models import Submission
from reports.submissions import actions, reading
from reports.submissions.catalogue import Catalogue
from reports.submissions.forms.submission import SubmissionForm
from reports.submissions.register import Register
from reports.submissions.views._asked_submission import AskedSubmission, asked_submission, revision_in


def _form(asked: AskedSubmission, *args, complete: bool = False, **kwargs) -> SubmissionForm:
    base = reading.base_content(unit_id=asked.unit.pk, period=asked.round.period)
    register = Register.of(asked.unit, asked.round)
    return SubmissionForm(*args, catalogue=Catalogue.load(), base=base, register=register, complete=complete, **kwargs)


def _form_page(
    request: SignedInRequest, asked: AskedSubmission, form: SubmissionForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "asked": asked,
        "round": asked.round,
        "unit": asked.unit,
        "submission": asked.submission,
        "form": form,
        "days_left": (asked.round.due_on - timezone.localdate()).days,
    }
    return render(request, "reports/submissions/submission_form.html", context, status=status)


@requires(Can.FILL_REPORTS)
def submission_edit(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    asked = asked_submission(request, period, unit_id)
    if not asked.is_open:
        return redirect("reports:submission-detail", *asked.url_args)
    initial: dict = {"revision": 0, "tab": uuid.uuid4().hex}
    if asked.submission:
        initial |= {**asked.submission.typed, "revision": asked.submission.revision}
    return _form_page(request, asked, _form(asked, initial=initial))


@requires(Can.FILL_REPORTS)
@require_POST
def submission_save(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """Keep a draft. What can't be read is kept as well, and pointed out; the browser saves by itself while typing."""
    asked = asked_submission(request, period, unit_id)
    done = _("The draft has been saved. It can be continued at any time.")
    return _keep(request, asked, _form(asked, request.POST), done)


@requires(Can.FILL_REPORTS)
@require_POST
def submission_take_over(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """Raise the figures typed so far to what the register holds, of one category or of all, and keep the draft."""
    asked = asked_submission(request, period, unit_id)
    form = _form(asked, request.POST)
    form.take_over(request.POST.get("category", ""))
    done = _("The counts of the register have been taken over, and the draft has been saved.")
    return _keep(request, asked, form, done, anchor="#figures")


def _keep(
    request: SignedInRequest, asked: AskedSubmission, form: SubmissionForm, done: str, *, anchor: str = ""
) -> HttpResponse:
    """Save the draft, say so, and go on where `anchor` leads."""
    form.is_valid()
    conflict = None
    try:
        submission = _save(asked, form, request)
        form.stand_at(submission.revision)
    except StaleEdit as stale:
        conflict = stale.current
        form.show_conflict(conflict)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return _leave(request, asked)
    if request.htmx:
        context = {"asked": asked, "form": form, "conflict": conflict, "saved_at": timezone.now()}
        return render(request, "reports/submissions/_submission_saved.html", context)
    if conflict or form.errors:
        return _form_page(request, asked, form, status=409 if conflict else 200)
    messages.success(request, done)
    return redirect(reverse("reports:submission-edit", args=asked.url_args) + anchor)


def _save(asked: AskedSubmission, form: SubmissionForm, request: SignedInRequest) -> Submission:
    return actions.save_typed(
        round=asked.round,
        unit=asked.unit,
        typed=form.storable(asked.submission.typed if asked.submission else {}),
        revision=revision_in(request),
        tab=clean_line(request.POST.get("tab", ""))[:32],
        by=request.user,
        now=timezone.now(),
    )


def _leave(request: SignedInRequest, asked: AskedSubmission) -> HttpResponse:
    response = redirect("reports:submission-detail", *asked.url_args)
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": response.url})
    return response


@requires(Can.FILL_REPORTS)
@require_POST
def submission_submit(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """Send the report if it is whole; otherwise keep it as a draft and show what is missing."""
    asked = asked_submission(request, period, unit_id)
    form = _form(asked, request.POST, complete=True)
    try:
        if not form.is_valid():
            form.stand_at(_save(asked, form, request).revision)
            return _form_page(request, asked, form, status=422)
        actions.submit(
            round=asked.round,
            unit=asked.unit,
            typed=form.typed,
            content=form.content(),
            revision=revision_in(request),
            tab=clean_line(request.POST.get("tab", ""))[:32],
            by=request.user,
            now=timezone.now(),
        )
    except StaleEdit as stale:
        if stale.current.status == Submission.Status.SUBMITTED and stale.current.typed == form.typed:
            return _leave(request, asked)  # the second click of a double click
        form = _form(asked, request.POST)
        form.show_conflict(stale.current)
        return _form_page(request, asked, form, status=409)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return _leave(request, asked)
    messages.success(request, _submitted_notice(request))
    return redirect("reports:submission-detail", *asked.url_args)


def _submitted_notice(request: SignedInRequest) -> str:
    if allowed(request.user, Can.REVIEW_REPORTS):
        return _("The report has been entered on behalf of the unit. Look it through, then accept it.")
    return _("The report has been submitted. The secretariat will accept or return it.")
