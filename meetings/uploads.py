"""The text of a speech as a unit sends it: known by its content, not by its name; a PDF is written anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from cluster_portal.files.office_files import office_kind, pdf_to_keep
from cluster_portal.files.unusable import UnusableFile
from cluster_portal.text import file_stem

MAX_BYTES = 30 * 2**20
MAX_NAME = 120

#: What each kind is served as; always as a download.
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


#: What speeches come as.
SPEECHES = ("pdf", "docx", "odt", "pptx")


@dataclass(frozen=True)
class SpeechFile:
    """`name` as a person calls it, with the `suffix` of what the file really is."""

    content: File[Any]
    name: str
    suffix: str


def read_speech_file(upload: UploadedFile[Any]) -> SpeechFile:
    """The checked file; raises `UnusableFile`."""
    return read_office_file(upload, kinds=SPEECHES, stem="tham-luan")


def read_office_file(upload: UploadedFile[Any], *, kinds: Sequence[str], stem: str) -> SpeechFile:
    """The checked file, if it is one of `kinds`; `stem` is what one without a name is called. Raises `UnusableFile`."""
    if (upload.size or 0) > MAX_BYTES:
        raise UnusableFile(_("The file is larger than 30 MB. Send a smaller one, for example as PDF."))
    suffix = _kind_of(upload)
    if suffix is None or suffix not in kinds:
        told = _("This file is not taken. %(kinds)s without macros are.")
        raise UnusableFile(told % {"kinds": ", ".join(kind.upper() for kind in kinds)})
    upload.seek(0)
    content: File[Any] = pdf_to_keep(upload) if suffix == "pdf" else upload
    return SpeechFile(content, f"{file_stem(upload.name, stem, MAX_NAME)}.{suffix}", suffix)


def _kind_of(upload: UploadedFile[Any]) -> str | None:
    upload.seek(0)
    if upload.read(5) == b"%PDF-":
        return "pdf"
    upload.seek(0)
    return office_kind(upload.read())
