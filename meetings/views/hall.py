"""In the hall, on a telephone: who is there, what is said."""

from typing import Any

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cluster_portal.text import clean_line, fold
from meetings.actions import planning, recording
from meetings.forms.recording import NotesForm
from meetings.models import Attendance, Meeting
from meetings.views._common import done, get_meeting
from members.asking import ask_first
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires

#: Why somebody is not here is asked once that is known.
ABSENCES = [choice for choice in Attendance.Presence.choices if choice[0] in ("excused", "absent")]


def _counts(meeting: Meeting) -> dict[str, int]:
    presences = [row.presence for row in meeting.attendances.units()]
    guests = meeting.attendances.guests().undecided().count()
    came = sum(presence in ("present", "represented") for presence in presences)
    return {"came": came, "invited": len(presences), "open": presences.count(""), "guests": guests}


@requires(Can.MANAGE_MEETINGS)
def hall(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = get_meeting(request, meeting_id)
    form = NotesForm(request.POST or None, instance=meeting)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            planning.edit_meeting(
                meeting=meeting,
                **form.edit,
                by=request.user,
                now=timezone.now(),
            )
            return done(request, _("The notes have been saved."), "meetings:hall", meeting_id)
    context = {
        "meeting": meeting,
        "form": form,
        **_rows(request, meeting),
        "speeches": meeting.speeches.in_order(),
        **_shown(meeting),
    }
    return render(request, "meetings/hall.html", context)


def _rows(request: SignedInRequest, meeting: Meeting) -> dict[str, Any]:
    """Whom the page shows: all, or those its search and its filter leave; scripts narrow down further at once."""
    words, show = clean_line(request.GET.get("q", ""))[:100], request.GET.get("show", "")
    rows = [row for row in meeting.attendances.in_order() if fold(words) in fold(f"{row} {row.person}")]
    states = {"open": {""}, "away": {value for value, _label in ABSENCES}}
    if show in states:
        rows = [row for row in rows if row.presence in states[show]]
    return {"rows": rows, "words": words, "show": show}


def _shown(meeting: Meeting) -> dict[str, Any]:
    """What every row needs, and the counter above them."""
    return {"presences": dict(Attendance.Presence.choices), "absences": ABSENCES, "counts": _counts(meeting)}


@requires(Can.MANAGE_MEETINGS)
def all_present(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Ask first: who isn't ticked yet is ticked as present; then the few who are missing are ticked anew."""
    meeting = get_meeting(request, meeting_id)
    if request.method != "POST":
        open_rows = meeting.attendances.undecided().count()
        told = _("Not ticked yet, and ticked as present now: %(n)d. Each row can be changed afterwards.")
        back = reverse("meetings:hall", args=[meeting_id])
        return ask_first(request, heading=_("All are present"), sentence=told % {"n": open_rows}, back=back)
    marked = recording.mark_rest_present(meeting=meeting, by=request.user, now=timezone.now())
    told = _("Ticked as present: %(n)d.") % {"n": marked}
    return done(request, told, "meetings:hall", meeting_id)


@requires(Can.MANAGE_MEETINGS)
@require_POST
def attendance_mark(request: SignedInRequest, invitee_id: int) -> HttpResponse:
    """Tick one row; with htmx the row alone comes back, without it the page."""
    row = get_object_or_404(Attendance.objects.select_related("meeting", "unit"), pk=invitee_id)
    presence = request.POST.get("presence", "")
    if presence not in Attendance.Presence.values:
        return HttpResponseBadRequest()
    represented_by = clean_line(request.POST.get("represented_by", ""))[:200]
    recording.mark_presence(
        attendance=row, presence=presence, represented_by=represented_by, by=request.user, now=timezone.now()
    )
    if not request.htmx:
        return redirect(f"{reverse('meetings:hall', args=[row.meeting_id])}#row-{row.pk}")
    context = {
        "row": row,
        "meeting": row.meeting,
        **_shown(row.meeting),
        "is_swapped": True,
    }
    return render(request, "meetings/_hall_row.html", context)
