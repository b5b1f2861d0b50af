"""What this app's acts are called in the audit trail."""

from django.utils.translation import gettext_lazy

from members.infrastructure.outbox.kinds import Kind, leave_no_trace

ACTS = {
    "cluster.set_up": gettext_lazy("set up the cluster %(target)s"),
    "cluster.changed": gettext_lazy("changed the settings of the cluster %(target)s"),
    "unit.created": gettext_lazy("added the unit %(target)s"),
    "unit.changed": gettext_lazy("changed the unit %(target)s"),
    "unit.removed": gettext_lazy("took back the unit %(target)s of an import"),
    "lead_term.end_undone": gettext_lazy("took back the end of the term %(target)s"),
    "unit.handing_over_undone": gettext_lazy("took back that the unit %(target)s passed to others"),
    "unit.taking_over_undone": gettext_lazy("took back that the unit %(target)s took over from others"),
    "unit.handed_over": gettext_lazy("recorded that the unit %(target)s passed to others"),
    "unit.took_over": gettext_lazy("recorded that the unit %(target)s took over others"),
    "lead_term.started": gettext_lazy("recorded the start of a term: %(target)s"),
    "lead_term.ended": gettext_lazy("recorded the end of a term: %(target)s"),
    "lead_term.removed": gettext_lazy("took back a term recorded by mistake: %(target)s"),
    "person.created": gettext_lazy("created the account of %(target)s"),
    "person.letter_printed": gettext_lazy("printed a letter with a code to set the password of %(target)s"),
    "person.told_of_letter": gettext_lazy("was told of the letter with a code for %(target)s"),
    "person.invited": gettext_lazy("made a link for %(target)s to set a password"),
    "person.changed": gettext_lazy("changed the account of %(target)s"),
    "person.notices_chosen": gettext_lazy("chose which e-mails %(target)s gets"),
    "person.deactivated": gettext_lazy("deactivated the account of %(target)s"),
    "person.reactivated": gettext_lazy("reactivated the account of %(target)s"),
    "letter.sent": gettext_lazy("sent the e-mail %(target)s"),
    "letter.sent_again": gettext_lazy("had the e-mail %(target)s sent again"),
    "letter.arrived": gettext_lazy("noted that the e-mail %(target)s arrived"),
    "table.imported": gettext_lazy("imported the file %(target)s"),
    "table.import_undone": gettext_lazy("undid the import of the file %(target)s"),
}

LETTERS = {
    "account": Kind(gettext_lazy("account")),
    "password": Kind(gettext_lazy("new password"), leave_no_trace),
}

FIELDS = {
    "on": gettext_lazy("on"),
    "is_partial": gettext_lazy("only a part"),
    "predecessors": gettext_lazy("predecessors"),
    "successors": gettext_lazy("successors"),
    "rows": gettext_lazy("rows"),
}
