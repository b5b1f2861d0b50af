"""A second factor is demanded of the roles that see or sign for everything, after a time to set it up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.unsent import give_back, holds_words
from members.infrastructure.capabilities import rights_of
from members.models import User

#: What asks for a code or a key; recovery codes only stand in for one of these.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
#: Session key: this person has a factor, so that not every request need ask for it.
HAS_FACTOR = "has_second_factor"
#: Pages, by the name of their route, that are open without one.
OPEN = {"account_logout", "account_reauthenticate", "set_language", "presence", "service-worker", "manifest"}


def has_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def is_demanded_of(user: Any) -> bool:
    return bool(settings.TWO_FACTOR_REQUIRED) and rights_of(user).needs_second_factor


def due_at(user: User, *, now: dt.datetime) -> dt.datetime:
    """When the time to set it up is over; it begins with the first page after it is demanded."""
    if user.second_factor_due is None:
        user.second_factor_due = now + dt.timedelta(days=settings.TWO_FACTOR_GRACE_DAYS)
        User.objects.filter(pk=user.pk, second_factor_due=None).update(second_factor_due=user.second_factor_due)
    return user.second_factor_due


class SecondFactorMiddleware:
    """Leads who must set a second factor up, and hasn't, to the page where that is done; nothing is stored until then.

    What a page without scripts sent comes back with the page that says so, to be sent again.
    Before the time is over pages only remind of it (`request.second_factor_due`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        user = request.user
        if not isinstance(user, User) or not is_demanded_of(user) or request.session.get(HAS_FACTOR) == user.pk:
            return None
        if has_factor(user):
            request.session[HAS_FACTOR] = user.pk
            return None
        now = timezone.now()  # the clock: a middleware is where a request begins
        due = due_at(user, now=now)
        request.second_factor_due = due  # type: ignore[attr-defined]
        name = request.resolver_match.view_name if request.resolver_match else ""
        if now < due or name in OPEN or name.startswith("mfa_"):
            return None
        if request.method in ("GET", "HEAD") and request.headers.get("HX-Request") != "true":
            return redirect("mfa_index")
        if holds_words(request) and request.headers.get("HX-Request") != "true":
            return give_back(request, status=403, to_set_up=True)
        raise PermissionDenied(_("Set up two-factor authentication first. Nothing was saved."))
