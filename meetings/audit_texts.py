"""What this app's acts are called in the audit trail."""

from django.utils.translation import gettext_lazy

from meetings.actions.mailing import note_sent
from members.infrastructure.outbox.kinds import Kind

ACTS = {
    "meeting.planned": gettext_lazy("planned the meeting %(target)s"),
    "meeting.edited": gettext_lazy("edited the meeting %(target)s"),
    "meeting.set_to_past": gettext_lazy("chose a day that had passed for the meeting %(target)s"),
    "meeting.units_listed": gettext_lazy("listed the units invited to %(target)s"),
    "meeting.announced": gettext_lazy("issued the invitations to %(target)s"),
    "meeting.change_announced": gettext_lazy("issued the changed invitations to %(target)s"),
    "meeting.discarded": gettext_lazy("discarded the plan of %(target)s"),
    "meeting.called_off": gettext_lazy("called off the meeting %(target)s"),
    "meeting.held": gettext_lazy("opened the meeting %(target)s"),
    "meeting.unheld": gettext_lazy("put the meeting %(target)s back into planning"),
    "meeting.closed": gettext_lazy("closed the record of %(target)s"),
    "meeting.reopened": gettext_lazy("reopened the record of %(target)s"),
    "guest.added": gettext_lazy("invited the guest %(target)s"),
    "invitee.removed": gettext_lazy("took %(target)s off the list of invitees"),
    "invitation.sent": gettext_lazy("sent the invitation to %(target)s"),
    "calling_off.sent": gettext_lazy("told %(target)s that the meeting is off"),
    "invitation.copied": gettext_lazy("copied the invitation of %(target)s, to send it by Zalo"),
    "invitation.answered": gettext_lazy("answered the invitation for %(target)s"),
    "attendance.edited": gettext_lazy("edited the attendance of %(target)s"),
    "attendance.marked": gettext_lazy("marked the attendance of %(target)s"),
    "speech.registered": gettext_lazy("registered the speech %(target)s"),
    "speech.edited": gettext_lazy("edited the speech %(target)s"),
    "speech.withdrawn": gettext_lazy("withdrew the speech %(target)s"),
    "award.proposed": gettext_lazy("proposed an award for %(target)s"),
    "award.edited": gettext_lazy("edited the award for %(target)s"),
    "award.withdrawn": gettext_lazy("withdrew the award for %(target)s"),
    "task.set": gettext_lazy("set the task %(target)s"),
    "task.edited": gettext_lazy("edited the task %(target)s"),
    "task.removed": gettext_lazy("removed the task %(target)s"),
    "task.progress_told": gettext_lazy("told the progress of a task: %(target)s"),
    "photo.added": gettext_lazy("added the photo %(target)s"),
    "photo.edited": gettext_lazy("edited the photo %(target)s"),
    "photo.removed": gettext_lazy("removed the photo %(target)s"),
    "question.noted": gettext_lazy("noted an open question: %(target)s"),
    "question.settled": gettext_lazy("settled the question: %(target)s"),
}

LETTERS = {
    "invitation": Kind(gettext_lazy("invitation"), note_sent),
    "calling_off": Kind(gettext_lazy("meeting called off"), note_sent),
}

FIELDS = {
    "meeting": gettext_lazy("meeting"),
    "progress": gettext_lazy("progress"),
    "resolution": gettext_lazy("how it was settled"),
    "units": gettext_lazy("units"),
}
