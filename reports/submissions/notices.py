"""What the year's rhythm tells the liaisons by itself: a round is opened, due in a week, in two days, today, overdue.

Each unit is told by its own due date. A notice is a letter whose key names round, stage,
due date and person, so that however often the timer runs nobody gets it twice; a due date
that is moved begins anew. Who has switched notices off, was reminded by hand that day, or
has sent the report gets none.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from members.infrastructure.capabilities import NO_UNIT
from members.infrastructure.outbox.letters import Letter
from members.infrastructure.outbox.posting import Draft, post
from members.models import Cluster, User
from reports.models import Extension, IssuedDocument, ReportingRound, Submission
from reports.submissions.board import build_board
from reports.submissions.mail import reminder_key

OPENED, WEEK, TWO_DAYS, TODAY, OVERDUE = "opened", "week", "two_days", "today", "overdue"

#: For so many days after its opening a round is news; then it is only spoken of as its due date comes near.
NEWS = 3
#: So many weeks after the due date an overdue report is spoken of, once a week.
WEEKS = 4
#: At night nobody's telephone rings because of the portal: letters wait from the first hour to the second.
QUIET = (20, 7)


def stage_of(round_: ReportingRound, due_on: dt.date, today: dt.date) -> str | None:
    """What is to be told that day of a report in the round that is due on another, None where nothing is."""
    left = (due_on - today).days
    if left < 0:
        week = (-left - 1) // 7
        return f"{OVERDUE}-{week}" if week < WEEKS else None
    if left == 0:
        return TODAY
    if left <= 2:
        return TWO_DAYS
    if (today - timezone.localdate(round_.opened_at)).days <= NEWS:
        return OPENED
    return WEEK if left <= 7 else None


def after_quiet_hours(now: dt.datetime) -> dt.datetime:
    """`now`, or the morning after it."""
    here = timezone.localtime(now)
    night, morning = QUIET
    if morning <= here.hour < night:
        return now
    day = here.date() + dt.timedelta(days=here.hour >= night)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(morning)))


@transaction.atomic
def post_notices(*, origin: str, now: dt.datetime) -> int:
    """Post what is to be told today; how many letters these are. `origin` is the portal's own address.

    At night nothing: what is true then need not be in the morning.
    """
    if after_quiet_hours(now) != now:
        return 0
    today = timezone.localdate(now)
    since = today - dt.timedelta(weeks=WEEKS + 1)
    extended = Extension.objects.filter(due_on__gte=since).values("round")
    recent = ReportingRound.objects.filter(Q(due_on__gte=since) | Q(pk__in=extended), closed_at=None)
    return sum(_post_round(opened, today=today, origin=origin, now=now) for opened in recent.order_by("period"))


def _post_round(opened: ReportingRound, *, today: dt.date, origin: str, now: dt.datetime) -> int:
    if IssuedDocument.objects.locking(opened.period).exists():
        return 0
    units = [row.unit_id for row in build_board(opened, today=today).with_the_units]
    people = User.objects.active().liaisons().filter(unit__in=units, wants_notices=True).select_related("unit")
    reminded = set(Letter.objects.about(opened).filter(key__endswith=f":{today}").values_list("key", flat=True))
    told = [person for person in people.in_order() if reminder_key(person, opened, today) not in reminded]
    due_days = opened.extensions.due_days()
    letters = [
        _letter(person, opened, stage, due_on, origin=origin, now=now)
        for person in told
        if (due_on := due_days.of(opened, person.unit_id or NO_UNIT))
        and (stage := stage_of(opened, due_on, today)) is not None
    ]
    return sum(post(letter, about=opened, by=None, now=now) for letter in letters)


def _letter(
    person: User, opened: ReportingRound, stage: str, due_on: dt.date, *, origin: str, now: dt.datetime
) -> Draft:
    path = reverse("reports:submission-edit", args=[opened.period, person.unit_id])
    with translation.override(settings.LANGUAGE_CODE):
        subject = _subject(stage.partition("-")[0]) % {"period": opened.period.label}
        context = {"stage": stage.partition("-")[0], "round": opened, "due_on": due_on}
        body = _body("reports/submissions/mail_notice.txt", person, context, path=path, origin=origin)
    # who was given another day is told of it; that the round is open was news once
    key = f"notice:{opened.pk}:{stage}:{opened.due_on if stage == OPENED else due_on}:{person.pk}"
    tomorrow = dt.datetime.combine(timezone.localdate(now) + dt.timedelta(days=1), dt.time.min)
    return replace(_draft(key, person, subject, body, now=now), until=timezone.make_aware(tomorrow))


def _subject(stage: str) -> str:
    return {
        OPENED: _("The round of reports for the %(period)s is open"),
        WEEK: _("Report for the %(period)s: due within a week"),
        TWO_DAYS: _("Report for the %(period)s: due within two days"),
        TODAY: _("Report for the %(period)s: due today"),
        OVERDUE: _("Report for the %(period)s: overdue"),
    }[stage]


def extended(
    person: User, opened: ReportingRound, *, key: str, due_on: dt.date, origin: str, now: dt.datetime
) -> Draft:
    """The unit was given another day for its report, or that is taken back; `key` tells the one act from the next."""
    path = reverse("reports:submission-edit", args=[opened.period, person.unit_id])
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Report for the %(period)s: another due date") % {"period": opened.period.label}
        context = {"stage": "extended", "round": opened, "due_on": due_on}
        body = _body("reports/submissions/mail_notice.txt", person, context, path=path, origin=origin)
    return _draft(f"extended:{key}:{person.pk}", person, subject, body, now=now)


def accepted(person: User, opened: ReportingRound, *, revision: int, origin: str, now: dt.datetime) -> Draft:
    """The secretariat has taken the unit's report over."""
    path = reverse("reports:submission-detail", args=[opened.period, person.unit_id])
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Report for the %(period)s has been accepted") % {"period": opened.period.label}
        context = {"stage": "accepted", "round": opened}
        body = _body("reports/submissions/mail_notice.txt", person, context, path=path, origin=origin)
    return _draft(f"accepted:{opened.pk}:{revision}:{person.pk}", person, subject, body, now=now)


def answered(person: User, submission: Submission, *, origin: str, now: dt.datetime) -> Draft:
    """A comment on the report was answered, by the unit or by the secretariat."""
    opened = submission.round
    path = reverse("reports:submission-detail", args=[opened.period, submission.unit_id])
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Report for the %(period)s: a comment has been answered") % {"period": opened.period.label}
        context = {"stage": "answered", "round": opened, "unit": submission.unit}
        body = _body("reports/submissions/mail_notice.txt", person, context, path=path, origin=origin)
    key = f"answered:{submission.pk}:{timezone.localdate(now)}:{person.pk}"
    return _draft(key, person, subject, body, now=now)


def _body(template: str, person: User, context: dict[str, object], *, path: str, origin: str) -> str:
    home = origin.rstrip("/")
    links = {"link": home + path, "stop": home + reverse("members:notices")}
    return render_to_string(template, {**context, **links, "person": person, "cluster": Cluster.get()})


def _draft(key: str, person: User, subject: str, body: str, *, now: dt.datetime) -> Draft:
    return Draft.to(person, "notice", key, subject=subject, body=body, not_before=after_quiet_hours(now))
