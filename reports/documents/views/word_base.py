"""The base of Word files: the standard one, or the office's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cluster_portal.files import word
from cluster_portal.files.active_content import ActiveContent
from cluster_portal.files.sending import send_file, sends_file
from cluster_portal.files.word_base import UnusableBase, standard_base
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.documents import actions
from reports.documents.forms.documents import WordBaseForm
from reports.models import WordBase


@requires(Can.MANAGE_CLUSTER)
def word_base(request: SignedInRequest) -> HttpResponse:
    """See which base is in use, and put another in its place."""
    form = WordBaseForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.replace_word_base(content=file.read(), name=file.name[:120], by=request.user, now=timezone.now())
        except UnusableBase:
            form.add_error("file", _("This is not a readable Word file (.docx)."))
        except ActiveContent as fault:
            form.add_error("file", str(fault))
        else:
            messages.success(request, _("Word files will be written on this base from now on."))
            return redirect("reports:word-base")
    own = WordBase.objects.defer("content").select_related("uploaded_by").first()
    return render(request, "reports/documents/word_base.html", {"form": form, "own": own})


@requires(Can.MANAGE_CLUSTER)
@sends_file
def word_base_file(request: SignedInRequest) -> HttpResponseBase:
    """The base in use, to be changed in Word."""
    content = WordBase.content_in_use() or standard_base()
    return send_file(content, name="mau-van-ban.docx", content_type=word.CONTENT_TYPE)


@requires(Can.MANAGE_CLUSTER)
@require_POST
def word_base_remove(request: SignedInRequest) -> HttpResponse:
    actions.remove_word_base(by=request.user, now=timezone.now())
    messages.success(request, _("The standard base is in use again."))
    return redirect("reports:word-base")
