"""The pages on which cases come from a file; the flow is `members.importing`."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.views.decorators.http import require_POST

from incidents.case_import import CASE_IMPORT
from members.importing import views as pages
from members.infrastructure.capabilities import Can, SignedInRequest, requires


@requires(Can.RECORD_INCIDENTS)
def incident_import(request: SignedInRequest) -> HttpResponse:
    return pages.upload(request, CASE_IMPORT)


@requires(Can.RECORD_INCIDENTS)
def incident_import_preview(request: SignedInRequest) -> HttpResponse:
    return pages.preview(request, CASE_IMPORT)


@requires(Can.RECORD_INCIDENTS)
@require_POST
def incident_import_confirm(request: SignedInRequest) -> HttpResponse:
    return pages.confirm(request, CASE_IMPORT)


@requires(Can.RECORD_INCIDENTS)
def incident_import_template(request: SignedInRequest) -> HttpResponseBase:
    return pages.template(CASE_IMPORT)


@requires(Can.RECORD_INCIDENTS)
def incident_import_faults(request: SignedInRequest) -> HttpResponseBase:
    return pages.faults(request, CASE_IMPORT)


@requires(Can.RECORD_INCIDENTS)
def incident_import_stored(request: SignedInRequest, import_id: int) -> HttpResponse:
    return pages.stored(request, CASE_IMPORT, import_id)


@requires(Can.RECORD_INCIDENTS)
@require_POST
def incident_import_undo(request: SignedInRequest, import_id: int) -> HttpResponse:
    return pages.undo(request, CASE_IMPORT, import_id)
