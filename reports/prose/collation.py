"""What the units wrote, side by side, section by section: plain values, for whoever writes the report of all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cluster_portal.text import fold

#: In which passage of the report what stands in a section of a unit's is put.
PASSAGE_OF = {
    "advantages": "situation",
    "difficulties": "situation",
    "leadership": "leadership",
    "outreach": "outreach",
    "movement": "movement",
    "coordination": "coordination",
    "violations": "assessment",
    "other_work": "other_work",
    "shortcomings": "shortcomings",
    "tasks": "tasks",
    "proposals": "proposals",
}
#: Where a sentence may end; it does before a capital letter.
_END = re.compile(r"(?<=[.!?…;])\s+(?=[“\"(]?([^\W\d_]))")


@dataclass(frozen=True)
class Source:
    """A unit's text on one section; `version` is None where no report of it was accepted.

    `half` names the half-year in the report on a whole year, where each unit stands twice.
    """

    unit: str
    kind: str
    version: int | None
    text: str
    earlier: str = ""
    half: str = ""


@dataclass(frozen=True)
class Piece:
    """A sentence, by its place: paragraph and sentence counted from 0."""

    place: str
    text: str
    is_taken: bool


@dataclass(frozen=True)
class Paragraph:
    pieces: tuple[Piece, ...]

    @property
    def can_be_taken_whole(self) -> bool:
        """Several sentences, none of which would stand there twice."""
        return len(self.pieces) > 1 and not any(piece.is_taken for piece in self.pieces)


@dataclass(frozen=True)
class Written:
    """A unit's text cut into sentences, with what is to be known of it before it is taken over."""

    source: Source
    paragraphs: tuple[Paragraph, ...]
    is_repeated: bool
    like: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not self.paragraphs


def cut(text: str) -> list[list[str]]:
    """Paragraphs, each in its sentences."""
    return [_sentences(line.strip()) for line in text.splitlines() if line.strip()]


def _sentences(line: str) -> list[str]:
    """Cut before capital letters: “TP. Hà Nội” is cut there too, and taken as a paragraph."""
    ends = [found for found in _END.finditer(line) if found.group(1).isupper()]
    starts = [0, *(found.end() for found in ends)]
    return [line[start:end] for start, end in zip(starts, [*(found.start() for found in ends), len(line)], strict=True)]


def piece_at(text: str, place: str) -> str:
    """The sentence at `place` (``0.2``), or the whole paragraph (``0``); empty where there is none."""
    paragraphs = cut(text)
    there = {str(number): " ".join(sentences) for number, sentences in enumerate(paragraphs)}
    there |= {f"{n}.{m}": sentence for n, sentences in enumerate(paragraphs) for m, sentence in enumerate(sentences)}
    return there.get(place, "")


def collate(
    sources: Iterable[Source], *, taken: Mapping[int, set[str]], looked_for: str = ""
) -> dict[str, list[Written]]:
    """The texts by kind of unit; those alone that hold all words of `looked_for`, with or without diacritics.

    `taken` are the sentences and paragraphs taken over already, by version.
    """
    everything = list(sources)
    by_text: dict[str, list[str]] = {}
    for source in everything:
        if plain := _plain(source.text):
            by_text.setdefault(plain, []).append(source.unit)
    found: dict[str, list[Written]] = {}
    words = fold(looked_for).split()
    for source in everything:
        folded = fold(source.text) if words else ""
        if all(word in folded for word in words):
            plain = _plain(source.text)
            like = tuple(unit for unit in by_text.get(plain, ()) if unit != source.unit)
            is_repeated = bool(plain) and plain == _plain(source.earlier)
            paragraphs = tuple(_paragraphs(source, taken.get(source.version or 0, set())))
            found.setdefault(source.kind, []).append(Written(source, paragraphs, is_repeated, like))
    return found


def _paragraphs(source: Source, taken: set[str]) -> Iterator[Paragraph]:
    for number, sentences in enumerate(cut(source.text)):
        is_whole = " ".join(sentences) in taken
        pieces = (Piece(f"{number}.{place}", text, is_whole or text in taken) for place, text in enumerate(sentences))
        yield Paragraph(tuple(pieces))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
