"""E-mails to the units' liaisons; they say what is wanted and where, and carry nothing of a report."""

from __future__ import annotations

import logging
from collections.abc import Iterable

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


def deliver(messages: Iterable[EmailMessage]) -> bool:
    """Send the messages; False, and a line in the log, where the mail server refuses or can't be reached."""
    try:
        get_connection().send_messages(list(messages))
    except OSError:  # smtplib's exceptions are OSErrors
        log.exception("e-mails to liaisons could not be sent")
        return False
    return True
