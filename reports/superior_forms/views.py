"""Forms of whom the office reports to: uploaded, bound to figures, filled in with those of a period."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cluster_portal.files import word
from cluster_portal.files.office_forms import asking
from cluster_portal.files.sending import send_file, sends_file
from cluster_portal.periods import Period
from cluster_portal.text import file_stem
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.infrastructure.refusals import Refused
from members.models import Cluster
from reports.comparison import sources
from reports.comparison.asked import asked_summary
from reports.comparison.period_states import states_of
from reports.comparison.summarise import summarise
from reports.documents.forms.draft_text import FigureRowForm
from reports.files import workbook_file
from reports.models import FormBinding, SuperiorForm
from reports.prose.reference_labels import label
from reports.prose.references import References
from reports.superior_forms import actions
from reports.superior_forms.filling import FilledPlace, fill_places, values_of
from reports.superior_forms.forms import BindingForm, CellForm, UploadForm
from reports.superior_forms.places import grids, lack_of_place

CONTENT_TYPES = {"xlsx": workbook_file.CONTENT_TYPE, "docx": word.CONTENT_TYPE}


@requires(Can.ISSUE_DOCUMENTS)
def superior_form_list(request: SignedInRequest) -> HttpResponse:
    """All forms, and the upload of another."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        with show_refusals(form):
            stored = actions.upload_form(
                name=form.cleaned_data["name"],
                content=file.read(),
                file_name=file_stem(file.name, "bieu-mau", longest=115),
                by=request.user,
                now=timezone.now(),
            )
            messages.success(request, _("The form is kept. Now say which figure belongs where."))
            return redirect(stored)
    found = SuperiorForm.objects.defer("content", "outline").select_related("uploaded_by")
    context = {"form": form, "forms": found.prefetch_related("bindings")}
    status = 422 if form.errors else 200
    return render(request, "reports/superior_forms/superior_form_list.html", context, status=status)


@requires(Can.ISSUE_DOCUMENTS)
def superior_form_detail(request: SignedInRequest, superior_form_id: int) -> HttpResponse:
    """The form's places, and which of them are bound."""
    superior_form = _form(superior_form_id)
    cell_form = CellForm(request.GET if "cell" in request.GET else None, form=superior_form)
    if superior_form.is_excel and cell_form.is_valid():
        return redirect(_bind_url(superior_form, cell_form.place))
    references = _references_now()
    bound = {row.place: label(references, row.address) or row.address for row in superior_form.bindings.all()}
    context = {
        "superior_form": superior_form,
        "bound": bound,
        "places": [(name, shown, bound.get(name, "")) for name, shown in superior_form.places.items()],
        "sheets": grids(superior_form, bound),
        "cell_form": cell_form,
        "periods": sources.reported_periods(),
    }
    status = 422 if cell_form.errors else 200
    return render(request, "reports/superior_forms/superior_form_detail.html", context, status=status)


def _form(pk: int) -> SuperiorForm:
    """The form; its file, up to 5 MB, is fetched where it is sent or filled in."""
    return get_object_or_404(SuperiorForm.objects.defer("content"), pk=pk)


def _references_now() -> References:
    """The figures a place can be bound to, as they stand in the newest period that is complete, or that has any."""
    periods = sources.reported_periods()
    newest = states_of(periods).newest_complete() or next(iter(periods), None)
    now = Period.half_containing(timezone.localdate(), Cluster.get().cut_off_rule)
    return References(summarise(current=newest or now))


def _bind_url(superior_form: SuperiorForm, place: str) -> str:
    return f"{reverse('reports:superior-form-bind', args=[superior_form.pk])}?{urlencode({'place': place})}"


@requires(Can.ISSUE_DOCUMENTS)
def superior_form_bind(request: SignedInRequest, superior_form_id: int) -> HttpResponse:
    """Choose the figure of one place, from the list that the editor of texts has."""
    superior_form, place = _form(superior_form_id), request.GET.get("place", "")
    if lack := lack_of_place(superior_form, place):
        raise Refused(lack, about=superior_form)
    binding = superior_form.bindings.filter(place=place).first()
    references = _references_now()
    row_form = FigureRowForm({"row": request.GET.get("row") or _row_of(binding)}, references=references)
    row = row_form.cleaned_data["row"] if row_form.is_valid() else ""
    usual = FormBinding.WrittenAs.NUMBER if superior_form.is_excel else FormBinding.WrittenAs.WORDS
    initial = {"address": binding.address, "written_as": binding.written_as} if binding else {"written_as": usual}
    form = BindingForm(request.POST or None, initial=initial, references=references, row=row)
    if form.is_valid():
        with show_refusals(form):
            actions.bind_place(
                form=superior_form, place=place, **form.cleaned_data, by=request.user, now=timezone.now()
            )
            messages.success(request, _("The place is bound."))
            return redirect(superior_form)
    context = {"superior_form": superior_form, "place": place, "row_form": row_form, "form": form, "binding": binding}
    status = 422 if form.errors else 200
    return render(request, "reports/superior_forms/superior_form_bind.html", context, status=status)


def _row_of(binding: FormBinding | None) -> str:
    """Whose figure is bound: the address without measure and form."""
    if binding is None:
        return "total"
    first, *rest = binding.address.split(".")
    return first if first in ("total", "coverage") or not rest else f"{first}.{rest[0]}"


@requires(Can.ISSUE_DOCUMENTS)
@require_POST
def superior_form_unbind(request: SignedInRequest, superior_form_id: int) -> HttpResponse:
    superior_form = _form(superior_form_id)
    place = request.POST.get("place", "")
    actions.unbind_place(form=superior_form, place=place, by=request.user, now=timezone.now())
    messages.success(request, _("The place is no longer bound."))
    return redirect(superior_form)


@requires(Can.ISSUE_DOCUMENTS)
def superior_form_remove(request: SignedInRequest, superior_form_id: int) -> HttpResponse:
    """Take the form away, after asking."""
    superior_form = _form(superior_form_id)
    if request.method != "POST":
        return render(request, "reports/superior_forms/superior_form_remove.html", {"superior_form": superior_form})
    actions.remove_form(form=superior_form, by=request.user, now=timezone.now())
    messages.success(request, _("The form has been removed."))
    return redirect("reports:superior-form-list")


@requires(Can.ISSUE_DOCUMENTS)
@sends_file
def superior_form_original(request: SignedInRequest, superior_form_id: int) -> HttpResponseBase:
    """The form as it was uploaded."""
    superior_form = _form(superior_form_id)
    content_type = CONTENT_TYPES[superior_form.kind]
    return send_file(bytes(superior_form.content), name=superior_form.file_name, content_type=content_type)


def _places(request: SignedInRequest, superior_form: SuperiorForm, period: Period) -> list[FilledPlace]:
    """What the period puts where. Raises `Http404` for a part of the cluster: forms are of the whole of it."""
    summary = asked_summary(request, period)
    if not summary.scope.is_whole:
        raise Http404
    return fill_places(superior_form.bindings.all(), References(summary))


@requires(Can.ISSUE_DOCUMENTS)
def superior_form_fill(request: SignedInRequest, superior_form_id: int, period: Period) -> HttpResponse:
    """What will be filled in with the figures of the period, and what can't be."""
    superior_form = _form(superior_form_id)
    places = _places(request, superior_form, period)
    bound = {filled.place for filled in places}
    context = {
        "superior_form": superior_form,
        "period": period,
        "filled": [filled for filled in places if not filled.lack],
        "partial": [filled for filled in places if filled.known],
        "lacking": [filled for filled in places if filled.lack],
        "unbound": [name for name in superior_form.places if name not in bound],
    }
    return render(request, "reports/superior_forms/superior_form_fill.html", context)


@requires(Can.ISSUE_DOCUMENTS)
@sends_file
def superior_form_file(request: SignedInRequest, superior_form_id: int, period: Period) -> HttpResponseBase:
    """The form with the figures of the period in its places."""
    superior_form = _form(superior_form_id)
    values = values_of(_places(request, superior_form, period), in_excel=superior_form.is_excel)
    try:
        filled = asking.fill(bytes(superior_form.content), values)
    except asking.UnusableForm as unusable:
        raise Refused(str(unusable), about=superior_form) from unusable
    name = f"{file_stem(superior_form.file_name, 'bieu-mau')}-{period}.{superior_form.kind}"
    return send_file(filled.content, name=name, content_type=CONTENT_TYPES[superior_form.kind])
