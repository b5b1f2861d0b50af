"""Photos: taken in, captioned, ordered, shown."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.files.sending import show_picture
from meetings.actions import photos as actions
from meetings.actions.guards import require_open
from meetings.forms.contributions import CaptionForm, PhotosForm
from meetings.models import Photo
from meetings.views._common import (
    ask_then_remove,
    done,
    form_page,
    get_meeting,
    get_open_meeting,
    open_questions,
    page_asks,
)
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, allowed, requires


@requires(Can.SEE_MEETINGS)
def photo_list(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = get_meeting(request, meeting_id)
    context = {
        "meeting": meeting,
        "photos": meeting.photos.in_order(),
        "questions": open_questions(request, meeting),
        "may_edit": allowed(request.user, Can.MANAGE_MEETINGS) and not meeting.is_locked,
    }
    return render(request, "meetings/photo_list.html", context)


@requires(Can.MANAGE_MEETINGS)
def photo_add(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Take one or several photos in; if one can't be taken, none is, and it is said which and why."""
    meeting = get_open_meeting(request, meeting_id)
    form = PhotosForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        pictures, caption = form.cleaned_data["images"], form.cleaned_data["caption"]
        with show_refusals(form):
            actions.add_photos(meeting=meeting, pictures=pictures, caption=caption, by=request.user, now=timezone.now())
            sentence = ngettext("%(count)d photo was added.", "%(count)d photos were added.", len(pictures))
            return done(request, sentence % {"count": len(pictures)}, "meetings:photo-list", meeting_id)
    back = reverse("meetings:photo-list", args=[meeting_id])
    return form_page(request, form, meeting=meeting, heading=_("Add photos"), back=back)


def _photo(request: SignedInRequest, photo_id: int) -> Photo:
    return get_object_or_404(Photo.objects.visible_to(request.user).select_related("meeting"), pk=photo_id)


@requires(Can.MANAGE_MEETINGS)
def photo_edit(request: SignedInRequest, photo_id: int) -> HttpResponse:
    photo = _photo(request, photo_id)
    page_asks(request, require_open, photo.meeting)
    form = CaptionForm(request.POST or None, instance=photo)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            actions.edit_photo(
                photo=photo,
                **form.edit,
                by=request.user,
                now=timezone.now(),
            )
            return done(request, _("The caption has been saved."), "meetings:photo-list", photo.meeting_id)
    back = reverse("meetings:photo-list", args=[photo.meeting_id])
    return form_page(request, form, meeting=photo.meeting, heading=_("Change the caption"), back=back)


@requires(Can.MANAGE_MEETINGS)
def photo_remove(request: SignedInRequest, photo_id: int) -> HttpResponse:
    photo = _photo(request, photo_id)
    page_asks(request, require_open, photo.meeting)
    return ask_then_remove(
        request,
        lambda: actions.remove_photo(photo=photo, by=request.user, now=timezone.now()),
        meeting=photo.meeting,
        heading=_("Remove the photo"),
        sentence=photo.caption or _("Photo without a caption"),
        told=_("The photo has been removed."),
        back="meetings:photo-list",
        photo=photo,
    )


@requires(Can.SEE_MEETINGS)
def photo_image(request: SignedInRequest, photo_id: int) -> HttpResponseBase:
    return show_picture(_photo(request, photo_id).image)


@requires(Can.SEE_MEETINGS)
def photo_thumbnail(request: SignedInRequest, photo_id: int) -> HttpResponseBase:
    return show_picture(_photo(request, photo_id).thumbnail)
