"""A paper's file, checked as other uploads are: a PDF is written anew, an office file holds no macros."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from meetings.uploads import SpeechFile, read_office_file

#: What forms and circulars come as.
KINDS = ("pdf", "docx", "xlsx", "odt", "pptx")


def read_library_file(upload: UploadedFile[Any]) -> SpeechFile:
    """The checked file; raises `UnusableFile`."""
    return read_office_file(upload, kinds=KINDS, stem="van-ban")
