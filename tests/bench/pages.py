"""`make bench`: what every page of the sample costs each role, beside a bare page of the same stack.

Who is signed in follows every link from the first page on; of each kind of page (the name of its URL) the first
`A_KIND` are asked for. An answer costs the processor's time of this process: the first, for which comparisons are put
together and files written, and the median of `ROUNDS` after it, which finds both. They are set against the floor: a
view behind the same middlewares, with the session, the sign-in and one query. It ends with an error where a kind is
over what it may cost (`BUDGETS`). No worker runs, so files are written by the page.

`KEEP=folder` writes every answer there. Two such folders are compared with `diff -rq`: so is shown that a change
of how pages are made changes none of them. Keys of forms and of requests are blanked out, and nothing else.

The database that DATABASE_URL names is filled and must be empty; with `FILLED=yes` it holds the sample already.
"""

from __future__ import annotations

import hashlib
import os
import re
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.template import Context, Template  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.urls import Resolver404, include, path, resolve  # noqa: E402

from members.infrastructure.capabilities import Can, requires  # noqa: E402
from members.models import Cluster, Unit, User  # noqa: E402
from reports import demo  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "3"))
A_KIND = int(os.environ.get("A_KIND", "1"))
FLOOR = "bare-page/"
ROLES = ("secretariat", "chair", "liaison")
#: What a page may cost, in floors, when nothing has changed since it was asked for last; and who may cost more.
BUDGET = 40.0
BUDGETS = {
    # all of a comparison is fetched anew to see whether anything changed
    "reports:comparison-detail": 60.0, "reports:trend-detail": 50.0, "reports:sheet-detail": 60.0,
    "reports:home": 50.0, "reports:figure-list": 60.0,
    # one form of everything that is reported
    "reports:submission-edit": 50.0,
    # the same as files, found on the shelf
    "file": 60.0, "reports:meeting-folder": 80.0,
}  # fmt: skip
#: What the first answer may cost: WeasyPrint's and python-docx' time, and a folder holds a dozen papers.
FIRST_BUDGET = 250.0
FIRST_BUDGETS = {"file": 800.0, "reports:comparison-pdf": 1_600.0, "reports:meeting-folder": 2_500.0}
#: What is another each time: the key of a form, and of whoever asked.
KEYS = re.compile(rb'(csrfmiddlewaretoken" value="|"x-csrftoken": ")[A-Za-z0-9]+')


@requires(Can.SEE_HOME)
def floor(request):
    """What any page takes that tells somebody one thing."""
    page = Template("<!doctype html><title>{{ name }}</title><p>{{ name }}</p>")
    return HttpResponse(page.render(Context({"name": Cluster.get().name})))


urlpatterns = [path(FLOOR, floor), path("", include("cluster_portal.urls"))]


@dataclass(frozen=True)
class Met:
    """An address met on the way, and the milliseconds its first answer took."""

    kind: str
    address: str
    is_file: bool
    first: float


@dataclass(frozen=True)
class Cost:
    milliseconds: float
    queries: int


def links(address: str, body: str) -> Iterator[str]:
    """The addresses a page leads to, without those that leave the house or end the session."""
    for found in re.findall(r'href="([^"#]+)"', body):
        parts = urlsplit(urljoin(address, found.replace("&amp;", "&")))
        if not parts.netloc and not parts.path.startswith(("/static/", "/accounts/logout")):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def kind(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def body_of(response) -> bytes:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return KEYS.sub(rb"\1", content)


def met(client: Client) -> Iterator[Met]:
    """What is to be measured, in the order it is met."""
    waiting, seen, of_kind = ["/"], {"/"}, defaultdict[str, int](int)
    while waiting:
        address = waiting.pop(0)
        name = kind(address)
        if not name or of_kind[name] >= A_KIND:
            continue
        start = time.process_time()
        response = client.get(address)
        if response.status_code != 200:
            continue
        of_kind[name] += 1
        body = body_of(response)
        first = (time.process_time() - start) * 1000
        keep(client, address, body)
        is_file = response.has_header("Content-Disposition")
        yield Met(name, address, is_file, first)
        if not is_file and "html" in response.get("Content-Type", ""):
            fresh = [link for link in links(address, body.decode()) if link not in seen]
            seen.update(fresh)
            waiting.extend(dict.fromkeys(fresh))


def keep(client: Client, address: str, body: bytes) -> None:
    if folder := os.environ.get("KEEP"):
        name = re.sub(r"[^A-Za-z0-9.-]+", "_", address).strip("_")[:80] or "home"
        target = Path(folder) / client.role / f"{name}-{hashlib.sha256(address.encode()).hexdigest()[:6]}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)


def ask(client: Client, address: str) -> Cost:
    with CaptureQueriesContext(connection) as queries:
        body_of(client.get(address))
    number, taken = len(queries), []
    for _round in range(ROUNDS):
        start = time.process_time()
        body_of(client.get(address))
        taken.append((time.process_time() - start) * 1000)
    return Cost(statistics.median(taken), number)


def over_budget(found: Met, cost: Cost, bare: float) -> Iterator[str]:
    """What it costs more than it may."""
    usual = "file" if found.is_file else ""
    for what, took, budgets, most in (
        ("first", found.first, FIRST_BUDGETS, FIRST_BUDGET),
        ("again", cost.milliseconds, BUDGETS, BUDGET),
    ):
        allowed = budgets.get(found.kind, budgets.get(usual, most))
        if took / bare > allowed:
            yield f"{found.address} ({what}: {took / bare:.0f} floors, {allowed:.0f} are allowed)"


ON_DISK = {**settings.STORAGES, "default": {"BACKEND": "cluster_portal.files.kept.KeptFiles"}}


@override_settings(ROOT_URLCONF=__name__, STORAGES=ON_DISK)
def main() -> int:
    setup_test_environment()
    call_command("migrate", verbosity=0)
    if not os.environ.get("FILLED"):
        if Unit.objects.exists():
            print("The database is not empty.", file=sys.stderr)
            return 2
        demo.seed(password="mot-mat-khau-mau")
    over = []
    print(f"{connection.vendor}; medians of {ROUNDS}, in milliseconds of the processor, and in floors")
    for role in ROLES:
        client = Client()
        client.role = role
        client.force_login(User.objects.filter(role=role, is_active=True).order_by("pk").first())
        client.get(f"/{FLOOR}")
        bare = ask(client, f"/{FLOOR}").milliseconds
        print(f"{role}: the floor is {bare:.2f} ms")
        for found in met(client):
            cost = ask(client, found.address)
            first, again = found.first / bare, cost.milliseconds / bare
            print(
                f"{found.kind:36}{found.first:9.1f}{first:8.1f}{cost.milliseconds:9.1f}{again:8.1f}{cost.queries:5}  "
                f"{found.address}",
                flush=True,
            )
            over += [f"{role} {line}" for line in over_budget(found, cost, bare)]
    for line in over:
        print(f"over its budget: {line}", file=sys.stderr)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
