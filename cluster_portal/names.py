"""Finding a thing by the name a person wrote: the one look-up of the house.

A name may be typed without diacritics ("Xa Phu Minh") or with the tone on the other
vowel (hoà and hòa, thuỷ and thủy), but one diacritic is never taken for another:
"Xã Phù Minh" and "Xã Phú Minh" are two communes.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from cluster_portal.text import TONES, clean_line, fold

T = TypeVar("T")

#: How many names a fault names before it only counts.
_MOST_NAMED = 5
#: How many names are put forward for one that nothing answers to.
_MOST_ALIKE = 3


@dataclass(frozen=True)
class Ambiguous:
    """Several things answer to what was written; `names` are what they are called."""

    names: tuple[str, ...]

    def __str__(self) -> str:
        named = ", ".join(f"“{name}”" for name in self.names[:_MOST_NAMED])
        return _("Several entries are written alike: %(names)s. Write the name in full, with its diacritics.") % {
            "names": named + (", …" if len(self.names) > _MOST_NAMED else "")
        }


class Names(Generic[T]):
    """Things by their names; a thing may have several, such as a short name or a code."""

    def __init__(self, named: Mapping[str, T] | Iterable[tuple[str, T]]) -> None:
        pairs = named.items() if isinstance(named, Mapping) else named
        self._by_letters: dict[str, list[tuple[str, T]]] = {}
        for name, thing in pairs:
            if shown := clean_line(name):
                self._by_letters.setdefault(fold(shown), []).append((shown, thing))

    def all(self) -> Iterator[tuple[str, T]]:
        """Every name with its thing."""
        for alike in self._by_letters.values():
            yield from alike

    def find(self, typed: str) -> T | Ambiguous | None:
        """What `typed` names: as it stands, then whatever its capitals, then wherever its tones
        stand, then without the diacritics that were left out.

        The first of these under which anything is found decides; several things under
        it are `Ambiguous`, nothing at all is None.
        """
        wanted = clean_line(typed)
        alike = self._by_letters.get(fold(wanted), [])
        for is_meant in _RUNGS:
            found: list[tuple[str, T]] = []
            for name, thing in alike:
                if is_meant(wanted, name) and all(thing != other for _name, other in found):
                    found.append((name, thing))
            if len(found) > 1:
                return Ambiguous(tuple(name for name, _thing in found))
            if found:
                return found[0][1]
        return None

    def like(self, typed: str) -> list[str]:
        """The names a person may have meant where `find` knows none: those that hold the words, then the nearest."""
        wanted = fold(clean_line(typed))[:100]
        if len(wanted) < 2:
            return []
        holding = [letters for letters in self._by_letters if _holds(letters, wanted) or _holds(wanted, letters)]
        near = difflib.get_close_matches(wanted, self._by_letters, n=_MOST_ALIKE, cutoff=0.8)
        letters = list(dict.fromkeys([*sorted(holding, key=len), *near]))[:_MOST_ALIKE]
        # Of names that differ in their diacritics alone all are put forward, the nearest first: one might be wrong.
        alike = [name for key in letters for name in self._nearest_first(key, clean_line(typed)[:100])]
        return alike[:_MOST_NAMED]

    def _nearest_first(self, letters: str, typed: str) -> list[str]:
        names = [name for name, _thing in self._by_letters[letters][:_MOST_NAMED]]
        return sorted(names, key=lambda name: -difflib.SequenceMatcher(None, spelled(name), spelled(typed)).ratio())


def _holds(words: str, part: str) -> bool:
    return f" {part} " in f" {words} "


def find(typed: str, named: Mapping[str, T] | Iterable[tuple[str, T]]) -> T | Ambiguous | None:
    """`Names.find` for a single question; where many are asked, build `Names` once."""
    return Names(named).find(typed)


def confusable(name: str, other: str) -> bool:
    """Whether one could be a writing of the other, so that a list must not hold both."""
    return bool(find(name, [(other, True)]) or find(other, [(name, True)]))


def spelled(name: str) -> str:
    """What two writings of one name have in common: capitals, spaces and the place of the tone don't count.

    Diacritics do.
    """
    return " ".join(_spelled(clean_line(name)))


def _spelled(name: str) -> Iterator[str]:
    """Each word with its tone behind its letters: "thủy" and "thuỷ" are "thuy\u0309"."""
    for word in unicodedata.normalize("NFD", name.casefold()).split():
        yield "".join(char for char in word if char not in TONES) + "".join(char for char in word if char in TONES)


def _leaves_out_only(typed: str, name: str) -> bool:
    """Whether `typed` lacks diacritics of `name` and has none that `name` lacks."""
    words = list(zip_longest(_spelled(typed), _spelled(name), fillvalue=""))
    return all(_has(_letters(full), _letters(bare)) for bare, full in words)


def _letters(word: str) -> list[str]:
    """The word's letters, each with its marks; behind them its tone, which is none of theirs."""
    letters = [""]
    for char in word.replace("đ", "d\u0335"):
        if unicodedata.combining(char) and char not in TONES:
            letters[-1] += char
        elif char not in TONES:
            letters.append(char)
    return [*letters, "".join(char for char in word if char in TONES)]


def _has(full: list[str], bare: list[str]) -> bool:
    return len(full) == len(bare) and all(set(less) <= set(more) for more, less in zip(full, bare, strict=True))


_RUNGS: tuple[Callable[[str, str], bool], ...] = (
    lambda typed, name: typed == name,
    lambda typed, name: typed.casefold() == name.casefold(),
    lambda typed, name: spelled(typed) == spelled(name),
    _leaves_out_only,
)
