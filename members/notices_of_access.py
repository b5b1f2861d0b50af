"""Letters that tell a person what was done to their way in, so that they notice who else has it."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from cluster_portal.errors import VISITOR
from members.infrastructure.outbox.posting import Draft, post
from members.models import Cluster, User

SUBJECTS = {
    "new_device": _("Sign-in from a new device"),
    "password_changed": _("The password was changed"),
    "factor_added": _("A second factor was added"),
    "reset_asked": _("Somebody asked that the second factor be taken away"),
    "factor_removed": _("A second factor was removed"),
    "email_changed": _("The e-mail address was changed"),
}
A_DAY = dt.timedelta(days=1)
LONGEST_AGENT = 120


def tell(person: User, what: str, *, request: HttpRequest | None, now: dt.datetime, address: str = "") -> None:
    """Post the letter, in the portal's own language; after a day it is of no use any more.

    `address`: where the person could be reached before, if that was changed.
    """
    agent = request.headers.get("User-Agent", "")[:LONGEST_AGENT] if request else ""
    with translation.override(settings.LANGUAGE_CODE):
        subject = str(SUBJECTS[what])
        context = {
            "person": person,
            "cluster": Cluster.get(),
            "what": subject,
            "at": localtime(now),
            "address": VISITOR.get(),
            "agent": " ".join(agent.split()),
        }
        text = render_to_string("members/access_notice.txt", context)
    key = f"access:{person.pk}:{uuid4()}"
    draft = Draft("access", key, address or person.email, subject, text, name=person.full_name, until=now + A_DAY)
    post(draft, about=person, by=None, now=now)
