from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions import middleware as sessions
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation import gettext as _

from cluster_portal.keeping import KEPT, KEPT_BY, REFUSAL, acknowledged, page_of
from cluster_portal.secret_addresses import is_secret
from cluster_portal.unsent import came_from, give_back, holds_words

METHODS = ("GET", "HEAD", "POST")
#: Kinds of answers that become smaller.
COMPRESSED = frozenset({"text/html", "text/csv", "text/plain", "application/json"})


class HeadersMiddleware:
    """What every answer says: nobody keeps it, unless its view says otherwise, and what the page may use.

    Pages are about people; who sits down at an office's computer next shall not leaf back to them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.policy = ", ".join(f"{name}={allowed}" for name, allowed in settings.PERMISSIONS_POLICY.items())

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers["Permissions-Policy"] = self.policy
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if is_secret(request.path):  # what the page asks for and leads to is told the host alone
            response.headers["Referrer-Policy"] = "strict-origin"
        return response


class CompressingMiddleware(GZipMiddleware):
    """Pages and tables of text go compressed; pictures, PDFs and office files are compressed within.

    Against guessing a secret by how long the answer is (BREACH): the form's key, which every page holds, is masked
    anew in each (Django); pages of one's own account, where keys of a second factor stand, and those behind a secret
    address go as they are; and the length is blurred by up to a hundred bytes.
    """

    max_random_bytes = 100

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming and response.has_header("Content-Length"):
            return response  # a file: by its length the browser sees that it came whole
        if kind not in COMPRESSED or request.path.startswith("/accounts/") or is_secret(request.path):
            return response
        return super().process_response(request, response)


class SessionMiddleware(sessions.SessionMiddleware):
    """Django's, but for a session that is over: only a page somebody opens takes its cookie away.

    What a script sent with the old cookie may be answered after the reader has signed in
    anew in another tab, and would take the new cookie away.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        is_page = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
        if cookie is not None and not cookie.value and not is_page:
            del response.cookies[settings.SESSION_COOKIE_NAME]
        return response


class ChosenLanguageMiddleware(LocaleMiddleware):
    """The language the reader chose by a click; Vietnamese until then, whatever the browser prefers."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language


def _is_scripts(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


class SignInMiddleware(LoginRequiredMiddleware):
    """Signing in leads back to the page somebody was on; what they typed there is given back to be sent again.

    A script is told that the session is over: it would follow a redirect and take the sign-in page for success.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., Any],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        to_sign_in = super().process_view(request, view_func, view_args, view_kwargs)
        if to_sign_in is None:
            return None
        if _is_scripts(request):
            return HttpResponse(status=401, headers={REFUSAL: "signed-out"})
        if holds_words(request):
            return give_back(request, status=401)
        if request.method == "POST" and (page := came_from(request)):
            return redirect_to_login(page, self.get_login_url(view_func))
        return to_sign_in


class KeepingMiddleware:
    """Acknowledges sent forms, refuses what another person typed, and leads from POST-only addresses to their page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET" and not _is_scripts(request):
            return HttpResponseRedirect(page_of(request.path_info))
        if request.method == "POST" and KEPT in request.POST and self._is_done(request, response):
            value = acknowledged(request.COOKIES.get(KEPT, ""), request.POST[KEPT])
            response.set_cookie(KEPT, value, max_age=600, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
        return response

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.method not in METHODS:  # a view would take it for GET, and may begin a paper
            answer = HttpResponse(status=204) if request.method == "OPTIONS" else HttpResponseNotAllowed(METHODS)
            answer.headers["Allow"] = ", ".join((*METHODS, "OPTIONS"))
            return answer
        typed_by = request.POST.get(KEPT_BY) if request.method == "POST" else None
        if typed_by is None or typed_by == str(request.user.pk):
            return None
        if _is_scripts(request):
            return HttpResponse(status=401, headers={REFUSAL: "somebody-else"})
        raise PermissionDenied(_("Somebody else has signed in on this computer meanwhile. Nothing was saved."))

    @staticmethod
    def _is_done(request: HttpRequest, response: HttpResponseBase) -> bool:
        """A form that was taken leads on; one that leads on with an error was not."""
        told = getattr(messages.get_messages(request), "_queued_messages", [])
        refused = any(message.level >= messages.ERROR for message in told)
        return response.status_code == 302 and not refused
