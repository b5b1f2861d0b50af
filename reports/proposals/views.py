"""Units' proposals: listed, entered from their reports, answered; a liaison reads the own unit's."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cluster_portal.door import number_in
from cluster_portal.periods import Period
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, allowed, requires
from reports.models import Proposal, ReportingRound, SubmissionVersion
from reports.proposals import actions
from reports.proposals.forms import AnswerForm, ProposalFilter
from reports.proposals.texts import written_proposals

PROPOSALS_A_PAGE = 50


@requires(Can.SEE_REPORTS)
def proposal_list(request: SignedInRequest) -> HttpResponse:
    form = ProposalFilter(request.GET, by=request.user)
    context = {
        "form": form,
        "page": Paginator(form.found(), PROPOSALS_A_PAGE).get_page(request.GET.get("page")),
        "filtered": any(request.GET.get(name) for name in form.fields),
        "round": ReportingRound.objects.first(),
    }
    return render(request, "reports/proposals/proposal_list.html", context)


@requires(Can.ANSWER_PROPOSALS)
def proposal_texts(request: SignedInRequest, period: Period) -> HttpResponse:
    """What the units wrote in the half-year, to be entered by a click."""
    opened = get_object_or_404(ReportingRound, period=period)
    context = {"round": opened, "texts": written_proposals(period)}
    return render(request, "reports/proposals/proposal_texts.html", context)


@requires(Can.ANSWER_PROPOSALS)
@require_POST
def proposal_take(request: SignedInRequest, period: Period) -> HttpResponse:
    """Enter one sentence or paragraph; then the same page again, at the same unit."""
    found = SubmissionVersion.objects.filter(submission__round__period=period).select_related("submission__unit")
    version = get_object_or_404(found, pk=number_in(request.POST.get("version"), otherwise=0))
    actions.take_proposal(version=version, place=request.POST.get("place", ""), by=request.user, now=timezone.now())
    messages.success(request, _("Entered as a proposal of %(unit)s.") % {"unit": version.submission.unit})
    return redirect(f"{reverse('reports:proposal-texts', args=[period])}#version-{version.pk}")


@requires(Can.SEE_REPORTS)
def proposal_detail(request: SignedInRequest, proposal_id: int) -> HttpResponse:
    """The proposal with its source and answer; who answers proposals does so here."""
    visible = Proposal.objects.visible_to(request.user).with_sources()
    proposal = get_object_or_404(visible, pk=proposal_id)
    form = None
    if allowed(request.user, Can.ANSWER_PROPOSALS):
        form = AnswerForm(request.POST or None, instance=get_object_or_404(Proposal, pk=proposal_id))
        if form.is_valid():
            with show_refusals(form):
                actions.answer_proposal(
                    proposal=proposal,
                    **form.values,
                    revision=form.cleaned_data["revision"] or 0,
                    by=request.user,
                    now=timezone.now(),
                )
                messages.success(request, _("The proposal has been saved."))
                return redirect("reports:proposal-list")
    context = {"proposal": proposal, "form": form, "may_remove": proposal.state == Proposal.State.NEW}
    return render(
        request, "reports/proposals/proposal_detail.html", context, status=422 if form and form.errors else 200
    )


@requires(Can.ANSWER_PROPOSALS)
@require_POST
def proposal_remove(request: SignedInRequest, proposal_id: int) -> HttpResponse:
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user), pk=proposal_id)
    actions.remove_proposal(proposal=proposal, by=request.user, now=timezone.now())
    messages.success(request, _("The proposal has been taken out; the unit's report keeps the sentence."))
    return redirect("reports:proposal-list")
