"""Settings, read from the environment (or `.env`); `.env.example` lists every variable.

Without DEBUG the portal runs as in production and refuses to start half-configured.
"""

import os
from pathlib import Path

import bootstrap_wrapper
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from cluster_portal.configuration import VARIABLES, as_table, faults
from cluster_portal.databases import connected_by, kept_open
from cluster_portal.stores import stored_by

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

if wrong := faults(os.environ):
    raise ImproperlyConfigured(as_table(wrong))
for empty in [variable.name for variable in VARIABLES if not os.environ.get(variable.name, "x").strip()]:
    del os.environ[empty]  # written down without a value: the default holds

DEBUG = env.bool("DEBUG", default=False)

SECRET_KEY = env.str("SECRET_KEY", default="only-for-development-and-tests-never-on-a-server-0123456789")
ALLOWED_HOSTS = [
    host.strip()
    for host in env.str("ALLOWED_HOSTS", default="127.0.0.1,localhost,[::1],testserver").split(",")
    if host.strip()
]
#: Where strangers reach the portal: documents print it, and mails that no page causes lead there.
PORTAL_ADDRESS = env.str("PORTAL_ADDRESS", default="").rstrip("/")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "reports",
    "meetings",
    "incidents",
    "members",
    "cluster_portal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_htmx",
]

MIDDLEWARE = [
    "cluster_portal.health.ProbeMiddleware",
    "cluster_portal.metrics.MetricsMiddleware",
    "cluster_portal.errors.NumberMiddleware",
    "cluster_portal.logs.AccessMiddleware",
    "cluster_portal.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cluster_portal.middleware.CompressingMiddleware",
    "csp.middleware.CSPMiddleware",
    "cluster_portal.middleware.SessionMiddleware",
    "cluster_portal.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "members.idle.IdleMiddleware",
    "cluster_portal.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "members.accountability.AccountabilityMiddleware",
    "members.second_factor.SecondFactorMiddleware",
    "members.middleware.RefusalMiddleware",
    "members.limits.LimitMiddleware",
    "cluster_portal.once.OnceMiddleware",
    "cluster_portal.middleware.KeepingMiddleware",
]

ROOT_URLCONF = "cluster_portal.urls"
WSGI_APPLICATION = "cluster_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "members.context_processors.portal",
            ],
            "libraries": {"heroicons": "cluster_portal.icons"},
        },
    }
]

# --- data ------------------------------------------------------------------------------

DATABASES = {"default": connected_by(env.str("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'portal.sqlite3'}"))}
if not DEBUG:  # the server for development has a new thread, and would have a new connection, for each page
    DATABASES["default"] = kept_open(DATABASES["default"])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the database, for all workers: attempts to sign in are counted here.
CACHES = {
    "default": {
        "BACKEND": "cluster_portal.shared_cache.JsonCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# What takes long is done by the worker (`manage.py work`), which finds it in the database.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))
#: A store that speaks S3, s3://key:secret@host/bucket, in the place of that folder where the office has several hosts.
MEDIA_STORE = env.str("MEDIA_STORE", default="")
#: Where `manage.py backup` puts its files, and the key they are encrypted with; without one they are not.
BACKUP_FOLDER = env.path("BACKUP_FOLDER", default=str(BASE_DIR / "var" / "backups"))
BACKUP_KEY = env.str("BACKUP_KEY", default="")
#: A virus scanner's socket, /run/clamav/clamd.ctl or 127.0.0.1:3310, that is shown every upload.
CLAMD = env.str("CLAMD", default="")
#: Where `manage.py serve_metrics` tells Prometheus how the portal is, 127.0.0.1:9109; without it nothing is counted.
METRICS = env.str("METRICS", default="")
METRICS_FOLDER = Path(MEDIA_ROOT).parent / "metrics"
#: Where the text face is made; not beside the program, which services can't write to.
TYPEFACE_FOLDER = Path(MEDIA_ROOT).parent / "typeface"
if METRICS:  # prometheus_client reads it when it is imported: workers count each for themselves
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(METRICS_FOLDER))
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- people ----------------------------------------------------------------------------

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "full_name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "members.passwords.GuessableValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reports:home"
ACCOUNT_ADAPTER = "members.accounts.ClosedSignupAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_DISPLAY = "members.accounts.display_name"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# Like Django's own: allauth's would keep a second list of addresses beside `User.email`,
# and an old address would go on opening the account.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "members.links.LinkTokens"  # noqa: S105
ACCOUNT_FORMS = {
    "login": "members.forms.account.LoginForm",
    "reset_password": "members.forms.account.ResetPasswordForm",
    "reset_password_from_key": "members.forms.account.ResetPasswordKeyForm",
    "change_password": "members.forms.account.ChangePasswordForm",
    "set_password": "members.forms.account.SetPasswordForm",
    "reauthenticate": "members.forms.account.ReauthenticateForm",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# What strangers may cost, besides allauth's own limits; counted in the cache, for all workers.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {"verify": "20/m/ip", "change_email": "5/h/user"}
#: What one account may cost in a minute, whatever its address (`members/limits.py`).
ACCOUNT_LIMITS = {"files": 30, "searches": 120, "uploads": 30}
MFA_ADAPTER = "members.accounts.TwoFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "members.forms.account.AuthenticateForm",
    "reauthenticate": "members.forms.account.ReauthenticateWithCodeForm",
    "add_webauthn": "members.forms.account.AddPasskeyForm",
    "edit_webauthn": "members.forms.account.EditPasskeyForm",
    "activate_totp": "members.forms.account.ActivateTOTPForm",
}
#: Whether the roles that need a second factor (`capabilities.py`) must have one, so many days after they were asked.
TWO_FACTOR_REQUIRED = env.bool("TWO_FACTOR_REQUIRED", default=not DEBUG)
TWO_FACTOR_GRACE_DAYS = env.int("TWO_FACTOR_GRACE_DAYS", default=14)
#: Encrypts the factors' secrets; without it they are lost with SECRET_KEY.
TWO_FACTOR_KEY = env.str("TWO_FACTOR_KEY", default="")
#: Whether sessions end that aren't used, after a time by role (`capabilities.py`).
IDLE_TIMEOUT = env.bool("IDLE_TIMEOUT", default=not DEBUG)
#: Of browsers that somebody signed in with before.
DEVICE_COOKIE_NAME = "device"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")
if EMAIL_CONFIG["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    EMAIL_BACKEND = "members.infrastructure.outbox.server.Backend"  # which tells how far it came
REPLY_TO_EMAIL = env.str("REPLY_TO_EMAIL", default="")
EMAIL_TIMEOUT = 10  # seconds that the worker waits for an answer of the mail server

# --- the register of cases -------------------------------------------------------------

#: So many months after a case was closed its description is removed.
INCIDENT_TEXT_MONTHS = env.int("INCIDENT_TEXT_MONTHS", default=24)

# --- signed documents ------------------------------------------------------------------

#: A PEM file, or a folder of certificates: the roots a digital signature must lead to.
SIGNATURE_TRUST_ROOTS = env.str("SIGNATURE_TRUST_ROOTS", default="")

# --- language and time -----------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- pages -----------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", Path(bootstrap_wrapper.__file__).parent.parent / "bootstrap"),
]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "cluster_portal.typeface.TypefaceFinder",
]
STORAGES = {
    "default": stored_by(MEDIA_STORE) if MEDIA_STORE else {"BACKEND": "cluster_portal.files.kept.KeptFiles"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FORM_RENDERER = "cluster_portal.plain_widgets.PlainWidgets"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FILTERS_EMPTY_CHOICE_LABEL = _("All")

# --- protection ------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap's own icons are data: images
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "cluster_portal.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
#: What pages may ask the browser for: a passkey, and nothing else.
PERMISSIONS_POLICY = {
    "publickey-credentials-create": "(self)",
    "publickey-credentials-get": "(self)",
    **dict.fromkeys(
        (
            "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture",
            "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "identity-credentials-get",
            "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
            "picture-in-picture", "screen-wake-lock", "serial", "usb", "window-management", "xr-spatial-tracking",
        ),
        "()",
    ),
}  # fmt: skip

if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
    # Attempts to sign in are counted by address; behind a proxy all people would share one.
    ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=60 * 60 * 24 * 365)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT
    if SECURE_SSL_REDIRECT:  # browsers take such names only over HTTPS, of this host alone and for all of it
        SESSION_COOKIE_NAME = "__Host-session"
        CSRF_COOKIE_NAME = "__Host-csrf"
        LANGUAGE_COOKIE_NAME = "__Host-language"
        DEVICE_COOKIE_NAME = "__Host-device"
    # What is written – database, photos, backups – is for the portal's own account alone.
    os.umask(0o077)

# --- the log ---------------------------------------------------------------------------

if not DEBUG:
    # To gunicorn's own output; Django by itself would mail errors to nobody and print none.
    LOGGING = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {"format": "{message}", "style": "{"},
            "line": {"format": "{asctime} {levelname} {name}: {message}{number}", "style": "{"},
        },
        "filters": {
            "one_line": {"()": "cluster_portal.errors.OneLine"},
            "database_away": {"()": "cluster_portal.errors.DatabaseAway"},
            "numbered": {"()": "cluster_portal.errors.Numbered"},
            "masked": {"()": "cluster_portal.secret_addresses.Masked"},
        },
        "handlers": {
            "structured": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "structured",
            },
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["numbered", "database_away", "masked"],
            },
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        # A signature that doesn't hold is told on the page; pyHanko would log each with its traceback.
        "loggers": {
            # Who asked for what, and who signed in: one JSON object a line (cluster_portal/logs.py).
            "portal": {"handlers": ["structured"], "level": "INFO", "propagate": False},
            **{name: {"level": "CRITICAL"} for name in ("pyhanko", "pyhanko_certvalidator")},
            # A wrong Host is asked for by every scanner of the net.
            "django.security.DisallowedHost": {"filters": ["one_line"]},
        },
    }
