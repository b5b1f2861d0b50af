"""Units from a spreadsheet: every row is checked by the same form as a unit typed in."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from cluster_portal.files.spreadsheets import Fault, Row, read_table
from cluster_portal.names import Names, confusable
from cluster_portal.text import fold
from members.forms.units import UnitForm
from members.models import Unit

#: Field → the head of its column. The heads are Vietnamese on the English pages too,
#: as files pass from hand to hand; the English field names are read as well.
COLUMNS = {
    "name": "tên đơn vị",
    "short_name": "tên viết tắt",
    "kind": "loại hình",
    "joined_on": "ngày tham gia",
    "address": "địa chỉ",
    "leader": "người đứng đầu",
    "leader_title": "chức vụ",
    "telephone": "điện thoại",
    "email": "thư điện tử",
    "order": "thứ tự",
    "left_on": "ngày rời cụm",
}
REQUIRED = ("name", "short_name", "kind", "joined_on")
OPTIONAL = tuple(field for field in COLUMNS if field not in REQUIRED)

#: What may stand in the column of kinds; the first of each is what the template shows.
KINDS = {
    Unit.Kind.COMMUNE: ("xã/phường", "xã", "phường", "thị trấn", "đặc khu", "xã, phường", "commune"),
    Unit.Kind.AGENCY: ("cơ quan", "agency"),
    Unit.Kind.SCHOOL: ("nhà trường", "trường học", "trường", "school"),
    Unit.Kind.ENTERPRISE: ("doanh nghiệp", "enterprise"),
    Unit.Kind.ARMED_FORCES: ("lực lượng vũ trang", "đơn vị quân đội", "quân đội", "công an", "armed_forces"),
}
KIND_BY_WORD: Names[str] = Names((word, kind) for kind, words in KINDS.items() for word in words)

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


@dataclass(frozen=True)
class Candidate:
    """One row of the file: as it stands there, and as it would be stored."""

    row: Row
    values: dict[str, Any] | None
    faults: tuple[Fault, ...]

    @property
    def shown(self) -> list[str]:
        """The cells in the order of `COLUMNS`."""
        return [self.row.cells.get(head, "") for head in COLUMNS.values()]


@dataclass(frozen=True)
class UnitImport:
    """A whole file, checked against the units there are now."""

    candidates: tuple[Candidate, ...]

    @property
    def faults(self) -> list[Fault]:
        return [fault for candidate in self.candidates for fault in candidate.faults]

    @property
    def values(self) -> list[dict[str, Any]]:
        """What to store; only of an import without faults."""
        return [candidate.values for candidate in self.candidates if candidate.values is not None]


def read_units(file: IO[bytes], *, filename: str) -> list[Row]:
    """The rows of the file by column head; `SpreadsheetError` where it is no such table."""
    return read_table(
        file,
        filename=filename,
        required=[COLUMNS[field] for field in REQUIRED],
        optional=[COLUMNS[field] for field in OPTIONAL],
        aliases=COLUMNS,
    )


def check_units(rows: list[Row]) -> UnitImport:
    """Check each row against the units there are and against the rows above it."""
    seen: dict[str, list[tuple[str, int]]] = {}
    place = Unit.objects.next_place()
    return UnitImport(tuple(_candidate(row, place + index, seen) for index, row in enumerate(rows)))


def _candidate(row: Row, place: int, seen: dict[str, list[tuple[str, int]]]) -> Candidate:
    cells = {field: row.cells.get(head, "") for field, head in COLUMNS.items()}
    data = {**cells, "kind": _kind(cells["kind"]), "order": cells["order"] or place}
    form = UnitForm(data)
    faults = [
        Fault(str(message), row=row.number, column=COLUMNS.get(field, ""))
        for field, messages in form.errors.items()
        for message in messages
    ]
    for field in ("name", "short_name"):
        first = _first_row(cells[field], row.number, seen)
        if cells[field] and first != row.number:
            message = _("This name stands in row %(row)d already.") % {"row": first}
            faults.append(Fault(message, row=row.number, column=COLUMNS[field]))
    return Candidate(row, None if faults else form.values, tuple(faults))


def _first_row(name: str, row: int, seen: dict[str, list[tuple[str, int]]]) -> int:
    """The first row with this name; what is `seen` is kept by its letters alone, so that only few are compared."""
    alike = seen.setdefault(fold(name), [])
    first = next((number for other, number in alike if confusable(name, other)), row)
    if first == row:
        alike.append((name, row))
    return first


def _kind(cell: str) -> str:
    found = KIND_BY_WORD.find(cell)
    return found if isinstance(found, str) else cell


def template_workbook() -> bytes:
    """An XLSX file with the heads, one example row, and every cell as text so that Excel keeps what is typed."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Đơn vị"
    sheet.append(list(COLUMNS.values()))
    sheet.append([EXAMPLE[field] for field in COLUMNS])
    for index, head in enumerate(COLUMNS.values(), start=1):
        letter = get_column_letter(index)
        sheet[f"{letter}1"].font = Font(bold=True)
        sheet.column_dimensions[letter].width = max(16, len(head) + 4)
        for number in range(2, 202):
            sheet[f"{letter}{number}"].number_format = "@"
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()
