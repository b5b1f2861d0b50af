"""E-mails to the units' liaisons; they say what is wanted and where, and carry nothing of a report."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from members.models import Cluster, User
from reports.models import ReportingRound

log = logging.getLogger(__name__)


def reminder(person: User, opened: ReportingRound, *, origin: str) -> EmailMessage:
    """A report is expected, or overdue; `origin` is the portal's own address."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Report for the %(period)s is expected") % {"period": opened.period.label}
        return _message("reports/mail_reminder.txt", subject, person, opened, origin)


def returned(person: User, opened: ReportingRound, *, origin: str) -> EmailMessage:
    """The secretariat asks for changes to the unit's report."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Report for the %(period)s has been returned") % {"period": opened.period.label}
        return _message("reports/mail_returned.txt", subject, person, opened, origin)


def _message(template: str, subject: str, person: User, opened: ReportingRound, origin: str) -> EmailMessage:
    path = reverse("reports:submission-edit", args=[opened.period, person.unit_id])
    context = {"person": person, "round": opened, "cluster": Cluster.get(), "link": origin.rstrip("/") + path}
    return EmailMessage(subject, render_to_string(template, context), to=[person.email])


def deliver(messages: Mapping[User, EmailMessage]) -> list[User]:
    """Send each person their message; who could not be reached is returned, and told in the log.

    An address that the mail server refuses keeps no message from the others.
    """
    if not messages:
        return []
    unreached: list[User] = []
    try:
        with get_connection() as connection:
            for person, message in messages.items():
                try:
                    connection.send_messages([message])
                except OSError:  # smtplib's exceptions are OSErrors
                    log.exception("an e-mail to a liaison could not be sent")
                    unreached.append(person)
    except OSError:
        log.exception("the mail server can't be reached")
        return list(messages)
    return unreached


def unreached_notice(people: Iterable[User]) -> str:
    """Whom the secretariat should call instead."""
    return _("E-mails could not be sent to: %(people)s. Reach them by telephone.") % {
        "people": "; ".join(person.full_name for person in people)
    }
