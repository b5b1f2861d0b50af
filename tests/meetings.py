"""A meeting to arrange a test with, planned through the action."""

import datetime as dt

from cluster_portal.periods import Period
from meetings.actions import planning
from meetings.models import Meeting
from tests.factories import NOW


def plan_of(host, **values):
    """The values of a plan with everything that is required."""
    return {
        "kind": Meeting.Kind.SEMIANNUAL,
        "period": Period(2022, 1),
        "title": "Hội nghị sơ kết thử",
        "held_on": dt.date(2022, 8, 16),
        "place": "Hội trường thử",
        "host": host,
        "chair_name": "Người Chủ Trì",
        **values,
    }


def planned_meeting(host, by, **values):
    return planning.plan_meeting(values=plan_of(host, **values), by=by, now=NOW)
