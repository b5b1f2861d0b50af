"""Photographs and scans as a unit sends them, checked and written anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from cluster_portal.files.pdf_cleaning import ACTIVE, LOCKED, NotClean, clean_pdf
from cluster_portal.files.pictures import read_picture
from cluster_portal.files.unusable import UnusableFile
from cluster_portal.text import file_stem

MAX_PDF = 30 * 2**20
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
    kind, content = ("pdf", _pdf(upload)) if is_pdf else ("jpg", read_picture(upload).image)
    return AttachedFile(content, f"{file_stem(upload.name, 'tep', MAX_NAME)}.{kind}", kind)


def _pdf(upload: UploadedFile[Any]) -> ContentFile[bytes]:
    data = upload.read(MAX_PDF + 1)
    if len(data) > MAX_PDF:
        raise UnusableFile(_("The file is larger than 30 MB. Scan it in black and white, or at 200 dpi."))
    try:
        return ContentFile(clean_pdf(data))
    except NotClean as fault:
        if fault.args == (LOCKED,):
            raise UnusableFile(_("This PDF is protected by a password. Choose one that anybody can open.")) from None
        if fault.args == (ACTIVE,):
            sentence = _("This PDF is signed and holds scripts or enclosed files. Choose one signed without them.")
            raise UnusableFile(sentence) from None
        raise UnusableFile(_("This PDF is damaged or incomplete. Scan or export it again.")) from None
