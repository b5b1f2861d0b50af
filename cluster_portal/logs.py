"""Structured log lines: one JSON object a line, with the request's number, its user and the visitor's address.

By structlog: lines get what their request is about from context, whoever writes them. (django-structlog
would give requests a second number and ask for the user before the guards do.)
"""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponseBase
from structlog.typing import EventDict, WrappedLogger

from cluster_portal.errors import REQUEST_NUMBER, VISITOR
from cluster_portal.secret_addresses import masked


def without_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Whatever a line tells, it opens nothing to who reads the log."""
    return {name: masked(value) if isinstance(value, str) else value for name, value in event.items()}


structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        without_secrets,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.EventRenamer("message", replace_by="event"),
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)

access: structlog.stdlib.BoundLogger = structlog.get_logger("portal.access")
security: structlog.stdlib.BoundLogger = structlog.get_logger("portal.security")


class AccessMiddleware:
    """One line for each answer. Of the address only the path: what was searched for is nobody's business here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.monotonic()
        with structlog.contextvars.bound_contextvars(request=REQUEST_NUMBER.get(), address=VISITOR.get()):
            response = self.get_response(request)
            access.info(
                "answered",
                method=request.method,
                path=request.path,
                status=response.status_code,
                ms=round((time.monotonic() - began) * 1000),
                user=user_known(request),
            )
        return response


def user_known(request: HttpRequest) -> int | None:
    """Who asked, if that was looked up anyway."""
    return getattr(getattr(request, "_cached_user", None), "pk", None)
