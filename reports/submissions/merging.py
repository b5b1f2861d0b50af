"""Two windows, two devices: what each typed into a report, joined field by field.

A window knows what stood in a field when it was opened there (`was`). A field that only
one side changed takes that side's text; one that both changed differently is asked
about, and keeps what is stored until somebody answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Typing:
    """What one window has typed into its fields, and from what.

    `sent` are texts it sent before without being told that they arrived: finding one
    of them stored is no news of somebody else. `was` is None where the browser sent nothing of it.
    """

    typed: Texts
    was: Texts | None
    sent: Mapping[str, Iterable[str]] = field(default_factory=dict)
    refused: tuple[str, ...] = ()

    def refusing(self, names: Iterable[str]) -> Typing:
        """The same, but what was typed into the fields named isn't to be stored."""
        refused = tuple(names)
        typed = {name: text for name, text in self.typed.items() if name not in refused}
        return replace(self, typed=typed, refused=refused)


@dataclass(frozen=True)
class Merged:
    """The joined text, and the fields that were changed on both sides."""

    texts: dict[str, str]
    conflicts: tuple[str, ...]


def merge(stored: Texts, window: Typing) -> Merged:
    """Join what a window typed into the `stored` text; fields it doesn't name stay as they are."""
    texts, conflicts = {**dict.fromkeys((*window.typed, *window.refused), ""), **stored}, []
    for name, mine in window.typed.items():
        theirs, was = stored.get(name, ""), (window.was or {}).get(name, "")
        if mine in (theirs, was):
            continue
        if theirs == was or theirs in window.sent.get(name, ()):
            texts[name] = mine
        else:
            conflicts.append(name)
    return Merged(texts, tuple(conflicts))
