"""A unit's half-year report as it is filled in: kept while it is typed, then submitted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cluster_portal.keeping import keep_offline, page_is
from cluster_portal.periods import Period
from cluster_portal.privacy import Excerpt
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.infrastructure.refusals import Refused
from reports.submissions import actions
from reports.submissions.forms.submission import SubmissionForm
from reports.submissions.steps import BY_CODE, WHOLE
from reports.submissions.views._asked_submission import AskedSubmission, asked_submission
from reports.submissions.views._report_form import form_of, form_page, merge_window, show_joined
from reports.submissions.views.late_texts import closed_page

#: What a button of the form says where it leads to the page on which the report is looked through.
CHECK = "check"


@requires(Can.FILL_REPORTS)
@never_cache
def submission_edit(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    asked = asked_submission(request, period, unit_id)
    if not asked.is_open:
        return redirect("reports:submission-detail", *asked.url_args)
    response = form_page(request, asked, form_of(asked))
    keep_offline(response, by=request.user)
    return response


@requires(Can.FILL_REPORTS)
@require_POST
@page_is("reports:submission-edit")
def submission_save(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """Keep a draft. What can't be read is kept as well, and pointed out; the browser saves by itself while typing."""
    asked = asked_submission(request, period, unit_id)
    form = form_of(asked, request.POST)
    form.mask(request.POST.get("mask", ""))
    return _keep(request, asked, form, _("The draft has been saved. It can be continued at any time."))


@requires(Can.FILL_REPORTS)
@require_POST
@page_is("reports:submission-edit")
def submission_take_over(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """Raise figures to what the register holds, of one category or of all, or take last half's text of a section.

    The draft is kept as well.
    """
    asked = asked_submission(request, period, unit_id)
    form = form_of(asked, request.POST)
    if section := request.POST.get("section"):
        form.take_last_half(section)
        done = _("The text of the half-year before has been taken over, and the draft has been saved.")
        return _keep(request, asked, form, done)
    form.take_over(request.POST.get("category", ""))
    done = _("The counts of the register have been taken over, and the draft has been saved.")
    return _keep(request, asked, form, done, anchor="#figures")


def _keep(
    request: SignedInRequest, asked: AskedSubmission, form: SubmissionForm, done: str, *, anchor: str = ""
) -> HttpResponse:
    """Save the draft, say so, and go on where `anchor` leads."""
    form.is_valid()
    try:
        joined = merge_window(asked, form, request)
    except Refused as refusal:
        return closed_page(request, asked, form, refusal)
    if request.htmx:
        return _told_to_the_script(request, asked, form, joined)
    if joined.conflicts or form.errors:
        show_joined(form, joined)
        return form_page(request, asked, form, status=409 if joined.conflicts else 200)
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
