"""Letterheads that hold from a day on: begun, changed, taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.door import number_in
from members.actions import begin_letterhead, change_letterhead, remove_letterhead
from members.forms.cluster import LetterheadForm
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.infrastructure.letterheads import HEAD_FIELDS
from members.letterhead import Heads
from members.models import Cluster, DatedLetterhead, Handover


@requires(Can.MANAGE_CLUSTER)
def letterhead_create(request: SignedInRequest) -> HttpResponse:
    """Begins with what is printed today: seldom everything changes. `?handover=` is what it belongs to, if any."""
    head = Heads.of(Cluster.get()).on(timezone.localdate())
    handover = Handover.objects.latest_first().filter(pk=number_in(request.GET.get("handover"), 0)).first()
    initial = {name: getattr(head, name) for name in HEAD_FIELDS} | (_of_next_lead(handover) if handover else {})
    form = LetterheadForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            begin_letterhead(values=form.values, by=request.user, now=timezone.now())
            messages.success(request, _("The letterhead was saved."))
            return redirect(handover or "members:cluster-edit")
    return render(request, "members/letterhead_form.html", {"form": form})


def _of_next_lead(handover: Handover) -> dict[str, Any]:
    """The day, and the head of the unit that leads from then on as the signer."""
    unit = handover.lead.unit
    signer = {"signer_name": unit.leader, "signer_rank": unit.leader_rank, "signer_post": unit.leader_title}
    own = {"signer_authority": "", "signer_title": "", "contact": ""}
    return {"starts_on": handover.on, "place": unit.place or Cluster.get().place, **signer, **own}


@requires(Can.MANAGE_CLUSTER)
def letterhead_edit(request: SignedInRequest, letterhead_id: int) -> HttpResponse:
    letterhead = get_object_or_404(DatedLetterhead, pk=letterhead_id)
    form = LetterheadForm(request.POST or None, instance=get_object_or_404(DatedLetterhead, pk=letterhead_id))
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            change_letterhead(letterhead, **form.edit, by=request.user, now=timezone.now())
            messages.success(request, _("The letterhead was saved."))
            return redirect("members:cluster-edit")
    return render(request, "members/letterhead_form.html", {"form": form, "letterhead": letterhead})


@requires(Can.MANAGE_CLUSTER)
def letterhead_remove(request: SignedInRequest, letterhead_id: int) -> HttpResponse:
    """Ask first, then take it back."""
    letterhead = get_object_or_404(DatedLetterhead, pk=letterhead_id)
    if request.method == "POST":
        remove_letterhead(letterhead, by=request.user, now=timezone.now())
        messages.success(request, _("The letterhead was taken back."))
        return redirect("members:cluster-edit")
    return render(request, "members/letterhead_remove.html", {"letterhead": letterhead})
