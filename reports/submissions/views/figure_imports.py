"""Importing figures of earlier years: upload, preview, confirm; nothing is stored before the last step."""

from __future__ import annotations

from collections import Counter

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cluster_portal.fields import TableFileField
from cluster_portal.files.spreadsheets import SpreadsheetError
from cluster_portal.files.waiting_rows import WaitingRows
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.infrastructure.refusals import Refused
from reports.submissions import actions
from reports.submissions.figure_import import ALIASES, OPTIONAL, REQUIRED, check_figures, read_rows

WAITING = WaitingRows("figure_import")


class FigureFileForm(forms.Form):
    file = TableFileField(help_text=gettext_lazy("Excel (.xlsx) or CSV in UTF-8."))


@requires(Can.IMPORT_FIGURES)
def figure_import(request: SignedInRequest) -> HttpResponse:
    form = FigureFileForm(request.POST or None, request.FILES or None)
    faults = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rows = read_rows(file, filename=file.name)
            check_figures(rows)
        except SpreadsheetError as error:
            faults = list(error.faults)
        else:
            WAITING.keep(request, rows)
            return redirect("reports:figure-import-preview")
    heads = {"required": REQUIRED, "optional": OPTIONAL, "aliases": list(ALIASES)}
    context = {"form": form, "faults": faults, **heads}
    return render(request, "reports/submissions/figure_import.html", context)


@requires(Can.IMPORT_FIGURES)
def figure_import_preview(request: SignedInRequest) -> HttpResponse:
    """What would be stored; the rows are checked anew, as other people go on working."""
    rows = WAITING.fetch(request)
    if not rows:
        return redirect("reports:figure-import")
    try:
        reports = check_figures(rows)
    except SpreadsheetError as error:
        return render(request, "reports/submissions/figure_import_preview.html", {"faults": error.faults})
    units = Counter(report.period for report in reports)
    context = {"count": len(rows), "periods": sorted(units.items()), "reports": reports}
    return render(request, "reports/submissions/figure_import_preview.html", context)


@requires(Can.IMPORT_FIGURES)
@require_POST
def figure_import_confirm(request: SignedInRequest) -> HttpResponse:
    rows = WAITING.fetch(request)
    try:
        reports = check_figures(rows)
        stored = actions.import_figures(reports=reports, by=request.user, now=timezone.now())
    except SpreadsheetError:
        return redirect("reports:figure-import-preview")
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("reports:figure-import-preview")
    WAITING.drop(request)
    told = ngettext("%(count)d report was imported.", "%(count)d reports were imported.", len(stored))
    messages.success(request, told % {"count": len(stored)})
    return redirect("reports:round-list")
