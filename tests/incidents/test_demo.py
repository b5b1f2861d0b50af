"""The sample cases: marked as such, and never more than the sample reports state."""

from cluster_portal.privacy import find_identifiers
from incidents.models import Incident
from reports.models import ReportingRound, Submission
from reports.submissions.board import build_board
from reports.submissions.register import Register
from tests.support.factories import NOW


def test_the_sample_reports_fit_the_sample_register(sample):
    assert Incident.objects.count() == 200
    for submission in Submission.objects.accepted().select_related("round", "unit", "accepted_version"):
        register = Register.of(submission.unit, submission.round)
        content = submission.accepted_version.content()
        stated = {  # blank in the sample is only what its category doesn't ask
            code: {measure: value for measure, value in content.categories[code].values.items() if value is not None}
            for code in register.values
        }
        lacking = {code: register.lacking(code, stated[code]) for code in register.values}
        assert not any(lacking.values()), (submission, lacking)
    newest = build_board(ReportingRound.objects.first(), today=NOW.date())
    assert 0 < newest.registered < sum(row.reported or 0 for row in newest.rows)


def test_every_sample_case_is_marked_and_names_nobody(sample):
    for incident in Incident.objects.all():
        assert incident.narrative.startswith("(Dữ liệu mẫu)")
        assert not find_identifiers(f"{incident.narrative} {incident.handling} {incident.place}")
