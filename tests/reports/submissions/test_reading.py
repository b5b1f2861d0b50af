"""What a unit's report is read beside."""

import datetime as dt

import pytest
from django.urls import reverse

from cluster_portal.periods import Period
from members.models import UnitSuccession
from reports.submissions.reading import base_content
from tests.support.meetings import text_of
from tests.support.reporting import THEFT, accepted_report

pytestmark = pytest.mark.django_db

WITHIN, BEFORE = dt.date(2022, 3, 1), dt.date(2020, 3, 1)


@pytest.mark.parametrize(
    ("on", "is_partial", "has_base"),
    [(WITHIN, True, False), (WITHIN, False, False), (BEFORE, True, True)],
)
def test_a_unit_whose_area_changed_is_not_compared_with_what_it_was(
    as_user, secretariat, cluster, unit, other_unit, on, is_partial, has_base
):
    """Both units' reports printed “8 | 10 | −2 (−20,00%)”, where one gave the other a part."""
    for each in (unit, other_unit):
        accepted_report(each, "2021-H1", {THEFT: 10})
        accepted_report(each, "2022-H1", {THEFT: 8})
    UnitSuccession.objects.create(predecessor=unit, successor=other_unit, on=on, is_partial=is_partial)
    for each in (unit, other_unit):
        assert (base_content(unit_id=each.pk, period=Period(2022, 1)) is not None) == has_base
        args = ["2022-H1", each.pk]
        page = as_user(secretariat).get(reverse("reports:submission-detail", args=args)).content.decode()
        printed = text_of(as_user(secretariat).get(reverse("reports:submission-pdf", args=args)).content)
        assert ("20,00%" in page) == ("20,00%" in printed) == has_base
