from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from meetings.models.meeting import Meeting
from members.infrastructure.capabilities import Can, visible_rows
from members.infrastructure.editing import Revised
from members.models import Unit, User


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: User) -> TaskQuerySet:
        """Who sees a meeting sees its tasks; of those without one a unit sees what it answers for."""
        of_meetings = Q(meeting__in=Meeting.objects.visible_to(user).values("pk"))
        own = Task.objects.of_unit(user.unit_id).values("pk")
        of_none = visible_rows(self.filter(meeting=None), user, own_unit=lambda _unit: Q(pk__in=own))
        return self.filter(of_meetings | Q(pk__in=of_none.values("pk")))

    def of_unit(self, unit_id: int | None) -> TaskQuerySet:
        """Tasks the unit answers for: its own, and those of all units."""
        named = Task.units.through.objects.filter(unit=unit_id).values("task")
        return self.filter(Q(for_all_units=True) | Q(pk__in=named))

    def outstanding(self) -> TaskQuerySet:
        return self.filter(status=Task.Status.OPEN)

    def overdue_on(self, day: dt.date) -> TaskQuerySet:
        """Open tasks whose due date has passed."""
        return self.outstanding().filter(due_on__lt=day)

    def carried_to(self, meeting: Meeting) -> TaskQuerySet:
        """What earlier meetings left for `meeting` to look at: the tasks of the last
        one whatever their state, and older ones that are still open."""
        earlier = Meeting.objects.before(meeting).exclude(status=Meeting.Status.CALLED_OFF)
        return self.filter(
            Q(meeting__in=earlier.values("pk")[:1]) | Q(meeting__in=earlier.values("pk"), status=Task.Status.OPEN)
        ).in_order()

    def in_order(self) -> TaskQuerySet:
        units = models.Prefetch("units", Unit.objects.in_order())
        return (
            self.select_related("meeting")
            .prefetch_related(units)
            .order_by(F("meeting__held_on").asc(nulls_last=True), "order", "pk")
        )


class Task(Revised):
    """A task for the time to come, with who answers for it; a meeting set it, or the secretariat between two."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, null=True, related_name="tasks")
    text = models.TextField(_("task"))
    for_all_units = models.BooleanField(_("all units answer for it"), default=True)
    units = models.ManyToManyField(Unit, blank=True, related_name="tasks", verbose_name=_("responsible units"))
    due_on = models.DateField(_("due date"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=7, choices=Status.choices, default=Status.OPEN)
    order = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = TaskQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text

    @property
    def responsible(self) -> str:
        """Who answers for it, as printed (uses the prefetched units)."""
        return (
            "Các đơn vị thành viên" if self.for_all_units else ", ".join(unit.short_name for unit in self.units.all())
        )

    def is_overdue_on(self, day: dt.date) -> bool:
        return self.status == self.Status.OPEN and self.due_on is not None and self.due_on < day


class TaskProgressQuerySet(models.QuerySet["TaskProgress"]):
    def visible_to(self, user: User) -> TaskProgressQuerySet:
        """A liaison reads what their own unit told."""
        return visible_rows(self, user, own_unit=lambda unit: Q(unit=unit), whole=Can.READ_MEETING_RECORDS)


class TaskProgress(models.Model):
    """What a unit told about its part of a task; the latest counts, none is overwritten."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="progress")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="task_progress", verbose_name=_("unit"))
    is_done = models.BooleanField(_("our part is done"), default=False)
    note = models.TextField(_("progress"))
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = TaskProgressQuerySet.as_manager()

    class Meta:
        ordering = ["-told_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.unit}: {self.note}"
