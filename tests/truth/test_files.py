"""Page, PDF, Word and workbook of random clusters hold the same cells: the tests of the files, on other data."""

import pytest
from django.utils import translation

from cluster_portal.periods import Period
from reports.comparison.summarise import summarise
from reports.layout.summary_tables import build_tables
from reports.models import ReportingRound
from tests.reports.files.test_equality import (  # noqa: F401 – collected here, with the fixtures of this module
    test_the_page_shows_every_cell_of_every_table,
    test_the_pdf_shows_every_line_of_every_table,
    test_the_prose_is_the_same_in_all_files,
    test_the_word_file_shows_every_cell_of_every_table,
    test_the_workbook_holds_every_figure_as_a_number,
)
from tests.support.comparison_pages import whole_comparison
from tests.support.factories import NOW
from tests.truth.clusters import Knobs, made
from tests.truth.stored import CLOSE_REASON, store

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

CLUSTERS = {
    "few reports, blanks": (Knobs(seed=2, units=6, categories=5, reports_missing=30, figures_blank=30), "2023-H2"),
    "mergers and parts": (Knobs(seed=3, units=9, categories=3, joins=1, leaves=1, mergers=2, partial=1), "2023"),
}


@pytest.fixture(params=CLUSTERS)
def period(request, db):
    knobs, period = CLUSTERS[request.param]
    store(made(knobs))
    ReportingRound.objects.update(closed_at=NOW, close_reason=CLOSE_REASON)  # what is collected is not compared
    return period


@pytest.fixture
def tables(period):
    with translation.override("vi"):
        return list(build_tables(summarise(current=Period.parse(period))))


@pytest.fixture
def printed_tables(tables):
    return tables


@pytest.fixture
def fetch(period, as_user, chair):
    client, address = as_user(chair), f"/summaries/{period}/"
    return lambda name="": client.get(address + name).content if name else whole_comparison(client, address).encode()
