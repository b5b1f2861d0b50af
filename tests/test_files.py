"""Every file that leaves the portal does so by one door, with its name and kept by nobody on the way."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from cluster_portal.files.sending import PDF, send_file
from tests.support.sitemap import routes
from tests.support.url_args import values_for

pytestmark = pytest.mark.usefixtures("_empty_pdfs")

#: django-allauth's own.
OF_OTHERS = {"mfa_download_recovery_codes"}
PICTURES = {"meetings:photo-image", "meetings:photo-thumbnail", "reports:attachment-picture"}
PAGES = {"reports:document-page", "reports:sent-page", "reports:draft-page"}
#: What somebody sent is no page, whatever it is.
UPLOADED = {
    "meetings:speech-file",
    "reports:attachment-file",
    "reports:library-file",
    "reports:sent-copy",
    "reports:signed-copy-file",
}


@pytest.fixture
def answers(unit, cluster, as_user, secretariat):
    """What each page answers to the secretariat that may see it."""
    values = values_for(unit)
    client = as_user(secretariat)
    found = {}
    for route in routes():
        if route.capability and "logout" not in route.name:
            response = client.get(route.url(values))
            if response.status_code == 200:
                found[route.name] = response
    return found


def test_every_file_has_name_and_kind_and_is_kept_by_nobody(answers):
    files = {name: answer for name, answer in answers.items() if not answer["Content-Type"].startswith("text/html")}
    assert len(files) > 25

    for name, answer in files.items():
        assert answer["X-Content-Type-Options"] == "nosniff", name
        if name in PAGES:
            assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/png", "private, no-store"), name
        elif name not in PICTURES:
            way = "(inline|attachment)" if answer["Content-Type"] == PDF and name not in UPLOADED else "attachment"
            assert re.fullmatch(
                way + r"; filename.+\.(pdf|docx|xlsx|csv|json|ics|zip|jpg)\"?", answer["Content-Disposition"]
            ), name
            assert answer["Cache-Control"] == "private, no-store", name
        else:
            assert answer["Cache-Control"].startswith("private"), name


def test_no_module_sends_a_file_by_hand():
    by_hand = re.compile(r"Content-Disposition|FileResponse|StreamingHttpResponse|content_disposition_header")
    modules = [
        path
        for package in ("cluster_portal", "members", "incidents", "meetings", "reports")
        for path in Path(settings.BASE_DIR, package).rglob("*.py")
        if by_hand.search(path.read_text())
    ]

    assert [path.name for path in modules] == ["sending.py"]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("so.pdf", 'attachment; filename="so.pdf"'),
        ("Biên bản.pdf", "attachment; filename*=utf-8''Bi%C3%AAn%20b%E1%BA%A3n.pdf"),
        ('a"b/c\\d\r\ne.pdf', 'attachment; filename="a-b-c-d e.pdf"'),
        ("xa\u200b\u202efdp.pdf", 'attachment; filename="xafdp.pdf"'),
    ],
)
def test_a_name_holds_vietnamese_and_nothing_that_leads_astray(name, header):
    assert send_file(b"", name=name)["Content-Disposition"] == header


def test_lines_are_sent_as_they_come():
    assert b"".join(send_file(iter(["a\n", "b\n"]), name="a.csv", content_type="text/csv")) == b"a\nb\n"
