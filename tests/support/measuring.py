"""A rendered PDF measured: what stands where on each page, in which face and size.

Lengths are in millimetres from the upper left corner of the page, sizes in points.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTCurve, LTPage, LTTextLine

MM = 72 / 25.4
TOLERANCE = 0.4
BLACK = (None, 0, (0,), (0, 0, 0), [0], [0, 0, 0])


@dataclass(frozen=True)
class Words:
    """One line of text."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    face: str
    is_black: bool

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def is_bold(self) -> bool:
        return "Bold" in self.face

    @property
    def is_italic(self) -> bool:
        return "Italic" in self.face

    @property
    def style(self) -> tuple[bool, bool]:
        return self.is_bold, self.is_italic


@dataclass(frozen=True)
class Rule:
    left: float
    right: float
    height: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return self.right - self.left


class Page:
    def __init__(self, layout: LTPage) -> None:
        self.layout = layout
        self.width, self.height = layout.width / MM, layout.height / MM

    def _parts(self, within) -> Iterator:
        for part in within:
            yield part
            if hasattr(part, "__iter__") and not isinstance(part, LTTextLine):
                yield from self._parts(part)

    def _down(self, y: float) -> float:
        return (self.layout.height - y) / MM

    @cached_property
    def words(self) -> list[Words]:
        """The lines of text, from the top down."""
        lines = [self._words(part) for part in self._parts(self.layout) if isinstance(part, LTTextLine)]
        return sorted((line for line in lines if line.text), key=lambda line: (round(line.baseline, 1), line.left))

    def _words(self, line: LTTextLine) -> Words:
        signs = [sign for sign in line if isinstance(sign, LTChar)]
        printed = [sign for sign in signs if sign.get_text().strip()]
        first, last = (printed[0], printed[-1]) if printed else (signs[0], signs[-1])
        return Words(
            text=" ".join(line.get_text().split()),
            left=first.x0 / MM,
            right=last.x1 / MM,
            baseline=self._down(first.matrix[5]),
            size=round(first.size, 1),
            face=first.fontname.partition("+")[2],
            is_black=all(sign.graphicstate.ncolor in BLACK for sign in signs),
        )

    @cached_property
    def rules(self) -> list[Rule]:
        """Horizontal lines, from the top down."""
        drawn = (part for part in self._parts(self.layout) if isinstance(part, LTCurve))  # rectangles among them
        found = [part for part in drawn if 0 < part.height < 2]
        rules = [Rule(part.x0 / MM, part.x1 / MM, self._down((part.y0 + part.y1) / 2)) for part in found]
        return sorted((rule for rule in rules if rule.width > 5), key=lambda rule: rule.height)

    def line(self, beginning: str) -> Words:
        """The one line that begins so."""
        found = [words for words in self.words if words.text.startswith(beginning)]
        assert len(found) == 1, (beginning, [words.text for words in self.words])
        return found[0]

    def rule_below(self, words: Words, *, within: float = 6) -> Rule:
        """The rule that is centred below the line."""
        below = [rule for rule in self.rules if words.baseline < rule.height < words.baseline + within]
        (found,) = [rule for rule in below if abs(rule.middle - words.middle) < 1]
        return found


def pages_of(pdf: bytes) -> list[Page]:
    """Every line of text by itself: lines that stand level are not joined."""
    parameters = LAParams(char_margin=3, line_overlap=0.6, boxes_flow=None)
    return [Page(layout) for layout in extract_pages(io.BytesIO(pdf), laparams=parameters)]
