from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cluster_portal.period_fields import PeriodField
from cluster_portal.periods import Period
from cluster_portal.text import keys_holding
from meetings.models.appointment import Appointment
from members.infrastructure.capabilities import Can, allowed, visible_rows
from members.infrastructure.editing import Revised
from members.models import Unit, User


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> MeetingQuerySet:
        """A liaison sees the meetings their unit is invited to, once the invitations are out.

        Before that a meeting is a plan, for those who read how ready it is.
        """
        announced = Q(invited_at__isnull=False) | Q(status__in=(Meeting.Status.HELD, Meeting.Status.CLOSED))
        rows = self if allowed(user, Can.READ_MEETING_RECORDS) else self.filter(announced)
        return visible_rows(rows, user, own_unit=lambda unit: Q(attendances__unit=unit))

    def took_place(self) -> MeetingQuerySet:
        return self.filter(status__in=(Meeting.Status.HELD, Meeting.Status.CLOSED))

    def reviewing(self, period: Period) -> MeetingQuerySet:
        """Those held on the period's work, or to be held; one that was called off reviews nothing."""
        return self.filter(period=period).exclude(status=Meeting.Status.CALLED_OFF).latest_first()

    def looked_towards(self, day: dt.date) -> MeetingQuerySet:
        """In the order in which they matter on `day`: the next ahead, what was called off of these days, the past."""
        ahead = Q(status__in=(Meeting.Status.PLANNED, Meeting.Status.HELD), held_on__gte=day)
        is_off = Q(status=Meeting.Status.CALLED_OFF)
        rows = self.exclude(is_off, held_on__lt=day)
        place = Case(When(ahead, then=0), When(is_off, then=1), default=2)
        soonest = (Case(When(ahead, then=F(name))) for name in ("held_on", "pk"))
        return rows.order_by(place, *soonest, "-held_on", "-pk")

    def before(self, meeting: Meeting) -> MeetingQuerySet:
        """Earlier meetings, the latest first."""
        return self.filter(
            Q(held_on__lt=meeting.held_on) | Q(held_on=meeting.held_on, pk__lt=meeting.pk)
        ).latest_first()

    def matching(self, typed: str) -> MeetingQuerySet:
        """Those whose heading, place or host hold every word that was typed."""
        return self.filter(pk__in=keys_holding(typed, self.values_list("pk", "title", "place", "host__name")))

    def latest_first(self) -> MeetingQuerySet:
        return self.order_by("-held_on", "-pk")


class Meeting(Revised, Appointment):
    """Hội nghị: planned, then held, then closed with its record complete; or called off before it was held.

    Long texts hold one point or paragraph a line. `byline` signs the news item.
    """

    class Kind(models.TextChoices):
        SEMIANNUAL = "semiannual", _("semiannual review")
        ANNUAL = "annual", _("annual review")
        BRIEFING = "briefing", _("briefing")

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        CLOSED = "closed", pgettext_lazy("meeting", "closed")
        CALLED_OFF = "called_off", _("called off")

    kind = models.CharField(_("kind of meeting"), max_length=12, choices=Kind.choices, default=Kind.SEMIANNUAL)
    period = PeriodField(_("period reviewed"))
    title = models.CharField(_("heading"), max_length=300)
    host = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="hosted_meetings", verbose_name=_("host unit")
    )
    chair_name = models.CharField(_("chair"), max_length=120)
    chair_title = models.CharField(_("chair's title"), max_length=200, blank=True, help_text=_("As it is printed."))
    secretary_name = models.CharField(_("secretary"), max_length=120, blank=True)
    secretary_title = models.CharField(_("secretary's title"), max_length=200, blank=True)
    agenda = models.TextField(_("agenda"), blank=True, help_text=_("One item a line."))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PLANNED)
    invited_at = models.DateTimeField(_("invitations issued"), null=True, editable=False)
    invitation_number = models.PositiveIntegerField(null=True, editable=False)
    invitation_date = models.DateField(null=True, editable=False)
    #: The facts the invitation told when it got its number, by name; a changed one is another document.
    invitation_says = models.JSONField(null=True, editable=False)
    called_off_at = models.DateTimeField(_("called off"), null=True, editable=False)
    call_off_reason = models.CharField(_("reason"), max_length=300, blank=True)
    notes = models.TextField(_("notes in the course of the meeting"), blank=True)
    results = models.TextField(_("results"), blank=True, help_text=_("One point a line."))
    shortcomings = models.TextField(_("shortcomings and causes"), blank=True, help_text=_("One point a line."))
    conclusion = models.TextField(_("the chair's conclusion"), blank=True, help_text=_("One paragraph a line."))
    byline = models.CharField(_("byline of the news item"), max_length=200, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(status="called_off", called_off_at__isnull=False) & ~Q(call_off_reason="")
                | ~Q(status="called_off") & Q(called_off_at__isnull=True),
                name="meeting_called_off_says_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting-detail", args=[self.pk])

    def is_ahead_on(self, day: dt.date) -> bool:
        """Whether it is still to be held, or closed, on `day` or later."""
        return self.status in (Meeting.Status.PLANNED, Meeting.Status.HELD) and self.held_on >= day

    @property
    def is_planned(self) -> bool:
        return self.status == self.Status.PLANNED

    @property
    def is_closed(self) -> bool:
        return self.status == self.Status.CLOSED

    @property
    def is_called_off(self) -> bool:
        return self.status == self.Status.CALLED_OFF

    @property
    def is_locked(self) -> bool:
        """Whether nothing of it is changed any more."""
        return self.is_closed or self.is_called_off

    @property
    def took_place(self) -> bool:
        return self.status in (self.Status.HELD, self.Status.CLOSED)

    @property
    def hour_lacking(self) -> str:
        """That an invitation can't tell the hour yet, in a sentence; empty where it can."""
        if self.starts_at:
            return ""
        return gettext("The invitation must tell the hour; set it in the plan of the meeting first.")

    def invitation_obstacle(self, day: dt.date) -> str:
        """Why nobody can be invited to it on `day`, in a sentence; empty where people can."""
        if day > self.held_on:
            return gettext("The day of the meeting is past; nobody can be invited to it any more.")
        return self.hour_lacking

    def has_record(self) -> bool:
        """Whether anything of its course was noted already."""
        noted = any((self.notes, self.results, self.shortcomings, self.conclusion))
        return (
            noted
            or self.attendances.exclude(presence="").exists()
            or self.speeches.exclude(main_points="").exists()
            or self.tasks.exists()
            or self.photos.exists()
        )

    @property
    def is_announced(self) -> bool:
        """Whether the invited units know of it."""
        return self.invited_at is not None or not self.is_planned

    @property
    def is_known(self) -> bool:
        """Whether anybody may know of it: announced, or invited to by a document that was issued."""
        return self.is_announced or self.invitation_number is not None


#: The kinds as they stand in a title, on Vietnamese documents.
WORDS: dict[str, str] = {
    Meeting.Kind.SEMIANNUAL: "sơ kết",
    Meeting.Kind.ANNUAL: "tổng kết",
    Meeting.Kind.BRIEFING: "giao ban",
}


def proposed_title(kind: str, period: Period) -> str:
    """The usual title of such a meeting, in Vietnamese as it is printed on every document."""
    return f"Hội nghị {WORDS[kind]} công tác phối hợp xây dựng Cụm địa bàn an toàn {period.printed}"
