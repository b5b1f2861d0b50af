"""A passkey, from being added to opening the account; the browser has a security key of its own."""

import re

import pytest
from allauth.mfa.models import Authenticator

from tests.browser.checks import assert_accessible

PASSWORD = "mot-bai-hat-dai"


@pytest.fixture
def person(secretariat, cluster):
    secretariat.set_password(PASSWORD)
    secretariat.save()
    return secretariat


def plug_a_key_in(page):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True,
               "automaticPresenceSimulation": True}  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(page, person):
    page.goto("/accounts/login/")
    page.get_by_label("Địa chỉ thư điện tử").fill(person.email)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


@pytest.mark.parametrize("viewport", ["telephone"], indirect=True)
def test_a_passkey_is_added_and_opens_the_account_after_the_password(open_page, person, screenshot):
    page = open_page()
    plug_a_key_in(page)
    sign_in(page, person)
    page.goto("/accounts/2fa/webauthn/add/")  # which asks for the password once more
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Xác nhận").click()
    page.wait_for_url(re.compile("/webauthn/add/$"))
    assert_accessible(page)
    screenshot(page, "passkey-add")
    page.get_by_role("button", name="Thêm khóa truy cập").click()
    page.wait_for_url(re.compile("recovery-codes"))
    assert Authenticator.objects.filter(user=person, type="webauthn").count() == 1

    page.context.clear_cookies()
    sign_in(page, person)
    page.wait_for_url(re.compile("/2fa/authenticate/"))
    screenshot(page, "passkey-ask")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.wait_for_url(lambda url: url.count("/") == 3)  # the home page
