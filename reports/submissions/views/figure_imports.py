"""The pages on which figures of earlier years come from a file; the flow is `members.importing`."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.views.decorators.http import require_POST

from members.importing import views as pages
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.submissions.figure_import_kind import FIGURE_IMPORT


@requires(Can.IMPORT_FIGURES)
def figure_import(request: SignedInRequest) -> HttpResponse:
    return pages.upload(request, FIGURE_IMPORT)


@requires(Can.IMPORT_FIGURES)
def figure_import_preview(request: SignedInRequest) -> HttpResponse:
    return pages.preview(request, FIGURE_IMPORT)


@requires(Can.IMPORT_FIGURES)
@require_POST
def figure_import_confirm(request: SignedInRequest) -> HttpResponse:
    return pages.confirm(request, FIGURE_IMPORT)


@requires(Can.IMPORT_FIGURES)
def figure_import_template(request: SignedInRequest) -> HttpResponseBase:
    return pages.template(FIGURE_IMPORT)


@requires(Can.IMPORT_FIGURES)
def figure_import_faults(request: SignedInRequest) -> HttpResponseBase:
    return pages.faults(request, FIGURE_IMPORT)


@requires(Can.IMPORT_FIGURES)
def figure_import_stored(request: SignedInRequest, import_id: int) -> HttpResponse:
    return pages.stored(request, FIGURE_IMPORT, import_id)


@requires(Can.IMPORT_FIGURES)
@require_POST
def figure_import_undo(request: SignedInRequest, import_id: int) -> HttpResponse:
    return pages.undo(request, FIGURE_IMPORT, import_id)
