"""Units from a table: every row is checked by the same form as a unit typed in."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cluster_portal.names import Names, confusable
from cluster_portal.tables import values
from cluster_portal.tables.layout import Column, Row, Table, TableKind
from cluster_portal.tables.reading import Read, Reading
from cluster_portal.text import fold
from members.actions import import_units, remove_imported_units
from members.forms.units import UnitForm
from members.importing.columns import EMAIL, TELEPHONE
from members.importing.form_rows import FormReader
from members.importing.kinds import Created, ImportKind, Storing
from members.models import Unit, User

MOST_UNITS = 500
_LARGEST_ORDER = 32_767

#: The heads are Vietnamese on the English pages too, as files pass from hand to hand; field names are read as well.
UNITS = TableKind(
    "units",
    (
        Column("name", "Tên đơn vị", ("đơn vị", "tên", "tên đầy đủ", "đơn vị thành viên"), is_required=True),
        Column("short_name", "Tên viết tắt", ("viết tắt", "tên ngắn", "tên gọi tắt", "tên rút gọn"), is_required=True),
        Column("kind", "Loại hình", ("loại", "loại đơn vị", "khối", "loại hình đơn vị"), is_required=True, is_key=True),
        Column(
            "joined_on",
            "Ngày tham gia",
            ("tham gia từ", "ngày vào cụm", "ngày gia nhập", "thời gian tham gia", "tham gia từ ngày"),
            is_required=True,
            is_key=True,
        ),
        Column("address", "Địa chỉ", ("trụ sở", "địa chỉ trụ sở")),
        Column("leader", "Người đứng đầu", ("thủ trưởng", "thủ trưởng đơn vị", "họ tên người đứng đầu", "lãnh đạo")),
        Column("leader_title", "Chức vụ", ("chức vụ người đứng đầu", "chức danh")),
        TELEPHONE,
        EMAIL,
        Column("order", "Thứ tự", ("số thứ tự trong danh sách", "thứ tự hiển thị")),
        Column("left_on", "Ngày rời cụm", ("ngày rời", "ngày ra khỏi cụm")),
    ),
)

#: What may stand in the column of kinds; the first of each is what the template shows.
KINDS = {
    Unit.Kind.COMMUNE: (
        "xã/phường",
        "xã",
        "phường",
        "thị trấn",
        "đặc khu",
        "xã, phường",
        "xã, phường, thị trấn",
        "ubnd xã",
        "ubnd phường",
        "commune",
    ),
    Unit.Kind.AGENCY: ("cơ quan", "cơ quan nhà nước", "cơ quan hành chính", "đơn vị sự nghiệp", "agency"),
    Unit.Kind.SCHOOL: (
        "nhà trường",
        "trường học",
        "trường",
        "cơ sở giáo dục",
        "mầm non",
        "tiểu học",
        "thcs",
        "thpt",
        "school",
    ),
    Unit.Kind.ENTERPRISE: ("doanh nghiệp", "dn", "công ty", "hợp tác xã", "htx", "enterprise"),
    Unit.Kind.ARMED_FORCES: (
        "lực lượng vũ trang",
        "llvt",
        "đơn vị quân đội",
        "quân đội",
        "bộ đội",
        "công an",
        "armed_forces",
    ),
}
KIND_BY_WORD = Names((word, kind.value) for kind, words in KINDS.items() for word in words)

EXAMPLE = {
    "name": "Xã Mẫu 01",
    "short_name": "Mẫu 01",
    "kind": "xã/phường",
    "joined_on": "01/07/2025",
    "address": "Thôn Mẫu",
    "leader": "Nguyễn Văn Mẫu",
    "leader_title": "Chủ tịch UBND xã",
    "telephone": "024 0000 0000",
    "email": "xamau01@example.vn",
    "order": "1",
    "left_on": "",
}

UnitValues = dict[str, Any]


def check_units(table: Table) -> Reading[UnitValues]:
    """Check each row against the units there are and against the rows above it."""
    reader = _UnitReader(table)
    if len(table.rows) > MOST_UNITS:
        reader.faults.insert(0, reader.length_fault(_("The file holds too many units.")))
    rows = tuple(reader.read(row, index) for index, row in enumerate(table.rows[:MOST_UNITS]))
    return Reading(table, rows, tuple(reader.faults), reader.notices(), reader.asks_about_days)


class _UnitReader(FormReader):
    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self.place = Unit.objects.next_place()
        self.seen: dict[str, list[tuple[str, int]]] = {}

    def read(self, row: Row, index: int) -> Read[UnitValues]:
        before = len(self.faults)
        told: dict[str, Any] = {column.field: self._value(row, column.field) for column in self.table.kind.columns}
        told = {name: value for name, value in told.items() if value not in (None, "")}
        form = UnitForm({"order": self.place + index, **told})
        stands = self.stands(row, form, before)
        for name in ("name", "short_name"):
            self._check_twice(row, name, str(told.get(name, "")))
        return Read(row, told, form.values if stands and len(self.faults) == before else None)

    def _value(self, row: Row, field: str) -> Any:
        if field in ("joined_on", "left_on"):
            return self.day(row, field)
        if field == "order":
            return self.value(row, field, partial(values.count, largest=_LARGEST_ORDER))
        if field == "telephone":
            return self.value(row, field, values.telephone)
        if field == "kind":
            return self.word(row, field, KIND_BY_WORD, [words[0] for words in KINDS.values()])
        return self.line(row, field)

    def _check_twice(self, row: Row, field: str, name: str) -> None:
        """Refuse a second row of a name; what is `seen` is kept by its letters, so that only few are compared."""
        alike = self.seen.setdefault(fold(name), [])
        first = next((number for other, number in alike if confusable(name, other)), row.number)
        if name and first != row.number:
            self.fault(row, field, _("This name stands in row %(row)d already.") % {"row": first})
        else:
            alike.append((name, row.number))


def _check(table: Table, _by: User | None, _today: dt.date) -> Reading[UnitValues]:
    return check_units(table)


def _store(reading: Reading[UnitValues], storing: Storing) -> Created:
    units = import_units(rows=reading.things, by=storing.by, now=storing.now)
    return [[unit.pk, unit.revision] for unit in units]


UNIT_IMPORT = ImportKind(
    table=UNITS,
    prefix="members:unit-import",
    home="members:unit-list",
    home_title=gettext_lazy("Units"),
    title=gettext_lazy("Import units from a file"),
    hint=gettext_lazy("At most 500 units."),
    check=_check,
    store=_store,
    undo=remove_imported_units,
    told=lambda count: ngettext("%(count)d unit was added.", "%(count)d units were added.", count) % {"count": count},
    example=EXAMPLE,
    lists=lambda: {"kind": [words[0] for words in KINDS.values()]},
    file_name="danh-sach-don-vi",
)
