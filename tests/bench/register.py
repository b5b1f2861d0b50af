"""`make bench`: how the list of cases answers with 1,000 and with 100,000 of them.

Each page is asked for as the secretariat does, through the whole stack but the socket;
the median of `ROUNDS` answers counts. It is set against the same page of a thousand
cases, and against a bare view that shows one page of rows and does nothing else. It
ends with an error where more cases take more queries, and where a rare word among many
cases takes more than `RARE` times the first page. `SIZES=1000,1000000` takes other sizes.

The database that DATABASE_URL names is filled and must be empty.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.urls import include, path  # noqa: E402

from cluster_portal.text import fold  # noqa: E402
from incidents.models import Category, Incident  # noqa: E402
from incidents.views.register import PER_PAGE  # noqa: E402
from members.infrastructure.capabilities import Can, requires  # noqa: E402
from members.models import Unit, User  # noqa: E402

SIZES = tuple(map(int, os.environ.get("SIZES", "1000,100000").split(",")))
ROUNDS = 9
FEW, MANY = SIZES
#: One case in a thousand has a word that the others don't; to find them may take so many times the first page.
RARE_WORD, EVERY, RARE = "máy bay", 1_000, 1.5
NOW = datetime(2022, 7, 4, 9, tzinfo=timezone.utc)  # noqa: UP017
WORDS = [
    *("kẻ", "gian", "đột", "nhập", "nhà", "dân", "lấy", "trộm", "cắp", "xe", "đạp", "điện", "máy", "bơm", "gà", "vịt"),
    *("thôn", "xóm", "ngã", "ba", "chợ", "đêm", "khuya", "công", "an", "tổ", "tự", "quản", "tuần", "tra", "phát"),
    *("hiện", "đuổi", "bắt", "bàn", "giao", "va", "chạm", "thông", "ô", "tô", "bị", "thương", "cháy", "bếp", "rơm"),
]
BARE = "bare/"


@requires(Can.SEE_INCIDENTS)
def bare(request):
    """One page of rows in the same table, with no filter, count or order of its own."""
    rows = Incident.objects.select_related("unit", "category").defer("search_text", "handling")[:PER_PAGE]
    return render(request, "incidents/_incident_table.html", {"incidents": rows})


urlpatterns = [path("", include("cluster_portal.urls")), path(BARE, bare)]


@dataclass(frozen=True)
class Answer:
    milliseconds: float
    queries: int


def pages() -> dict[str, str]:
    last = Incident.objects.count() // PER_PAGE
    some = Unit.objects.first().pk
    return {
        "bare view of one page": f"/{BARE}",
        "page 1": "/incidents/",
        "middle page": f"/incidents/?page={last // 2}",
        "last page": f"/incidents/?page={last}",
        "unit, period": f"/incidents/?unit={some}&period=2021",
        "sorted by unit": "/incidents/?sort=unit",
        "sorted by severity, last page": f"/incidents/?sort=-severity&page={last}",
        "search “trom cap”": "/incidents/?q=trom+cap",
        "search, last page": f"/incidents/?q=xe+dap&page={last}",
        "search, a rare word": "/incidents/?q=bay",
        "search that finds nothing": "/incidents/?q=khong+co+gi",
    }


def fill(until: int) -> None:
    """Add cases until there are so many: the same each time."""
    dice = random.Random(until)
    units, categories = list(Unit.objects.all()), list(Category.objects.all())
    missing = until - Incident.objects.count()
    for start in range(0, missing, 5_000):
        rows = [_case(dice, units, categories, row) for row in range(min(5_000, missing - start))]
        Incident.objects.bulk_create(rows, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _case(dice: random.Random, units: list[Unit], categories: list[Category], row: int) -> Incident:
    narrative = " ".join([*dice.choices(WORDS, k=40), *([RARE_WORD] if row % EVERY == 0 else [])])
    happened_on = date(2012, 1, 1) + timedelta(days=dice.randrange(3_800))
    return Incident(
        unit=dice.choice(units),
        category=dice.choice(categories),
        severity=dice.choice((0, 0, 0, 1, 2, 3)),
        happened_on=happened_on,
        place="Thôn Mẫu",
        narrative=narrative,
        search_text=fold(f"{narrative} Thôn Mẫu"),
        recorded_at=NOW,
    )


def ask(client: Client, url: str) -> Answer:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    number = len(queries)  # counted before the next request clears the log
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        client.get(url)
        times.append(time.perf_counter() - start)
    return Answer(statistics.median(times) * 1000, number)


@override_settings(ROOT_URLCONF=__name__)
def main() -> int:
    setup_test_environment()
    call_command("migrate", verbosity=0)
    if Unit.objects.exists():
        print("The database is not empty.", file=sys.stderr)
        return 2
    Unit.objects.bulk_create(
        Unit(name=f"Xã {n:02d}", short_name=f"X{n:02d}", kind="commune", order=n, joined_on=date(2010, 1, 1))
        for n in range(28)
    )
    client = Client()
    client.force_login(User.objects.create_user("bench@example.vn", full_name="Bench", role="secretariat"))
    answers: dict[int, dict[str, Answer]] = {}
    for size in SIZES:
        fill(size)
        answers[size] = {name: ask(client, url) for name, url in pages().items()}
    report(answers)
    grown = [name for name in answers[MANY] if answers[MANY][name].queries > answers[FEW][name].queries]
    if grown:
        print(f"More cases take more queries: {', '.join(grown)}", file=sys.stderr)
    rare = answers[MANY]["search, a rare word"].milliseconds / answers[MANY]["page 1"].milliseconds
    if rare > RARE:
        print(f"A rare word takes {rare:.1f} times the first page, {RARE} are allowed.", file=sys.stderr)
    return 1 if grown or rare > RARE else 0


def report(answers: dict[int, dict[str, Answer]]) -> None:
    basis = answers[MANY]["bare view of one page"].milliseconds
    print(f"{connection.vendor}; medians of {ROUNDS}, in milliseconds")
    print(f"{'page of the list':32}{f'{FEW:,}':>10}{f'{MANY:,}':>10}{'ratio':>8}{'to bare':>9}{'queries':>9}")
    for name, many in answers[MANY].items():
        few = answers[FEW][name]
        print(
            f"{name:32}{few.milliseconds:10.1f}{many.milliseconds:10.1f}{many.milliseconds / few.milliseconds:8.1f}"
            f"{many.milliseconds / basis:9.1f}{many.queries:9}"
        )


if __name__ == "__main__":
    sys.exit(main())
