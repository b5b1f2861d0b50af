"""The published rows of the domain, fed through `import_figures` and read back through `export_summary`."""

import csv
import io
import json

import pytest
from django.core.management import call_command

HEAD = "unit,period,category,cases,serious,solved,persons,deaths,injuries,damage"


@pytest.fixture
def import_file(tmp_path):
    def import_file(*rows):
        path = tmp_path / "figures.csv"
        path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
        call_command("import_figures", path)

    return import_file


@pytest.mark.parametrize(
    ("current", "base", "change", "percent"),
    [
        (318, 303, 15, "+4.95"),
        (180, 183, -3, "-1.64"),
        (3558, 3334, 224, "+6.72"),
        (38, 23, 15, "+65.22"),
        (9398, 12407, -3009, "-24.25"),
        (1, 0, 1, None),
        (4, 4, 0, "0.00"),
    ],
)
def test_published_rows_come_back_equal_to_the_last_digit(
    import_file, tmp_path, unit, cluster, current, base, change, percent
):
    import_file(f"Thử Một,2021-H1,Ma túy,{base},,,,,,", f"Thử Một,2022-H1,Ma túy,{current},,,,,,")
    call_command("export_summary", "2022-H1", "--format", "json", "--output", tmp_path / "out.json")
    exported = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    drugs = next(category for category in exported["categories"] if category["code"] == "ma-tuy")
    for figures in (drugs["cases"], exported["total"]["cases"]):
        read = [figures[name] for name in ("current", "base", "change", "percent")]
        assert read == [current, base, change, percent]


def test_the_published_table_adds_up(import_file, tmp_path, unit, cluster):
    names = ["Trộm cắp tài sản", "Kinh tế, tham nhũng", "Môi trường", "Ma túy", "Cháy, nổ"]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        ["Thử Một", "2022-H1", name, cases, *[""] * 6] for name, cases in zip(names, (180, 7, 10, 120, 1), strict=True)
    )
    import_file(*out.getvalue().splitlines())
    call_command("export_summary", "2022-H1", "--format", "json", "--output", tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text())["total"]["cases"]["current"] == 318
