"""`make bench`: how long the comparison takes as page, object and file, for 28 units and 20 half-years.

Each is set against a bare WeasyPrint rendering of the same finished HTML, which is the
least a PDF can take. It ends with an error where our PDF takes half as long again.

The database that DATABASE_URL names is filled and must be empty.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timezone

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from weasyprint import HTML  # noqa: E402

from cluster_portal.files.pdf import STATIC, document_html  # noqa: E402
from cluster_portal.periods import Period  # noqa: E402
from incidents.models import Category  # noqa: E402
from members.letterhead import build_letterhead  # noqa: E402
from members.models import Cluster, Unit, User  # noqa: E402
from reports.comparison import sources  # noqa: E402
from reports.comparison.summarise import compose, summarise  # noqa: E402
from reports.content import MEASURES, CategoryFigures, Measure, SubmissionContent  # noqa: E402
from reports.files import pdf_file, word_file, workbook_file  # noqa: E402
from reports.files.summary_report import build_report  # noqa: E402
from reports.submissions import actions  # noqa: E402
from reports.submissions.figure_import import ImportedSubmission  # noqa: E402

UNITS, HALF_YEARS = 28, 20
ROUNDS = 5
MOST_TIMES_BARE = 1.5
NOW = datetime(2022, 7, 4, 9, tzinfo=timezone.utc)  # noqa: UP017
LAST = Period(2022, 1)
BARE = "PDF, bare WeasyPrint"


def fill() -> None:
    """Accepted reports of all units over all half-years: the same each time."""
    dice = random.Random(UNITS)
    Cluster.objects.create(pk=1, name="Cụm", short_name="Cụm", issuer_line="CỤM", place="Sóc Sơn")
    kinds = Unit.Kind.values
    Unit.objects.bulk_create(
        Unit(name=f"Đơn vị mẫu {n:02d}", short_name=f"M{n:02d}", kind=kinds[n % 5], order=n, joined_on=date(2000, 1, 1))
        for n in range(UNITS)
    )
    periods, codes = [LAST], list(Category.objects.values_list("code", flat=True))
    while len(periods) < HALF_YEARS:
        periods.append(periods[-1].previous)
    reports = [
        ImportedSubmission(unit, period, SubmissionContent(categories={code: _figures(dice) for code in codes}))
        for period in periods
        for unit in Unit.objects.all()
    ]
    actions.import_figures(reports=reports, by=None, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _figures(dice: random.Random) -> CategoryFigures:
    cases = dice.randrange(40)
    values: dict[Measure, int | None] = {measure: dice.randrange(cases + 1) for measure in MEASURES}
    return CategoryFigures({**values, Measure.CASES: cases, Measure.DAMAGE: dice.randrange(10**9)})


def medians(works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The median milliseconds of some rounds, after one that does not count.

    Each round does everything once, so that whatever else the machine does falls on all alike.
    """
    times: dict[str, list[float]] = {name: [] for name in works}
    for _round in range(1 + ROUNDS):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            times[name].append((time.perf_counter() - start) * 1000)
    return {name: statistics.median(taken[1:]) for name, taken in times.items()}


def main() -> int:
    setup_test_environment()
    call_command("migrate", verbosity=0)
    if Unit.objects.exists():
        print("The database is not empty.", file=sys.stderr)
        return 2
    fill()
    client = Client()
    client.force_login(User.objects.create_user("bench@example.vn", full_name="Bench", role="chair"))
    report = build_report(summarise(current=LAST), build_letterhead(Cluster.get(), on=None))
    html = document_html(pdf_file.TEMPLATE, vars(report))
    works: dict[str, Callable[[], object]] = {
        "summary object, first": lambda: compose.__wrapped__(sources.load(LAST, LAST.same_period_last_year, past=6)),
        "summary object, again": lambda: summarise(current=LAST),
        "summary page": lambda: client.get(f"/summaries/{LAST}/"),
        BARE: lambda: HTML(string=html, base_url=STATIC.as_uri() + "/").write_pdf(pdf_variant="pdf/ua-1"),
        "PDF": lambda: pdf_file.write(report),
        "DOCX": lambda: word_file.write(report),
        "XLSX": lambda: workbook_file.write(report),
    }
    taken = medians(works)
    print(f"{connection.vendor}; {UNITS} units, {HALF_YEARS} half-years; medians of {ROUNDS}, in milliseconds")
    for name, time_taken in taken.items():
        print(f"{name:32}{time_taken:10.1f}{time_taken / taken[BARE]:8.2f} of a bare PDF")
    if taken["PDF"] > taken[BARE] * MOST_TIMES_BARE:
        print("The PDF takes much longer than the rendering alone.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
