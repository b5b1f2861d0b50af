from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        """Add this floor's acts to the audit trail, and its kinds of letters."""
        from meetings import audit_texts, foreseen, matters  # noqa: F401 - the last two are told by the floor below
        from members.infrastructure.audit_wording import add_acts
        from members.infrastructure.outbox.kinds import add_kinds

        add_acts(audit_texts.ACTS, audit_texts.FIELDS)
        add_kinds(audit_texts.LETTERS)
