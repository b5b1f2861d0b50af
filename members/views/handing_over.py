"""The handover of the lead unit, step by step on one page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from members.actions import handing_over
from members.actions.account_changes import cancel_account_change
from members.asking import ask_first
from members.forms.handing_over import HandoverForm, LeavingForm
from members.forms.people import PersonForm
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, allowed, requires
from members.infrastructure.open_matters import open_matters
from members.models import AccountChange, DatedLetterhead, Handover, User


@requires(Can.MANAGE_CLUSTER)
def handover_begin(request: SignedInRequest) -> HttpResponse:
    """`?on=` is the day where a page that leads here knows it."""
    form = HandoverForm(request.POST or None, initial={"on": parse_date(request.GET.get("on", "")[:10])})
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            handover = handing_over.begin_handover(**form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, _("The handover was begun; go through the steps below."))
            return redirect(handover)
    handovers = Handover.objects.latest_first()
    return render(request, "members/handover_form.html", {"form": form, "handovers": handovers})


@requires(Can.MANAGE_CLUSTER)
def handover_detail(request: SignedInRequest, handover_id: int) -> HttpResponse:
    """The steps with how far each is; the accounts that close are ticked here."""
    handover = get_object_or_404(Handover.objects.latest_first(), pk=handover_id)
    form = LeavingForm(request.POST or None, handover=handover)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            chosen = form.cleaned_data["people"]
            handing_over.choose_who_leaves(handover=handover, people=chosen, by=request.user, now=timezone.now())
            messages.success(request, _("The accounts that close were saved."))
            return redirect(handover)
    context = {
        "handover": handover,
        "form": form,
        "letterhead": DatedLetterhead.objects.filter(starts_on=handover.on).first(),
        "changes": handover.planned.in_order(),
        "matters": [(matter, allowed(request.user, matter.can)) for matter in open_matters(timezone.localdate())],
    }
    return render(request, "members/handover_detail.html", context, status=422 if form.errors else 200)


@requires(Can.MANAGE_PEOPLE)
def handover_person(request: SignedInRequest, handover_id: int) -> HttpResponse:
    """An account that opens on the day."""
    handover = get_object_or_404(Handover.objects.latest_first(), pk=handover_id)
    initial = {"unit": handover.lead.unit_id, "role": User.Role.SECRETARIAT}
    form = PersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            handing_over.prepare_person(handover=handover, values=form.values, by=request.user, now=timezone.now())
            messages.success(request, _("The account opens on the day of the handover."))
            return redirect(handover)
    return render(request, "members/handover_person.html", {"form": form, "handover": handover})


@requires(Can.MANAGE_PEOPLE)
@require_POST
def account_change_cancel(request: SignedInRequest, change_id: int) -> HttpResponse:
    """Back to what it was planned with."""
    planned = get_object_or_404(AccountChange.objects.select_related("handover", "merger", "person"), pk=change_id)
    back = planned.handover or planned.merger
    cancel_account_change(planned, by=request.user, now=timezone.now())
    messages.success(request, _("The account of %(person)s stays as it is.") % {"person": planned.person})
    return redirect(back) if back else redirect("members:person-edit", planned.person_id)


@requires(Can.MANAGE_CLUSTER)
def handover_take_back(request: SignedInRequest, handover_id: int) -> HttpResponse:
    """Ask first."""
    handover = get_object_or_404(Handover, pk=handover_id)
    if request.method != "POST":
        sentence = _("The lead stays with the unit that has it; accounts stay as they are. A letterhead stays, too.")
        heading, back = _("Take back the handover"), handover.get_absolute_url()
        return ask_first(request, heading=heading, sentence=sentence, back=back, is_grave=True)
    handing_over.take_back_handover(handover, by=request.user, now=timezone.now())
    messages.success(request, _("The handover was taken back."))
    return redirect(reverse("members:lead-term-list"))
