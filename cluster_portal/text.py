"""Finding and sorting Vietnamese text, alike on every database and in Python."""

from __future__ import annotations

import unicodedata
from pathlib import PurePath

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
#: No tone, huyền, hỏi, ngã, sắc, nặng: the order of a Vietnamese dictionary.
TONES = "\u0300\u0309\u0303\u0301\u0323"


def file_stem(name: str | None, otherwise: str, longest: int = 120) -> str:
    """The name of a sent file without its ending, as it can be kept and printed."""
    stem = "".join(char for char in PurePath(name or "").stem if char.isprintable())
    return stem[:longest] or otherwise


def fold(text: str) -> str:
    """What a search compares: lower case, no diacritics, đ → d, single spaces.

    ``fold("Trộm  cắp") == fold("trom cap")``; it is the same on stored and on typed text.
    """
    decomposed = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())


def sort_key(text: str) -> tuple[tuple[int, ...], ...]:
    """Sorts as a Vietnamese dictionary does: by letter (a ă â b … d đ), then by tone."""
    letters: list[int] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFC", text.casefold()):
        bare, tone = _without_tone(char)
        letters.append(ALPHABET.index(bare) + 0x100 if bare in ALPHABET else ord(bare))
        tones.append(tone)
    return tuple(letters), tuple(tones)


def name_key(full_name: str) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """Sorts persons as Vietnamese lists do: by the given name, which stands last."""
    *family, given = full_name.split() or [""]
    return sort_key(given), sort_key(" ".join(family))


def _without_tone(char: str) -> tuple[str, int]:
    decomposed = unicodedata.normalize("NFD", char)
    tone = next((TONES.index(mark) + 1 for mark in decomposed if mark in TONES), 0)
    bare = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in TONES))
    return (bare, tone) if len(bare) == 1 else (char, tone)
