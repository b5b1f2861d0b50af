"""E-mails to the units' liaisons; they say what is wanted and where, and carry nothing of a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
        return _message("reports/submissions/mail_reminder.txt", subject, person, opened, origin)


def returned(person: User, opened: ReportingRound, *, origin: str) -> EmailMessage:
    """The secretariat asks for changes to the unit's report."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Report for the %(period)s has been returned") % {"period": opened.period.label}
        return _message("reports/submissions/mail_returned.txt", subject, person, opened, origin)


def _message(template: str, subject: str, person: User, opened: ReportingRound, origin: str) -> EmailMessage:
    path = reverse("reports:submission-edit", args=[opened.period, person.unit_id])
    context = {"person": person, "round": opened, "cluster": Cluster.get(), "link": origin.rstrip("/") + path}
    return EmailMessage(subject, render_to_string(template, context), to=[person.email])


@dataclass(frozen=True)
class Delivery:
    """How far the sending came; the mail server took nothing for the `unreached`, `waiting` were not begun in time."""

    reached: tuple[User, ...] = ()
    unreached: tuple[User, ...] = ()
    waiting: tuple[User, ...] = ()


def deliver(messages: Mapping[User, EmailMessage]) -> Delivery:
    """Send each person their message, as far as the patience with a slow mail server goes."""
    if not messages:
        return Delivery()
    outcomes: dict[User, bool] = {}
    is_server_away = False
    try:
        for person, is_taken in send_each(messages.items()):
            outcomes[person] = is_taken
    except MailServerAway:
        is_server_away = True
    rest = tuple(person for person in messages if person not in outcomes)
    refused = tuple(person for person, is_taken in outcomes.items() if not is_taken)
    return Delivery(
        reached=tuple(person for person, is_taken in outcomes.items() if is_taken),
        unreached=refused + rest if is_server_away else refused,
        waiting=() if is_server_away else rest,
    )


def unreached_notice(people: Iterable[User]) -> str:
    """Whom the secretariat should call instead."""
    return _("E-mails could not be sent to: %(people)s. Reach them by telephone.") % {
        "people": "; ".join(person.full_name for person in people)
    }
