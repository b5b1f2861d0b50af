"""Who came to a random meeting is told in parts that add up."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from meetings.models import Attendance, Meeting
from meetings.papers.paper import meeting_paper
from tests.support.factories import ClusterFactory, UnitFactory
from tests.support.meetings import plan_of
from tests.truth import naive
from tests.truth.sentences import false_attendance

pytestmark = pytest.mark.django_db

#: What may become of an invitation, and what the portal calls it.
TICKS = {
    "in_person": Attendance.Presence.PRESENT,
    "represented": Attendance.Presence.REPRESENTED,
    "absent_with_notice": Attendance.Presence.EXCUSED,
    "absent_without": Attendance.Presence.ABSENT,
}


def sentence_of(ticks):
    with transaction.atomic():
        ClusterFactory()
        units = UnitFactory.create_batch(len(ticks))
        meeting = Meeting.objects.create(**plan_of(units[0]))
        Attendance.objects.bulk_create(
            Attendance(meeting=meeting, unit=unit, presence=TICKS[tick], represented_by="Phó")
            for unit, tick in zip(units, ticks, strict=True)
        )
        sentence = meeting_paper(meeting).attendance_sentence
        transaction.set_rollback(True)
    return sentence


@given(st.lists(st.sampled_from(sorted(TICKS)), min_size=1, max_size=40))
def test_the_parts_of_attendance_add_up(ticks):
    assert false_attendance(sentence_of(ticks), naive.attendance(ticks)) == []
