"""The pages' text face: whole Vietnamese, figures of one width, found like any static file."""

import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

from cluster_portal.typeface import DIGITS, NAMES, TypefaceFinder, made

VIETNAMESE = "ẮẰẲẴẶĂắằẳẵặăẤẦẨẪẬÂấầẩẫậâĐđẾỀỂỄỆÊếềểễệêỐỒỔỖỘÔốồổỗộôỚỜỞỠỢƠớờởỡợơỨỪỬỮỰƯứừửữựưỲỶỸỴÝỳỷỹỵýỈỊĨÌÍỉịĩìíỌỎÒÓÕọỏòóõ"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("typeface")


@pytest.mark.parametrize("weight", ["regular", "semibold"])
def test_every_vietnamese_letter_and_sign_of_change_is_there(folder, weight):
    with TTFont(made(f"portal-{weight}.woff2", folder)) as font:
        letters = {chr(code) for code in font.getBestCmap()}
    assert set(VIETNAMESE + "–−≥“”…") - letters == set()


@pytest.mark.parametrize("weight", ["regular", "semibold"])
def test_figures_stand_below_each_other(folder, weight):
    with TTFont(made(f"figures-{weight}.woff2", folder)) as font:
        names = font.getBestCmap()
        widths = {font["hmtx"][names[ord(digit)]][0] for digit in DIGITS}
        middles = [
            (font["glyf"][names[ord(digit)]].xMin + font["glyf"][names[ord(digit)]].xMax) / 2 for digit in DIGITS
        ]
    assert len(widths) == 1
    assert max(middles) - min(middles) < widths.pop() * 0.12


def test_a_file_is_small_and_made_once(folder):
    path = made("portal-regular.woff2", folder)
    at = path.stat().st_mtime_ns
    assert made("portal-regular.woff2", folder).stat().st_mtime_ns == at
    assert path.stat().st_size < 40_000
    assert sorted(found.name for found in folder.iterdir() if found.suffix != ".woff2") == []


def test_pages_find_them_and_nothing_else():
    assert finders.find(f"fonts/{NAMES[0]}").endswith(NAMES[0])
    assert finders.find(f"fonts/{NAMES[0]}", find_all=True) == [finders.find(f"fonts/{NAMES[0]}")]
    assert finders.find("fonts/../secret.woff2") is None
    assert finders.find(NAMES[0]) is None


def test_they_are_gathered_unless_left_out():
    assert TypefaceFinder().check() == []
    assert [name for name, _storage in TypefaceFinder().list(None)] == list(NAMES)
    assert [name for name, _storage in TypefaceFinder().list(["figures-*"])] == list(NAMES[:2])
    assert {storage.prefix for _name, storage in TypefaceFinder().list(None)} == {"fonts"}
