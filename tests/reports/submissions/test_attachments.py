"""Photographs and scans go along with a report, and stay with the version they were sent with."""

import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from members.infrastructure.audit import AuditEntry
from reports.models import Attachment, Submission, SubmissionNote
from reports.submissions import actions
from reports.submissions.actions import attaching
from tests.cluster_portal.files.test_pdf_cleaning import ACTING, SECRET, acting, jpeg, pdf
from tests.reports.submissions.test_form import url, whole_report
from tests.support.documents import issued_report
from tests.support.factories import NOW, RoundFactory
from tests.support.reporting import THEFT, accepted_report, close_early
from tests.support.signing import pdf as blank_pdf
from tests.support.signing import sign


@pytest.fixture
def opened(cluster):
    return RoundFactory()


@pytest.fixture
def draft(as_user, liaison, opened, unit):
    as_user(liaison).post(url("save", opened, unit), whole_report())
    return Submission.objects.get()


def add(client, opened, unit, *files):
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(reverse("reports:attachment-list", args=[opened.period, unit.pk]), {"uploads": uploads})


def picture(colour):
    buffer = io.BytesIO()
    Image.new("RGB", (30, 20), colour).save(buffer, "PNG")
    return buffer.getvalue()


def submit(client, opened, unit):
    revision = str(Submission.objects.get().revision)
    return client.post(url("submit", opened, unit), {"revision": revision, "partial": "1", "declared": "on"})


def stored():
    """The files in the storage, which outlives a test."""
    folder = "reports/attachments"
    return set(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else set()


@pytest.fixture
def kept():
    """`kept()`: the kinds of the files that were kept since the test began."""
    before = stored()
    return lambda: sorted(Path(name).suffix for name in stored() - before)


def test_they_are_cleaned_shown_to_the_reviewer_and_handed_out(as_user, liaison, secretariat, opened, unit, draft):
    client = as_user(liaison)
    add(client, opened, unit, ("Ảnh tuần tra.JPG", jpeg()), ("báo cáo đã ký.pdf", pdf()))
    assert "Ảnh tuần tra.jpg" in client.get(url("check", opened, unit)).text
    submit(client, opened, unit)
    client = as_user(secretariat)
    page = client.get(url("detail", opened, unit)).text
    for attachment in Submission.objects.get().versions.get().attachments.all():
        assert attachment.name in page
        response = client.get(reverse("reports:attachment-file", args=[attachment.pk]))
        data = b"".join(response)
        assert SECRET.encode() not in data
        assert (len(data), response["Content-Disposition"][:10]) == (attachment.size, "attachment")
    assert client.get(reverse("reports:attachment-picture", args=[Attachment.objects.first().pk])).status_code == 200
    assert AuditEntry.objects.filter(verb="attachment.added", unit_id=unit.pk).count() == 2


def test_if_one_file_cannot_be_taken_none_is_and_each_is_named(as_user, liaison, opened, unit, draft, kept):
    response = add(as_user(liaison), opened, unit, ("a.png", picture("red")), ("b.exe", b"MZ"), ("c.pdf", b"%PDF-x"))
    assert response.status_code == 422
    told = response.context["form"].errors["uploads"]
    assert [each.split(":")[0] for each in told] == ["b.exe", "c.pdf"]
    assert (Attachment.objects.count(), kept()) == (0, [])


def test_a_signed_report_is_kept_as_it_is_unless_it_would_do_something(as_user, liaison, opened, unit, draft):
    signed = sign(blank_pdf())
    add(as_user(liaison), opened, unit, ("ký.pdf", signed))
    assert Attachment.objects.get().size == len(signed)
    response = add(as_user(liaison), opened, unit, ("ký.pdf", sign(acting(ACTING["an enclosed file"]))))
    assert "có chữ ký số và chứa mã lệnh hoặc tệp đính kèm" in response.text
    assert Attachment.objects.count() == 1


def test_the_same_file_is_kept_once(as_user, liaison, opened, unit, draft, kept):
    for _click in range(2):
        add(as_user(liaison), opened, unit, ("a.png", picture("red")), ("b.png", picture("red")))
    assert (Attachment.objects.count(), kept()) == (1, [".jpg"])


def test_there_is_a_limit_and_what_is_too_much_leaves_no_file(as_user, liaison, opened, unit, draft, kept, monkeypatch):
    monkeypatch.setattr(attaching, "MOST", 2)
    files = [(f"{colour}.png", picture(colour)) for colour in ("red", "green", "blue")]
    response = add(as_user(liaison), opened, unit, *files)
    assert "nhiều nhất 2 tệp" in response.text
    assert kept() == []


def test_what_was_sent_with_a_version_stays_with_it(
    as_user, liaison, secretariat, opened, unit, draft, kept, django_capture_on_commit_callbacks
):
    client = as_user(liaison)
    add(client, opened, unit, ("a.png", picture("red")))
    submit(client, opened, unit)
    sent = Submission.objects.get()
    actions.return_report(submission=sent, comment="Sai ảnh.", revision=sent.revision, by=secretariat, now=NOW)
    add(client, opened, unit, ("b.png", picture("blue")), ("c.png", picture("green")))
    for name in ("a.jpg", "c.jpg"):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("reports:attachment-remove", args=[Attachment.objects.get(name=name).pk]))
    submit(client, opened, unit)
    versions = Submission.objects.get().versions.all()
    assert [[row.name for row in version.attachments.all()] for version in versions] == [["a.jpg"], ["b.jpg"]]
    assert kept() == [".jpg", ".jpg"]


def test_a_report_that_was_sent_takes_no_more(as_user, liaison, opened, unit, draft):
    client = as_user(liaison)
    add(client, opened, unit, ("a.png", picture("red")))
    submit(client, opened, unit)
    assert add(client, opened, unit, ("b.png", picture("blue"))).url == url("detail", opened, unit)
    client.post(reverse("reports:attachment-remove", args=[Attachment.objects.get().pk]))
    assert [row.name for row in Attachment.objects.current()] == ["a.jpg"]


def test_files_sent_too_late_are_told_of(as_user, liaison, opened, unit, draft):
    client = as_user(liaison)
    submit(client, opened, unit)
    page = client.get(add(client, opened, unit, ("b.png", picture("blue"))).url)
    assert "không thực hiện được việc này nữa" in page.text


@pytest.mark.parametrize("act", ["add", "remove"])
def test_once_the_figures_are_issued_a_unit_is_led_to_its_report(
    as_user, liaison, opened, unit, draft, other_unit, act
):
    """It was led to the round, which it may not see."""
    client = as_user(liaison)
    add(client, opened, unit, ("a.png", picture("red")))
    accepted_report(other_unit, "2022-H1", {THEFT: 1})
    close_early("2022-H1")
    issued_report("2022-H1")
    if act == "add":
        response = add(client, opened, unit, ("b.png", picture("blue")))
    else:
        response = client.post(reverse("reports:attachment-remove", args=[Attachment.objects.get().pk]))
    assert response.url == url("detail", opened, unit)
    assert "đã ban hành tại văn bản" in client.get(response.url).text


def test_a_second_click_takes_away_nothing_more(as_user, liaison, secretariat, opened, unit, draft):
    client = as_user(liaison)
    add(client, opened, unit, ("a.png", picture("red")))
    submit(client, opened, unit)
    sent = Submission.objects.get()
    actions.return_report(submission=sent, comment="Sai ảnh.", revision=sent.revision, by=secretariat, now=NOW)
    for _click in range(2):
        client.post(reverse("reports:attachment-remove", args=[Attachment.objects.get().pk]))
    assert AuditEntry.objects.filter(verb="attachment.removed").count() == 1


def test_a_picture_that_is_lost_is_not_found_within_the_page(on_disk, as_user, liaison, opened, unit, draft):
    client = as_user(liaison)
    add(client, opened, unit, ("a.png", picture("red")))
    attachment = Attachment.objects.get()
    attachment.file.storage.delete(str(attachment.file))
    assert client.get(reverse("reports:attachment-picture", args=[attachment.pk])).status_code == 404


def test_another_units_files_are_not_found(as_user, liaison, other_liaison, opened, unit, draft):
    add(as_user(liaison), opened, unit, ("a.png", picture("red")))
    address = reverse("reports:attachment-file", args=[Attachment.objects.get().pk])
    assert as_user(other_liaison).get(address).status_code == 404


def test_who_only_reads_reports_gets_nothing_of_a_draft(as_user, liaison, chair, secretariat, opened, unit, draft):
    """A file's number can be guessed; the page never shows it."""
    add(as_user(liaison), opened, unit, ("a.png", picture("red")))
    addresses = [
        reverse(f"reports:attachment-{name}", args=[Attachment.objects.get().pk]) for name in ("file", "picture")
    ]
    assert [as_user(chair).get(address).status_code for address in addresses] == [404, 404]
    assert [as_user(secretariat).get(address).status_code for address in addresses] == [200, 200]
    submit(as_user(liaison), opened, unit)
    assert [as_user(chair).get(address).status_code for address in addresses] == [200, 200]


def test_who_only_reads_reports_gets_no_text_that_came_too_late_for_one(
    as_user, liaison, chair, secretariat, opened, unit, draft
):
    note = {"round": opened, "unit": unit, "left_at": NOW, "left_by": liaison}
    SubmissionNote.objects.create(texts=[["Công tác khác", "Đến muộn"]], **note)
    page = url("detail", opened, unit)
    shown = ["Đến muộn" in as_user(person).get(page).text for person in (liaison, secretariat, chair)]
    assert shown == [True, True, False]
