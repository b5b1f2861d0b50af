"""Both languages are complete: nothing a reader sees is missing, guessed or left in English."""

import os
import shutil
import subprocess

import pytest
from django.conf import settings

SOURCES = (".ci", "cluster_portal", "incidents", "locale", "meetings", "members", "reports", "static", "templates")


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The catalogues as `make messages` would make them now, in a copy of the project."""
    copy = tmp_path_factory.mktemp("project")
    for folder in SOURCES:
        shutil.copytree(settings.BASE_DIR / folder, copy / folder)
    shutil.copy(settings.BASE_DIR / "manage.py", copy)
    (copy / ".venv").symlink_to(settings.BASE_DIR / ".venv")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cluster_portal.settings"}
    subprocess.run([".ci/messages"], cwd=copy, env=environment, check=True, capture_output=True)
    return copy / "locale"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_string_is_translated(collected, language):
    """If this fails: `make messages`, then fill in what it lists."""
    catalogue = f"{language}/LC_MESSAGES/django.po"

    compared = subprocess.run(
        ["msgcmp", settings.LOCALE_PATHS[0] / catalogue, collected / catalogue], capture_output=True, text=True
    )

    assert compared.returncode == 0, compared.stderr
