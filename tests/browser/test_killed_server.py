"""The server's process is killed in the middle of a saving: no word is lost, and none is called saved that isn't."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.db import connection, transaction
from playwright.sync_api import expect

from tests.browser.test_not_one_word_lost import OUTREACH, SOON, TASKS, WORDS, runs, saved, stored, told
from tests.support.factories import RoundFactory

pytestmark = [pytest.mark.parametrize("viewport", ["telephone"], indirect=True)]

HOUSE = Path(__file__).parents[2]
PATIENCE = 120  # seconds, for a process to begin on a busy machine


class Server:
    """The portal as a process of its own, on the database of the test."""

    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.start()

    def start(self):
        command = [sys.executable, "manage.py", "runserver", "--noreload", f"localhost:{self.port}"]
        own = {"DEBUG": "true", "DATABASE_URL": _database(), "DJANGO_SETTINGS_MODULE": "cluster_portal.settings"}
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
    name = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{name['NAME']}"
    return f"postgres://{name['USER']}:{name['PASSWORD']}@{name['HOST']}:{name['PORT']}/{name['NAME']}"


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
