"""A unit's half-year report as it is filled in: kept while it is typed, then submitted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cluster_portal.keeping import keep_offline, page_is
from cluster_portal.periods import Period
from cluster_portal.privacy import Excerpt
from members.infrastructure.capabilities import Can, SignedInRequest, allowed, requires
from members.infrastructure.editing import StaleEdit
from members.infrastructure.refusals import Refused
from reports.submissions import actions, reading
from reports.submissions.catalogue import Catalogue
from reports.submissions.forms.submission import SubmissionForm
from reports.submissions.forms.window import was_of
from reports.submissions.register import Register
from reports.submissions.views._asked_submission import AskedSubmission, asked_submission, revision_in
from reports.submissions.views.late_texts import closed_page


def _form(asked: AskedSubmission, *args: Any, complete: bool = False, **kwargs: Any) -> SubmissionForm:
    base = reading.base_content(unit_id=asked.unit.pk, period=asked.round.period)
    register = Register.of(asked.unit, asked.round)
    stored = asked.submission.typed if asked.submission else {}
    return SubmissionForm(
        *args,
        catalogue=Catalogue.load(period=asked.round.period),
        base=base,
        register=register,
        stored=stored,
        complete=complete,
        **kwargs,
    )


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
@never_cache
def submission_edit(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    asked = asked_submission(request, period, unit_id)
    if not asked.is_open:
        return redirect("reports:submission-detail", *asked.url_args)
    initial: dict[str, Any] = {"revision": 0}
    if asked.submission:
        draft = asked.submission.typed
        initial = {**draft, "revision": asked.submission.revision, "was": was_of(draft)}
    response = _form_page(request, asked, _form(asked, initial=initial))
    keep_offline(response, by=request.user)
    return response


@requires(Can.FILL_REPORTS)
@require_POST
@page_is("reports:submission-edit")
def submission_save(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """Keep a draft. What can't be read is kept as well, and pointed out; the browser saves by itself while typing."""
    asked = asked_submission(request, period, unit_id)
    form = _form(asked, request.POST)
    form.mask(request.POST.get("mask", ""))
    return _keep(request, asked, form, _("The draft has been saved. It can be continued at any time."))


@requires(Can.FILL_REPORTS)
@require_POST
@page_is("reports:submission-edit")
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
    try:
        joined = _merge(asked, form, request)
    except Refused as refusal:
        return closed_page(request, asked, form, refusal)
    if request.htmx:
        return _told_to_the_script(request, asked, form, joined)
    if joined.conflicts or form.errors:
        _show(form, joined)
        return _form_page(request, asked, form, status=409 if joined.conflicts else 200)
    messages.success(request, done)
    return redirect(reverse("reports:submission-edit", args=asked.url_args) + anchor)


def _merge(asked: AskedSubmission, form: SubmissionForm, request: SignedInRequest) -> actions.Joined:
    return actions.merge_typed(
        round_=asked.round,
        unit=asked.unit,
        window=form.window,
        revision=revision_in(request),
        by=request.user,
        now=timezone.now(),
    )


def _show(form: SubmissionForm, joined: actions.Joined) -> None:
    """Put into the form what was saved elsewhere, and beside it what must be decided."""
    form.take_in(joined.submission, joined.conflicts)
    form.full_clean()
    if joined.conflicts:
        form.show_conflict(joined.submission, joined.conflicts)


def _told_to_the_script(
    request: SignedInRequest, asked: AskedSubmission, form: SubmissionForm, joined: actions.Joined
) -> HttpResponse:
    """What `keeping.js` reads: what is stored now, and what of the sent isn't."""
    draft, sent = joined.submission.typed, form.window.typed
    form.take_in(joined.submission, (*joined.conflicts, *form.refused))
    form.full_clean()
    kept = {
        "revision": joined.submission.revision,
        "stored": draft if joined.is_behind or joined.conflicts else {name: draft.get(name, "") for name in sent},
        "conflicts": joined.conflicts,
        "questions": {name: _question(request, name, form.questions[name]) for name in form.refused},
    }
    context = {"asked": asked, "form": form, "kept": kept, "saved_at": joined.submission.saved_at}
    return render(request, "reports/submissions/_submission_saved.html", context)


def _question(request: SignedInRequest, name: str, places: list[Excerpt]) -> str:
    return render_to_string("reports/submissions/_numbers_in_field.html", {"name": name, "places": places}, request)


@requires(Can.FILL_REPORTS)
@require_POST
@page_is("reports:submission-edit")
def submission_submit(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """Send the report if it is whole; otherwise keep it as a draft and show what is missing."""
    asked = asked_submission(request, period, unit_id)
    form = _form(asked, request.POST, complete=True)
    try:
        if not form.is_valid():
            return _kept_unsent(request, asked, form)
        revision = revision_in(request)
        if asked.submission and asked.submission.is_open and asked.submission.revision != revision:
            joined = _merge(asked, form, request)
            if joined.conflicts or form.differing(joined.submission.typed):
                return _joined_unsent(request, asked, joined)
            revision = joined.submission.revision
        actions.submit(
            round_=asked.round,
            unit=asked.unit,
            typed={**form.stored, **form.typed},
            content=form.content(),
            revision=revision,
            by=request.user,
            now=timezone.now(),
        )
    except StaleEdit as stale:
        if not stale.current.is_open:
            if not form.differing(stale.current.typed):  # the second click of a double click
                return redirect("reports:submission-detail", *asked.url_args)
            return closed_page(request, asked, form, actions.no_longer_open(stale.current))
        form = _form(asked, request.POST)
        form.show_conflict(stale.current)
        return _form_page(request, asked, form, status=409)
    except Refused as refusal:
        return closed_page(request, asked, form, refusal)
    messages.success(request, _submitted_notice(request))
    return redirect("reports:submission-detail", *asked.url_args)


def _kept_unsent(request: SignedInRequest, asked: AskedSubmission, form: SubmissionForm) -> HttpResponse:
    """The report isn't whole: it is kept, and what is missing is told."""
    _show(form, _merge(asked, form, request))
    return _form_page(request, asked, form, status=422)


def _joined_unsent(request: SignedInRequest, asked: AskedSubmission, joined: actions.Joined) -> HttpResponse:
    """Something was saved elsewhere meanwhile: the joined report is looked at before it is sent."""
    form = _form(asked, request.POST)
    form.take_in(joined.submission, joined.conflicts)
    form.show_conflict(joined.submission, joined.conflicts)
    return _form_page(request, asked, form, status=409)


def _submitted_notice(request: SignedInRequest) -> str:
    if allowed(request.user, Can.REVIEW_REPORTS):
        return _("The report has been entered on behalf of the unit. Look it through, then accept it.")
    return _("The report has been submitted. The secretariat will accept or return it.")
