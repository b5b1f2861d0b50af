"""No number that tells who a person is gets into the register unasked, and none leaks out of it."""

import pytest
from django.urls import reverse

from cluster_portal.privacy import MASK
from incidents.models import Incident
from tests.incidents.test_recording import edit_url, typed
from tests.support.factories import IncidentFactory

NEW = reverse("incidents:incident-create")
TELLING = "Nghi can CCCD 001085012345, xe 29A-123.45, gọi 0912 345 678, STK 19034567890123"


def seen(response):
    return response.context["form"]["identifiers_seen"].value()


def test_numbers_are_pointed_out_before_anything_is_stored(as_user, liaison):
    response = as_user(liaison).post(NEW, typed(narrative=TELLING))
    assert not Incident.objects.exists()
    assert [excerpt.marked for excerpt in response.context["form"].excerpts] == [
        "001085012345",
        "29A-123.45",
        "0912 345 678",
        "19034567890123",
    ]
    assert "<mark>29A-123.45</mark>" in response.text
    assert TELLING in response.text


def test_numbers_are_masked_on_request(as_user, liaison):
    asked = as_user(liaison).post(NEW, typed(narrative=TELLING, place="Nhà 0912345678"))
    answer = {"identifiers": "mask", "identifiers_seen": seen(asked)}
    as_user(liaison).post(NEW, typed(narrative=TELLING, place="Nhà 0912345678", **answer))
    incident = Incident.objects.get()
    assert incident.narrative == f"Nghi can CCCD {MASK}, xe {MASK}, gọi {MASK}, STK {MASK}"
    assert incident.place == f"Nhà {MASK}"
    assert "001085012345" not in incident.search_text


def test_numbers_confirmed_to_tell_of_no_person_are_kept(as_user, liaison):
    narrative = "Báo tin qua đường dây nóng 0912345678"
    asked = as_user(liaison).post(NEW, typed(narrative=narrative))
    as_user(liaison).post(NEW, typed(narrative=narrative, identifiers="confirm", identifiers_seen=seen(asked)))
    assert Incident.objects.get().narrative == narrative


def test_a_number_added_after_the_confirmation_is_asked_about(as_user, liaison):
    asked = as_user(liaison).post(NEW, typed(narrative="Gọi 0912345678"))
    answer = {"identifiers": "confirm", "identifiers_seen": seen(asked)}
    response = as_user(liaison).post(NEW, typed(narrative="Gọi 0912345678, CCCD 001085012345", **answer))
    assert "identifiers" in response.context["form"].errors
    assert not Incident.objects.exists()


def test_a_number_confirmed_once_is_not_asked_about_at_every_change(as_user, liaison, unit):
    incident = IncidentFactory(unit=unit, narrative="Gọi 0912345678")
    as_user(liaison).post(edit_url(incident), typed(narrative="Đã gọi 0912345678", revision=1))
    incident.refresh_from_db()
    assert incident.narrative == "Đã gọi 0912345678"


def test_a_case_already_there_is_pointed_out_and_recorded_only_on_demand(as_user, liaison, unit):
    known = IncidentFactory(unit=unit, narrative="Mất một xe đạp điện ở nhà văn hóa thôn")
    again = typed(narrative="mat 1 xe dap dien o nha van hoa thon")
    assert as_user(liaison).post(NEW, again).context["form"].similar == (known,)
    as_user(liaison).post(NEW, {**again, "is_another_case": "on"})
    assert Incident.objects.count() == 2


@pytest.mark.parametrize(
    "differs",
    [{"happened_on": "2022-03-06"}, {"narrative": "Cháy một đống rơm ngoài đồng"}],
    ids=["another day", "another story"],
)
def test_a_case_of_another_day_or_story_is_no_repetition(as_user, liaison, unit, differs):
    IncidentFactory(unit=unit, narrative="Mất xe đạp")
    as_user(liaison).post(NEW, typed(**differs))
    assert Incident.objects.count() == 2
