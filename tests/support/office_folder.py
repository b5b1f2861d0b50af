"""An office's folder of three years: five sheets, each built by somebody else, none made for the portal."""

from __future__ import annotations

import datetime as dt

from openpyxl import Workbook

from tests.support.tables import csv, joined, saved


def files() -> dict[str, bytes]:
    """By name, in the order in which an office takes them in: units, figures of 2019 to 2021, cases."""
    return {
        "DANH SACH DON VI.xlsx": _units(),
        "So lieu nam 2019.xlsx": _figures_of_2019(),
        "so-lieu-2020-xuat-tu-phan-mem.csv": _figures_of_2020(),
        "TONG HOP 2021 (sua lan 3).xlsx": _figures_of_2021(),
        "So vu viec 2021.xlsx": _cases_of_2021(),
    }


def _units() -> bytes:
    """A letterhead, merged kinds, telephones as numbers, who signed it."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Sheet1"
    sheet.append(["CỤM AN TOÀN MẪU", None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"])
    sheet.append([None, None, None, None, "Độc lập - Tự do - Hạnh phúc"])
    sheet.append([])
    sheet.append(["DANH SÁCH ĐƠN VỊ THÀNH VIÊN"])
    sheet.append(["TT", "Tên đơn vị", "Tên gọi tắt", "Loại hình", "Ngày vào cụm", "SĐT", "Ghi chú"])
    joined_on = dt.date(2015, 1, 1)
    sheet.append([1, "Xã Mẫu Đông", "Mẫu Đông", "xã", joined_on, 912345678, None])
    sheet.append([2, "Xã Mẫu Tây", "Mẫu Tây", None, joined_on, 987654321, None])
    sheet.append([3, "Trường THPT Mẫu", "THPT Mẫu", "THPT", joined_on, "024 3885 0001", "mới tách"])
    sheet.append([])
    sheet.append(["Tổng số: 03 đơn vị"])
    sheet.append([None, None, None, None, "Mẫu, ngày 05 tháng 01 năm 2022"])
    sheet.append([None, None, None, None, "NGƯỜI LẬP BIỂU"])
    sheet.merge_cells("A4:G4")
    sheet.merge_cells("D6:D7")
    return saved(workbook)


def _figures_of_2019() -> bytes:
    """Half-years in words, millions by a line above the table, dashes, totals of each unit."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["SỐ LIỆU TỘI PHẠM, VI PHẠM NĂM 2019"])
    sheet.append([None, None, None, None, None, None, "ĐVT: triệu đồng"])
    sheet.append(["STT", "Đơn vị", "Kỳ báo cáo", "Loại tội phạm", "Số vụ", "Làm rõ", "Thiệt hại"])
    sheet.append([1, "Mẫu Đông", "6 tháng đầu năm 2019", "Trộm cắp tài sản", 7, 5, 12.5])
    sheet.append([2, "Mẫu Đông", "6 tháng cuối năm 2019", "Trộm cắp tài sản", 4, "-", 3])
    sheet.append([None, "Cộng Mẫu Đông", None, None, 11, 5, 15.5])
    sheet.append([3, "Mẫu Tây", "6 tháng đầu năm 2019", "Trộm cắp tài sản", 2, 2, "-"])
    sheet.append([None, "Tổng cộng", None, None, 13, 7, 15.5])
    return saved(workbook)


def _figures_of_2020() -> bytes:
    """What a program exports: UTF-16, tabs, names without diacritics."""
    rows = [
        ["Ten don vi", "Ky", "Noi dung", "So vu", "Lam ro", "Thiet hai (dong)"],
        ["Xa Mau Dong", "2020-H1", "Trom cap tai san", "6", "6", "4.500.000"],
        ["Xa Mau Tay", "2020-H1", "Trom cap tai san", "3", "1", "0"],
    ]
    return csv(*joined(rows, "\t"), encoding="utf-16")


def _figures_of_2021() -> bytes:
    """A guide first, a head of two rows, merged units, one column under a name of the office's own."""
    workbook = Workbook()
    workbook.active.title = "Hướng dẫn"
    workbook.active.append(["Các đơn vị điền vào bảng bên cạnh, gửi về thư ký trước ngày 15"])
    sheet = workbook.create_sheet("Tổng hợp")
    sheet.append(["STT", "Đơn vị", "Kỳ", "Hạng mục", "Kết quả", None])
    sheet.append([None, None, None, None, "Số vụ", "Khám phá"])
    sheet.append(["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"])
    sheet.append([1, "Xã Mẫu Đông", "I/2021", "Trộm cắp tài sản", 5, 4])
    sheet.append([2, None, "I/2021", "- Ma tuý", 2, 2])
    sheet.append([3, "Xã Mẫu Tây", "I/2021", "Trộm cắp tài sản", 1, 0])
    sheet.append([None, "TỔNG SỐ", None, None, 8, 6])
    for area in ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "B4:B5"):
        sheet.merge_cells(area)
    return saved(workbook)


def _cases_of_2021() -> bytes:
    """Real dates beside typed ones, hours in words, the year's title, a total and a note."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "2021"
    sheet.append(["SỔ THEO DÕI VỤ VIỆC NĂM 2021"])
    sheet.append([])
    sheet.append(
        ["STT", "Thời gian xảy ra", None, "Đơn vị", "Loại vụ", "Địa bàn", "Tóm tắt nội dung", "Giá trị thiệt hại"]
    )
    sheet.append([None, "Ngày", "Giờ"])
    rows = [
        [
            dt.date(2021, 3, 5),
            "14h30",
            "Xã Mẫu Đông",
            "Trộm cắp tài sản",
            "Thôn 1",
            "Mất xe đạp điện.",
            "khoảng 5 triệu",
        ],
        ["25/03/2021", "11h đêm", "Xã Mẫu Tây", "Gây rối trật tự công cộng", "Chợ", "Xô xát tại chợ.", None],
        ["Thứ Năm, 1/4/2021", None, "Xã Mẫu Đông", "Ma túy", "Thôn 2", "Bắt quả tang một đối tượng.", "-"],
    ]
    for number, row in enumerate(rows, start=1):
        sheet.append([number, *row])
    sheet.append([None, "Cộng: 03 vụ"])
    sheet.append(["Ghi chú: số liệu tính đến 31/12/2021"])
    for area in ("A1:H1", "B3:C3", "A3:A4", "D3:D4", "E3:E4", "F3:F4", "G3:G4", "H3:H4"):
        sheet.merge_cells(area)
    return saved(workbook)
