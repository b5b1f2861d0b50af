"""What the portal asks of django-allauth: nobody signs up, people are invited."""

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _


class ClosedSignupAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
        "incorrect_code": _("That code is not right."),
    }

    def is_open_for_signup(self, request) -> bool:
        return False


def display_name(user) -> str:
    return user.full_name
