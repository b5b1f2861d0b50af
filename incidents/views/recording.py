"""Recording a case and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from cluster_portal.addresses import mailed_url
from cluster_portal.identifiers import ReasonForm
from incidents import actions
from incidents.forms.recording import IncidentForm
from incidents.models import Incident
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires


@requires(Can.RECORD_INCIDENTS)
@sensitive_post_parameters()
def incident_create(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    form = IncidentForm(request.POST or None, initial={"happened_on": today}, by=request.user, today=today)
    if form.is_valid():
        with show_refusals(form):
            incident = actions.record_incident(
                values=form.values, seen=form.similar, by=request.user, now=timezone.now(), origin=_origin(request)
            )
            messages.success(request, _("The case has been recorded."))
            return redirect(incident)
    return render(request, "incidents/incident_form.html", {"form": form})


@requires(Can.RECORD_INCIDENTS)
@sensitive_post_parameters()
def incident_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    editable = Incident.objects.editable_by(request.user).select_related("unit", "category")
    incident = get_object_or_404(editable, pk=pk)
    label, url = str(incident), incident.get_absolute_url()
    form = IncidentForm(request.POST or None, instance=incident, by=request.user, today=timezone.localdate())
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        with show_refusals(form):
            actions.change_incident(
                incident=incident,
                values=form.values,
                revision=revision,
                by=request.user,
                now=timezone.now(),
                origin=_origin(request),
            )
            messages.success(request, _("The change has been saved."))
            return redirect(url)
    return render(request, "incidents/incident_form.html", {"form": form, "label": label, "url": url})


@requires(Can.REMOVE_INCIDENTS)
def incident_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take out a case recorded by mistake, after asking why."""
    editable = Incident.objects.editable_by(request.user).select_related("unit", "category")
    incident = get_object_or_404(editable, pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with show_refusals(form):
            actions.remove_incident(
                incident=incident, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
            )
            messages.success(request, _("The case has been removed."))
            return redirect("incidents:incident-list")
    return render(request, "incidents/incident_remove.html", {"form": form, "incident": incident})


def _origin(request: SignedInRequest) -> str:
    """The portal's own address, for links in mails."""
    return mailed_url(request, "/")
