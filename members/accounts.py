"""What the portal asks of django-allauth: nobody signs up, people are invited."""

from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.accountability import note_failed_sign_in
from members.infrastructure.outbox.posting import Draft, post
from members.models import Cluster, User
from members.second_factor import FACTORS, is_demanded_of
from members.secrets_at_rest import decrypt, encrypt


class ClosedSignupAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Please ask the secretariat."),
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "enter_current_password": _("This is not the current password."),
        "incorrect_password": _("The password is not right."),
        "incorrect_code": _("That code is not right."),
        "invalid_password_reset": _("This link has been used already or is no longer valid."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
    }

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures are counted by account and address together: who tries passwords elsewhere keeps nobody out."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{get_ip(request)}"

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        now = timezone.now()  # the clock: allauth hands none in
        note_failed_sign_in(str(credentials.get("email", "")), now=now)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Whatever else allauth has to tell goes through the outbox, too."""
        message = self.render_mail(template_prefix, email, {**context, "request": self.request, "email": email})
        draft = Draft("account", f"{template_prefix}:{uuid4()}", email, message.subject, str(message.body))
        post(draft, about=None, by=None, now=timezone.now())  # the clock: allauth hands none in

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)


class TwoFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code is not right."),
        "cannot_delete_authenticator": _("Two-factor authentication can't be switched off."),
        "cannot_generate_recovery_codes": _("Recovery codes need two-factor authentication to be switched on."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last factor stays where one is demanded; recovery codes come and go with it."""
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS).exclude(pk=authenticator.pk)
        return bool(not is_demanded_of(authenticator.user) or others.exists())

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        """What the authenticator app shows above the code."""
        return Cluster.get().short_name or super().get_totp_issuer()


def display_name(user: User) -> str:
    return user.full_name
