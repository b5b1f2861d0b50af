"""What is answered where a request can't be, and what the log says of it."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of error 400. Django's own handlers read the POST again, which may be what is broken."""
    return HttpResponse(render_to_string("400.html"), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of error 500; it needs neither the request nor the database."""
    return HttpResponse(render_to_string("500.html"), status=500)


class OneLine(logging.Filter):
    """Takes the traceback off: what it would tell of is the request and not the portal."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.exc_info = record.exc_text = None
        return True
