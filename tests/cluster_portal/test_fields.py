import datetime as dt

import pytest
from django import forms

from cluster_portal.fields import DayField


@pytest.mark.parametrize("typed", ["2025-07-01", "01/07/2025", "1/7/2025", "01.07.2025"])
def test_a_day_is_read_in_vietnamese_order(typed):
    assert DayField().clean(typed) == dt.date(2025, 7, 1)


@pytest.mark.parametrize("typed", ["31/02/2025", "07/13/2025", "hôm qua"])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        DayField().clean(typed)
