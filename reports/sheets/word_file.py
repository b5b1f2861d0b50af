"""A unit's own sheet as a Word file: the same sentences, tables and chart as the PDF."""

from __future__ import annotations

from collections.abc import Iterable

from cluster_portal.files import word_styles
from cluster_portal.files.drawings import chart_png
from cluster_portal.files.finished import kept
from cluster_portal.files.word import WordDocument
from reports.layout.table import Table
from reports.layout.word_tables import add_table
from reports.sheets.printed import PrintedSheet

#: How wide the chart is printed, in millimetres.
CHART = 100.0


@kept
def write(printed: PrintedSheet, *, base: bytes | None = None) -> bytes:
    """The sheet on the office's own `base`, or on the standard one."""
    document, found = WordDocument(printed.head, base=base), printed.layout
    document.letterhead(is_dated=False)
    for text in (found.headline, *found.warnings):
        document.paragraph(text)
    document.paragraph(printed.places_heading, word_styles.HEADING_1)
    for place in found.places:
        document.paragraph(place.heading, word_styles.HEADING_2)
        for sentence in place.sentences:
            document.paragraph(sentence)
    document.paragraph(printed.figures_heading, word_styles.HEADING_1)
    _add_tables(document, found.figures)
    document.paragraph(printed.course_heading, word_styles.HEADING_1)
    if found.chart:
        document.picture(chart_png(found.chart), printed.chart_title, width=CHART, told=found.chart.description)
    _add_tables(document, found.history)
    for note in (*found.footnotes, printed.as_of):
        document.paragraph(note, word_styles.NOTE)
    return document.bytes()


def _add_tables(document: WordDocument, tables: Iterable[Table]) -> None:
    for table in tables:
        if table.is_of_several:
            document.paragraph(table.title, word_styles.CAPTION)
            add_table(document, table)
        else:
            document.paragraph(table.sentence)
