"""Values as people write them in cells."""

import pytest

from cluster_portal.tables import values
from cluster_portal.tables.values import Unreadable


@pytest.mark.parametrize("number", [-1.0, -0.5, 24.0, 1e308, float("inf"), float("nan")])
def test_a_number_that_is_no_hour_is_a_fault(number):
    with pytest.raises(Unreadable):
        values._numeric_hour(number, lambda _told: None)
