"""Server or database killed in the middle of a saving: no word is lost, and none is called saved that isn't."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from django.db import connection, transaction
from playwright.sync_api import expect

from tests.browser.test_not_one_word_lost import OUTREACH, SOON, TASKS, WORDS, runs, saved, stored, told
from tests.support.factories import RoundFactory

pytestmark = [pytest.mark.parametrize("viewport", ["telephone"], indirect=True)]

HOUSE = Path(__file__).parents[2]
SHORTCOMINGS = "#id_section__shortcomings"
PATIENCE = 120  # seconds, for a process to begin on a busy machine


class Server:
    """The portal as a process of its own, on the database of the test, with the pages of errors that an office sees."""

    def __init__(self, database_url=None):
        self.database_url = database_url or _database()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.start()

    def start(self):
        command = [sys.executable, "manage.py", "runserver", "--noreload", f"localhost:{self.port}"]
        own = {"DEBUG": "true", "DATABASE_URL": self.database_url, "DJANGO_SETTINGS_MODULE": "tests.settings_served"}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, cwd=HOUSE, env={**os.environ, **own}, **quiet)
        for _try in range(PATIENCE * 4):
            with suppress(OSError):
                urllib.request.urlopen(f"{self.url}/accounts/login/", timeout=PATIENCE).close()
                return
            assert self.process.poll() is None, "the server ended by itself"
            time.sleep(0.25)
        pytest.fail("the server does not answer")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def _database():
    """The address of the test's database."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


@contextmanager
def nobody_else_writes():
    """Whoever saves waits, in the midst of it."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            connection.cursor().execute("LOCK TABLE reports_submission IN EXCLUSIVE MODE")
        yield


@pytest.fixture
def server(transactional_db):
    server = Server()
    yield server
    server.kill()


def test_a_process_killed_while_it_saves_loses_no_word(server, open_page, cluster, unit, liaison):
    opened = RoundFactory()
    page = open_page(liaison)
    page.goto(f"{server.url}/rounds/{opened.period}/units/{unit.pk}/edit/?step=all")
    runs(page)
    page.fill(OUTREACH, "Trước đó.")
    saved(page)

    with nobody_else_writes():
        with page.expect_request("**/save/"):
            page.fill(TASKS, WORDS)
        page.wait_for_timeout(500)  # the process has begun to save, and waits
        server.kill()
    told(page, "máy chủ không trả lời")
    expect(page.locator("#report-state")).not_to_contain_text("Đã lưu lúc")
    assert (stored("section__outreach"), stored()) == ("Trước đó.", "")

    server.start()
    for _try in range(4 * SOON // 1000):
        if stored() == WORDS:
            break
        page.wait_for_timeout(1000)
    assert stored() == WORDS
    expect(page.locator(TASKS)).to_have_value(WORDS)
    saved(page)
    open_page.complaints.clear()  # it is another host than the one the other tests ask


class OwnPostgres:
    """A PostgreSQL server of its own with a copy of the test's database, which can be killed and come back."""

    def __init__(self):
        command = [".ci/with-postgres", "sh", "-c", "echo $DATABASE_URL; exec sleep 1000"]
        self.keeper = subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, text=True, start_new_session=True)
        self.url = self.keeper.stdout.readline().strip()
        self.home = Path(self.url.partition("host=")[2])
        self.again = None
        copy = (
            f"pg_dump --no-owner {shlex.quote(_database())} | psql --quiet --output=/dev/null {shlex.quote(self.url)}"
        )
        subprocess.run(copy, shell=True, check=True, stderr=subprocess.PIPE)

    def typed(self, name):
        with closing(psycopg2.connect(self.url)) as asking, asking.cursor() as cursor:
            cursor.execute("SELECT typed->>%s FROM reports_submission", [name])
            return cursor.fetchone()[0] or ""

    @contextmanager
    def nobody_else_writes(self):
        """Whoever saves waits, in the midst of it; the server that keeps them waiting may be gone afterwards."""
        holding = psycopg2.connect(self.url)
        holding.cursor().execute("LOCK TABLE reports_submission IN EXCLUSIVE MODE")
        yield
        holding.close()

    def kill(self):
        os.kill(
            int((self.home / "data/postmaster.pid").read_text().split()[0]), signal.SIGQUIT
        )  # at once, in the midst of all
        while (self.home / "data/postmaster.pid").exists():
            time.sleep(0.1)

    def start(self):
        command = shlex.split((self.home / "data/postmaster.opts").read_text())
        if os.getuid() == 0:
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command]
        self.again = subprocess.Popen(command, cwd=self.home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _try in range(PATIENCE * 4):
            with suppress(psycopg2.OperationalError):
                psycopg2.connect(self.url).close()
                return
            time.sleep(0.25)
        pytest.fail("the database does not come back")

    def end(self):
        os.killpg(self.keeper.pid, signal.SIGTERM)
        self.keeper.wait()
        self.keeper.stdout.close()
        if self.again:
            self.again.wait()


@pytest.fixture
def own_postgres(transactional_db):
    """To be asked for by name, once the rows are there that it is to hold."""
    own = []

    def copied():
        own.append(OwnPostgres())
        return own[0]

    yield copied
    for each in own:
        each.end()


@pytest.mark.both_databases
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is no server that can be killed")
def test_a_database_killed_while_it_saves_loses_no_word(own_postgres, open_page, cluster, unit, liaison):
    opened = RoundFactory()
    page = open_page(liaison)
    database = own_postgres()
    server = Server(database.url)
    try:
        page.goto(f"{server.url}/rounds/{opened.period}/units/{unit.pk}/edit/?step=all")
        runs(page)
        page.fill(OUTREACH, "Trước đó.")
        saved(page)

        with database.nobody_else_writes():
            with page.expect_request("**/save/"):
                page.fill(TASKS, WORDS)
            page.wait_for_timeout(500)  # the database has begun to save, and waits
            database.kill()
        told(page, "máy chủ không trả lời")
        expect(page.locator("#report-state")).not_to_contain_text("Đã lưu lúc")
        page.fill(SHORTCOMINGS, WORDS)  # typed while it is away

        database.start()
        assert database.typed("section__outreach") == "Trước đó."
        for _try in range(4 * SOON // 1000):
            if database.typed("section__shortcomings") == WORDS:
                break
            page.wait_for_timeout(1000)
        assert [database.typed(name) for name in ("section__tasks", "section__shortcomings")] == [WORDS, WORDS]
        expect(page.locator(TASKS)).to_have_value(WORDS)
        saved(page)
    finally:
        server.kill()
        open_page.complaints.clear()  # it is another host than the one the other tests ask
