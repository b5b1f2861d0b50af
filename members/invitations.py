"""The link by which a person sets their password: allauth's own for a reset."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from hashlib import sha256

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from members.infrastructure.outbox.posting import Draft, post
from members.models import Cluster, Letter, User

#: Where the portal has no mail server.
SENDS_NOTHING = (
    "django.core.mail.backends.console.EmailBackend",
    "django.core.mail.backends.dummy.EmailBackend",
)
UNREACHED = (Letter.State.FAILED, Letter.State.UNCLEAR)


def password_link(person: User, *, origin: str) -> str:
    """Good for one use, and for `PASSWORD_RESET_TIMEOUT` seconds."""
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})
    return origin.rstrip("/") + path


def lack_of_letter(person: User) -> str:
    """Why no code is printed for the person, in a sentence: e-mail reaches them; empty where one can be."""
    if settings.EMAIL_BACKEND in SENDS_NOTHING or Letter.objects.about(person).filter(state__in=UNREACHED).exists():
        return ""
    return _("The link is sent by e-mail to %(address)s.") % {"address": person.email}


def post_invitation(person: User, *, link: str, by: User | None, now: dt.datetime) -> None:
    """The invitation by e-mail, in the portal's own language whoever invites; each new link is a letter."""
    cluster = Cluster.get()
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Your account on the portal of %(cluster)s") % {"cluster": cluster.short_name or cluster.name}
        text = render_to_string("members/invitation.txt", {"person": person, "cluster": cluster, "link": link})
    key = f"account:{person.pk}:{sha256(link.encode()).hexdigest()[:16]}"
    post(_letter("account", key, person, subject, text, now=now), about=person, by=by, now=now)


@task
def write_reset_link(email: str, origin: str, at: str) -> None:
    """Send whoever has that address a link to set a new password.

    The page asks for this whether or not an account has the address, and looks for none:
    so it takes equally long and says the same. `at` is when it was asked. One who has such
    a letter under way gets no second one; the trail, which colleagues read, tells nothing.
    """
    now = dt.datetime.fromisoformat(at)
    for person in User.objects.active().filter(email=email.strip().lower()).order_by("pk"):
        asked = Letter.objects.about(person).filter(kind="password")
        if asked.waiting().exclude(until__lte=now).exists():
            continue
        context = {"user": person, "password_reset_url": password_link(person, origin=origin)}
        with translation.override(settings.LANGUAGE_CODE):
            subject = render_to_string("account/email/password_reset_key_subject.txt", context)
            text = render_to_string("account/email/password_reset_key_message.txt", context)
        letter = _letter("password", f"password:{person.pk}:{at}", person, subject, text, now=now)
        post(replace(letter, unit_id=None), about=person, by=None, now=now)


def _letter(kind: str, key: str, person: User, subject: str, text: str, *, now: dt.datetime) -> Draft:
    until = now + dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return Draft.to(person, kind, key, subject=subject, body=text, until=until, data={})
