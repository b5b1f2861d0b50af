"""The report from a file, in the flow of tables: the portal's own workbook, or any sheet with such heads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial

from django.http import HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cluster_portal.files.sending import send_file, sends_file
from cluster_portal.files.spreadsheets import XLSX
from cluster_portal.periods import Period
from cluster_portal.tables.layout import Table
from cluster_portal.tables.reading import Read, Reading
from members.importing.kinds import Created, ImportKind, NextStep, Question, Storing
from members.importing.masking import mask_book
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.infrastructure.refusals import Refused
from members.models import User
from reports.submissions import actions
from reports.submissions.forms.submission import SubmissionForm
from reports.submissions.report_import import FREE_TEXT, Change, Draft, check_report
from reports.submissions.report_workbook import FIGURES, TEXTS, write_report_workbook
from reports.submissions.steps import WHOLE
from reports.submissions.views._asked_submission import AskedSubmission, asked_submission, require_open
from reports.submissions.views._report_form import form_of


def _address(asked: AskedSubmission) -> str:
    return f"{asked.round.period} {asked.unit.pk}"


@requires(Can.FILL_REPORTS)
@sends_file
def submission_workbook_file(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponseBase:
    """What was typed as a workbook, to go on with elsewhere."""
    asked = asked_submission(request, period, unit_id)
    return send_file(_workbook(asked), name=f"bao-cao-{period}-{asked.unit.pk}.xlsx", content_type=XLSX)


def _workbook(asked: AskedSubmission) -> bytes:
    form = form_of(asked)
    return write_report_workbook(address=_address(asked), typed=form.stored, catalogue=form.catalogue)


def report_import(request: SignedInRequest, period: Period, unit_id: int) -> ImportKind:
    """The import into the report that the address names."""
    asked = asked_submission(request, period, unit_id)
    round_, unit = asked.round, asked.unit

    def check(table: Table, _by: User | None, _today: dt.date) -> Reading[Change]:
        return check_report(table, _draft(asked))

    def store(reading: Reading[Change], storing: Storing) -> Created:
        start = form_of(asked).stored
        rows = [{name: (each.before[name], text) for name, text in each.texts.items()} for each in reading.things]
        return list(actions.read_in(round_=round_, unit=unit, rows=rows, start=start, by=storing.by, now=storing.now))

    def next_steps(_created: Created) -> list[NextStep]:
        address = reverse("reports:submission-edit", args=asked.url_args)
        return [NextStep(_("The report isn't sent yet: look it through, then send it."), _("To the report"), address)]

    return ImportKind(
        table=TEXTS,
        further=(FIGURES,),
        prefix="reports:submission-workbook",
        home="reports:submission-edit",
        home_title=_("Report of %(unit)s") % {"unit": unit.short_name},
        title=gettext_lazy("Fill in with Excel"),
        hint=_(
            "Download the draft, fill it in with Excel, then upload it here; a sheet of the unit's own with such heads "
            "will do. What was typed in the portal meanwhile is kept; only what both changed is asked about."
        ),
        check=check,
        store=store,
        undo=partial(actions.take_out, round_=round_, unit=unit),
        told=lambda count: ngettext(
            "%(count)d row was read into the draft.", "%(count)d rows were read into the draft.", count
        ) % {"count": count},
        example={},
        lists=dict,
        file_name=f"bao-cao-{period}-{unit.pk}",
        mask=partial(mask_book, free_text=FREE_TEXT),
        question=DISPUTED,
        next_steps=next_steps,
        url_args={"period": period, "unit_id": unit.pk},
        workbook=partial(_workbook, asked),
    )  # fmt: skip


def _draft(asked: AskedSubmission) -> Draft:
    form = form_of(asked)
    return Draft(_address(asked), form.catalogue, form.stored, partial(_form_with, asked), _refusal(asked))


def _refusal(asked: AskedSubmission) -> str:
    """Why the report takes nothing any more, or ""."""
    try:
        require_open(asked)
    except Refused as refusal:
        return refusal.sentence
    return ""


def _form_with(asked: AskedSubmission, texts: Mapping[str, str]) -> SubmissionForm:
    """The form as if a window had sent these texts and nothing else."""
    data = QueryDict(mutable=True)
    data.update({**texts, "partial": "1", "step": WHOLE})
    data["revision"] = str(asked.submission.revision if asked.submission else 0)
    return form_of(asked, data)


def _told(read: Read[Change]) -> str:
    change = read.thing
    assert change is not None  # noqa: S101 – asked about are rows with a change
    sides = [_("portal “%(portal)s”, file “%(file)s”") % {"portal": change.before[name], "file": change.texts[name]}
             for name in change.disputed]  # fmt: skip
    return _("Take “%(name)s” from the file: %(sides)s") % {"name": change.name, "sides": "; ".join(sides)}


def _counted(new: int, asked: int) -> str:
    told = _("%(new)d rows change, %(asked)d were changed in the portal as well. Nothing is stored yet.")
    return told % {"new": new, "asked": asked}


DISPUTED = Question(
    title=gettext_lazy("Changed in the portal as well"),
    lead=gettext_lazy(
        "In these rows portal and file both changed a cell after the download. The portal's stays, except in rows "
        "ticked here; what only the file changed is read in any case."
    ),
    is_asked=lambda change: bool(change.disputed),
    told=_told,
    counted=_counted,
    rest=lambda change: change.undisputed,
)
