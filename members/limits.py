"""What one account may cost: so many files, searches and uploads a minute, beside the limits by address.

An office has one address; a script that runs with one person's sign-in would take the workers from all of it.
What is merely typed and saved is never refused here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from members.models import User

MINUTE = 60


class LimitMiddleware:
    """Refuses with 429 what the account has had enough of in this minute, before anything is done for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        limit = settings.ACCOUNT_LIMITS.get(kind := kind_of(request, view))
        user = request.user if limit else None
        if limit is None or not isinstance(user, User):
            return None
        now = timezone.now()  # the clock: a middleware is where a request begins
        return too_often(request, now=now) if _counted(kind, user, now) > limit else None


def kind_of(request: HttpRequest, view: Callable[..., Any]) -> str:
    """What of the limited things a request asks for: a key of `ACCOUNT_LIMITS`, or ""."""
    if getattr(view, "sends_file", False):
        return "files"
    if request.method == "POST":
        return "uploads" if request.content_type == "multipart/form-data" and request.FILES else ""
    return "searches" if request.GET and hasattr(view, "capability") else ""


def _counted(kind: str, user: User, now: dt.datetime) -> int:
    """How many times the account has asked for it in this minute of the clock, this one included."""
    key = f"limit:{kind}:{user.pk}:{int(now.timestamp()) // MINUTE}"
    cache.add(key, 0, timeout=2 * MINUTE)  # it outlives the minute it counts, whenever in it that began
    try:
        return cache.incr(key)
    except ValueError:  # a full cache has let go of it
        return 1


def too_often(request: HttpRequest, *, now: dt.datetime | None = None) -> HttpResponse:
    """The page of error 429; `now` where it is the account that has to wait, and not who signs in."""
    wait = MINUTE - int(now.timestamp()) % MINUTE if now else MINUTE
    page = render(request, "429.html", {"wait": wait if now else None}, status=429)
    page.headers["Retry-After"] = str(wait)
    return page
