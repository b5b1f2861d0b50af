"""Papers of the library: kept, described anew, superseded, taken out."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from cluster_portal.files.stored import Keep, files_of_one_act
from meetings.uploads import SpeechFile
from members.infrastructure.audit import record
from members.infrastructure.editing import change, changes_between
from members.infrastructure.refusals import Refused, locked
from members.models import Cluster, User
from reports.models import LibraryPaper


def add_paper(*, values: dict[str, Any], file: SpeechFile, by: User | None, now: dt.datetime) -> LibraryPaper:
    """Keep a paper with its file; sent twice it is kept once.

    Raises `Refused` where its file is there under the same subject, described otherwise.
    """
    paper = LibraryPaper(**values, added_at=now, added_by=by)
    with files_of_one_act() as keep:
        kept = _kept(keep, paper, file)
        with transaction.atomic():
            Cluster.lock()
            if twin := LibraryPaper.objects.filter(sha256=kept["sha256"], subject=paper.subject).first():
                if changes_between(twin, values):
                    told = _("This file is in the library already: %(paper)s. Change that paper instead.")
                    raise Refused(told % {"paper": twin}, "upload", about=twin)
                kept["file"].storage.delete(str(kept["file"]))
                return twin
            for name, value in kept.items():
                setattr(paper, name, value)
            paper.save()
            record(verb="library.added", target=paper, by=by, now=now)
    return paper


def change_paper(
    *,
    paper: LibraryPaper,
    values: dict[str, Any],
    file: SpeechFile | None = None,
    revision: int,
    by: User | None,
    now: dt.datetime,
) -> None:
    """Describe a paper anew; a new `file` takes the old one's place, and is a revision as well.

    Raises `StaleEdit`, and `Refused` where papers would supersede each other in a ring.
    """
    with files_of_one_act() as keep:
        new = _kept(keep, paper, file) if file else None
        with transaction.atomic():
            _refuse_ring(paper, values.get("superseded_by", paper.superseded_by))
            change(paper, values=values, revision=revision, verb="library.changed", by=by, now=now)
            if new:
                _replace_file(locked(paper), new, by=by, now=now)


def _replace_file(paper: LibraryPaper, new: dict[str, Any], *, by: User | None, now: dt.datetime) -> None:
    storage, old, old_name = paper.file.storage, str(paper.file), paper.file_name
    for name, value in new.items():
        setattr(paper, name, value)
    paper.revision += 1
    paper.save(update_fields=[*new, "revision"])
    record(verb="library.file_replaced", target=paper, by=by, now=now, changes={"file": (old_name, paper.file_name)})
    transaction.on_commit(partial(storage.delete, old))


@transaction.atomic
def remove_paper(*, paper: LibraryPaper, by: User | None, now: dt.datetime) -> None:
    """Take out a paper that was kept by mistake. Raises `Refused` where it supersedes another."""
    held = locked(paper)
    record(verb="library.removed", target=held, by=by, now=now)
    storage, name = held.file.storage, str(held.file)
    try:
        held.delete()
    except ProtectedError:
        raise Refused(_("This paper supersedes another one; change that first."), about=paper) from None
    transaction.on_commit(partial(storage.delete, name))


def _refuse_ring(paper: LibraryPaper, successor: LibraryPaper | None) -> None:
    seen = {paper.pk}
    while successor:
        if successor.pk in seen:
            raise Refused(_("This paper takes the place of the one it would be superseded by."), "superseded_by")
        seen.add(successor.pk)
        successor = successor.superseded_by


def _kept(keep: Keep, paper: LibraryPaper, file: SpeechFile) -> dict[str, Any]:
    data = file.content.read()
    file.content.seek(0)
    kept = keep(paper, "file", f"{file.name}", file.content)
    return {"file": kept, "file_name": file.name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
