"""The files a report is issued as."""

from __future__ import annotations

from django.utils.text import slugify

from cluster_portal.text import fold
from reports.documents.models import IssuedFile, WordBase
from reports.exports import docx, json, pdf, xlsx
from reports.exports.report import Report

Form = IssuedFile.Form
CONTENT_TYPES = {
    Form.PDF: pdf.CONTENT_TYPE,
    Form.WORD: docx.CONTENT_TYPE,
    Form.EXCEL: xlsx.CONTENT_TYPE,
    Form.JSON: "application/json",
}


def write_files(report: Report) -> dict[str, bytes]:
    """Every file of the report, by form."""
    return {
        Form.PDF: pdf.write(report),
        Form.WORD: docx.write(report, base=WordBase.content_in_use()),
        Form.EXCEL: xlsx.write(report),
        Form.JSON: json.write(report.summary),
    }


def file_name(*, notation: str, year: int, form: str) -> str:
    """``05-bc-cdbat-2022.pdf``: so that a person finds it again."""
    return f"{slugify(fold(notation).replace('/', '-'))}-{year}.{form}"
