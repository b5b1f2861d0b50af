"""Files that were made once and stay as they are, as long as nothing they are made of changes.

A writer marked `kept` is a function of plain values. Within an answer that sends a file
(`sending.sends_file`) there is a shelf, on which its bytes are looked for under a key of
those values and of the program (`edition`); everywhere else – where a document is issued –
it writes, as if there were none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from importlib.metadata import distributions
from pathlib import Path
from typing import ParamSpec, Protocol

from django.conf import settings
from django.utils.translation import get_language
from weasyprint.text.ffi import pango

from cluster_portal.remembered import digest

Given = ParamSpec("Given")

#: Where the program stands, and what of it the bytes of a document can depend on.
FOLDERS = ("cluster_portal", "members", "meetings", "incidents", "reports", "templates", "static", "locale")
SUFFIXES = frozenset({".py", ".html", ".txt", ".css", ".svg", ".png", ".ttf", ".otf", ".woff2", ".docx", ".icc", ".mo"})


class Shelf(Protocol):
    def content(self, key: str, make: Callable[[], bytes], *, html: str) -> bytes:
        """What is kept under `key`, or what `make` makes; `html` where a worker can make it of that."""


_IN_USE: ContextVar[Shelf | None] = ContextVar("shelf", default=None)


@contextmanager
def looking_on(shelf: Shelf | None) -> Iterator[None]:
    """Within it writers look for what they have written before."""
    token = _IN_USE.set(shelf)
    try:
        yield
    finally:
        _IN_USE.reset(token)


def kept(write: Callable[Given, bytes]) -> Callable[Given, bytes]:
    """Of a writer whose bytes depend on its arguments, the language and the program, and on nothing else."""

    @wraps(write)
    def look_first(*args: Given.args, **kwargs: Given.kwargs) -> bytes:
        shelf = _IN_USE.get()
        if shelf is None:
            return write(*args, **kwargs)
        key = digest(edition(), write.__module__, write.__qualname__, args, sorted(kwargs.items()), get_language())
        return shelf.content(key, lambda: write(*args, **kwargs), html="")

    return look_first


def kept_of_html(write: Callable[[str], bytes]) -> Callable[[str], bytes]:
    """Of the writer that makes a finished page a PDF, which the worker can do as well."""

    @wraps(write)
    def look_first(html: str) -> bytes:
        shelf = _IN_USE.get()
        return write(html) if shelf is None else shelf.content(key_of_html(html), lambda: write(html), html=html)

    return look_first


def key_of_html(html: str) -> str:
    return hashlib.sha256(f"{edition()}\n{html}".encode()).hexdigest()


def edition() -> str:
    """Another for another program: its own files, the packages, Python and what sets type.

    While somebody works on the portal (DEBUG) the files are read each time.
    """
    return _read_edition() if settings.DEBUG else _edition()


@cache
def _edition() -> str:
    return _read_edition()


def _read_edition() -> str:
    found = hashlib.sha256(f"pango {pango.pango_version()}".encode())
    for package in sorted(f"{each.name} {each.version}" for each in distributions()):
        found.update(package.encode())
    for path in sorted(_program()):
        found.update(str(path.relative_to(settings.BASE_DIR)).encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _program() -> Iterator[Path]:
    for folder in FOLDERS:
        root = Path(settings.BASE_DIR) / folder
        yield from (path for path in root.rglob("*") if path.suffix in SUFFIXES)
