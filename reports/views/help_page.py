"""The help page, to be read or printed: what the reader's role does, and what is counted."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cluster_portal.periods import Period
from incidents.measures import MEASURES
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.models import Cluster
from reports.models import ReportingRound
from reports.submissions.catalogue import Catalogue


@requires(Can.SEE_REPORTS)
def help_page(request: SignedInRequest) -> HttpResponse:
    """What counts is told as the form tells it, of the half-year that is asked for now."""
    opened = ReportingRound.objects.first()
    period = opened.period if opened else Period.half_containing(timezone.localdate(), Cluster.get().cut_off_rule)
    context = {"catalogue": Catalogue.load(period=period), "measures": MEASURES, "period": period}
    return render(request, "reports/help.html", context)
