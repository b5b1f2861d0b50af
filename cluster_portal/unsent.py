"""What a page without scripts sent, and nobody took, comes back with it: no typed word is lost over a session.

With scripts `static/js/keeping.js` keeps what is typed, and sends it again by itself. Without,
the answer itself holds it, to be sent again after signing in: nothing of it stands on the
server before anybody is known to have sent it.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cluster_portal.keeping import KEPT, KEPT_BY, page_of

#: What forms carry along, and nobody typed.
CARRIED = {"csrfmiddlewaretoken", "revision", "was", "partial", "step", "holds", "waits", KEPT, KEPT_BY}
#: Where secrets are typed, which no page may show.
SECRET = ("/accounts/",)
#: Where the person is named whose session has ended with the request, as far as that is known.
ENDED_FOR = "session_ended_for"


def came_from(request: HttpRequest) -> str:
    """The address, with its query, of the page of the portal's own that sent the request; else ""."""
    parts = urlsplit(request.headers.get("Referer", ""))
    return urlunsplit(("", "", parts.path, parts.query, "")) if parts.netloc == request.get_host() else ""


def holds_words(request: HttpRequest) -> bool:
    """Whether a page of the portal's own sent something typed, which its answer should give back."""
    origin = request.headers.get("Origin")
    is_own = urlsplit(origin).netloc == request.get_host() if origin else bool(came_from(request))
    is_form = request.method == "POST" and not request.path.startswith(SECRET)
    return is_own and is_form and any(request.POST.keys() - CARRIED)


def give_back(request: HttpRequest, *, status: int, to_set_up: bool = False) -> HttpResponse:
    """The page that says nothing was saved, and sends the same again: where nobody is signed in, after signing in.

    `to_set_up`: a second factor must be set up before.
    """
    context = {
        "fields": list(_fields(request)),
        "texts": [text for name, text in _fields(request) if " " in text and name not in CARRIED],
        "files": [file.name for files in request.FILES.lists() for file in files[1]],
        "address": request.get_full_path(),
        "to_set_up": to_set_up,
        "page": came_from(request) or page_of(request.path_info),
    }
    return render(request, "unsent.html", context, status=status)


def _fields(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """All that was sent, but for its token, and who typed it."""
    for name, values in request.POST.lists():
        if name != "csrfmiddlewaretoken":
            yield from ((name, value) for value in values)
    typed_by = getattr(request, ENDED_FOR, None)
    if typed_by is not None and KEPT_BY not in request.POST:
        yield KEPT_BY, str(typed_by)
