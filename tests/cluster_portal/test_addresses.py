"""What is printed leads to the portal's own address, wherever the clerk sits."""

import pytest

from cluster_portal.addresses import check_portal_address, public_url


@pytest.mark.parametrize(
    ("address", "is_secure", "printed"),
    [
        ("https://portal.example.vn", True, "https://portal.example.vn/verify/"),
        ("", True, "https://cum.example.vn/verify/"),
        ("", False, "http://cum.example.vn/verify/"),
    ],
)
def test_an_address_to_be_printed(settings, address, is_secure, printed):
    settings.PORTAL_ADDRESS, settings.SECURE_SSL_REDIRECT = address, is_secure
    settings.ALLOWED_HOSTS = ["cum.example.vn", "10.0.0.5"]
    assert public_url("/verify/") == printed


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://cum.example.vn", []),
        ("https://a.office.vn:8443", []),
        ("", ["portal.W001"]),
        ("https://elsewhere.example.vn", ["portal.W002"]),
    ],
)
def test_the_deployment_check_asks_for_an_address_that_is_answered(settings, address, found):
    settings.PORTAL_ADDRESS, settings.ALLOWED_HOSTS = address, ["cum.example.vn", ".office.vn"]
    assert [message.id for message in check_portal_address(None)] == found
