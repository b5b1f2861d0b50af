"""What is done with the register; every act in one transaction, with its audit entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.alerts import is_news, raise_alert
from incidents.duplicates import KnownIncidents
from incidents.models import Alert, EarlierText, Incident
from incidents.models.register import FREE_TEXT
from incidents.new_cases import NewCase
from members.infrastructure.audit import record
from members.infrastructure.editing import change
from members.infrastructure.refusals import Refused, locked
from members.models import Cluster, User


@transaction.atomic
def record_incident(
    *,
    values: dict[str, Any],
    seen: Collection[Incident | None] | None = None,
    by: User | None,
    now: dt.datetime,
    origin: str = "",
) -> Incident:
    """Enter a case. `values` are the fields of `Incident`; `further_units` may be among them.

    `seen` are the similar cases that whoever records it was shown, None where nobody was
    asked. A grave case is put before the secretariat and the chair at once; `origin` is
    the portal's address for the link in their mail.
    """
    if seen is not None:
        _refuse_unseen([NewCase(0, values, tuple(seen))])
    incident = _enter(values, by=by, now=now)
    if incident.is_grave:
        raise_alert(incident, by=by, now=now, origin=origin)
    return incident


def _refuse_unseen(cases: Sequence[NewCase]) -> None:
    """Refuse what repeats a case recorded since the question was asked: by a second click, or by somebody else."""
    Cluster.lock()
    incidents = [case.as_incident() for case in cases]
    known = KnownIncidents.around(incidents)
    for case, incident in zip(cases, incidents, strict=True):
        for twin in set(known.like(incident)) - set(case.repeats):
            raise Refused(
                _("Such a case has just been recorded: %(case)s. Look whether it is the same.") % {"case": twin}
            )


def _enter(values: dict[str, Any], *, by: User | None, now: dt.datetime) -> Incident:
    fields = _with_consequences(values, now=now)
    further_units = fields.pop("further_units", ())
    incident = Incident(recorded_at=now, recorded_by=by, **fields)
    incident.search_text = incident.folded_text()
    incident.save()
    incident.further_units.add(*further_units)
    record(verb="incident.recorded", target=incident, by=by, now=now, unit_id=incident.unit_id)
    return incident


@transaction.atomic
def import_incidents(*, cases: Sequence[NewCase], by: User, now: dt.datetime, origin: str = "") -> list[Incident]:
    """Enter the cases of a file, all or none. Of grave ones only the recent raise an alert."""
    _refuse_unseen(cases)
    entered = [_enter(case.values, by=by, now=now) for case in cases]
    for incident in entered:
        if incident.is_grave and is_news(incident, now=now):
            raise_alert(incident, by=by, now=now, origin=origin)
    return entered


@transaction.atomic
def remove_imported_incidents(*, created: Iterable[Sequence[int]], by: User, now: dt.datetime) -> None:
    """Take back cases that a file brought, given by key and revision; raises `Refused` where one was changed."""
    for pk, revision in created:
        incident = Incident.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        if incident is None:
            continue
        if incident.revision != revision:
            raise Refused(_("%(case)s was changed since the import.") % {"case": incident})
        remove_incident(incident=incident, reason=_("The import of a file was undone."), by=by, now=now)


@transaction.atomic
def change_incident(
    *, incident: Incident, values: dict[str, Any], revision: int, by: User, now: dt.datetime, origin: str = ""
) -> None:
    """Store an edit; the wording it replaces is kept beside the case. Raises `StaleEdit`.

    A case that turns out graver than it was raises an alert as a new one does.
    """
    before = locked(incident)
    changes = change(
        incident,
        values=_with_consequences(values, now=now, closed_on=before.closed_on),
        revision=revision,
        verb="incident.changed",
        by=by,
        now=now,
        unit_id=values.get("unit", incident.unit).pk,
        withheld=FREE_TEXT,
    )
    if changes.keys() & {*FREE_TEXT}:
        EarlierText.objects.create(
            incident=incident,
            revision=revision,
            **{name: getattr(before, name) for name in FREE_TEXT},
            replaced_at=now,
            replaced_by=by,
        )
        incident.search_text = incident.folded_text()
        incident.save(update_fields=["search_text"])
    if incident.is_grave and incident.severity > before.severity:
        raise_alert(incident, by=by, now=now, origin=origin)


@transaction.atomic
def take_note(*, alert: Alert, by: User, now: dt.datetime) -> None:
    """The person an alert was put before knows of the case."""
    locked(alert)
    alert.noted_at = now
    alert.save(update_fields=["noted_at"])
    record(verb="incident.alert_noted", target=alert.incident, by=by, now=now, unit_id=alert.incident.unit_id)


def _with_consequences(values: dict[str, Any], *, now: dt.datetime, closed_on: dt.date | None = None) -> dict[str, Any]:
    """What follows from the state: a solved case is cleared up, a closed one has the day it was closed on."""
    state = values.get("state", Incident.State.REPORTED)
    return {
        **values,
        "is_solved": bool(values.get("is_solved")) or state == Incident.State.SOLVED,
        "closed_on": (closed_on or timezone.localdate(now)) if state == Incident.State.CLOSED else None,
    }


@transaction.atomic
def remove_incident(*, incident: Incident, reason: str, by: User, now: dt.datetime) -> None:
    """Take out a case that was recorded by mistake, such as twice; the trail keeps what it was called and why."""
    incident = locked(incident)
    changes = {"reason": (None, reason)}
    record(verb="incident.removed", target=incident, by=by, now=now, unit_id=incident.unit_id, changes=changes)
    incident.delete()


def note_export(*, count: int, by: User, now: dt.datetime) -> None:
    """Descriptions of cases left the portal in a file: that is an act, too."""
    record(verb="incident.exported", target=Cluster.get(), by=by, now=now, changes={"cases": (None, count)})
