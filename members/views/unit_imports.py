"""Importing units: upload, preview, confirm; nothing is stored before the last step.

Between preview and confirmation the file's rows wait in the session; they are checked
anew each time, as other people go on working.
"""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cluster_portal.fields import TableFileField
from cluster_portal.files.sending import send_file
from cluster_portal.files.spreadsheets import XLSX, SpreadsheetError
from cluster_portal.files.waiting_rows import WaitingRows
from members.actions import import_units
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.infrastructure.refusals import Refused
from members.unit_import import COLUMNS, KINDS, OPTIONAL, REQUIRED, check_units, read_units, template_workbook

WAITING = WaitingRows("unit_import")
MOST_UNITS = 500


class UnitFileForm(forms.Form):
    file = TableFileField(help_text=gettext_lazy("Excel (.xlsx) or CSV in UTF-8, at most 500 units."))


@requires(Can.MANAGE_UNITS)
def unit_import(request: SignedInRequest) -> HttpResponse:
    form = UnitFileForm(request.POST or None, request.FILES or None)
    faults = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rows = read_units(file, filename=file.name)
        except SpreadsheetError as error:
            faults = list(error.faults)
        else:
            if rows and len(rows) <= MOST_UNITS:
                WAITING.keep(request, rows)
                return redirect("members:unit-import-preview")
            form.add_error("file", _("The file holds no unit.") if not rows else _("The file holds too many units."))
    context = {
        "form": form,
        "faults": faults,
        "required": [COLUMNS[field] for field in REQUIRED],
        "optional": [COLUMNS[field] for field in OPTIONAL],
        "kinds": [words[0] for words in KINDS.values()],
    }
    return render(request, "members/unit_import.html", context)


@requires(Can.MANAGE_UNITS)
def unit_import_preview(request: SignedInRequest) -> HttpResponse:
    rows = WAITING.fetch(request)
    if not rows:
        return redirect("members:unit-import")
    context = {"heads": list(COLUMNS.values()), "checked": check_units(rows), "count": len(rows)}
    return render(request, "members/unit_import_preview.html", context)


@requires(Can.MANAGE_UNITS)
@require_POST
def unit_import_confirm(request: SignedInRequest) -> HttpResponse:
    rows = WAITING.fetch(request)
    checked = check_units(rows)
    if not rows or checked.faults:
        return redirect("members:unit-import-preview")
    try:
        stored = import_units(rows=checked.values, by=request.user, now=timezone.now())
    except Refused:  # somebody else entered one of them just now: the preview tells which
        return redirect("members:unit-import-preview")
    WAITING.drop(request)
    told = ngettext("%(count)d unit was added.", "%(count)d units were added.", len(stored))
    messages.success(request, told % {"count": len(stored)})
    return redirect("members:unit-list")


@requires(Can.MANAGE_UNITS)
def unit_import_template(request: SignedInRequest) -> HttpResponseBase:
    return send_file(template_workbook(), name="danh-sach-don-vi.xlsx", content_type=XLSX)
