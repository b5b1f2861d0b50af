"""A unit's half-year report as it is filled in: kept while it is typed, then submitted."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cluster_portal.keeping import keep_offline, page_is
from cluster_portal.periods import Period
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.submissions.views._asked_submission import asked_submission
from reports.submissions.views._keeping import keep_typed
from reports.submissions.views._report_form import form_of, form_page


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
    """Keep what was typed. What can't be read is kept as well, and pointed out; the browser saves by itself."""
    asked = asked_submission(request, period, unit_id)
    form = form_of(asked, request.POST)
    form.mask(request.POST.get("mask", ""))
    return keep_typed(request, asked, form, _("The draft has been saved. It can be continued at any time."))


@requires(Can.FILL_REPORTS)
@require_POST
@page_is("reports:submission-edit")
def submission_take_over(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """Raise figures to what the register holds, of one category or of all, or take last half's text of a section.

    What was typed is kept as well.
    """
    asked = asked_submission(request, period, unit_id)
    form = form_of(asked, request.POST)
    if section := request.POST.get("section"):
        form.take_last_half(section)
        done = _("The text of the half-year before has been taken over, and the draft has been saved.")
        return keep_typed(request, asked, form, done)
    form.take_over(request.POST.get("category", ""))
    done = _("The counts of the register have been taken over, and the draft has been saved.")
    return keep_typed(request, asked, form, done, anchor="#figures")
