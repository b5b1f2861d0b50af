"""Telling the secretariat and the chair of a grave case: in the portal, and by a mail that tells nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from incidents.models import Alert, Incident
from members.infrastructure.audit import record
from members.infrastructure.capabilities import Can, roles_that_may
from members.infrastructure.outbox.posting import Draft, post
from members.models import Cluster, User

#: An imported case older than this is history, not news.
NEWS = dt.timedelta(days=30)


def raise_alert(incident: Incident, *, by: User | None, now: dt.datetime, origin: str) -> None:
    """Put the case before the whole secretariat and the chair, except who recorded it; call it in a transaction.

    `origin` is the portal's address for the link in the mail.
    """
    told = User.objects.active().filter(role__in=roles_that_may(Can.RECEIVE_ALERTS))
    people = told.exclude(pk__in=[by.pk] if by else []).in_order()
    for person in people:
        Alert.objects.update_or_create(
            incident=incident, recipient=person, defaults={"raised_at": now, "noted_at": None}
        )
    record(verb="incident.alert_raised", target=incident, by=by, now=now, unit_id=incident.unit_id)
    link = origin.rstrip("/") + incident.get_absolute_url() if origin else ""
    _post(people, incident, link=link, now=now)


def is_news(incident: Incident, *, now: dt.datetime) -> bool:
    """Whether the case happened of late, counted in days of where the portal stands."""
    return incident.happened_on >= timezone.localdate(now) - NEWS


def _post(people: Iterable[User], incident: Incident, *, link: str, now: dt.datetime) -> None:
    """A letter says nothing of what happened, where, or to whom. Raised anew, a case is told of anew."""
    with override(settings.LANGUAGE_CODE):
        cluster = Cluster.get()
        subject = _("A grave case on the portal of %(cluster)s") % {"cluster": cluster.short_name or cluster.name}
        body = render_to_string("incidents/alert.txt", {"link": link})
    for person in people:
        key = f"alert:{incident.pk}:{incident.revision}:{person.pk}"
        data = {"person": person.pk}
        letter = Draft("alert", key, person.email, subject, body, person.full_name, data=data)
        post(letter, about=incident, by=None, now=now)
