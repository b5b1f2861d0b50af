"""Photos as people send them, made into pictures the portal can keep.

Nothing of the sent file survives but its pixels: it is opened within limits, turned
upright, scaled, and encoded anew as JPEG, so that neither a place of recording nor a
hidden script comes along.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import IO

import pillow_heif
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

pillow_heif.register_heif_opener(thumbnails=False)

MAX_BYTES = 20 * 2**20
MAX_PIXELS = 60_000_000  # a telephone of 2024 takes up to 50 megapixels
LONGEST_SIDE = 1600  # 130 mm in print at 300 dpi
THUMBNAIL_SIDE = 400
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
QUALITY = 85


class UnusablePicture(Exception):
    """The file is no picture the portal takes; the message says why."""


@dataclass(frozen=True)
class Picture:
    image: ContentFile
    thumbnail: ContentFile
    width: int
    height: int


def read_picture(file: IO[bytes]) -> Picture:
    """The picture in `file`, upright, scaled, without metadata; raises `UnusablePicture`."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnusablePicture(_("The photo is larger than 20 MB. Choose a smaller one."))
    full = _decoded(data)
    full.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    small = full.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Picture(_jpeg(full), _jpeg(small), full.width, full.height)


def _decoded(data: bytes) -> Image.Image:
    """The pixels as RGB; the size is checked from the head, before anything is unpacked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is stricter
            opened = Image.open(io.BytesIO(data), formats=FORMATS)
        if opened.width * opened.height > MAX_PIXELS:
            raise Image.DecompressionBombError
        return _on_white(ImageOps.exif_transpose(opened))
    except Image.DecompressionBombError:
        raise UnusablePicture(_("The photo has more than 60 million pixels. Choose a smaller one.")) from None
    except UnidentifiedImageError:
        raise UnusablePicture(_("This is no photo. JPEG, PNG, WebP and HEIC are taken.")) from None
    except Exception as fault:  # a file made to harm can make a decoder raise anything
        raise UnusablePicture(_("The photo is damaged and can't be opened.")) from fault


def _on_white(picture: Image.Image) -> Image.Image:
    """A new RGB image that carries nothing of the old one but pixels; transparency becomes white."""
    layer = picture.convert("RGBA")
    canvas = Image.new("RGB", layer.size, "white")
    canvas.paste(layer, mask=layer.getchannel("A"))
    return canvas


def _jpeg(picture: Image.Image) -> ContentFile:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return ContentFile(buffer.getvalue())
