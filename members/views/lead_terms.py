"""Who leads the cluster: the terms of lead, deputy and standing unit."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions import end_lead_term, hand_over_lead, remove_lead_term
from members.forms.lead_terms import EndTermForm, HandOverForm
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.models import LeadTerm


@requires(Can.LIST_UNITS)
def lead_term_list(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    terms = LeadTerm.objects.select_related("unit")
    holders = {term.role: term for term in terms.current_on(today)}
    roles = [{"label": label, "role": role, "term": holders.get(role)} for role, label in LeadTerm.Role.choices]
    return render(request, "members/lead_term_list.html", {"terms": terms, "roles": roles, "today": today})


@requires(Can.MANAGE_CLUSTER)
def lead_term_hand_over(request: SignedInRequest) -> HttpResponse:
    asked = {name: request.GET[name] for name in ("role", "unit") if request.GET.get(name)}
    form = HandOverForm(request.POST or None, initial={"starts_on": timezone.localdate(), **asked})
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            hand_over_lead(**form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, _("The handover was recorded."))
            return redirect("members:lead-term-list")
    return render(request, "members/lead_term_form.html", {"form": form})


@requires(Can.MANAGE_CLUSTER)
def lead_term_end(request: SignedInRequest, term_id: int) -> HttpResponse:
    term = get_object_or_404(LeadTerm.objects.select_related("unit"), pk=term_id)
    form = EndTermForm(request.POST or None, initial={"ends_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            end_lead_term(term, ends_on=form.cleaned_data["ends_on"], by=request.user, now=timezone.now())
            messages.success(request, _("The end of the term was recorded."))
            return redirect("members:lead-term-list")
    return render(request, "members/lead_term_end.html", {"form": form, "term": term})


@requires(Can.MANAGE_CLUSTER)
def lead_term_remove(request: SignedInRequest, term_id: int) -> HttpResponse:
    """Ask first, then take the term back."""
    term = get_object_or_404(LeadTerm.objects.select_related("unit"), pk=term_id)
    if request.method == "POST":
        remove_lead_term(term, by=request.user, now=timezone.now())
        messages.success(request, _("The term was taken back."))
        return redirect("members:lead-term-list")
    return render(request, "members/lead_term_remove.html", {"term": term})
