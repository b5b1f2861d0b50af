"""The acts of this floor in words, for the audit trail."""

from django.utils.translation import gettext_lazy as _

from members.infrastructure.outbox.kinds import Kind
from reports.submissions.reminders import note_reminded

ACTS = {
    "round.opened": _("opened the round of reports for the %(target)s"),
    "round.due_date_changed": _("changed the due date for the %(target)s"),
    "extension.given": _("gave more time for the report %(target)s"),
    "extension.changed": _("changed the extension for the report %(target)s"),
    "extension.taken_back": _("took back the extension for the report %(target)s"),
    "round.closed": _("closed the round of reports for the %(target)s before all had reported"),
    "round.closing_undone": _("went on collecting the reports for the %(target)s"),
    "round.removed": _("took back the round of reports for the %(target)s"),
    "round.reminded": _("reminded the liaisons of the reports for the %(target)s"),
    "reminder.copied": _("copied a reminder of the reports for the %(target)s, to send it by Zalo"),
    "submission.begun": _("began the report %(target)s"),
    "submission.submitted": _("submitted the report %(target)s"),
    "submission.check_begun": _("began to check the report %(target)s"),
    "submission.withdrawn": _("withdrew the report %(target)s before it was checked"),
    "submission.returned": _("returned the report %(target)s"),
    "submission.accepted": _("accepted the report %(target)s"),
    "submission.reopened": _("reopened the report %(target)s"),
    "attachment.added": _("attached the file %(target)s"),
    "attachment.removed": _("took away the attached file %(target)s"),
    "comment.written": _("commented on the report %(target)s"),
    "comment.answered": _("answered the comment on the report %(target)s"),
    "comment.settled": _("marked as settled the comment on the report %(target)s"),
    "comment.opened": _("opened again the comment on the report %(target)s"),
    "submission.note_left": _("left text that came too late for the report %(target)s"),
    "submission.imported": _("imported the report %(target)s"),
    "submission.import_undone": _("undid the import of the report %(target)s"),
    "document.prepared": _("prepared the document %(target)s"),
    "document.subject_changed": _("changed the subject of the document %(target)s"),
    "document.text_edited": _("edited the text of the document %(target)s"),
    "document.submitted": _("put the document %(target)s forward for approval"),
    "document.taken_back": _("took the document %(target)s back from approval"),
    "document.returned": _("returned the document %(target)s with comments"),
    "document.signed_off": _("signed off the document %(target)s"),
    "document.issued": _("issued the document %(target)s"),
    "document.sealed": _("took the document %(target)s, as it stood, into the chain of the trail"),
    "document.discarded": _("gave up the draft of the document %(target)s"),
    "document.correction_begun": _("began a correction of the document %(target)s"),
    "deputy.named": _("let %(target)s approve documents for some days"),
    "deputy.ended": _("took the right to approve documents from %(target)s"),
    "signed_copy.added": _("added the signed copy %(target)s"),
    "signed_copy.withdrawn": _("withdrew the signed copy %(target)s"),
    "word_base.replaced": _("uploaded %(target)s as the base of Word files"),
    "word_base.removed": _("put the standard base of Word files in the place of %(target)s"),
    "superior_form.uploaded": _("uploaded the superior's form %(target)s"),
    "superior_form.bound": _("bound a place of the superior's form %(target)s to a figure"),
    "superior_form.unbound": _("unbound a place of the superior's form %(target)s"),
    "superior_form.removed": _("removed the superior's form %(target)s"),
    "catalogue.added": _("added %(target)s to the catalogue"),
    "catalogue.changed": _("changed %(target)s in the catalogue"),
}

LETTERS = {
    "reminder": Kind(_("reminder"), note_reminded),
    "notice": Kind(_("notice")),
    "returned": Kind(_("report returned")),
    "approval": Kind(_("approval of a document")),
}

FIELDS = {
    "status": _("status"),
    "comment": _("comment"),
    "approver": _("approver"),
    "version": _("version"),
    "recipients": _("recipients"),
    "form_place": _("place of the form"),
    "reference": _("reference"),
    "sha256": _("digest (SHA-256)"),
}
