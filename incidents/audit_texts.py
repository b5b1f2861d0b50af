"""What this app's acts are called in the audit trail."""

from django.utils.translation import gettext_lazy

from members.infrastructure.outbox.kinds import Kind

ACTS = {
    "incident.recorded": gettext_lazy("recorded the case %(target)s"),
    "incident.changed": gettext_lazy("changed the case %(target)s"),
    "incident.alert_raised": gettext_lazy("alerted the secretariat and the chair to the case %(target)s"),
    "incident.alert_noted": gettext_lazy("took note of the case %(target)s"),
    "incident.text_removed": gettext_lazy("removed the description of the case %(target)s after its time"),
    "incident.removed": gettext_lazy("removed the case %(target)s from the register"),
    "incident.exported": gettext_lazy("exported cases from the register of %(target)s"),
}

LETTERS = {"alert": Kind(gettext_lazy("grave case"))}

FIELDS = {"cases": gettext_lazy("number of cases"), "reason": gettext_lazy("reason")}
