"""The files a document is issued as."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils.text import slugify

from cluster_portal.files.document_head import DocumentHead
from cluster_portal.files.pdf import html_to_pdfs
from cluster_portal.files.sending import PDF, send_file, show_pdf
from cluster_portal.text import fold
from meetings.papers import word_files
from meetings.papers.issuable import IssuablePaper
from reports.documents.free_text import FreeDocument
from reports.files import json_file, pdf_file, word_file, workbook_file
from reports.files.summary_report import SummaryReport
from reports.models import IssuedFile, WordBase

Form = IssuedFile.Form
CONTENT_TYPES = {
    Form.PDF: pdf_file.CONTENT_TYPE,
    Form.ARCHIVE: pdf_file.CONTENT_TYPE,
    Form.WORD: word_file.CONTENT_TYPE,
    Form.EXCEL: workbook_file.CONTENT_TYPE,
    Form.JSON: "application/json",
}
ENDINGS = {Form.ARCHIVE: "-luu-tru.pdf"}


def paper_files(paper: IssuablePaper) -> dict[str, bytes]:
    """The PDFs and a Word file."""
    reading, keeping = html_to_pdfs(paper.html())
    in_word = word_files.write(paper, base=WordBase.content_in_use())
    return {Form.PDF: reading, Form.ARCHIVE: keeping, Form.WORD: in_word}


def free_files(document: FreeDocument) -> dict[str, bytes]:
    """The PDFs and a Word file."""
    reading, keeping = html_to_pdfs(document.html())
    in_word = document.docx(base=WordBase.content_in_use())
    return {Form.PDF: reading, Form.ARCHIVE: keeping, Form.WORD: in_word}


def report_files(report: SummaryReport) -> dict[str, bytes]:
    workbook = workbook_file.write(report)
    reading, keeping = pdf_file.write_with_source(
        report, workbook=workbook, workbook_name=file_name(report.head, Form.EXCEL)
    )
    return {
        Form.PDF: reading,
        Form.WORD: word_file.write(report, base=WordBase.content_in_use()),
        Form.EXCEL: workbook,
        Form.ARCHIVE: keeping,
        Form.JSON: json_file.write(report.summary, report.passages),
    }


def send_issued(file: IssuedFile) -> HttpResponseBase:
    """One file of a document, byte for byte as it was issued; a PDF is opened, others are downloads."""
    content, content_type = bytes(file.content), CONTENT_TYPES[Form(file.form)]
    if content_type == PDF:
        return show_pdf(content, name=file.name)
    return send_file(content, name=file.name, content_type=content_type)


def file_name(head: DocumentHead, form: str) -> str:
    """``05-bc-cdbat-2022.pdf``: so that a person finds it again."""
    notation = slugify(fold(head.notation_only).replace("/", "-"))
    year = f"-{head.date.year}" if head.date else ""
    return f"{notation}{year}{ENDINGS.get(IssuedFile.Form(form), f'.{form}')}"
