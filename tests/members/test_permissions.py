"""Which pages of members each role is refused, page by page; tests/test_urls.py asks the table of capabilities."""

import datetime as dt

import pytest
from django.urls import reverse

from members.models import LeadTerm, TableImport
from tests.support.factories import NOW
from tests.support.letters import letter_to

FOR_ALL = {"unit-detail", "notices", "file-progress"}
ALSO_CHAIR = {"unit-list", "lead-term-list", "factor-resets", "factor-reset-carry-out", "factor-reset-turn-down"}
ALSO_LIAISON = {"audit-list"}
URLS = {
    "unit-list": [],
    "unit-create": [],
    "unit-import": [],
    "unit-import-preview": [],
    "unit-import-confirm": [],
    "unit-import-template": [],
    "unit-import-faults": [],
    "unit-import-stored": ["import"],
    "unit-import-undo": ["import"],
    "succession-create": [],
    "succession-undo": ["succession"],
    "merger-create": [],
    "merger-detail": ["merger"],
    "merger-undo": ["merger"],
    "unit-detail": ["unit"],
    "unit-edit": ["unit"],
    "lead-term-list": [],
    "lead-term-hand-over": [],
    "lead-term-end": ["term"],
    "lead-term-remove": ["term"],
    "person-list": [],
    "person-import": [],
    "person-import-preview": [],
    "person-import-confirm": [],
    "person-import-template": [],
    "person-import-faults": [],
    "person-import-stored": ["import"],
    "person-import-undo": ["import"],
    "person-invite": [],
    "person-edit": ["person"],
    "person-invitation": ["person"],
    "person-invitation-renew": ["person"],
    "person-letter": ["person"],
    "person-deactivate": ["person"],
    "person-reactivate": ["person"],
    "people-of-units": [],
    "cluster-edit": [],
    "letterhead-create": [],
    "letterhead-edit": ["letterhead"],
    "letterhead-remove": ["letterhead"],
    "handover-begin": [],
    "handover-detail": ["handover"],
    "handover-person": ["handover"],
    "handover-take-back": ["handover"],
    "account-change-cancel": ["change"],
    "audit-list": [],
    "letter-list": [],
    "notices": [],
    "file-progress": [],
    "letter-send-again": ["letter"],
    "letter-note-arrival": ["letter"],
    "letters-send-again": [],
    "factor-resets": [],
    "factor-reset-carry-out": ["reset"],
    "factor-reset-turn-down": ["reset"],
}


@pytest.fixture
def url_of(unit, other_liaison):
    term = LeadTerm.objects.create(unit=unit, role="lead", starts_on=dt.date(2020, 1, 1))
    stored = TableImport.objects.create(kind="units", rows=1, stored_at=NOW, stored_by=other_liaison)
    rows = {
        "unit": unit.pk,
        "term": term.pk,
        "person": other_liaison.pk,
        "import": stored.pk,
        "letter": letter_to(unit).pk,
        "succession": 1,
        "merger": 1,
        "letterhead": 1,
        "handover": 1,
        "change": 1,
        "reset": 1,
    }
    return lambda name: reverse(f"members:{name}", args=[rows[kind] for kind in URLS[name]])


def refused(client, url):
    return {client.get(url).status_code, client.post(url).status_code} == {403}


@pytest.mark.parametrize("name", sorted(set(URLS) - FOR_ALL - ALSO_LIAISON))
def test_a_liaison_is_refused_the_pages_of_the_secretariat(as_user, liaison, url_of, name):
    assert refused(as_user(liaison), url_of(name))


@pytest.mark.parametrize("name", sorted(set(URLS) - FOR_ALL - ALSO_CHAIR))
def test_the_chair_is_refused_what_only_the_secretariat_does(as_user, chair, url_of, name):
    assert refused(as_user(chair), url_of(name))


def test_every_page_of_members_is_in_these_tests():
    from members.urls import urlpatterns

    assert {pattern.name for pattern in urlpatterns} == set(URLS)
