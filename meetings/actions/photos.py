"""Photos of a meeting: kept re-encoded, captioned, removed."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.db import transaction

from cluster_portal.files.pictures import Picture
from cluster_portal.files.stored import taken_back_if_refused
from meetings.actions.guards import locked_open
from meetings.actions.ordering import next_order
from meetings.models import Meeting, Photo
from members.infrastructure.audit import record
from members.infrastructure.editing import change
from members.infrastructure.refusals import locked
from members.models import User


def add_photo(*, meeting: Meeting, picture: Picture, caption: str, by: User, now: dt.datetime) -> Photo:
    """Keep a re-encoded picture at the end of the meeting's photos."""
    photo = Photo(meeting=meeting, caption=caption, width=picture.width, height=picture.height)
    photo.image.save("photo.jpg", picture.image, save=False)
    photo.thumbnail.save("thumbnail.jpg", picture.thumbnail, save=False)
    with taken_back_if_refused(photo.image, photo.thumbnail), transaction.atomic():
        locked_open(meeting)
        photo.order = next_order(meeting.photos)
        photo.save()
        record(verb="photo.added", target=photo, by=by, now=now, changes={"meeting": (None, meeting)})
    return photo


@transaction.atomic
def edit_photo(*, photo: Photo, values: dict[str, Any], revision: int, by: User, now: dt.datetime) -> None:
    locked_open(photo.meeting)
    change(photo, values=values, revision=revision, verb="photo.edited", by=by, now=now)


@transaction.atomic
def remove_photo(*, photo: Photo, by: User, now: dt.datetime) -> None:
    """Take the photo out, and its files once that is certain."""
    locked_open(photo.meeting)
    locked(photo)
    taken_from = {"meeting": (photo.meeting, None)}
    record(verb="photo.removed", target=photo, by=by, now=now, changes=taken_from)
    storage, names = photo.image.storage, (str(photo.image), str(photo.thumbnail))
    photo.delete()
    for name in names:
        transaction.on_commit(partial(storage.delete, name))
