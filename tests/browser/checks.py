"""What must hold on every page, whatever it shows."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page


def assert_accessible(page: Page) -> None:
    """axe-core finds nothing, and the page need not be scrolled sideways."""
    if found := faults(page):
        pytest.fail("\n".join(found))


def faults(page: Page) -> list[str]:
    """What is wrong with the page at its present width."""
    place = f"/{page.url.split('/', 3)[3]} at {page.viewport_size['width']} px"
    if not page.evaluate("'axe' in window"):  # its half a megabyte once for a page, not once for a width
        page.evaluate(AXE_SCRIPT)
    told = page.evaluate("axe.run({resultTypes: ['violations']})")
    found = [f"{place}: {_story(violation)}" for violation in told["violations"]]
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if overflow > 0:
        found.append(f"{place}: {overflow} px too wide")
    return found


def _story(violation) -> str:
    places = "".join(f"\n    {node['html'][:160]}" for node in violation["nodes"][:5])
    return f"{violation['id']} – {violation['help']}{places}"
