"""The chain over the audit trail: each link holds the SHA-256 of its entry and of the link before.

Who alters an entry must write every later link anew, and then the heads that stand
printed on issued documents no longer fit. Links are added after the acts, in turns, so
that no act waits for another's (docs/decisions/0014).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction

from members.infrastructure.append_only import AppendOnly, AppendOnlyQuerySet
from members.infrastructure.audit import AuditEntry

#: Entries so far before the last one linked may still come: acts that began earlier and took longer.
LOOK_BACK = 5000
#: Whoever adds links on PostgreSQL holds this lock; SQLite has one writer anyway.
TURN = 7_362_901

#: What of an entry the chain vouches for, in this order.
PARTS = ("actor_id", "actor_name", "verb", "target_type", "target_id", "target_label", "unit_id", "changes",
         "is_security", "address", "request")  # fmt: skip


class TrailLink(AppendOnly):
    """The place of one entry in the chain, counted from 1."""

    position = models.BigIntegerField(unique=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="link")
    digest = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(position__gte=1), name="chain_begins_at_one")]

    def __str__(self) -> str:
        return f"{self.position}-{self.digest[:16]}"


@dataclass(frozen=True)
class Head:
    """The end of the chain at one moment; `str()` is what documents print: place and the digest's first 16 signs."""

    position: int = 0
    digest: str = ""

    def __str__(self) -> str:
        return f"{self.position}-{self.digest[:16]}" if self.position else ""


def digest_of(entry: AuditEntry, before: str) -> str:
    """`entry` as read from the database, so that it is written the same whatever it was made of."""
    told = {name: getattr(entry, name) for name in PARTS} | {"at": entry.at.astimezone(dt.UTC).isoformat()}
    plain = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{plain}".encode()).hexdigest()


def links(entries: Iterable[Any], head: Head) -> Iterator[tuple[int, Any, str]]:
    """Position, entry and digest of each, going on from `head`."""
    position, digest = head.position, head.digest
    for entry in entries:
        position, digest = position + 1, digest_of(entry, digest)
        yield position, entry, digest


def seal(*, everything: bool = True) -> Head:
    """Link what was entered since the last time, and say where the chain ends now.

    Without `everything` only the newest are looked through, which takes no time.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
        head, waiting = _head(), _unlinked(everything)
        for position, entry, digest in links(waiting.iterator(chunk_size=500), head):
            TrailLink(position=position, entry=entry, digest=digest).save()
            head = Head(position, digest)
    return head


def seal_newest(**_when: Any) -> None:
    """The worker's chore."""
    if _unlinked(everything=False).exists():
        seal(everything=False)


def _head() -> Head:
    last = TrailLink.objects.order_by("-position").first()
    return Head(last.position, last.digest) if last else Head()


def _unlinked(everything: bool) -> models.QuerySet[AuditEntry]:
    newest = TrailLink.objects.aggregate(newest=models.Max("entry_id"))["newest"] or 0
    lowest = 0 if everything else newest - LOOK_BACK
    return AuditEntry.objects.filter(pk__gt=lowest, link=None).order_by("pk")


def faults() -> Iterator[str]:
    """Where the chain doesn't hold, in sentences for an administrator."""
    expected, before = 0, ""
    for link in TrailLink.objects.select_related("entry").order_by("position").iterator(chunk_size=500):
        expected += 1
        if link.position != expected:
            yield f"Links {expected} to {link.position - 1} of the chain are missing."
            expected = link.position
        elif digest_of(link.entry, before) != link.digest:
            yield f"Entry {link.entry_id} ({link.entry.verb}), link {link.position}: it was altered, or the one before."
        before = link.digest


def head_fault(head: str) -> str:
    """Why a printed head doesn't fit the chain, "" where it does."""
    position, _dash, digest = head.partition("-")
    if not position.isdecimal() or len(position) > 18 or len(digest) < 16:
        return f"{head} is no head of a trail."
    link = TrailLink.objects.filter(position=int(position)).first()
    if link is None:
        return f"{head}: the chain has no link {position}."
    return "" if link.digest.startswith(digest) else f"{head}: link {position} of the chain is another by now."
