"""What several parts of a page ask for is asked of the database once.

Only while a page is read (GET): who changes something looks anew, behind whatever lock it holds.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseBase

Found = TypeVar("Found")

_FOUND: ContextVar[dict[str, Any] | None] = ContextVar("found", default=None)


class OnceMiddleware:
    """Gives each page that is read a memory of its own, which ends with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _FOUND.set({} if request.method in ("GET", "HEAD") else None)
        try:
            return self.get_response(request)
        finally:
            _FOUND.reset(token)


def once(name: str, find: Callable[[], Found]) -> Found:
    """What `find` found under this name while this page was made, or finds now. Nobody may change it."""
    found = _FOUND.get()
    if found is None:
        return find()
    if name not in found:
        found[name] = find()
    return found[name]  # type: ignore[no-any-return]
