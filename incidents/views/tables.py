"""The register as a table, exported as it is shown."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.files.sending import send_file, sends_file
from cluster_portal.files.spreadsheets import CSV, MAX_ROWS, XLSX, csv_lines, write_xlsx
from incidents import actions
from incidents.tables import COLUMNS, incident_rows
from incidents.views.register import filtered
from members.infrastructure.capabilities import Can, SignedInRequest, requires

HEAD = [name.capitalize() for name in COLUMNS.values()]


@requires(Can.SEE_INCIDENTS)
@sends_file
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
@sends_file
def incident_export_csv(request: SignedInRequest) -> HttpResponseBase:
    cases = filtered(request).qs
    actions.note_export(count=cases.count(), by=request.user, now=timezone.now())
    rows = incident_rows(cases.with_further_units().iterator(chunk_size=1000))
    return send_file(csv_lines(head=HEAD, rows=rows), name=_name("csv"), content_type=CSV)


def _name(ending: str) -> str:
    return f"so-vu-viec-{timezone.localdate():%Y-%m-%d}.{ending}"
