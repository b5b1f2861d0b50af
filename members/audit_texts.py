"""What this app's acts are called in the audit trail."""

from django.utils.translation import gettext_lazy

from members.infrastructure.outbox.kinds import Kind, leave_no_trace

ACTS = {
    "cluster.set_up": gettext_lazy("set up the cluster %(target)s"),
    "cluster.changed": gettext_lazy("changed the settings of the cluster %(target)s"),
    "letterhead.begun": gettext_lazy("added the %(target)s"),
    "letterhead.changed": gettext_lazy("changed the %(target)s"),
    "letterhead.removed": gettext_lazy("took back the %(target)s"),
    "unit.created": gettext_lazy("added the unit %(target)s"),
    "unit.changed": gettext_lazy("changed the unit %(target)s"),
    "unit.removed": gettext_lazy("took back the unit %(target)s of an import"),
    "lead_term.end_undone": gettext_lazy("took back the end of the term %(target)s"),
    "unit.handing_over_undone": gettext_lazy("took back that the unit %(target)s passed to others"),
    "unit.taking_over_undone": gettext_lazy("took back that the unit %(target)s took over from others"),
    "unit.handed_over": gettext_lazy("recorded that the unit %(target)s passed to others"),
    "unit.took_over": gettext_lazy("recorded that the unit %(target)s took over others"),
    "merger.recorded": gettext_lazy("recorded several units that merge in one act: %(target)s"),
    "merger.undone": gettext_lazy("took back, with all units concerned, the %(target)s"),
    "lead_term.started": gettext_lazy("recorded the start of a term: %(target)s"),
    "lead_term.ended": gettext_lazy("recorded the end of a term: %(target)s"),
    "lead_term.removed": gettext_lazy("took back a term recorded by mistake: %(target)s"),
    "person.created": gettext_lazy("created the account of %(target)s"),
    "person.removed": gettext_lazy("took back the account of %(target)s of an import"),
    "person.letter_printed": gettext_lazy("printed a letter with a code to set the password of %(target)s"),
    "person.told_of_letter": gettext_lazy("was told of the letter with a code for %(target)s"),
    "person.invited": gettext_lazy("made a link for %(target)s to set a password"),
    "person.changed": gettext_lazy("changed the account of %(target)s"),
    "person.email_asked": gettext_lazy("asked for a new e-mail address for %(target)s"),
    "person.notices_chosen": gettext_lazy("chose which e-mails %(target)s gets"),
    "person.deactivated": gettext_lazy("deactivated the account of %(target)s"),
    "person.reactivated": gettext_lazy("reactivated the account of %(target)s"),
    "letter.sent": gettext_lazy("sent the e-mail %(target)s"),
    "letter.sent_again": gettext_lazy("had the e-mail %(target)s sent again"),
    "letter.arrived": gettext_lazy("noted that the e-mail %(target)s arrived"),
    "second_factor.reset_asked": gettext_lazy("asked that the lost second factor of %(target)s be taken away"),
    "second_factor.reset": gettext_lazy("confirmed it, and took the lost second factor of %(target)s away"),
    "second_factor.reset_turned_down": gettext_lazy("turned down that the second factor of %(target)s be taken away"),
    "access.signed_in": gettext_lazy("signed in as %(target)s"),
    "access.signed_out": gettext_lazy("signed out as %(target)s"),
    "access.sign_in_failed": gettext_lazy("failed to sign in as %(target)s"),
    "access.code_failed": gettext_lazy("gave a wrong code to sign in as %(target)s"),
    "access.refused": gettext_lazy("was refused the page %(target)s"),
    "access.downloaded": gettext_lazy("downloaded the file %(target)s"),
    "account.password_changed": gettext_lazy("set a new password for %(target)s"),
    "account.factor_added": gettext_lazy("added a second factor for %(target)s"),
    "account.factor_removed": gettext_lazy("removed a second factor of %(target)s"),
    "account.codes_renewed": gettext_lazy("made new recovery codes for %(target)s"),
    "table.imported": gettext_lazy("imported the file %(target)s"),
    "table.import_undone": gettext_lazy("undid the import of the file %(target)s"),
}

LETTERS = {
    "account": Kind(gettext_lazy("account")),
    "password": Kind(gettext_lazy("new password"), leave_no_trace),
    "access": Kind(gettext_lazy("notice on an account"), leave_no_trace),
    "email": Kind(gettext_lazy("new e-mail address"), leave_no_trace),
}

FIELDS = {
    "on": gettext_lazy("on"),
    "is_partial": gettext_lazy("only a part"),
    "predecessors": gettext_lazy("predecessors"),
    "successors": gettext_lazy("successors"),
    "rows": gettext_lazy("rows"),
    "path": gettext_lazy("page"),
    "filter": gettext_lazy("chosen rows"),
    "kind": gettext_lazy("kind"),
}
