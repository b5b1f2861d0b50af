"""django-allauth's forms in the portal's words: it ships no Vietnamese, and its
placeholders stand in for labels."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.addresses import mailed_url
from members.invitations import write_reset_link
from members.models import User

PASSWORD_RULES = _(
    "At least 8 characters, not digits only, no common password, and nothing like the name or the e-mail address."
)


class PortalWords(forms.Form):
    """Gives the fields below their own labels and help, and takes the placeholders away."""

    labels: dict[str, Any] = {}
    helps: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")


class TwiceTheSame(PortalWords):
    """A new password is typed twice; the second shall be the first."""

    labels = {
        "oldpassword": _("Current password"),
        "password1": _("New password"),
        "password2": _("New password again"),
    }
    helps = {"password1": PASSWORD_RULES}

    def clean(self) -> dict[str, Any]:
        data = forms.Form.clean(self) or {}  # allauth's own check, in words of the portal
        if data.get("password1") and data.get("password2") and data["password1"] != data["password2"]:
            self.add_error("password2", _("This is not the same password as above."))
        return data


class OneTimeCode(PortalWords):
    labels = {"code": _("Code")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class LoginForm(PortalWords, account.LoginForm):
    labels = {"login": _("E-mail address"), "password": _("Password"), "remember": _("Stay signed in")}
    helps = {"remember": _("Only on a computer nobody else uses.")}


class ResetPasswordForm(PortalWords, account.ResetPasswordForm):
    """Asks for the link to be written, and learns of no account: the answer and its time are the same for all."""

    labels = {"email": _("E-mail address")}

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email = str(self.cleaned_data["email"])
        asked_at = timezone.now()  # the clock: allauth hands none in
        write_reset_link.enqueue(email, mailed_url(request, "/"), asked_at.isoformat())
        return email


class ResetPasswordKeyForm(TwiceTheSame, account.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(TwiceTheSame, account.ChangePasswordForm):
    pass


class SetPasswordForm(TwiceTheSame, account.SetPasswordForm):
    pass


class OwnEmailForm(forms.Form):
    email = forms.EmailField(label=_("New e-mail address"), max_length=254)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if email == self.person.email:
            raise forms.ValidationError(_("The account has this address already."))
        return email


class ReauthenticateForm(PortalWords, account.ReauthenticateForm):
    labels = {"password": _("Password")}


class AuthenticateForm(OneTimeCode, mfa.AuthenticateForm):
    helps = {"code": _("Six digits from the authenticator app, or one of the recovery codes.")}


class ReauthenticateWithCodeForm(OneTimeCode, mfa.ReauthenticateForm):
    helps = AuthenticateForm.helps


class AddPasskeyForm(PortalWords, passkeys.AddWebAuthnForm):
    labels = {"name": _("Name of the key")}
    helps = {"name": _("To tell it from others: “Thu's telephone”, “Key in the safe”.")}


class EditPasskeyForm(PortalWords, passkeys.EditWebAuthnForm):
    labels = AddPasskeyForm.labels
    helps = AddPasskeyForm.helps


class ActivateTOTPForm(OneTimeCode, totp.ActivateTOTPForm):
    helps = {"code": _("Six digits that the app shows now.")}
