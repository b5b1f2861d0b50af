"""The tables of Word files, written as XML: the library's own look through all their cells for each one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from cluster_portal.files.office_packages import printable
from cluster_portal.files.word_styles import TABLE_HEAD, TABLE_TEXT, Style
from cluster_portal.unbroken import unbroken


@dataclass(frozen=True)
class TableCell:
    """One cell of a table, `columns` wide and `rows` high."""

    text: str
    style: Style = TABLE_TEXT
    bold: bool = False
    columns: int = 1
    rows: int = 1


def grid(
    head: Iterable[Sequence[TableCell | None]],
    rows: Iterable[Sequence[TableCell]],
    *,
    widths: Sequence[float],
    style_id: Callable[[Style], str],
) -> Any:
    """A grid whose head repeats on each page and whose rows don't split; `widths` in millimetres.

    In `head` None stands for a place that the cell above it reaches down to.
    """
    twips = [round(width * 1440 / 25.4) for width in widths]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    lines = [_row(row, twips, style_id, is_head=True) for row in head]
    lines += [_row(row, twips, style_id) for row in rows]
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 40), ("left", 60), ("bottom", 40), ("right", 60))
    )
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblBorders>{borders}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )


def _row(
    cells: Sequence[TableCell | None], twips: Sequence[int], style_id: Callable[[Style], str], *, is_head: bool = False
) -> str:
    xml, column = [], 0
    for cell in cells:
        span = cell.columns if cell else 1
        width = sum(twips[column : column + span])
        xml.append(_cell(cell, width, style_id))
        column += span
    repeat = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(xml)}</w:tr>"


def _cell(cell: TableCell | None, width: int, style_id: Callable[[Style], str]) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell is None:
        style = style_id(TABLE_HEAD)
        below = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>'
        return f"<w:tc><w:tcPr>{properties}<w:vMerge/></w:tcPr>{below}</w:tc>"
    if cell.columns > 1:
        properties += f'<w:gridSpan w:val="{cell.columns}"/>'
    if cell.rows > 1:
        properties += '<w:vMerge w:val="restart"/>'
    bold = "<w:rPr><w:b/></w:rPr>" if cell.bold else ""
    text = escape(unbroken(printable(cell.text)))
    return (
        f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
        f'<w:pStyle w:val="{style_id(cell.style)}"/></w:pPr>'
        f'<w:r>{bold}<w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:tc>'
    )
