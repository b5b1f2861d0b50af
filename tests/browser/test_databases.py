"""On which databases a browser test runs."""

import pytest


def runs_on_one_database(request):
    return bool(request.node.get_closest_marker("one_database"))


def test_the_look_of_a_page_is_tried_on_one(request, db):
    assert runs_on_one_database(request)


@pytest.mark.both_databases
@pytest.mark.parametrize("width", ["desk", "telephone"])
def test_what_tries_the_database_runs_on_both_at_the_first_width(request, db, width):
    assert runs_on_one_database(request) == (width == "telephone")
