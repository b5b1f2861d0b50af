"""Documents on their way out."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.period_fields import PeriodField
from cluster_portal.periods import Period
from meetings.models import Meeting
from members.infrastructure.capabilities import Can, allowed, visible_rows
from members.infrastructure.editing import Revised
from members.models import User
from reports.models.issued import OF_MEETINGS, IssuedDocument, IssuedDocumentQuerySet, Kind


class DocumentDraftQuerySet(models.QuerySet["DocumentDraft"]):
    def visible_to(self, user: User) -> DocumentDraftQuerySet:
        """Who may read what was issued doesn't thereby read what is on its way."""
        rows = self if allowed(user, Can.READ_DRAFTS) else self.none()
        return visible_rows(rows, user, own_unit=lambda _unit: Q(pk__in=()))

    def before(self, person: User) -> DocumentDraftQuerySet:
        """Those that wait for this person's approval."""
        return self.filter(approver=person)

    def being_written(self) -> DocumentDraftQuerySet:
        return self.exclude(status=DocumentDraft.Status.ISSUED)

    def resting_on(self, half: Period) -> DocumentDraftQuerySet:
        """The reports being written on the half-year, or on the year it belongs to."""
        return self.being_written().summary_reports().filter(period__in=(half, Period(half.year)))

    def summary_reports(self) -> DocumentDraftQuerySet:
        return self.filter(kind=Kind.REPORT)


#: Whoever prepared a document, or changed it last, is not who approves it.
BY_ANOTHER = ~Q(signed_off_by=F("created_by")) & ~Q(signed_off_by=F("changed_by"))


class DocumentDraft(Revised):
    """A document on its way out: draft, put before an approver, signed off on its content as it stood then, issued.

    A report names the periods it compares, a meeting's paper the meeting; any other kind is its own text.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("document", "draft")
        SUBMITTED = "submitted", _("put before the approver")
        SIGNED_OFF = "signed_off", _("signed off")
        ISSUED = "issued", pgettext_lazy("document", "issued")

    class Urgency(models.TextChoices):
        """What is printed, as Nghị định 30/2020/NĐ-CP, Phụ lục I, III.2 names it."""

        URGENT = "urgent", "KHẨN"
        VERY_URGENT = "very_urgent", "THƯỢNG KHẨN"
        AT_ONCE = "at_once", "HỎA TỐC"

    class Circulation(models.TextChoices):
        INTERNAL = "internal", "LƯU HÀNH NỘI BỘ"
        TO_RETURN = "to_return", "XEM XONG TRẢ LẠI"

    kind = models.CharField(_("kind"), max_length=3, choices=Kind.choices, default=Kind.REPORT)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="drafts")
    period = PeriodField(_("period"), null=True)
    baseline = PeriodField(_("compared with"), null=True)
    like_for_like = models.BooleanField(_("only units with figures for both periods"), default=False)
    subject = models.CharField(_("subject"), max_length=300)
    urgency = models.CharField(_("urgency"), max_length=12, choices=Urgency.choices, blank=True)
    circulation = models.CharField(_("circulation"), max_length=12, choices=Circulation.choices, blank=True)
    drafter = models.CharField(
        _("sign of the drafter"),
        max_length=40,
        blank=True,
        help_text=_("Printed behind “Lưu: VT”, with the number of copies, as in “TH. NVA.15”."),
    )
    #: The passages that were edited, by code, with references to figures; the others are generated.
    text = models.JSONField(_("text"), default=dict)
    #: The parts of a report in their order; empty where it was begun before offices arranged them.
    outline = models.JSONField(_("parts"), default=list)
    #: To whom above a report goes, one a line; empty where it goes to nobody above.
    addressees = models.TextField(_("addressed to"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    #: Before whom it lies, as long as it is submitted.
    approver = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    signed_off_at = models.DateTimeField(null=True)
    signed_off_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    signed_off_fingerprint = models.CharField(max_length=80, blank=True)
    #: Who would have signed on the day of approval; empty where it was approved before this was kept.
    signed_off_signer = models.TextField(blank=True)
    #: Signed off when one person could do so with their own work; no document is any more.
    is_of_one_hand = models.BooleanField(default=False, editable=False)
    corrects = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, null=True, related_name="corrections")
    issued = models.OneToOneField(IssuedDocument, on_delete=models.PROTECT, null=True, related_name="draft")

    objects = DocumentDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["corrects"], name="one_correction_at_a_time"),
            models.CheckConstraint(
                condition=Q(status__in=("draft", "submitted"), signed_off_fingerprint="")
                | ~Q(status__in=("draft", "submitted")) & ~Q(signed_off_fingerprint=""),
                name="signed_off_draft_names_its_figures",
            ),
            models.CheckConstraint(
                condition=Q(status="submitted", approver__isnull=False)
                | ~Q(status="submitted") & Q(approver__isnull=True),
                name="submitted_draft_names_its_approver",
            ),
            models.CheckConstraint(
                condition=~Q(approver=F("created_by")) & ~Q(approver=F("changed_by")),
                name="draft_lies_before_another",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("draft", "submitted"))
                | Q(is_of_one_hand=True)
                | Q(signed_off_by__isnull=False) & BY_ANOTHER,
                name="nobody_approves_own_work",
            ),
            models.CheckConstraint(
                condition=Q(status="issued", issued__isnull=False) | ~Q(status="issued") & Q(issued__isnull=True),
                name="issued_draft_names_its_document",
            ),
            models.CheckConstraint(
                condition=Q(kind="BC", meeting__isnull=True, baseline__isnull=False, period__isnull=False)
                | Q(kind__in=OF_MEETINGS, meeting__isnull=False, baseline__isnull=True, period__isnull=False)
                | ~Q(kind__in=("BC", *OF_MEETINGS))
                & Q(meeting__isnull=True, baseline__isnull=True, period__isnull=True),
                name="drafted_paper_names_its_meeting",
            ),
            models.UniqueConstraint(
                fields=["meeting", "kind"], condition=~Q(status="issued"), name="one_draft_of_a_meeting_paper"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("reports:draft-detail", args=[self.pk])

    def twins(self) -> IssuedDocumentQuerySet:
        """The reports issued on the same comparison, or the same paper of the same meeting; free text is like none."""
        issued = IssuedDocument.objects.all()
        if self.meeting_id:
            return issued.filter(kind=self.kind, meeting=self.meeting_id)
        if self.baseline is None:
            return issued.none()
        return issued.summary_reports_on(self.period).filter(baseline=self.baseline)

    @property
    def addressee_names(self) -> tuple[str, ...]:
        return tuple(line.strip(" ;.") for line in self.addressees.splitlines() if line.strip(" ;."))

    @property
    def is_signed_off(self) -> bool:
        return self.status == self.Status.SIGNED_OFF

    @property
    def is_submitted(self) -> bool:
        return self.status == self.Status.SUBMITTED

    @property
    def authors(self) -> set[int]:
        """The keys of those whose own work it is: who prepared it, and who changed it last."""
        return {pk for pk in (self.created_by_id, self.changed_by_id) if pk is not None}

    @property
    def is_issued(self) -> bool:
        return self.status == self.Status.ISSUED
