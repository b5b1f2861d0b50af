"""The link that makes a new e-mail address a person's own: only who reads that mailbox has it.

Not allauth's pages for this: they keep a second list of addresses beside `User.email`, and an old
one would go on opening the account.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from members.infrastructure.outbox.posting import Draft, post
from members.models import Cluster, User

SALT = "members.own_email"


def confirmation_link(person: User, *, email: str, origin: str) -> str:
    """Good for `PASSWORD_RESET_TIMEOUT` seconds, signed in as the person, until any newer link is asked for."""
    key = signing.dumps([person.pk, person.email, email, person.link_turn], salt=SALT)
    return origin.rstrip("/") + reverse("account_email_confirm", args=[key])


def confirmed_address(key: str, *, person: User) -> str | None:
    """The address that a link's key makes the person's; None where it opens nothing, or nothing of theirs."""
    try:
        whose, old, new, turn = signing.loads(key, salt=SALT, max_age=settings.PASSWORD_RESET_TIMEOUT)
    except signing.BadSignature:
        return None
    return str(new) if (whose, old, turn) == (person.pk, person.email, person.link_turn) else None


@task
def write_confirmation(person_id: int, email: str, turn: int, origin: str, at: str) -> None:
    """Send the link to the new address; if an account has it, its owner is told that nothing changed.

    The page asks for this whether or not an account has the address, and looks for none. A newer
    request, which `turn` tells, makes this one void.
    """
    now = dt.datetime.fromisoformat(at)
    person = User.objects.active().filter(pk=person_id, link_turn=turn).first()
    if person is None:
        return
    is_taken = User.objects.filter(email=email).exists()
    link = "" if is_taken else confirmation_link(person, email=email, origin=origin)
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("This address has an account already") if is_taken else _("Confirm the new e-mail address")
        context = {"person": person, "email": email, "link": link, "cluster": Cluster.get()}
        text = render_to_string("members/own_email.txt", context)
    until = now + dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    draft = Draft("email", f"email:{person.pk}:{at}", email, subject, text, until=until)
    post(draft, about=None if is_taken else person, by=None, now=now)
