"""The pages of one of our own PDFs as pictures, each with its text: a document is read where it is decided on.

Made once for each file and kept on the shelf (`finished_files`). Only of what the portal
wrote itself: a PDF that somebody sent is not opened here.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

import pypdfium2
from PIL import Image

from cluster_portal.files.finished import Shelf, edition
from cluster_portal.remembered import digest

#: A longer document is read in the file: a page on the screen costs its reader some hundred kilobytes.
MOST_PAGES = 60
#: Pixels of a picture to a point of the page: 150 to an inch, sharp on a telephone.
SCALE = 150 / 72
#: Black, white and what lies between is nearly all a page has.
COLOURS = 32

#: PDFium is one for the whole process and serves one thread at a time.
_PDFIUM = Lock()


@dataclass(frozen=True)
class Page:
    """`width` and `height` in pixels of its picture; `text` line by line, as it prints."""

    number: int
    width: int
    height: int
    text: str


@dataclass(frozen=True)
class Pages:
    """The first `MOST_PAGES` of a document that has `of`; none of a file that can't be read as a PDF."""

    shown: tuple[Page, ...]
    of: int

    @property
    def further(self) -> int:
        return self.of - len(self.shown)


def pages_of(key: str, load: Callable[[], bytes], *, shelf: Shelf) -> Pages:
    """`key` is of the bytes that `load` fetches; they are fetched only where nobody has looked at them yet."""
    kept = shelf.content(digest(edition(), "pages", key), lambda: _described(load()), html="")
    told = json.loads(kept)
    return Pages(tuple(Page(*values) for values in told["shown"]), told["of"])


def picture_of(key: str, number: int, load: Callable[[], bytes], *, shelf: Shelf) -> bytes:
    """The page as a PNG, b"" where the document has no such page."""
    if not 1 <= number <= MOST_PAGES:
        return b""
    return shelf.content(digest(edition(), "picture of page", key, number), lambda: _drawn(load(), number), html="")


def _described(pdf: bytes) -> bytes:
    with _opened(pdf) as document:
        shown = [_page(document, number) for number in range(1, min(len(document), MOST_PAGES) + 1)] if document else []
        return json.dumps({"shown": shown, "of": len(document) if document else 0}).encode()


def _page(document: pypdfium2.PdfDocument, number: int) -> tuple[int, int, int, str]:
    page = document[number - 1]
    width, height = (math.ceil(side * SCALE) for side in page.get_size())
    lines = page.get_textpage().get_text_range().splitlines()
    return number, width, height, "\n".join(line.strip() for line in lines if line.strip())


def _drawn(pdf: bytes, number: int) -> bytes:
    with _opened(pdf) as document:
        if document is None or number > len(document):
            return b""
        drawn: Image.Image = document[number - 1].render(scale=SCALE).to_pil().convert("RGB")
    written = io.BytesIO()
    drawn.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(written, "PNG")
    return written.getvalue()


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument | None]:
    """The document, for one thread at a time; none where the bytes are no PDF."""
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            yield None
            return
        try:
            yield document
        finally:
            document.close()
