"""The secretariat gives one unit more time for its report."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cluster_portal import formatting
from cluster_portal.addresses import mailed_url
from cluster_portal.keeping import page_is
from cluster_portal.periods import Period
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.models import Extension
from reports.submissions import actions
from reports.submissions.forms.rounds import ExtensionForm
from reports.submissions.views._asked_submission import AskedSubmission, asked_submission, revision_in


@requires(Can.REVIEW_REPORTS)
def extension_edit(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """Choose the unit's own due date, and say why."""
    asked = _asked(request, period, unit_id)
    extension = Extension.objects.filter(round=asked.round, unit=asked.unit).first()
    form = ExtensionForm(request.POST or None, instance=extension)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            actions.extend(
                round_=asked.round,
                unit=asked.unit,
                **form.values,
                revision=form.cleaned_data["revision"],
                by=request.user,
                now=timezone.now(),
                origin=mailed_url(request, "/"),
            )
            told = _("%(unit)s has until %(day)s.")
            day = formatting.date(form.cleaned_data["due_on"])
            messages.success(request, told % {"unit": asked.unit.name, "day": day})
            return redirect("reports:submission-detail", *asked.url_args)
    context = {"asked": asked, "round": asked.round, "unit": asked.unit, "form": form, "extension": extension}
    return render(request, "reports/submissions/extension_form.html", context)


def _asked(request: SignedInRequest, period: Period, unit_id: int) -> AskedSubmission:
    """404 for a unit of which no report is expected: it has no due date."""
    asked = asked_submission(request, period, unit_id)
    if not asked.round.expected_units().filter(pk=asked.unit.pk).exists():
        raise Http404
    return asked


@requires(Can.REVIEW_REPORTS)
@require_POST
@page_is("reports:extension-edit")
def extension_take_back(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """Let the due date of all hold for the unit again."""
    asked = _asked(request, period, unit_id)
    actions.take_back_extension(
        extension=get_object_or_404(Extension, round=asked.round, unit=asked.unit),
        revision=revision_in(request),
        by=request.user,
        now=timezone.now(),
        origin=mailed_url(request, "/"),
    )
    messages.success(request, _("The extension has been taken back."))
    return redirect("reports:submission-detail", *asked.url_args)
