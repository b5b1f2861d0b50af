"""Photographs and scans as a unit sends them, checked and written anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from cluster_portal.files.office_files import pdf_to_keep
from cluster_portal.files.pictures import read_picture
from cluster_portal.text import file_stem

MAX_NAME = 120


@dataclass(frozen=True)
class AttachedFile:
    """A file to be kept: `kind` is what it is now, whatever it was sent as."""

    content: ContentFile[bytes]
    name: str
    kind: str


def read_attachment(upload: UploadedFile[Any]) -> AttachedFile:
    """The file as the portal keeps it: a JPEG or a PDF. Raises `UnusableFile`."""
    is_pdf = upload.read(5) == b"%PDF-"
    upload.seek(0)
    kind, content = ("pdf", pdf_to_keep(upload)) if is_pdf else ("jpg", read_picture(upload).image)
    return AttachedFile(content, f"{file_stem(upload.name, 'tep', MAX_NAME)}.{kind}", kind)
