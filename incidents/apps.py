from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "incidents"

    def ready(self) -> None:
        """Add to the audit trail this floor's acts, and its letters, alerts, index of words and check-up."""
        from django.db.models.signals import post_migrate
        from django.utils.translation import ngettext_lazy

        from cluster_portal import word_index
        from cluster_portal.doctor import add_check
        from incidents import audit_texts
        from incidents.checkup import search
        from incidents.models import Alert
        from members.infrastructure.audit_wording import add_acts
        from members.infrastructure.bell import Waiting, add_to_bell
        from members.infrastructure.outbox.kinds import add_kinds

        add_acts(audit_texts.ACTS, audit_texts.FIELDS)
        add_kinds(audit_texts.LETTERS)
        word_index.add_indexed("incidents", table="incidents_incident", column="search_text")
        post_migrate.connect(word_index.put_up_again, dispatch_uid="put_up_again")
        add_check("search", search)
        told = ngettext_lazy("One grave case to take note of", "%(number)s grave cases to take note of", "number")
        add_to_bell("alerts", Waiting(Alert.objects.open_for, told, "incidents:incident-list", "alerts"))
