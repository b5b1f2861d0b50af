"""The files of people's complaints, as they are: what `expected.md` beside them says of each."""

import pytest

from tests.support.factories import UnitFactory
from tests.support.tables import SAMPLES, places, told, values

CASE = {
    "unit": "Xã mẫu 01",
    "category": "Trộm cắp tài sản",
    "happened_on": "2022-05-03",
    "place": "Thôn 1",
    "narrative": "Mất một xe đạp trong sân.",
    "persons": 1,
    "damage": 1_500_000,
}
FIGURE = {
    "unit": "Xã mẫu 01",
    "period": "2018-H1",
    "category": "Trộm cắp tài sản",
    "cases": 3,
    "solved": 2,
    "damage": 1_500_000,
}
UNIT = {
    "name": "Xã Thử Một",
    "short_name": "Thử Một",
    "kind": "commune",
    "joined_on": "2025-07-01",
    "leader": "Nguyễn Văn A",
    "telephone": "0912345678",
}
HOUR = {"happened_at": "14:30"}
#: What is taken: each file's rows, and words that its notices must hold.
TAKEN = {
    "f01_ky_bang_chu.xlsx": ([FIGURE], []),
    "f04_khong_dau.xlsx": ([FIGURE], ["“Xã mẫu 01”", "“Trộm cắp tài sản”"]),
    "f09_dau_gach.xlsx": ([FIGURE | {"solved": 0, "damage": 0}], ["“-” được đọc là 0"]),
    "f11_ma_tuy_kieu_cu_moi.xlsx": (
        [{"unit": "Xã mẫu 01", "period": "2018-H1", "category": "Ma túy", "cases": 1, "solved": 0}],
        [],
    ),
    "i02_ngay_so_serial.xlsx": ([CASE], []),
    "i03b_ngay_chu_gach.xlsx": ([CASE | {"happened_on": "2022-07-01"}], []),
    "i03c_ngay_chu_cham.xlsx": ([CASE | {"happened_on": "2022-07-01"}], []),
    "i04_o_gop_don_vi.xlsx": (
        [CASE, CASE | {"narrative": "Vụ hai."}, CASE | {"narrative": "Vụ ba."}],
        [],
    ),
    "i05_co_dong_tieu_de.xlsx": ([CASE], []),
    "i06_cot_STT_ghi_chu.xlsx": ([CASE], ["bỏ qua: STT, Ghi chú"]),
    "i07_trang_huong_dan_dung_truoc.xlsx": ([CASE], ["“Vụ việc”"]),
    "i09b_ky_tu_an_zwsp.xlsx": ([CASE | {"happened_on": "2022-01-07", "narrative": "Có ký tự ẩn."}], []),
    "i11d_sep_dong_dau.csv": (
        [CASE | {"happened_on": "2022-01-10", "narrative": "Mất một xe máy, biển đã che"}],
        [],
    ),
    "i13_cong_thuc_co_gia_tri.xlsx": (
        [CASE | {"happened_on": "2022-01-15", "narrative": "Công thức trong ô số."}],
        [],
    ),
    "i15a_excel97.xls": ([CASE], []),
    "i16_strict_ooxml.xlsx": ([CASE], []),
    "i18a_gio_14h30.xlsx": ([CASE | HOUR | {"happened_on": "2022-01-17", "narrative": "a18a"}], []),
    "i19_dong_tong_cong.xlsx": (
        [CASE | {"happened_on": "2022-01-20", "narrative": "a19"}],
        ["Bỏ qua dòng tổng cộng: dòng 3"],
    ),
    "j01_cong_thuc_trong_o_chu.xlsx": (
        [CASE | {"happened_on": "2022-02-15", "place": "Thôn 2", "narrative": "Mất một xe máy trước cổng chợ."}],
        [],
    ),
    "k01_don_vi_chi_khac_dau_Phu_Minh.xlsx": (
        [
            CASE | {"unit": "Xã Phú Minh", "happened_on": "2022-03-01", "narrative": "Vụ ở Phú Minh (sắc)."},
            CASE | {"unit": "Xã Phù Minh", "happened_on": "2022-03-02", "narrative": "Vụ ở Phù Minh (huyền)."},
        ],
        [],
    ),
    "u01_dien_thoai_dang_so.xlsx": ([UNIT], ["0912345678"]),
}
#: What has faults: their rows and columns, and words of the first.
FAULTY = {
    "i14_loi_REF.xlsx": ([(2, "Giờ"), (2, "Thiệt hại (đồng)")], "#N/A"),
    "i21_ngay_thang_dao_Excel_My.xlsx": ([(2, "Ngày")], "03/05/2022 hay 05/03/2022"),
    "u03_hai_dong_NFC_NFD.xlsx": ([(3, "Tên đơn vị"), (3, "Tên viết tắt")], "dòng 2"),
}
KINDS = {"f": "figures", "i": "cases", "j": "cases", "k": "cases", "u": "units"}


@pytest.fixture(autouse=True)
def _units(db):
    for name in ("mẫu 01", "Phú Minh", "Phù Minh"):
        UnitFactory(name=f"Xã {name}", short_name=name)


def read(name):
    return told(KINDS[name[0]], (SAMPLES / name).read_bytes())


@pytest.mark.parametrize("name", TAKEN)
def test_a_file_that_is_taken_with_what_is_said_of_it(name):
    rows, words = TAKEN[name]
    answer = read(name)
    assert (answer["refused"], answer["faults"], values(answer)) == (None, [], rows)
    assert [word for word in words if not any(word in notice for notice in answer["notices"])] == []


@pytest.mark.parametrize("name", FAULTY)
def test_a_file_with_faults_names_each_place(name):
    where, words = FAULTY[name]
    answer = read(name)
    assert places(answer) == where
    assert words in answer["faults"][0]["message"]


def test_a_file_with_a_password_is_refused_with_what_to_do():
    assert "gỡ mật khẩu" in read("i17_co_mat_khau.xlsx")["refused"]


def test_every_file_of_tables_is_among_these():
    files = {path.name for path in SAMPLES.iterdir() if path.name[0] in KINDS}
    assert files == {*TAKEN, *FAULTY, "i17_co_mat_khau.xlsx"}
