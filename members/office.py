"""The office behind the letters: the secretariat of the cluster, as it signs and is reached."""

from __future__ import annotations

from django.conf import settings

from members.infrastructure.capabilities import Can, allowed
from members.infrastructure.outbox.office import Office
from members.letterhead import Heads
from members.models import Cluster, User


def office() -> Office:
    """Nobody signs for a cluster that isn't set up yet."""
    cluster = Cluster.get()
    if not cluster.short_name:
        return Office(address=_address())
    lines = ["Trân trọng.", f"Thư ký {cluster.short_name}"]
    if contact := Heads.of(cluster).on(None).contact:
        lines.append(f"Liên hệ: {contact}")
    return Office("\n".join(lines), _address())


def _address() -> str:
    """That for answers; without one, the secretary's whose account is the oldest."""
    if settings.REPLY_TO_EMAIL:
        return str(settings.REPLY_TO_EMAIL)
    people = User.objects.active().order_by("pk")
    return next((person.email for person in people if allowed(person, Can.WATCH_MAIL)), "")
