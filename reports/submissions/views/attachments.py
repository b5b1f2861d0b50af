"""What goes along with a report: photographs and scans, added by the unit, looked at by the secretariat."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cluster_portal.files.sending import PDF, send_file, sends_file, show_picture
from cluster_portal.keeping import page_is
from cluster_portal.periods import Period
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.models import Attachment
from reports.submissions import actions
from reports.submissions.forms.attachments import AttachmentsForm
from reports.submissions.views._asked_submission import asked_submission, require_open


@requires(Can.FILL_REPORTS)
def attachment_list(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """What goes along with the report when it is sent next; if one file can't be taken, none is."""
    asked = asked_submission(request, period, unit_id)
    if request.method == "POST":
        require_open(asked)
    if asked.submission is None or not asked.is_open:
        return redirect("reports:submission-detail", *asked.url_args)
    form = AttachmentsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            actions.attach(
                submission=asked.submission, files=form.cleaned_data["uploads"], by=request.user, now=timezone.now()
            )
            messages.success(request, _("The files have been added."))
            return redirect("reports:attachment-list", *asked.url_args)
    context = {
        "round": asked.round,
        "unit": asked.unit,
        "attachments": asked.submission.attachments.current(),
        "form": form,
    }
    return render(request, "reports/submissions/attachment_list.html", context, status=422 if form.errors else 200)


def _attachment(request: SignedInRequest, attachment_id: int) -> Attachment:
    visible = Attachment.objects.visible_to(request.user).select_related("submission__round", "submission__unit")
    return get_object_or_404(visible, pk=attachment_id)


@requires(Can.SEE_REPORTS)
@sends_file
def attachment_file(request: SignedInRequest, attachment_id: int) -> HttpResponseBase:
    attachment = _attachment(request, attachment_id)
    content_type = "image/jpeg" if attachment.is_picture else PDF
    return send_file(attachment.file.open(), name=attachment.name, content_type=content_type)


@requires(Can.SEE_REPORTS)
def attachment_picture(request: SignedInRequest, attachment_id: int) -> HttpResponseBase:
    """A photograph within the page; of a PDF, the file."""
    attachment = _attachment(request, attachment_id)
    if not attachment.is_picture:
        return redirect("reports:attachment-file", attachment_id)
    return show_picture(attachment.file)


@requires(Can.FILL_REPORTS)
@require_POST
@page_is("reports:attachment-file")
def attachment_remove(request: SignedInRequest, attachment_id: int) -> HttpResponse:
    """Take a file away from what is sent next."""
    attachment = _attachment(request, attachment_id)
    actions.detach(attachment=attachment, by=request.user, now=timezone.now())
    messages.success(request, _("“%(name)s” is no longer attached.") % {"name": attachment.name})
    return redirect("reports:attachment-list", attachment.submission.round.period, attachment.submission.unit_id)
