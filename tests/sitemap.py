"""Every URL of the portal, read off the URL configuration, for the tests that walk them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver, reverse

from members.capabilities import Can


@dataclass(frozen=True)
class Route:
    """One URL: its name, the arguments it takes, and what its view requires."""

    name: str
    arguments: frozenset[str]
    capability: Can | None

    def url(self, values: Mapping[str, Any]) -> str:
        """The URL with `values` for its arguments, by argument or, more closely, by ``route:argument``."""
        known = {name: values.get(f"{self.name}:{name}", values.get(name)) for name in self.arguments}
        unknown = sorted(name for name, value in known.items() if value is None)
        assert not unknown, f"{self.name} takes {unknown}: say in tests/url_args.py what they stand for"
        return reverse(self.name, kwargs=known)


def routes() -> list[Route]:
    return list(_walk(get_resolver().url_patterns, namespace="", arguments=frozenset()))


def _walk(patterns, *, namespace: str, arguments: frozenset[str]) -> Iterator[Route]:
    for entry in patterns:
        own = arguments | entry.pattern.converters.keys() | entry.pattern.regex.groupindex.keys()
        if isinstance(entry, URLPattern):
            yield Route(f"{namespace}{entry.name}", own, getattr(entry.callback, "capability", None))
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, namespace=inner, arguments=own)
