"""An issued document is sent to its recipients, and who has read it is kept."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.text import fold
from members.infrastructure.audit import Changes, record
from members.infrastructure.capabilities import sees_own_unit
from members.infrastructure.outbox.letters import Letter
from members.infrastructure.outbox.posting import post
from members.infrastructure.refusals import Refused, locked
from members.models import Unit, UnitQuerySet, User
from reports.documents import mail
from reports.models import Dispatch, DocumentReading, IssuedDocument

Way = Dispatch.Way


@dataclass(frozen=True)
class Sent:
    """What came of a sending: how many recipients, how many e-mails, and the units nobody could be written to."""

    recipients: int
    letters: int
    unreachable: tuple[str, ...]


def units_to_send(document: IssuedDocument, *, today: dt.date) -> UnitQuerySet:
    """The members that have not been sent the document."""
    sent = Dispatch.objects.filter(document=document, unit__isnull=False).values("unit")
    return Unit.objects.members_on(today).exclude(pk__in=sent).in_order()


def reason_not_to_send(document: IssuedDocument) -> str:
    """Why the document isn't sent to anybody any more, in a sentence; empty where it is."""
    if document.replaced_by is None:
        return ""
    return _("It has been replaced by %(document)s; send that.") % {"document": document.replaced_by.notation}


@transaction.atomic
def send_document(
    *,
    document: IssuedDocument,
    units: Collection[Unit],
    others: Sequence[str] = (),
    by: User | None,
    now: dt.datetime,
    origin: str = "",
) -> Sent:
    """Send the document to units, in the portal and by e-mail with a link, and note whom it goes to on paper.

    Whoever was sent it before is passed over. `origin` is the portal's address for the
    link. Raises `Refused` where it has been replaced, or nobody is left to send it to.
    """
    held = locked(document)
    if reason := reason_not_to_send(held):
        raise Refused(reason, about=held)
    there = list(Dispatch.objects.filter(document=held))
    units_there, names_there = {row.unit_id for row in there}, {fold(row.recipient) for row in there}
    liaisons = _liaisons_of(units)
    rows = [
        Dispatch(unit=unit, recipient=unit.name, way=Way.PORTAL, people_mailed=len(liaisons[unit.pk]))
        for unit in units
        if unit.pk not in units_there
    ]
    names_there |= {fold(row.recipient) for row in rows}
    named = {fold(name): name for name in reversed(others)}
    rows += [Dispatch(recipient=named[key], way=Way.PAPER) for key in reversed(named) if key not in names_there]
    if not rows:
        raise Refused(_("Everybody named has been sent this document."), about=held)
    for row in rows:
        row.document, row.sent_at, row.sent_by = held, now, by
        row.save()
    letters = [mail.sent(held, person, origin=origin) for row in rows for person in liaisons[row.unit_id or 0]]
    posted = sum(post(letter, about=held, by=by, now=now) for letter in letters)
    changes: Changes = {"recipients": (None, [row.recipient for row in rows])}
    record(verb="document.sent", target=held, by=by, now=now, changes=changes)
    unreachable = tuple(row.recipient for row in rows if row.unit_id and not row.people_mailed)
    return Sent(len(rows), posted, unreachable)


def _liaisons_of(units: Collection[Unit]) -> dict[int, list[User]]:
    """Whom a unit's e-mail goes to, by the key of the unit."""
    liaisons: dict[int, list[User]] = defaultdict(list)
    for person in User.objects.active().liaisons().filter(unit__in=units).in_order():
        liaisons[person.unit_id or 0].append(person)
    return liaisons


def note_reading(document: IssuedDocument, person: User, *, now: dt.datetime) -> None:
    """Keep that a person of a unit the document was sent to has opened it; the first time counts."""
    if not sees_own_unit(person) or person.unit_id is None:
        return
    if not Dispatch.objects.filter(document=document, unit=person.unit_id).exists():
        return
    DocumentReading.objects.get_or_create(
        document=document, person=person, defaults={"unit_id": person.unit_id, "read_at": now}
    )


@dataclass(frozen=True)
class LogLine:
    """One line of the dispatch log: the sending, the e-mails that belong to it, and who has read it."""

    dispatch: Dispatch
    letters: tuple[Letter, ...]
    readings: tuple[DocumentReading, ...]

    @property
    def is_read(self) -> bool:
        return bool(self.readings)


def dispatch_log(document: IssuedDocument) -> list[LogLine]:
    """To whom, when, how, read by whom (three queries)."""
    letters: dict[int | None, list[Letter]] = defaultdict(list)
    for letter in Letter.objects.about(document).filter(kind=mail.SENT).order_by("pk"):
        letters[letter.unit_id].append(letter)
    readings: dict[int, list[DocumentReading]] = defaultdict(list)
    for reading in document.readings.select_related("person"):
        readings[reading.unit_id].append(reading)
    return [
        LogLine(row, tuple(letters[row.unit_id]) if row.unit_id else (), tuple(readings[row.unit_id or 0]))
        for row in document.dispatches.select_related("sent_by")
    ]
