"""Speeches: registered, ordered, their files handed out, their main points noted."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.files.sending import send_file, sends_file
from meetings.actions import speeches as actions
from meetings.actions.guards import require_contributions_open
from meetings.forms.contributions import PointsForm, SpeechForm, UnitSpeechForm
from meetings.models import Speech
from meetings.uploads import CONTENT_TYPES
from meetings.views._common import ask_then_remove, done, form_page, get_meeting, is_manager, open_questions, page_asks
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires


def _speech(request: SignedInRequest, speech_id: int) -> Speech:
    return get_object_or_404(Speech.objects.visible_to(request.user).select_related("meeting", "unit"), pk=speech_id)


def _own_speech(request: SignedInRequest, speech_id: int) -> Speech:
    """A speech the user may change: the own unit's, or any for the secretariat."""
    speech = _speech(request, speech_id)
    if not is_manager(request) and speech.unit_id != request.user.unit_id:
        raise Http404
    page_asks(request, require_contributions_open, speech.meeting, by=request.user)
    return speech


@requires(Can.SEE_MEETINGS)
def speech_list(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = get_meeting(request, meeting_id)
    speeches = meeting.speeches.visible_to(request.user).in_order()
    may_contribute = not meeting.is_locked and (meeting.is_planned or is_manager(request))
    context = {"meeting": meeting, "speeches": speeches, "may_contribute": may_contribute}
    context["questions"] = open_questions(request, meeting)
    return render(request, "meetings/speech_list.html", context)


@requires(Can.ANSWER_INVITATIONS)
def speech_register(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = get_meeting(request, meeting_id)
    page_asks(request, require_contributions_open, meeting, by=request.user)
    form = (SpeechForm if is_manager(request) else UnitSpeechForm)(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = form.values
        unit = values.pop("unit", request.user.unit)
        file = form.cleaned_data["upload"]
        with show_refusals(form):
            actions.register_speech(
                meeting=meeting, values=values, unit=unit, file=file, by=request.user, now=timezone.now()
            )
            return done(request, _("The speech is registered."), "meetings:speech-list", meeting_id)
    back = reverse("meetings:speech-list", args=[meeting_id])
    return form_page(request, form, meeting=meeting, heading=_("Register a speech"), back=back)


@requires(Can.ANSWER_INVITATIONS)
def speech_edit(request: SignedInRequest, speech_id: int) -> HttpResponse:
    speech = _own_speech(request, speech_id)
    form_class = SpeechForm if is_manager(request) else UnitSpeechForm
    return _edited(request, speech, form_class(request.POST or None, request.FILES or None, instance=speech))


@requires(Can.MANAGE_MEETINGS)
def speech_points(request: SignedInRequest, speech_id: int) -> HttpResponse:
    """Note in the hall what a speech said."""
    speech = _own_speech(request, speech_id)
    form = PointsForm(request.POST or None, instance=speech)
    return _edited(request, speech, form, back="meetings:hall")


def _edited(
    request: SignedInRequest, speech: Speech, form: PointsForm | UnitSpeechForm, back: str = "meetings:speech-list"
) -> HttpResponse:
    heading = speech.title
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            actions.edit_speech(
                speech=speech,
                **form.edit,
                file=form.cleaned_data.get("upload"),
                by=request.user,
                now=timezone.now(),
            )
            return done(request, _("The speech has been saved."), back, speech.meeting_id)
    return form_page(
        request, form, meeting=speech.meeting, heading=heading, back=reverse(back, args=[speech.meeting_id])
    )


@requires(Can.ANSWER_INVITATIONS)
def speech_withdraw(request: SignedInRequest, speech_id: int) -> HttpResponse:
    speech = _own_speech(request, speech_id)
    return ask_then_remove(
        request,
        lambda: actions.withdraw_speech(speech=speech, by=request.user, now=timezone.now()),
        meeting=speech.meeting,
        heading=_("Withdraw the speech"),
        sentence=_("“%(title)s” disappears with its file and main points.") % {"title": speech.title},
        told=_("The speech has been withdrawn."),
        back="meetings:speech-list",
    )


@requires(Can.SEE_MEETINGS)
@sends_file
def speech_file(request: SignedInRequest, speech_id: int) -> HttpResponseBase:
    """The file, always as a download and never as what its sender called it."""
    speech = _speech(request, speech_id)
    if not speech.file:
        raise Http404
    suffix = speech.file_name.rpartition(".")[2]
    return send_file(speech.file.open(), name=speech.file_name, content_type=CONTENT_TYPES[suffix])
