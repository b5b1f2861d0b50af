"""What must not be served to others, whatever the settings say."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db import connection

from cluster_portal.health import is_database_newer

#: Of the accounts of `seed_demo`, whose password the README prints.
SAMPLE_DOMAIN = "mau.example"


class NotForServing(Exception):
    """`str()` says what to do."""


def refuse_sample_accounts() -> None:
    """Raises `NotForServing` where somebody could sign in with what the README prints, `DatabaseError` without one."""
    people = get_user_model()._default_manager
    if people.model._meta.db_table not in connection.introspection.table_names():
        return  # a database that is still to be filled
    count = people.filter(is_active=True, email__iendswith=f"@{SAMPLE_DOMAIN}").count()
    if count:
        raise NotForServing(
            f"The portal does not start: the database holds {count} sample accounts (…@{SAMPLE_DOMAIN}), "
            "whose password anybody can read.\n"
            "  DATABASE_URL  names the database of the sample portal.\n"
            "  -> Set it in .env to an empty database of the office's own."
        )


def refuse_newer_database() -> None:
    """Raises `NotForServing` where a newer version of the portal has migrated the database: this one could spoil it."""
    if is_database_newer():
        raise NotForServing(
            "The portal does not start: the database was migrated by a newer version of the program.\n"
            "  -> Bring the program up to date, or restore the backup made before the upgrade."
        )
