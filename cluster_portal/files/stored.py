"""Files that come with a row: written before anything is locked, so that nobody waits for the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.base import File
from django.db.models import Model
from django.db.models.fields.files import FieldFile

#: Keeps the content for a row's field and returns the file; the name given lends its ending only.
Keep = Callable[[Model, str, str, "File[Any]"], FieldFile]


@contextmanager
def files_of_one_act() -> Iterator[Keep]:
    """Write files, then store the rows that name them, in here; without the rows all of them go again."""
    written: list[FieldFile] = []

    def keep(row: Model, field: str, name: str, content: File[Any]) -> FieldFile:
        """A file beside the one that the row names so far."""
        beside: FieldFile = FieldFile(row, getattr(row, field).field, "")
        beside.name = beside.storage.save(beside.field.generate_filename(row, name), content)
        written.append(beside)
        return beside

    try:
        yield keep
    except BaseException:
        for file in written:
            file.storage.delete(str(file))
        raise
