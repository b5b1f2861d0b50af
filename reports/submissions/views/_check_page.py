"""The page on which a report is looked through before it is sent, for every view that answers with it."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from members.infrastructure.capabilities import SignedInRequest
from reports.submissions import actions, reading
from reports.submissions.forms.submission import SubmissionForm
from reports.submissions.forms.window import was_of
from reports.submissions.printed import PrintedReport
from reports.submissions.views._asked_submission import AskedSubmission
from reports.submissions.views._printing import as_printed
from reports.submissions.views._report_form import form_of, show_joined


def stored_form(asked: AskedSubmission) -> SubmissionForm:
    """What was typed, as it is stored, judged as if it were sent."""
    data = QueryDict(mutable=True)
    data["partial"] = "1"
    if asked.submission:
        data.update({"revision": str(asked.submission.revision), "was": was_of(asked.submission.typed)})
    form = _looked_through(asked, data)
    form.full_clean()
    return form


def _looked_through(asked: AskedSubmission, data: QueryDict) -> SubmissionForm:
    """The whole report is judged; the declaration is asked for when it is sent."""
    form = form_of(asked, data, complete=True)
    form.fields["declared"].required = False
    return form


def is_checked_in(request: SignedInRequest) -> bool:
    """Whether the report comes from the page on which it is looked through, and not from the form itself."""
    return "partial" in request.POST


def check_joined(
    request: SignedInRequest, asked: AskedSubmission, joined: actions.Joined, *, status: int = 200
) -> HttpResponse:
    """The page again, with what it sent and what was saved elsewhere meanwhile.

    Status 409: that is why it isn't sent, which is told even where nothing contradicts.
    """
    form = _looked_through(asked, request.POST)
    form.mask(request.POST.get("mask", ""))
    show_joined(form, joined)
    if status == 409 and not joined.conflicts:
        form.show_conflict(joined.submission, ())
    return check_page(request, asked, form, status=status)


def check_page(
    request: SignedInRequest, asked: AskedSubmission, form: SubmissionForm, *, status: int = 200
) -> HttpResponse:
    """What is wrong, what is to be explained, and the report as it will print."""
    warnings = form.answers
    faults = [(told, fields) for told, fields in form.error_summary if fields and fields != [form["declared"]]]
    context = {
        "asked": asked,
        "round": asked.round,
        "unit": asked.unit,
        "form": form,
        "faults": faults,
        "warnings": warnings,
        "attachments": asked.submission.attachments.current() if asked.submission else (),
        "open_talks": [each.talk for each in form.open_talks],
        "here": {warning.answer.name for warning in warnings},
        "printed": as_it_prints(asked, form),
    }
    return render(request, "reports/submissions/submission_check.html", context, status=status)


def as_it_prints(asked: AskedSubmission, form: SubmissionForm) -> PrintedReport:
    content = form.content()
    report = reading.read(content, base=form.base, previous=None, catalogue=form.catalogue, last_half=form.last_half)
    return as_printed(asked, report, content=content, base=form.base, is_draft=True)
