"""The lines of a meeting's papers as plain values: who was invited, who spoke, what was decided.

Each is made from a row by the function of its name; whoever prints it never queries.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils import timezone

from cluster_portal import formatting
from cluster_portal.files.kept import content_of
from meetings.models import Announcement, Attendance, Award, Photo, Speech, Task

FORMS_OF_ADDRESS = ("đồng chí ", "ông ", "bà ")
PRESENCE_PRINTED: dict[str, str] = {
    Attendance.Presence.PRESENT: "có mặt",
    Attendance.Presence.REPRESENTED: "cử người dự thay",
    Attendance.Presence.EXCUSED: "vắng có lý do",
    Attendance.Presence.ABSENT: "vắng không lý do",
    "": "",
}
ALL_UNITS = "các đơn vị thành viên"
TASK_PRINTED: dict[str, str] = {
    Task.Status.OPEN: "đang thực hiện",
    Task.Status.DONE: "đã hoàn thành",
    Task.Status.DROPPED: "không tiếp tục thực hiện",
}


@dataclass(frozen=True)
class InviteeLine:
    """A row of the list of invitees; `presence` is empty as long as nobody ticked it.

    `replaces` is the day of the invitation that this invitee's takes the place of; who
    `presides` invites, and isn't invited.
    """

    pk: int
    unit: str
    name: str
    title: str
    organisation: str
    presence: str = ""
    represented_by: str = ""
    replaces: str = ""
    presides: bool = False

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
    def addressed(self) -> str:
        """The same with the form of address a guest is due; one that was typed before the name stands."""
        is_bare = self.is_guest and not self.name.casefold().startswith(FORMS_OF_ADDRESS)
        return f"đồng chí {self.addressee}" if is_bare else self.addressee

    @property
    def post(self) -> str:
        """What a guest is, and where."""
        return ", ".join(part for part in (self.title, self.organisation) if part)

    @property
    def introduced(self) -> str:
        """A guest as introduced in running text: ``đồng chí Nguyễn Văn Mẫu – Phó Chủ tịch …``."""
        return f"đồng chí {self.name}" + (f" – {self.post}" if self.post else "")

    @property
    def person(self) -> str:
        """Who comes for a unit, by name and title."""
        return ", ".join(part for part in (self.name, self.title) if part)

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

    @property
    def decided(self) -> str:
        """By whom, and in which decision."""
        return "; ".join(filter(None, (self.authority, f"Quyết định {self.decision}" if self.decision else "")))


@dataclass(frozen=True)
class TaskLine:
    number: int
    text: str
    responsible: str
    due: str
    state: str = ""

    @property
    def charge(self) -> str:
        """Who answers for it, and the last day for it."""
        due = f"; thời hạn: chậm nhất ngày {self.due}" if self.due else ""
        return f"đơn vị thực hiện: {self.responsible}{due}"

    @property
    def sentence(self) -> str:
        """The task with who answers for it, and one full stop after the bracket."""
        return self._closed(self.charge)

    @property
    def sentence_with_state(self) -> str:
        """The same, and how far it is."""
        return self._closed(f"{self.charge}; {self.state}")

    def _closed(self, bracket: str) -> str:
        return f"{self.text.rstrip().rstrip('.;')} ({bracket})."


@dataclass(frozen=True)
class PhotoLine:
    """A photo as printed; without `jpeg` where its file is gone, which the paper says."""

    number: int
    caption: str
    jpeg: bytes | None

    @property
    def numbered(self) -> str:
        """Its number, and what it shows where anybody said that: ``Ảnh 1. Toàn cảnh``, ``Ảnh 2``."""
        return f"Ảnh {self.number}. {self.caption}" if self.caption else f"Ảnh {self.number}"

    @property
    def told(self) -> str:
        """What who doesn't see it is told."""
        return self.caption or f"Ảnh hội nghị số {self.number}, chưa có chú thích"

    @property
    def lack(self) -> str:
        return "" if self.jpeg else f"(Tệp của ảnh {self.number} không còn trong kho lưu trữ.)"

    @property
    def data_uri(self) -> str:
        return f"data:image/jpeg;base64,{base64.b64encode(self.jpeg or b'').decode()}"


def split_lines(text: str) -> tuple[str, ...]:
    """The lines of a long text, without the signs people begin a list with."""
    stripped = (line.strip().lstrip("-–+*•").strip() for line in text.splitlines())
    return tuple(line for line in stripped if line)


def split_sentences(text: str) -> tuple[str, ...]:
    """The same, each with a sign at its end."""
    return tuple(map(full_stop, split_lines(text)))


def full_stop(line: str) -> str:
    """The line with a sign at its end."""
    return line if line.endswith((".", "…", "!", "?", ";", ":")) else f"{line}."


def invitee_line(
    row: Attendance, *, former: Announcement | None, last: Announcement | None, leads: Collection[int]
) -> InviteeLine:
    """The row, once `last` was announced and `former` before that; `leads` are the keys of the units that preside."""
    return InviteeLine(
        pk=row.pk,
        unit=row.unit.name if row.unit else "",
        name=row.name,
        title=row.title,
        organisation=row.organisation,
        presence=row.presence,
        represented_by=row.represented_by,
        replaces=_replaced(row, former, last),
        presides=row.unit_id in leads,
    )


def _replaced(row: Attendance, former: Announcement | None, last: Announcement | None) -> str:
    """The day of the announcement before the last, for who was invited by then."""
    if former is None or last is None or row.invited_at is None or row.invited_at >= last.issued_at:
        return ""
    return formatting.long_date(timezone.localdate(former.issued_at))


def speech_lines(speeches: Iterable[Speech]) -> tuple[SpeechLine, ...]:
    return tuple(
        SpeechLine(number, speech.title, speech.given_by, split_sentences(speech.main_points), speech.file_name)
        for number, speech in enumerate(speeches, start=1)
    )


def award_lines(awards: Iterable[Award]) -> tuple[AwardLine, ...]:
    lines = []
    for number, award in enumerate(awards, start=1):
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


def task_lines(tasks: Iterable[Task]) -> tuple[TaskLine, ...]:
    return tuple(
        TaskLine(
            number=number,
            text=task.text,
            responsible=ALL_UNITS if task.for_all_units else task.responsible,
            due=formatting.printed_date(task.due_on) if task.due_on else "",
            state=TASK_PRINTED[task.status],
        )
        for number, task in enumerate(tasks, start=1)
    )


def photo_lines(photos: Iterable[Photo]) -> tuple[PhotoLine, ...]:
    return tuple(
        PhotoLine(number, photo.caption, content_of(photo.image)) for number, photo in enumerate(photos, start=1)
    )
