"""Both languages are complete: nothing a reader sees is missing, guessed or left in English."""

import os
import subprocess

from django.conf import settings


def test_the_catalogues_hold_every_string_translated():
    """If this fails: `make messages`, then translate what it lists."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cluster_portal.settings"}

    check = subprocess.run(
        [".ci/messages", "--check"], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )

    assert check.returncode == 0, check.stdout + check.stderr
