"""No key, revision, period or word that an address or a form can name breaks a page, on either database."""

import re

import pytest
from django.test import Client

from tests.support.sitemap import routes
from tests.support.url_args import values_for

HUGE = "9" * 25
HOSTILE = [HUGE, "9" * 5000, "9223372036854775808", "-1", "\0", "a\0b", "\u200b", "１２", "0001-01-01", "x" * 4000]
#: What the pages read from the query of their address.
NAMES = [
    "q", "page", "unit", "actor", "verb", "since", "until", "kind", "status", "role", "period", "baseline", "scope",
    "like_for_like", "group", "category", "severity", "state", "first_day", "last_day", "sort", "measure", "length",
    "by", "row_unit", "row_kind", "indicator", "side", "version", "code", "year", "row", "field", "attendance", "next",
]  # fmt: skip
#: What the forms send.
POSTED = [
    "revision", "unit", "predecessors", "successors", "further_units", "units", "category", "group", "wanted", "tab",
    "presence", "represented_by", "to", "numbers_checked", "period", "host", "attendance", "order", "starts_at", "kind",
    "declared", "identifiers", "identifiers_seen", "restore", "name", "title", "narrative", "happened_on", "email",
]  # fmt: skip


@pytest.fixture
def addresses(unit, cluster):
    """Every page by its name, and its address."""
    values = values_for(unit)
    return {route.name: route.url(values) for route in routes() if route.capability and "pdf" not in route.name}


@pytest.fixture
def client(secretariat):
    client = Client(raise_request_exception=False)
    client.force_login(secretariat)
    return client


def broken(answers):
    return {what: status for what, status in answers.items() if status >= 500}


def test_no_key_that_cannot_be_breaks_an_address(client, addresses):
    asked = {name: url for name, url in addresses.items() if re.search(r"/\d+/", url)}
    assert len(asked) > 30

    for key in (HUGE, "9" * 5000):
        statuses = {name: client.get(re.sub(r"/\d+/", f"/{key}/", url)).status_code for name, url in asked.items()}
        assert broken(statuses) == {}


def test_nothing_an_address_asks_for_breaks_a_page(client, addresses):
    lists = {name: url for name, url in addresses.items() if re.search("list$|insight|trend-detail|board|verify", name)}
    assert len(lists) > 10

    for value in HOSTILE:
        answers = {name: client.get(url, dict.fromkeys(NAMES, value)).status_code for name, url in lists.items()}
        assert broken(answers) == {}, value[:20]


def test_nothing_asked_for_alone_breaks_a_list(client, addresses):
    lists = ("incidents:incident-list", "reports:figure-list", "reports:submission-detail")

    for value in (HUGE, "a\0b"):
        asked = {
            (page, name): client.get(addresses[page], {name: value}).status_code for page in lists for name in NAMES
        }
        assert broken(asked) == {}, value[:20]


def test_nothing_a_form_sends_breaks_a_page(client, addresses):
    forms = {name: url for name, url in addresses.items() if re.search("edit|create|plan|mark|save|add|success", name)}
    assert len(forms) > 12

    for value in (HUGE, "a\0b", "9" * 5000, "0001-01-01"):
        sent = {name: [value, value] for name in POSTED}
        assert broken({name: client.post(url, sent).status_code for name, url in forms.items()}) == {}, value[:20]
