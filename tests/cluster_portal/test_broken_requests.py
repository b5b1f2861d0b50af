"""What no page can read is answered by 400, never by 500; the log says it in one line."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n'
BROKEN = {
    "utf-16": ("application/x-www-form-urlencoded; charset=utf-16", "email=á".encode("utf-16")),
    "no such encoding": ("application/x-www-form-urlencoded; charset=nonsense", b"a=b"),
    "no utf-8": ("application/x-www-form-urlencoded", b"\xff\xfe=%ff%00&\x00=\x00"),
    "no boundary": ("multipart/form-data", b"no boundary"),
    "multipart in utf-16": ("multipart/form-data; boundary=x; charset=utf-16", PART + b"\r\nb\r\n--x--"),
    "a boundary out of ASCII": ("multipart/form-data; boundary=\xe9", b"--x"),
    "no end": ("multipart/form-data; boundary=x", PART + b"\r\nb"),
    "no base64": ("multipart/form-data; boundary=x", PART + b"Content-Transfer-Encoding: base64\r\n\r\n!\r\n--x--"),
    "3000 fields": ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(3000))),
    "3 MB": ("application/x-www-form-urlencoded", b"a=" + b"x" * 3_000_000),
}
PAGES = ["/accounts/login/", "/language/", "/nowhere/", "/units/new/", "/units/import/", "/meetings/plan/"]


@pytest.mark.parametrize("checks_token", [False, True])
@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_post_is_no_error_of_the_portal(cluster, secretariat, what, checks_token):
    kind, body = BROKEN[what]
    client = Client(enforce_csrf_checks=checks_token, raise_request_exception=False)
    client.force_login(secretariat)

    answers = {page: client.generic("POST", page, body, kind).status_code for page in PAGES}

    assert [page for page, status in answers.items() if status >= 500] == []
    if what in ("utf-16", "3 MB") and checks_token:
        assert answers["/units/new/"] in (400, 403)


def test_what_is_answered_says_what_to_do(client, db):
    response = client.generic("POST", "/language/", b"a=1", "application/x-www-form-urlencoded; charset=utf-16")

    assert response.status_code == 400
    assert "Lỗi 400" in response.content.decode()


def test_a_wrong_host_writes_one_line():
    asking = "from django.test import Client; print(Client().get('/', headers={'host': 'evil.example'}).status_code)"
    environment = {
        "PATH": os.environ["PATH"],
        "DEBUG": "false",
        "SECRET_KEY": "k" * 20 + "0123456789-abcdefghijklmnopqrstuvwxyz",
        "ALLOWED_HOSTS": "portal.example.vn",
        "DATABASE_URL": "sqlite:////tmp/portal-that-nobody-made.sqlite3",
        "EMAIL_URL": "consolemail://",
    }
    ran = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", asking],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip

    told = [line for line in ran.stdout.splitlines() if not line.startswith('{"method"')]  # the access log
    assert told == ["400"]
    # (The other lines warn that no static files are collected here.)
    assert [line for line in ran.stderr.splitlines() if "evil.example" in line or line.startswith("  File")] == [
        line for line in ran.stderr.splitlines() if "django.security.DisallowedHost" in line
    ]
    assert "Traceback" not in ran.stderr
    assert "evil.example" in ran.stderr
