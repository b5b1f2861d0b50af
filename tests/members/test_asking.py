"""What can't be undone is asked about first, on a page that says what it means; a GET never acts."""

import pytest
from django.urls import reverse

from members.models import AuditEntry
from tests.support.documents import signed_off_draft
from tests.support.meetings import planned_meeting
from tests.support.reporting import THEFT, accepted_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses(unit, cluster, liaison, other_unit, secretariat):
    accepted_report(unit, "2022-H1", {THEFT: 9})
    accepted_report(unit, "2021-H1", {THEFT: 4})
    accepted_report(other_unit, "2022-H1", {THEFT: 9})
    return {
        "deactivate": reverse("members:person-deactivate", args=[liaison.pk]),
        "announce": reverse("meetings:meeting-announce", args=[planned_meeting(unit, secretariat).pk]),
        "issue": reverse("reports:draft-issue", args=[signed_off_draft().pk]),
    }


@pytest.mark.parametrize(
    ("act", "says"),
    [("deactivate", "đăng xuất ngay"), ("announce", "được báo"), ("issue", "không thay đổi")],
)
def test_it_is_said_what_will_happen_and_nothing_does(as_user, secretariat, addresses, act, says):
    before = AuditEntry.objects.count()
    page = as_user(secretariat).get(addresses[act])
    assert says in page.text
    assert 'method="post"' in page.text
    assert AuditEntry.objects.count() == before
