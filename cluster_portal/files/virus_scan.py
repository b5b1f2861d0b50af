"""Uploads shown to a virus scanner, clamd, where the office runs one (`CLAMD`).

Its protocol is four lines (INSTREAM); the packages that speak it have not been kept for years.
"""

from __future__ import annotations

import logging
import socket
import struct
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)

WAIT = 10  # seconds for each of its answers


class ScannerAway(Exception):
    """clamd doesn't answer, or not in its protocol."""


def found_in(pieces: Iterable[bytes]) -> str:
    """The name of the virus clamd found, "" if none. Raises `ScannerAway`."""
    try:
        with _connected(settings.CLAMD) as clamd:
            clamd.sendall(b"zINSTREAM\0")
            for piece in pieces:
                clamd.sendall(struct.pack("!L", len(piece)) + piece)
            clamd.sendall(struct.pack("!L", 0))
            answer = _answer(clamd)
    except OSError as fault:
        raise ScannerAway(str(fault)) from fault
    if answer.endswith("FOUND"):
        return answer.removeprefix("stream:").removesuffix("FOUND").strip()
    if answer != "stream: OK":
        raise ScannerAway(answer)
    return ""


def _connected(place: str) -> socket.socket:
    """`/run/clamav/clamd.ctl`, or `127.0.0.1:3310`."""
    if place.startswith("/"):
        opened = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        opened.settimeout(WAIT)
        try:
            opened.connect(place)
        except OSError:
            opened.close()
            raise
        return opened
    host, _colon, port = place.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=WAIT)


def _answer(clamd: socket.socket) -> str:
    told = b""
    while not told.endswith(b"\0") and len(told) < 1000 and (more := clamd.recv(1000)):
        told += more
    return told.rstrip(b"\0").decode(errors="replace").strip()


def refuse_virus(upload: UploadedFile[Any]) -> None:
    """Raises `ValidationError` for a file that isn't clean, and for one that could not be looked at."""
    if not settings.CLAMD:
        return
    upload.seek(0)
    try:
        found = found_in(upload.chunks())
    except ScannerAway:
        log.exception("The virus scanner does not answer: an upload was refused.")
        raise forms.ValidationError(_("Files can't be checked for viruses just now. Try again later.")) from None
    finally:
        upload.seek(0)
    if found:
        log.error("The virus scanner found %s in an upload.", found)
        raise forms.ValidationError(_("The virus scanner found something in this file: %(found)s.") % {"found": found})


def hang() -> None:
    """Let every form's file field ask, whoever writes the form."""
    read = forms.FileField.to_python

    def to_python(self: forms.FileField, data: Any) -> Any:
        file = read(self, data)
        if isinstance(file, UploadedFile):
            refuse_virus(file)
        return file

    forms.FileField.to_python = to_python  # type: ignore[method-assign]
