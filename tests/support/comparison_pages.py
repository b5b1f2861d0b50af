"""The comparison of a period is five pages; what it shows, it shows on one of them."""

from __future__ import annotations

import re

from django.test import Client

PARTS = ("", "units/", "activities/", "all-figures/", "text/")
TABS = '<ul class="nav nav-tabs'


def whole_comparison(client: Client, address: str, query: str = "") -> str:
    """The content of all its pages, as one page: what stands above the tabs, which comes with each, once."""
    pages = [client.get(f"{address}{part}{query}").content.decode() for part in PARTS]
    contents = [re.search(r"<main.*</main>", page, re.DOTALL) for page in pages]
    first, *others = [found[0] for found in contents if found]
    return "<html><body>" + first + "".join(other.partition(TABS)[2] or other for other in others) + "</body></html>"
