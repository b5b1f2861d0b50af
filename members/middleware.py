"""What an action refuses, told where the user is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from cluster_portal.files.kept import FileFault
from members.infrastructure.refusals import Refused, refusal_of


class RefusalMiddleware:
    """Lead from what was refused, or whose file is lost, to the page of what it was about, or back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        refusal = refusal_of(exception)
        if refusal is None:
            return None
        if request.method != "POST" and not isinstance(exception, Refused | FileFault):
            raise Http404(refusal.sentence) from exception  # a row that went while its page was put together
        messages.error(request, refusal.sentence)
        page = next((page for page in _pages(request, refusal) if urlsplit(page).path != request.path), "/")
        if getattr(request, "htmx", False):
            return HttpResponseClientRedirect(page)
        return redirect(page)


def _pages(request: HttpRequest, refusal: Refused) -> Iterator[str]:
    """Where the refusal can be read, the nearest first; never the page that has just refused."""
    if hasattr(refusal.about, "get_absolute_url"):
        yield refusal.about.get_absolute_url()
    came_from = request.headers.get("referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        yield came_from
