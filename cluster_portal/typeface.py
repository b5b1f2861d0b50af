"""The text face of the pages, made out of its package: only the letters pages use, and figures of one width.

Be Vietnam Pro has every Vietnamese letter, but its figures differ in width (a 1 takes 385
units, an 8 takes 634), so that they would not stand below each other. Beside each weight
stands a file of the ten figures alone, each as wide as the others; `static/css/tokens.css`
takes it where figures are compared.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage
from fontTools import subset
from fontTools.ttLib import TTFont

PREFIX = "fonts"
#: Changed with the letters below or the way they are made: files of before are not taken then.
EDITION = 2
WEIGHTS = {"regular": "BeVietnamPro-Regular.ttf", "semibold": "BeVietnamPro-SemiBold.ttf"}
#: Latin with all Vietnamese letters, marks that are typed after their letter, and the signs pages are written with.
LETTERS = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x300, 0x324), *range(0x1EA0, 0x1EFA)))) + (
    "ƠơƯư–—‘’“”„†•…‰‹›₫€−≈≠≤≥←↑→↓×"
)
DIGITS = "0123456789"
#: Of a figure, in units of the face: the widest is drawn on 614 of them.
WIDTH = 640
NAMES = tuple(f"{kind}-{weight}.woff2" for kind in ("portal", "figures") for weight in WEIGHTS)


class TypefaceFinder(BaseFinder):
    """Finds `fonts/….woff2`; what isn't made yet is made, which takes a second a file."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # a path, or all of them
        folder, _slash, name = path.partition("/")
        if folder != PREFIX or name not in NAMES:
            return []
        found = str(made(name))
        return [found] if find_all or kwargs.get("all") else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        for name in NAMES:
            if not matches_patterns(name, list(ignore_patterns or [])):
                storage = FileSystemStorage(location=made(name).parent)
                storage.prefix = PREFIX  # type: ignore[attr-defined]  # as Django's own finders say it
                yield name, storage


def made(name: str, folder: Path | None = None) -> Path:
    """The file of one of `NAMES`; two processes that make it at once each put a whole file in its place."""
    path = (folder or Path(settings.TYPEFACE_FOLDER) / str(EDITION)) / name
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        kind, weight = path.stem.split("-")
        handle, written = tempfile.mkstemp(dir=path.parent)
        os.close(handle)
        _write(Path(written), fontpkg_be_vietnam_pro.ROOT / "files" / WEIGHTS[weight], is_figures=kind == "figures")
        Path(written).chmod(0o644)
        Path(written).replace(path)
    return path


def _write(path: Path, source: Path, *, is_figures: bool) -> None:
    options = subset.Options(flavor="woff2", layout_features=[] if is_figures else ["kern", "liga", "mark", "ccmp"])
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=DIGITS if is_figures else LETTERS)
    with TTFont(source) as font:
        subsetter.subset(font)
        if is_figures:
            _space_evenly(font)
        font.flavor = "woff2"
        font.save(path)


def _space_evenly(font: TTFont) -> None:
    """Each figure in the middle of a place of the same width."""
    drawn, spaces = font["glyf"], font["hmtx"]
    for name in (font.getBestCmap()[ord(digit)] for digit in DIGITS):
        glyph = drawn[name]
        glyph.coordinates.translate(((WIDTH - spaces[name][0]) // 2, 0))
        glyph.recalcBounds(drawn)
        spaces[name] = (WIDTH, glyph.xMin)
