"""The portal's settings for the tests: its own secrets, a quick password hasher."""

import os

os.environ.setdefault("DEBUG", "true")

from cluster_portal.settings import *  # noqa: F403

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_RATE_LIMITS = False
