"""Who does nothing for so long is signed out; what was typed stays in the browser and is sent after signing in anew."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from cluster_portal.unsent import ENDED_FOR
from members.infrastructure.capabilities import rights_of

#: Session key: when this session was last used, in seconds; it is written at most once a minute.
SEEN = "seen"
A_MINUTE = 60


def idle_seconds(user: Any) -> int:
    """So long the user's role may do nothing; 0 for no limit, as for strangers, who have no session that could end."""
    is_limited = settings.IDLE_TIMEOUT and getattr(user, "is_authenticated", False)
    return rights_of(user).idle_minutes * A_MINUTE if is_limited else 0


class IdleMiddleware:
    """Stands before the one that asks for a sign-in.

    What pages ask for by themselves (`presence`) is no use of the session, unless somebody typed meanwhile.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.IDLE_TIMEOUT and (limit := idle_seconds(request.user)):
            self._look(request, limit, now=time.time())  # the clock: a middleware is where a request begins
        return self.get_response(request)

    @staticmethod
    def _look(request: HttpRequest, limit: int, *, now: float) -> None:
        seen = request.session.get(SEEN, now)
        if now - seen > limit:
            person = request.user.pk
            logout(request)
            setattr(request, ENDED_FOR, person)  # what they typed is nobody else's to send
        elif request.path == reverse("presence") and "active" not in request.GET:
            return
        elif SEEN not in request.session or now - seen > A_MINUTE:
            request.session[SEEN] = now
