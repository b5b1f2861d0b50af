"""Who came by, from where, and what they took along: in the audit trail, and as lines of the security log.

The trail is what colleagues and auditors read; the lines are for whoever watches the machine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as factors
from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from cluster_portal import logs
from cluster_portal.privacy import mask
from cluster_portal.secret_addresses import masked
from cluster_portal.text import clean_line
from members.infrastructure.audit import AuditEntry, Changes, record_event
from members.models import User
from members.notices_of_access import tell

#: Browsers that somebody signed in with before carry the keys of those people, signed; of so many at most.
REMEMBERED = 20
SALT = "members.device"
A_YEAR = 365 * 24 * 60 * 60
LONGEST_QUERY = 300

#: What anybody can cause as often as they like, by a script or a page left open. Nothing leaves the trail, so that it
#: takes so many an hour about one account, or about none; the log has them all.
REFUSALS = {"access.refused", "access.sign_in_failed", "access.code_failed"}
MOST, AN_HOUR = 60, dt.timedelta(hours=1)


def note(verb: str, *, user: User | None, about: User | None = None, label: str = "", changes: Changes | None = None,
         now: dt.datetime) -> None:  # fmt: skip
    if verb not in REFUSALS or not _is_known_well(verb, about or user, now):
        record_event(verb=verb, by=user, about=about or user, label=label, changes=changes, now=now)
    told = {name: new for name, (_old, new) in (changes or {}).items()}
    logs.security.info(verb, user=user.pk if user else None, about=about.pk if about else None, label=label, **told)


def _is_known_well(verb: str, about: User | None, now: dt.datetime) -> bool:
    lately = AuditEntry.objects.security().filter(verb=verb, at__gt=now - AN_HOUR)
    return lately.filter(target_id=about.pk if about else None).order_by()[:MOST].count() == MOST


def _now() -> dt.datetime:
    return timezone.now()  # the clock: signals bring no time along


class AccountabilityMiddleware:
    """Notes files that were sent, and what was refused to somebody who is signed in.

    A 404 of a page that exists is a row of somebody else's, or none: nobody can tell which, and both are noted.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        user = request.user if logs.user_known(request) else None
        if not isinstance(user, User):
            return response
        name = getattr(response, "sent_name", "")
        if name and response.status_code == 200 and request.method in ("GET", "POST"):
            note("access.downloaded", user=user, label=name, changes=_asked(request), now=_now())
        elif response.status_code in (403, 404) and request.resolver_match is not None:
            status: Changes = {"status": (None, response.status_code)}
            note("access.refused", user=user, label=masked(clean_line(request.path))[:250], changes=status, now=_now())
        return response


def _asked(request: HttpRequest) -> Changes:
    """Where the file came from and which rows it was to hold, without numbers that may be a person's.

    Addresses go through no form, which would take out what PostgreSQL keeps in no text.
    """
    asked: Changes = {"path": (None, masked(clean_line(request.path)))}
    if query := request.GET.urlencode():
        told = "&".join(f"{name}={value}" for name, values in request.GET.lists() for value in values) or query
        asked["filter"] = (None, mask(masked(clean_line(told)))[:LONGEST_QUERY])
    return asked


def note_failed_sign_in(email: str, *, now: dt.datetime) -> None:
    """What was typed isn't kept where no account has it: people type passwords there."""
    about = User.objects.filter(email=email.strip().lower()).order_by("pk").first()
    note("access.sign_in_failed", user=None, about=about, now=now)


def _signed_in(request: HttpRequest, user: User, response: Any = None, **_more: Any) -> None:
    now = _now()
    known = _people_of(request)
    came_before = AuditEntry.objects.security().filter(verb="access.signed_in", actor=user).exists()
    note("access.signed_in", user=user, now=now)
    if came_before and str(user.pk) not in known:
        tell(user, "new_device", request=request, now=now)
    if response is not None:
        people = [*(key for key in known if key != str(user.pk)), str(user.pk)][-REMEMBERED:]
        response.set_signed_cookie(
            settings.DEVICE_COOKIE_NAME, ".".join(people), salt=SALT, max_age=A_YEAR, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip


def _people_of(request: HttpRequest) -> list[str]:
    try:
        return str(request.get_signed_cookie(settings.DEVICE_COOKIE_NAME, "", salt=SALT, max_age=A_YEAR)).split(".")
    except BadSignature:
        return []


def _signed_out(request: HttpRequest | None, user: User | None, **_more: Any) -> None:
    if user is not None:
        note("access.signed_out", user=user, now=_now())


def _of_account(verb: str, notice: str = "") -> Callable[..., None]:
    def noted(request: HttpRequest, user: User, **more: Any) -> None:
        now = _now()
        kind = getattr(more.get("authenticator"), "type", "")
        note(verb, user=user, changes={"kind": (None, kind)} if kind else None, now=now)
        if notice and kind != "recovery_codes":
            tell(user, notice, request=request, now=now)

    return noted


def _code_failed(request: HttpRequest, user: User, **_more: Any) -> None:
    note("access.code_failed", user=None, about=user, now=_now())


_password_changed = _of_account("account.password_changed", "password_changed")
_factor_added = _of_account("account.factor_added", "factor_added")
_factor_removed = _of_account("account.factor_removed", "factor_removed")
_codes_renewed = _of_account("account.codes_renewed")


def listen() -> None:
    """Called when the app starts."""
    account.user_logged_in.connect(_signed_in, dispatch_uid="accountability")
    user_logged_out.connect(_signed_out, dispatch_uid="accountability")
    for signal in (account.password_changed, account.password_set, account.password_reset):
        signal.connect(_password_changed, dispatch_uid="accountability")
    factors.authenticator_added.connect(_factor_added, dispatch_uid="accountability")
    factors.authenticator_removed.connect(_factor_removed, dispatch_uid="accountability")
    factors.authenticator_reset.connect(_codes_renewed, dispatch_uid="accountability")
    factors.authentication_failed.connect(_code_failed, dispatch_uid="accountability")
