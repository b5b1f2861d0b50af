from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "incidents"

    def ready(self) -> None:
        """Add this floor's acts to the audit trail, and its kind of letter, and its alerts to the bell."""
        from django.utils.translation import ngettext_lazy

        from incidents import audit_texts
        from incidents.models import Alert
        from members.infrastructure.audit_wording import add_acts
        from members.infrastructure.bell import Waiting, add_to_bell
        from members.infrastructure.outbox.kinds import add_kinds

        add_acts(audit_texts.ACTS, audit_texts.FIELDS)
        add_kinds(audit_texts.LETTERS)
        told = ngettext_lazy("One grave case to take note of", "%(number)s grave cases to take note of", "number")
        add_to_bell("alerts", Waiting(Alert.objects.open_for, told, "incidents:incident-list", "alerts"))
