"""Keeping what was typed, whichever way it came, and what is answered then."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from cluster_portal.privacy import Excerpt
from members.infrastructure.capabilities import SignedInRequest
from members.infrastructure.refusals import Refused
from reports.submissions import actions
from reports.submissions.forms.submission import SubmissionForm
from reports.submissions.steps import BY_CODE, WHOLE
from reports.submissions.views._asked_submission import AskedSubmission
from reports.submissions.views._check_page import check_joined, is_checked_in
from reports.submissions.views._report_form import form_page, merge_window, show_joined
from reports.submissions.views.late_texts import closed_page

#: What a button of the form says where it leads to the page on which the report is looked through.
CHECK = "check"


def keep_typed(
    request: SignedInRequest, asked: AskedSubmission, form: SubmissionForm, done: str, *, anchor: str = ""
) -> HttpResponse:
    """Store what was typed, say so, and go on where `anchor` leads."""
    if asked.submission is None and "to" in request.POST and not form.differing(form.stored):
        return redirect(_where_to(request, asked))  # looking at the steps begins no report
    form.is_valid()
    try:
        joined = merge_window(asked, form, request)
    except Refused as refusal:
        return closed_page(request, asked, form, refusal)
    if request.htmx:
        return _told_to_the_script(request, asked, form, joined)
    if joined.conflicts or form.held.intersection(form.errors):  # what stands in another step holds nobody here
        status = 409 if joined.conflicts else 200
        if is_checked_in(request) and request.POST.get("to") == CHECK:
            return check_joined(request, asked, joined, status=status)
        show_joined(form, joined)
        return form_page(request, asked, form, status=status, joined=joined)
    messages.success(request, done)
    return redirect(_where_to(request, asked) + anchor)


def _where_to(request: SignedInRequest, asked: AskedSubmission) -> str:
    """The step the pressed button leads to, or the one that was open."""
    wanted = request.POST.get("to") or request.POST.get("step", "")
    if wanted == CHECK:
        return reverse("reports:submission-check", args=asked.url_args)
    known = wanted in BY_CODE or wanted == WHOLE
    return reverse("reports:submission-edit", args=asked.url_args) + (f"?step={wanted}" if known else "")


def _told_to_the_script(
    request: SignedInRequest, asked: AskedSubmission, form: SubmissionForm, joined: actions.Joined
) -> HttpResponse:
    """What `keeping.js` reads: what is stored now, and what of the sent isn't."""
    stored, sent = joined.submission.typed, form.window.typed
    form.take_in(joined.submission, (*joined.conflicts, *form.refused))
    form.full_clean()
    kept = {
        "revision": joined.submission.revision,
        "stored": stored if joined.is_behind or joined.conflicts else {name: stored.get(name, "") for name in sent},
        "conflicts": joined.conflicts,
        "questions": {name: _question(request, name, form.questions[name]) for name in form.refused},
    }
    context = {"asked": asked, "form": form, "kept": kept, "saved_at": joined.submission.saved_at}
    return render(request, "reports/submissions/_submission_saved.html", context)


def _question(request: SignedInRequest, name: str, places: list[Excerpt]) -> str:
    return render_to_string("reports/submissions/_numbers_in_field.html", {"name": name, "places": places}, request)
