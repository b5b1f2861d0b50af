"""The portal in headless Chromium, as a reader meets it at a desk and on a telephone.

`open_page(user)` gives a page of somebody's own, signed in, with the live server as
its base; whatever goes wrong in it on the way – an error in the console, a breach of
the Content-Security-Policy, a missing style sheet, a request to another host – fails
the test at its end. With SCREENSHOTS=folder in the environment, `screenshot` saves
what the page looks like.

A browser tests pages and scripts, which know no database: what a page stores is tested on
both databases below, by its actions and views. `both_databases` marks the tests in which
the database itself is tried – two windows or devices at one row, a double tap, a cut
while it saves, a database that is away, a search, a name looked up – and one whole path of
a report and of a document each. All else runs on the first database alone, and so does
the second width of every test.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

VIEWPORTS = {"desk": {"width": 1280, "height": 900}, "telephone": {"width": 390, "height": 844}}
PARTS_OF_A_PAGE = {"stylesheet", "script", "image", "font"}

# On a busy machine a page answers late; no test is about how soon.
expect.set_options(timeout=20_000)

# Playwright keeps an event loop in the thread of the tests, where Django would refuse to query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    own = {item.nodeid: item for item in items if item.path.is_relative_to(here)}
    for nodeid, item in own.items():
        item.add_marker(pytest.mark.browser)
        second_width = "telephone" in nodeid and nodeid.replace("telephone", "desk") in own
        if second_width or not item.get_closest_marker("both_databases"):
            item.add_marker(pytest.mark.one_database)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium, which does not call home."""
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    return {**browser_type_launch_args, "executable_path": "/usr/bin/chromium", "args": flags}


@pytest.fixture(params=VIEWPORTS)
def viewport(request):
    """Every test that opens a page runs at a desk and on a telephone; parametrize `viewport` for one of them."""
    return request.param


@pytest.fixture
def open_page(new_context, live_server, viewport, client):
    """`open_page(liaison)`: a blank page signed in as the person, or as nobody."""
    complaints: list[str] = []

    def open_page(user=None, **options):
        context = new_context(
            base_url=live_server.url, viewport=VIEWPORTS[viewport], locale="vi-VN", reduced_motion="reduce", **options
        )
        if user:
            client.force_login(user)
            cookie = client.cookies["sessionid"]
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: _hear(message, page, complaints))
        page.on("request", lambda request: _check_host(request, live_server.url, complaints))
        page.on("response", lambda response: _check_part(response, complaints))
        return page

    open_page.complaints = complaints
    yield open_page
    assert complaints == []


def _hear(message, page, complaints):
    refused_page = message.text.startswith("Failed to load resource")  # told by the response already
    if message.type == "error" and not refused_page:
        complaints.append(f"{page.url}: {message.text}")


def _check_host(request, own_host, complaints):
    if not request.url.startswith((own_host, "data:", "blob:")):
        complaints.append(f"request to another host: {request.url}")


def _check_part(response, complaints):
    if response.status >= 400 and response.request.resource_type in PARTS_OF_A_PAGE:
        complaints.append(f"{response.status}: {response.url}")


@pytest.fixture(scope="session")
def screenshot():
    """`screenshot(page, "board")` saves the whole page under its width, if SCREENSHOTS names a folder."""

    def save(page, name):
        if folder := os.environ.get("SCREENSHOTS"):
            path = Path(folder) / f"{name}-{page.viewport_size['width']}.png"
            page.screenshot(path=path, full_page=True)

    return save
