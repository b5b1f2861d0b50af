"""Requests nobody thought of: every address, every field of every form; values that are valid, at the edge, hostile.

No answer is an error of the portal. `make fuzz` asks for longer (FUZZ=requests, SEED=where the dice begin).
"""

import os
import random
import re

import pytest
from django.db import transaction
from django.test import Client

from tests.support.factories import UserFactory
from tests.support.forms import fields_of
from tests.support.sitemap import routes
from tests.support.url_args import values_for

REQUESTS = int(os.environ.get("FUZZ", "500"))
SEED = int(os.environ.get("SEED", "1"))
EDGE = [
    "", " ", "0", "-1", "1", "01", "1.5", "0,5", "1e3", "2022-H1", "1975-H1", "9999-H2", "2022", "0001-01-01",
    "01/01/0001", "31/12/9999", "29/02/2023", "1/1/22", "00:00", "24:00", "7h30", "on", "true", "None", "null",
]  # fmt: skip
HOSTILE = [
    *("9" * length for length in (19, 20, 25, 400, 5000)), "-" + "9" * 25, "9" * 25 + "-H1", "0000-H1", "9999-12-31",
    "0001-01-01T00:00", "1e309", "NaN", "Infinity", "\0", "a\0b", "a\r\nb: c", "\u202e\u200b", "１２", "²", "٣",
    "x" * 4000, "ặ" * 3000, "0912345678 " * 500, "'\" OR 1=1 --", "<script>alert(1)</script>", "../../../etc/passwd",
    "{{ 7*7 }}", "%s%n%d", "[]", "{}", '{"a": [1, null]}', "\ufffe", "😀" * 200, "a " * 2000, "=1+1", "::1", "\x1b[0m",
]  # fmt: skip
QUERIED = ["page", "q", "period", "unit", "sort", "kind", "status", "version", "baseline", "since", "until", "next"]
#: A number or a period in an address.
ARGUMENT = re.compile(r"(?<=/)(\d+|\d{4}-H[12])(?=/)")


class Dice:
    """Chooses, always alike for one seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def value(self, usual=""):
        return self.random.choice([usual, self.random.choice(EDGE), self.random.choice(HOSTILE)])

    def fields(self, found):
        """What a page's form sends, with a few fields changed, one doubled, one left out, one nobody knows."""
        sent = {name: list(values) for name, values in found.items()}
        for name in self.random.sample(sorted(sent), min(len(sent), self.random.randint(0, 4))):
            sent[name] = [self.value(usual) for usual in sent[name]] or [self.value()]
        if sent and self.random.random() < 0.2:
            name = self.random.choice(sorted(sent))
            sent[name] = sent[name] * 2 + [self.value()]
        if sent and self.random.random() < 0.2:
            del sent[self.random.choice(sorted(sent))]
        if self.random.random() < 0.2:
            sent[self.random.choice(QUERIED)] = [self.value()]
        return sent

    def address(self, url):
        if self.random.random() < 0.15:
            return ARGUMENT.sub(lambda found: self.random.choice([HOSTILE[2], HOSTILE[4], "0", found[0]]), url)
        return url


@pytest.fixture
def people(secretariat, chair, unit, cluster):
    """Signed-in clients of each role, and a stranger's."""
    liaison = UserFactory(role="liaison", unit=unit)
    clients = [Client(raise_request_exception=False) for _person in range(4)]
    for client, person in zip(clients, (secretariat, secretariat, chair, liaison), strict=True):
        client.force_login(person)
    return [*clients, Client(raise_request_exception=False)]


def test_no_request_is_an_error_of_the_portal(people, unit):
    dice, values, forms = Dice(SEED), values_for(unit), {}
    keys = {"mfa_edit_webauthn.pk": 1, "mfa_remove_webauthn.pk": 1}
    urls = sorted(route.url({**values, **keys, "uidb36": "1", "key": "a-b"}) for route in routes())
    broken, asked = [], 0
    while asked < REQUESTS:
        client, usual = dice.random.choice(people), dice.random.choice(urls)
        url, method = dice.address(usual), dice.random.choice(["get", "get", "post", "post", "post", "options", "head"])
        with transaction.atomic():
            if method == "post" and (usual, id(client)) not in forms:
                page = b"".join(client.get(usual))
                forms[usual, id(client)] = fields_of(page.decode(errors="ignore")) if b"<form" in page else {}
            found = forms[usual, id(client)] if method == "post" else {}
            sent = dice.fields(found or {name: [""] for name in dice.random.sample(QUERIED, 3)})
            answer = getattr(client, method)(url, sent) if method in ("get", "post") else getattr(client, method)(url)
            b"".join(answer)
            transaction.set_rollback(True)
        asked += 1
        if answer.status_code >= 500:
            told = {name: str(value)[:80] for name, value in sent.items()}
            broken.append((answer.status_code, method, url[:200], told))

    assert broken == [], f"{len(broken)} of {asked} requests, SEED={SEED}"


@pytest.mark.parametrize(("method", "status"), [("OPTIONS", 204), ("PUT", 405), ("DELETE", 405), ("BREW", 405)])
def test_a_method_no_page_has_begins_no_work(people, unit, method, status, django_assert_max_num_queries):
    """A view would take it for GET: a paper costs a second."""
    values = values_for(unit)
    for route in routes():
        if route.capability:
            with django_assert_max_num_queries(2):  # who is signed in
                answer = people[0].generic(method, route.url(values))
            assert (answer.status_code, answer.content) == (status, b""), route.name
