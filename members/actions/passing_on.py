"""What the secretariat copies to send by another way, such as Zalo."""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction

from members.infrastructure.audit import record
from members.models import User


@transaction.atomic
def note_copied(*, verb: str, target: models.Model, unit_id: int | None, by: User, now: dt.datetime) -> None:
    """Put on record that a text to pass on was taken; whether it was sent the portal can't know."""
    record(verb=verb, target=target, by=by, now=now, unit_id=unit_id)
