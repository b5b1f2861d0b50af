"""The pages of these tests invite people before the meeting of 16/8/2022, whatever day it is today."""

import datetime as dt
from itertools import count
from types import SimpleNamespace

import pytest

from tests.support.factories import NOW


@pytest.fixture(autouse=True)
def _before_the_meeting(monkeypatch):
    minutes = count(24 * 60)
    clock = SimpleNamespace(now=lambda: NOW + dt.timedelta(minutes=next(minutes)))
    monkeypatch.setattr("meetings.views.announcing.timezone", clock)
