"""The audit trail: who did what, when, and what changed.

Entries are written inside the action's own transaction and never altered; they hold
no foreign key to their target, so that they outlive it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.errors import REQUEST_NUMBER, VISITOR
from members.infrastructure.append_only import AppendOnly, AppendOnlyQuerySet
from members.infrastructure.capabilities import Can, visible_rows

if TYPE_CHECKING:
    from members.models import User

Changes = dict[str, tuple[Any, Any]]

#: Stands for a value that the trail doesn't keep.
WITHHELD = "…"


class AuditEntryQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: User) -> AuditEntryQuerySet:
        """The secretariat reads all; others only what concerns their own unit."""
        return visible_rows(self, user, own_unit=lambda unit: Q(unit_id=unit), whole=Can.MANAGE_CLUSTER)

    def acts(self) -> AuditEntryQuerySet:
        return self.filter(is_security=False)

    def security(self) -> AuditEntryQuerySet:
        return self.filter(is_security=True)

    def about(self, target: models.Model) -> AuditEntryQuerySet:
        return self.acts().filter(target_type=target._meta.label, target_id=target.pk)


class AuditEntry(AppendOnly):
    """One act. `changes` maps a field to its old and new value, as JSON."""

    at = models.DateTimeField(_("time"), db_index=True)
    actor = models.ForeignKey(
        "members.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    actor_name = models.CharField(max_length=200)
    verb = models.CharField(_("act"), max_length=60)
    target_type = models.CharField(max_length=60)
    target_id = models.BigIntegerField(null=True)
    target_label = models.CharField(max_length=250)
    unit_id = models.BigIntegerField(null=True, db_index=True)
    changes = models.JSONField(default=dict)
    #: Signing in, downloads, refusals: who came by, not what was done. `address` and `request` tell from where.
    is_security = models.BooleanField(default=False)
    address = models.CharField(_("address"), max_length=45, blank=True)
    request = models.CharField(max_length=20, blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["target_type", "target_id"], name="audit_target")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name}: {self.verb} {self.target_label}"


def given(values: Mapping[str, Any]) -> Changes:
    """What a new row was given, as `changes`; what was left blank is left out."""
    return {name: (None, value) for name, value in values.items() if value not in (None, "")}


def record(
    *,
    verb: str,
    target: models.Model,
    by: User | None,
    now: dt.datetime,
    unit_id: int | None = None,
    changes: Changes | None = None,
    withheld: Collection[str] = (),
) -> AuditEntry:
    """Write one act into the trail; call it inside the action's transaction.

    `by` is None only for the portal's own commands; `unit_id` names the unit whose
    liaison may read the entry. The trail is for ever: of the fields `withheld`, whose
    text must be removable, it tells only that they changed.
    """
    return AuditEntry.objects.create(
        at=now,
        actor=by,
        actor_name=by.full_name if by else "",
        verb=verb,
        target_type=target._meta.label,
        target_id=target.pk,
        target_label=str(target)[:250],
        unit_id=unit_id,
        address=VISITOR.get(),
        request=REQUEST_NUMBER.get(),
        changes={
            field: [WITHHELD, WITHHELD] if field in withheld else [_plain(old), _plain(new)]
            for field, (old, new) in (changes or {}).items()
        },
    )


def record_event(
    *, verb: str, by: User | None, about: User | None, label: str, changes: Changes | None, now: dt.datetime
) -> AuditEntry:
    """Write down that somebody came by: signed in, took a file along, was refused. No unit's liaison reads it."""
    return AuditEntry.objects.create(
        at=now,
        actor=by,
        actor_name=by.full_name if by else "",
        verb=verb,
        target_type="members.User" if about else "",
        target_id=about.pk if about else None,
        target_label=(label or (str(about) if about else ""))[:250],
        is_security=True,
        address=VISITOR.get(),
        request=REQUEST_NUMBER.get(),
        changes={field: [_plain(old), _plain(new)] for field, (old, new) in (changes or {}).items()},
    )


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, Decimal | dt.date | dt.datetime):
        return str(value)
    if isinstance(value, list | tuple | set | models.QuerySet):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return str(value)
