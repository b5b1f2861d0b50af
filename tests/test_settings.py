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


def start(**variables):
    """Ask Django to check itself as on a server whose environment holds nothing but `variables`."""
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_whole_configuration_passes_the_deployment_checks():
    assert start(**WHOLE).returncode == 0


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_does_not_start_without(name):
    refused = start(**{**WHOLE, name: ""})

    assert refused.returncode != 0
    assert f"{name} is not set. Set it to" in refused.stderr


def test_every_variable_is_listed_in_the_example():
    read = set(re.findall(r'(?:env\.\w+|required_in_production)\(\s*"([A-Z_]+)"', source("cluster_portal/settings.py")))
    listed = set(re.findall(r"^#? ?([A-Z_]+)=", source(".env.example"), flags=re.MULTILINE))

    assert listed == read


def source(path):
    return (settings.BASE_DIR / path).read_text(encoding="utf-8")
