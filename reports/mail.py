"""E-mails to the units' liaisons; they say what is wanted and where, and carry nothing of a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cluster_portal.mail import MailServerAway, send_each
from members.models import Cluster, User
from reports.models import ReportingRound


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
    """Send each person their message; returns who could not be reached."""
    reached: set[User] = set()
    if messages:
        with suppress(MailServerAway):
            reached.update(person for person, is_taken in send_each(messages.items()) if is_taken)
    return [person for person in messages if person not in reached]


def unreached_notice(people: Iterable[User]) -> str:
    """Whom the secretariat should call instead."""
    return _("E-mails could not be sent to: %(people)s. Reach them by telephone.") % {
        "people": "; ".join(person.full_name for person in people)
    }
