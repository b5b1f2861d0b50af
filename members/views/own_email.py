"""A person changes the address they sign in with, and confirms the new one."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.core.ratelimit import consume
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.addresses import mailed_url
from members.actions.people import ask_for_own_email, change_own_email
from members.forms.account import OwnEmailForm
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import SignedInRequest
from members.infrastructure.refusals import Refused
from members.own_email import confirmed_address


@reauthentication_required  # type: ignore[untyped-decorator]
def email_change(request: SignedInRequest) -> HttpResponse:
    """Whether an account has the address isn't looked up, so that it can't be told, nor timed."""
    form = OwnEmailForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not consume(request, action="change_email", user=request.user):
            form.add_error("email", get_adapter().error_messages["rate_limited"])
        else:
            with show_refusals(form):
                ask_for_own_email(request.user, email=email, now=timezone.now(), origin=mailed_url(request, "/"))
                told = _("A link was sent to %(new)s. Until it is opened the address stays %(old)s.")
                messages.success(request, told % {"new": email, "old": request.user.email})
                return redirect("account_email")
    return render(request, "account/email_change.html", {"form": form})


def email_confirm(request: SignedInRequest, key: str) -> HttpResponse:
    """By a click: programs that look through mails open links, too."""
    email = confirmed_address(key, person=request.user)
    if request.method == "POST" and email:
        try:
            change_own_email(request.user, email=email, now=timezone.now())
        except Refused:  # an account was opened with it meanwhile, and it isn't said here that there is one
            email = None
        else:
            messages.success(request, _("From now on sign in with %(email)s.") % {"email": email})
            return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "account/email_confirm.html", {"email": email}, status=200 if email else 404)
