"""Cleaning, finding and sorting Vietnamese text, alike on every database and in Python."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
#: No tone, huyền, hỏi, ngã, sắc, nặng: the order of a Vietnamese dictionary.
TONES = "\u0300\u0309\u0303\u0301\u0323"

#: Letters and marks that print as nothing although Unicode doesn't call them format
#: characters (Default_Ignorable_Code_Point): joiners, fillers, variation selectors.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
_LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
#: Control, format, lone surrogate and private use: what no reader sees and XML or a mail head can't hold.
_NOT_TEXT = {"Cc", "Cf", "Cs", "Co"}
#: Kept in running text, as "6 months" must not be parted at the end of a line.
_NO_BREAK_SPACES = "\u00a0\u202f"


def clean_lines(text: str) -> str:
    """What is stored of text typed or read in: NFC, line ends ``\\n``, nothing that can't be seen.

    Zero-width, bidirectional and control characters make two names that look alike
    differ, break the XML of a Word file and the head of a mail, and NUL is refused by
    PostgreSQL. A tab becomes a space, every other character stays.
    """
    text = _UNSEEN.sub("", _LINE_END.sub("\n", text))
    return unicodedata.normalize("NFC", "".join(map(_cleaned, text)))


def clean_line(text: str) -> str:
    """`clean_lines` for a text of one line: every run of spaces and line breaks is one space."""
    return " ".join(clean_lines(text).split())


def _cleaned(char: str) -> str:
    if char == "\n" or " " < char < "\x7f" or char in _NO_BREAK_SPACES:
        return char
    category = unicodedata.category(char)
    if char == "\t" or category == "Zs" or char == "\u2800":  # the blank of Braille prints as a space
        return " "
    return "" if category in _NOT_TEXT or ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF else char


def file_stem(name: str | None, otherwise: str, longest: int = 120) -> str:
    """The name of a sent file without its ending, as it can be kept and printed."""
    return clean_line(PurePath(clean_line(name or "")).stem)[:longest] or otherwise


def fold(text: str) -> str:
    """What a search compares: lower case, no diacritics, đ → d, single spaces.

    No identity: "Phù Minh" and "Phú Minh" fold alike. `cluster_portal.names` tells names apart.

    ``fold("Trộm  cắp") == fold("trom cap")``; it is the same on stored and on typed text.
    """
    decomposed = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())


def keys_holding(typed: str, rows: Iterable[tuple[Any, ...]]) -> list[Any]:
    """The keys of those rows – a key, then texts – that hold every word typed, with or without diacritics.

    For tables of a few hundred rows: folded here and not by the database, as SQLite and
    PostgreSQL fold Vietnamese differently.
    """
    words = fold(typed).split()
    texts = ((key, fold(" ".join(parts))) for key, *parts in rows)
    return [key for key, text in texts if all(word in text for word in words)]


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
