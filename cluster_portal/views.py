"""Small answers for the scripts of every page."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views import csrf
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cluster_portal.keeping import REFUSAL
from cluster_portal.unsent import give_back, holds_words

SERVICE_WORKER = Path(settings.BASE_DIR) / "static" / "js" / "service-worker.js"


@login_not_required
@never_cache
@require_safe
def presence(request: HttpRequest) -> JsonResponse:
    """Who is signed in now, and the token their forms need."""
    user = str(request.user.pk) if request.user.is_authenticated else ""
    return JsonResponse({"user": user, "token": get_token(request)})


@login_not_required
@never_cache
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that opens a form without a line; it may only answer for addresses below its own."""
    return HttpResponse(SERVICE_WORKER.read_bytes(), content_type="text/javascript")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a token that doesn't fit, which gives back what was typed; a script is told what was refused."""
    is_scripts = request.headers.get("HX-Request") == "true"
    if not is_scripts and holds_words(request):
        response = give_back(request, status=403 if request.user.is_authenticated else 401)
    else:
        response = csrf.csrf_failure(request, reason=reason)
    response.headers[REFUSAL] = "csrf"
    return response
