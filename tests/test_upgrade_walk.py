"""The walk over an upgraded installation knows a row for whatever an address may name."""

import ast
from pathlib import Path

from django.urls import URLPattern, get_resolver

WALK = Path(__file__).parent / "upgrade" / "walk.py"
OF_A_PAPER = "kind"  # walked by names of its own


def known():
    """The keys of its tables; the walk itself can't be imported here, as it sets Django up for an installation."""
    for line in ast.parse(WALK.read_text()).body:
        if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) in ("ROWS", "WORDS"):
            yield from ast.literal_eval(line.value)


def arguments(entries, namespace="", above=frozenset()):
    for entry in entries:
        own = above | {*entry.pattern.converters, *entry.pattern.regex.groupindex}
        if isinstance(entry, URLPattern):
            yield from ((f"{namespace or entry.name}:{argument}", argument) for argument in own)
        else:
            yield from arguments(entry.url_patterns, entry.namespace or namespace, own)


def test_every_argument_of_an_address_has_its_row():
    rows = {*known(), OF_A_PAPER}
    asked = list(arguments(get_resolver().url_patterns))
    assert len(asked) > 50
    assert {full for full, argument in asked if not rows.intersection({full, argument})} == set()
