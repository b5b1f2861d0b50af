"""Accepted reports to arrange a test with, and what is read back."""

from django.core.files.base import ContentFile

from cluster_portal.periods import Period
from reports.content import MEASURES, CategoryFigures, IndicatorFigure, Measure, SubmissionContent
from reports.models import Attachment, Proposal, ReportingRound, ReviewComment
from reports.submissions import actions
from reports.submissions.figure_import import ImportedSubmission
from tests.support.factories import NOW, RoundFactory, UserFactory

THEFT, DRUGS, TRAFFIC = "trom-cap-tai-san", "ma-tuy", "tai-nan-giao-thong"
PATROLS = "buoi-tuan-tra"


def the_round(period):
    period = Period.parse(period)
    return ReportingRound.objects.filter(period=period).first() or RoundFactory(period=period)


def accepted_report(unit, period, categories=None, indicators=None):
    """An accepted report: `categories` is code → cases, or code → {measure: value}."""
    content = SubmissionContent(
        categories={code: CategoryFigures(_values(given)) for code, given in (categories or {}).items()},
        indicators={code: IndicatorFigure(value) for code, value in (indicators or {}).items()},
    )
    report = ImportedSubmission(unit, the_round(period).period, content)
    return actions.import_figures(reports=[report], by=None, now=NOW)[0]


def comment_on(report):
    """What a reviewer said about the report."""
    return ReviewComment.objects.create(
        version=report.versions.get(), field="section__tasks", label="IV. Phương hướng, nhiệm vụ",
        text="Nêu rõ thời hạn.", written_at=NOW, written_by=UserFactory(),
    )  # fmt: skip


def proposal_of(report, text="Đề nghị lắp đèn đường."):
    """What the unit asks for in its report."""
    return Proposal.objects.create(
        unit=report.unit, period=report.round.period, version=report.versions.get(), text=text, taken_at=NOW
    )


def attachment_of(report):
    """A photograph that went along with the report."""
    row = Attachment(
        submission=report, kind="jpg", name="anh.jpg", size=3, sha256="0" * 64, added_at=NOW, added_by=UserFactory()
    )
    row.file.save("anh.jpg", ContentFile(b"jpg"))
    row.versions.set(report.versions.all())
    return row


def close_early(period="2022-H1"):
    """Let figures be used although not all have reported."""
    ReportingRound.objects.filter(period=Period.parse(period)).update(closed_at=NOW, close_reason="Còn thiếu báo cáo")


def _values(given):
    named = given if isinstance(given, dict) else {"cases": given}
    return {measure: named.get(measure.value) for measure in MEASURES}


def pair(figures, measure=Measure.CASES):
    return figures[measure].current, figures[measure].base


def row(rows, **wanted):
    """The one row with these attributes."""
    (found,) = [item for item in rows if all(getattr(item, name) == value for name, value in wanted.items())]
    return found
