"""The talk at the places of a report: a reviewer comments, either side answers and settles."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cluster_portal.addresses import mailed_url
from cluster_portal.keeping import page_is
from cluster_portal.periods import Period
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, allowed, requires
from reports.models import IssuedDocument, ReviewComment
from reports.submissions import actions
from reports.submissions.catalogue import Catalogue
from reports.submissions.forms.comments import AnswerForm, CommentOnForm
from reports.submissions.reading import place_labels
from reports.submissions.talk import Talk, may_be_talked_about
from reports.submissions.views._asked_submission import AskedSubmission, asked_submission


@requires(Can.REVIEW_REPORTS)
def comment_add(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """Comment on the place `?at=` names by its field, or on one that is chosen."""
    asked = asked_submission(request, period, unit_id)
    if asked.submission is None:
        raise Http404
    places = _places(asked)
    form = CommentOnForm(request.POST or None, places=places, about=request.GET.get("at", ""))
    if request.method == "POST" and form.is_valid():
        field = form.cleaned_data["field"]
        with show_refusals(form):
            comment = actions.comment_on(
                submission=asked.submission,
                field=field,
                label=_kept_label(asked, field),
                text=form.cleaned_data["text"],
                by=request.user,
                now=timezone.now(),
            )
            messages.success(request, _("The comment stands at “%(place)s”.") % {"place": comment.label})
            return redirect(f"{asked.submission.get_absolute_url()}#comment-{comment.pk}")
    context = {"asked": asked, "round": asked.round, "unit": asked.unit, "form": form}
    return render(request, "reports/submissions/comment_add.html", context, status=422 if form.errors else 200)


def _places(asked: AskedSubmission) -> dict[str, str]:
    """What the newest version has, by the form's field; 404 where nothing was sent yet."""
    version = asked.submission.versions.order_by("number").last() if asked.submission else None
    if version is None:
        raise Http404
    content = version.content()
    codes = frozenset({*content.categories, *content.indicators})
    return place_labels(Catalogue.load(period=asked.round.period, including=codes))


def _kept_label(asked: AskedSubmission, field: str) -> str:
    """What a place is called for everybody who reads the comment, whichever language its writer has chosen."""
    with translation.override(settings.LANGUAGE_CODE):
        return _places(asked)[field]


def _comment(request: SignedInRequest, comment_id: int) -> ReviewComment:
    visible = ReviewComment.objects.visible_to(request.user).with_answers()
    visible = visible.select_related("version__submission__round", "version__submission__unit", "written_by")
    return get_object_or_404(visible, pk=comment_id)


def may_talk(request: SignedInRequest) -> bool:
    """The unit and the secretariat talk; the chair reads along."""
    return allowed(request.user, Can.FILL_REPORTS) or allowed(request.user, Can.REVIEW_REPORTS)


@requires(Can.SEE_REPORTS)
def comment_detail(request: SignedInRequest, comment_id: int) -> HttpResponse:
    """A comment with what was answered, and a field for an answer while the report isn't accepted."""
    comment = _comment(request, comment_id)
    submission = comment.version.submission
    is_open = may_be_talked_about(submission, IssuedDocument.objects.locking(submission.round.period).first())
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        if not may_talk(request):
            raise PermissionDenied
        if form.is_valid():
            with show_refusals(form):
                actions.answer_comment(
                    comment=comment,
                    text=form.cleaned_data["text"],
                    is_settled=form.is_settled,
                    by=request.user,
                    now=timezone.now(),
                    origin=mailed_url(request, "/"),
                )
                messages.success(
                    request, _("The comment has been settled.") if form.is_settled else _("The answer has been sent.")
                )
                return redirect(f"{submission.get_absolute_url()}#comment-{comment.pk}")
    context = {
        "talk": Talk.of(comment),
        "round": submission.round,
        "unit": submission.unit,
        "form": form,
        "may_answer": (may_talk(request) and is_open) or form.errors,
    }
    return render(request, "reports/submissions/comment_detail.html", context, status=422 if form.errors else 200)


@requires(Can.FILL_REPORTS)
@require_POST
@page_is("reports:comment-detail")
def comment_open(request: SignedInRequest, comment_id: int) -> HttpResponse:
    """Open a comment again that was taken for settled."""
    comment = _comment(request, comment_id)
    actions.open_comment(comment=comment, by=request.user, now=timezone.now())
    messages.success(request, _("The comment is open again."))
    return redirect(f"{comment.version.submission.get_absolute_url()}#comment-{comment.pk}")
