"""The catalogue: groups, categories and indicators, editable data."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.models import Category, CategoryGroup
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.models import Indicator
from reports.submissions import actions
from reports.submissions.forms.catalogue import FORMS, EntryForm


@requires(Can.MANAGE_CATALOGUE)
def catalogue(request: SignedInRequest) -> HttpResponse:
    context = {
        "groups": CategoryGroup.objects.all(),
        "categories": Category.objects.in_order(),
        "indicators": Indicator.objects.all(),
    }
    return render(request, "reports/submissions/catalogue.html", context)


@requires(Can.MANAGE_CATALOGUE)
def catalogue_add(request: SignedInRequest, kind: str) -> HttpResponse:
    form_class = _form_class(kind)
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        model = form_class._meta.model
        values = {**form.values, "code": form.new_code(model)}
        with show_refusals(form):
            added = actions.add_to_catalogue(model=model, values=values, by=request.user, now=timezone.now())
            messages.success(request, _("“%(name)s” has been added.") % {"name": added})
            return redirect("reports:catalogue")
    return render(request, "reports/submissions/catalogue_form.html", {"form": form})


@requires(Can.MANAGE_CATALOGUE)
def catalogue_edit(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    form_class = _form_class(kind)
    model = form_class._meta.model
    form = form_class(request.POST or None, instance=get_object_or_404(model, pk=pk))
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            actions.change_catalogue(
                entry=get_object_or_404(model, pk=pk),
                values=form.values,
                revision=form.cleaned_data["revision"],
                by=request.user,
                now=timezone.now(),
            )
            messages.success(request, _("The change has been saved."))
            return redirect("reports:catalogue")
    return render(request, "reports/submissions/catalogue_form.html", {"form": form, "entry": form.instance})


def _form_class(kind: str) -> type[EntryForm]:
    if kind not in FORMS:
        raise Http404
    return FORMS[kind]
