"""The library: papers of others, listed, read, kept by the secretariat."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.files.sending import send_file, sends_file
from meetings.uploads import CONTENT_TYPES
from members.asking import ask_first
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.library import actions
from reports.library.forms import LibraryFilter, LibraryForm
from reports.models import LibraryPaper

PAPERS_A_PAGE = 50


@requires(Can.READ_LIBRARY)
def library_list(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    form = LibraryFilter(request.GET)
    visible = LibraryPaper.objects.visible_to(request.user)
    found = form.found(visible, today=today)
    page = Paginator(found, PAPERS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [(paper, paper.state_on(today)) for paper in page],
        "filtered": any(request.GET.get(name) for name in form.fields),
        "has_others": not page.object_list and visible.exists(),
    }
    return render(request, "reports/library/library_list.html", context)


def _paper(request: SignedInRequest, paper_id: int) -> LibraryPaper:
    return get_object_or_404(LibraryPaper.objects.visible_to(request.user).in_order(), pk=paper_id)


@requires(Can.READ_LIBRARY)
def library_detail(request: SignedInRequest, library_id: int) -> HttpResponse:
    """The paper; of those it superseded, and of its successor, what the reader may read."""
    paper = _paper(request, library_id)
    visible = LibraryPaper.objects.visible_to(request.user)
    context = {
        "paper": paper,
        "state": paper.state_on(timezone.localdate()),
        "successor": visible.filter(pk=paper.superseded_by_id or 0).first(),
        "superseded": visible.filter(superseded_by=paper).in_order(),
    }
    return render(request, "reports/library/library_detail.html", context)


@requires(Can.READ_LIBRARY)
@sends_file
def library_file(request: SignedInRequest, library_id: int) -> HttpResponseBase:
    paper = _paper(request, library_id)
    suffix = paper.file_name.rpartition(".")[2]
    return send_file(paper.file.open(), name=paper.file_name, content_type=CONTENT_TYPES[suffix])


@requires(Can.MANAGE_LIBRARY)
def library_add(request: SignedInRequest) -> HttpResponse:
    form = LibraryForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            paper = actions.add_paper(
                values=form.values, file=form.cleaned_data["upload"], by=request.user, now=timezone.now()
            )
            messages.success(request, _("The paper has been added to the library."))
            return redirect(paper)
    return render(request, "reports/library/library_form.html", {"form": form}, status=422 if form.errors else 200)


@requires(Can.MANAGE_LIBRARY)
def library_edit(request: SignedInRequest, library_id: int) -> HttpResponse:
    paper = _paper(request, library_id)
    form = LibraryForm(request.POST or None, request.FILES or None, instance=_paper(request, library_id))
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            actions.change_paper(
                paper=paper, **form.edit, file=form.cleaned_data["upload"], by=request.user, now=timezone.now()
            )
            messages.success(request, _("The paper has been saved."))
            return redirect(paper)
    context = {"form": form, "paper": paper}
    return render(request, "reports/library/library_form.html", context, status=422 if form.errors else 200)


@requires(Can.MANAGE_LIBRARY)
def library_remove(request: SignedInRequest, library_id: int) -> HttpResponse:
    """Ask first, then take the paper out."""
    paper = _paper(request, library_id)
    if request.method != "POST":
        sentence = _("The paper and its file are removed for good. A paper that is outdated is better superseded.")
        heading, back = _("Remove the paper"), paper.get_absolute_url()
        return ask_first(request, heading=heading, sentence=sentence, back=back, about=str(paper), is_grave=True)
    actions.remove_paper(paper=paper, by=request.user, now=timezone.now())
    messages.success(request, _("The paper has been removed."))
    return redirect("reports:library-list")
