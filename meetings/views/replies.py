"""What a unit does about a meeting: replies, and tells how far its tasks are."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions import inviting
from meetings.forms.inviting import ReplyForm
from meetings.views._common import done, form_page, get_meeting, page_asks
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires


@requires(Can.ANSWER_INVITATIONS)
def invitation_reply(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """A liaison's reply; the secretariat, who is no unit, enters replies on the list of invitees."""
    meeting = get_meeting(request, meeting_id)
    if request.user.unit is None:
        return redirect("meetings:invitee-list", meeting_id)
    invitation = get_object_or_404(meeting.attendances.select_related("unit"), unit=request.user.unit_id)
    page_asks(request, inviting.require_replies_open, meeting)
    form = ReplyForm(request.POST or None, instance=invitation)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            inviting.reply_to_invitation(
                attendance=invitation,
                **form.edit,
                by=request.user,
                now=timezone.now(),
            )
            return done(request, _("The reply has been sent to the secretariat."), meeting)
    heading = _("Reply to the invitation")
    return form_page(request, form, meeting=meeting, heading=heading, back=meeting.get_absolute_url())
