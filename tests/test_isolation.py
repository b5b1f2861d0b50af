"""A liaison meets nothing of another unit, whatever URL they type."""

import pytest

from members.infrastructure.capabilities import allowed
from tests.support.sitemap import routes
from tests.support.url_args import OF_ONE_UNIT, values_for

ROUTES_TO_ROWS_OF_A_UNIT = [
    route for route in routes() if any(route.key(argument, OF_ONE_UNIT) for argument in route.arguments)
]


@pytest.mark.parametrize("route", ROUTES_TO_ROWS_OF_A_UNIT, ids=lambda route: route.name)
def test_another_units_row_is_not_found(route, liaison, other_unit, cluster, as_user):
    url = route.url(values_for(other_unit))

    answers = {as_user(liaison).get(url).status_code, as_user(liaison).post(url).status_code} - {405}

    assert answers == {404 if allowed(liaison, route.capability) else 403}
