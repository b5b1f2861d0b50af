"""A meeting as plain values: what every document of it is written from.

`meeting_paper()` gathers; whoever writes a page of paper gets the finished value and
never queries. Open questions are not in it: they are never printed.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model

from cluster_portal import formatting
from cluster_portal.files.document_head import Letterhead
from cluster_portal.periods import Period
from meetings.models import Attendance, Meeting, Speech, Task
from meetings.models.appointment import clock
from meetings.models.meeting import WORDS
from meetings.papers.facts import Facts, facts_of
from meetings.papers.lines import (
    PRESENCE_PRINTED,
    AwardLine,
    InviteeLine,
    PhotoLine,
    SpeechLine,
    TaskLine,
    award_lines,
    invitee_line,
    photo_lines,
    speech_lines,
    split_lines,
    split_sentences,
    task_lines,
)
from members.letterhead import Heads
from members.models import Cluster, LeadTerm

#: As many are introduced one after the other in running text.
GUESTS_IN_A_SENTENCE = 5


@dataclass(frozen=True)
class MeetingPaper:
    """All that is printed of a meeting; `formerly` is what the invitations before the last said of time and place.

    `facts` are what it was recorded as; `invitation_says` are those of the invitation that got a number.
    `letterhead` is that of the meeting's day, `inviting` that of the day on which is invited to it.
    """

    letterhead: Letterhead
    inviting: Letterhead
    cluster: str
    title: str
    kind: str
    period: Period
    period_label: str
    held_on: dt.date
    formerly: str
    hours: str
    starts: str
    ends: str
    place: str
    host: str
    is_host_lead: bool
    chair_name: str
    chair_title: str
    secretary_name: str
    secretary_title: str
    agenda: tuple[str, ...]
    notes: tuple[str, ...]
    results: tuple[str, ...]
    shortcomings: tuple[str, ...]
    conclusion: tuple[str, ...]
    byline: str
    contact: str
    invitation_number: int | None
    invitation_date: dt.date | None
    invitation_says: dict[str, Any]
    units: tuple[InviteeLine, ...]
    guests: tuple[InviteeLine, ...]
    speeches: tuple[SpeechLine, ...]
    addresses: tuple[SpeechLine, ...]
    awards: tuple[AwardLine, ...]
    tasks: tuple[TaskLine, ...]
    carried_tasks: tuple[TaskLine, ...]
    facts: Facts
    photos: tuple[PhotoLine, ...] = ()

    @property
    def day(self) -> str:
        return formatting.long_date(self.held_on)

    @property
    def invited(self) -> tuple[InviteeLine, ...]:
        """Whom the cluster invites: all but the unit that presides, in whose name it does."""
        return (*(row for row in self.units if not row.presides), *self.guests)

    def invitee_line(self, pk: int) -> InviteeLine:
        """The invitee of the row `pk`; raises `ObjectDoesNotExist` where it was removed meanwhile."""
        for line in (*self.units, *self.guests):
            if line.pk == pk:
                return line
        raise ObjectDoesNotExist(f"invitee {pk} was removed before the paper was read")

    @property
    def is_recorded(self) -> bool:
        """Whether anybody's attendance was ticked."""
        return any(row.presence for row in (*self.units, *self.guests))

    @property
    def guests_who_came(self) -> tuple[InviteeLine, ...]:
        """Those ticked as present; all invited ones as long as nobody was ticked."""
        return tuple(guest for guest in self.guests if guest.came) if self.is_recorded else self.guests

    @property
    def has_many_guests(self) -> bool:
        """Whether the guests who came are more than a sentence holds: then it counts them, and a list names them."""
        return len(self.guests_who_came) > GUESTS_IN_A_SENTENCE

    @property
    def guests_counted(self) -> str:
        """``45 đại biểu khách mời``."""
        return f"{formatting.count(len(self.guests_who_came))} đại biểu khách mời"

    @property
    def absent_units(self) -> tuple[InviteeLine, ...]:
        return tuple(row for row in self.units if self.is_recorded and row.presence and not row.came)

    @property
    def attendance_sentence(self) -> str:
        """``28/28 đơn vị thành viên dự họp``, and how many others sent a deputy or stayed away: parts that add up.

        Of how many is left out as long as one isn't ticked: whether it came isn't known, and that is no result.
        """
        counts = Counter(row.presence for row in self.units)
        unmarked = counts.pop("", 0)
        if not counts:
            return f"{formatting.count(len(self.units))} đơn vị thành viên được mời"
        present = counts[Attendance.Presence.PRESENT]
        parts = [] if unmarked else [f"{present}/{len(self.units)} đơn vị thành viên dự họp"]
        if unmarked and present:
            parts.append(f"{formatting.count(present)} đơn vị thành viên dự họp")
        for presence in ("represented", "excused", "absent"):
            if number := counts[presence]:
                parts.append(f"{formatting.count(number)} đơn vị {PRESENCE_PRINTED[presence]}")
        return ", ".join(parts)

    @property
    def place_with_host(self) -> str:
        """The place, and the host unit where the place doesn't name it already."""
        return self.place if self.host in self.place else f"{self.place}, do {self.host} đăng cai"


def meeting_paper(meeting: Meeting, *, with_photos: bool = False) -> MeetingPaper:
    """Everything printed of `meeting`, in the order it is printed in."""
    cluster = Cluster.get()
    heads = Heads.of(cluster)
    former, last = meeting.announcements.former(), meeting.announcements.last()
    attendances = list(meeting.attendances.in_order())
    heading = LeadTerm.objects.current_on(meeting.held_on).filter(role=LeadTerm.Role.LEAD)
    leads = set(heading.values_list("unit_id", flat=True))
    invitees = [invitee_line(row, former=former, last=last, leads=leads) for row in attendances]
    speeches = list(meeting.speeches.in_order())
    awards, tasks = list(meeting.awards.granted().in_order()), list(meeting.tasks.in_order())
    listed = sorted(attendances, key=lambda row: (row.unit_id or 0, row.pk))
    rows: dict[str, Sequence[Model]] = {
        "meeting": [meeting],
        "units": [row for row in listed if not row.is_guest],
        "guests": [row for row in listed if row.is_guest],
        "speeches": speeches,
        "awards": awards,
        "tasks": tasks,
    }
    return MeetingPaper(
        letterhead=heads.letterhead(meeting.held_on),
        inviting=heads.letterhead(meeting.invitation_date),
        cluster=cluster.name,
        title=meeting.title,
        kind=WORDS[meeting.kind],
        period=meeting.period,
        period_label=meeting.period.printed,
        held_on=meeting.held_on,
        formerly=f"{former.when}, tại {former.place}" if former else "",
        hours=meeting.hours,
        starts=clock(meeting.starts_at),
        ends=clock(meeting.ends_at),
        place=meeting.place,
        host=meeting.host.name,
        is_host_lead=meeting.host_id in leads,
        chair_name=meeting.chair_name,
        chair_title=meeting.chair_title,
        secretary_name=meeting.secretary_name,
        secretary_title=meeting.secretary_title,
        agenda=split_lines(meeting.agenda),
        notes=split_sentences(meeting.notes),
        results=split_sentences(meeting.results),
        shortcomings=split_sentences(meeting.shortcomings),
        conclusion=split_sentences(meeting.conclusion),
        byline=meeting.byline,
        contact=heads.on(meeting.invitation_date).contact,
        invitation_number=meeting.invitation_number,
        invitation_date=meeting.invitation_date,
        invitation_says=meeting.invitation_says or {},
        units=tuple(row for row in invitees if not row.is_guest),
        guests=tuple(row for row in invitees if row.is_guest),
        speeches=speech_lines([speech for speech in speeches if speech.kind == Speech.Kind.DISCUSSION]),
        addresses=speech_lines([speech for speech in speeches if speech.kind == Speech.Kind.ADDRESS]),
        awards=award_lines(awards),
        tasks=task_lines(tasks),
        carried_tasks=task_lines(Task.objects.carried_to(meeting)),
        facts=facts_of(rows),
        photos=photo_lines(meeting.photos.in_order()) if with_photos else (),
    )
