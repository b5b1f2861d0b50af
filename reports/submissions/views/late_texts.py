"""What was typed for a report that was closed meanwhile: shown beside it, and left as a note."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cluster_portal.keeping import REFUSAL
from cluster_portal.periods import Period
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.infrastructure.refusals import Refused
from reports.submissions.catalogue import Catalogue
from reports.submissions.forms.submission import SubmissionForm
from reports.submissions.late_texts import leave_note
from reports.submissions.talk import talks_on
from reports.submissions.views._asked_submission import AskedSubmission, asked_submission


def closed_page(
    request: SignedInRequest, asked: AskedSubmission, form: SubmissionForm, refusal: Refused
) -> HttpResponse:
    """The report is closed: what was typed stands beside what it holds, to copy or to leave as a note."""
    if request.htmx:
        return HttpResponse(str(refusal), status=409, headers={REFUSAL: "closed"}, content_type="text/plain")
    asked = asked_submission(request, *asked.url_args)
    differing = form.differing(asked.submission.typed if asked.submission else {})
    was = form.window.was or {}
    context = {
        "asked": asked,
        "round": asked.round,
        "unit": asked.unit,
        "refusal": str(refusal),
        "rows": [row for row in differing if row[1] != was.get(row[0].name, "")],  # what was typed here
    }
    return render(request, "reports/submissions/submission_closed.html", context, status=409)


@requires(Can.FILL_REPORTS)
@require_POST
def submission_note(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    asked = asked_submission(request, period, unit_id)
    catalogue, talks = Catalogue.load(period=asked.round.period), talks_on(asked.submission)
    form = SubmissionForm(request.POST, catalogue=catalogue, base=None, talks=talks)
    stored = asked.submission.typed if asked.submission else {}
    texts = [(str(field.label), mine) for field, mine, _theirs in form.differing(stored)]
    if texts:
        leave_note(round_=asked.round, unit=asked.unit, texts=texts, by=request.user, now=timezone.now())
        messages.success(request, _("The text has been left for the secretariat."))
    return redirect("reports:submission-detail", *asked.url_args)
