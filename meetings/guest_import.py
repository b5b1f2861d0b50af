"""Guests of one meeting from a table: every row is checked by the same form as a guest typed in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cluster_portal.tables.layout import Column, Row, Table, TableKind
from cluster_portal.tables.reading import Fault, Read, Reading
from meetings.actions.guards import require_open
from meetings.actions.guest_lists import ListedGuest, import_guests, undo_guests
from meetings.forms.inviting import GuestForm
from meetings.models import Attendance, Meeting
from meetings.views._common import get_meeting
from members.importing.columns import EMAIL, TITLE
from members.importing.form_rows import FormReader
from members.importing.kinds import Created, ImportKind, Storing
from members.infrastructure.capabilities import SignedInRequest
from members.infrastructure.refusals import Refused
from members.models import User

MOST_GUESTS = 500

GUESTS = TableKind(
    "guests",
    (
        Column(
            "name",
            "Họ và tên",
            ("họ tên", "tên", "khách mời", "đại biểu", "tên khách mời", "tên đại biểu", "họ và tên khách mời",
             "họ và tên đại biểu", "họ tên đại biểu", "họ tên khách mời", "người được mời", "đồng chí", "ông bà",
             "họ tên người dự"),
            is_required=True,
        ),
        TITLE,
        Column(
            "organisation",
            "Cơ quan, đơn vị",
            ("cơ quan", "đơn vị", "đơn vị công tác", "cơ quan công tác", "cơ quan đơn vị", "nơi công tác", "tổ chức",
             "tên đơn vị"),
            is_key=True,
        ),
        EMAIL,
    ),
)  # fmt: skip


def check_guests(table: Table, meeting: Meeting) -> Reading[ListedGuest]:
    """Check each row against the guests there are and against the rows above it."""
    reader = _GuestReader(table, meeting)
    if len(table.rows) > MOST_GUESTS:
        reader.faults.insert(0, reader.length_fault(_("The file holds too many guests.")))
    try:
        require_open(meeting)
    except Refused as refusal:
        reader.faults.insert(0, Fault(refusal.sentence))
    rows = tuple(reader.read(row) for row in table.rows[:MOST_GUESTS])
    return Reading(table, rows, tuple(reader.faults), reader.notices())


class _GuestReader(FormReader):
    """A guest is told by name and organisation; the list may say another title or address of one it holds already."""

    def __init__(self, table: Table, meeting: Meeting) -> None:
        super().__init__(table)
        self.known: dict[tuple[str, str], list[Attendance]] = {}
        for guest in meeting.attendances.guests().in_order():
            self.known.setdefault(_who(guest.name, guest.organisation), []).append(guest)
        self.seen: dict[tuple[str, str], int] = {}

    def read(self, row: Row) -> Read[ListedGuest]:
        before = len(self.faults)
        told = {column.field: self.line(row, column.field) or "" for column in self.table.kind.columns}
        told = {name: text for name, text in told.items() if text}
        form = GuestForm(told)
        stands = self.stands(row, form, before)
        who = _who(told.get("name", ""), told.get("organisation", ""))
        first = self.seen.setdefault(who, row.number)
        if told.get("name") and first != row.number:
            self.fault(row, "name", _("This name stands in row %(row)d already.") % {"row": first})
        alike = self.known.get(who, [])
        if not stands or first != row.number:
            return Read(row, told)
        return self._beside(row, told, form.values, alike)

    def _beside(
        self, row: Row, told: dict[str, str], wanted: dict[str, Any], alike: list[Attendance]
    ) -> Read[ListedGuest]:
        """The row with what the list of invitees says of the same guest; what the file leaves empty stays."""
        if not alike:
            return Read(row, told, ListedGuest(wanted))
        if len(alike) > 1:
            self.fault(row, "name", _("Several guests of this name are on the list already; change them there."))
            return Read(row, told)
        (known,) = alike
        old = {name: getattr(known, name) for name in wanted}
        changed = {name: text for name, text in told.items() if text != old[name] and name in ("title", "email")}
        if not changed:
            self.note(row, _("On the list already, with nothing to change."))
        shown = {**old, **changed}
        thing = ListedGuest({**old, **changed}, known) if changed else None
        return Read(row, {name: text for name, text in shown.items() if text}, thing, old)


def _who(name: str, organisation: str) -> tuple[str, str]:
    return " ".join(name.casefold().split()), " ".join(organisation.casefold().split())


def guest_import(request: SignedInRequest, meeting_id: int) -> ImportKind:
    """The import of guests of the meeting that the address names."""
    meeting = get_meeting(request, meeting_id)

    def check(table: Table, _by: User | None, _today: dt.date) -> Reading[ListedGuest]:
        return check_guests(table, meeting)

    def store(reading: Reading[ListedGuest], storing: Storing) -> Created:
        return import_guests(meeting=meeting, guests=reading.things, by=storing.by, now=storing.now)

    return ImportKind(
        table=GUESTS,
        prefix="meetings:guest-import",
        home="meetings:invitee-list",
        home_title=gettext_lazy("Invitees"),
        title=gettext_lazy("Import guests from a file"),
        hint=gettext_lazy("At most 500 guests. One who is on the list already gets the file's title and e-mail."),
        check=check,
        store=store,
        undo=undo_guests,
        told=lambda count: ngettext(
            "%(count)d guest was put on the list or changed.",
            "%(count)d guests were put on the list or changed.",
            count,
        ) % {"count": count},
        example={
            "name": "Nguyễn Văn Mẫu",
            "title": "Phó Chủ tịch",
            "organisation": "Ủy ban nhân dân huyện Mẫu",
            "email": "khachmoi@example.vn",
        },
        lists=dict,
        file_name="danh-sach-khach-moi",
        url_args={"meeting_id": meeting.pk},
    )  # fmt: skip
