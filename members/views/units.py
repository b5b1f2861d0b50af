"""The units of the cluster: listed, shown, entered, changed, merged."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions import change_unit, check_succession, create_unit, record_succession, undo_succession
from members.forms.revision import show_refusals
from members.forms.units import SuccessionForm, UnitFilter, UnitForm
from members.infrastructure.audit import AuditEntry
from members.infrastructure.audit_wording import readable
from members.infrastructure.capabilities import Can, SignedInRequest, allowed, requires
from members.models import LeadTerm, Unit, UnitSuccession

RECENT_ACTS = 5


@requires(Can.LIST_UNITS)
def unit_list(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    form = UnitFilter(request.GET)
    roles: dict[int, list[str]] = {}
    for term in LeadTerm.objects.current_on(today):
        roles.setdefault(term.unit_id, []).append(term.get_role_display())
    units = [
        {"unit": unit, "roles": roles.get(unit.pk, []), "is_member": unit.is_member_on(today)}
        for unit in form.apply(Unit.objects.visible_to(request.user), today=today)
    ]
    is_filtered = any(request.GET.get(name) for name in form.fields)
    return render(
        request, "members/unit_list.html", {"form": form, "units": units, "count": len(units), "filtered": is_filtered}
    )


@requires(Can.SEE_UNITS)
def unit_detail(request: SignedInRequest, unit_id: int) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=unit_id)
    reads_audit = allowed(request.user, Can.READ_AUDIT)
    acts = AuditEntry.objects.visible_to(request.user).filter(unit_id=unit.pk)[:RECENT_ACTS] if reads_audit else ()
    context = {
        "unit": unit,
        "is_member": unit.is_member_on(timezone.localdate()),
        "terms": unit.lead_terms.all(),
        "people": unit.people.active().order_by("pk"),
        "inheritances": unit.inheritances.select_related("predecessor").order_by("on", "predecessor__order"),
        "successions": unit.successions.select_related("successor").order_by("on", "successor__order"),
        "acts": readable(acts),
    }
    return render(request, "members/unit_detail.html", context)


@requires(Can.MANAGE_UNITS)
def unit_create(request: SignedInRequest) -> HttpResponse:
    form = UnitForm(request.POST or None, initial={"order": Unit.objects.next_place()})
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            unit = create_unit(values=form.values, by=request.user, now=timezone.now())
            messages.success(request, _("The unit %(unit)s was added.") % {"unit": unit})
            return redirect(unit)
    return render(request, "members/unit_form.html", {"form": form})


@requires(Can.MANAGE_UNITS)
def unit_edit(request: SignedInRequest, unit_id: int) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=unit_id)
    form = UnitForm(request.POST or None, instance=unit)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            change_unit(unit, **form.edit, by=request.user, now=timezone.now())
            messages.success(request, _("The unit was saved."))
            return redirect(unit)
    return render(request, "members/unit_form.html", {"form": form, "unit": unit})


@requires(Can.MANAGE_UNITS)
def succession_create(request: SignedInRequest) -> HttpResponse:
    """Say what the merger means, then record exactly what that was said of."""
    form = SuccessionForm(request.POST or None, initial={"predecessors": request.GET.getlist("unit")})
    if request.method == "POST" and form.is_valid():
        is_confirmed = request.POST.get("confirmed") == form.fingerprint
        with show_refusals(form):
            if not is_confirmed:
                chosen = form.cleaned_data
                check_succession(chosen["predecessors"], chosen["successors"], chosen["on"])
                return render(request, "members/succession_form.html", {"form": form, "people": form.people})
            record_succession(**form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, _("The succession was recorded."))
            return redirect(form.cleaned_data["successors"][0])
    return render(request, "members/succession_form.html", {"form": form})


@requires(Can.MANAGE_UNITS)
def succession_undo(request: SignedInRequest, succession_id: int) -> HttpResponse:
    """Ask first, then take the succession back."""
    found = UnitSuccession.objects.select_related("predecessor", "successor")
    succession = get_object_or_404(found, pk=succession_id)
    if request.method == "POST":
        undo_succession(succession=succession, by=request.user, now=timezone.now())
        messages.success(request, _("The succession was taken back."))
        return redirect(succession.predecessor)
    return render(request, "members/succession_undo.html", {"succession": succession})
