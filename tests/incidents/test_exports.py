"""An export is whole, or whoever asked for it sees that it isn't."""

import gzip
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cluster_portal.models import FinishedFile, WorkerBeat
from incidents import exports
from members.infrastructure.audit import AuditEntry
from tests.support.factories import IncidentFactory
from tests.support.worker import work

CSV = reverse("incidents:incident-export-csv")
PACKED = {"HTTP_ACCEPT_ENCODING": "gzip"}


@pytest.fixture
def many(db, unit, monkeypatch):
    """More cases than are written at once, and a worker that is alive."""
    monkeypatch.setattr(exports, "MOST_AT_ONCE", 2)
    WorkerBeat.objects.create(worker="alive", seen_at=timezone.now())
    return [IncidentFactory(unit=unit, narrative=f"Mất con trâu thứ {number}") for number in range(3)]


def ask(client, **asked):
    """Where the page of progress leads to in the end."""
    response = client.get(CSV, asked)
    assert response.status_code == 302, response
    return parse_qs(urlsplit(response.url).query)["file"][0]


def text(response):
    content = b"".join(response) if response.streaming else response.content
    assert int(response["Content-Length"]) == len(content)
    unpacked = gzip.decompress(content) if response.get("Content-Encoding") == "gzip" else content
    return unpacked.decode("utf-8-sig")


@pytest.mark.parametrize("told", [{}, PACKED], ids=["plain", "packed"])
def test_a_short_one_is_sent_at_once_with_its_length(as_user, secretariat, cluster, told):
    IncidentFactory(narrative="Mất con trâu thứ nhất " * 20)
    response = as_user(secretariat).get(CSV, **told)
    assert len(text(response).splitlines()) == 2
    assert response.get("Content-Encoding", "") == told.get("HTTP_ACCEPT_ENCODING", "")


@pytest.mark.parametrize("told", [{}, PACKED], ids=["plain", "packed"])
def test_a_long_one_is_the_workers_and_sent_with_its_length(as_user, secretariat, cluster, many, told, monkeypatch):
    client = as_user(secretariat)
    file = ask(client, q="trau")
    assert "chờ đến lượt" in client.get(client.get(CSV).url).text

    work()
    response = client.get(file, **told)

    assert response["Content-Disposition"].startswith("attachment")
    lines = text(response).splitlines()
    assert len(lines) == 4
    monkeypatch.setattr(exports, "MOST_AT_ONCE", 20)
    assert lines == text(client.get(CSV, {"q": "trau"})).splitlines()


def test_without_a_worker_a_long_one_is_written_at_once(as_user, secretariat, cluster, many):
    WorkerBeat.objects.all().delete()
    assert len(text(as_user(secretariat).get(CSV)).splitlines()) == 4


def test_somebody_elses_ticket_opens_nothing(as_user, secretariat, liaison, other_unit, cluster, many):
    kept = IncidentFactory(unit=other_unit, narrative="Chuyện kín")
    file = ask(as_user(secretariat))
    work()

    response = as_user(liaison).get(file)

    assert response.status_code == 302  # a file of their own is asked for
    assert "của mình" not in response.url
    work()
    own = as_user(liaison).get(parse_qs(urlsplit(response.url).query)["file"][0])
    assert kept.narrative not in text(own)
    assert len(text(as_user(liaison).get(parse_qs(urlsplit(response.url).query)["file"][0])).splitlines()) == 4


def test_who_may_no_longer_see_the_register_gets_none(as_user, secretariat, cluster, many, caplog):
    client = as_user(secretariat)
    ask(client)
    secretariat.is_active = False
    secretariat.save()

    work(may_fail=True)

    assert FinishedFile.objects.get().has_failed
    assert DBTaskResult.objects.get().status == "FAILED"


def test_a_task_that_runs_twice_writes_once(as_user, secretariat, cluster, many):
    ask(as_user(secretariat))
    work()
    content = FinishedFile.objects.get().content
    task = DBTaskResult.objects.get()
    exports.make_csv.func(**task.args_kwargs["kwargs"])
    assert bytes(FinishedFile.objects.get().content) == bytes(content)


def test_each_asking_leaves_its_trace_and_each_is_written_anew(as_user, secretariat, cluster, many):
    client = as_user(secretariat)
    first = ask(client)
    work()
    IncidentFactory(unit=many[0].unit)
    second = ask(client)
    work()
    assert [len(text(client.get(file)).splitlines()) for file in (first, second)] == [4, 5]
    counts = [entry.changes["cases"][1] for entry in AuditEntry.objects.filter(verb="incident.exported").order_by("pk")]
    assert counts == [3, 4]
