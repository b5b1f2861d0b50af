"""E-mails to the units' liaisons; they say what is wanted and where, and carry nothing of a report."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from members.infrastructure.capabilities import NO_UNIT
from members.infrastructure.outbox.posting import Draft, withdraw
from members.models import Cluster, Unit, User
from reports.models import ReportingRound, Submission

#: The letters about a round that say when reports are due; they aren't true any more once that is another day.
NAMING_THE_DUE_DATE = ("reminder", "notice")


def take_back(submission: Submission, *, now: dt.datetime) -> None:
    """The report has moved on: what waits and tells of the state it was in, or asks for it, isn't true any more."""
    withdraw(about=submission, kinds=("returned", "notice"), now=now)
    if submission.status in (Submission.Status.SUBMITTED, Submission.Status.ACCEPTED):
        withdraw(about=submission.round, kinds=NAMING_THE_DUE_DATE, unit_id=submission.unit_id, now=now)


def reminder(person: User, opened: ReportingRound, *, day: dt.date, origin: str) -> Draft:
    """A report is expected, or overdue: one letter a person and day; `origin` is the portal's own address."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Report for the %(period)s is expected") % {"period": opened.period.label}
        body = _body("reports/submissions/mail_reminder.txt", person, opened, origin)
    return Draft.to(person, "reminder", reminder_key(person, opened, day), subject=subject, body=body)


def reminder_key(person: User, opened: ReportingRound, day: dt.date) -> str:
    return f"reminder:{opened.pk}:{person.pk}:{day}"


def returned(person: User, opened: ReportingRound, *, revision: int, origin: str) -> Draft:
    """The secretariat asks for changes to the unit's report, which stands at that revision since."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Report for the %(period)s has been returned") % {"period": opened.period.label}
        body = _body("reports/submissions/mail_returned.txt", person, opened, origin)
    return Draft.to(person, "returned", f"returned:{opened.pk}:{revision}:{person.pk}", subject=subject, body=body)


def _body(template: str, person: User, opened: ReportingRound, origin: str) -> str:
    path = reverse("reports:submission-edit", args=[opened.period, person.unit_id])
    due_on = _due_on(opened, person.unit_id)
    link = origin.rstrip("/") + path
    context = {"person": person, "round": opened, "due_on": due_on, "cluster": Cluster.get(), "link": link}
    return render_to_string(template, context)


def _due_on(opened: ReportingRound, unit_id: int | None) -> dt.date:
    """The unit's own day."""
    return opened.extensions.filter(unit=unit_id).due_days().of(opened, unit_id or NO_UNIT)


def reminder_to_pass_on(unit: Unit, opened: ReportingRound, *, origin: str) -> str:
    """A reminder to be sent by Zalo: no figures, and a link that asks to sign in."""
    path = reverse("reports:submission-edit", args=[opened.period, unit.pk])
    due_on = _due_on(opened, unit.pk)
    link = origin.rstrip("/") + path
    context = {"unit": unit, "round": opened, "due_on": due_on, "cluster": Cluster.get(), "link": link}
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string("reports/submissions/zalo_reminder.txt", context).strip()
