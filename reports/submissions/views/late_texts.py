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
from reports.submissions.actions import WrongStatus
from reports.submissions.catalogue import Catalogue
from reports.submissions.forms.report import ReportForm
from reports.submissions.late_texts import leave_note
from reports.submissions.views._report_at import Place, place_of


def closed_page(request: SignedInRequest, place: Place, form: ReportForm, refusal: WrongStatus) -> HttpResponse:
    """The report is closed: what was typed stands beside what it holds, to copy or to leave as a note."""
    if request.htmx:
        return HttpResponse(str(refusal), status=409, headers={REFUSAL: "closed"}, content_type="text/plain")
    place = place_of(request, *place.url_args)
    differing = form.differing(place.submission.draft if place.submission else {})
    was = form.window.was or {}
    context = {
        "place": place,
        "round": place.round,
        "unit": place.unit,
        "refusal": str(refusal),
        "rows": [row for row in differing if row[1] != was.get(row[0].name, "")],  # what was typed here
    }
    return render(request, "reports/submissions/submission_closed.html", context, status=409)


@requires(Can.FILL_REPORTS)
@require_POST
def submission_note(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    place = place_of(request, period, unit_id)
    form = ReportForm(request.POST, catalogue=Catalogue.load(), base=None)
    stored = place.submission.draft if place.submission else {}
    texts = [(str(field.label), mine) for field, mine, _theirs in form.differing(stored)]
    if texts:
        leave_note(round=place.round, unit=place.unit, texts=texts, by=request.user, now=timezone.now())
        messages.success(request, _("The text has been left for the secretariat."))
    return redirect("reports:submission-detail", *place.url_args)
