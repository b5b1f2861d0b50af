"""Issued documents, and the series their numbers come from.

A draft is edited; an issued document is not. It keeps the summary it was written from
and its files as they were sent out, each with its SHA-256, in the database, so that the
number, the record and the files are there together or not at all (docs/decisions/0005).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.period_fields import PeriodField
from cluster_portal.periods import Period
from cluster_portal.text import fold
from meetings.models import Meeting
from members.infrastructure.append_only import AppendOnly, AppendOnlyQuerySet
from members.infrastructure.capabilities import NO_UNIT, Can, allowed, visible_rows
from members.models import Cluster, User
from reports.content import REPORT_CODE

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Kind(models.TextChoices):
    """The kinds that are numbered, by their abbreviation in Nghị định 30/2020/NĐ-CP, Phụ lục III.

    A letter (công văn) has none there and shows none; it has a series of its own all the same.
    Report, notice and minutes of the office's own words share abbreviation and numbers with those
    that are made of what is recorded.
    """

    REPORT = REPORT_CODE, _("Report")
    CONCLUSION = "TB", _("Conclusion notice")
    INVITATION = "GM", _("Invitation")
    MINUTES = "BB", _("Minutes")
    PLAN = "KH", _("Plan")
    REGULATION = "QC", _("Regulation")
    SUBMISSION = "TTr", _("Submission to a superior")
    PROGRAMME = "CTr", _("Programme")
    GUIDE = "HD", _("Guidance")
    LETTER = "CV", _("Official letter")
    OTHER_REPORT = "BCK", _("Report in own words")
    OTHER_NOTICE = "TBK", _("Notice in own words")
    OTHER_MINUTES = "BBK", _("Minutes in own words")
    SCHEME = "PA", _("Scheme")
    PROJECT = "ĐA", _("Project")
    RULES = "QyĐ", _("Rules")
    AGREEMENT = "BTT", _("Agreement")

    @property
    def abbreviation(self) -> str:
        """As the number prints it; documents of one abbreviation are numbered together."""
        return SHARED.get(self.value, self.value)

    @classmethod
    def numbered(cls) -> list[tuple[str, StrOrPromise]]:
        """Each series of numbers once, by the kind it is named after."""
        return [(kind.value, kind.label) for kind in cls if kind.abbreviation == kind.value]


#: The abbreviation of kinds that share the one of another.
SHARED = {"BCK": "BC", "TBK": "TB", "BBK": "BB"}


#: The papers of a meeting.
OF_MEETINGS = ("TB", "GM", "BB")


#: Of the papers of a meeting those that tell of it once it was held.
AFTER_MEETINGS = (Kind.MINUTES, Kind.CONCLUSION)


class NumberSeries(models.Model):
    """The numbers of one kind and calendar year; `last` was given out last.

    Whoever issues holds this row's lock to the end of the transaction, so that a number
    is neither given twice nor left out.
    """

    kind = models.CharField(max_length=3, choices=Kind.choices)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)
    last_issued_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="one_series_a_kind_and_year")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"

    @classmethod
    def next_number(cls, kind: str, year: int) -> int:
        """What the next number will be, unless somebody else issues first."""
        series = cls.objects.filter(kind=Kind(kind).abbreviation, year=year)
        return (series.values_list("last", flat=True).first() or 0) + 1

    @classmethod
    def locked(cls, kind: str, year: int) -> NumberSeries:
        """The series, held to the end of the transaction."""
        series, _created = cls.objects.select_for_update().get_or_create(kind=Kind(kind).abbreviation, year=year)
        return series

    def take(self, issued_on: dt.date) -> int:
        self.last, self.last_issued_on = self.last + 1, issued_on
        self.save(update_fields=["last", "last_issued_on"])
        return self.last


class IssuedDocumentQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: User) -> IssuedDocumentQuerySet:
        """All for who reads the archive; for a unit what it was sent, and the comparison where the units may see it."""
        return visible_rows(self, user, own_unit=lambda unit: _sent_to(unit) | _shared(user), whole=Can.READ_ARCHIVE)

    def unread_by(self, person: User) -> IssuedDocumentQuerySet:
        """What the person's unit was sent, is in force, and was not opened by the person who may read it."""
        if not allowed(person, Can.READ_SENT_DOCUMENTS):
            return self.none()
        sent = self.in_force().filter(dispatches__unit=person.unit_id or NO_UNIT)
        return sent.exclude(pk__in=IssuedDocument.objects.filter(readings__person=person).values("pk"))

    def in_order(self) -> IssuedDocumentQuerySet:
        """Newest first."""
        return self.order_by("-issued_on", "-number", "-pk")

    def for_units_of(self, meeting: Meeting) -> IssuedDocumentQuerySet:
        """What the member units of a meeting are sent of it: the conclusion notice."""
        return self.filter(kind=Kind.CONCLUSION, meeting=meeting).in_force()

    def summary_reports_on(self, period: Period) -> IssuedDocumentQuerySet:
        return self.filter(kind=Kind.REPORT, period=period)

    def in_force(self) -> IssuedDocumentQuerySet:
        """Documents that no correction has replaced."""
        return self.filter(corrected_by__isnull=True)

    def locking(self, half: Period) -> IssuedDocumentQuerySet:
        """The reports on the half-year or its year whose figures must not change: a correction isn't begun."""
        covering = self.filter(kind=Kind.REPORT, period__in=[half, Period(half.year)])
        return covering.in_force().filter(corrections__isnull=True)

    def locked_halves(self) -> set[Period]:
        """The half-years whose figures must not change, as `locking` says it of each."""
        reports = self.filter(kind=Kind.REPORT, corrections__isnull=True).in_force()
        return {half for period in reports.values_list("period", flat=True) for half in period.halves}

    def matching(self, typed: str) -> IssuedDocumentQuerySet:
        """Documents with the code typed, or whose number, subject, signer or issuer holds every word of it.

        With or without diacritics.
        """
        words = Q()
        for word in fold(typed).split():
            words &= Q(search_text__contains=word)
        return self.filter(words | Q(code__iexact=typed.strip())) if typed.strip() else self


def _sent_to(unit: int) -> Q:
    return Q(pk__in=IssuedDocument.objects.filter(dispatches__unit=unit).values("pk"))


def _shared(user: User) -> Q:
    """The comparison as it was issued, for who belonged to the cluster then, where its settings let units see it."""
    unit = user.unit
    if unit is None or not Cluster.get().units_see_comparison:
        return Q(pk__in=())
    until = Q(issued_on__lt=unit.left_on) if unit.left_on else Q()
    return Q(kind=Kind.REPORT, corrected_by__isnull=True, issued_on__gte=unit.joined_on) & until


class IssuedDocument(AppendOnly):
    """A document as it was sent out: a report with the `summary` it shows, or a paper of a meeting."""

    kind = models.CharField(_("kind"), max_length=3, choices=Kind.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    notation = models.CharField(_("number and notation"), max_length=60)
    subject = models.CharField(_("subject"), max_length=300)
    issuer = models.CharField(_("issuer"), max_length=150)
    signer_capacity = models.CharField(max_length=120, blank=True)
    signer_name = models.CharField(_("signer"), max_length=120, blank=True)
    issued_on = models.DateField(_("date"))
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    signed_off_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    #: Who wrote it; not kept of documents that were issued before two people had to stand behind one.
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    period = PeriodField(_("period"), null=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="documents")
    baseline = PeriodField(null=True)
    like_for_like = models.BooleanField(default=False)
    summary = models.JSONField(null=True)
    #: The passages that were edited, with references; the summary's ``narrative`` is the text as printed.
    text = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=80, blank=True)
    code = models.CharField(_("verification code"), max_length=20, unique=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by", verbose_name=_("corrects")
    )
    #: Where the chain of the audit trail ended when it was issued, as printed in its files; "" before there was one.
    trail_head = models.CharField(max_length=40, blank=True)
    search_text = models.TextField()

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-issued_on", "-number"], name="issued_document_newest")]
        constraints = [
            models.UniqueConstraint(
                Case(*(When(kind=kind, then=Value(of)) for kind, of in SHARED.items()), default=F("kind")),
                "year",
                "number",
                name="document_number_is_given_once",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="document_numbers_begin_at_one"),
            models.CheckConstraint(
                condition=~Q(kind="BC")
                | Q(period__isnull=False, baseline__isnull=False, summary__isnull=False) & ~Q(fingerprint=""),
                name="report_keeps_its_summary",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OF_MEETINGS, meeting__isnull=False)
                | ~Q(kind__in=OF_MEETINGS) & Q(meeting__isnull=True),
                name="issued_paper_names_its_meeting",
            ),
            models.CheckConstraint(
                condition=~Q(signed_off_by=F("prepared_by")) & ~Q(signed_off_by=F("changed_by")),
                name="issued_by_more_than_one_hand",
            ),
        ]

    def __str__(self) -> str:
        return self.notation

    def get_absolute_url(self) -> str:
        return reverse("reports:document-detail", args=[self.pk])

    @property
    def replaced_by(self) -> IssuedDocument | None:
        return getattr(self, "corrected_by", None)


class IssuedFile(AppendOnly):
    """One file of a document, as its bytes were when it was issued."""

    class Form(models.TextChoices):
        PDF = "pdf", _("PDF for reading")
        WORD = "docx", _("Word file")
        EXCEL = "xlsx", _("Excel file")
        ARCHIVE = "pdfa", _("PDF for keeping (PDF/A-3)")
        JSON = "json", _("Data (JSON)")

    document = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="files")
    form = models.CharField(max_length=8, choices=Form.choices)
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["document", "form"], name="one_file_a_document_and_form")]

    def __str__(self) -> str:
        return self.name
