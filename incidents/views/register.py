"""The register as a list and each case in it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from cluster_portal.paging import LongListPaginator
from incidents.filters import IncidentFilter, as_asked
from incidents.models import Alert, Incident
from members.infrastructure.audit import AuditEntry
from members.infrastructure.audit_wording import readable
from members.infrastructure.capabilities import Can, SignedInRequest, allowed, requires

PER_PAGE = 50


def filtered(request: SignedInRequest) -> IncidentFilter:
    return as_asked(request.GET, by=request.user, today=timezone.localdate())


@requires(Can.SEE_INCIDENTS)
def incident_list(request: SignedInRequest) -> HttpResponse:
    cases = filtered(request)
    page = LongListPaginator(cases.qs.defer("search_text", "handling"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"filter": cases, "page": page, "alerts": _open_alerts(request)}
    return render(request, "incidents/incident_list.html", context)


def _open_alerts(request: SignedInRequest) -> list[Alert]:
    return list(Alert.objects.open_for(request.user)) if allowed(request.user, Can.RECEIVE_ALERTS) else []


@requires(Can.SEE_INCIDENTS)
def incident_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    visible = Incident.objects.visible_to(request.user).select_related("unit", "category", "recorded_by")
    incident = get_object_or_404(visible, pk=pk)
    context = {
        "incident": incident,
        "further_units": incident.further_units.in_order(),
        "earlier_texts": incident.earlier_texts.select_related("replaced_by"),
        "history": readable(AuditEntry.objects.about(incident)),
        "alert": next((alert for alert in _open_alerts(request) if alert.incident_id == pk), None),
        "may_edit": Incident.objects.editable_by(request.user).filter(pk=pk).exists(),
    }
    return render(request, "incidents/incident_detail.html", context)
