"""The report as a Word file that can be edited: the same text and tables as the PDF."""

from __future__ import annotations

from cluster_portal.files import word, word_styles
from cluster_portal.files.drawings import chart_png
from cluster_portal.files.finished import kept
from cluster_portal.files.word import WordDocument
from reports.files.summary_report import SummaryReport
from reports.layout.word_tables import LANDSCAPE, add_table

CONTENT_TYPE = word.CONTENT_TYPE
#: How wide a chart is printed, in millimetres.
CHART = 150.0


@kept
def write(report: SummaryReport, *, base: bytes | None = None) -> bytes:
    """The report on the office's own `base`, or on the standard one."""
    document = WordDocument(report.head, base=base)
    document.letterhead()
    document.addressees(report.addressee_lines)
    if report.opening:
        document.paragraph(report.opening)
    for part in report.parts:
        if part.title:
            document.paragraph(part.title, word_styles.HEADINGS[part.rank - 1])
        for paragraph in part.paragraphs:
            document.paragraph(paragraph)
        if part.chart:
            document.picture(chart_png(part.chart), part.chart.title, width=CHART, told=part.chart.description)
        for numbered in part.tables:
            document.paragraph(numbered.caption, word_styles.CAPTION)
            add_table(document, numbered.table)
            if numbered.note:
                document.paragraph(numbered.note)
    document.paragraph(report.closing)
    document.signatures()
    document.verification()
    for annex in report.annexes:
        document.annex(annex.number, annex.subject, is_across=True)
        add_table(document, annex.table, width=LANDSCAPE)
        document.end_of_annex()
    return document.bytes()
