"""What this app's acts are called in the audit trail."""

from django.utils.translation import gettext_lazy

ACTS = {
    "incident.recorded": gettext_lazy("recorded the case %(target)s"),
    "incident.changed": gettext_lazy("changed the case %(target)s"),
    "incident.exported": gettext_lazy("exported cases from the register of %(target)s"),
}

FIELDS = {"cases": gettext_lazy("number of cases")}
