"""All files people sent, wherever they are kept: for backups and for who looks after the portal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import storages


def elsewhere() -> Any:
    """The store that is no folder of this machine (`kept_in_s3`); None where there is none."""
    store = storages["default"]
    return store if getattr(store, "is_elsewhere", False) else None


def stored_files() -> Iterator[tuple[str, float]]:
    """The names of all files, with the second each was stored in."""
    if store := elsewhere():
        yield from store.stored()
        return
    root = Path(settings.MEDIA_ROOT)
    for folder, _folders, names in os.walk(root):
        for path in (Path(folder) / name for name in names):
            with suppress(FileNotFoundError):  # one that was being stored has its own name now
                yield path.relative_to(root).as_posix(), path.stat().st_mtime


def folder_of_all(scratch: Path) -> Path:
    """A folder that holds all files: where they are kept, or one in `scratch`, into which they are fetched."""
    if not (store := elsewhere()):
        return Path(settings.MEDIA_ROOT)
    fetched = scratch / "media"
    fetched.mkdir()
    store.fetch_all(fetched)
    return fetched


def what_is_wrong() -> str:
    """Why files can't be stored, for who looks after the portal; "" where they can, as far as a look tells."""
    if store := elsewhere():
        try:
            store.look()
        except OSError as fault:
            return f"files can't be stored: {fault}"
        return ""
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists():  # made with the first file
        folder = folder.parent
    return "" if os.access(folder, os.W_OK | os.X_OK) else "files can't be stored"
