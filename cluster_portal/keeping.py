"""What the server does so that no typed word is lost; the browser's half is `static/js/keeping.js`.

The script keeps what is typed until the server acknowledged it. For that, every answer
must say what it is: a sign-in page swapped into a part of a page looks like success.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase
from django.urls import Resolver404, resolve, reverse

#: The header that names why a script's request was refused: signed-out, somebody-else, csrf, closed.
REFUSAL = "X-Refusal"
#: The header of a page that may be opened again without a line, by the user it names and nobody else.
KEEP_OFFLINE = "X-Keep-Offline"
#: The cookie in which the ids of acknowledged forms come back, and the field in which each was sent.
KEPT = "kept"
#: The field that names who typed: the session may have become somebody else's.
KEPT_BY = "kept_by"

#: Any view.
View = Callable[..., HttpResponseBase]

_ID = re.compile(r"[0-9a-z]{1,40}")
_REMEMBERED = 8  # acknowledgements the cookie carries, should several come before a page reads them


def keep_offline(response: HttpResponseBase, *, by: Any) -> None:
    response.headers[KEEP_OFFLINE] = str(by.pk)


def page_is(name: str) -> Callable[[View], View]:
    """Say where a view that takes POST only leads whoever opens its address (with the same arguments)."""

    def decorate(view: View) -> View:
        view.page = name  # type: ignore[attr-defined]
        return view

    return decorate


def page_of(path: str) -> str:
    """The page an address that takes POST only belongs to: the one it names, or the nearest above it."""
    match = resolve(path)
    if page := getattr(match.func, "page", ""):
        return reverse(page, args=match.args, kwargs=match.kwargs)
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return path


def acknowledged(cookie: str, sent: str) -> str:
    """The cookie with one more acknowledged id; what isn't an id is left out."""
    ids = [each for each in [*cookie.split("."), sent] if _ID.fullmatch(each)]
    return ".".join(ids[-_REMEMBERED:])
