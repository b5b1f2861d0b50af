"""What browsers, password managers and search engines look for by themselves."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from PIL import Image


def test_the_manifest_makes_the_portal_installable(client):
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    manifest = answer.json()
    assert (manifest["name"], manifest["lang"], manifest["start_url"]) == ("Cổng thông tin cụm", "vi", "/")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}


def test_each_icon_of_the_manifest_has_the_size_it_names(client):
    for icon in client.get("/manifest.webmanifest").json()["icons"]:
        with Image.open(finders.find(icon["src"].removeprefix("/static/"))) as found:
            assert f"{found.width}x{found.height}" == icon["sizes"]


def test_the_icon_browsers_ask_for_unbidden_is_there(client):
    answer = client.get("/favicon.ico")
    path = finders.find(answer.headers["Location"].removeprefix("/static/"))
    with Image.open(path) as found:
        assert found.format == "ICO"


def test_search_engines_are_asked_to_stay_away(client):
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_a_password_manager_finds_where_the_password_is_changed(client, liaison, is_signed_in):
    if is_signed_in:
        client.force_login(liaison)
    answer = client.get("/.well-known/change-password")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/password/change/")


def test_the_installed_portal_has_the_colours_of_its_pages(client, cluster):
    style = Path(finders.find("css/tokens.css")).read_text(encoding="utf-8")
    manifest = client.get("/manifest.webmanifest").json()
    assert f"--portal-red: {manifest['theme_color']};" in style
    assert f"--portal-paper: {manifest['background_color']};" in style
    page = client.get("/accounts/login/").content.decode()
    assert f'<meta name="theme-color" content="{manifest["theme_color"]}">' in page
