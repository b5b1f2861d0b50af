"""“nt”, “như trên”, a quotation mark: what a cell says that holds what the one above it holds."""

from __future__ import annotations

import re

from cluster_portal.tables.cells import Cell
from cluster_portal.text import clean_line

#: “NT” alone may be somebody's short name.
_DITTO = re.compile(
    r"nt\.?|n\.t\.?|(?i:như trên|nhu tren)\.?|[-–—.(]+\s*(?i:nt|n\.t\.?|như trên|nhu tren)\.?\s*[-–—.)]+"
    r"|[\"“”″〃]{1,2}|''|’’|´´|//"
)


def is_ditto(cell: Cell) -> bool:
    """Whether the cell only points at the one above."""
    return isinstance(cell, str) and len(cell) < 40 and bool(_DITTO.fullmatch(clean_line(cell)))


def written_out(cells: dict[str, Cell], above: dict[str, Cell], fields: set[str]) -> frozenset[str]:
    """Put what stands above into the cells of `fields` that only point at it; returns of which fields."""
    pointing = {name for name in fields & cells.keys() & above.keys() if is_ditto(cells[name])}
    for name in pointing:
        cells[name] = above[name]
    return frozenset(pointing)
