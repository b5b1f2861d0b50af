"""A stranger's office file or PDF, examined by processes that can be killed; why one isn't taken, in sentences."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.bounded import TooMuchWork, answer_of
from cluster_portal.files.active_content import Does
from cluster_portal.files.pdf_cleaning import ACTIVE, LOCKED, NotClean, clean_pdf
from cluster_portal.files.unusable import UnusableFile

MAX_PDF = 30 * 2**20
#: Seconds of wall time, of which a busy machine may need many for what else takes one.
WAIT = 25

SENTENCES = {
    Does.PROGRAMS: gettext_lazy("The file holds macros, programs or embedded objects. Save it without them."),
    Does.OUTSIDE: gettext_lazy(
        "The file fetches parts from elsewhere when it is opened. Break these links, then save it."
    ),
}


def office_kind(content: bytes) -> str | None:
    """docx, pptx, xlsx or odt; None for what is no readable office file.

    Raises `UnusableFile` for one that would do something when opened, or that takes too long to look through.
    """
    try:
        told = json.loads(answer_of("cluster_portal.files.active_content", content, wait=WAIT))
    except TooMuchWork:
        raise UnusableFile(_("The file takes too long to read.")) from None
    if "does" in told:
        raise UnusableFile(str(SENTENCES[Does(told["does"])]))
    kind: str | None = told["kind"]
    return kind


def pdf_to_keep(upload: UploadedFile[Any]) -> ContentFile[bytes]:
    """A PDF as the portal keeps it: without traces of its maker and without what it would do. Raises `UnusableFile`."""
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
