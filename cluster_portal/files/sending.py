"""Files as they leave the portal: every one with its name and kind, and kept by nobody on its way."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from functools import wraps
from typing import IO, Any, TypeVar, cast
from urllib.parse import urlencode

from django.core.files import File
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import re_accepts_gzip
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from cluster_portal.files.finished import looking_on
from cluster_portal.files.finished_files import KeptOnShelf, are_done_soon
from cluster_portal.files.kept import FileGone
from cluster_portal.text import clean_line

PDF, ZIP, ICS = "application/pdf", "application/zip", "text/calendar; charset=utf-8"

#: What neither a file system nor a mail program takes in a name.
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))

View = TypeVar("View", bound=Callable[..., Any])


def sends_file(view: View) -> View:
    """Marks a view that writes a file: `members/limits.py` counts how many an account asks for.

    What was written before of the same values is sent again (`finished_files`); what takes long is left to the
    worker, and whoever asked, where it isn't done within seconds, led to a page that tells how far it is and then
    back here.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "GET":
            return view(request, *args, **kwargs)  # type: ignore[no-any-return]
        shelf = KeptOnShelf(now=timezone.now())  # the clock: it stands before the views
        with looking_on(shelf):
            response: HttpResponseBase = view(request, *args, **kwargs)
        if not shelf.being_made:
            return response
        for close in response._resource_closers:  # type: ignore[attr-defined]
            close()  # (the answer's own `close` would tell Django that the request is over)
        if are_done_soon(shelf.being_made, now=shelf.now):
            with looking_on(KeptOnShelf(now=shelf.now, makes_all=True)):
                return view(request, *args, **kwargs)  # type: ignore[no-any-return]
        of = urlencode({"of": ".".join(shelf.being_made), "file": request.get_full_path()})
        return redirect(f"{reverse('members:file-progress')}?{of}")

    answer.sends_file = True  # type: ignore[attr-defined]
    return answer  # type: ignore[return-value]


def send_file(content: bytes | IO[bytes] | File[bytes], *, name: str, content_type: str = PDF) -> HttpResponseBase:
    """The file as a download: never opened as a page, and no-store, as it may be about people.

    `content` may be the bytes or an open file: its length goes before it, so that one cut off on its way is told by
    the browser. `name` may hold any letters, Vietnamese ones too.
    """
    if isinstance(content, bytes):
        response: HttpResponseBase = HttpResponse(content, content_type=content_type)
    else:
        response = FileResponse(content, content_type=content_type)
    response.sent_name = clean_line(name)  # type: ignore[attr-defined]  # the trail tells who took it along
    response["Content-Disposition"] = _disposition(name, is_download=True)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def takes_gzip(request: HttpRequest) -> bool:
    """As Django's own middleware asks it."""
    return bool(re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")))


def send_packed(packed: bytes, *, name: str, content_type: str, takes_packed: bool) -> HttpResponseBase:
    """A file kept packed (gzip), as it is or, for who doesn't take it so, unpacked on its way; with its length."""
    if takes_packed:
        response = send_file(packed, name=name, content_type=content_type)
        response["Content-Encoding"] = "gzip"
    else:
        unpacked = cast("IO[bytes]", gzip.GzipFile(fileobj=io.BytesIO(packed)))
        response = send_file(unpacked, name=name, content_type=content_type)
        response["Content-Length"] = str(int.from_bytes(packed[-4:], "little"))  # where gzip keeps it
    response["Vary"] = "Accept-Encoding"
    return response


def _disposition(name: str, *, is_download: bool) -> str:
    return content_disposition_header(is_download, clean_line(name).translate(_NOT_IN_NAMES)) or "inline"


def show_pdf(content: bytes, *, name: str) -> HttpResponseBase:
    """A PDF of our own making: the browser opens it, and saves it under `name` where it is told to.

    Not for what somebody uploaded, which is a download always.
    """
    response = send_file(content, name=name)
    response["Content-Disposition"] = _disposition(name, is_download=False)
    return response


def show_page(picture: bytes) -> HttpResponseBase:
    """A page of a document as a picture, kept by nobody, as the document is; b"" where there is none."""
    if not picture:
        raise Http404
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(picture, content_type="image/png", headers=headers)


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
