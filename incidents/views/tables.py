"""The register as a table: exported as it is shown, and filled from a file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cluster_portal.files.sending import send_file
from cluster_portal.files.spreadsheets import CSV, MAX_ROWS, XLSX, Fault, SpreadsheetError, csv_lines, write_xlsx
from cluster_portal.files.waiting_rows import WaitingRows
from incidents import actions
from incidents.forms.importing import CaseFileForm
from incidents.imports import check_cases, masked, read_cases
from incidents.tables import COLUMNS, OPTIONAL, REQUIRED, incident_rows
from incidents.views.register import filtered
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.infrastructure.refusals import Refused

HEAD = [name.capitalize() for name in COLUMNS.values()]
WAITING = WaitingRows("incident_import")

#: Of a long file the preview shows the beginning.
SHOWN = 100


@requires(Can.SEE_INCIDENTS)
def incident_export_xlsx(request: SignedInRequest) -> HttpResponseBase:
    """The cases of the list as the URL narrows it down, as a workbook."""
    cases = filtered(request).qs
    count = cases.count()
    if count > MAX_ROWS:
        messages.error(request, _("An Excel file takes 20,000 cases at most. Narrow the list down, or export CSV."))
        return redirect(f"{reverse('incidents:incident-list')}?{request.GET.urlencode()}")
    actions.note_export(count=count, by=request.user, now=timezone.now())
    rows = incident_rows(cases.with_further_units().iterator(chunk_size=1000))
    content = write_xlsx(title="Vụ việc", head=HEAD, rows=rows)
    return send_file(content, name=_name("xlsx"), content_type=XLSX)


@requires(Can.SEE_INCIDENTS)
def incident_export_csv(request: SignedInRequest) -> HttpResponseBase:
    cases = filtered(request).qs
    actions.note_export(count=cases.count(), by=request.user, now=timezone.now())
    rows = incident_rows(cases.with_further_units().iterator(chunk_size=1000))
    return send_file(csv_lines(head=HEAD, rows=rows), name=_name("csv"), content_type=CSV)


def _name(ending: str) -> str:
    return f"so-vu-viec-{timezone.localdate():%Y-%m-%d}.{ending}"


@requires(Can.RECORD_INCIDENTS)
def incident_import(request: SignedInRequest) -> HttpResponse:
    """Check a file; only one without faults waits for its confirmation."""
    form = CaseFileForm(request.POST or None, request.FILES or None)
    faults: list[Fault] = []
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rows = read_cases(file, filename=file.name)
        except SpreadsheetError as error:
            faults = list(error.faults)
        else:
            rows = masked(rows) if form.cleaned_data["mask"] else rows
            faults = list(check_cases(rows, by=request.user, today=timezone.localdate()).faults)
            if not faults:
                WAITING.keep(request, rows)
                return redirect("incidents:incident-import-preview")
    context = {
        "form": form,
        "faults": faults,
        "required": [COLUMNS[field] for field in REQUIRED],
        "optional": [COLUMNS[field] for field in OPTIONAL],
    }
    return render(request, "incidents/incident_import.html", context)


@requires(Can.RECORD_INCIDENTS)
def incident_import_preview(request: SignedInRequest) -> HttpResponse:
    rows = WAITING.fetch(request)
    if not rows:
        return redirect("incidents:incident-import")
    checked = check_cases(rows, by=request.user, today=timezone.localdate())
    context = {
        "faults": checked.faults,
        "new": checked.new[:SHOWN],
        "new_count": len(checked.new),
        "repeated": checked.repeated[:SHOWN],
        "repeated_count": len(checked.repeated),
    }
    return render(request, "incidents/incident_import_preview.html", context)


@requires(Can.RECORD_INCIDENTS)
@require_POST
def incident_import_confirm(request: SignedInRequest) -> HttpResponse:
    """Store the new cases, and of the repeated ones those that were ticked."""
    rows = WAITING.fetch(request)
    checked = check_cases(rows, by=request.user, today=timezone.localdate()) if rows else None
    if checked is None or checked.faults:
        return redirect("incidents:incident-import-preview")
    cases = checked.to_store(set(request.POST.getlist("wanted")))
    origin = request.build_absolute_uri("/")
    try:
        stored = actions.import_incidents(cases=cases, by=request.user, now=timezone.now(), origin=origin)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("incidents:incident-import-preview")
    WAITING.drop(request)
    told = ngettext("%(count)d case was recorded.", "%(count)d cases were recorded.", len(stored))
    messages.success(request, told % {"count": len(stored)})
    return redirect("incidents:incident-list")
