"""The page on which somebody waits for a file that the worker makes; nobody has to stay on it."""

from __future__ import annotations

import re

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRefresh

from cluster_portal.files.finished_files import progress_of
from members.infrastructure.capabilities import Can, SignedInRequest, requires

#: As many files as one answer may wait for.
KEYS = re.compile(r"[0-9a-f]{64}(\.[0-9a-f]{64}){0,49}")


@requires(Can.SEE_HOME)
def file_progress(request: SignedInRequest) -> HttpResponse:
    """How far what `?of=` names is; `?file=` is the address that was asked for, and is asked for again at the end.

    It tells nothing of what is in a file: who may have that is asked where it is sent.
    """
    keys, file = request.GET.get("of", ""), request.GET.get("file", "")
    is_own = file.startswith("/") and url_has_allowed_host_and_scheme(file, None)
    if not (KEYS.fullmatch(keys) and is_own):
        return redirect("/")
    progress = progress_of(keys.split("."), now=timezone.now())
    if request.htmx and (progress.is_done or progress.has_failed):
        return HttpResponseClientRefresh()
    template = "_file_progress.html" if request.htmx else "file_progress.html"
    response = render(request, template, {"progress": progress, "file": file, "address": request.get_full_path()})
    if progress.is_done:
        response.headers["Refresh"] = f"0; url={iri_to_uri(file)}"
    return response
