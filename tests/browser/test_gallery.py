"""Every part of the pages in every state, light and dark."""

import pytest

from tests.browser.checks import assert_accessible

pytestmark = [pytest.mark.one_database, pytest.mark.urls("tests.support.gallery_urls")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_part_is_readable_in_both_schemes(open_page, cluster, scheme):
    page = open_page(color_scheme=scheme)
    page.goto("/design/")
    assert_accessible(page)
