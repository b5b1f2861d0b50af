"""The portal's settings for the tests: its own secrets, a quick password hasher."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DEBUG", "true")

from cluster_portal.settings import *  # noqa: F403

DEBUG = False
MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")  # noqa: F405 – nothing is collected for tests
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_LIMITS = {}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # A file, as the portal has it, for in memory locking is another matter; but a hasty one.
    hasty = DATABASES["default"]["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=OFF")  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] = hasty  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": Path(tempfile.gettempdir()) / f"portal-test-{os.getpid()}.sqlite3"}  # noqa: F405
STORAGES = {**STORAGES, "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}  # noqa: F405
