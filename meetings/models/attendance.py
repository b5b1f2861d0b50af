from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.models.meeting import Meeting
from members.infrastructure.capabilities import Can, visible_rows
from members.infrastructure.editing import Revised
from members.models import Unit, User

#: Of those who stand in a paper's way, so many are named.
_MOST_NAMED = 5


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, user: User) -> AttendanceQuerySet:
        """A liaison sees the row of their own unit."""
        return visible_rows(self, user, own_unit=lambda unit: models.Q(unit=unit), whole=Can.READ_MEETING_RECORDS)

    def in_order(self) -> AttendanceQuerySet:
        """Units first, in the cluster's order, then the guests."""
        return self.select_related("unit").order_by(models.F("unit__order").asc(nulls_last=True), "order", "pk")

    def units(self) -> AttendanceQuerySet:
        return self.filter(unit__isnull=False)

    def guests(self) -> AttendanceQuerySet:
        return self.filter(unit__isnull=True)

    def came(self) -> AttendanceQuerySet:
        return self.filter(presence__in=(Attendance.Presence.PRESENT, Attendance.Presence.REPRESENTED))

    def undecided(self) -> AttendanceQuerySet:
        """Of whom nobody has ticked yet whether they were there; minutes would leave such a guest out."""
        return self.filter(presence="")

    def undecided_sentence(self) -> str:
        """Who of them is undecided, by name; empty where nobody is."""
        undecided = [str(row) for row in self.undecided().in_order()]
        if not undecided:
            return ""
        named = ", ".join(undecided[:_MOST_NAMED]) + (", …" if len(undecided) > _MOST_NAMED else "")
        told = gettext("Not ticked yet (%(n)d): %(names)s. Was each there, represented or absent?")
        return told % {"n": len(undecided), "names": named}

    def behind(self, issued_at: dt.datetime) -> AttendanceQuerySet:
        """Those whom an e-mail reaches, at an address of their own or the liaison's, and none was since `issued_at`."""
        liaisons = User.objects.active().liaisons().filter(unit=OuterRef("unit"))
        reached = self.filter(~Q(email="") | Exists(liaisons))
        return reached.filter(Q(mailed_at=None) | Q(mailed_at__lt=issued_at))

    def waiting_for_mail(self, meeting: Meeting) -> AttendanceQuerySet:
        """The meeting's invitees with an address whom no e-mail has told yet what was announced last.

        Of a meeting that is called off, whoever was invited, by whatever way.
        """
        invitees = self.filter(meeting=meeting)
        if meeting.called_off_at is not None:
            return invitees.behind(meeting.called_off_at).filter(invited_at__isnull=False)
        told = meeting.announcements.last()
        if told is None or told.is_outdated or not meeting.is_planned:
            return self.none()
        return invitees.behind(told.issued_at)

    def waiting_for_call(self, meeting: Meeting) -> AttendanceQuerySet:
        """Of a meeting that is called off, everybody on the list whom no e-mail has told or is going to tell."""
        if meeting.called_off_at is None:
            return self.none()
        invitees = self.filter(meeting=meeting)
        told = invitees.filter(mailed_at__gte=meeting.called_off_at)
        return invitees.exclude(pk__in=told).exclude(pk__in=self.waiting_for_mail(meeting))


class Attendance(Revised):
    """An invited unit, or a guest where `unit` is null, at one meeting.

    Name and title belong to this row: they are what is printed for this meeting,
    whatever the person is called at the next one. `invited_at` is when the invitation
    was first issued, `mailed_at` when the last e-mail about the meeting was taken by the
    mail server for this address.
    """

    class Reply(models.TextChoices):
        PENDING = "pending", _("no reply yet")
        CONFIRMED = "confirmed", _("coming")
        DECLINED = "declined", _("not coming")

    class Presence(models.TextChoices):
        PRESENT = "present", _("present")
        REPRESENTED = "represented", _("represented")
        EXCUSED = "excused", _("absent with notice")
        ABSENT = "absent", _("absent without notice")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="attendances")
    name = models.CharField(_("name"), max_length=120, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    invited_at = models.DateTimeField(null=True, editable=False)
    mailed_at = models.DateTimeField(null=True, editable=False)
    reply = models.CharField(_("reply"), max_length=9, choices=Reply.choices, default=Reply.PENDING)
    reply_note = models.CharField(_("note to the secretariat"), max_length=300, blank=True)
    presence = models.CharField(_("attendance"), max_length=11, choices=Presence.choices, blank=True)
    represented_by = models.CharField(_("represented by"), max_length=200, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "unit"], name="unit_is_invited_once"),
            models.CheckConstraint(condition=Q(unit__isnull=False) | ~Q(name=""), name="guest_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.unit.name if self.unit else self.name

    @property
    def is_guest(self) -> bool:
        return self.unit_id is None

    @property
    def invitee(self) -> str:
        """Whom the invitation addresses: the guest with title and organisation, or the unit."""
        if self.unit:
            return self.unit.name
        return ", ".join(part for part in (self.name, self.title, self.organisation) if part)

    @property
    def person(self) -> str:
        """Who comes, with title: ``Nguyễn Văn Mẫu, Phó Chủ tịch``; empty if nobody was named."""
        return ", ".join(part for part in (self.name, self.title) if part)
