"""One unit is given more time for its report, or less again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.timezone import localdate

from members.infrastructure.audit import record
from members.infrastructure.collisions import refuse_twin
from members.infrastructure.editing import StaleEdit, change
from members.infrastructure.outbox.posting import post, withdraw
from members.infrastructure.refusals import Refused, locked
from members.models import Unit, User
from reports.models import Extension, ReportingRound, Submission
from reports.submissions import mail, notices
from reports.submissions.actions.reports import no_longer_open
from reports.submissions.actions.rounds import lock_not_issued, require_waiting
from reports.submissions.due_dates import extension_fault


@transaction.atomic
def extend(
    *,
    round_: ReportingRound,
    unit: Unit,
    due_on: dt.date,
    reason: str,
    revision: int | None,
    by: User,
    now: dt.datetime,
    origin: str = "",
) -> None:
    """Gia hạn: let the unit hand its report in later than the others; `revision` is that of the extension it has.

    Its liaisons are written to where the portal's address is given as `origin`. Raises `Refused` where the
    report isn't waited for, or the day is none to choose; `StaleEdit` where somebody else extended it meanwhile.
    """
    held = _locked_while_with_the_unit(round_, unit)
    extension = Extension.objects.select_for_update(of=("self",)).filter(round=held, unit=unit).first()
    is_new_day = extension is None or extension.due_on != due_on
    if is_new_day and (fault := extension_fault(held, due_on, today=localdate(now))):
        raise Refused(fault, "due_on")
    values = {"due_on": due_on, "reason": reason}
    if extension is None:
        extension = _given(Extension(round=held, unit=unit, **values), by=by, now=now)
    else:
        verb = "extension.changed"
        if not change(extension, values=values, revision=revision or 0, verb=verb, by=by, now=now, unit_id=unit.pk):
            return
        extension.given_at, extension.given_by = now, by
        extension.save(update_fields=["given_at", "given_by"])
    if is_new_day:
        _tell(extension, f"{extension.pk}:{extension.revision}", origin=origin, by=by, now=now)


def _given(extension: Extension, *, by: User, now: dt.datetime) -> Extension:
    extension.given_at, extension.given_by = now, by
    with refuse_twin(extension):
        extension.save()
    changes = {name: (None, getattr(extension, name)) for name in ("due_on", "reason")}
    record(verb="extension.given", target=extension, by=by, now=now, unit_id=extension.unit_id, changes=changes)
    return extension


@transaction.atomic
def take_back_extension(*, extension: Extension, revision: int, by: User, now: dt.datetime, origin: str = "") -> None:
    """Let the round's due date hold for the unit again. Raises `Refused` or `StaleEdit` as `extend` does."""
    _locked_while_with_the_unit(extension.round, extension.unit)
    held = locked(extension)
    if held.revision != revision:
        raise StaleEdit(held)
    changes = {name: (getattr(held, name), None) for name in ("due_on", "reason")}
    record(verb="extension.taken_back", target=held, by=by, now=now, unit_id=held.unit_id, changes=changes)
    Extension.objects.filter(pk=held.pk).delete()
    _tell(held, f"{held.pk}:taken-back", origin=origin, by=by, now=now)


def _locked_while_with_the_unit(round_: ReportingRound, unit: Unit) -> ReportingRound:
    lock_not_issued(round_, about=Submission(round=round_, unit=unit))
    require_waiting(round_)
    sent = round_.submissions.filter(unit=unit).exclude(status__in=Submission.OPEN).first()
    if sent:
        raise no_longer_open(sent)
    return locked(round_)


def _tell(extension: Extension, key: str, *, origin: str, by: User, now: dt.datetime) -> None:
    """What waits and names the day before isn't true any more; the liaisons are told the new one."""
    opened = extension.round
    withdraw(about=opened, kinds=mail.NAMING_THE_DUE_DATE, unit_id=extension.unit_id, now=now)
    due_on = opened.extensions.filter(unit=extension.unit).due_days().of(opened, extension.unit_id)
    people = extension.unit.people.active().liaisons().filter(wants_notices=True).in_order() if origin else ()
    for person in people:
        letter = notices.extended(person, opened, key=key, due_on=due_on, origin=origin, now=now)
        post(letter, about=opened, by=by, now=now)
