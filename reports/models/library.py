"""Papers of others that the cluster works by: regulations, superiors' plans and letters, forms."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.text import keys_holding
from members.infrastructure.capabilities import NO_UNIT, visible_rows
from members.infrastructure.editing import Revised
from members.models import User


def library_path(_paper: LibraryPaper, filename: str) -> str:
    """Where the file is kept; its own name lives in `file_name`, never on the disk."""
    return f"reports/library/{uuid.uuid4().hex}.{filename.rpartition('.')[2]}"


def _meant_for(unit: int) -> Q:
    """What all units may read; of no unit is who works for none."""
    return Q(pk__in=()) if unit == NO_UNIT else Q(readers=LibraryPaper.Readers.ALL)


class LibraryPaperQuerySet(models.QuerySet["LibraryPaper"]):
    def visible_to(self, user: User) -> LibraryPaperQuerySet:
        """Who sees one unit's rows reads what is meant for all units."""
        return visible_rows(self, user, own_unit=_meant_for)

    def in_force_on(self, day: dt.date) -> LibraryPaperQuerySet:
        """Papers that hold on the day; one that is superseded does until its successor takes effect."""
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        stands = Q(superseded_by=None) | Q(superseded_by__valid_from__gt=day)
        return self.filter(begun, stands, Q(valid_until=None) | Q(valid_until__gte=day))

    def matching(self, typed: str) -> LibraryPaperQuerySet:
        """Papers whose number, subject or issuer hold every word that was typed."""
        if not typed.strip():
            return self
        return self.filter(pk__in=keys_holding(typed, self.values_list("pk", "number", "subject", "issuer")))

    def in_order(self) -> LibraryPaperQuerySet:
        return self.select_related("superseded_by").order_by("-issued_on", "-pk")


class LibraryPaper(Revised):
    """A paper that came in or lies outside, with its file; `superseded_by` is what took its place."""

    class Kind(models.TextChoices):
        REGULATION = "regulation", _("regulation")
        PLAN = "plan", _("plan or programme")
        LETTER = "letter", _("letter or instruction")
        FORM = "form", _("form to fill in")
        OTHER = "other", _("other paper")

    class Readers(models.TextChoices):
        ALL = "all", _("all units")
        OFFICE = "office", _("secretariat and chair")

    class State(models.TextChoices):
        VALID = "valid", _("in force")
        AHEAD = "ahead", _("not in force yet")
        EXPIRED = "expired", _("expired")
        SUPERSEDED = "superseded", _("superseded")

    kind = models.CharField(_("kind of paper"), max_length=12, choices=Kind.choices)
    number = models.CharField(_("number and notation"), max_length=60, blank=True, help_text=_("As in “12/KH-UBND”."))
    subject = models.CharField(_("subject"), max_length=300)
    issuer = models.CharField(_("issuer"), max_length=200)
    issued_on = models.DateField(_("date"))
    valid_from = models.DateField(_("valid from"), null=True, blank=True, help_text=_("Empty: from its date on."))
    valid_until = models.DateField(_("valid until"), null=True, blank=True, help_text=_("Empty: until further notice."))
    readers = models.CharField(_("readers"), max_length=8, choices=Readers.choices, default=Readers.ALL)
    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("superseded by"),
    )
    file = models.FileField(_("file"), upload_to=library_path, max_length=120)
    file_name = models.CharField(max_length=200, editable=False)
    size = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    added_at = models.DateTimeField(editable=False)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    objects = LibraryPaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="library_paper_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(superseded_by=None) | ~Q(superseded_by=F("pk")), name="library_paper_supersedes_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} – {self.subject}" if self.number else self.subject

    def get_absolute_url(self) -> str:
        return reverse("reports:library-detail", args=[self.pk])

    def has_begun_on(self, day: dt.date) -> bool:
        return self.valid_from is None or self.valid_from <= day

    def state_on(self, day: dt.date) -> State:
        if self.superseded_by and self.superseded_by.has_begun_on(day):
            return self.State.SUPERSEDED
        if not self.has_begun_on(day):
            return self.State.AHEAD
        return self.State.EXPIRED if self.valid_until and self.valid_until < day else self.State.VALID
