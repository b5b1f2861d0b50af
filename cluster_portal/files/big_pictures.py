"""Scales one large HEIC or WebP picture in a process of its own: bytes on standard input, PNG on standard output.

Neither format can be decoded scaled, and a few kilobytes of one colour may unpack to
hundreds of megabytes. Here that can only end this process, which has a limit of memory
and time; the web server keeps what it had. Knows no Django, so that it starts at once.
"""

from __future__ import annotations

import io
import sys

import pillow_heif
from PIL import Image, ImageOps

from cluster_portal.bounded import limit_this_process

MAX_MEMORY = 1024 * 2**20
MAX_SECONDS = 20
FORMATS = ("HEIF", "WEBP")
LONGEST_SIDE = 1600  # 130 mm in print at 300 dpi


def scaled(data: bytes) -> bytes:
    """The picture upright, no side longer than `LONGEST_SIDE`."""
    pillow_heif.register_heif_opener(thumbnails=False)
    opened = Image.open(io.BytesIO(data), formats=FORMATS)
    opened.load()
    # Averaged cell by cell first: a filter over all pixels would double the memory.
    picture = opened.reduce(max(1, max(opened.size) // (2 * LONGEST_SIDE)))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    buffer = io.BytesIO()
    ImageOps.exif_transpose(picture).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def main() -> None:
    limit_this_process(memory=MAX_MEMORY, seconds=MAX_SECONDS)
    Image.MAX_IMAGE_PIXELS = None  # told by the head, and limited, before this process is started
    sys.stdout.buffer.write(scaled(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
