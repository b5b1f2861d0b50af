"""What an upper floor adds to the pages of a lower one, without the lower one knowing of it.

A page names a place with `{% parts "meeting.tabs" %}`; a floor above adds a template to
it when it starts (`AppConfig.ready`), which is rendered there with the page's context.
"""

from __future__ import annotations

from collections import defaultdict

_PARTS: defaultdict[str, list[str]] = defaultdict(list)


def add_part(place: str, template: str) -> None:
    """Show `template` at the place, after those that were added before it."""
    if template not in _PARTS[place]:
        _PARTS[place].append(template)


def parts_at(place: str) -> tuple[str, ...]:
    return tuple(_PARTS.get(place, ()))
