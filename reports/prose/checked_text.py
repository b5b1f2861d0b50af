"""A text an office edited, against the figures as they stand: what it reads as, and what no figure stands behind."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from reports.comparison.values import Summary
from reports.prose.outline import FLAT, Outline, told_of
from reports.prose.reference_labels import label
from reports.prose.references import Piece, References
from reports.prose.stray_numbers import StrayNumber, stray_numbers


@dataclass(frozen=True)
class ShownPiece:
    """A stretch of a text on a page: typed, a number among it that is to be checked, or a figure by reference."""

    text: str
    source: str = ""
    label: str = ""
    is_known: bool = True
    is_stray: bool = False


@dataclass(frozen=True)
class CheckedPassage:
    code: str
    heading: str
    pieces: tuple[ShownPiece, ...]
    strays: tuple[StrayNumber, ...]

    @property
    def figures(self) -> tuple[ShownPiece, ...]:
        """The references of the passage, each once."""
        return tuple({piece.source: piece for piece in self.pieces if piece.source}.values())

    @property
    def unknown(self) -> tuple[ShownPiece, ...]:
        """References that no figure stands behind."""
        return tuple(piece for piece in self.figures if not piece.is_known)


@dataclass(frozen=True)
class CheckedText:
    passages: tuple[CheckedPassage, ...]

    @property
    def is_sound(self) -> bool:
        return not any(passage.strays or passage.unknown for passage in self.passages)

    @property
    def strays(self) -> list[StrayNumber]:
        return [stray for passage in self.passages for stray in passage.strays]

    @property
    def unknown(self) -> list[ShownPiece]:
        return [piece for passage in self.passages for piece in passage.unknown]

    @property
    def fingerprint(self) -> str:
        """Stands for exactly these numbers in their places: who has checked them has checked no others."""
        places = [f"{passage.code} {found.start} {found.text}" for passage in self.passages for found in passage.strays]
        return hashlib.sha256("\n".join(places).encode()).hexdigest()

    def obstacle(self, numbers_checked: str) -> str:
        """What keeps the text from being signed off, as a sentence; `numbers_checked` is the fingerprint of those."""
        if self.unknown:
            return _(
                "The text refers to figures that there are not: %(references)s. Take them out or choose others."
            ) % {"references": ", ".join(piece.source for piece in self.unknown)}
        if self.strays and numbers_checked != self.fingerprint:
            return _(
                "The text holds numbers that no figure stands behind: %(numbers)s. Check them and tick that you have."
            ) % {"numbers": ", ".join(found.text for found in self.strays)}
        return ""


def checked(text: Mapping[str, str], summary: Summary, outline: Outline = FLAT) -> CheckedText:
    """The passages of the text that are printed, by their code, with references to figures."""
    references = References(summary)
    told = told_of(outline).values()
    return CheckedText(
        tuple(_checked(part.code, part.heading, text[part.code], references) for part in told if part.code in text)
    )


def outdated(printed: Sequence[Mapping[str, Any]], summary: Summary) -> CheckedText:
    """A text as it was printed: passages as in the JSON export, whose figures have become numbers like any other."""
    found = (
        CheckedPassage(
            passage["code"], passage["heading"], (), stray_numbers("\n".join(passage["paragraphs"]), summary)
        )
        for passage in printed
    )
    return CheckedText(tuple(found))


def _checked(code: str, heading: str, text: str, references: References) -> CheckedPassage:
    pieces = list(references.pieces(text))
    printed = "".join(piece.text for piece in pieces)
    strays = stray_numbers(printed, references.summary, bound=list(_bound(pieces)))
    return CheckedPassage(code, heading, tuple(_shown(pieces, strays, references)), strays)


def _bound(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Where figures stand by reference in the text as printed."""
    end = 0
    for piece in pieces:
        start, end = end, end + len(piece.text)
        if piece.source:
            yield start, end


def _shown(pieces: Sequence[Piece], strays: Collection[StrayNumber], references: References) -> Iterator[ShownPiece]:
    end = 0
    for piece in pieces:
        start, end = end, end + len(piece.text)
        if piece.source:
            yield ShownPiece(piece.text, piece.source, label(references, piece.address), piece.is_known)
            continue
        done = start
        for found in [found for found in strays if start <= found.start < end]:
            yield ShownPiece(piece.text[done - start : found.start - start])
            yield ShownPiece(found.text, is_stray=True)
            done = found.end
        yield ShownPiece(piece.text[done - start :])
