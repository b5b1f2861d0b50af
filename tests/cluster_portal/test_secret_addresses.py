"""What a link opens stays between who sent it and who holds it: no line of a log, no trail, no other page has it."""

import json
import logging
import re
import time
from urllib.parse import quote

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from cluster_portal.logs import access
from cluster_portal.secret_addresses import NAMES, PLACES, Masked, is_secret, masked
from members.invitations import password_link
from members.models import AuditEntry
from tests.cluster_portal.test_settings import WHOLE, start
from tests.support.url_args import values_for

#: Arguments that are words and open nothing: what kind of paper, which form of a file, which list; the pages of which
#: state of a draft, which is shown to who may read that draft.
PUBLIC = {"kind", "form", "what", "of"}
NUMBERS = {"int", "period", "half_year"}


def patterns(entries=None, before=""):
    """Each address of the portal, and its arguments that are words."""
    for entry in entries or get_resolver().url_patterns:
        route = before + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLResolver):
            yield from patterns(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            yield route, {word for way, word in re.findall(r"<(?:(\w+):)?(\w+)>", route) if way not in NUMBERS}


def test_every_address_with_a_secret_is_in_a_place_that_is_masked():
    secret = {route: words for route, words in patterns() if words & set(NAMES)}

    assert len(secret) >= 2
    for route in secret:
        assert is_secret(f"/{re.split(r'[<(]', route)[0]}x"), f"{route}: name its place in secret_addresses.PLACES"


def test_every_word_in_an_address_is_known_to_be_a_secret_or_none():
    words = {word for _route, words in patterns() for word in words}

    assert words - set(NAMES) == PUBLIC


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("/accounts/password/reset/key/5-cxn3b2-0a1b/", "/accounts/password/reset/key/…"),
        ("/accounts//password/reset/key/5-cxn3b2-0a1b", "/accounts//password/reset/key/…"),
        ("/Accounts/Password/Reset/Key/5-CXN3B2-0A1B", "/Accounts/Password/Reset/Key/…"),
        ("//verify/AB CD EF/", "//verify/…"),
        ("/portal/verify/ABCDEF", "/portal/verify/…"),
        ("GET /verify/ABCDEF?x=1 HTTP/1.1", "GET /verify/…?x=1 HTTP/1.1"),
        ("https://portal.example.vn/verify/ABCDEF/#a", "https://portal.example.vn/verify/…#a"),
        ("next=%2Fverify%2FABCDEF%2F&a=1", "next=%2Fverify%2F…&a=1"),
        ("a=1&code=ABCDEF&b=2", "a=1&code=…&b=2"),
        ("code=ABCDEF", "code=…"),
        ("/verify/?token=ABCDEF", "/verify/…"),
        ("/units/?next=%3Fkey%3DABCDEF", "/units/?next=%3Fkey%3D…"),
        ("/verify/", "/verify/"),
        ("/units/7/", "/units/7/"),
        ("exit code=3, the verify page", "exit code=3, the verify page"),
    ],
)
def test_what_a_line_tells(told, left):
    assert masked(told) == left


@pytest.mark.parametrize("part", ["/", "%2F", "/verify", "/verify/", "?code", "/accounts/password/reset", "&key="])
def test_masking_a_long_text_takes_no_time(part):
    began = time.process_time()
    masked(part * 30_000)

    assert time.process_time() - began < 1


def hidden(text, secret):
    return secret not in text and quote(secret) not in text


@pytest.mark.parametrize("after", ["", "?a=1", "nothing-there/", "%20x"])
def test_no_line_has_the_key_of_a_link_to_set_a_password(client, liaison, caplog, after):
    caplog.set_level(logging.INFO)
    link = password_link(liaison, origin="")
    key = link.strip("/").rpartition("/")[2]
    caplog.handler.addFilter(Masked())  # as the portal's own handlers are set up

    answer = client.get(link + after)

    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert [json.loads(r.getMessage())["path"] for r in caplog.records if r.name == "portal.access"] == [
        "/accounts/password/reset/key/…"
    ]
    assert hidden(caplog.text, key)


def test_every_address_with_a_secret_is_told_without_it(as_user, secretariat, unit, cluster, caplog):
    caplog.set_level(logging.INFO)
    caplog.handler.addFilter(Masked())
    code = values_for(unit)["code"]
    client = as_user(secretariat)

    for path in (f"/verify/{code}/", f"/verify/{code}/x/", f"/verify/{code[:-1]}0/", f"/verify/?code={code}"):
        client.get(path)

    assert AuditEntry.objects.security().filter(verb="access.refused").exists()
    told = caplog.text + str([(e.target_label, e.changes) for e in AuditEntry.objects.security()])
    assert hidden(told, code[:-1])


def test_a_page_without_a_secret_tells_the_portal_where_somebody_came_from(client, cluster):
    assert client.get("/verify/").headers["Referrer-Policy"] == "same-origin"


def test_a_download_names_no_code_in_the_trail(as_user, secretariat, cluster):
    as_user(secretariat).get("/incidents/export/csv/", {"code": "ABCDEF", "next": "/verify/ABCDEF/"})

    [entry] = AuditEntry.objects.security()
    assert entry.changes["filter"] == [None, "code=…&next=/verify/…"]


def test_a_traceback_has_no_key_either():
    try:
        raise ValueError("/accounts/password/reset/key/5-cxn3b2-0a1b/ broke")
    except ValueError as fault:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "at %s", ("/verify/AB CD/",), (type(fault), fault, None))
    Masked().filter(record)

    line = logging.Formatter().format(record)
    assert "at /verify/…" in line
    assert "key/… broke" in line
    assert hidden(line, "0a1b") and hidden(line, "CD")  # noqa: PT018


def test_the_lines_of_the_portal_mask_what_any_caller_tells(caplog):
    caplog.set_level(logging.INFO)
    access.info("sent", referer="https://portal.example.vn/verify/ABCDEF/")

    assert hidden(caplog.text, "ABCDEF")


def test_on_a_server_django_too_names_no_key(tmp_path):
    asking = (
        "from django.test import Client; c = Client(HTTP_HOST='portal.example.vn', raise_request_exception=False); "
        "c.get('/verify/AB SECRET/x/', secure=True, HTTP_HOST='evil.example'); "
        "c.get('/verify/AB SECRET/', secure=True)"  # no table: Django tells of the error
    )
    whole = {**WHOLE, "DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3", "STATIC_ROOT": f"{tmp_path}/static"}
    ran = start("shell", "-v", "0", "-c", asking, **whole)

    assert "Internal Server Error: /verify/…" in ran.stderr
    assert "SECRET" not in ran.stderr + ran.stdout


def test_the_web_server_masks_the_same_places():
    conf = (settings.BASE_DIR / "deploy" / "nginx" / "portal.conf").read_text()

    places = f"({'|'.join(PLACES)})"
    assert conf.count(f"/{places}/") == 2
    servers = conf.split("\nserver {")[1:]
    assert [("access_log /var/log/nginx/portal.log portal;" in server) for server in servers] == [True] * len(servers)
    log = conf[conf.index("log_format") : conf.index("upstream")]
    assert not re.search(r"\$(request|request_uri|uri|args|query_string|http_\w+)\b", log)
