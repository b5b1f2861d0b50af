"""Portals to compare a period in: each enters its rows and names the period that is looked at."""

from tests.support.factories import ClusterFactory, UnitFactory
from tests.support.reporting import DRUGS, PATROLS, THEFT, TRAFFIC, accepted_report
from tests.support.rows import put_back


def sample(sample_rows):
    put_back(sample_rows)
    return "2022-H1"


def missing_units_and_base_nought(_sample_rows):
    """One unit without this period's figures, one without the base's, a category that did not happen a year before."""
    ClusterFactory()
    here, before, now = UnitFactory.create_batch(3)
    accepted_report(here, "2022-H1", {THEFT: {"cases": 1200, "solved": 7}, TRAFFIC: 3}, {PATROLS: 12})
    accepted_report(here, "2021-H1", {THEFT: {"cases": 1300, "solved": 9}, TRAFFIC: 0}, {PATROLS: 0})
    accepted_report(before, "2021-H1", {DRUGS: 5})
    accepted_report(now, "2022-H1", {DRUGS: 4, THEFT: {"cases": 5, "damage": 4_500_000_000}})
    return "2022-H1"


def full_year(_sample_rows):
    ClusterFactory()
    for place, unit in enumerate(UnitFactory.create_batch(2)):
        for period in ("2021-H1", "2021-H2", "2022-H1", "2022-H2"):
            accepted_report(unit, period, {THEFT: 20 + place, TRAFFIC: {"cases": 7, "deaths": place}}, {PATROLS: 9})
    return "2022"
