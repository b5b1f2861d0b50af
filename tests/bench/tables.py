"""`make bench`: what the worst tables cost, beside the library that reads the same cells alone.

Reading runs in a process of its own, as in the portal; its processor time and its
memory are set against a process that reads the same bytes with python-calamine (csv for
text) and does nothing else. What is refused is set against the library reading the
largest table that is taken, as reading a bomb with the library alone ends no machine
well. Then the rows of cases are checked against the register, all of one unit,
category and day, which is where comparing each with each would show.

It ends with an error where a ratio is over `MOST_TIMES`.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from cluster_portal.bounded import HOME  # noqa: E402
from cluster_portal.tables.cells import MAX_COLUMNS, MAX_ROWS  # noqa: E402
from cluster_portal.tables.child import MAX_UNPACKED_BYTES, read  # noqa: E402
from cluster_portal.tables.finding import find_table  # noqa: E402
from incidents.imports import CASES, check_cases  # noqa: E402
from members.models import Unit  # noqa: E402
from tests.support.tables import CASES as HEADS  # noqa: E402
from tests.support.tables import csv, joined, with_part, xlsx  # noqa: E402

ROUNDS = 3
#: Processor time and memory: of a table that is taken to reading it alone, of one refused to the largest taken.
MOST_TIMES = {"taken": (12.0, 6.0), "refused": (2.0, 2.0)}
MOST_TIMES_CHECKED = 1.6
READER = "import runpy; runpy.run_module('cluster_portal.tables.child', run_name='__main__')"
ALONE = {
    "xlsx": "import io, sys; from python_calamine import CalamineWorkbook; "
    "book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())); "
    "[book.get_sheet_by_name(name).to_python() for name in book.sheet_names]",
    "csv": "import csv, io, sys; list(csv.reader(io.StringIO(sys.stdin.buffer.read().decode()), delimiter=';'))",
}
#: Its own highest memory, which isn't that of the process it was started by; one that is killed doesn't tell.
TELL = "; import sys; print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0], file=sys.stderr)"
STORY = "trộm cắp xe đạp trước cổng chợ sân kho thôn xóm đêm sáng mất phát hiện bắt quả tang đối tượng"
STRINGS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</sst>'
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


@dataclass(frozen=True)
class Cost:
    seconds: float
    megabytes: float

    def times(self, other: Cost) -> tuple[float, float]:
        return self.seconds / other.seconds, self.megabytes / other.megabytes


def cost(code: str, data: bytes) -> Cost:
    """The median processor time, and the memory, of Python that runs `code` and has `data` to read."""
    taken = []
    for _round in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [sys.executable, "-c", code + TELL], input=data, capture_output=True, cwd=HOME, check=False
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        taken.append(Cost(seconds, 0.0 if done.returncode else int(done.stderr.split()[-1]) / 1024))
    return sorted(taken, key=lambda each: each.seconds)[ROUNDS // 2]


def rows(count: int, dice: random.Random) -> list[list[object]]:
    words = STORY.split()
    return [
        ["M00", "Trộm cắp tài sản", date(2022, 5, 13), None, "Thôn 1", " ".join(dice.choices(words, k=20)), 1, n]
        for n in range(count)
    ]


def taken_tables(dice: random.Random) -> dict[str, tuple[str, bytes]]:
    """The largest of each build, with what reads it alone."""
    cells = [[dice.randrange(10**6) for _column in range(MAX_COLUMNS)] for _row in range(9_900)]
    text = joined([HEADS, *([*row[:2], "13/05/2022", *row[3:]] for row in rows(MAX_ROWS, dice))])
    return {
        f"{MAX_ROWS} rows of cases, xlsx": ("xlsx", xlsx(HEADS, *rows(MAX_ROWS, dice))),
        f"{MAX_ROWS} rows of cases, csv": ("csv", csv(*text)),
        f"9,900 × {MAX_COLUMNS} numbers, xlsx": ("xlsx", xlsx(*cells)),
    }


def refused_tables() -> dict[str, bytes]:
    plain = xlsx(["a", "b"], [1, 2])
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="39999"><c r="XFD39999"><v>1</v></c></row>'
    sheet = "xl/worksheets/sheet1.xml"
    return {
        "4.6 million empty texts": with_part(
            plain, "xl/sharedStrings.xml", STRINGS.format("<si><t/></si>" * 4_600_000).encode()
        ),
        "unpacks to 64 MB": with_part(plain, "xl/theme/theme1.xml", b" " * (MAX_UNPACKED_BYTES + 1)),
        "a cell far away": with_part(plain, sheet, SHEET.format(far).encode()),
        "100,000 rows, xlsx": with_part(plain, sheet, SHEET.format("<row><c><v>1</v></c></row>" * 100_000).encode()),
        "a quotation never closed, csv": ('a;b\n"' + "x;y\n" * 2_000_000).encode(),
        "2 million rows, csv": ("x;y\n" * 2_000_000).encode(),
    }


def checked(count: int) -> float:
    """Processor seconds a row takes to be checked, of `count` rows of one unit, category and day."""
    table = find_table(read(xlsx(HEADS, *rows(count, random.Random(count)))), CASES)
    start = time.process_time()
    check_cases(table, by=None, today=date(2022, 7, 1))
    return (time.process_time() - start) / count


def told(name: str, ratios: tuple[float, float], most: tuple[float, float]) -> bool:
    """Print a line; whether it keeps within what it may cost."""
    print(f"{name:34}{ratios[0]:7.1f} × time{ratios[1]:7.1f} × memory   (at most {most[0]:.1f}, {most[1]:.1f})")
    return all(ratio <= limit for ratio, limit in zip(ratios, most, strict=True))


def main() -> int:
    call_command("migrate", verbosity=0)
    if Unit.objects.exists():
        print("The database is not empty.", file=sys.stderr)
        return 2
    Unit.objects.create(name="Đơn vị mẫu 00", short_name="M00", kind=Unit.Kind.COMMUNE, joined_on=date(2000, 1, 1))
    print(f"{connection.vendor}; beside the library alone, medians of {ROUNDS}")
    keeps, largest = [], Cost(0.0, 0.0)
    for name, (alone, data) in taken_tables(random.Random(1)).items():
        library = cost(ALONE[alone], data)
        largest = max(largest, library, key=lambda each: each.seconds)
        keeps.append(told(name, cost(READER, data).times(library), MOST_TIMES["taken"]))
    for name, data in refused_tables().items():
        keeps.append(told(f"refused: {name}", cost(READER, data).times(largest), MOST_TIMES["refused"]))
    few, many = checked(500), checked(5_000)
    print(f"{'a row checked, of 5,000 to of 500':34}{many / few:7.1f} × time   (at most {MOST_TIMES_CHECKED})")
    if not all(keeps) or many > few * MOST_TIMES_CHECKED:
        print("A table costs more than it may.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
