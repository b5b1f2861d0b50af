"""The register: each described case once. Persons are counted in it, never named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Aggregate, Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal import formatting, word_index
from cluster_portal.text import fold
from incidents.measures import Measure
from incidents.models.catalogue import Category
from members.infrastructure.capabilities import NO_UNIT, Can, allowed, visible_rows
from members.infrastructure.editing import Revised
from members.models import Unit, User

LONGEST_PLACE, LONGEST_TEXT = 120, 10_000

#: What is told in words. It can be removed later, so the audit trail never gets to hold it.
FREE_TEXT = ("narrative", "handling", "place")


class Severity(models.IntegerChoices):
    """How grave a crime is (Bộ luật Hình sự, Điều 9), as told by the police; ordered, so that it sorts."""

    NOT_STATED = 0, _("not stated")
    LESS_SERIOUS = 1, _("less serious")
    SERIOUS = 2, _("serious")
    VERY_SERIOUS = 3, _("very serious")
    EXCEPTIONALLY_SERIOUS = 4, _("exceptionally serious")


class State(models.TextChoices):
    REPORTED = "reported", _("reported")
    HANDLING = "handling", _("being handled")
    SOLVED = "solved", _("solved")
    HANDED_OVER = "handed_over", _("handed over")
    CLOSED = "closed", _("closed")


class Source(models.TextChoices):
    """Where the unit has it from: a kind, so that no informant can be named."""

    RESIDENT = "resident", _("a resident's tip-off")
    OWN = "own", _("found by the unit")
    POLICE = "police", _("told by the police")
    OTHER_UNIT = "other_unit", _("told by another unit")
    OTHER = "other", _("other")


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, user: User) -> IncidentQuerySet:
        """A liaison sees what their unit recorded, and what names it as further concerned."""
        concerned = Incident.further_units.through.objects.filter(unit_id=user.unit_id or NO_UNIT).values("incident_id")
        return visible_rows(self, user, own_unit=lambda unit: Q(unit_id=unit) | Q(pk__in=concerned))

    def editable_by(self, user: User) -> IncidentQuerySet:
        """A liaison changes only what their own unit recorded, the secretariat everything."""
        rows = self if allowed(user, Can.RECORD_INCIDENTS) else self.none()
        return visible_rows(rows, user, own_unit=lambda unit: Q(unit_id=unit), whole=Can.REMOVE_INCIDENTS)

    def with_further_units(self) -> IncidentQuerySet:
        """With the further units read along, in the order of the units."""
        return self.prefetch_related(models.Prefetch("further_units", Unit.objects.in_order()))

    def happened_between(self, first_day: dt.date, last_day: dt.date) -> IncidentQuerySet:
        """The cases of these days, both included."""
        return self.filter(happened_on__range=(first_day, last_day))

    def with_words(self, text: str) -> IncidentQuerySet:
        """The cases that hold every word of `text` in their description or their category's name.

        Diacritics and case don't matter: “trom cap” finds “trộm cắp”.
        """
        names = {category.pk: fold(category.name) for category in Category.objects.all()}
        found, held = self, word_index.asker(self, "search_text")
        for word in dict.fromkeys(fold(text).split()):
            named = Q(category__in=[pk for pk, name in names.items() if word in name])
            found = found.filter(held(word, named) | named)
        return found

    def behind(self, measure: Measure) -> IncidentQuerySet:
        """The cases that a figure of the half-year report counts; none where the register doesn't hold it."""
        held = REGISTERED[measure]
        return self.filter(held.cases) if held else self.none()

    def figures_by_category(self, unit: Unit, first_day: dt.date, last_day: dt.date) -> dict[str, Figures]:
        """What the register holds of a unit's cases in these days, by category code.

        A case counts for the unit it happened in, once; not for the further units concerned.
        """
        return self.filter(unit=unit).figures_by_unit(first_day, last_day).get(unit.pk, {})

    def figures_by_unit(self, first_day: dt.date, last_day: dt.date) -> dict[int, dict[str, Figures]]:
        """The same of every unit, by its key (one query)."""
        held = {measure: entry.amount for measure, entry in REGISTERED.items() if entry}
        rows: Iterable[Mapping[str, Any]] = (
            self.happened_between(first_day, last_day)
            .values("unit_id", "category__code")
            .annotate(**{f"all_{measure.value}": amount for measure, amount in held.items()})
            .order_by()
        )
        found: dict[int, dict[str, Figures]] = {}
        for row in rows:
            figures = {measure: row.get(f"all_{measure.value}") for measure in REGISTERED}
            found.setdefault(row["unit_id"], {})[row["category__code"]] = figures
        return found


#: A measure's figure: 0 if none happened, None if the register doesn't know; damage in đồng.
Figures = Mapping[Measure, int | None]


@dataclass(frozen=True)
class Registered:
    """How a measure is read off the register: the cases behind it, and what they add up to."""

    cases: Q
    amount: Aggregate

    @classmethod
    def counted(cls, cases: Q) -> Registered:
        return cls(cases, Count("pk", filter=cases) if cases else Count("pk"))

    @classmethod
    def added_up(cls, column: str) -> Registered:
        """The sum of a column; None if no case states it."""
        return cls(Q(**{f"{column}__gt": 0}), Sum(column))


#: Every measure, with None for one that is reported by number only and not recorded case by case.
REGISTERED: dict[Measure, Registered | None] = {
    Measure.CASES: Registered.counted(Q()),
    Measure.SERIOUS: Registered.counted(Q(severity__gte=Severity.SERIOUS)),
    Measure.SOLVED: Registered.counted(Q(is_solved=True)),
    Measure.PERSONS: Registered.added_up("persons"),
    Measure.DEATHS: Registered.added_up("deaths"),
    Measure.INJURIES: Registered.added_up("injuries"),
    Measure.DAMAGE: Registered.added_up("damage"),
}


class Incident(Revised):
    """Vụ việc: one case. Empty counts are not known, 0 is none.

    `search_text` holds the folded words of the free text and is kept by the actions.
    `closed_on` starts the time after which the free text is removed.
    """

    Severity, State, Source = Severity, State, Source

    #: Unit and category lead an index each (below). One of them alone would be taken for the days of one unit, too,
    #: and all cases of the unit be read.
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="incidents", verbose_name=_("unit"), db_index=False
    )
    further_units = models.ManyToManyField(
        Unit, blank=True, related_name="further_incidents", verbose_name=_("further units concerned")
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="incidents", verbose_name=_("category"), db_index=False
    )
    severity = models.PositiveSmallIntegerField(
        _("severity"), choices=Severity.choices, default=Severity.NOT_STATED, blank=True
    )
    happened_on = models.DateField(_("date"))
    happened_at = models.TimeField(_("time, about"), null=True, blank=True)
    place = models.CharField(
        _("place"), max_length=LONGEST_PLACE, help_text=_("Hamlet or area, no private address."), blank=True
    )
    narrative = models.TextField(_("what happened"), max_length=LONGEST_TEXT)
    handling = models.TextField(_("how it was handled"), max_length=LONGEST_TEXT, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.REPORTED)
    is_solved = models.BooleanField(_("cleared up"), default=False)
    persons = models.PositiveIntegerField(_("persons handled"), null=True, blank=True)
    deaths = models.PositiveIntegerField(_("deaths"), null=True, blank=True)
    injuries = models.PositiveIntegerField(_("injured"), null=True, blank=True)
    damage = models.PositiveBigIntegerField(_("damage (đồng)"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=12, choices=Source.choices, blank=True)
    search_text = models.TextField(editable=False, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), editable=False)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    closed_on = models.DateField(_("closed on"), null=True, editable=False)
    text_removed_on = models.DateField(null=True, editable=False)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["happened_on", "id"], name="incident_by_day"),
            models.Index(fields=["unit", "happened_on", "id"], name="incident_by_unit"),
            models.Index(fields=["category", "happened_on", "id"], name="incident_by_category"),
            models.Index(fields=["severity", "happened_on", "id"], name="incident_by_severity"),
            models.Index(fields=["state", "happened_on", "id"], name="incident_by_state"),
            models.Index(fields=["recorded_at", "id"], name="incident_by_recording"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False) | (~Q(state="closed") & Q(closed_on__isnull=True)),
                name="closed_case_has_its_day",
            ),
            models.CheckConstraint(condition=~Q(state="solved") | Q(is_solved=True), name="solved_case_is_cleared_up"),
            models.CheckConstraint(
                condition=Q(text_removed_on__isnull=True) | Q(narrative="", handling=""),
                name="removed_text_is_gone",
            ),
            models.CheckConstraint(
                condition=~Q(narrative="") | Q(text_removed_on__isnull=False), name="case_is_described"
            ),
        ]

    def __str__(self) -> str:
        """Names the case without telling what happened: this stands in the audit trail and in mails."""
        return f"{self.category}, {self.unit.short_name}, {formatting.date(self.happened_on)}"

    def get_absolute_url(self) -> str:
        return reverse("incidents:incident-detail", args=[self.pk])

    @property
    def is_grave(self) -> bool:
        """Very or exceptionally serious: the secretariat and the chair are told at once."""
        return self.severity >= Severity.VERY_SERIOUS

    def folded_text(self) -> str:
        return fold(f"{self.narrative} {self.handling} {self.place}")


class EarlierText(models.Model):
    """The free text of a case as it stood before a change.

    It is kept apart from the audit trail, because it is removed with the text itself.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="earlier_texts")
    revision = models.PositiveIntegerField()
    place = models.CharField(max_length=LONGEST_PLACE, blank=True)
    narrative = models.TextField()
    handling = models.TextField(blank=True)
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["incident", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "revision"], name="one_earlier_text_a_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.incident} ({self.revision})"
