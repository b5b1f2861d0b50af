"""What happens beside a sign-in, which is django-allauth's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal import formatting
from members.models import User
from members.signing_in import take_untold


def tell_of_letter(sender: Any, request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Somebody held a code of theirs in hand."""
    if printed := take_untold(user, now=timezone.now()):
        told = _(
            "A letter with a code to set this account's password was printed by %(person)s at %(time)s. "
            "If you did not receive it, tell the chair."
        )
        time = formatting.moment(timezone.localtime(printed.at))
        messages.warning(request, told % {"person": printed.actor_name or "–", "time": time}, fail_silently=True)
