"""A paper of the library to arrange a test with."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from cluster_portal.files.pdf import html_to_pdf
from meetings.uploads import SpeechFile
from reports.library.actions import add_paper
from tests.support.factories import NOW


def described(**values):
    return {
        "kind": "plan",
        "number": "12/KH-UBND",
        "subject": "Kế hoạch bảo đảm an ninh",
        "issuer": "UBND huyện Sóc Sơn",
        "issued_on": dt.date(2022, 1, 5),
        "readers": "all",
        **values,
    }


def library_paper(by=None, content=b"PK word", **values):
    file = SpeechFile(SimpleUploadedFile("ke hoach.docx", content), "ke hoach.docx", "docx")
    return add_paper(values=described(**values), file=file, by=by, now=NOW)


def plain_pdf():
    return html_to_pdf("<html lang='vi'><title>Kế hoạch</title><h1>Kế hoạch</h1></html>")
