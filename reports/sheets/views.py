"""A unit's own sheet, for its leader: as a page, as a PDF and in Word."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify

from cluster_portal.files import word
from cluster_portal.files.sending import send_file, sends_file, show_pdf
from cluster_portal.periods import Period
from cluster_portal.text import fold
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.letterhead import build_letterhead
from members.models import Cluster
from reports.comparison.scope import UnknownScope
from reports.models import WordBase
from reports.sheets import pdf_file, word_file
from reports.sheets.layout import layout
from reports.sheets.printed import PrintedSheet, print_sheet
from reports.sheets.sheet import Sheet, build_sheet
from reports.submissions.views._asked_submission import AskedSubmission, asked_submission


@requires(Can.SEE_REPORTS)
def sheet_detail(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    asked = asked_submission(request, period, unit_id)
    sheet = _sheet(asked)
    context = {
        "round": asked.round,
        "unit": asked.unit,
        "submission": asked.submission,
        "sheet": sheet,
        "layout": layout(sheet),
    }
    return render(request, "reports/sheets/sheet_detail.html", context)


@requires(Can.SEE_REPORTS)
@sends_file
def sheet_pdf(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponseBase:
    """The sheet to print; 404 as long as the report of the period is not accepted."""
    asked = asked_submission(request, period, unit_id)
    return show_pdf(pdf_file.write(_printed(asked)), name=f"{_file_name(asked)}.pdf")


@requires(Can.SEE_REPORTS)
@sends_file
def sheet_docx(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponseBase:
    """The same as a Word file."""
    asked = asked_submission(request, period, unit_id)
    content = word_file.write(_printed(asked), base=WordBase.content_in_use())
    return send_file(content, name=f"{_file_name(asked)}.docx", content_type=word.CONTENT_TYPE)


def _printed(asked: AskedSubmission) -> PrintedSheet:
    sheet = _sheet(asked)
    if not sheet.is_ready:
        raise Http404
    today = timezone.localdate()
    letterhead = build_letterhead(Cluster.get(), on=today)
    return print_sheet(sheet, unit_name=asked.unit.name, letterhead=letterhead, today=today)


def _file_name(asked: AskedSubmission) -> str:
    return f"phieu-thong-tin-{slugify(fold(asked.unit.short_name))}-{asked.round.period}"


def _sheet(asked: AskedSubmission) -> Sheet:
    try:
        return build_sheet(asked.unit, asked.round.period)
    except UnknownScope as error:
        raise Http404(str(error)) from error
