"""Every variable the portal reads from its environment: what may be written, and what is wrong with what was.

All are judged at once, before Django starts, so that whoever sets the portal up is told everything in one table.
Knows no Django settings: they are made from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ

MAKE_A_KEY = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
#: Django's own bounds for a key that can't be guessed (check security.W009).
SHORTEST_KEY, FEWEST_SIGNS = 50, 5
SHORTEST_BACKUP_KEY = 20
DATABASES = {"sqlite", "postgres", "postgresql", "psql", "pgsql"}
TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")

Judge = Callable[[str], "str | None"]


@dataclass(frozen=True)
class Variable:
    """One variable. `judge` says what is wrong with a value, or None; `advice` what to write instead."""

    name: str
    judge: Judge
    advice: str
    is_needed: bool = False
    mask: Callable[[str], str] = str


@dataclass(frozen=True)
class Fault:
    name: str
    value: str
    wrong: str
    advice: str


def is_true(text: str) -> bool:
    return text.strip().lower() in TRUE


def _truth(text: str) -> str | None:
    return None if text.strip().lower() in (*TRUE, *FALSE) else "is neither true nor false"


def _whole_number(least: int) -> Judge:
    def judge(text: str) -> str | None:
        if not re.fullmatch(r"[0-9]{1,9}", text.strip()):
            return "is no whole number"
        return None if int(text) >= least else f"is less than {least}"

    return judge


def _key(text: str) -> str | None:
    if len(text) < SHORTEST_KEY or len(set(text)) < FEWEST_SIGNS or text.startswith(("django-insecure-", "only-for-")):
        return "is too weak: it can be guessed"
    return None


def _backup_key(text: str) -> str | None:
    return "is too short: whoever finds a backup can try all" if len(text.strip()) < SHORTEST_BACKUP_KEY else None


def _hosts(text: str) -> str | None:
    hosts = [host.strip() for host in text.split(",") if host.strip()]
    if not hosts:
        return "names no host"
    for host in hosts:
        if host == "*":
            return "lets every host name pass"
        if "://" in host or "/" in host or " " in host:
            return f"holds {host}, which is no host name alone"
        if re.search(r"(?<!\]):\d+$", host) and host.count(":") == 1:
            return f"holds {host}: a host name has no port"
    return None


def _origins(text: str) -> str | None:
    for origin in filter(None, (part.strip() for part in text.split(","))):
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/"):
            return f"holds {origin}, which is no origin"
    return None


def _portal_address(text: str) -> str | None:
    parts = urlsplit(text.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        return "is no address of a portal"
    return None


def judge_database(text: str) -> str | None:
    """What is wrong with a database's address, as the end of a sentence."""
    try:
        parts = urlsplit(text)
        read: dict[str, Any] = environ.Env.db_url_config(text)
        _port = parts.port
    except Exception:  # whatever its parts provoke in the parser
        return "can't be read"
    if parts.scheme not in DATABASES:
        return "is no address of a PostgreSQL or SQLite database"
    if not read.get("NAME") or read["NAME"] == ":memory:":
        return "names no database that lasts"
    if parts.scheme == "sqlite" and not Path(read["NAME"]).absolute().parent.is_dir():
        return "names a folder that is not there"
    return None


def _mail(text: str) -> str | None:
    try:
        parts = urlsplit(text)
        environ.Env.email_url_config(text)
        _port = parts.port
    except Exception:  # as above
        return "can't be read"
    if parts.scheme not in environ.Env.EMAIL_SCHEMES:
        return "is no address of a mail server"
    return None if parts.hostname or "smtp" not in parts.scheme else "names no mail server"


def _address(text: str) -> str | None:
    return None if re.fullmatch(r"(?:[^<>]*<)?[^@\s<>]+@[^@\s<>]+>?", text.strip()) else "is no e-mail address"


def _there(text: str) -> str | None:
    return None if Path(text).exists() else "is not there"


def _socket(text: str) -> str | None:
    return None if re.fullmatch(r"/.+|[^/:\s]+:[0-9]{1,5}", text.strip()) else "is neither a path nor host:port"


def _place(text: str) -> str | None:
    return None if re.fullmatch(r"([^/:\s]+|\[[0-9a-f:]+\]):[0-9]{1,5}", text.strip()) else "is not host:port"


def _store(text: str) -> str | None:
    try:
        parts = urlsplit(text.strip())
        _port = parts.port
    except ValueError:
        return "can't be read"
    if parts.scheme != "s3" or not parts.hostname:
        return "is no address of a store that speaks S3"
    if not parts.username or not parts.password:
        return "names no key and secret"
    return None if re.fullmatch(r"/[a-z0-9][a-z0-9.-]+/?", parts.path) else "names no bucket"


def _folder(text: str) -> str | None:
    return "is a file, no folder" if Path(text).is_file() else None


def _hidden(text: str) -> str:
    return f"({len(text)} signs)"


def _without_password(text: str) -> str:
    """The address with its password hidden, also where it is so broken that nobody can tell which part that is."""
    scheme, mark, rest = text.partition("://")
    if not mark:
        return _hidden(text)
    person, at, place = rest.rpartition("@")
    return f"{scheme}://{person.partition(':')[0]}:…@{place}" if at and ":" in person else text


VARIABLES = (
    Variable("DEBUG", _truth, "false on a server, true for development"),
    Variable("SECRET_KEY", _key, f"Set it to a long random text, such as the output of: {MAKE_A_KEY}", True, _hidden),
    Variable(
        "ALLOWED_HOSTS",
        _hosts,
        "Set it to the host names the portal answers to, separated by commas: portal.example.vn",
        True,
    ),
    Variable("PORTAL_ADDRESS", _portal_address, "the address the portal is reached at: https://portal.example.vn"),
    Variable(
        "DATABASE_URL",
        judge_database,
        "Set it to the office's own database, never the sample: postgres://portal:password@127.0.0.1:5432/portal",
        True,
        _without_password,
    ),
    Variable(
        "EMAIL_URL",
        _mail,
        "Set it to the mail server: smtp+tls://portal:password@mail.example.vn:587 (consolemail:// sends nothing)",
        True,
        _without_password,
    ),
    Variable("DEFAULT_FROM_EMAIL", _address, "the sender of mails: portal@example.vn"),
    Variable("REPLY_TO_EMAIL", _address, "where answers to mails go: vanphong@example.vn"),
    Variable("BEHIND_PROXY", _truth, "true where a web server in front does HTTPS, false else"),
    Variable("CSRF_TRUSTED_ORIGINS", _origins, "https://portal.example.vn, separated by commas"),
    Variable("SECURE_SSL_REDIRECT", _truth, "false only without HTTPS, true else"),
    Variable("SECURE_HSTS_SECONDS", _whole_number(0), "a number of seconds: 31536000"),
    Variable("SECURE_HSTS_INCLUDE_SUBDOMAINS", _truth, "false where a name below the portal's own has no HTTPS"),
    Variable("SECURE_HSTS_PRELOAD", _truth, "false where browsers shall not be shipped with the portal's name"),
    Variable("IDLE_TIMEOUT", _truth, "false where nobody else can sit down at people's computers, true else"),
    Variable("TWO_FACTOR_REQUIRED", _truth, "false only where nobody could set a second factor up, true else"),
    Variable("TWO_FACTOR_GRACE_DAYS", _whole_number(0), "a number of days: 14"),
    Variable("TWO_FACTOR_KEY", _key, f"a long random text, such as the output of: {MAKE_A_KEY}", mask=_hidden),
    Variable("INCIDENT_TEXT_MONTHS", _whole_number(1), "a number of months: 24"),
    Variable("SIGNATURE_TRUST_ROOTS", _there, "a PEM file or a folder of certificates that is there"),
    Variable("CLAMD", _socket, "clamd's socket: /run/clamav/clamd.ctl, or 127.0.0.1:3310"),
    Variable("METRICS", _place, "an address of this machine that strangers can't reach: 127.0.0.1:9109"),
    Variable("MEDIA_ROOT", _folder, "a folder: var/media"),
    Variable(
        "MEDIA_STORE",
        _store,
        "s3://key:secret@s3.example.vn/bucket (&region=…, ?tls=false), or nothing: files are in MEDIA_ROOT then",
        mask=_without_password,
    ),
    Variable("BACKUP_FOLDER", _folder, "a folder: var/backups"),
    Variable("BACKUP_KEY", _backup_key, f"a long random text, such as the output of: {MAKE_A_KEY}", False, _hidden),
    Variable("STATIC_ROOT", _folder, "a folder: staticfiles"),
)


def faults(environment: Mapping[str, str]) -> list[Fault]:
    """What is wrong with each variable. An empty one counts as not set; needed ones only are outside DEBUG."""
    is_development = is_true(environment.get("DEBUG", ""))
    found = []
    for variable in VARIABLES:
        value = environment.get(variable.name, "")
        if value.strip():
            wrong = variable.judge(value)
        else:
            wrong = "is not set" if variable.is_needed and not is_development else None
        if wrong and not (is_development and variable.name == "SECRET_KEY"):
            found.append(Fault(variable.name, variable.mask(value) if value.strip() else "–", wrong, variable.advice))
    return found


def as_table(found: list[Fault]) -> str:
    """The faults for a terminal: what is set, what is wrong, what to write."""
    names = max(len(fault.name) for fault in found)
    lines = ["The portal does not start. Correct in .env beside manage.py (.env.example explains each variable):", ""]
    for fault in found:
        lines += [f"  {fault.name:<{names}}  {fault.value}  {fault.wrong}.", f"  {'':<{names}}  -> {fault.advice}"]
    return "\n".join(lines)
