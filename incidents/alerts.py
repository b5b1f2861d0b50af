"""Telling the secretariat and the chair of a grave case: in the portal, and by a mail that tells nothing."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from incidents.models import Alert, Incident
from members.infrastructure.audit import record
from members.infrastructure.capabilities import Can, roles_that_may
from members.models import Cluster, User

log = logging.getLogger(__name__)

#: An imported case older than this is history, not news.
NEWS = dt.timedelta(days=30)


def raise_alert(incident: Incident, *, by: User | None, now: dt.datetime, origin: str) -> None:
    """Put the case before the whole secretariat and the chair, except who recorded it; call it in a transaction.

    `origin` is the portal's address for the link in the mail. The mails leave after the
    commit; one that can't be sent loses neither the case nor the other mails.
    """
    told = User.objects.active().filter(role__in=roles_that_may(Can.RECEIVE_ALERTS))
    people = told.exclude(pk__in=[by.pk] if by else []).in_order()
    for person in people:
        Alert.objects.update_or_create(
            incident=incident, recipient=person, defaults={"raised_at": now, "noted_at": None}
        )
    record(verb="incident.alert_raised", target=incident, by=by, now=now, unit_id=incident.unit_id)
    link = origin.rstrip("/") + incident.get_absolute_url() if origin else ""
    addresses = [person.email for person in people]
    transaction.on_commit(partial(_send, addresses, link=link), robust=True)


def is_news(incident: Incident, *, now: dt.datetime) -> bool:
    """Whether the case happened of late, counted in days of where the portal stands."""
    return incident.happened_on >= timezone.localdate(now) - NEWS


def _send(addresses: Sequence[str], *, link: str) -> None:
    """Neither the mail nor a failure in the log says what happened, where, or to whom."""
    with override(settings.LANGUAGE_CODE):
        cluster = Cluster.get()
        subject = _("A grave case on the portal of %(cluster)s") % {"cluster": cluster.short_name or cluster.name}
        message = render_to_string("incidents/alert.txt", {"link": link})
    for address in addresses:
        try:
            send_mail(subject, message, from_email=None, recipient_list=[address])
        except (OSError, SMTPException):
            log.exception("An alert could not be mailed.")
