"""Photos as people send them, made into pictures the portal can keep.

Nothing of the sent file survives but its pixels: it is opened within limits, turned
upright, scaled, and encoded anew as JPEG, so that neither a place of recording nor a
hidden script comes along.
"""

from __future__ import annotations

import io
import threading
import warnings
from dataclasses import dataclass
from typing import IO, Any

import pillow_heif
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from cluster_portal.bounded import TooMuchWork, answer_of
from cluster_portal.files.big_pictures import LONGEST_SIDE, eight_bits
from cluster_portal.files.unusable import UnusableFile

pillow_heif.register_heif_opener(thumbnails=False)

MAX_BYTES = 20 * 2**20
#: Millions of pixels; a telephone of 2024 takes up to 50. MPO is what Pillow calls a JPEG that has more pictures behind
#: the first one, as telephones add for portraits; the first is the photo.
MOST_MEGAPIXELS = {"JPEG": 60, "MPO": 60, "PNG": 60, "WEBP": 50, "HEIF": 50}
#: JPEG is decoded scaled. What is decoded whole takes up to ten bytes a pixel and more, so that a few kilobytes of one
#: colour could take a gigabyte: larger ones are scaled in a process of their own.
MOST_MEGAPIXELS_HERE = {"WEBP": 25, "HEIF": 25, "PNG": 25, "JPEG": 25, "MPO": 25}
#: Of a PNG with so little in a pixel, sixty million are no more than of others twenty.
_SMALL_PIXELS = ("1", "L", "P")
#: Seconds; a busy machine may need it for what takes two else.
MAX_WAIT = 40
THUMBNAIL_SIDE = 400
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
QUALITY = 85

_LOADING = threading.Lock()
_SCALING = threading.Lock()


class UnusablePicture(UnusableFile):
    """The file is no picture the portal takes; the message says why."""


@dataclass(frozen=True)
class Picture:
    image: ContentFile[bytes]
    thumbnail: ContentFile[bytes]
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
    """The pixels as RGB; format and size are read from the head, before anything is unpacked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is stricter
            opened = Image.open(io.BytesIO(data), formats=FORMATS)
        most = MOST_MEGAPIXELS[opened.format or ""]
        if opened.width * opened.height > most * 1_000_000:
            raise _too_large(most)
        if _is_heavy(opened):
            opened = Image.open(io.BytesIO(_scaled_elsewhere(data)), formats=["PNG"])
        # A JPEG is decoded at a half, a quarter or an eighth of its size, as long as that is large enough.
        opened.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
        _load_whole(opened)
        picture = eight_bits(opened)
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), **_scaling(picture))
        return _on_white(ImageOps.exif_transpose(picture))
    except Image.DecompressionBombError:
        raise _too_large(max(MOST_MEGAPIXELS.values())) from None
    except UnusablePicture:
        raise
    except UnidentifiedImageError:
        raise UnusablePicture(_("This is no photo. JPEG, PNG, WebP and HEIC are taken.")) from None
    except Exception as fault:  # a file made to harm can make a decoder raise anything
        raise UnusablePicture(_("The photo is damaged and can't be opened.")) from fault


def _is_heavy(opened: ImageFile.ImageFile) -> bool:
    """Whether decoding it takes so much memory that it is done elsewhere."""
    form = opened.format or ""
    if opened.width * opened.height <= MOST_MEGAPIXELS_HERE.get(form, MOST_MEGAPIXELS[form]) * 1_000_000:
        return False
    if form in ("JPEG", "MPO"):
        return "progressive" in opened.info
    return not (form == "PNG" and opened.mode in _SMALL_PIXELS)


def _scaled_elsewhere(data: bytes) -> bytes:
    """The picture as a small PNG, from a process that has a limit of memory; it does one at a time."""
    try:
        with _SCALING:
            return answer_of("cluster_portal.files.big_pictures", data, wait=MAX_WAIT)
    except TooMuchWork:
        sentence = _(
            "The photo can't be opened: it is damaged, or too large for this server. "
            "Save it as JPEG, or send it through Zalo and choose the copy."
        )
        raise UnusablePicture(sentence) from None


def _too_large(most: int) -> UnusablePicture:
    told = _("The photo has more than %(most)d million pixels. Choose a smaller one.")
    return UnusablePicture(told % {"most": most})


def _load_whole(opened: Image.Image) -> None:
    """Decode the picture; one that was cut off is an error.

    WeasyPrint sets `LOAD_TRUNCATED_IMAGES` for the whole process, which fills what is
    missing with grey. The lock keeps two uploads from undoing each other's setting.
    """
    with _LOADING:
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            opened.load()
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _scaling(picture: Image.Image) -> dict[str, Any]:
    """How it is made smaller: palettes and single bits can't be blended before they are colours."""
    return {"resample": Image.Resampling.NEAREST} if picture.mode in ("P", "1") else {}


def _on_white(picture: Image.Image) -> Image.Image:
    """A new RGB image that carries nothing of the old one but pixels; transparency becomes white."""
    if picture.mode in ("RGB", "L", "CMYK", "YCbCr") and "transparency" not in picture.info:
        canvas = Image.new("RGB", picture.size)
        canvas.paste(picture.convert("RGB"))
        return canvas
    layer = picture.convert("RGBA")
    canvas = Image.new("RGB", layer.size, "white")
    canvas.paste(layer, mask=layer.getchannel("A"))
    return canvas


def _jpeg(picture: Image.Image) -> ContentFile[bytes]:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return ContentFile(buffer.getvalue())
