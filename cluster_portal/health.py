"""Whether the portal lives and is ready: for load balancers and timers, without session, sign-in or host name."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone  # a probe stands where a view would

from cluster_portal.files.media import what_is_wrong
from cluster_portal.worker import is_worker_alive


class ProbeMiddleware:
    """Answers `/healthz`, `/readyz`, `/workerz` before anything else looks at the request: probes know no host name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        probe = {"/healthz": alive, "/readyz": ready, "/workerz": worked}.get(request.path_info)
        if probe is None or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        response = probe()
        response.headers["Cache-Control"] = "no-store"
        return response


def alive() -> HttpResponse:
    """This process answers; says nothing of what it needs."""
    return HttpResponse("alive\n", content_type="text/plain")


def ready() -> HttpResponse:
    """503 with what is missing, one a line, where people would get errors."""
    missing = unready()
    return HttpResponse(
        "".join(f"{line}\n" for line in missing or ["ready"]),
        content_type="text/plain",
        status=503 if missing else 200,
    )


def worked() -> HttpResponse:
    """503 where no worker is alive: pages answer all the same, but e-mails and long work wait."""
    try:
        is_alive = is_worker_alive(now=timezone.now())  # the clock: it answers in a view's place
    except Error:
        is_alive = False
    told = "a worker is alive" if is_alive else "no worker is alive"
    return HttpResponse(f"{told}\n", content_type="text/plain", status=200 if is_alive else 503)


def unready() -> list[str]:
    """What keeps the portal from working, without a detail that would tell a stranger about the machine."""
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except Error:
        return ["the database does not answer", *_media()]
    found = []
    if known_migrations() - applied:
        found.append("the database is older than the program")
    if _are_newer(applied):
        found.append("the database is newer than the program")
    return found + _media()


def is_database_newer() -> bool:
    """Whether a newer version of the program migrated the database. Raises `django.db.Error`."""
    return _are_newer(set(MigrationRecorder(connection).applied_migrations()))


def _are_newer(applied: set[tuple[str, str]]) -> bool:
    """A package that is no longer used may leave its steps behind; an app of ours that has unknown ones is newer."""
    ours = {app for app, _name in known_migrations()}
    return any(app in ours for app, _name in applied - known_migrations())


def _media() -> list[str]:
    wrong = what_is_wrong()
    return [wrong] if wrong else []


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Those the program brings along."""
    return frozenset(MigrationLoader(None).disk_migrations or ())
