"""What the tests themselves rely on."""

import pytest

from incidents.models import Category


@pytest.mark.parametrize("moment", ["before a flush", "after a flush"])
def test_the_starting_catalogue_survives_a_flush(transactional_db, moment):
    assert Category.objects.filter(code="trom-cap-tai-san").exists()
