from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        """Add this floor's acts to the audit trail, its letters, and its parts to the pages of the floors below."""
        from django.utils.translation import ngettext_lazy

        from cluster_portal.doctor import add_check
        from members.infrastructure.audit_wording import add_acts
        from members.infrastructure.bell import Waiting, add_to_bell
        from members.infrastructure.extensions import add_part
        from members.infrastructure.outbox.kinds import add_kinds
        from members.infrastructure.trail_checks import add_trail_check
        from reports import audit_texts
        from reports.documents import matters  # noqa: F401 - what goes along with the lead
        from reports.documents.sealing import document_faults
        from reports.documents.signing.trust import certificates
        from reports.models import ApprovalRequest, DocumentDraft, IssuedDocument

        add_acts(audit_texts.ACTS, audit_texts.FIELDS)
        add_kinds(audit_texts.LETTERS)
        add_check("signatures", certificates)
        add_trail_check(document_faults)
        told = ngettext_lazy("One document waits for approval", "%(number)s documents wait for approval", "number")
        add_to_bell("approval", Waiting(DocumentDraft.objects.before, told, anchor="drafts-waiting"))
        told = ngettext_lazy("One document was returned", "%(number)s documents were returned", "number")
        add_to_bell("returned", Waiting(ApprovalRequest.objects.returned_to, told, anchor="drafts-waiting"))
        told = ngettext_lazy("One document to read", "%(number)s documents to read", "number")
        add_to_bell("sent", Waiting(IssuedDocument.objects.unread_by, told, page="reports:sent-list"))
        for place, template in PARTS.items():
            add_part(place, template)


PARTS = {
    "handover.papers": "reports/documents/_handover_minutes.html",
    "unit.sections": "reports/submissions/_unit_section.html",
    "meeting.tabs": "reports/meeting_papers/_tab.html",
    "meeting.invited": "reports/meeting_papers/_notice.html",
    "meeting.papers.first": "reports/meeting_papers/_first_papers.html",
    "meeting.papers.invitations": "reports/meeting_papers/_invitations_word.html",
    "meeting.papers.agenda": "reports/meeting_papers/_agenda_word.html",
    "meeting.papers.minutes": "reports/meeting_papers/_minutes_word.html",
    "meeting.papers.conclusion": "reports/meeting_papers/_conclusion_word.html",
    "meeting.record": "reports/documents/_record_link.html",
    "meeting.home": "reports/meeting_papers/_home_papers.html",
    "meeting.awards": "reports/meeting_papers/_award_hints_loaded.html",
}
