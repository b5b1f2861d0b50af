"""The link by which an invited person sets their password: allauth's own for a reset."""

from __future__ import annotations

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from members.models import Cluster, User


def password_link(person: User, *, origin: str) -> str:
    """Good for one use, and for `PASSWORD_RESET_TIMEOUT` seconds."""
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})
    return origin.rstrip("/") + path


def send_invitation(person: User, *, link: str) -> None:
    """The invitation by e-mail, in the portal's own language whoever invites."""
    cluster = Cluster.get()
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Your account on the portal of %(cluster)s") % {"cluster": cluster.short_name or cluster.name}
        text = render_to_string("members/invitation.txt", {"person": person, "cluster": cluster, "link": link})
    send_mail(subject, text, from_email=None, recipient_list=[person.email])
