"""Probes, and what is answered and logged while the database is away."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ProgrammingError

from cluster_portal.errors import is_database_away
from tests.cluster_portal.test_settings import WHOLE

ASKING = """
import json
from django.test import Client
told = []
def ask(method, path, **options):
    client = Client(raise_request_exception=False, headers={"host": "portal.example.vn", "x-forwarded-proto": "https"})
    client.cookies["__Host-session"] = "a" * 32
    answer = getattr(client, method)(path, **options)
    known = answer.headers["X-Request-ID"] in answer.content.decode()
    told.append([answer.status_code, answer.headers.get("Retry-After"), known])
ask("get", "/")
ask("get", "/verify/AAAA-BBBB-CCCC/")
ask("post", "/accounts/login/", data={"login": "a@b.vn", "password": "x"})
probe = Client()
print(json.dumps([told, [probe.get(path).content.decode() for path in ("/healthz", "/readyz")]]))
"""


@pytest.mark.parametrize("url", ["postgres://portal@127.0.0.1:9/portal", "sqlite:////proc/portal.sqlite3"])
def test_a_database_that_is_away_is_one_page_and_one_line(url):
    asked = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "shell", "-v", "0", "-c", ASKING],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **WHOLE, "DATABASE_URL": url, "BEHIND_PROXY": "true"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    pages, probes = json.loads(asked.stdout.splitlines()[-1])  # above it the access log
    *lines, _of_the_probe = asked.stderr.splitlines()
    assert pages == [[503, "30", True]] * 3
    assert probes == ["alive\n", "the database does not answer\n"]
    assert len(lines) == 3, asked.stderr
    assert all("the database does not answer" in line and "[request " in line for line in lines)


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_needs_no_host_no_sign_in_and_no_session(db, client, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        answer = client.get(path, headers={"host": "10.0.0.7:8000"})

    assert answer.status_code == 200
    assert answer.content in (b"alive\n", b"ready\n")
    assert not answer.cookies


def test_a_database_newer_than_the_program_is_not_ready(db, client):
    MigrationRecorder(connection).record_applied("reports", "9999_from_the_future")

    assert client.get("/readyz").content == b"the database is newer than the program\n"


def test_a_database_that_waits_for_a_migration_is_not_ready(db, client):
    MigrationRecorder(connection).record_unapplied("members", "0002_table_imports")

    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"the database is older than the program\n")


def test_a_folder_that_takes_no_file_is_not_ready(db, client, settings, tmp_path):
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file" / "media"

    assert client.get("/readyz").content == b"files can't be stored\n"


def test_a_query_that_is_refused_is_a_fault_of_the_portal():
    class Cause(Exception):
        sqlite_errorname = "SQLITE_ERROR"

    refused = OperationalError("too many SQL variables")
    refused.__cause__ = Cause()
    assert not is_database_away(refused)
    assert not is_database_away(ProgrammingError("no such table"))
    assert is_database_away(InterfaceError("connection already closed"))


def test_every_answer_has_a_number_of_its_own(db, client):
    first, second = (client.get("/nowhere/").headers["X-Request-ID"] for _time in range(2))

    assert first != second
