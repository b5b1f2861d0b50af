"""The numbers of this year's documents: how far each kind is, and where an office says it was."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.documents import actions
from reports.documents.forms.series import SeriesForm
from reports.models import Kind, NumberSeries


@requires(Can.ISSUE_DOCUMENTS)
def series_list(request: SignedInRequest) -> HttpResponse:
    year = timezone.localdate().year
    form = SeriesForm(request.POST or None)
    if form.is_valid():
        with show_refusals(form):
            chosen = form.cleaned_data
            actions.begin_series(
                kind=Kind(chosen["kind"]), year=year, reached=chosen["reached"], by=request.user, now=timezone.now()
            )
            messages.success(request, _("The numbers go on from there."))
            return redirect("reports:series-list")
    last = dict(NumberSeries.objects.filter(year=year).values_list("kind", "last"))
    context = {
        "form": form,
        "year": year,
        "rows": [(label, kind, last.get(kind, 0)) for kind, label in Kind.numbered()],
    }
    return render(request, "reports/documents/series_list.html", context, status=422 if form.errors else 200)
