"""Every URL of the portal, read off the URL configuration, for the tests that walk them all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver, reverse

from members.infrastructure.capabilities import Can


@dataclass(frozen=True)
class Route:
    """One URL: its name, the arguments it takes, and what its view requires."""

    name: str
    arguments: frozenset[str]
    capability: Can | None
    sends_file: bool = False

    def key(self, argument: str, keys: Collection[str]) -> str | None:
        """Under which of `keys` the argument stands: its name, or ``start of the route's name.argument``."""
        closer = [key for key in keys if key.endswith(f".{argument}") and self.name.startswith(key.rpartition(".")[0])]
        return max(closer, key=len, default=argument if argument in keys else None)

    def url(self, values: Mapping[str, Any]) -> str:
        keys = {argument: self.key(argument, values) for argument in self.arguments}
        unknown = [argument for argument, key in keys.items() if key is None]
        assert not unknown, f"{self.name} takes {unknown}: say in tests/url_args.py what that stands for"
        return reverse(self.name, kwargs={argument: values[key] for argument, key in keys.items()})


def routes() -> list[Route]:
    return list(_walk(get_resolver().url_patterns, namespace="", arguments=frozenset()))


def _walk(patterns, *, namespace: str, arguments: frozenset[str]) -> Iterator[Route]:
    for entry in patterns:
        own = arguments | entry.pattern.converters.keys() | entry.pattern.regex.groupindex.keys()
        if isinstance(entry, URLPattern):
            view = entry.callback
            capability, sends_file = getattr(view, "capability", None), getattr(view, "sends_file", False)
            yield Route(f"{namespace}{entry.name}", own, capability, sends_file)
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, namespace=inner, arguments=own)
