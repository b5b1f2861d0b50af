"""A liaison meets nothing of another unit, whatever URL they type."""

import pytest

from members.infrastructure.capabilities import allowed
from tests.support.asking import each_undone
from tests.support.sitemap import routes
from tests.support.url_args import OF_ONE_UNIT, values_for

ROUTES_TO_ROWS_OF_A_UNIT = [
    route for route in routes() if any(route.key(argument, OF_ONE_UNIT) for argument in route.arguments)
]


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_units_row_is_not_found(method, liaison, other_unit, cluster, as_user):
    ask, values = getattr(as_user(liaison), method), values_for(other_unit)

    statuses = dict(each_undone(ROUTES_TO_ROWS_OF_A_UNIT, lambda route: ask(route.url(values), follow=True)))

    refused = {route.name: 404 if allowed(liaison, route.capability) else 403 for route in ROUTES_TO_ROWS_OF_A_UNIT}
    # 405: a view that takes the other method only; a person who follows a link there is led to its page
    assert {name: status for name, status in statuses.items() if status != 405} == {
        name: status for name, status in refused.items() if statuses[name] != 405
    }
