from __future__ import annotations

from collections import Counter

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.periods import Period
from meetings.models.meeting import Meeting
from members.infrastructure.capabilities import Can, allowed, visible_rows
from members.infrastructure.editing import Revised
from members.models import Unit, User


class AwardQuerySet(models.QuerySet["Award"]):
    def visible_to(self, user: User) -> AwardQuerySet:
        """A liaison sees what their unit proposed or is to receive, who reads a meeting's record all."""
        return visible_rows(
            self,
            user,
            own_unit=lambda unit: Q(unit=unit) | Q(proposed_by=unit),
            whole=Can.READ_MEETING_RECORDS,
        )

    def granted(self) -> AwardQuerySet:
        return self.filter(status=Award.Status.GRANTED)

    def in_order(self) -> AwardQuerySet:
        return self.select_related("unit", "proposed_by", "meeting").order_by("order", "recipient_kind", "pk")

    def recipients_proposed_twice(self, period: Period) -> set[str]:
        """The keys of recipients that stand on more than one award not turned down for `period`."""
        rows = self.filter(meeting__period=period).exclude(status=Award.Status.REFUSED).select_related("unit")
        rows = rows.exclude(meeting__status=Meeting.Status.CALLED_OFF)
        proposals = Counter(award.recipient_key for award in rows)
        return {key for key, count in proposals.items() if count > 1}


class Award(Revised):
    """Khen thưởng: proposed for a meeting, then granted by a deciding authority or refused.

    The cluster itself has no power to award; the authority is named on every row.
    """

    class Form(models.TextChoices):
        LETTER = "letter", _("letter of praise (giấy khen)")
        CERTIFICATE = "certificate", _("certificate of merit (bằng khen)")
        FLAG = "flag", _("emulation flag (cờ thi đua)")
        MEDAL = "medal", _("commemorative medal (kỷ niệm chương)")
        OTHER = "other", _("other form")

    class RecipientKind(models.TextChoices):
        COLLECTIVE = "collective", _("collective")
        INDIVIDUAL = "individual", _("individual")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("turned down")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="awards")
    #: 0 as long as nobody arranged the meeting's awards: collectives stand first then.
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    form = models.CharField(_("form"), max_length=12, choices=Form.choices)
    recipient_kind = models.CharField(_("awarded to"), max_length=10, choices=RecipientKind.choices)
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="awards",
        verbose_name=_("unit"),
        help_text=_("The unit awarded, or the awarded person's unit."),
    )
    recipient = models.CharField(
        _("recipient"),
        max_length=200,
        blank=True,
        help_text=_("The person, or the collective if it is no member unit."),
    )
    achievement = models.CharField(_("achievement"), max_length=500)
    authority = models.CharField(_("deciding authority"), max_length=200, blank=True)
    decision_number = models.CharField(_("decision number"), max_length=60, blank=True)
    decision_on = models.DateField(_("date of the decision"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.PROPOSED)
    proposed_by = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="proposed_awards", verbose_name=_("proposed by")
    )

    objects = AwardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(unit__isnull=False) | ~Q(recipient=""), name="award_has_a_recipient"),
            models.CheckConstraint(
                condition=~Q(recipient_kind="individual") | ~Q(recipient=""), name="individual_award_names_a_person"
            ),
        ]

    def __str__(self) -> str:
        return self.recipient_name

    def may_be_changed_by(self, user: User) -> bool:
        """A unit changes its own proposals until they are settled, the secretariat any award."""
        is_own = user.unit_id is not None and self.proposed_by_id == user.unit_id
        return allowed(user, Can.MANAGE_MEETINGS) or (is_own and self.status == self.Status.PROPOSED)

    @property
    def recipient_name(self) -> str:
        """The recipient as printed: a person with their unit, or the collective."""
        return " – ".join(part for part in (self.recipient, self.unit.name if self.unit else "") if part)

    @property
    def recipient_key(self) -> str:
        """Equal for two awards to the same recipient, however it was typed."""
        return f"{self.recipient_kind}:{self.unit_id or ''}:{' '.join(self.recipient.casefold().split())}"

    @property
    def form_printed(self) -> str:
        """The form as it stands on a Vietnamese document."""
        return PRINTED_FORMS[self.form]


PRINTED_FORMS: dict[str, str] = {
    Award.Form.LETTER: "Giấy khen",
    Award.Form.CERTIFICATE: "Bằng khen",
    Award.Form.FLAG: "Cờ thi đua",
    Award.Form.MEDAL: "Kỷ niệm chương",
    Award.Form.OTHER: "Hình thức khác",
}
