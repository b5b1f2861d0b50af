"""What an office's reports have in common from period to period."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from reports.models.document_drafts import DocumentDraft


class ReportTemplate(models.Model):
    """The parts as the office arranged them last, whom its reports go to, and the texts that are kept."""

    SINGLETON = 1

    outline = models.JSONField(default=list)
    addressees = models.TextField(blank=True)
    #: By code of the part.
    texts = models.JSONField(default=dict)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="report_template_is_one_row")]

    def __str__(self) -> str:
        return "template"

    @classmethod
    def get(cls) -> ReportTemplate:
        """The office's own; an unsaved, empty one before it arranged anything."""
        return cls.objects.filter(pk=cls.SINGLETON).first() or cls(pk=cls.SINGLETON)

    @classmethod
    def _locked(cls) -> ReportTemplate:
        """The row, held to the end of the transaction."""
        template, _created = cls.objects.select_for_update().get_or_create(pk=cls.SINGLETON)
        return template

    @classmethod
    def keep_parts(cls, draft: DocumentDraft) -> None:
        """Begin later reports with the draft's parts, addressees and kept texts."""
        template = cls._locked()
        template.outline, template.addressees = draft.outline, draft.addressees
        template.texts = _kept(draft)
        template.save()

    @classmethod
    def keep_texts(cls, draft: DocumentDraft) -> None:
        """What stands in the parts whose text goes over to the next period, as it was worded last."""
        if (kept := _kept(draft)) != cls.get().texts:
            template = cls._locked()
            template.texts = kept
            template.save(update_fields=["texts"])


def _kept(draft: DocumentDraft) -> dict[str, str]:
    codes = (part["code"] for part in draft.outline if part["is_kept"])
    return {code: draft.text[code] for code in codes if draft.text.get(code)}
