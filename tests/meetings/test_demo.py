import pytest

from meetings.demo import seed_meeting
from meetings.models import Attendance, OpenQuestion
from tests.support.factories import NOW, UnitFactory

pytestmark = pytest.mark.django_db


def test_the_real_meeting_is_seeded_once_with_its_facts(unit, secretariat):
    UnitFactory.create_batch(27)
    meeting = seed_meeting(host=unit, by=secretariat, now=NOW)
    assert seed_meeting(host=unit, by=secretariat, now=NOW) == meeting
    assert meeting.attendances.units().came().count() == 28
    assert tuple(meeting.speeches.filter(kind=kind).count() for kind in ("discussion", "address")) == (7, 1)
    assert (meeting.tasks.count(), meeting.photos.count()) == (5, 3)
    assert Attendance.objects.guests().get().name == "Đồng Đức Hạnh"


def test_the_guests_two_titles_stay_an_open_question(unit, secretariat):
    seed_meeting(host=unit, by=secretariat, now=NOW)
    question = OpenQuestion.objects.unsettled().get(attendance__name="Đồng Đức Hạnh")
    assert "Chủ tịch Ủy Ban Mặt Trận Tổ Quốc" in question.note
