"""Helping a colleague who lost the telephone; every act here takes two people."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from members.actions.second_factor import ask_for_reset, carry_out_reset, turn_reset_down
from members.forms.revision import show_refusals
from members.forms.second_factor import LostFactorForm
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.infrastructure.second_factor_resets import SecondFactorReset


@requires(Can.HELP_WITH_SIGN_IN)
def reset_list(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    form = LostFactorForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            person = form.cleaned_data["person"]
            ask_for_reset(person, by=request.user, now=now)
            messages.success(request, _("A colleague must now confirm it for %(person)s.") % {"person": person})
            return redirect("members:factor-resets")
    resets = SecondFactorReset.objects.open(now).select_related("person", "asked_by").order_by("asked_at", "pk")
    return render(request, "members/factor_resets.html", {"form": form, "resets": resets})


@requires(Can.HELP_WITH_SIGN_IN)
@require_POST
def reset_carry_out(request: SignedInRequest, reset_id: int) -> HttpResponse:
    reset = get_object_or_404(SecondFactorReset.objects.select_related("person"), pk=reset_id)
    carry_out_reset(reset, by=request.user, now=timezone.now())
    messages.success(
        request, _("%(person)s signs in with the password now, and sets a new factor up.") % {"person": reset}
    )
    return redirect("members:factor-resets")


@requires(Can.HELP_WITH_SIGN_IN)
@require_POST
def reset_turn_down(request: SignedInRequest, reset_id: int) -> HttpResponse:
    reset = get_object_or_404(SecondFactorReset.objects.select_related("person"), pk=reset_id)
    turn_reset_down(reset, by=request.user, now=timezone.now())
    messages.success(request, _("The request for %(person)s was turned down.") % {"person": reset})
    return redirect("members:factor-resets")
