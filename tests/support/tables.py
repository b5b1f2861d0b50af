"""Files as offices make them, and what the reader makes of them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from cluster_portal.tables import books, child
from cluster_portal.tables.books import read_book
from cluster_portal.tables.finding import find_table
from cluster_portal.tables.layout import Table, TableKind
from reports.management.commands.read_table import KINDS, read

SAMPLES = Path(__file__).parents[1] / "data" / "import-cases"
FIGURES = ["Đơn vị", "Kỳ", "Nội dung", "Số vụ", "Làm rõ", "Thiệt hại (đồng)"]
CASES = ["Đơn vị", "Loại vụ việc", "Ngày", "Giờ", "Địa điểm", "Diễn biến", "Số đối tượng", "Thiệt hại (đồng)"]
PEOPLE = ["Họ và tên", "Thư điện tử", "Vai trò", "Đơn vị", "Chức vụ", "Điện thoại"]
GUESTS = ["STT", "Họ và tên", "Chức vụ", "Cơ quan, đơn vị", "Thư điện tử"]
UNITS = ["Tên đơn vị", "Tên viết tắt", "Loại hình", "Ngày tham gia", "Điện thoại"]


def xlsx(*rows: Sequence[Any], change: Callable[[Any], None] = lambda sheet: None, title: str = "Bảng") -> bytes:
    """A workbook of one sheet; `change` may merge, hide or format in it."""
    workbook = Workbook()
    workbook.active.title = title
    for row in rows:
        workbook.active.append(row)
    change(workbook.active)
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The package with one of its parts replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return file.getvalue()


def read_here(monkeypatch: Any) -> None:
    """Let files be read in the test's own process: starting one for each takes long."""
    monkeypatch.setattr(books, "_answer", lambda data: json.dumps(child.answer(data)))


def table_in(data: bytes, kind: TableKind) -> Table:
    return find_table(read_book(data), kind)


def told(kind: str, data: bytes) -> dict[str, Any]:
    """What `manage.py read_table` prints, through JSON as it is printed."""
    return json.loads(json.dumps(read(KINDS[kind], data), ensure_ascii=False))


def values(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [row["values"] for row in answer["rows"]]


def clean(answer: dict[str, Any]) -> bool:
    return not answer["refused"] and not answer["faults"]


def places(answer: dict[str, Any]) -> list[tuple[int, str]]:
    return [(fault["row"], fault["column"]) for fault in answer["faults"]]


def csv(*lines: str, encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    return end.join(lines).encode(encoding)


def joined(rows: Iterable[Sequence[Any]], by: str = ";") -> list[str]:
    return [by.join("" if cell is None else str(cell) for cell in row) for row in rows]
