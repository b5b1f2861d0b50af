"""A meeting as plain values: what every document of it is written from.

`meeting_paper()` gathers; whoever writes a page of paper gets the finished value and
never queries. Open questions are not in it: they are never printed.
"""

from __future__ import annotations

import base64
import datetime as dt
from dataclasses import dataclass

from cluster_portal import formatting
from cluster_portal.documents import Letterhead
from cluster_portal.periods import Period
from meetings.models import Attendance, Meeting, Photo, Speech, Task
from meetings.models.meeting import WORDS
from members.letterhead import letterhead_of
from members.models import Cluster

PRESENCE_PRINTED: dict[str, str] = {
    Attendance.Presence.PRESENT: "có mặt",
    Attendance.Presence.REPRESENTED: "cử người dự thay",
    Attendance.Presence.EXCUSED: "vắng có lý do",
    Attendance.Presence.ABSENT: "vắng không lý do",
    "": "",
}
TASK_PRINTED: dict[str, str] = {
    Task.Status.OPEN: "đang thực hiện",
    Task.Status.DONE: "đã hoàn thành",
    Task.Status.DROPPED: "không tiếp tục thực hiện",
}


@dataclass(frozen=True)
class InviteeLine:
    """A row of the list of invitees; `presence` is empty as long as nobody ticked it."""

    pk: int
    unit: str
    name: str
    title: str
    organisation: str
    presence: str = ""
    represented_by: str = ""

    @property
    def is_guest(self) -> bool:
        return not self.unit

    @property
    def addressee(self) -> str:
        """Whom the invitation addresses."""
        if self.unit:
            return self.unit
        return ", ".join(part for part in (self.name, self.title, self.organisation) if part)

    @property
    def introduced(self) -> str:
        """A guest as introduced in running text: ``đồng chí Nguyễn Văn Mẫu – Phó Chủ tịch …``."""
        rest = ", ".join(part for part in (self.title, self.organisation) if part)
        return f"đồng chí {self.name}" + (f" – {rest}" if rest else "")

    @property
    def came(self) -> bool:
        return self.presence in (Attendance.Presence.PRESENT, Attendance.Presence.REPRESENTED)

    @property
    def presence_printed(self) -> str:
        printed = PRESENCE_PRINTED[self.presence]
        is_by_deputy = self.presence == Attendance.Presence.REPRESENTED and self.represented_by
        return f"{printed}: {self.represented_by}" if is_by_deputy else printed


@dataclass(frozen=True)
class SpeechLine:
    number: int
    title: str
    given_by: str
    points: tuple[str, ...]
    file_name: str = ""


@dataclass(frozen=True)
class AwardLine:
    number: int
    form: str
    recipient: str
    is_individual: bool
    achievement: str
    authority: str
    decision: str


@dataclass(frozen=True)
class TaskLine:
    number: int
    text: str
    responsible: str
    due: str
    state: str = ""


@dataclass(frozen=True)
class PhotoLine:
    number: int
    caption: str
    jpeg: bytes

    @property
    def data_uri(self) -> str:
        return f"data:image/jpeg;base64,{base64.b64encode(self.jpeg).decode()}"


@dataclass(frozen=True)
class MeetingPaper:
    letterhead: Letterhead
    cluster: str
    title: str
    kind: str
    period: Period
    period_label: str
    held_on: dt.date
    hours: str
    starts: str
    ends: str
    place: str
    host: str
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
    invitation_number: int | None
    invitation_date: dt.date | None
    units: tuple[InviteeLine, ...]
    guests: tuple[InviteeLine, ...]
    speeches: tuple[SpeechLine, ...]
    addresses: tuple[SpeechLine, ...]
    awards: tuple[AwardLine, ...]
    tasks: tuple[TaskLine, ...]
    carried_tasks: tuple[TaskLine, ...]
    photos: tuple[PhotoLine, ...] = ()

    @property
    def day(self) -> str:
        return formatting.long_date(self.held_on)

    @property
    def is_recorded(self) -> bool:
        """Whether anybody's attendance was ticked."""
        return any(row.presence for row in (*self.units, *self.guests))

    @property
    def guests_who_came(self) -> tuple[InviteeLine, ...]:
        """Those ticked as present; all invited ones as long as nobody was ticked."""
        return tuple(guest for guest in self.guests if guest.came) if self.is_recorded else self.guests

    @property
    def absent_units(self) -> tuple[InviteeLine, ...]:
        return tuple(row for row in self.units if self.is_recorded and row.presence and not row.came)

    @property
    def attendance_sentence(self) -> str:
        """``28/28 đơn vị thành viên dự họp``, and how many of them sent a deputy or stayed away."""
        if not self.is_recorded:
            return f"{formatting.count(len(self.units))} đơn vị thành viên được mời"
        came = sum(row.came for row in self.units)
        parts = [f"{came}/{len(self.units)} đơn vị thành viên dự họp"]
        for presence in ("represented", "excused", "absent"):
            number = sum(row.presence == presence for row in self.units)
            if number:
                parts.append(f"{formatting.count(number)} đơn vị {PRESENCE_PRINTED[presence]}")
        unmarked = sum(not row.presence for row in self.units)
        if unmarked:
            parts.append(f"{formatting.count(unmarked)} đơn vị chưa điểm danh")
        return ", ".join(parts)

    @property
    def addressees(self) -> tuple[str, ...]:
        """Whom the invitations address."""
        return tuple(row.addressee for row in (*self.units, *self.guests))

    @property
    def place_with_host(self) -> str:
        """The place, and the host unit where the place doesn't name it already."""
        return self.place if self.host in self.place else f"{self.place} ({self.host})"


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a long text, without the signs people begin a list with."""
    stripped = (line.strip().lstrip("-–+*•").strip() for line in text.splitlines())
    return tuple(line for line in stripped if line)


def meeting_paper(meeting: Meeting, *, with_photos: bool = False) -> MeetingPaper:
    """Everything printed of `meeting`, in the order it is printed in."""
    cluster = Cluster.get()
    invitees = [_invitee_line(row) for row in meeting.attendances.in_order()]
    speeches = list(meeting.speeches.in_order())
    return MeetingPaper(
        letterhead=letterhead_of(cluster),
        cluster=cluster.name,
        title=meeting.title,
        kind=WORDS[meeting.kind],
        period=meeting.period,
        period_label=meeting.period.printed,
        held_on=meeting.held_on,
        hours=_hours(meeting),
        starts=_clock(meeting.starts_at),
        ends=_clock(meeting.ends_at),
        place=meeting.place,
        host=meeting.host.name,
        chair_name=meeting.chair_name,
        chair_title=meeting.chair_title,
        secretary_name=meeting.secretary_name,
        secretary_title=meeting.secretary_title,
        agenda=lines_of(meeting.agenda),
        notes=lines_of(meeting.notes),
        results=lines_of(meeting.results),
        shortcomings=lines_of(meeting.shortcomings),
        conclusion=lines_of(meeting.conclusion),
        byline=meeting.byline,
        invitation_number=meeting.invitation_number,
        invitation_date=meeting.invitation_date,
        units=tuple(row for row in invitees if not row.is_guest),
        guests=tuple(row for row in invitees if row.is_guest),
        speeches=_speech_lines([speech for speech in speeches if speech.kind == Speech.Kind.DISCUSSION]),
        addresses=_speech_lines([speech for speech in speeches if speech.kind == Speech.Kind.ADDRESS]),
        awards=_award_lines(meeting),
        tasks=_task_lines(meeting.tasks.in_order()),
        carried_tasks=_task_lines(Task.objects.carried_to(meeting)),
        photos=_photo_lines(meeting.photos.in_order()) if with_photos else (),
    )


def _clock(time: dt.time | None) -> str:
    """``08 giờ 30``; ``08 giờ`` on the hour."""
    if time is None:
        return ""
    return f"{time.hour:02d} giờ" + (f" {time.minute:02d}" if time.minute else "")


def _hours(meeting: Meeting) -> str:
    starts, ends = _clock(meeting.starts_at), _clock(meeting.ends_at)
    if starts and ends:
        return f"từ {starts} đến {ends}"
    return starts


def _invitee_line(row: Attendance) -> InviteeLine:
    return InviteeLine(
        pk=row.pk,
        unit=row.unit.name if row.unit else "",
        name=row.name,
        title=row.title,
        organisation=row.organisation,
        presence=row.presence,
        represented_by=row.represented_by,
    )


def _speech_lines(speeches: list[Speech]) -> tuple[SpeechLine, ...]:
    return tuple(
        SpeechLine(number, speech.title, speech.given_by, lines_of(speech.main_points), speech.file_name)
        for number, speech in enumerate(speeches, start=1)
    )


def _award_lines(meeting: Meeting) -> tuple[AwardLine, ...]:
    lines = []
    for number, award in enumerate(meeting.awards.granted().in_order(), start=1):
        decision = f"số {award.decision_number}" if award.decision_number else ""
        if award.decision_on:
            decision = f"{decision} {formatting.long_date(award.decision_on)}".strip()
        lines.append(
            AwardLine(
                number=number,
                form=award.form_printed,
                recipient=award.recipient_name,
                is_individual=award.recipient_kind == award.RecipientKind.INDIVIDUAL,
                achievement=award.achievement,
                authority=award.authority,
                decision=decision,
            )
        )
    return tuple(lines)


def _task_lines(tasks) -> tuple[TaskLine, ...]:
    return tuple(
        TaskLine(
            number=number,
            text=task.text,
            responsible=task.responsible,
            due=formatting.date(task.due_on) if task.due_on else "",
            state=TASK_PRINTED[task.status],
        )
        for number, task in enumerate(tasks, start=1)
    )


def _photo_lines(photos) -> tuple[PhotoLine, ...]:
    return tuple(PhotoLine(number, photo.caption, _bytes(photo)) for number, photo in enumerate(photos, start=1))


def _bytes(photo: Photo) -> bytes:
    with photo.image.open() as file:
        return file.read()
