"""The pages of the flow, for any kind of table; `members.importing.addresses` puts them behind a guard."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.addresses import mailed_url
from cluster_portal.files.sending import send_file, sends_file
from cluster_portal.files.spreadsheets import XLSX
from cluster_portal.tables import workbooks
from cluster_portal.tables.books import read_book, sentence
from cluster_portal.tables.finding import NoTable
from cluster_portal.tables.layout import Choice, Table
from cluster_portal.tables.reading import Fault, Read, Reading
from cluster_portal.tables.refusals import UnreadableFile
from members.importing.actions import choice_of, fingerprint, shape_of, store_table, undo_import
from members.importing.forms import ChoiceForm, ImportFileForm
from members.importing.kinds import ImportKind
from members.importing.shown import by_sheet, shown_rows
from members.importing.waiting import WaitingFile, drop, waiting_file
from members.infrastructure.capabilities import SignedInRequest
from members.infrastructure.refusals import Refused
from members.infrastructure.table_imports import TableImport

_ROWS_A_PAGE = 200
#: Of many faults the page shows the beginning; the file with comments holds them all.
_FAULTS_SHOWN = 200


@dataclass(frozen=True)
class _Checked:
    """A waiting file as it is read now: its table and reading, or why there is none."""

    waiting: WaitingFile
    reading: Reading[Any] | None
    fault: Fault | None = None

    @property
    def faults(self) -> tuple[Fault, ...]:
        return self.reading.faults if self.reading else (self.fault,) if self.fault else ()


def upload(request: SignedInRequest, kind: ImportKind) -> HttpResponse:
    """Read a file; one with faults is shown with them at once."""
    form = ImportFileForm(request.POST or None, request.FILES or None, can_mask=kind.mask is not None)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            waiting = _read(kind, form.cleaned_data["file"], masks=bool(form.cleaned_data.get("mask")))
        except UnreadableFile as refused:
            form.add_error("file", sentence(refused))
            faults = (Fault(sentence(refused)),)
        else:
            waiting.keep(request, kind.key)
            checked = _check(request, kind, waiting)
            return _preview(request, kind, checked) if checked.faults else redirect(kind.url("preview"))
    earlier = TableImport.objects.filter(kind=kind.key).visible_to(request.user).latest_first()[:10]
    context = {"kind": kind, "pages": _pages(kind), "form": form, "faults": faults}
    context["earlier"] = [_linked(kind, stored) for stored in earlier]
    return render(request, "members/importing/upload.html", context)


def _pages(kind: ImportKind) -> dict[str, str]:
    """The addresses of the kind's pages, for the templates."""
    steps = ("preview", "confirm", "template", "faults")
    return {"upload": kind.url(), "home": kind.home_url, **{step: kind.url(step) for step in steps}}


def _linked(kind: ImportKind, stored: TableImport) -> tuple[TableImport, str]:
    return stored, kind.url("stored", import_id=stored.pk)


def _read(kind: ImportKind, file: Any, *, masks: bool) -> WaitingFile:
    """The file as it waits, with the columns that were chosen for one of its shape before."""
    data = file.read()
    book = read_book(data)
    choice = Choice()
    try:
        table = kind.find(book)
    except NoTable:
        table = None
    if table:
        before = TableImport.objects.filter(shape=shape_of(table)).latest_first().first()
        if before and before.columns:
            choice = choice_of(before.columns, table)
            table = kind.find(book, choice)
    if masks and kind.mask:
        book = kind.mask(book, table)
    return WaitingFile(file.name, hashlib.sha256(data).hexdigest(), book, choice)


def _check(request: SignedInRequest, kind: ImportKind, waiting: WaitingFile) -> _Checked:
    try:
        table = kind.find(waiting.book, waiting.choice)
    except NoTable as missing:
        return _Checked(waiting, None, Fault(str(missing)))
    return _Checked(waiting, kind.check(table, request.user, timezone.localdate()))


def preview(request: SignedInRequest, kind: ImportKind) -> HttpResponse:
    """Every value as it would be stored; what was guessed about the file can be changed here."""
    waiting = waiting_file(request, kind.key)
    if waiting is None:
        return redirect(kind.url())
    if request.method == "POST":
        form = ChoiceForm(request.POST, book=waiting.book, kinds=kind.tables)
        if form.is_valid():
            waiting.with_choice(_joined(waiting.choice, form.choice, kind)).keep(request, kind.key)
            return redirect(kind.url("preview"))
    return _preview(request, kind, _check(request, kind, waiting))


def _joined(before: Choice, choice: Choice, kind: ImportKind) -> Choice:
    """What was said of one sheet, beside what was said of the others that are read with it."""
    if not kind.further:
        return choice
    return Choice(parts=(*(part for part in before.parts if part.sheet != choice.sheet), choice))


def _choice_forms(kind: ImportKind, waiting: WaitingFile, table: Table | None) -> list[ChoiceForm]:
    if table is None or not kind.further:
        return [ChoiceForm(book=waiting.book, kinds=kind.tables, table=table, initial_choice=waiting.choice)]
    return [
        ChoiceForm(book=waiting.book, kinds=kind.tables, table=part, initial_choice=part.choice, auto_id=f"id_{at}_%s")
        for at, part in enumerate(table.whole)
    ]


def _preview(request: SignedInRequest, kind: ImportKind, checked: _Checked) -> HttpResponse:
    reading, waiting = checked.reading, checked.waiting
    table = reading.table if reading else None
    faults = checked.faults
    page = Paginator(shown_rows(reading) if reading else [], _ROWS_A_PAGE).get_page(request.GET.get("page"))
    asked = kind.asked(reading) if reading else []
    new_count = len(reading.things) - len(asked) if reading else 0
    twins = TableImport.objects.filter(kind=kind.key, digest=waiting.digest).standing().visible_to(request.user)
    context = {
        "kind": kind,
        "pages": _pages(kind),
        "file": waiting,
        "forms": _choice_forms(kind, waiting, table),
        "is_unclear": not reading or reading.asks_about_days or any(part.missing for part in reading.table.whole),
        "reading": reading,
        "asks_about_days": bool(reading and reading.asks_about_days),
        "faults": faults[:_FAULTS_SHOWN],
        "more_faults": max(0, len(faults) - _FAULTS_SHOWN),
        "page": page,
        "tables": by_sheet(page.object_list, reading) if reading else (),
        "count": len(reading.rows) if reading else 0,
        **_asked(kind, asked, new_count),
        "new_count": new_count,
        "twins": [_linked(kind, stored) for stored in twins.latest_first()[:1]],
        "fingerprint": fingerprint(reading) if reading else "",
    }
    return render(request, "members/importing/preview.html", context)


def _asked(kind: ImportKind, reads: list[Read[Any]], new_count: int) -> dict[str, Any]:
    """The rows to be ticked, each with its sentence and what it is about."""
    if kind.question is None or not reads:
        return {"asked_count": 0}
    shown = [(read.row.key, kind.question.told(read), kind.question.about(read)) for read in reads[:_ROWS_A_PAGE]]
    return {"asked": shown, "asked_count": len(reads), "counted": kind.question.counted(new_count, len(reads))}


def confirm(request: SignedInRequest, kind: ImportKind) -> HttpResponse:
    """Store what the preview showed, and nothing else."""
    waiting = waiting_file(request, kind.key)
    if waiting is None:
        return redirect(kind.url("preview"))
    checked = _check(request, kind, waiting)
    if checked.reading is None or checked.faults or not checked.reading.things:
        return redirect(kind.url("preview"))
    if request.POST.get("shown", "") not in ("", fingerprint(checked.reading)):
        messages.warning(
            request, _("Another file was chosen, or something has changed since this was shown. Look at it again.")
        )
        return redirect(kind.url("preview"))
    try:
        stored = store_table(
            kind=kind,
            reading=checked.reading,
            file_name=waiting.name,
            digest=waiting.digest,
            wanted=frozenset(request.POST.getlist("wanted")),
            origin=mailed_url(request, "/"),
            by=request.user,
            now=timezone.now(),
        )
    except Refused as refusal:  # somebody else entered something meanwhile: the preview tells what
        messages.warning(request, refusal.sentence)
        return redirect(kind.url("preview"))
    drop(request, kind.key)
    messages.success(request, kind.told(stored.rows))
    return redirect(kind.url("stored", import_id=stored.pk))


@sends_file
def faults(request: SignedInRequest, kind: ImportKind) -> HttpResponseBase:
    """The file's values with a comment in each faulty cell."""
    waiting = waiting_file(request, kind.key)
    if waiting is None:
        return redirect(kind.url())
    checked = _check(request, kind, waiting)
    if checked.reading is None:
        return redirect(kind.url("preview"))
    content = workbooks.with_faults(waiting.book, checked.reading.table, checked.faults)
    return _workbook(content, f"{kind.file_name}-can-sua.xlsx")


@sends_file
def template(_request: SignedInRequest, kind: ImportKind) -> HttpResponseBase:
    title = str(kind.home_title)[:31]
    if kind.workbook:
        return _workbook(kind.workbook(), f"{kind.file_name}.xlsx")
    content = workbooks.template(kind.table, title=title, example=kind.example, lists=kind.lists())
    return _workbook(content, f"{kind.file_name}.xlsx")


def _workbook(content: bytes, name: str) -> HttpResponseBase:
    return send_file(content, name=name, content_type=XLSX)


def stored(request: SignedInRequest, kind: ImportKind, import_id: int) -> HttpResponse:
    """What a file brought, and the way to take it back."""
    found = _stored(request, kind, import_id)
    context = {"kind": kind, "pages": _pages(kind), "stored": found, "told": kind.told(found.rows)}
    context["next_steps"] = () if found.undone_at else kind.next_steps(found.created)
    context["undo"] = kind.url("undo", import_id=found.pk)
    return render(request, "members/importing/stored.html", context)


def undo(request: SignedInRequest, kind: ImportKind, import_id: int) -> HttpResponse:
    found = _stored(request, kind, import_id)
    try:
        undo_import(kind=kind, stored=found, by=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("The import was undone; nothing of it is left."))
    return redirect(kind.url("stored", import_id=found.pk))


def _stored(request: SignedInRequest, kind: ImportKind, import_id: int) -> TableImport:
    mine = TableImport.objects.filter(kind=kind.key).visible_to(request.user)
    return get_object_or_404(mine.latest_first(), pk=import_id)
