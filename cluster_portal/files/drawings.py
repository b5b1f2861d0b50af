"""Pictures of what the PDF draws as vectors, for files that hold none: a chart, a QR code; always the same bytes."""

from __future__ import annotations

import io
from functools import lru_cache

import qrcode
from PIL import Image, ImageDraw, ImageFont

from cluster_portal.charts import BarChart

#: Pixels for a unit of the chart's view box.
SCALE = 4
#: The faces that the PDF is set in (`.ci/install`).
REGULAR, BOLD = "LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf"
#: In points; large enough that whole pixels make no difference.
MEASURED_AT = 50
INK, FLOOR, BAR, PALE, EDGE = "#1f2328", "#333333", "#8b1a1a", "#c9c4bb", "#555555"


def qr_png(address: str) -> bytes:
    """The address as a QR code, without a margin."""
    return _png(qrcode.make(address, border=0).get_image())


def chart_png(chart: BarChart) -> bytes:
    """The chart as `templates/_bar_chart.html` draws it."""
    picture = Image.new("RGB", (round(chart.width * SCALE), round(chart.height * SCALE)), "white")
    draw = ImageDraw.Draw(picture)
    if chart.floor is not None:
        draw.line(_scaled(0, chart.floor, chart.width, chart.floor), fill=FLOOR, width=SCALE)
    anchor = "ms" if chart.anchor == "middle" else "rs"
    for bar in chart.bars:
        if bar.width and bar.height:
            box = _scaled(bar.x, bar.y, bar.x + bar.width, bar.y + bar.height)
            draw.rectangle(box, fill=PALE if bar.is_pale else BAR, outline=EDGE if bar.is_pale else None, width=SCALE)
        for text, y in bar.lines:
            draw.text((bar.label_x * SCALE, y * SCALE), text, INK, _face(REGULAR, chart.label_size), anchor=anchor)
        at, stands = (bar.value_x * SCALE, bar.value_y * SCALE), "ms" if chart.anchor == "middle" else "ls"
        draw.text(at, bar.value, INK, _face(BOLD, chart.value_size), anchor=stands)
    return _png(picture.quantize(64))


def _scaled(*lengths: float) -> tuple[float, ...]:
    return tuple(length * SCALE for length in lengths)


@lru_cache(maxsize=16)
def _face(name: str, size: float) -> ImageFont.FreeTypeFont:
    """Looked for in all folders of faces, so only once."""
    return ImageFont.truetype(name, round(size * SCALE))


def bold_width(text: str, size: float) -> float:
    """How wide a bold line of `size` points is, in millimetres; Times New Roman is as wide as our face."""
    return _face(BOLD, MEASURED_AT).getlength(text) / (MEASURED_AT * SCALE) * size / 72 * 25.4


def _png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()
