"""What the tests themselves rely on."""

import pytest
from django.db.models import Count

from incidents.models import Category
from members.models import Unit
from tests.support.factories import UnitFactory


@pytest.mark.parametrize("moment", ["before a flush", "after a flush"])
def test_the_starting_catalogue_survives_a_flush(transactional_db, moment):
    assert Category.objects.filter(code="trom-cap-tai-san").exists()


def runs_on_one_database(request):
    return bool(request.node.get_closest_marker("one_database"))


def test_what_reaches_no_database_runs_on_one(request):
    assert runs_on_one_database(request)


@pytest.mark.django_db
def test_what_is_marked_as_reaching_the_database_runs_on_both(request):
    assert not runs_on_one_database(request)


def test_what_reaches_the_database_by_a_fixture_of_a_fixture_runs_on_both(request, as_user, chair):
    assert not runs_on_one_database(request)


def test_what_takes_rows_of_the_whole_run_runs_on_both(request, starting_rows):
    assert not runs_on_one_database(request)


def test_rows_that_are_asked_for_in_no_order_come_turned_around(db):
    first, second, third = UnitFactory.create_batch(3, order=1)
    assert list(Unit.objects.order_by()) == [third, second, first]
    assert list(Unit.objects.order_by("order")) == [third, second, first]
    assert list(Unit.objects.order_by("order", "pk")) == [first, second, third]
    assert Unit.objects.filter(pk__in=Unit.objects.filter(order=1)).count() == 3
    assert dict(Unit.objects.values_list("order").annotate(Count("pk"))) == {1: 3}
