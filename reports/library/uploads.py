"""A paper's file, checked as other uploads are: a PDF is written anew, an office file holds no macros."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from meetings.uploads import SpeechFile, read_office_file
from reports.submissions.uploads import read_attachment

#: What forms and circulars come as.
KINDS = ("docx", "xlsx", "odt", "pptx")


def read_library_file(upload: UploadedFile[Any]) -> SpeechFile:
    """The checked file; raises `UnusableFile`."""
    upload.seek(0)
    if upload.read(5) != b"%PDF-":
        return read_office_file(upload, kinds=KINDS, stem="van-ban")
    upload.seek(0)
    clean = read_attachment(upload)
    return SpeechFile(clean.content, clean.name, clean.kind)
