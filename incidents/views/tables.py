"""The register as a table, exported as it is shown."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cluster_portal.files.finished_files import finished
from cluster_portal.files.sending import send_file, send_packed, sends_file, takes_gzip
from cluster_portal.files.spreadsheets import CSV, MAX_ROWS, XLSX, write_xlsx
from cluster_portal.worker import is_worker_alive
from incidents import actions, exports
from incidents.exports import HEAD
from incidents.tables import incident_rows
from incidents.views.register import filtered
from members.infrastructure.capabilities import Can, SignedInRequest, requires


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
    """The same as CSV. It has a length, so that a cut one is told by the browser; a long one is the worker's."""
    now, ticket = timezone.now(), request.GET.get("ticket", "")
    if ticket and (packed := finished(exports.key_of(ticket, by=request.user))) is not None:
        return send_packed(packed, name=_name("csv"), content_type=CSV, takes_packed=takes_gzip(request))
    cases = filtered(request).qs
    actions.note_export(count=(count := cases.count()), by=request.user, now=now)
    if count <= exports.MOST_AT_ONCE or not is_worker_alive(now=now):
        return send_file(exports.as_csv(cases), name=_name("csv"), content_type=CSV)
    ticket = get_random_string(22)
    asked = request.GET.copy()
    key = exports.ask_for_csv(ticket, asked, by=request.user, now=now)
    asked["ticket"] = ticket
    of = urlencode({"of": key, "file": f"{request.path}?{asked.urlencode()}"})
    return redirect(f"{reverse('members:file-progress')}?{of}")


def _name(ending: str) -> str:
    return f"so-vu-viec-{timezone.localdate():%Y-%m-%d}.{ending}"
