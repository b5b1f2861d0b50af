"""What waits is counted row by row, however the rows were asked for."""

import pytest
from django.db.models import Count

from members.infrastructure import bell
from members.infrastructure.bell import Waiting, ring
from members.models import Unit
from tests.support.factories import UserFactory

pytestmark = pytest.mark.django_db


def gathered(_user):
    """Units with several people: a query that is grouped."""
    return Unit.objects.annotate(number=Count("people")).filter(number__gt=1)


def joined(_user):
    """Units with people, each once though a unit has several."""
    return Unit.objects.filter(people__isnull=False).distinct().order_by("name")


@pytest.mark.parametrize(("rows", "number"), [(gathered, 1), (joined, 2), (lambda _user: Unit.objects.none(), 0)])
def test_rows_are_counted_once_however_they_were_asked_for(monkeypatch, secretariat, unit, other_unit, rows, number):
    for of in (unit, unit, unit, other_unit):
        UserFactory(role="liaison", unit=of)
    monkeypatch.setattr(bell, "_WAITING", {"units": Waiting(rows, "%(number)s")})

    rung = ring(secretariat)

    assert rung.number == number
    assert rung.sentences == ((str(number),) if number else ())


def test_who_gets_another_role_or_unit_is_asked_about_anew(monkeypatch, liaison, unit, other_unit):
    """The question is kept ready, and what it names must be of now."""
    mine = Waiting(lambda user: Unit.objects.filter(pk=user.unit_id or 0), "%(number)s")
    all_units = Waiting(lambda user: Unit.objects.all() if user.role == "chair" else Unit.objects.none(), "%(number)s")
    monkeypatch.setattr(bell, "_WAITING", {"mine": mine, "all": all_units})
    assert ring(liaison).number == 1
    liaison.unit = None
    assert ring(liaison).number == 0
    liaison.role = "chair"
    assert ring(liaison).number == Unit.objects.count()
    monkeypatch.setattr(bell, "_WAITING", {"mine": mine})
    assert ring(liaison).number == 0
