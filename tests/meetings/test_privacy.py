"""No number that tells who a person is gets into a meeting's texts unasked."""

import pytest
from django.urls import reverse

from cluster_portal.privacy import MASK
from meetings.actions import inviting
from members.models import AuditEntry
from tests.support.factories import NOW
from tests.support.meetings import award_of, planned_meeting, speech_of

TELLING = "Gọi 0912 345 678"


@pytest.fixture
def meeting(unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    inviting.announce_meeting(meeting=meeting, by=secretariat, now=NOW)
    return meeting


@pytest.mark.parametrize("field", ["results", "shortcomings", "conclusion"])
def test_numbers_in_the_record_are_pointed_out_before_it_is_stored(as_user, secretariat, meeting, field):
    url = reverse("meetings:record", args=[meeting.pk])
    response = as_user(secretariat).post(url, {field: TELLING, "revision": meeting.revision})
    meeting.refresh_from_db()
    assert getattr(meeting, field) == ""
    assert "<mark>0912 345 678</mark>" in response.text
    assert 'value="mask"' in response.text


def test_main_points_are_masked_on_request_and_the_trail_holds_no_number(as_user, secretariat, meeting, unit):
    speech = speech_of(unit, meeting)
    url = reverse("meetings:speech-points", args=[speech.pk])
    data = {"main_points": TELLING, "revision": speech.revision}
    asked = as_user(secretariat).post(url, data).context["form"]
    answer = {"identifiers": "mask", "identifiers_seen": asked["identifiers_seen"].value()}
    as_user(secretariat).post(url, {**data, **answer})
    speech.refresh_from_db()
    assert speech.main_points == f"Gọi {MASK}"
    assert not any("0912" in str(entry.changes) for entry in AuditEntry.objects.all())


def test_a_confirmed_number_is_kept(as_user, secretariat, meeting):
    url = reverse("meetings:hall", args=[meeting.pk])
    data = {"notes": "Đường dây nóng 0912345678", "revision": meeting.revision}
    asked = as_user(secretariat).post(url, data).context["form"]
    answer = {"identifiers": "confirm", "identifiers_seen": asked["identifiers_seen"].value()}
    as_user(secretariat).post(url, {**data, **answer})
    meeting.refresh_from_db()
    assert meeting.notes == data["notes"]


def test_a_units_proposal_is_asked_about(as_user, liaison, meeting, unit):
    award = award_of(unit, meeting)
    data = {"form": "letter", "recipient_kind": "collective", "achievement": TELLING, "revision": award.revision}
    response = as_user(liaison).post(reverse("meetings:award-edit", args=[award.pk]), data)
    award.refresh_from_db()
    assert award.achievement == "Thành tích"
    assert "identifiers" in response.context["form"].errors


def test_a_page_with_nothing_to_ask_shows_no_question(as_user, secretariat, meeting):
    text = as_user(secretariat).get(reverse("meetings:record", args=[meeting.pk])).text
    assert 'value="confirm"' not in text
