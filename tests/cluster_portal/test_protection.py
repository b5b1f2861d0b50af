"""What every answer, cookie and file of the portal is like, whatever a view does."""

import gzip
import io
import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.db import connection

from cluster_portal.files.sending import send_file
from cluster_portal.middleware import CompressingMiddleware
from tests.cluster_portal.test_settings import WHOLE, start
from tests.support.factories import IncidentFactory

HEAD = "private, no-store"


@pytest.mark.parametrize("path", ["/", "/units/", "/audit/", "/no-such-page/", "/accounts/2fa/"])
def test_nobody_keeps_a_page_on_its_way(as_user, secretariat, cluster, path):
    answer = as_user(secretariat).get(path)

    assert answer.headers["Cache-Control"] == HEAD


def test_what_is_for_all_may_be_kept(client, db):
    assert client.get("/robots.txt").headers["Cache-Control"] == "max-age=86400, public"


def test_a_page_may_use_nothing_of_the_device_but_a_passkey(client, cluster):
    headers = client.get("/accounts/login/").headers

    policy = dict(part.split("=") for part in headers["Permissions-Policy"].split(", "))
    assert {name for name, allowed in policy.items() if allowed != "()"} == {
        "publickey-credentials-create", "publickey-credentials-get",
    }  # fmt: skip
    assert {"camera", "microphone", "geolocation", "usb"} <= set(policy)
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


ASKING = (
    "from django.test import Client; c = Client(HTTP_HOST='portal.example.vn'); "
    "r = c.get('/accounts/login/', secure=True); c.post('/language/', {'language': 'vi'}, secure=True); "
    "from members.models import User; u = User.objects.create(email='a@b.vn', full_name='A', role='chair'); "
    "c.force_login(u); print(); [print(m.OutputString()) for m in {**c.cookies}.values()]; "
    "print(r.headers['Strict-Transport-Security'])"
)


@pytest.fixture
def served(new_installation, tmp_path):
    whole = {**WHOLE, "DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3", "STATIC_ROOT": f"{tmp_path}/static"}
    shutil.copy(new_installation, tmp_path / "portal.sqlite3")
    start("collectstatic", "--no-input", **whole)
    return whole


def said(run):
    """What the shell printed, without the access log, which goes to the same place."""
    return [line for line in run.stdout.splitlines() if line and not line.startswith('{"method"')]


def test_on_a_server_cookies_belong_to_this_host_alone(served, tmp_path):
    *cookies, transport = said(start("shell", "-v", "0", "-c", ASKING, **served))

    assert {cookie.partition("=")[0] for cookie in cookies} == {"__Host-session", "__Host-csrf", "__Host-language"}
    for cookie in cookies:
        assert "Secure" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie.replace("Domain=None", "")  # so the test client writes the one it made itself
    assert transport == "max-age=31536000; includeSubDomains; preload"

    softer = {"SECURE_HSTS_INCLUDE_SUBDOMAINS": "false", "SECURE_HSTS_PRELOAD": "false"}
    asking = ASKING.replace("a@b.vn", "c@b.vn")
    assert said(start("shell", "-v", "0", "-c", asking, **served, **softer))[-1] == "max-age=31536000"


def test_a_database_the_portal_makes_is_for_nobody_else_to_read(new_installation):
    assert new_installation.stat().st_mode & 0o077 == 0


def test_the_shared_cache_holds_no_program(db):
    cache.set("attempts", [1.5, "một", True], 60)

    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM portal_cache WHERE cache_key LIKE %s", ["%attempts"])
        assert cursor.fetchone() == ('[1.5, "m\\u1ed9t", true]',)
    assert cache.get("attempts") == [1.5, "một", True]


def test_a_pickle_that_stands_in_the_cache_is_not_read(db):
    cache.set("attempts", 1, 60)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE portal_cache SET value = %s", ["gASVJQAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjApldmlsIC4uLi4ulIWUUpQu"]
        )

    assert cache.get("attempts", "nothing") == "nothing"


def test_the_shared_cache_forgets_counts_and_is_added_to_once(db):
    assert cache.add("lock", True, 60)
    assert not cache.add("lock", True, 60)
    assert cache.touch("lock", -1)
    assert cache.add("lock", True, 60)
    cache.set("count", 1)
    assert cache.incr("count") == 2
    assert cache.has_key("count")
    assert cache.delete("count")
    assert not cache.delete("count")
    cache.set("for-ever", 1, None)
    assert cache.get("for-ever") == 1
    cache.clear()
    assert cache.get("for-ever") is None


def test_a_full_cache_drops_what_ends_first(db, monkeypatch):
    monkeypatch.setattr(caches["default"], "_max_entries", 2)
    for name, seconds in [("old", -1), ("short", 10), ("long", 100), ("longest", 1000)]:
        cache.set(name, 1, seconds)

    assert [bool(cache.get(name)) for name in ("old", "short", "long", "longest")] == [False, False, True, True]


def test_no_module_but_the_one_that_asks_a_child_reads_pickles():
    apps = ("cluster_portal", "members", "meetings", "incidents", "reports")
    sources = [path for app in apps for path in Path(settings.BASE_DIR, app).rglob("*.py")]
    reading = [path.name for path in sources if re.search(r"pickle\.loads?\(", path.read_text(encoding="utf-8"))]
    assert reading == ["child.py"]


@pytest.mark.parametrize(
    ("path", "is_smaller"),
    [("/units/", True), ("/help/", True), ("/incidents/export/csv/", True), ("/accounts/login/", False),
     ("/accounts/2fa/", False), ("/accounts/password/reset/key/5-cxn/", False), ("/incidents/export/xlsx/", False)],
)  # fmt: skip
def test_pages_go_compressed_but_those_with_secrets(as_user, secretariat, cluster, path, is_smaller):
    IncidentFactory.create_batch(20)
    plain = as_user(secretariat).get(path)
    answer = as_user(secretariat).get(path, headers={"Accept-Encoding": "gzip"})

    assert (answer.headers.get("Content-Encoding") == "gzip") is is_smaller
    if is_smaller and not answer.streaming:
        assert len(answer.content) < len(plain.content) / 2
        assert len(gzip.decompress(answer.content)) == len(plain.content)


@pytest.mark.parametrize("kind", ["application/json", "text/csv; charset=utf-8"])
def test_an_open_file_goes_with_its_length(rf, kind):
    """By it a browser sees that it was cut off; compressed as it comes it would have none."""
    content = b"1234567890" * 100
    middleware = CompressingMiddleware(lambda request: send_file(io.BytesIO(content), name="x", content_type=kind))

    answer = middleware(rf.get("/", headers={"Accept-Encoding": "gzip"}))

    assert (answer["Content-Length"], b"".join(answer)) == ("1000", content)
