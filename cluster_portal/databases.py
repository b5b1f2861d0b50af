"""How the database that an address names is spoken to."""

from __future__ import annotations

from typing import Any

import environ


def connected_by(url: str) -> dict[str, Any]:
    """Django's settings for the database at `url`. On SQLite a writer waits for the other (docs/decisions/0002)."""
    found: dict[str, Any] = environ.Env.db_url_config(url)
    if found["ENGINE"] == "django.db.backends.sqlite3":
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;",
        }
    return found


def kept_open(database: dict[str, Any]) -> dict[str, Any]:
    """The same for a server, whose threads stay: PostgreSQL is signed in to once in ten minutes, not for each page.

    Whether the line still holds is asked first, so that a restarted database costs nobody a page.
    """
    if database["ENGINE"] == "django.db.backends.sqlite3":
        return database
    return {**database, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
