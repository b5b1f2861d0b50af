"""The pages on which units come from a file; the flow is `members.importing`."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.views.decorators.http import require_POST

from members.importing import views as pages
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.unit_import import UNIT_IMPORT


@requires(Can.MANAGE_UNITS)
def unit_import(request: SignedInRequest) -> HttpResponse:
    return pages.upload(request, UNIT_IMPORT)


@requires(Can.MANAGE_UNITS)
def unit_import_preview(request: SignedInRequest) -> HttpResponse:
    return pages.preview(request, UNIT_IMPORT)


@requires(Can.MANAGE_UNITS)
@require_POST
def unit_import_confirm(request: SignedInRequest) -> HttpResponse:
    return pages.confirm(request, UNIT_IMPORT)


@requires(Can.MANAGE_UNITS)
def unit_import_template(request: SignedInRequest) -> HttpResponseBase:
    return pages.template(UNIT_IMPORT)


@requires(Can.MANAGE_UNITS)
def unit_import_faults(request: SignedInRequest) -> HttpResponseBase:
    return pages.faults(request, UNIT_IMPORT)


@requires(Can.MANAGE_UNITS)
def unit_import_stored(request: SignedInRequest, import_id: int) -> HttpResponse:
    return pages.stored(request, UNIT_IMPORT, import_id)


@requires(Can.MANAGE_UNITS)
@require_POST
def unit_import_undo(request: SignedInRequest, import_id: int) -> HttpResponse:
    return pages.undo(request, UNIT_IMPORT, import_id)
