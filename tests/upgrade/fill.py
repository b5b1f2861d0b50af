"""Runs in the tree of commit fa51f2c, on an empty database: its sample, and documents in every state.

It knows the modules as they were called then, and is to change with the commit that
`.ci/check-upgrade` starts from, never with the tree.
"""

# ruff: noqa: E402, I001
import os

os.environ["DJANGO_SETTINGS_MODULE"] = "cluster_portal.settings"

import django

django.setup()

from django.core.management import call_command
from meetings.models import Meeting
from members.models import Unit, User
from reports.documents import actions
from reports.documents.models import Kind
from reports.models import Submission
from tests.documents import issue, issued_report, prepared_draft, quick_files, signed_off_draft
from tests.factories import NOW
from tests.meetings import award_of, photo_of, planned_meeting, speech_of
from tests.reporting import the_round
from tests.signing import signed_copy_of


def papers() -> None:
    """Reports that are issued, signed, corrected, signed off, begun; the papers of the sample's meetings."""
    report = issued_report("2022-H1")
    signed_copy_of(report)
    issue(signed_off_draft(corrects=report))
    issue(signed_off_draft("2021-H2", like_for_like=True))
    signed_off_draft("2022-H2")
    prepared_draft("2022")
    for meeting in Meeting.objects.all():
        for kind in (Kind.CONCLUSION, Kind.MINUTES):
            try:
                draft = actions.prepare_paper(meeting=meeting, kind=kind, by=None, now=NOW)
                issue(actions.sign_off(draft=draft, revision=draft.revision, by=None, now=NOW), write=quick_files)
            except Exception as refusal:  # the sample's record of it isn't whole
                print(f"  no {kind} of {meeting}: {refusal}")


def begun() -> None:
    """A round that is collected, with a report that a unit has begun; a meeting with all that can stand in it."""
    round_ = the_round("2023-H1")
    unit = Unit.objects.order_by("pk").first()
    report, _new = Submission.objects.get_or_create(round=round_, unit=unit)
    Submission.objects.filter(pk=report.pk).update(status="draft")
    meeting = planned_meeting(unit, by=User.objects.filter(role="secretariat").first())
    speech_of(unit, meeting)
    award_of(unit, meeting)
    photo_of(meeting)


call_command("migrate", verbosity=0)
call_command("seed_demo", verbosity=0)
for act in (begun, papers):
    act()
