"""`python -m tests.bench.week`: what the week of the deadline costs, request by request, for docs/capacity.md.

Each request goes through the whole stack but the socket and counts as the processor's time this process and
its children took for it: the clock would tell what else the machine does. With SQLite that holds the database's
work, too, with PostgreSQL not. The median of `ROUNDS` counts.

The database that DATABASE_URL names is filled and must be empty.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
from collections.abc import Callable
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.contrib.auth.hashers import PBKDF2PasswordHasher  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from cluster_portal.periods import Period  # noqa: E402
from members.models import Unit, User  # noqa: E402
from reports.models import Submission  # noqa: E402
from reports.submissions import actions  # noqa: E402
from tests.bench.documents import LAST, NOW, fill  # noqa: E402
from tests.reports.submissions.test_form import whole_report  # noqa: E402
from tests.support.factories import RoundFactory  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "9"))
UNITS = 28

#: How often a liaison asks for it in that week. The browser saves when somebody stops typing for 2.5 seconds
#: (`static/js/keeping.js`): an hour and a half of writing is taken as 200 saves.
LIAISON = {"sign in": 2, "home": 4, "form": 14, "save": 200, "check": 3, "preview PDF": 1, "submit": 1, "report": 4,
           "receipt PDF": 1}  # fmt: skip
#: And the secretariat, which looks at 28 reports, accepts them and writes up the comparison.
SECRETARIAT = {"sign in": 10, "home": 30, "board": 80, "report": 60, "report PDF": 28, "accept": 28,
               "comparison": 20, "comparison PDF": 4}  # fmt: skip


def processor_seconds() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def median(work: Callable[[], Any], before: Callable[[], Any] = lambda: None, expected: int = 200) -> float:
    """Milliseconds, after one that does not count."""
    taken = []
    for _round in range(1 + ROUNDS):
        before()
        began = processor_seconds()
        answer = work()
        b"".join(answer)
        taken.append((processor_seconds() - began) * 1000)
        assert answer.status_code == expected, (answer.status_code, getattr(answer, "url", ""))
    return statistics.median(taken[1:])


class Week:
    def __init__(self) -> None:
        unit = Unit.objects.order_by("pk")[0]
        self.round = RoundFactory(period=Period(2022, 2))
        self.liaison = User.objects.create_user("lm@example.vn", full_name="Đầu Mối", role="liaison", unit=unit)
        self.secretary = User.objects.create_user("tk@example.vn", full_name="Thư Ký", role="secretariat")
        self.report = f"/rounds/2022-H2/units/{unit.pk}/"
        self.by, self.unit = Client(), unit
        self.by.force_login(self.liaison)
        self.office = Client()
        self.office.force_login(self.secretary)

    def _submission(self) -> Submission:
        return Submission.objects.get(round=self.round, unit=self.unit)

    def save(self) -> Any:
        found = Submission.objects.filter(round=self.round, unit=self.unit).first()
        self.count = getattr(self, "count", 0) + 1
        typed = {**whole_report(), "section__tasks": f"Tuần tra {self.count} buổi trong tháng tới."}
        return self.by.post(f"{self.report}save/", {**typed, "revision": found.revision if found else 0})

    def take_back(self) -> None:
        held = Submission.objects.filter(round=self.round, unit=self.unit).first()
        if held is not None and held.status == "submitted":
            actions.withdraw(submission=held, revision=held.revision, by=self.liaison, now=NOW)

    def submit(self) -> Any:
        return self.by.post(f"{self.report}submit/", {**whole_report(), "revision": self._submission().revision})

    def reopen(self) -> None:
        held = self._submission()
        if held.status == "accepted":
            actions.reopen(submission=held, comment="Bổ sung.", revision=held.revision, by=self.secretary, now=NOW)
        if self._submission().status != "submitted":
            self.submit()

    def accept(self) -> Any:
        return self.office.post(f"{self.report}accept/", {"revision": self._submission().revision})

    def measured(self) -> dict[str, float]:
        taken = {"save": median(self.save, expected=302), "home": median(lambda: self.by.get("/"))}
        for name, client, path in (
            ("form", self.by, f"{self.report}edit/"),
            ("check", self.by, f"{self.report}check/"),
            ("preview PDF", self.by, f"{self.report}preview.pdf"),
        ):
            taken[name] = median(lambda client=client, path=path: client.get(path))  # type: ignore[misc]
        taken["submit"] = median(self.submit, self.take_back, 302)
        for name, client, path in (
            ("report", self.by, self.report),
            ("receipt PDF", self.by, f"{self.report}receipt.pdf"),
            ("board", self.office, "/rounds/2022-H2/"),
            ("report PDF", self.office, f"{self.report}report.pdf"),
            ("comparison", self.office, f"/summaries/{LAST}/"),
            ("comparison PDF", self.office, f"/summaries/{LAST}/summary.pdf"),
        ):
            taken[name] = median(lambda client=client, path=path: client.get(path))  # type: ignore[misc]
        taken["accept"] = median(self.accept, self.reopen, 302)
        taken["sign in"] = self._sign_in()
        return taken

    def _sign_in(self) -> float:
        """The tests' hasher is a hasty one; the server's own is nearly all of it."""
        began = processor_seconds()
        PBKDF2PasswordHasher().encode("mot-bai-hat-dai", "muoi")
        return (processor_seconds() - began) * 1000 + median(lambda: Client().get("/accounts/login/"))


def main() -> int:
    setup_test_environment()
    call_command("migrate", verbosity=0)
    if Unit.objects.exists():
        print("The database is not empty.", file=sys.stderr)
        return 2
    fill()
    taken = Week().measured()
    print(f"{connection.vendor}; {UNITS} units; medians of {ROUNDS}, in milliseconds of the processor")
    for name, milliseconds in taken.items():
        print(f"{name:16}{milliseconds:8.0f}{LIAISON.get(name, 0):6}{SECRETARIAT.get(name, 0):6}")
    one = sum(taken[name] * times for name, times in LIAISON.items()) / 1000
    office = sum(taken[name] * times for name, times in SECRETARIAT.items()) / 1000
    print(
        f"a liaison's week: {one:.0f} s; the secretariat's: {office:.0f} s; a cluster's: {one * UNITS + office:.0f} s"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
