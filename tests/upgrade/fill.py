"""Runs in the tree of commit fa51f2c, on an empty database: its sample, and documents in every state.

It knows the modules as they were called then, and is to change with the commit that
`.ci/check-upgrade` starts from, never with the tree.
"""

# ruff: noqa: E402, I001
import os

os.environ["DJANGO_SETTINGS_MODULE"] = "cluster_portal.settings"

import django

django.setup()

import datetime as dt

from django.core.management import call_command
from meetings.actions.planning import edit_meeting
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


#: The sample's meeting is recorded on the day after it, 17/8/2022.
AFTER = dt.date(2022, 9, 1)


def papers() -> None:
    """Reports that are issued, signed, corrected, signed off, begun; the papers of the sample's meetings."""
    report = issued_report("2022-H1")
    signed_copy_of(report)
    issue(signed_off_draft(corrects=report))
    issue(signed_off_draft("2021-H2", like_for_like=True))
    signed_off_draft("2022-H2")
    prepared_draft("2022")
    conclude(Meeting.objects.order_by("pk").first())
    for meeting in Meeting.objects.order_by("pk"):
        for kind, day in ((Kind.INVITATION, meeting.held_on), (Kind.CONCLUSION, AFTER), (Kind.MINUTES, AFTER)):
            paper(meeting, kind, day)


def conclude(meeting: Meeting) -> None:
    """What the chair concluded, which the sample's source doesn't tell, and without which there is no notice."""
    values, now = (
        {"conclusion": "Thống nhất các nội dung đã nêu."},
        dt.datetime.combine(AFTER, dt.time(), tzinfo=dt.UTC),
    )
    edit_meeting(meeting=meeting, values=values, revision=meeting.revision, by=None, now=now - dt.timedelta(days=1))


def paper(meeting: Meeting, kind: Kind, day: dt.date) -> None:
    """Prepared, signed off and issued on `day`, after all that the sample's people have recorded by then."""
    try:
        draft = actions.prepare_paper(meeting=meeting, kind=kind, by=None, now=NOW)
        issue(actions.sign_off(draft=draft, revision=draft.revision, by=None, now=NOW), on=day, write=quick_files)
    except Exception as refusal:  # the sample's record of it isn't whole
        print(f"  no {kind} of {meeting}: {refusal}")


def changed_since() -> None:
    """A meeting whose invitation was issued, and whose place was changed then: that one is outdated, rightly."""
    unit, now = Unit.objects.order_by("pk").first(), dt.datetime.combine(AFTER, dt.time(9), tzinfo=dt.UTC)
    meeting = planned_meeting(unit, by=User.objects.filter(role="secretariat").first(), title="Hội nghị chuyển chỗ")
    paper(meeting, Kind.INVITATION, meeting.held_on)
    edit_meeting(meeting=meeting, values={"place": "Nơi khác"}, revision=meeting.revision, by=None, now=now)


def signed_off() -> None:
    """A meeting whose invitation is signed off and waits for its number."""
    unit = Unit.objects.order_by("pk").first()
    meeting = planned_meeting(unit, by=User.objects.filter(role="secretariat").first(), title="Hội nghị chờ số")
    draft = actions.prepare_paper(meeting=meeting, kind=Kind.INVITATION, by=None, now=NOW)
    actions.sign_off(draft=draft, revision=draft.revision, by=None, now=NOW + dt.timedelta(days=1))


def begun() -> None:
    """A round that is collected, with a report that a unit has begun; a meeting with all that can stand in it."""
    round_ = the_round("2023-H1")
    unit = Unit.objects.order_by("pk").first()
    report, _new = Submission.objects.get_or_create(round=round_, unit=unit)
    Submission.objects.filter(pk=report.pk).update(status="draft")
    hours = {"starts_at": dt.time(8, 30), "ends_at": dt.time(11, 45)}
    meeting = planned_meeting(unit, by=User.objects.filter(role="secretariat").first(), **hours)
    speech_of(unit, meeting)
    award_of(unit, meeting)
    photo_of(meeting)


call_command("migrate", verbosity=0)
call_command("seed_demo", verbosity=0)
for act in (begun, papers, changed_since, signed_off):
    act()
