"""Workers of their own processes, killed while they send: nothing is lost, nothing goes twice."""

import asyncio
import os
import random
import subprocess
import sys
import time
from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from members.models import Letter
from tests.support.factories import NOW
from tests.support.letters import letter
from tests.support.smtp import Office, free_port, serving

LETTERS = 60
KILLED = 4
State = Letter.State


class SlowOffice(Office):
    """Takes its time before and after it answers, so that a kill finds a letter under way."""

    async def handle_DATA(self, server, session, envelope):
        answer = await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(0.03)
        return answer


def database_url():
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database['NAME']}").geturl()


@pytest.fixture
def worker():
    """Starts a worker on the test's database; what is still running at the end is ended."""
    begun = []
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cluster_portal.settings",
        "DEBUG": "true",
        "DATABASE_URL": database_url(),
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }

    def start():
        command = [sys.executable, "-W", "ignore", "manage.py", "work"]
        begun.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment))
        return begun[-1]

    yield port, start
    for process in begun:
        process.kill()
        process.wait()


def until(is_so, *, seconds=150):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.02)


def test_letters_outlive_their_workers_and_none_goes_twice(transactional_db, worker):
    port, start = worker
    for number in range(LETTERS):
        letter(f"{number}", address=f"{number}@example.vn", now=NOW)
    office, chance = SlowOffice(), random.Random(20220816)
    with serving(office, port):
        for _kill in range(KILLED):
            before, doomed = len(office.taken), start()
            until(lambda before=before: len(office.taken) > before)
            time.sleep(chance.uniform(0, 0.3))
            doomed.kill()
            doomed.wait()
        last = start()
        until(settled)
        last.terminate()
        assert last.wait(60) == 0
    assert set(Counter(office.addresses).values()) == {1}
    outcomes = Counter(Letter.objects.values_list("state", "fault", "said"))
    assert outcomes[(State.SENT, "", "")] + outcomes[(State.SENDING, "", "")] == LETTERS, outcomes
    assert set(office.addresses) >= set(Letter.objects.filter(state=State.SENT).values_list("address", flat=True))


def settled():
    """Nothing waits; what killed workers had in hand stays so for a while."""
    left = Counter(Letter.objects.values_list("state", flat=True))
    return not left[State.WAITING] and left[State.SENDING] <= KILLED and left[State.SENT] >= LETTERS - KILLED
