"""Files as they leave the portal: every one with its name and kind, and kept by nobody on its way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import IO, Any, TypeVar

from django.core.files import File
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from cluster_portal.files.kept import FileGone
from cluster_portal.text import clean_line

PDF, ZIP, ICS = "application/pdf", "application/zip", "text/calendar; charset=utf-8"

#: What neither a file system nor a mail program takes in a name.
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))

View = TypeVar("View", bound=Callable[..., Any])


def sends_file(view: View) -> View:
    """Marks a view that writes a file: `members/limits.py` counts how many an account asks for."""
    view.sends_file = True  # type: ignore[attr-defined]
    return view


def send_file(
    content: bytes | IO[bytes] | File[bytes] | Iterable[str], *, name: str, content_type: str = PDF
) -> HttpResponseBase:
    """The file as a download: never opened as a page, and no-store, as it may be about people.

    `content` may be the bytes, an open file, or lines that are sent as they come. `name`
    may hold any letters, Vietnamese ones too.
    """
    if isinstance(content, bytes):
        response: HttpResponseBase = HttpResponse(content, content_type=content_type)
    elif hasattr(content, "read"):
        response = FileResponse(content, content_type=content_type)
    else:
        response = StreamingHttpResponse(content, content_type=content_type)
    response.sent_name = clean_line(name)  # type: ignore[attr-defined]  # the trail tells who took it along
    response["Content-Disposition"] = content_disposition_header(True, clean_line(name).translate(_NOT_IN_NAMES))
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def show_picture(file: FieldFile) -> HttpResponseBase:
    """Our own re-encoded JPEG within a page, kept for a day by the browser of the one who may see it.

    One that is gone is not found: within a page there is no place for a sentence.
    """
    try:
        opened = file.open()
    except FileGone as fault:
        raise Http404(fault.sentence) from fault
    headers = {"Cache-Control": "private, max-age=86400", "X-Content-Type-Options": "nosniff"}
    return FileResponse(opened, content_type="image/jpeg", headers=headers)
