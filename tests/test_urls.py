"""Every URL of the portal asks for a sign-in and for its capability; nothing is left out."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from members.infrastructure.capabilities import allowed
from members.models import User
from tests.support.asking import each_undone
from tests.support.sitemap import routes
from tests.support.url_args import values_for

pytestmark = pytest.mark.usefixtures("_empty_pdfs")

ROUTES = routes()
GUARDED = [route for route in ROUTES if route.capability]

FOR_ANYBODY = {
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "presence",
    "manifest",
    "favicon",
    "robots",
    "change-password",
    "reports:document-verify",
    "reports:verify",
    "service-worker",
    "set_language",
}
ABOUT_ONES_OWN_ACCOUNT = {
    "account_change_password",
    "account_email",
    "account_email_confirm",
    "account_reauthenticate",
    "account_set_password",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "usersessions_list",
}

WITH_ARGUMENT = {"mfa_edit_webauthn", "mfa_remove_webauthn", "account_email_confirm"}


@pytest.fixture
def url_values(unit, cluster):
    return values_for(unit)


@pytest.fixture
def person(request, role):
    return request.getfixturevalue(role)


def test_every_view_names_its_capability():
    unguarded = {route.name for route in ROUTES if route.capability is None}

    assert unguarded == FOR_ANYBODY | ABOUT_ONES_OWN_ACCOUNT


@pytest.mark.parametrize("name", sorted(ABOUT_ONES_OWN_ACCOUNT))
def test_a_page_about_ones_own_account_asks_for_a_sign_in(name, client, db):
    response = client.get(reverse(name, args=[1] if name in WITH_ARGUMENT else []))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_a_stranger_is_asked_to_sign_in(client, url_values):
    urls = {route.name: route.url(url_values) for route in GUARDED}

    led_to = {name: getattr(client.get(url), "url", None) for name, url in urls.items()}

    assert led_to == {name: f"{reverse('account_login')}?next={quote(url)}" for name, url in urls.items()}


@pytest.mark.parametrize("role", User.Role.values)
def test_a_person_may_do_what_the_table_of_capabilities_says(role, person, as_user, url_values):
    client = as_user(person)

    statuses = dict(each_undone(GUARDED, lambda route: client.get(route.url(url_values))))

    allowed_to = {name for name, status in statuses.items() if status != 403}
    assert allowed_to == {route.name for route in GUARDED if allowed(person, route.capability)}
    # 405: a view that takes POST only, behind its guard
    assert {name: status for name, status in statuses.items() if status not in (200, 302, 403, 405)} == {}
