"""What the register shows when it is counted."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cluster_portal.periods import Period
from incidents import unusual
from incidents.filters import InsightFilter
from incidents.insight import YEAR, Span, breakdowns, newest_day
from incidents.models import Incident
from members.infrastructure.capabilities import Can, SignedInRequest, requires, sees_own_unit
from members.models import Cluster


@requires(Can.SEE_INCIDENTS)
def incident_insight(request: SignedInRequest) -> HttpResponse:
    """Charts of the chosen period, or of the last twelve months that have cases; what is unusual in its half-year."""
    today, rule = timezone.localdate(), Cluster.get().cut_off_rule
    visible = Incident.objects.visible_to(request.user)
    chosen = InsightFilter(request.GET, queryset=visible, by=request.user, rule=rule, today=today)
    cases, period = chosen.qs, chosen.form.cleaned_data.get("period")
    last = today if period else newest_day(cases, today=today)
    first_day, last_day = (period.first_day(rule), period.last_day(rule)) if period else (last - YEAR, last)
    narrowed = {name: value for name in ("unit", "category") if (value := request.GET.get(name))}
    span = Span(cases.happened_between(first_day, last_day), first_day, last_day, narrowed)
    half = period if period and not period.is_full_year else Period.half_containing(last_day, rule)
    own = visible.filter(unit=request.user.unit) if sees_own_unit(request.user) else visible
    context = {
        "filter": chosen,
        "first_day": first_day,
        "last_day": last_day,
        "cases": span.cases.count(),
        "breakdowns": breakdowns(span, with_units=not sees_own_unit(request.user)),
        "half": half,
        "hints": unusual.hints(own, half=half, rule=rule, today=today),
        "rule": {"fewest": unusual.FEWEST, "longest": unusual.LONGEST_PAST, "shortest": unusual.SHORTEST_PAST},
    }
    return render(request, "incidents/incident_insight.html", context)
