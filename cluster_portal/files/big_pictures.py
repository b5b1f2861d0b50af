"""Scales one large picture in a process of its own: bytes on standard input, PNG on standard output.

HEIC, WebP and PNG can't be decoded scaled, a progressive JPEG is held whole while it is,
and a few kilobytes of one colour may unpack to hundreds of megabytes. Here that can only
end this process, which has a limit of memory and time; the web server keeps what it had.
Knows no Django, so that it starts at once.
"""

from __future__ import annotations

import io
import sys

import pillow_heif
from PIL import Image, ImageOps

from cluster_portal.bounded import limit_this_process

MAX_MEMORY = 1024 * 2**20
MAX_SECONDS = 20
FORMATS = ("HEIF", "WEBP", "PNG", "JPEG", "MPO")
LONGEST_SIDE = 1600  # 130 mm in print at 300 dpi


def scaled(data: bytes) -> bytes:
    """The picture upright, no side longer than `LONGEST_SIDE`."""
    pillow_heif.register_heif_opener(thumbnails=False)
    opened: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
    opened.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    opened.load()
    opened = eight_bits(opened)
    # Averaged cell by cell first: a filter over all pixels would double the memory.
    picture = opened.reduce(max(1, max(opened.size) // (2 * LONGEST_SIDE)))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if picture.mode not in ("L", "LA", "RGB", "RGBA"):
        picture = picture.convert("RGB")  # no PNG holds colours of print
    buffer = io.BytesIO()
    ImageOps.exif_transpose(picture).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def eight_bits(picture: Image.Image) -> Image.Image:
    """Greys of 16 bits in 8, upright: converting them to colours would make all white, and none can be scaled."""
    if not picture.mode.startswith("I"):
        return picture
    ImageOps.exif_transpose(picture, in_place=True)
    if picture.mode == "I;16":
        return Image.frombytes("L", picture.size, picture.tobytes()[1::2])  # the higher byte of each
    return picture.convert("I").point(lambda grey: grey / 256).convert("L")


def main() -> None:
    limit_this_process(memory=MAX_MEMORY, seconds=MAX_SECONDS)
    Image.MAX_IMAGE_PIXELS = None  # told by the head, and limited, before this process is started
    sys.stdout.buffer.write(scaled(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
