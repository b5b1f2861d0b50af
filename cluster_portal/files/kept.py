"""The files people sent: kept whole or not at all, and told in a sentence where they can't be.

The one storage of photos and attachments. Whoever stores or reads through it gets a
`FileFault`, never a bare `OSError`, so that a full disk or a lost file is told beside
the form (`members.forms.revision`) or on the page somebody came from
(`members.middleware`).
"""

from __future__ import annotations

import errno
import logging
import os
import uuid
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)

#: What a full disk, or a quota that is used up, is called.
FULL = (errno.ENOSPC, errno.EDQUOT)
#: How the names of files end that are still being written; `manage.py doctor` finds what a lost machine left of them.
UNFINISHED = ".part"


class FileFault(Exception):
    """`sentence` is for people; the log has the cause."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotStored(FileFault):
    """The disk took the file not, or not whole; nothing is left of it."""


class FileGone(FileFault):
    """A row names a file that is no longer there, or can't be read."""


def is_disk_full(fault: BaseException | None) -> bool:
    return isinstance(fault, OSError) and fault.errno in FULL


class KeptFiles(FileSystemStorage):
    """Django's, but a file has its name only once all of it is on the disk."""

    def _save(self, name: str, content: File[Any]) -> str:
        unfinished = f"{name}.{uuid.uuid4().hex}{UNFINISHED}"
        try:
            super()._save(unfinished, content)  # type: ignore[misc]  # the stubs leave it out
            _to_disk(Path(self.path(unfinished)))
            os.replace(self.path(unfinished), self.path(name))
            _to_disk(Path(self.path(name)).parent)
        except OSError as fault:
            self.delete(name)
            log.error("A file could not be stored: %s", fault)
            raise NotStored(_why_not_stored(fault)) from fault
        finally:
            self.delete(unfinished)
        return name

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        try:
            opened: File[Any] = super()._open(name, mode)  # type: ignore[misc]
            return opened
        except OSError as fault:
            log.error("A file that a row names can't be read: %s", fault)
            raise FileGone(_("The file is no longer there. Tell the person who looks after the portal.")) from fault

    def delete(self, name: str) -> None:
        """What can't be deleted is left for `manage.py doctor`: the act that no longer needs it is done."""
        try:
            super().delete(name)
        except OSError as fault:
            log.error("A file that nothing names any more stays: %s", fault)


def _to_disk(path: Path) -> None:
    """A row that is acknowledged outlives a power cut; so must its file, and the name of it in its folder."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _why_not_stored(fault: OSError) -> str:
    if is_disk_full(fault):
        return _("The portal's disk is full; nothing was stored. Tell the person who looks after the portal.")
    return _("The portal can't store files now; nothing was stored. Tell the person who looks after the portal.")


def content_of(file: FieldFile) -> bytes | None:
    """All bytes of a file that a row names, None where it is gone: one lost photo must not cost a whole paper."""
    try:
        with file.open() as opened:
            read: bytes = opened.read()
    except FileGone:
        return None
    return read
