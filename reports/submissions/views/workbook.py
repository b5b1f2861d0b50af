"""The report as an Excel workbook: downloaded, filled in elsewhere, read back into what was typed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cluster_portal.files.sending import send_file, sends_file
from cluster_portal.files.spreadsheets import XLSX
from cluster_portal.periods import Period
from cluster_portal.tables.books import read_book, sentence
from cluster_portal.tables.refusals import UnreadableFile
from members.importing.forms import ImportFileForm
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.submissions.forms.window import was_of
from reports.submissions.report_workbook import (
    ReadWorkbook,
    WrongWorkbook,
    read_report_workbook,
    write_report_workbook,
)
from reports.submissions.steps import WHOLE
from reports.submissions.views._asked_submission import AskedSubmission, asked_submission, require_open
from reports.submissions.views._keeping import keep_typed
from reports.submissions.views._report_form import form_of

#: How many places of a workbook are named in one sentence.
TOLD = 10


def _address(asked: AskedSubmission) -> str:
    return f"{asked.round.period} {asked.unit.pk}"


@requires(Can.FILL_REPORTS)
@sends_file
def submission_workbook_file(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponseBase:
    """What was typed as a workbook, to go on with elsewhere."""
    asked = asked_submission(request, period, unit_id)
    form = form_of(asked)
    content = write_report_workbook(address=_address(asked), typed=form.stored, catalogue=form.catalogue)
    return send_file(content, name=f"bao-cao-{period}-{asked.unit.pk}.xlsx", content_type=XLSX)


@requires(Can.FILL_REPORTS)
def submission_workbook(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """Take a workbook in as if its texts had been typed in another window."""
    asked = asked_submission(request, period, unit_id)
    if request.method == "POST":
        require_open(asked)
    if not asked.is_open:
        return redirect("reports:submission-detail", *asked.url_args)
    upload = ImportFileForm(request.POST or None, request.FILES or None, can_mask=False)
    if request.method == "POST" and upload.is_valid():
        try:
            book = read_book(upload.cleaned_data["file"].read())
            read = read_report_workbook(book, address=_address(asked), catalogue=form_of(asked).catalogue)
        except UnreadableFile as refused:
            upload.add_error("file", sentence(refused))
        except WrongWorkbook as wrong:
            upload.add_error("file", str(wrong))
        else:
            return _taken(request, asked, read)
    context = {"asked": asked, "round": asked.round, "unit": asked.unit, "form": upload}
    return render(request, "reports/submissions/submission_workbook.html", context)


def _taken(request: SignedInRequest, asked: AskedSubmission, read: ReadWorkbook) -> HttpResponse:
    data = QueryDict(mutable=True)
    data.update({**read.texts, "partial": "1", "step": WHOLE})
    data["revision"] = str(asked.submission.revision if asked.submission else 0)
    if read.was is not None:
        data["was"] = was_of(read.was)
    if read.strange:
        messages.warning(request, _("Not taken from the workbook: %(places)s.") % {"places": _listed(read.strange)})
    return keep_typed(request, asked, form_of(asked, data), _("The workbook has been read into the draft."))


def _listed(places: tuple[str, ...]) -> str:
    """The first of them, and how many more there are."""
    shown, left = places[:TOLD], len(places) - TOLD
    more = [_("and %(count)s more") % {"count": left}] if left > 0 else []
    return "; ".join([*shown, *more])
