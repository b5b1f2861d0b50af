"""Production refuses to start half-configured, and says what to set."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import ConnectionHandler

from cluster_portal.configuration import VARIABLES, faults
from cluster_portal.databases import connected_by, kept_open
from tests.support.factories import UserFactory

WHOLE = {
    "DEBUG": "false",
    "SECRET_KEY": "k" * 20 + "0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "portal.example.vn",
    "PORTAL_ADDRESS": "https://portal.example.vn",
    "DATABASE_URL": "sqlite:////tmp/portal-that-nobody-made.sqlite3",
    "EMAIL_URL": "consolemail://",
}


def start(*command, **variables):
    """Run a command, or Django's checks, as on a server whose environment holds nothing but `variables`."""
    return subprocess.run(
        [sys.executable, "manage.py", *(command or ("check", "--deploy", "--fail-level", "WARNING"))],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_whole_configuration_passes_the_deployment_checks():
    assert start(**WHOLE).returncode == 0


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "EMAIL_URL"])
def test_production_does_not_start_without(name):
    refused = start(**{**WHOLE, name: ""})

    _head, _blank, wrong, advice = refused.stderr.splitlines()
    assert refused.returncode != 0
    assert wrong.split() == [name, "–", "is", "not", "set."]
    assert advice.strip().startswith("-> Set it to")


WRONG = {
    "DEBUG": ["yes please", "2"],
    "SECRET_KEY": ["abc", "a" * 60, "django-insecure-" + "0123456789" * 6],
    "ALLOWED_HOSTS": [",", "*", "https://portal.example.vn", "portal.example.vn:8000", "a b"],
    "DATABASE_URL": ["portal", "mysql://a@b/c", "postgres://a@b:99999/c", "postgres://127.0.0.1", "sqlite://:memory:",
                     "sqlite:////no-such-folder/portal.sqlite3", "postgres://[::1/portal"],
    "PORTAL_ADDRESS": ["portal.example.vn", "ftp://portal.example.vn", "https://", "https://portal.example.vn/path"],
    "EMAIL_URL": ["mail.example.vn", "smtp://", "imap://mail.example.vn", "smtp://mail.example.vn:port"],
    "DEFAULT_FROM_EMAIL": ["portal", "a b@c"],
    "BEHIND_PROXY": ["yes please", "tru"],
    "CSRF_TRUSTED_ORIGINS": ["portal.example.vn", "https://portal.example.vn/path"],
    "SECURE_SSL_REDIRECT": ["nein"],
    "SECURE_HSTS_SECONDS": ["a year", "-1", "1e9"],
    "INCIDENT_TEXT_MONTHS": ["0", "two", "12.5"],
    "SIGNATURE_TRUST_ROOTS": ["/no-such-folder/roots"],
    "MEDIA_ROOT": [__file__],
    "MEDIA_STORE": ["https://s3.example.vn/kho", "s3://khoa:bimat@s3.example.vn", "s3://s3.example.vn/kho",
                    "s3://khoa:bimat@s3.example.vn:x/kho", "s3://khoa@s3.example.vn/kho", "s3://khoa:bimat@/kho"],
    "STATIC_ROOT": [__file__],
}  # fmt: skip


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in WRONG for value in WRONG[name]])
def test_what_can_not_be_meant_is_named(name, value):
    assert [fault.name for fault in faults({**WHOLE, name: value})] == [name]


def test_what_is_left_out_of_a_development_portal_has_a_default():
    assert faults({"DEBUG": "true"}) == []
    assert faults(WHOLE) == []


def test_everything_is_told_at_once_without_a_traceback_or_a_secret():
    refused = start(
        **{**WHOLE, "SECRET_KEY": "abc", "BEHIND_PROXY": "yes please", "DATABASE_URL": "mysql://a:geheim@b/c"}
    )

    assert [line.split()[0] for line in refused.stderr.splitlines()[2::2]] == [
        "SECRET_KEY",
        "DATABASE_URL",
        "BEHIND_PROXY",
    ]
    assert "geheim" not in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    "url", ["postgres://portal:ge@heim@db/x", "postgres://portal:geheim@db:port/x", "smtp:geheim@x"]
)
def test_a_password_is_hidden_also_in_a_broken_address(url):
    for name in ("DATABASE_URL", "EMAIL_URL"):
        assert "heim" not in "".join(fault.value for fault in faults({**WHOLE, name: url}))


@pytest.mark.parametrize("email", ["thuky@mau.example", "Daumoi01@MAU.example"])
def test_the_sample_portal_is_not_served(db, email):
    UserFactory(email=email)

    with pytest.raises(CommandError, match="1 sample accounts"):
        call_command("check_settings")


def test_a_portal_of_the_offices_own_is_served(db, secretariat, capsys):
    UserFactory(email="thuky@mau.example", is_active=False)

    call_command("check_settings")

    assert capsys.readouterr().out == "The settings are in order.\n"


def test_no_way_of_starting_the_server_leads_around_the_refusal(new_installation, tmp_path):
    served = {**WHOLE, "DATABASE_URL": f"sqlite:///{shutil.copy(new_installation, tmp_path)}"}
    making = (
        "from members.models import User; User.objects.create(email='thuky@mau.example', full_name='A', role='chair')"
    )
    start("shell", "-c", making, **served)

    assert "sample accounts" in start("shell", "-c", "import cluster_portal.wsgi", **served).stderr


def test_an_error_stands_in_the_log_of_the_server():
    failing = "import logging; logging.getLogger('django.request').error('Internal Server Error: /')"

    assert "ERROR django.request: Internal Server Error: /" in start("shell", "-c", failing, **WHOLE).stderr


@pytest.mark.parametrize(("behind_proxy", "address"), [("true", "203.0.113.7"), ("false", "127.0.0.1")])
def test_attempts_to_sign_in_are_counted_by_the_visitors_own_address(behind_proxy, address):
    asking = (
        "from allauth.core.internal.httpkit import get_client_ip; from django.test import RequestFactory; "
        "print(get_client_ip(RequestFactory().get('/', headers={'X-Forwarded-For': '198.51.100.1, 203.0.113.7'})))"
    )

    assert start("shell", "-c", asking, **WHOLE, BEHIND_PROXY=behind_proxy).stdout.splitlines()[-1] == address


def test_what_one_worker_counts_the_others_know(new_installation, tmp_path):
    shared = {**WHOLE, "DATABASE_URL": f"sqlite:///{shutil.copy(new_installation, tmp_path)}"}
    using = "from django.core.cache import cache; "

    start("shell", "-c", f"{using} cache.set('attempts', 5)", **shared)

    assert start("shell", "-c", f"{using} print(cache.get('attempts'))", **shared).stdout.splitlines()[-1] == "5"


def test_what_sqlite_has_acknowledged_is_on_the_disk(tmp_path):
    asking = (
        "from django.db import connection as c; k = c.cursor(); k.execute('PRAGMA synchronous'); print(k.fetchone())"
    )
    kept = {**WHOLE, "DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3"}

    assert start("shell", "-v", "0", "-c", asking, **kept).stdout == "(2,)\n"  # FULL


@pytest.mark.parametrize(
    ("url", "kept"), [("postgres://a:b@127.0.0.1/c", {600, True}), ("sqlite:////tmp/c.sqlite3", {0})]
)
def test_a_server_stays_signed_in_to_postgresql_and_asks_whether_it_still_is(url, kept):
    database = ConnectionHandler({"default": kept_open(connected_by(url))}).settings["default"]
    assert {database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]} == kept


def test_a_worker_has_read_the_program_before_somebody_comes():
    ask = (
        "import runpy, sys; here = runpy.run_path('deploy/gunicorn.conf.py');"
        " is_read = lambda: 'reports.views' in sys.modules;"
        " print(is_read()); here['_read_the_program'](); print(is_read())"
    )
    assert start("shell", "-v", "0", "-c", ask, **WHOLE).stdout.split() == ["False", "True"]


def test_hosts_may_be_separated_by_comma_and_blank():
    asking = "from django.conf import settings; print(settings.ALLOWED_HOSTS)"
    hosts = "portal.example.vn, cum.example.vn"

    assert (
        "['portal.example.vn', 'cum.example.vn']"
        in start("shell", "-c", asking, **WHOLE | {"ALLOWED_HOSTS": hosts}).stdout
    )


def test_every_variable_is_listed_in_the_example():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source("cluster_portal/settings.py")))
    listed = set(re.findall(r"^#? ?([A-Z_]+)=", source(".env.example"), flags=re.MULTILINE))

    assert listed == read
    assert {variable.name for variable in VARIABLES} == read


def source(path):
    return (settings.BASE_DIR / path).read_text(encoding="utf-8")
