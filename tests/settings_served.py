"""The tests' settings for a portal in a process of its own, with the pages of errors that an office sees."""

from tests.settings import *  # noqa: F403

MIDDLEWARE.insert(0, "whitenoise.middleware.WhiteNoiseMiddleware")  # noqa: F405
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
