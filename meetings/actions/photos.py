"""Photos of a meeting: kept re-encoded, captioned, removed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction

from cluster_portal.files.pictures import Picture
from cluster_portal.files.stored import files_of_one_act
from meetings.actions.guards import locked_open
from meetings.actions.ordering import next_order
from meetings.models import Meeting, Photo
from members.infrastructure.audit import record
from members.infrastructure.editing import change
from members.infrastructure.refusals import locked
from members.models import User


def add_photos(
    *, meeting: Meeting, pictures: Sequence[Picture], caption: str, by: User, now: dt.datetime
) -> list[Photo]:
    """Keep re-encoded pictures at the end of the meeting's photos: all of them or none. Raises `NotStored`."""
    with files_of_one_act() as keep:
        photos = []
        for picture in pictures:
            photo = Photo(meeting=meeting, caption=caption, width=picture.width, height=picture.height)
            photo.image = keep(photo, "image", "photo.jpg", picture.image)
            photo.thumbnail = keep(photo, "thumbnail", "thumbnail.jpg", picture.thumbnail)
            photos.append(photo)
        with transaction.atomic():
            locked_open(meeting)
            for photo in photos:
                photo.order = next_order(meeting.photos)
                photo.save()
                record(verb="photo.added", target=photo, by=by, now=now, changes={"meeting": (None, meeting)})
    return photos


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
