"""Issued documents to arrange a test with."""

import datetime as dt

from cluster_portal.periods import Period
from reports.comparison.sources import Days
from reports.comparison.summarise import summarise
from reports.documents import actions
from reports.models import NumberSeries
from tests.support.factories import NOW

ISSUED_ON = dt.date(2022, 7, 4)


def quick_files(report):
    """Files that take no time to write, where a test is about something else."""
    return {"pdf": f"%PDF {report.head.notation} {report.head.verification.code}".encode(), "json": b"{}"}


def verify_at(code):
    return f"https://portal.example.vn/verify/{code}/"


def prepared_draft(period="2022-H1", *, baseline=None):
    summary = summarise(current=Period.parse(period), baseline=Period.parse(baseline) if baseline else None)
    return actions.prepare(summary=summary, by=None, now=NOW)


def signed_off_draft(period="2022-H1", *, baseline=None, corrects=None):
    if corrects:
        draft = actions.begin_correction(document=corrects, by=None, now=NOW)
    else:
        draft = prepared_draft(period, baseline=baseline)
    return actions.sign_off(draft=draft, revision=draft.revision, by=None, now=NOW)


def first_day_to_issue(draft):
    """The day documents bear here; a report on a later period bears the cut-off day of that."""
    ended = Days.of(draft.period.halves).last_of(draft.period) if draft.period else ISSUED_ON
    return max(ISSUED_ON, ended)


def issue(draft, *, on=None, write=quick_files):
    on = on or first_day_to_issue(draft)
    now = NOW.replace(year=on.year, month=on.month, day=on.day)
    return actions.issue(
        draft=draft, revision=draft.revision, issued_on=on, verify_at=verify_at, by=None, now=now, write=write
    )


def issued_report(period="2022-H1", **kwargs):
    return issue(signed_off_draft(period), **kwargs)


def last_number(year=2022):
    return NumberSeries.objects.get(kind="BC", year=year).last
