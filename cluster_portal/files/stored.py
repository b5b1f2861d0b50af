"""Files that come with a row: written before anything is locked, so that nobody waits for the disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models.fields.files import FieldFile


@contextmanager
def taken_back_if_refused(*files: FieldFile | None) -> Iterator[None]:
    """Store the row that names the `files` in here; without the row they go again."""
    written = [(file.storage, str(file)) for file in files if file]
    try:
        yield
    except BaseException:
        for storage, name in written:
            storage.delete(name)
        raise
