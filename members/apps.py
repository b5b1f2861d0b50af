from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"

    def ready(self) -> None:
        """Add this floor's acts to the audit trail, its kinds of letters, and the sending of all."""
        from django.contrib.auth.signals import user_logged_in

        from cluster_portal.backups import add_after_restore
        from cluster_portal.worker import add_chore
        from members import audit_texts
        from members.infrastructure.audit_wording import add_acts
        from members.infrastructure.outbox.kinds import add_kinds
        from members.infrastructure.outbox.sending import doubt_all_under_way, send_due
        from members.views.signing_in import tell_of_letter

        add_acts(audit_texts.ACTS, audit_texts.FIELDS)
        add_kinds(audit_texts.LETTERS)
        add_chore(send_due)
        user_logged_in.connect(tell_of_letter)
        add_after_restore(doubt_all_under_way)
