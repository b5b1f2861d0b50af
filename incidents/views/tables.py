"""The register as a table, exported as it is shown."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.files.spreadsheets import CSV, MAX_ROWS, XLSX, csv_lines, write_xlsx
from incidents import actions
from incidents.tables import COLUMNS, rows_of
from incidents.views.register import filtered
from members.infrastructure.capabilities import Can, SignedInRequest, requires

HEAD = [name.capitalize() for name in COLUMNS.values()]


@requires(Can.SEE_INCIDENTS)
def incident_export_xlsx(request: SignedInRequest) -> HttpResponse:
    """The cases of the list as the URL narrows it down, as a workbook."""
    cases = filtered(request).qs
    count = cases.count()
    if count > MAX_ROWS:
        messages.error(request, _("An Excel file takes 20,000 cases at most. Narrow the list down, or export CSV."))
        return redirect(f"{reverse('incidents:incident-list')}?{request.GET.urlencode()}")
    actions.note_export(count=count, by=request.user, now=timezone.now())
    rows = rows_of(cases.prefetch_related("further_units").iterator(chunk_size=1000))
    content = write_xlsx(title="Vụ việc", head=HEAD, rows=rows)
    return HttpResponse(content, content_type=XLSX, headers=_named("xlsx"))


@requires(Can.SEE_INCIDENTS)
def incident_export_csv(request: SignedInRequest) -> StreamingHttpResponse:
    cases = filtered(request).qs
    actions.note_export(count=cases.count(), by=request.user, now=timezone.now())
    rows = rows_of(cases.prefetch_related("further_units").iterator(chunk_size=1000))
    return StreamingHttpResponse(csv_lines(head=HEAD, rows=rows), content_type=CSV, headers=_named("csv"))


def _named(ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="so-vu-viec-{timezone.localdate():%Y-%m-%d}.{ending}"'}
