"""One word for one thing in Vietnamese, and no tone an office would not write in (shared/wording.md)."""

import gettext
import re

import pytest
from django.conf import settings

#: What an office doesn't say to its people, or calls by another name: each with what stands there instead.
AVOIDED = {
    r"\b[Hh]ãy\b": "vui lòng",
    r"\b[Xx]in\b(?! chào)": "vui lòng",
    r"\b[Cc]ổng\b(?! thông tin)": "hệ thống",
    r"\b[Qq]uý vị\b|\bbạn\b": "ông/bà, đơn vị, or nobody",
    r"không bao giờ": "a plain “không”",
    r"[Ll]oại vi phạm": "loại vụ việc",
    r"[Ll]ời văn": "nội dung",
    r"[Mm]âu thuẫn": "thông tin chưa thống nhất",
    r"[Pp]hản hồi giấy mời": "xác nhận dự họp",
    r"[Kk]hác thường": "bất thường",
    r"[Ll]àm báo cáo": "lập báo cáo",
    r"[Đđ]ính chính": "văn bản thay thế",
    r"tốt hơn|xấu hơn": "tích cực, cần lưu ý",
    r"[Tt]hủ trưởng": "người đứng đầu",
    r"[Cc]hỉ tiêu hoạt động|[Mm]ặt hoạt động": "chỉ tiêu công tác, mặt công tác",
    r"[Đđ]ề xuất khen": "đề nghị khen thưởng",
    r"vụ có hồ sơ": "vụ việc trong sổ",
}


def entries():
    """Each string of the portal in English, with what a Vietnamese page says."""
    with (settings.BASE_DIR / "locale/vi/LC_MESSAGES/django.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    return [(key[0] if isinstance(key, tuple) else key, said) for key, said in catalogue.items() if key]


@pytest.mark.parametrize("avoided", AVOIDED)
def test_no_string_says_what_an_office_would_not(avoided):
    found = [said for _, said in entries() if re.search(avoided, said)]
    assert found == [], f"say {AVOIDED[avoided]}"


def test_every_line_of_the_trail_tells_what_was_done():
    told = [said for english, said in entries() if "%(target)s" in english]
    assert len(told) > 70
    assert [said for said in told if not said.startswith("đã ")] == []


def test_day_and_hour_stand_in_one_order_on_every_page():
    """`shortdate` and `moment` write them, no page by a pattern of its own: 05/01/2022, 08:30."""
    own = [
        page.name
        for page in (settings.BASE_DIR / "templates").rglob("*")
        if page.is_file() and "d/m/Y" in page.read_text()
    ]
    assert own == []
