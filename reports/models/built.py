"""What this floor has built on units, lead terms and meetings, by the names people know."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from cluster_portal.periods import Period
from meetings.dated_papers import DatedPaper, tells_of_papers
from meetings.models import Meeting
from members.infrastructure.undoing import builds_on
from members.models import LeadTerm, UnitSuccession
from reports.models.issued import AFTER_MEETINGS, IssuedDocument, Kind
from reports.models.submissions import ReportingRound, Submission


@builds_on(UnitSuccession)
def built_on_succession(succession: UnitSuccession) -> Iterator[str]:
    """Reports of the successor on days after it took over, and documents that count it."""
    rounds = ReportingRound.objects.filter(ends_on__gte=succession.on)
    reports = Submission.objects.filter(round__in=rounds, unit=succession.successor_id).select_related("round", "unit")
    for report in reports.order_by("round__period"):
        named = {"unit": report.unit, "period": report.round.period.label}
        yield _("the report of %(unit)s for the %(period)s") % named
    periods = {period for half in rounds.values_list("period", flat=True) for period in (half, Period(half.year))}
    documents = IssuedDocument.objects.filter(kind=Kind.REPORT, period__in=periods).in_order()
    yield from documents.values_list("notation", flat=True)


@tells_of_papers
def papers_told(meeting: Meeting) -> Iterator[DatedPaper]:
    """What tells of the meeting's course and stands: who begins a correction may set its day right."""
    found = IssuedDocument.objects.filter(meeting=meeting, kind__in=AFTER_MEETINGS)
    for document in found.in_force().filter(corrections__isnull=True).in_order():
        yield DatedPaper(f"{document.get_kind_display()} {document.notation}", document.issued_on)


@builds_on(LeadTerm)
def built_on_lead_term(term: LeadTerm) -> Iterator[str]:
    """What the cluster has issued while this unit led it."""
    if term.role != LeadTerm.Role.LEAD:
        return
    until = Q(issued_on__lte=term.ends_on) if term.ends_on else Q()
    documents = IssuedDocument.objects.filter(until, issued_on__gte=term.starts_on).in_order()
    yield from documents.values_list("notation", flat=True)
