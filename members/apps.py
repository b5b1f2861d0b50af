from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"

    def ready(self) -> None:
        """Add this floor's acts to the audit trail, its kinds of letters, and the sending of all."""
        from django.contrib.auth.signals import user_logged_in
        from django.db.models.signals import post_migrate

        from cluster_portal.backups import add_after_restore
        from cluster_portal.doctor import add_check
        from cluster_portal.metrics import add_reader
        from cluster_portal.worker import add_chore
        from members import accountability, audit_texts, matters, office  # noqa: F401 - it tells what goes along
        from members.actions.account_changes import carry_out_due
        from members.actions.following import follow_mergers
        from members.infrastructure.audit_wording import add_acts
        from members.infrastructure.guards import guard_again
        from members.infrastructure.outbox.checkup import mail
        from members.infrastructure.outbox.kinds import add_kinds
        from members.infrastructure.outbox.metrics import of_letters
        from members.infrastructure.outbox.office import set_office
        from members.infrastructure.outbox.sending import doubt_all_under_way, send_due
        from members.infrastructure.trail import seal_newest
        from members.views.signing_in import tell_of_letter

        add_acts(audit_texts.ACTS, audit_texts.FIELDS)
        add_kinds(audit_texts.LETTERS)
        set_office(office.office)
        add_chore(send_due)
        add_chore(seal_newest)
        add_chore(follow_mergers)
        add_chore(carry_out_due)
        accountability.listen()
        post_migrate.connect(guard_again, dispatch_uid="guard_again")
        user_logged_in.connect(tell_of_letter)
        add_after_restore(doubt_all_under_way)
        add_check("mail", mail)
        add_reader(of_letters)
