"""Thousands of cases of one unit, category and day are not compared each with each."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext

from incidents import duplicates
from incidents.duplicates import KnownIncidents
from incidents.models import Incident
from tests.support.factories import IncidentFactory


def rows(number):
    day = dt.date(2022, 1, 5)
    return [Incident(unit_id=1, category_id=1, happened_on=day, narrative=f"{n * 7919:x} {n:b}") for n in range(number)]


def test_the_work_grows_with_the_rows_and_not_with_their_pairs(monkeypatch):
    compared = []
    monkeypatch.setattr(duplicates, "are_alike", lambda one, other: compared.append(1) and False)
    known = KnownIncidents()
    for row in rows(2000):
        known.like(row)
        known.add(row)
    assert len(compared) <= 2000 * duplicates.MOST_COMPARED


def test_the_same_words_are_recognised_among_thousands():
    known = KnownIncidents()
    for row in rows(300):
        known.add(row)
    assert known.like(rows(300)[299]) == [None]


def test_cases_repeated_come_in_the_order_of_their_recording(db):
    first = IncidentFactory(narrative="Mất trâu")
    same = {"unit": first.unit, "category": first.category, "narrative": "Mất trâu"}
    cases = [first, *(IncidentFactory(**same) for _n in range(2))]
    assert KnownIncidents.around([first]).like(first) == cases


def test_of_a_large_register_only_the_days_asked_about_are_read(db, django_assert_num_queries):
    first = IncidentFactory(narrative="Mất trâu", happened_on=dt.date(2015, 3, 1))
    last = Incident(unit=first.unit, category=first.category, happened_on=dt.date(2022, 3, 1), narrative="Mất bò")
    for day in range(1, 29):
        IncidentFactory(unit=first.unit, category=first.category, happened_on=dt.date(2018, 3, day))
    read = []
    post_init.connect(lambda instance, **_kwargs: read.append(instance), Incident, weak=False, dispatch_uid="read")
    try:
        with django_assert_num_queries(1):
            KnownIncidents.around([first, last])
    finally:
        post_init.disconnect(sender=Incident, dispatch_uid="read")
    assert read == [first]


@pytest.mark.one_database  # SQLite's plan: PostgreSQL reads a small table through whatever indexes there are
def test_cases_to_compare_with_are_found_by_their_day(db):
    row = IncidentFactory()
    with CaptureQueriesContext(connection) as asked:
        KnownIncidents.around([row])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked.captured_queries[0]['sql']}")
        plan = [line[-1] for line in cursor.fetchall() if "incidents_incident" in line[-1]]
    assert plan
    assert all("happened_on=?" in line for line in plan), plan
