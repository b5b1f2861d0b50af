"""The comparison of a period is five pages; what it shows, it shows on one of them."""

from __future__ import annotations

import re

from django.test import Client

PARTS = ("", "units/", "activities/", "all-figures/", "text/")


def whole_comparison(client: Client, address: str, query: str = "") -> str:
    """The content of all its pages, as one page; the title and what stands above the tabs comes with each."""
    pages = [client.get(f"{address}{part}{query}").content.decode() for part in PARTS]
    contents = [re.search(r"<main.*</main>", page, re.DOTALL) for page in pages]
    return "<html><body>" + "".join(found[0] for found in contents if found) + "</body></html>"
