"""What is answered where a request can't be, and what the log says of it."""

from __future__ import annotations

import logging
import secrets
import sys
from collections.abc import Callable
from contextvars import ContextVar

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from cluster_portal.files.kept import is_disk_full

#: The number of the request being answered: on its error page, in its log lines and in its answer's head.
REQUEST_NUMBER: ContextVar[str] = ContextVar("request_number", default="")
#: The address of whoever asked, as far as the settings let it be known; "" outside a request.
VISITOR: ContextVar[str] = ContextVar("visitor", default="")

#: What SQLite calls a file that can't be reached, read or written now. Not among them: a query it refuses.
SQLITE_AWAY = ("SQLITE_CANTOPEN", "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY",
               "SQLITE_CORRUPT", "SQLITE_NOTADB")  # fmt: skip
#: Classes of PostgreSQL's error codes: connection, resources, shutting down.
POSTGRES_AWAY = ("08", "53", "57P")


class NumberMiddleware:
    """Gives every request a number, by which a person's report and the log find each other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        number = secrets.token_hex(5)
        tokens = REQUEST_NUMBER.set(number), VISITOR.set(visitor(request))
        try:
            response = self.get_response(request)
        finally:
            REQUEST_NUMBER.reset(tokens[0])
            VISITOR.reset(tokens[1])
        response.headers["X-Request-ID"] = number
        return response


def visitor(request: HttpRequest) -> str:
    """The address the request came from: behind a proxy the one that it saw, never one that the visitor wrote."""
    from allauth.core.internal.httpkit import get_client_ip  # the log is set up from here before any app is

    try:
        return get_client_ip(request) or ""
    except ImproperlyConfigured:  # BEHIND_PROXY, and this request came around it
        return str(request.META.get("REMOTE_ADDR", ""))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of error 400. Django's own handlers read the POST again, which may be what is broken."""
    return HttpResponse(render_to_string("400.html", {"number": REQUEST_NUMBER.get()}), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of error 500, or of 503 where database or disk are to blame; it needs neither these nor the request."""
    fault = sys.exc_info()[1]
    is_full = is_disk_full(fault) or is_database_full(fault)
    away = is_full or is_database_away(fault)
    context = {"number": REQUEST_NUMBER.get(), "is_full": is_full}
    page = render_to_string("503.html" if away else "500.html", context)
    return HttpResponse(page, status=503, headers={"Retry-After": "30"}) if away else HttpResponse(page, status=500)


def is_database_away(fault: BaseException | None) -> bool:
    """Whether the error tells of the database's state, and not of what was asked of it."""
    if isinstance(fault, InterfaceError):
        return "closed" in str(fault)
    if not isinstance(fault, OperationalError):
        return False
    cause = fault.__cause__
    if name := getattr(cause, "sqlite_errorname", None):
        return str(name).startswith(SQLITE_AWAY)
    code = getattr(cause, "pgcode", None)
    return code is None or str(code).startswith(POSTGRES_AWAY)


def is_database_full(fault: BaseException | None) -> bool:
    """Whether there was no room on the disk for what the database was to keep."""
    cause = fault.__cause__ if isinstance(fault, OperationalError) else None
    return getattr(cause, "sqlite_errorname", "") == "SQLITE_FULL" or getattr(cause, "pgcode", "") == "53100"


class OneLine(logging.Filter):
    """Takes the traceback off: what it would tell of is the request and not the portal."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.exc_info = record.exc_text = None
        return True


class DatabaseAway(logging.Filter):
    """One line for a request the database didn't answer: a hundred of a traceback say no more."""

    def filter(self, record: logging.LogRecord) -> bool:
        fault = record.exc_info[1] if record.exc_info else None
        if is_database_away(fault):
            said = " ".join(str(fault).split())
            record.msg, record.args = f"{record.getMessage()}: the database does not answer: {said}", None
            record.exc_info = record.exc_text = None
        return True


class Numbered(logging.Filter):
    """Gives log lines the number of the request they were written in."""

    def filter(self, record: logging.LogRecord) -> bool:
        number = REQUEST_NUMBER.get()
        record.number = f" [request {number}]" if number else ""
        return True
