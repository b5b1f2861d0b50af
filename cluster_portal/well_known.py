"""What browsers look for at addresses of their own: icon, manifest, robots, where a password is changed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

#: The bar's colour, and the paper's, as `static/css/tokens.css` has them.
RED, PAPER = "#8b1a1a", "#faf8f5"

_DAY = 24 * 60 * 60


def _icon(name: str, size: int, purpose: str) -> dict[str, str]:
    url = staticfiles_storage.url(f"img/{name}")
    return {"src": url, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


@login_not_required
@require_safe
@cache_control(max_age=_DAY)
def manifest(request: HttpRequest) -> HttpResponse:
    """The web application manifest: a telephone that installs the portal shows it as a program of its own.

    It names no cluster, as whoever asks need not be signed in.
    """
    return JsonResponse(
        {
            "name": _("Cluster portal"),
            "short_name": _("Cluster portal"),
            "description": _("Half-year reports, meetings and the register of a safe-area cluster."),
            "lang": request.LANGUAGE_CODE,
            "id": "/",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "theme_color": RED,
            "background_color": PAPER,
            "icons": [
                _icon("portal-192.png", 192, "any"),
                _icon("portal-512.png", 512, "any"),
                _icon("portal-maskable.png", 512, "maskable"),
            ],
        },
        content_type="application/manifest+json",
    )


@login_not_required
@require_safe
@cache_control(max_age=_DAY, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing here is for search engines: it is an office's own work."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@login_not_required
@require_safe
@cache_control(max_age=_DAY, public=True)
def favicon(request: HttpRequest) -> HttpResponse:
    """For programs that look here, not into the page."""
    return redirect(staticfiles_storage.url("img/favicon.ico"))


urlpatterns = [
    path("manifest.webmanifest", manifest, name="manifest"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
    # Password managers lead there (https://w3c.github.io/webappsec-change-password-url/).
    path(
        ".well-known/change-password",
        login_not_required(RedirectView.as_view(pattern_name="account_change_password")),
        name="change-password",
    ),
]
