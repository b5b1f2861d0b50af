"""The files people sent, in a store that speaks S3 (`MEDIA_STORE`): for offices with several hosts.

A file there is whole or not there: one request stores it. What `kept` says of faults holds here, too.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from django.utils.translation import gettext as _
from storages.backends.s3 import S3Storage

from cluster_portal.files.kept import FileFault, FileGone, NotStored

log = logging.getLogger(__name__)

#: Seconds until a store that is away is told, and how often it is asked: a page waits for it.
PATIENCE = Config(
    connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 2}, s3={"addressing_style": "path"},
    signature_version="s3v4",
)  # fmt: skip
FAULTS = (BotoCoreError, ClientError, OSError)


class KeptInS3(S3Storage):
    """django-storages' own; faults are told in a sentence, as those of a disk are."""

    is_elsewhere = True

    def __init__(self, **options: Any) -> None:
        super().__init__(client_config=PATIENCE, default_acl=None, **options)

    def _save(self, name: str, content: File[Any]) -> str:
        with _told(NotStored, _not_stored):
            saved: str = super()._save(name, content)
        return saved

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        """Fetched at once: what is sent begins only when all of it is there."""
        with _told(FileGone, _gone):
            opened: File[Any] = super()._open(name, mode)
            opened.read(0)
        return opened

    def delete(self, name: str) -> None:
        """What can't be deleted is left for `manage.py doctor`: the act that no longer needs it is done."""
        try:
            super().delete(name)
        except FAULTS as fault:
            log.error("A file that nothing names any more stays: %s", fault)

    def stored(self) -> Iterator[tuple[str, float]]:
        """The names of all files, with the second each was stored in. Raises `OSError`, as all below do."""
        with _as_of_a_disk():
            for kept in self.bucket.objects.all():
                yield kept.key, kept.last_modified.timestamp()

    def fetch_all(self, folder: Path) -> None:
        for name, _second in self.stored():
            target = folder / name
            if not target.resolve().is_relative_to(folder.resolve()):
                raise OSError(f"{name} is no name of a file of the portal")
            target.parent.mkdir(parents=True, exist_ok=True)
            with _as_of_a_disk():
                self.bucket.download_file(name, str(target))

    def put_all(self, folder: Path) -> None:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            with _as_of_a_disk():
                self.bucket.upload_file(str(path), path.relative_to(folder).as_posix())

    def look(self) -> None:
        """Whether its bucket can be reached."""
        with _as_of_a_disk():
            self.connection.meta.client.head_bucket(Bucket=self.bucket_name)


@contextmanager
def _told(fault_of: type[FileFault], sentence: Callable[[], str]) -> Iterator[None]:
    try:
        yield
    except FAULTS as fault:
        log.error("The store of files: %s", fault)
        raise fault_of(sentence()) from fault


@contextmanager
def _as_of_a_disk() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as fault:
        raise OSError(str(fault)) from fault


def _not_stored() -> str:
    return _("The portal can't store files now; nothing was stored. Tell the person who looks after the portal.")


def _gone() -> str:
    return _("The file is no longer there. Tell the person who looks after the portal.")
