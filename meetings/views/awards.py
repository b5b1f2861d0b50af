"""Awards: proposed by the units, settled by the secretariat."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions import awards as actions
from meetings.actions.guards import require_contributions_open
from meetings.forms.contributions import AwardForm, UnitAwardForm
from meetings.models import Award, Meeting
from meetings.views._common import ask_then_remove, done, form_page, get_meeting, is_manager, open_questions, page_asks
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, allowed, requires


@requires(Can.SEE_MEETINGS)
def award_list(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """All proposals, or those that concern the liaison's unit; doubles are pointed out to the secretariat."""
    meeting = get_meeting(request, meeting_id)
    awards = meeting.awards.visible_to(request.user).in_order()
    reads_all = allowed(request.user, Can.READ_MEETING_RECORDS)
    twice = Award.objects.recipients_proposed_twice(meeting.period) if reads_all else set()
    may_contribute = not meeting.is_locked and (meeting.is_planned or is_manager(request))
    rows = [
        {
            "award": award,
            "is_double": award.recipient_key in twice,
            "may_edit": may_contribute and award.may_be_changed_by(request.user),
        }
        for award in awards
    ]
    context = {"meeting": meeting, "rows": rows, "may_contribute": may_contribute}
    context["questions"] = open_questions(request, meeting)
    return render(request, "meetings/award_list.html", context)


def _own_award(request: SignedInRequest, award_id: int) -> Award:
    award = get_object_or_404(Award.objects.visible_to(request.user).select_related("meeting", "unit"), pk=award_id)
    if not is_manager(request) and award.proposed_by_id != request.user.unit_id:
        raise Http404
    page_asks(request, actions.require_changeable, award, by=request.user)
    return award


def _form(request: SignedInRequest, meeting: Meeting, award: Award | None = None) -> UnitAwardForm:
    if is_manager(request):
        return AwardForm(request.POST or None, instance=award, meeting=meeting, today=timezone.localdate())
    return UnitAwardForm(request.POST or None, instance=award)


@requires(Can.ANSWER_INVITATIONS)
def award_propose(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = get_meeting(request, meeting_id)
    page_asks(request, require_contributions_open, meeting, by=request.user)
    unit = request.user.unit
    form = _form(request, meeting)
    if request.method == "POST" and form.is_valid():
        values = {"unit": unit, **form.values}
        with show_refusals(form):
            actions.propose_award(meeting=meeting, values=values, proposed_by=unit, by=request.user, now=timezone.now())
            return done(request, _("The award is proposed."), "meetings:award-list", meeting_id)
    back = reverse("meetings:award-list", args=[meeting_id])
    return form_page(request, form, meeting=meeting, heading=_("Propose an award"), back=back)


@requires(Can.ANSWER_INVITATIONS)
def award_edit(request: SignedInRequest, award_id: int) -> HttpResponse:
    award = _own_award(request, award_id)
    heading = award.recipient_name
    form = _form(request, award.meeting, award)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            actions.edit_award(
                award=award,
                **form.edit,
                by=request.user,
                now=timezone.now(),
            )
            return done(request, _("The award has been saved."), "meetings:award-list", award.meeting_id)
    back = reverse("meetings:award-list", args=[award.meeting_id])
    return form_page(request, form, meeting=award.meeting, heading=heading, back=back)


@requires(Can.ANSWER_INVITATIONS)
def award_withdraw(request: SignedInRequest, award_id: int) -> HttpResponse:
    award = _own_award(request, award_id)
    return ask_then_remove(
        request,
        lambda: actions.withdraw_award(award=award, by=request.user, now=timezone.now()),
        meeting=award.meeting,
        heading=_("Withdraw the proposal"),
        sentence=_("The proposal for %(name)s disappears from the list.") % {"name": award.recipient_name},
        told=_("The proposal has been withdrawn."),
        back="meetings:award-list",
    )
