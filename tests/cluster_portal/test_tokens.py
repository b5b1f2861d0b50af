"""The colours of the pages, measured: text at 7 to 1 (AAA), what is pressed and the ring of the focus at 3 to 1."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from cluster_portal.unbroken import kept_whole

STYLES = Path(settings.BASE_DIR) / "static" / "css"
TEXT, THINGS = 7, 3
GROUNDS = ("ground", "paper", "note-ground", "good-ground", "bad-ground", "told-ground")
WRITTEN = [
    *[(text, ground) for text in ("ink", "ink-soft", "link", "link-strong") for ground in GROUNDS],
    *[(tone, f"{tone}-ground") for tone in ("good", "bad", "note", "told")],
    *[(tone, ground) for tone in ("good", "bad", "red-text") for ground in ("ground", "paper")],
    ("on-red", "red"),
    ("on-red", "red-dark"),
]
SEEN = [*[("focus", ground) for ground in GROUNDS], ("control", "ground"), ("control", "paper"), ("now", "ground")]


def tokens(scheme):
    style = (STYLES / "tokens.css").read_text(encoding="utf-8")
    blocks = re.split(r"@media ", style)
    found = dict(re.findall(r"--portal-([\w-]+): (#[0-9a-f]{6})", blocks[0]))
    if scheme == "dark":
        dark = next(block for block in blocks if block.startswith("screen and (prefers-color-scheme: dark)"))
        found |= dict(re.findall(r"--portal-([\w-]+): (#[0-9a-f]{6})", dark))
    return found


def brightness(colour):
    """Relative luminance, as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((brightness(one), brightness(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_guidelines_do():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(WRITTEN, TEXT), (SEEN, THINGS)])
def test_what_stands_on_a_ground_can_be_read(scheme, pairs, least):
    colours = tokens(scheme)
    told = {f"{on} on {ground}": round(contrast(colours[on], colours[ground]), 2) for on, ground in pairs}
    assert {pair: value for pair, value in told.items() if value < least} == {}


def test_every_colour_of_light_pages_has_one_for_dark_pages():
    light, dark = tokens("light"), tokens("dark")
    same = {name for name, colour in light.items() if dark[name] == colour}
    assert same <= {"red", "gold", "on-red"}  # the bar looks alike in both


@pytest.mark.parametrize("name", ["portal.css", "pictures.css", "places.css"])
def test_pages_name_tokens_and_no_colours(name):
    style = re.sub(
        r"--bs-btn[\w-]+: #\w+|url\([^)]*\)|/\*.*?\*/", "", (STYLES / name).read_text(encoding="utf-8"), flags=re.DOTALL
    )
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*;)|rgba?\(", style) == []


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("So sánh số liệu 6 tháng đầu năm 2022", "So sánh số liệu 6_tháng_đầu_năm_2022"),
        ("Nhắc 28 đơn vị qua thư", "Nhắc 28_đơn_vị qua thư"),
        ("Comparison of the first half of 2022", "Comparison of the first_half_of_2022"),
        ("Báo cáo năm 2022", "Báo cáo năm_2022"),
        ("Đăng nhập", "Đăng nhập"),
    ],
)
def test_a_title_does_not_break_within_a_period_or_an_amount(title, shown):
    assert kept_whole(title) == shown.replace("_", "\N{NO-BREAK SPACE}")
