"""Figures for whoever watches the machine: true, of all workers, and never where strangers come by."""

import datetime as dt
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from django.conf import settings as portal
from django.db import OperationalError

from cluster_portal import metrics
from cluster_portal.configuration import faults
from cluster_portal.models import WorkerBeat
from members.actions.people import renew_invitation
from members.invitations import write_reset_link
from members.models import Letter
from tests.cluster_portal.test_settings import WHOLE, start
from tests.support.factories import NOW
from tests.support.smtp import free_port


@pytest.fixture
def read(monkeypatch, db, settings, tmp_path):
    """The figures at an instant, by name."""
    settings.BACKUP_FOLDER = tmp_path

    def read(now=NOW):
        monkeypatch.setattr(metrics, "timezone", type("Clock", (), {"now": staticmethod(lambda: now)}))
        monkeypatch.setattr(metrics, "connection", type("Open", (), {"close": staticmethod(lambda: None)}))
        return {sample.name: sample.value for told in metrics.Readings().collect() for sample in told.samples}

    return read


def test_of_an_idle_portal_nothing_is_told_that_is_not_known(read):
    assert read() == {
        "portal_database_up": 1, "portal_tasks_waiting": 0, "portal_tasks_running": 0, "portal_tasks_failed": 0,
        "portal_letters_waiting": 0, "portal_letters_due": 0, "portal_letters_failed": 0, "portal_backups": 0,
    }  # fmt: skip


def test_what_waits_is_told_with_its_age(read, liaison, cluster, tmp_path):
    renew_invitation(liaison, by=None, now=NOW, origin="https://portal.example.vn")
    write_reset_link.enqueue("ai-do@example.vn", "https://portal.example.vn", NOW.isoformat())
    WorkerBeat.objects.create(worker="w", seen_at=NOW)
    backup = tmp_path / "portal-1.tar"
    backup.write_bytes(b"x")
    os.utime(backup, (NOW.timestamp(), NOW.timestamp()))

    later = read(NOW + dt.timedelta(minutes=2))
    assert {name: later[name] for name in later if later[name] and "task_oldest" not in name} == {
        "portal_database_up": 1, "portal_tasks_waiting": 1, "portal_worker_seen_seconds": 120,
        "portal_letters_waiting": 1, "portal_letters_due": 1, "portal_letter_oldest_due_seconds": 120,
        "portal_backups": 1, "portal_backup_seconds": 120,
    }  # fmt: skip
    assert "portal_task_oldest_seconds" in later
    Letter.objects.update(state=Letter.State.FAILED)
    assert (read()["portal_letters_failed"], read()["portal_letters_waiting"]) == (1, 0)


def test_a_database_that_is_away_is_told_and_the_rest_of_it_is_not(read, monkeypatch):
    def away(*, now):
        raise OperationalError("gone")

    monkeypatch.setattr(metrics, "_READERS", [away])
    assert read() == {"portal_database_up": 0, "portal_backups": 0}


def test_the_portal_itself_tells_strangers_nothing(client, db, cluster):
    assert [client.get(path).status_code for path in ("/metrics", "/metrics/")] == [404, 404]


@pytest.mark.parametrize(("address", "is_good"), [("127.0.0.1:9109", True), ("[::1]:9109", True), ("9109", False),
                                                  ("http://a:1", False), ("a:b", False), ("a:1/x", False)])  # fmt: skip
def test_the_address_is_judged_at_the_start(address, is_good):
    wrong = [fault.name for fault in faults({**WHOLE, "METRICS": address})]

    assert wrong == ([] if is_good else ["METRICS"])


def test_without_the_setting_nothing_is_counted_and_nothing_listens(tmp_path):
    ran = start("serve_metrics", **WHOLE)

    assert (ran.returncode, ran.stdout) == (0, "METRICS is not set: nothing is told.\n")


ASK = (
    "from django.test import Client; c = Client(HTTP_HOST='portal.example.vn', raise_request_exception=False); "
    "[c.get(path, secure=True) for path in ('/robots.txt', '/robots.txt', '/verify/SECRET/')]"
)


def test_the_answers_of_all_workers_are_added_up_by_page_and_status(tmp_path):
    port = free_port()
    environment = {**WHOLE, "DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3", "MEDIA_ROOT": f"{tmp_path}/media",
                   "BACKUP_FOLDER": f"{tmp_path}/backups", "METRICS": f"127.0.0.1:{port}"}  # fmt: skip
    for _worker in range(2):
        start("shell", "-v", "0", "-c", ASK, **environment)
    command = [sys.executable, "manage.py", "serve_metrics"]
    variables = {"PATH": os.environ["PATH"], **environment}
    with subprocess.Popen(command, cwd=portal.BASE_DIR, env=variables, stdout=subprocess.PIPE) as server:
        try:
            told = scraped(f"http://127.0.0.1:{port}/metrics")
        finally:
            server.send_signal(signal.SIGTERM)

    counts = dict(re.findall(r"^portal_answer_seconds_count\{(.+)\} ([\d.]+)$", told, re.MULTILINE))
    assert counts == {
        'status="200",view="robots"': "4.0",
        'status="500",view="reports:document-verify"': "2.0",  # the database holds no tables
    }
    assert "\nportal_database_up 0.0\n" in told
    assert "SECRET" not in told
    assert server.returncode == 0


def scraped(url):
    for _attempt in range(300):
        try:
            with urllib.request.urlopen(url) as answer:
                return answer.read().decode()
        except urllib.error.URLError:
            time.sleep(0.2)
    raise AssertionError("nobody listens")
