"""Many units become few: typed in one form, foreseen, done, shown, taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions import became, merge_units, preview_merger, undo_merger
from members.asking import ask_first
from members.forms.merging import MergerForm
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.models import UnitMerger, User


@requires(Can.MANAGE_UNITS)
def merger_create(request: SignedInRequest) -> HttpResponse:
    """Say what the mergers mean, then record exactly what that was said of."""
    form = MergerForm(request.POST or None, today=timezone.localdate())
    preview = None
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            if request.POST.get("confirmed") == form.fingerprint:
                merger = merge_units(**form.act, by=request.user, now=timezone.now())
                messages.success(request, _("The mergers were recorded."))
                return redirect(merger)
            preview = preview_merger(**form.act, by=request.user, now=timezone.now())
    return render(request, "members/merger_form.html", {"form": form, "preview": preview})


@requires(Can.MANAGE_UNITS)
def merger_detail(request: SignedInRequest, merger_id: int) -> HttpResponse:
    merger = get_object_or_404(UnitMerger.objects.latest_first(), pk=merger_id)
    moved = User.objects.filter(pk__in=[pk for pk, *_units in merger.moved]).select_related("unit").in_order()
    context = {
        "merger": merger,
        "groups": became(merger),
        "people": moved,
        "changes": merger.planned.planned().in_order(),
    }
    return render(request, "members/merger_detail.html", context)


@requires(Can.MANAGE_UNITS)
def merger_undo(request: SignedInRequest, merger_id: int) -> HttpResponse:
    """Ask first, then take the whole act back."""
    merger = get_object_or_404(UnitMerger, pk=merger_id)
    back = merger.get_absolute_url()
    if request.method != "POST":
        sentence = _(
            "All units of this merger are members again as before, their accounts go back to them, "
            "and the units it brought are removed."
        )
        return ask_first(request, heading=_("Take the merger back"), sentence=sentence, back=back, is_grave=True)
    undo_merger(merger=merger, by=request.user, now=timezone.now())
    messages.success(request, _("The merger was taken back."))
    return redirect(back)
