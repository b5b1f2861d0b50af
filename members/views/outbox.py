"""The outbox: which e-mails wait, which failed, and sending them again."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cluster_portal.paging import LongListPaginator
from cluster_portal.worker import is_recent, last_beat
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.infrastructure.outbox import posting
from members.infrastructure.outbox.letters import Letter, LetterQuerySet
from members.infrastructure.outbox.result import choices
from members.infrastructure.refusals import Refused

LETTERS_A_PAGE = 50


@requires(Can.WATCH_MAIL)
def letter_list(request: SignedInRequest) -> HttpResponse:
    """All letters, or those about one thing (`?about=`), of one state or all."""
    about, chosen = request.GET.get("about", ""), request.GET.get("state", "")
    found = _about(about, Letter.objects.visible_to(request.user))
    pills = choices(found)
    states = next((pill.states for pill in pills if pill.name == chosen), None)
    shown = found if states is None else found.filter(state__in=states)
    seen = last_beat()
    context = {
        "page": LongListPaginator(shown.latest_first(), LETTERS_A_PAGE).get_page(request.GET.get("page")),
        "choices": pills,
        "chosen": chosen if states is not None else "",
        "about": about,
        "has_failed": found.to_send_again().exists(),
        "is_worker_alive": is_recent(seen, now=timezone.now()),
        "worker_seen_at": seen,
    }
    return render(request, "members/outbox/letter_list.html", context)


def _about(name: str, letters: LetterQuerySet) -> LetterQuerySet:
    """All, or those about what is named; none where that is no name."""
    if not name:
        return letters
    return letters.filter(about=name) if re.fullmatch(r"[a-z_.]{1,60}-[0-9]{1,19}", name) else letters.none()


def _letter(request: SignedInRequest, letter_id: int) -> Letter:
    return get_object_or_404(Letter.objects.visible_to(request.user), pk=letter_id)


@requires(Can.WATCH_MAIL)
@require_POST
def letter_send_again(request: SignedInRequest, letter_id: int) -> HttpResponse:
    letter = _letter(request, letter_id)
    posting.send_again(letter, by=request.user, now=timezone.now())
    messages.success(request, _("The e-mail to %(address)s is on its way again.") % {"address": letter.address})
    return _back(request)


@requires(Can.WATCH_MAIL)
@require_POST
def letter_note_arrival(request: SignedInRequest, letter_id: int) -> HttpResponse:
    letter = _letter(request, letter_id)
    posting.note_arrival(letter, by=request.user, now=timezone.now())
    messages.success(request, _("It is noted that the e-mail to %(address)s arrived.") % {"address": letter.address})
    return _back(request)


@requires(Can.WATCH_MAIL)
@require_POST
def letters_send_again(request: SignedInRequest) -> HttpResponse:
    """All that failed; not those of which nobody knows whether they went, each of which somebody is to ask about."""
    failed = _about(request.POST.get("about", ""), Letter.objects.visible_to(request.user))
    failed, sent = failed.to_send_again(), 0
    for letter in failed.order_by("pk"):
        try:
            posting.send_again(letter, by=request.user, now=timezone.now())
            sent += 1
        except Refused as refusal:
            messages.warning(request, f"{letter.address}: {refusal.sentence}")
    if sent:
        told = ngettext("%(count)d e-mail is on its way again.", "%(count)d e-mails are on their way again.", sent)
        messages.success(request, told % {"count": sent})
    return _back(request)


def _back(request: SignedInRequest) -> HttpResponse:
    """To the list as it was filtered."""
    came_from = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts=None)
    return redirect(came_from) if came_from and is_ours else redirect("members:letter-list")
