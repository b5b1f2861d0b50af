"""Production refuses to start half-configured, and says what to set."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

WHOLE = {
    "DEBUG": "false",
    "SECRET_KEY": "k" * 20 + "0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "portal.example.vn",
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


@pytest.mark.slow
def test_a_whole_configuration_passes_the_deployment_checks():
    assert start(**WHOLE).returncode == 0


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_does_not_start_without(name):
    refused = start(**{**WHOLE, name: ""})

    assert refused.returncode != 0
    assert f"{name} is not set. Set it to" in refused.stderr


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


@pytest.mark.slow
def test_what_one_worker_counts_the_others_know(tmp_path):
    shared = {**WHOLE, "DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3"}
    using = "from django.core.cache import cache; "
    start("migrate", **shared)

    start("shell", "-c", f"{using} cache.set('attempts', 5)", **shared)

    assert start("shell", "-c", f"{using} print(cache.get('attempts'))", **shared).stdout.splitlines()[-1] == "5"


def test_hosts_may_be_separated_by_comma_and_blank():
    asking = "from django.conf import settings; print(settings.ALLOWED_HOSTS)"
    hosts = "portal.example.vn, cum.example.vn"

    assert (
        "['portal.example.vn', 'cum.example.vn']"
        in start("shell", "-c", asking, **WHOLE | {"ALLOWED_HOSTS": hosts}).stdout
    )


def test_every_variable_is_listed_in_the_example():
    read = set(re.findall(r'(?:env\.\w+|required_in_production)\(\s*"([A-Z_]+)"', source("cluster_portal/settings.py")))
    listed = set(re.findall(r"^#? ?([A-Z_]+)=", source(".env.example"), flags=re.MULTILINE))

    assert listed == read


def source(path):
    return (settings.BASE_DIR / path).read_text(encoding="utf-8")
