"""How wide the columns of a table are, from what stands in them: the same in PDF and Word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cluster_portal.files.drawings import bold_width
from cluster_portal.unbroken import unbroken

#: In millimetres: the room at the sides of a cell with its rules; the widest that a name may have for itself;
#: up to where a column is one of ordinals or signs, which needs no room beyond that.
SIDES, WIDEST, NARROW = 2.4, 60, 11
#: Over how many lines a heading runs where there is room for no more than that.
HEADING_LINES = 3


def column_widths(columns: Sequence[Sequence[str]], whole: float, *, size: float) -> list[float]:
    """Widths in millimetres, `whole` together, that break no word and no number, as far as there is room.

    `columns` are the texts of each, its heading the first, in letters of `size` points. What
    is left goes first to headings that run over too many lines, then to texts that run over
    any; a column nobody has filled in is as wide as its heading.
    """
    least = [_widest((word for text in texts for word in unbroken(text).split(" ")), size) for texts in columns]
    headed = [max(low, _widest(texts[:1], size) / HEADING_LINES) for texts, low in zip(columns, least, strict=True)]
    wanted = [
        max(low, min(_widest(texts[1:] if any(texts[1:]) else texts[:1], size), WIDEST))
        for texts, low in zip(columns, headed, strict=True)
    ]
    floor = headed if sum(headed) <= whole else least
    spare, missing = whole - sum(floor), sum(wanted) - sum(floor)
    if spare < 0:
        return [width * whole / sum(least) for width in least]
    if missing > spare:
        return [low + (high - low) * spare / missing for low, high in zip(floor, wanted, strict=True)]
    return _shared_out(wanted, whole)


def _shared_out(wanted: Sequence[float], whole: float) -> list[float]:
    """The rest goes to all columns but the narrow ones alike."""
    growing = [width > NARROW for width in wanted]
    if not any(growing):
        growing = [True] * len(wanted)
    each = (whole - sum(wanted)) / sum(growing)
    return [width + each * grows for width, grows in zip(wanted, growing, strict=True)]


def _widest(texts: Iterable[str], size: float) -> float:
    """How wide a column is that breaks none of the texts, were they all bold."""
    return max((bold_width(text, size) for text in texts), default=0) + SIDES
