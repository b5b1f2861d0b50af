"""Every page of the portal, at a desk and on a telephone, as each role sees it."""

import pytest

from members.models import User
from tests.browser.checks import faults
from tests.browser.conftest import VIEWPORTS
from tests.support.factories import RoundFactory
from tests.support.reporting import accepted_report
from tests.support.sitemap import routes
from tests.support.url_args import values_for

pytestmark = pytest.mark.usefixtures("_empty_pdfs")

#: The pages of a role are shared out, so that no worker is left with a long walk while the other is idle.
PARTS = 3


@pytest.fixture
def addresses(unit, cluster):
    """Each URL once with rows that are finished, and once with a round whose reports are still to be written."""
    accepted_report(unit, "2021-H1", {"ma-tuy": 4})
    finished = values_for(unit)
    begun = {**finished, "period": RoundFactory(period=finished["period"].next).period}
    guarded = [route for route in routes() if route.capability]
    return list(dict.fromkeys(route.url(values) for route in guarded for values in (finished, begun)))


def is_page(response):
    """Neither a refusal nor a file nor a part that htmx puts into a page."""
    return response.status_code == 200 and not response.streaming and b"<!doctype html>" in response.content


@pytest.mark.parametrize("viewport", ["desk"])
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("role", User.Role.values)
def test_every_page_is_accessible(role, part, request, open_page, client, addresses, screenshot):
    page = open_page(request.getfixturevalue(role))
    found: list[str] = []
    for address in [address for address in addresses[part::PARTS] if is_page(client.get(address))]:
        page.goto(address)
        for size in VIEWPORTS.values():
            page.set_viewport_size(size)
            found += faults(page)
            screenshot(page, f"{role}{address.rstrip('/').replace('/', '-')}")

    if found:
        pytest.fail("\n".join(found))
