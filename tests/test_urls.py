"""Every URL of the portal asks for a sign-in and for its capability; nothing is left out."""

from contextlib import closing
from urllib.parse import quote

import pytest
from django.urls import reverse

from members.infrastructure.capabilities import allowed
from members.models import User
from tests.support.sitemap import routes
from tests.support.url_args import values_for

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
    "reports:document-verify",
    "reports:verify",
    "service-worker",
    "set_language",
}
ABOUT_ONES_OWN_ACCOUNT = {
    "account_change_password",
    "account_reauthenticate",
    "account_set_password",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
}

each_route = pytest.mark.parametrize("route", GUARDED, ids=lambda route: route.name)


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
    response = client.get(reverse(name))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@each_route
def test_a_stranger_is_asked_to_sign_in(route, client, url_values):
    url = route.url(url_values)

    response = client.get(url)

    assert response.status_code == 302
    assert response.url == f"{reverse('account_login')}?next={quote(url)}"


@each_route
@pytest.mark.parametrize("role", User.Role.values)
def test_a_person_may_do_what_the_table_of_capabilities_says(route, person, as_user, url_values):
    with closing(as_user(person).get(route.url(url_values))) as response:
        status = response.status_code

    if allowed(person, route.capability):
        assert status in (200, 302, 405)  # 405: a view that takes POST only, behind its guard
    else:
        assert status == 403
