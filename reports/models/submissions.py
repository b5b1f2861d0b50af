"""Rounds of half-year reports, the units' submissions, and their figures.

What a liaison types is kept on the `Submission`, valid or not. Submitting validates it and adds
a `SubmissionVersion`, which never changes again; its figures are rows, so that the
rules among them are constraints. Accepting names the version that counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.period_fields import PeriodField
from cluster_portal.periods import Period
from incidents.models import Category, Polarity
from members.infrastructure.capabilities import visible_rows
from members.infrastructure.editing import Revised
from members.models import Unit, UnitQuerySet, User
from reports.content import MEASURES, PARTS_OF_CASES, CategoryFigures, IndicatorFigure, SubmissionContent
from reports.models.issued import IssuedDocument


class Indicator(Revised):
    """An activity that is counted, such as “Buổi tuyên truyền”."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    noun = models.CharField(_("counted in"), max_length=40, help_text=_("As in: 12 “buổi”"))
    polarity = models.CharField(
        _("a rise is"), max_length=10, choices=Polarity.choices, default=Polarity.MORE_IS_BETTER
    )
    order = models.PositiveSmallIntegerField(_("place in lists"), default=0)
    help = models.TextField(
        _("what counts, and the source"),
        blank=True,
        help_text=_("Shown below it in the report's form."),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class ReportingRoundQuerySet(models.QuerySet["ReportingRound"]):
    def with_counts(self) -> ReportingRoundQuerySet:
        """Each round with `submitted` and `accepted`, how many of its reports wait or count; newest first.

        Counting groups the rows, and Django keeps no model's own order there.
        """
        return self.annotate(
            submitted=models.Count("submissions", filter=Q(submissions__status="submitted")),
            accepted=models.Count("submissions", filter=Q(submissions__status="accepted")),
        ).order_by("-period")

    def expecting(self, unit: Unit) -> ReportingRoundQuerySet:
        """The rounds a report is expected of the unit in, newest first; the inverse of `expected_units`."""
        was_member = Q(ends_on__gte=unit.joined_on)
        if unit.left_on:
            was_member &= Q(ends_on__lt=unit.left_on)
        sent = Submission.objects.sent().filter(round=OuterRef("pk"), unit=unit)
        return self.filter(was_member | Exists(sent))

    def asking_now(self, unit: Unit) -> ReportingRoundQuerySet:
        """The newest round, and earlier ones in which the unit's report is open.

        Where earlier years were only imported, nobody is asked for what the import lacks.
        """
        reports = Submission.objects.filter(round=OuterRef("pk"), unit=unit)
        is_open = Exists(reports.filter(status__in=Submission.OPEN))
        is_sent = Exists(reports.exclude(status__in=Submission.OPEN))
        newest = self.order_by("-period").values("pk")[:1]
        asked = self.with_whether_asked()
        return asked.filter(Q(pk__in=[opened["pk"] for opened in newest]) | is_open | (Q(is_asked=True) & ~is_sent))

    def with_whether_asked(self) -> ReportingRoundQuerySet:
        """Each round with `is_asked`: of one that was only imported, as an earlier year, nobody owes a report.

        The newest is asked for whatever was imported of it.
        """
        reports = Submission.objects.filter(round=OuterRef("pk"))
        is_imported = Exists(reports.filter(source=Submission.Source.IMPORT)) & ~Exists(reports.own())
        is_newest = ~Exists(ReportingRound.objects.filter(period__gt=OuterRef("period")))
        return self.annotate(**{"is_asked": is_newest | ~is_imported})  # the model names it already


class ReportingRound(Revised):
    """Đợt báo cáo: the reports on one half-year, with the dates it was opened with.

    Closed by the secretariat, its figures are used although not all have reported;
    reports that come late are still taken. `due_on` holds for whom no other day was given (`DueDays`).
    """

    period = PeriodField(_("period"), unique=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("cut-off day"))
    due_on = models.DateField(_("due date"))
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    close_reason = models.CharField(
        _("why figures are used before all have reported"),
        max_length=300,
        blank=True,
        help_text=_("It is printed in documents, under “Phạm vi số liệu”."),
    )

    objects = ReportingRoundQuerySet.as_manager()

    #: Only on rounds fetched by `with_whether_asked`.
    is_asked: bool

    class Meta:
        ordering = ["-period"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="round_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(due_on__gt=F("ends_on")), name="round_is_due_after_the_cut_off"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, close_reason="")
                | (Q(closed_at__isnull=False) & ~Q(close_reason="")),
                name="closed_round_says_why",
            ),
        ]

    def __str__(self) -> str:
        period: Period = self.period
        return period.label

    def get_absolute_url(self) -> str:
        return reverse("reports:round-board", args=[self.period])

    def expected_units(self) -> UnitQuerySet:
        """The units a report is expected of: members on the cut-off day, and whoever has sent one.

        Who left with a report begun, but never sent, owes nothing.
        """
        return self._members_and(Submission.objects.sent())

    def units_with_access(self) -> UnitQuerySet:
        """The same, and whoever has begun one: what was typed can always be read again."""
        return self._members_and(Submission.objects.all())

    def _members_and(self, reports: SubmissionQuerySet) -> UnitQuerySet:
        of_this = reports.filter(round=self, unit=OuterRef("pk"))
        members = Unit.objects.members_on(self.ends_on).values("pk")
        return Unit.objects.filter(Q(pk__in=members) | Exists(of_this)).in_order()


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, user: User) -> SubmissionQuerySet:
        return visible_rows(self, user, own_unit=lambda unit: Q(unit_id=unit))

    def accepted(self) -> SubmissionQuerySet:
        return self.filter(status=Submission.Status.ACCEPTED)

    def sent(self) -> SubmissionQuerySet:
        """What the unit has handed in, and not taken back."""
        return self.exclude(status=Submission.Status.DRAFT)

    def waiting(self) -> SubmissionQuerySet:
        """What the secretariat is to look at, the oldest first."""
        return self.filter(status=Submission.Status.SUBMITTED).order_by("round__period", "unit__order", "unit")

    def with_last_sending(self) -> SubmissionQuerySet:
        """Each with `last_sent_at`: when it came the last time, which is what is looked at."""
        newest = SubmissionVersion.objects.filter(submission=OuterRef("pk")).order_by("-number")
        return self.annotate(last_sent_at=models.Subquery(newest.values("submitted_at")[:1]))

    def next_after(self, submission: Submission) -> Submission | None:
        """What waits behind `submission`, beginning anew after the last; None where nothing waits.

        Where the figures are issued, nothing is accepted any more.
        """
        waiting = self.waiting().exclude(pk=submission.pk).select_related("round", "unit")
        issued = IssuedDocument.objects.locked_halves()
        queue = [each for each in waiting if each.round.period not in issued]
        place = (submission.round.period, submission.unit.order, submission.unit_id)
        behind = (each for each in queue if (each.round.period, each.unit.order, each.unit_id) > place)
        return next(behind, queue[0] if queue else None)

    def own(self) -> SubmissionQuerySet:
        """What people wrote, or corrected after an import; see `Submission.is_own`."""
        return self.exclude(source=Submission.Source.IMPORT, saved_by=None)

    def with_total_cases(self) -> SubmissionQuerySet:
        """Each report with `total_cases` of the version that counts, None where no figure was given.

        `blank_cases` is in how many categories they were left blank, as a table of an earlier year may.
        """
        figures = "accepted_version__figures"
        blank = models.Q(**{f"{figures}__isnull": False, f"{figures}__cases": None})
        # the model names them already
        found = {"total_cases": models.Sum(f"{figures}__cases"), "blank_cases": models.Count(figures, filter=blank)}
        return self.annotate(**found)


class Submission(Revised):
    """Báo cáo đơn vị: one unit's report in one round.

    `typed` holds what was typed, field name → text, valid or not, so that nothing is
    ever lost. `accepted_version` is the version whose figures count.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned")
        ACCEPTED = "accepted", _("accepted")

    class Source(models.TextChoices):
        UNIT = "unit", _("sent by the unit")
        PAPER = "paper", _("entered by the secretariat from paper")
        IMPORT = "import", _("imported")

    OPEN = (Status.DRAFT, Status.RETURNED)

    #: Only on reports fetched by `with_total_cases`.
    total_cases: int | None
    blank_cases: int

    round = models.ForeignKey(ReportingRound, on_delete=models.PROTECT, related_name="submissions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="submissions")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.UNIT)
    typed = models.JSONField(default=dict)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    first_submitted_at = models.DateTimeField(null=True)
    comment = models.TextField(blank=True)
    checked_since = models.DateTimeField(null=True, editable=False)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    accepted_version = models.OneToOneField(
        "SubmissionVersion", on_delete=models.PROTECT, null=True, related_name="accepted_for"
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="one_report_a_unit_and_round"),
            models.CheckConstraint(
                condition=Q(status="accepted", accepted_version__isnull=False)
                | (~Q(status="accepted") & Q(accepted_version__isnull=True)),
                name="accepted_report_names_its_version",
            ),
            models.CheckConstraint(condition=~Q(status="returned") | ~Q(comment=""), name="returned_report_says_why"),
            models.CheckConstraint(
                condition=Q(checked_since__isnull=True) | Q(status="submitted"),
                name="only_a_submitted_report_is_checked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} – {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("reports:submission-detail", args=[self.round.period, self.unit_id])

    @property
    def is_open(self) -> bool:
        """Whether the unit may still write in it."""
        return self.status in self.OPEN

    @property
    def can_be_withdrawn(self) -> bool:
        """Whether the unit may still take it back: nobody has begun to check it."""
        return self.status == self.Status.SUBMITTED and self.checked_since is None

    @property
    def is_own(self) -> bool:
        """Whether anybody wrote in it; an import takes the place of nothing but another import."""
        return self.source != self.Source.IMPORT or self.saved_by_id is not None


class SubmissionVersionQuerySet(models.QuerySet["SubmissionVersion"]):
    def newest_of(self, submissions: Iterable[Submission]) -> SubmissionVersionQuerySet:
        """What each of the reports was last sent as."""
        newest = SubmissionVersion.objects.filter(submission=OuterRef("submission")).order_by("-number").values("pk")
        return self.filter(submission__in=submissions, pk=models.Subquery(newest[:1]))

    def with_content(self) -> SubmissionVersionQuerySet:
        """Each with its figures, so that `content` needs no more queries (two more)."""
        return self.prefetch_related(*SubmissionVersion.content_of())


class SubmissionVersion(models.Model):
    """What a unit submitted, once and for all; it is marked where the unit took it back before it was checked.

    `receipt` is the number its receipt carries, `declaration` the wording its sender agreed to; imported
    versions have neither. `explanations` are the sender's answers to warnings about sections, by their code.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    narrative = models.JSONField(default=dict)
    explanations = models.JSONField(default=dict)
    receipt = models.CharField(max_length=20, null=True, unique=True, editable=False)
    declaration = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = SubmissionVersionQuerySet.as_manager()

    class Meta:
        ordering = ["submission", "number"]
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="version_numbers_are_unique")]

    def __str__(self) -> str:
        return f"{self.submission} ({self.number})"

    @staticmethod
    def content_of() -> tuple[models.Prefetch[Any], models.Prefetch[Any]]:
        """What a version's content is read from."""
        return (
            models.Prefetch("figures", Figure.objects.select_related("category")),
            models.Prefetch("indicator_figures", IndicatorValue.objects.select_related("indicator")),
        )

    def content(self) -> SubmissionContent:
        """The version's content as plain values (two queries, none of one fetched by `with_content`)."""
        models.prefetch_related_objects([self], *self.content_of())
        return SubmissionContent(
            narrative=dict(self.narrative),
            explanations=dict(self.explanations),
            categories={figure.category.code: figure.as_value() for figure in self.figures.all()},
            indicators={
                figure.indicator.code: IndicatorFigure(figure.value, figure.remark)
                for figure in self.indicator_figures.all()
            },
        )


class FigureQuerySet(models.QuerySet[Any]):
    def accepted(self) -> Self:
        """Figures of the versions that count."""
        return self.filter(version__accepted_for__isnull=False)

    def in_periods(self, periods: tuple[Period, ...]) -> Self:
        return self.filter(version__submission__round__period__in=periods)

    def of_unit(self, unit: Unit) -> Self:
        return self.filter(version__submission__unit=unit)


class Figure(models.Model):
    """A unit's figures for one category. Null is "not reported", 0 is "none happened"."""

    version = models.ForeignKey(SubmissionVersion, on_delete=models.CASCADE, related_name="figures")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="figures")
    cases = models.PositiveIntegerField(null=True)
    serious = models.PositiveIntegerField(null=True)
    solved = models.PositiveIntegerField(null=True)
    persons = models.PositiveIntegerField(null=True)
    deaths = models.PositiveIntegerField(null=True)
    injuries = models.PositiveIntegerField(null=True)
    damage = models.PositiveBigIntegerField(null=True)
    remark = models.TextField(blank=True)
    #: The unit said that what it left blank is not known yet.
    lacks_figures = models.BooleanField(default=False)

    objects = FigureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "category"], name="one_figure_a_version_and_category"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{measure.value}__lte": F("cases")}), name=f"{measure.value}_cases_are_cases"
                )
                for measure in PARTS_OF_CASES
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.cases}"

    def as_value(self) -> CategoryFigures:
        return CategoryFigures(
            {measure: getattr(self, measure.value) for measure in MEASURES}, self.remark, self.lacks_figures
        )

    @classmethod
    def from_value(cls, version: SubmissionVersion, category: Category, value: CategoryFigures) -> Figure:
        figures = {measure.value: value.values.get(measure) for measure in MEASURES}
        return cls(
            version=version, category=category, remark=value.remark, lacks_figures=value.lacks_figures, **figures
        )


class IndicatorValue(models.Model):
    """A unit's figure for one activity indicator."""

    version = models.ForeignKey(SubmissionVersion, on_delete=models.CASCADE, related_name="indicator_figures")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="figures")
    value = models.PositiveIntegerField(null=True)
    remark = models.TextField(blank=True)

    objects = FigureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "indicator"], name="one_figure_a_version_and_indicator"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"
